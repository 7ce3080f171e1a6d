//! What BMLT's server answers, worked out on the raw rows of a real server: `SwitcherController` and `MeetingRepository` of
//! bmlt-server 4.2.7, condition by condition, on texts. Nothing here is of the program under test.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde_json::Value;

/// Names and values of a query string.
pub type Query<'a> = &'a [(&'a str, &'a str)];

pub struct Oracle(pub Vec<Value>);

/// The rows that are found; and for each what they are sorted by, as text or as a distance.
pub struct Expected<'a> {
    pub rows: Vec<&'a Value>,
    pub sorted_by: Vec<Vec<String>>,
}

impl Oracle {
    pub fn answer(&self, query: Query) -> Expected<'_> {
        let mut rows: Vec<&Value> = self.0.iter().collect();
        by_numbers(&mut rows, query);
        by_formats(&mut rows, query);
        if let Some(key) = one(query, "meeting_key") {
            let values: Vec<String> = all(query, "meeting_key_value")
                .iter()
                .map(|value| value.to_lowercase())
                .collect();
            rows.retain(|row| values.contains(&text(row, key).to_lowercase()));
        }
        by_times(&mut rows, query);
        by_text(&mut rows, query);
        by_place(&mut rows, query);
        rows.sort_by(|a, b| match place_sorted_by(query) {
            Some(_) => sorted_by(a, query).cmp(&sorted_by(b, query)),
            None => by_keys(&sorted_by(a, query), &sorted_by(b, query)),
        });
        if let Some(size) = number(query, "page_size") {
            let page = number(query, "page_num").unwrap_or(1);
            let size = usize::try_from(size).unwrap();
            let before = usize::try_from(page - 1).unwrap() * size;
            rows = rows.into_iter().skip(before).take(size).collect();
        }
        let sorted_by = rows.iter().map(|row| sorted_by(row, query)).collect();
        Expected { rows, sorted_by }
    }

    /// What the row of this number is sorted by.
    pub fn sorted_by(&self, id: &str, query: Query) -> Vec<String> {
        let row = self.0.iter().find(|row| text(row, "id_bigint") == id);
        sorted_by(row.unwrap(), query)
    }
}

/// `whereIn`, `whereNotIn`.
fn by_numbers(rows: &mut Vec<&Value>, query: Query) {
    for (name, column) in [
        ("meeting_ids", "id_bigint"),
        ("weekdays", "weekday_tinyint"),
        ("venue_types", "venue_type"),
    ] {
        let wanted = integers(query, name);
        let with: Vec<i64> = wanted.iter().copied().filter(|n| *n > 0).collect();
        let without: Vec<i64> = wanted.iter().copied().filter(|n| *n < 0).map(i64::abs).collect();
        rows.retain(|row| {
            let has: Option<i64> = text(row, column).parse().ok();
            (with.is_empty() || has.is_some_and(|has| with.contains(&has)))
                && (without.is_empty() || has.is_some_and(|has| !without.contains(&has)))
        });
    }
}

fn by_formats(rows: &mut Vec<&Value>, query: Query) {
    let formats = integers(query, "formats");
    let or = one(query, "formats_comparison_operator").is_some_and(|text| text.to_uppercase() != "AND");
    rows.retain(|row| {
        let list = text(row, "format_shared_id_list");
        let has = |id: i64| list.split(',').any(|own| own == id.to_string());
        let with: Vec<bool> = formats.iter().filter(|n| **n > 0).map(|n| has(*n)).collect();
        let fits = if or {
            with.is_empty() || with.contains(&true)
        } else {
            !with.contains(&false)
        };
        fits && !formats.iter().any(|n| *n < 0 && has(n.abs()))
    });
}

fn by_times(rows: &mut Vec<&Value>, query: Query) {
    type Fits = fn(&str, &str) -> bool;
    let columns: [(&str, &str, Fits); 4] = [
        ("StartsAfter", "start_time", |a, b| a > b),
        ("StartsBefore", "start_time", |a, b| a < b),
        ("MinDuration", "duration_time", |a, b| a >= b),
        ("MaxDuration", "duration_time", |a, b| a <= b),
    ];
    for (name, column, fits) in columns {
        let (hour, minute) = (
            number(query, &format!("{name}H")),
            number(query, &format!("{name}M")),
        );
        if hour.is_some() || minute.is_some() {
            let (hour, minute) = (hour.unwrap_or(0).clamp(0, 23), minute.unwrap_or(0).clamp(0, 59));
            let time = format!("{hour:02}:{minute:02}:00");
            rows.retain(|row| fits(text(row, column), &time));
        }
    }
}

fn by_text(rows: &mut Vec<&Value>, query: Query) {
    let search = one(query, "SearchString").unwrap_or_default().trim();
    if search.chars().count() <= 2 && search.parse::<f64>().is_err() {
        return;
    }
    if search.split(',').all(|part| part.parse::<f64>().is_ok()) {
        let ids: Vec<&str> = search.split(',').collect();
        rows.retain(|row| ids.contains(&text(row, "id_bigint")));
    } else {
        let sought = words(search);
        rows.retain(|row| {
            FULL_TEXT
                .iter()
                .any(|field| !words(text(row, field)).is_disjoint(&sought))
        });
    }
}

fn by_place(rows: &mut Vec<&Value>, query: Query) {
    let fields: Vec<&str> = one(query, "data_field_key")
        .unwrap_or_default()
        .split(',')
        .collect();
    let told = fields.contains(&"distance_in_miles") || fields.contains(&"distance_in_km");
    let (latitude, longitude) = match (decimal(query, "lat_val"), decimal(query, "long_val")) {
        (None, None) => return,
        (Some(latitude), Some(longitude)) => (latitude, longitude),
        _ => return rows.clear(),
    };
    let (width, degree) = match (decimal(query, "geo_width"), decimal(query, "geo_width_km")) {
        (Some(miles), _) => (miles, 69.0),
        (None, Some(km)) => (km, 111.111),
        (None, None) if told => return,
        (None, None) => return rows.clear(),
    };
    let far = |row: &Value| distance(row, latitude, longitude).map(|angle| degree * angle);
    let within = |radius: f64| {
        rows.iter()
            .filter(|row| far(row).is_some_and(|far| far <= radius))
            .count()
    };
    let radius = if width < 0.0 {
        let least: usize = width.abs().trunc().to_string().parse().unwrap();
        let mut ladder = LADDER.split_whitespace().map(|text| text.parse::<f64>().unwrap());
        ladder.find(|radius| within(*radius) >= least).unwrap_or(200.0)
    } else {
        width
    };
    rows.retain(|row| far(row).is_some_and(|far| far <= radius));
}

/// Where distances are sorted from, if they are.
fn place_sorted_by(query: Query) -> Option<(f64, f64)> {
    let asked = one(query, "sort_results_by_distance") == Some("1");
    decimal(query, "lat_val")
        .zip(decimal(query, "long_val"))
        .filter(|_| asked)
}

fn sorted_by(row: &Value, query: Query) -> Vec<String> {
    match place_sorted_by(query) {
        Some((latitude, longitude)) => {
            vec![format!(
                "{:012.6}",
                distance(row, latitude, longitude).unwrap_or(-1.0)
            )]
        }
        None => sort_keys(query)
            .iter()
            .map(|key| text(row, key).to_owned())
            .collect(),
    }
}

fn number(query: Query, name: &str) -> Option<i64> {
    one(query, name)?.parse().ok()
}

fn decimal(query: Query, name: &str) -> Option<f64> {
    one(query, name)?.parse().ok()
}

const FULL_TEXT: [&str; 11] = [
    "meeting_name",
    "location_text",
    "location_info",
    "location_street",
    "location_municipality",
    "location_province",
    "location_postal_code_1",
    "location_nation",
    "comments",
    "train_lines",
    "bus_lines",
];

const LADDER: &str = "0.0625 0.125 0.1875 0.25 0.4375 0.5 0.5625 0.75 0.8125 1.0 1.25 1.5 1.75 2.0 2.25 2.5 2.75 3.0 3.25 3.5 3.75 \
    4.0 4.25 4.5 4.75 5.0 5.5 6.0 6.5 7.0 7.5 8.0 8.5 9.0 9.5 10.0 11.0 12.0 13.0 14.0 15.0 17.5 20.0 22.5 25.0 27.5 30.0 35.0 \
    40.0 45.0 50.0 60.0 70.0 80.0 90.0 100.0 150 200";

/// INFORMATION_SCHEMA.INNODB_FT_DEFAULT_STOPWORD.
const STOPWORDS: &str = "a about an are as at be by com de en for from how i in is it la of on or that the this to was what when \
    where who will with und the www";

pub fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap_or_default()
}

fn all<'a>(query: Query<'a>, name: &str) -> Vec<&'a str> {
    let listed = format!("{name}[]");
    query
        .iter()
        .filter(|(given, _)| *given == name || *given == listed)
        .map(|(_, value)| *value)
        .collect()
}

fn one<'a>(query: Query<'a>, name: &str) -> Option<&'a str> {
    query
        .iter()
        .rev()
        .find(|(given, _)| *given == name)
        .map(|(_, value)| *value)
}

/// `explode(',', …)` and `intval`, for the numbers that the queries of the test use.
fn integers(query: Query, name: &str) -> Vec<i64> {
    all(query, name)
        .iter()
        .flat_map(|text| text.split(','))
        .map(|text| text.trim().parse().unwrap_or(0))
        .collect()
}

fn words(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric() && c != '_');
    words
        .filter(|word| word.chars().count() >= 3 && !STOPWORDS.split_whitespace().any(|stop| stop == *word))
        .map(str::to_owned)
        .collect()
}

/// In degrees: `DEGREES(ACOS(LEAST(1.0, …)))`; NULL where there is no place.
fn distance(row: &Value, latitude: f64, longitude: f64) -> Option<f64> {
    let own = |field| text(row, field).parse::<f64>().ok().map(f64::to_radians);
    let (lat, long) = (own("latitude")?, own("longitude")?);
    let (latitude, longitude) = (latitude.to_radians(), longitude.to_radians());
    let cosine = lat.cos() * latitude.cos() * (long - longitude).cos() + lat.sin() * latitude.sin();
    Some(cosine.min(1.0).acos().to_degrees())
}

fn sort_keys(query: Query) -> Vec<String> {
    let named = match one(query, "sort_key") {
        Some("weekday") => {
            "weekday_tinyint,location_municipality,location_city_subsection,start_time,location_neighborhood"
        }
        Some("time") => {
            "weekday_tinyint,start_time,location_municipality,location_city_subsection,location_neighborhood"
        }
        Some("town") => {
            "location_municipality,location_city_subsection,location_neighborhood,weekday_tinyint,start_time"
        }
        Some("state") => {
            "location_province,location_municipality,location_city_subsection,weekday_tinyint,start_time"
        }
        Some("weekday_state") => {
            "weekday_tinyint,location_province,location_municipality,start_time,location_city_subsection"
        }
        _ => "weekday_tinyint,start_time,duration_time",
    };
    one(query, "sort_keys")
        .unwrap_or(named)
        .split(',')
        .map(str::to_owned)
        .collect()
}

/// Empty values last; numbers by size (`<=>` of PHP on texts).
fn by_keys(a: &[String], b: &[String]) -> Ordering {
    for (a, b) in a.iter().zip(b) {
        let order = match (a.is_empty(), b.is_empty(), a.parse::<f64>(), b.parse::<f64>()) {
            (true, true, ..) => Ordering::Equal,
            (true, false, ..) => Ordering::Greater,
            (false, true, ..) => Ordering::Less,
            (_, _, Ok(a), Ok(b)) => a.total_cmp(&b),
            _ => a.cmp(b),
        };
        if order.is_ne() {
            return order;
        }
    }
    Ordering::Equal
}
