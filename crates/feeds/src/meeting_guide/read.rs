//! One row of a feed becomes a draft, then a listing.

use std::hash::Hash;
use std::io::Cursor;

use chrono::{NaiveTime, Weekday};
use chrono_tz::Tz;
use domain::groups::{
    self, Access, Draft, HowToCome, Listing, Mail, Phone, Place, Seats, Source, WebPage, When,
};
use domain::mending::Fact;
use domain::schedule::{Minutes, Rule, Schedule, wall_time};
use domain::text::{Line, Prose};
use serde_json::Value;

use super::place::{Attendance, attendance, place, unplaced};
use crate::ids::Ids;
use crate::json::list;
use crate::kept::{clean, cleaned, how_to_come, line, page, shortened};
use crate::meaning;
use crate::reading::{Bytes, FeedError, Held, MOST_BYTES_IN_ROWS, Named, Reading, Row, Rows, why};
use crate::recurring::{USUAL_MINUTES, usual, zone};
use crate::said::{self, Kind, Shown};
use crate::text::Text;
use crate::value::{self, Fields};
use crate::wrong::{At, NoListing, Wrongs, sometime, untold};

/// A longer meeting is a slip of the pen.
const MOST_MINUTES: u16 = 12 * 60;

/// What is others' own, or lets people in: read past, and said.
const NOT_KEPT: [(&str, &[&str]); 3] = [
    (
        "private contacts",
        &[
            "email",
            "phone",
            "mailing_address",
            "contact_1_name",
            "contact_1_email",
            "contact_1_phone",
            "contact_2_name",
            "contact_2_email",
            "contact_2_phone",
            "contact_3_name",
            "contact_3_email",
            "contact_3_phone",
            "feedback_emails",
        ],
    ),
    ("where to pay", &["venmo", "square", "paypal", "homegroup_online"]),
    (
        "how to join online",
        &[
            "conference_url",
            "conference_url_notes",
            "conference_phone",
            "conference_phone_notes",
        ],
    ),
];

/// Reads a feed: every row, in order.
pub fn read(bytes: &[u8], how: &Reading) -> Result<Vec<Row>, FeedError> {
    rows(Cursor::new(bytes), how)?.collect()
}

/// Reads a feed row by row.
pub fn rows<'a>(mut feed: impl Bytes + 'a, how: &'a Reading) -> Result<Rows<'a>, FeedError> {
    let text = Text::of(&mut feed, MOST_BYTES_IN_ROWS)?;
    let (count, mut rows) = list(feed, text, &["meetings"])?;
    let (mut reader, mut number) = (Reader::new(how), 0);
    Rows::new(count, move || {
        let Some(row) = rows.next()? else { return Ok(None) };
        number += 1;
        let value = row.parse().map_err(|error| Held::Broken(why(&error)));
        Ok(Some(reader.row(number, row.said(), value)))
    })
}

/// What is shown of a row that is held.
const SHOWN: Shown = &[
    ("name", Kind::Words),
    ("group", Kind::Words),
    ("day", Kind::Day(0)),
    ("time", Kind::Code),
    ("end_time", Kind::Code),
    ("timezone", Kind::Code),
    ("attendance_option", Kind::Code),
    ("types", Kind::Code),
    ("location", Kind::Words),
    ("formatted_address", Kind::Words),
    ("address", Kind::Words),
    ("city", Kind::Words),
    ("state", Kind::Words),
    ("postal_code", Kind::Code),
    ("country", Kind::Words),
    ("regions", Kind::Words),
    ("region", Kind::Words),
    ("sub_region", Kind::Words),
    ("approximate", Kind::Code),
    ("latitude", Kind::Code),
    ("longitude", Kind::Code),
    ("location_notes", Kind::Words),
    ("notes", Kind::Words),
    ("group_notes", Kind::Words),
    ("url", Kind::Page),
    ("website", Kind::Page),
    ("entity_website_url", Kind::Page),
    ("entity_url", Kind::Page),
];

pub(crate) struct Reader<'a> {
    how: &'a Reading,
    ids: Ids,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(how: &'a Reading) -> Self {
        Self {
            how,
            ids: Ids::default(),
        }
    }

    /// A row, as it stands in the feed and as it is read.
    pub(crate) fn row(
        &mut self,
        number: usize,
        said: &(impl Hash + ?Sized),
        value: Result<Value, Held>,
    ) -> Row {
        let object = match value {
            Ok(Value::Object(object)) => object,
            other => {
                let held = other.map_or_else(|held| held, |value| Held::NotAnObject(value::kind(&value)));
                let id = self.ids.take(number, None, String::new, said).0;
                return Row::new(
                    (number, id),
                    Named::ByPlace,
                    Err(held.into()),
                    Vec::new(),
                    Vec::new,
                );
            }
        };
        let fields = Fields(&object);
        let named = ["slug", "id", "name"].iter().find_map(|name| fields.text(name));
        let by = Named::by(named.as_ref());
        let apart = || {
            let days = fields.list("day").join("");
            format!("{days}-{}", fields.text("time").unwrap_or_default())
        };
        let (id, same) = self.ids.take(number, named, apart, said);
        let mut notes = Vec::new();
        let listing = match same {
            Some(first) => Err(Held::SameAs(first).into()),
            None => listing(&fields, self.how, &mut notes),
        };
        Row::new((number, id), by, listing, notes, || said::said(&fields, SHOWN))
    }
}

fn listing(fields: &Fields, how: &Reading, notes: &mut Vec<String>) -> Result<Listing, NoListing> {
    let mut wrong = Wrongs::default();
    let name = fields.text("name").or_else(|| fields.text("group"));
    let at = |name: &str, kind: Kind| At::field(fields, name, kind);
    let title = title(name.as_deref(), notes);
    let title = wrong.or(title, Fact::Title, at("name", Kind::Words), untold());
    let codes = fields.list("types");
    let attendance = attendance(fields, &codes);
    let place = place(fields, attendance, &codes, notes);
    let house = at("formatted_address", Kind::Words);
    let place = wrong.or(place, Fact::Place, house, unplaced(fields, attendance, notes));
    let how_to_come = coming(fields, how, &place, notes);
    let how_to_come = wrong.or(
        how_to_come,
        Fact::HowToCome,
        at("url", Kind::Page),
        HowToCome::WalkIn,
    );
    let summary = ["notes", "group_notes"]
        .iter()
        .filter_map(|field| cleaned(fields, field, notes));
    let summary = summary.collect::<Vec<_>>().join("\n\n");
    let mut draft = Draft {
        topics: how.topics.clone(),
        summary: Prose::parse(&summary.chars().take(Prose::MOST).collect::<String>()).ok(),
        when: when(fields, how, notes, &mut wrong),
        seats: if attendance == Attendance::Inactive {
            Seats::Paused { until: None }
        } else {
            Seats::Open
        },
        verified_on: verified_on(fields, notes),
        ..Draft::new(
            title,
            groups::Kind::Support,
            place,
            how_to_come,
            Source::Feed {
                programme: how.programme.clone(),
            },
        )
    };
    codes
        .iter()
        .for_each(|code| meaning::say(code, &how.codes, &mut draft));
    let online = matches!(draft.place, Place::Online(_) | Place::Hybrid(..));
    if online && fields.says("conference_phone") {
        draft.access.push(Access::ByPhone);
    }
    if let Some(group) = cleaned(fields, "group", notes).and_then(|group| line(&group))
        && group != draft.title
        && Some(group.as_str()) != name.as_deref()
    {
        draft.remarks.push(group);
    }
    not_kept(fields, notes);
    wrong.finish(draft)
}

fn title(name: Option<&str>, notes: &mut Vec<String>) -> Result<Line, Held> {
    let name = without_number(name.ok_or(Held::NoName)?);
    Line::parse(&shortened(&clean("name", name, notes))).map_err(|_| Held::NameOfSecrets)
}

/// Says once which fields are not kept.
fn not_kept(fields: &Fields, notes: &mut Vec<String>) {
    for (what, names) in NOT_KEPT {
        let said: Vec<_> = names
            .iter()
            .filter(|name| fields.says(name) || !fields.list(name).is_empty())
            .map(|name| format!("“{name}”"))
            .collect();
        if !said.is_empty() {
            notes.push(format!("{what} is not kept: {}", said.join(", ")));
        }
    }
}

fn verified_on(fields: &Fields, notes: &mut Vec<String>) -> Option<chrono::NaiveDate> {
    let text = fields.text("updated")?;
    let date = value::date(&text);
    if date.is_none() {
        notes.push(format!(
            "“updated” is “{}”, which is no date we can use; left out",
            shortened(&text)
        ));
    }
    date
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

/// By the row's own page, the programme's, that of the service body; by walking in; or through the service body's public
/// phone and mail. A group's own mail and phone are somebody's, and are not kept.
fn coming(fields: &Fields, how: &Reading, place: &Place, notes: &mut Vec<String>) -> Result<HowToCome, Held> {
    let own = |name: &str, notes: &mut Vec<String>| fields.text(name).and_then(|url| page(name, &url, notes));
    let found: Option<WebPage> = own("url", notes)
        .or_else(|| own("website", notes))
        .or_else(|| how.page.clone())
        .or_else(|| own("entity_website_url", notes))
        .or_else(|| own("entity_url", notes));
    let phone = fields
        .text("entity_phone")
        .and_then(|text| Phone::parse(&text).ok());
    let mail = fields
        .text("entity_email")
        .and_then(|text| Mail::parse(&text).ok());
    let body = (phone.is_some() || mail.is_some()).then_some(HowToCome::Organisation { phone, mail });
    how_to_come(found, place, body)
}

fn when(fields: &Fields, how: &Reading, notes: &mut Vec<String>, wrong: &mut Wrongs) -> When {
    let (day, clock) = (
        At::field(fields, "day", Kind::Day(0)),
        At::field(fields, "time", Kind::Code),
    );
    let time = fields
        .text("time")
        .map(|text| wall_time(&text).ok_or_else(|| Held::Time(format!("“{}”", shortened(&text)))));
    let days = fields.list("day").iter().map(|day| weekday(day)).collect();
    let mut days: Vec<Weekday> = wrong.or(days, Fact::Days, day.clone(), Vec::new());
    if days.is_empty() && !wrong.has(&Fact::Days) {
        if time.is_none() {
            return When::ByAppointment;
        }
        let held = Held::Day("not there, though there is a time".to_owned());
        wrong.put(Fact::Days, day, held);
    }
    let time = wrong.or(
        time.unwrap_or(Err(Held::NoTime)).map(Some),
        Fact::Time,
        clock,
        None,
    );
    let zone = zone("timezone", fields.text("timezone").as_deref(), how, notes);
    let zone = wrong.or(
        zone,
        Fact::Zone,
        At::field(fields, "timezone", Kind::Code),
        Tz::UTC,
    );
    days.sort_by_key(Weekday::num_days_from_monday);
    days.dedup();
    When::Scheduled(Schedule {
        zone,
        time: time.unwrap_or_default(),
        length: length(fields, time, notes),
        rule: Rule::Weekly { interval: 1, days },
        ..sometime(how)
    })
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

fn length(fields: &Fields, start: Option<NaiveTime>, notes: &mut Vec<String>) -> Minutes {
    let end = fields.text("end_time").and_then(|text| wall_time(&text));
    let told = end.zip(start).map(|(end, start)| {
        let minutes = (end - start).num_minutes().rem_euclid(24 * 60);
        u16::try_from(minutes).unwrap_or(0)
    });
    let usable = told
        .filter(|minutes| *minutes <= MOST_MINUTES)
        .and_then(|minutes| Minutes::new(minutes).ok());
    usable.unwrap_or_else(|| {
        notes.push(format!(
            "no end time that can be used; taken as {USUAL_MINUTES} minutes"
        ));
        usual()
    })
}
