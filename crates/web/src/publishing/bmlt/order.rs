//! In which order meetings are told: `sort_keys`, the names of usual orders in `sort_key`, else weekday, time and length.

use std::cmp::Ordering;

use feeds::bmlt::Meeting;

use super::php::numeric;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Order {
    keys: Vec<String>,
    empty: Empty,
}

/// Where meetings stand that say nothing under a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Empty {
    First,
    Last,
}

/// Fields that the server's database sorts itself, with nothing first; by any other key it sorts with nothing last.
const IN_DATABASE: [&str; 16] = [
    "id_bigint",
    "worldid_mixed",
    "service_body_bigint",
    "weekday_tinyint",
    "venue_type",
    "start_time",
    "duration_time",
    "time_zone",
    "formats",
    "lang_enum",
    "longitude",
    "latitude",
    "published",
    "email_contact",
    "root_server_id",
    "source_id",
];
const USUAL: &str = "weekday_tinyint,start_time,duration_time";
const NAMED: [(&str, &str); 5] = [
    (
        "weekday",
        "weekday_tinyint,location_municipality,location_city_subsection,start_time,location_neighborhood",
    ),
    (
        "time",
        "weekday_tinyint,start_time,location_municipality,location_city_subsection,location_neighborhood",
    ),
    (
        "town",
        "location_municipality,location_city_subsection,location_neighborhood,weekday_tinyint,start_time",
    ),
    (
        "state",
        "location_province,location_municipality,location_city_subsection,weekday_tinyint,start_time",
    ),
    (
        "weekday_state",
        "weekday_tinyint,location_province,location_municipality,start_time,location_city_subsection",
    ),
];

impl Order {
    pub(crate) fn read(keys: Option<&str>, named: Option<&str>) -> Self {
        let named = || {
            NAMED
                .iter()
                .find(|(name, _)| Some(*name) == named)
                .map(|(_, keys)| *keys)
        };
        let keys = keys.filter(|keys| *keys != "0").or_else(named).unwrap_or(USUAL);
        let keys: Vec<String> = keys.split(',').map(|key| key.trim().to_owned()).collect();
        let empty = if keys.iter().all(|key| IN_DATABASE.contains(&key.as_str())) {
            Empty::First
        } else {
            Empty::Last
        };
        Self { keys, empty }
    }

    pub(crate) fn compare(&self, a: &Meeting, b: &Meeting) -> Ordering {
        let compared = self.keys.iter().map(|key| {
            // The database holds numbers of formats under this key.
            let key = if key == "formats" {
                "format_shared_id_list"
            } else {
                key
            };
            let (a, b) = (a.field(key).unwrap_or_default(), b.field(key).unwrap_or_default());
            match (a.is_empty(), b.is_empty(), self.empty) {
                (true, true, _) => Ordering::Equal,
                (true, false, Empty::First) | (false, true, Empty::Last) => Ordering::Less,
                (true, false, Empty::Last) | (false, true, Empty::First) => Ordering::Greater,
                (false, false, _) => values(&a, &b),
            }
        });
        compared
            .into_iter()
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

impl Default for Order {
    fn default() -> Self {
        Self::read(None, None)
    }
}

/// Numbers by size, else texts by their bytes.
fn values(a: &str, b: &str) -> Ordering {
    match (numeric(a), numeric(b)) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        _ => a.cmp(b),
    }
}
