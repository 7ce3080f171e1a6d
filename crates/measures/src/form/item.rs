//! One item: what is asked, and within which limits.

use rust_decimal::Decimal;

use super::extensions::{find, look};
use super::known::Place;
use super::read::{Reading, codings, only};
use super::{At, DEEPEST, Enable, Item, Kind, Limits, danger, hints, options};
use crate::answer::Answer;
use crate::json::Fields;

/// What FHIR R4 lets stand in an item.
const ELEMENTS: [&str; 19] = [
    "id",
    "extension",
    "modifierExtension",
    "linkId",
    "definition",
    "code",
    "prefix",
    "text",
    "type",
    "enableWhen",
    "enableBehavior",
    "required",
    "repeats",
    "readOnly",
    "maxLength",
    "answerValueSet",
    "answerOption",
    "initial",
    "item",
];

/// Reads the items of the form or of an item, and what is within them.
pub(super) fn all<'j>(fields: &Fields<'j>, parent: Option<At>, reading: &mut Reading<'j>) {
    let depth = parent.map_or(0, |at| reading.items[at.0].depth + 1);
    for fields in fields.objects("item", &mut reading.problems) {
        if reading.is_full() {
            return;
        }
        if depth > DEEPEST {
            reading.problems.add(
                fields.path,
                format!("is within more than {DEEPEST} groups: nest them less"),
            );
            return;
        }
        let Some(item) = one(&fields, parent, depth, reading) else {
            continue;
        };
        let within = Fields::new(fields.object, fields.path.clone());
        if let Some(at) = reading.take(item, fields) {
            all(&within, Some(at), reading);
        }
    }
}

fn one(fields: &Fields<'_>, parent: Option<At>, depth: usize, reading: &mut Reading) -> Option<Item> {
    only(fields, &ELEMENTS, reading);
    look(fields, Place::Item, reading);
    let link_id = fields.text("linkId", &mut reading.problems).map(str::to_owned);
    if !fields.object.contains_key("linkId") {
        reading
            .problems
            .add(fields.at("linkId"), "is missing: answers are told apart by it");
    }
    let kind = kind_of(fields, reading);
    let (link_id, kind) = (link_id?, kind?);
    let text = |name, reading: &mut Reading| fields.text(name, &mut reading.problems).map(str::to_owned);
    let mut item = Item {
        link_id,
        path: fields.path.clone(),
        parent,
        depth,
        kind,
        prefix: text("prefix", reading),
        text: text("text", reading),
        codes: codings(fields, "code", reading),
        required: fields.is("required", &mut reading.problems),
        repeats: fields.is("repeats", &mut reading.problems),
        read_only: fields.is("readOnly", &mut reading.problems),
        hidden: find(fields, "questionnaire-hidden", reading)
            .is_some_and(|hidden| hidden.is("valueBoolean", &mut reading.problems)),
        options: options::read(fields, kind, reading),
        enable: Enable::default(),
        calculated: None,
        variables: Vec::new(),
        initial: Vec::new(),
        limits: limits(fields, kind, reading),
        hints: hints::read(fields, reading),
    };
    item.initial = initial(fields, &item, reading);
    fits(fields, &item, reading);
    danger::read(fields, &item, reading);
    Some(item)
}

fn kind_of(fields: &Fields<'_>, reading: &mut Reading) -> Option<Kind> {
    let said = fields.text("type", &mut reading.problems);
    let kind = match said {
        None if fields.object.contains_key("type") => return None,
        None => {
            reading
                .problems
                .add(fields.at("type"), "is missing: say what is answered with");
            return None;
        }
        Some("group") => Kind::Group,
        Some("display") => Kind::Display,
        Some("boolean") => Kind::Boolean,
        Some("integer") => Kind::Integer,
        Some("decimal") => Kind::Decimal,
        Some("string") => Kind::String,
        Some("text") => Kind::Text,
        Some("date") => Kind::Date,
        Some("dateTime") => Kind::DateTime,
        Some("time") => Kind::Time,
        Some("url") => Kind::Url,
        Some("choice") => Kind::Choice,
        Some("open-choice") => Kind::OpenChoice,
        Some("quantity") => Kind::Quantity,
        Some(other @ ("reference" | "attachment")) => {
            let why = format!("{other} is not supported: ask for it outside the form");
            reading.problems.add(fields.at("type"), why);
            return None;
        }
        Some(other) => {
            let why = format!(
                "{other:?} is no type of a FHIR R4 item: use choice, boolean, integer, decimal, string, text, date, quantity, group or display"
            );
            reading.problems.add(fields.at("type"), why);
            return None;
        }
    };
    Some(kind)
}

/// What contradicts the type of the item.
fn fits(fields: &Fields<'_>, item: &Item, reading: &mut Reading) {
    let mut refuse = |name: &str, why: &str| {
        if fields.object.contains_key(name) {
            reading.problems.add(fields.at(name), why);
        }
    };
    if item.kind == Kind::Display {
        refuse(
            "item",
            "words between questions contain no items: make it a group",
        );
        refuse("required", "words between questions are not answered");
        refuse("repeats", "words between questions do not repeat");
    }
    if !item.kind.is_question() {
        refuse("answerOption", "is for questions that one answers by choosing");
        refuse("answerValueSet", "is for questions that one answers by choosing");
        refuse("initial", "is for questions");
    }
    if item.kind.is_question() && item.repeats {
        refuse(
            "item",
            "items within a question that has several answers are not supported: put them beside it",
        );
    }
    if item.kind == Kind::Choice && item.options.is_empty() && reading.problems.are_none() {
        reading.problems.add(
            fields.at("answerOption"),
            "is missing: there is nothing to choose from",
        );
    }
}

fn limits(fields: &Fields<'_>, kind: Kind, reading: &mut Reading) -> Limits {
    let longest = fields.count("maxLength", &mut reading.problems);
    let whole = |name: &str, reading: &mut Reading| {
        let extension = find(fields, name, reading)?;
        let count = extension.count("valueInteger", &mut reading.problems);
        if count.is_none() {
            reading
                .problems
                .add(extension.path, "must have a whole number as valueInteger");
        }
        count
    };
    let size = |count: Option<u64>| count.and_then(|count| usize::try_from(count).ok());
    let mut limits = Limits {
        shortest: size(whole("minLength", reading)),
        longest: size(longest),
        decimal_places: whole("maxDecimalPlaces", reading).and_then(|count| u32::try_from(count).ok()),
        fewest_answers: size(whole("questionnaire-minOccurs", reading)),
        most_answers: size(whole("questionnaire-maxOccurs", reading)),
        ..Limits::default()
    };
    for (name, limit) in [("minValue", &mut limits.least), ("maxValue", &mut limits.most)] {
        if let Some(extension) = find(fields, name, reading) {
            *limit = bound(&extension, kind, reading);
        }
    }
    if let (Some(least), Some(most)) = (number(limits.least.as_ref()), number(limits.most.as_ref()))
        && least > most
    {
        reading.problems.add(
            &fields.path,
            format!("nothing is both at least {least} and at most {most}"),
        );
    }
    limits
}

fn number(answer: Option<&Answer>) -> Option<Decimal> {
    answer.and_then(Answer::number)
}

fn bound(extension: &Fields<'_>, kind: Kind, reading: &mut Reading) -> Option<Answer> {
    let bound = Answer::read(extension, "value", &mut reading.problems)?;
    let fits = match kind {
        Kind::Integer | Kind::Decimal => matches!(bound, Answer::Integer(_) | Answer::Decimal(_)),
        Kind::Date => matches!(bound, Answer::Date(_)),
        Kind::DateTime => matches!(bound, Answer::DateTime(_)),
        Kind::Time => matches!(bound, Answer::Time(_)),
        _ => false,
    };
    if !fits {
        let why = format!("a {} cannot bound an item of type {}", bound.kind(), kind.name());
        reading.problems.add(&extension.path, why);
        return None;
    }
    Some(bound)
}

fn initial(fields: &Fields<'_>, item: &Item, reading: &mut Reading) -> Vec<Answer> {
    let mut initial = Vec::new();
    for value in fields.objects("initial", &mut reading.problems) {
        let Some(answer) = Answer::read(&value, "value", &mut reading.problems) else {
            continue;
        };
        if !item.kind.takes(&answer) {
            let why = format!(
                "a {} is no answer to an item of type {}",
                answer.kind(),
                item.kind.name()
            );
            reading.problems.add(value.path, why);
        } else if item.kind == Kind::Choice && item.option(&answer).is_none() {
            reading.problems.add(value.path, "is none of the options");
        } else {
            initial.push(answer);
        }
    }
    if initial.is_empty() {
        let chosen = item.options.iter().filter(|choice| choice.initially);
        initial.extend(chosen.map(|choice| choice.value.clone()));
    }
    if initial.len() > 1 && !item.repeats {
        reading.problems.add(
            fields.at("initial"),
            "gives several answers to an item that does not repeat",
        );
    }
    initial
}
