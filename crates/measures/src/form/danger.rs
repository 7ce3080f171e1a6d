//! The mark of a question that tells of danger: one that does not say what it means, or that no answer reaches, would alert nobody.

use serde_json::Value;

use super::extensions::risks;
use super::read::Reading;
use super::{Item, Kind};
use crate::json::Fields;
use crate::measure::outline;

/// Reads the mark of an item, if it has one.
pub(super) fn read(fields: &Fields<'_>, item: &Item, reading: &mut Reading) {
    let marks = risks(fields, reading);
    let Some(mark) = marks.first() else {
        return;
    };
    if let Some(second) = marks.get(1) {
        reading
            .problems
            .add(&second.path, "is the second risk of this item: keep one");
    }
    let parts = mark.object.get("extension").and_then(Value::as_array);
    let parts = parts.map(Vec::as_slice).unwrap_or_default();
    match outline::risk(&item.link_id, parts) {
        Ok(risk) if reaches(item, risk.at_least) => reading.risks.push(risk),
        Ok(risk) => {
            let why = format!(
                "tells of danger from {} on, and no answer counts so much: give an option an ordinalValue, or ask for a number",
                risk.at_least
            );
            reading.problems.add(&mark.path, why);
        }
        Err(why) => reading
            .problems
            .add(&mark.path, format!("the risk extension {why}")),
    }
}

fn reaches(item: &Item, at_least: f64) -> bool {
    if item.options.is_empty() {
        return matches!(item.kind, Kind::Integer | Kind::Decimal);
    }
    let counts = item.options.iter().map(|choice| item.counts(&choice.value));
    counts.flatten().any(|value| value >= at_least)
}
