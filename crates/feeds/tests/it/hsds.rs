//! HSDS out: what is written is as the specification has it, and reads back whole.

use std::collections::BTreeSet;

use domain::groups::Listing;
use domain::text::Line;
use feeds::hsds::{read, write};
use feeds::out::{Account, Group, Publisher};
use feeds::reading::Reading;
use serde_json::{Value, json};

const EXAMPLE: &str = include_str!("../../../../docs/formats/example.sameboat.json");

/// The fields of each entity of HSDS 3.1 that we write, as its schemas have them: `!` must be there; after the name its type, or
/// the entity it holds, `*` several of them.
const ENTITIES: &str = "
service id!uuid organization_id:uuid name!text description:text url:uri email:text status!text wait_time:text
service eligibility_description:text minimum_age:number maximum_age:number assured_date:date last_modified:instant
service organization:organization additional_urls*url phones*phone schedules*schedule service_areas*service_area
service service_at_locations*service_at_location languages*language cost_options*cost_option capacities*service_capacity
service attributes*attribute
organization id!uuid name!text description!text email:text website:uri parent_organization_id:uuid phones*phone locations*location
url id!uuid service_id:uuid url!uri
phone id!uuid service_id:uuid organization_id:uuid number!text type:text
service_area id!uuid service_id:uuid name:text
language id!uuid service_id:uuid code:text
cost_option id!uuid service_id:uuid option:text currency:text amount:number amount_description:text
service_capacity id!uuid service_id:uuid unit!unit available!number maximum:number updated!instant
unit id!uuid name!text
schedule id!uuid service_id:uuid valid_from:date valid_to:date dtstart:date timezone:number until:date wkst:text freq:text
schedule interval:number byday:text description:text opens_at:text closes_at:text schedule_link:uri attending_type:text notes:text
schedule attributes*attribute
service_at_location id!uuid service_id:uuid location_id:uuid location:location service:service
location id!uuid location_type!text organization_id:uuid name:text description:text latitude:number longitude:number
location addresses*address accessibility*accessibility attributes*attribute
address id!uuid location_id:uuid address_1!text city!text state_province!text postal_code!text country!text address_type!text
address attributes*attribute
accessibility id!uuid location_id:uuid description:text
attribute id!uuid link_id:uuid link_entity:text link_type:text taxonomy_term_id:uuid value:text label:text
attribute taxonomy_term:taxonomy_term
taxonomy_term id!uuid code:text name!text description!text taxonomy:text taxonomy_id:uuid language:text
taxonomy id!uuid name!text description!text
";

/// What is wrong with an entity and with all that is in it.
fn wrong(entity: &str, said: &Value, at: &str, found: &mut Vec<String>) {
    let mut known: Vec<(&str, char, &str)> = Vec::new();
    for line in ENTITIES.lines() {
        let mut parts = line.split(' ');
        if parts.next() == Some(entity) {
            known.extend(parts.map(|part| {
                let mark = part.find(['!', ':', '*']).unwrap();
                (
                    &part[..mark],
                    part[mark..].chars().next().unwrap(),
                    &part[mark + 1..],
                )
            }));
        }
    }
    assert!(!known.is_empty(), "{entity} is no entity");
    let said = said.as_object().unwrap();
    for (name, mark, _) in &known {
        if *mark == '!' && !said.contains_key(*name) {
            found.push(format!("{at} has no {name}"));
        }
    }
    for (name, value) in said {
        let Some((_, mark, kind)) = known.iter().find(|(known, ..)| known == name) else {
            found.push(format!("{at}/{name} is no field"));
            continue;
        };
        let at = format!("{at}/{name}");
        let text = value.as_str();
        let fits = match (*mark, *kind) {
            ('*', kind) => {
                let all = value.as_array().unwrap();
                all.iter().for_each(|one| wrong(kind, one, &at, found));
                !all.is_empty()
            }
            (_, "text") => text.is_some(),
            (_, "number") => value.is_number(),
            (_, "uuid") => text
                .is_some_and(|text| text.len() == 36 && text.split('-').map(str::len).eq([8, 4, 4, 4, 12])),
            (_, "uri") => text.is_some_and(|text| text.starts_with("http")),
            (_, "date") => text.is_some_and(|text| text.parse::<chrono::NaiveDate>().is_ok()),
            (_, "instant") => text.is_some_and(|text| chrono::DateTime::parse_from_rfc3339(text).is_ok()),
            (_, kind) => {
                wrong(kind, value, &at, found);
                true
            }
        };
        if !fits {
            found.push(format!("{at} is {value}, not {kind}"));
        }
    }
}

fn publisher() -> Publisher<'static> {
    Publisher {
        name: "Lakeshore",
        site: "https://groups.example.org",
        phone: None,
        mail: None,
        country: "US",
        how_to_join: "Call.",
    }
}

fn group(listing: &Listing) -> Group<'_> {
    Group {
        slug: "k7m2p9qd4x",
        listing,
        page: "https://groups.example.org/groups/k7m2p9qd4x",
        rule: "Thursdays, 6:30 pm",
        told: &[],
        changed: "2026-11-24T15:00:00Z".parse().unwrap(),
    }
}

/// The service that a listing is written as, and what it is read as.
fn there_and_back(listing: &Listing) -> (Value, Listing) {
    let (text, _) = write::write(&publisher(), &[group(listing)]).unwrap();
    let how = Reading::new(Line::parse("Lakeshore").unwrap());
    let row = read(text.as_bytes(), &how).unwrap().remove(0);
    let read = row.listing.unwrap_or_else(|held| panic!("{held}\n{text}"));
    assert_eq!(row.notes, Vec::<String>::new());
    let written: Value = serde_json::from_str(&text).unwrap();
    (written[0].clone(), read)
}

/// The groups of the example, as they come from a feed.
fn examples() -> Vec<Value> {
    let example: Value = serde_json::from_str(EXAMPLE).unwrap();
    let groups = example["groups"].as_array().unwrap().iter();
    groups
        .map(|group| {
            let mut group = group.clone();
            group.as_object_mut().unwrap().remove("id");
            group["source"] = json!({ "feed": { "programme": "Lakeshore" } });
            group
        })
        .collect()
}

/// Each example, and for each fact that has several shapes one with each of them.
fn every_shape() -> Vec<Listing> {
    let mut shapes = examples();
    let mut changes = json!({
        "seats": ["open", { "left": 2 }, { "waiting-list": { "weeks": 5 } }, { "waiting-list": { "weeks": null } },
            { "starts": "2027-01-11" }, "closed", { "paused": { "until": "2027-02-01" } }, { "paused": { "until": null } },
            { "ended": { "on": "2026-10-01" } }, { "ended": { "on": null } }],
        "cost": [null, { "fee": "free" }, { "fee": "contribution", "note": "A dollar or two" },
            { "fee": { "per-session": { "cents": 2550, "currency": "CAD" } }, "insurance": true },
            { "fee": { "sliding": { "from": { "cents": 1000, "currency": "EUR" }, "to": { "cents": 6000, "currency": "EUR" } } } },
            { "fee": { "sliding": { "from": { "cents": 1000, "currency": "GBP" }, "to": { "cents": 1000, "currency": "GBP" } } } }],
        "span": [null, "ongoing", { "sessions": 12 }],
        "verified_on": [null, "2026-11-12"],
        "ages": [null, { "from": 18 }, { "to": 25 }, { "from": 13, "to": 17 }],
        "audience": [["women", "men", "lgbtq", "trans", "black-people", "native-people", "people-of-colour", "young-people",
            "older-people", "parents", "caregivers", "family-and-friends", "veterans", "first-responders", "health-workers",
            "students", "newcomers", "families", "deaf-people", "secular-people"]],
        "access": [["step-free", "elevator", "accessible-toilet", "hearing-loop", "captions", "sign-language", "quiet-corner",
            "fragrance-free", "camera-may-stay-off", "by-phone", "public-transport", "parking", "child-care", "service-animals"]],
        "remarks": [["Candlelight", "Big Book & <steps>"]],
        "how_to_come": [{ "page": "https://lakeshore.example/grief" }, { "organisation": { "phone": null, "mail": "a@b.example" } },
            { "organisation": { "phone": "+1 216 555 0142 x5", "mail": null } }],
        "place": [{ "online": { "by": "video or phone", "only_for": "people living in OH" } }, { "online": {} },
            { "in-person": { "address": { "withheld": { "area": "Lakewood, OH 44107" } }, "point": [41.48, -81.79] } },
            { "in-person": { "address": { "exact": { "line": "1 Elm Street" } } } },
            { "hybrid": [{ "name": "Harbor House", "address": { "exact": { "line": "1 Elm St, Akron, OH 44301", "town": "Akron" } },
                "point": [41.08, -81.51], "directions": "Side door; the blue lamp." }, { "by": "video" }] }],
    });
    let schedule = |changes: Value| {
        let mut schedule = json!({
            "zone": "America/New_York", "from": "2026-01-07", "time": "18:30:00", "length": 90,
            "rule": { "every": "weekly", "interval": 1, "days": ["Thu"] },
        });
        for (name, value) in changes.as_object().unwrap() {
            schedule[name] = value.clone();
        }
        json!({ "scheduled": schedule })
    };
    changes["when"] = json!([
        "by-appointment",
        schedule(json!({ "length": 1440 })),
        schedule(json!({ "length": 480, "time": "22:00:00", "zone": "Asia/Kathmandu" })),
        schedule(
            json!({ "until": "2027-01-07", "rule": { "every": "weekly", "interval": 2, "days": ["Mon", "Sun"] } })
        ),
        schedule(
            json!({ "rule": { "every": "monthly", "interval": 2, "nth": ["first", "third", "last"], "day": "Tue" } })
        ),
        schedule(
            json!({ "rule": { "every": "dates", "dates": ["2026-02-01", "2026-01-09"] }, "until": "2026-03-01",
            "skips": [{ "date": "2026-02-01", "reason": "Snow" }] })
        ),
        schedule(
            json!({ "skips": [{ "date": "2026-11-26", "reason": "Thanksgiving" }, { "date": "2026-12-03" }],
            "moves": [{ "date": "2026-12-24", "to": "2026-12-22T18:00:00", "reason": "Holiday" }] })
        ),
    ]);
    for example in examples() {
        for (name, values) in changes.as_object().unwrap() {
            for value in values.as_array().unwrap() {
                let mut other = example.clone();
                other[name.as_str()] = value.clone();
                shapes.push(other);
            }
        }
    }
    shapes
        .into_iter()
        .map(|shape| serde_json::from_value(shape).unwrap())
        .collect()
}

#[test]
fn every_fact_of_a_group_comes_back() {
    let shapes = every_shape();
    assert!(shapes.len() > 80, "{}", shapes.len());
    for listing in shapes {
        let (written, read) = there_and_back(&listing);
        assert_eq!(
            serde_json::to_value(&read).unwrap(),
            serde_json::to_value(&listing).unwrap(),
            "{written:#}"
        );
    }
}

#[test]
fn what_is_written_is_as_the_specification_has_it() {
    let mut found = Vec::new();
    for listing in every_shape() {
        let group = group(&listing);
        let (service, _) = there_and_back(&listing);
        wrong("service", &service, "service", &mut found);
        let short = write::service_in_list(&publisher(), &group);
        wrong("service", &short, "service in a list", &mut found);
        let at = write::service_at_location(&publisher(), &group);
        wrong("service_at_location", &at, "at location", &mut found);
        let at = write::service_at_location_in_list(&publisher(), &group);
        wrong("service_at_location", &at, "at location in a list", &mut found);
        for term in write::Terms::of([&listing].into_iter()).all(None) {
            wrong("taxonomy_term", &term, "term", &mut found);
        }
    }
    for taxonomy in write::taxonomies() {
        wrong("taxonomy", &taxonomy, "taxonomy", &mut found);
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn other_programs_find_the_usual_fields() {
    let when = json!({ "scheduled": {
        "zone": "America/New_York", "from": "2026-01-07", "time": "18:30:00", "length": 90,
        "rule": { "every": "monthly", "interval": 1, "nth": ["second", "last"], "day": "Thu" },
        "skips": [{ "date": "2026-11-26" }],
    } });
    let mut example = examples().remove(0);
    example["when"] = when;
    example["seats"] = json!({ "left": 2 });
    let listing: Listing = serde_json::from_value(example).unwrap();
    let (service, _) = there_and_back(&listing);
    let schedule = &service["schedules"][0];
    for (name, value) in [
        ("freq", json!("MONTHLY")),
        ("interval", json!(1)),
        ("byday", json!("2TH,-1TH")),
        ("dtstart", json!("2026-01-08")),
        ("timezone", json!(-5.0)),
        ("opens_at", json!("18:30-05:00")),
        ("closes_at", json!("20:00-05:00")),
    ] {
        assert_eq!(schedule[name], value, "{name} of {schedule:#}");
    }
    assert_eq!(service["capacities"][0]["available"], 2);
    assert_eq!(service["capacities"][0]["unit"]["name"], "place");
    assert_eq!(service["status"], "active");
    assert_eq!(service["last_modified"], "2026-11-24T15:00:00.000Z");
    assert_eq!(service.get("assurer_email"), None, "nobody's mail is invented");
    let ended = json!({ "ended": { "on": null } });
    let mut example = examples().remove(0);
    example["seats"] = ended;
    let listing: Listing = serde_json::from_value(example).unwrap();
    assert_eq!(there_and_back(&listing).0["status"], "defunct");
    let (_, account) = write::write(&publisher(), &[group(&listing)]).unwrap();
    let other = Account {
        written: 1,
        ..account.clone()
    };
    assert_eq!(account, other);
}

#[test]
fn a_withheld_place_is_no_dot_on_a_map_of_others() {
    let withheld = every_shape().into_iter().filter(|listing| {
        let site = listing.place.site();
        site.is_some_and(|site| matches!(site.address, domain::groups::Address::Withheld { .. }))
    });
    let mut seen = 0;
    for listing in withheld {
        let (service, _) = there_and_back(&listing);
        let location = &service["service_at_locations"][0]["location"];
        assert_eq!(location.get("latitude"), None, "{location:#}");
        assert_eq!(location["addresses"][0]["address_1"], "");
        seen += 1;
    }
    assert!(seen > 0);
}

#[test]
fn ids_are_the_same_again_and_no_two_things_share_one() {
    let listing = every_shape().remove(0);
    let (first, _) = there_and_back(&listing);
    assert_eq!(first, there_and_back(&listing).0);
    let mut ids = Vec::new();
    let mut all = vec![&first];
    while let Some(value) = all.pop() {
        // Terms and the organisation are the same thing wherever they stand.
        if let Some(id) = value.get("id").filter(|_| value.get("taxonomy").is_none()) {
            ids.push(id.to_string());
        }
        match value {
            Value::Array(list) => all.extend(list),
            Value::Object(fields) => all.extend(fields.values()),
            _ => {}
        }
    }
    let apart: BTreeSet<_> = ids.iter().collect();
    assert_eq!(apart.len(), ids.len(), "{first:#}");
}

#[test]
fn groups_are_asked_for_by_term_and_taxonomy() {
    let listing = every_shape().remove(0);
    let terms = write::Terms::of([&listing].into_iter());
    let all = terms.all(None);
    assert!(all.len() > 10);
    for term in &all {
        let found = terms.named(term["id"].as_str().unwrap()).unwrap();
        assert!(found.is_of(&listing), "{term}");
        assert_eq!(&found.to_json(), term);
        let taxonomy = write::taxonomy_named(term["taxonomy_id"].as_str().unwrap()).unwrap();
        assert!(taxonomy.is_of(&listing), "{term}");
        assert!(terms.all(Some(&taxonomy)).contains(term));
    }
    assert_eq!(terms.named("audience:nobody"), None);
    assert_eq!(write::taxonomy_named("nothing"), None);
}

#[test]
fn providers_are_organisations() {
    let example: Value = serde_json::from_str(EXAMPLE).unwrap();
    let (mut found, mut seen) = (Vec::new(), 0);
    for provider in example["providers"].as_array().unwrap() {
        let mut provider = provider.clone();
        for link in ["id", "groups", "part_of"] {
            provider.as_object_mut().unwrap().remove(link);
        }
        provider["source"] = json!("own");
        let provider = serde_json::from_value(provider).unwrap();
        let id = write::provider_id("k7m2p9qd4x");
        let member = write::Member {
            id: &id,
            provider: &provider,
            page: "https://groups.example.org/providers/k7m2p9qd4x",
            part_of: None,
        };
        let said = write::organisation(&member, "US");
        wrong("organization", &said, "organization", &mut found);
        assert_eq!(said["name"], provider.full_name());
        seen += 1;
    }
    assert_eq!(found, Vec::<String>::new());
    assert!(seen >= 3);
    wrong(
        "organization",
        &write::organisation_of(&publisher(), "Lakeshore"),
        "publisher",
        &mut found,
    );
    assert_eq!(found, Vec::<String>::new());
}

/// Every path of a JSON value, in the way of RFC 6901.
fn paths(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(list) => {
            let all = list.iter().enumerate();
            all.for_each(|(number, one)| paths(one, &format!("{at}/{number}"), found));
        }
        Value::Object(fields) => fields
            .iter()
            .for_each(|(name, one)| paths(one, &format!("{at}/{name}"), found)),
        _ => {}
    }
}

#[test]
fn a_broken_field_is_a_listing_or_held() {
    let how = Reading::new(Line::parse("Lakeshore").unwrap());
    let (service, _) = there_and_back(&every_shape().remove(0));
    let mut all = Vec::new();
    paths(&service, "", &mut all);
    assert!(all.len() > 300, "{}", all.len());
    let broken = json!([null, "", "é/,:", -1, [{}], {}]);
    for (number, path) in all.iter().enumerate() {
        let mut service = service.clone();
        *service.pointer_mut(path).unwrap() = broken[number % 6].clone();
        let rows = read(json!([service]).to_string().as_bytes(), &how).unwrap();
        assert_eq!(rows.len(), 1, "{path}");
    }
}

#[test]
fn what_must_not_be_kept_is_taken_out_of_attributes_too() {
    let how = Reading::new(Line::parse("Lakeshore").unwrap());
    let (mut service, _) = there_and_back(&every_shape().remove(0));
    let mut changed = 0;
    for attribute in service["attributes"].as_array_mut().unwrap() {
        let family = attribute["link_type"].as_str().unwrap().to_owned();
        if ["first-visit", "technique", "remark"].contains(&family.as_str()) {
            attribute["value"] = json!("Come in. Join at https://us02web.zoom.us/j/123456789?pwd=x");
            changed += 1;
        }
    }
    assert!(changed > 5);
    service["url"] = json!("https://us02web.zoom.us/j/123456789?pwd=x");
    service["phones"] = json!([]);
    service["email"] = json!(null);
    service["attributes"].as_array_mut().unwrap().push(json!({
        "taxonomy_term": { "taxonomy": "sameboat:audience", "code": "audience:martians" },
    }));
    let row = read(json!([service]).to_string().as_bytes(), &how)
        .unwrap()
        .remove(0);
    let notes = row.notes.join("\n");
    assert!(
        notes.contains("taken out") && notes.contains("join link"),
        "{notes}"
    );
    assert!(
        notes.contains("“audience:martians” is no fact we know"),
        "{notes}"
    );
    let kept = format!("{:?}", row.listing);
    assert!(!kept.contains("zoom.us") && !kept.contains("123456789"), "{kept}");
}
