//! Where a service takes place, and what makes it possible to come.

use domain::groups::{Access, Address, Draft, Online, Place, Point, Site};
use serde_json::{Map, Value};

use super::pieces::{Piece, object, objects};
use crate::kept::{clean_address, cleaned, line, service};
use crate::meaning::{push, remark};
use crate::reading::Held;
use crate::value::Fields;
use crate::wrong::somewhere;

/// The place of a piece: its location, and online where it says so.
pub(super) fn place(piece: &Piece, notes: &mut Vec<String>) -> Result<Place, Held> {
    let location = piece.at.and_then(|at| object(at, "location"));
    let attending = piece
        .schedule
        .and_then(|schedule| Fields(schedule).text("attending_type"));
    let small = attending.unwrap_or_default().to_lowercase();
    let remote = ["online", "virtual", "video", "remote", "phone"]
        .iter()
        .any(|word| small.contains(word));
    let online = |url: Option<String>| Online {
        by: url.as_deref().and_then(service),
        only_for: None,
    };
    let missing = Held::NoPlace("a location with an address, or one that is virtual");
    let Some(location) = location else {
        return if remote {
            Ok(Place::Online(online(None)))
        } else {
            Err(missing)
        };
    };
    let fields = Fields(location);
    if fields.text("location_type").as_deref() == Some("virtual") {
        return Ok(Place::Online(online(fields.text("url"))));
    }
    match site(location, notes) {
        Some(site) if remote => Ok(Place::Hybrid(site, online(None))),
        Some(site) => Ok(Place::InPerson(site)),
        None if remote => Ok(Place::Online(online(None))),
        None => Err(missing),
    }
}

/// What is known of the place of a piece that names none.
pub(super) fn unplaced(piece: &Piece) -> Place {
    let location = piece.at.and_then(|at| object(at, "location"));
    let notes = &mut Vec::new();
    Place::InPerson(Site {
        name: location
            .and_then(|location| cleaned(&Fields(location), "name", notes))
            .and_then(|name| line(&name)),
        ..somewhere()
    })
}

fn site(location: &Map<String, Value>, notes: &mut Vec<String>) -> Option<Site> {
    let fields = Fields(location);
    let physical = |address: &&Map<String, Value>| {
        Fields(address)
            .text("address_type")
            .is_none_or(|kind| kind != "postal")
    };
    let address = objects(location, "addresses")
        .find(physical)
        .or_else(|| objects(location, "addresses").next())?;
    let said = Fields(address);
    let region = ["state_province", "postal_code"]
        .iter()
        .filter_map(|name| said.text(name));
    let region = Some(region.collect::<Vec<_>>().join(" ")).filter(|region| !region.is_empty());
    let parts = [
        said.text("address_1"),
        said.text("address_2"),
        said.text("city"),
        region,
        said.text("country"),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    let whole = line(&clean_address(&parts.join(", "), notes))?;
    if !said.says("address_1") {
        return Some(Site {
            name: None,
            address: Address::Withheld { area: whole },
            point: None,
            directions: None,
        });
    }
    let point = match (fields.number("latitude"), fields.number("longitude")) {
        (Some(latitude), Some(longitude)) if latitude != 0.0 || longitude != 0.0 => {
            Point::new(latitude, longitude)
                .inspect_err(|error| notes.push(format!("{error}; left out")))
                .ok()
        }
        _ => None,
    };
    let way = ["description", "transportation"]
        .iter()
        .filter_map(|name| cleaned(&fields, name, notes));
    let way = way.collect::<Vec<_>>().join(" ");
    Some(Site {
        name: cleaned(&fields, "name", notes).and_then(|name| line(&name)),
        address: Address::Exact {
            line: whole,
            town: said.text("city").and_then(|town| line(&town)),
        },
        point,
        directions: line(&way),
    })
}

/// Words of the accessibility of a location, and the facts they are.
const ACCESS: [(&str, Access); 9] = [
    ("wheelchair", Access::StepFree),
    ("step-free", Access::StepFree),
    ("ramp", Access::StepFree),
    ("elevator", Access::Elevator),
    ("accessible toilet", Access::AccessibleToilet),
    ("accessible restroom", Access::AccessibleToilet),
    ("hearing loop", Access::HearingLoop),
    ("sign language", Access::SignLanguage),
    ("parking", Access::Parking),
];

/// Writes the accessibility of a location into the draft. Words that say something is missing stay words.
pub(super) fn accessibility(piece: &Piece, draft: &mut Draft) {
    let Some(location) = piece.at.and_then(|at| object(at, "location")) else {
        return;
    };
    for told in objects(location, "accessibility") {
        let Some(words) = Fields(told).text("description") else {
            continue;
        };
        let small = words.to_lowercase();
        let denied = ["no ", "not ", "without"].iter().any(|word| small.contains(word));
        let facts: Vec<_> = ACCESS
            .iter()
            .filter(|(word, _)| !denied && small.contains(word))
            .collect();
        facts
            .iter()
            .for_each(|(_, access)| push(&mut draft.access, *access));
        if facts.is_empty() {
            remark(&words, draft);
        }
    }
}
