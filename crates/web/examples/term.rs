//! A therapy group that met two hundred times, as who leads it sees it: how long a member's chart and the session screen take, and how
//! many marks of attendance a second are kept, on both engines; beside them, how many rows a second the engine keeps without us.
//!
//!     cargo run --release --package web --example term
//!
//! Prints for each engine, SQLite first: 99 of 100 charts came within so many microseconds, 99 of 100 session screens within so many,
//! so many marks a second, and so many bare rows a second.
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on ends")]

#[path = "../tests/it/common/mod.rs"]
mod common;

use std::time::Instant;

use chrono::{NaiveDate, TimeDelta, Weekday};
use common::browser::{Browser, signed_in};
use domain::attendance::Presence;
use domain::clock::Clock;
use domain::groups::{Draft, Listing, Slug, When};
use domain::people::{Handle, Role};
use domain::records::{Field, Words};
use domain::schedule::{Rule, Schedule};
use domain::sessions::Plan;
use sea_orm::{ConnectionTrait, Database};
use store::leading::{self, Past, invent_since};
use store::{Who, listings, records};
use testing::TestDatabase;
use testing::database::{self, Engine};
use testing::people;

const SESSIONS: usize = 200;
const MEMBERS: usize = 8;
const TIMES: usize = 500;
const MARKS: usize = 800;

/// What is usual to be written of one person.
const TEXT: &str = "Came on time, said little at first, then spoke about the week and what helped. The group listened; two answered from \
    their own experience. Agreed to try one walk a day and to say next week how it went.";

fn main() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        database::run(engine, async |db: TestDatabase| {
            let (group, member, last) = fill(&db).await;
            let token = people::by_two(&db.store().await, &db.clock, &people::mail("dana")).await;
            let mut dana = signed_in(&db, &token).await;
            let chart = format!("/staff/groups/{group}/people/{member}/chart");
            let session = format!("/staff/groups/{group}/sessions/{last}");
            let chart = times(&mut dana, &chart, "Agreed to try").await;
            let screen = times(&mut dana, &session, "Member 1").await;
            let marks = marks(&mut dana, &session, &member).await;
            let bare = bare(&db).await;
            println!("{chart} {screen} {marks:.0} {bare:.0}");
        });
    }
}

/// The group, one of its members, and the day of its last session.
async fn fill(db: &TestDatabase) -> (Slug, Slug, NaiveDate) {
    let (store, group) = (db.store().await, Slug::from_bits(500));
    let now = db.clock.now();
    let draft = common::therapy();
    let When::Scheduled(schedule) = draft.when.clone() else {
        unreachable!("it meets on Thursdays")
    };
    let every_day = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
        Weekday::Sat,
        Weekday::Sun,
    ];
    let draft = Draft {
        when: When::Scheduled(Schedule {
            rule: Rule::Weekly {
                interval: 1,
                days: every_day.to_vec(),
            },
            skips: Vec::new(),
            ..schedule
        }),
        ..draft
    };
    let mut writing = store.write(Who::Operator).await.unwrap();
    let listing = Listing::check(draft).unwrap();
    listings::publish(&mut writing, &group, &listing).await.unwrap();
    writing.commit().await.unwrap();
    people::invent(&store, "dana", &[(Role::Leader, Some(&group))]).await;
    let mut member = None;
    for number in 0..MEMBERS {
        let handle = Handle::parse(&format!("Member {number}")).unwrap();
        let mail = people::mail(&format!("member{number}"));
        let roles = [(Role::Member, Some(&group))];
        member = Some(people::invent_as(&store, &handle, Some(&mail), &roles).await);
    }
    let first = now.date_naive() - TimeDelta::days(i64::try_from(SESSIONS).unwrap());
    let mut writing = store.write(Who::Job("demo")).await.unwrap();
    invent_since(&mut writing, &group, first).await.unwrap();
    let words = Words::new(Field::OF_SESSION, [(Field::Themes, TEXT.to_owned())]).unwrap();
    let mut last = first;
    for day in 0..SESSIONS {
        last = first + TimeDelta::days(i64::try_from(day).unwrap());
        let marks = |_: usize| Presence::Present;
        let plan = Plan::default();
        let session = leading::Invented {
            date: last,
            plan: &plan,
            past: Past::Marked(&marks),
        };
        leading::invent(&mut writing, &group, &session).await.unwrap();
        let part = |_: usize| Words::new(Field::OF_PART, [(Field::Plan, TEXT.to_owned())]).ok();
        let record = records::Invented {
            date: last,
            session: &words,
            part: &part,
        };
        records::invent(&mut writing, &group, &record).await.unwrap();
    }
    writing.commit().await.unwrap();
    (group, member.unwrap(), last)
}

/// Within how many microseconds 99 of 100 pages came.
async fn times(browser: &mut Browser, path: &str, holds: &str) -> u128 {
    let mut times = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let begun = Instant::now();
        let (status, page) = browser.get(path).await;
        times.push(begun.elapsed().as_micros());
        assert!(
            status.is_success() && page.contains(holds),
            "{path}: {status} {page}"
        );
    }
    times.sort_unstable();
    times[TIMES * 99 / 100]
}

/// Marks a second, one after another, each on the disk when it is answered.
async fn marks(browser: &mut Browser, session: &str, member: &Slug) -> f64 {
    let begun = Instant::now();
    for number in 0..MARKS {
        let presence = ["present", "late"][number % 2];
        let path = format!("{session}/marks/{member}");
        let form = format!("presence={presence}&once={number}");
        let (status, said) = browser.post(&path, &form).await;
        assert!(status.is_redirection() || status.is_success(), "{status} {said}");
    }
    a_second(begun)
}

/// Rows a second that the engine keeps by itself, one change after another, each on the disk: what a mark is compared with.
async fn bare(db: &TestDatabase) -> f64 {
    let other = Database::connect(db.setting()).await.unwrap();
    other
        .execute_unprepared("create table bare (number integer not null)")
        .await
        .unwrap();
    let begun = Instant::now();
    for number in 0..MARKS {
        let sql = format!("insert into bare values ({number})");
        other.execute_unprepared(&sql).await.unwrap();
    }
    a_second(begun)
}

fn a_second(begun: Instant) -> f64 {
    let all = u32::try_from(MARKS).map_or(0.0, f64::from);
    all / begun.elapsed().as_secs_f64()
}
