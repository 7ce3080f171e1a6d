//! BMLT: results, formats and service bodies in any order.

use domain::groups::{Access, Audience, HowToCome, Seats};
use feeds::bmlt::read;
use feeds::reading::{FeedError, Held};
use serde_json::{Value, json};

use super::{good, held, how, json};

fn result(changes: Value) -> Value {
    let mut row = json!({
        "id_bigint": "7", "service_body_bigint": "2", "weekday_tinyint": "1", "venue_type": "1", "start_time": "19:00:00",
        "duration_time": "01:30:00", "time_zone": "", "formats": "WC,O,ES,Zz", "longitude": "-81.7", "latitude": "41.48",
        "published": "1", "meeting_name": "Day by Day", "location_text": "First Church", "location_info": "Side door",
        "location_street": "12 Elm St", "location_municipality": "Akron", "location_province": "OH",
        "location_postal_code_1": "44301", "location_nation": "USA", "comments": "", "bus_lines": "Bus Lines#@-@#B60",
    });
    for (name, value) in changes.as_object().unwrap() {
        row[name] = value.clone();
    }
    row
}

fn formats() -> Value {
    json!([
        { "key_string": "WC", "name_string": "Silla de ruedas", "lang": "es", "world_id": "" },
        { "key_string": "WC", "name_string": "Wheelchair", "lang": "en", "world_id": "WCHR" },
        { "key_string": "O", "name_string": "Open", "lang": "en", "world_id": "OPEN" },
        { "key_string": "ES", "name_string": "Espanol", "lang": "en", "world_id": "LANG" },
    ])
}

fn bodies() -> Value {
    json!([
        { "id": "1", "parent_id": "0", "name": "Region", "type": "RS", "url": "https://region.example/", "helpline": "216-555-0142" },
        { "id": "2", "parent_id": "1", "name": "Area", "type": "AS", "url": "", "helpline": "" },
    ])
}

#[test]
fn results_are_read_with_their_formats_and_service_bodies_in_any_order() {
    let files = [bodies(), json!([result(json!({}))]), formats()].map(|file| file.to_string());
    let files: Vec<&[u8]> = files.iter().map(String::as_bytes).collect();
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
        let rows = read(&order.map(|at| files[at]), &how()).unwrap();
        let listing = good(&rows[0]);
        assert_eq!(listing.access, [Access::StepFree]);
        let HowToCome::Page(page) = &listing.how_to_come else {
            panic!("the page of the body above")
        };
        assert_eq!(page.host(), "region.example");
        let json = json(&rows[0]);
        assert_eq!(
            (&json["languages"], &json["remarks"]),
            (&json!(["es"]), &json!(["Open", "Zz"]))
        );
        assert_eq!(json["when"]["scheduled"]["rule"]["days"], json!(["Sun"]));
        assert_eq!(json["when"]["scheduled"]["length"], 90);
        assert_eq!(json["place"]["in-person"]["directions"], "Side door; B60");
    }
    let together = json!({ "meetings": [result(json!({}))], "formats": formats() }).to_string();
    assert_eq!(
        good(&read(&[together.as_bytes()], &how()).unwrap()[0]).access,
        [Access::StepFree]
    );
}

#[test]
fn online_meetings_keep_no_link_and_are_reached_by_the_helpline() {
    let online = json!({
        "venue_type": "2", "virtual_meeting_link": "https://zoom.us/j/123456789?pwd=x", "phone_meeting_number": "+1 216 555 0199",
        "virtual_meeting_additional_info": "Passcode 12step", "email_contact": "bob@example.org", "formats": "VM,W,M",
    });
    let helpline = json!([{ "id": "2", "parent_id": "0", "name": "Area", "type": "AS", "url": "", "helpline": "216-555-0142" }]);
    let files = [json!([result(online)]).to_string(), helpline.to_string()];
    let rows = read(&[files[0].as_bytes(), files[1].as_bytes()], &how()).unwrap();
    let kept = json(&rows[0]).to_string();
    assert!(kept.contains("Zoom") && kept.contains("216-555-0142"), "{kept}");
    for secret in ["123456789", "0199", "12step", "bob"] {
        assert!(!kept.contains(secret), "{kept}");
    }
    let alone = read(&[files[0].as_bytes()], &how()).unwrap();
    assert_eq!(held(&alone), [Some(&Held::NoWayToCome)]);
}

#[test]
fn what_is_no_meeting_now_says_so() {
    let rows = [
        result(json!({ "published": "0" })),
        result(json!({ "id_bigint": "8", "weekday_tinyint": "8" })),
        result(json!({ "id_bigint": "9", "start_time": "" })),
        result(json!({ "id_bigint": "10", "formats": "TC" })),
        json!(7),
    ];
    let rows = read(&[json!(rows).to_string().as_bytes()], &how()).unwrap();
    assert_eq!(rows[0].listing, Err(Held::NotPublished));
    assert!(matches!(rows[1].listing, Err(Held::Rule(_))));
    assert_eq!(rows[2].listing, Err(Held::NoTime));
    assert_eq!(good(&rows[3]).seats, Seats::Paused { until: None });
    assert_eq!(rows[4].listing, Err(Held::NotAnObject("a number")));
    assert_eq!(
        read(&[formats().to_string().as_bytes()], &how()),
        Err(FeedError::NoResults)
    );
}

#[test]
fn formats_by_name_become_facts() {
    let formats = json!([
        { "key_string": "YP", "name_string": "Young People", "lang": "en", "world_id": "Y" },
        { "key_string": "GL", "name_string": "Gay/Lesbian", "lang": "en", "world_id": "GL" },
        { "key_string": "B", "name_string": "Beginners", "lang": "en", "world_id": "BEG" },
        { "key_string": "SL", "name_string": "ASL", "lang": "en", "world_id": "" },
    ]);
    let files = [
        json!([result(json!({ "formats": "YP,GL,B,SL" }))]).to_string(),
        formats.to_string(),
    ];
    let rows = read(&[files[0].as_bytes(), files[1].as_bytes()], &how()).unwrap();
    let listing = good(&rows[0]);
    assert_eq!(
        listing.audience,
        [Audience::YoungPeople, Audience::Lgbtq, Audience::Newcomers]
    );
    assert_eq!(listing.access, [Access::SignLanguage]);
}
