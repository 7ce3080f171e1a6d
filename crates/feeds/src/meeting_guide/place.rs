//! Where a row of Meeting Guide meets.

use domain::groups::{Address, Online, Place, Point, Site};
use domain::text::Line;

use crate::kept::{clean_address, cleaned, line, service};
use crate::reading::Held;
use crate::value::Fields;
use crate::wrong::somewhere;

/// How people take part.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Attendance {
    InPerson,
    Online,
    Hybrid,
    Inactive,
}

/// As the specification says; where it is not said, as others derive it: from codes, address and conference fields.
pub(super) fn attendance(fields: &Fields, codes: &[String]) -> Attendance {
    match fields.text("attendance_option").as_deref() {
        Some("in_person") => return Attendance::InPerson,
        Some("online") => return Attendance::Online,
        Some("hybrid") => return Attendance::Hybrid,
        Some("inactive") => return Attendance::Inactive,
        _ => {}
    }
    let has = |code: &str| codes.iter().any(|known| known.eq_ignore_ascii_case(code));
    let online = has("ONL") || has("HY") || fields.says("conference_url") || fields.says("conference_phone");
    match (online, has("TC"), is_exact(fields)) {
        (true, false, true) => Attendance::Hybrid,
        (true, _, _) => Attendance::Online,
        (false, true, _) => Attendance::Inactive,
        (false, false, _) => Attendance::InPerson,
    }
}

/// Where a group that pauses meets when it meets; how to join is left out of its row meanwhile. As elsewhere an area beside an online
/// meeting is no place to go to, unless it stands where a withheld address does: in `city` alone.
fn when_it_meets(fields: &Fields, codes: &[String]) -> Attendance {
    let online = codes.iter().any(|code| code.eq_ignore_ascii_case("ONL"))
        || fields.says("conference_url")
        || fields.says("conference_phone");
    let area = fields.says("city") && !fields.says("formatted_address") && !fields.says("address");
    match (online, is_exact(fields) || area) {
        (true, true) => Attendance::Hybrid,
        (true, false) => Attendance::Online,
        (false, _) => Attendance::InPerson,
    }
}

pub(super) fn place(
    fields: &Fields,
    attendance: Attendance,
    codes: &[String],
    notes: &mut Vec<String>,
) -> Result<Place, Held> {
    let attendance = match attendance {
        Attendance::Inactive => when_it_meets(fields, codes),
        other => other,
    };
    let online = || Online {
        by: provider(fields),
        only_for: None,
    };
    if attendance == Attendance::Online {
        return Ok(Place::Online(online()));
    }
    let Some(site) = site(fields, notes) else {
        let told = fields.says("conference_url") || fields.says("conference_phone");
        return if told {
            Ok(Place::Online(online()))
        } else {
            Err(Held::NoPlace("“formatted_address”, or “conference_url”"))
        };
    };
    Ok(if attendance == Attendance::Hybrid {
        Place::Hybrid(site, online())
    } else {
        Place::InPerson(site)
    })
}

/// What is known of the place of a row that names none.
pub(super) fn unplaced(fields: &Fields, attendance: Attendance, notes: &mut Vec<String>) -> Place {
    let site = Site {
        name: cleaned(fields, "location", notes).and_then(|text| line(&text)),
        point: point(fields, notes),
        directions: cleaned(fields, "location_notes", notes).and_then(|text| line(&text)),
        ..somewhere()
    };
    if attendance == Attendance::Hybrid {
        Place::Hybrid(site, Online::default())
    } else {
        Place::InPerson(site)
    }
}

fn point(fields: &Fields, notes: &mut Vec<String>) -> Option<Point> {
    match (fields.number("latitude"), fields.number("longitude")) {
        (Some(latitude), Some(longitude)) if latitude != 0.0 || longitude != 0.0 => {
            let point = Point::new(latitude, longitude);
            if let Err(error) = point {
                notes.push(format!("{error}; left out"));
            }
            point.ok()
        }
        _ => None,
    }
}

fn site(fields: &Fields, notes: &mut Vec<String>) -> Option<Site> {
    let point = point(fields, notes);
    let whole = line(&clean_address(&address(fields), notes))?;
    if !is_exact(fields) {
        return Some(Site {
            name: None,
            address: Address::Withheld { area: whole },
            point,
            directions: None,
        });
    }
    let name = cleaned(fields, "location", notes).and_then(|text| line(&text));
    let directions = cleaned(fields, "location_notes", notes).and_then(|text| line(&text));
    let town = town(fields, whole.as_str());
    Some(Site {
        name,
        address: Address::Exact { line: whole, town },
        point,
        directions,
    })
}

/// The address on one line, as the feed gives it or put together; else the area.
fn address(fields: &Fields) -> String {
    if let Some(formatted) = fields.text("formatted_address") {
        return formatted;
    }
    let region_code = [fields.text("state"), fields.text("postal_code")]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    let parts = [
        fields.text("address"),
        fields.text("city"),
        Some(region_code),
        fields.text("country"),
    ];
    let parts: Vec<_> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() {
        regions(fields).join(", ")
    } else {
        parts.join(", ")
    }
}

/// The regions of a row, the smallest first; a sheet writes "Illinois > Chicago".
fn regions(fields: &Fields) -> Vec<String> {
    let mut regions = fields.list("regions");
    if let [one] = regions.as_slice() {
        regions = one.split('>').map(|region| region.trim().to_owned()).collect();
    }
    if regions.is_empty() {
        regions = ["region", "sub_region"]
            .iter()
            .filter_map(|name| fields.text(name))
            .collect();
    }
    regions.reverse();
    regions
}

/// Whether the feed names a street and not just an area.
fn is_exact(fields: &Fields) -> bool {
    match fields.text("approximate").as_deref() {
        Some("yes" | "true" | "1") => false,
        Some("no" | "false" | "0") => true,
        _ => {
            let street = fields
                .text("address")
                .or_else(|| fields.text("formatted_address"))
                .unwrap_or_default();
            street
                .split(',')
                .next()
                .is_some_and(|first| first.contains(|c: char| c.is_ascii_digit()))
        }
    }
}

/// "Costa Mesa" of "3186 Pullman St, Costa Mesa, CA 92626, USA".
fn town(fields: &Fields, line: &str) -> Option<Line> {
    let from_line = || {
        let parts: Vec<_> = line.split(',').map(str::trim).collect();
        let [.., town, state_zip, "USA"] = parts.as_slice() else {
            return None;
        };
        state_zip
            .get(..3)
            .is_some_and(|state| state.ends_with(' '))
            .then(|| (*town).to_owned())
    };
    Line::parse(&fields.text("city").or_else(from_line)?).ok()
}

/// What hosts the meeting; by telephone where there is a number and no link.
fn provider(fields: &Fields) -> Option<Line> {
    match fields.text("conference_url") {
        Some(url) => service(&url),
        None => fields.says("conference_phone").then(|| line("phone")).flatten(),
    }
}
