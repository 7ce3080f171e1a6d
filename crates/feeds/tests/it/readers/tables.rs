//! Tables: the columns of 12 Step Meeting List, and Meeting Guide sheets.

use domain::groups::{Access, Audience, HowToCome, Place};
use feeds::reading::{FeedError, Held};
use feeds::tsml::read;
use serde_json::json;

use super::{good, how, json, without_zone};

const TSML: &str = "\u{feff}\"Time\",\"End Time\",\"Day\",\"Name\",\"Location\",\"Address\",\"Region\",\"Types\",\"Notes\",\"Timezone\",\"Venmo\",\"Phone\",\"Conference URL\",\"Slug\",\"Updated\"\r\n\
\"6:00 PM\",\"7:15 PM\",\"Monday\",\"After Work\",\"Saturday Nite Live\",\"2634 Union Ave, San Jose, CA 95124, USA\",\"San Jose\",\"Open, Wheelchair Access, Women, Tuba\",\"Ring the bell.\nUpstairs.\",\"America/Los_Angeles\",\"@pay\",\"(800) 555-1212\",,\"after-work\",\"2020-04-04 16:50:58\"\r\n\
,,,,,,,,,,,,,,\r\n\
\"8:00 PM\",,\"Thursday\",\"Nowhere\",,,,,,,,,,\"nowhere\",\r\n";

#[test]
fn a_row_of_a_table_becomes_a_listing() {
    let rows = read(TSML.as_bytes(), &how()).unwrap();
    assert_eq!(rows.len(), 2, "a row of empty fields is none");
    let listing = good(&rows[0]);
    let schedule = listing.schedule().unwrap();
    assert_eq!(
        (schedule.zone.name(), schedule.length.get()),
        ("America/Los_Angeles", 75)
    );
    assert_eq!(
        (listing.access[0], listing.audience[0]),
        (Access::StepFree, Audience::Women)
    );
    let json = json(&rows[0]);
    assert_eq!(json["remarks"], json!(["Open to anyone", "Tuba"]));
    assert_eq!(json["summary"], "Ring the bell.\nUpstairs.");
    assert_eq!(json["place"]["in-person"]["address"]["exact"]["town"], "San Jose");
    let kept = json.to_string();
    assert!(!kept.contains("@pay") && !kept.contains("555"), "{kept}");
    let notes = rows[0].notes.join("\n");
    assert!(notes.contains("“venmo”") && notes.contains("“phone”"), "{notes}");
    assert!(matches!(rows[1].listing, Err(Held::NoPlace(_))));
}

#[test]
fn a_sheet_of_meeting_guide_is_a_table_of_its_names() {
    let sheet = "ID;Name;Day;Time;Address;City;State;Postal Code;Country;Regions;Approximate;Conference Phone;Entity;Entity Phone\n\
                 a;Room;Sunday;10:00;12 Elm St;Akron;OH;44301;USA;;no;;;\n\
                 b;Line;Friday;noon;;;;;;Ohio > Akron;;+1 216 555 0199;District;+1-216-555-0142\n";
    let rows = read(sheet.as_bytes(), &how()).unwrap();
    let place = json(&rows[0])["place"]["in-person"]["address"]["exact"]["line"].clone();
    assert_eq!(
        (rows[0].id.as_str(), place),
        ("a", json!("12 Elm St, Akron, OH 44301, USA"))
    );
    let line = good(&rows[1]);
    let Place::Online(online) = &line.place else {
        panic!("{:?}", line.place)
    };
    assert_eq!(online.by.as_ref().unwrap().as_str(), "phone");
    assert!(matches!(
        &line.how_to_come,
        HowToCome::Organisation {
            phone: Some(_),
            mail: None
        }
    ));
    assert!(
        !json(&rows[1]).to_string().contains("0199"),
        "the number to dial in is not kept"
    );
}

#[test]
fn without_a_zone_only_rows_that_name_none_are_held() {
    let table =
        "Name,Day,Time,Address,Timezone\nA,Monday,19:00,1 Elm St,America/Chicago\nB,Monday,19:00,1 Elm St,\n";
    let rows = read(table.as_bytes(), &without_zone()).unwrap();
    assert!(rows[0].listing.is_ok());
    assert_eq!(rows[1].listing, Err(Held::NoZone));
    assert!(
        Held::NoZone
            .to_string()
            .starts_with("no time zone: add --zone America/")
    );
}

#[test]
fn what_is_no_table_says_what_is_missing() {
    for (table, error) in [
        ("Name,Time,Address\nA,19:00,x", FeedError::NoColumn("Day")),
        ("Titel,Day,Time\nA,1,19:00", FeedError::NoColumn("Name")),
        ("Name,Day,Time\n", FeedError::NoRows),
        ("", FeedError::Empty),
    ] {
        assert_eq!(read(table.as_bytes(), &how()), Err(error), "{table}");
    }
    let windows = read(b"Name,Day,Time\nCaf\xe9,1,19:00\n", &how()).unwrap_err();
    assert_eq!(windows, FeedError::NotUtf8(18));
    assert!(windows.to_string().contains("Windows-1252"), "{windows}");
}

#[test]
fn the_same_row_twice_is_told_and_ids_are_unique() {
    let table =
        "Name,Day,Time,Address\nA,Monday,19:00,1 Elm St\nA,Monday,19:00,1 Elm St\nA,Tuesday,19:00,1 Elm St\n";
    let rows = read(table.as_bytes(), &how()).unwrap();
    assert_eq!(rows[1].listing, Err(Held::SameAs(1)));
    assert_eq!(rows[2].id, "A-Tuesday-19:00");
}

#[test]
fn a_quote_that_is_never_closed_is_told_before_the_rest_is_kept() {
    let table = format!(
        "Name,Day,Time,Address\nA,Monday,19:00,1 Elm St\nB,Monday,19:00,\"{}",
        "2 Elm St\n".repeat(600_000)
    );
    assert_eq!(read(table.as_bytes(), &how()), Err(FeedError::RowTooLarge(3)));
}
