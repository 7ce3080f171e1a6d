//! Every route of the table, as a visitor meets it, on both engines.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;
use domain::groups::{
    Address, Draft, HowToCome, Kind, Language, Leader, LeaderRole, Listing, Mail, Online, Phone, Place,
    Point, Seats, Site, Size, Slug, Source, WebPage, When,
};
use domain::providers::{Provider, ProviderDraft, ProviderKind, Reach, Taking};
use domain::schedule::{Minutes, Rule, Schedule, Skip};
use domain::text::Line;
use store::providers::Links;
use store::{Who, listings, providers};
use testing::{TestDatabase, both_engines};
use tower::ServiceExt;
use web::routes::{Cache, TABLE};
use web::{App, Organisation, Rates, Settings, app};

fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

fn settings(demo: bool) -> Settings {
    Settings {
        public_url: WebPage::parse("https://groups.example.org").unwrap(),
        organisation: Organisation {
            name: "Lakeshore".into(),
            phone: Some(Phone::parse("216-555-0142").unwrap()),
            mail: Some(Mail::parse("groups@lakeshore.example").unwrap()),
        },
        demo,
        source: WebPage::parse("https://example.org/source").unwrap(),
        exit: WebPage::parse("https://weather.example/").unwrap(),
        trusted_proxies: vec!["10.0.0.1".parse().unwrap()],
        rates: Rates { search: 0, page: 0 },
        version: "0.0.0-test",
    }
}

fn grief(place: Place) -> Draft {
    Draft {
        topics: vec![line("grief")],
        when: When::Scheduled(Schedule {
            zone: "America/New_York".parse().unwrap(),
            from: "2026-01-01".parse().unwrap(),
            time: "18:30:00".parse().unwrap(),
            length: Minutes::new(90).unwrap(),
            rule: Rule::Weekly {
                interval: 1,
                days: vec![chrono::Weekday::Thu],
            },
            until: None,
            skips: vec![Skip {
                date: "2026-11-26".parse().unwrap(),
                reason: Some(line("Thanksgiving")),
            }],
            moves: vec![],
        }),
        verified_on: Some("2026-11-12".parse().unwrap()),
        ..Draft::new(
            line("Thursday Table: after the loss of a partner"),
            Kind::Support,
            place,
            HowToCome::Organisation {
                phone: Some(Phone::parse("216-555-0142").unwrap()),
                mail: None,
            },
            Source::Own,
        )
    }
}

fn library() -> Place {
    Place::InPerson(Site {
        name: Some(line("West 25th Street Library")),
        address: Address::Exact {
            line: line("1900 West 25th Street, Cleveland, OH 44113"),
            town: Some(line("Cleveland")),
        },
        point: Some(Point::new(41.484, -81.703).unwrap()),
        directions: None,
    })
}

fn therapy() -> Draft {
    Draft {
        title: line("When grief does not move"),
        kind: Kind::Therapy,
        size: Some(Size {
            least: 6,
            most: Some(8),
        }),
        seats: Seats::Left(3),
        led_by: vec![Leader {
            name: line("Dana Whitfield"),
            role: LeaderRole::Therapist {
                credentials: line("LPCC-S"),
            },
        }],
        ..grief(Place::Online(Online::default()))
    }
}

/// The organisation and a therapist of it, who leads the online group; and one who works online only.
fn people() -> Vec<(u64, ProviderDraft, Links)> {
    let reach = Reach {
        phone: Some(Phone::parse("216-555-0142").unwrap()),
        mail: None,
        page: Some(WebPage::parse("https://lakeshore.example/people").unwrap()),
    };
    let of = |name: &str, kind| ProviderDraft::new(line(name), kind, reach.clone(), Source::Own);
    let Place::InPerson(library) = library() else {
        unreachable!("one walks to the library")
    };
    let practice = ProviderDraft {
        places: vec![library.clone()],
        ..of("Lakeshore", ProviderKind::Organisation)
    };
    let dana = ProviderDraft {
        credentials: Some(line("LPCC-S")),
        focus: vec![line("grief")],
        languages: vec![Language::parse("en").unwrap(), Language::parse("es").unwrap()],
        taking: Some(Taking::WaitingList { weeks: Some(5) }),
        places: vec![library],
        verified_on: Some("2026-11-12".parse().unwrap()),
        ..of("Dana Whitfield", ProviderKind::Therapist)
    };
    let marcus = ProviderDraft {
        credentials: Some(line("LISW")),
        taking: Some(Taking::Yes),
        online: Some(Online::default()),
        ..of("Marcus <Oyelaran>", ProviderKind::Therapist)
    };
    let at_lakeshore = Links {
        part_of: Some(Slug::from_bits(10)),
        groups: vec![Slug::from_bits(2)],
    };
    vec![
        (10, practice, Links::default()),
        (11, dana, at_lakeshore),
        (12, marcus, Links::default()),
    ]
}

/// A site with one group to walk to and one online.
async fn site(db: &TestDatabase, settings: Settings) -> axum::Router {
    let store = db.store().await;
    let mut writing = store.write(Who::Operator).await.unwrap();
    for (bits, draft) in [(1, grief(library())), (2, therapy())] {
        listings::publish(
            &mut writing,
            &Slug::from_bits(bits),
            &Listing::check(draft).unwrap(),
        )
        .await
        .unwrap();
    }
    for (bits, draft, links) in people() {
        let provider = Provider::check(draft).unwrap();
        providers::publish(&mut writing, &Slug::from_bits(bits), &provider, &links)
            .await
            .unwrap();
    }
    writing.commit().await.unwrap();
    app(App::new(store, db.clock.clone(), settings).await.unwrap())
}

async fn ask(router: &axum::Router, path: &str, from: &str, headers: &[(&str, &str)]) -> Response {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::empty()).unwrap();
    let peer: SocketAddr = format!("{from}:9").parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(peer));
    router.clone().oneshot(request).await.unwrap()
}

async fn get(router: &axum::Router, path: &str) -> (StatusCode, HeaderMap, String) {
    let response = ask(router, path, "192.0.2.7", &[]).await;
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, headers, String::from_utf8_lossy(&bytes).into_owned())
}

#[both_engines]
async fn every_route_keeps_the_promises_of_every_page(db: TestDatabase) {
    let router = site(&db, settings(true)).await;
    let slug = Slug::from_bits(1);
    for route in TABLE {
        let path = route
            .example
            .replace("{slug}", slug.as_str())
            .replace("{provider}", Slug::from_bits(11).as_str());
        let (status, headers, body) = get(&router, &path).await;
        assert!(status.is_success() || path == "/leave", "{path}: {status}");
        let header = |name: &str| headers.get(name).map_or("", |value| value.to_str().unwrap());
        assert_eq!(
            header("content-security-policy"),
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
             manifest-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "{path}"
        );
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ] {
            assert_eq!(header(name), value, "{path}: {name}");
        }
        assert!(!headers.contains_key("set-cookie"), "{path} sets no cookie");
        let kept = match route.cache {
            Cache::Never => "no-store",
            Cache::Revalidate => "no-cache",
            Cache::Forever => "public, max-age=31536000, immutable",
        };
        assert_eq!(
            header("cache-control"),
            if status.is_success() { kept } else { "no-store" },
            "{path}"
        );
        if header("content-type").starts_with("text/html") {
            page_promises(&path, &body);
        }
    }
}

fn page_promises(path: &str, body: &str) {
    assert_eq!(body.matches("<h1").count(), 1, "{path} has one h1");
    assert!(
        body.contains("<html lang=\"en\">") && body.contains("class=\"skip\""),
        "{path}"
    );
    assert!(
        body.contains("<title>Sameboat</title>")
            || body.contains("<title>Groups</title>")
            || body.contains("<title>A group</title>")
            || body.contains("<title>People and places</title>")
            || body.contains("<title>A person or a place</title>"),
        "{path}: a neutral title"
    );
    assert!(
        !body.contains(" style=") && !body.contains("<style") && !body.contains(" onclick"),
        "{path}: nothing inline"
    );
    assert!(
        !body.contains("<script>") && !body.contains("javascript:"),
        "{path}: nothing inline"
    );
    assert!(
        body.contains("href=\"tel:988\"")
            && body.contains("href=\"/help-now\"")
            && body.contains("href=\"/leave\""),
        "{path}: help and a way out"
    );
    for source in body.split(" src=\"").skip(1) {
        assert!(source.starts_with('/'), "{path}: loads only from here");
    }
}

#[both_engines]
async fn the_api_answers_in_the_shape_it_promises(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (status, _, body) = get(&router, "/api/groups?near=44113&distance=10").await;
    assert_eq!(status, StatusCode::OK);
    let answer: serde_json::Value = serde_json::from_str(&body).unwrap();
    let expected = serde_json::json!({
        "place": { "name": "44113", "latitude": answer["place"]["latitude"], "longitude": answer["place"]["longitude"] },
        "total": 2,
        "in_person": [{
            "slug": Slug::from_bits(1).as_str(), "name": "Thursday Table: after the loss of a partner", "kind": "support",
            "distance_km": 0.51, "next": { "start": "2026-12-03T18:30:00-05:00", "zone": "America/New_York", "minutes": 90 },
        }],
        "online": [{
            "slug": Slug::from_bits(2).as_str(), "name": "When grief does not move", "kind": "therapy", "distance_km": null,
            "next": { "start": "2026-12-03T18:30:00-05:00", "zone": "America/New_York", "minutes": 90 },
        }],
    });
    assert_eq!(answer, expected);
    for (query, total) in [
        ("kind=therapy", 1),
        ("day=mon", 0),
        ("day=4", 2),
        ("where=online", 1),
        ("q=partner", 1),
        ("q=grief+xyz", 0),
        ("page=2", 2),
    ] {
        let (_, _, body) = get(&router, &format!("/api/groups?near=44113&{query}")).await;
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&body).unwrap()["total"],
            total,
            "{query}"
        );
    }
}

#[both_engines]
async fn what_cannot_be_answered_says_why(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    for (query, parameter, said) in [
        ("near=99999", "near", "We know no ZIP code 99999"),
        ("near=Xyzzy", "near", "We know no town called"),
        ("near=95,0", "near", "not on the globe"),
        ("near=Springfield", "near", "several places called"),
        ("day=funday", "day", "is no day"),
        ("distance=far", "distance", "is no distance"),
        ("kind=club", "kind", "is no kind of group"),
    ] {
        let (status, _, body) = get(&router, &format!("/api/groups?{query}")).await;
        let answer: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert_eq!(answer["error"]["parameter"], parameter, "{query}");
        let (_, _, page) = get(&router, &format!("/groups?{query}")).await;
        assert!(
            answer["error"]["message"].as_str().unwrap().contains(said) && page.contains(said),
            "{query}: {body}"
        );
    }
    let (status, _, page) = get(&router, "/groups?near=Springfield").await;
    assert!(
        status.is_success() && page.contains("Springfield, MO") && page.contains("Springfield, IL"),
        "the choice is offered"
    );
    let (_, _, page) = get(&router, "/groups?near=44113&kind=therapy&day=mon").await;
    assert!(
        page.contains("No group matches all of this yet") && page.contains("“Monday” is what emptied it"),
        "{page}"
    );
    let (_, _, page) = get(&router, "/groups?near=Columbus,+OH&where=in-person").await;
    assert!(
        page.contains("The nearest one is") && page.contains("Look at any distance"),
        "{page}"
    );
}

#[both_engines]
async fn a_group_page_leads_with_the_first_visit(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (_, _, page) = get(&router, &format!("/groups/{}?near=44113", Slug::from_bits(1))).await;
    for told in [
        "May I just listen?",
        "Thursday, December 3",
        "6:30 pm to 8 pm, Eastern time",
        "miles from 44113",
        "No meeting: Thanksgiving",
        "tel:2165550142",
        "Checked 12 days ago by the organization",
        "Your calendar will say “Thursday, 6:30 pm”, nothing more.",
    ] {
        assert!(page.contains(told), "“{told}” in {page}");
    }
    let (_, _, page) = get(&router, &format!("/groups/{}", Slug::from_bits(2))).await;
    assert!(
        page.contains("How you join")
            && page.contains("3 places left of 8")
            && page.contains("Dana Whitfield, LPCC-S"),
        "{page}"
    );
    let (_, headers, calendar) = get(&router, &format!("/groups/{}/calendar.ics", Slug::from_bits(1))).await;
    assert_eq!(headers["content-type"], "text/calendar; charset=utf-8");
    assert!(
        calendar.contains("SUMMARY:Thursday\\, 6:30 pm")
            && calendar.contains("EXDATE;TZID=America/New_York:20261126T183000"),
        "{calendar}"
    );
    assert!(
        !calendar.to_lowercase().contains("partner") && !calendar.contains("grief"),
        "{calendar}"
    );
}

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

#[both_engines]
async fn what_is_not_there_is_not_found(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    for path in [
        "/nothing",
        "/groups/0123456789",
        "/groups/..%2f..%2fetc",
        "/groups/0123456789/calendar.ics",
        "/providers/0123456789",
        "/providers/nobody",
        "/assets/none.css",
        "/parts",
    ] {
        let (status, headers, _) = get(&router, path).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(headers["cache-control"], "no-store", "{path}");
        assert!(headers.contains_key("content-security-policy"), "{path}");
    }
    let posted = router
        .clone()
        .oneshot(Request::post("/groups").body(Body::empty()).unwrap())
        .await
        .unwrap();
    assert_eq!(posted.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[both_engines]
async fn too_much_in_a_minute_is_held_by_address_and_only_proxies_are_believed(db: TestDatabase) {
    let limited = Settings {
        rates: Rates { search: 2, page: 0 },
        ..settings(false)
    };
    let router = site(&db, limited).await;
    let status = async |from: &str, told: &[(&str, &str)]| ask(&router, "/groups", from, told).await.status();
    assert_eq!(status("192.0.2.7", &[]).await, StatusCode::OK);
    assert_eq!(status("192.0.2.8", &[]).await, StatusCode::OK);
    assert_eq!(
        status("192.0.2.9", &[]).await,
        StatusCode::TOO_MANY_REQUESTS,
        "the same /24"
    );
    assert_eq!(
        status("192.0.2.9", &[("x-forwarded-for", "203.0.113.1")]).await,
        StatusCode::TOO_MANY_REQUESTS,
        "no proxy"
    );
    assert_eq!(
        status("10.0.0.1", &[("x-forwarded-for", "203.0.113.1")]).await,
        StatusCode::OK,
        "a trusted proxy"
    );
    let help = ask(&router, "/help-now", "192.0.2.9", &[]).await;
    assert_eq!(help.status(), StatusCode::OK, "help is never held with searches");
}

#[both_engines]
async fn leaving_goes_elsewhere_and_clears_what_it_can(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (status, headers, _) = get(&router, "/leave").await;
    assert_eq!(
        (status, headers["location"].to_str().unwrap()),
        (StatusCode::SEE_OTHER, "https://weather.example/")
    );
    assert_eq!(headers["clear-site-data"], "\"cache\", \"storage\"");
}
