//! Coming to a support group, on both engines: under a name and without an address, hundreds at once, who sees what of it, when the door is
//! open, and what is left.

use chrono::{NaiveDate, TimeDelta};
use domain::agreements::{Kind as Agreement, NOT_BOUND, Text};
use domain::coming::{Entrance, Part, Refusal};
use domain::groups::{
    Draft, Kind, Leader, LeaderRole, Listing, Seats, Size, Slug, Source, WebPage, When as Meets,
};
use domain::people::{Handle, Role};
use domain::retention::Kept;
use domain::schedule::{Minutes, Rule, Schedule};
use domain::text::{Line, Prose};
use futures::future::join_all;
use store::acts::{ChangeAccount, ChangeEntrance, Come, SeeComing, SeeEntrance, SeeRoster};
use store::coming::{self, Ask, ComingError, Counted, Meeting, Mine, When};
use store::signing::code;
use store::{On, Store, StoreError, Who, agreements, own_data, retention, sessions};
use testing::people::who;
use testing::{TestDatabase, both_engines};

use crate::common::people::{House, here, is_no, there};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn handle(text: &str) -> Handle {
    Handle::parse(text).unwrap()
}

/// The first two meetings ahead: Thursdays at 6:30 pm in New York.
fn first() -> NaiveDate {
    day("2026-11-26")
}

fn second() -> NaiveDate {
    day("2026-12-03")
}

fn thursdays(title: &str) -> Draft {
    let schedule = Schedule {
        zone: "America/New_York".parse().unwrap(),
        from: day("2026-01-01"),
        time: "18:30:00".parse().unwrap(),
        length: Minutes::new(90).unwrap(),
        rule: Rule::Weekly {
            interval: 1,
            days: vec![chrono::Weekday::Thu],
        },
        until: None,
        skips: vec![],
        moves: vec![],
    };
    Draft {
        when: Meets::Scheduled(schedule),
        ..(*crate::common::listing(title, Source::Own)).clone()
    }
}

fn texts() -> Vec<Text> {
    let text = |kind: Agreement| {
        let words = Prose::parse(&format!("About {}. {NOT_BOUND}", kind.name())).unwrap();
        Text::new(kind, Line::parse(kind.name()).unwrap(), words).unwrap()
    };
    Agreement::ALL.into_iter().map(text).collect()
}

fn rules() -> Text {
    let all = texts();
    all.into_iter()
        .find(|text| text.kind() == Agreement::PeerRules)
        .unwrap()
}

/// Two support groups; Joan leads the one that is here, Gil the other; Cleo coordinates.
struct Table {
    house: House,
    joan: Who,
}

impl Table {
    async fn new(db: TestDatabase) -> Self {
        let house = House::new(db).await;
        for (bits, title) in [(1, "Here"), (2, "There")] {
            let listing = Listing::check(thursdays(title)).unwrap();
            crate::common::publish(&house.store, bits, &listing).await;
        }
        house.here("joan", Role::Facilitator).await;
        house.there("gil", Role::Facilitator).await;
        house.of_all("cleo", Role::Coordinator).await;
        let joan = house.one("joan").await;
        Self { house, joan }
    }

    fn store(&self) -> &Store {
        &self.house.store
    }

    /// Someone new, without an account.
    async fn arrives(&self, name: &str, when: When, part: Part) -> Result<(Who, String), ComingError> {
        arrive(self.store(), &here(), name, when, part).await
    }

    async fn come(&self, who: &Who, when: When) -> Result<(), ComingError> {
        let mut writing = self.store().write(who.clone()).await?;
        let mut permit = writing.permit::<Come>(On::MyselfIn(&here())).await?;
        let ask = Ask {
            when,
            part: None,
            handle: None,
            rules: None,
        };
        coming::come(&mut permit, ask, &texts()).await?;
        Ok(writing.commit().await?)
    }

    async fn not(&self, who: &Who, when: When) -> Result<(), ComingError> {
        let mut writing = self.store().write(who.clone()).await?;
        let mut permit = writing.permit::<Come>(On::MyselfIn(&here())).await?;
        coming::not(&mut permit, when).await?;
        Ok(writing.commit().await?)
    }

    async fn mine(&self, who: &Who, group: &Slug) -> Result<Option<Mine>, StoreError> {
        let mut reading = self.store().read(who.clone()).await?;
        let mut permit = reading.permit::<SeeComing>(On::MyselfIn(group)).await?;
        coming::mine(&mut permit).await
    }

    async fn expected(&self, who: &Who) -> Result<Vec<Meeting>, StoreError> {
        let mut reading = self.store().read(who.clone()).await?;
        let mut permit = reading.permit::<SeeRoster>(On::Group(&here())).await?;
        Ok(coming::expected(&mut permit).await?.1)
    }

    async fn names(&self, at: usize) -> Vec<String> {
        let all = self.expected(&self.joan).await.unwrap();
        all[at]
            .expected
            .iter()
            .map(|one| one.handle.to_string())
            .collect()
    }

    async fn set(&self, on: Option<NaiveDate>, address: &str, link: &str) {
        let entrance = Entrance {
            address: Prose::parse(address).ok(),
            link: WebPage::parse(link).ok(),
        };
        let mut writing = self.store().write(self.joan.clone()).await.unwrap();
        let permit = writing.permit::<ChangeEntrance>(On::Group(&here())).await;
        coming::set_entrance(&mut permit.unwrap(), on, &entrance)
            .await
            .unwrap();
        writing.commit().await.unwrap();
    }

    /// What is told of the meeting of that date, to whom: the address, and where the link leads.
    async fn told(&self, who: &Who, on: NaiveDate) -> (Option<String>, Option<String>) {
        let mut reading = self.store().read(who.clone()).await.unwrap();
        let permit = reading.permit::<SeeComing>(On::MyselfIn(here_slug())).await;
        let mut permit = permit.unwrap();
        let doors = coming::doors(&mut permit).await.unwrap();
        let door = doors.iter().find(|door| door.meeting.date == on);
        let address = door
            .and_then(|door| door.address.as_ref())
            .map(ToString::to_string);
        let link = coming::door(&mut permit, on).await.unwrap();
        assert_eq!(door.is_some_and(|door| door.link_opens), link.is_some());
        (address, link.map(|link| link.to_string()))
    }

    fn forward(&self, to: &str) {
        use domain::clock::Clock as _;
        let to: chrono::DateTime<chrono::Utc> = to.parse().unwrap();
        let clock = &self.house.db.clock;
        clock.forward(to - clock.now());
    }
}

fn here_slug() -> &'static Slug {
    static HERE: std::sync::OnceLock<Slug> = std::sync::OnceLock::new();
    HERE.get_or_init(here)
}

async fn arrive(
    store: &Store,
    group: &Slug,
    name: &str,
    when: When,
    part: Part,
) -> Result<(Who, String), ComingError> {
    let (handle, hash) = (handle(name), rules().hash());
    let ask = Ask {
        when,
        part: Some(part),
        handle: Some(&handle),
        rules: Some(&hash),
    };
    let mut writing = store.write(Who::Visitor).await?;
    let (proof, code) = coming::arrive(&mut writing, group, ask, &texts()).await?;
    let token = sessions::begin(&mut writing, &proof).await?;
    writing.commit().await?;
    Ok((who(store, token.reveal()).await, code.reveal()))
}

#[both_engines]
async fn someone_comes_under_a_name_and_the_number_brings_them_back(db: TestDatabase) {
    let table = Table::new(db).await;
    let (river, number) = table
        .arrives("River", When::On(first()), Part::Listen)
        .await
        .unwrap();
    let mine = table.mine(&river, &here()).await.unwrap().unwrap();
    assert_eq!((mine.handle.as_str(), mine.part), ("River", Part::Listen));
    assert!(mine.said.comes(first()) && !mine.said.comes(second()));

    // Another browser, with nothing but the number.
    let mut writing = table.store().write(Who::Visitor).await.unwrap();
    let proof = code::check(&mut writing, &number).await.unwrap().unwrap();
    let token = sessions::begin(&mut writing, &proof).await.unwrap();
    writing.commit().await.unwrap();
    let back = who(table.store(), token.reveal()).await;
    assert!(table.mine(&back, &here()).await.unwrap().is_some());
    assert!(table.mine(&back, &there()).await.unwrap().is_none());
    // No address, no role, no name that anybody else would know them by.
    let sql = "select count(*) from person p where p.mail is null and not exists (select 1 from role_held r where r.person_id = p.id)";
    assert_eq!(table.house.count(sql).await, 1);
    assert_eq!(table.house.audited("coming.arrive").await, 1);

    table.not(&back, When::On(first())).await.unwrap();
    assert!(
        !table
            .mine(&river, &here())
            .await
            .unwrap()
            .unwrap()
            .said
            .comes(first())
    );
}

#[both_engines]
async fn a_name_is_one_persons_in_a_group_and_free_in_another(db: TestDatabase) {
    let table = Table::new(db).await;
    table
        .arrives("River S.", When::Regularly, Part::Talk)
        .await
        .unwrap();
    for taken in ["River S.", " river  s", "RIVER S", "joan", "Joan"] {
        let no = table.arrives(taken, When::Regularly, Part::Talk).await;
        assert!(matches!(no, Err(ComingError::HandleTaken)), "{taken}");
    }
    let elsewhere = arrive(table.store(), &there(), "River S.", When::Regularly, Part::Talk).await;
    assert!(elsewhere.is_ok());
    assert_eq!(
        table.house.count("select count(*) from person").await,
        5,
        "nothing is left of the others"
    );
    // Two who ask at the same moment.
    let both = ["Heron", "heron"].map(|name| {
        let store = table.store().clone();
        tokio::spawn(async move { arrive(&store, here_slug(), name, When::Regularly, Part::Talk).await })
    });
    let both = join_all(both).await;
    let won = both.iter().filter(|one| one.as_ref().unwrap().is_ok()).count();
    assert_eq!((won, table.names(0).await.len()), (1, 2));
}

#[both_engines]
async fn four_hundred_come_and_every_one_is_counted_once(db: TestDatabase) {
    let table = Table::new(db).await;
    let began = std::time::Instant::now();
    let mut all = Vec::new();
    for tens in 0..20 {
        let tasks = (0..20).map(|n| {
            let (store, number) = (table.store().clone(), tens * 20 + n);
            let when = if number % 4 == 0 {
                When::On(first())
            } else {
                When::Regularly
            };
            let part = if number % 5 == 0 { Part::Listen } else { Part::Talk };
            tokio::spawn(async move {
                arrive(&store, here_slug(), &format!("Guest {number:03}"), when, part).await
            })
        });
        for one in join_all(tasks).await {
            all.push(one.unwrap().unwrap().0);
        }
    }
    println!("400 arrivals: {:?}", began.elapsed());
    let began = std::time::Instant::now();
    let meetings = table.expected(&table.joan).await.unwrap();
    println!("all 400 of 6 meetings read: {:?}", began.elapsed());
    let counted: Vec<Counted> = meetings.iter().map(Meeting::counted).collect();
    let of_first = Counted {
        coming: 400,
        new: 400,
        listening: 80,
    };
    let of_others = Counted {
        coming: 300,
        new: 0,
        listening: 60,
    };
    assert_eq!(
        counted,
        [of_first, of_others, of_others, of_others, of_others, of_others]
    );
    // A hundred at once cannot after all; each is one less.
    let tasks = all.iter().take(100).cloned().map(|who| {
        let store = table.store().clone();
        tokio::spawn(async move {
            let mut writing = store.write(who).await.unwrap();
            let permit = writing.permit::<Come>(On::MyselfIn(here_slug())).await;
            coming::not(&mut permit.unwrap(), When::On(first()))
                .await
                .unwrap();
            writing.commit().await.unwrap();
        })
    });
    join_all(tasks).await.into_iter().for_each(Result::unwrap);
    let counted = table.expected(&table.joan).await.unwrap()[0].counted();
    assert_eq!((counted.coming, counted.new), (300, 300));
}

#[both_engines]
async fn who_leads_sees_names_numbers_newcomers_and_listeners_and_nobody_else_does(db: TestDatabase) {
    let table = Table::new(db).await;
    let (river, _) = table
        .arrives("River", When::Regularly, Part::Listen)
        .await
        .unwrap();
    table
        .arrives("Heron", When::On(second()), Part::Talk)
        .await
        .unwrap();
    let meetings = table.expected(&table.joan).await.unwrap();
    let of = |at: usize| -> Vec<(String, Part, bool)> {
        let all = meetings[at].expected.iter();
        all.map(|one| (one.handle.to_string(), one.part, one.is_new))
            .collect()
    };
    assert_eq!(of(0), [("River".into(), Part::Listen, true)]);
    assert_eq!(
        of(1),
        [
            ("Heron".into(), Part::Talk, true),
            ("River".into(), Part::Listen, false)
        ]
    );
    assert_eq!(of(2), [("River".into(), Part::Listen, false)]);
    // A meeting later, River is no newcomer; and who was in the group by its roster never was.
    table.house.here("sam", Role::Member).await;
    let sam = table.house.one("sam").await;
    table.forward("2026-11-28T12:00:00Z");
    let mut writing = table.store().write(sam).await.unwrap();
    let mut permit = writing.permit::<Come>(On::MyselfIn(here_slug())).await.unwrap();
    let (name, hash) = (handle("sam"), rules().hash());
    let ask = Ask {
        when: When::On(second()),
        part: None,
        handle: Some(&name),
        rules: Some(&hash),
    };
    coming::come(&mut permit, ask, &texts()).await.unwrap();
    writing.commit().await.unwrap();
    let joan = table.house.one("joan").await;
    let next = table.expected(&joan).await.unwrap().remove(0);
    let new: Vec<&str> = next
        .expected
        .iter()
        .filter(|one| one.is_new)
        .map(|one| one.handle.as_str())
        .collect();
    assert_eq!((next.expected.len(), new), (3, vec!["Heron"]));

    table.house.of_all("ada", Role::Admin).await;
    let (gil, ada) = (table.house.one("gil").await, table.house.two("ada").await);
    let river = who_again(&table, river).await;
    for nobody in [&gil, &ada, &river] {
        assert!(is_no(&table.expected(nobody).await.unwrap_err()));
        let mut reading = table.store().read(nobody.clone()).await.unwrap();
        let see = reading.permit::<SeeEntrance>(On::Group(&here())).await;
        assert!(is_no(&see.err().unwrap()));
        // Not by asking for oneself there either.
        let see = reading.permit::<SeeEntrance>(On::MyselfIn(&here())).await;
        assert!(is_no(&see.err().unwrap()));
        let see = reading.permit::<SeeRoster>(On::MyselfIn(&here())).await;
        assert!(is_no(&see.err().unwrap()));
    }
    assert!(table.expected(&table.house.two("cleo").await).await.is_ok());
}

/// The same person, whose session is over by now.
async fn who_again(table: &Table, _before: Who) -> Who {
    let (who, _) = table
        .arrives("Again", When::On(day("2026-12-31")), Part::Talk)
        .await
        .unwrap();
    who
}

#[both_engines]
async fn how_one_gets_in_is_told_to_who_comes_and_only_around_the_meeting(db: TestDatabase) {
    let table = Table::new(db).await;
    table
        .set(None, "Blue door, ring twice", "https://meet.example/all")
        .await;
    table.set(Some(second()), "", "https://meet.example/second").await;
    // Sessions end; who comes is signed in anew each time.
    let (_, number) = table.arrives("River", When::Regularly, Part::Talk).await.unwrap();
    let (_, other) = table
        .arrives("Heron", When::On(second()), Part::Talk)
        .await
        .unwrap();
    let again = async |number: &str| {
        let mut writing = table.store().write(Who::Visitor).await.unwrap();
        let proof = code::check(&mut writing, number).await.unwrap().unwrap();
        let token = sessions::begin(&mut writing, &proof).await.unwrap();
        writing.commit().await.unwrap();
        who(table.store(), token.reveal()).await
    };
    let (address, all) = (
        Some("Blue door, ring twice".to_owned()),
        Some("https://meet.example/all".to_owned()),
    );
    for (now, told) in [
        ("2026-11-25T23:29:00Z", (None, None)),
        ("2026-11-25T23:30:00Z", (address.clone(), None)),
        ("2026-11-26T22:59:00Z", (address.clone(), None)),
        ("2026-11-26T23:00:00Z", (address.clone(), all.clone())),
        ("2026-11-27T00:59:00Z", (address.clone(), all)),
        // A link that was copied is dead with the end of the meeting.
        ("2026-11-27T01:00:00Z", (None, None)),
    ] {
        table.forward(now);
        let (river, heron) = (again(&number).await, again(&other).await);
        assert_eq!(table.told(&river, first()).await, told, "{now}");
        assert_eq!(
            table.told(&heron, first()).await,
            (None, None),
            "who does not come: {now}"
        );
    }
    // The next meeting has another link, and the address of all.
    table.forward("2026-12-03T23:10:00Z");
    let (river, heron) = (again(&number).await, again(&other).await);
    let second_link = Some("https://meet.example/second".to_owned());
    for who in [&river, &heron] {
        assert_eq!(
            table.told(who, second()).await,
            (address.clone(), second_link.clone())
        );
    }
    table.not(&heron, When::On(second())).await.unwrap();
    assert_eq!(table.told(&heron, second()).await, (None, None));
}

#[both_engines]
async fn the_ground_rules_are_asked_for_once_and_again_when_they_change(db: TestDatabase) {
    let table = Table::new(db).await;
    let name = handle("River");
    let wrong = Text::new(
        Agreement::PeerRules,
        Line::parse("Others").unwrap(),
        Prose::parse("Other words.").unwrap(),
    )
    .unwrap();
    for rules in [None, Some(wrong.hash())] {
        let ask = Ask {
            when: When::Regularly,
            part: None,
            handle: Some(&name),
            rules: rules.as_ref(),
        };
        let mut writing = table.store().write(Who::Visitor).await.unwrap();
        let no = coming::arrive(&mut writing, &here(), ask, &texts()).await;
        assert!(matches!(no, Err(ComingError::RulesFirst)));
    }
    let (river, _) = table
        .arrives("River", When::On(first()), Part::Talk)
        .await
        .unwrap();
    table.come(&river, When::On(second())).await.unwrap();

    let mut writing = table.store().write(table.joan.clone()).await.unwrap();
    let mut permit = writing
        .permit::<ChangeEntrance>(On::Group(&here()))
        .await
        .unwrap();
    agreements::publish_rules(&mut permit, &wrong).await.unwrap();
    writing.commit().await.unwrap();
    let no = table.come(&river, When::Regularly).await;
    assert!(matches!(no, Err(ComingError::RulesFirst)));
    // What was said before counts, and can be taken back.
    assert_eq!(table.names(0).await, ["River"]);
    table.not(&river, When::On(first())).await.unwrap();
    let agree = async |hash: &domain::agreements::TextHash| {
        let mut writing = table.store().write(river.clone()).await.unwrap();
        let mut permit = writing.permit::<Come>(On::MyselfIn(here_slug())).await.unwrap();
        coming::agree(&mut permit, Some(hash), &texts()).await?;
        writing.commit().await.unwrap();
        Ok::<_, ComingError>(())
    };
    assert!(matches!(
        agree(&rules().hash()).await,
        Err(ComingError::RulesFirst)
    ));
    agree(&wrong.hash()).await.unwrap();
    table.come(&river, When::Regularly).await.unwrap();
    assert_eq!(
        table
            .house
            .count("select count(*) from agreement_signature")
            .await,
        2
    );
}

#[both_engines]
async fn what_is_sealed_after_a_change_that_was_dropped_opens_for_every_process(db: TestDatabase) {
    let table = Table::new(db).await;
    // The first key of this class in this group is made, and its change dropped; so is that of another class.
    let no = table
        .arrives("River", When::On(day("2026-11-25")), Part::Talk)
        .await;
    assert!(matches!(no, Err(ComingError::Refused(Refusal::NoMeeting))));
    table.set(None, "Blue door", "https://meet.example/all").await;
    table
        .arrives("River", When::On(first()), Part::Talk)
        .await
        .unwrap();
    assert_eq!(table.names(0).await, ["River"]);
    let elsewhere = table.house.db.store().await;
    let writing = elsewhere.write(Who::Operator).await.unwrap();
    let (opened, damage) = store::sealed::check(&writing).await.unwrap();
    assert!(opened > 5 && damage.is_empty(), "{damage:?}");
}

#[both_engines]
async fn only_ones_own_open_support_groups_are_come_to(db: TestDatabase) {
    let table = Table::new(db).await;
    let (river, _) = table
        .arrives("River", When::On(first()), Part::Talk)
        .await
        .unwrap();
    let publish = async |draft: Draft| {
        crate::common::publish(table.store(), 1, &Listing::check(draft).unwrap()).await;
    };
    for wrong in [When::On(day("2026-11-25")), When::On(day("2027-03-04"))] {
        let no = table.arrives("Heron", wrong, Part::Talk).await;
        assert!(matches!(no, Err(ComingError::Refused(Refusal::NoMeeting))));
    }
    publish(Draft {
        seats: Seats::Closed,
        ..thursdays("Here")
    })
    .await;
    let no = table.arrives("Heron", When::Regularly, Part::Talk).await;
    assert!(matches!(no, Err(ComingError::Refused(Refusal::TakesNobody))));
    table.come(&river, When::On(second())).await.unwrap();
    publish(Draft {
        seats: Seats::Ended { on: None },
        ..thursdays("Here")
    })
    .await;
    let no = table.come(&river, When::On(second())).await;
    assert!(matches!(no, Err(ComingError::Refused(Refusal::Ended))));
    let therapist = LeaderRole::Therapist {
        credentials: Line::parse("LPCC-S").unwrap(),
    };
    let therapy = Draft {
        kind: Kind::Therapy,
        size: Some(Size {
            least: 4,
            most: Some(8),
        }),
        led_by: vec![Leader {
            name: Line::parse("Dana").unwrap(),
            role: therapist,
        }],
        ..thursdays("There")
    };
    crate::common::publish(table.store(), 2, &Listing::check(therapy).unwrap()).await;
    let no = arrive(table.store(), &there(), "Heron", When::Regularly, Part::Talk).await;
    assert!(matches!(no, Err(ComingError::Refused(Refusal::Therapy))));
}

#[both_engines]
async fn who_is_forgotten_stops_coming_or_deletes_themselves_leaves_nothing(db: TestDatabase) {
    let table = Table::new(db).await;
    let (river, _) = table.arrives("River", When::Regularly, Part::Talk).await.unwrap();
    let (heron, _) = table
        .arrives("Heron", When::On(first()), Part::Listen)
        .await
        .unwrap();
    table
        .arrives("Once", When::On(first()), Part::Talk)
        .await
        .unwrap();
    let mut writing = table.store().write(heron.clone()).await.unwrap();
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await.unwrap();
    let all = own_data::all(&mut permit).await.unwrap();
    assert_eq!(all["coming"][0]["name_there"], "Heron");
    assert_eq!(all["coming"][0]["meetings"][0]["meeting"], "2026-11-26");
    assert!(!all.to_string().contains("River"));
    drop(writing);

    let mut writing = table.store().write(river.clone()).await.unwrap();
    let mut permit = writing.permit::<Come>(On::MyselfIn(here_slug())).await.unwrap();
    coming::forget(&mut permit).await.unwrap();
    writing.commit().await.unwrap();
    assert!(table.mine(&river, &here()).await.unwrap().is_none());
    // The name is free again.
    table
        .arrives("River", When::On(second()), Part::Talk)
        .await
        .unwrap();

    let mut writing = table.store().write(heron).await.unwrap();
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await.unwrap();
    retention::delete_myself(&mut permit).await.unwrap();
    writing.commit().await.unwrap();
    assert_eq!(table.names(0).await, ["Once"]);

    // Ninety days after the last meeting that one said, and not before.
    let sweep = async |kept: Kept| {
        let mut writing = table.store().write(Who::Job("retention")).await.unwrap();
        let gone = retention::sweep(&mut writing, kept, 100).await.unwrap();
        writing.commit().await.unwrap();
        gone
    };
    table.forward("2027-02-24T23:59:00Z");
    assert_eq!(sweep(Kept::Guests).await, 0);
    table.forward("2027-02-25T00:00:00Z");
    assert_eq!(sweep(Kept::Guests).await, 1);
    table.forward("2027-03-05T00:00:00Z");
    assert_eq!(sweep(Kept::Guests).await, 1);
    for name in ["guest", "coming"] {
        assert_eq!(
            table.house.count(&format!("select count(*) from {name}")).await,
            0,
            "{name}"
        );
    }
    // Who has only a code is a person for a year after that code was given.
    assert_eq!(sweep(Kept::ExMembers).await, 0);
    table.house.db.clock.forward(TimeDelta::days(365));
    assert_eq!(sweep(Kept::ExMembers).await, 3);
}
