//! Where a group meets, as the location of HSDS.

use domain::groups::{Access, Address, Listing, Point, Site};
use serde_json::{Value, json};

use super::super::facts::{Fact, attributes, words};
use super::super::ids::uuid;
use super::{Map, put};

/// The service at its location.
pub(super) fn at_location(listing: &Listing, service: &str, country: &str) -> Value {
    let (id, location) = (uuid(&["at", service]), uuid(&["location", service]));
    json!({
        "id": id,
        "service_id": service,
        "location_id": location,
        "location": self::location(listing, &location, country),
    })
}

/// Facts of a location and of its address that have no field.
pub(super) fn facts(site: &Site) -> (Vec<Fact>, Vec<Fact>) {
    match &site.address {
        Address::Exact { line, .. } => (Vec::new(), vec![Fact::new("address", "line").with(line)]),
        // A point without an address would be taken for the place itself.
        Address::Withheld { area } => {
            let point = |point: Point| {
                Fact::new("address", "middle").with(format!("{},{}", point.latitude(), point.longitude()))
            };
            let point = site.point.map(point);
            (
                point.into_iter().collect(),
                vec![Fact::new("address", "area").with(area)],
            )
        }
    }
}

fn location(listing: &Listing, id: &str, country: &str) -> Map {
    let Some(site) = listing.place.site() else {
        let by = listing.place.online().and_then(|online| online.by.as_ref());
        let mut location = Map::new();
        put(&mut location, "id", Some(id));
        put(&mut location, "location_type", Some("virtual"));
        put(&mut location, "name", by);
        return location;
    };
    let mut location = of_site(site, id, country);
    let access = listing.access.iter().filter(|access| is_of_place(**access));
    let access: Vec<Value> = access
        .map(|access| {
            let name = Fact::word("access", access).code;
            json!({ "id": uuid(&["access", id, &name]), "location_id": id, "description": words(&name) })
        })
        .collect();
    if !access.is_empty() {
        location.insert("accessibility".to_owned(), access.into());
    }
    location
}

/// A place that one can walk to.
pub(super) fn of_site(site: &Site, id: &str, country: &str) -> Map {
    let mut location = Map::new();
    put(&mut location, "id", Some(id));
    put(&mut location, "location_type", Some("physical"));
    put(&mut location, "name", site.name.as_ref());
    put(&mut location, "description", site.directions.as_ref());
    if let (Some(point), Address::Exact { .. }) = (site.point, &site.address) {
        location.insert("latitude".to_owned(), point.latitude().into());
        location.insert("longitude".to_owned(), point.longitude().into());
    }
    let (here, of_address) = facts(site);
    location.insert(
        "addresses".to_owned(),
        json!([address(site, id, country, &of_address)]),
    );
    if !here.is_empty() {
        location.insert("attributes".to_owned(), attributes(&here, "location", id).into());
    }
    location
}

/// HSDS has the parts of an address and wants each: what is not known apart stays empty. The line itself is an attribute.
fn address(site: &Site, location: &str, country: &str, told: &[Fact]) -> Map {
    let id = uuid(&["address", location]);
    let parts = match &site.address {
        Address::Exact { line, town } => parts(line.as_str(), town.as_ref().map(domain::text::Line::as_str)),
        Address::Withheld { area } => Parts {
            street: String::new(),
            ..parts(&format!(", {area}"), area.as_str().split(',').next())
        },
    };
    let mut address = Map::new();
    for (name, text) in [
        ("id", id.as_str()),
        ("location_id", location),
        ("address_1", &parts.street),
        ("city", &parts.town),
        ("state_province", &parts.state),
        ("postal_code", &parts.code),
        ("country", country),
        ("address_type", "physical"),
    ] {
        address.insert(name.to_owned(), text.into());
    }
    address.insert("attributes".to_owned(), attributes(told, "address", &id).into());
    address
}

#[derive(Debug, Default, PartialEq)]
struct Parts {
    street: String,
    town: String,
    state: String,
    code: String,
}

/// "1900 West 25th Street, Cleveland, OH 44113" in Cleveland. A line of another shape is all street.
fn parts(line: &str, town: Option<&str>) -> Parts {
    let whole = Parts {
        street: line.to_owned(),
        town: town.unwrap_or_default().to_owned(),
        ..Parts::default()
    };
    let Some((street, rest)) = town.and_then(|town| line.rsplit_once(&format!(", {town}"))) else {
        return whole;
    };
    let rest = rest.trim_start_matches(',').trim();
    let rest = rest.strip_suffix(", USA").unwrap_or(rest);
    let (state, code) = rest.split_once(' ').unwrap_or((rest, ""));
    let is_state = state.len() == 2 && state.bytes().all(|b| b.is_ascii_uppercase());
    let is_code = code.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if rest.is_empty() || is_state && is_code {
        Parts {
            street: street.to_owned(),
            state: state.to_owned(),
            code: code.to_owned(),
            ..whole
        }
    } else {
        whole
    }
}

/// What is true of the house and not of the group.
fn is_of_place(access: Access) -> bool {
    matches!(
        access,
        Access::StepFree
            | Access::Elevator
            | Access::AccessibleToilet
            | Access::HearingLoop
            | Access::QuietCorner
            | Access::PublicTransport
            | Access::Parking
            | Access::ServiceAnimals
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart_only_where_its_parts_are_plain() {
        let of = |street: &str, town: &str, state: &str, code: &str| Parts {
            street: street.to_owned(),
            town: town.to_owned(),
            state: state.to_owned(),
            code: code.to_owned(),
        };
        for (line, town, expected) in [
            (
                "1900 West 25th Street, Cleveland, OH 44113",
                Some("Cleveland"),
                of("1900 West 25th Street", "Cleveland", "OH", "44113"),
            ),
            (
                "Cleveland Arms, 3 Elm St, Cleveland, OH 44113, USA",
                Some("Cleveland"),
                of("Cleveland Arms, 3 Elm St", "Cleveland", "OH", "44113"),
            ),
            (
                "3 Elm St, Cleveland",
                Some("Cleveland"),
                of("3 Elm St", "Cleveland", "", ""),
            ),
            (
                "10180 101 St NW, Edmonton, AB T5J 3S4, Canada",
                Some("Edmonton"),
                of(
                    "10180 101 St NW, Edmonton, AB T5J 3S4, Canada",
                    "Edmonton",
                    "",
                    "",
                ),
            ),
            (
                "3 Elm St, Cleveland, OH 44113",
                None,
                of("3 Elm St, Cleveland, OH 44113", "", "", ""),
            ),
        ] {
            assert_eq!(parts(line, town), expected, "{line}");
        }
    }
}
