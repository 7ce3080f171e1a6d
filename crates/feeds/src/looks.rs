//! Which format a file is in, by what stands in it and never by its name.

use std::fmt;

use serde_json::{Map, Value};

use crate::reading::{FeedError, list, text};

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    MeetingGuide,
    /// A table: the columns of 12 Step Meeting List, or a Meeting Guide sheet saved as CSV.
    Csv,
    Bmlt,
    Hsds,
    Ical,
    Sameboat,
}

impl Format {
    pub const ALL: [Self; 6] = [
        Self::MeetingGuide,
        Self::Csv,
        Self::Bmlt,
        Self::Hsds,
        Self::Ical,
        Self::Sameboat,
    ];

    /// As it is written after `--as`, and kept.
    pub fn name(self) -> &'static str {
        match self {
            Self::MeetingGuide => "meeting-guide",
            Self::Csv => "csv",
            Self::Bmlt => "bmlt",
            Self::Hsds => "hsds",
            Self::Ical => "ical",
            Self::Sameboat => "sameboat",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The names of all formats.
pub(crate) fn names() -> String {
    Format::ALL.map(Format::name).join(", ")
}

/// How many rows are looked at.
const LOOKED_AT: usize = 5;

/// What a file is. None where it could be anything; an error where it is no text at all, or broken.
pub fn looks(bytes: &[u8]) -> Result<Option<Format>, FeedError> {
    let text = text(bytes)?;
    let start: String = text.chars().take(15).collect();
    Ok(match text.chars().next() {
        _ if start.eq_ignore_ascii_case("BEGIN:VCALENDAR") => Some(Format::Ical),
        Some('[') => list(text, &[])?.iter().take(LOOKED_AT).find_map(|row| {
            let row = serde_json::from_str::<Map<String, Value>>(row.get()).ok()?;
            of_row(&row)
        }),
        Some('{') => of_object(text)?,
        _ => crate::tsml::is_table(text).then_some(Format::Csv),
    })
}

fn of_row(row: &Map<String, Value>) -> Option<Format> {
    let has = |names: &[&str]| names.iter().any(|name| row.contains_key(*name));
    match () {
        () if has(&["id_bigint", "weekday_tinyint", "meeting_name", "key_string"]) => Some(Format::Bmlt),
        () if has(&["helpline"]) && has(&["parent_id", "world_id", "type"]) => Some(Format::Bmlt),
        () if has(&[
            "schedules",
            "service_at_locations",
            "organization_id",
            "assured_date",
        ]) =>
        {
            Some(Format::Hsds)
        }
        () if has(&["organization", "status"]) && has(&["name"]) && !has(&["slug", "day"]) => {
            Some(Format::Hsds)
        }
        () if has(&["slug", "day", "time", "types", "formatted_address"]) => Some(Format::MeetingGuide),
        () => None,
    }
}

fn of_object(text: &str) -> Result<Option<Format>, FeedError> {
    let object: std::collections::HashMap<String, &serde_json::value::RawValue> =
        serde_json::from_str(text).map_err(crate::reading::broken)?;
    if object.contains_key("sameboat") {
        return Ok(Some(Format::Sameboat));
    }
    for within in ["meetings", "contents", "services"] {
        let Ok(rows) = list(text, &[within]) else { continue };
        let found = rows.iter().take(LOOKED_AT).find_map(|row| {
            let row = serde_json::from_str::<Map<String, Value>>(row.get()).ok()?;
            of_row(&row)
        });
        let usual = if within == "meetings" {
            Format::MeetingGuide
        } else {
            Format::Hsds
        };
        return Ok(Some(found.unwrap_or(usual)));
    }
    let row = serde_json::from_str::<Map<String, Value>>(text).map_err(crate::reading::broken)?;
    Ok(of_row(&row).filter(|format| *format == Format::Hsds))
}
