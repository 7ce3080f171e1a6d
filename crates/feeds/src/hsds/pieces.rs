//! One service is as many groups as it has schedules.

use serde_json::{Map, Value};

use super::facts::Facts;

/// A schedule of a service, where the service takes place there.
pub(super) struct Piece<'s> {
    pub(super) service: &'s Map<String, Value>,
    pub(super) at: Option<&'s Map<String, Value>>,
    pub(super) schedule: Option<&'s Map<String, Value>>,
}

/// At least one: a service without a schedule is a row as well.
pub(super) fn pieces(service: &Map<String, Value>) -> Vec<Piece<'_>> {
    if Facts::of(service).are_ours() {
        // One group, however many dates it names.
        return vec![Piece {
            service,
            at: None,
            schedule: None,
        }];
    }
    let usual: Vec<_> = objects(service, "schedules").collect();
    let mut pieces = Vec::new();
    for at in objects(service, "service_at_locations") {
        let own: Vec<_> = objects(at, "schedules").collect();
        let schedules = if own.is_empty() { &usual } else { &own };
        pieces.extend(schedules.iter().map(|schedule| Piece {
            service,
            at: Some(at),
            schedule: Some(schedule),
        }));
    }
    let at = objects(service, "service_at_locations").next();
    if pieces.is_empty() {
        pieces.extend(usual.into_iter().map(|schedule| Piece {
            service,
            at,
            schedule: Some(schedule),
        }));
    }
    if pieces.is_empty() {
        pieces.push(Piece {
            service,
            at,
            schedule: None,
        });
    }
    pieces
}

/// The objects of a list.
pub(super) fn objects<'s>(
    within: &'s Map<String, Value>,
    name: &str,
) -> impl Iterator<Item = &'s Map<String, Value>> {
    let list = within.get(name).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_object)
}

/// An object within another.
pub(super) fn object<'s>(within: &'s Map<String, Value>, name: &str) -> Option<&'s Map<String, Value>> {
    within.get(name).and_then(Value::as_object)
}
