//! Taking one's own data away, deleting oneself, how long things are kept, and holds: by the pages.

use crate::common::browser::{Browser, signed_in};
use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::groups::Slug;
use domain::people::Role;
use testing::people::{by_link, by_two, invent, mail};
use testing::{TestDatabase, both_engines};

const OK: StatusCode = StatusCode::OK;
const SEE_OTHER: StatusCode = StatusCode::SEE_OTHER;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

fn here() -> Slug {
    Slug::from_bits(1)
}

/// Two groups, and people in them whose names nobody else has.
async fn house(db: &TestDatabase) -> store::Store {
    let store = db.store().await;
    let _ = crate::common::site(db, crate::common::settings(false)).await;
    for (name, role, group) in [
        ("zqalex", Role::Admin, None),
        ("zqnoor", Role::Coordinator, None),
        ("zqdana", Role::Leader, Some(here())),
        ("zqheron", Role::Member, Some(here())),
        ("river", Role::Member, Some(here())),
    ] {
        invent(&store, name, &[(role, group.as_ref())]).await;
    }
    store
}

async fn two(db: &TestDatabase, store: &store::Store, name: &str) -> Browser {
    signed_in(db, &by_two(store, &db.clock, &mail(name)).await).await
}

/// Where a choice of the page leads that says this.
fn option(page: &str, said: &str) -> String {
    let option = page
        .split("<option value=\"")
        .find(|option| option.contains(said))
        .unwrap();
    option.split('"').next().unwrap().replace(':', "%3A")
}

#[both_engines]
async fn one_takes_away_all_of_ones_own_and_nothing_of_others(db: TestDatabase) {
    let store = house(&db).await;
    let mut river = signed_in(&db, &by_link(&store, &mail("river")).await).await;
    let (status, page) = river.get("/me").await;
    assert!(status == OK && page.contains("href=\"/me/data\"") && page.contains("href=\"/me/deletion\""));
    assert_eq!(river.get("/me/data").await.0, OK);
    let (status, text) = river.get("/me/data.json").await;
    assert_eq!(status, OK);
    let data: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(data["account"]["mail"], "river@people.example");
    assert_eq!(data["roles"][0]["role"], "member");
    assert!(!text.contains("zq"), "{text}");
    // So many a day, and only who has just shown who they are.
    for _ in 1..10 {
        assert_eq!(river.get("/me/data.json").await.0, OK);
    }
    let (status, _) = river.get("/me/data.json").await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    db.clock.forward(TimeDelta::minutes(6));
    let (status, to) = river.get("/me/data.json").await;
    assert_eq!(status, SEE_OTHER);
    assert!(to.starts_with("/sign-in/again?"), "{to}");
}

#[both_engines]
async fn one_deletes_oneself_after_saying_so_and_is_nobody_then(db: TestDatabase) {
    let store = house(&db).await;
    let mut river = signed_in(&db, &by_link(&store, &mail("river")).await).await;
    let (status, page) = river.get("/me/deletion").await;
    assert_eq!(status, OK);
    for said in ["What goes", "What stays", "Copies made before", "/me/data"] {
        assert!(page.contains(said), "{said}");
    }
    let (status, page) = river.post("/me/deletion", "").await;
    assert!(
        status == WRONG && page.contains("Say that you have read this"),
        "{page}"
    );
    assert_eq!(river.get("/me").await.0, OK);
    let (status, page) = river.post("/me/deletion", "agreed=yes").await;
    assert!(status == OK && page.contains("Your account is deleted"), "{page}");
    assert_eq!(river.cookie.as_deref(), Some("__Host-s="));
    assert_eq!(river.get("/me").await.0, SEE_OTHER);
    // Neither their leader nor the coordinator sees them any more.
    let mut dana = two(&db, &store, "zqdana").await;
    let (_, roster) = dana.get(&format!("/staff/groups/{}/people", here())).await;
    assert!(
        roster.contains("zqheron") && !roster.contains("river"),
        "{roster}"
    );
    let mut noor = two(&db, &store, "zqnoor").await;
    let (_, holds) = noor.get("/staff/holds").await;
    assert!(holds.contains("zqheron") && !holds.contains("river"), "{holds}");
    // The last admin is needed, and is told so.
    let mut alex = two(&db, &store, "zqalex").await;
    let (status, page) = alex.post("/me/deletion", "agreed=yes").await;
    assert!(status == WRONG && page.contains("last admin"), "{page}");
    db.clock.forward(TimeDelta::minutes(6));
    let (status, to) = alex.get("/me/deletion").await;
    assert!(status == SEE_OTHER && to.starts_with("/sign-in/again?"), "{to}");
}

#[both_engines]
async fn an_admin_sets_days_and_sees_what_would_go(db: TestDatabase) {
    let store = house(&db).await;
    let mut alex = two(&db, &store, "zqalex").await;
    let path = "/staff/running/retention";
    let (status, page) = alex.get(path).await;
    assert!(status == OK && page.contains("name=\"days-ex-members\"") && page.contains("value=\"365\""));
    let kinds = domain::retention::Kept::ALL.len();
    assert_eq!(page.matches("Nothing would go tonight").count(), kinds, "{page}");
    let form = |ex_members: &str| {
        let kept = domain::retention::Kept::ALL;
        let days = kept.map(|kept| {
            let days = match kept {
                domain::retention::Kept::ExMembers => ex_members.to_owned(),
                other => other.rule().days.to_string(),
            };
            format!("days-{}={days}", kept.name())
        });
        days.join("&")
    };
    let (status, page) = alex.post(path, &form("3")).await;
    assert!(status == WRONG && page.contains("between 30 and 3660"), "{page}");
    let (status, to) = alex.post(path, &form("400")).await;
    assert_eq!((status, to.as_str()), (SEE_OTHER, path));
    let (_, page) = alex.get(path).await;
    assert!(page.contains("value=\"400\""), "{page}");
    let (_, running) = alex.get("/staff/running").await;
    assert!(running.contains(path), "{running}");
}

#[both_engines]
async fn a_hold_keeps_a_person_who_asks_to_go_until_it_is_ended(db: TestDatabase) {
    let store = house(&db).await;
    let mut noor = two(&db, &store, "zqnoor").await;
    let (_, page) = noor.get("/staff/holds").await;
    assert!(page.contains("Nothing is held"), "{page}");
    let river = option(&page, "river");
    let (status, page) = noor.post("/staff/holds", "on=&reason=Because").await;
    assert!(
        status == WRONG && page.contains("Choose a group or a person"),
        "{page}"
    );
    let form = format!("on={river}&reason=A+dispute+is+open");
    assert_eq!(noor.post("/staff/holds", &form).await.0, SEE_OTHER);
    let (_, page) = noor.get("/staff/holds").await;
    assert!(page.contains("A dispute is open"), "{page}");
    // An admin learns nothing of members, and holds none.
    let mut alex = two(&db, &store, "zqalex").await;
    let (_, theirs) = alex.get("/staff/holds").await;
    assert!(!theirs.contains("river") && !theirs.contains("dispute") && theirs.contains("zqdana"));
    assert_eq!(alex.post("/staff/holds", &form).await.0, StatusCode::NOT_FOUND);
    let mut own = signed_in(&db, &by_link(&store, &mail("river")).await).await;
    let (status, said) = own.post("/me/deletion", "agreed=yes").await;
    assert!(status == WRONG && said.contains("there is a hold"), "{said}");
    assert!(!said.contains("dispute"));
    let at = page.find("/staff/holds/").unwrap();
    let end = page[at..].split('"').next().unwrap();
    assert_eq!(alex.post(end, "on=person").await.0, StatusCode::NOT_FOUND);
    assert_eq!(noor.post(end, "on=person").await.0, SEE_OTHER);
    let (status, _) = own.post("/me/deletion", "agreed=yes&again=1").await;
    assert_eq!(status, OK);
}
