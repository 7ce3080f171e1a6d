//! Values as feeds write them: numbers as text, text as numbers, lists as text.

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::{Map, Value};

pub(crate) struct Fields<'a>(pub &'a Map<String, Value>);

impl Fields<'_> {
    /// Text of a field, trimmed, entities decoded and tags taken out; empty, null and "null" are nothing.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let text = match self.0.get(name)? {
            Value::String(text) => plain(text),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        let text = text.trim();
        (!text.is_empty() && text != "null").then(|| text.to_owned())
    }

    /// Text of a field as it stands: a program such as this one writes no tags.
    pub(crate) fn as_it_stands(&self, name: &str) -> Option<String> {
        let text = self.0.get(name)?.as_str()?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A field as a list: an array, or text such as "[open, closed]" or "O,D".
    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        match self.0.get(name) {
            Some(Value::Array(items)) => items.iter().filter_map(scalar).collect(),
            Some(value) => scalar(value)
                .iter()
                .flat_map(|text| text.trim_matches(['[', ']']).split(','))
                .map(|item| item.trim().trim_matches(['"', '\'']).to_owned())
                .collect(),
            None => Vec::new(),
        }
        .into_iter()
        .filter(|item| !item.is_empty())
        .collect()
    }

    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        self.0
            .get(name)
            .and_then(scalar)?
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
    }

    /// Whether the field is there and says something.
    pub(crate) fn says(&self, name: &str) -> bool {
        self.text(name).is_some()
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// What a JSON value is, in words.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// Text without tags, its entities decoded.
pub(crate) fn plain(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return text.to_owned();
    }
    let breaks = text.replace("<br", "\n<br").replace("</p>", "\n</p>");
    let (mut untagged, mut rest) = (String::new(), breaks.as_str());
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        untagged.push_str(before);
        let is_tag = tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        match tag.find('>').filter(|_| is_tag) {
            Some(end) => rest = &tag[end + 1..],
            None => {
                untagged.push('<');
                rest = &tag[1..];
            }
        }
    }
    untagged.push_str(rest);
    html_escape::decode_html_entities(&untagged).into_owned()
}

/// The day of "2023-08-29 15:56:59", "2023-08-29T15:56:59Z" or "8/25/2022 11:17:07 AM" (month first).
pub(crate) fn date(text: &str) -> Option<NaiveDate> {
    let day = text.split(['T', ' ']).next()?;
    let date = NaiveDate::parse_from_str(day, "%Y-%m-%d")
        .or_else(|_| NaiveDate::parse_from_str(day, "%m/%d/%Y"))
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%SZ").map(|time| time.date()))
        .ok()?;
    let first = NaiveDate::from_ymd_opt(1990, 1, 1)?;
    let last = NaiveDate::from_ymd_opt(2100, 1, 1)?;
    (first..last).contains(&date).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_feeds_write_them() {
        let day = NaiveDate::from_ymd_opt(2022, 8, 25);
        for text in [
            "2022-08-25 11:17:07",
            "2022-08-25T11:17:07Z",
            "8/25/2022 11:17:07 AM",
            "2022-08-25",
            "20220825T111707Z",
        ] {
            assert_eq!(date(text), day, "{text}");
        }
        for wrong in ["", "0000-00-00 00:00:00", "25/8/2022", "1970-01-01"] {
            assert_eq!(date(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn tags_and_entities_become_plain_text() {
        assert_eq!(
            plain("Women&#8217;s <b>Step</b> &amp; Talk<br/>at 5 < 6"),
            "Women’s Step & Talk\nat 5 < 6"
        );
    }
}
