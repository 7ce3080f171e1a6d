//! HSDS: services with their schedules.

use domain::groups::{Access, Fee, HowToCome, Place, Seats};
use domain::schedule::Rule;
use feeds::hsds::read;
use feeds::reading::Held;
use serde_json::{Value, json};

use super::{good, how, json, without_zone};

fn service(changes: Value) -> Value {
    let mut service = json!({
        "id": "s1", "name": "Grief circle", "description": "For people after a loss.", "status": "active",
        "minimum_age": 18, "assured_date": "2026-10-01", "email": "groups@lakeshore.example",
        "phones": [{ "number": "216-555-0142" }],
        "languages": [{ "name": "Spanish" }, { "code": "en" }],
        "cost_options": [{ "amount": 15, "currency": "USD" }, { "amount": 60, "currency": "USD" }],
        "attributes": [{ "taxonomy_term": { "name": "Newcomers" } }],
        "contacts": [{ "name": "Ann Persona" }],
        "schedules": [{ "id": "w", "freq": "WEEKLY", "byday": "TU,TH", "opens_at": "18:30", "closes_at": "20:00" }],
        "service_at_locations": [{ "location": {
            "location_type": "physical", "name": "Harbor House", "latitude": 41.484, "longitude": -81.703,
            "addresses": [{ "address_1": "12 Harbor Road", "city": "Cleveland", "state_province": "OH", "postal_code": "44113" }],
            "accessibility": [{ "description": "Wheelchair ramp at the side" }, { "description": "No elevator" }],
        } }],
    });
    for (name, value) in changes.as_object().unwrap() {
        service[name] = value.clone();
    }
    service
}

fn one(changes: Value) -> feeds::reading::Row {
    read(json!([service(changes)]).to_string().as_bytes(), &how())
        .unwrap()
        .remove(0)
}

#[test]
fn a_service_with_a_schedule_becomes_a_listing() {
    let row = one(json!({}));
    let listing = good(&row);
    let schedule = listing.schedule().unwrap();
    assert_eq!(
        (schedule.length.get(), schedule.zone.name()),
        (90, "America/New_York")
    );
    assert!(matches!(&schedule.rule, Rule::Weekly { interval: 1, days } if days.len() == 2));
    assert!(matches!(
        &listing.how_to_come,
        HowToCome::Organisation {
            phone: Some(_),
            mail: Some(_)
        }
    ));
    assert!(
        matches!(listing.cost.as_ref().unwrap().fee, Fee::Sliding { from, to } if from.cents == 1500 && to.cents == 6000)
    );
    assert_eq!(listing.access, [Access::StepFree]);
    let json = json(&row);
    assert_eq!(
        (&json["languages"], &json["audience"]),
        (&json!(["es", "en"]), &json!(["newcomers"]))
    );
    assert_eq!(
        (&json["verified_on"], &json["ages"]["from"]),
        (&json!("2026-10-01"), &json!(18))
    );
    assert_eq!(json["remarks"], json!(["No elevator"]));
    assert!(!json.to_string().contains("Persona"));
}

#[test]
fn each_schedule_is_a_group_and_pages_and_organisations_are_read() {
    let two = service(json!({ "schedules": [
        { "id": "w", "freq": "WEEKLY", "byday": "TU", "opens_at": "18:30", "closes_at": "20:00" },
        { "id": "m", "freq": "MONTHLY", "byday": "1SA,3SA", "opens_at": "10:00Z", "closes_at": "11:00Z" },
    ] }));
    for file in [
        json!([two]),
        json!({ "contents": [two] }),
        json!({ "name": "O", "services": [two] }),
        two.clone(),
    ] {
        let rows = read(file.to_string().as_bytes(), &how()).unwrap();
        let ids: Vec<_> = rows.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(ids, ["s1/w", "s1/m"]);
        assert!(
            matches!(good(&rows[1]).schedule().unwrap().rule, Rule::Monthly { ref nth, .. } if nth.len() == 2)
        );
    }
}

#[test]
fn what_is_no_group_is_held_with_its_reason() {
    let schedule = |changes: Value| {
        let mut schedule =
            json!({ "freq": "WEEKLY", "byday": "TU", "opens_at": "18:30", "closes_at": "20:00" });
        for (name, value) in changes.as_object().unwrap() {
            schedule[name] = value.clone();
        }
        json!({ "schedules": [schedule] })
    };
    for (changes, why) in [
        (json!({ "schedules": [] }), "so it is no group"),
        (schedule(json!({ "opens_at": null })), "so it is no group"),
        (
            schedule(json!({ "opens_at": "09:00", "closes_at": "17:00" })),
            "hours of a house",
        ),
        (schedule(json!({ "bymonthday": "2,3" })), "bymonthday"),
        (schedule(json!({ "interval": 2 })), "add “dtstart”"),
        (schedule(json!({ "opens_at": "soon" })), "“time” is “soon”"),
        (json!({ "status": "defunct" }), "defunct"),
        (
            json!({ "service_at_locations": [] }),
            "a location with an address",
        ),
        (json!({ "name": "" }), "no name"),
    ] {
        let held = one(changes.clone()).listing.unwrap_err().to_string();
        assert!(held.contains(why), "{changes}: {held}");
    }
    assert_eq!(
        good(&one(json!({ "status": "temporarily closed" }))).seats,
        Seats::Paused { until: None }
    );
    let nowhere = read(
        json!([service(json!({}))]).to_string().as_bytes(),
        &without_zone(),
    )
    .unwrap();
    assert_eq!(nowhere[0].listing, Err(Held::NoZone));
}

#[test]
fn a_virtual_location_keeps_no_link() {
    let row = one(
        json!({ "url": "https://lakeshore.example/grief", "service_at_locations": [
        { "location": { "location_type": "virtual", "url": "https://zoom.us/j/123456789?pwd=x" } },
    ] }),
    );
    assert!(
        matches!(&good(&row).place, Place::Online(online) if online.by.as_ref().unwrap().as_str() == "Zoom")
    );
    assert!(!json(&row).to_string().contains("123456789"));
}
