//! The way into a therapy group, on both engines: who may do what, seats under contention, what time brings, and what is left.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::agreements::{Age, Kind as Agreement, NOT_BOUND, Text};
use domain::clock::Clock as _;
use domain::groups::{Draft, Listing, Slug};
use domain::joining::{
    Alternative, Answers, Application, BroughtIn, Holds, MembershipAct, Options, Owes, Points, Promises,
    Reach, Reason, Refusal, Safety, StartRefused, Step,
};
use domain::people::{Handle, Role};
use domain::schedule::Minutes;
use domain::text::{Line, Prose};
use futures::future::join_all;
use store::acts::{
    AnswerScreening, Apply, ChangeAccount, ChangeRoster, Decide, SeeApplications, SeeIntake, SeeRoster,
    SeeScreening, SeeTalk, WriteTalk,
};
use store::joining::{self, How, JoiningError, Mine, Sought, Theirs, Told};
use store::people::RoleError;
use store::signing::link::Letter;
use store::{On, Store, StoreError, Who, agreements, invitations, people, retention};
use testing::people::{letters, mail};
use testing::{TestDatabase, both_engines};

use crate::common::people::{House, here, is_no, there};
use crate::common::therapy;

const TOLD: Told<'static> = Told {
    subject: "A message for you",
    person: &|slug: &str| format!("Open /me/joining/{slug}"),
    staff: &|slug: &str| format!("Open /staff/applicants/{slug}"),
};

fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

fn prose(text: &str) -> Prose {
    Prose::parse(text).unwrap()
}

fn texts() -> Vec<Text> {
    let text = |kind: Agreement| {
        let words = prose(&format!("About {}. {NOT_BOUND}", kind.name()));
        Text::new(kind, line(kind.name()), words).unwrap()
    };
    Agreement::ALL.into_iter().map(text).collect()
}

/// Two therapy groups; Dana leads the one that is here, Gil the other; Cleo coordinates.
struct Clinic {
    house: House,
    dana: Who,
    gil: Who,
    cleo: Who,
}

impl Clinic {
    async fn new(db: TestDatabase) -> Self {
        let house = House::new(db).await;
        for (bits, title) in [(1, "Here"), (2, "There")] {
            crate::common::publish(&house.store, bits, &therapy(title)).await;
        }
        house.here("dana", Role::Leader).await;
        house.there("gil", Role::Leader).await;
        house.of_all("cleo", Role::Coordinator).await;
        let (dana, gil, cleo) = (
            house.two("dana").await,
            house.two("gil").await,
            house.two("cleo").await,
        );
        Self {
            house,
            dana,
            gil,
            cleo,
        }
    }

    fn store(&self) -> &Store {
        &self.house.store
    }

    fn now(&self) -> DateTime<Utc> {
        self.house.db.clock.now()
    }

    /// Someone with an account who has asked for a place here.
    async fn asks(&self, name: &str) -> (Who, Slug) {
        testing::people::invent(self.store(), name, &[]).await;
        let who = self.house.one(name).await;
        let slug = self.ask(&who).await.unwrap();
        (who, slug)
    }

    async fn ask(&self, who: &Who) -> Result<Slug, JoiningError> {
        let mut writing = self.store().write(who.clone()).await?;
        let mut permit = writing.permit::<Apply>(On::MyselfIn(&here())).await?;
        let slug = joining::ask(&mut permit, Age::Adult, &TOLD).await?;
        writing.commit().await?;
        Ok(slug)
    }

    async fn step(&self, who: &Who, slug: &Slug, mine: Mine) -> Result<Application, JoiningError> {
        let mut writing = self.store().write(who.clone()).await?;
        let mut permit = writing.permit::<Apply>(On::Application(slug)).await?;
        let way = joining::step(&mut permit, slug, mine, &texts(), &TOLD).await?;
        writing.commit().await?;
        Ok(way)
    }

    async fn decide(&self, who: &Who, slug: &Slug, theirs: Theirs) -> Result<Application, JoiningError> {
        let mut writing = self.store().write(who.clone()).await?;
        let mut permit = writing.permit::<Decide>(On::Application(slug)).await?;
        let words = prose("Thank you for talking with me.");
        let way = joining::decide(&mut permit, slug, theirs, Some(&words), &TOLD).await?;
        writing.commit().await?;
        Ok(way)
    }

    async fn talk(&self, slug: &Slug) {
        let mut writing = self.store().write(self.dana.clone()).await.unwrap();
        let mut permit = writing.permit::<Decide>(On::Application(slug)).await.unwrap();
        joining::record_talk(&mut permit, slug, Points::all())
            .await
            .unwrap();
        writing.commit().await.unwrap();
    }

    fn offer(&self, holds: Holds) -> Theirs {
        Theirs::Offer {
            until: self.now() + TimeDelta::days(10),
            holds,
        }
    }

    /// Asked, talked with and offered a place.
    async fn offered(&self, name: &str, holds: Holds) -> (Who, Slug) {
        let (who, slug) = self.asks(name).await;
        self.talk(&slug).await;
        self.decide(&self.dana, &slug, self.offer(holds)).await.unwrap();
        self.step(&who, &slug, Mine::Read).await.unwrap();
        (who, slug)
    }

    async fn sign(&self, who: &Who, text: &Text) -> Result<(), JoiningError> {
        let mut writing = self.store().write(who.clone()).await?;
        let mut permit = writing.permit::<Apply>(On::MyselfIn(&here())).await?;
        let what = (text.kind(), &text.hash());
        agreements::sign(&mut permit, what, &line("Jordan Ellis"), &texts()).await?;
        writing.commit().await?;
        Ok(())
    }

    async fn sign_all(&self, who: &Who) {
        for text in self.missing(who).await {
            self.sign(who, &text).await.unwrap();
        }
    }

    async fn missing(&self, who: &Who) -> Vec<Text> {
        let mut reading = self.store().read(who.clone()).await.unwrap();
        let on = On::MyselfIn(here_slug());
        let mut permit = reading.permit::<SeeApplications>(on).await.unwrap();
        agreements::owed(&mut permit, &texts()).await.unwrap().missing
    }

    async fn state(&self, who: &Who, slug: &Slug) -> String {
        let mut reading = self.store().read(who.clone()).await.unwrap();
        let on = On::Application(slug);
        let mut permit = reading.permit::<SeeApplications>(on).await.unwrap();
        let (one, _) = joining::one(&mut permit, slug).await.unwrap();
        one.way.state().name().to_owned()
    }

    async fn seated(&self) -> i64 {
        self.house
            .count("select count(*) from role_held where role = 'member' and until_at is null")
            .await
    }
}

fn here_slug() -> &'static Slug {
    static HERE: std::sync::OnceLock<Slug> = std::sync::OnceLock::new();
    HERE.get_or_init(here)
}

fn refused(result: Result<Application, JoiningError>) -> Refusal {
    match result {
        Err(JoiningError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

fn options() -> Options {
    Options::new(vec![Alternative::Group(there()), Alternative::IndividualTherapy]).unwrap()
}

#[both_engines]
async fn both_sides_decide_and_nobody_is_a_member_before_all_is_signed(db: TestDatabase) {
    let clinic = Clinic::new(db).await;
    let (jordan, slug) = clinic.asks("jordan").await;
    let again = clinic.ask(&jordan).await;
    assert!(matches!(again, Err(JoiningError::AskedAlready(open)) if open == slug));
    // No offer without a talk, no talk that counts with points left open.
    let early = clinic
        .decide(&clinic.dana, &slug, clinic.offer(Holds::Place))
        .await;
    assert_eq!(refused(early), Refusal::TalkMissing);
    clinic.talk(&slug).await;
    clinic
        .decide(&clinic.dana, &slug, clinic.offer(Holds::Place))
        .await
        .unwrap();
    assert_eq!(
        refused(clinic.step(&jordan, &slug, Mine::Accept).await),
        Refusal::ReadFirst
    );
    clinic.step(&jordan, &slug, Mine::Read).await.unwrap();
    let accepted = clinic.step(&jordan, &slug, Mine::Accept).await.unwrap();
    assert_eq!(accepted.state().name(), "accepted");
    let missing = clinic.missing(&jordan).await;
    let kinds: Vec<_> = missing.iter().map(|text| text.kind().name()).collect();
    assert_eq!(kinds, ["treatment", "confidentiality", "ground-rules"]);
    for text in &missing {
        assert_eq!(clinic.state(&jordan, &slug).await, "accepted");
        clinic.sign(&jordan, text).await.unwrap();
    }
    assert_eq!(clinic.state(&jordan, &slug).await, "member");
    // The group opens to them as to any member.
    let mut reading = clinic.store().read(clinic.dana.clone()).await.unwrap();
    let mut permit = reading.permit::<SeeRoster>(On::Group(&here())).await.unwrap();
    let roster = people::roster(&mut permit).await.unwrap();
    assert!(roster.iter().any(|one| one.handle.as_str() == "jordan"));
    drop(reading);
    assert_eq!(clinic.house.audited("joining.accept").await, 1);
    assert_eq!(clinic.house.audited("agreements.sign").await, 3);
    // Every letter has the same subject, and says no name and no group.
    let letters = letters(clinic.store()).await;
    let of_joining = letters.iter().filter(|letter| !letter.body.contains("/sign-in/"));
    assert!(of_joining.clone().count() >= 3);
    for letter in of_joining {
        assert_eq!(letter.subject, "A message for you");
        for word in ["jordan", "Here", "Dana", "grief"] {
            assert!(!letter.body.contains(word), "{}", letter.body);
        }
    }
    clinic.step(&jordan, &slug, Mine::Withdraw).await.unwrap_err();
}

#[both_engines]
async fn two_hundred_who_accept_at_once_get_three_places(db: TestDatabase) {
    let clinic = Clinic::new(db).await;
    bring_in(&clinic, "sam").await.unwrap();
    let mut all = Vec::new();
    for n in 0..200 {
        all.push(clinic.offered(&format!("p{n}"), Holds::Nothing).await);
    }
    let began = std::time::Instant::now();
    let tasks = all.iter().cloned().map(|(who, slug)| {
        let store = clinic.store().clone();
        tokio::spawn(async move {
            let mut writing = store.write(who).await.unwrap();
            let mut permit = writing.permit::<Apply>(On::Application(&slug)).await.unwrap();
            let way = joining::step(&mut permit, &slug, Mine::Accept, &texts(), &TOLD)
                .await
                .unwrap();
            writing.commit().await.unwrap();
            way
        })
    });
    let ways: Vec<Application> = join_all(tasks).await.into_iter().map(Result::unwrap).collect();
    println!("200 acceptances: {:?}", began.elapsed());
    let count = |name: &str| ways.iter().filter(|way| way.state().name() == name).count();
    assert_eq!((count("accepted"), count("waiting")), (3, 197));
    // Who came too late is first on the waiting list, and has a way on.
    assert!(ways.iter().filter(|way| way.is_first()).count() == 197);
    let sql = "select count(*) from application where state = 'accepted'";
    assert_eq!(clinic.house.count(sql).await, 3);
    let full = bring_in(&clinic, "tom").await;
    assert!(matches!(full, Err(JoiningError::NoPlace { most: 4 })));
}

async fn bring_in(clinic: &Clinic, name: &str) -> Result<Slug, JoiningError> {
    let mut writing = clinic.store().write(clinic.cleo.clone()).await?;
    let mut permit = writing.permit::<ChangeRoster>(On::Group(&here())).await?;
    let today = clinic.now().date_naive();
    let brought = BroughtIn::new("2026-03-09", "Dr. Ames, Lakeside Clinic", today).unwrap();
    let handle = Handle::parse(name).unwrap();
    let letter = ("A message for you", "Open /me/joining");
    let who = (&handle, &mail(name));
    let slug = joining::bring_in(&mut permit, who, &brought, Age::Adult, letter).await?;
    writing.commit().await?;
    Ok(slug)
}

#[both_engines]
async fn an_offer_holds_its_place_until_it_ends_and_then_makes_room(db: TestDatabase) {
    let clinic = Clinic::new(db).await;
    for name in ["a", "b", "c", "d"] {
        clinic.offered(name, Holds::Place).await;
    }
    let (eve, slug) = clinic.asks("eve").await;
    clinic.talk(&slug).await;
    let full = clinic
        .decide(&clinic.dana, &slug, clinic.offer(Holds::Place))
        .await;
    assert_eq!(refused(full), Refusal::Full { most: 4 });
    clinic.house.db.clock.forward(TimeDelta::days(11));
    let mut writing = clinic.store().write(Who::Job("joining")).await.unwrap();
    assert_eq!(joining::lapse(&mut writing, &TOLD).await.unwrap(), 4);
    assert_eq!(joining::lapse(&mut writing, &TOLD).await.unwrap(), 0);
    writing.commit().await.unwrap();
    assert_eq!(
        clinic
            .house
            .count("select count(*) from application where state = 'waiting'")
            .await,
        4
    );
    let dana = clinic.house.two("dana").await;
    clinic
        .decide(&dana, &slug, clinic.offer(Holds::Place))
        .await
        .unwrap();
    drop(eve);
    let eve = clinic.house.one("eve").await;
    clinic.step(&eve, &slug, Mine::Decline).await.unwrap();
    assert_eq!(clinic.state(&eve, &slug).await, "over");
}

#[both_engines]
async fn who_may_see_and_decide_is_the_group_the_coordinator_and_the_person(db: TestDatabase) {
    let clinic = Clinic::new(db).await;
    let (jordan, slug) = clinic.asks("jordan").await;
    let (river, _) = clinic.asks("river").await;
    for (name, role) in [("alex", Role::Admin), ("ines", Role::Auditor)] {
        clinic.house.of_all(name, role).await;
    }
    let (alex, ines) = (clinic.house.two("alex").await, clinic.house.two("ines").await);
    let may = async |who: &Who, what: &str| {
        let mut writing = clinic.store().write(who.clone()).await.unwrap();
        let on = On::Application(&slug);
        let refused = match what {
            "see" => writing.permit::<SeeApplications>(on).await.err(),
            "decide" => writing.permit::<Decide>(on).await.err(),
            "apply" => writing.permit::<Apply>(on).await.err(),
            "answers" => writing.permit::<SeeScreening>(on).await.err(),
            "answer" => writing.permit::<AnswerScreening>(on).await.err(),
            "notes" => writing.permit::<SeeTalk>(on).await.err(),
            _ => writing.permit::<WriteTalk>(on).await.err(),
        };
        refused.is_none_or(|why| !is_no(&why))
    };
    // Each may do these and nothing else of them.
    let table: [(&str, &Who, &[&str]); 7] = [
        ("jordan", &jordan, &["see", "apply", "answers", "answer"]),
        (
            "dana",
            &clinic.dana,
            &["see", "decide", "answers", "notes", "write"],
        ),
        ("cleo", &clinic.cleo, &["see", "decide"]),
        ("gil", &clinic.gil, &[]),
        ("river", &river, &[]),
        ("alex", &alex, &[]),
        ("ines", &ines, &[]),
    ];
    for (name, who, allowed) in table {
        for what in ["see", "decide", "apply", "answers", "answer", "notes", "write"] {
            assert_eq!(may(who, what).await, allowed.contains(&what), "{name} {what}");
        }
    }
    // One that is not there is refused the same.
    let mut reading = clinic.store().read(clinic.dana.clone()).await.unwrap();
    let gone = Slug::from_bits(77);
    let refused = reading
        .permit::<SeeApplications>(On::Application(&gone))
        .await
        .err();
    assert!(is_no(&refused.unwrap()));
}

#[both_engines]
async fn a_time_is_taken_once_and_given_back_by_who_leaves(db: TestDatabase) {
    let clinic = Clinic::new(db).await;
    let at = clinic.now() + TimeDelta::days(1);
    let mut writing = clinic.store().write(clinic.dana.clone()).await.unwrap();
    let mut permit = writing.permit::<Decide>(On::Group(&here())).await.unwrap();
    let half = Minutes::new(30).unwrap();
    joining::add_slot(&mut permit, None, at, half, How::Video)
        .await
        .unwrap();
    joining::add_slot(&mut permit, None, at, half, How::Video)
        .await
        .unwrap();
    let past = joining::add_slot(&mut permit, None, clinic.now(), half, How::Phone).await;
    assert!(matches!(past, Err(JoiningError::Refused(Refusal::TimePast))));
    writing.commit().await.unwrap();
    let mut people = Vec::new();
    for n in 0..8 {
        people.push(clinic.asks(&format!("p{n}")).await);
    }
    let (jordan, slug) = people[0].clone();
    let open = async |who: &Who, slug: &Slug| {
        let mut reading = clinic.store().read(who.clone()).await.unwrap();
        let mut permit = reading
            .permit::<SeeApplications>(On::Application(slug))
            .await
            .unwrap();
        joining::open_slots(&mut permit, slug).await.unwrap()
    };
    let (times, mine) = open(&jordan, &slug).await;
    assert_eq!((times.len(), mine), (1, None));
    let time = times[0].id;
    let tasks = people.iter().cloned().map(|(who, slug)| {
        let store = clinic.store().clone();
        tokio::spawn(async move {
            let mut writing = store.write(who).await.unwrap();
            let mut permit = writing.permit::<Apply>(On::Application(&slug)).await.unwrap();
            let booked = joining::book(&mut permit, &slug, time, &TOLD).await;
            if booked.is_ok() {
                writing.commit().await.unwrap();
            }
            booked.is_ok()
        })
    });
    let booked: Vec<bool> = join_all(tasks).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(booked.iter().filter(|booked| **booked).count(), 1);
    let at = booked.iter().position(|booked| *booked).unwrap();
    let (who, slug) = people[at].clone();
    assert!(open(&who, &slug).await.1.is_some());
    clinic.step(&who, &slug, Mine::Withdraw).await.unwrap();
    let (other, theirs) = people[(at + 1) % 8].clone();
    assert_eq!(open(&other, &theirs).await.0.len(), 1);
}

#[both_engines]
async fn an_answer_about_danger_is_told_at_once_and_to_more_when_nobody_reads_it(db: TestDatabase) {
    let clinic = Clinic::new(db).await;
    let (jordan, slug) = clinic.asks("jordan").await;
    let before = letters(clinic.store()).await.len();
    let mut writing = clinic.store().write(jordan.clone()).await.unwrap();
    let mut permit = writing
        .permit::<AnswerScreening>(On::Application(&slug))
        .await
        .unwrap();
    let said = Answers {
        safety: Safety::Danger,
        answers: vec![domain::joining::Answer {
            question: line("What brings you now?"),
            answer: prose("CANARY my brother died"),
        }],
    };
    joining::answer(&mut permit, &slug, &said, &TOLD).await.unwrap();
    writing.commit().await.unwrap();
    assert_eq!(letters(clinic.store()).await.len(), before + 1);
    assert_eq!(card(&clinic).await.map(|card| card.risk), Some(true));
    // Two hours later nobody has read it: who coordinates is told as well, once.
    clinic.house.db.clock.forward(TimeDelta::hours(2));
    for told in [1, 0] {
        let mut writing = clinic.store().write(Who::Job("joining")).await.unwrap();
        let reminded = joining::remind(&mut writing, Promises::default(), &TOLD)
            .await
            .unwrap();
        writing.commit().await.unwrap();
        assert_eq!(reminded.risks, told);
    }
    let dana = clinic.house.two("dana").await;
    let mut writing = clinic.store().write(dana).await.unwrap();
    let mut permit = writing
        .permit::<SeeScreening>(On::Application(&slug))
        .await
        .unwrap();
    let (answers, _) = joining::answers(&mut permit, &slug).await.unwrap().unwrap();
    assert_eq!(answers, said);
    let mut permit = writing.permit::<WriteTalk>(On::Application(&slug)).await.unwrap();
    joining::risk_seen(&mut permit, &slug).await.unwrap();
    joining::note(&mut permit, &slug, Some(&prose("CANARY called at noon")))
        .await
        .unwrap();
    let mut permit = writing.permit::<SeeTalk>(On::Application(&slug)).await.unwrap();
    let notes = joining::notes(&mut permit, &slug).await.unwrap();
    assert!(notes[0].is_mine && notes[0].words.ends_with("noon"));
    writing.commit().await.unwrap();
    assert_eq!(card(&clinic).await.map(|card| card.risk), Some(false));
    // Looking was written down.
    assert_eq!(clinic.house.audited("screening.see").await, 1);
}

async fn card(clinic: &Clinic) -> Option<joining::Card> {
    let cleo = clinic.house.two("cleo").await;
    let mut reading = clinic.store().read(cleo).await.unwrap();
    let mut permit = reading.permit::<SeeApplications>(On::Organisation).await.unwrap();
    let board = joining::board(&mut permit, Sought::default(), 5).await.unwrap();
    board.columns.into_iter().flat_map(|(_, _, cards)| cards).next()
}

#[both_engines]
async fn whoever_owes_a_step_is_reminded_after_what_was_promised(db: TestDatabase) {
    let clinic = Clinic::new(db).await;
    let (jordan, asked) = clinic.asks("jordan").await;
    clinic.answer(&jordan, &asked).await;
    let (_, offered) = clinic.offered("river", Holds::Place).await;
    let run = async || {
        let mut writing = clinic.store().write(Who::Job("joining")).await.unwrap();
        let reminded = joining::remind(&mut writing, Promises::default(), &TOLD)
            .await
            .unwrap();
        writing.commit().await.unwrap();
        (reminded.people, reminded.staff)
    };
    assert_eq!(run().await, (0, 0));
    clinic.house.db.clock.forward(TimeDelta::days(3));
    assert_eq!(run().await, (0, 1));
    assert_eq!(run().await, (0, 0));
    clinic.house.db.clock.forward(TimeDelta::days(2));
    assert_eq!(run().await, (1, 0));
    clinic.house.db.clock.forward(TimeDelta::days(7));
    assert_eq!(run().await, (1, 1));
    let river = clinic.house.one("river").await;
    clinic.step(&river, &offered, Mine::Withdraw).await.unwrap();
    clinic.house.db.clock.forward(TimeDelta::days(7));
    assert_eq!(run().await, (0, 1));
    // No person and no operator does the job's work.
    let mut writing = clinic.store().write(Who::Operator).await.unwrap();
    let refused = joining::remind(&mut writing, Promises::default(), &TOLD).await;
    assert!(matches!(refused, Err(JoiningError::Store(StoreError::Denied(_)))));
}

#[both_engines]
async fn a_mailed_link_asks_for_who_has_no_account_and_works_once(db: TestDatabase) {
    let clinic = Clinic::new(db).await;
    let caught = std::sync::Mutex::new(String::new());
    let body = |token: &str| {
        token.clone_into(&mut caught.lock().unwrap());
        format!("Open /asking/{token}")
    };
    let letter = Letter {
        subject: "A message for you",
        body: &body,
    };
    let mut writing = clinic.store().write(Who::Visitor).await.unwrap();
    let who = (&Handle::parse("Jordan").unwrap(), &mail("jordan"));
    joining::by_mail(&mut writing, &here(), who, (Age::Adult, &[]), &letter)
        .await
        .unwrap();
    writing.commit().await.unwrap();
    let token = caught.lock().unwrap().clone();
    assert_eq!(clinic.house.count("select count(*) from application").await, 0);
    let mut reading = clinic.store().read(Who::Visitor).await.unwrap();
    assert_eq!(joining::find(&mut reading, &token).await.unwrap(), Some(here()));
    assert_eq!(joining::find(&mut reading, "other").await.unwrap(), None);
    drop(reading);
    let mut writing = clinic.store().write(Who::Visitor).await.unwrap();
    let (_, slug) = joining::take_up(&mut writing, &token, &TOLD)
        .await
        .unwrap()
        .unwrap();
    writing.commit().await.unwrap();
    let mut writing = clinic.store().write(Who::Visitor).await.unwrap();
    assert!(
        joining::take_up(&mut writing, &token, &TOLD)
            .await
            .unwrap()
            .is_none()
    );
    drop(writing);
    let jordan = clinic.house.one("jordan").await;
    assert_eq!(clinic.state(&jordan, &slug).await, "asked");
}

#[both_engines]
async fn a_text_that_changes_is_asked_for_again_and_what_was_signed_stays_to_read(db: TestDatabase) {
    let clinic = Clinic::new(db).await;
    let (jordan, slug) = clinic.offered("jordan", Holds::Place).await;
    clinic.step(&jordan, &slug, Mine::Accept).await.unwrap();
    let old = clinic.missing(&jordan).await;
    clinic.sign(&jordan, &old[2]).await.unwrap();
    let rules = Text::new(Agreement::GroundRules, line("Rules"), prose("Other words.")).unwrap();
    let mut writing = clinic.store().write(clinic.dana.clone()).await.unwrap();
    let mut permit = writing.permit::<Decide>(On::Group(&here())).await.unwrap();
    agreements::publish(&mut permit, &rules, &TOLD).await.unwrap();
    writing.commit().await.unwrap();
    let stale = clinic.sign(&jordan, &old[2]).await;
    assert!(matches!(stale, Err(JoiningError::TextChanged)));
    assert!(clinic.missing(&jordan).await.contains(&rules));
    clinic.sign_all(&jordan).await;
    assert_eq!(clinic.state(&jordan, &slug).await, "member");
    let mut reading = clinic.store().read(jordan.clone()).await.unwrap();
    let on = On::MyselfIn(here_slug());
    let mut permit = reading.permit::<SeeApplications>(on).await.unwrap();
    let owed = agreements::owed(&mut permit, &texts()).await.unwrap();
    assert_eq!((owed.missing.len(), owed.signed.len()), (0, 4));
    assert_eq!(owed.signed[0].signature.name.as_str(), "Jordan Ellis");
    // A member is asked as well once words change.
    let mut changed = texts();
    changed[0] = Text::new(Agreement::Treatment, line("New"), prose("New words.")).unwrap();
    let mut permit = reading.permit::<SeeApplications>(On::Myself).await.unwrap();
    let owing = agreements::owed_as_member(&mut permit, &changed).await.unwrap();
    assert_eq!(owing, [(here(), 1)]);
}

#[both_engines]
async fn who_is_brought_in_is_counted_apart_and_owes_the_agreements(db: TestDatabase) {
    let clinic = Clinic::new(db).await;
    let sam = bring_in(&clinic, "sam").await.unwrap();
    assert!(matches!(
        bring_in(&clinic, "sam").await,
        Err(JoiningError::InAlready)
    ));
    let mut reading = clinic.store().read(clinic.dana.clone()).await.unwrap();
    let mut permit = reading.permit::<SeeIntake>(On::Group(&here())).await.unwrap();
    let counted = joining::counted(&mut permit).await.unwrap();
    assert_eq!((counted.screened_here, counted.brought_in), (0, 1));
    let all = joining::memberships(&mut permit).await.unwrap();
    let brought = all[0].brought_in.as_ref().unwrap();
    assert_eq!(brought.screened_by, "Dr. Ames, Lakeside Clinic");
    assert_eq!(brought.entered_by.as_ref().unwrap().as_str(), "cleo");
    assert_eq!(all[0].membership.since.to_string(), "2026-03-09");
    drop(reading);
    let who = clinic.house.one("sam").await;
    assert_eq!(clinic.missing(&who).await.len(), 3);
    clinic.sign_all(&who).await;
    // A membership goes on, and its end closes the group.
    let change = async |act| {
        let mut writing = clinic.store().write(clinic.dana.clone()).await.unwrap();
        let on = here();
        let mut permit = writing.permit::<Decide>(On::PersonIn(&sam, &on)).await.unwrap();
        let way = joining::change_membership(&mut permit, act).await;
        if way.is_ok() {
            writing.commit().await.unwrap();
        }
        way.map(|way| way.standing.name())
    };
    assert_eq!(change(MembershipAct::Pause).await.unwrap(), "paused");
    assert!(change(MembershipAct::Leave).await.is_err());
    let out = MembershipAct::DropOut(Reason::Practical);
    assert_eq!(change(out).await.unwrap(), "dropped-out");
    assert_eq!(clinic.seated().await, 0);
    assert!(change(out).await.is_err());
}

#[both_engines]
async fn nobody_comes_into_a_therapy_group_past_the_talk(db: TestDatabase) {
    let clinic = Clinic::new(db).await;
    let (_, _) = clinic.asks("jordan").await;
    let jordan = testing::people::slug_of(clinic.store(), &mail("jordan")).await;
    let mut writing = clinic.store().write(clinic.cleo.clone()).await.unwrap();
    let on = here();
    let mut permit = writing.permit::<ChangeRoster>(On::Group(&on)).await.unwrap();
    let added = people::add_member(&mut permit, &jordan).await;
    assert!(matches!(added, Err(RoleError::Screened)));
    let letter = Letter {
        subject: "A message for you",
        body: &|token| token.to_owned(),
    };
    let invited = invitations::invite_member(&mut permit, &mail("new"), &letter).await;
    assert!(matches!(
        invited,
        Err(invitations::InvitationError::Role(RoleError::Screened))
    ));
    let handle = Handle::parse("Heron").unwrap();
    assert!(invitations::add_by_handle(&mut permit, &handle).await.is_err());
}

#[both_engines]
async fn a_closed_group_admits_at_its_start_which_fills_and_is_confirmed_or_put_off(db: TestDatabase) {
    let clinic = Clinic::new(db).await;
    clinic.close().await;
    let (jordan, slug) = clinic.signed("jordan").await;
    assert_eq!(clinic.state(&jordan, &slug).await, "signed");
    let (on, later) = ("2027-01-05".parse().unwrap(), "2027-02-02".parse().unwrap());
    let mut writing = clinic.store().write(clinic.dana.clone()).await.unwrap();
    let at = here();
    let mut permit = writing.permit::<Decide>(On::Group(&at)).await.unwrap();
    joining::plan_start(&mut permit, on, 2).await.unwrap();
    let few = joining::confirm_start(&mut permit, &texts(), &TOLD).await;
    assert!(matches!(few, Err(JoiningError::Start(_))));
    writing.commit().await.unwrap();
    let mut writing = clinic.store().write(clinic.dana.clone()).await.unwrap();
    let mut permit = writing.permit::<Decide>(On::Group(&at)).await.unwrap();
    joining::put_off_start(&mut permit, later, &TOLD).await.unwrap();
    writing.commit().await.unwrap();
    let (river, theirs) = clinic.offered("river", Holds::Place).await;
    clinic.step(&river, &theirs, Mine::Accept).await.unwrap();
    let mut writing = clinic.store().write(clinic.dana.clone()).await.unwrap();
    let mut permit = writing.permit::<Decide>(On::Group(&at)).await.unwrap();
    let started = joining::confirm_start(&mut permit, &texts(), &TOLD).await;
    let started = started.unwrap();
    assert_eq!((started.members, started.to_sign), (1, 1));
    writing.commit().await.unwrap();
    assert_eq!(clinic.state(&jordan, &slug).await, "member");
    // Who signs the last text after that is a member from the same day.
    clinic.sign_all(&river).await;
    assert_eq!(clinic.state(&river, &theirs).await, "member");
    let sql =
        "select count(*) from role_held where role = 'member' and from_at = '2027-02-02T00:00:00+00:00'";
    assert_eq!(clinic.house.count(sql).await, 2);
}

#[both_engines]
async fn the_board_shows_who_waits_longest_first_and_pages(db: TestDatabase) {
    let clinic = Clinic::new(db).await;
    for n in 0..30 {
        clinic.asks(&format!("p{n:02}")).await;
        clinic.house.db.clock.forward(TimeDelta::minutes(1));
    }
    let mut reading = clinic.store().read(clinic.cleo.clone()).await.unwrap();
    let mut permit = reading.permit::<SeeApplications>(On::Organisation).await.unwrap();
    let board = joining::board(&mut permit, Sought::default(), 3).await.unwrap();
    let (name, number, cards) = &board.columns[0];
    let names: Vec<_> = cards.iter().map(|card| card.handle.as_str()).collect();
    assert_eq!((*name, *number, names), ("asked", 30, vec!["p00", "p01", "p02"]));
    let first = joining::column(&mut permit, "asked", Sought::default(), None)
        .await
        .unwrap()
        .unwrap();
    let last = &first.last().unwrap().slug;
    let rest = joining::column(&mut permit, "asked", Sought::default(), Some(last))
        .await
        .unwrap()
        .unwrap();
    assert_eq!((first.len(), rest.len()), (25, 5));
    assert_eq!(rest[0].handle.as_str(), "p25");
    assert!(
        joining::column(&mut permit, "nothing", Sought::default(), None)
            .await
            .unwrap()
            .is_none()
    );
    // Questions are theirs to answer first.
    for (owes, number) in [(Owes::Person, 30), (Owes::Leader, 0)] {
        let sought = Sought { owes: Some(owes) };
        let board = joining::board(&mut permit, sought, 3).await.unwrap();
        assert_eq!(board.columns[0].1, number);
    }
    drop(reading);
    let mut reading = clinic.store().read(clinic.gil.clone()).await.unwrap();
    let at = there();
    let mut permit = reading.permit::<SeeApplications>(On::Group(&at)).await.unwrap();
    assert_eq!(
        joining::board(&mut permit, Sought::default(), 3)
            .await
            .unwrap()
            .columns[0]
            .1,
        0
    );
    let all = reading.permit::<SeeApplications>(On::Organisation).await.err();
    assert!(is_no(&all.unwrap()));
}

#[both_engines]
async fn with_a_person_goes_what_they_said_and_signed(db: TestDatabase) {
    let clinic = Clinic::new(db).await;
    let (jordan, slug) = clinic.offered("jordan", Holds::Place).await;
    let mut writing = clinic.store().write(jordan.clone()).await.unwrap();
    let mut permit = writing
        .permit::<AnswerScreening>(On::Application(&slug))
        .await
        .unwrap();
    let said = Answers {
        safety: Safety::None,
        answers: Vec::new(),
    };
    joining::answer(&mut permit, &slug, &said, &TOLD).await.unwrap();
    writing.commit().await.unwrap();
    clinic.step(&jordan, &slug, Mine::Accept).await.unwrap();
    clinic.sign_all(&jordan).await;
    let jordan = clinic.house.one("jordan").await;
    let mut writing = clinic.store().write(jordan.clone()).await.unwrap();
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await.unwrap();
    let all = store::own_data::all(&mut permit).await.unwrap();
    let joined = &all["joining"];
    assert_eq!(joined["signed"].as_array().unwrap().len(), 3);
    assert_eq!(joined["asked"][0]["answers"][0]["said"]["safety"], "none");
    assert!(joined["asked"][0]["letters"][0]["words"].is_string());
    retention::delete_myself(&mut permit).await.unwrap();
    writing.commit().await.unwrap();
    for table in [
        "application",
        "application_event",
        "application_letter",
        "screening_answer",
        "membership",
        "agreement_signature",
    ] {
        let left = clinic.house.count(&format!("select count(*) from {table}")).await;
        assert_eq!(left, 0, "{table}");
    }
}

#[both_engines]
async fn other_ways_are_taken_and_waiting_is_for_any_that_fits(db: TestDatabase) {
    let clinic = Clinic::new(db).await;
    let (jordan, slug) = clinic.asks("jordan").await;
    let not = Theirs::NotNow(options());
    clinic.decide(&clinic.dana, &slug, not).await.unwrap();
    let never = Mine::Take(Alternative::LookAround);
    assert_eq!(
        refused(clinic.step(&jordan, &slug, never).await),
        Refusal::NoSuchOption
    );
    let wait = Theirs::Wait {
        reach: Reach::AnyFitting,
        meanwhile: options(),
    };
    clinic.decide(&clinic.cleo, &slug, wait).await.unwrap();
    clinic
        .decide(&clinic.dana, &slug, Theirs::OfferOptions(options()))
        .await
        .unwrap();
    let take = Mine::Take(Alternative::Group(there()));
    let over = clinic.step(&jordan, &slug, take).await.unwrap();
    assert_eq!(over.state().name(), "over");
    assert!(over.options().is_some());
    let mut reading = clinic.store().read(jordan).await.unwrap();
    let mut permit = reading
        .permit::<SeeApplications>(On::Application(&slug))
        .await
        .unwrap();
    let written = joining::letters(&mut permit, &slug).await.unwrap();
    assert_eq!(written.len(), 3);
}

/// Whoever has signed all of it before, as who comes back may have, owes nothing when they accept.
#[both_engines]
async fn who_signed_all_before_they_accepted_is_a_member_with_it(db: TestDatabase) {
    let clinic = Clinic::new(db).await;
    let (jordan, slug) = clinic.offered("jordan", Holds::Place).await;
    clinic.sign_all(&jordan).await;
    assert_eq!(clinic.state(&jordan, &slug).await, "offered");
    let way = clinic.step(&jordan, &slug, Mine::Accept).await.unwrap();
    assert_eq!(way.state().name(), "member");
    assert_eq!(clinic.seated().await, 1);
}

/// Takes a member out of the group that is here.
async fn take_out(clinic: &Clinic, name: &str) -> Slug {
    let mut reading = clinic.store().read(clinic.dana.clone()).await.unwrap();
    let mut permit = reading.permit::<SeeRoster>(On::Group(&here())).await.unwrap();
    let roster = people::roster(&mut permit).await.unwrap();
    drop(reading);
    let one = roster.iter().find(|one| one.handle.as_str() == name).unwrap();
    let mut writing = clinic.store().write(clinic.cleo.clone()).await.unwrap();
    let at = here();
    let mut permit = writing.permit::<ChangeRoster>(On::Group(&at)).await.unwrap();
    people::remove_member(&mut permit, one.role.id, Reason::NoFit)
        .await
        .unwrap();
    writing.commit().await.unwrap();
    one.person.clone()
}

#[both_engines]
async fn who_was_taken_out_by_mistake_comes_back_only_to_a_place_that_is_left(db: TestDatabase) {
    let clinic = Clinic::new(db).await;
    for name in ["sam", "tom", "ann", "lou"] {
        bring_in(&clinic, name).await.unwrap();
    }
    let restore = async |who: &Slug| {
        let mut writing = clinic.store().write(clinic.cleo.clone()).await.unwrap();
        let at = here();
        let mut permit = writing.permit::<ChangeRoster>(On::Group(&at)).await.unwrap();
        let done = people::take_back_member(&mut permit, who).await;
        if done.is_ok() {
            writing.commit().await.unwrap();
        }
        done
    };
    let sam = take_out(&clinic, "sam").await;
    bring_in(&clinic, "eve").await.unwrap();
    let full = restore(&sam).await;
    assert!(matches!(full, Err(RoleError::NoPlace { most: 4 })), "{full:?}");
    assert_eq!(clinic.seated().await, 4);
    take_out(&clinic, "eve").await;
    restore(&sam).await.unwrap();
    assert_eq!(clinic.seated().await, 4);
}

impl Clinic {
    /// The group that is here takes people at its starts only.
    async fn close(&self) {
        let closed = Draft {
            membership: Some(domain::groups::Membership::Closed),
            ..(*therapy("Here")).clone()
        };
        crate::common::publish(self.store(), 1, &Listing::check(closed).unwrap()).await;
    }

    /// Accepted, and everything is signed.
    async fn signed(&self, name: &str) -> (Who, Slug) {
        let (who, slug) = self.offered(name, Holds::Place).await;
        self.step(&who, &slug, Mine::Accept).await.unwrap();
        self.sign_all(&who).await;
        (who, slug)
    }

    async fn answer(&self, who: &Who, slug: &Slug) -> Application {
        let mut writing = self.store().write(who.clone()).await.unwrap();
        let on = On::Application(slug);
        let mut permit = writing.permit::<AnswerScreening>(on).await.unwrap();
        let said = Answers {
            safety: Safety::None,
            answers: Vec::new(),
        };
        let way = joining::answer(&mut permit, slug, &said, &TOLD).await.unwrap();
        writing.commit().await.unwrap();
        way
    }

    async fn plan(&self, who: &Who, on: NaiveDate) -> Result<(), JoiningError> {
        let mut writing = self.store().write(who.clone()).await?;
        let at = here();
        let mut permit = writing.permit::<Decide>(On::Group(&at)).await?;
        joining::plan_start(&mut permit, on, 2).await?;
        writing.commit().await?;
        Ok(())
    }

    async fn confirm(&self, texts: &[Text]) -> joining::Started {
        let mut writing = self.store().write(self.dana.clone()).await.unwrap();
        let at = here();
        let mut permit = writing.permit::<Decide>(On::Group(&at)).await.unwrap();
        let started = joining::confirm_start(&mut permit, texts, &TOLD).await.unwrap();
        writing.commit().await.unwrap();
        started
    }

    /// Whose turn it is, and for what.
    async fn next(&self, who: &Who, slug: &Slug) -> (Owes, Step) {
        let mut reading = self.store().read(who.clone()).await.unwrap();
        let on = On::Application(slug);
        let mut permit = reading.permit::<SeeApplications>(on).await.unwrap();
        let (one, _) = joining::one(&mut permit, slug).await.unwrap();
        (one.next.owes, one.next.step)
    }
}

#[both_engines]
async fn a_text_that_changes_is_asked_for_again_before_a_start_and_keeps_nobody_else_out(db: TestDatabase) {
    let clinic = Clinic::new(db).await;
    clinic.close().await;
    let (jordan, slug) = clinic.signed("jordan").await;
    let (river, theirs) = clinic.signed("river").await;
    clinic
        .plan(&clinic.dana, "2027-01-05".parse().unwrap())
        .await
        .unwrap();
    assert_eq!(clinic.state(&river, &theirs).await, "signed");
    let before = letters(clinic.store()).await.len();
    let rules = Text::new(Agreement::GroundRules, line("Rules"), prose("Other words.")).unwrap();
    let mut writing = clinic.store().write(clinic.dana.clone()).await.unwrap();
    let at = here();
    let mut permit = writing.permit::<Decide>(On::Group(&at)).await.unwrap();
    let asked = agreements::publish(&mut permit, &rules, &TOLD).await.unwrap();
    writing.commit().await.unwrap();
    // Both are asked, and told so.
    assert_eq!(asked, 2);
    assert_eq!(letters(clinic.store()).await.len(), before + 2);
    assert_eq!(clinic.state(&jordan, &slug).await, "accepted");
    assert_eq!(clinic.next(&jordan, &slug).await, (Owes::Person, Step::Sign));
    assert_eq!(clinic.missing(&jordan).await, [rules]);
    clinic.sign_all(&river).await;
    assert_eq!(clinic.state(&river, &theirs).await, "signed");
    let started = clinic.confirm(&texts()).await;
    assert_eq!((started.members, started.to_sign), (1, 1));
    assert_eq!(clinic.state(&river, &theirs).await, "member");
    assert_eq!(clinic.state(&jordan, &slug).await, "accepted");
    clinic.sign_all(&jordan).await;
    assert_eq!(clinic.state(&jordan, &slug).await, "member");
}

#[both_engines]
async fn a_text_of_the_program_that_changed_is_asked_for_at_the_start(db: TestDatabase) {
    let clinic = Clinic::new(db).await;
    clinic.close().await;
    let (jordan, slug) = clinic.signed("jordan").await;
    let (_, _) = clinic.signed("river").await;
    clinic
        .plan(&clinic.dana, "2027-01-05".parse().unwrap())
        .await
        .unwrap();
    let mut changed = texts();
    changed[0] = Text::new(Agreement::Treatment, line("New"), prose("New words.")).unwrap();
    let started = clinic.confirm(&changed).await;
    assert_eq!((started.members, started.to_sign), (0, 2));
    assert_eq!(clinic.state(&jordan, &slug).await, "accepted");
}

#[both_engines]
async fn a_closed_group_starts_again_once_a_start_is_over(db: TestDatabase) {
    let clinic = Clinic::new(db).await;
    clinic.close().await;
    let (first, next) = ("2027-01-05".parse().unwrap(), "2027-06-01".parse().unwrap());
    clinic.signed("jordan").await;
    clinic.signed("river").await;
    clinic.plan(&clinic.dana, first).await.unwrap();
    assert_eq!(clinic.confirm(&texts()).await.members, 2);
    let early = clinic.plan(&clinic.dana, next).await;
    assert!(matches!(early, Err(JoiningError::Start(StartRefused::Confirmed))));
    clinic.house.db.clock.forward(TimeDelta::days(43));
    let dana = clinic.house.two("dana").await;
    clinic.plan(&dana, next).await.unwrap();
    let sql = "select count(*) from joining_group where start_state = 'planned'";
    assert_eq!(clinic.house.count(sql).await, 1);
}

#[both_engines]
async fn whose_turn_it_is_follows_from_times_and_starts(db: TestDatabase) {
    let clinic = Clinic::new(db).await;
    let (jordan, slug) = clinic.asks("jordan").await;
    assert_eq!(
        clinic.next(&jordan, &slug).await,
        (Owes::Person, Step::AnswerForms)
    );
    clinic.answer(&jordan, &slug).await;
    assert_eq!(clinic.next(&jordan, &slug).await, (Owes::Leader, Step::Answer));
    let mut writing = clinic.store().write(clinic.dana.clone()).await.unwrap();
    let at = here();
    let mut permit = writing.permit::<Decide>(On::Group(&at)).await.unwrap();
    let starts_at = clinic.now() + TimeDelta::days(1);
    let half = Minutes::new(30).unwrap();
    joining::add_slot(&mut permit, None, starts_at, half, How::Video)
        .await
        .unwrap();
    writing.commit().await.unwrap();
    assert_eq!(clinic.next(&jordan, &slug).await, (Owes::Person, Step::PickTime));
    assert_eq!(card(&clinic).await.map(|card| card.next.owes), Some(Owes::Person));
    // Nobody took it: it is the leader's to open another one.
    clinic.house.db.clock.forward(TimeDelta::days(2));
    let jordan = clinic.house.one("jordan").await;
    assert_eq!(clinic.next(&jordan, &slug).await, (Owes::Leader, Step::Answer));
    let clinic = Clinic {
        dana: clinic.house.two("dana").await,
        ..clinic
    };
    clinic.close().await;
    let (river, theirs) = clinic.signed("river").await;
    assert_eq!(
        clinic.next(&river, &theirs).await,
        (Owes::Coordinator, Step::Start)
    );
    clinic
        .plan(&clinic.dana, "2027-01-05".parse().unwrap())
        .await
        .unwrap();
    assert_eq!(clinic.next(&river, &theirs).await, (Owes::Nobody, Step::Start));
}

#[both_engines]
async fn what_is_asked_before_the_talk_is_answered_once_every_form_was_sent(db: TestDatabase) {
    let clinic = Clinic::new(db).await;
    let (jordan, slug) = clinic.asks("jordan").await;
    let phq_9 = domain::name::Name::parse("phq-9").unwrap();
    let mut writing = clinic.store().write(clinic.dana.clone()).await.unwrap();
    let at = here();
    let mut permit = writing.permit::<Decide>(On::Group(&at)).await.unwrap();
    joining::set_measures(&mut permit, std::slice::from_ref(&phq_9))
        .await
        .unwrap();
    writing.commit().await.unwrap();
    let open = async || {
        let mut reading = clinic.store().read(jordan.clone()).await.unwrap();
        let on = On::Application(&slug);
        let mut permit = reading.permit::<SeeApplications>(on).await.unwrap();
        joining::one(&mut permit, &slug).await.unwrap().0.unanswered
    };
    let before = open().await;
    assert!(before.questions && before.measures == [phq_9.clone()]);
    let some = clinic.answer(&jordan, &slug).await;
    assert_eq!(some.facts().answered_at, None);
    let rest = open().await;
    assert!(!rest.questions && rest.measures == [phq_9.clone()]);
    assert_eq!(
        clinic.next(&jordan, &slug).await,
        (Owes::Person, Step::AnswerForms)
    );
    // Danger is told at once, however much is open.
    let told = letters(clinic.store()).await.len();
    let mut writing = clinic.store().write(jordan.clone()).await.unwrap();
    let on = On::Application(&slug);
    let mut permit = writing.permit::<AnswerScreening>(on).await.unwrap();
    let said = (&phq_9, "{}");
    let all = joining::answer_measure(&mut permit, &slug, said, joining::Signs::Danger, &TOLD)
        .await
        .unwrap();
    writing.commit().await.unwrap();
    assert!(all.facts().answered_at.is_some());
    assert_eq!(letters(clinic.store()).await.len(), told + 1);
    assert!(open().await.is_empty());
    assert_eq!(clinic.next(&jordan, &slug).await, (Owes::Leader, Step::Answer));
    // Asked once more, all of it is open.
    clinic.house.db.clock.forward(TimeDelta::minutes(1));
    clinic
        .decide(&clinic.dana, &slug, Theirs::AskForAnswers)
        .await
        .unwrap();
    assert_eq!(open().await, before);
}

#[both_engines]
async fn what_happened_in_one_instant_is_told_in_its_order(db: TestDatabase) {
    let clinic = Clinic::new(db).await;
    let (jordan, slug) = clinic.signed("jordan").await;
    let mut reading = clinic.store().read(jordan).await.unwrap();
    let on = On::Application(&slug);
    let mut permit = reading.permit::<SeeApplications>(on).await.unwrap();
    let (_, happened) = joining::one(&mut permit, &slug).await.unwrap();
    let steps: Vec<_> = happened
        .iter()
        .map(|one| (one.act.as_str(), one.state.as_str()))
        .collect();
    assert_eq!(
        steps,
        [
            ("ask", "asked"),
            ("record-talk", "screening"),
            ("offer", "offered"),
            ("read", "offered"),
            ("accept", "accepted"),
            ("sign", "accepted"),
            ("sign", "accepted"),
            ("sign", "signed"),
            ("admit", "member"),
        ]
    );
}

#[both_engines]
async fn who_was_promised_to_be_first_is_and_a_place_that_frees_is_the_leaders_to_give(db: TestDatabase) {
    let clinic = Clinic::new(db).await;
    for name in ["sam", "tom", "ann"] {
        bring_in(&clinic, name).await.unwrap();
    }
    let (_, waits) = clinic.asks("alex").await;
    clinic.talk(&waits).await;
    let wait = Theirs::Wait {
        reach: Reach::AnyFitting,
        meanwhile: options(),
    };
    clinic.decide(&clinic.dana, &waits, wait).await.unwrap();
    clinic.house.db.clock.forward(TimeDelta::minutes(1));
    let (bea, hers) = clinic.offered("bea", Holds::Nothing).await;
    let (kim, theirs) = clinic.offered("kim", Holds::Nothing).await;
    clinic.step(&bea, &hers, Mine::Accept).await.unwrap();
    let late = clinic.step(&kim, &theirs, Mine::Accept).await.unwrap();
    assert!(late.is_first());
    let column = async |after: Option<&Slug>| {
        let mut reading = clinic.store().read(clinic.dana.clone()).await.unwrap();
        let at = here();
        let mut permit = reading.permit::<SeeApplications>(On::Group(&at)).await.unwrap();
        let found = joining::column(&mut permit, "waiting", Sought::default(), after).await;
        let cards = found.unwrap().unwrap();
        let said = |card: &joining::Card| {
            let name = card.handle.as_str().to_owned();
            (name, card.is_first, card.reach, card.next.owes)
        };
        cards.iter().map(said).collect::<Vec<_>>()
    };
    let first = |owes| ("kim".to_owned(), true, Some(Reach::ThisGroup), owes);
    let second = || {
        let reach = Some(Reach::AnyFitting);
        ("alex".to_owned(), false, reach, Owes::Coordinator)
    };
    assert_eq!(column(None).await, [first(Owes::Coordinator), second()]);
    assert_eq!(column(Some(&theirs)).await, [second()]);
    // A place is free: who is first is decided on, and the leader is told once.
    clinic.step(&bea, &hers, Mine::Withdraw).await.unwrap();
    assert_eq!(column(None).await, [first(Owes::Leader), second()]);
    let run = async || {
        let mut writing = clinic.store().write(Who::Job("joining")).await.unwrap();
        let reminded = joining::remind(&mut writing, Promises::default(), &TOLD)
            .await
            .unwrap();
        writing.commit().await.unwrap();
        (reminded.people, reminded.staff)
    };
    assert_eq!(run().await, (0, 0));
    clinic.house.db.clock.forward(TimeDelta::days(3));
    assert_eq!(run().await, (0, 1));
    assert_eq!(run().await, (0, 0));
    clinic.house.db.clock.forward(TimeDelta::days(7));
    assert_eq!(run().await, (0, 1));
}
