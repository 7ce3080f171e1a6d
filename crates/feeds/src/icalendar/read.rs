//! Each series of a calendar becomes a listing.

use std::collections::HashMap;

use domain::groups::{
    self, Address, Draft, HowToCome, Listing, Online, Place, Point, Seats, Site, Source, When,
};
use domain::mending::Fact;
use domain::text::{Line, Prose};

use super::lines::{Calendar, Event, Property};
use super::series::schedule;
use super::zones::Zones;
use crate::ids::Ids;
use crate::kept::{clean, clean_address, how_to_come, line, page, service, shortened};
use crate::meaning::say_words;
use crate::reading::{FeedError, Held, Named, Reading, Row, Rows};
use crate::said::{self, Kind, Shown};
use crate::scrub::is_join_link;
use crate::text::text;
use crate::value;
use crate::wrong::{At, NoListing, Wrongs, somewhere, untold};

/// People of an event; they are nobody's to publish.
const PEOPLE: [&str; 3] = ["ORGANIZER", "ATTENDEE", "CONTACT"];
/// Words of a location that is none.
const ONLINE: [&str; 8] = [
    "online",
    "zoom",
    "virtual",
    "video",
    "phone",
    "teams",
    "google meet",
    "webex",
];

/// Reads a calendar: every series, in order.
pub fn read(bytes: &[u8], how: &Reading) -> Result<Vec<Row>, FeedError> {
    rows(bytes, how)?.collect()
}

/// Reads a calendar series by series.
pub fn rows<'a>(bytes: &'a [u8], how: &'a Reading) -> Result<Rows<'a>, FeedError> {
    let calendar = Calendar::parse(text(bytes)?)?;
    let zones = Zones::of(&calendar);
    let ours = calendar
        .property("PRODID")
        .is_some_and(|product| product.value.contains("//Sameboat//"));
    let (series, mut changed) = sorted(calendar.events);
    let mut ids = Ids::default();
    Rows::of(
        series.len(),
        series.into_iter().enumerate().map(move |(index, event)| {
            let (number, mut notes) = (index + 1, Vec::new());
            let uid = event
                .get("UID")
                .map(Property::text)
                .filter(|uid| !uid.trim().is_empty());
            let named = uid
                .clone()
                .or_else(|| event.get("SUMMARY").map(|summary| shortened(&summary.text())));
            let begins = || {
                event
                    .get("DTSTART")
                    .map(|start| start.value.clone())
                    .unwrap_or_default()
            };
            let by = Named::by(named.as_ref());
            let (id, same) = ids.take(number, named, begins, event.said);
            let changed = uid.and_then(|uid| changed.remove(&uid)).unwrap_or_default();
            let listing = match same {
                Some(first) => Err(Held::SameAs(first).into()),
                None => listing(&event, &changed, &zones, ours, how, &mut notes),
            };
            Row::new((number, id), by, listing, notes, || said_of(&event))
        }),
    )
}

/// What is shown of an event that is held.
const SHOWN: Shown = &[
    ("SUMMARY", Kind::Words),
    ("DTSTART", Kind::Code),
    ("DTEND", Kind::Code),
    ("DURATION", Kind::Code),
    ("RRULE", Kind::Code),
    ("EXRULE", Kind::Code),
    ("RDATE", Kind::Code),
    ("EXDATE", Kind::Code),
    ("RECURRENCE-ID", Kind::Code),
    ("LOCATION", Kind::Words),
    ("GEO", Kind::Code),
    ("URL", Kind::Page),
    ("STATUS", Kind::Code),
    ("CLASS", Kind::Code),
    ("CATEGORIES", Kind::Words),
    ("DESCRIPTION", Kind::Words),
];

fn said_of(event: &Event) -> Vec<(String, String)> {
    let told = SHOWN.iter().flat_map(|(name, kind)| {
        let told = event.all(name).map(|property| {
            let zone = property.parameter("TZID");
            let name = zone.map_or_else(|| property.name.clone(), |zone| format!("{name};TZID={zone}"));
            (name, said::told(&property.text(), *kind))
        });
        told.collect::<Vec<_>>()
    });
    told.collect()
}

/// Series, and by their UID the events that change one date of them. A change without its series stands for itself.
fn sorted(events: Vec<Event>) -> (Vec<Event>, HashMap<String, Vec<Event>>) {
    let uid = |event: &Event| event.get("UID").map(Property::text);
    let (single, mut series): (Vec<_>, Vec<_>) = events
        .into_iter()
        .partition(|event| event.get("RECURRENCE-ID").is_some());
    let known: std::collections::HashSet<String> = series.iter().filter_map(uid).collect();
    let mut changed: HashMap<String, Vec<Event>> = HashMap::new();
    for event in single {
        match uid(&event).filter(|uid| known.contains(uid)) {
            Some(uid) => changed.entry(uid).or_default().push(event),
            None => series.push(event),
        }
    }
    (series, changed)
}

pub(super) fn is_cancelled(event: &Event) -> bool {
    event
        .get("STATUS")
        .is_some_and(|status| status.value.trim().eq_ignore_ascii_case("CANCELLED"))
}

fn listing(
    event: &Event,
    changed: &[Event],
    zones: &Zones,
    ours: bool,
    how: &Reading,
    notes: &mut Vec<String>,
) -> Result<Listing, NoListing> {
    if event.get("RECURRENCE-ID").is_some() {
        let held = Held::Rule("it changes one date of a series that is not in the calendar".to_owned());
        return Err(held.into());
    }
    if is_cancelled(event) {
        return Err(Held::NotNow("called off (STATUS:CANCELLED)").into());
    }
    let class = event
        .get("CLASS")
        .map(|class| class.value.trim().to_ascii_uppercase());
    // Our own calendars are private, because they lie on shared phones; their groups are public.
    if class.is_some_and(|class| class == "CONFIDENTIAL" || (class == "PRIVATE" && !ours)) {
        return Err(Held::NotPublished.into());
    }
    let mut wrong = Wrongs::default();
    let title = wrong.or(
        title(event, notes),
        Fact::Title,
        at(event, "SUMMARY", Kind::Words),
        untold(),
    );
    let changed: Vec<&Event> = changed.iter().collect();
    let schedule = schedule(event, &changed, zones, how, notes, &mut wrong);
    let location = at(event, "LOCATION", Kind::Words);
    let place = wrong.or(
        place(event, notes),
        Fact::Place,
        location,
        Place::InPerson(somewhere()),
    );
    let url = event.get("URL").map(|url| url.value.trim().to_owned());
    let page = url
        .and_then(|url| page("URL", &url, notes))
        .or_else(|| how.page.clone());
    let how_to_come = wrong.or(
        how_to_come(page, &place, None),
        Fact::HowToCome,
        at(event, "URL", Kind::Page),
        HowToCome::WalkIn,
    );
    let about = event
        .get("DESCRIPTION")
        .map(|text| clean("DESCRIPTION", &value::plain(&text.text()), notes));
    let source = Source::Feed {
        programme: how.programme.clone(),
    };
    let mut draft = Draft {
        topics: how.topics.clone(),
        summary: about
            .and_then(|text| Prose::parse(&text.chars().take(Prose::MOST).collect::<String>()).ok()),
        when: When::Scheduled(schedule),
        seats: Seats::Open,
        verified_on: event
            .get("LAST-MODIFIED")
            .and_then(|time| value::date(time.value.trim())),
        ..Draft::new(title, groups::Kind::Support, place, how_to_come, source)
    };
    for property in event.all("CATEGORIES") {
        let words = property.text();
        words
            .split(',')
            .filter(|word| !word.trim().is_empty())
            .for_each(|word| say_words(word.trim(), &mut draft));
    }
    let people: Vec<_> = PEOPLE
        .into_iter()
        .filter(|name| event.get(name).is_some())
        .collect();
    if !people.is_empty() {
        notes.push(format!("people are not kept: {}", people.join(", ")));
    }
    wrong.finish(draft)
}

/// Where a property stands, and what it says.
pub(super) fn at(event: &Event, name: &str, kind: Kind) -> At {
    let text = event.get(name).map(Property::text);
    At::text(name, text.as_deref(), kind)
}

fn title(event: &Event, notes: &mut Vec<String>) -> Result<Line, Held> {
    let name = event.get("SUMMARY").map(Property::text).unwrap_or_default();
    if name.trim().is_empty() {
        return Err(Held::NoName);
    }
    Line::parse(&shortened(&clean("SUMMARY", &name, notes))).map_err(|_| Held::NameOfSecrets)
}

/// An address, an online meeting, or both. Join links are seen and not kept.
fn place(event: &Event, notes: &mut Vec<String>) -> Result<Place, Held> {
    let location = event.get("LOCATION").map(Property::text).unwrap_or_default();
    let links = [
        "CONFERENCE",
        "X-GOOGLE-CONFERENCE",
        "X-MICROSOFT-SKYPETEAMSMEETINGURL",
        "URL",
        "DESCRIPTION",
    ];
    let link = links
        .iter()
        .filter_map(|name| event.get(name).map(Property::text))
        .chain([location.clone()])
        .find(|text| is_join_link(text));
    let small = location.to_lowercase();
    let is_link = small.contains("://") || is_join_link(&small);
    let told_online = is_link || ONLINE.iter().any(|word| small.contains(word)) && !has_house(&location);
    let online = || Online {
        by: link.as_deref().or(Some(location.as_str())).and_then(service),
        only_for: None,
    };
    if location.trim().is_empty() || told_online {
        return if link.is_some() || told_online {
            Ok(Place::Online(online()))
        } else {
            Err(Held::NoPlace(
                "LOCATION, or a link to an online meeting in CONFERENCE",
            ))
        };
    }
    let site = site(event, &location, notes).ok_or(Held::NoPlace("LOCATION"))?;
    Ok(match link {
        Some(_) => Place::Hybrid(site, online()),
        None => Place::InPerson(site),
    })
}

fn has_house(location: &str) -> bool {
    location.contains(|c: char| c.is_ascii_digit())
}

/// A place with a number is a house; one without is an area, unless it is one name ("Saint Mark’s Church").
fn site(event: &Event, location: &str, notes: &mut Vec<String>) -> Option<Site> {
    let whole = line(&clean_address(location, notes))?;
    if !has_house(location) && location.contains(',') {
        return Some(Site {
            name: None,
            address: Address::Withheld { area: whole },
            point: None,
            directions: None,
        });
    }
    let point = event.get("GEO").and_then(|geo| {
        let (latitude, longitude) = geo.value.split_once(';')?;
        let (latitude, longitude): (f64, f64) =
            (latitude.trim().parse().ok()?, longitude.trim().parse().ok()?);
        (latitude != 0.0 || longitude != 0.0).then(|| Point::new(latitude, longitude).ok())?
    });
    Some(Site {
        name: None,
        address: Address::Exact {
            line: whole,
            town: None,
        },
        point,
        directions: None,
    })
}
