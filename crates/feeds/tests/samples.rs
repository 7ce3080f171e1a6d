//! Real feeds: every row accounted for, nothing kept that must not be.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

use domain::text::Line;
use feeds::meeting_guide::{Reading, Row, read};

fn rows(name: &str, zone: &str) -> Vec<Row> {
    let how = Reading {
        programme: Line::parse("Sample").unwrap(),
        zone: zone.parse().unwrap(),
        page: None,
        topics: vec![],
    };
    read(&std::fs::read(testing::samples::path(name)).unwrap(), &how).unwrap()
}

fn held(rows: &[Row]) -> Vec<String> {
    rows.iter()
        .filter_map(|row| {
            row.listing
                .as_ref()
                .err()
                .map(|why| format!("{}: {why}", row.number))
        })
        .collect()
}

/// The most digits one after another, outside addresses and pages.
fn keeps_a_secret(row: &Row) -> Option<String> {
    let listing = row.listing.as_ref().ok()?;
    let mut value = serde_json::to_value(listing).unwrap();
    value.as_object_mut().unwrap().remove("how_to_come");
    for place in ["in-person", "hybrid"] {
        for site in [
            format!("/place/{place}/address"),
            format!("/place/{place}/point"),
            format!("/place/{place}/0/address"),
            format!("/place/{place}/0/point"),
        ] {
            if let Some(found) = value.pointer_mut(&site) {
                *found = serde_json::Value::Null;
            }
        }
    }
    let text = value.to_string().to_lowercase();
    let digits = text
        .split(|c: char| !c.is_ascii_digit())
        .map(str::len)
        .max()
        .unwrap_or(0);
    let secret = [
        "zoom.us",
        "passcode",
        "password",
        "http",
        "[number]",
        "[withheld]",
    ]
    .iter()
    .any(|s| text.contains(s));
    let mail = text
        .split([' ', '"'])
        .any(|word| word.split_once('@').is_some_and(|(_, host)| host.contains('.')));
    (secret || mail || digits >= 6).then_some(text)
}

#[test]
#[ignore = "needs SAMEBOAT_SAMPLES"]
fn every_row_of_the_sample_feeds_is_accounted_for() {
    for (name, zone, read, most_held) in [
        ("feeds/oc-2023.json", "America/Los_Angeles", 1_967, 0),
        ("feeds/al-anon-2024.json", "America/New_York", 360, 0),
        ("feeds/edmonton-2024.json", "America/Edmonton", 315, 0),
        ("feeds/nwta-2021.json", "America/Chicago", 613, 10),
        ("feeds/edge-times.json", "America/Chicago", 9, 9),
        ("feeds/edge-timezones.json", "America/Chicago", 2, 2),
        ("feeds/edge-appointment.json", "America/Los_Angeles", 2, 2),
    ] {
        let rows = rows(name, zone);
        let held = held(&rows);
        println!("{name}: {} rows, {} held: {held:#?}", rows.len(), held.len());
        assert_eq!(rows.len(), read, "{name}");
        assert!(held.len() <= most_held, "{name}: {held:#?}");
        let mut ids: Vec<_> = rows.iter().map(|row| &row.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), read, "{name}: ids are unique");
    }
}

#[test]
#[ignore = "needs SAMEBOAT_SAMPLES"]
fn no_contact_passcode_or_join_link_of_the_sample_feeds_is_kept() {
    for name in ["oc-2023", "al-anon-2024", "edmonton-2024", "nwta-2021"] {
        for row in rows(&format!("feeds/{name}.json"), "America/Los_Angeles") {
            assert_eq!(keeps_a_secret(&row), None, "{name}, row {}", row.number);
        }
    }
}
