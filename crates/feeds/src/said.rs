//! What a row that is held says, so that whoever mends it need not look for it in the feed.

use crate::scrub::scrub;
use crate::value::Fields;

const LONGEST: usize = 200;
const DAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];

/// Fields of a format that may be shown, and the name of each here.
pub(crate) type Named = &'static [(&'static str, &'static str)];

/// What is said, each name once; `first_day` is the number of Sunday. What is left of a text without its secrets is shown.
pub(crate) fn said(fields: &Fields, named: Named, first_day: usize) -> Vec<(String, String)> {
    let mut said: Vec<(String, String)> = Vec::new();
    for (field, name) in named {
        let Some(text) = fields.text(field) else { continue };
        let text: String = scrub(&text).0.chars().take(LONGEST).collect();
        if text.is_empty() || said.iter().any(|(there, _)| there == name) {
            continue;
        }
        let number = text.parse::<usize>().ok().filter(|_| *name == "day");
        let day = number.and_then(|number| DAYS.get(number.checked_sub(first_day)?));
        let text = day.map_or(text, |day| (*day).to_owned());
        said.push(((*name).to_owned(), text));
    }
    said
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_held_row_says_what_it_is_about_and_no_secret() {
        let row = json!({
            "name": "Early Risers", "day": "1", "time": "7:00 AM", "formatted_address": "",
            "address": "12 Elm St. Passcode: 123456", "contact_1_phone": "216 555 0142", "place": null,
        });
        let named: Named = &[
            ("name", "name"),
            ("day", "day"),
            ("time", "time"),
            ("formatted_address", "address"),
            ("address", "address"),
        ];
        let row = row.as_object().unwrap();
        let told = said(&Fields(row), named, 0);
        let told: Vec<_> = told
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        assert_eq!(
            told[..3],
            [("name", "Early Risers"), ("day", "Monday"), ("time", "7:00 AM")]
        );
        assert!(
            told[3].1.starts_with("12 Elm St") && !told[3].1.contains("123456"),
            "{told:?}"
        );
        assert_eq!(said(&Fields(row), named, 1)[1].1, "Sunday");
    }
}
