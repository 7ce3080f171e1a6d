//! The lines of a calendar: unfolded, taken apart, and the events they make (RFC 5545, 3.1).
//!
//! Read here and not with a library (decision 16): it brings a clock with it, and gives up a whole calendar for one wrong line
//! without saying which.

use crate::reading::FeedError;

/// A line "NAME;PARAMETER=VALUE:VALUE".
#[derive(Debug, Clone)]
pub(super) struct Property {
    /// In capitals.
    pub(super) name: String,
    parameters: Vec<(String, String)>,
    /// As it stands there, still escaped.
    pub(super) value: String,
}

/// A VEVENT and where it stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Event<'a> {
    pub(super) properties: Vec<Property>,
    /// The whole event as text.
    pub(super) said: &'a str,
}

/// What a calendar holds that we read.
#[derive(Debug, Default)]
pub(super) struct Calendar<'a> {
    pub(super) events: Vec<Event<'a>>,
    /// The properties of each VTIMEZONE.
    pub(super) zones: Vec<Vec<Property>>,
    /// Of the calendar itself.
    pub(super) properties: Vec<Property>,
}

impl Property {
    fn parse(line: &str) -> Option<Self> {
        let mut quoted = false;
        let mut ends = Vec::new();
        let mut colon = None;
        for (at, c) in line.char_indices() {
            match c {
                '"' => quoted = !quoted,
                ';' if !quoted => ends.push(at),
                ':' if !quoted => {
                    colon = Some(at);
                    break;
                }
                _ => {}
            }
        }
        let colon = colon?;
        ends.push(colon);
        let name = line.get(..*ends.first()?)?.trim().to_ascii_uppercase();
        let known = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
        if name.is_empty() || !name.chars().all(known) {
            return None;
        }
        let parameters = ends.windows(2).filter_map(|pair| {
            let (key, value) = line.get(pair[0] + 1..pair[1])?.split_once('=')?;
            Some((key.to_ascii_uppercase(), value.trim_matches('"').to_owned()))
        });
        Some(Self {
            parameters: parameters.collect(),
            name,
            value: line.get(colon + 1..)?.to_owned(),
        })
    }

    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The value as text, its escapes undone.
    pub(super) fn text(&self) -> String {
        let (mut text, mut escaped) = (String::new(), false);
        for c in self.value.chars() {
            match (escaped, c) {
                (false, '\\') => escaped = true,
                (true, 'n' | 'N') => {
                    text.push('\n');
                    escaped = false;
                }
                _ => {
                    text.push(c);
                    escaped = false;
                }
            }
        }
        text
    }
}

impl Event<'_> {
    pub(super) fn get(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &Property> {
        self.properties
            .iter()
            .filter(move |property| property.name == name)
    }
}

impl<'a> Calendar<'a> {
    pub(super) fn parse(text: &'a str) -> Result<Self, FeedError> {
        let mut calendar = Self::default();
        let mut within: Vec<String> = Vec::new();
        let mut began = 0;
        let mut here: Vec<Property> = Vec::new();
        for line in unfolded(text) {
            if line.text.trim().is_empty() {
                continue;
            }
            let property = Property::parse(&line.text).ok_or(FeedError::Calendar(line.number))?;
            let what = property.value.trim().to_ascii_uppercase();
            let top = within.last().map(String::as_str);
            match property.name.as_str() {
                "BEGIN" => {
                    if matches!(what.as_str(), "VEVENT" | "VTIMEZONE") {
                        began = line.from;
                        here.clear();
                    }
                    within.push(what);
                }
                "END" => {
                    if within.pop() != Some(what.clone()) {
                        return Err(FeedError::Calendar(line.number));
                    }
                    match what.as_str() {
                        "VEVENT" => calendar.events.push(Event {
                            properties: std::mem::take(&mut here),
                            said: text.get(began..line.to).unwrap_or_default().trim_end(),
                        }),
                        "VTIMEZONE" => calendar.zones.push(std::mem::take(&mut here)),
                        _ => {}
                    }
                }
                _ if matches!(top, Some("VEVENT" | "VTIMEZONE")) => here.push(property),
                _ if top == Some("VCALENDAR") => calendar.properties.push(property),
                _ => {}
            }
        }
        if within.is_empty() {
            Ok(calendar)
        } else {
            Err(FeedError::Calendar(text.lines().count()))
        }
    }

    pub(super) fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }
}

/// A line with those folded into it.
struct Unfolded {
    number: usize,
    from: usize,
    to: usize,
    text: String,
}

fn unfolded(text: &str) -> impl Iterator<Item = Unfolded> + '_ {
    let mut at = 0;
    let mut lines = text
        .split_inclusive('\n')
        .enumerate()
        .map(move |(index, line)| {
            let from = at;
            at += line.len();
            (index + 1, from, at, line.trim_end_matches(['\r', '\n']))
        })
        .peekable();
    std::iter::from_fn(move || {
        let (number, from, mut to, first) = lines.next()?;
        let mut text = first.to_owned();
        while let Some((_, _, end, more)) = lines.next_if(|(_, _, _, line)| line.starts_with([' ', '\t'])) {
            text.push_str(&more[1..]);
            to = end;
        }
        Some(Unfolded {
            number,
            from,
            to,
            text,
        })
    })
}
