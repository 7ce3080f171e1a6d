//! A file of JSON within bounds, and its fields by type; what is not as expected becomes a problem with its path.

use std::fmt;

use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::problem::{Problem, Problems};

/// 4 MiB, of a form as of an answer.
pub const MOST_BYTES: usize = 4 << 20;
/// What one text of a file may have, in bytes.
pub const LONGEST_TEXT: usize = 256 << 10;

pub(crate) type Object = Map<String, Value>;

/// Reads a file that is one object of JSON.
pub(crate) fn object(bytes: &[u8]) -> Result<Object, Problem> {
    let refuse = |why: String| Err(Problem::new("", why));
    if bytes.len() > MOST_BYTES {
        return refuse(format!(
            "the file has {} bytes, and at most {MOST_BYTES} are read: leave out images and what is not needed",
            bytes.len()
        ));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    match Strict
        .deserialize(&mut reader)
        .and_then(|value| reader.end().map(|()| value))
    {
        Ok(Value::Object(object)) => Ok(object),
        Ok(other) => refuse(format!(
            "the file is {} and not an object: give it a FHIR resource as JSON",
            kind(&other)
        )),
        Err(error) => {
            let said = error.to_string();
            let why = said.split(" at line ").next().unwrap_or_default();
            refuse(format!(
                "the file is not JSON at line {}, column {}: {why}",
                error.line(),
                error.column()
            ))
        }
    }
}

/// What a value is, for a person.
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

/// Fields of an object by name and type.
pub(crate) struct Fields<'j> {
    pub(crate) object: &'j Object,
    pub(crate) path: String,
}

impl<'j> Fields<'j> {
    pub(crate) fn new(object: &'j Object, path: impl Into<String>) -> Self {
        Self {
            object,
            path: path.into(),
        }
    }

    pub(crate) fn at(&self, name: &str) -> String {
        join(&self.path, name)
    }

    pub(crate) fn text(&self, name: &str, problems: &mut Problems) -> Option<&'j str> {
        match self.object.get(name)? {
            Value::String(text) if text.trim().is_empty() => {
                problems.add(self.at(name), "is empty text: leave it out");
                None
            }
            Value::String(text) => Some(text),
            other => self.wrong(name, "text", other, problems),
        }
    }

    /// False where it is not said.
    pub(crate) fn is(&self, name: &str, problems: &mut Problems) -> bool {
        match self.object.get(name) {
            None => false,
            Some(Value::Bool(is)) => *is,
            Some(other) => self
                .wrong(name, "true or false", other, problems)
                .unwrap_or(false),
        }
    }

    pub(crate) fn count(&self, name: &str, problems: &mut Problems) -> Option<u64> {
        let value = self.object.get(name)?;
        value
            .as_u64()
            .or_else(|| self.wrong(name, "a whole number that is not negative", value, problems))
    }

    /// The objects of a list, each with its path.
    pub(crate) fn objects(&self, name: &str, problems: &mut Problems) -> Vec<Fields<'j>> {
        match self.object.get(name) {
            None => Vec::new(),
            Some(Value::Array(list)) => {
                let mut objects = Vec::with_capacity(list.len());
                for (index, value) in list.iter().enumerate() {
                    let path = format!("{}[{index}]", self.at(name));
                    match value {
                        Value::Object(object) => objects.push(Fields::new(object, path)),
                        other => problems.add(path, format!("must be an object, and is {}", kind(other))),
                    }
                }
                objects
            }
            Some(other) => {
                self.wrong::<()>(name, "a list", other, problems);
                Vec::new()
            }
        }
    }

    pub(crate) fn object(&self, name: &str, problems: &mut Problems) -> Option<Fields<'j>> {
        match self.object.get(name)? {
            Value::Object(object) => Some(Fields::new(object, self.at(name))),
            other => self.wrong(name, "an object", other, problems),
        }
    }

    fn wrong<T>(&self, name: &str, wanted: &str, is: &Value, problems: &mut Problems) -> Option<T> {
        problems.add(self.at(name), format!("must be {wanted}, and is {}", kind(is)));
        None
    }
}

pub(crate) fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

/// JSON in which no text is too long and no object says a thing twice, which readers understand differently.
struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, is: bool) -> Result<Value, E> {
        Ok(Value::Bool(is))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        let number = Number::from_f64(number).ok_or_else(|| E::custom("a number is too large"))?;
        Ok(Value::Number(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        if text.len() > LONGEST_TEXT {
            return Err(E::custom(format!(
                "a text has {} bytes, and at most {LONGEST_TEXT} are read",
                text.len()
            )));
        }
        Ok(Value::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(Strict)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            if object.contains_key(&name) {
                return Err(A::Error::custom(format!("`{name}` stands twice in one object")));
            }
            object.insert(name, fields.next_value_seed(Strict)?);
        }
        Ok(Value::Object(object))
    }
}
