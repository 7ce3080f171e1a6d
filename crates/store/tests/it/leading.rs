//! Sessions, on both engines: what is planned and what becomes of it when one is cancelled, who was there, who cannot come, reminders that come
//! once, whom to ask after, and what helped others.

use chrono::{DateTime, NaiveDate, Utc};
use domain::attendance::{Certificate, Count, Presence, Why};
use domain::clock::Clock as _;
use domain::groups::{Draft, Kind, Listing, Online, Place, Slug, Source, When as Meets};
use domain::people::Role;
use domain::schedule::{Minutes, Rule, Schedule};
use domain::sessions::{Change, ChangeRefused, Curriculum, Plan, Step};
use domain::text::{Line, Prose};
use store::acts::{
    Appoint, ChangeAccount, ChangeContact, ChangePlans, Come, EditGroup, MarkAttendance, ModerateAdvice,
    SeeAdvice, SeeAttendance, SeeComing, SeeContact, SeePlans,
};
use store::leading::{self, LeadingError, Look, Open, Plans, Seat, Sessions, Since, State, Told};
use store::{On, Permit, Store, StoreError, Who, own_data};
use testing::people::letters;
use testing::{TestDatabase, both_engines};

use crate::common::people::{House, here, is_no, there};

const TOLD: Told<'static> = Told {
    subject: "A message for you",
    body: "Open it",
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

fn prose(text: &str) -> Prose {
    Prose::parse(text).unwrap()
}

/// Wednesdays at 6:30 pm in New York, for 90 minutes; the first is tomorrow.
fn first() -> NaiveDate {
    day("2026-11-25")
}

fn second() -> NaiveDate {
    day("2026-12-02")
}

fn third() -> NaiveDate {
    day("2026-12-09")
}

fn wednesdays() -> Schedule {
    Schedule {
        zone: "America/New_York".parse().unwrap(),
        from: first(),
        time: "18:30:00".parse().unwrap(),
        length: Minutes::new(90).unwrap(),
        rule: Rule::Weekly {
            interval: 1,
            days: vec![chrono::Weekday::Wed],
        },
        until: None,
        skips: vec![],
        moves: vec![],
    }
}

fn plan(topic: &str) -> Plan {
    Plan {
        topic: Some(line(topic)),
        agenda: vec![Step {
            what: line("Check-in round"),
            minutes: 15,
            technique: None,
        }],
        ..Plan::default()
    }
}

/// An online therapy group that Dana leads, with Ann and Ben; and a support group that Joan leads.
struct Term {
    house: House,
    dana: Who,
    ann: Slug,
    ben: Slug,
}

impl Term {
    async fn new(db: TestDatabase) -> Self {
        let house = House::new(db).await;
        let therapy = Draft {
            when: Meets::Scheduled(wednesdays()),
            place: Place::Online(Online::default()),
            ..(*crate::common::therapy("Here")).clone()
        };
        let support = Draft {
            when: Meets::Scheduled(wednesdays()),
            ..(*crate::common::listing("There", Source::Own)).clone()
        };
        for (bits, draft) in [(1, therapy), (2, support)] {
            crate::common::publish(&house.store, bits, &Listing::check(draft).unwrap()).await;
        }
        house.here("dana", Role::Leader).await;
        house.there("joan", Role::Facilitator).await;
        house.of_all("cleo", Role::Coordinator).await;
        let ann = house.here("ann", Role::Member).await;
        let ben = house.here("ben", Role::Member).await;
        let dana = house.two("dana").await;
        Self {
            house,
            dana,
            ann,
            ben,
        }
    }

    fn store(&self) -> &Store {
        &self.house.store
    }

    /// To a moment; whoever was signed in before may be signed out by then.
    async fn to(&mut self, at: &str) {
        let at: DateTime<Utc> = at.parse().unwrap();
        let clock = &self.house.db.clock;
        clock.forward(at - clock.now());
        self.dana = self.house.two("dana").await;
    }

    async fn list(&self) -> Sessions {
        let mut reading = self.store().read(self.dana.clone()).await.unwrap();
        let mut permit = reading.permit::<SeePlans>(On::Group(&here())).await.unwrap();
        leading::list(&mut permit).await.unwrap()
    }

    async fn topics(&self) -> Vec<(NaiveDate, Option<String>)> {
        let all = self.list().await.ahead;
        let topic = |plan: &Plan| plan.topic.as_ref().map(ToString::to_string);
        all.iter()
            .take(4)
            .map(|one| (one.sitting.date, topic(&one.plan)))
            .collect()
    }

    async fn planning<T>(
        &self,
        act: impl AsyncFnOnce(&mut Permit<'_, ChangePlans>) -> Result<T, LeadingError>,
    ) -> Result<T, LeadingError> {
        let mut writing = self.store().write(self.dana.clone()).await?;
        let mut permit = writing.permit::<ChangePlans>(On::Group(&here())).await?;
        let done = act(&mut permit).await?;
        writing.commit().await?;
        Ok(done)
    }

    async fn plan(&self, date: NaiveDate, topic: &str) {
        self.planning(async |permit| leading::plan(permit, date, &plan(topic), |_| true).await)
            .await
            .unwrap();
    }

    async fn change(&self, date: NaiveDate, change: Change, plans: Plans) -> Result<(), LeadingError> {
        let mut writing = self.store().write(self.dana.clone()).await?;
        let mut permit = writing.permit::<EditGroup>(On::Group(&here())).await?;
        leading::change(&mut permit, date, change, plans, &TOLD).await?;
        Ok(writing.commit().await?)
    }

    async fn mark(&self, who: &Slug, date: NaiveDate, presence: Presence) -> Result<(), LeadingError> {
        let mut writing = self.store().write(self.dana.clone()).await?;
        let mut permit = writing
            .permit::<MarkAttendance>(On::PersonIn(who, &here()))
            .await?;
        leading::mark(&mut permit, date, presence).await?;
        Ok(writing.commit().await?)
    }

    async fn roster(&self, date: NaiveDate) -> Vec<Seat> {
        let mut writing = self.store().write(self.dana.clone()).await.unwrap();
        let mut permit = writing.permit::<SeeAttendance>(On::Group(&here())).await.unwrap();
        let seats = leading::roster(&mut permit, date).await.unwrap();
        writing.commit().await.unwrap();
        seats
    }

    async fn excuse(&self, who: &Who, date: NaiveDate, words: Option<&str>) -> Result<(), LeadingError> {
        let words = words.map(line);
        let mut writing = self.store().write(who.clone()).await?;
        let mut permit = writing.permit::<Come>(On::MyselfIn(&here())).await?;
        leading::excuse(&mut permit, date, words.as_ref(), &TOLD).await?;
        Ok(writing.commit().await?)
    }

    async fn remind_me(&self, name: &str, hours: Option<u16>) -> Result<(), LeadingError> {
        let who = self.house.one(name).await;
        let mut writing = self.store().write(who).await?;
        let mut permit = writing.permit::<Come>(On::MyselfIn(&here())).await?;
        leading::set_reminder(&mut permit, hours).await?;
        Ok(writing.commit().await?)
    }

    /// What the job does when it is due; how many letters.
    async fn remind(&self) -> usize {
        let mut writing = self.store().write(Who::Job("reminders")).await.unwrap();
        let many = leading::remind(&mut writing, TOLD.subject, TOLD.body);
        let many = many.await.unwrap();
        writing.commit().await.unwrap();
        many
    }

    async fn prompts(&self) -> Vec<Open> {
        let mut writing = self.store().write(self.dana.clone()).await.unwrap();
        let mut permit = writing.permit::<SeeAttendance>(On::Group(&here())).await.unwrap();
        leading::prompts(&mut permit).await.unwrap()
    }

    /// Somebody asked after them, because of that session.
    async fn asked(&self, who: &Slug, since: NaiveDate) {
        let mut writing = self.store().write(self.dana.clone()).await.unwrap();
        let on = here();
        let permit = writing.permit::<MarkAttendance>(On::PersonIn(who, &on)).await;
        leading::asked_after(&mut permit.unwrap(), since).await.unwrap();
        writing.commit().await.unwrap();
    }

    /// Of how many sessions it is said how they were there.
    async fn held(&self, who: &Slug) -> usize {
        let mut writing = self.store().write(self.dana.clone()).await.unwrap();
        let on = here();
        let permit = writing.permit::<SeeAttendance>(On::PersonIn(who, &on)).await;
        let (_, attended) = leading::attended(&mut permit.unwrap()).await.unwrap();
        attended.len()
    }

    /// To whom letters about sessions wait; those by which people signed in are others.
    async fn mailed(&self) -> Vec<String> {
        let all = letters(self.store()).await.into_iter();
        let ours = all.filter(|letter| letter.subject == TOLD.subject);
        let mut to: Vec<String> = ours.map(|letter| letter.mail).collect();
        to.sort();
        to
    }
}

#[both_engines]
async fn a_plan_stays_with_its_session_and_fits_its_length(db: TestDatabase) {
    let mut term = Term::new(db).await;
    term.plan(first(), "Saying no").await;
    let mut long = plan("Too much");
    long.agenda[0].minutes = 91;
    let refused = term
        .planning(async |permit| leading::plan(permit, first(), &long, |_| true).await)
        .await
        .unwrap_err();
    assert!(matches!(refused, LeadingError::Plan(_)), "{refused}");
    let none = term
        .planning(async |permit| leading::plan(permit, day("2026-11-27"), &plan("x"), |_| true).await)
        .await;
    assert!(matches!(none, Err(LeadingError::Store(why)) if is_no(&why)));
    let sessions = term.list().await;
    assert_eq!(sessions.ahead[0].sitting.date, first());
    assert_eq!(sessions.ahead[0].plan, plan("Saying no"));
    assert!(sessions.past.is_empty());

    // It goes with its session when that is moved, and stays when it is over and the group is planned anew.
    let to = "2026-11-26T19:00:00".parse().unwrap();
    term.change(first(), Change::Move { to, reason: None }, Plans::Stay)
        .await
        .unwrap();
    let one = &term.list().await.ahead[0];
    assert_eq!(one.state, State::Moved { reason: None });
    assert_eq!(
        one.sitting.starts_at,
        "2026-11-27T00:00:00Z".parse::<DateTime<Utc>>().unwrap()
    );
    term.to("2026-11-27T00:10:00Z").await;
    term.mark(&term.ann, first(), Presence::Late).await.unwrap();
    term.to("2026-11-28T00:00:00Z").await;
    let sessions = term.list().await;
    assert_eq!(sessions.past[0].plan.topic, Some(line("Saying no")));
    assert!(sessions.past[0].is_marked);
    let over = term.change(first(), Change::Restore, Plans::Stay).await;
    assert!(matches!(over, Err(LeadingError::Change(ChangeRefused::IsOver))));
}

#[both_engines]
async fn what_is_planned_moves_on_when_a_session_is_cancelled_and_nothing_is_left_out(db: TestDatabase) {
    let term = Term::new(db).await;
    let course = Curriculum {
        name: line("Skills"),
        plans: ["One", "Two", "Three"].map(plan).into(),
    };
    let id = term
        .planning(async |permit| leading::create_course(permit, &course).await)
        .await
        .unwrap();
    let laid = term
        .planning(async |permit| leading::lay(permit, id, 0, first()).await)
        .await
        .unwrap();
    assert_eq!((laid.on.len(), laid.left), (3, 0));
    let reason = Some(line("Thanksgiving"));
    let cancel = Change::Cancel { reason };
    term.change(first(), cancel.clone(), Plans::MoveOn).await.unwrap();
    let said = |topic: &str| Some(topic.to_owned());
    assert_eq!(
        term.topics().await,
        [
            (first(), None),
            (second(), said("One")),
            (third(), said("Two")),
            (day("2026-12-16"), said("Three")),
        ]
    );
    assert!(term.list().await.ahead[0].is_cancelled());
    let again = term.change(first(), cancel, Plans::Stay).await;
    assert!(matches!(
        again,
        Err(LeadingError::Change(ChangeRefused::IsCancelled))
    ));
    // The public page says the same, and the members were told that there is something to read.
    assert_eq!(term.mailed().await, ["ann@people.example", "ben@people.example"]);
    let marked = term.mark(&term.ann, first(), Presence::Excused).await;
    assert!(matches!(marked, Err(LeadingError::Store(why)) if is_no(&why)));

    // Without moving on, the plan waits for its session to come back.
    let cancel = Change::Cancel { reason: None };
    term.change(second(), cancel, Plans::Stay).await.unwrap();
    term.change(second(), Change::Restore, Plans::Stay).await.unwrap();
    assert_eq!(term.topics().await[1], (second(), said("One")));
    // From the plans of the sessions a curriculum for another time is made.
    let made = term
        .planning(async |permit| leading::gather(permit, line("Again"), (first(), third())).await)
        .await
        .unwrap();
    assert_eq!(made.plans.len(), 2);
}

#[both_engines]
async fn a_plan_without_a_date_left_is_told_and_nothing_is_changed(db: TestDatabase) {
    let term = Term::new(db).await;
    let short = Schedule {
        until: Some(second()),
        ..wednesdays()
    };
    let listing = Draft {
        when: Meets::Scheduled(short),
        ..(*crate::common::therapy("Here")).clone()
    };
    crate::common::publish(term.store(), 1, &Listing::check(listing).unwrap()).await;
    term.plan(first(), "One").await;
    term.plan(second(), "Two").await;
    let cancel = Change::Cancel { reason: None };
    let why = term.change(first(), cancel, Plans::MoveOn).await.unwrap_err();
    assert!(matches!(why, LeadingError::NoDateLeft), "{why}");
    let ahead = term.list().await.ahead;
    assert!(!ahead[0].is_cancelled() && ahead[0].plan == plan("One"));
}

#[both_engines]
async fn each_member_is_marked_once_a_session_and_again_is_a_change(db: TestDatabase) {
    let mut term = Term::new(db).await;
    let early = term.mark(&term.ann, first(), Presence::Present).await;
    assert!(matches!(early, Err(LeadingError::NotYet)));
    term.mark(&term.ann, first(), Presence::Excused).await.unwrap();
    term.to("2026-11-25T23:25:00Z").await;
    term.mark(&term.ann, first(), Presence::Present).await.unwrap();
    term.mark(&term.ann, first(), Presence::Late).await.unwrap();
    term.mark(&term.ben, first(), Presence::Missed).await.unwrap();
    let seats = term.roster(first()).await;
    let of = |seats: &[Seat]| -> Vec<(String, Option<Presence>, Since)> {
        let all = seats.iter();
        all.map(|seat| (seat.handle.to_string(), seat.presence, seat.since))
            .collect()
    };
    let ann = |presence, since| ("ann".to_owned(), presence, since);
    let ben = |presence, since| ("ben".to_owned(), presence, since);
    assert_eq!(
        of(&seats),
        [
            ann(Some(Presence::Late), Since::First),
            ben(Some(Presence::Missed), Since::First)
        ]
    );
    assert_eq!(term.house.count("select count(*) from attendance").await, 2);
    // A week later Ann is there for the second time; Ben has not been there yet. Someone who joins now was not there then.
    term.to("2026-12-03T00:00:00Z").await;
    term.house.here("cara", Role::Member).await;
    let cara = ("cara".to_owned(), None, Since::First);
    assert_eq!(
        of(&term.roster(third()).await),
        [ann(None, Since::Second), ben(None, Since::First), cara]
    );
    assert_eq!(of(&term.roster(first()).await).len(), 2);
    let mut writing = term.store().write(term.dana.clone()).await.unwrap();
    let on = here();
    let permit = writing
        .permit::<MarkAttendance>(On::PersonIn(&term.ann, &on))
        .await;
    leading::unmark(&mut permit.unwrap(), first()).await.unwrap();
    writing.commit().await.unwrap();
    assert_eq!(of(&term.roster(first()).await)[0].1, None);
}

#[both_engines]
async fn nobody_marks_in_another_group_or_without_leading_one(db: TestDatabase) {
    let term = Term::new(db).await;
    let joan = term.house.one("joan").await;
    let (here, there) = (here(), there());
    for (who, on) in [
        (joan.clone(), On::PersonIn(&term.ann, &here)),
        (term.house.one("ann").await, On::PersonIn(&term.ann, &here)),
        (term.house.two("cleo").await, On::PersonIn(&term.ann, &here)),
        (joan.clone(), On::PersonIn(&term.ann, &there)),
    ] {
        let mut writing = term.store().write(who).await.unwrap();
        let no = writing.permit::<MarkAttendance>(on).await;
        assert!(no.is_err_and(|why| is_no(&why)));
    }
    // In a support group heads are counted, and nobody is marked.
    let mut writing = term.store().write(joan).await.unwrap();
    let mut permit = writing.permit::<MarkAttendance>(On::Group(&there)).await.unwrap();
    let heads = Count::new(9, 2, 1, Vec::new()).unwrap();
    let early = leading::count(&mut permit, first(), &heads, |_| true).await;
    assert!(matches!(early, Err(LeadingError::NotYet)));
}

#[both_engines]
async fn heads_of_a_support_group_are_counted_and_counted_anew(db: TestDatabase) {
    let mut term = Term::new(db).await;
    term.to("2026-11-26T01:00:00Z").await;
    let (joan, there) = (term.house.one("joan").await, there());
    for (room, new) in [(9, 1), (11, 3)] {
        let mut writing = term.store().write(joan.clone()).await.unwrap();
        let mut permit = writing.permit::<MarkAttendance>(On::Group(&there)).await.unwrap();
        let heads = Count::new(room, 2, new, Vec::new()).unwrap();
        leading::count(&mut permit, first(), &heads, |_| true)
            .await
            .unwrap();
        writing.commit().await.unwrap();
    }
    // Who did not see what stands there replaces nothing; the same once more is no question.
    for (room, new, is_done) in [(7, 0, false), (11, 3, true)] {
        let mut writing = term.store().write(joan.clone()).await.unwrap();
        let mut permit = writing.permit::<MarkAttendance>(On::Group(&there)).await.unwrap();
        let heads = Count::new(room, 2, new, Vec::new()).unwrap();
        let done = leading::count(&mut permit, first(), &heads, |now| now.is_none()).await;
        match done {
            Ok(()) => assert!(is_done),
            Err(why) => assert!(matches!(why, LeadingError::Meanwhile) && !is_done),
        }
    }
    let mut writing = term.store().write(joan).await.unwrap();
    let mut permit = writing.permit::<SeeAttendance>(On::Group(&there)).await.unwrap();
    let heads = leading::heads(&mut permit, first()).await.unwrap().unwrap();
    assert_eq!((heads.all(), heads.newcomers()), (13, 3));
    assert!(
        leading::roster(&mut permit, first())
            .await
            .is_err_and(|why| is_no(&why))
    );
}

#[both_engines]
async fn whoever_cannot_come_says_so_before_and_who_leads_is_told_at_once(db: TestDatabase) {
    let mut term = Term::new(db).await;
    let ann = term.house.one("ann").await;
    term.excuse(&ann, first(), Some("A cold")).await.unwrap();
    term.excuse(&ann, first(), Some("A bad cold")).await.unwrap();
    assert_eq!(term.mailed().await, ["dana@people.example"]);
    let seats = term.roster(first()).await;
    assert_eq!(seats[0].excuse.as_ref().unwrap().1.as_deref(), Some("A bad cold"));
    assert_eq!(seats[1].excuse, None);
    // Only who is in the group, only to its own sessions.
    let joan = term.house.one("joan").await;
    for (who, date) in [(&joan, first()), (&ann, day("2026-11-26"))] {
        let no = term.excuse(who, date, None).await;
        assert!(matches!(no, Err(LeadingError::Store(why)) if is_no(&why)));
    }
    let mut writing = term.store().write(ann.clone()).await.unwrap();
    let on = here();
    let permit = writing.permit::<Come>(On::MyselfIn(&on)).await;
    leading::take_back(&mut permit.unwrap(), first(), &TOLD)
        .await
        .unwrap();
    writing.commit().await.unwrap();
    assert_eq!(term.roster(first()).await[0].excuse, None);
    // The words stand nowhere to be read.
    term.excuse(&ann, first(), Some("A cold again")).await.unwrap();
    term.to("2026-11-25T23:30:00Z").await;
    let ann = term.house.one("ann").await;
    let late = term.excuse(&ann, first(), None).await;
    assert!(matches!(late, Err(LeadingError::Begun)));
}

#[both_engines]
async fn a_reminder_comes_once_for_each_session_and_never_for_a_cancelled_one(db: TestDatabase) {
    let mut term = Term::new(db).await;
    assert!(matches!(
        term.remind_me("ann", Some(3)).await,
        Err(LeadingError::Hours)
    ));
    let no = term.remind_me("joan", Some(2)).await;
    assert!(matches!(no, Err(LeadingError::Store(why)) if is_no(&why)));
    term.remind_me("ann", Some(24)).await.unwrap();
    term.remind_me("ben", Some(2)).await.unwrap();
    assert_eq!(term.remind().await, 0);
    term.to("2026-11-25T00:00:00Z").await;
    // A job that dies before its commit has written nothing; the next one does, once.
    let mut writing = term.store().write(Who::Job("reminders")).await.unwrap();
    let many = leading::remind(&mut writing, TOLD.subject, TOLD.body);
    assert_eq!(many.await.unwrap(), 1);
    drop(writing);
    assert_eq!(term.remind().await, 1);
    assert_eq!(term.remind().await, 0);
    let written = letters(term.store()).await;
    let written = written
        .iter()
        .find(|one| one.mail == "ann@people.example" && one.subject == TOLD.subject)
        .unwrap();
    assert!(!written.subject.contains("Here") && !written.body.contains("Here"));
    assert!(!written.body.contains(here().as_str()));
    term.to("2026-11-25T22:00:00Z").await;
    assert_eq!(term.remind().await, 1, "Ben's");
    // Next week the session is cancelled; the week after, Ann says that she cannot come.
    let cancel = Change::Cancel { reason: None };
    term.change(second(), cancel, Plans::Stay).await.unwrap();
    term.to("2026-12-02T22:00:00Z").await;
    assert_eq!(term.remind().await, 0);
    let ann = term.house.one("ann").await;
    term.excuse(&ann, third(), None).await.unwrap();
    term.remind_me("ben", None).await.unwrap();
    term.to("2026-12-09T22:00:00Z").await;
    assert_eq!(term.remind().await, 0);
}

#[both_engines]
async fn of_two_jobs_at_once_one_reminds(db: TestDatabase) {
    let mut term = Term::new(db).await;
    term.remind_me("ann", Some(48)).await.unwrap();
    term.remind_me("ben", Some(48)).await.unwrap();
    term.to("2026-11-25T10:00:00Z").await;
    let both = futures::future::join(term.remind(), term.remind()).await;
    assert_eq!(both.0 + both.1, 2);
    assert_eq!(term.house.count("select count(*) from reminded").await, 2);
}

#[both_engines]
async fn who_misses_without_a_word_is_asked_after_once(db: TestDatabase) {
    let mut term = Term::new(db).await;
    term.to("2026-11-26T01:00:00Z").await;
    term.mark(&term.ann, first(), Presence::Missed).await.unwrap();
    term.mark(&term.ben, first(), Presence::Excused).await.unwrap();
    let open = term.prompts().await;
    assert_eq!(open.len(), 1);
    assert_eq!((&open[0].person, open[0].prompt.since), (&term.ann, first()));
    assert_eq!(open[0].prompt.why, [Why::BeginningMissed]);
    let mut reading = term.store().read(term.dana.clone()).await.unwrap();
    let waits = leading::waits(&mut reading).await.unwrap();
    drop(reading);
    assert_eq!(
        (waits.len(), waits[0].prompts, waits[0].unmarked.len()),
        (1, 1, 0)
    );
    for _ in 0..2 {
        term.asked(&term.ann, first()).await;
    }
    assert!(term.prompts().await.is_empty());
    // The next miss asks anew, for its own reason.
    term.to("2026-12-03T01:00:00Z").await;
    term.mark(&term.ann, second(), Presence::Missed).await.unwrap();
    assert_eq!(term.prompts().await[0].prompt.why.len(), 3);
}

#[both_engines]
async fn an_excuse_for_later_hides_no_miss_and_a_miss_stays_until_somebody_asked(db: TestDatabase) {
    let mut term = Term::new(db).await;
    for (at, date) in [
        ("2026-11-26T01:00:00Z", first()),
        ("2026-12-03T01:00:00Z", second()),
    ] {
        term.to(at).await;
        term.mark(&term.ann, date, Presence::Missed).await.unwrap();
    }
    // She cannot come next week: no session was held by that, and what she missed is still missed.
    term.mark(&term.ann, third(), Presence::Excused).await.unwrap();
    assert_eq!(term.held(&term.ann).await, 2);
    let open = term.prompts().await;
    assert_eq!((open[0].prompt.since, open[0].prompt.why.len()), (second(), 3));
    // The one she is excused from is cancelled, and never held. Then she comes: no two in a row any more.
    let cancel = Change::Cancel { reason: None };
    term.change(third(), cancel, Plans::Stay).await.unwrap();
    term.to("2026-12-17T01:00:00Z").await;
    assert_eq!(term.held(&term.ann).await, 2);
    term.mark(&term.ann, day("2026-12-16"), Presence::Present)
        .await
        .unwrap();
    assert_eq!(term.held(&term.ann).await, 3);
    let open = term.prompts().await;
    assert_eq!(open[0].prompt.why, [Why::BeginningMissed, Why::ThirdOfLastSix]);
    term.asked(&term.ann, open[0].prompt.since).await;
    assert!(term.prompts().await.is_empty());
}

#[both_engines]
async fn a_session_of_which_nothing_was_written_waits_for_who_leads(db: TestDatabase) {
    let mut term = Term::new(db).await;
    term.to("2026-11-26T01:10:00Z").await;
    let mut reading = term.store().read(term.dana.clone()).await.unwrap();
    let waits = leading::waits(&mut reading).await.unwrap();
    drop(reading);
    assert_eq!(waits[0].unmarked, [first()]);
    assert_eq!(waits[0].next.unwrap().date, second());
    let mut reading = term.store().read(term.house.two("cleo").await).await.unwrap();
    assert!(leading::waits(&mut reading).await.unwrap().is_empty());
}

#[both_engines]
async fn how_often_someone_was_there_is_for_them_and_who_leads(db: TestDatabase) {
    let mut term = Term::new(db).await;
    for (at, date, presence) in [
        ("2026-11-26T01:00:00Z", first(), Presence::Present),
        ("2026-12-03T01:00:00Z", second(), Presence::Missed),
        ("2026-12-10T01:00:00Z", third(), Presence::Online),
    ] {
        term.to(at).await;
        term.mark(&term.ann, date, presence).await.unwrap();
    }
    let ann = term.house.one("ann").await;
    let on = here();
    let mut writing = term.store().write(ann.clone()).await.unwrap();
    let mut permit = writing.permit::<SeeAttendance>(On::MyselfIn(&on)).await.unwrap();
    let (_, mine) = leading::attended_by_me(&mut permit).await.unwrap();
    let made = Certificate::issue(
        line("Ann Larsen"),
        line("Lakeshore"),
        first(),
        third(),
        &mine,
        third(),
    )
    .unwrap();
    assert_eq!((made.held, made.attended, made.minutes), (3, 2, 180));
    drop(writing);
    let mut writing = term.store().write(term.dana.clone()).await.unwrap();
    let mut permit = writing
        .permit::<SeeAttendance>(On::PersonIn(&term.ann, &on))
        .await
        .unwrap();
    assert_eq!(leading::attended(&mut permit).await.unwrap().1, mine);
    drop(writing);
    // Nobody is told of anybody else, and who was never in a group is told nothing of it.
    let mut writing = term.store().write(ann).await.unwrap();
    let no = writing
        .permit::<SeeAttendance>(On::PersonIn(&term.ben, &on))
        .await;
    assert!(no.is_err_and(|why| is_no(&why)));
    drop(writing);
    let joan = term.house.one("joan").await;
    let mut writing = term.store().write(joan).await.unwrap();
    let mut permit = writing.permit::<SeeAttendance>(On::MyselfIn(&on)).await.unwrap();
    assert!(
        leading::attended_by_me(&mut permit)
            .await
            .is_err_and(|why| is_no(&why))
    );
}

#[both_engines]
async fn where_someone_is_opens_for_who_leads_and_each_look_is_written_down(db: TestDatabase) {
    let mut term = Term::new(db).await;
    let (ann, on) = (term.house.one("ann").await, here());
    let mut writing = term.store().write(ann.clone()).await.unwrap();
    let mut permit = writing.permit::<ChangeContact>(On::MyselfIn(&on)).await.unwrap();
    let (place, whom) = (prose("12 Elm Street, Akron"), prose("Jo, 216-555-0143"));
    leading::set_whereabouts(&mut permit, first(), Some(&place))
        .await
        .unwrap();
    leading::set_emergency(&mut permit, Some(&whom)).await.unwrap();
    writing.commit().await.unwrap();
    let seats = term.roster(first()).await;
    assert!(seats[0].told_where && !seats[1].told_where);
    let mut writing = term.store().write(term.dana.clone()).await.unwrap();
    let mut permit = writing
        .permit::<SeeContact>(On::PersonIn(&term.ann, &on))
        .await
        .unwrap();
    let found = leading::reach(&mut permit, first()).await.unwrap();
    writing.commit().await.unwrap();
    assert_eq!(found.whereabouts.as_deref(), Some("12 Elm Street, Akron"));
    assert_eq!(found.emergency.as_deref(), Some("Jo, 216-555-0143"));
    assert_eq!(term.house.audited("contact.see").await, 1);
    // Whoever leads no group with them is told nothing; nobody says it for a group that they are not in.
    let mut writing = term.store().write(term.house.one("joan").await).await.unwrap();
    let no = writing.permit::<SeeContact>(On::PersonIn(&term.ann, &on)).await;
    assert!(no.is_err_and(|why| is_no(&why)));
    let mut permit = writing.permit::<ChangeContact>(On::MyselfIn(&on)).await.unwrap();
    let no = leading::set_emergency(&mut permit, Some(&whom)).await;
    assert!(matches!(no, Err(LeadingError::Store(why)) if is_no(&why)));
    drop(writing);

    // It is one's own to take away; some days later where someone was is gone.
    let mut writing = term.store().write(term.house.two("ann").await).await.unwrap();
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await.unwrap();
    let all = own_data::all(&mut permit).await.unwrap();
    drop(writing);
    let mine = &all["in_groups"];
    assert_eq!(mine["where_i_am"][0]["words"], "12 Elm Street, Akron");
    assert_eq!(mine["emergency_contacts"][0]["words"], "Jo, 216-555-0143");
    term.to("2026-11-29T12:00:00Z").await;
    term.remind().await;
    assert_eq!(term.house.count("select count(*) from whereabouts").await, 0);
    assert_eq!(
        term.house.count("select count(*) from emergency_contact").await,
        1
    );
}

#[both_engines]
async fn whoever_covers_a_session_is_let_in_for_it_and_no_longer(db: TestDatabase) {
    let mut term = Term::new(db).await;
    let (on, joan) = (
        here(),
        Slug::parse(term.house.there("gil", Role::Facilitator).await.as_str()).unwrap(),
    );
    let no = term
        .planning(async |permit| leading::set_cover(permit, second(), Some(&term.ann)).await)
        .await;
    assert!(matches!(no, Err(LeadingError::NoLeader)));
    term.planning(async |permit| leading::set_cover(permit, second(), Some(&joan)).await)
        .await
        .unwrap();
    term.plan(second(), "Grounding").await;
    let one = &term.list().await.ahead[1];
    assert_eq!(one.cover.as_ref().unwrap().1.as_str(), "gil");
    // Who leads cannot let anybody in; a coordinator does.
    let mut writing = term.store().write(term.dana.clone()).await.unwrap();
    let no = writing.permit::<Appoint>(On::Group(&on)).await;
    assert!(no.is_err_and(|why| is_no(&why)));
    drop(writing);
    let mut writing = term.store().write(term.house.two("cleo").await).await.unwrap();
    let permit = writing.permit::<Appoint>(On::Group(&on)).await;
    leading::appoint_cover(&mut permit.unwrap(), second())
        .await
        .unwrap();
    writing.commit().await.unwrap();
    for (at, lets_in) in [
        ("2026-12-02T21:00:00Z", false),
        ("2026-12-02T23:00:00Z", true),
        ("2026-12-04T02:00:00Z", false),
    ] {
        term.to(at).await;
        let gil = term.house.two("gil").await;
        let mut reading = term.store().read(gil).await.unwrap();
        assert_eq!(
            reading.permit::<SeePlans>(On::Group(&on)).await.is_ok(),
            lets_in,
            "{at}"
        );
    }
    // A session that is cancelled needs nobody.
    term.planning(async |permit| leading::set_cover(permit, third(), Some(&joan)).await)
        .await
        .unwrap();
    let mut writing = term.store().write(term.house.two("cleo").await).await.unwrap();
    let permit = writing.permit::<Appoint>(On::Group(&on)).await;
    leading::appoint_cover(&mut permit.unwrap(), third())
        .await
        .unwrap();
    writing.commit().await.unwrap();
    let cancel = Change::Cancel { reason: None };
    term.change(third(), cancel, Plans::Stay).await.unwrap();
    let given = "select count(*) from role_held where role = 'co-leader'";
    assert_eq!(term.house.count(given).await, 1);
}

#[both_engines]
async fn advice_is_shown_once_looked_at_and_helps_each_once(db: TestDatabase) {
    let term = Term::new(db).await;
    let on = there();
    for name in ["river", "heron", "wren"] {
        term.house.there(name, Role::Member).await;
    }
    let (river, heron) = (term.house.one("river").await, term.house.one("heron").await);
    let give = async |who: &Who, words: &str| -> Result<(), StoreError> {
        let mut writing = term.store().write(who.clone()).await?;
        let mut permit = writing.permit::<Come>(On::MyselfIn(&on)).await?;
        leading::give(&mut permit, &prose(words)).await?;
        writing.commit().await
    };
    give(&river, "A walk before breakfast").await.unwrap();
    assert!(give(&term.dana, "x").await.is_err_and(|why| is_no(&why)));
    let see = async |who: &Who| {
        let mut reading = term.store().read(who.clone()).await.unwrap();
        let mut permit = reading.permit::<SeeComing>(On::MyselfIn(&on)).await.unwrap();
        leading::helpful(&mut permit).await.unwrap()
    };
    assert!(see(&heron).await.0.is_empty());
    assert_eq!(see(&river).await.1[0].state, Look::Waiting);
    // A member does not decide what is shown.
    let mut writing = term.store().write(heron.clone()).await.unwrap();
    let mut permit = writing.permit::<SeeAdvice>(On::Group(&on)).await.unwrap();
    assert!(
        leading::to_look_at(&mut permit)
            .await
            .is_err_and(|why| is_no(&why))
    );
    drop(writing);
    let joan = term.house.one("joan").await;
    let mut writing = term.store().write(joan.clone()).await.unwrap();
    let mut permit = writing.permit::<SeeAdvice>(On::Group(&on)).await.unwrap();
    let all = leading::to_look_at(&mut permit).await.unwrap();
    let which = all[0].0.slug.clone();
    assert_eq!((all.len(), all[0].1), (1, Look::Waiting));
    let thank = async |who: &Who| -> Result<(), LeadingError> {
        let mut writing = term.store().write(who.clone()).await?;
        let mut permit = writing.permit::<Come>(On::MyselfIn(&on)).await?;
        leading::thank(&mut permit, &which).await?;
        Ok(writing.commit().await?)
    };
    drop(writing);
    assert!(thank(&heron).await.is_err());
    let look = async |look: Look| {
        let mut writing = term.store().write(joan.clone()).await.unwrap();
        let mut permit = writing.permit::<ModerateAdvice>(On::Group(&on)).await.unwrap();
        leading::moderate(&mut permit, &which, look).await.unwrap();
        writing.commit().await.unwrap();
    };
    look(Look::Shown).await;
    thank(&heron).await.unwrap();
    thank(&heron).await.unwrap();
    thank(&term.house.one("wren").await).await.unwrap();
    assert!(matches!(thank(&river).await, Err(LeadingError::Own)));
    let (shown, _) = see(&heron).await;
    assert_eq!((shown[0].helped, shown[0].helped_me), (2, true));
    assert_eq!(see(&river).await.1[0].helped, 2);
    look(Look::Hidden).await;
    assert!(see(&heron).await.0.is_empty());
    assert_eq!(see(&river).await.1[0].state, Look::Hidden);
}

#[both_engines]
async fn a_member_sees_the_next_sessions_and_what_they_said_about_them(db: TestDatabase) {
    let term = Term::new(db).await;
    let cancel = Change::Cancel {
        reason: Some(line("Thanksgiving")),
    };
    term.change(first(), cancel, Plans::Stay).await.unwrap();
    let ann = term.house.one("ann").await;
    term.excuse(&ann, second(), None).await.unwrap();
    term.remind_me("ann", Some(2)).await.unwrap();
    let on = here();
    let ann = term.house.one("ann").await;
    let mut reading = term.store().read(ann).await.unwrap();
    let mut permit = reading.permit::<SeeComing>(On::MyselfIn(&on)).await.unwrap();
    let mine = leading::mine(&mut permit).await.unwrap();
    assert_eq!(mine.listing.kind, Kind::Therapy);
    assert!(mine.meets_online() && mine.reminder == Some(2));
    assert!(matches!(
        &mine.ahead[0].state,
        State::Cancelled { reason: Some(_) }
    ));
    assert_eq!(
        (mine.ahead[1].sitting.date, mine.ahead[1].excuse.clone()),
        (second(), Some(None))
    );
    drop(reading);
    let joan = term.house.one("joan").await;
    let mut reading = term.store().read(joan).await.unwrap();
    let mut permit = reading.permit::<SeeComing>(On::MyselfIn(&on)).await.unwrap();
    assert!(leading::mine(&mut permit).await.is_err_and(|why| is_no(&why)));
}
