//! A table becomes rows of Meeting Guide, which are read as such.

use csv::{ReaderBuilder, StringRecord};
use serde_json::{Map, Value};

use crate::meeting_guide::Reader;
use crate::reading::{FeedError, MOST_ROWS, Reading, Row, Rows, text};

/// Columns whose Meeting Guide name is not their own in small letters.
const NAMES: [(&str, &str); 5] = [
    ("id", "slug"),
    ("start_time", "time"),
    ("meeting_name", "name"),
    ("zip", "postal_code"),
    ("full_address", "formatted_address"),
];
/// Without these there is no meeting.
const NEEDED: [(&str, &str); 3] = [("name", "Name"), ("day", "Day"), ("time", "Time")];
/// The marks that may stand between fields.
const MARKS: [u8; 3] = [b',', b';', b'\t'];

/// Reads a table: every row, in order.
pub fn read(bytes: &[u8], how: &Reading) -> Result<Vec<Row>, FeedError> {
    Ok(rows(bytes, how)?.collect())
}

/// Reads a table row by row.
pub fn rows<'a>(bytes: &'a [u8], how: &'a Reading) -> Result<Rows<'a>, FeedError> {
    let text = text(bytes)?;
    let columns = columns(text);
    for (needed, name) in NEEDED {
        if !columns.iter().any(|column| column == needed) {
            return Err(FeedError::NoColumn(name));
        }
    }
    let places = places(text)?;
    let mut reader = Reader::new(how);
    let mark = mark(text);
    Rows::new(
        places.len(),
        places.into_iter().enumerate().map(move |(index, (from, to))| {
            let said = text.get(from..to).unwrap_or_default().trim_end();
            let record = record(said, mark).unwrap_or_default();
            reader.row(index + 1, said, Ok(Value::Object(object(&columns, &record))))
        }),
    )
}

/// Whether a text begins as a table of meetings does.
pub(crate) fn is_table(text: &str) -> bool {
    let columns = columns(text);
    let has = |name: &str| columns.iter().any(|column| column == name);
    columns.len() > 2 && NEEDED.iter().filter(|(name, _)| has(name)).count() > 1
}

/// What stands between fields: the mark that the first line has most of.
fn mark(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: &u8| first.bytes().filter(|byte| byte == mark).count();
    MARKS.into_iter().rev().max_by_key(count).unwrap_or(b',')
}

/// The Meeting Guide names of the columns.
fn columns(text: &str) -> Vec<String> {
    let header = record(text, mark(text)).unwrap_or_default();
    header.iter().map(column).collect()
}

/// "Conference URL" is `conference_url`.
fn column(name: &str) -> String {
    let words = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("_").to_lowercase();
    let known = NAMES.iter().find(|(theirs, _)| *theirs == name);
    known.map_or(name, |(_, ours)| (*ours).to_owned())
}

fn record(text: &str, mark: u8) -> Option<StringRecord> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(mark)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    reader.read_record(&mut record).ok()?.then_some(record)
}

/// Where each row begins and ends, without the first.
fn places(text: &str) -> Result<Vec<(usize, usize)>, FeedError> {
    let mut reader = ReaderBuilder::new()
        .flexible(true)
        .delimiter(mark(text))
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut starts = Vec::new();
    loop {
        let more = reader
            .read_record(&mut record)
            .map_err(|error| FeedError::Table {
                line: error.position().map_or(0, csv::Position::line),
                why: error.to_string(),
            })?;
        if !more {
            break;
        }
        if record.iter().any(|field| !field.trim().is_empty()) {
            starts.push(place(&record, text));
            if starts.len() > MOST_ROWS {
                return Err(FeedError::TooManyRows(starts.len()));
            }
        } else if let Some(last) = starts.last_mut() {
            // An empty line ends the row before it.
            let at = place(&record, text).0;
            *last = (last.0, last.1.min(at));
        }
    }
    let ends: Vec<_> = starts
        .iter()
        .skip(1)
        .map(|(from, _)| *from)
        .chain([text.len()])
        .collect();
    Ok(starts
        .into_iter()
        .zip(ends)
        .map(|((from, to), next)| (from, to.min(next)))
        .collect())
}

fn place(record: &StringRecord, text: &str) -> (usize, usize) {
    let at = record.position().map_or(0, csv::Position::byte);
    (usize::try_from(at).unwrap_or(text.len()), text.len())
}

/// A row by the names of its columns. A name that comes twice says what its first says.
fn object(columns: &[String], record: &StringRecord) -> Map<String, Value> {
    let mut object = Map::new();
    for (name, said) in columns.iter().zip(record) {
        let said = said.trim();
        if !said.is_empty() && !object.contains_key(name) {
            object.insert(name.clone(), Value::from(said));
        }
    }
    object
}
