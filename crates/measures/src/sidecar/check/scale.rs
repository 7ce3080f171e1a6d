//! A scale of a sidecar and its bands.

use std::collections::BTreeSet;

use toml::Spanned;

use super::Sources;
use crate::native::{Band, Direction, Method, Scale, Turn};
use crate::sidecar::{RawBand, RawDirection, RawMethod, RawScale};
use crate::slip::Sheet;

/// Finds the place of a question; one that is not there is a slip.
pub(super) type Place<'a> = dyn FnMut(&Spanned<String>, &mut Sheet) -> Option<usize> + 'a;

#[expect(clippy::cast_precision_loss, reason = "forms have few items")]
pub(super) fn read(
    raw: &mut RawScale,
    (lowest, highest): (f64, f64),
    place: &mut Place,
    sources: &mut Sources,
    sheet: &mut Sheet,
) -> Scale {
    let mut items = Vec::new();
    let mut seen = BTreeSet::new();
    for id in &raw.items {
        if !seen.insert(id.get_ref().clone()) {
            sheet.at(
                id.span(),
                format!(
                    "“{}” is there twice; a question counts once in a scale",
                    id.get_ref()
                ),
            );
        }
        let reversed = raw
            .reversed
            .iter()
            .any(|reversed| reversed.get_ref() == id.get_ref());
        let turn = if reversed { Turn::Reversed } else { Turn::AsItIs };
        items.extend(place(id, sheet).map(|place| (place, turn)));
    }
    for id in &raw.reversed {
        if !seen.contains(id.get_ref()) {
            sheet.at(
                id.span(),
                format!(
                    "“{}” is reversed and not an item of the scale; add it there",
                    id.get_ref()
                ),
            );
        }
    }
    if raw.items.is_empty() {
        sheet.at(raw.id.span(), "the scale has no items; name at least one");
    }
    let missing = raw.missing.as_ref().map_or(0, |missing| {
        if *missing.most.get_ref() >= raw.items.len().max(1) {
            sheet.at(
                missing.most.span(),
                "at least one answer must be there; allow fewer to be missing",
            );
        }
        *missing.most.get_ref()
    });
    let missing_source = raw
        .missing
        .as_ref()
        .and_then(|missing| sources.get(&missing.source, sheet));
    let (method, number) = match raw.method {
        RawMethod::Sum => (Method::Sum, items.len() as f64),
        RawMethod::MeanTimesTen => (Method::MeanTimesTen, 10.0),
    };
    let range = (lowest * number, highest * number);
    let bands_source = raw.bands_source.as_ref().and_then(|id| sources.get(id, sheet));
    let bands = raw
        .bands
        .take()
        .map(|bands| self::bands(bands, range, sheet))
        .unwrap_or_default();
    if !bands.is_empty() && raw.bands_source.is_none() {
        sheet.at(
            raw.id.span(),
            "the scale has bands and no bands_source; say where they come from",
        );
    }
    Scale {
        id: raw.id.get_ref().clone(),
        name: raw.name.clone(),
        method,
        direction: match raw.direction {
            RawDirection::HigherIsWorse => Direction::HigherIsWorse,
            RawDirection::HigherIsBetter => Direction::HigherIsBetter,
        },
        missing,
        missing_source,
        bands,
        bands_source,
        range,
        items,
    }
}

fn bands(raw: Spanned<Vec<RawBand>>, (lowest, highest): (f64, f64), sheet: &mut Sheet) -> Vec<Band> {
    let (span, raw) = (raw.span(), raw.into_inner());
    let rising = raw
        .windows(2)
        .all(|pair| matches!(pair, [a, b] if a.from < b.from));
    let first = raw
        .first()
        .is_some_and(|band| band.from.total_cmp(&lowest).is_eq());
    let within = raw.iter().all(|band| band.from <= highest);
    if !(rising && first && within) {
        sheet.at(
            span,
            format!("bands begin at {lowest}, rise, and stay below {highest}; put them in this order"),
        );
    }
    raw.into_iter()
        .map(|RawBand { from, name, plain }| Band { from, name, plain })
        .collect()
}
