//! Whether there is any plan at all: a complete search over what those who sit already still need.
//!
//! A group where nobody sits may stay closed, and a group that lacks nothing may stay as it is. So only people for groups that
//! lack something are looked for, one lack at a time, the one with the fewest who could mend it first.

use crate::flow;
use crate::model::{Impossible, Model};
use crate::state::{NOWHERE, State};

/// Why the search ended without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoPlan {
    Impossible,
    /// It was told to stop, or has looked at as much as it may.
    Unknown,
}

impl From<Impossible> for NoPlan {
    fn from(Impossible: Impossible) -> Self {
        Self::Impossible
    }
}

pub(crate) type Stop<'a> = &'a (dyn Fn() -> bool + Sync);

/// Where everyone is in some plan that keeps all conditions.
pub(crate) fn plan(model: &Model, stop: Stop, most: u64) -> Result<Vec<usize>, NoPlan> {
    let mut search = Search {
        state: State::new(model),
        barred: vec![false; model.units.len() * model.places.len()],
        alike: alike(model),
        left: most,
        stop,
    };
    search
        .mend()
        .map_err(|End| NoPlan::Unknown)?
        .then_some(search.state.at)
        .ok_or(NoPlan::Impossible)
}

struct End;

/// What a group lacks.
enum Lack {
    People(usize),
    /// Someone who has this value.
    Company(usize, usize),
}

struct Search<'m, 's> {
    state: State<'m>,
    /// By unit and group: tried before, further up.
    barred: Vec<bool>,
    /// Units with the same number can be exchanged for each other.
    alike: Vec<usize>,
    left: u64,
    stop: Stop<'s>,
}

impl Search<'_, '_> {
    fn mend(&mut self) -> Result<bool, End> {
        if self.state.broken == 0 {
            return Ok(true);
        }
        self.left = self.left.checked_sub(1).ok_or(End)?;
        if self.left.is_multiple_of(256) && (self.stop)() {
            return Err(End);
        }
        let Some((group, candidates)) = self.hardest() else {
            return Ok(false);
        };
        let mut barred = Vec::new();
        let mut tried = Vec::new();
        let mut found = Ok(false);
        for unit in candidates {
            if !tried.contains(&self.alike[unit]) {
                tried.push(self.alike[unit]);
                self.state.put(unit, group);
                found = self.mend();
                if !matches!(found, Ok(false)) {
                    return found;
                }
                self.state.take(unit);
            }
            let cell = unit * self.state.model.places.len() + group;
            self.barred[cell] = true;
            barred.push(cell);
        }
        for cell in barred {
            self.barred[cell] = false;
        }
        found
    }

    /// The lack that the fewest can mend, and who; nothing if there is one that nobody can.
    fn hardest(&self) -> Option<(usize, Vec<usize>)> {
        let model = self.state.model;
        let mut best: Option<(usize, Vec<usize>)> = None;
        for lack in self.lacks() {
            let (group, wanted) = match lack {
                Lack::People(group) => (group, None),
                Lack::Company(group, value) => (group, Some(value)),
            };
            let mends = |unit: &usize| {
                wanted.is_none_or(|value| model.units[*unit].company.iter().any(|(own, _)| *own == value))
            };
            let candidates: Vec<usize> = self.candidates(group).filter(mends).collect();
            if candidates.is_empty() {
                return None;
            }
            if best
                .as_ref()
                .is_none_or(|(_, fewest)| candidates.len() < fewest.len())
            {
                best = Some((group, candidates));
            }
        }
        if !self.enough() {
            return None;
        }
        let (group, mut candidates) = best?;
        // Those first who bring nothing new that would want company, and who have nowhere else to be.
        candidates.sort_by_key(|unit| {
            let company = &model.units[*unit].company;
            let alone = company
                .iter()
                .filter(|(value, count)| *count == 1 && self.state.company(group, *value) == 0);
            (alone.count(), model.units[*unit].options.len(), *unit)
        });
        Some((group, candidates))
    }

    fn lacks(&self) -> Vec<Lack> {
        let model = self.state.model;
        let mut lacks = Vec::new();
        for group in 0..model.places.len() {
            if self.state.short_of(group) > 0 {
                lacks.push(Lack::People(group));
            }
            let alone = (0..model.companies).filter(|value| self.state.company(group, *value) == 1);
            lacks.extend(alone.map(|value| Lack::Company(group, value)));
        }
        lacks
    }

    fn candidates(&self, group: usize) -> impl Iterator<Item = usize> + '_ {
        let model = self.state.model;
        model.free.iter().copied().filter(move |unit| {
            self.state.at[*unit] == NOWHERE
                && !self.barred[unit * model.places.len() + group]
                && self.state.fits(*unit, group)
        })
    }

    /// Whether there are enough people for all groups that lack some, each counted once.
    fn enough(&self) -> bool {
        let model = self.state.model;
        let short: Vec<(usize, i64)> = (0..model.places.len())
            .map(|group| (group, self.state.short_of(group)))
            .filter(|(_, short)| *short > 0)
            .collect();
        if short.is_empty() {
            return true;
        }
        let mut network = flow::Network::new(model.units.len() + model.places.len() + 2);
        let (source, sink) = (
            model.units.len() + model.places.len(),
            model.units.len() + model.places.len() + 1,
        );
        let mut reached = vec![false; model.units.len()];
        let mut wanted = 0;
        for (group, short) in short {
            wanted += short;
            network.edge(model.units.len() + group, sink, short);
            for unit in self.candidates(group) {
                network.edge(unit, model.units.len() + group, model.units[unit].size);
                reached[unit] = true;
            }
        }
        for (unit, reached) in reached.into_iter().enumerate() {
            if reached {
                network.edge(source, unit, model.units[unit].size);
            }
        }
        network.most(source, sink) >= wanted
    }
}

/// Numbers that are equal where two units have the same options, size and company, and nobody to be apart from.
fn alike(model: &Model) -> Vec<usize> {
    let mut kinds: std::collections::BTreeMap<_, usize> = std::collections::BTreeMap::new();
    let units = model.units.iter().enumerate();
    units
        .map(|(at, unit)| {
            let mut company = unit.company.clone();
            company.sort_unstable();
            let single = if unit.apart.is_empty() { usize::MAX } else { at };
            let next = kinds.len();
            *kinds
                .entry((unit.options.clone(), unit.size, company, single))
                .or_insert(next)
        })
        .collect()
}
