//! A file is looked through, then read: providers at once, groups one by one.

use std::collections::HashMap;
use std::io::Cursor;

use domain::providers::ProviderKind;
use domain::text::Line;
use serde_json::Value;

use super::row::{self, Ids};
use super::{File, FileError, GroupRow, Held, MOST_BYTES_IN_ROWS, MOST_ROWS, ProviderRow, VERSION};
use crate::ids::fingerprint;
use crate::json::{self, Field, Is};
use crate::reading::{self, Bytes, FeedError};
use crate::text::Text;

/// The fields of a file.
const KNOWN: [&str; 5] = ["sameboat", "$schema", "organisation", "groups", "providers"];

/// Reads a file: every row of both lists.
pub fn read(bytes: &[u8], programme: Option<&Line>) -> Result<File, FileError> {
    let mut reader = Reader::open(Cursor::new(bytes), programme)?;
    let groups = reader.by_ref().collect::<Result<_, _>>()?;
    Ok(File {
        organisation: reader.organisation.clone(),
        groups,
        providers: reader.providers(),
    })
}

/// A file whose groups are read one by one. What is wrong with it as a whole was told when it was opened.
pub struct Reader<'a> {
    /// Whose file it is.
    pub organisation: Line,
    programme: Line,
    left: usize,
    rows: Box<dyn FnMut() -> Result<Option<Value>, Broken> + Send + 'a>,
    number: usize,
    ids: Ids,
    /// Whether the group of an id, by its fingerprint, is a listing.
    listed: HashMap<u64, bool>,
    providers: Vec<ProviderRow>,
}

/// Why a row gives no value: the file, or the row alone.
enum Broken {
    File(FeedError),
    Row(Held),
}

impl<'a> Reader<'a> {
    /// Rows are listed as from `programme`; without one, as from the file's own organisation.
    pub fn open(mut feed: impl Bytes + 'a, programme: Option<&Line>) -> Result<Self, FileError> {
        let text = Text::of(&mut feed, MOST_BYTES_IN_ROWS)?;
        let fields = json::look_through(text.reader(&mut feed)?, |_, _| {})?;
        let organisation = organisation(&fields)?;
        let (groups, left) = list(&fields, "groups")?;
        let (providers, count) = list(&fields, "providers")?;
        match left + count {
            0 => return Err(FileError::NoRows),
            count if count > MOST_ROWS => return Err(FileError::TooManyRows),
            _ => {}
        }
        let programme = programme.unwrap_or(&organisation).clone();
        let (mut ids, mut read) = (Ids::default(), Vec::new());
        let mut rows = json::Rows::new(text.reader(&mut feed)?, providers);
        while let Some(row) = rows.next()? {
            let value = row.parse().map_err(|error| Held::Broken(reading::why(&error)));
            read.push(row::provider(read.len() + 1, value, &programme, &mut ids));
        }
        let mut rows = json::Rows::new(text.reader(feed)?, groups);
        let rows = move || match rows.next().map_err(Broken::File)? {
            None => Ok(None),
            Some(row) => row
                .parse()
                .map(Some)
                .map_err(|error| Broken::Row(Held::Broken(reading::why(&error)))),
        };
        Ok(Self {
            organisation,
            programme,
            left,
            rows: Box::new(rows),
            number: 0,
            ids: Ids::default(),
            listed: HashMap::new(),
            providers: read,
        })
    }

    /// How many rows of both lists are still to come.
    pub fn left(&self) -> usize {
        self.left + self.providers.len()
    }

    /// Says of a group that was held that it is a listing all the same.
    pub fn mended(&mut self, id: &str) {
        self.listed.insert(fingerprint(id), true);
    }

    /// The providers, once all groups are read: they are linked to those that are listings.
    pub fn providers(mut self) -> Vec<ProviderRow> {
        link(&self.listed, &mut self.providers);
        self.providers
    }
}

impl Iterator for Reader<'_> {
    type Item = Result<GroupRow, FileError>;

    fn next(&mut self) -> Option<Self::Item> {
        let value = match ((self.rows)(), self.left) {
            (Ok(None), 0) => return None,
            (Ok(Some(value)), 1..) => Ok(value),
            (Err(Broken::Row(held)), 1..) => Err(held),
            (Err(Broken::File(error)), _) => return Some(Err(error.into())),
            _ => return Some(Err(FeedError::Changed.into())),
        };
        self.left -= 1;
        self.number += 1;
        let row = row::group(self.number, value, &self.programme, &mut self.ids);
        self.listed.insert(fingerprint(&row.id), row.listing.is_ok());
        Some(Ok(row))
    }
}

/// Whose file it is, of a file that has nothing but what we know.
fn organisation(fields: &[Field]) -> Result<Line, FileError> {
    let value = |name: &str| match fields.iter().rfind(|field| field.name.as_deref() == Some(name)) {
        Some(Field {
            is: Is::Value(value), ..
        }) => value.as_ref(),
        _ => None,
    };
    match value("sameboat").and_then(Value::as_u64) {
        Some(VERSION) => {}
        Some(other) => return Err(FileError::Version(other)),
        None => return Err(FileError::NotSameboat),
    }
    let organisation = match value("organisation") {
        Some(Value::String(name)) => Line::parse(name).map_err(FileError::OrganisationName)?,
        _ => return Err(FileError::Organisation),
    };
    let mut names = fields.iter().filter_map(|field| field.name.as_deref());
    match names.find(|name| !KNOWN.contains(name)) {
        Some(name) => Err(FileError::UnknownList(name.to_owned())),
        None => Ok(organisation),
    }
}

/// Which field is the list of this name, and how many rows it has.
fn list(fields: &[Field], name: &'static str) -> Result<(Vec<usize>, usize), FileError> {
    let Some(at) = fields
        .iter()
        .rposition(|field| field.name.as_deref() == Some(name))
    else {
        return Ok((Vec::new(), 0));
    };
    match fields[at].is {
        Is::List(count) => Ok((vec![at], count)),
        Is::Value(Some(Value::Null)) => Ok((Vec::new(), 0)),
        Is::Value(_) => Err(FileError::NotAList(name)),
    }
}

/// Takes out links to what is not there, and says so.
fn link(listed: &HashMap<u64, bool>, providers: &mut [ProviderRow]) {
    let above: HashMap<String, (Option<ProviderKind>, Option<String>)> = providers
        .iter()
        .map(|row| {
            let kind = row.provider.as_ref().ok().map(|provider| provider.kind);
            (row.id.clone(), (kind, row.part_of.clone()))
        })
        .collect();
    for row in providers {
        let notes = &mut row.notes;
        row.groups.retain(|id| {
            let why = match listed.get(&fingerprint(id)) {
                Some(true) => return true,
                Some(false) => "is held; not linked",
                None => "is not in this file; not linked. Correct the id or take it out",
            };
            notes.push(format!("“groups”: “{id}” {why}"));
            false
        });
        row.groups.sort();
        row.groups.dedup();
        let Some(id) = &row.part_of else { continue };
        let why = match above.get(id) {
            Some((Some(ProviderKind::Organisation), _)) if !leads_back(&row.id, id, &above) => continue,
            Some((Some(ProviderKind::Organisation), _)) => "is part of this one",
            Some((Some(_), _)) => "is no organisation",
            Some((None, _)) => "is held",
            None => "is not in this file",
        };
        notes.push(format!(
            "“part_of”: “{id}” {why}; not linked. Name an organisation of this file, or take it out"
        ));
        row.part_of = None;
    }
}

/// Whether going up from `above` comes back to `id`.
fn leads_back(id: &str, above: &str, all: &HashMap<String, (Option<ProviderKind>, Option<String>)>) -> bool {
    let mut here = Some(above);
    for _ in 0..all.len() {
        match here {
            None => return false,
            Some(other) if other == id => return true,
            Some(other) => here = all.get(other).and_then(|(_, part_of)| part_of.as_deref()),
        }
    }
    // A circle further up, which those in it are told of.
    false
}
