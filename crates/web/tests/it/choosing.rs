//! The chooser, topics, articles and help, as a visitor meets them, on both engines where listings are looked up.

use crate::common::{content, get, post, settings, site};
use axum::http::StatusCode;
use testing::{TestDatabase, both_engines};
use web::Settings;

#[both_engines]
async fn the_chooser_asks_one_question_a_page_and_keeps_answers_in_the_page(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (_, headers, page) = get(&router, "/choose").await;
    assert!(
        page.contains("What do you hope for?") && page.contains("Question 1 of at most 8"),
        "{page}"
    );
    assert_eq!(headers["cache-control"], "no-store");
    let (status, headers, page) =
        post(&router, "/choose", "at=hope&go=next&hope=change&hope=less-alone").await;
    assert_eq!(status, StatusCode::OK);
    assert!(!headers.contains_key("set-cookie") && !headers.contains_key("location"));
    assert!(page.contains("What is it about?"), "{page}");
    for kept in ["change", "less-alone"] {
        let field = format!("<input type=\"hidden\" name=\"hope\" value=\"{kept}\">");
        assert!(page.contains(&field), "{kept} in {page}");
    }
    let (_, _, page) = post(&router, "/choose", "at=about&go=back&hope=change").await;
    assert!(page.contains("What do you hope for?"));
    assert!(page.contains("value=\"change\" checked"), "{page}");
    let (_, _, page) = post(&router, "/choose", "at=about&go=skip&hope=change&about=loss").await;
    assert!(
        page.contains("Are you safe right now?") && !page.contains("value=\"loss\""),
        "{page}"
    );
}

#[both_engines]
async fn danger_is_answered_at_once_and_before_all_else(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    for risk in ["thoughts", "plan", "harm"] {
        let (_, _, page) = post(
            &router,
            "/choose",
            &format!("at=safety&go=next&hope=change&safety={risk}"),
        )
        .await;
        assert!(
            page.contains("<h1>Please talk to someone now.</h1>"),
            "{risk}: {page}"
        );
        assert!(
            page.contains("tel:988") && page.contains("sms:988") && page.contains("tel:911"),
            "{risk}"
        );
        assert!(
            !page.contains("class=\"card hit"),
            "{risk}: no groups above the help"
        );
        assert_eq!(
            page.contains("National Domestic Violence Hotline"),
            risk == "harm",
            "{risk}"
        );
        // The help stays with everything that follows.
        let (_, _, page) = post(&router, "/choose", &format!("to=now&hope=change&safety={risk}")).await;
        assert!(
            page.contains("Someone can talk with you today."),
            "{risk}: {page}"
        );
        let (_, _, page) = post(
            &router,
            "/choose",
            &format!("to=answer&hope=change&safety={risk}"),
        )
        .await;
        let help = page.find("Please talk to someone now.").unwrap();
        let sides = page.find("class=\"sides\"");
        assert_eq!(sides.is_none(), risk == "plan", "{risk}");
        assert!(sides.is_none_or(|sides| help < sides), "{risk}: help comes first");
    }
    let (_, _, page) = post(&router, "/choose", "at=safety&go=next&safety=safe").await;
    assert!(!page.contains("Please talk to someone now."));
}

#[both_engines]
async fn the_answer_tells_why_and_why_not_and_where_it_comes_from(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (_, _, page) = post(
        &router,
        "/choose",
        "to=answer&hope=change&hope=less-alone&about=loss&safety=safe&weekly=yes&talking=listen&who=adult",
    )
    .await;
    for told in [
        "A therapy group looks like the better fit, with a support group beside it.",
        "It is not a diagnosis",
        "Fits better",
        "Good beside it",
        "You can come every week for two or three months.",
        "At least some sharing is expected.",
        "You want to change something, and you want company too.",
        "our rule, not yet reviewed",
        "id=\"source-1\"",
        "LifeStance Health",
        "See 1 therapy group",
        "See 1 support group",
        "/groups?topic=loss-in-life&amp;kind=therapy&amp;age=30",
        "What stays there",
        "Change an answer:",
    ] {
        assert!(
            page.contains(told) || page.contains(&told.replace("our rule", "rule")),
            "“{told}” in {page}"
        );
    }
    // A wish that empties the search is named, not hidden.
    let (_, _, page) = post(
        &router,
        "/choose",
        "to=answer&hope=change&about=loss&practical=weekend",
    )
    .await;
    assert!(
        page.contains("“Saturday and Sunday” is what emptied it"),
        "{page}"
    );
    let (_, _, page) = post(&router, "/choose", "to=answer").await;
    assert!(
        page.contains("Both could be right.") && page.contains("You skipped every question"),
        "{page}"
    );
}

#[both_engines]
async fn rubbish_is_told_and_breaks_nothing(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    for (body, said) in [
        (
            "at=hope&hope=unsure&hope=change",
            "“I am not sure yet” stands alone.",
        ),
        (
            "at=safety&safety=safe&safety=plan",
            "Please choose one answer here.",
        ),
        (
            "at=hope&hope=%3Cscript%3E",
            "An answer came in that this page does not have.",
        ),
        ("to=answer&hope=nonsense", "Both could be right."),
    ] {
        let (status, _, page) = post(&router, "/choose", body).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert!(
            page.contains(said) && !page.contains("<script>"),
            "{body}: {page}"
        );
    }
    let (status, _, page) = post(&router, "/choose", &"a".repeat(70_000)).await;
    assert!(
        status == StatusCode::PAYLOAD_TOO_LARGE && page.contains("tel:988"),
        "{status}: {page}"
    );
    for body in ["", "at=%FF", "go=next", "&&&=;;", "at=hope&go=nowhere"] {
        let (status, _, _) = post(&router, "/choose", body).await;
        assert_eq!(status, StatusCode::OK, "{body}");
    }
}

#[both_engines]
async fn a_topic_says_what_it_is_which_kind_helps_and_where(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (_, _, page) = get(&router, "/for/grief").await;
    for told in [
        "<h1>Grief</h1>",
        "Which kind of group helps, and how",
        "Often useful",
        "2 groups",
        "Thursday Table",
        "/groups?topic=grief",
        "/learn/grief",
        "tel:988",
    ] {
        assert!(page.contains(told), "“{told}” in {page}");
    }
    let (status, headers, _) = get(&router, "/for/bereavement").await;
    assert_eq!(
        (status, headers["location"].to_str().unwrap()),
        (StatusCode::SEE_OTHER, "/for/grief")
    );
    let (status, headers, _) = get(&router, "/for?q=Bereavement").await;
    assert_eq!(
        (status, headers["location"].to_str().unwrap()),
        (StatusCode::SEE_OTHER, "/for/grief")
    );
    let (_, _, page) = get(&router, "/for?q=zzzz").await;
    assert!(
        page.contains("We have no topic called “zzzz”.") && page.contains("/groups?q=zzzz"),
        "{page}"
    );
    let (_, _, page) = get(&router, "/groups?q=bereavement").await;
    assert!(
        page.contains("2 groups for “bereavement”"),
        "synonyms find what they mean"
    );
    let (_, _, page) = get(&router, "/for/domestic-violence").await;
    let (warned, heading) = (
        page.find("If you are in danger").unwrap(),
        page.find("<h1>").unwrap(),
    );
    assert!(warned < heading, "help comes first");
    assert_eq!(get(&router, "/for/nothing-such").await.0, StatusCode::NOT_FOUND);
    let (status, _, page) = get(&router, "/groups?topic=nothing-such").await;
    assert!(
        status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("is no topic we know"),
        "{page}"
    );
}

#[both_engines]
async fn every_topic_and_every_article_has_its_page(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let content = content();
    for topic in content.topics.topics() {
        let (status, _, page) = get(&router, &format!("/for/{}", topic.id)).await;
        assert!(status.is_success() && page.contains("tel:988"), "{}", topic.id);
    }
    for article in &content.articles {
        let (status, _, page) = get(&router, &format!("/learn/{}", article.id)).await;
        assert!(status.is_success(), "{}", article.id);
        for told in [
            "Key takeaways",
            "Not yet reviewed by a clinician",
            "Updated Nov 25",
            "Sources",
        ] {
            assert!(page.contains(told), "“{told}” in {}", article.id);
        }
    }
    let (_, _, list) = get(&router, "/learn").await;
    assert!(
        content
            .articles
            .iter()
            .all(|article| list.contains(&format!("/learn/{}", article.id)))
    );
    let (_, _, glossary) = get(&router, "/glossary").await;
    assert!(
        content
            .glossary
            .iter()
            .all(|term| glossary.contains(&format!("<b>{}</b>", term.term)))
    );
    assert_eq!(get(&router, "/learn/none").await.0, StatusCode::NOT_FOUND);
}

#[both_engines]
async fn help_is_by_country_and_every_page_carries_that_of_its_own(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (_, _, page) = get(&router, "/help-now?country=gb").await;
    for told in [
        "Help lines: United Kingdom",
        "Samaritans",
        "tel:116123",
        "tel:999",
        "findahelpline.com",
    ] {
        assert!(page.contains(told), "“{told}” in {page}");
    }
    assert!(!page.contains("2026"), "no date that casts doubt on a number");
    let (status, _, page) = get(&router, "/help-now?country=XX").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(
        page.contains("We have no numbers for that country.") && page.contains("tel:988"),
        "help all the same"
    );
    let british = Settings {
        country: "GB".into(),
        ..settings(false)
    };
    let router = site(&db, british).await;
    for path in ["/", "/groups", "/choose", "/help-now"] {
        let (_, _, page) = get(&router, path).await;
        assert!(page.contains("tel:116123") && !page.contains("tel:988"), "{path}");
    }
}
