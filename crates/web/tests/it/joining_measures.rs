//! A form that a group asks for before the conversation: what tells of danger comes first, to the person as help and to the leader as an alert;
//! the score is the leader's.

use crate::common::browser::{Browser, signed_in};
use axum::http::StatusCode;
use domain::groups::Slug;
use domain::people::Role;
use testing::people::{by_link, by_two, invent, letters, mail};
use testing::{TestDatabase, both_engines};
use web::measuring::Forms;

/// The body that answers these questions of the PHQ-9 so, from the first on.
fn phq_9(answers: &[usize]) -> String {
    let forms = Forms::bundled().unwrap();
    let form = &forms.get("phq-9").unwrap().form;
    let fields: Vec<String> = answers
        .iter()
        .enumerate()
        .map(|(place, answer)| {
            let item = form.at(form.find(&format!("q{}", place + 1)).unwrap());
            let key: String =
                url::form_urlencoded::byte_serialize(item.options[*answer].key.as_bytes()).collect();
            format!("a.q{}={key}", place + 1)
        })
        .collect();
    fields.join("&")
}

/// Who asks and who leads, and the page of what was asked.
async fn both(db: &TestDatabase) -> (Browser, Browser, String) {
    let group = Slug::from_bits(2);
    let mut jordan = crate::common::browser::browser(db).await;
    let store = db.store().await;
    invent(&store, "dana", &[(Role::Leader, Some(&group))]).await;
    invent(&store, "jordan", &[]).await;
    let mut dana = signed_in(db, &by_two(&store, &db.clock, &mail("dana")).await).await;
    jordan.cookie = Some(format!("__Host-s={}", by_link(&store, &mail("jordan")).await));
    let form = "questions=&measure=phq-9&measure=no-such-form";
    let (status, _) = dana
        .post(&format!("/staff/groups/{group}/joining/questions"), form)
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, mine) = jordan
        .post(&format!("/groups/{group}/joining"), "age=adult")
        .await;
    (jordan, dana, mine)
}

#[both_engines]
async fn an_answer_that_tells_of_danger_is_help_for_the_person_and_the_first_thing_the_leader_sees(
    db: TestDatabase,
) {
    let (mut jordan, mut dana, mine) = both(&db).await;
    let store = db.store().await;
    let form = format!("{mine}/measures/phq-9");
    let (_, page) = jordan.get(&mine).await;
    assert!(page.contains(&format!("href=\"{form}\"")) && !page.contains("no-such-form"));
    let (status, page) = jordan.get(&form).await;
    assert!(status == StatusCode::OK && page.contains("0 of 10 answered"));
    assert_eq!(jordan.post(&form, "").await.0, StatusCode::UNPROCESSABLE_ENTITY);

    let before = letters(&store).await.len();
    let (status, page) = jordan.post(&form, &phq_9(&[2, 2, 2, 1, 1, 1, 1, 1, 1])).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("First, please look at this") && page.contains("988"));
    assert!(!page.contains("12 of 27"), "the score is for the conversation");
    let told = letters(&store).await;
    assert_eq!(told.len(), before + 1);
    let hers = told.iter().filter(|one| one.mail == "dana@people.example");
    let hers = hers.filter(|one| one.subject == "A message for you");
    assert_eq!(hers.count(), 2, "asked, and in danger");

    let theirs = mine.replace("/me/joining/", "/staff/applicants/");
    let (_, page) = dana.get(&theirs).await;
    let (risk, sign) = (
        page.find("id=\"risk\"").unwrap(),
        page.find("Several days").unwrap(),
    );
    let total = page.find("PHQ-9 total: 12 / 27").unwrap();
    assert!(risk < sign && sign < total, "danger first, then the score");
    assert!(page[total..].starts_with("PHQ-9 total: 12 / 27</b> · moderate"));
    // What was answered is there to change.
    let (_, page) = jordan.get(&form).await;
    assert!(page.contains("9 of 10 answered"));
}

#[both_engines]
async fn answers_without_danger_alert_nobody_and_other_forms_are_not_there(db: TestDatabase) {
    let (mut jordan, mut dana, mine) = both(&db).await;
    let store = db.store().await;
    let before = letters(&store).await.len();
    let (status, to) = jordan
        .post(
            &format!("{mine}/measures/phq-9"),
            &phq_9(&[2, 2, 2, 1, 1, 1, 1, 1, 0]),
        )
        .await;
    assert_eq!((status, to), (StatusCode::SEE_OTHER, mine.clone()));
    assert_eq!(letters(&store).await.len(), before);
    let theirs = mine.replace("/me/joining/", "/staff/applicants/");
    let (_, page) = dana.get(&theirs).await;
    assert!(!page.contains("id=\"risk\"") && page.contains("PHQ-9 total: 11 / 27"));
    for form in ["gad-7", "no-such-form", "group"] {
        let (status, _) = jordan.get(&format!("{mine}/measures/{form}")).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{form}");
    }
    // A group that asks for it no more shows what was answered all the same, and takes nothing new.
    let group = Slug::from_bits(2);
    dana.post(&format!("/staff/groups/{group}/joining/questions"), "questions=")
        .await;
    assert!(dana.get(&theirs).await.1.contains("PHQ-9 total: 11 / 27"));
    let (status, _) = jordan.post(&format!("{mine}/measures/phq-9"), &phq_9(&[1])).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[both_engines]
async fn a_question_about_danger_that_was_left_out_stands_before_the_score_and_an_estimate_says_so(
    db: TestDatabase,
) {
    let (mut jordan, mut dana, mine) = both(&db).await;
    let (status, _) = jordan
        .post(&format!("{mine}/measures/phq-9"), &phq_9(&[3; 7]))
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let theirs = mine.replace("/me/joining/", "/staff/applicants/");
    let (_, page) = dana.get(&theirs).await;
    let left_out = "The question about harming oneself was not answered: ask.";
    let total = "PHQ-9 total: 27 / 27</b> · severe · an estimate: 2 questions have no answer";
    let (left_out, total) = (page.find(left_out).unwrap(), page.find(total).unwrap());
    assert!(left_out < total, "{page}");
    jordan
        .post(
            &format!("{mine}/measures/phq-9"),
            &phq_9(&[3, 3, 3, 3, 3, 3, 3, 3, 0]),
        )
        .await;
    let (_, page) = dana.get(&theirs).await;
    assert!(
        !page.contains("was not answered: ask.") && !page.contains("an estimate"),
        "{page}"
    );
}
