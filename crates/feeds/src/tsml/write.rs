//! Writing the sheet: the records of Meeting Guide, one a line.

use crate::meeting_guide::{Meeting, meetings};
use crate::out::{Account, Group, Publisher};
use crate::sheet::{self, Mark};

/// Each column and what stands in it.
type Column = (&'static str, fn(&Meeting) -> String);

const COLUMNS: [Column; 26] = [
    ("Name", |meeting| meeting.name.clone()),
    ("Slug", |meeting| meeting.slug.clone()),
    ("Day", |meeting| meeting.day.map_or("", weekday).to_owned()),
    ("Time", |meeting| said(meeting.time.as_ref())),
    ("End Time", |meeting| said(meeting.end_time.as_ref())),
    ("Timezone", |meeting| said(meeting.timezone.as_ref())),
    ("Attendance Option", |meeting| {
        meeting.attendance_option.to_owned()
    }),
    ("Location", |meeting| said(meeting.location.as_ref())),
    ("Formatted Address", |meeting| {
        said(meeting.formatted_address.as_ref())
    }),
    ("City", |meeting| said(meeting.city.as_ref())),
    ("Country", |meeting| said(meeting.country.as_ref())),
    ("Approximate", |meeting| meeting.approximate.to_owned()),
    ("Latitude", |meeting| said(meeting.latitude.as_ref())),
    ("Longitude", |meeting| said(meeting.longitude.as_ref())),
    ("Types", |meeting| meeting.types.join(", ")),
    ("Notes", |meeting| said(meeting.notes.as_ref())),
    ("Location Notes", |meeting| said(meeting.location_notes.as_ref())),
    ("Conference URL", |meeting| said(meeting.conference_url.as_ref())),
    ("Conference Phone", |meeting| {
        said(meeting.conference_phone.as_ref())
    }),
    ("Conference Phone Notes", |meeting| {
        said(meeting.conference_phone_notes.as_ref())
    }),
    ("URL", |meeting| meeting.url.clone()),
    ("Updated", |meeting| said(meeting.updated.as_ref())),
    ("Entity", |meeting| meeting.entity.clone()),
    ("Entity Phone", |meeting| said(meeting.entity_phone.as_ref())),
    ("Entity Email", |meeting| said(meeting.entity_email.as_ref())),
    ("Entity Website URL", |meeting| meeting.entity_website_url.clone()),
];

/// The text of a sheet; lines end in CRLF.
pub fn write(publisher: &Publisher, groups: &[Group], mark: Mark) -> (String, Account) {
    let (meetings, account) = meetings(publisher, groups);
    let mut sheet = sheet::begin(mark);
    sheet::line(&mut sheet, COLUMNS.iter().map(|(name, _)| (*name).to_owned()));
    for meeting in &meetings {
        sheet::line(&mut sheet, COLUMNS.iter().map(|(_, value)| value(meeting)));
    }
    (sheet, account)
}

fn said(value: Option<&impl ToString>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

fn weekday(day: u32) -> &'static str {
    match day {
        0 => "Sunday",
        1 => "Monday",
        2 => "Tuesday",
        3 => "Wednesday",
        4 => "Thursday",
        5 => "Friday",
        _ => "Saturday",
    }
}
