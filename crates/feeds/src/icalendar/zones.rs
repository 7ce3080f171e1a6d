//! Times of a calendar, and the IANA zones that its own zones are.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use chrono_tz::Tz;

use super::lines::{Calendar, Property};

/// Zones as Microsoft calls them (CLDR windowsZones), where groups of our readers are.
const MICROSOFT: [(&str, &str); 16] = [
    ("Eastern Standard Time", "America/New_York"),
    ("Central Standard Time", "America/Chicago"),
    ("Mountain Standard Time", "America/Denver"),
    ("US Mountain Standard Time", "America/Phoenix"),
    ("Pacific Standard Time", "America/Los_Angeles"),
    ("Alaskan Standard Time", "America/Anchorage"),
    ("Hawaiian Standard Time", "Pacific/Honolulu"),
    ("Atlantic Standard Time", "America/Halifax"),
    ("Newfoundland Standard Time", "America/St_Johns"),
    ("Canada Central Standard Time", "America/Regina"),
    ("US Eastern Standard Time", "America/Indiana/Indianapolis"),
    ("GMT Standard Time", "Europe/London"),
    ("W. Europe Standard Time", "Europe/Berlin"),
    ("Romance Standard Time", "Europe/Paris"),
    ("AUS Eastern Standard Time", "Australia/Sydney"),
    ("New Zealand Standard Time", "Pacific/Auckland"),
];

/// What a calendar says of zones.
pub(super) struct Zones {
    /// TZID to zone, for those that are known.
    named: HashMap<String, Tz>,
    /// The calendar's own.
    pub(super) usual: Option<Tz>,
}

/// A time as it stands in a calendar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Said {
    /// A whole day.
    Date(NaiveDate),
    /// In no zone, or in one that is named beside it.
    Wall(NaiveDateTime),
    Utc(NaiveDateTime),
}

impl Zones {
    pub(super) fn of(calendar: &Calendar) -> Self {
        let named = calendar.zones.iter().filter_map(|properties| {
            let get = |name: &str| properties.iter().find(|property| property.name == name);
            let id = get("TZID")?.value.trim().to_owned();
            let zone = get("X-LIC-LOCATION")
                .and_then(|place| known(&place.value))
                .or_else(|| known(&id))?;
            Some((id, zone))
        });
        Self {
            named: named.collect(),
            usual: calendar
                .property("X-WR-TIMEZONE")
                .and_then(|zone| known(&zone.value)),
        }
    }

    /// The zone that a TZID is.
    pub(super) fn named(&self, id: &str) -> Option<Tz> {
        self.named.get(id.trim()).copied().or_else(|| known(id))
    }

    /// The wall times of a property (EXDATE, RDATE, RECURRENCE-ID) in the zone of its series; `at` is when whole days begin.
    pub(super) fn walls(&self, property: &Property, zone: Tz, at: NaiveTime) -> Option<Vec<NaiveDateTime>> {
        let theirs = property
            .parameter("TZID")
            .and_then(|id| self.named(id))
            .unwrap_or(zone);
        let times = property.value.split(',').filter(|time| !time.trim().is_empty());
        times
            .map(|time| {
                // A period begins with its time.
                let time = time.split('/').next().unwrap_or(time);
                Some(match Said::parse(time)? {
                    Said::Date(date) => date.and_time(at),
                    Said::Wall(wall) if theirs == zone => wall,
                    Said::Wall(wall) => theirs
                        .from_local_datetime(&wall)
                        .earliest()?
                        .with_timezone(&zone)
                        .naive_local(),
                    Said::Utc(utc) => zone.from_utc_datetime(&utc).naive_local(),
                })
            })
            .collect()
    }
}

/// "America/New_York", also at the end of a longer name, or as Microsoft calls it.
fn known(name: &str) -> Option<Tz> {
    let name = name.trim().trim_matches('"');
    if let Some((_, iana)) = MICROSOFT
        .iter()
        .find(|(theirs, _)| theirs.eq_ignore_ascii_case(name))
    {
        return iana.parse().ok();
    }
    let starts = name.match_indices('/').map(|(at, _)| at + 1);
    std::iter::once(0)
        .chain(starts)
        .filter_map(|at| name.get(at..))
        .find_map(|name| name.parse().ok())
}

impl Said {
    /// "20260903", "20260903T183000", "20260903T223000Z".
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() == 8 {
            return NaiveDate::parse_from_str(text, "%Y%m%d").ok().map(Self::Date);
        }
        let wall = |text: &str| NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").ok();
        match text.strip_suffix('Z') {
            Some(utc) => wall(utc).map(Self::Utc),
            None => wall(text).map(Self::Wall),
        }
    }
}
