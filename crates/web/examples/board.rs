//! The board of applicants with thousands of them on it, as a coordinator sees it: how long it takes.
//!
//!     cargo run --release --package web --example board
//!
//! Prints three numbers, in microseconds: half of the boards came within the first, 99 of 100 within the second, and 99 of 100
//! pages of the waiting list within the third.
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on ends")]

#[path = "../tests/it/common/mod.rs"]
mod common;

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use common::browser::{Browser, signed_in};
use domain::clock::Clock;
use domain::groups::{Draft, Listing, Online, Place, Slug};
use domain::joining::{Act, Options, Places, Points, Reach};
use domain::people::{Handle, PersonId, Role};
use store::joining::{Invented, invent};
use store::{Who, listings};
use testing::TestDatabase;
use testing::database::{self, Engine};
use testing::people;

const APPLICANTS: u64 = 5_000;
const GROUPS: u64 = 40;
const TIMES: usize = 1_000;

fn main() {
    database::run(Engine::Sqlite, async |db: TestDatabase| {
        fill(&db).await;
        let token = people::by_two(&db.store().await, &db.clock, &people::mail("carla")).await;
        let mut carla = signed_in(&db, &token).await;
        let board = times(&mut carla, "/staff/applicants", "Handle 1 of many").await;
        let column = times(&mut carla, "/staff/applicants?column=waiting", "Handle 0 of many").await;
        println!("{} {} {}", at(&board, 50), at(&board, 99), at(&column, 99));
    });
}

async fn fill(db: &TestDatabase) {
    let store = db.store().await;
    let now = db.clock.now();
    for number in 0..GROUPS {
        let slug = Slug::from_bits(1_000 + number);
        let draft = Draft {
            title: common::line(&format!("Circle {number}")),
            place: Place::Online(Online::default()),
            ..common::therapy()
        };
        let mut writing = store.write(Who::Operator).await.unwrap();
        listings::publish(&mut writing, &slug, &Listing::check(draft).unwrap())
            .await
            .unwrap();
        writing.commit().await.unwrap();
        people::invent(&store, &format!("leader{number}"), &[(Role::Leader, Some(&slug))]).await;
    }
    people::invent(&store, "carla", &[(Role::Coordinator, None)]).await;
    let mut writing = store.write(Who::Job("demo")).await.unwrap();
    for number in 0..APPLICANTS {
        let handle = Handle::parse(&format!("Handle {number} of many")).unwrap();
        let asked_at = now - TimeDelta::minutes(i64::try_from(10 * (APPLICANTS - number)).unwrap());
        let acts = |leader: PersonId, _: Places| acts(number, leader, asked_at);
        let one = Invented {
            handle: &handle,
            group: &Slug::from_bits(1_000 + number % GROUPS),
            asked_at,
            acts: &acts,
            answers: None,
            note: None,
            letter: None,
            signs: 0,
        };
        invent(&mut writing, &one, None, &[]).await.unwrap();
    }
    writing.commit().await.unwrap();
}

/// A third each: asked, spoken with, on the waiting list.
fn acts(number: u64, leader: PersonId, asked_at: DateTime<Utc>) -> Vec<(Act, DateTime<Utc>)> {
    let talk = Act::RecordTalk {
        by: leader,
        points: Points::all(),
    };
    let wait = Act::Wait {
        reach: Reach::AnyFitting,
        meanwhile: Options::own_way(),
    };
    let at = |minutes| asked_at + TimeDelta::minutes(minutes);
    match number % 3 {
        1 => Vec::new(),
        2 => vec![(talk, at(2))],
        _ => vec![(talk, at(2)), (wait, at(4))],
    }
}

/// How long the page took each time, in microseconds, the quickest first.
async fn times(browser: &mut Browser, path: &str, holds: &str) -> Vec<u128> {
    let mut times = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let begun = Instant::now();
        let (status, page) = browser.get(path).await;
        times.push(begun.elapsed().as_micros());
        assert!(status.is_success() && page.contains(holds), "{status} {page}");
    }
    times.sort_unstable();
    times
}

fn at(times: &[u128], percent: usize) -> u128 {
    times[times.len() * percent / 100]
}
