//! A session as browsers without scripts see it: who leads the group and two members side by side, from "I can't come" to the certificate; and
//! what helped those who come to a support group.
#![expect(clippy::too_many_lines, reason = "the whole way, step by step")]

use crate::common::browser::{Browser, browser, hidden, signed_in};
use axum::http::{Request, StatusCode};
use chrono::{DateTime, Utc};
use domain::clock::Clock as _;
use domain::groups::Slug;
use domain::people::Role;
use store::Store;
use testing::people::{by_link, by_two, invent, letters, mail};
use testing::{TestDatabase, both_engines};

fn to(db: &TestDatabase, at: &str) {
    let at: DateTime<Utc> = at.parse().unwrap();
    db.clock.forward(at - db.clock.now());
}

async fn one(db: &TestDatabase, store: &Store, name: &str) -> Browser {
    signed_in(db, &by_link(store, &mail(name)).await).await
}

async fn two(db: &TestDatabase, store: &Store, name: &str) -> Browser {
    signed_in(db, &by_two(store, &db.clock, &mail(name)).await).await
}

/// What stands on the row of someone.
fn row<'a>(page: &'a str, person: &Slug) -> &'a str {
    let after = page.split(&format!("id=\"seat-{person}\"")).nth(1).unwrap();
    after.split("</li>").next().unwrap()
}

/// Whether that button on a row is pressed.
fn is_marked(row: &str, presence: &str) -> bool {
    let button = row
        .split("<button")
        .find(|button| button.contains(&format!("data-mark=\"{presence}\"")))
        .unwrap();
    button.contains("aria-pressed=\"true\"")
}

#[both_engines]
async fn a_session_is_planned_held_and_written_down_beside_those_who_are_in_it(db: TestDatabase) {
    drop(browser(&db).await);
    let store = db.store().await;
    let group = Slug::from_bits(2);
    invent(&store, "dana", &[(Role::Leader, Some(&group))]).await;
    let ann = invent(&store, "ann", &[(Role::Member, Some(&group))]).await;
    let ben = invent(&store, "ben", &[(Role::Member, Some(&group))]).await;
    let mut dana = two(&db, &store, "dana").await;
    let mut at_home = one(&db, &store, "ann").await;

    // The group's page leads to its sessions, and these to their plan.
    let sessions = format!("/staff/groups/{group}/sessions");
    let (_, page) = dana.get(&format!("/staff/groups/{group}")).await;
    assert!(page.contains(&format!("href=\"{sessions}\"")));
    let (status, page) = dana.get(&sessions).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains("Cancelled: Thanksgiving"),
        "the one of Thursday is skipped"
    );
    let session = format!("{sessions}/2026-12-03");
    let plan = format!("{session}/plan");
    assert!(page.contains(&format!("href=\"{plan}\"")));

    // What is wrong is said where it is, and what was typed stays; a technique says its own name and time.
    let (status, page) = dana
        .post(
            &plan,
            "rows=6&topic=Saying+no&step-what-0=Round&step-minutes-0=soon",
        )
        .await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("Say how many minutes"));
    assert!(page.contains("value=\"Saying no\""));
    let (status, page) = dana
        .post(&plan, "rows=6&step-what-0=Long&step-minutes-0=91")
        .await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("takes 91 minutes"));
    let (_, page) = dana.post(&plan, "rows=6&act=more&topic=Saying+no").await;
    assert!(page.contains("data-unsent"), "leaving asks first");
    assert!(page.contains("name=\"step-what-9\"") && page.contains("value=\"Saying no\""));
    let technique = &crate::common::content().techniques[0];
    let form = format!(
        "rows=6&topic=Saying+no&step-what-0=Check-in+round&step-minutes-0=15&step-technique-2={}&materials=Paper%0APens",
        technique.id
    );
    assert_eq!(
        dana.post(&plan, &form).await,
        (StatusCode::SEE_OTHER, session.clone())
    );
    let (_, page) = dana.get(&session).await;
    assert!(page.contains("Saying no") && page.contains("Check-in round") && page.contains("Pens"));
    assert!(page.contains(technique.name.as_str()));
    // Before it there is no clock and no record to write.
    assert!(!page.contains("data-clock") && !page.contains("Write the records"));

    // Ann is told when it is, says that she cannot come, and where she is.
    let mine = format!("/me/groups/{group}");
    let (_, page) = at_home.get("/me/joining").await;
    assert!(page.contains(&format!("href=\"{mine}\"")));
    let (status, page) = at_home.get(&mine).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Thursday, December 3, 6:30 pm to 8 pm") && page.contains("I can’t come"));
    assert!(!page.contains("Saying no"), "the plan is for who leads");
    let absence = format!("{mine}/absence");
    let (status, _) = at_home.post(&absence, "date=2026-12-03&words=A+cold").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = at_home.get(&mine).await;
    assert!(page.contains("You said you can’t come") && page.contains("A cold"));
    let written = letters(&store).await;
    let told = written
        .iter()
        .find(|letter| letter.mail == "dana@people.example" && letter.body.contains(&session));
    assert!(!told.unwrap().body.contains("grief"));
    let (_, page) = dana.get(&session).await;
    assert!(row(&page, &ann).contains("A cold") && row(&page, &ann).contains("New: first session"));
    at_home.post(&absence, "date=2026-12-03&act=undo").await;
    assert!(at_home.get(&mine).await.1.contains("I can’t come"));
    at_home.post(&format!("{mine}/reminder"), "hours=24").await;
    let (_, page) = at_home.get(&mine).await;
    assert!(page.contains("name=\"hours\" value=\"24\" checked"));
    at_home
        .post(
            &format!("{mine}/whereabouts"),
            "date=2026-12-03&words=12+Elm+Street",
        )
        .await;
    at_home
        .post(&format!("{mine}/emergency"), "words=Jo,+216-555-0143")
        .await;
    let (_, page) = dana.get(&session).await;
    assert!(!page.contains("12 Elm Street") && !page.contains("216-555-0143"));
    let reach = format!("{session}/people/{ann}");
    assert!(page.contains(&reach) && !row(&page, &ben).contains("Where they are"));
    let (status, page) = dana.get(&reach).await;
    assert!(status == StatusCode::OK && page.contains("12 Elm Street") && page.contains("216-555-0143"));
    let (_, page) = at_home.get("/me/looked").await;
    assert!(page.contains("looked at"), "and Ann sees that somebody looked");

    // Too early to be there.
    let marks = |person: &Slug| format!("{session}/marks/{person}");
    let (status, page) = dana.post(&marks(&ann), "presence=present").await;
    assert!(status == StatusCode::CONFLICT && page.contains("has not begun"));

    // Fifty minutes in: one tap each; the agenda says how far it is.
    to(&db, "2026-12-04T00:20:00Z");
    let mut dana = two(&db, &store, "dana").await;
    let (_, page) = dana.get("/staff").await;
    assert!(
        page.contains(&format!("href=\"{session}\"")),
        "what is on now leads there"
    );
    let (_, page) = dana.get(&session).await;
    assert!(page.contains("50 of 90 minutes") && page.contains("Write the records"));
    assert!(page.contains(&format!("href=\"{session}/record\"")));
    assert!(page.contains("2 not marked"));
    // What the group does is written as it happens, by the form of the record; the rest of the record goes along.
    let record = format!("{session}/record");
    let written = (StatusCode::SEE_OTHER, record.clone());
    let all = "themes=Neighbours.&dynamics=Warm.&next=Bring+a+letter.";
    assert_eq!(dana.post(&record, all).await, written);
    let (_, page) = dana.get(&session).await;
    assert!(page.contains("Neighbours.") && page.contains("name=\"interventions\""));
    assert!(page.contains(&format!("action=\"{record}\" data-saves")));
    assert!(page.contains("name=\"dynamics\" autocomplete=\"off\" hidden>\nWarm."));
    let here = format!(
        "base={}&themes=Neighbours,+twice.&interventions=Role+play.&dynamics=Warm.&next=Bring+a+letter.&then=",
        hidden(&page, "base")
    );
    assert_eq!(dana.post(&record, &here).await, written);
    let (_, page) = dana.get(&record).await;
    for said in ["Neighbours, twice.", "Role play.", "Warm.", "Bring a letter."] {
        assert!(page.contains(said), "{said}");
    }
    assert_eq!(
        dana.post(&marks(&ann), "presence=late").await,
        (StatusCode::SEE_OTHER, format!("{session}#seat-{ann}"))
    );
    dana.post(&marks(&ben), "presence=missed").await;
    let (_, page) = dana.get(&session).await;
    assert!(is_marked(row(&page, &ann), "late") && !is_marked(row(&page, &ann), "present"));
    assert!(page.contains("1 here") && page.contains("1 missed") && page.contains("0 not marked"));
    // A second tap takes it back; a script that asks for the row is given it, and no page.
    dana.post(&marks(&ann), "presence=none").await;
    let request = Request::post(marks(&ann))
        .header("origin", "https://groups.example.org")
        .header("x-part", "seat");
    let (status, _, part) = dana.send(request, "presence=present").await;
    assert_eq!(status, StatusCode::OK);
    assert!(is_marked(row(&part, &ann), "present") && part.contains("1 here"));
    assert!(!part.contains("<html") && !part.contains(&format!("seat-{ben}")));
    // Too late to excuse oneself.
    let mut at_home = one(&db, &store, "ann").await;
    let (status, page) = at_home.post(&absence, "date=2026-12-03").await;
    assert!(status == StatusCode::CONFLICT && page.contains("has begun"));

    // Ben missed his first session: somebody asks after him, once.
    let prompts = format!("/staff/groups/{group}/prompts");
    let (_, page) = dana.get("/staff").await;
    assert!(page.contains("One person to ask after") && page.contains(&prompts));
    let (_, page) = dana.get(&prompts).await;
    assert!(page.contains("Missed one of their first two sessions"));
    dana.post(&format!("{prompts}/{ben}"), "since=2026-12-03").await;
    assert!(dana.get(&prompts).await.1.contains("Nobody needs asking now"));

    // The next one is cancelled, and what was planned for it comes a week later.
    dana.post(&format!("{sessions}/2026-12-10/plan"), "rows=1&topic=Grounding")
        .await;
    let cancel = format!("{sessions}/2026-12-10/cancellation");
    assert_eq!(
        dana.post(&cancel, "reason=Snow&plans=move-on").await,
        (StatusCode::SEE_OTHER, sessions.clone())
    );
    let (_, page) = dana.get(&format!("{sessions}/2026-12-17")).await;
    assert!(page.contains("Grounding"));
    let (_, page) = at_home.get(&mine).await;
    assert!(page.contains("Cancelled: Snow"));
    // Members are told that there is something to read; whoever sees the letter learns of no group, not by its link either.
    let written = letters(&store).await;
    let to_members: Vec<_> = written
        .iter()
        .filter(|letter| letter.mail != "dana@people.example")
        .collect();
    for name in ["ann@people.example", "ben@people.example"] {
        let told = to_members
            .iter()
            .filter(|letter| letter.mail == name && letter.body.contains("/me/joining\n"));
        assert_eq!(told.count(), 1, "{name}");
    }
    for letter in to_members {
        assert!(!letter.body.contains(group.as_str()), "{}", letter.body);
    }

    // How often she came, on paper; it names no group.
    to(&db, "2026-12-04T15:00:00Z");
    let mut at_home = one(&db, &store, "ann").await;
    let certificate = format!("{mine}/certificate");
    let (_, page) = at_home.get(&certificate).await;
    assert!(page.contains("value=\"2026-12-03\"") && page.contains("value=\"ann\""));
    let asked = "name=Ann+Larsen&from=2026-11-01&until=2026-12-04";
    let (status, page) = at_home.post(&certificate, asked).await;
    assert_eq!(status, StatusCode::OK);
    let said = "Ann Larsen attended 1 of 1 group sessions at Lakeshore";
    assert!(page.contains(said) && page.contains("planned: 1.5"));
    let (status, text) = at_home.post(&certificate, &format!("{asked}&as=text")).await;
    assert!(status == StatusCode::OK && text.contains(said) && !text.contains('<'));
    assert!(!text.contains("grief") && !text.contains("When"));
    let mut dana = two(&db, &store, "dana").await;
    let theirs = format!("/staff/groups/{group}/certificates/{ann}");
    assert!(dana.post(&theirs, asked).await.1.contains(said));
    let (status, page) = at_home
        .post(&certificate, &asked.replace("2026-12-04", "2026-12-24"))
        .await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("not over yet"));
}

#[both_engines]
async fn a_curriculum_is_written_laid_and_taken_away(db: TestDatabase) {
    drop(browser(&db).await);
    let store = db.store().await;
    let group = Slug::from_bits(2);
    invent(&store, "dana", &[(Role::Leader, Some(&group))]).await;
    let mut dana = two(&db, &store, "dana").await;
    let here = format!("/staff/groups/{group}/curricula");
    let (status, page) = dana.post(&here, "name=Skills").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("Add at least one"));
    dana.post(&here, "name=Skills&topics=Breathing%0ASleep%0AAnger")
        .await;
    let (_, page) = dana.get(&here).await;
    assert!(page.contains("3 sessions") && page.contains("Breathing"));
    let laying = page
        .split("action=\"")
        .find(|rest| rest.contains("/laying\""))
        .unwrap();
    let laying = laying.split('"').next().unwrap();
    let (status, _) = dana.post(laying, "first=2&from=2026-12-03").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = dana.get(&format!("/staff/groups/{group}/sessions")).await;
    assert!(page.contains("Sleep") && page.contains("Anger") && !page.contains("Breathing"));
    let gathering = format!("{here}/gathering");
    dana.post(&gathering, "gathered=December&from=2026-12-01&until=2026-12-31")
        .await;
    let (_, page) = dana.get(&here).await;
    assert!(page.contains("December") && page.contains("2 sessions"));
    dana.post(&laying.replace("/laying", "/removal"), "").await;
    assert!(!dana.get(&here).await.1.contains(">Skills<"));
}

#[both_engines]
async fn a_curriculum_is_written_anew_and_keeps_its_agendas(db: TestDatabase) {
    drop(browser(&db).await);
    let store = db.store().await;
    let group = Slug::from_bits(2);
    invent(&store, "dana", &[(Role::Leader, Some(&group))]).await;
    let mut dana = two(&db, &store, "dana").await;
    let here = format!("/staff/groups/{group}/curricula");
    for (date, plan) in [
        (
            "2026-12-03",
            "topic=Breathing&step-what-0=Counting&step-minutes-0=20",
        ),
        ("2026-12-10", "topic=Sleep"),
        ("2026-12-17", "step-what-0=Drawing&step-minutes-0=30"),
    ] {
        let plan_page = format!("/staff/groups/{group}/sessions/{date}/plan");
        assert_eq!(dana.post(&plan_page, plan).await.0, StatusCode::SEE_OTHER);
    }
    let gathered = "gathered=Skills&from=2026-12-01&until=2026-12-31";
    dana.post(&format!("{here}/gathering"), gathered).await;
    let (_, page) = dana.get(&here).await;
    let one = page
        .split("href=\"")
        .find(|rest| rest.starts_with(&format!("{here}/")))
        .unwrap();
    let one = one.split('"').next().unwrap().to_owned();
    let (_, page) = dana.get(&one).await;
    assert!(page.contains("value=\"Breathing\"") && page.contains("value=\"3\""));
    let seen = hidden(&page, "seen").to_owned();

    let sent = |rest: &str| format!("seen={seen}&rows=3&name=Winter&{rest}");
    let no_place = sent("topic-0=Breathing&place-0=first&place-1=2&place-2=3");
    let (status, page) = dana.post(&one, &no_place).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("Say its place by a number"));
    assert!(page.contains("value=\"first\"") && page.contains("value=\"Winter\""));
    let (status, page) = dana.post(&one, &sent("out-0=yes&out-1=yes&out-2=yes")).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("Add at least one"));

    let anew = sent("topic-0=Breath&place-0=2&topic-1=Sleep&place-1=2&out-1=yes&place-2=1&topics=Goodbye%0A");
    assert_eq!(dana.post(&one, &anew).await.0, StatusCode::SEE_OTHER);
    let (_, page) = dana.get(&here).await;
    assert!(page.contains("Winter") && !page.contains("Skills") && !page.contains("Sleep"));
    let places = ["No topic", "Breath", "Goodbye"].map(|topic| page.find(&format!("<li>{topic}<")));
    assert!(places.is_sorted() && places[0].is_some(), "{places:?}");
    // Someone else had it open all the while.
    let (status, page) = dana
        .post(&one, &sent("topic-0=Anger&place-0=1&place-1=2&place-2=3"))
        .await;
    assert!(status == StatusCode::CONFLICT && page.contains("Someone else changed this"));
    assert!(page.contains("<li>Anger</li>") && page.contains("value=\"Breath\""));

    // The agendas came along.
    let laid = format!("{one}/laying");
    dana.post(&laid, "first=1&from=2026-12-03").await;
    for (date, step) in [("2026-12-03", "Drawing"), ("2026-12-10", "Counting")] {
        let (_, page) = dana
            .get(&format!("/staff/groups/{group}/sessions/{date}/plan"))
            .await;
        assert!(page.contains(&format!("value=\"{step}\"")), "{date}");
    }
}

#[both_engines]
async fn a_curriculum_is_taken_for_another_group_by_who_sees_it_there(db: TestDatabase) {
    drop(browser(&db).await);
    let store = db.store().await;
    let (peers, group) = (Slug::from_bits(1), Slug::from_bits(2));
    let roles = [(Role::Leader, Some(&group)), (Role::Facilitator, Some(&peers))];
    invent(&store, "dana", &roles).await;
    invent(&store, "joan", &[(Role::Facilitator, Some(&peers))]).await;
    let mut dana = two(&db, &store, "dana").await;
    let (of_peers, here) = (
        format!("/staff/groups/{peers}/curricula"),
        format!("/staff/groups/{group}/curricula"),
    );
    let planned = "topic=Letters&step-what-0=Reading&step-minutes-0=20&materials=Paper&presentation-title=Sleep&presentation-speaker=Quinn";
    let plan = |of: &Slug| format!("/staff/groups/{of}/sessions/2026-12-03/plan");
    assert_eq!(dana.post(&plan(&peers), planned).await.0, StatusCode::SEE_OTHER);
    dana.post(
        &format!("{of_peers}/gathering"),
        "gathered=Winter&from=2026-12-01&until=2026-12-31",
    )
    .await;
    assert!(
        !dana
            .get(&of_peers)
            .await
            .1
            .contains("Take one from another group")
    );

    let (_, page) = dana.get(&here).await;
    assert!(page.contains(": Winter (one session)"), "{page}");
    let which = page
        .split("<option value=\"")
        .find(|option| option.contains("Winter"))
        .unwrap();
    let which = format!("which={}", which.split('"').next().unwrap());
    let copies = format!("{here}/copies");
    assert_eq!(dana.post(&copies, &which).await.0, StatusCode::SEE_OTHER);
    let (_, page) = dana.get(&here).await;
    let laying = page
        .split("action=\"")
        .find(|rest| rest.contains("/laying\""))
        .unwrap();
    let laying = laying.split('"').next().unwrap();
    dana.post(laying, "first=1&from=2026-12-03").await;
    let (_, page) = dana.get(&plan(&group)).await;
    assert!(page.contains("value=\"Reading\"") && page.contains("Paper"));
    assert!(!page.contains("Quinn") && !page.contains("value=\"Sleep\""));

    // Who leads only the other group is shown none of this one, and takes none.
    let mut joan = two(&db, &store, "joan").await;
    assert!(
        !joan
            .get(&of_peers)
            .await
            .1
            .contains("Take one from another group")
    );
    let id = laying.trim_end_matches("/laying").rsplit('/').next().unwrap();
    let of_here = format!("which={group}/{id}");
    let copies = format!("{of_peers}/copies");
    assert_eq!(joan.post(&copies, &of_here).await.0, StatusCode::NOT_FOUND);
    assert_eq!(joan.post(&copies, "").await.0, StatusCode::UNPROCESSABLE_ENTITY);
}

#[both_engines]
async fn two_who_plan_one_session_lose_nothing(db: TestDatabase) {
    drop(browser(&db).await);
    let store = db.store().await;
    let group = Slug::from_bits(2);
    invent(&store, "dana", &[(Role::Leader, Some(&group))]).await;
    invent(&store, "marcus", &[(Role::CoLeader, Some(&group))]).await;
    let mut dana = two(&db, &store, "dana").await;
    let mut marcus = two(&db, &store, "marcus").await;
    let plan = format!("/staff/groups/{group}/sessions/2026-12-03/plan");
    let seen = |page: &str| hidden(page, "seen").to_owned();
    let (hers, his) = (seen(&dana.get(&plan).await.1), seen(&marcus.get(&plan).await.1));
    let sent = format!("seen={hers}&topic=Saying+no&materials=Handout");
    assert_eq!(dana.post(&plan, &sent).await.0, StatusCode::SEE_OTHER);
    // What is the same needs no question.
    let same = format!("seen={his}&topic=Saying+no&materials=Handout");
    assert_eq!(marcus.post(&plan, &same).await.0, StatusCode::SEE_OTHER);
    let other = format!("seen={his}&topic=Asking+for+help");
    let (status, page) = marcus.post(&plan, &other).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("<li>Saying no</li>") && page.contains("<li>Handout</li>"));
    assert!(page.contains("value=\"Asking for help\""));
    let (_, still) = dana.get(&plan).await;
    assert!(still.contains("value=\"Saying no\""));
    // He saw it, and means it.
    let again = format!("seen={}&topic=Asking+for+help", seen(&page));
    assert_eq!(marcus.post(&plan, &again).await.0, StatusCode::SEE_OTHER);
    assert!(dana.get(&plan).await.1.contains("value=\"Asking for help\""));
}

#[both_engines]
async fn two_who_count_one_meeting_lose_no_name(db: TestDatabase) {
    drop(browser(&db).await);
    let store = db.store().await;
    let group = Slug::from_bits(1);
    for name in ["joan", "gil"] {
        invent(&store, name, &[(Role::Facilitator, Some(&group))]).await;
    }
    to(&db, "2026-12-04T01:30:00Z");
    let mut joan = one(&db, &store, "joan").await;
    let mut gil = one(&db, &store, "gil").await;
    let session = format!("/staff/groups/{group}/sessions/2026-12-03");
    let count = format!("{session}/count");
    let seen = |page: &str| hidden(page, "seen").to_owned();
    // Both open it while nobody counted.
    let (hers, his) = (
        seen(&joan.get(&session).await.1),
        seen(&gil.get(&session).await.1),
    );
    let sent = format!("seen={hers}&room=11&online=2&new=4&handles=River%0AHeron");
    assert_eq!(joan.post(&count, &sent).await.0, StatusCode::SEE_OTHER);
    let (status, page) = gil
        .post(&count, &format!("seen={his}&room=12&online=&new=&handles=Wren"))
        .await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("<li>River</li>") && page.contains("<li>Heron</li>") && page.contains("Wren"));
    assert!(page.contains("value=\"12\"") && page.contains("13 people came"));
    let (_, still) = joan.get(&session).await;
    assert!(still.contains("River\nHeron") && !still.contains("Wren"));
    // He saw it, and puts both together.
    let both = format!(
        "seen={}&room=12&online=2&new=4&handles=River%0D%0AHeron%0D%0AWren",
        seen(&page)
    );
    assert_eq!(gil.post(&count, &both).await.0, StatusCode::SEE_OTHER);
    assert!(joan.get(&session).await.1.contains("River\nHeron\nWren"));
}

#[both_engines]
async fn heads_are_counted_and_what_helped_is_shown_once_looked_at(db: TestDatabase) {
    drop(browser(&db).await);
    let store = db.store().await;
    let group = Slug::from_bits(1);
    invent(&store, "joan", &[(Role::Facilitator, Some(&group))]).await;
    for name in ["river", "heron"] {
        invent(&store, name, &[(Role::Member, Some(&group))]).await;
    }
    to(&db, "2026-12-04T01:30:00Z");
    let mut joan = one(&db, &store, "joan").await;
    let session = format!("/staff/groups/{group}/sessions/2026-12-03");
    let (_, page) = joan.get(&session).await;
    assert!(page.contains("How many came") && !page.contains("data-mark="));
    let count = format!("{session}/count");
    let (status, page) = joan.post(&count, "room=3&new=4").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("4 are new, but only 3"));
    assert!(page.contains("value=\"4\""));
    joan.post(&count, "room=11&online=2&new=4&handles=River%0AHeron")
        .await;
    let (_, page) = joan.get(&session).await;
    assert!(page.contains("13 people came") && page.contains("River\nHeron"));

    let mut river = one(&db, &store, "river").await;
    let mut heron = one(&db, &store, "heron").await;
    let advice = format!("/me/groups/{group}/advice");
    river.post(&advice, "words=A+walk+before+breakfast").await;
    assert!(river.get(&advice).await.1.contains("Yours waits"));
    assert!(!heron.get(&advice).await.1.contains("before breakfast"));
    let look = format!("/staff/groups/{group}/advice");
    let (_, page) = joan.get("/staff").await;
    assert!(page.contains("One piece of advice waits") && page.contains(&look));
    let (_, page) = joan.get(&look).await;
    assert!(page.contains("before breakfast") && !page.contains("river"));
    let one = page
        .split("action=\"")
        .find(|rest| rest.starts_with(&look))
        .unwrap();
    let one = one.split('"').next().unwrap().to_owned();
    joan.post(&one, "look=shown").await;
    let (_, page) = heron.get(&advice).await;
    assert!(page.contains("before breakfast") && page.contains("This helped me too"));
    let thanks = page
        .split("action=\"")
        .find(|rest| rest.starts_with(&format!("{advice}/")));
    let thanks = thanks.unwrap().split('"').next().unwrap().to_owned();
    heron.post(&thanks, "").await;
    heron.post(&thanks, "").await;
    let (_, page) = heron.get(&advice).await;
    assert!(page.contains("Helped you too") && page.contains("Helped one other person"));
    assert!(
        river
            .get(&advice)
            .await
            .1
            .contains("Yours helped one other person")
    );
    assert_eq!(river.post(&thanks, "").await.0, StatusCode::CONFLICT);
    joan.post(&one, "look=hidden").await;
    assert!(!heron.get(&advice).await.1.contains("before breakfast"));
    // Someone in another group is told nothing of it.
    invent(&store, "ann", &[(Role::Member, Some(&Slug::from_bits(2)))]).await;
    let mut ann = self::one(&db, &store, "ann").await;
    assert_eq!(ann.get(&advice).await.0, StatusCode::NOT_FOUND);
    assert_eq!(ann.get(&session).await.0, StatusCode::NOT_FOUND);
}
