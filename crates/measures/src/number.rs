//! Numbers of JSON as exact decimals: 0.1 is a tenth, and nothing is lost of an ordinary score.

use std::str::FromStr;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Number, Value};

/// None where it is larger or finer than a decimal can be.
pub(crate) fn from_json(number: &Number) -> Option<Decimal> {
    if let Some(whole) = number.as_i64() {
        return Some(whole.into());
    }
    if let Some(whole) = number.as_u64() {
        return Some(whole.into());
    }
    // The shortest digits that mean this number: those that were written.
    let said = number.to_string();
    let number = if said.contains(['e', 'E']) {
        Decimal::from_scientific(&said).ok()
    } else {
        Decimal::from_str(&said).ok()
    };
    // 2.0 is the integer 2: JSON does not tell them apart.
    number.map(|number| number.normalize())
}

/// Whole numbers are written without a point.
pub(crate) fn to_json(number: Decimal) -> Value {
    if let Some(whole) = number.is_integer().then(|| number.to_i64()).flatten() {
        return whole.into();
    }
    let float = number.to_string().parse().ok().and_then(Number::from_f64);
    float.map_or(Value::Null, Value::Number)
}

/// What a person writes: "7", "7.5" or "7,5".
pub(crate) fn from_text(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let is_plain = text.len() <= 40
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"+-.,".contains(&byte));
    if !is_plain {
        return None;
    }
    Decimal::from_str(&text.replace(',', ".")).ok()
}
