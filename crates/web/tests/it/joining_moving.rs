//! Who waits for any group that fits goes on in another one: who decides in both takes them on, and who leads that group talks with them before
//! there is a place.

use crate::common::browser::{Browser, browser, signed_in};
use crate::common::therapy;
use axum::http::StatusCode;
use domain::groups::{Draft, Listing, Slug};
use domain::people::Role;
use store::{Store, Who, listings};
use testing::people::{by_link, by_two, invent, letters, mail};
use testing::{TestDatabase, both_engines};

const ALL_POINTS: &str = "point=readiness&point=expectations&point=attendance&point=confidentiality";
const LETTER: &str = "moving-letter=Dear+jordan,+come+to+the+morning+group.";

fn here() -> Slug {
    Slug::from_bits(2)
}

fn there() -> Slug {
    Slug::from_bits(3)
}

/// Somebody who was talked with and waits for any group; where they stand, as they see it.
async fn waits_for_any(db: &TestDatabase, jordan: &mut Browser, dana: &mut Browser) -> String {
    let store = db.store().await;
    invent(&store, "jordan", &[]).await;
    jordan.cookie = Some(format!("__Host-s={}", by_link(&store, &mail("jordan")).await));
    let (_, mine) = jordan
        .post(&format!("/groups/{}/joining", here()), "age=adult")
        .await;
    let answers = "safety=unsaid&q-now=My+brother+died";
    jordan.post(&format!("{mine}/answers"), answers).await;
    let theirs = mine.replace("/me/joining/", "/staff/applicants/");
    dana.post(
        &format!("{theirs}/talk"),
        &format!("{ALL_POINTS}&notes=Warm+and+open"),
    )
    .await;
    let wait = "choice=waiting&any=yes&way=look-around&letter=Dear+jordan";
    assert_eq!(
        dana.post(&format!("{theirs}/decision"), wait).await.0,
        StatusCode::SEE_OTHER
    );
    mine
}

async fn publish_another(store: &Store) {
    let other = Draft {
        title: crate::common::line("Grief in the morning"),
        ..therapy()
    };
    let mut writing = store.write(Who::Operator).await.unwrap();
    listings::publish(&mut writing, &there(), &Listing::check(other).unwrap())
        .await
        .unwrap();
    writing.commit().await.unwrap();
}

#[both_engines]
async fn who_decides_in_both_groups_takes_them_on_and_its_leader_talks_with_them_first(db: TestDatabase) {
    let store = db.store().await;
    // The first group is there by now.
    browser(&db).await;
    publish_another(&store).await;
    let (here, there) = (here(), there());
    for (name, role) in [
        ("dana", (Role::Leader, Some(&here))),
        ("erin", (Role::Leader, Some(&there))),
        ("cleo", (Role::Coordinator, None)),
    ] {
        invent(&store, name, &[role]).await;
    }
    let mut jordan = browser(&db).await;
    let mut dana = signed_in(&db, &by_two(&store, &db.clock, &mail("dana")).await).await;
    let mut erin = signed_in(&db, &by_two(&store, &db.clock, &mail("erin")).await).await;
    let mut cleo = signed_in(&db, &by_two(&store, &db.clock, &mail("cleo")).await).await;
    let mine = waits_for_any(&db, &mut jordan, &mut dana).await;
    let theirs = mine.replace("/me/joining/", "/staff/applicants/");
    let (form, to) = (format!("{theirs}/move"), format!("to={there}&{LETTER}"));

    // Who decides in one of the two groups only is offered none, and can take nobody on.
    let (_, page) = dana.get(&theirs).await;
    assert!(
        page.contains("No other group fits in which you decide as well."),
        "{page}"
    );
    assert_eq!(dana.post(&form, &to).await.0, StatusCode::NOT_FOUND);
    assert_eq!(erin.post(&form, &to).await.0, StatusCode::NOT_FOUND);

    let (_, page) = cleo.get(&theirs).await;
    let choice = format!("name=\"to\" value=\"{there}\"");
    assert!(
        page.contains(&choice) && page.contains("also about grief"),
        "{page}"
    );
    for (missing, said) in [
        (LETTER.to_owned(), "Choose the group to which they go on."),
        (format!("to={there}"), "Write a few words to the person."),
        (format!("to={}&{LETTER}", Slug::from_bits(1)), "listed no more"),
    ] {
        let (status, page) = cleo.post(&form, &missing).await;
        assert!(
            status == StatusCode::UNPROCESSABLE_ENTITY && page.contains(said),
            "{said}: {page}"
        );
    }
    let (status, on) = cleo.post(&form, &to).await;
    assert!(
        status == StatusCode::SEE_OTHER && on.starts_with("/staff/applicants/") && on != theirs,
        "{on}"
    );
    let (status, page) = cleo.post(&form, &to).await;
    assert!(status == StatusCode::CONFLICT, "once: {page}");

    // The person is told, on both pages.
    let goes_on = on.replace("/staff/applicants/", "/me/joining/");
    let written = letters(&store).await;
    let told = |who: &str, path: &str| {
        let to = format!("{who}@people.example");
        written
            .iter()
            .any(|one| one.mail == to && one.body.contains(path))
    };
    assert!(told("jordan", &goes_on) && told("erin", &on));
    let (_, page) = jordan.get(&mine).await;
    assert!(
        page.contains("Your request goes on in another one") && page.contains("Grief in the morning"),
        "{page}"
    );
    let (_, page) = jordan.get(&goes_on).await;
    assert!(page.contains("come to the morning group."), "{page}");

    // What was said stays with whom it was said to; who leads the other group talks with them, and then offers a place.
    assert_eq!(dana.get(&on).await.0, StatusCode::NOT_FOUND);
    let (status, page) = erin.get(&on).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        !page.contains("My brother died") && !page.contains("Warm and open"),
        "{page}"
    );
    assert!(dana.get(&theirs).await.1.contains("My brother died"));
    let offer = "choice=offer&until=2026-12-20&letter=Dear+jordan";
    let (status, page) = erin.post(&format!("{on}/decision"), offer).await;
    assert!(
        status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("There was no talk yet"),
        "{page}"
    );
    erin.post(&format!("{on}/talk"), ALL_POINTS).await;
    assert_eq!(
        erin.post(&format!("{on}/decision"), offer).await.0,
        StatusCode::SEE_OTHER
    );
    assert!(
        jordan
            .get(&goes_on)
            .await
            .1
            .contains("A place is kept for you until")
    );
}
