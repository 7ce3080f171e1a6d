//! A site with two groups, and ways to ask it.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

pub mod browser;
pub mod session;

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;
use content::{Content, Files};
use domain::groups::{
    Address, Draft, HowToCome, Kind, Language, Leader, LeaderRole, Listing, Mail, Online, Phone, Place,
    Point, Seats, Site, Size, Slug, Source, WebPage, When,
};
use domain::providers::{Provider, ProviderDraft, ProviderKind, Reach, Taking};
use domain::schedule::{Minutes, Rule, Schedule, Skip};
use domain::text::Line;
use store::providers::Links;
use store::{Who, listings, providers};
use testing::TestDatabase;
use tower::ServiceExt;
use web::{App, Organisation, Rates, Settings, app};

pub fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

pub fn settings(demo: bool) -> Settings {
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
        country: "US".into(),
        trusted_proxies: vec!["10.0.0.1".parse().unwrap()],
        rates: Rates { search: 0, page: 0 },
        feeds: domain::fetching::Rules::default(),
        promises: domain::joining::Promises::default(),
        records: domain::records::Policy {
            cosignature: domain::records::Cosignature::Nobody,
            locks_after: None,
        },
        billing_code: domain::attendance::Code::parse("90853-HQ").unwrap(),
        sends_mail: true,
        backs_up: true,
        openid: None,
        zone: chrono_tz::Tz::America__New_York,
        forms: std::sync::Arc::new(web::measuring::Forms::bundled().unwrap()),
        version: "0.0.0-test",
    }
}

pub fn content() -> std::sync::Arc<Content> {
    std::sync::Arc::new(Content::read(&Files::bundled()).unwrap())
}

pub fn grief(place: Place) -> Draft {
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

pub fn library() -> Place {
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

pub fn therapy() -> Draft {
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
pub fn people() -> Vec<(u64, ProviderDraft, Links)> {
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

/// A site with one group to walk to and one online, and who leads them.
pub async fn site(db: &TestDatabase, settings: Settings) -> axum::Router {
    site_and_app(db, settings).await.0
}

/// The same, with what stands behind it.
pub async fn site_and_app(db: &TestDatabase, settings: Settings) -> (axum::Router, App) {
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
    let behind = App::new(store, db.clock.clone(), settings, content())
        .await
        .unwrap();
    (app(behind.clone()), behind)
}

pub async fn ask(router: &axum::Router, path: &str, from: &str, headers: &[(&str, &str)]) -> Response {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::empty()).unwrap();
    let peer: SocketAddr = format!("{from}:9").parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(peer));
    router.clone().oneshot(request).await.unwrap()
}

pub async fn get(router: &axum::Router, path: &str) -> (StatusCode, HeaderMap, String) {
    let response = ask(router, path, "192.0.2.7", &[]).await;
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, headers, String::from_utf8_lossy(&bytes).into_owned())
}

pub async fn post(router: &axum::Router, path: &str, body: &str) -> (StatusCode, HeaderMap, String) {
    let request = Request::post(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(body.to_owned()))
        .unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, headers, String::from_utf8_lossy(&bytes).into_owned())
}
