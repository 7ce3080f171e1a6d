//! A person and a leader side by side, as their browsers ask: from "Ask to join" to a place, without an account, without scripts.
#![expect(clippy::too_many_lines, reason = "the whole way, step by step")]

use crate::common::browser::{Browser, signed_in};
use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::groups::Slug;
use domain::people::Role;
use testing::people::{by_link, by_two, invent, letters, mail, slug_of};
use testing::{TestDatabase, both_engines};

const SITE: &str = "https://groups.example.org";

fn group() -> Slug {
    Slug::from_bits(2)
}

/// What stands behind the first of these in a page, up to a quote.
fn after<'a>(page: &'a str, mark: &str) -> &'a str {
    let at = page
        .find(mark)
        .unwrap_or_else(|| panic!("{mark} is not in {page}"));
    page[at + mark.len()..].split('"').next().unwrap()
}

/// A letter with a first line, a link, and nothing of what it is about.
fn letter(first: &str, path: &str, more: &str) -> String {
    format!(
        "{first}\n\n{SITE}{path}\n\n{more}\n\nYou need not answer this letter; nobody reads what is sent back to it.\n\nLakeshore\nIf you or someone else is in danger now: {SITE}/help-now\n"
    )
}

#[both_engines]
async fn both_sides_meet_decide_and_sign(db: TestDatabase) {
    let mut jordan = crate::common::browser::browser(&db).await;
    let store = db.store().await;
    let slug = group();
    invent(&store, "dana", &[(Role::Leader, Some(&slug))]).await;
    let token = by_two(&store, &db.clock, &mail("dana")).await;
    let mut dana = signed_in(&db, &token).await;

    // The page of the group leads to asking; nothing is asked before the link in the letter is opened.
    let (_, page) = jordan.get(&format!("/groups/{slug}")).await;
    let asking = format!("/groups/{slug}/joining");
    assert!(page.contains(&format!("href=\"{asking}\"")));
    let form = "handle=Jordan&mail=jordan%40people.example&age=adult";
    let (status, to) = jordan.post(&asking, form).await;
    assert_eq!(
        (status, to),
        (StatusCode::SEE_OTHER, format!("{asking}?sent=yes"))
    );
    let (_, board) = dana.get("/staff/applicants").await;
    assert!(board.contains("Nobody here"));
    let written = letters(&store).await;
    let sent = written
        .iter()
        .find(|one| one.mail == "jordan@people.example")
        .unwrap();
    let link = sent.body.split(SITE).nth(1).unwrap().split('\n').next().unwrap();
    let link = link.to_owned();
    assert_eq!(
        sent.body,
        letter(
            "You left a note with us. This link goes on from there:",
            &link,
            "It is for you alone, works once and for 3 days. If you did not expect it, do nothing: it ends by itself.",
        )
    );
    let (status, page) = jordan.get(&link).await;
    assert!(status == StatusCode::OK && page.contains("When grief does not move"));
    let (status, mine) = jordan.post(&link, "").await;
    assert!(
        status == StatusCode::SEE_OTHER && mine.starts_with("/me/joining/"),
        "{mine}"
    );
    assert_eq!(jordan.get(&link).await.0, StatusCode::NOT_FOUND);
    let theirs = mine.replace("/me/joining/", "/staff/applicants/");

    // An answer about danger has help first; the leader is told, and reads it before all else.
    let (status, page) = jordan
        .post(
            &format!("{mine}/answers"),
            "safety=thoughts&q-now=My+brother+died",
        )
        .await;
    assert!(status == StatusCode::OK && page.contains("First, please look at this") && page.contains("988"));
    let told = letters(&store).await;
    let told: Vec<_> = told
        .iter()
        .filter(|one| one.mail == "dana@people.example" && one.subject != "A link")
        .collect();
    let looks = letter(
        "Something waits for you to look at it. It is here:",
        &theirs,
        "It may be that someone waits for an answer.",
    );
    assert!(told.iter().all(|one| one.subject == "A message for you"));
    assert_eq!(
        told.iter().filter(|one| one.body == looks).count(),
        2,
        "asked, and in danger"
    );
    let (_, page) = dana.get(&theirs).await;
    let (risk, words) = (
        page.find("First: an answer about safety").unwrap(),
        page.find("My brother died").unwrap(),
    );
    assert!(risk < words);
    assert_eq!(
        dana.post(&format!("{theirs}/risk"), "").await.0,
        StatusCode::SEE_OTHER
    );

    // A time is opened and picked.
    let times = format!("/staff/groups/{slug}/joining/times");
    let open = "day=2026-12-01&time=15%3A00&minutes=30&how=video";
    assert_eq!(dana.post(&times, open).await.0, StatusCode::SEE_OTHER);
    let (_, page) = jordan.get(&mine).await;
    let time = after(&page, "name=\"time\" value=\"").to_owned();
    assert_eq!(
        jordan
            .post(&format!("{mine}/talk"), &format!("time={time}"))
            .await
            .0,
        StatusCode::SEE_OTHER
    );
    assert!(jordan.get(&mine).await.1.contains("Dec 1, 3 pm"));

    // No offer before all points were spoken about.
    let offer = "choice=offer&until=2026-12-20&letter=Dear+Jordan";
    let (status, page) = dana.post(&format!("{theirs}/decision"), offer).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("There was no talk yet"));
    let half = "point=readiness&point=attendance&notes=Warm";
    dana.post(&format!("{theirs}/talk"), half).await;
    let (status, page) = dana.post(&format!("{theirs}/decision"), offer).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("2 points of the talk are open"));
    // A no without an option is none.
    let (status, page) = dana
        .post(&format!("{theirs}/decision"), "choice=not-now&letter=Dear")
        .await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("needs an option"));
    let all = "point=expectations&point=confidentiality&notes=Warm";
    dana.post(&format!("{theirs}/talk"), all).await;
    assert_eq!(
        dana.post(&format!("{theirs}/decision"), offer).await.0,
        StatusCode::SEE_OTHER
    );

    // The person reads, says yes and signs.
    let news = letter(
        "There is something for you to read. It is here:",
        &mine,
        "You sign in with this address, or with your password. Nobody else can read it.",
    );
    let written = letters(&store).await;
    assert!(
        written
            .iter()
            .any(|one| one.mail == "jordan@people.example" && one.body == news)
    );
    let (status, page) = jordan.post(&format!("{mine}/acceptance"), "").await;
    assert!(status == StatusCode::CONFLICT && page.contains("was not read yet"));
    assert!(
        jordan
            .get(&format!("{mine}/rules"))
            .await
            .1
            .contains("not bound by law")
    );
    jordan.post(&format!("{mine}/reading"), "").await;
    assert!(jordan.get(&mine).await.1.contains("Dear Jordan"));
    assert_eq!(
        jordan.post(&format!("{mine}/acceptance"), "").await.0,
        StatusCode::SEE_OTHER
    );
    let agreements = format!("/me/agreements/{slug}");
    for _ in 0..4 {
        let (_, page) = jordan.get(&agreements).await;
        let kind = after(&page, &format!("action=\"{agreements}/"))
            .split('/')
            .next()
            .unwrap()
            .to_owned();
        let hash = after(&page, "name=\"hash\" value=\"").to_owned();
        let form = format!("hash={hash}&name=Jordan+Ellis");
        let signed = jordan
            .post(&format!("{agreements}/{kind}/signature"), &form)
            .await;
        assert_eq!(signed.0, StatusCode::SEE_OTHER, "{kind}");
    }
    let (_, page) = jordan.get(&agreements).await;
    assert!(page.contains("You have signed everything.") && page.contains("Signed as Jordan Ellis"));
    assert!(jordan.get(&mine).await.1.contains("You are in."));
    let (_, members) = dana.get(&format!("/staff/groups/{slug}/members")).await;
    assert!(members.contains("Jordan") && members.contains("1 came by asking"));
}

/// Someone who coordinates, in a browser of theirs.
async fn coordinates(db: &TestDatabase) -> Browser {
    let store = db.store().await;
    invent(&store, "cleo", &[(Role::Coordinator, None)]).await;
    let token = by_two(&store, &db.clock, &mail("cleo")).await;
    signed_in(db, &token).await
}

fn sheet(lines: &str) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .append_pair("sheet", &format!("mail,name,since,screened_by,age\n{lines}"))
        .finish()
}

/// Brings Ada in, who was in the group already.
async fn bring_ada_in(cleo: &mut Browser) {
    let ada = "name=Ada&mail=ada%40people.example&since=2026-03-09&screened_by=Dr.+Ames";
    let (status, _) = cleo
        .post(&format!("/staff/groups/{}/members", group()), ada)
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
}

#[both_engines]
async fn a_sheet_brings_people_in_and_says_what_became_of_each_line(db: TestDatabase) {
    let mut cleo = coordinates(&db).await;
    let form = sheet(
        "ada@people.example,Ada,2026-03-09,\"Dr. Ames, Lakeside\",\n\
         no address,Ben,2026-03-09,Dr. Ames,\n\
         ada@people.example,Ada,2026-03-09,Dr. Ames,\n\
         eve@people.example,Eve,2027-01-01,Dr. Ames,\n\
         kim@people.example,Kim,2026-05-04,Dr. Ames,minor\n",
    );
    let members = format!("/staff/groups/{}/members", group());
    let (status, page) = cleo.post(&format!("{members}/sheet"), &form).await;
    assert_eq!(status, StatusCode::OK);
    for said in [
        "2 of 5 were brought in",
        "This person is in the group already.",
        "is yet to come",
        "2 were brought in.",
        "screened elsewhere by Dr. Ames, Lakeside",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[both_engines]
async fn of_a_sheet_that_is_too_long_nobody_comes_in_and_it_comes_back_whole(db: TestDatabase) {
    let mut cleo = coordinates(&db).await;
    let members = format!("/staff/groups/{}/members", group());
    let line = |number| format!("p{number}@people.example,P{number},2026-03-09,Dr. Ames,\n");
    let lines: Vec<String> = (1..=201).map(line).collect();
    let form = sheet(&lines.concat());
    let (status, page) = cleo.post(&format!("{members}/sheet"), &form).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Nobody was brought in. The sheet has 201 lines, and at most 200"));
    assert!(page.contains("p1@people.example,P1,") && page.contains("p201@people.example,P201,"));
    let (_, page) = cleo.get(&members).await;
    assert!(page.contains("0 were brought in."));
}

#[both_engines]
async fn who_was_brought_in_is_asked_for_signatures_on_their_page_and_counted_apart_everywhere(
    db: TestDatabase,
) {
    let mut cleo = coordinates(&db).await;
    let group = group();
    let counted = [
        (format!("/staff/groups/{group}"), "1, 1 of them brought in"),
        (
            format!("/staff/groups/{group}/people"),
            "One of them was brought in; they talked and said yes elsewhere.",
        ),
    ];
    for (path, said) in &counted {
        assert!(!cleo.get(path).await.1.contains(said), "{path}");
    }
    bring_ada_in(&mut cleo).await;
    for (path, said) in &counted {
        assert!(cleo.get(path).await.1.contains(said), "{path}");
    }
    let (_, board) = cleo.get("/staff/applicants").await;
    assert!(board.contains("0 became members") && board.contains("Who was brought in is not among them."));
    let (_, people) = cleo.get(&format!("/staff/groups/{group}/people")).await;
    assert!(people.contains("by asking on its page") && !people.contains("not there yet"));

    let owed = "texts for you to read and sign.";
    assert!(!cleo.get("/me").await.1.contains(owed));
    let token = by_link(&db.store().await, &mail("ada")).await;
    let mut ada = signed_in(&db, &token).await;
    for path in ["/me", "/me/joining"] {
        let (_, page) = ada.get(path).await;
        assert!(
            page.contains(owed) && page.contains(&format!("href=\"/me/agreements/{group}\"")),
            "{path}"
        );
    }
}

#[both_engines]
async fn in_the_evening_today_is_the_day_where_the_group_meets(db: TestDatabase) {
    // 9 pm in Ohio; in Greenwich it is tomorrow.
    db.clock.forward(TimeDelta::hours(11));
    let mut cleo = coordinates(&db).await;
    bring_ada_in(&mut cleo).await;
    let ada = slug_of(&db.store().await, &mail("ada")).await;
    let changes = format!("/staff/groups/{}/members/{ada}/changes", group());
    let (status, page) = cleo.post(&changes, "act=announce&goodbye=2026-11-23").await;
    assert!(status == StatusCode::CONFLICT && page.contains("Choose today or a later one."));
    assert!(page.contains("Back to the group") && !page.contains("Back to where I stand"));
    let (status, _) = cleo.post(&changes, "act=announce&goodbye=2026-11-24").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
}
