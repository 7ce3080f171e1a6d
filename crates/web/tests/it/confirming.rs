//! Saying that a listing is still true by the link of a letter, without an account.

use std::sync::Mutex;

use crate::common::browser::browser;
use axum::http::StatusCode;
use chrono::{NaiveDate, TimeDelta};
use domain::clock::Clock;
use domain::groups::{Draft, Listing, Slug};
use domain::people::Role;
use store::acts::ChangeAccounts;
use store::signing::link::Letter;
use store::{On, Store, Who, confirmations, listings, people};
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

/// Ends all roles of someone who was invented, as an admin does.
async fn end_roles(store: &Store, whose: &Slug) {
    let mut writing = store.write(Who::Operator).await.unwrap();
    let mut permit = writing.permit::<ChangeAccounts>(On::Organisation).await.unwrap();
    people::close_account(&mut permit, whose).await.unwrap();
    writing.commit().await.unwrap();
}

#[both_engines]
async fn a_link_counts_for_as_long_as_who_got_it_leads_the_group(db: TestDatabase) {
    let mut visitor = browser(&db).await;
    let store = db.store().await;
    let grief = Slug::from_bits(1);
    let joan = invent(&store, "joan", &[(Role::Facilitator, Some(&grief))]).await;
    db.clock.forward(TimeDelta::days(100));
    let (_, joans) = remind(&db, &store).await;
    let path = format!("/confirm/{joans}");
    assert_eq!(visitor.get(&path).await.0, StatusCode::OK);
    end_roles(&store, &joan).await;
    let before = verified(&store).await;
    let never = visitor.get("/confirm/0123").await;
    for answer in [visitor.get(&path).await, visitor.post(&path, "").await] {
        assert_eq!(answer.0, StatusCode::NOT_FOUND);
        assert_eq!(answer.1, never.1, "the page of a link that never was one");
    }
    assert_eq!(verified(&store).await, before);

    // Whoever leads it next is asked at once, by a link of their own; who was asked is not asked again.
    let kim = invent(&store, "kim", &[(Role::Facilitator, Some(&grief))]).await;
    let (written, kims) = remind(&db, &store).await;
    assert_eq!(written, 1);
    assert_eq!(remind(&db, &store).await.0, 0);
    let path = format!("/confirm/{kims}");
    assert!(visitor.post(&path, "").await.1.contains("checked today"));
    assert_eq!(verified(&store).await, Some(today(&db)));
    // A link that was used does not outlive the role either.
    end_roles(&store, &kim).await;
    assert_eq!(visitor.get(&path).await, never);
}

#[both_engines]
async fn a_listing_that_was_never_checked_is_asked_about_when_it_is_as_old_as_others(db: TestDatabase) {
    let _site = browser(&db).await;
    let store = db.store().await;
    let new = Slug::from_bits(3);
    let unchecked = Draft {
        verified_on: None,
        ..crate::common::grief(crate::common::library())
    };
    let mut writing = store.write(Who::Operator).await.unwrap();
    listings::publish(&mut writing, &new, &Listing::check(unchecked).unwrap())
        .await
        .unwrap();
    writing.commit().await.unwrap();
    invent(&store, "joan", &[(Role::Facilitator, Some(&new))]).await;
    assert_eq!(remind(&db, &store).await.0, 0);
    db.clock.forward(TimeDelta::days(75));
    assert_eq!(remind(&db, &store).await.0, 0);
    db.clock.forward(TimeDelta::days(1));
    assert_eq!(remind(&db, &store).await.0, 1);
}
