//! Where a group meets, as it was typed: a place of another group, or one of its own.

use domain::groups::{Address, Online, Place, Point, Site, Slug};
use domain::text::Line;
use finder::{Found, places};

use super::typed::Typing;
use crate::form::Form;

/// Places that groups have already, each once, by the slug of a group that meets there.
pub(crate) type Sites = Vec<(Slug, Site)>;

pub(super) fn read(typing: &mut Typing, base: Option<&Place>, sites: &Sites) -> Option<Place> {
    let online = Online {
        by: typing.line("online-by"),
        only_for: typing.line("online-only-for"),
    };
    let before = base.and_then(Place::site);
    match typing.form.get("place") {
        "in-person" => site(typing, before, sites).map(Place::InPerson),
        "online" => Some(Place::Online(online)),
        "hybrid" => site(typing, before, sites).map(|site| Place::Hybrid(site, online)),
        _ => typing.must("place", None),
    }
}

fn site(typing: &mut Typing, before: Option<&Site>, sites: &Sites) -> Option<Site> {
    let chosen = typing.form.get("site");
    if !chosen.is_empty() {
        let found = sites.iter().find(|(slug, _)| slug.as_str() == chosen);
        return typing.must("site", found.map(|(_, site)| site.clone()));
    }
    let (name, directions) = (typing.line("site-name"), typing.line("directions"));
    let address = if typing.form.get("withheld") == "yes" {
        let area = typing.line("area");
        Address::Withheld {
            area: typing.must("area", area)?,
        }
    } else {
        let line = typing.line("address");
        Address::Exact {
            line: typing.must("address", line)?,
            town: typing.line("town"),
        }
    };
    let point = match before {
        Some(site) if site.address == address => site.point,
        _ => point(&address),
    };
    Some(Site {
        name,
        address,
        point,
        directions,
    })
}

/// The middle of its ZIP area, or of its town: what the finder measures distances from.
fn point(address: &Address) -> Option<Point> {
    let town = match address {
        Address::Exact { town, .. } => town.as_ref().map(Line::as_str),
        Address::Withheld { area } => Some(area.as_str()),
    };
    point_of(address.public()).or_else(|| resolved(town?))
}

/// The middle of the ZIP area that an address names.
pub(crate) fn point_of(address: &str) -> Option<Point> {
    let zip = address
        .split(|c: char| !c.is_ascii_digit())
        .rfind(|digits| digits.len() == 5);
    resolved(zip?)
}

fn resolved(text: &str) -> Option<Point> {
    match places().resolve(text) {
        Found::One(place) => Some(place.point),
        _ => None,
    }
}

pub(super) fn write(form: &mut Form, place: &Place) {
    form.put(
        "place",
        match place {
            Place::InPerson(_) => "in-person",
            Place::Online(_) => "online",
            Place::Hybrid(..) => "hybrid",
        },
    );
    let text = |line: &Option<Line>| line.as_ref().map_or("", Line::as_str).to_owned();
    if let Some(online) = place.online() {
        form.put("online-by", &text(&online.by));
        form.put("online-only-for", &text(&online.only_for));
    }
    if let Some(site) = place.site() {
        form.put("site-name", &text(&site.name));
        form.put("directions", &text(&site.directions));
        match &site.address {
            Address::Exact { line, town } => {
                form.put("address", line.as_str());
                form.put("town", &text(town));
            }
            Address::Withheld { area } => {
                form.put("withheld", "yes");
                form.put("area", area.as_str());
            }
        }
    }
}
