//! The fields of one JSON object: each is taken once, and what nobody takes is unknown.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{Slip, limits, usual};
use crate::levels::Level;

/// As much of a value as is told.
const SHOWN: usize = 60;

pub(super) struct Fields<'a> {
    slips: &'a mut Vec<Slip>,
    path: String,
    object: Option<&'a Map<String, Value>>,
    taken: BTreeSet<&'static str>,
}

pub(super) fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

impl<'a> Fields<'a> {
    pub(super) fn of(slips: &'a mut Vec<Slip>, path: String, value: &'a Value) -> Self {
        let object = value.as_object();
        if object.is_none() {
            slips.push(Slip {
                path: path.clone(),
                value: shown(value),
                what: "must be an object in braces".to_owned(),
            });
        }
        Self {
            slips,
            path,
            object,
            taken: BTreeSet::new(),
        }
    }

    fn slip(&mut self, below: &str, value: &Value, what: impl Into<String>) {
        self.slips.push(Slip {
            path: format!("{}/{below}", self.path),
            value: shown(value),
            what: what.into(),
        });
    }

    /// A field that is there and not null.
    fn take(&mut self, name: &'static str) -> Option<&'a Value> {
        self.taken.insert(name);
        self.object?.get(name).filter(|value| !value.is_null())
    }

    fn take_required(&mut self, name: &'static str) -> Option<&'a Value> {
        let value = self.take(name);
        if value.is_none() && self.object.is_some() {
            self.slips.push(Slip {
                path: format!("{}/{name}", self.path),
                value: String::new(),
                what: "is missing; add it".to_owned(),
            });
        }
        value
    }

    /// Tells the fields that nobody took.
    pub(super) fn end(mut self) {
        for (name, value) in self.object.into_iter().flatten() {
            if !self.taken.contains(name.as_str()) {
                let known: Vec<_> = self.taken.iter().copied().collect();
                let name: String = name.chars().take(SHOWN).collect();
                self.slip(
                    &name,
                    value,
                    format!("no such field; known are {}", known.join(", ")),
                );
            }
        }
    }

    fn as_name(&mut self, below: &str, value: &Value) -> Option<String> {
        let what = match value.as_str() {
            None => "must be text in quotes",
            Some("") => "is empty; give it a name or leave it out",
            Some(text) if text.len() > limits::NAME => "is too long; 200 bytes are the most",
            Some(text) if text.chars().any(char::is_control) => "has a control character in it; take it out",
            Some(text) if text.trim() != text => "begins or ends with a space; take it away",
            Some(text) => return Some(text.to_owned()),
        };
        self.slip(below, value, what);
        None
    }

    fn as_number(&mut self, below: &str, value: &Value, most: i64) -> Option<i64> {
        let number = value.as_i64().filter(|number| (0..=most).contains(number));
        if number.is_none() {
            self.slip(below, value, format!("must be a whole number from 0 to {most}"));
        }
        number
    }

    fn as_list(&mut self, name: &'static str, value: &'a Value, most: usize) -> &'a [Value] {
        match value.as_array() {
            None => self.slip(name, value, "must be a list in brackets"),
            Some(list) if list.len() > most => {
                let what = format!("has {} entries; {most} are the most", list.len());
                self.slip(name, &Value::Null, what);
            }
            Some(list) => return list,
        }
        &[]
    }

    pub(super) fn text(&mut self, name: &'static str) -> Option<String> {
        let value = self.take(name)?;
        self.as_name(name, value)
    }

    pub(super) fn required_text(&mut self, name: &'static str) -> String {
        let value = self.take_required(name);
        value
            .and_then(|value| self.as_name(name, value))
            .unwrap_or_default()
    }

    pub(super) fn number(&mut self, name: &'static str, most: i64) -> Option<i64> {
        let value = self.take(name)?;
        self.as_number(name, value, most)
    }

    pub(super) fn required_number(&mut self, name: &'static str, most: i64) -> i64 {
        let value = self.take_required(name);
        value
            .and_then(|value| self.as_number(name, value, most))
            .unwrap_or_default()
    }

    /// A list of names; one that stands twice counts once.
    pub(super) fn names(&mut self, name: &'static str, most: usize) -> BTreeSet<String> {
        let value = self.take(name);
        value
            .map(|value| self.as_names(name, value, most))
            .unwrap_or_default()
    }

    pub(super) fn required_names(&mut self, name: &'static str) -> BTreeSet<String> {
        let value = self.take_required(name);
        value
            .map(|value| self.as_names(name, value, limits::ENTRIES))
            .unwrap_or_default()
    }

    fn as_names(&mut self, name: &'static str, value: &'a Value, most: usize) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for (index, entry) in self.as_list(name, value, most).iter().enumerate() {
            let below = format!("{name}/{index}");
            names.extend(self.as_name(&below, entry));
        }
        names
    }

    /// Trait names with their values.
    pub(super) fn table(&mut self, name: &'static str) -> BTreeMap<String, String> {
        let mut table = BTreeMap::new();
        let Some(value) = self.take(name) else {
            return table;
        };
        let Some(object) = value.as_object().filter(|object| object.len() <= limits::TRAITS) else {
            self.slip(
                name,
                value,
                format!(
                    "must be an object of names and values, {} at most",
                    limits::TRAITS
                ),
            );
            return table;
        };
        for (key, value) in object {
            let below = format!("{name}/{key}");
            let key = self.as_name(&format!("{name} (its name)"), &Value::String(key.clone()));
            if let (Some(key), Some(value)) = (key, self.as_name(&below, value)) {
                table.insert(key, value);
            }
        }
        table
    }

    /// Pairs of ids; that they are different and known is looked at later.
    pub(super) fn pairs(&mut self, name: &'static str) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        let Some(value) = self.take(name) else {
            return pairs;
        };
        for (index, entry) in self.as_list(name, value, limits::PAIRS).iter().enumerate() {
            let below = format!("{name}/{index}");
            match entry.as_array().map(Vec::as_slice) {
                Some([one, other]) => {
                    let one = self.as_name(&format!("{below}/0"), one);
                    let other = self.as_name(&format!("{below}/1"), other);
                    pairs.extend(one.zip(other));
                }
                _ => self.slip(&below, entry, "must be a list of two ids"),
            }
        }
        pairs
    }

    pub(super) fn order(&mut self) -> Vec<Level> {
        let Some(value) = self.take("order") else {
            return usual();
        };
        let mut order = Vec::new();
        let list = self.as_list("order", value, 20);
        for (index, entry) in list.iter().enumerate() {
            let below = format!("order/{index}");
            match entry.as_str().and_then(Level::named) {
                None => {
                    let names = Level::ALL.map(Level::name).join(", ");
                    self.slip(&below, entry, format!("no such level; known are {names}"));
                }
                Some(level) if order.contains(&level) => {
                    self.slip(&below, entry, "stands twice; take one out")
                }
                Some(level) => order.push(level),
            }
        }
        if list.is_empty() && value.is_array() {
            self.slip(
                "order",
                value,
                "is empty; name a level, or leave the field out for the usual order",
            );
        }
        order
    }

    /// A list of objects, each read by `read`.
    pub(super) fn required_list<T>(
        &mut self,
        name: &'static str,
        most: usize,
        read: impl Fn(Fields) -> T,
    ) -> Vec<T> {
        let Some(value) = self.take_required(name) else {
            return Vec::new();
        };
        let path = self.path.clone();
        let list = self.as_list(name, value, most).iter().enumerate();
        list.map(|(index, entry)| read(Fields::of(self.slips, format!("{path}/{name}/{index}"), entry)))
            .collect()
    }
}
