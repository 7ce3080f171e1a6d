//! Real feeds: every row accounted for, nothing kept that must not be.

use domain::text::Line;
use feeds::meeting_guide::read;
use feeds::reading::{Reading, Row};

fn how(zone: &str) -> Reading {
    Reading {
        zone: zone.parse().ok(),
        ..Reading::new(Line::parse("Sample").unwrap())
    }
}

fn rows(name: &str, zone: &str) -> Vec<Row> {
    read(&std::fs::read(testing::samples::path(name)).unwrap(), &how(zone)).unwrap()
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
fn every_search_result_of_the_sample_server_is_accounted_for() {
    let files = ["formats", "search-results", "service-bodies"]
        .map(|name| std::fs::read(testing::samples::path(&format!("feeds/bmlt-{name}.json"))).unwrap());
    let all: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    let how = how("America/New_York");
    let rows = feeds::bmlt::read(&all, &how).unwrap();
    println!("{} held: {:#?}", held(&rows).len(), held(&rows));
    assert_eq!((rows.len(), held(&rows).len()), (1_513, 0));
    for row in &rows {
        assert_eq!(keeps_a_secret(row), None, "row {}", row.number);
    }
    let step_free = rows.iter().filter(|row| {
        let listing = row.listing.as_ref().unwrap();
        listing.access.contains(&domain::groups::Access::StepFree)
    });
    assert_eq!(step_free.count(), 306);
    // Results alone: the same rows, with their keys as remarks.
    let alone = feeds::bmlt::read(&[&files[1]], &how).unwrap();
    assert_eq!((alone.len(), held(&alone).len()), (1_513, 0));
}

#[test]
#[ignore = "needs SAMEBOAT_SAMPLES"]
fn the_format_of_every_sample_is_seen() {
    use feeds::{Format, looks};
    for (name, format) in [
        ("oc-2023", Format::MeetingGuide),
        ("al-anon-2024", Format::MeetingGuide),
        ("edmonton-2024", Format::MeetingGuide),
        ("nwta-2021", Format::MeetingGuide),
        ("edge-times", Format::MeetingGuide),
        ("bmlt-formats", Format::Bmlt),
        ("bmlt-search-results", Format::Bmlt),
        ("bmlt-service-bodies", Format::Bmlt),
    ] {
        let bytes = std::fs::read(testing::samples::path(&format!("feeds/{name}.json"))).unwrap();
        assert_eq!(looks(std::io::Cursor::new(&bytes)), Ok(Some(format)), "{name}");
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

/// What these rows are after they went out as HSDS and came in again; the account is of listings, not of held rows.
fn through_hsds(name: &str, rows: &[Row], zone: &str) -> usize {
    use feeds::out::{Group, Publisher};
    let publisher = Publisher {
        name: "Sample",
        site: "https://groups.example.org",
        phone: None,
        mail: None,
        country: "US",
        how_to_join: "Call.",
    };
    let listings: Vec<_> = rows.iter().filter_map(|row| row.listing.as_ref().ok()).collect();
    if listings.is_empty() {
        // A file of nothing but oddities that are all held.
        return 0;
    }
    let slugs: Vec<String> = (0..listings.len()).map(|number| number.to_string()).collect();
    let groups: Vec<Group> = listings
        .iter()
        .zip(&slugs)
        .map(|(listing, slug)| Group {
            slug,
            listing,
            page: "https://groups.example.org/groups/x",
            rule: "",
            told: &[],
            changed: chrono::DateTime::UNIX_EPOCH,
        })
        .collect();
    let (text, account) = feeds::hsds::write::write(&publisher, &groups).unwrap();
    assert_eq!(account.written, listings.len(), "{name}");
    let again = feeds::hsds::read(text.as_bytes(), &how(zone)).unwrap();
    assert_eq!(again.len(), listings.len(), "{name}");
    for (listing, row) in listings.iter().zip(&again) {
        assert_eq!(row.listing.as_ref(), Ok(*listing), "{name}: row {}", row.number);
    }
    listings.len()
}

#[test]
#[ignore = "needs SAMEBOAT_SAMPLES"]
fn every_listing_of_the_sample_feeds_goes_through_hsds_unchanged() {
    let mut count = 0;
    for (name, zone) in [
        ("oc-2023", "America/Los_Angeles"),
        ("al-anon-2024", "America/New_York"),
        ("edmonton-2024", "America/Edmonton"),
        ("nwta-2021", "America/Chicago"),
        ("edge-times", "America/Chicago"),
        ("edge-timezones", "America/Chicago"),
        ("edge-appointment", "America/Los_Angeles"),
    ] {
        count += through_hsds(name, &rows(&format!("feeds/{name}.json"), zone), zone);
    }
    let files = ["formats", "search-results", "service-bodies"]
        .map(|name| std::fs::read(testing::samples::path(&format!("feeds/bmlt-{name}.json"))).unwrap());
    let all: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    let bmlt = feeds::bmlt::read(&all, &how("America/New_York")).unwrap();
    count += through_hsds("bmlt", &bmlt, "America/New_York");
    println!("{count} listings");
    assert!(count > 4_700, "{count}");
}
