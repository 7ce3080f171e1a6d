//! Self-checks as a visitor meets them: answered, half answered, with help where it is due, and kept by nobody.

use crate::common::{get, post, settings, site};
use axum::Router;
use axum::http::StatusCode;
use testing::{TestDatabase, both_engines};
use web::measuring::Forms;

/// LOINC's answers, from "not at all" on.
const OPTIONS: [&str; 4] = ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"];

/// The body that answers these questions of the PHQ-9 so, from the first on.
fn phq_9(answers: &[usize]) -> String {
    let fields = answers.iter().enumerate();
    let fields: Vec<_> = fields
        .map(|(place, answer)| format!("a.q{}={}", place + 1, key(place, *answer)))
        .collect();
    fields.join("&")
}

/// What the page posts for an option.
fn key(question: usize, answer: usize) -> String {
    let forms = Forms::bundled().unwrap();
    let form = &forms.get("phq-9").unwrap().form;
    let item = form.at(form.find(&format!("q{}", question + 1)).unwrap());
    let choice = &item.options[answer];
    assert!(choice.key.contains(OPTIONS[answer]) || !choice.key.is_empty());
    choice.key.clone()
}

async fn asked(router: &Router, body: &str) -> (StatusCode, String) {
    let (status, headers, page) = post(router, "/check/phq-9", body).await;
    assert_eq!(headers["cache-control"], "no-store");
    assert!(!headers.contains_key("set-cookie") && !headers.contains_key("location"));
    (status, page)
}

#[both_engines]
async fn a_visitor_sees_what_the_answers_say_and_what_they_do_not(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (_, _, page) = get(&router, "/check").await;
    for check in ["phq-9", "gad-7", "phq-4", "k6", "pc-ptsd-5", "phq-2"] {
        assert!(page.contains(&format!("href=\"/check/{check}\"")), "{check}");
    }
    assert!(!page.contains("href=\"/check/pcl-5\""));
    assert!(page.contains("LOINC"), "licences are told");
    let (_, _, page) = get(&router, "/check/phq-9").await;
    assert!(page.contains("0 of 10 answered"), "{page}");
    let (status, page) = asked(&router, &phq_9(&[2, 2, 2, 1, 1, 1, 1, 1, 0])).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains("One question is still open."),
        "the difficulty: {page}"
    );
    let body = phq_9(&[2, 2, 2, 1, 1, 1, 1, 1, 0]) + "&go=result";
    let (_, page) = asked(&router, &body).await;
    assert!(page.contains("PHQ-9 total: 11 of 27"), "{page}");
    assert!(page.contains("<b>moderate</b>") && page.contains("This is not a diagnosis."));
    assert!(page.contains("<title>PHQ-9 total: 11 of 27, moderate</title>"));
    assert!(
        !page.contains("tel:988\" class") && !page.contains("id=\"help-first\""),
        "{page}"
    );
    assert!(
        !page.contains("name=\"check\""),
        "nothing comes along that says nothing"
    );
}

#[both_engines]
async fn half_an_answer_is_kept_and_missing_ones_are_told(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (_, page) = asked(&router, &phq_9(&[3, 1])).await;
    assert!(
        page.contains("8 questions are still open.") && page.contains("2 of 10 answered"),
        "{page}"
    );
    assert_eq!(page.matches(" checked>").count(), 2);
    let (_, page) = asked(&router, &(phq_9(&[3, 1]) + "&go=result")).await;
    assert!(
        page.contains("no score, because 7 of 9 questions are open"),
        "{page}"
    );
    let (_, page) = asked(&router, &(phq_9(&[1; 8]) + "&go=result")).await;
    assert!(
        page.contains("PHQ-9 total: 9 of 27") && page.contains("estimated"),
        "{page}"
    );
    // Nothing at all is no result.
    let (_, page) = asked(&router, "go=result").await;
    assert!(page.contains("Answer at least one question"), "{page}");
    // Back from the result, all of it is there.
    let (_, page) = asked(&router, &(phq_9(&[1; 9]) + "&go=back")).await;
    assert_eq!(page.matches(" checked>").count(), 9);
}

#[both_engines]
async fn help_comes_first_and_finishing_always_works(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    for (answers, go) in [
        (vec![0, 0, 0, 0, 0, 0, 0, 0, 1], "&go=result"),
        (vec![3; 9], "&go=result"),
        (vec![3; 9], ""),
    ] {
        let (_, page) = asked(&router, &(phq_9(&answers) + go)).await;
        let help = page.find("id=\"help-first\"").unwrap();
        assert!(help < page.find("<h1").unwrap(), "above all else");
        assert!(page.contains("tel:988"));
        assert!(go.is_empty() || page.contains("PHQ-9 total"), "{page}");
    }
    let body = phq_9(&[3; 9]) + "&go=result";
    let (_, page) = asked(&router, &body).await;
    for along in ["severe", "thoughts"] {
        let field = format!("<input type=\"hidden\" name=\"check\" value=\"{along}\">");
        assert!(page.contains(&field), "{along}");
    }
    let (_, _, page) = post(&router, "/choose", "check=severe&check=thoughts").await;
    assert!(
        page.contains("Question 1 of at most 8") && page.contains("Someone can talk with you today."),
        "{page}"
    );
    let (_, _, page) = post(
        &router,
        "/choose",
        "to=answer&hope=change&check=severe&check=thoughts",
    )
    .await;
    assert!(
        page.contains("Please talk to someone now.") && page.contains("highest band"),
        "{page}"
    );
    // What was brought along can be left behind: it is not asked.
    assert!(!page.contains("What a self-check said"), "{page}");
}

#[both_engines]
async fn a_question_about_danger_that_was_left_out_is_told_before_the_score(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let left_out = "You left out the question about being better off dead, or hurting yourself.";
    let (_, page) = asked(&router, &(phq_9(&[3; 7]) + "&go=result")).await;
    let told = page.find(left_out).unwrap();
    let score = page.find("PHQ-9 total: 27 of 27</b> (an estimate)").unwrap();
    assert!(told < score, "{page}");
    assert!(page[told..score].contains("href=\"/help-now\""), "{page}");
    // With an answer to it there is nothing to tell, and a whole score is no estimate.
    let (_, page) = asked(&router, &(phq_9(&[0; 9]) + "&go=result")).await;
    assert!(
        !page.contains("You left out") && !page.contains("(an estimate)"),
        "{page}"
    );
}

#[both_engines]
async fn questions_that_follow_from_another_come_when_it_is_answered(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (_, _, page) = get(&router, "/check/pc-ptsd-5").await;
    assert!(page.contains("Have you ever experienced this kind of event?") && !page.contains("nightmares"));
    let forms = Forms::bundled().unwrap();
    let form = &forms.get("pc-ptsd-5").unwrap().form;
    let gate = form.at(form.find("exposure").unwrap());
    let (_, _, page) = post(
        &router,
        "/check/pc-ptsd-5",
        &format!("a.exposure={}", gate.options[0].key),
    )
    .await;
    assert!(
        page.contains("nightmares") && page.contains("1 of 6 answered"),
        "{page}"
    );
    let (_, _, page) = post(
        &router,
        "/check/pc-ptsd-5",
        &format!("a.exposure={}", gate.options[1].key),
    )
    .await;
    assert!(page.contains(": 0 of 5"), "{page}");
}

#[both_engines]
async fn rubbish_is_told_and_never_breaks_the_page(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (status, page) = asked(&router, "a.q1=%3Cscript%3Ealert(1)%3C/script%3E&a.q2=9").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.contains("is no answer to this") && !page.contains("<script>alert"),
        "{page}"
    );
    for body in [
        "a.=x",
        "a.q1",
        "more=q1%2399999999",
        "more=%23",
        "a.nothing=1&a.q1%23-1=2",
        "%ff%fe",
        "a.total=27",
    ] {
        let (status, _) = asked(&router, body).await;
        assert!(status.is_success(), "{body}: {status}");
    }
    // The last two are forms, and not for someone alone: docs/clinical/measures.md says why.
    for form in ["nothing", "pcl-5", "check-in"] {
        let (status, _, _) = get(&router, &format!("/check/{form}")).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{form}");
    }
}
