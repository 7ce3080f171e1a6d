//! What can be answered: a value of a FHIR type, read from `value[x]` and written back.

use std::fmt;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::days::{is_date, is_date_time, is_time};
use crate::json::{Fields, Object, kind};
use crate::number;
use crate::problem::Problems;

/// Where a weight stands: on an option, on a coding or on a concept of a ValueSet.
pub(crate) const WEIGHTS: [&str; 2] = [
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
];

/// A value that was answered, or that can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Boolean(bool),
    Integer(i32),
    Decimal(Decimal),
    /// Of a string or a text, or what stands beside the options of an open choice.
    Text(String),
    /// `2026`, `2026-11` or `2026-11-28`
    Date(String),
    DateTime(String),
    Time(String),
    Url(String),
    Coding(Coding),
    Quantity(Quantity),
}

/// A code of a code system, or only a display.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coding {
    pub system: Option<String>,
    pub code: Option<String>,
    pub display: Option<String>,
    /// As the coding itself says.
    pub weight: Option<Decimal>,
}

/// A number with its unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quantity {
    pub value: Decimal,
    pub unit: Option<String>,
    pub system: Option<String>,
    pub code: Option<String>,
}

impl Coding {
    /// The same code of the same system; where there is no code, the same display.
    pub fn means(&self, other: &Self) -> bool {
        match (&self.code, &other.code) {
            (Some(one), Some(another)) => one == another && self.system == other.system,
            (None, None) => self.system == other.system && self.display == other.display,
            _ => false,
        }
    }

    pub fn label(&self) -> &str {
        self.display
            .as_deref()
            .or(self.code.as_deref())
            .unwrap_or_default()
    }

    pub(crate) fn read(fields: &Fields<'_>, problems: &mut Problems) -> Self {
        let text = |name, problems: &mut Problems| fields.text(name, problems).map(str::to_owned);
        let coding = Self {
            system: text("system", problems),
            code: text("code", problems),
            display: text("display", problems),
            weight: weight(fields, problems),
        };
        if coding.code.is_none() && coding.display.is_none() {
            problems.add(&fields.path, "has neither a code nor a display: give it one");
        }
        coding
    }

    fn to_json(&self) -> Value {
        let mut object = Object::new();
        put(&mut object, "system", self.system.as_ref());
        put(&mut object, "code", self.code.as_ref());
        put(&mut object, "display", self.display.as_ref());
        if let Some(weight) = self.weight {
            let extension = json!([{ "url": WEIGHTS[0], "valueDecimal": number::to_json(weight) }]);
            object.insert("extension".to_owned(), extension);
        }
        Value::Object(object)
    }
}

impl Answer {
    /// Reads `value[x]` (or `answer[x]`) of an object; None where there is none, which is no problem by itself.
    pub(crate) fn read(fields: &Fields<'_>, prefix: &str, problems: &mut Problems) -> Option<Self> {
        let mut found = fields.object.iter().filter_map(|(name, value)| {
            let of = name.strip_prefix(prefix)?;
            of.starts_with(|first: char| first.is_ascii_uppercase())
                .then_some((name, of, value))
        });
        let (name, of, value) = found.next()?;
        if let Some((second, ..)) = found.next() {
            problems.add(&fields.path, format!("has both {name} and {second}: keep one"));
            return None;
        }
        let path = fields.at(name);
        let answer = Self::of(of, value, &path, problems);
        if answer.is_none() && problems.are_none() {
            problems.add(path, "cannot be read");
        }
        answer
    }

    fn of(of: &str, value: &Value, path: &str, problems: &mut Problems) -> Option<Self> {
        let wrong = |wanted: &str, problems: &mut Problems| {
            problems.add(path, format!("must be {wanted}, and is {}", kind(value)));
            None
        };
        match (of, value) {
            ("Boolean", Value::Bool(is)) => Some(Self::Boolean(*is)),
            ("Boolean", _) => wrong("true or false", problems),
            ("Integer", Value::Number(number)) => {
                match number.as_i64().and_then(|whole| i32::try_from(whole).ok()) {
                    Some(whole) => Some(Self::Integer(whole)),
                    None => wrong("a whole number of at most 2,147,483,647", problems),
                }
            }
            ("Integer", _) => wrong("a whole number", problems),
            ("Decimal", Value::Number(said)) => match number::from_json(said) {
                Some(decimal) => Some(Self::Decimal(decimal)),
                None => wrong("a number of at most 28 digits", problems),
            },
            ("Decimal", _) => wrong("a number", problems),
            ("Coding" | "Quantity", Value::Object(object)) => {
                let fields = Fields::new(object, path);
                if of == "Coding" {
                    return Some(Self::Coding(Coding::read(&fields, problems)));
                }
                Quantity::read(&fields, problems).map(Self::Quantity)
            }
            ("Coding" | "Quantity", _) => wrong("an object", problems),
            ("String" | "Date" | "DateTime" | "Time" | "Uri", Value::String(text)) => {
                let answer = Self::worded(of, text);
                if answer.is_none() {
                    problems.add(path, format!("{text:?} is not a {}", of.to_lowercase()));
                }
                answer
            }
            ("String" | "Date" | "DateTime" | "Time" | "Uri", _) => wrong("text", problems),
            _ => {
                problems.add(
                    path,
                    format!("the type {of} is not supported: use boolean, integer, decimal, string, date, dateTime, time, uri, Coding or Quantity"),
                );
                None
            }
        }
    }

    fn worded(of: &str, text: &str) -> Option<Self> {
        let said = text.to_owned();
        match of {
            "Date" => is_date(text).then_some(Self::Date(said)),
            "DateTime" => is_date_time(text).then_some(Self::DateTime(said)),
            "Time" => is_time(text).then_some(Self::Time(said)),
            "Uri" => Some(Self::Url(said)),
            _ => Some(Self::Text(said)),
        }
    }

    /// The name of its field and its value, as in `{"valueInteger": 3}`.
    pub fn to_json(&self) -> (&'static str, Value) {
        match self {
            Self::Boolean(is) => ("valueBoolean", Value::Bool(*is)),
            Self::Integer(whole) => ("valueInteger", (*whole).into()),
            Self::Decimal(decimal) => ("valueDecimal", number::to_json(*decimal)),
            Self::Text(text) => ("valueString", text.as_str().into()),
            Self::Date(text) => ("valueDate", text.as_str().into()),
            Self::DateTime(text) => ("valueDateTime", text.as_str().into()),
            Self::Time(text) => ("valueTime", text.as_str().into()),
            Self::Url(text) => ("valueUri", text.as_str().into()),
            Self::Coding(coding) => ("valueCoding", coding.to_json()),
            Self::Quantity(quantity) => ("valueQuantity", quantity.to_json()),
        }
    }

    /// Of what FHIR type it is.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Boolean(_) => "boolean",
            Self::Integer(_) => "integer",
            Self::Decimal(_) => "decimal",
            Self::Text(_) => "string",
            Self::Date(_) => "date",
            Self::DateTime(_) => "dateTime",
            Self::Time(_) => "time",
            Self::Url(_) => "uri",
            Self::Coding(_) => "Coding",
            Self::Quantity(_) => "Quantity",
        }
    }

    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Integer(whole) => Some((*whole).into()),
            Self::Decimal(decimal) => Some(*decimal),
            Self::Quantity(quantity) => Some(quantity.value),
            _ => None,
        }
    }

    /// The same answer, though its display or its digits may be written otherwise.
    pub fn means(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Coding(one), Self::Coding(another)) => one.means(another),
            (Self::Quantity(one), Self::Quantity(another)) => {
                one.value == another.value && one.code == another.code && one.system == another.system
            }
            _ => self == other,
        }
    }
}

impl Quantity {
    fn read(fields: &Fields<'_>, problems: &mut Problems) -> Option<Self> {
        let value = match fields.object.get("value") {
            Some(Value::Number(said)) => number::from_json(said),
            _ => None,
        };
        if value.is_none() {
            problems.add(fields.at("value"), "must be a number of at most 28 digits");
        }
        if fields.object.contains_key("comparator") {
            problems.add(
                fields.at("comparator"),
                "is not supported: a quantity is one number",
            );
        }
        let text = |name, problems: &mut Problems| fields.text(name, problems).map(str::to_owned);
        Some(Self {
            unit: text("unit", problems),
            system: text("system", problems),
            code: text("code", problems),
            value: value?,
        })
    }

    fn to_json(&self) -> Value {
        let mut object = Object::new();
        object.insert("value".to_owned(), number::to_json(self.value));
        put(&mut object, "unit", self.unit.as_ref());
        put(&mut object, "system", self.system.as_ref());
        put(&mut object, "code", self.code.as_ref());
        Value::Object(object)
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boolean(true) => out.write_str("yes"),
            Self::Boolean(false) => out.write_str("no"),
            Self::Integer(whole) => write!(out, "{whole}"),
            Self::Decimal(decimal) => write!(out, "{}", decimal.normalize()),
            Self::Text(text)
            | Self::Date(text)
            | Self::DateTime(text)
            | Self::Time(text)
            | Self::Url(text) => out.write_str(text),
            Self::Coding(coding) => out.write_str(coding.label()),
            Self::Quantity(quantity) => {
                let unit = quantity
                    .unit
                    .as_deref()
                    .or(quantity.code.as_deref())
                    .unwrap_or_default();
                write!(out, "{} {unit}", quantity.value.normalize())
            }
        }
    }
}

/// The weight that an object's own extensions give it.
pub(crate) fn weight(fields: &Fields<'_>, problems: &mut Problems) -> Option<Decimal> {
    let mut found: Option<Decimal> = None;
    for extension in fields.objects("extension", problems) {
        let url = extension
            .object
            .get("url")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if !WEIGHTS.contains(&url) {
            continue;
        }
        let said = extension
            .object
            .get("valueDecimal")
            .or(extension.object.get("valueInteger"));
        let Some(weight) = said.and_then(Value::as_number).and_then(number::from_json) else {
            problems.add(extension.path, "a weight must have a number as valueDecimal");
            continue;
        };
        if found.is_some_and(|found| found != weight) {
            problems.add(extension.path, "gives a second, other weight: keep one");
        }
        found = Some(weight);
    }
    found
}

fn put(object: &mut Object, name: &str, text: Option<&String>) {
    if let Some(text) = text {
        object.insert(name.to_owned(), text.as_str().into());
    }
}
