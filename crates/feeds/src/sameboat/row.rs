//! One row of a file becomes a listing or a provider.

use std::collections::HashMap;

use domain::groups::Source;
use domain::providers::{Provider, ProviderDraft};
use domain::text::Line;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::scrubbed::{Scrubbing, provider_draft};
use super::{GroupRow, Held, ProviderRow, mending};
use crate::ids::fingerprint;
use crate::value;

/// A longer id is no id.
const MOST_ID: usize = 200;

/// The ids of a list so far, by their fingerprints, with the number of their row.
#[derive(Default)]
pub(super) struct Ids(HashMap<u64, usize>);

impl Ids {
    /// The id to report a row under, and why the row cannot be taken by it.
    fn take(&mut self, number: usize, object: &mut Map<String, Value>) -> (String, Option<Held>) {
        let instead = || format!("row-{number}");
        let text = match object.remove("id") {
            Some(Value::String(text)) => text,
            Some(Value::Number(number)) => number.to_string(),
            _ => return (instead(), Some(Held::NoId)),
        };
        let id = match Line::parse(&text) {
            Ok(id) if id.as_str().chars().count() <= MOST_ID => id.to_string(),
            Ok(id) => {
                let has = id.as_str().chars().count();
                let why = domain::text::TextError::TooLong { has, most: MOST_ID };
                return (instead(), Some(Held::Id(why)));
            }
            Err(why) => return (instead(), Some(Held::Id(why))),
        };
        let first = *self.0.entry(fingerprint(&id)).or_insert(number);
        (id, (first != number).then_some(Held::SameId(first)))
    }
}

pub(super) fn group(number: usize, row: Result<Value, Held>, programme: &Line, ids: &mut Ids) -> GroupRow {
    let mut notes = Vec::new();
    let (id, object) = begun(number, row, ids);
    let (listing, said, unfinished) = match object {
        Err(held) => (Err(held), Vec::new(), None),
        Ok(object) => match mending::read(object.clone(), programme, &mut notes) {
            Ok(listing) => (Ok(listing), Vec::new(), None),
            Err((held, unfinished)) => (Err(held), mending::said(&object), unfinished),
        },
    };
    GroupRow {
        number,
        id,
        listing,
        notes,
        said,
        unfinished,
    }
}

pub(super) fn provider(
    number: usize,
    row: Result<Value, Held>,
    programme: &Line,
    ids: &mut Ids,
) -> ProviderRow {
    let mut scrubbing = Scrubbing::default();
    let (id, object) = begun(number, row, ids);
    let (mut groups, mut part_of) = (Vec::new(), None);
    let provider = object.and_then(|mut object| {
        groups = groups_of(object.remove("groups"))?;
        part_of = part_of_of(object.remove("part_of"))?;
        let draft = provider_draft(facts::<ProviderDraft>(object, programme)?, &mut scrubbing)?;
        Provider::check(draft).map_err(|refused| Held::Refused(refused.to_string()))
    });
    ProviderRow {
        number,
        id,
        provider,
        groups,
        part_of,
        notes: scrubbing.notes,
    }
}

/// The id of a row and its other fields.
fn begun(
    number: usize,
    row: Result<Value, Held>,
    ids: &mut Ids,
) -> (String, Result<Map<String, Value>, Held>) {
    let mut object = match row {
        Ok(Value::Object(object)) => object,
        other => {
            let held = other.map_or_else(|held| held, |value| Held::NotAnObject(value::kind(&value)));
            return (format!("row-{number}"), Err(held));
        }
    };
    match ids.take(number, &mut object) {
        (id, None) => (id, Ok(object)),
        (id, Some(held)) => (id, Err(held)),
    }
}

fn groups_of(value: Option<Value>) -> Result<Vec<String>, Held> {
    let wrong = |found: &Value| Held::Wrong {
        field: "groups".to_owned(),
        why: format!("it is {}, not a list of ids", value::kind(found)),
    };
    match value {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(ids)) => ids.iter().map(|id| id_of(id).ok_or_else(|| wrong(id))).collect(),
        Some(other) => Err(wrong(&other)),
    }
}

fn part_of_of(value: Option<Value>) -> Result<Option<String>, Held> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(found) => id_of(&found).map(Some).ok_or_else(|| Held::Wrong {
            field: "part_of".to_owned(),
            why: format!("it is {}, not an id", value::kind(&found)),
        }),
    }
}

/// An id as it is compared.
fn id_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(Line::parse(&text).map_or(text, |line| line.to_string()))
}

/// The facts of a row, all of them: what we would not keep is told.
pub(super) fn facts<T: DeserializeOwned + Serialize>(
    mut object: Map<String, Value>,
    programme: &Line,
) -> Result<T, Held> {
    let source = Source::Feed {
        programme: programme.clone(),
    };
    let cannot = |why: serde_json::Error| Held::Refused(why.to_string());
    object.insert("source".to_owned(), serde_json::to_value(source).map_err(cannot)?);
    let said = Value::Object(object);
    let read: T = serde_path_to_error::deserialize(&said).map_err(|error| {
        let field = error.path().to_string();
        let why = error.into_inner().to_string();
        match (field.as_str(), why.strip_prefix("missing field ")) {
            (".", Some(name)) => Held::Missing(name.trim_matches('`').to_owned()),
            (_, Some(name)) => Held::Missing(format!("{field}.{}", name.trim_matches('`'))),
            (_, None) => Held::Wrong { field, why },
        }
    })?;
    let mut unknown = Vec::new();
    lost(
        &said,
        &serde_json::to_value(&read).map_err(cannot)?,
        "",
        &mut unknown,
    );
    match unknown.as_slice() {
        [] => Ok(read),
        _ => Err(Held::Unknown(unknown)),
    }
}

/// The names of fields that say something in `said` and are not in `kept`.
fn lost(said: &Value, kept: &Value, path: &str, names: &mut Vec<String>) {
    match (said, kept) {
        (Value::Object(said), Value::Object(kept)) => {
            for (name, value) in said {
                let path = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                match kept.get(name) {
                    Some(kept) => lost(value, kept, &path, names),
                    None if says_nothing(value) => {}
                    None => names.push(path),
                }
            }
        }
        (Value::Array(said), Value::Array(kept)) => {
            for (index, (said, kept)) in said.iter().zip(kept).enumerate() {
                lost(said, kept, &format!("{path}[{index}]"), names);
            }
        }
        _ => {}
    }
}

/// What may be left out as well.
fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(values) => values.is_empty(),
        _ => false,
    }
}
