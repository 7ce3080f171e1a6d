//! Readers of tables, BMLT, HSDS and iCalendar, and how a format is seen.

mod any;
mod bmlt;
mod hsds;
mod icalendar;
mod looks;
mod mending;
mod tables;

use domain::groups::Listing;
use domain::text::Line;
use feeds::reading::{Held, Reading, Row};

pub(crate) fn how() -> Reading {
    Reading {
        zone: "America/New_York".parse().ok(),
        ..Reading::new(Line::parse("Lakeshore").unwrap())
    }
}

pub(crate) fn without_zone() -> Reading {
    Reading { zone: None, ..how() }
}

pub(crate) fn good(row: &Row) -> &Listing {
    row.listing
        .as_ref()
        .unwrap_or_else(|held| panic!("row {}: {held}", row.number))
}

pub(crate) fn held(rows: &[Row]) -> Vec<Option<&Held>> {
    rows.iter().map(|row| row.listing.as_ref().err()).collect()
}

pub(crate) fn json(row: &Row) -> serde_json::Value {
    serde_json::to_value(good(row)).unwrap()
}
