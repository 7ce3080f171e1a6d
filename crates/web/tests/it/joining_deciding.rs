//! What staff write on the way: letters that say what was decided, notes that stay, and who can be chosen to do it.

use crate::common::browser::{Browser, signed_in};
use axum::http::StatusCode;
use domain::groups::Slug;
use domain::joining::Question;
use domain::people::Role;
use store::acts::SeeIntake;
use store::{On, joining};
use testing::people::{by_link, by_two, invent, letters, mail, who};
use testing::{TestDatabase, both_engines};

const ALL_POINTS: &str = "point=readiness&point=expectations&point=attendance&point=confidentiality";

fn group() -> Slug {
    Slug::from_bits(2)
}

/// Who asks and who leads, and the page of each of what was asked.
async fn both(db: &TestDatabase) -> (Browser, Browser, String, String) {
    let group = group();
    let mut jordan = crate::common::browser::browser(db).await;
    let store = db.store().await;
    invent(&store, "dana", &[(Role::Leader, Some(&group))]).await;
    invent(&store, "jordan", &[]).await;
    let dana = signed_in(db, &by_two(&store, &db.clock, &mail("dana")).await).await;
    jordan.cookie = Some(format!("__Host-s={}", by_link(&store, &mail("jordan")).await));
    let (status, mine) = jordan
        .post(&format!("/groups/{group}/joining"), "age=adult")
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let theirs = mine.replace("/me/joining/", "/staff/applicants/");
    (jordan, dana, mine, theirs)
}

/// What stands between these in a page, as a person reads it.
fn between(page: &str, start: &str, end: &str) -> String {
    let (_, rest) = page
        .split_once(start)
        .unwrap_or_else(|| panic!("{start} is not in {page}"));
    rest.split(end).next().unwrap().replace("&quot;", "\"")
}

/// What stands in a field of several lines.
fn typed(page: &str, field: &str) -> String {
    let field = between(page, &format!("<textarea id=\"field-{field}\""), "</textarea>");
    field.split_once('>').unwrap().1.to_owned()
}

/// The words to begin the letter of a decision with.
fn draft(page: &str, decision: &str) -> String {
    between(page, &format!("<h3>{decision}</h3><p>"), "</p>")
}

fn form(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

fn decision(choice: &str, letter: &str) -> String {
    form(&[
        ("choice", choice),
        ("until", "2026-12-20"),
        ("way", "look-around"),
        ("letter", letter),
    ])
}

#[both_engines]
async fn a_letter_with_the_words_of_another_decision_or_with_a_gap_does_not_go_out(db: TestDatabase) {
    let (mut jordan, mut dana, mine, theirs) = both(&db).await;
    let store = db.store().await;
    dana.post(&format!("{theirs}/talk"), ALL_POINTS).await;
    let (_, page) = dana.get(&theirs).await;
    assert_eq!(
        typed(&page, "letter"),
        "",
        "nothing stands there that nobody typed"
    );
    assert!(!page.contains("name=\"choice\" value=\"offer\" checked"));
    let (offer, not_now) = (draft(&page, "Offer a place"), draft(&page, "Not now"));
    assert!(offer.starts_with("Dear jordan, ") && not_now.contains(" … "));

    let before = letters(&store).await.len();
    let of_offer = "these are the words for “Offer a place”";
    let signed = format!("{offer}\r\n\r\nDana");
    let refused = [
        ("not-now", offer.as_str(), of_offer),
        ("waiting", signed.as_str(), of_offer),
        ("offer", not_now.as_str(), "these are the words for “Not now”"),
        ("not-now", not_now.as_str(), "still has a gap"),
        ("not-now", "", "Write a few words"),
    ];
    for (choice, letter, said) in refused {
        let (status, page) = dana
            .post(&format!("{theirs}/decision"), &decision(choice, letter))
            .await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{choice}: {letter}");
        let field = between(&page, "<label for=\"field-letter\">", "<textarea");
        assert!(field.contains(said), "at the field: {field}");
        assert_eq!(
            typed(&page, "letter").replace("\r\n", "\n"),
            letter.replace("\r\n", "\n")
        );
        for kept in [
            format!("name=\"choice\" value=\"{choice}\" checked"),
            "name=\"way\" value=\"look-around\" checked".to_owned(),
        ] {
            assert!(page.contains(&kept), "{kept}");
        }
    }
    assert_eq!(letters(&store).await.len(), before);
    assert!(!jordan.get(&mine).await.1.contains("Dear jordan"));

    // Filled in, it goes out; and an offer goes out with the words for an offer.
    let said = not_now.replace('…', "you need a group in the morning.");
    for (choice, letter, read) in [
        ("not-now", said.as_str(), "in the morning. This is no verdict"),
        ("offer", offer.as_str(), "I would like to offer you a place"),
    ] {
        let (status, _) = dana
            .post(&format!("{theirs}/decision"), &decision(choice, letter))
            .await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{choice}");
        assert!(jordan.get(&mine).await.1.contains(read), "{read}");
    }
}

#[both_engines]
async fn notes_of_a_talk_that_are_too_long_come_back_and_only_whoever_says_so_deletes_them(db: TestDatabase) {
    let (_, mut dana, _, theirs) = both(&db).await;
    let talk = format!("{theirs}/talk");
    dana.post(&talk, "notes=Warm+and+open").await;
    let long = "a".repeat(5_001);
    let (status, page) = dana
        .post(&talk, &form(&[("point", "readiness"), ("notes", &long)]))
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("These notes have 5001 characters; at most 5000 can be kept."));
    assert_eq!(typed(&page, "notes"), long);
    assert!(page.contains("name=\"point\" value=\"readiness\" checked"));

    for emptied in ["notes=", "notes=+%0D%0A", "point=attendance"] {
        assert_eq!(dana.post(&talk, emptied).await.0, StatusCode::SEE_OTHER);
        let (_, page) = dana.get(&theirs).await;
        assert_eq!(typed(&page, "notes"), "Warm and open", "{emptied}");
        assert!(!page.contains("name=\"point\" value=\"readiness\" checked"));
    }
    let forget = "notes=Warm+and+open&forget=yes";
    assert_eq!(dana.post(&talk, forget).await.0, StatusCode::SEE_OTHER);
    let (_, page) = dana.get(&theirs).await;
    assert_eq!(typed(&page, "notes"), "");
    assert!(!page.contains("Delete my notes"));
    assert!(page.contains("name=\"point\" value=\"attendance\" checked"));
}

#[both_engines]
async fn only_who_may_decide_can_be_chosen_to_talk_and_to_answer(db: TestDatabase) {
    let (_, mut dana, _, theirs) = both(&db).await;
    let store = db.store().await;
    let group = group();
    let colin = invent(&store, "colin", &[(Role::CoLeader, Some(&group))]).await;
    let here = format!("/staff/groups/{group}/joining");
    let open = "day=2026-12-01&time=15%3A00&minutes=30&how=video";
    for page in [&here, &theirs] {
        let (status, page) = dana.get(page).await;
        assert!(status == StatusCode::OK && !page.contains("colin"));
    }
    for (path, more) in [
        (format!("{here}/times"), open),
        (format!("{theirs}/assignment"), ""),
    ] {
        let (status, page) = dana.post(&path, &format!("leader={colin}&{more}")).await;
        assert!(
            status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("Co-leaders read along"),
            "{path}"
        );
    }
    assert_eq!(
        dana.post(&format!("{here}/times"), open).await.0,
        StatusCode::SEE_OTHER
    );
    assert!(dana.get(&here).await.1.contains("by video, with dana"));

    // With a second leader, either can be chosen, and nobody else.
    let lee = invent(&store, "lee", &[(Role::Leader, Some(&group))]).await;
    let (_, page) = dana.get(&theirs).await;
    assert!(page.contains(&format!("<option value=\"{lee}\">lee</option>")) && !page.contains("colin"));
    let (status, _) = dana
        .post(&format!("{theirs}/assignment"), &format!("leader={lee}"))
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
}

#[both_engines]
async fn a_group_that_nobody_leads_opens_no_time_with_who_only_reads_along(db: TestDatabase) {
    let store = db.store().await;
    let here = group();
    invent(&store, "cleo", &[(Role::Coordinator, None)]).await;
    let mut cleo = signed_in(&db, &by_two(&store, &db.clock, &mail("cleo")).await).await;
    invent(&store, "colin", &[(Role::CoLeader, Some(&here))]).await;
    let (status, page) = cleo
        .post(
            &format!("/staff/groups/{here}/joining/times"),
            "day=2026-12-01&time=15%3A00&minutes=30&how=video",
        )
        .await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("Nobody leads this group yet"));
}

#[both_engines]
async fn staff_see_what_someone_waits_for_and_come_back_to_the_applicant_from_what_was_refused(
    db: TestDatabase,
) {
    let (_, mut dana, _, theirs) = both(&db).await;
    let (_, page) = dana.get(&theirs).await;
    assert!(!page.contains("waits for") && page.contains("Nothing is handed on by itself"));
    for (more, said) in [
        ("", "waits for this group only"),
        ("&any=yes", "waits for any group that fits"),
    ] {
        let wait = format!("choice=waiting&way=look-around&letter=Dear+Jordan{more}");
        dana.post(&format!("{theirs}/decision"), &wait).await;
        let (_, page) = dana.get(&theirs).await;
        assert!(
            page.contains(said) && !page.contains("Promised to be first"),
            "{said}"
        );
        for board in ["/staff/applicants", "/staff/applicants?column=waiting"] {
            assert!(dana.get(board).await.1.contains(said), "{board}: {said}");
        }
    }
    let (status, page) = dana.post(&format!("{theirs}/guardian"), "").await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains(&format!("href=\"{theirs}\">Back to the applicant")));
    assert!(!page.contains("Back to where I stand"));
}

#[both_engines]
async fn questions_of_the_program_that_are_left_as_they_are_keep_their_hints(db: TestDatabase) {
    let (mut jordan, mut dana, mine, _) = both(&db).await;
    let here = format!("/staff/groups/{}/joining", group());
    let answers = format!("{mine}/answers");
    let (_, page) = dana.get(&here).await;
    let offered = typed(&page, "questions");
    assert!(offered.lines().count() > 2);

    // A form is ticked, and the questions come along as a browser sends them.
    let sent = offered.replace('\n', "\r\n");
    let ticked = form(&[("questions", &sent), ("measure", "phq-9")]);
    assert_eq!(
        dana.post(&format!("{here}/questions"), &ticked).await.0,
        StatusCode::SEE_OTHER
    );
    let (_, page) = jordan.get(&answers).await;
    assert!(page.contains("name=\"q-now\"") && page.contains("A few words are enough."));
    assert_eq!(own_questions(&db, &dana).await, None);

    // Of those that are changed, the others keep theirs.
    let mut lines: Vec<&str> = offered.lines().collect();
    lines.truncate(1);
    lines.push("What else should we know?");
    let changed = form(&[("questions", &lines.join("\r\n"))]);
    dana.post(&format!("{here}/questions"), &changed).await;
    let (_, page) = jordan.get(&answers).await;
    assert!(page.contains("A few words are enough.") && page.contains("name=\"q-own-2\""));
    assert!(!page.contains("name=\"q-goals\""));
    assert_eq!(own_questions(&db, &dana).await.map(|own| own.len()), Some(2));
}

/// What the group has said that it asks itself.
async fn own_questions(db: &TestDatabase, leads: &Browser) -> Option<Vec<Question>> {
    let (store, here) = (db.store().await, group());
    let token = leads.cookie.as_deref().unwrap().trim_start_matches("__Host-s=");
    let mut reading = store.read(who(&store, token).await).await.unwrap();
    let mut permit = reading.permit::<SeeIntake>(On::Group(&here)).await.unwrap();
    joining::asks(&mut permit).await.unwrap().questions
}
