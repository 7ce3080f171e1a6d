//! What a sidecar says, held against its form: only what fits together becomes a [`Scoring`] and [`Thresholds`].

mod change;
mod scale;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use toml::Spanned;

use super::RawSource;
use crate::measure::outline::{ItemKind, Outline};
use crate::native::{Gate, Need, Pattern, Scoring};
use crate::reference::{Backing, Reference, Source};
use crate::slip::Sheet;

pub(crate) use change::thresholds;

/// Sources by id, and which were asked for.
pub(crate) struct Sources {
    by_id: BTreeMap<String, Source>,
    used: BTreeSet<String>,
    spans: BTreeMap<String, std::ops::Range<usize>>,
}

impl Sources {
    pub(crate) fn of(raw: Vec<RawSource>, sheet: &mut Sheet) -> Self {
        let mut sources = Self {
            by_id: BTreeMap::new(),
            used: BTreeSet::new(),
            spans: BTreeMap::new(),
        };
        for RawSource { id, cite, url, seen } in raw {
            let (span, id) = (id.span(), id.into_inner());
            let backing = seen.map_or(Backing::Unread, |day| Backing::Read(day.to_string()));
            let reference = Arc::new(Reference {
                cite,
                url,
                backing,
                set_by: None,
            });
            if sources.by_id.insert(id.clone(), reference).is_some() {
                sheet.at(
                    span.clone(),
                    format!("the source “{id}” is there twice; give this one another id"),
                );
            }
            sources.spans.insert(id, span);
        }
        sources
    }

    pub(crate) fn get(&mut self, id: &Spanned<String>, sheet: &mut Sheet) -> Option<Source> {
        let found = self.by_id.get(id.get_ref()).cloned();
        if found.is_none() {
            let what = format!(
                "there is no source “{}”; add a [[source]] with this id, or correct it",
                id.get_ref()
            );
            sheet.at(id.span(), what);
        }
        self.used.insert(id.get_ref().clone());
        found
    }

    pub(crate) fn idle(&self, sheet: &mut Sheet) {
        for (id, span) in &self.spans {
            if !self.used.contains(id) {
                sheet.at(
                    span.clone(),
                    format!("no number names the source “{id}”; take it out"),
                );
            }
        }
    }
}

/// The native scoring, if the sidecar has any.
pub(crate) fn scoring(
    raw: &mut super::Raw,
    outline: &Outline,
    sources: &mut Sources,
    sheet: &mut Sheet,
) -> Option<Scoring> {
    if raw.scale.is_empty() {
        if let Some(change) = &raw.change {
            sheet.at(
                change.reliable.span(),
                "[change] needs a [[scale]] to be about; add one or take it out",
            );
        }
        return None;
    }
    let Some(answers) = &raw.answers else {
        sheet.whole("has scales and no [answers]; say the lowest and the highest value of an answer");
        return None;
    };
    let (lowest, highest) = (answers.lowest, *answers.highest.get_ref());
    if !(lowest.is_finite() && highest.is_finite() && lowest < highest) {
        sheet.at(
            answers.highest.span(),
            "the highest answer must be more than the lowest",
        );
        return None;
    }
    let mut scoring = Scoring {
        lowest,
        highest,
        items: counting(raw, outline),
        scales: Vec::new(),
        gate: None,
        pattern: None,
        risks: Vec::new(),
    };
    let places: BTreeMap<String, usize> = scoring
        .items
        .iter()
        .cloned()
        .enumerate()
        .map(|(place, id)| (id, place))
        .collect();
    let mut place = |id: &Spanned<String>, sheet: &mut Sheet| {
        let found = places.get(id.get_ref()).copied();
        if found.is_none() {
            let what = format!(
                "the form has no question “{}”; correct the linkId or take it out",
                id.get_ref()
            );
            sheet.at(id.span(), what);
        }
        found
    };
    for scale in &mut raw.scale {
        if outline
            .item(scale.id.get_ref())
            .is_none_or(|item| item.kind != ItemKind::Calculated)
        {
            let what = format!(
                "the form has no calculated item “{}”; correct the id of the scale",
                scale.id.get_ref()
            );
            sheet.at(scale.id.span(), what);
        }
        let read = scale::read(scale, (lowest, highest), &mut place, sources, sheet);
        scoring.scales.push(read);
    }
    if let Some(gate) = &raw.gate {
        sources.get(&gate.source, sheet);
        scoring.gate = place(&gate.item, sheet).map(|item| Gate {
            item,
            open: gate.open,
        });
    }
    if let Some(rule) = &raw.rule {
        let mut needs = Vec::new();
        for need in &rule.needs {
            let items: Vec<usize> = need.items.iter().filter_map(|id| place(id, sheet)).collect();
            if *need.count.get_ref() > items.len() {
                sheet.at(
                    need.count.span(),
                    format!("there are {} items to count; ask for no more", items.len()),
                );
            }
            needs.push(Need {
                items,
                count: *need.count.get_ref(),
            });
        }
        scoring.pattern = sources.get(&rule.source, sheet).map(|source| Pattern {
            name: rule.name.clone(),
            counts_from: rule.counts_from,
            needs,
            met: rule.met.clone(),
            not_met: rule.not_met.clone(),
            source,
        });
    }
    scoring.risks = outline
        .risks
        .iter()
        .filter_map(|risk| places.get(&risk.link_id).map(|place| (*place, risk.clone())))
        .collect();
    ordinals(&scoring, outline, sheet);
    Some(scoring)
}

/// The questions that scales, the gate, the rule and the risks name, in the order of the form.
fn counting(raw: &super::Raw, outline: &Outline) -> Vec<String> {
    let mut named: BTreeSet<&str> = outline.risks.iter().map(|risk| risk.link_id.as_str()).collect();
    named.extend(
        raw.scale
            .iter()
            .flat_map(|scale| &scale.items)
            .map(|id| id.get_ref().as_str()),
    );
    named.extend(raw.gate.iter().map(|gate| gate.item.get_ref().as_str()));
    let needs = raw.rule.iter().flat_map(|rule| &rule.needs);
    named.extend(needs.flat_map(|need| &need.items).map(|id| id.get_ref().as_str()));
    let questions = outline
        .items
        .iter()
        .filter(|item| item.kind == ItemKind::Question);
    questions
        .map(|item| item.link_id.clone())
        .filter(|id| named.contains(id.as_str()))
        .collect()
}

/// An option whose value is out of the range would never be scored.
fn ordinals(scoring: &Scoring, outline: &Outline, sheet: &mut Sheet) {
    for id in &scoring.items {
        let ordinals = outline
            .item(id)
            .map(|item| item.ordinals.as_slice())
            .unwrap_or_default();
        if let Some(out) = ordinals
            .iter()
            .find(|value| !(scoring.lowest..=scoring.highest).contains(value))
        {
            sheet.whole(format!(
                "“{id}” has an option of value {out}, and [answers] goes from {} to {}; make them agree",
                scoring.lowest, scoring.highest
            ));
        }
    }
}
