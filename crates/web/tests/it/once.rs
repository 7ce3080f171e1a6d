//! A form that is sent twice is one act, and while nothing can be written, pages go on (SECURITY T12, T15).

use std::sync::atomic::{AtomicU32, Ordering};

use crate::common::browser::{Browser, browser, signed_in};
use crate::common::{content, settings, site};
use axum::http::{Request, StatusCode};
use chrono::TimeDelta;
use domain::groups::Slug;
use domain::people::Role;
use store::reports;
use testing::database::{Engine, run};
use testing::people::{by_two, invent, mail, who};
use testing::{TestDatabase, both_engines};
use web::{App, app};

fn form() -> String {
    format!("/groups/{}/report", Slug::from_bits(1))
}

/// How often it was said that the time is wrong, as a coordinator reads it.
async fn said(db: &TestDatabase) -> u32 {
    static ASKED: AtomicU32 = AtomicU32::new(0);
    let store = db.store().await;
    let name = format!("noor-{}", ASKED.fetch_add(1, Ordering::Relaxed));
    invent(&store, &name, &[(Role::Coordinator, None)]).await;
    let noor = who(&store, &by_two(&store, &db.clock, &mail(&name)).await).await;
    let mut reading = store.read(noor).await.unwrap();
    let open = reports::open(&mut reading).await.unwrap();
    open.iter().map(|report| report.times).sum()
}

/// The number in the form of a page.
fn number(page: &str) -> String {
    let field = page.split("name=\"once\" value=\"").nth(1).unwrap();
    field.split('"').next().unwrap().to_owned()
}

#[both_engines]
async fn the_same_form_twice_is_one_act_and_the_same_answer(db: TestDatabase) {
    let mut visitor = browser(&db).await;
    let (_, page) = visitor.get(&form()).await;
    let once = number(&page);
    let first = visitor.post(&form(), &format!("reason=time&once={once}")).await;
    assert_eq!(first.0, StatusCode::SEE_OTHER);
    assert_eq!(
        visitor.post(&form(), &format!("reason=time&once={once}")).await,
        first
    );
    assert_eq!(said(&db).await, 1);
    // Something else on the same page, or the same on a new one, is another act.
    let other = format!("reason=time&words=At+seven.&once={once}");
    assert_eq!(visitor.post(&form(), &other).await.0, StatusCode::SEE_OTHER);
    let (_, page) = visitor.get(&form()).await;
    let anew = format!("reason=time&once={}", number(&page));
    assert_eq!(visitor.post(&form(), &anew).await.0, StatusCode::SEE_OTHER);
    assert_eq!(said(&db).await, 3);
    // Without a number each is an act of its own.
    for _ in 0..2 {
        assert_eq!(
            visitor.post(&form(), "reason=time").await.0,
            StatusCode::SEE_OTHER
        );
    }
    assert_eq!(said(&db).await, 5);
}

#[both_engines]
async fn a_program_names_its_act_in_a_header(db: TestDatabase) {
    let mut program = browser(&db).await;
    for _ in 0..2 {
        let request = Request::post(form())
            .header("origin", "https://groups.example.org")
            .header("idempotency-key", "7");
        let (status, ..) = program.send(request, "reason=time").await;
        assert_eq!(status, StatusCode::SEE_OTHER);
    }
    assert_eq!(said(&db).await, 1);
}

#[both_engines]
async fn a_form_that_comes_again_to_another_process_is_done_once(db: TestDatabase) {
    let (mut one, mut other) = (browser(&db).await, browser(&db).await);
    let sent = "reason=time&once=1234";
    assert_eq!(one.post(&form(), sent).await.0, StatusCode::SEE_OTHER);
    let (status, page) = other.post(&form(), sent).await;
    assert!(
        status == StatusCode::OK && page.contains("This is done already"),
        "{page}"
    );
    // The answer is kept for a moment only; that it was done is kept.
    db.clock.forward(TimeDelta::minutes(2));
    let (status, page) = one.post(&form(), sent).await;
    assert!(
        status == StatusCode::OK && page.contains("This is done already"),
        "{page}"
    );
    assert_eq!(said(&db).await, 1);
}

#[both_engines]
async fn of_many_at_the_same_moment_one_acts(db: TestDatabase) {
    let routers = [browser(&db).await.router, browser(&db).await.router];
    let mut all = tokio::task::JoinSet::new();
    for n in 0..12 {
        let router = routers[n % 2].clone();
        all.spawn(async move {
            let mut browser = Browser { router, cookie: None };
            browser.post(&form(), "reason=time&once=at-once").await.0
        });
    }
    for status in all.join_all().await {
        assert!(
            matches!(status, StatusCode::SEE_OTHER | StatusCode::OK),
            "{status}"
        );
    }
    assert_eq!(said(&db).await, 1);
}

#[both_engines]
async fn what_was_not_done_may_be_sent_again_and_numbers_are_of_one_person(db: TestDatabase) {
    let store = db.store().await;
    invent(&store, "river", &[(Role::Coordinator, None)]).await;
    invent(&store, "joan", &[(Role::Coordinator, None)]).await;
    let mut river = signed_in(&db, &by_two(&store, &db.clock, &mail("river")).await).await;
    let mut joan = signed_in(&db, &by_two(&store, &db.clock, &mail("joan")).await).await;
    let (status, page) = river.post("/me/name", "handle=&once=5").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    // Under the same number, and then once more: that is no second change.
    assert_ne!(
        number(&page),
        "5",
        "a form that is shown again has a number of its own"
    );
    for browser in [&mut river, &mut joan] {
        assert_eq!(
            browser.post("/me/name", "handle=Harbor&once=5").await.0,
            StatusCode::SEE_OTHER
        );
        assert!(browser.get("/me/name").await.1.contains("Harbor"));
    }
}

/// On PostgreSQL the server's disk is its own affair.
#[test]
fn while_there_is_no_room_pages_go_on_and_changes_wait() {
    run(Engine::Sqlite, |db: TestDatabase| async move {
        let store = db.store().await;
        let behind = App::new(store.clone(), db.clock.clone(), settings(false), content());
        let _ = site(&db, settings(false)).await;
        invent(&store, "river", &[(Role::Coordinator, None)]).await;
        let token = by_two(&store, &db.clock, &mail("river")).await;
        let mut river = Browser {
            router: app(behind.await.unwrap()),
            cookie: Some(format!("__Host-s={token}")),
        };
        // Long enough ago that the session would be marked as in use.
        db.clock.forward(TimeDelta::minutes(10));
        store.keep_free(u64::MAX);
        for path in [
            "/",
            "/groups",
            "/staff/groups",
            "/me/name",
            "/feeds/meetings.json",
        ] {
            assert_eq!(river.get(path).await.0, StatusCode::OK, "{path}");
        }
        let acts = [
            (form(), "reason=time&once=1"),
            ("/me/name".to_owned(), "handle=Harbor&once=2"),
        ];
        for (path, sent) in &acts {
            let (status, page) = river.post(path, sent).await;
            assert_eq!(status, StatusCode::INSUFFICIENT_STORAGE, "{path}");
            assert!(page.contains("Nothing can be saved right now"), "{page}");
        }
        store.keep_free(0);
        assert_eq!(said(&db).await, 0);
        for (path, sent) in &acts {
            assert_eq!(river.post(path, sent).await.0, StatusCode::SEE_OTHER, "{path}");
        }
        assert_eq!(said(&db).await, 1);
    });
}
