//! Saying that a listing is still true by the link of a letter, without an account.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

mod common;

use std::sync::Mutex;

use axum::http::StatusCode;
use chrono::{NaiveDate, TimeDelta};
use common::browser::browser;
use domain::clock::Clock;
use domain::groups::Slug;
use domain::people::Role;
use store::signing::link::Letter;
use store::{Store, Who, confirmations, listings};
use testing::people::invent;
use testing::{TestDatabase, both_engines};

/// How many letters were written, and the token of the last one.
async fn remind(db: &TestDatabase, store: &Store) -> (usize, String) {
    let caught = Mutex::new(String::new());
    let body = |token: &str| {
        token.clone_into(&mut caught.lock().unwrap());
        token.to_owned()
    };
    let letter = Letter {
        subject: "A message for you",
        body: &body,
    };
    let mut writing = store.write(Who::Job("confirmations")).await.unwrap();
    let written = confirmations::remind(&mut writing, today(db), &letter)
        .await
        .unwrap();
    writing.commit().await.unwrap();
    (written, caught.into_inner().unwrap())
}

fn today(db: &TestDatabase) -> NaiveDate {
    db.clock.now().date_naive()
}

async fn verified(store: &Store) -> Option<NaiveDate> {
    let mut reading = store.read(Who::Visitor).await.unwrap();
    let published = listings::by_slug(&mut reading, &Slug::from_bits(1))
        .await
        .unwrap();
    published.unwrap().listing.verified_on
}

#[both_engines]
async fn a_listing_about_to_fade_is_confirmed_by_one_click_from_a_letter(db: TestDatabase) {
    let mut leader = browser(&db).await;
    let store = db.store().await;
    let (grief, therapy) = (Slug::from_bits(1), Slug::from_bits(2));
    invent(&store, "joan", &[(Role::Facilitator, Some(&grief))]).await;
    invent(&store, "gone", &[(Role::Member, Some(&therapy))]).await;
    db.clock.forward(TimeDelta::days(100));
    let (written, token) = remind(&db, &store).await;
    assert_eq!(
        written, 1,
        "to who leads, and to nobody of a group that nobody leads"
    );
    assert_eq!(remind(&db, &store).await.0, 0, "once a period");

    let path = format!("/confirm/{token}");
    let before = verified(&store).await;
    for _ in 0..2 {
        let (status, page) = leader.get(&path).await;
        assert!(
            status == StatusCode::OK && page.contains("Is this still true?"),
            "{page}"
        );
    }
    assert_eq!(verified(&store).await, before, "opening it says nothing");
    let (status, page) = leader.post(&path, "").await;
    assert!(
        status == StatusCode::OK && page.contains("checked today"),
        "{page}"
    );
    assert_eq!(verified(&store).await, Some(today(&db)));
    let (status, page) = leader.post(&path, "").await;
    assert!(
        status == StatusCode::OK && page.contains("checked today"),
        "twice is once"
    );
    db.clock.forward(TimeDelta::days(29));
    assert_eq!(
        leader.get(&path).await.0,
        StatusCode::NOT_FOUND,
        "its time is over"
    );
    assert_eq!(leader.post(&path, "").await.0, StatusCode::NOT_FOUND);
    assert_eq!(remind(&db, &store).await.0, 0, "it does not fade yet");
    db.clock.forward(TimeDelta::days(60));
    assert_eq!(remind(&db, &store).await.0, 1);
}
