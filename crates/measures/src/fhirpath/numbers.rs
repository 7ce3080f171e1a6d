//! Numbers: exact decimals, compared to eight places as the language says.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::str::FromStr;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::Wrong;
use super::evaluate::Found;
use super::syntax::{Function, Operator};
use super::value::{Simple, Val};

/// Digits after the point that count when numbers are compared.
const PLACES: u32 = 8;

fn rounded(number: Decimal, places: u32) -> Decimal {
    number.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

pub(super) fn equal(one: Decimal, other: Decimal) -> bool {
    rounded(one, PLACES) == rounded(other, PLACES)
}

/// As precisely as the less precise of them says.
pub(super) fn equivalent(one: Decimal, other: Decimal) -> bool {
    let (one, other) = (one.normalize(), other.normalize());
    let places = one.scale().min(other.scale());
    rounded(one, places) == rounded(other, places)
}

pub(super) fn ordered(
    operator: Operator,
    one: &[Val<'_>],
    other: &[Val<'_>],
    column: usize,
) -> Result<Option<bool>, Wrong> {
    let (one, other) = match (one, other) {
        ([], _) | (_, []) => return Ok(None),
        ([one], [other]) => (one.simple(column)?, other.simple(column)?),
        _ => {
            return Err(Wrong::new(
                column,
                "one value is compared with one, and there are several",
            ));
        }
    };
    let order = match (one, other) {
        (Simple::Number(one), Simple::Number(other)) => rounded(one, PLACES).cmp(&rounded(other, PLACES)),
        // By UTF-16, as the language's other engines compare text.
        (Simple::Text(one), Simple::Text(other)) => one.encode_utf16().cmp(other.encode_utf16()),
        (one, other) => {
            let why = format!("{} is not compared with {}", one.kind(), other.kind());
            return Err(Wrong::new(column, why));
        }
    };
    Ok(Some(match operator {
        Operator::Less => order == Ordering::Less,
        Operator::Greater => order == Ordering::Greater,
        Operator::AtMost => order != Ordering::Greater,
        _ => order != Ordering::Less,
    }))
}

/// None where one of them is empty, or what is divided by is 0.
pub(super) fn compute<'a>(
    operator: Operator,
    one: &[Val<'a>],
    other: &[Val<'a>],
    column: usize,
) -> Result<Option<Val<'a>>, Wrong> {
    let (one, other) = match (one, other) {
        ([], _) | (_, []) => return Ok(None),
        ([one], [other]) => (one.simple(column)?, other.simple(column)?),
        _ => {
            return Err(Wrong::new(
                column,
                "one value is computed with one, and there are several",
            ));
        }
    };
    let (left, right) = match (one, other) {
        (Simple::Number(left), Simple::Number(right)) => (left, right),
        (Simple::Text(left), Simple::Text(right)) if operator == Operator::Plus => {
            return Ok(Some(Val::Text(Cow::Owned(format!("{left}{right}")))));
        }
        (one, other) => {
            let why = format!(
                "numbers are needed, and there are {} and {}",
                one.kind(),
                other.kind()
            );
            return Err(Wrong::new(column, why));
        }
    };
    let is_zero = right.is_zero();
    let result = match operator {
        Operator::Plus => left.checked_add(right),
        Operator::Minus => left.checked_sub(right),
        Operator::Times => left.checked_mul(right),
        _ if is_zero => return Ok(None),
        Operator::Divide => left.checked_div(right),
        Operator::WholeDivide => left.checked_div(right).map(|ratio| ratio.trunc()),
        _ => left.checked_rem(right),
    };
    match result {
        Some(number) => Ok(Some(Val::Number(plain(number)))),
        None => Err(Wrong::new(column, "the result has more than 28 digits")),
    }
}

/// sum, min, max and avg; None of nothing.
pub(super) fn over<'a>(
    function: Function,
    values: &[Val<'a>],
    column: usize,
) -> Result<Option<Val<'a>>, Wrong> {
    let Some((first, rest)) = values.split_first() else {
        return Ok(None);
    };
    if let Simple::Text(_) = first.simple(column)? {
        let why = format!("{}() of text is not supported", function.name());
        return Err(Wrong::new(column, why));
    }
    let mut total = first.number(column)?;
    for value in rest {
        let next = value.number(column)?;
        total = match function {
            Function::Min => total.min(next),
            Function::Max => total.max(next),
            _ => total
                .checked_add(next)
                .ok_or_else(|| Wrong::new(column, "the sum has more than 28 digits"))?,
        };
    }
    if function == Function::Avg {
        total /= Decimal::from(values.len());
    }
    Ok(Some(Val::Number(plain(total))))
}

/// Without needless zeros, so that 1.5 + 0.5 is an integer, and without the sign of 0.
fn plain(number: Decimal) -> Decimal {
    if number.is_zero() {
        Decimal::ZERO
    } else if number.scale() == 0 {
        number
    } else {
        number.normalize()
    }
}

pub(super) fn of_one<'a>(
    function: Function,
    value: &Val<'a>,
    column: usize,
) -> Result<Option<Val<'a>>, Wrong> {
    let number = |number: Decimal| Some(Val::Number(plain(number)));
    let simple = value.simple(column)?;
    Ok(match (function, simple) {
        (Function::Abs, Simple::Number(is)) => number(is.abs()),
        (Function::Ceiling, Simple::Number(is)) => number(is.ceil()),
        (Function::Floor, Simple::Number(is)) => number(is.floor()),
        (Function::Truncate, Simple::Number(is)) => number(is.trunc()),
        (Function::Abs | Function::Ceiling | Function::Floor | Function::Truncate, other) => {
            let why = format!(
                "{}() needs a number, and there is {}",
                function.name(),
                other.kind()
            );
            return Err(Wrong::new(column, why));
        }
        (Function::ToBoolean, Simple::Boolean(is)) => Some(Val::Boolean(is)),
        (Function::ToBoolean, Simple::Number(is)) => match is.normalize().to_i64() {
            Some(1) if is == Decimal::ONE => Some(Val::Boolean(true)),
            Some(0) if is.is_zero() => Some(Val::Boolean(false)),
            _ => None,
        },
        (Function::ToBoolean, Simple::Text(text)) => match text.to_lowercase().as_str() {
            "true" | "t" | "yes" | "y" | "1" | "1.0" => Some(Val::Boolean(true)),
            "false" | "f" | "no" | "n" | "0" | "0.0" => Some(Val::Boolean(false)),
            _ => None,
        },
        (Function::ToBoolean, _) => None,
        (_, Simple::Boolean(is)) => number(Decimal::from(u8::from(is))),
        // 2.0 is written as a decimal and 2 as an integer.
        (Function::ToInteger, Simple::Number(is)) => (is.scale() == 0).then_some(Val::Number(is)),
        (_, Simple::Number(is)) => Some(Val::Number(is)),
        (_, Simple::Text(text)) => parsed(text, function).and_then(number),
        _ => None,
    })
}

fn parsed(text: &str, function: Function) -> Option<Decimal> {
    let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits =
        |part: &str| !part.is_empty() && part.len() <= 28 && part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = match bare.split_once('.') {
        None => digits(bare),
        Some((whole, fraction)) => function == Function::ToDecimal && digits(whole) && digits(fraction),
    };
    if !fits {
        return None;
    }
    Decimal::from_str(text.strip_prefix('+').unwrap_or(text)).ok()
}

pub(super) fn round<'a>(value: Option<&Val<'a>>, digits: Option<&Val<'a>>, column: usize) -> Found<'a> {
    let (Some(value), Some(digits)) = (value, digits) else {
        return Ok(Vec::new());
    };
    let digits = digits.number(column)?.to_u32().filter(|digits| *digits <= 28);
    let Some(digits) = digits else {
        return Err(Wrong::new(column, "round() takes from 0 to 28 digits"));
    };
    Ok(vec![Val::Number(plain(rounded(value.number(column)?, digits)))])
}

/// There is one zero.
pub(super) fn negative(number: Decimal) -> Decimal {
    if number.is_zero() { number } else { -number }
}

/// A place in a list; None where it is negative.
pub(super) fn index(value: &Val<'_>, column: usize) -> Result<Option<usize>, Wrong> {
    let number = value.number(column)?;
    if !number.is_integer() {
        return Err(Wrong::new(column, "a whole number is needed"));
    }
    if number.is_sign_negative() && !number.is_zero() {
        return Ok(None);
    }
    Ok(Some(number.to_usize().unwrap_or(usize::MAX)))
}
