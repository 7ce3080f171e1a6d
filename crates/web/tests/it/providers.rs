//! Organisations, sites and therapists, as a visitor and a program meet them, on both engines.

use crate::common::{get, settings, site};
use axum::http::StatusCode;
use domain::groups::Slug;
use testing::{TestDatabase, both_engines};

#[both_engines]
async fn the_api_of_providers_answers_in_the_shape_it_promises(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (status, _, body) = get(&router, "/api/providers?near=44113&kind=therapist").await;
    assert_eq!(status, StatusCode::OK);
    let answer: serde_json::Value = serde_json::from_str(&body).unwrap();
    let expected = serde_json::json!({
        "place": { "name": "44113", "latitude": answer["place"]["latitude"], "longitude": answer["place"]["longitude"] },
        "total": 2,
        "providers": [{
            "slug": Slug::from_bits(11).as_str(), "name": "Dana Whitfield", "kind": "therapist", "credentials": "LPCC-S",
            "focus": ["grief"], "languages": ["en", "es"], "taking": "waiting-list", "waiting_weeks": 5, "online": false,
            "distance_km": 0.51, "part_of": Slug::from_bits(10).as_str(), "groups": [Slug::from_bits(2).as_str()],
        }],
        "online": [{
            "slug": Slug::from_bits(12).as_str(), "name": "Marcus <Oyelaran>", "kind": "therapist", "credentials": "LISW",
            "focus": [], "languages": [], "taking": "yes", "waiting_weeks": null, "online": true,
            "distance_km": null, "part_of": null, "groups": [],
        }],
    });
    assert_eq!(answer, expected);
    for (query, total) in [
        ("", 3),
        ("near=44113&kind=organization", 1),
        ("near=44113&taking=yes", 1),
        ("near=44113&language=es", 1),
        ("q=spanish+whit", 1),
        ("q=grief&language=en", 1),
        ("q=xyz", 0),
        ("near=Columbus,+OH", 1),
        ("near=Columbus,+OH&distance=any", 3),
        ("page=2", 3),
    ] {
        let (_, _, body) = get(&router, &format!("/api/providers?{query}")).await;
        let answer: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(answer["total"], total, "{query}");
    }
}

#[both_engines]
async fn a_question_about_providers_that_cannot_be_answered_says_why(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    for (query, parameter, said) in [
        ("near=99999", "near", "We know no ZIP code 99999"),
        ("near=Springfield", "near", "several places called"),
        ("distance=far", "distance", "is no distance"),
        ("kind=club", "kind", "is no kind we know here"),
        ("taking=perhaps", "taking", "is no answer we know"),
        ("language=klingon", "language", "is no language code"),
    ] {
        let (status, headers, body) = get(&router, &format!("/api/providers?{query}")).await;
        let answer: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert_eq!(headers["cache-control"], "no-store", "{query}");
        assert_eq!(answer["error"]["parameter"], parameter, "{query}");
        let (status, _, page) = get(&router, &format!("/providers?{query}")).await;
        assert!(
            answer["error"]["message"].as_str().unwrap().contains(said) && page.contains(said),
            "{query}: {body}"
        );
        let offered = query == "near=Springfield";
        assert_eq!(status == StatusCode::OK, offered, "{query}");
    }
    let (_, _, page) = get(&router, "/providers?near=44113&kind=site&taking=yes").await;
    assert!(
        page.contains("Nobody matches all of this yet") && page.contains("“Site” is what emptied it"),
        "{page}"
    );
    let (_, _, page) = get(&router, "/providers?near=Columbus,+OH&kind=organization").await;
    assert!(
        page.contains("The nearest one is") && page.contains("Look at any distance"),
        "{page}"
    );
}

#[both_engines]
async fn a_provider_s_page_says_who_they_are_what_they_lead_and_how_to_reach_them(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let path = |bits| format!("/providers/{}", Slug::from_bits(bits));
    let (_, _, page) = get(&router, &format!("{}?near=44113", path(11))).await;
    for told in [
        "<h1>Dana Whitfield, LPCC-S</h1>",
        "Groups they lead",
        "When grief does not move",
        "next: Thu, Dec 3",
        "Waiting list, about 5 weeks",
        "English and Spanish",
        "West 25th Street Library. 1900 West 25th Street",
        "miles from 44113",
        "tel:2165550142",
        "Opens lakeshore.example",
        "Checked 12 days ago by the organization",
        &path(10),
    ] {
        assert!(page.contains(told), "“{told}” in {page}");
    }
    let (_, _, page) = get(&router, &path(10)).await;
    assert!(
        page.contains("People and sites that are part of it") && page.contains(&path(11)),
        "{page}"
    );
    let (_, _, page) = get(&router, &path(12)).await;
    assert!(
        page.contains("Marcus &lt;Oyelaran&gt;") && !page.contains("<Oyelaran>"),
        "{page}"
    );
    let (_, _, page) = get(&router, "/providers?near=44113").await;
    for told in ["Near 44113", "Dana Whitfield", "Marcus", "Lakeshore", "1 group"] {
        assert!(page.contains(told), "“{told}” in {page}");
    }
}

#[both_engines]
async fn a_leader_s_name_leads_to_their_page_only_where_they_lead(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (_, _, page) = get(&router, &format!("/groups/{}", Slug::from_bits(2))).await;
    let link = format!(
        "<a href=\"/providers/{}\">Dana Whitfield, LPCC-S</a>",
        Slug::from_bits(11)
    );
    assert!(page.contains(&link), "{page}");
    let (_, _, page) = get(&router, &format!("/groups/{}", Slug::from_bits(1))).await;
    assert!(!page.contains("/providers/"), "{page}");
}
