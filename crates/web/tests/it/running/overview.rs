//! How the installation stands: letters and jobs, as an admin sees them and tries them again.

use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::people::Role;
use store::backups::{self, Made};
use store::imports::{self, Feed};
use store::outbox::Outcome;
use store::{Who, jobs, outbox};
use testing::{TestDatabase, both_engines};

use crate::running::{Site, is_gone};

/// Every letter that waits is refused by the mail server for good.
async fn refuse_all(site: &Site) {
    let mut writing = site.store.write(Who::Job("mail")).await.unwrap();
    for letter in outbox::take(&mut writing, 99).await.unwrap() {
        let why = "the mail server answered 550".to_owned();
        outbox::tried(&mut writing, letter.id, Outcome::Never(why))
            .await
            .unwrap();
    }
    writing.commit().await.unwrap();
}

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

/// A backup, written down as the program does it.
async fn back_up(site: &Site) {
    let all = site.store.everything(&Who::Operator).unwrap();
    let (to, mut lines) = tokio::sync::mpsc::channel(1000);
    let manifest = backups::save(&all, "0.0.0-test", &to).await.unwrap();
    lines.close();
    let made = Made {
        name: "sameboat-of-a-test.age".to_owned(),
        bytes: 1,
        sha256: "00".to_owned(),
    };
    let mut writing = site.store.write(Who::Job("backups")).await.unwrap();
    backups::record(&mut writing, &made, &manifest).await.unwrap();
    writing.commit().await.unwrap();
}

#[both_engines]
async fn an_admin_is_told_how_old_the_newest_backup_is_and_when_it_is_too_old(db: TestDatabase) {
    let site = Site::new(db).await;
    let (alex, ines) = (
        site.browser("alex", Role::Admin, None).await,
        site.browser("ines", Role::Auditor, None).await,
    );
    let lacks = "There is no backup of the last day";
    let (home, running) = (alex.page("/staff").await, alex.page("/staff/running").await);
    assert!(home.contains(lacks), "{home}");
    assert!(
        running.contains(lacks) && running.contains("There is none"),
        "{running}"
    );
    assert!(!ines.page("/staff").await.contains(lacks), "she cannot mend it");
    back_up(&site).await;
    site.db.clock.forward(TimeDelta::minutes(10));
    let (home, running) = (alex.page("/staff").await, alex.page("/staff/running").await);
    for page in [&home, &running] {
        assert!(
            !page.contains(lacks) && page.contains("less than an hour old"),
            "{page}"
        );
    }
    site.db.clock.forward(TimeDelta::hours(26));
    let alex = site.sign_in("alex", alex.slug.clone()).await;
    let (home, running) = (alex.page("/staff").await, alex.page("/staff/running").await);
    assert!(home.contains(lacks) && home.contains("26 hours old"), "{home}");
    assert!(
        running.contains(lacks) && running.contains("sameboat backup"),
        "{running}"
    );
}

#[both_engines]
async fn an_admin_sees_what_did_not_go_out_and_tries_it_again_without_learning_to_whom(db: TestDatabase) {
    let site = Site::new(db).await;
    let admin = site.browser("alex", Role::Admin, None).await;
    let invite = "mail=new%40people.example&role=auditor&group=";
    assert_eq!(
        admin.post("/staff/invitations", invite).await.1,
        "/staff/invitations"
    );
    refuse_all(&site).await;
    let home = admin.page("/staff").await;
    assert!(
        home.contains("did not go out") && home.contains("href=\"/staff/running\""),
        "{home}"
    );
    let page = admin.page("/staff/running").await;
    assert!(
        page.contains("Given up") && page.contains("answered 550"),
        "{page}"
    );
    assert!(
        !page.contains("new@people.example") && !page.contains("/invitation/"),
        "{page}"
    );
    let retries: Vec<String> = page
        .split("action=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|act| act.ends_with("/retry"))
        .map(str::to_owned)
        .collect();
    assert!(!retries.is_empty());
    let auditor = site.browser("ines", Role::Auditor, None).await;
    assert!(
        !auditor.page("/staff/running").await.contains("/retry"),
        "an auditor looks"
    );
    for retry in retries {
        assert!(is_gone(&auditor.post(&retry, "").await));
        assert_eq!(admin.post(&retry, "").await.1, "/staff/running");
    }
    assert!(!admin.page("/staff/running").await.contains("Given up"));
}

#[both_engines]
async fn a_job_that_fails_is_told_on_the_admins_home_and_hurried_from_there(db: TestDatabase) {
    let site = Site::new(db).await;
    let mut writing = site.store.write(Who::Job("clockwork")).await.unwrap();
    jobs::plan(&mut writing, jobs::LETTERS, "", TimeDelta::hours(1))
        .await
        .unwrap();
    let job = jobs::take(&mut writing).await.unwrap().unwrap();
    jobs::ended(&mut writing, job, Err("connection refused".to_owned()))
        .await
        .unwrap();
    writing.commit().await.unwrap();
    let admin = site.browser("alex", Role::Admin, None).await;
    assert!(
        admin
            .page("/staff")
            .await
            .contains("Something that the program does by itself fails")
    );
    let page = admin.page("/staff/running").await;
    assert!(
        page.contains("Send letters") && page.contains("connection refused"),
        "{page}"
    );
    let run = page.split("action=\"/staff/running/jobs/").nth(1).unwrap();
    let run = format!("/staff/running/jobs/{}", run.split('"').next().unwrap());
    site.db.clock.forward(TimeDelta::seconds(1));
    assert_eq!(
        admin.post(&run, "").await,
        (StatusCode::SEE_OTHER, "/staff/running".into())
    );
    let mut writing = site.store.write(Who::Job("clockwork")).await.unwrap();
    assert!(jobs::take(&mut writing).await.unwrap().is_some());
}
