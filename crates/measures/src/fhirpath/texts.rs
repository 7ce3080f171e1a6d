//! Functions of text. Places in it are counted in UTF-16, as in the language's other engines.

use std::borrow::Cow;

use super::Wrong;
use super::evaluate::{Evaluation, Found};
use super::numbers::index;
use super::syntax::Function;
use super::value::{Simple, Val};

/// `&`: what is empty is empty text.
pub(super) fn join<'a>(
    one: &[Val<'a>],
    other: &[Val<'a>],
    column: usize,
    evaluation: &Evaluation<'_, 'a>,
) -> Result<Val<'a>, Wrong> {
    let part = |values: &[Val<'a>]| match values {
        [] => Ok(String::new()),
        [one] => one.text(column).map(str::to_owned),
        _ => Err(Wrong::new(
            column,
            "one text is joined with one, and there are several",
        )),
    };
    let joined = part(one)? + &part(other)?;
    evaluation.spend(joined.len())?;
    Ok(Val::Text(Cow::Owned(joined)))
}

/// In whatever letters and white space.
pub(super) fn equivalent(one: &str, other: &str) -> bool {
    let plain = |text: &str| -> String {
        let text = text.to_uppercase();
        text.chars()
            .map(|each| if each.is_whitespace() { ' ' } else { each })
            .collect()
    };
    plain(one) == plain(other)
}

pub(super) fn call<'a>(
    function: Function,
    one: Option<&Val<'a>>,
    values: &[Val<'a>],
    arguments: &[Option<Val<'a>>],
    column: usize,
    evaluation: &Evaluation<'_, 'a>,
) -> Found<'a> {
    let text = |text: String| Ok(vec![Val::Text(Cow::Owned(text))]);
    if function == Function::JoinAll {
        let mut parts = Vec::with_capacity(values.len());
        for value in values {
            parts.push(value.text(column)?);
        }
        let between = match arguments.first() {
            Some(Some(between)) => between.text(column)?,
            _ => "",
        };
        if parts.is_empty() {
            return Ok(Vec::new());
        }
        evaluation.spend(parts.iter().map(|part| part.len() + between.len()).sum())?;
        return text(parts.join(between));
    }
    let Some(value) = one else {
        return Ok(Vec::new());
    };
    if function == Function::ToText {
        return written(value, column);
    }
    let said = value.text(column)?;
    evaluation.spend(said.len())?;
    let argument = match arguments.first() {
        // An argument that is empty makes the result empty.
        Some(None) => return Ok(Vec::new()),
        Some(Some(value)) => Some(value),
        None => None,
    };
    let wanted = || argument.map_or(Ok(""), |value| value.text(column));
    match function {
        Function::Length => Ok(vec![Val::Number(said.encode_utf16().count().into())]),
        Function::Upper => text(said.to_uppercase()),
        Function::Lower => text(said.to_lowercase()),
        Function::Trim => text(said.trim().to_owned()),
        Function::ToChars => Ok(said
            .chars()
            .map(|each| Val::Text(Cow::Owned(each.to_string())))
            .collect()),
        Function::StartsWith => Ok(vec![Val::Boolean(said.starts_with(wanted()?))]),
        Function::EndsWith => Ok(vec![Val::Boolean(said.ends_with(wanted()?))]),
        Function::ContainsText => Ok(vec![Val::Boolean(said.contains(wanted()?))]),
        Function::IndexOf => {
            let at = said.find(wanted()?).map(|at| said[..at].encode_utf16().count());
            let at = at.map_or_else(|| (-1).into(), Into::into);
            Ok(vec![Val::Number(at)])
        }
        Function::Split => {
            let between = wanted()?;
            if between.is_empty() {
                return Err(Wrong::new(column, "split() needs what stands between the parts"));
            }
            Ok(said
                .split(between)
                .map(|part| Val::Text(Cow::Owned(part.to_owned())))
                .collect())
        }
        Function::Substring => {
            let start = argument.map_or(Ok(None), |value| index(value, column))?;
            let count = match arguments.get(1) {
                Some(Some(count)) => index(count, column)?.unwrap_or(0),
                _ => usize::MAX,
            };
            let units: Vec<u16> = said.encode_utf16().collect();
            match start {
                Some(start) if start < units.len() => {
                    let part: Vec<u16> = units[start..].iter().copied().take(count).collect();
                    text(String::from_utf16_lossy(&part))
                }
                _ => Ok(Vec::new()),
            }
        }
        other => Err(Wrong::new(
            column,
            format!("unsupported function {}", other.name()),
        )),
    }
}

fn written<'a>(value: &Val<'a>, column: usize) -> Found<'a> {
    let said = match value.simple(column)? {
        Simple::Text(text) => text.to_owned(),
        // Engines keep so many digits of a third as they do.
        Simple::Number(number) if number.scale() > 20 => {
            let why = "toString() of so many digits is not supported: round() it before";
            return Err(Wrong::new(column, why));
        }
        Simple::Number(number) => number.to_string(),
        Simple::Boolean(is) => is.to_string(),
        other => {
            return Err(Wrong::new(
                column,
                format!("unsupported: toString() of {}", other.kind()),
            ));
        }
    };
    Ok(vec![Val::Text(Cow::Owned(said))])
}
