//! What we know of a group and HSDS has no field for: attributes with terms of our own taxonomies.
//!
//! A term is `family:code` in the taxonomy `sameboat:family`; the value of an attribute is what the term alone does not say: a
//! number, a day, a sentence.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::ids::uuid;
use super::pieces::{object, objects};
use crate::value::Fields;

/// Before the name of a family, as the taxonomy is called.
const OURS: &str = "sameboat:";

/// Every taxonomy and what its terms say.
pub(super) const FAMILIES: [(&str, &str); 22] = [
    ("access", "What makes it possible for someone to come"),
    ("activity", "What a session is made of"),
    ("address", "An address as the organizer writes it"),
    ("alongside", "Whether the group goes with individual therapy"),
    ("audience", "People the group is especially for"),
    ("coming", "What a person does to come"),
    ("cost", "What coming costs"),
    ("first-visit", "Answers for someone who has never been there"),
    ("format", "Structured or free-flowing"),
    ("kind", "Therapy group or support group"),
    ("leader", "Who leads the group, by their public name"),
    ("leading", "How active the therapist is"),
    ("membership", "Whether one can join at any time"),
    ("place", "In person, online or both"),
    ("problem", "One problem that all share, or several"),
    ("remark", "What the organizer says beyond these words"),
    (
        "schedule",
        "When the group meets, beyond the fields of a schedule",
    ),
    ("seats", "Whether there is room, and from when"),
    ("size", "How many people are in the group"),
    ("span", "A number of sessions, or without an end"),
    ("technique", "How the group works"),
    ("topic", "What the group is about"),
];

#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fact {
    pub(super) family: String,
    pub(super) code: String,
    pub(super) value: Option<String>,
    pub(super) label: Option<String>,
}

impl Fact {
    pub(super) fn new(family: &str, code: impl Into<String>) -> Self {
        Self {
            family: family.to_owned(),
            code: code.into(),
            ..Self::default()
        }
    }

    /// A fact that our format writes as a word.
    pub(super) fn word(family: &str, word: impl Serialize) -> Self {
        let code = serde_json::to_value(word).ok();
        Self::new(family, code.as_ref().and_then(Value::as_str).unwrap_or_default())
    }

    pub(super) fn with(self, value: impl ToString) -> Self {
        Self {
            value: Some(value.to_string()),
            ..self
        }
    }

    pub(super) fn labelled(self, label: Option<&impl ToString>) -> Self {
        Self {
            label: label.map(ToString::to_string),
            ..self
        }
    }

    /// As its term is called: "audience:women".
    pub(super) fn term(&self) -> String {
        format!("{}:{}", self.family, self.code)
    }
}

/// The attributes of what has this id.
pub(super) fn attributes(facts: &[Fact], entity: &str, id: &str) -> Vec<Value> {
    facts
        .iter()
        .enumerate()
        .map(|(number, fact)| {
            let mut attribute = json!({
                "id": uuid(&["attribute", id, &number.to_string()]),
                "link_id": id,
                "link_entity": entity,
                "link_type": fact.family,
                "taxonomy_term_id": term_id(fact),
                "taxonomy_term": term(fact),
            });
            for (name, text) in [("value", &fact.value), ("label", &fact.label)] {
                if let Some(text) = text {
                    attribute[name] = text.as_str().into();
                }
            }
            attribute
        })
        .collect()
}

pub(super) fn term(fact: &Fact) -> Value {
    let name = words(&fact.code);
    json!({
        "id": term_id(fact),
        "code": fact.term(),
        "description": format!("{}: {name}", words(&fact.family)),
        "name": name,
        "taxonomy": format!("{OURS}{}", fact.family),
        "taxonomy_id": taxonomy_id(&fact.family),
        "language": "en",
    })
}

pub(super) fn term_id(fact: &Fact) -> String {
    uuid(&["term", &fact.family, &fact.code])
}

pub(super) fn taxonomy((family, description): (&str, &str)) -> Value {
    json!({
        "id": taxonomy_id(family),
        "name": format!("{OURS}{family}"),
        "description": description,
    })
}

pub(super) fn taxonomy_id(family: &str) -> String {
    uuid(&["taxonomy", family])
}

/// "Step free" of "step-free".
pub(super) fn words(code: &str) -> String {
    match code {
        "lgbtq" => return "LGBTQ".to_owned(),
        "people-of-colour" => return "People of color".to_owned(),
        _ => {}
    }
    let spaced = code.replace('-', " ");
    let mut letters = spaced.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// The facts of a service, schedule, location or address, as they were read.
pub(super) struct Facts(Vec<Fact>);

impl Facts {
    /// Attributes of other taxonomies are none.
    pub(super) fn of(entity: &Map<String, Value>) -> Self {
        let read = |attribute: &Map<String, Value>| {
            let term = Fields(object(attribute, "taxonomy_term")?);
            let taxonomy = term.text("taxonomy")?;
            let family = taxonomy.strip_prefix(OURS)?;
            let code = term.as_it_stands("code")?;
            Some(Fact {
                family: family.to_owned(),
                code: code.strip_prefix(family)?.strip_prefix(':')?.to_owned(),
                value: Fields(attribute).as_it_stands("value"),
                label: Fields(attribute).as_it_stands("label"),
            })
        };
        Self(objects(entity, "attributes").filter_map(read).collect())
    }

    /// Whether a service is written by a program such as this one.
    pub(super) fn are_ours(&self) -> bool {
        self.0.iter().any(|fact| fact.family == "kind")
    }

    pub(super) fn family<'s>(&'s self, family: &'s str) -> impl Iterator<Item = &'s Fact> {
        self.0.iter().filter(move |fact| fact.family == family)
    }

    pub(super) fn get<'s>(&'s self, family: &'s str, code: &'s str) -> Option<&'s Fact> {
        self.family(family).find(|fact| fact.code == code)
    }

    pub(super) fn value<'s>(&'s self, family: &'s str, code: &'s str) -> Option<&'s str> {
        self.get(family, code)?.value.as_deref()
    }

    /// Every word of a family; one that we do not know is noted.
    pub(super) fn words<T: DeserializeOwned>(&self, family: &str, notes: &mut Vec<String>) -> Vec<T> {
        let mut words = Vec::new();
        for fact in self.family(family) {
            match serde_json::from_value(Value::String(fact.code.clone())) {
                Ok(word) => words.push(word),
                Err(_) => notes.push(format!("“{}” is no fact we know; left out", fact.term())),
            }
        }
        words
    }
}
