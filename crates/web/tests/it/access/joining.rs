//! Someone on the way into the therapy group that is there: the person who holds nothing, as far as a line of the table needs them.

use std::sync::Mutex;

use chrono::TimeDelta;
use domain::agreements::{Age, Kind as Agreement};
use domain::clock::Clock as _;
use domain::groups::{Mail, Slug};
use domain::joining::{Alternative, Answer, Answers, BroughtIn, Holds, Options, Points, Safety};
use domain::people::{Handle, Role};
use domain::schedule::Minutes;
use domain::text::Prose;
use store::acts::{AnswerScreening, Apply, ChangeRoster, Decide, WriteTalk};
use store::joining::{self, How, Mine, Theirs, Told};
use store::signing::link::Letter;
use store::{On, Who};
use testing::people::who;

use crate::access::canaries::Kind;
use crate::access::house::{House, THERE};
use crate::access::subject::{Person, Relation, Shown, Subject};
use crate::common::{self, line};

const TOLD: Told<'static> = Told {
    subject: "A note from Lakeshore",
    person: &|slug: &str| format!("Open /me/joining/{slug}"),
    staff: &|slug: &str| format!("Open /staff/applicants/{slug}"),
};

impl House {
    /// The application of who holds nothing, brought as far as that; it is the same as long as nobody takes it on.
    pub async fn application(&self, how_far: &str) -> String {
        let none = &self.people["none"];
        let whose = format!("person_id = (select id from person where slug = '{none}')");
        let (state, more) = match how_far {
            "talked" => ("screening", ""),
            "offered" => ("offered", ""),
            "options" => ("options", ""),
            "accepted" => ("accepted", ""),
            "risk" => ("asked", " and risk_at is not null and risk_seen_at is null"),
            _ => ("asked", ""),
        };
        let there = format!("select slug as it from application where {whose} and state = '{state}'{more}");
        if let Some(slug) = self.past.texts(&there).await.pop() {
            return slug;
        }
        self.past
            .change(&format!("update talk_slot set application_id = null where application_id in (select id from application where {whose})"))
            .await;
        self.past
            .change(&format!("delete from application where {whose}"))
            .await;
        self.ask(how_far).await.to_string()
    }

    async fn ask(&self, how_far: &str) -> Slug {
        let there = Slug::from_bits(THERE);
        let subject = Subject {
            person: Person(Vec::new()),
            shown: Shown::One,
        };
        let token = self.token(&subject).await.unwrap();
        let none = who(&self.store, &token).await;
        let mut writing = self.store.write(none.clone()).await.unwrap();
        let mut permit = writing.permit::<Apply>(On::MyselfIn(&there)).await.unwrap();
        let slug = joining::ask(&mut permit, Age::Adult, &TOLD).await.unwrap();
        let mut permit = writing.permit::<Apply>(On::Application(&slug)).await.unwrap();
        joining::step(&mut permit, &slug, Mine::Read, &[], &TOLD)
            .await
            .unwrap();
        if how_far == "risk" {
            let answers = Answers {
                safety: Safety::Thoughts,
                answers: vec![Answer {
                    question: line("What brings you now?"),
                    answer: Prose::parse(self.canaries.of(Kind::Answered, "none")).unwrap(),
                }],
            };
            let permit = writing.permit::<AnswerScreening>(On::Application(&slug)).await;
            joining::answer(&mut permit.unwrap(), &slug, &answers, &TOLD)
                .await
                .unwrap();
        }
        writing.commit().await.unwrap();
        if matches!(how_far, "asked" | "risk") {
            if how_far == "risk" {
                self.note(&slug).await;
            }
            return slug;
        }
        let leader = self.two(Role::Leader, Relation::There).await;
        let mut writing = self.store.write(leader).await.unwrap();
        let mut permit = writing.permit::<Decide>(On::Application(&slug)).await.unwrap();
        joining::record_talk(&mut permit, &slug, Points::all())
            .await
            .unwrap();
        let theirs = match how_far {
            "options" => Some(Theirs::OfferOptions(
                Options::new(vec![Alternative::LookAround]).unwrap(),
            )),
            "offered" | "accepted" => Some(Theirs::Offer {
                until: self.db.clock.now() + TimeDelta::days(20),
                holds: Holds::Nothing,
            }),
            _ => None,
        };
        if let Some(theirs) = theirs {
            joining::decide(&mut permit, &slug, theirs, None, &TOLD)
                .await
                .unwrap();
        }
        writing.commit().await.unwrap();
        if how_far == "accepted" {
            let mut writing = self.store.write(none).await.unwrap();
            let mut permit = writing.permit::<Apply>(On::Application(&slug)).await.unwrap();
            joining::step(
                &mut permit,
                &slug,
                Mine::Accept,
                &crate::common::content().agreements,
                &TOLD,
            )
            .await
            .unwrap();
            writing.commit().await.unwrap();
        }
        slug
    }

    async fn note(&self, slug: &Slug) {
        let leader = self.two(Role::Leader, Relation::There).await;
        let mut writing = self.store.write(leader).await.unwrap();
        let mut permit = writing.permit::<WriteTalk>(On::Application(slug)).await.unwrap();
        let words = Prose::parse(self.canaries.of(Kind::Noted, "none")).unwrap();
        joining::note(&mut permit, slug, Some(&words)).await.unwrap();
        writing.commit().await.unwrap();
    }

    /// A time for a talk there that nobody has booked.
    pub async fn time(&self) -> String {
        let open = "application_id is null";
        if let Some(id) = self.past.id("talk_slot", open).await {
            return id;
        }
        let there = Slug::from_bits(THERE);
        let leader = self.two(Role::Leader, Relation::There).await;
        let mut writing = self.store.write(leader).await.unwrap();
        let mut permit = writing.permit::<Decide>(On::Group(&there)).await.unwrap();
        let number = self.past.count("talk_slot").await;
        let at =
            self.db.clock.now() + TimeDelta::days(30) + TimeDelta::minutes(i64::try_from(number).unwrap());
        let minutes = Minutes::new(30).unwrap();
        joining::add_slot(&mut permit, None, at, minutes, How::Phone)
            .await
            .unwrap();
        writing.commit().await.unwrap();
        self.past.id("talk_slot", open).await.unwrap()
    }

    /// A form that the group which is there asks for.
    pub async fn asked_measure(&self) -> String {
        let sql = "select measures as it from joining_group where measures like '%phq-9%'";
        if self.past.texts(sql).await.is_empty() {
            let leader = self.two(Role::Leader, Relation::There).await;
            let there = Slug::from_bits(THERE);
            let mut writing = self.store.write(leader).await.unwrap();
            let mut permit = writing.permit::<Decide>(On::Group(&there)).await.unwrap();
            let measure = domain::name::Name::parse("phq-9").unwrap();
            joining::set_measures(&mut permit, &[measure]).await.unwrap();
            writing.commit().await.unwrap();
        }
        "phq-9".to_owned()
    }

    /// Someone who was brought into the group that is there.
    pub async fn brought_in(&self) -> String {
        let sql = "select p.slug as it from person p join membership m on m.person_id = p.id where m.screened_by is not null";
        if let Some(slug) = self.past.texts(sql).await.pop() {
            return slug;
        }
        let there = Slug::from_bits(THERE);
        let coordinator = self.two(Role::Coordinator, Relation::Organisation).await;
        let mut writing = self.store.write(coordinator).await.unwrap();
        let permit = writing.permit::<ChangeRoster>(On::Group(&there)).await;
        let handle = Handle::parse(self.canaries.of(Kind::Handle, "brought")).unwrap();
        let mail = Mail::parse("brought@people.example").unwrap();
        let today = self.db.clock.now().date_naive();
        let brought = BroughtIn::new("2026-03-09", "Dr. Ames", today).unwrap();
        let letter = ("A note from Lakeshore", "Open /me/joining");
        let slug = joining::bring_in(
            &mut permit.unwrap(),
            (&handle, &mail),
            &brought,
            Age::Adult,
            letter,
        )
        .await
        .unwrap();
        writing.commit().await.unwrap();
        slug.to_string()
    }

    /// The fingerprint of a text as the program has it.
    pub fn hash(kind: Agreement) -> String {
        let content = common::content();
        let text = content.agreements.iter().find(|text| text.kind() == kind);
        text.unwrap().hash().to_string()
    }

    /// The token of a letter that asks for a place there.
    pub async fn asking(&self) -> String {
        let caught = Mutex::new(String::new());
        let there = Slug::from_bits(THERE);
        let mut writing = self.store.write(Who::Visitor).await.unwrap();
        let letter = Letter {
            subject: "A note from Lakeshore",
            body: &|token| {
                token.clone_into(&mut caught.lock().unwrap());
                format!("Open /sign-in/joining/{token}")
            },
        };
        let number = self.past.count("asking").await;
        let mail = Mail::parse(&format!("asks{number}@people.example")).unwrap();
        let handle = Handle::parse("Someone").unwrap();
        joining::by_mail(&mut writing, &there, (&handle, &mail), (Age::Adult, &[]), &letter)
            .await
            .unwrap();
        writing.commit().await.unwrap();
        caught.into_inner().unwrap()
    }
}
