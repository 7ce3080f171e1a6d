//! What expressions find: places in the answers or in the form, and what is computed from them.

use std::borrow::Cow;

use rust_decimal::Decimal;
use serde_json::Value;

use super::Wrong;
use super::syntax::Type;
use crate::json::kind;
use crate::number;

pub(crate) type Collection<'a> = Vec<Val<'a>>;

/// One of the things that were found.
#[derive(Debug, Clone)]
pub(crate) enum Val<'a> {
    Json(Place<'a>),
    Text(Cow<'a, str>),
    Number(Decimal),
    Boolean(bool),
}

/// A value and where it stands, as far as a weight depends on that.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) value: &'a Value,
    pub(crate) role: Role,
    /// Of the item that is answered with it.
    pub(crate) link: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Other,
    /// An answer within a response.
    Answer,
    /// A `value[x]`, or another element whose type its name tells.
    Value(Type),
    /// An option of the form.
    Choice,
}

/// A value as operators compare it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Simple<'v> {
    Text(&'v str),
    Number(Decimal),
    Boolean(bool),
    /// Compared with nothing.
    Date,
    Object(&'v Value),
}

impl<'a> Place<'a> {
    pub(crate) fn new(value: &'a Value) -> Self {
        Self {
            value,
            role: Role::Other,
            link: None,
        }
    }

    /// The element of this name; `value` finds whichever `value[x]` there is.
    pub(crate) fn child(&self, name: &str) -> Option<Self> {
        let Value::Object(object) = self.value else {
            return None;
        };
        if let Some(value) = object.get(name) {
            let link = || object.get("linkId").and_then(Value::as_str);
            return Some(match name {
                "answer" => match link() {
                    Some(link) => Self {
                        value,
                        role: Role::Answer,
                        link: Some(link),
                    },
                    None => Self::new(value),
                },
                "answerOption" => Self {
                    value,
                    role: Role::Choice,
                    link: None,
                },
                "authored" | "date" | "approvalDate" | "lastReviewDate" | "start" | "end" | "lastUpdated" => {
                    Self {
                        value,
                        role: Role::Value(Type::Date),
                        link: None,
                    }
                }
                _ => match name
                    .strip_prefix("value")
                    .or(name.strip_prefix("answer"))
                    .and_then(Type::of_field)
                {
                    Some(kind) => self.valued(value, kind),
                    None => Self::new(value),
                },
            });
        }
        if name != "value" && name != "answer" {
            return None;
        }
        object.iter().find_map(|(field, value)| {
            let kind = Type::of_field(field.strip_prefix(name)?)?;
            Some(self.valued(value, kind))
        })
    }

    fn valued(&self, value: &'a Value, kind: Type) -> Self {
        Self {
            value,
            role: Role::Value(kind),
            link: self.link.filter(|_| self.role == Role::Answer),
        }
    }

    pub(crate) fn with(self, value: &'a Value) -> Self {
        Self { value, ..self }
    }
}

impl<'a> Val<'a> {
    pub(crate) fn simple(&self, column: usize) -> Result<Simple<'_>, Wrong> {
        Ok(match self {
            Self::Text(text) => Simple::Text(text),
            Self::Number(number) => Simple::Number(*number),
            Self::Boolean(is) => Simple::Boolean(*is),
            Self::Json(place) => match place.value {
                Value::Bool(is) => Simple::Boolean(*is),
                Value::String(_) if place.role == Role::Value(Type::Date) => Simple::Date,
                Value::String(text) => Simple::Text(text),
                Value::Number(said) => match number::from_json(said) {
                    Some(number) => Simple::Number(number),
                    None => return Err(Wrong::new(column, format!("{said} has more than 28 digits"))),
                },
                other => Simple::Object(other),
            },
        })
    }

    pub(crate) fn number(&self, column: usize) -> Result<Decimal, Wrong> {
        match self.simple(column)? {
            Simple::Number(number) => Ok(number),
            other => Err(Wrong::new(
                column,
                format!("a number is needed, and there is {}", other.kind()),
            )),
        }
    }

    pub(crate) fn text(&self, column: usize) -> Result<&str, Wrong> {
        match self.simple(column)? {
            Simple::Text(text) => Ok(text),
            other => Err(Wrong::new(
                column,
                format!("text is needed, and there is {}", other.kind()),
            )),
        }
    }

    pub(crate) fn to_json(&self) -> Value {
        match self {
            Self::Json(place) => place.value.clone(),
            Self::Text(text) => Value::String(text.clone().into_owned()),
            Self::Number(number) => number::to_json(*number),
            Self::Boolean(is) => Value::Bool(*is),
        }
    }

    pub(crate) fn place(&self) -> Option<Place<'a>> {
        match self {
            Self::Json(place) => Some(*place),
            _ => None,
        }
    }
}

impl Simple<'_> {
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Number(_) => "a number",
            Self::Boolean(_) => "true or false",
            Self::Date => "a date or a time",
            Self::Object(value) => kind(value),
        }
    }
}
