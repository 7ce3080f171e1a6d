//! Records on both engines: two who write at once, what is looked through before it is signed, whose they are, and three stores apart.

use chrono::{NaiveDate, TimeDelta};
use domain::access::Denied;
use domain::agreements::{Kind as Agreement, NOT_BOUND, Text};
use domain::attendance::{Code, Count, Presence};
use domain::goals::{Goal, Level};
use domain::groups::{
    Draft, HowToCome, Kind, Leader, LeaderRole, Listing, Online, Phone, Place, Size, Slug, Source, When,
};
use domain::people::{Handle, Role};
use domain::records::{Cosignature, Field, Marked, Policy, Reason, Reasoned, Refusal, State, Words};
use domain::retention::Kept;
use domain::schedule::{Minutes, Rule, Schedule};
use domain::text::{Line, Prose};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use store::acts::{
    ChangeAccount, ChangePlans, KeepNote, MarkAttendance, SeeAttendance, SeePart, SeePlans, SeeRecord,
    SeeReleased, SeeRoster, WritePart, WriteRecord,
};
use store::records::{
    self, Answered, Asked, Base, GoalError, Known, Looked, RecordError, Replace, Rules, Saved, Seen, TextId,
};
use store::{On, Store, StoreError, Who, coming, leading, listings, own_data, retention};
use testing::people::{by_link, by_two, invent, invent_as, mail, who};
use testing::{TestDatabase, both_engines};

/// A Thursday before the clock of tests begins.
const DATE: &str = "2026-11-19";

const TOLD: leading::Told<'static> = leading::Told {
    subject: "A message for you",
    body: "Open it",
};

struct House {
    db: TestDatabase,
    store: Store,
    group: Slug,
    date: NaiveDate,
    ana: Slug,
    ben: Slug,
}

fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

impl House {
    async fn new(db: TestDatabase) -> Self {
        let store = db.store().await;
        let group = Slug::from_bits(7);
        let mut writing = store.write(Who::Operator).await.unwrap();
        let listing = Listing::check(draft()).unwrap();
        listings::publish(&mut writing, &group, &listing).await.unwrap();
        writing.commit().await.unwrap();
        let now = domain::clock::Clock::now(&*db.clock);
        // Everyone has been there for some weeks.
        db.clock.forward(-TimeDelta::weeks(4));
        for (name, role) in [
            ("dana", Role::Leader),
            ("cole", Role::CoLeader),
            ("sue", Role::Supervisor),
        ] {
            invent(&store, name, &[(role, Some(&group))]).await;
        }
        let member = async |handle: &str, name: &str| {
            let handle = Handle::parse(handle).unwrap();
            invent_as(
                &store,
                &handle,
                Some(&mail(name)),
                &[(Role::Member, Some(&group))],
            )
            .await
        };
        let ana = member("Ana Ruiz", "ana").await;
        let ben = member("Benjamin", "ben").await;
        db.clock.forward(now - domain::clock::Clock::now(&*db.clock));
        let house = Self {
            date: DATE.parse().unwrap(),
            store,
            db,
            group,
            ana,
            ben,
        };
        for person in [&house.ana, &house.ben] {
            let mut writing = house.store.write(house.who("dana").await).await.unwrap();
            let on = On::PersonIn(person, &house.group);
            let mut permit = writing.permit::<MarkAttendance>(on).await.unwrap();
            leading::mark(&mut permit, house.date, Presence::Present)
                .await
                .unwrap();
            writing.commit().await.unwrap();
        }
        house
    }

    async fn who(&self, name: &str) -> Who {
        let token = by_two(&self.store, &self.db.clock, &mail(name)).await;
        who(&self.store, &token).await
    }

    fn rules(&self) -> Rules {
        Rules::plain(self.date)
    }

    async fn write(&self, name: &str, base: Option<TextId>, themes: &str) -> Result<Saved, RecordError> {
        let mut writing = self.store.write(self.who(name).await).await.unwrap();
        let on = On::Record(&self.group, self.date);
        let mut permit = writing.permit::<WriteRecord>(on).await?;
        let words = Words::new(Field::OF_SESSION, [(Field::Themes, themes.to_owned())])?;
        let saved = records::write_session(&mut permit, self.date, base.into(), words, self.rules()).await?;
        writing.commit().await?;
        Ok(saved)
    }

    async fn write_part(
        &self,
        name: &str,
        of: &Slug,
        fields: &[(Field, &str)],
        rules: Rules,
    ) -> Result<Saved, RecordError> {
        let mut writing = self.store.write(self.who(name).await).await.unwrap();
        let on = On::Part(of, &self.group, self.date);
        let mut permit = writing.permit::<WritePart>(on).await?;
        let fields = fields.iter().map(|(field, text)| (*field, (*text).to_owned()));
        let words = Words::new(Field::OF_PART, fields)?;
        let saved = records::write_part(&mut permit, self.date, Base::default(), words, rules).await?;
        writing.commit().await?;
        Ok(saved)
    }

    async fn act(&self, name: &str, of: &Slug, asked: Asked, rules: Rules) -> Result<State, RecordError> {
        let mut writing = self.store.write(self.who(name).await).await.unwrap();
        let on = On::Part(of, &self.group, self.date);
        let mut permit = writing.permit::<WritePart>(on).await?;
        let record = records::act_on_part(&mut permit, self.date, asked, rules).await?;
        writing.commit().await?;
        Ok(record.state().clone())
    }

    /// Gives what is planned to whom it is about.
    async fn release(&self, of: &Slug) {
        let mut writing = self.store.write(self.who("dana").await).await.unwrap();
        let on = On::Part(of, &self.group, self.date);
        let mut permit = writing.permit::<WritePart>(on).await.unwrap();
        records::release(&mut permit, self.date, &[Field::Plan], &TOLD)
            .await
            .unwrap();
        writing.commit().await.unwrap();
    }

    async fn answer(
        &self,
        name: &str,
        of: &Slug,
        answered: Answered,
        rules: Rules,
    ) -> Result<State, RecordError> {
        let mut writing = self.store.write(self.who(name).await).await.unwrap();
        let on = On::Part(of, &self.group, self.date);
        let mut permit = writing.permit::<SeePart>(on).await?;
        let record = records::answer_part(&mut permit, self.date, answered, rules).await?;
        writing.commit().await?;
        Ok(record.state().clone())
    }
}

fn draft() -> Draft {
    Draft {
        size: Some(Size {
            least: 4,
            most: Some(8),
        }),
        led_by: vec![Leader {
            name: line("Dana Whitfield"),
            role: LeaderRole::Therapist {
                credentials: line("LPCC-S"),
            },
        }],
        when: When::Scheduled(Schedule {
            zone: "America/New_York".parse().unwrap(),
            from: "2026-01-01".parse().unwrap(),
            time: "18:30:00".parse().unwrap(),
            length: Minutes::new(90).unwrap(),
            rule: Rule::Weekly {
                interval: 1,
                days: vec![chrono::Weekday::Thu],
            },
            until: None,
            skips: vec![],
            moves: vec![],
        }),
        ..Draft::new(
            line("Anxiety skills"),
            Kind::Therapy,
            Place::Online(Online::default()),
            HowToCome::Organisation {
                phone: Some(Phone::parse("216-555-0142").unwrap()),
                mail: None,
            },
            Source::Own,
        )
    }
}

fn reasoned(words: &str, why: &str) -> Reasoned {
    Reasoned {
        mark: Marked {
            words: words.to_owned(),
            why: why.to_owned(),
        },
        reason: Reason::parse("He asked to be named here").unwrap(),
    }
}

#[both_engines]
async fn two_who_write_at_once_lose_no_word(db: TestDatabase) {
    let house = House::new(db).await;
    let begun = house.write("dana", None, "Grief. Work.").await.unwrap();
    // Both go on from there, at the same time.
    let dana = house
        .write("dana", Some(begun.text), "Grief. Work. Sleep.")
        .await
        .unwrap();
    assert!(dana.with.is_none() && dana.both.is_empty());
    let cole = house
        .write("cole", Some(begun.text), "Old grief. Work.")
        .await
        .unwrap();
    assert_eq!(cole.words.get(Field::Themes), "Old grief. Work. Sleep.");
    assert_eq!(cole.with.unwrap().as_str(), "dana");
    // In the same place: both stand there, and it is said.
    let dana = house
        .write("dana", Some(cole.text), "Old grief. Work. Sleep. Dreams.")
        .await
        .unwrap();
    let cole = house
        .write("cole", Some(cole.text), "Old grief. Work. Sleep. Letters.")
        .await
        .unwrap();
    assert_eq!(cole.both, [Field::Themes]);
    let themes = cole.words.get(Field::Themes);
    assert!(
        themes.contains("Dreams.") && themes.contains("Letters."),
        "{themes}"
    );
    // Saving what is there already adds nothing.
    let again = house.write("cole", Some(cole.text), themes).await.unwrap();
    assert_eq!((again.text, again.with), (cole.text, None));
    drop(dana);
    // Somebody else's page never sees it without leave.
    let denied = house.write("sue", None, "x").await;
    assert!(matches!(
        denied,
        Err(RecordError::Store(StoreError::Denied(Denied::NoRight)))
    ));
}

#[both_engines]
async fn ones_own_words_of_a_moment_ago_do_not_stand_there_twice(db: TestDatabase) {
    let house = House::new(db).await;
    let begun = house.write("dana", None, "Alpha").await.unwrap();
    house
        .write("dana", Some(begun.text), "Alpha beta gam")
        .await
        .unwrap();
    // Sent before the answer to that was there.
    let dana = house
        .write("dana", Some(begun.text), "Alpha beta gamma delta")
        .await
        .unwrap();
    assert_eq!(dana.words.get(Field::Themes), "Alpha beta gamma delta");
    assert_eq!((dana.both.len(), dana.with), (0, None));
    // From another window it does not go on from that: both stand there, and nobody else is said to have written.
    let dana = house
        .write("dana", Some(begun.text), "Alpha sleep")
        .await
        .unwrap();
    let themes = dana.words.get(Field::Themes);
    assert!(themes.contains("delta") && themes.contains("sleep"), "{themes}");
    assert_eq!((dana.both.as_slice(), dana.with), (&[Field::Themes][..], None));
}

#[both_engines]
async fn what_a_page_began_on_is_kept_for_a_day_and_nothing_is_put_together_without_it(db: TestDatabase) {
    let house = House::new(db).await;
    let begun = house.write("dana", None, "Grief.").await.unwrap();
    let mut writing = house.store.write(house.who("dana").await).await.unwrap();
    let on = On::Record(&house.group, house.date);
    let mut permit = writing.permit::<WriteRecord>(on).await.unwrap();
    let mut last = begun.text;
    for nth in 0..60 {
        let words = Words::new(Field::OF_SESSION, [(Field::Themes, format!("Grief. Work {nth}"))]).unwrap();
        let saved =
            records::write_session(&mut permit, house.date, Some(last).into(), words, house.rules()).await;
        last = saved.unwrap().text;
    }
    writing.commit().await.unwrap();
    let cole = house.write("cole", Some(begun.text), "Old Grief.").await.unwrap();
    assert_eq!(cole.words.get(Field::Themes), "Old Grief. Work 59");
    // A day later it is gone: nothing is changed, and who writes is shown both.
    house.db.clock.forward(TimeDelta::hours(25));
    let dana = house
        .write("dana", Some(cole.text), "Old Grief. Work and sleep")
        .await
        .unwrap();
    let gone = house.write("cole", Some(begun.text), "Old Grief. Letters").await;
    assert!(matches!(gone, Err(RecordError::BaseGone)));
    let same = house
        .write("cole", Some(dana.text), "Old Grief. Work and sleep")
        .await;
    assert_eq!(same.unwrap().text, dana.text);
}

#[both_engines]
async fn other_words_stand_in_place_of_what_is_marked_and_of_nothing_else(db: TestDatabase) {
    let house = House::new(db).await;
    let text = "Anatomy lesson: we asked Ana about anatomy. Then we asked Ana again.";
    let mut writing = house.store.write(house.who("dana").await).await.unwrap();
    let mut permit = writing
        .permit::<WriteRecord>(On::Record(&house.group, house.date))
        .await
        .unwrap();
    let words = Words::new(Field::OF_SESSION, [(Field::Themes, text.to_owned())]).unwrap();
    let replace = |field| Replace {
        field,
        marked: "Ana",
        instead: "another member",
    };
    let words = records::replace_in_session(&mut permit, words, replace(Field::Themes))
        .await
        .unwrap();
    assert_eq!(
        words.get(Field::Themes),
        "Anatomy lesson: we asked another member about anatomy. Then we asked another member again."
    );
    // In her own part she may be named.
    let mut permit = writing
        .permit::<WritePart>(On::Part(&house.ana, &house.group, house.date))
        .await
        .unwrap();
    let words = Words::new(Field::OF_PART, [(Field::Plan, text.to_owned())]).unwrap();
    let words = records::replace_in_part(&mut permit, words, replace(Field::Plan))
        .await
        .unwrap();
    assert_eq!(words.get(Field::Plan), text);
}

#[both_engines]
async fn a_record_is_written_from_an_hour_before_the_session_on(db: TestDatabase) {
    let mut house = House::new(db).await;
    house.date = "2026-11-26".parse().unwrap();
    let early = house.write("dana", None, "Grief.").await;
    assert!(matches!(early, Err(RecordError::NotYet)));
    // Something was written about the session: still it is not listed.
    let mut writing = house.store.write(house.who("dana").await).await.unwrap();
    let on = On::PersonIn(&house.ana, &house.group);
    let mut permit = writing.permit::<MarkAttendance>(on).await.unwrap();
    leading::mark(&mut permit, house.date, Presence::Excused)
        .await
        .unwrap();
    writing.commit().await.unwrap();
    let listed = async |house: &House| {
        let mut reading = house.store.read(house.who("dana").await).await.unwrap();
        let mut permit = reading.permit::<SeePlans>(On::Group(&house.group)).await.unwrap();
        records::sessions_of(&mut permit).await.unwrap().len()
    };
    assert_eq!(listed(&house).await, 1);
    // It begins at 6:30 pm in New York.
    let at: chrono::DateTime<chrono::Utc> = "2026-11-26T22:31:00Z".parse().unwrap();
    let now = domain::clock::Clock::now(&*house.db.clock);
    house.db.clock.forward(at - now);
    assert_eq!(listed(&house).await, 2);
    house.write("dana", None, "Grief.").await.unwrap();
}

#[both_engines]
async fn a_goal_tells_nobody_else_in_the_group_unless_somebody_looked(db: TestDatabase) {
    let house = House::new(db).await;
    let goal = |text: &str| {
        let levels = ["never", "once a month", "weekly", "twice a week", "daily"].map(line);
        Goal::new(line(text), levels, 1, 1).unwrap()
    };
    let told = goal("Say no to Benjamin when he phones");
    for (person, is_told) in [(&house.ana, true), (&house.ben, false)] {
        let mut writing = house.store.write(house.who("dana").await).await.unwrap();
        let on = On::ByMe(person, &house.group);
        let mut permit = writing.permit::<WritePart>(on).await.unwrap();
        let added = records::add_goal(&mut permit, &told, Looked::NotYet).await;
        assert_eq!(matches!(added, Err(GoalError::Marked(_))), is_told);
    }
    let mut writing = house.store.write(house.who("dana").await).await.unwrap();
    let mut permit = writing
        .permit::<WriteRecord>(On::Group(&house.group))
        .await
        .unwrap();
    let added = records::add_group_goal(&mut permit, &told, Looked::NotYet).await;
    let Err(GoalError::Marked(marks)) = added else {
        panic!("{added:?}")
    };
    assert_eq!(marks[0].words, "Benjamin");
    records::add_group_goal(&mut permit, &told, Looked::TellsNobody)
        .await
        .unwrap();
    writing.commit().await.unwrap();
    // That somebody looked is written down.
    let other = crate::common::outside(&house.db).await;
    let sql = "select count(*) as n from audit where action = 'goal.add' and object = 'marks looked at: 1'";
    let statement = Statement::from_string(other.get_database_backend(), sql.to_owned());
    let row = other.query_one_raw(statement).await.unwrap().unwrap();
    assert_eq!(row.try_get::<i64>("", "n").unwrap(), 1);
}

#[both_engines]
async fn a_record_whose_keeper_left_is_handed_over_by_a_supervisor(db: TestDatabase) {
    let house = House::new(db).await;
    house
        .write_part("cole", &house.ana, &[(Field::Plan, "Walk")], house.rules())
        .await
        .unwrap();
    let left = async || {
        let mut reading = house.store.read(house.who("dana").await).await.unwrap();
        let mut permit = reading
            .permit::<SeeRoster>(On::Group(&house.group))
            .await
            .unwrap();
        records::left_behind(&mut permit).await.unwrap()
    };
    assert_eq!(left().await, []);
    let other = crate::common::outside(&house.db).await;
    other
        .execute_unprepared("update role_held set until_at = from_at where role = 'co-leader'")
        .await
        .unwrap();
    let found = left().await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].keeper.as_str(), "cole");
    assert_eq!(found[0].of.as_ref().unwrap().0, house.ana);
    let to = testing::people::slug_of(&house.store, &mail("dana")).await;
    let hand_over = || Answered::HandOver { to: to.clone() };
    let refused = house.answer("dana", &house.ana, hand_over(), house.rules()).await;
    assert!(matches!(refused, Err(RecordError::Refused(Refusal::NotYours))));
    house
        .answer("sue", &house.ana, hand_over(), house.rules())
        .await
        .unwrap();
    assert_eq!(left().await, []);
}

#[both_engines]
async fn all_that_somebody_keeps_is_handed_over_at_once_or_none_of_it(db: TestDatabase) {
    let house = House::new(db).await;
    invent(&house.store, "fay", &[(Role::Facilitator, Some(&house.group))]).await;
    house.write("cole", None, "Letters.").await.unwrap();
    for person in [&house.ana, &house.ben] {
        house
            .write_part("cole", person, &[(Field::Plan, "Walk")], house.rules())
            .await
            .unwrap();
    }
    let slug = async |name: &str| testing::people::slug_of(&house.store, &mail(name)).await;
    let cole = slug("cole").await;
    let hand_over = async |by: &str, to: &str| {
        let to = slug(to).await;
        let mut writing = house.store.write(house.who(by).await).await.unwrap();
        let mut permit = writing.permit::<SeeRecord>(On::Own(&house.group)).await?;
        let sessions = records::hand_over_sessions(&mut permit, &cole, &to, house.rules()).await?;
        let mut permit = writing.permit::<SeePart>(On::Group(&house.group)).await?;
        let parts = records::hand_over_parts(&mut permit, &cole, &to, house.rules()).await?;
        writing.commit().await?;
        Ok::<_, RecordError>((sessions, parts))
    };
    let keepers = async || {
        let mut reading = house.store.read(house.who("sue").await).await.unwrap();
        let on = On::Group(&house.group);
        let mut permit = reading.permit::<SeeRoster>(on).await.unwrap();
        let found = records::keepers(&mut permit).await.unwrap();
        let told = found
            .iter()
            .map(|one| (one.handle.to_string(), one.sessions, one.parts));
        told.collect::<Vec<_>>()
    };
    let refused = hand_over("dana", "dana").await;
    assert!(matches!(refused, Err(RecordError::Refused(Refusal::NotYours))));
    let refused = hand_over("sue", "sue").await;
    assert!(matches!(refused, Err(RecordError::DoesNotLead)));
    // Who facilitates may keep the record of a session, and no parts: then nothing is theirs.
    let refused = hand_over("sue", "fay").await;
    assert!(matches!(refused, Err(RecordError::WritesNone)));
    let refused = hand_over("cole", "cole").await;
    assert!(matches!(
        refused,
        Err(RecordError::Refused(Refusal::KeepsAlready))
    ));
    assert_eq!(keepers().await, [("cole".to_owned(), 1, 2)]);
    // By themselves before they go, or by who supervises afterwards.
    assert_eq!(hand_over("cole", "dana").await.unwrap(), (1, 2));
    assert_eq!(keepers().await, [("dana".to_owned(), 1, 2)]);
    assert_eq!(hand_over("sue", "dana").await.unwrap(), (0, 0));
    let other = crate::common::outside(&house.db).await;
    let sql =
        "select count(*) as n, count(distinct about) as people from audit where action = 'record.hand-over'";
    let statement = Statement::from_string(other.get_database_backend(), sql.to_owned());
    let row = other.query_one_raw(statement).await.unwrap().unwrap();
    let written: (i64, i64) = (row.try_get("", "n").unwrap(), row.try_get("", "people").unwrap());
    assert_eq!(written, (3, 2));
}

#[both_engines]
async fn a_row_for_billing_names_who_led_that_session(db: TestDatabase) {
    let house = House::new(db).await;
    let mut writing = house.store.write(house.who("dana").await).await.unwrap();
    let on = On::PersonIn(&house.ana, &house.group);
    let mut permit = writing.permit::<MarkAttendance>(on).await.unwrap();
    records::set_number(&mut permit, Some(&line("A-17")))
        .await
        .unwrap();
    writing.commit().await.unwrap();
    let leader = async || {
        let mut writing = house.store.write(house.who("dana").await).await.unwrap();
        let on = On::Group(&house.group);
        let mut permit = writing.permit::<SeeAttendance>(on).await.unwrap();
        let days = (house.date, house.date);
        let sheet = records::handover(&mut permit, days, &Code::default())
            .await
            .unwrap();
        sheet.rows[0].leader.to_string()
    };
    assert_eq!(leader().await, "cole, dana");
    // Who leads no more led then.
    let other = crate::common::outside(&house.db).await;
    other
        .execute_unprepared(
            "update role_held set until_at = '2026-11-22 00:00:00+00:00' where role = 'co-leader'",
        )
        .await
        .unwrap();
    invent(&house.store, "lea", &[(Role::CoLeader, Some(&house.group))]).await;
    assert_eq!(leader().await, "cole, dana");
    // Who was named for that session led it.
    let lea = testing::people::slug_of(&house.store, &mail("lea")).await;
    let mut writing = house.store.write(house.who("dana").await).await.unwrap();
    let mut permit = writing
        .permit::<ChangePlans>(On::Group(&house.group))
        .await
        .unwrap();
    leading::set_cover(&mut permit, house.date, Some(&lea))
        .await
        .unwrap();
    writing.commit().await.unwrap();
    assert_eq!(leader().await, "lea");
}

#[both_engines]
async fn who_comes_to_a_support_group_is_told_by_the_name_they_chose_there(db: TestDatabase) {
    let store = db.store().await;
    let group = Slug::from_bits(8);
    let listing = Draft {
        when: draft().when,
        ..(*crate::common::listing("Here", Source::Own)).clone()
    };
    crate::common::publish(&store, 8, &Listing::check(listing).unwrap()).await;
    invent(&store, "joan", &[(Role::Facilitator, Some(&group))]).await;
    let about = Prose::parse(&format!("About it. {NOT_BOUND}")).unwrap();
    let texts = Agreement::ALL.map(|kind| Text::new(kind, line(kind.name()), about.clone()).unwrap());
    let rules = texts.iter().find(|text| text.kind() == Agreement::PeerRules);
    let (wren, hash) = (Handle::parse("Quiet Wren").unwrap(), rules.unwrap().hash());
    let mut writing = store.write(Who::Visitor).await.unwrap();
    let ask = coming::Ask {
        when: coming::When::On("2026-11-26".parse().unwrap()),
        part: Some(domain::coming::Part::Talk),
        handle: Some(&wren),
        rules: Some(&hash),
    };
    coming::arrive(&mut writing, &group, ask, &texts).await.unwrap();
    writing.commit().await.unwrap();

    let date: NaiveDate = DATE.parse().unwrap();
    let joan = who(&store, &by_two(&store, &db.clock, &mail("joan")).await).await;
    let mut writing = store.write(joan).await.unwrap();
    let mut permit = writing.permit::<MarkAttendance>(On::Group(&group)).await.unwrap();
    let maple = Handle::parse("Early Maple").unwrap();
    let heads = Count::new(5, 0, 0, vec![maple]).unwrap();
    leading::count(&mut permit, date, &heads, |_| true).await.unwrap();
    let mut permit = writing
        .permit::<WriteRecord>(On::Record(&group, date))
        .await
        .unwrap();
    let told = "Quiet Wren cried. Early Maple left.".to_owned();
    let words = Words::new(Field::OF_SESSION, [(Field::Themes, told)]).unwrap();
    let saved = records::write_session(&mut permit, date, Base::default(), words, Rules::plain(date))
        .await
        .unwrap();
    let marked: Vec<&str> = saved
        .look
        .marks
        .iter()
        .map(|found| found.mark.words.as_str())
        .collect();
    assert_eq!(marked, ["Quiet Wren", "Early Maple"]);
}

/// Nothing of this stands readable anywhere in the database, as text or as its bytes.
async fn is_unseen(house: &House, other: &DatabaseConnection, words: &[&str]) {
    let all = crate::common::all_bytes(&house.db, other).await;
    assert!(all.contains("record.sign"), "what is not sealed is seen");
    for said in words {
        assert!(!all.contains(&said.to_lowercase()), "{said}");
        assert!(!all.contains(&store::hex(said.as_bytes())), "{said} as bytes");
    }
}

#[both_engines]
async fn nothing_is_signed_that_tells_another_member_without_a_reason(db: TestDatabase) {
    let house = House::new(db).await;
    let told =
        "Came late. Laughed when Benjamin told of his boat, and spoke about her sister at some length today.";
    let saved = house
        .write_part("dana", &house.ana, &[(Field::Participation, told)], house.rules())
        .await
        .unwrap();
    assert_eq!(saved.look.marks.len(), 1);
    assert_eq!(saved.look.marks[0].mark.words, "Benjamin");
    let sign = |seen| Asked::Sign {
        text: saved.text,
        seen,
    };
    let refused = house
        .act("dana", &house.ana, sign(Seen::default()), house.rules())
        .await;
    assert!(matches!(
        refused,
        Err(RecordError::Refused(Refusal::MarksOpen { open: 1 }))
    ));
    let seen = Seen {
        reasons: vec![reasoned("Benjamin", "name")],
        like: Vec::new(),
    };
    let signed = house
        .act("dana", &house.ana, sign(seen), house.rules())
        .await
        .unwrap();
    let State::Signed { first, .. } = signed else {
        panic!("{signed:?}")
    };
    assert_eq!(first.over.len(), 1);
    // The engine sees neither whom it tells nor why that was signed over.
    let other = crate::common::outside(&house.db).await;
    is_unseen(&house, &other, &["Benjamin", "He asked to be named here"]).await;
    // What the leader marked on the roster tells them, too; in their own part it does not.
    let known = Known {
        facts: vec![line("Ford plant")],
        ..Known::default()
    };
    let mut writing = house.store.write(house.who("dana").await).await.unwrap();
    let on = On::ByMe(&house.ana, &house.group);
    let mut permit = writing.permit::<WritePart>(on).await.unwrap();
    records::set_known(&mut permit, &known, |seen| *seen == Known::default())
        .await
        .unwrap();
    writing.commit().await.unwrap();
    // Who has not seen that is not believed to replace it.
    let mut writing = house.store.write(house.who("cole").await).await.unwrap();
    let mut permit = writing.permit::<WritePart>(on).await.unwrap();
    let stale = records::set_known(&mut permit, &Known::default(), |seen| *seen == Known::default()).await;
    assert!(matches!(stale, Err(RecordError::Meanwhile)));
    drop(writing);
    let saved = house
        .write("dana", None, "Shifts at the Ford plant.")
        .await
        .unwrap();
    assert_eq!(saved.look.marks[0].mark.why, "fact");
    // A copied part is seen before it is signed.
    let copied = told.replace("Benjamin", "somebody");
    let saved = house
        .write_part(
            "dana",
            &house.ben,
            &[(Field::Participation, &copied)],
            house.rules(),
        )
        .await
        .unwrap();
    assert_eq!(saved.look.like.len(), 1);
    let asked = Asked::Sign {
        text: saved.text,
        seen: Seen::default(),
    };
    let refused = house.act("dana", &house.ben, asked, house.rules()).await;
    assert!(matches!(
        refused,
        Err(RecordError::Refused(Refusal::AlikeUnseen { unseen: 1 }))
    ));
}

#[both_engines]
async fn a_record_goes_from_draft_to_signed_to_amended_and_locks(db: TestDatabase) {
    let house = House::new(db).await;
    let rules = Rules {
        policy: Policy {
            cosignature: Cosignature::Supervisor,
            locks_after: Some(10),
        },
        today: house.date,
    };
    let saved = house
        .write_part("cole", &house.ana, &[(Field::Plan, "Walk on Friday")], rules)
        .await
        .unwrap();
    // A part is its keeper's: also the leader does not write in a co-leader's.
    let refused = house
        .write_part("dana", &house.ana, &[(Field::Plan, "Run")], rules)
        .await;
    assert!(matches!(refused, Err(RecordError::Refused(Refusal::NotYours))));
    let sign = Asked::Sign {
        text: saved.text,
        seen: Seen::default(),
    };
    let state = house.act("cole", &house.ana, sign, rules).await.unwrap();
    assert!(matches!(state, State::Awaiting(_)));
    for (name, many) in [("sue", 1), ("dana", 0)] {
        let mut reading = house.store.read(house.who(name).await).await.unwrap();
        let awaiting = records::awaiting(&mut reading).await.unwrap();
        assert_eq!(awaiting.iter().map(|one| one.many).sum::<usize>(), many, "{name}");
    }
    let cosign = || Answered::Cosign { text: saved.text };
    let refused = house.answer("dana", &house.ana, cosign(), rules).await;
    assert!(matches!(
        refused,
        Err(RecordError::Refused(Refusal::NotCosigner { .. }))
    ));
    let state = house.answer("sue", &house.ana, cosign(), rules).await.unwrap();
    assert!(state.is_in_force());
    let amended = Words::new(Field::OF_PART, [(Field::Plan, "Walk on Saturday".to_owned())]).unwrap();
    let amend = |words| Asked::Amend {
        words,
        reason: Reason::parse("The day was wrong").unwrap(),
        seen: Seen::default(),
    };
    let state = house
        .act("cole", &house.ana, amend(amended.clone()), rules)
        .await
        .unwrap();
    assert!(matches!(state, State::Amended { .. }));
    // Both versions stay.
    let mut writing = house.store.write(house.who("dana").await).await.unwrap();
    let on = On::Part(&house.ana, &house.group, house.date);
    let mut permit = writing.permit::<SeePart>(on).await.unwrap();
    let sheet = records::part(&mut permit, house.date).await.unwrap().unwrap();
    let plans: Vec<&str> = sheet
        .versions
        .iter()
        .map(|(.., words)| words.get(Field::Plan))
        .collect();
    assert_eq!(plans, ["Walk on Friday", "Walk on Saturday"]);
    // Whoever signed is named.
    let mut signers: Vec<&str> = sheet.names.values().map(Handle::as_str).collect();
    signers.sort_unstable();
    assert_eq!(signers, ["cole", "sue"]);
    drop(writing);
    // After ten days nobody writes in it, unless a supervisor opens it.
    let later = Rules {
        today: house.date + TimeDelta::days(11),
        ..rules
    };
    let refused = house.act("cole", &house.ana, amend(amended.clone()), later).await;
    assert!(matches!(
        refused,
        Err(RecordError::Refused(Refusal::Locked { .. }))
    ));
    let unlock = Answered::Unlock {
        until: domain::clock::Clock::now(&*house.db.clock) + TimeDelta::days(2),
        reason: Reason::parse("The payer asks for the day").unwrap(),
    };
    house.answer("sue", &house.ana, unlock, later).await.unwrap();
    house
        .act("cole", &house.ana, amend(amended), later)
        .await
        .unwrap();
    let other = crate::common::outside(&house.db).await;
    is_unseen(
        &house,
        &other,
        &["The day was wrong", "The payer asks for the day"],
    )
    .await;
    // Handed over, it is the other's.
    let slug = testing::people::slug_of(&house.store, &mail("dana")).await;
    let hand_over = Asked::HandOver { to: slug };
    house.act("cole", &house.ana, hand_over, later).await.unwrap();
    let mut writing = house.store.write(house.who("dana").await).await.unwrap();
    let mut permit = writing.permit::<SeePart>(on).await.unwrap();
    let sheet = records::part(&mut permit, house.date).await.unwrap().unwrap();
    assert_eq!(sheet.keeper.1.as_str(), "dana");
}

#[both_engines]
async fn a_chart_is_one_members_and_what_was_released_is_theirs(db: TestDatabase) {
    let house = House::new(db).await;
    let dana = house.who("dana").await;
    let saved = house.write("dana", None, "Saying no.").await.unwrap();
    let mut writing = house.store.write(dana.clone()).await.unwrap();
    let on = On::Record(&house.group, house.date);
    let mut permit = writing.permit::<WriteRecord>(on).await.unwrap();
    let sign = Asked::Sign {
        text: saved.text,
        seen: Seen::default(),
    };
    records::act_on_session(&mut permit, house.date, sign, house.rules())
        .await
        .unwrap();
    writing.commit().await.unwrap();
    for (person, plan, risk) in [
        (&house.ana, "Phone on Friday", "None seen."),
        (&house.ben, "Swim on Sunday", "Thought of giving up."),
    ] {
        let fields = [(Field::Plan, plan), (Field::Risk, risk)];
        let saved = house
            .write_part("dana", person, &fields, house.rules())
            .await
            .unwrap();
        let sign = Asked::Sign {
            text: saved.text,
            seen: Seen::default(),
        };
        house.act("dana", person, sign, house.rules()).await.unwrap();
    }
    let levels = ["never", "once a month", "weekly", "twice a week", "daily"].map(line);
    let goal = Goal::new(line("Say no"), levels, 2, 1).unwrap();
    let mut writing = house.store.write(house.who("cole").await).await.unwrap();
    let by_me = On::ByMe(&house.ana, &house.group);
    let mut permit = writing.permit::<WritePart>(by_me).await.unwrap();
    let which = records::add_goal(&mut permit, &goal, Looked::NotYet)
        .await
        .unwrap();
    let level = |level| Level::new(level).unwrap();
    records::reach_goal(&mut permit, &which, house.date, level(-1))
        .await
        .unwrap();
    records::reach_goal(&mut permit, &which, house.date, level(1))
        .await
        .unwrap();
    writing.commit().await.unwrap();

    let mut writing = house.store.write(dana.clone()).await.unwrap();
    let on = On::PersonIn(&house.ana, &house.group);
    let mut permit = writing.permit::<SeePart>(on).await.unwrap();
    let chart = records::chart(&mut permit).await.unwrap();
    assert_eq!(chart.entries.len(), 1);
    let entry = &chart.entries[0];
    assert_eq!(
        entry.session.as_ref().unwrap().words.get(Field::Themes),
        "Saying no."
    );
    assert_eq!(
        entry.part.as_ref().unwrap().words.get(Field::Plan),
        "Phone on Friday"
    );
    assert_eq!(chart.goals[0].goal.at(house.date), Some(level(1)));
    let whole = format!(
        "{:?}",
        chart.entries.iter().map(|one| one.presence).collect::<Vec<_>>()
    );
    assert_eq!(whole, "[Present]");
    writing.commit().await.unwrap();

    // Released: what was chosen, to whom it is about.
    house.release(&house.ana).await;
    let written = testing::people::letters(&house.store).await.into_iter();
    let to: Vec<String> = written
        .filter(|letter| letter.body == TOLD.body)
        .map(|letter| letter.mail)
        .collect();
    assert_eq!(to, [mail("ana").to_string()]);
    for (name, seen) in [("ana", 1), ("ben", 0)] {
        let token = testing::people::by_link(&house.store, &mail(name)).await;
        let who = who(&house.store, &token).await;
        let mut reading = house.store.read(who).await.unwrap();
        let on = On::MyselfIn(&house.group);
        let mut permit = reading.permit::<SeeReleased>(on).await.unwrap();
        let notes = records::released(&mut permit).await.unwrap();
        assert_eq!(notes.len(), seen, "{name}");
        let goals = records::my_goals(&mut permit).await.unwrap();
        assert_eq!(goals.len(), seen, "the goals of {name}");
        for note in notes {
            assert_eq!(note.words.get(Field::Plan), "Phone on Friday");
            assert_eq!(note.words.get(Field::Risk), "");
        }
    }

    is_theirs_to_take(&house, &dana).await;
}

/// All of it is theirs to take away, and nothing of anybody else.
async fn is_theirs_to_take(house: &House, dana: &Who) {
    for (person, number) in [(&house.ana, "A-17"), (&house.ben, "B-29")] {
        let mut writing = house.store.write(dana.clone()).await.unwrap();
        let on = On::PersonIn(person, &house.group);
        let mut permit = writing.permit::<MarkAttendance>(on).await.unwrap();
        records::set_number(&mut permit, Some(&line(number)))
            .await
            .unwrap();
        writing.commit().await.unwrap();
    }
    let taken = async |name: &str| {
        let mut writing = house.store.write(house.who(name).await).await.unwrap();
        let mut permit = writing.permit::<ChangeAccount>(On::Myself).await.unwrap();
        own_data::all(&mut permit).await.unwrap()
    };
    let ana = taken("ana").await;
    let mine = &ana["in_records"];
    assert_eq!(
        mine["notes_given_to_you"][0]["words"],
        serde_json::json!({ "plan": "Phone on Friday" })
    );
    assert_eq!(mine["notes_given_to_you"][0]["session"], DATE);
    assert_eq!(
        mine["goals"][0]["levels"][3],
        serde_json::json!({ "level": 1, "words": "twice a week" })
    );
    assert_eq!(
        mine["goals"][0]["progress"],
        serde_json::json!([{ "session": DATE, "level": 1 }])
    );
    assert_eq!(mine["numbers_in_billing"][0]["number"], "A-17");
    let ben = taken("ben").await;
    assert_eq!(ben["in_records"]["numbers_in_billing"][0]["number"], "B-29");
    for (text, others) in [
        (
            ana.to_string(),
            &["Swim", "giving up", "None seen", "B-29", "Benjamin", "Saying no"][..],
        ),
        (
            ben.to_string(),
            &[
                "Phone on Friday",
                "Say no",
                "giving up",
                "A-17",
                "Ana",
                "Saying no",
            ],
        ),
    ] {
        for other in others {
            assert!(!text.contains(other), "{other} stands in {text}");
        }
    }
}

#[both_engines]
async fn a_process_note_is_its_authors_alone(db: TestDatabase) {
    let house = House::new(db).await;
    let keep = async |name: &str, words: &str| {
        let mut writing = house.store.write(house.who(name).await).await.unwrap();
        let mut permit = writing.permit::<KeepNote>(On::Own(&house.group)).await?;
        let kept = records::write_own_note(&mut permit, house.date, None, words).await?;
        writing.commit().await?;
        Ok::<_, RecordError>(kept)
    };
    let open = async |name: &str| {
        let mut writing = house.store.write(house.who(name).await).await.unwrap();
        let mut permit = writing.permit::<KeepNote>(On::Own(&house.group)).await?;
        let own = records::own_note(&mut permit, house.date).await?;
        writing.commit().await?;
        Ok::<_, StoreError>(own.map(|own| own.words))
    };
    keep("dana", "I was impatient.").await.unwrap();
    assert_eq!(open("dana").await.unwrap().as_deref(), Some("I was impatient."));
    assert_eq!(open("cole").await.unwrap(), None);
    assert!(matches!(
        open("sue").await,
        Err(StoreError::Denied(Denied::NoRight))
    ));
    // Written in another window meanwhile: both stand there.
    let both = keep("dana", "I was moved.").await.unwrap().unwrap().words;
    assert!(both.contains("impatient") && both.contains("moved"), "{both}");
    // It asks to show again who one is.
    let stale = house.who("dana").await;
    house
        .db
        .clock
        .forward(domain::access::FRESH + TimeDelta::minutes(1));
    let mut writing = house.store.write(stale).await.unwrap();
    let again = writing.permit::<KeepNote>(On::Own(&house.group)).await;
    assert!(matches!(
        again.map(|_| ()),
        Err(StoreError::Denied(Denied::ProveAgain))
    ));
}

#[both_engines]
async fn an_older_text_put_in_the_place_of_a_newer_one_opens_no_more(db: TestDatabase) {
    let house = House::new(db).await;
    let other = crate::common::outside(&house.db).await;
    let opened = async || {
        let mut writing = house.store.write(house.who("dana").await).await.unwrap();
        let mut permit = writing.permit::<KeepNote>(On::Own(&house.group)).await?;
        let own = records::own_note(&mut permit, house.date).await?;
        Ok::<_, StoreError>(own.map(|own| own.changed_at))
    };
    for (words, sql) in [
        (
            "I was impatient.",
            "create table kept as select id, words from process_note",
        ),
        (
            "I was not.",
            "update process_note set words = (select kept.words from kept where kept.id = process_note.id)",
        ),
    ] {
        let base = opened().await.unwrap();
        let mut writing = house.store.write(house.who("dana").await).await.unwrap();
        let mut permit = writing.permit::<KeepNote>(On::Own(&house.group)).await.unwrap();
        records::write_own_note(&mut permit, house.date, base, words)
            .await
            .unwrap();
        writing.commit().await.unwrap();
        other.execute_unprepared(sql).await.unwrap();
    }
    let refused = opened().await;
    assert!(
        matches!(
            refused,
            Err(StoreError::Unopened {
                table: "process_note",
                ..
            })
        ),
        "{refused:?}"
    );
    // No more does where a record stood before it was signed.
    let saved = house
        .write_part(
            "dana",
            &house.ana,
            &[(Field::Plan, "Walk on Friday")],
            house.rules(),
        )
        .await
        .unwrap();
    let draft = "create table stood as select id, facts from member_part";
    other.execute_unprepared(draft).await.unwrap();
    let sign = Asked::Sign {
        text: saved.text,
        seen: Seen::default(),
    };
    house.act("dana", &house.ana, sign, house.rules()).await.unwrap();
    let back =
        "update member_part set facts = (select stood.facts from stood where stood.id = member_part.id)";
    other.execute_unprepared(back).await.unwrap();
    let writing = house.store.write(Who::Operator).await.unwrap();
    let (_, damage) = store::sealed::check(&writing).await.unwrap();
    let places: Vec<_> = damage.iter().map(|one| (one.table, one.column)).collect();
    assert_eq!(places, [("process_note", "words"), ("member_part", "facts")]);
}

#[both_engines]
async fn only_who_was_there_has_a_part_and_looking_is_written_down(db: TestDatabase) {
    let house = House::new(db).await;
    let mut writing = house.store.write(house.who("dana").await).await.unwrap();
    let on = On::PersonIn(&house.ben, &house.group);
    let mut permit = writing.permit::<MarkAttendance>(on).await.unwrap();
    leading::mark(&mut permit, house.date, Presence::Missed)
        .await
        .unwrap();
    writing.commit().await.unwrap();
    let refused = house
        .write_part("dana", &house.ben, &[(Field::Plan, "x")], house.rules())
        .await;
    assert!(matches!(refused, Err(RecordError::WasNotThere)));
    let mut writing = house.store.write(house.who("dana").await).await.unwrap();
    let mut permit = writing.permit::<SeePart>(On::Group(&house.group)).await.unwrap();
    let there = records::at_session(&mut permit, house.date).await.unwrap();
    assert_eq!(there.len(), 1);
    assert_eq!(there[0].handle.as_str(), "Ana Ruiz");
    let mut permit = writing
        .permit::<SeeRecord>(On::Record(&house.group, house.date))
        .await
        .unwrap();
    assert!(records::session(&mut permit, house.date).await.unwrap().is_none());
}

#[both_engines]
async fn a_chart_stays_named_without_an_account_until_its_rule_is_over(db: TestDatabase) {
    let house = House::new(db).await;
    house.write("dana", None, "Asking for help").await.unwrap();
    let fields = [(Field::Plan, "Phone on Friday")];
    for person in [&house.ana, &house.ben] {
        let saved = house
            .write_part("dana", person, &fields, house.rules())
            .await
            .unwrap();
        let sign = Asked::Sign {
            text: saved.text,
            seen: Seen::default(),
        };
        house.act("dana", person, sign, house.rules()).await.unwrap();
    }
    // What was released goes with its chart, also of who keeps their account.
    house.release(&house.ben).await;
    let ana = who(&house.store, &by_link(&house.store, &mail("ana")).await).await;
    let mut writing = house.store.write(ana).await.unwrap();
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await.unwrap();
    retention::delete_myself(&mut permit).await.unwrap();
    writing.commit().await.unwrap();

    let other = crate::common::outside(&house.db).await;
    let count = async |sql: &str| {
        let statement = Statement::from_string(other.get_database_backend(), sql.to_owned());
        let row = other.query_one_raw(statement).await.unwrap().unwrap();
        row.try_get::<i64>("", "n").unwrap()
    };
    let named =
        "select count(*) as n from person where mail is null and ended_at is not null and deleted_at is null";
    assert_eq!(count(named).await, 1);
    let signed_in = "select count(*) as n from session join person on person.id = session.person_id where person.mail is null";
    assert_eq!(count(signed_in).await, 0);
    // Who leads the group reads it as before.
    let chart = async || {
        let mut writing = house.store.write(house.who("dana").await).await.unwrap();
        let on = On::PersonIn(&house.ana, &house.group);
        let mut permit = writing.permit::<SeePart>(on).await?;
        let (chart, name) = (
            records::chart(&mut permit).await?,
            records::name(&mut permit).await?,
        );
        Ok::<_, StoreError>((chart.entries.len(), name.to_string()))
    };
    assert_eq!(chart().await.unwrap(), (1, "Ana Ruiz".to_owned()));
    let mut reading = house.store.read(house.who("dana").await).await.unwrap();
    let mut permit = reading
        .permit::<SeeRoster>(On::Group(&house.group))
        .await
        .unwrap();
    let charts = records::charts(&mut permit).await.unwrap();
    let charts: Vec<_> = charts
        .iter()
        .map(|one| (one.handle.as_str(), one.is_member))
        .collect();
    assert_eq!(charts, [("Benjamin", true), ("Ana Ruiz", false)]);
    drop(reading);
    // Marks of backups mean her as well, and there is nothing left to do about it.
    let mut writing = house.store.write(Who::Job("tombstones")).await.unwrap();
    let marks = retention::marks(&mut writing).await.unwrap();
    assert_eq!(marks.len(), 1);
    assert_eq!(retention::obey(&mut writing, &marks).await.unwrap(), 0);
    writing.commit().await.unwrap();

    let sweep = async |kept: Kept| {
        let mut gone = 0;
        loop {
            let mut writing = house.store.write(Who::Job("retention")).await.unwrap();
            let now = retention::sweep(&mut writing, kept, 2).await.unwrap();
            writing.commit().await.unwrap();
            gone += now;
            if now == 0 {
                return gone;
            }
        }
    };
    house.db.clock.forward(TimeDelta::days(1_000));
    for kept in [
        Kept::SessionRecords,
        Kept::Charts,
        Kept::ClosedAccounts,
        Kept::ExMembers,
    ] {
        assert_eq!(sweep(kept).await, 0, "{kept:?}");
    }
    house.db.clock.forward(TimeDelta::days(1_600));
    // What the session was about stays for as long as a chart has it.
    assert_eq!(sweep(Kept::SessionRecords).await, 0);
    // Two parts and two marks; then the one who has no account.
    assert_eq!(sweep(Kept::Charts).await, 4);
    assert_eq!(count("select count(*) as n from part_text").await, 0);
    assert_eq!(count("select count(*) as n from released_note").await, 0);
    assert_eq!(sweep(Kept::SessionRecords).await, 1);
    assert_eq!(count("select count(*) as n from session_text").await, 0);
    assert_eq!(sweep(Kept::ClosedAccounts).await, 1);
    assert_eq!(count(named).await, 0);
    assert_eq!(
        count("select count(*) as n from person where deleted_at is not null").await,
        1
    );
}
