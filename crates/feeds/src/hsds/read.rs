//! One schedule of a service becomes a listing.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use domain::groups::{self, Ages, Draft, HowToCome, Listing, Mail, Phone, Place, Seats, Source, When};
use domain::mending::Fact;
use domain::schedule::{Minutes, Rule, Schedule, wall_time};
use domain::text::{Line, Prose};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::cost::cost;
use super::facts::Facts;
use super::pieces::{Piece, object, objects, pieces};
use super::place::{accessibility, place, unplaced};
use super::{ours, shown};
use crate::ids::Ids;
use crate::kept::{clean, cleaned, how_to_come, page, shortened};
use crate::meaning::{language, remark, say_words, tongue};
use crate::reading::{FeedError, Held, Named, Reading, Row, Rows, broken, why};
use crate::recurring::{FROM, Parts, USUAL_MINUTES, recurrence, usual, zone};
use crate::said::Kind;
use crate::text::text;
use crate::value::{self, Fields};
use crate::wrong::{At, NoListing, Wrongs, sometime, untold};

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
                            let by = Named::by(named.as_ref());
                            // Schedules of one service are apart by their names; only whole services repeat.
                            let (id, same) = ids.take(number, named, || index.to_string(), said.get());
                            row((number, id), by, same, piece, how)
                        })
                        .collect()
                }
                Err(held) => {
                    number += 1;
                    let id = ids.take(number, None, String::new, said.get()).0;
                    let held = Err(held.into());
                    vec![Row::new((number, id), Named::ByPlace, held, Vec::new(), Vec::new)]
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

fn row(place: (usize, String), named: Named, same: Option<usize>, piece: &Piece, how: &Reading) -> Row {
    let mut notes = Vec::new();
    let listing = match same {
        Some(first) => Err(Held::SameAs(first).into()),
        None => listing(piece, how, &mut notes),
    };
    Row::new(place, named, listing, notes, || shown::said_of(piece))
}

fn listing(piece: &Piece, how: &Reading, notes: &mut Vec<String>) -> Result<Listing, NoListing> {
    let told = Facts::of(piece.service);
    if told.are_ours() {
        return ours::listing(piece.service, &told, how, notes);
    }
    let fields = Fields(piece.service);
    let seats = match fields.text("status").as_deref() {
        Some("inactive") => return Err(Held::NotNow("inactive").into()),
        Some("defunct") => return Err(Held::NotNow("defunct").into()),
        Some("temporarily closed") => Seats::Paused { until: None },
        _ => Seats::Open,
    };
    let mut wrong = Wrongs::default();
    let name = fields.text("name").ok_or(Held::NoName);
    let title = name.and_then(|name| {
        Line::parse(&shortened(&clean("name", &name, notes))).map_err(|_| Held::NameOfSecrets)
    });
    let at = At::field(&fields, "name", Kind::Words);
    let title = wrong.or(title, Fact::Title, at, untold());
    let schedule = match piece.schedule {
        Some(said) => schedule(said, how, notes, &mut wrong),
        None => unscheduled(how, &mut wrong),
    };
    let address = At::text("service_at_locations.location.addresses", None, Kind::Words);
    let place = wrong.or(place(piece, notes), Fact::Place, address, unplaced(piece));
    let page = At::field(&fields, "url", Kind::Page);
    let how_to_come = coming(piece, how, &place, notes);
    let how_to_come = wrong.or(how_to_come, Fact::HowToCome, page, HowToCome::WalkIn);
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
        ..Draft::new(title, groups::Kind::Support, place, how_to_come, source)
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
    wrong.finish(draft)
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

/// Of a service that names no times.
fn unscheduled(how: &Reading, wrong: &mut Wrongs) -> Schedule {
    let at = |field: &str| At::text(field, None, Kind::Code);
    wrong.put(Fact::Days, at("schedules"), Held::NoSchedule);
    wrong.put(Fact::Time, at("schedules.opens_at"), Held::NoSchedule);
    if how.zone.is_none() {
        wrong.put(Fact::Zone, at("schedules.timezone"), Held::NoZone);
    }
    sometime(how)
}

fn schedule(
    said: &Map<String, Value>,
    how: &Reading,
    notes: &mut Vec<String>,
    wrong: &mut Wrongs,
) -> Schedule {
    let fields = Fields(said);
    let at = |name: &str| At {
        field: format!("schedules.{name}"),
        ..At::field(&fields, name, Kind::Code)
    };
    let opens = clock(&fields, "opens_at").and_then(|time| time.ok_or(Held::NoSchedule));
    let time = wrong.or(opens.map(Some), Fact::Time, at("opens_at"), None);
    let length = length(&fields, time, notes);
    let length = wrong.or(length, Fact::Length, at("closes_at"), usual());
    let zone = zone("timezone", fields.text("timezone").as_deref(), how, notes);
    let zone = wrong.or(zone, Fact::Zone, at("timezone"), Tz::UTC);
    let day = |name: &str| fields.text(name).and_then(|text| value::date(&text));
    let start = day("dtstart").or_else(|| day("valid_from"));
    let begun = Schedule {
        zone,
        from: start.unwrap_or(FROM),
        time: time.unwrap_or_default(),
        length,
        until: [day("until"), day("valid_to")].into_iter().flatten().min(),
        ..sometime(how)
    };
    let rule = ruled(&fields, start, begun.clone());
    wrong.or(rule, Fact::Days, of_rule(&fields), begun)
}

/// All that says on which days it is.
fn of_rule(fields: &Fields) -> At {
    let parts = ["freq", "interval", "byday", "bymonthday", "dtstart", "count"];
    let told = parts
        .iter()
        .filter_map(|name| Some(format!("{name}={}", fields.text(name)?)));
    let told = told.collect::<Vec<_>>().join(";");
    let told = (!told.is_empty()).then_some(told);
    At::text("schedules.freq, schedules.byday", told.as_deref(), Kind::Code)
}

fn length(fields: &Fields, opens: Option<NaiveTime>, notes: &mut Vec<String>) -> Result<Minutes, Held> {
    let length = match (clock(fields, "closes_at")?, opens) {
        (Some(end), Some(time)) => (end - time).num_minutes().rem_euclid(24 * 60),
        _ => 0,
    };
    if length > MOST_MINUTES {
        return Err(Held::Rule(format!(
            "it is open for {} hours, which are hours of a house and not a meeting",
            length / 60
        )));
    }
    let minutes = u16::try_from(length).ok();
    let length = minutes.and_then(|minutes| Minutes::new(minutes).ok());
    Ok(length.unwrap_or_else(|| {
        notes.push(format!(
            "no closing time that can be used; taken as {USUAL_MINUTES} minutes"
        ));
        usual()
    }))
}

/// A schedule that has begun so, with its rule.
fn ruled(fields: &Fields, start: Option<NaiveDate>, mut schedule: Schedule) -> Result<Schedule, Held> {
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
    if freq.is_none() && byday.is_none() {
        let date = text("dtstart").and_then(|text| value::date(&text));
        let date = date.ok_or(Held::NoSchedule)?;
        schedule.rule = Rule::Dates { dates: vec![date] };
        return Ok(schedule);
    }
    let parts = Parts {
        freq: Some(freq.as_deref().unwrap_or("WEEKLY")),
        interval: interval.as_deref(),
        byday: byday.as_deref(),
        bysetpos: None,
        wkst: wkst.as_deref(),
        until: schedule.until,
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
