//! A meeting, and the fields of a search result in the order in which servers give them. Every value is text.

use std::borrow::Cow;

use chrono::NaiveTime;
use domain::groups::Point;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Every field of a search result.
pub const KEYS: [&str; 36] = [
    "id_bigint",
    "worldid_mixed",
    "shared_group_id_bigint",
    "service_body_bigint",
    "service_body_name",
    "weekday_tinyint",
    "venue_type",
    "start_time",
    "duration_time",
    "time_zone",
    "formats",
    "lang_enum",
    "longitude",
    "latitude",
    "distance_in_km",
    "distance_in_miles",
    "published",
    "root_server_uri",
    "format_shared_id_list",
    "meeting_name",
    "location_text",
    "location_info",
    "location_street",
    "location_city_subsection",
    "location_neighborhood",
    "location_municipality",
    "location_sub_province",
    "location_province",
    "location_postal_code_1",
    "location_nation",
    "comments",
    "train_lines",
    "bus_lines",
    "phone_meeting_number",
    "virtual_meeting_link",
    "virtual_meeting_additional_info",
];

/// A group on one weekday.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Meeting {
    /// The same in every export; exact as a JavaScript number.
    pub id: u64,
    pub body: u64,
    pub body_name: String,
    /// 1 is Sunday.
    pub weekday: u8,
    /// 1 in person, 2 online, 3 both.
    pub venue: u8,
    pub start: NaiveTime,
    pub minutes: u16,
    pub zone: &'static str,
    /// Numbers of formats, ascending.
    pub formats: Vec<u64>,
    /// Their keys, "open" and "closed" first.
    pub format_keys: Vec<String>,
    /// Of a public address only.
    pub point: Option<Point>,
    pub root: String,
    pub name: String,
    pub place: String,
    pub directions: String,
    pub street: String,
    pub town: String,
    pub province: String,
    pub postal: String,
    pub nation: String,
    pub comments: String,
    /// A page that says how to join, never a join link.
    pub page: String,
    pub how_to_join: String,
}

/// How far a meeting is from where was asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Away {
    pub miles: f64,
    pub km: f64,
}

/// A meeting as it is written, with these of its fields.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    pub meeting: &'a Meeting,
    pub away: Option<Away>,
    pub keys: &'a [&'static str],
}

impl Meeting {
    /// What stands in a field; nothing for a field that there is none of.
    pub fn field(&self, key: &str) -> Option<Cow<'_, str>> {
        let degrees =
            |of: fn(Point) -> f64| self.point.map(|point| of(point).to_string()).unwrap_or_default();
        Some(match key {
            "id_bigint" => self.id.to_string().into(),
            "service_body_bigint" => self.body.to_string().into(),
            "service_body_name" => self.body_name.as_str().into(),
            "weekday_tinyint" => self.weekday.to_string().into(),
            "venue_type" => self.venue.to_string().into(),
            "start_time" => self.start.format("%H:%M:%S").to_string().into(),
            "duration_time" => format!("{:02}:{:02}:00", self.minutes / 60, self.minutes % 60).into(),
            "time_zone" => self.zone.into(),
            "formats" => self.format_keys.join(",").into(),
            "lang_enum" => "en".into(),
            "longitude" => degrees(Point::longitude).into(),
            "latitude" => degrees(Point::latitude).into(),
            "published" => "1".into(),
            "root_server_uri" => self.root.as_str().into(),
            "format_shared_id_list" => {
                let ids: Vec<String> = self.formats.iter().map(ToString::to_string).collect();
                ids.join(",").into()
            }
            "meeting_name" => self.name.as_str().into(),
            "location_text" => self.place.as_str().into(),
            "location_info" => self.directions.as_str().into(),
            "location_street" => self.street.as_str().into(),
            "location_municipality" => self.town.as_str().into(),
            "location_province" => self.province.as_str().into(),
            "location_postal_code_1" => self.postal.as_str().into(),
            "location_nation" => self.nation.as_str().into(),
            "comments" => self.comments.as_str().into(),
            "virtual_meeting_link" => self.page.as_str().into(),
            "virtual_meeting_additional_info" => self.how_to_join.as_str().into(),
            key => {
                KEYS.contains(&key).then_some(())?;
                "".into()
            }
        })
    }
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.keys.len()))?;
        for key in self.keys {
            let value = match (*key, self.away) {
                ("distance_in_km", Some(away)) => Cow::from(away.km.to_string()),
                ("distance_in_miles", Some(away)) => away.miles.to_string().into(),
                (key, _) => self.meeting.field(key).unwrap_or_default(),
            };
            map.serialize_entry(key, &value)?;
        }
        map.end()
    }
}
