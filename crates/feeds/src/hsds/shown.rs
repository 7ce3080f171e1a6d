//! What a service that is held says, for whoever mends it.

use super::pieces::{Piece, object, objects};
use crate::said::{Kind, Shown, said};
use crate::value::Fields;

const SERVICE: Shown = &[
    ("name", Kind::Words),
    ("status", Kind::Code),
    ("description", Kind::Words),
    ("application_process", Kind::Words),
    ("eligibility_description", Kind::Words),
    ("fees_description", Kind::Words),
    ("minimum_age", Kind::Code),
    ("maximum_age", Kind::Code),
    ("url", Kind::Page),
    ("assured_date", Kind::Code),
];
const SCHEDULE: Shown = &[
    ("freq", Kind::Code),
    ("interval", Kind::Code),
    ("byday", Kind::Code),
    ("bymonthday", Kind::Code),
    ("dtstart", Kind::Code),
    ("until", Kind::Code),
    ("count", Kind::Code),
    ("valid_from", Kind::Code),
    ("valid_to", Kind::Code),
    ("opens_at", Kind::Code),
    ("closes_at", Kind::Code),
    ("timezone", Kind::Code),
    ("attending_type", Kind::Code),
    ("description", Kind::Words),
];
const LOCATION: Shown = &[
    ("name", Kind::Words),
    ("location_type", Kind::Code),
    ("latitude", Kind::Code),
    ("longitude", Kind::Code),
    ("description", Kind::Words),
];
const ADDRESS: Shown = &[
    ("address_1", Kind::Words),
    ("address_2", Kind::Words),
    ("city", Kind::Words),
    ("state_province", Kind::Words),
    ("postal_code", Kind::Code),
    ("country", Kind::Words),
];

/// The fields of the service, and of its schedule and its location under their names.
pub(super) fn said_of(piece: &Piece) -> Vec<(String, String)> {
    let schedule = piece
        .schedule
        .or_else(|| objects(piece.service, "schedules").next());
    let at = piece
        .at
        .or_else(|| objects(piece.service, "service_at_locations").next());
    let location = at.and_then(|at| object(at, "location"));
    let address = location.and_then(|location| objects(location, "addresses").next());
    let parts = [
        ("", Some(piece.service), SERVICE),
        ("schedules.", schedule, SCHEDULE),
        ("location.", location, LOCATION),
        ("location.addresses.", address, ADDRESS),
    ];
    let told = parts.into_iter().flat_map(|(within, entity, shown)| {
        let told = entity.map_or_else(Vec::new, |entity| said(&Fields(entity), shown));
        told.into_iter()
            .map(move |(name, text)| (format!("{within}{name}"), text))
    });
    told.collect()
}
