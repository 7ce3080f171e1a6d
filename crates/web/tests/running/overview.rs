//! How the installation stands, as an admin sees it.

use chrono::TimeDelta;
use domain::people::Role;
use store::imports::{self, Feed};
use store::{Who, outbox};
use testing::{TestDatabase, both_engines};

use crate::{Site, is_gone};

#[both_engines]
async fn a_feed_that_has_not_come_for_a_week_is_told_with_what_to_do(db: TestDatabase) {
    let site = Site::new(db).await;
    let admin = site.browser("alex", Role::Admin, None).await;
    let late = "Nothing has come for more than 7 days";
    assert!(
        !admin.page("/staff/running").await.contains(late),
        "there is no feed"
    );
    let feed = Feed {
        programme: "Orange County".into(),
        format: "meeting-guide",
    };
    let mut writing = site.store.write(Who::Operator).await.unwrap();
    let run = imports::begin(&mut writing, &feed).await.unwrap();
    imports::finish(&mut writing, run).await.unwrap();
    writing.commit().await.unwrap();
    let page = admin.page("/staff/running").await;
    assert!(page.contains("Orange County: ") && !page.contains(late), "{page}");
    site.db.clock.forward(TimeDelta::days(7) + TimeDelta::minutes(1));
    let admin = site.sign_in("alex", admin.slug.clone()).await;
    let page = admin.page("/staff/running").await;
    assert!(
        page.contains(late) && page.contains("“sameboat import” still does"),
        "{page}"
    );
}

#[both_engines]
async fn a_letter_that_was_given_up_is_tried_again_and_shows_neither_address_nor_words(db: TestDatabase) {
    let site = Site::new(db).await;
    let admin = site.browser("alex", Role::Admin, None).await;
    let invited = admin
        .post(
            "/staff/invitations",
            "mail=lee%40people.example&role=auditor&group=",
        )
        .await;
    assert_eq!(invited.1, "/staff/invitations");
    let mut writing = site.store.write(Who::Job("mail")).await.unwrap();
    for letter in outbox::take(&mut writing, 99).await.unwrap() {
        let why = "it does not take letters to this address".to_owned();
        let outcome = if letter.mail == "lee@people.example" {
            outbox::Outcome::Never(why)
        } else {
            outbox::Outcome::Sent
        };
        outbox::tried(&mut writing, letter.id, outcome).await.unwrap();
    }
    writing.commit().await.unwrap();
    let page = admin.page("/staff/running").await;
    assert!(
        page.contains("Given up") && page.contains("it does not take letters to this address"),
        "{page}"
    );
    assert!(
        !page.contains("lee@people.example") && !page.contains("/invitation/"),
        "{page}"
    );
    let retry = page
        .split("action=\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|act| act.ends_with("/retry"))
        .unwrap();
    let auditor = site.browser("ines", Role::Auditor, None).await;
    assert!(!auditor.page("/staff/running").await.contains("/retry"));
    assert!(
        is_gone(&auditor.post(retry, "").await),
        "an auditor changes nothing"
    );
    assert_eq!(admin.post(retry, "").await.1, "/staff/running");
    let page = admin.page("/staff/running").await;
    assert!(!page.contains("Given up") && page.contains("Waits"), "{page}");
    let mut writing = site.store.write(Who::Job("mail")).await.unwrap();
    let due = outbox::take(&mut writing, 99).await.unwrap();
    assert!(due.iter().any(|letter| letter.mail == "lee@people.example"));
}
