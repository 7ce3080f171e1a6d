//! One schedule of a service becomes a listing.

use std::collections::HashMap;

use chrono::NaiveTime;
use domain::groups::{Ages, Draft, HowToCome, Kind, Listing, Mail, Phone, Place, Seats, Source, When};
use domain::schedule::{Minutes, Rule, Schedule, wall_time};
use domain::text::{Line, Prose};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::cost::cost;
use super::facts::Facts;
use super::ours;
use super::pieces::{Piece, object, objects, pieces};
use super::place::{accessibility, place};
use crate::ids::Ids;
use crate::kept::{clean, cleaned, how_to_come, page, shortened};
use crate::meaning::{language, remark, say_words, tongue};
use crate::reading::{FeedError, Held, Reading, Row, Rows, broken, why};
use crate::recurring::{FROM, Parts, USUAL_MINUTES, recurrence, usual, zone};
use crate::text::text;
use crate::value::{self, Fields};

/// What is open for longer are hours of a house, not of a group.
pub(super) const MOST_MINUTES: i64 = 6 * 60;

/// Reads services: every schedule of each, in order.
pub fn read(bytes: &[u8], how: &Reading) -> Result<Vec<Row>, FeedError> {
    rows(bytes, how)?.collect()
}

/// Reads services one by one.
pub fn rows<'a>(bytes: &'a [u8], how: &'a Reading) -> Result<Rows<'a>, FeedError> {
    let services = services(text(bytes)?)?;
    let count = services
        .iter()
        .map(|said| parsed(said).map_or(1, |service| pieces(&service).len()))
        .sum();
    let (mut ids, mut number) = (Ids::default(), 0);
    Rows::of(
        count,
        services.into_iter().flat_map(move |said| {
            let rows = match parsed(said) {
                Ok(service) => {
                    let pieces = pieces(&service);
                    let one = pieces.len() == 1;
                    pieces
                        .iter()
                        .enumerate()
                        .map(|(index, piece)| {
                            number += 1;
                            let named = named(piece, index, one);
                            // Schedules of one service are apart by their names; only whole services repeat.
                            let (id, same) = ids.take(number, named, || index.to_string(), said.get());
                            row(number, id, same, piece, how)
                        })
                        .collect()
                }
                Err(held) => {
                    number += 1;
                    vec![Row {
                        number,
                        id: ids.take(number, None, String::new, said.get()).0,
                        listing: Err(held),
                        notes: Vec::new(),
                        said: Vec::new(),
                    }]
                }
            };
            rows.into_iter()
        }),
    )
}

/// The services of a list, a page, an organisation; or the one that the file is.
fn services(text: &str) -> Result<Vec<&RawValue>, FeedError> {
    match list(text) {
        Err(FeedError::NotAList("an object")) => {
            let one: &RawValue = serde_json::from_str(text).map_err(broken)?;
            let is_service = parsed(one).is_ok_and(|service| service.contains_key("name"));
            if is_service {
                Ok(vec![one])
            } else {
                Err(FeedError::NotAList("an object"))
            }
        }
        found => found,
    }
}

/// The services of a JSON list, not yet read; or of the list that a page or an organisation holds.
fn list(text: &str) -> Result<Vec<&RawValue>, FeedError> {
    match text.chars().next() {
        Some('[') => serde_json::from_str(text).map_err(broken),
        Some('{') => {
            let object: HashMap<String, &RawValue> = serde_json::from_str(text).map_err(broken)?;
            match ["contents", "services"].iter().find_map(|name| object.get(*name)) {
                Some(rows) if rows.get().starts_with('[') => serde_json::from_str(rows.get()).map_err(broken),
                _ => Err(FeedError::NotAList("an object")),
            }
        }
        _ => {
            let value: Value = serde_json::from_str(text).map_err(broken)?;
            Err(FeedError::NotAList(value::kind(&value)))
        }
    }
}

fn parsed(said: &RawValue) -> Result<Map<String, Value>, Held> {
    match serde_json::from_str(said.get()) {
        Ok(Value::Object(service)) => Ok(service),
        Ok(other) => Err(Held::NotAnObject(value::kind(&other))),
        Err(error) => Err(Held::Broken(why(&error))),
    }
}

fn named(piece: &Piece, index: usize, one: bool) -> Option<String> {
    let service = Fields(piece.service);
    let id = service.text("id").or_else(|| service.text("name"))?;
    if one {
        return Some(id);
    }
    let schedule = piece.schedule.and_then(|schedule| Fields(schedule).text("id"));
    let at = piece
        .at
        .and_then(|at| Fields(at).text("id"))
        .map(|at| format!("/{at}"));
    Some(format!(
        "{id}{}/{}",
        at.unwrap_or_default(),
        schedule.unwrap_or_else(|| (index + 1).to_string())
    ))
}

fn row(number: usize, id: String, same: Option<usize>, piece: &Piece, how: &Reading) -> Row {
    let mut notes = Vec::new();
    let listing = match same {
        Some(first) => Err(Held::SameAs(first)),
        None => listing(piece, how, &mut notes),
    };
    Row {
        number,
        id,
        listing,
        notes,
        said: Vec::new(),
    }
}

fn listing(piece: &Piece, how: &Reading, notes: &mut Vec<String>) -> Result<Listing, Held> {
    let told = Facts::of(piece.service);
    if told.are_ours() {
        return ours::listing(piece.service, &told, how, notes);
    }
    let fields = Fields(piece.service);
    let seats = match fields.text("status").as_deref() {
        Some("inactive") => return Err(Held::NotNow("inactive")),
        Some("defunct") => return Err(Held::NotNow("defunct")),
        Some("temporarily closed") => Seats::Paused { until: None },
        _ => Seats::Open,
    };
    let name = fields.text("name").ok_or(Held::NoName)?;
    let title = Line::parse(&shortened(&clean("name", &name, notes))).map_err(|_| Held::NameOfSecrets)?;
    let schedule = schedule(piece.schedule.ok_or(Held::NoSchedule)?, how, notes)?;
    let place = place(piece, notes)?;
    let how_to_come = coming(piece, how, &place, notes)?;
    let about = ["description", "application_process", "alert"]
        .iter()
        .filter_map(|name| cleaned(&fields, name, notes));
    let about = about.collect::<Vec<_>>().join("\n\n");
    let age = |name: &str| fields.text(name)?.trim_end_matches(".0").parse::<u8>().ok();
    let (from, to) = (age("minimum_age"), age("maximum_age"));
    let source = Source::Feed {
        programme: how.programme.clone(),
    };
    let mut draft = Draft {
        topics: how.topics.clone(),
        summary: Prose::parse(&about.chars().take(Prose::MOST).collect::<String>()).ok(),
        when: When::Scheduled(schedule),
        seats,
        ages: (from.is_some() || to.is_some()).then_some(Ages { from, to }),
        cost: cost(piece.service, notes),
        verified_on: ["assured_date", "last_modified"]
            .iter()
            .find_map(|name| value::date(&fields.text(name)?)),
        ..Draft::new(title, Kind::Support, place, how_to_come, source)
    };
    for told in objects(piece.service, "languages").map(Fields) {
        let name = told.text("name").unwrap_or_default().to_lowercase();
        if let Some(code) = told.text("code").or_else(|| tongue(&name).map(str::to_owned)) {
            language(&code, &mut draft);
        }
    }
    accessibility(piece, &mut draft);
    for term in
        objects(piece.service, "attributes").filter_map(|attribute| object(attribute, "taxonomy_term"))
    {
        if let Some(name) = Fields(term).text("name") {
            say_words(&name, &mut draft);
        }
    }
    for field in [
        "eligibility_description",
        "interpretation_services",
        "fees_description",
    ] {
        if let Some(words) = cleaned(&fields, field, notes) {
            remark(&words, &mut draft);
        }
    }
    if objects(piece.service, "contacts").next().is_some() {
        notes.push("private contacts is not kept: “contacts”".to_owned());
    }
    Listing::check(draft).map_err(|refused| Held::Refused(refused.to_string()))
}

/// By the service's page; else its public phone and mail; else as for every feed.
fn coming(piece: &Piece, how: &Reading, place: &Place, notes: &mut Vec<String>) -> Result<HowToCome, Held> {
    let fields = Fields(piece.service);
    let own = fields.text("url").and_then(|url| page("url", &url, notes));
    if let Some(page) = own {
        return Ok(HowToCome::Page(page));
    }
    let organisation = object(piece.service, "organization");
    let phones = [piece.at, Some(piece.service), organisation];
    let phone = phones
        .into_iter()
        .flatten()
        .flat_map(|of| objects(of, "phones"))
        .find_map(|phone| {
            let number = Fields(phone).text("number")?;
            Phone::parse(number.trim_matches('"')).ok()
        });
    let mail = fields.text("email").and_then(|mail| Mail::parse(&mail).ok());
    if phone.is_some() || mail.is_some() {
        return Ok(HowToCome::Organisation { phone, mail });
    }
    how_to_come(how.page.clone(), place, None)
}

fn schedule(said: &Map<String, Value>, how: &Reading, notes: &mut Vec<String>) -> Result<Schedule, Held> {
    let fields = Fields(said);
    let day = |name: &str| fields.text(name).and_then(|text| value::date(&text));
    let start = day("dtstart").or_else(|| day("valid_from"));
    let time = clock(&fields, "opens_at")?.ok_or(Held::NoSchedule)?;
    let length = match clock(&fields, "closes_at")? {
        Some(end) => (end - time).num_minutes().rem_euclid(24 * 60),
        None => 0,
    };
    if length > MOST_MINUTES {
        return Err(Held::Rule(format!(
            "it is open for {} hours, which are hours of a house and not a meeting",
            length / 60
        )));
    }
    let length = u16::try_from(length)
        .ok()
        .and_then(|minutes| Minutes::new(minutes).ok())
        .unwrap_or_else(|| {
            notes.push(format!(
                "no closing time that can be used; taken as {USUAL_MINUTES} minutes"
            ));
            usual()
        });
    let zone = zone("timezone", fields.text("timezone").as_deref(), how, notes)?;
    let text = |name: &str| fields.text(name);
    let (freq, interval, byday, wkst, count) = (
        text("freq"),
        text("interval"),
        text("byday"),
        text("wkst"),
        text("count"),
    );
    let beyond = ["byweekno", "bymonthday", "byyearday"]
        .into_iter()
        .find(|name| fields.says(name));
    let until = [day("until"), day("valid_to")].into_iter().flatten().min();
    let mut schedule = Schedule {
        zone,
        from: start.unwrap_or(FROM),
        time,
        length,
        rule: Rule::Dates { dates: Vec::new() },
        until,
        skips: vec![],
        moves: vec![],
    };
    if freq.is_none() && byday.is_none() {
        let date = day("dtstart").ok_or(Held::NoSchedule)?;
        schedule.rule = Rule::Dates { dates: vec![date] };
        return Ok(schedule);
    }
    let parts = Parts {
        freq: Some(freq.as_deref().unwrap_or("WEEKLY")),
        interval: interval.as_deref(),
        byday: byday.as_deref(),
        bysetpos: None,
        wkst: wkst.as_deref(),
        until,
        count: count.as_deref(),
        beyond,
    };
    let told = recurrence(&parts, schedule.from)?;
    let steps =
        matches!(&told.rule, Rule::Weekly { interval, .. } | Rule::Monthly { interval, .. } if *interval > 1);
    if start.is_none() && (steps || byday.is_none() || count.is_some()) {
        return Err(Held::Rule(
            "its rule counts from a date, and there is none; add “dtstart”".to_owned(),
        ));
    }
    schedule.rule = told.rule;
    if let Some(count) = told.count.filter(|count| *count < 5_000) {
        let last = schedule.rule_dates(schedule.from).take(count as usize).last();
        schedule.until = last.or(schedule.until);
    }
    Ok(schedule)
}

/// "18:30", "18:30:00", "18:30Z", "18:30+01:00": the time on the wall of the zone.
pub(super) fn clock(fields: &Fields, name: &str) -> Result<Option<NaiveTime>, Held> {
    let Some(text) = fields.text(name) else {
        return Ok(None);
    };
    let wall = text.split(['Z', '+']).next().unwrap_or(&text);
    let wall = wall.split_once('-').map_or(wall, |(wall, _)| wall);
    match wall_time(wall) {
        Some(time) => Ok(Some(time)),
        None => Err(Held::Time(format!("“{}”", shortened(&text)))),
    }
}
