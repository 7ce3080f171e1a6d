//! What a row says, as it stands in the feed and without what must not be kept: for whoever mends one that is held.

use domain::groups::WebPage;

use crate::scrub::{is_join_link, names_a_secret, scrub};
use crate::value::Fields;

/// As much of a field is shown, and compared the next time.
const LONGEST: usize = 300;
const DAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];

/// What kind of thing stands in a field, which says how secrets are found in it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// Words: whole sentences may go.
    Words,
    /// Dates, times, numbers, codes: many digits are no phone number.
    Code,
    /// A page that is public, if it is one.
    Page,
    /// A number of a weekday; this one is Sunday's.
    Day(usize),
}

/// Fields of a format that may be shown, in the order in which they are.
pub(crate) type Shown = &'static [(&'static str, Kind)];

/// What is said in these fields. One that held only what must not be kept is there, and empty.
pub(crate) fn said(fields: &Fields, shown: Shown) -> Vec<(String, String)> {
    let told = shown
        .iter()
        .filter_map(|(name, kind)| Some(((*name).to_owned(), given(fields, name, *kind)?)));
    told.collect()
}

/// What is said in one field; none if nothing is.
pub(crate) fn given(fields: &Fields, name: &str, kind: Kind) -> Option<String> {
    let text = fields.text(name).or_else(|| {
        let list = fields.list(name).join(", ");
        (!list.is_empty()).then_some(list)
    })?;
    Some(told(&text, kind))
}

/// A text as it may be shown.
pub(crate) fn told(text: &str, kind: Kind) -> String {
    let text = text.trim();
    let words = match kind {
        Kind::Page if WebPage::parse(text).is_ok() && !is_join_link(text) => text.to_owned(),
        Kind::Code if !names_a_secret(text) => text.to_owned(),
        Kind::Day(first) if !names_a_secret(text) => match day(text, first) {
            Some(day) => format!("{text} ({day})"),
            None => text.to_owned(),
        },
        _ => scrub(text).0,
    };
    words.chars().take(LONGEST).collect()
}

fn day(text: &str, first: usize) -> Option<&'static str> {
    let number = text.parse::<usize>().ok()?;
    DAYS.get(number.checked_sub(first)?).copied()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_held_row_says_what_it_is_about_and_no_secret() {
        let row = json!({
            "name": "Early Risers", "day": "1", "start": "07:00:00 20240101", "time": "call 216 555 0142, passcode tuna",
            "formatted_address": "", "address": "12 Elm St. Passcode: 123456", "contact_1_phone": "216 555 0142", "place": null,
            "url": "https://example.org/early", "website": "https://zoom.us/j/123456789", "days": [1, "3"],
        });
        let shown: Shown = &[
            ("name", Kind::Words),
            ("day", Kind::Day(0)),
            ("days", Kind::Day(0)),
            ("start", Kind::Code),
            ("time", Kind::Code),
            ("formatted_address", Kind::Words),
            ("address", Kind::Words),
            ("url", Kind::Page),
            ("website", Kind::Page),
        ];
        let row = row.as_object().unwrap();
        let told = said(&Fields(row), shown);
        let told: Vec<_> = told
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("name", "Early Risers"),
                ("day", "1 (Monday)"),
                ("days", "1, 3"),
                ("start", "07:00:00 20240101"),
                ("time", ""),
                ("address", "12 Elm St."),
                ("url", "https://example.org/early"),
                ("website", ""),
            ]
        );
        assert_eq!(
            given(&Fields(row), "day", Kind::Day(1)).as_deref(),
            Some("1 (Sunday)")
        );
    }
}
