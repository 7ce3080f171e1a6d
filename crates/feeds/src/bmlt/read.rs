//! One search result becomes a listing.

use std::io::{BufRead, Cursor};

use chrono::{NaiveTime, Weekday};
use chrono_tz::Tz;
use domain::groups::{
    self, Access, Address, Draft, HowToCome, Listing, Online, Place, Point, Seats, Site, Source, When,
};
use domain::mending::Fact;
use domain::schedule::{Minutes, Rule, Schedule, wall_time};
use domain::text::{Line, Prose};
use serde_json::{Map, Value};

use super::address::Parts;
use super::known::{Known, Sort};
use crate::ids::Ids;
use crate::json::{self, Walk};
use crate::kept::{clean, clean_address, cleaned, how_to_come, line, service, shortened};
use crate::meaning::{push, say_words};
use crate::reading::{Bytes, FeedError, Held, MOST_BYTES_IN_ROWS, Named, Reading, Row, Rows, why};
use crate::recurring::{USUAL_MINUTES, usual, zone};
use crate::said::{self, Kind, Shown};
use crate::text::Text;
use crate::value::{self, Fields};
use crate::wrong::{At, NoListing, Wrongs, sometime, somewhere, untold};

/// What lets people in, or is somebody's own.
const NOT_KEPT: [(&str, &[&str]); 2] = [
    (
        "how to join online",
        &[
            "virtual_meeting_link",
            "virtual_meeting_additional_info",
            "phone_meeting_number",
        ],
    ),
    (
        "private contacts",
        &[
            "email_contact",
            "contact_name_1",
            "contact_phone_1",
            "contact_email_1",
            "contact_name_2",
            "contact_phone_2",
            "contact_email_2",
        ],
    ),
];
/// Between a field's label and what it says, in older answers: "Bus Lines#@-@#B60".
const LABEL: &str = "#@-@#";

/// Names that results, their formats and service bodies stand under, if all are in one file.
const WITHIN: [&str; 3] = ["meetings", "formats", "service_bodies"];

/// Reads all files of a root server: every search result, in order.
pub fn read(files: &[&[u8]], how: &Reading) -> Result<Vec<Row>, FeedError> {
    rows(files.iter().map(|bytes| Cursor::new(*bytes)).collect(), how)?.collect()
}

/// Reads all files of a root server, search result by search result.
pub fn rows<'a, R: Bytes + 'a>(files: Vec<R>, how: &'a Reading) -> Result<Rows<'a>, FeedError> {
    let (mut known, mut count, mut results) = (Known::default(), 0, Vec::new());
    for mut feed in files {
        let text = Text::of(&mut feed, MOST_BYTES_IN_ROWS)?;
        let (found, lists) = look(text.reader(&mut feed)?, &mut known)?;
        count += found;
        results.push(json::Rows::new(text.reader(feed)?, lists));
    }
    if count == 0 && !known.is_empty() {
        return Err(FeedError::NoResults);
    }
    let (mut ids, mut number, mut results) = (Ids::default(), 0, results.into_iter());
    let mut here = results.next();
    Rows::new(count, move || {
        while let Some(rows) = &mut here {
            let Some(said) = rows.next()? else {
                here = results.next();
                continue;
            };
            let object = object(said);
            if !matches!(&object, Ok(object) if Sort::of(object) != Sort::Result) {
                number += 1;
                return Ok(Some(row(number, object, said.said(), how, &known, &mut ids)));
            }
        }
        Ok(None)
    })
}

/// Keeps what a file tells of formats and service bodies. Gives how many results it has, and which fields to read for them.
fn look(feed: impl BufRead, known: &mut Known) -> Result<(usize, Vec<usize>), FeedError> {
    let mut count = 0;
    let within = |name: &str| WITHIN.contains(&name);
    let fields = json::look_through(feed, |list, said| {
        if !list.is_none_or(within) {
            return;
        }
        match object(said) {
            Ok(row) if Sort::of(&row) != Sort::Result => known.keep(&row),
            _ => count += 1,
        }
    })?;
    json::chosen(&fields, &WITHIN[..1])?;
    let lists = fields.iter().enumerate();
    let lists = lists.filter(|(_, field)| field.name.as_deref().is_none_or(within));
    Ok((count, lists.map(|(at, _)| at).collect()))
}

fn object<R: BufRead>(said: &Walk<R>) -> Result<Map<String, Value>, Held> {
    match said.parse() {
        Ok(Value::Object(object)) => Ok(object),
        Ok(other) => Err(Held::NotAnObject(value::kind(&other))),
        Err(error) => Err(Held::Broken(why(&error))),
    }
}

/// What is shown of a row that is held.
const SHOWN: Shown = &[
    ("meeting_name", Kind::Words),
    ("weekday_tinyint", Kind::Day(1)),
    ("start_time", Kind::Code),
    ("duration_time", Kind::Code),
    ("time_zone", Kind::Code),
    ("venue_type", Kind::Code),
    ("formats", Kind::Code),
    ("published", Kind::Code),
    ("service_body_bigint", Kind::Code),
    ("location_text", Kind::Words),
    ("location_street", Kind::Words),
    ("location_city_subsection", Kind::Words),
    ("location_municipality", Kind::Words),
    ("location_province", Kind::Words),
    ("location_postal_code_1", Kind::Code),
    ("location_nation", Kind::Words),
    ("latitude", Kind::Code),
    ("longitude", Kind::Code),
    ("location_info", Kind::Words),
    ("train_lines", Kind::Words),
    ("bus_lines", Kind::Words),
    ("comments", Kind::Words),
];

fn row(
    number: usize,
    object: Result<Map<String, Value>, Held>,
    said: &[u8],
    how: &Reading,
    known: &Known,
    ids: &mut Ids,
) -> Row {
    let told = |name: &str| object.as_ref().ok().and_then(|object| Fields(object).text(name));
    let named = told("id_bigint").or_else(|| told("id"));
    let by = Named::by(named.as_ref());
    let weekday = || told("weekday_tinyint").unwrap_or_default();
    let (id, same) = ids.take(number, named, weekday, said);
    let mut notes = Vec::new();
    let listing = match (&object, same) {
        (Err(held), _) => Err(held.clone().into()),
        (Ok(_), Some(first)) => Err(Held::SameAs(first).into()),
        (Ok(object), None) => listing(&Fields(object), how, known, &mut notes),
    };
    Row::new((number, id), by, listing, notes, || {
        object.map_or_else(|_| Vec::new(), |object| said::said(&Fields(&object), SHOWN))
    })
}

fn listing(
    fields: &Fields,
    how: &Reading,
    known: &Known,
    notes: &mut Vec<String>,
) -> Result<Listing, NoListing> {
    if matches!(fields.text("published").as_deref(), Some("0" | "false")) {
        return Err(Held::NotPublished.into());
    }
    let mut wrong = Wrongs::default();
    let at = |name: &str, kind: Kind| At::field(fields, name, kind);
    let name = at("meeting_name", Kind::Words);
    let title = wrong.or(title(fields, notes), Fact::Title, name, untold());
    let keys = fields.list("formats");
    let attendance = Attendance::of(fields, &keys);
    let place = place(fields, &attendance, notes);
    let street = at("location_street", Kind::Words);
    let place = wrong.or(place, Fact::Place, street, unplaced(fields, &attendance));
    let body = fields.text("service_body_bigint").unwrap_or_default();
    let page = known.page(&body).or_else(|| how.page.clone());
    let how_to_come = how_to_come(page, &place, known.helpline(&body));
    // A result has no page of its own; that of its service body may come, and then it holds.
    let of_body = At::text("service_body_bigint", None, Kind::Page);
    let how_to_come = wrong.or(how_to_come, Fact::HowToCome, of_body, HowToCome::WalkIn);
    let source = Source::Feed {
        programme: how.programme.clone(),
    };
    let mut draft = Draft {
        topics: how.topics.clone(),
        summary: cleaned(fields, "comments", notes)
            .and_then(|text| Prose::parse(&text.chars().take(Prose::MOST).collect::<String>()).ok()),
        when: When::Scheduled(when(fields, how, notes, &mut wrong)),
        seats: match attendance {
            Attendance::Closed => Seats::Paused { until: None },
            _ => Seats::Open,
        },
        ..Draft::new(title, groups::Kind::Support, place, how_to_come, source)
    };
    for key in keys.iter().filter(|key| !WHERE.contains(&key.as_str())) {
        say_words(known.words(key), &mut draft);
    }
    if fields.says("phone_meeting_number") {
        push(&mut draft.access, Access::ByPhone);
    }
    for (what, names) in NOT_KEPT {
        let said: Vec<_> = names
            .iter()
            .filter(|name| fields.says(name))
            .map(|name| format!("“{name}”"))
            .collect();
        if !said.is_empty() {
            notes.push(format!("{what} is not kept: {}", said.join(", ")));
        }
    }
    wrong.finish(draft)
}

fn title(fields: &Fields, notes: &mut Vec<String>) -> Result<Line, Held> {
    let name = fields.text("meeting_name").ok_or(Held::NoName)?;
    Line::parse(&shortened(&clean("meeting_name", &name, notes))).map_err(|_| Held::NameOfSecrets)
}

/// Format keys that say where a meeting is.
const WHERE: [&str; 3] = ["VM", "HY", "TC"];

enum Attendance {
    InPerson,
    Online,
    Hybrid,
    /// The house is closed for now, and nothing is online.
    Closed,
}

impl Attendance {
    /// By `venue_type`; older servers leave it empty, and formats and links say it.
    fn of(fields: &Fields, keys: &[String]) -> Self {
        let has = |key: &str| keys.iter().any(|known| known == key);
        let link = fields.says("virtual_meeting_link") || fields.says("phone_meeting_number");
        match (fields.text("venue_type").as_deref(), link || has("VM")) {
            (Some("2"), _) => Self::Online,
            (Some("3"), _) => Self::Hybrid,
            (_, true) if has("TC") || !fields.says("location_street") => Self::Online,
            (None, true) => Self::Hybrid,
            _ if has("HY") => Self::Hybrid,
            _ if has("TC") => Self::Closed,
            _ => Self::InPerson,
        }
    }
}

fn place(fields: &Fields, attendance: &Attendance, notes: &mut Vec<String>) -> Result<Place, Held> {
    let online = || Online {
        by: match fields.text("virtual_meeting_link") {
            Some(url) => service(&url),
            None => fields
                .says("phone_meeting_number")
                .then(|| line("phone"))
                .flatten(),
        },
        only_for: None,
    };
    if matches!(attendance, Attendance::Online) {
        return Ok(Place::Online(online()));
    }
    let site = site(fields, notes).ok_or(Held::NoPlace("“location_street”, or “virtual_meeting_link”"))?;
    Ok(match attendance {
        Attendance::Hybrid => Place::Hybrid(site, online()),
        _ => Place::InPerson(site),
    })
}

/// What is known of the place of a result that names none.
fn unplaced(fields: &Fields, attendance: &Attendance) -> Place {
    let site = Site {
        point: point(fields, &mut Vec::new()),
        ..somewhere()
    };
    match attendance {
        Attendance::Hybrid => Place::Hybrid(site, Online::default()),
        _ => Place::InPerson(site),
    }
}

fn point(fields: &Fields, notes: &mut Vec<String>) -> Option<Point> {
    match (fields.number("latitude"), fields.number("longitude")) {
        (Some(latitude), Some(longitude)) if latitude != 0.0 || longitude != 0.0 => {
            Point::new(latitude, longitude)
                .inspect_err(|error| notes.push(format!("{error}; left out")))
                .ok()
        }
        _ => None,
    }
}

fn site(fields: &Fields, notes: &mut Vec<String>) -> Option<Site> {
    let said = |name: &str| fields.text(name).map(|text| unlabelled(&text).to_owned());
    let town = said("location_municipality").or_else(|| said("location_city_subsection"));
    let house = said("location_street").or_else(|| said("location_text"));
    let part = |text: &Option<String>| text.clone().unwrap_or_default();
    let parts = Parts {
        street: part(&house),
        town: part(&town),
        province: part(&said("location_province")),
        postal: part(&said("location_postal_code_1")),
        nation: part(&said("location_nation")),
    };
    let whole = line(&clean_address(&parts.line(), notes))?;
    if house.is_none() {
        return Some(Site {
            name: None,
            address: Address::Withheld { area: whole },
            point: None,
            directions: None,
        });
    }
    let point = point(fields, notes);
    let way = ["location_info", "train_lines", "bus_lines"];
    let way: Vec<_> = way
        .iter()
        .filter_map(|name| cleaned(fields, name, notes))
        .map(|text| unlabelled(&text).to_owned())
        .collect();
    Some(Site {
        name: cleaned(fields, "location_text", notes).and_then(|text| line(&text)),
        address: Address::Exact {
            line: whole,
            town: town.and_then(|town| line(&town)),
        },
        point,
        directions: line(&way.join("; ")),
    })
}

fn unlabelled(text: &str) -> &str {
    text.rsplit(LABEL).next().unwrap_or(text).trim()
}

fn when(fields: &Fields, how: &Reading, notes: &mut Vec<String>, wrong: &mut Wrongs) -> Schedule {
    let at = |name: &str, kind: Kind| At::field(fields, name, kind);
    let day = at("weekday_tinyint", Kind::Day(1));
    let days = wrong.or(weekday(fields).map(|day| vec![day]), Fact::Days, day, Vec::new());
    let time = match fields.text("start_time") {
        None => Err(Held::NoTime),
        Some(text) => wall_time(&text).ok_or_else(|| Held::Time(format!("“{}”", shortened(&text)))),
    };
    let time = wrong.or(time, Fact::Time, at("start_time", Kind::Code), NaiveTime::MIN);
    let length = fields
        .text("duration_time")
        .and_then(|text| duration(&text))
        .unwrap_or_else(|| {
            notes.push(format!(
                "no duration that can be used; taken as {USUAL_MINUTES} minutes"
            ));
            usual()
        });
    let zone = zone("time_zone", fields.text("time_zone").as_deref(), how, notes);
    Schedule {
        zone: wrong.or(zone, Fact::Zone, at("time_zone", Kind::Code), Tz::UTC),
        time,
        length,
        rule: Rule::Weekly { interval: 1, days },
        ..sometime(how)
    }
}

fn weekday(fields: &Fields) -> Result<Weekday, Held> {
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    let said = fields.text("weekday_tinyint").unwrap_or_default();
    let day = said.parse::<usize>().ok().and_then(|day| day.checked_sub(1));
    let day = day.and_then(|day| [Sun, Mon, Tue, Wed, Thu, Fri, Sat].get(day).copied());
    day.ok_or_else(|| {
        Held::Rule(format!(
            "“weekday_tinyint” is “{}”; write 1 (Sunday) to 7",
            shortened(&said)
        ))
    })
}

/// "01:30:00"
fn duration(text: &str) -> Option<Minutes> {
    let (hours, rest) = text.split_once(':')?;
    let minutes = rest.split(':').next()?.parse::<u16>().ok()?;
    Minutes::new(hours.parse::<u16>().ok()?.checked_mul(60)?.checked_add(minutes)?).ok()
}
