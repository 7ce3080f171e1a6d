//! What is wrong with a row of any format can be said in its place, and the row is read as if it had been right.

use domain::groups::{HowToCome, Place};
use domain::mending::{Correction, Fact, Problem, Unfinished};
use feeds::reading::{Reading, Row};
use serde_json::{Value, json};

use super::{good, how, without_zone};

/// The facts that are wrong, what the feed calls each, and what it says there.
fn told(unfinished: &Unfinished) -> Vec<(String, String, Option<String>)> {
    let told = |problem: &Problem| {
        (
            problem.fact.to_string(),
            problem.field.clone(),
            problem.given.clone(),
        )
    };
    unfinished.problems().iter().map(told).collect()
}

/// What becomes of a row when this is put in place of its facts, all of which are needed.
fn mended(unfinished: &Unfinished, puts: &[(&str, &str)]) -> Value {
    let mut corrections: Vec<Correction> = Vec::new();
    let mut rest = unfinished.clone();
    for _ in 0..=puts.len() {
        for problem in rest.problems() {
            let name = problem.fact.to_string();
            let put = puts.iter().find(|(fact, _)| *fact == name);
            let (_, put) = put.unwrap_or_else(|| panic!("{name}: {}", problem.why));
            corrections.push(Correction {
                fact: problem.fact.clone(),
                given: problem.given.clone(),
                put: (!put.is_empty()).then(|| (*put).to_owned()),
            });
        }
        let mended = unfinished.mend(&corrections);
        assert_eq!(mended.wrong, [], "{puts:?}");
        match mended.listing {
            Ok(listing) => {
                assert_eq!(corrections.len(), puts.len(), "each was needed");
                return serde_json::to_value(listing).unwrap();
            }
            Err(left) => rest = left,
        }
    }
    panic!("{rest:?}")
}

fn wrong(row: &Row) -> &Unfinished {
    assert!(row.listing.is_err(), "row {} is held", row.number);
    assert!(!row.said.is_empty(), "row {} says what it says", row.number);
    let unfinished = row.unfinished.as_ref().unwrap();
    let first = &unfinished.problems()[0];
    let held = row.listing.as_ref().unwrap_err().to_string();
    assert!(
        held.starts_with(&first.why),
        "what is wrong first is the reason: {held} / {}",
        first.why
    );
    unfinished
}

fn meeting(changes: &Value) -> Value {
    let mut row = json!({
        "slug": "monday", "name": "Monday Table", "day": 1, "time": "19:00", "end_time": "20:15", "timezone": "America/Chicago",
        "formatted_address": "3186 Pullman St, Costa Mesa, CA 92626, USA", "url": "https://example.org/monday",
        "location": "Harbor House", "latitude": 33.685, "longitude": -117.872,
    });
    for (name, value) in changes.as_object().unwrap() {
        row[name] = value.clone();
    }
    row
}

fn guide(changes: &Value, how: &Reading) -> Row {
    let feed = json!([meeting(changes)]).to_string();
    feeds::meeting_guide::read(feed.as_bytes(), how)
        .unwrap()
        .remove(0)
}

/// Changes of the good row; the problems they make (fact, field, given); what is put there.
type Case<'a> = (
    Value,
    &'a [(&'a str, &'a str, Option<&'a str>)],
    &'a [(&'a str, &'a str)],
);

#[test]
fn a_meeting_guide_row_is_read_as_if_it_had_been_right() {
    let good_one = serde_json::to_value(good(&guide(&json!({}), &without_zone()))).unwrap();
    let cases: &[Case] = &[
        (
            json!({ "name": "" }),
            &[("title", "name", None)],
            &[("title", "Monday Table")],
        ),
        (
            json!({ "name": "https://zoom.us/j/1" }),
            &[("title", "name", Some(""))],
            &[("title", "Monday Table")],
        ),
        (
            json!({ "day": "9" }),
            &[("when.rule", "day", Some("9"))],
            &[("when.rule", "Monday")],
        ),
        (
            json!({ "day": null }),
            &[("when.rule", "day", None)],
            &[("when.rule", "mondays")],
        ),
        (
            json!({ "timezone": "Mars" }),
            &[("when.zone", "timezone", Some("Mars"))],
            &[("when.zone", "America/Chicago")],
        ),
        (
            json!({ "formatted_address": "" }),
            &[("place", "formatted_address", None)],
            &[("place", "3186 Pullman St, Costa Mesa, CA 92626, USA")],
        ),
        (
            json!({ "day": "9", "name": "", "timezone": null }),
            &[
                ("title", "name", None),
                ("when.rule", "day", Some("9")),
                ("when.zone", "timezone", None),
            ],
            &[
                ("title", "Monday Table"),
                ("when.rule", "Mon"),
                ("when.zone", "America/Chicago"),
            ],
        ),
    ];
    for (changes, problems, puts) in cases {
        let row = guide(changes, &without_zone());
        let unfinished = wrong(&row);
        let expected: Vec<_> = problems
            .iter()
            .map(|(fact, field, given)| ((*fact).to_owned(), (*field).to_owned(), given.map(str::to_owned)))
            .collect();
        assert_eq!(told(unfinished), expected, "{changes}");
        let mut listing = mended(unfinished, puts);
        // A town is read out of an address by its reader only.
        listing["place"]["in-person"]["address"]["exact"]["town"] = "Costa Mesa".into();
        assert_eq!(listing, good_one, "{changes}");
    }
    // Without a time nobody knows how long it lasts; the reader says what it takes.
    for (time, given) in [("7 oclock", Some("7 oclock")), ("", None)] {
        let row = guide(&json!({ "time": time }), &how());
        assert_eq!(told(wrong(&row))[0].2.as_deref(), given);
        assert!(row.notes.iter().any(|note| note.contains("taken as 60 minutes")));
        let listing = mended(wrong(&row), &[("when.time", "7pm")]);
        assert_eq!(listing["when"]["scheduled"]["time"], "19:00:00");
        assert_eq!(
            mended(wrong(&row), &[("when.time", "")])["when"],
            "by-appointment"
        );
    }
    let online = json!({ "formatted_address": "", "url": null, "attendance_option": "online", "conference_url": "https://zoom.us/j/1" });
    let row = guide(&online, &how());
    assert_eq!(told(wrong(&row)), [("how_to_come".into(), "url".into(), None)]);
    let listing = mended(wrong(&row), &[("how_to_come", "https://example.org/come")]);
    assert_eq!(listing["place"]["online"]["by"], "Zoom");
    assert_eq!(listing["how_to_come"]["page"], "https://example.org/come");
    // Where neither is said the one follows from the other.
    let nowhere = json!({ "formatted_address": "", "url": null });
    let row = guide(&nowhere, &how());
    let listing = mended(wrong(&row), &[("place", "12 Elm St, Akron")]);
    assert_eq!(listing["how_to_come"], "walk-in");
    let listing = mended(
        wrong(&row),
        &[("place", "online"), ("how_to_come", "216 555 0142")],
    );
    assert_eq!(listing["how_to_come"]["organisation"]["phone"], "216 555 0142");
}

#[test]
fn a_row_of_a_table_is_mended_as_its_meeting_guide_row_is() {
    let table = "Time,Day,Name,Slug,Address\n25:99,Tuesday,Night Owls,owls,\"12 Elm St, Akron\"\n";
    let row = feeds::tsml::read(table.as_bytes(), &how()).unwrap().remove(0);
    assert_eq!(
        told(wrong(&row)),
        [("when.time".into(), "time".into(), Some("25:99".into()))]
    );
    assert!(
        row.said.contains(&("day".into(), "Tuesday".into())),
        "{:?}",
        row.said
    );
    let listing = mended(wrong(&row), &[("when.time", "9 pm")]);
    assert_eq!(listing["when"]["scheduled"]["time"], "21:00:00");
}

#[test]
fn a_result_of_bmlt_is_mended() {
    let result = |changes: Value| {
        let mut row = json!({
            "id_bigint": "7", "meeting_name": "Clean Slate", "weekday_tinyint": "2", "start_time": "19:30:00", "duration_time": "01:30:00",
            "location_street": "12 Elm St", "location_municipality": "Akron", "location_province": "OH", "formats": "O",
            "service_body_bigint": "3", "published": "1",
        });
        for (name, value) in changes.as_object().unwrap() {
            row[name] = value.clone();
        }
        let feed = json!([row]).to_string();
        feeds::bmlt::read(&[feed.as_bytes()], &how()).unwrap().remove(0)
    };
    let good_one = serde_json::to_value(good(&result(json!({})))).unwrap();
    for (changes, fact, field, given, put) in [
        (
            json!({ "meeting_name": "" }),
            "title",
            "meeting_name",
            None,
            "Clean Slate",
        ),
        (
            json!({ "weekday_tinyint": "0" }),
            "when.rule",
            "weekday_tinyint",
            Some("0"),
            "Monday",
        ),
        (
            json!({ "start_time": "evening" }),
            "when.time",
            "start_time",
            Some("evening"),
            "7:30 pm",
        ),
        (
            json!({ "start_time": null }),
            "when.time",
            "start_time",
            None,
            "19:30",
        ),
    ] {
        let row = result(changes);
        assert_eq!(
            told(wrong(&row)),
            [(fact.into(), field.into(), given.map(str::to_owned))]
        );
        assert_eq!(mended(wrong(&row), &[(fact, put)]), good_one);
    }
    let row =
        result(json!({ "location_street": null, "location_municipality": null, "location_province": null }));
    assert_eq!(told(wrong(&row))[0].0, "place");
    let online = result(json!({ "venue_type": "2", "virtual_meeting_link": "https://zoom.us/j/1" }));
    let listing = mended(wrong(&online), &[("how_to_come", "help@example.org")]);
    assert_eq!(listing["how_to_come"]["organisation"]["mail"], "help@example.org");
    // What its keeper does not publish is nobody else's to publish.
    assert_eq!(result(json!({ "published": "0" })).unfinished, None);
}

#[test]
fn a_service_of_hsds_is_mended() {
    let service = |changes: Value| {
        let mut service = json!({
            "id": "s1", "name": "Grief circle", "status": "active", "minimum_age": 18, "url": "https://example.org/grief",
            "contacts": [{ "name": "Ann Persona" }],
            "schedules": [{ "freq": "WEEKLY", "byday": "TU", "opens_at": "18:30", "closes_at": "20:00" }],
            "service_at_locations": [{ "location": {
                "location_type": "physical", "name": "Harbor House",
                "addresses": [{ "address_1": "12 Harbor Road", "city": "Cleveland" }],
            } }],
        });
        for (name, value) in changes.as_object().unwrap() {
            service[name] = value.clone();
        }
        let feed = json!([service]).to_string();
        feeds::hsds::read(feed.as_bytes(), &how()).unwrap().remove(0)
    };
    let good_one = serde_json::to_value(good(&service(json!({})))).unwrap();
    let schedule = |changes: Value| {
        let mut schedule =
            json!({ "freq": "WEEKLY", "byday": "TU", "opens_at": "18:30", "closes_at": "20:00" });
        for (name, value) in changes.as_object().unwrap() {
            schedule[name] = value.clone();
        }
        json!({ "schedules": [schedule] })
    };
    for (changes, facts, puts) in [
        (
            json!({ "name": "" }),
            vec!["title"],
            vec![("title", "Grief circle")],
        ),
        (
            schedule(json!({ "opens_at": "08:00", "closes_at": "20:00" })),
            vec!["when.length"],
            vec![("when.length", "90")],
        ),
        (
            schedule(json!({ "freq": "HOURLY" })),
            vec!["when.rule"],
            vec![("when.rule", "Tuesday")],
        ),
        (
            schedule(json!({ "freq": "MONTHLY", "bymonthday": "4" })),
            vec!["when.rule"],
            vec![("when.rule", "Tue")],
        ),
        (
            json!({ "maximum_age": 12 }),
            vec!["ages"],
            vec![("ages", "18 and over")],
        ),
    ] {
        let row = service(changes.clone());
        let wrongs: Vec<_> = told(wrong(&row)).into_iter().map(|(fact, ..)| fact).collect();
        assert_eq!(wrongs, facts, "{changes}");
        let mut listing = mended(wrong(&row), &puts);
        if facts == ["when.length"] {
            assert_eq!(listing["when"]["scheduled"]["time"], "08:00:00");
            listing["when"]["scheduled"]["time"] = "18:30:00".into();
        }
        assert_eq!(listing, good_one, "{changes}");
        let shown = format!("{:?}", row.said);
        assert!(
            shown.contains("schedules.byday") && !shown.contains("Persona"),
            "{shown}"
        );
    }
    // A service without a schedule may be a group all the same; who knows when it meets says so.
    let row = service(json!({ "schedules": [] }));
    let listing = mended(
        wrong(&row),
        &[("when.rule", "1st Friday"), ("when.time", "18:30")],
    );
    assert_eq!(listing["when"]["scheduled"]["rule"]["nth"], json!(["first"]));
    assert_eq!(listing["place"]["in-person"]["name"], "Harbor House");
    assert_eq!(service(json!({ "status": "defunct" })).unfinished, None);
}

#[test]
fn an_event_of_a_calendar_is_mended() {
    const START: &str = "DTSTART;TZID=America/Chicago:20260903T183000\r\nDURATION:PT1H30M";
    const HOUSE: &str = "LOCATION:12 Harbor Road\\, Cleveland\\, OH\r\nURL:https://example.org/grief";
    let event = |lines: &str| {
        let calendar = format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nBEGIN:VEVENT\r\nUID:a@example.org\r\nORGANIZER:mailto:ann@example.org\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        );
        feeds::icalendar::read(calendar.as_bytes(), &without_zone())
            .unwrap()
            .remove(0)
    };
    let good_one = event(&format!(
        "SUMMARY:Grief circle\r\n{START}\r\nRRULE:FREQ=WEEKLY\r\n{HOUSE}"
    ));
    let good_one = serde_json::to_value(good(&good_one)).unwrap();
    for (lines, problems, puts) in [
        (
            format!("{START}\r\nRRULE:FREQ=WEEKLY\r\n{HOUSE}"),
            vec![("title", "SUMMARY", None)],
            vec![("title", "Grief circle")],
        ),
        (
            format!("SUMMARY:Grief circle\r\n{START}\r\nRRULE:FREQ=YEARLY\r\n{HOUSE}"),
            vec![("when.rule", "RRULE", Some("FREQ=YEARLY"))],
            vec![("when.rule", "Thursday")],
        ),
        (
            format!(
                "SUMMARY:Grief circle\r\nDTSTART;TZID=Custom:20260903T183000\r\nDURATION:PT1H30M\r\nRRULE:FREQ=WEEKLY\r\n{HOUSE}"
            ),
            vec![("when.zone", "TZID", Some("Custom"))],
            vec![("when.zone", "America/Chicago")],
        ),
        (
            format!("SUMMARY:Grief circle\r\n{START}\r\nRRULE:FREQ=WEEKLY\r\nURL:https://example.org/grief"),
            vec![("place", "LOCATION", None)],
            vec![("place", "12 Harbor Road, Cleveland, OH")],
        ),
    ] {
        let row = event(&lines);
        let expected: Vec<_> = problems
            .iter()
            .map(|(fact, field, given): &(&str, &str, Option<&str>)| {
                ((*fact).to_owned(), (*field).to_owned(), given.map(str::to_owned))
            })
            .collect();
        assert_eq!(told(wrong(&row)), expected, "{lines}");
        assert_eq!(mended(wrong(&row), &puts), good_one, "{lines}");
        let shown = format!("{:?}", row.said);
        assert!(shown.contains("FREQ=") && !shown.contains("ann@"), "{shown}");
    }
    let all_day = event(&format!(
        "SUMMARY:Grief circle\r\nDTSTART;VALUE=DATE:20260903\r\nRRULE:FREQ=WEEKLY\r\n{HOUSE}"
    ));
    let listing = mended(
        wrong(&all_day),
        &[("when.time", "18:30"), ("when.zone", "America/Chicago")],
    );
    assert_eq!(listing["when"]["scheduled"]["rule"]["days"], json!(["Thu"]));
    assert_eq!(listing["when"]["scheduled"]["length"], 60);
    let never = event(&format!("SUMMARY:Grief circle\r\n{HOUSE}"));
    let listing = mended(
        wrong(&never),
        &[
            ("when.rule", "Thursday"),
            ("when.time", "18:30"),
            ("when.zone", "America/Chicago"),
        ],
    );
    assert_eq!(listing["when"]["scheduled"]["time"], "18:30:00");
    assert_eq!(
        event(&format!("SUMMARY:x\r\nSTATUS:CANCELLED\r\n{START}\r\n{HOUSE}")).unfinished,
        None
    );
}

#[test]
fn a_group_of_our_own_format_is_mended_field_by_field() {
    type Change<'a> = &'a dyn Fn(&mut Value);
    let example: Value =
        serde_json::from_str(include_str!("../../../../../docs/formats/example.sameboat.json")).unwrap();
    let read = |change: &dyn Fn(&mut Value)| {
        let mut file = example.clone();
        change(&mut file["groups"][0]);
        let mut file = feeds::sameboat::read(file.to_string().as_bytes(), None).unwrap();
        file.groups.remove(0)
    };
    let good_one = serde_json::to_value(read(&|_| {}).listing.unwrap()).unwrap();
    let cases: &[(Change, &[(&str, &str)])] = &[
        (
            &|g| g["title"] = json!(7),
            &[("title", good_one["title"].as_str().unwrap())],
        ),
        (
            &|g| drop(g.as_object_mut().unwrap().remove("title")),
            &[("title", good_one["title"].as_str().unwrap())],
        ),
        (&|g| g["tittle"] = json!("x"), &[("unknown:tittle", "")]),
        (
            &|g| g["led_by"][0]["mail"] = json!("dana@example.org"),
            &[("unknown:led_by[0].mail", "")],
        ),
        (
            &|g| g["when"]["scheduled"]["rule"]["dayz"] = json!(["Mon"]),
            &[("unknown:when.scheduled.rule.dayz", "")],
        ),
        (
            &|g| g["when"]["scheduled"]["length"] = json!(2),
            &[(
                "when.length",
                &good_one["when"]["scheduled"]["length"].to_string(),
            )],
        ),
        (
            &|g| g["kind"] = json!("club"),
            &[("kind", good_one["kind"].as_str().unwrap())],
        ),
        (
            &|g| g["size"]["most"] = json!("nine"),
            &[("size", &good_one["size"].to_string())],
        ),
        (&|g| g["size"]["most"] = json!(13), &[("size", "6 to 9")]),
        (
            &|g| {
                g["tittle"] = json!("x");
                g["kind"] = json!("club");
            },
            &[
                ("kind", good_one["kind"].as_str().unwrap()),
                ("unknown:tittle", ""),
            ],
        ),
    ];
    for (number, (change, puts)) in cases.iter().enumerate() {
        let row = read(change);
        let unfinished = row
            .unfinished
            .as_ref()
            .unwrap_or_else(|| panic!("case {number}: {:?}", row.listing));
        let mut listing = mended(unfinished, puts);
        if puts[0].0 == "size" && puts[0].1.starts_with('6') {
            assert_eq!(listing["size"], json!({ "least": 6, "most": 9 }));
            listing["size"] = good_one["size"].clone();
        }
        assert_eq!(listing, good_one, "case {number}");
    }
    // A value of a field that we do not know is not shown: whose it is, is not known either.
    let private = read(&|g| g["home_phone_of_ann"] = json!("Ann, evenings"));
    assert!(
        private
            .said
            .contains(&("home_phone_of_ann".into(), String::new())),
        "{:?}",
        private.said
    );
    let lost = read(&|g| g["when"] = json!("soon"));
    let facts: Vec<_> = told(lost.unfinished.as_ref().unwrap())
        .into_iter()
        .map(|(fact, ..)| fact)
        .collect();
    assert_eq!(facts, ["when.rule", "when.time", "when.zone"]);
    assert_eq!(
        read(&|g| drop(g.as_object_mut().unwrap().remove("id"))).unfinished,
        None
    );
}

#[test]
fn what_is_said_in_place_of_a_fact_finds_its_row_again_or_is_not_asked_for() {
    for nameless in [
        json!({ "slug": null, "name": null }),
        json!({ "slug": "", "name": "" }),
    ] {
        assert_eq!(guide(&nameless, &how()).unfinished, None);
    }
    let twins = json!([meeting(&json!({ "day": 9 })), meeting(&json!({ "day": 9 }))]).to_string();
    let twins = feeds::meeting_guide::read(twins.as_bytes(), &how()).unwrap();
    assert!(twins[0].unfinished.is_some());
    assert_eq!(twins[1].unfinished, None);
}

#[test]
fn nothing_of_a_held_row_holds_what_must_not_be_kept() {
    let row = guide(
        &json!({
            "time": "soon", "notes": "Bring a chair. Zoom ID: 123 456 7890", "contact_1_name": "Ann Persona", "contact_1_phone": "216-555-0143",
            "conference_url": "https://zoom.us/j/987654321?pwd=x", "location_notes": "passcode 7788", "website": "https://us02web.zoom.us/j/5",
            "email": "ann@example.org",
        }),
        &how(),
    );
    let kept = format!("{:?} {}", row.said, serde_json::to_string(wrong(&row)).unwrap());
    for secret in ["Persona", "0143", "zoom.us", "7788", "123 456", "ann@"] {
        assert!(!kept.contains(secret), "{secret}: {kept}");
    }
    assert!(kept.contains("Bring a chair."));
    for (fact, text, refused) in [
        (Fact::HowToCome, "https://zoom.us/j/987654321", true),
        (Fact::HowToCome, "https://example.org/come", false),
        (Fact::HowToCome, "216-555-0142", false),
        (Fact::Title, "Night Owls, call 216-555-0143", true),
        (Fact::Title, "Night Owls", false),
        (
            Fact::Place,
            "12 Elm St, Akron, OH 44301 (41.0812, -81.5190)",
            false,
        ),
        (Fact::Place, "12 Elm St, passcode tuna", true),
        (Fact::Days, "2026-03-01, 2026-03-08", false),
    ] {
        assert_eq!(feeds::is_not_kept(&fact, text), refused, "{text}");
    }
    let listing = mended(wrong(&row), &[("when.time", "19:00")]);
    let listing: domain::groups::Listing = serde_json::from_value(listing).unwrap();
    assert!(matches!(listing.place, Place::Hybrid(..)) && matches!(listing.how_to_come, HowToCome::Page(_)));
}
