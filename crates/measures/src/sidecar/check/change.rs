//! The thresholds of change that a sidecar names.

use super::Sources;
use crate::change::{Early, Group, Norm, Points, Reliability, Thresholds};
use crate::native::Scoring;
use crate::sidecar::{RawChange, RawGroup, RawPoints};
use crate::slip::Sheet;

/// The thresholds of change, for the first scale.
pub(crate) fn thresholds(
    raw: RawChange,
    scoring: &Scoring,
    sources: &mut Sources,
    sheet: &mut Sheet,
) -> Option<Thresholds> {
    let total = scoring.scales.first()?;
    let RawChange {
        caseness,
        early,
        reliable,
        reliability,
        norm,
    } = raw;
    let span = reliable.span();
    let choices: Vec<Points> = reliable
        .into_inner()
        .iter()
        .filter_map(|points| self::points(points, sources, sheet))
        .collect();
    let Some(first) = choices.first().cloned() else {
        sheet.at(
            span,
            "name at least one [[change.reliable]] with points and a source",
        );
        return None;
    };
    let caseness = caseness.and_then(|raw| {
        let source = sources.get(&raw.source, sheet)?;
        Some(Points {
            points: *raw.from.get_ref(),
            source,
        })
    });
    let early = early.and_then(|raw| {
        let (first, last) = *raw.weeks.get_ref();
        if first > last || raw.doubtful > raw.adequate {
            sheet.at(
                raw.weeks.span(),
                "weeks rise, and an adequate change is more than a doubtful one; correct them",
            );
        }
        let source = sources.get(&raw.source, sheet)?;
        Some(Early {
            weeks: first..=last,
            adequate: raw.adequate,
            doubtful: raw.doubtful,
            source,
        })
    });
    let mut reliabilities = Vec::new();
    for raw in reliability {
        let value = *raw.value.get_ref();
        if !(0.0..1.0).contains(&value) {
            sheet.at(raw.value.span(), "a reliability is at least 0 and below 1");
        }
        let source = sources.get(&raw.source, sheet);
        reliabilities.extend(source.map(|source| Reliability {
            kind: raw.kind,
            value,
            source,
        }));
    }
    let mut norms = Vec::new();
    for raw in norm {
        let sd = *raw.sd.get_ref();
        if !(sd > 0.0 && sd.is_finite() && raw.mean.is_finite()) {
            sheet.at(raw.sd.span(), "a standard deviation is more than 0");
        }
        let group = match raw.group {
            RawGroup::Patients => Group::Patients,
            RawGroup::Functional => Group::Functional,
        };
        let source = sources.get(&raw.source, sheet);
        norms.extend(source.map(|source| Norm {
            group,
            label: raw.label,
            mean: raw.mean,
            sd,
            source,
        }));
    }
    Some(Thresholds {
        direction: total.direction,
        reliable: first,
        choices,
        caseness,
        early,
        reliabilities,
        norms,
    })
}

fn points(raw: &RawPoints, sources: &mut Sources, sheet: &mut Sheet) -> Option<Points> {
    let points = *raw.points.get_ref();
    if !(points > 0.0 && points.is_finite()) {
        sheet.at(raw.points.span(), "a reliable change is more than 0 points");
    }
    sources
        .get(&raw.source, sheet)
        .map(|source| Points { points, source })
}
