//! "Something wrong here?": said without an account, seen by who looks after the page, and by nobody else.

use crate::common::browser::{Browser, browser, signed_in};
use axum::http::StatusCode;
use domain::groups::Slug;
use domain::people::Role;
use testing::people::{by_two, invent, mail};
use testing::{TestDatabase, both_engines};

async fn as_one(db: &TestDatabase, name: &str, role: Role, group: Option<u64>) -> Browser {
    let store = db.store().await;
    let group = group.map(Slug::from_bits);
    invent(&store, name, &[(role, group.as_ref())]).await;
    signed_in(db, &by_two(&store, &db.clock, &mail(name)).await).await
}

#[both_engines]
async fn what_is_wrong_is_said_without_an_account_and_taken_off_the_list_or_back(db: TestDatabase) {
    let mut visitor = browser(&db).await;
    let grief = format!("/groups/{}", Slug::from_bits(1));
    let form = format!("{grief}/report");
    assert!(visitor.get(&grief).await.1.contains(&format!("href=\"{form}\"")));
    let (status, page) = visitor.post(&form, "reason=nonsense").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("Choose what is wrong"));
    for _ in 0..3 {
        assert_eq!(
            visitor.post(&form, "reason=time").await.1,
            format!("{form}?said=time")
        );
    }
    let (_, page) = visitor.get(&format!("{form}?said=time")).await;
    assert!(page.contains("Thank you") && page.contains("Lakeshore"), "{page}");

    let mut joan = as_one(&db, "joan", Role::Facilitator, Some(1)).await;
    let (_, page) = joan.get("/staff/reports").await;
    assert!(
        page.contains("The day or the time") && page.contains("Said 3 times"),
        "{page}"
    );
    let mut other = as_one(&db, "dana", Role::Leader, Some(2)).await;
    assert!(
        !other
            .get("/staff/reports")
            .await
            .1
            .contains("The day or the time")
    );
    let act = page.split("action=\"/staff/reports/").nth(1).unwrap();
    let act = format!("/staff/reports/{}", act.split('"').next().unwrap());
    assert_eq!(
        other.post(&act, "outcome=mended").await.0,
        StatusCode::NOT_FOUND,
        "not hers"
    );
    let (_, to) = joan.post(&act, "outcome=mended").await;
    assert!(to.starts_with("/staff/reports?resolved="), "{to}");
    let (_, page) = joan.get(&to).await;
    assert!(!page.contains("The day or the time"), "{page}");
    let undo = page
        .split("action=\"/staff/reports/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    assert_eq!(
        joan.post(&format!("/staff/reports/{undo}"), "").await.1,
        "/staff/reports"
    );
    assert!(joan.get("/staff/reports").await.1.contains("Said 3 times"));
}

#[both_engines]
async fn what_may_be_about_danger_shows_help_and_is_not_told_to_who_holds_the_group(db: TestDatabase) {
    let mut visitor = browser(&db).await;
    let form = format!("/groups/{}/report", Slug::from_bits(1));
    let (_, to) = visitor.post(&form, "reason=unsafe").await;
    let (_, page) = visitor.get(&to).await;
    assert!(page.contains("help-cards") && page.contains("tel:"), "{page}");
    let mut joan = as_one(&db, "joan", Role::Facilitator, Some(1)).await;
    assert!(!joan.get("/staff/reports").await.1.contains("hurt or frightened"));
    let mut noor = as_one(&db, "noor", Role::Coordinator, None).await;
    visitor.post(&form, "reason=time").await;
    let (_, page) = noor.get("/staff/reports").await;
    let (danger, time) = (
        page.find("hurt or frightened").unwrap(),
        page.find("The day or").unwrap(),
    );
    assert!(danger < time, "it stands first");
}
