//! One row of a feed becomes a draft, then a listing.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveTime, Weekday};
use domain::groups::{
    Address, Draft, HowToCome, Kind, Listing, Online, Place, Point, Seats, Site, Source, WebPage, When,
};
use domain::schedule::{Minutes, Rule, Schedule};
use domain::text::{Line, Prose};
use serde_json::Value;

use super::value::{self, Fields};
use super::{Held, Reading, Row, types};
use crate::scrub::{is_join_link, scrub};

/// A Monday before every import. A weekly meeting has no phase, so each reading of a row gives the same listing.
const FROM: NaiveDate = NaiveDate::from_ymd_opt(2024, 1, 1).expect("a day of the calendar");
/// The length of a meeting whose row names no end.
const USUAL_MINUTES: u16 = 60;
/// A longer meeting is a slip of the pen.
const MOST_MINUTES: u16 = 12 * 60;

/// How people take part.
#[derive(Clone, Copy, PartialEq)]
enum Attendance {
    InPerson,
    Online,
    Hybrid,
    Inactive,
}

pub(super) struct Reader<'a> {
    how: &'a Reading,
    /// Ids so far, with the number of their row and what it says.
    seen: HashMap<String, (usize, &'a Value)>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(how: &'a Reading) -> Self {
        Self {
            how,
            seen: HashMap::new(),
        }
    }

    pub(super) fn row<'v: 'a>(&mut self, number: usize, value: &'v Value) -> Row {
        let Some(object) = value.as_object() else {
            let held = Held::NotAnObject(value::kind(value));
            return Row {
                number,
                id: format!("row-{number}"),
                listing: Err(held),
                notes: Vec::new(),
            };
        };
        let fields = Fields(object);
        let (id, same) = self.id(number, &fields, value);
        let mut notes = Vec::new();
        let listing = match same {
            Some(first) => Err(Held::SameAs(first)),
            None => draft(&fields, self.how, &mut notes).and_then(|draft| {
                Listing::check(draft).map_err(|refused| Held::Refused(refused.to_string()))
            }),
        };
        Row {
            number,
            id,
            listing,
            notes,
        }
    }

    /// The id of a row; and the row it repeats to the letter, if it does.
    fn id<'v: 'a>(&mut self, number: usize, fields: &Fields, value: &'v Value) -> (String, Option<usize>) {
        let told = |name: &str| {
            fields
                .text(name)
                .map(|id| id.chars().take(200).collect::<String>())
        };
        let base = told("slug")
            .or_else(|| told("id"))
            .or_else(|| told("name"))
            .unwrap_or_else(|| format!("row-{number}"));
        let same = self
            .seen
            .get(&base)
            .filter(|(_, first)| *first == value)
            .map(|(first, _)| *first);
        let mut id = base.clone();
        if self.seen.contains_key(&id) {
            let days = fields.list("day").join("");
            id = format!("{base}-{days}-{}", fields.text("time").unwrap_or_default());
        }
        let stem = id.clone();
        for n in 2.. {
            if !self.seen.contains_key(&id) {
                break;
            }
            id = format!("{stem}-{n}");
        }
        self.seen.insert(id.clone(), (number, value));
        (id, same)
    }
}

fn draft(fields: &Fields, how: &Reading, notes: &mut Vec<String>) -> Result<Draft, Held> {
    let name = fields
        .text("name")
        .or_else(|| fields.text("group"))
        .ok_or(Held::NoName)?;
    let title = Line::parse(&shortened(&clean("name", without_number(&name), notes)))
        .map_err(|_| Held::NameOfSecrets)?;
    let codes = fields.list("types");
    let attendance = attendance(fields, &codes);
    let place = place(fields, attendance, notes)?;
    let how_to_come = how_to_come(fields, how, &place, notes)?;
    let verified_on = fields.text("updated").and_then(|text| {
        let date = value::date(&text);
        if date.is_none() {
            notes.push(format!(
                "“updated” is “{}”, which is no date we can use; left out",
                shortened(&text)
            ));
        }
        date
    });
    let summary = ["notes", "group_notes"]
        .iter()
        .filter_map(|field| cleaned(fields, field, notes));
    let summary = summary.collect::<Vec<_>>().join("\n\n");
    let mut draft = Draft {
        topics: how.topics.clone(),
        summary: Prose::parse(&summary.chars().take(Prose::MOST).collect::<String>()).ok(),
        when: when(fields, how, notes)?,
        seats: if attendance == Attendance::Inactive {
            Seats::Paused { until: None }
        } else {
            Seats::Open
        },
        verified_on,
        ..Draft::new(
            title,
            Kind::Support,
            place,
            how_to_come,
            Source::Feed {
                programme: how.programme.clone(),
            },
        )
    };
    codes.iter().for_each(|code| types::say(code, &mut draft));
    Ok(draft)
}

/// Some feeds put the group's registration number before its name.
fn without_number(name: &str) -> &str {
    match name.split_once(char::is_whitespace) {
        Some((number, rest)) if number.len() >= 4 && number.bytes().all(|b| b.is_ascii_digit()) => {
            rest.trim()
        }
        _ => name,
    }
}

/// As the specification says; where it is not said, as others derive it: from codes, address and conference fields.
fn attendance(fields: &Fields, codes: &[String]) -> Attendance {
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

fn place(fields: &Fields, attendance: Attendance, notes: &mut Vec<String>) -> Result<Place, Held> {
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
            Err(Held::NoPlace)
        };
    };
    Ok(if attendance == Attendance::Hybrid {
        Place::Hybrid(site, online())
    } else {
        Place::InPerson(site)
    })
}

fn site(fields: &Fields, notes: &mut Vec<String>) -> Option<Site> {
    let point = match (fields.number("latitude"), fields.number("longitude")) {
        (Some(latitude), Some(longitude)) if latitude != 0.0 || longitude != 0.0 => {
            let point = Point::new(latitude, longitude);
            if let Err(error) = point {
                notes.push(format!("{error}; left out"));
            }
            point.ok()
        }
        _ => None,
    };
    let line = Line::parse(&shortened(&clean_address(&address(fields), notes))).ok()?;
    if !is_exact(fields) {
        return Some(Site {
            name: None,
            address: Address::Withheld { area: line },
            point,
            directions: None,
        });
    }
    let told = |field: &str, notes: &mut Vec<String>| {
        cleaned(fields, field, notes).and_then(|text| Line::parse(&shortened(&text)).ok())
    };
    let name = told("location", notes);
    let directions = told("location_notes", notes);
    let town = town(fields, line.as_str());
    Some(Site {
        name,
        address: Address::Exact { line, town },
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
        fields.text("region").unwrap_or_default()
    } else {
        parts.join(", ")
    }
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

/// The service by its host; the link itself is not kept.
fn provider(fields: &Fields) -> Option<Line> {
    let url = fields.text("conference_url")?.to_ascii_lowercase();
    let name = match () {
        () if url.contains("zoom.us") => "Zoom",
        () if url.contains("meet.google.") => "Google Meet",
        () if url.contains("teams.microsoft.") || url.contains("teams.live.") => "Microsoft Teams",
        () if url.contains("freeconferencecall") => "FreeConferenceCall",
        () if url.contains("webex") => "Webex",
        () if url.contains("jit.si") => "Jitsi",
        () => return None,
    };
    Line::parse(name).ok()
}

fn how_to_come(
    fields: &Fields,
    how: &Reading,
    place: &Place,
    notes: &mut Vec<String>,
) -> Result<HowToCome, Held> {
    if let Some(url) = fields.text("url") {
        match WebPage::parse(&url) {
            Ok(page) if !is_join_link(&url) => return Ok(HowToCome::Page(page)),
            Ok(_) => notes.push("“url” is a join link, which we do not keep".to_owned()),
            Err(error) => notes.push(format!("“url”: {error}; left out")),
        }
    }
    let public = place
        .site()
        .is_some_and(|site| matches!(site.address, Address::Exact { .. }));
    match &how.page {
        Some(page) => Ok(HowToCome::Page(page.clone())),
        None if public => Ok(HowToCome::WalkIn),
        None => Err(Held::NoWayToCome),
    }
}

fn when(fields: &Fields, how: &Reading, notes: &mut Vec<String>) -> Result<When, Held> {
    let days = fields
        .list("day")
        .iter()
        .map(|day| weekday(day))
        .collect::<Result<Vec<_>, _>>()?;
    let time = match fields.text("time") {
        Some(text) => Some(value::time(&text).ok_or_else(|| Held::Time(format!("“{}”", shortened(&text))))?),
        None => None,
    };
    let (days, time) = match (days.is_empty(), time) {
        (true, None) => return Ok(When::ByAppointment),
        (true, Some(_)) => return Err(Held::Day("not there, though there is a time".to_owned())),
        (false, None) => return Err(Held::NoTime),
        (false, Some(time)) => (days, time),
    };
    let zone = match fields.text("timezone") {
        None => how.zone,
        Some(name) => name.parse().unwrap_or_else(|_| {
            notes.push(format!(
                "“timezone” is “{}”, which is no IANA zone; taken as {}",
                shortened(&name),
                how.zone
            ));
            how.zone
        }),
    };
    let mut days = days;
    days.sort_by_key(Weekday::num_days_from_monday);
    days.dedup();
    let length = length(fields, time, notes);
    let rule = Rule::Weekly { interval: 1, days };
    Ok(When::Scheduled(Schedule {
        zone,
        from: FROM,
        time,
        length,
        rule,
        until: None,
        skips: vec![],
        moves: vec![],
    }))
}

/// 0 or 7 is Sunday; names are tolerated.
fn weekday(text: &str) -> Result<Weekday, Held> {
    match text.trim() {
        "0" | "7" => Ok(Weekday::Sun),
        "1" => Ok(Weekday::Mon),
        "2" => Ok(Weekday::Tue),
        "3" => Ok(Weekday::Wed),
        "4" => Ok(Weekday::Thu),
        "5" => Ok(Weekday::Fri),
        "6" => Ok(Weekday::Sat),
        name => name
            .parse()
            .map_err(|_| Held::Day(format!("“{}”", shortened(name)))),
    }
}

fn length(fields: &Fields, start: NaiveTime, notes: &mut Vec<String>) -> Minutes {
    let told = fields
        .text("end_time")
        .and_then(|text| value::time(&text))
        .map(|end| {
            let minutes = (end - start).num_minutes().rem_euclid(24 * 60);
            u16::try_from(minutes).unwrap_or(0)
        });
    let usable = told
        .filter(|minutes| *minutes <= MOST_MINUTES)
        .and_then(|minutes| Minutes::new(minutes).ok());
    match (usable, Minutes::new(USUAL_MINUTES)) {
        (Some(length), _) => length,
        (None, Ok(usual)) => {
            notes.push(format!(
                "no end time that can be used; taken as {USUAL_MINUTES} minutes"
            ));
            usual
        }
        (None, Err(never)) => unreachable!("{never}"),
    }
}

fn cleaned(fields: &Fields, field: &str, notes: &mut Vec<String>) -> Option<String> {
    let text = clean(field, &fields.text(field)?, notes);
    (!text.trim().is_empty()).then_some(text)
}

fn clean(field: &str, text: &str, notes: &mut Vec<String>) -> String {
    let (kept, taken) = scrub(text);
    if taken {
        notes.push(format!(
            "“{field}”: links, ids, passcodes or contacts were taken out"
        ));
    }
    kept
}

/// An address may hold long numbers, but no link and no mail address.
fn clean_address(text: &str, notes: &mut Vec<String>) -> String {
    if text.contains("://") || text.contains('@') {
        clean("address", text, notes)
    } else {
        text.replace('\n', ", ")
    }
}

/// As much of a text as a line holds.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= Line::MOST {
        return line;
    }
    line.chars().take(Line::MOST - 1).chain(['…']).collect()
}
