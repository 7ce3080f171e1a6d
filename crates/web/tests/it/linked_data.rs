//! What a group's page says to programs.

use crate::common::{content, get, grief, library, line, settings, therapy};
use domain::groups::{Cost, Draft, Fee, Listing, Money, Seats, Slug};
use domain::schedule::Move;
use serde_json::{Value, json};
use store::{Who, listings};
use testing::{TestDatabase, both_engines};
use web::{App, app};

/// The block of data on the page of this group, if there is one.
async fn data(db: &TestDatabase, draft: Draft) -> Option<Value> {
    let store = db.store().await;
    let slug = Slug::from_bits(1);
    let mut writing = store.write(Who::Operator).await.unwrap();
    listings::publish(&mut writing, &slug, &Listing::check(draft).unwrap())
        .await
        .unwrap();
    writing.commit().await.unwrap();
    let router = app(App::new(store, db.clock.clone(), settings(false), content())
        .await
        .unwrap());
    let (_, _, page) = get(&router, &format!("/groups/{slug}")).await;
    let (_, data) = page.split_once("<script type=\"application/ld+json\">")?;
    let (data, _) = data.split_once("</script>")?;
    assert!(!data.contains('<'), "nothing in it is markup: {data}");
    Some(serde_json::from_str(data).unwrap())
}

#[both_engines]
async fn a_weekly_group_is_a_series_with_its_next_meetings(db: TestDatabase) {
    let mut draft = Draft {
        title: line("</script><b>Thursday Table</b>"),
        cost: Some(Cost {
            fee: Fee::Free,
            insurance: false,
            note: None,
        }),
        ..grief(library())
    };
    if let domain::groups::When::Scheduled(schedule) = &mut draft.when {
        schedule.moves = vec![Move {
            date: "2026-12-10".parse().unwrap(),
            to: "2026-12-11T19:00:00".parse().unwrap(),
            reason: None,
        }];
    }
    let said = data(&db, draft).await.unwrap();
    let url = format!("https://groups.example.org/groups/{}", Slug::from_bits(1));
    for (key, value) in [
        ("@context", json!("https://schema.org")),
        ("@type", json!("EventSeries")),
        ("@id", json!(url)),
        ("name", json!("</script><b>Thursday Table</b>")),
        ("eventStatus", json!("https://schema.org/EventScheduled")),
        (
            "eventAttendanceMode",
            json!("https://schema.org/OfflineEventAttendanceMode"),
        ),
        ("isAccessibleForFree", json!(true)),
        (
            "organizer",
            json!({
                "@type": "Organization", "name": "Lakeshore", "url": "https://groups.example.org/",
                "telephone": "216-555-0142",
            }),
        ),
        (
            "location",
            json!({
                "@type": "Place", "name": "West 25th Street Library",
                "address": "1900 West 25th Street, Cleveland, OH 44113",
                "geo": { "@type": "GeoCoordinates", "latitude": 41.484, "longitude": -81.703 },
            }),
        ),
        (
            "eventSchedule",
            json!({
                "@type": "Schedule", "repeatFrequency": "P1W", "byDay": ["https://schema.org/Thursday"],
                "startDate": "2026-01-01", "startTime": "18:30:00", "duration": "PT90M",
                "scheduleTimezone": "America/New_York", "exceptDate": ["2026-11-26", "2026-12-10"],
            }),
        ),
    ] {
        assert_eq!(said[key], value, "{key}");
    }
    let meetings = said["subEvent"].as_array().unwrap();
    let told: Vec<_> = meetings
        .iter()
        .map(|meeting| {
            (
                meeting["startDate"].as_str().unwrap(),
                meeting["eventStatus"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("2026-11-26T18:30:00-05:00", "https://schema.org/EventCancelled"),
            ("2026-12-03T18:30:00-05:00", "https://schema.org/EventScheduled"),
            ("2026-12-11T19:00:00-05:00", "https://schema.org/EventRescheduled"),
        ]
    );
    assert_eq!(meetings[2]["previousStartDate"], "2026-12-10T18:30:00-05:00");
    assert_eq!(meetings[1]["endDate"], "2026-12-03T20:00:00-05:00");
}

#[both_engines]
async fn an_online_group_has_no_address_and_a_paused_one_is_postponed(db: TestDatabase) {
    let draft = Draft {
        seats: Seats::Paused { until: None },
        cost: Some(Cost {
            fee: Fee::Sliding {
                from: Money::usd(15),
                to: Money::usd(60),
            },
            insurance: false,
            note: None,
        }),
        ..therapy()
    };
    let said = data(&db, draft).await.unwrap();
    assert_eq!(said["location"], json!({ "@type": "VirtualLocation" }));
    assert_eq!(said["eventStatus"], "https://schema.org/EventPostponed");
    assert_eq!(said["offers"]["lowPrice"], "15.00");
    assert_eq!(said["offers"]["availability"], "https://schema.org/SoldOut");
    assert!(said.get("subEvent").is_none(), "{said}");
}

#[both_engines]
async fn a_group_that_ended_is_no_event(db: TestDatabase) {
    let draft = Draft {
        seats: Seats::Ended { on: None },
        ..grief(library())
    };
    assert_eq!(data(&db, draft).await, None);
}
