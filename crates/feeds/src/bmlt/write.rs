//! Our groups as a BMLT server has them: one meeting for each weekday.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use chrono::Weekday;
use domain::groups::{Address, HowToCome, Kind, Seats, Slug};
use domain::schedule::{Rule, Schedule};
use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use super::address::Parts;
use super::bodies::{Body, Way, bodies};
use super::formats::{CLOSED_HOUSE, Format, HYBRID, VIRTUAL};
use super::meeting::{KEYS, Meeting, Row};
use crate::meeting_guide::notes;
use crate::out::{Account, Because, Group, Publisher};
use crate::saying::in_words;
use crate::scrub::is_join_link;

/// What a server knows.
#[derive(Debug, Clone, Default)]
pub struct Server {
    pub root: String,
    /// By number.
    pub meetings: Vec<Meeting>,
    /// Those that meetings have, by number.
    pub formats: Vec<Format>,
    /// Those that meetings are of, by number.
    pub bodies: Vec<Body>,
}

/// The meetings, formats and service bodies of these groups, and what could not be said.
pub fn server(publisher: &Publisher, groups: &[Group]) -> (Server, Account) {
    let mut account = Account::default();
    let mut there: Vec<(&Group, &Schedule, &[Weekday])> = Vec::new();
    for group in groups {
        match weekly(publisher, group) {
            Ok((schedule, days)) => {
                account.written += 1;
                if !schedule.skips.is_empty() || !schedule.moves.is_empty() {
                    account.in_words(Because::Exceptions);
                }
                there.push((group, schedule, days));
            }
            Err(why) => account.leave_out(why),
        }
    }
    let only: Vec<&Group> = there.iter().map(|(group, ..)| *group).collect();
    let bodies = bodies(publisher, &only);
    let names: Vec<Vec<String>> = only.iter().map(|group| names(group)).collect();
    let formats = Format::all(names.iter().flatten().map(String::as_str));
    let (mut meetings, mut ids) = (Vec::new(), HashSet::new());
    for ((group, schedule, days), names) in there.iter().zip(&names) {
        let meeting = meeting(publisher, group, schedule, (names, &formats), &bodies);
        for day in *days {
            let day = u8::try_from(day.number_from_sunday()).unwrap_or(1);
            let id = id(group.slug, if days.len() == 1 { 0 } else { day }, &mut ids);
            meetings.push(Meeting {
                id,
                weekday: day,
                ..meeting.clone()
            });
        }
    }
    meetings.sort_by_key(|meeting| meeting.id);
    let mut server = Server {
        root: publisher.site.to_owned(),
        meetings,
        formats: formats.into_values().collect(),
        bodies: bodies.into_values().collect(),
    };
    server.formats.sort_by_key(|format| format.id);
    server.bodies.sort_by_key(|body| body.id);
    (server, account)
}

/// All of it in one file, as the answer to `GetSearchResults` with `get_used_formats=1`, and the service bodies beside it.
pub fn write(publisher: &Publisher, groups: &[Group]) -> Result<(String, Account), serde_json::Error> {
    #[derive(Serialize)]
    struct File<'a> {
        meetings: Vec<Row<'a>>,
        formats: Vec<Said<'a, Format>>,
        service_bodies: &'a [Body],
    }
    let (server, account) = server(publisher, groups);
    let file = File {
        meetings: server
            .meetings
            .iter()
            .map(|meeting| Row {
                meeting,
                away: None,
                keys: &KEYS,
            })
            .collect(),
        formats: server.formats().collect(),
        service_bodies: &server.bodies,
    };
    Ok((serde_json::to_string(&file)? + "\n", account))
}

/// Something of a server, with the server's address.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a, T> {
    what: &'a T,
    root: &'a str,
}

impl Server {
    /// The formats as they are written.
    pub fn formats(&self) -> impl Iterator<Item = Said<'_, Format>> {
        self.formats.iter().map(|what| Said {
            what,
            root: &self.root,
        })
    }
}

impl Said<'_, Format> {
    pub fn format(&self) -> &Format {
        self.what
    }
}

impl Serialize for Said<'_, Format> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut said = serializer.serialize_struct("Format", 8)?;
        said.serialize_field("key_string", &self.what.key)?;
        said.serialize_field("name_string", &self.what.name)?;
        said.serialize_field("description_string", &self.what.name)?;
        said.serialize_field("lang", "en")?;
        said.serialize_field("id", &self.what.id.to_string())?;
        said.serialize_field("world_id", self.what.world_id)?;
        said.serialize_field("format_type_enum", self.what.kind)?;
        said.serialize_field("root_server_uri", self.root)?;
        said.end()
    }
}

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut said = serializer.serialize_struct("Body", 8)?;
        said.serialize_field("id", &self.id.to_string())?;
        said.serialize_field("parent_id", &self.parent.to_string())?;
        said.serialize_field("name", &self.name)?;
        said.serialize_field("description", &self.name)?;
        said.serialize_field("type", "AS")?;
        said.serialize_field("url", &self.page)?;
        said.serialize_field("helpline", &self.helpline)?;
        said.serialize_field("world_id", "")?;
        said.end()
    }
}

/// A number in this range that goes with the name, and with no other that was given before.
pub(super) fn number(name: &str, range: Range<u64>, taken: &mut HashSet<u64>) -> u64 {
    // FNV-1a.
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let size = range.end - range.start;
    let mut number = hash % size;
    while !taken.insert(range.start + number) {
        number = (number + 1) % size;
    }
    range.start + number
}

/// The 50 bits of a slug and, for a group of several weekdays, the day: 53 bits, so that no two are the same.
fn id(slug: &str, day: u8, taken: &mut HashSet<u64>) -> u64 {
    let id = Slug::parse(slug)
        .ok()
        .map(|slug| slug.bits() << 3 | u64::from(day));
    match id.filter(|id| *id > 0 && !taken.contains(id)) {
        Some(id) => {
            taken.insert(id);
            id
        }
        None => number(&format!("{slug} {day}"), 1..1 << 53, taken),
    }
}

/// The time and days of a group that the format can say; else why it cannot.
fn weekly<'a>(publisher: &Publisher, group: &Group<'a>) -> Result<(&'a Schedule, &'a [Weekday]), Because> {
    let listing = group.listing;
    if listing.kind == Kind::Therapy {
        return Err(Because::Therapy);
    }
    let walked_to = listing.place.online().is_none();
    if !group.is_there() || (matches!(listing.seats, Seats::Paused { .. }) && !walked_to) {
        return Err(Because::Ended);
    }
    let page = matches!(listing.how_to_come, HowToCome::Page(_));
    if listing.place.site().is_none() && !page && group.phone(publisher).is_none() {
        return Err(Because::NoWayToJoin);
    }
    match listing.schedule() {
        Some(schedule) => match &schedule.rule {
            Rule::Weekly { interval: 1, days } => Ok((schedule, days)),
            // On a weekday and a time alone, people would come in the wrong week.
            _ => Err(Because::NoWeekday),
        },
        None => Err(Because::NoWeekday),
    }
}

/// The names of a group's formats.
fn names(group: &Group) -> Vec<String> {
    let place = &group.listing.place;
    let online = match (place.site(), place.online()) {
        (None, Some(_)) => Some(VIRTUAL),
        (Some(_), Some(_)) => Some(HYBRID),
        (_, None) => group.pauses().then_some(CLOSED_HOUSE),
    };
    let mut names = in_words(group.listing);
    names.extend(online.map(str::to_owned));
    names
}

/// What is the same on every weekday.
fn meeting(
    publisher: &Publisher,
    group: &Group,
    schedule: &Schedule,
    (names, formats): (&[String], &BTreeMap<String, Format>),
    bodies: &BTreeMap<Way, Body>,
) -> Meeting {
    let listing = group.listing;
    let body = bodies.get(&Way::of(publisher, group));
    let mut formats: Vec<&Format> = names.iter().filter_map(|name| formats.get(name)).collect();
    formats.sort_by_key(|format| (!matches!(format.key.as_str(), "O" | "C"), format.id));
    let mut ids: Vec<u64> = formats.iter().map(|format| format.id).collect();
    ids.sort_unstable();
    let mut meeting = Meeting {
        body: body.map(|body| body.id).unwrap_or_default(),
        body_name: body.map(|body| body.name.clone()).unwrap_or_default(),
        venue: match (listing.place.site(), listing.place.online()) {
            (_, None) => 1,
            (None, _) => 2,
            (Some(_), Some(_)) => 3,
        },
        start: schedule.time,
        minutes: schedule.length.get(),
        zone: schedule.zone.name(),
        formats: ids,
        format_keys: formats.iter().map(|format| format.key.clone()).collect(),
        root: publisher.site.to_owned(),
        name: listing.title.to_string(),
        comments: notes(group, None).unwrap_or_default(),
        ..Meeting::default()
    };
    place(group, &mut meeting);
    join(publisher, group, &mut meeting);
    meeting
}

/// Where it is. The middle of an area is no place to walk to, and the format cannot say that it is one: it is left out.
fn place(group: &Group, meeting: &mut Meeting) {
    let Some(site) = group.listing.place.site() else {
        return;
    };
    let text = |line: &Option<domain::text::Line>| line.as_ref().map(ToString::to_string).unwrap_or_default();
    match &site.address {
        Address::Exact { line, town } => {
            let parts = Parts::of(line.as_str(), town.as_ref().map(domain::text::Line::as_str));
            meeting.street = parts.street;
            meeting.town = parts.town;
            meeting.province = parts.province;
            meeting.postal = parts.postal;
            meeting.nation = parts.nation;
            meeting.place = text(&site.name);
            meeting.directions = text(&site.directions);
            meeting.point = site.point;
        }
        Address::Withheld { area } => meeting.town = area.to_string(),
    }
}

/// How one joins online: by the public phone, else by a page; the join link is not public.
fn join(publisher: &Publisher, group: &Group, meeting: &mut Meeting) {
    let Some(online) = group.listing.place.online() else {
        return;
    };
    let by = online.by.iter().map(|by| format!("{by}."));
    let phone = group
        .phone(publisher)
        .map(|phone| format!("{} {phone}", publisher.how_to_join));
    meeting.how_to_join = by.chain(phone).collect::<Vec<_>>().join(" ");
    if let HowToCome::Page(page) = &group.listing.how_to_come
        && !is_join_link(page.as_str())
    {
        meeting.page = page.to_string();
    }
}
