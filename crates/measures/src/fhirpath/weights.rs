//! `weight()`, also called `ordinal()`: what an answer counts, by the form's options, ValueSets and CodeSystems.

use rust_decimal::Decimal;
use serde_json::Value;

use super::Wrong;
use super::evaluate::Found;
use super::syntax::Type;
use super::value::{Place, Role, Val};
use crate::answer::{Answer, Coding, WEIGHTS};
use crate::form::{Choice, Form, Item};
use crate::number;

/// The weights of answers, of their values, or of options; what has none is left out.
pub(super) fn of<'a>(form: &Form, values: &[Val<'a>], column: usize) -> Found<'a> {
    let mut found = Vec::with_capacity(values.len());
    for value in values {
        let Some(place) = value.place() else {
            continue;
        };
        let weight = match (place.role, place.link) {
            (Role::Answer, Some(link)) => match place.child("value") {
                Some(value) => of_answer(form, value, link, column)?,
                None => None,
            },
            (Role::Value(_), Some(link)) => of_answer(form, place, link, column)?,
            (Role::Choice, _) => own(place.value),
            (Role::Value(Type::Coding), None) => match own(place.value) {
                Some(weight) => Some(weight),
                None => of_concept(form, place.value, column)?,
            },
            _ => None,
        };
        found.extend(weight.map(Val::Number));
    }
    Ok(found)
}

/// The weight that a value carries itself.
fn own(value: &Value) -> Option<Decimal> {
    let extensions = value.get("extension")?.as_array()?;
    let weighs = |extension: &&Value| {
        let url = extension.get("url").and_then(Value::as_str);
        url.is_some_and(|url| WEIGHTS.contains(&url))
    };
    let extension = extensions.iter().find(weighs)?;
    number::from_json(extension.get("valueDecimal")?.as_number()?)
}

fn of_answer(form: &Form, place: Place<'_>, link: &str, column: usize) -> Result<Option<Decimal>, Wrong> {
    let Some(at) = form.find(link) else {
        return Err(Wrong::new(
            column,
            format!("the form has no item {link:?}, so its answers have no weight"),
        ));
    };
    let item = form.at(at);
    let choice = choice_of(item, place.value);
    let of_form = choice.and_then(|choice| choice.weight);
    match (own(place.value), of_form) {
        (Some(carried), Some(weight)) if carried != weight => Err(Wrong::new(
            column,
            format!("an answer to {link:?} says that it counts {carried}, and the form says {weight}"),
        )),
        (Some(weight), _) | (None, Some(weight)) => Ok(Some(weight)),
        (None, None) => {
            // A code that is an option without a weight: perhaps its code system tells it.
            let of_system = match choice {
                Some(_) => of_concept(form, place.value, column)?,
                None => None,
            };
            if of_system.is_none() && item.options.iter().any(|choice| weighs(form, choice)) {
                return Err(Wrong::new(column, weightless(link)));
            }
            Ok(of_system)
        }
    }
}

/// Where some answers count, one that does not would make a sum too small.
fn weightless(link: &str) -> String {
    format!(
        "the answer to {link:?} has no weight, and other answers to it have: give each option an ordinalValue, or leave the item out of the expression"
    )
}

/// Whether the form says what an option counts, at the option itself or in a code system.
fn weighs(form: &Form, choice: &Choice) -> bool {
    if choice.weight.is_some() {
        return true;
    }
    let Answer::Coding(Coding {
        system: Some(system),
        code: Some(code),
        ..
    }) = &choice.value
    else {
        return false;
    };
    form.concepts
        .get(system)
        .is_some_and(|concepts| concepts.contains_key(code))
}

/// The option that a value is.
fn choice_of<'f>(item: &'f Item, value: &Value) -> Option<&'f Choice> {
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    match value {
        Value::Object(_) => {
            let (code, system) = (text("code"), text("system"));
            item.options.iter().find(|choice| match &choice.value {
                Answer::Coding(coding) => {
                    coding.code.as_deref() == code
                        && coding.system.as_deref() == system
                        && (code.is_some() || coding.display.as_deref() == text("display"))
                }
                _ => false,
            })
        }
        Value::String(said) => item.options.iter().find(|choice| match &choice.value {
            Answer::Text(text) | Answer::Date(text) | Answer::Time(text) => text == said,
            _ => false,
        }),
        Value::Number(said) => {
            let number = number::from_json(said)?;
            item.options
                .iter()
                .find(|choice| choice.value.number() == Some(number))
        }
        _ => None,
    }
}

/// By the code system that the form contains. A code without any weight would make a sum too small, so it is an error.
fn of_concept(form: &Form, coding: &Value, column: usize) -> Result<Option<Decimal>, Wrong> {
    let text = |name: &str| coding.get(name).and_then(Value::as_str);
    let (Some(system), Some(code)) = (text("system"), text("code")) else {
        return Ok(None);
    };
    match form.concepts.get(system) {
        Some(concepts) => Ok(concepts.get(code).copied()),
        None => Err(Wrong::new(
            column,
            format!(
                "the option {code:?} has no weight: give it an ordinalValue, or leave its item out of the expression"
            ),
        )),
    }
}
