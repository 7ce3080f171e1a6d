//! Writing Meeting Guide JSON: one record for each weekday on which a group meets.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{NaiveTime, TimeDelta, Weekday};
use domain::groups::{Access, Activity, Address, Audience, Draft, Format, HowToCome, Kind, Language, Phone};
use domain::schedule::{Rule, Schedule};
use serde::Serialize;

use crate::out::{Account, Because, Group, Publisher};

/// A record; its fields are those of the specification.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Meeting {
    pub slug: String,
    pub name: String,
    /// 0 is Sunday; nothing for a meeting by appointment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    pub attendance_option: &'static str,
    pub types: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_notes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formatted_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    pub approximate: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latitude: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longitude: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conference_phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conference_phone_notes: Option<String>,
    /// A page that says how to join, never a join link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conference_url: Option<String>,
    pub url: String,
    /// When the organiser last said that all of it is true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    pub entity: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity_phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity_email: Option<String>,
    pub entity_website_url: String,
}

/// The records of these groups, and what could not be said.
pub fn meetings(publisher: &Publisher, groups: &[Group]) -> (Vec<Meeting>, Account) {
    let mut account = Account::default();
    let mut meetings = Vec::new();
    for group in groups {
        match meetings_of(publisher, group, &mut account) {
            Ok(records) => {
                account.written += 1;
                meetings.extend(records);
            }
            Err(why) => account.leave_out(why),
        }
    }
    (meetings, account)
}

/// The text of a feed.
pub fn write(publisher: &Publisher, groups: &[Group]) -> Result<(String, Account), serde_json::Error> {
    let (meetings, account) = meetings(publisher, groups);
    Ok((serde_json::to_string(&meetings)? + "\n", account))
}

fn meetings_of(publisher: &Publisher, group: &Group, account: &mut Account) -> Result<Vec<Meeting>, Because> {
    if group.listing.kind == Kind::Therapy {
        return Err(Because::Therapy);
    }
    if !group.is_there() {
        return Err(Because::Ended);
    }
    let mut meeting = record(publisher, group);
    join(publisher, group, &mut meeting)?;
    let Some(schedule) = group.listing.schedule() else {
        meeting.notes = notes(group, None);
        return Ok(vec![meeting]);
    };
    if !schedule.skips.is_empty() || !schedule.moves.is_empty() {
        account.in_words(Because::Exceptions);
    }
    let Rule::Weekly { interval: 1, days } = &schedule.rule else {
        // A day and a time would send people there on the wrong week.
        account.in_words(Because::NotWeekly);
        meeting.notes = notes(group, Some(group.rule));
        return Ok(vec![meeting]);
    };
    meeting.notes = notes(group, None);
    meeting.time = Some(clock(schedule.time));
    meeting.end_time = Some(clock(end(schedule))).filter(|end| Some(end) != meeting.time.as_ref());
    meeting.timezone = Some(schedule.zone.name().to_owned());
    let on = |day: &Weekday| Meeting {
        slug: match days.len() {
            1 => group.slug.to_owned(),
            _ => format!("{}-{}", group.slug, day.to_string().to_lowercase()),
        },
        day: Some(day.num_days_from_sunday()),
        ..meeting.clone()
    };
    Ok(days.iter().map(on).collect())
}

/// What is the same on every weekday.
fn record(publisher: &Publisher, group: &Group) -> Meeting {
    let listing = group.listing;
    let mut meeting = Meeting {
        slug: group.slug.to_owned(),
        name: listing.title.to_string(),
        types: types(group),
        approximate: "yes",
        url: group.page.to_owned(),
        updated: listing
            .verified_on
            .map(|day| day.format("%Y-%m-%d 00:00:00").to_string()),
        entity: group.by(publisher).to_owned(),
        entity_website_url: publisher.site.to_owned(),
        attendance_option: match (group.pauses(), listing.place.site(), listing.place.online()) {
            (true, ..) => "inactive",
            (_, Some(_), Some(_)) => "hybrid",
            (_, None, _) => "online",
            (_, Some(_), None) => "in_person",
        },
        ..Meeting::default()
    };
    if listing.source == domain::groups::Source::Own {
        meeting.entity_phone = publisher.phone.map(ToString::to_string);
        meeting.entity_email = publisher.mail.map(ToString::to_string);
    }
    let Some(site) = listing.place.site() else {
        meeting.country = Some(publisher.country.to_owned());
        return meeting;
    };
    let text = |line: &Option<domain::text::Line>| line.as_ref().map(ToString::to_string);
    match &site.address {
        Address::Exact { line, town } => {
            meeting.approximate = "no";
            meeting.formatted_address = Some(line.to_string());
            meeting.city = text(town);
            meeting.location = text(&site.name);
            meeting.location_notes = text(&site.directions);
        }
        Address::Withheld { area } => meeting.city = Some(area.to_string()),
    }
    meeting.latitude = site.point.map(domain::groups::Point::latitude);
    meeting.longitude = site.point.map(domain::groups::Point::longitude);
    meeting
}

/// How one joins online: by the public phone, else by a page; the join link is not public. While a group pauses there is nothing
/// to join, and readers that do not know `attendance_option` would show it as meeting.
fn join(publisher: &Publisher, group: &Group, meeting: &mut Meeting) -> Result<(), Because> {
    if group.listing.place.online().is_none() || group.pauses() {
        return Ok(());
    }
    if let Some(phone) = group.phone(publisher) {
        meeting.conference_phone = Some(dialled(phone));
        meeting.conference_phone_notes = Some(publisher.how_to_join.to_owned());
        return Ok(());
    }
    match &group.listing.how_to_come {
        HowToCome::Page(page) => meeting.conference_url = Some(page.to_string()),
        // One who can walk there needs no link.
        _ if group.listing.place.site().is_some() => {}
        _ => return Err(Because::NoWayToJoin),
    }
    Ok(())
}

/// The number without an extension, as the specification writes it.
pub(crate) fn dialled(phone: &Phone) -> String {
    let number = phone.as_str().split('x').next().unwrap_or_default();
    Phone::parse(number).map_or_else(|_| phone.dial(), |phone| phone.dial())
}

/// The summary, and what has no field.
pub(crate) fn notes(group: &Group, rule: Option<&str>) -> Option<String> {
    let summary = group.listing.summary.as_ref().map(domain::text::Prose::as_str);
    let only_for = group
        .listing
        .place
        .online()
        .and_then(|online| online.only_for.as_ref())
        .map(domain::text::Line::as_str);
    let told = group.told.iter().map(String::as_str);
    let parts: Vec<&str> = rule
        .into_iter()
        .chain(summary)
        .chain(only_for)
        .chain(told)
        .collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

pub(crate) fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

pub(crate) fn end(schedule: &Schedule) -> NaiveTime {
    let length = TimeDelta::minutes(i64::from(schedule.length.get()));
    schedule.time.overflowing_add_signed(length).0
}

/// Codes by their words.
static CODES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let words: HashMap<String, String> =
        serde_json::from_str(include_str!("../../../../content/feeds/meeting-guide-types.json"))
            .unwrap_or_default();
    words.into_iter().map(|(code, words)| (words, code)).collect()
});

/// The type codes of a group: of our facts those that have one, and what its feed said beyond our words.
pub(crate) fn types(group: &Group) -> Vec<String> {
    let draft: &Draft = group.listing;
    let audience = draft
        .audience
        .iter()
        .filter_map(|audience| of_audience(*audience));
    let access = draft.access.iter().filter_map(|access| of_access(*access));
    let activity = draft.activities.contains(&Activity::Meditation).then_some("MED");
    let format = match draft.format {
        Some(Format::Discussion) => Some("D"),
        Some(Format::Presentation) => Some("SP"),
        _ => None,
    };
    let languages = draft.languages.iter().filter_map(of_language);
    let online = draft.place.online().map(|_| "ONL");
    let closed = group.pauses().then_some("TC");
    let mut types: Vec<String> = online
        .into_iter()
        .chain(closed)
        .chain(audience)
        .chain(access)
        .chain(activity)
        .chain(format)
        .chain(languages)
        .map(str::to_owned)
        .collect();
    let remarks = draft.remarks.iter().map(|remark| {
        let code = CODES.get(remark.as_str());
        code.cloned().unwrap_or_else(|| remark.to_string())
    });
    types.extend(remarks);
    let mut seen = std::collections::HashSet::new();
    types.retain(|code| seen.insert(code.clone()));
    types
}

fn of_audience(audience: Audience) -> Option<&'static str> {
    Some(match audience {
        Audience::Women => "W",
        Audience::Men => "M",
        Audience::YoungPeople => "Y",
        Audience::OlderPeople => "SEN",
        Audience::Lgbtq => "LGBTQ",
        Audience::Trans => "T",
        Audience::PeopleOfColour => "POC",
        Audience::NativePeople => "NDG",
        Audience::Newcomers => "BE",
        Audience::SecularPeople => "A",
        _ => return None,
    })
}

fn of_access(access: Access) -> Option<&'static str> {
    Some(match access {
        Access::StepFree => "X",
        Access::AccessibleToilet => "XB",
        Access::ChildCare => "BA",
        Access::FragranceFree => "FF",
        Access::SignLanguage => "ASL",
        _ => return None,
    })
}

fn of_language(language: &Language) -> Option<&'static str> {
    Some(match language.code() {
        "es" => "S",
        "ase" => "ASL",
        "ar" => "AR",
        "da" => "DA",
        "de" => "DE",
        "el" => "EL",
        "en" => "EN",
        "fa" => "FA",
        "fi" => "FI",
        "fr" => "FR",
        "he" => "HE",
        "hi" => "HI",
        "hr" => "HR",
        "hu" => "HU",
        "it" => "ITA",
        "ja" => "JA",
        "ko" => "KOR",
        "lt" => "LT",
        "ml" => "ML",
        "no" => "NO",
        "pa" => "PA",
        "pl" => "POL",
        "pt" => "POR",
        "ru" => "RUS",
        "sv" => "SV",
        "th" => "TH",
        "tr" => "TUR",
        "uk" => "UK",
        _ => return None,
    })
}
