//! A table becomes rows of Meeting Guide, which are read as such.

use std::io::{Cursor, Read};

use csv::{ReaderBuilder, StringRecord};
use serde_json::{Map, Value};

use crate::meeting_guide::Reader;
use crate::reading::{Bytes, FeedError, MOST_BYTES_IN_ROWS, MOST_ROW_BYTES, MOST_ROWS, Reading, Row, Rows};
use crate::text::{Text, head};

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
    rows(Cursor::new(bytes), how)?.collect()
}

/// Reads a table row by row.
pub fn rows<'a>(mut feed: impl Bytes + 'a, how: &'a Reading) -> Result<Rows<'a>, FeedError> {
    let text = Text::of(&mut feed, MOST_BYTES_IN_ROWS)?;
    let head = head(&mut feed)?;
    let columns = columns(&head);
    for (needed, name) in NEEDED {
        if !columns.iter().any(|column| column == needed) {
            return Err(FeedError::NoColumn(name));
        }
    }
    let mark = mark(&head);
    let count = count(Table::new(text.reader(&mut feed)?, mark))?;
    let (mut table, mut reader, mut number) = (Table::new(text.reader(feed)?, mark), Reader::new(how), 0);
    Rows::new(count, move || {
        let Some(record) = table.next()? else {
            return Ok(None);
        };
        number += 1;
        let said: Vec<&str> = record.iter().collect();
        Ok(Some(reader.row(
            number,
            &said,
            Ok(Value::Object(object(&columns, record))),
        )))
    })
}

fn count<R: Read>(mut table: Table<R>) -> Result<usize, FeedError> {
    let mut count = 0;
    while table.next()?.is_some() {
        count += 1;
        if count > MOST_ROWS {
            return Err(FeedError::TooManyRows);
        }
    }
    Ok(count)
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

/// The rows of a table that say something, without the first, which names the columns.
struct Table<R> {
    reader: csv::Reader<Bounded<R>>,
    record: StringRecord,
}

impl<R: Read> Table<R> {
    fn new(feed: R, mark: u8) -> Self {
        let bounded = Bounded { feed, left: 0 };
        let reader = ReaderBuilder::new()
            .flexible(true)
            .delimiter(mark)
            .from_reader(bounded);
        let mut table = Self {
            reader,
            record: StringRecord::new(),
        };
        table.allow();
        table
    }

    fn next(&mut self) -> Result<Option<&StringRecord>, FeedError> {
        loop {
            self.allow();
            let line = self.reader.position().line();
            match self.reader.read_record(&mut self.record) {
                Ok(true) if self.record.iter().all(|field| field.trim().is_empty()) => {}
                Ok(more) => return Ok(more.then_some(&self.record)),
                Err(_) if self.reader.get_ref().left == 0 => return Err(FeedError::RowTooLarge(line)),
                Err(error) => {
                    return Err(FeedError::Table {
                        line: error.position().map_or(line, csv::Position::line),
                        why: error.to_string(),
                    });
                }
            }
        }
    }

    fn allow(&mut self) {
        self.reader.get_mut().left = MOST_ROW_BYTES;
    }
}

/// A feed that ends with an error where one row goes on for too long, as it does after a quote that is never closed.
struct Bounded<R> {
    feed: R,
    left: usize,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.left == 0 {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        let most = buffer.len().min(self.left);
        let read = self.feed.read(&mut buffer[..most])?;
        self.left -= read;
        Ok(read)
    }
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
