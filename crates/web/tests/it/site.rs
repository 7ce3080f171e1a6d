//! Every route of the table, as a visitor meets it, on both engines.

use crate::common::{ask, get, post, settings, site};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::groups::Slug;
use testing::{TestDatabase, both_engines};
use tower::ServiceExt;
use web::routes::{Access, Cache, Framing, Method, Rate, TABLE};
use web::{Rates, Settings};

#[both_engines]
async fn every_route_keeps_the_promises_of_every_page(db: TestDatabase) {
    let router = site(&db, settings(true)).await;
    let slug = Slug::from_bits(1);
    for route in TABLE {
        // A place is asked for in a therapy group.
        let group = if route.example.contains("/joining") {
            Slug::from_bits(2)
        } else {
            slug.clone()
        };
        let path = route
            .example
            .replace("{slug}", group.as_str())
            .replace("{provider}", Slug::from_bits(11).as_str());
        let (status, headers, body) = match route.method {
            Method::Get => get(&router, &path).await,
            Method::Post => post(&router, &path, "").await,
        };
        let header = |name: &str| headers.get(name).map_or("", |value| value.to_str().unwrap());
        match (route.access, route.rate) {
            // Nobody is signed in here.
            (Access::SignedIn(_), _) => {
                assert_eq!(status, StatusCode::SEE_OTHER, "{path}");
                assert!(header("location").starts_with("/sign-in?to="), "{path}");
            }
            (Access::Anyone, _) if path == "/sign-in/passkey/options" => {
                assert_eq!(status, StatusCode::OK, "{path}");
            }
            // An empty form, or a link that nobody was sent.
            (Access::Anyone, Rate::SignIn | Rate::Coming | Rate::Report) => {
                assert!([404, 422].contains(&status.as_u16()), "{path}: {status}");
            }
            (Access::Anyone, _) if path == "/leave" => {}
            // Nor is there an OpenID provider here.
            (Access::Anyone, _)
                if [
                    "/invitation/",
                    "/sign-in/link/",
                    "/sign-in/joining/",
                    "/sign-in/openid",
                    "/confirm/",
                    "/searches/confirmation/",
                    "/searches/{token}",
                ]
                .iter()
                .any(|part| path.starts_with(part)) =>
            {
                assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
            }
            (Access::Anyone, _) => assert!(status.is_success(), "{path}: {status}"),
        }
        let (ancestors, options) = match route.framing {
            Framing::Nobody => ("'none'", "DENY"),
            Framing::Anyone => ("*", ""),
        };
        assert_eq!(
            route.framing == Framing::Anyone,
            route.path == "/embed/groups",
            "{path}: one page only may be framed"
        );
        assert_eq!(header("x-frame-options"), options, "{path}");
        assert_eq!(
            header("content-security-policy"),
            format!(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                 manifest-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
                 frame-ancestors {ancestors}"
            ),
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
        if route.framing == Framing::Anyone {
            framed_promises(&path, &body);
        } else if header("content-type").starts_with("text/html") {
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
    // What runs is a file of ours; the one block inside a page is data, which no browser runs.
    for script in body.split("<script").skip(1) {
        assert!(
            script.starts_with(" src=\"/assets/") || script.starts_with(" type=\"application/ld+json\">{"),
            "{path}: nothing inline: {script}"
        );
    }
    assert!(!body.contains("javascript:"), "{path}: nothing inline");
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

/// What a page inside somebody else's frame keeps: no script at all, every link out of the frame, help.
fn framed_promises(path: &str, body: &str) {
    assert_eq!(body.matches("<h1").count(), 1, "{path} has one h1");
    assert!(
        body.contains("<base target=\"_top\">") && body.contains("<title>Groups</title>"),
        "{path}"
    );
    assert!(
        !body.contains("<script") && !body.contains(" style="),
        "{path}: nothing runs"
    );
    assert_eq!(
        body.matches(" target=\"_self\"").count(),
        1,
        "{path}: only looking again stays inside"
    );
    assert!(
        body.contains("href=\"tel:988\"") && body.contains("href=\"/help-now\""),
        "{path}: help"
    );
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
        "facets": {
            "where": { "in-person": 1, "not-online": 1, "online": 1 },
            "kind": { "support": 1, "therapy": 1 }, "day": { "thu": 2 }, "time": { "evening": 2 }, "for": {}, "format": {},
            "access": {}, "language": {}, "cost": {}, "status": { "open": 1, "places": 1 },
        },
    });
    assert_eq!(answer, expected);
    for (query, total) in [
        ("kind=therapy", 1),
        ("day=mon", 0),
        ("day=4", 2),
        ("where=online", 1),
        ("q=partner", 1),
        ("q=grief+xyz", 0),
        ("online=no", 1),
        ("status=open&status=places", 2),
        ("status=open&kind=therapy", 0),
        ("time=evening", 2),
        ("time=morning", 0),
        ("search=partner&weekday=thursday&type=in-person&view=map", 1),
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
        ("cost=cheap", "cost", "is no cost we know"),
        ("zone=Mars/Olympus", "zone", "is no time zone we know"),
        ("region=parma/solon", "region", "one place at a time"),
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
async fn each_chip_says_how_many_groups_it_leaves_and_takes_itself_away(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (_, _, page) = get(&router, "/groups?near=44113&status=open").await;
    let chip = |id: &str| {
        let from = page
            .find(&format!("id=\"{id}\""))
            .unwrap_or_else(|| panic!("no {id} in {page}"));
        &page[from..from + page[from..].find("</a>").unwrap()]
    };
    assert!(
        chip("status-open").contains("aria-current=\"true\""),
        "{}",
        chip("status-open")
    );
    assert!(
        chip("status-open").contains("href=\"/groups?near=44113\""),
        "{}",
        chip("status-open")
    );
    // What is chosen in a family does not change the counts of its other values, but those of other families.
    assert!(
        chip("status-places").contains(">1</span>"),
        "{}",
        chip("status-places")
    );
    assert!(
        chip("status-places").contains("status=open&amp;status=places"),
        "{}",
        chip("status-places")
    );
    assert!(
        page.contains("id=\"kind-support\"") && !page.contains("id=\"kind-therapy\""),
        "{page}"
    );
    let (_, _, page) = get(&router, "/groups?status=paused&time=evening").await;
    assert!(
        page.contains("“Paused” is what emptied it") && page.contains("id=\"status-paused\""),
        "{page}"
    );
}

#[both_engines]
async fn a_slip_in_a_word_is_forgiven_and_said(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (_, _, page) = get(&router, "/groups?q=parnter").await;
    assert!(
        page.contains("Showing results for “partner”.") && page.contains("Search instead for “parnter”"),
        "{page}"
    );
    assert!(page.contains("href=\"/groups?q=parnter&amp;exact=1\""), "{page}");
    let (_, _, page) = get(&router, "/groups?q=parnter&exact=1").await;
    assert!(page.contains("“parnter” is what emptied it"), "{page}");
    let (_, _, body) = get(&router, "/api/groups?q=parnter").await;
    let answer: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(
        (&answer["corrected"], &answer["total"]),
        (&"partner".into(), &1.into())
    );
}

#[both_engines]
async fn online_times_are_told_in_the_zone_that_was_asked_for(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (_, _, page) = get(&router, "/groups?zone=Europe/Berlin").await;
    for told in [
        "Fri, Dec 4, 12:30 am, Berlin time",
        "Thursdays, 6:30 pm, Eastern time",
        "next: Thu, Dec 3, 6:30 pm, Eastern time",
        "selected>Berlin time",
        "?zone=Europe%2FBerlin",
    ] {
        assert!(page.contains(told), "“{told}” in {page}");
    }
    let online = format!("/groups/{}?zone=Europe/Berlin", Slug::from_bits(2));
    let (_, _, page) = get(&router, &online).await;
    assert!(
        page.contains("Friday, December 4") && page.contains("12:30 am to 2 am, Berlin time"),
        "{page}"
    );
    assert!(page.contains("Time, Berlin time"), "{page}");
    let walked = format!("/groups/{}?zone=Europe/Berlin", Slug::from_bits(1));
    let (_, _, page) = get(&router, &walked).await;
    assert!(
        page.contains("Time, Eastern time") && !page.contains("Berlin time"),
        "{page}"
    );
    let (_, _, body) = get(&router, "/api/groups?zone=Europe/Berlin").await;
    assert!(body.contains("2026-12-03T18:30:00-05:00"), "{body}");
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
