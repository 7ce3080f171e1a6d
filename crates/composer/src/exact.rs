//! Branch and bound over all plans: ends with the best one there is and so proves it, or is stopped.
//!
//! Bounds are compared level by level, as plans are. Where the bound of a level only equals the best plan's value, whatever would
//! make it worse is ruled out for the levels after it: who could be placed must be, and where they prefer to be.

use std::cmp::Ordering;

use crate::feasible::Stop;
use crate::levels::{Level, Values};
use crate::model::Model;
use crate::state::State;

/// The best plan so far.
#[derive(Debug, Clone)]
pub(crate) struct Best {
    pub(crate) at: Vec<usize>,
    pub(crate) values: Values,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// Nothing better is left.
    Whole,
    /// It was told to stop, or has looked at as much as it may.
    CutShort,
}

/// Looks for something better than `best` and puts it there.
pub(crate) fn improve(model: &Model, best: &mut Best, stop: Stop, most: u64) -> Proof {
    let mut search = Search {
        state: State::new(model),
        open: model.free.clone(),
        twins: twins(model),
        best,
        left: most,
        stop,
    };
    if search.branch() {
        Proof::Whole
    } else {
        Proof::CutShort
    }
}

struct Search<'m, 's, 'b> {
    state: State<'m>,
    /// Units not decided yet.
    open: Vec<usize>,
    /// For each group the one before it that is the same in all respects.
    twins: Vec<Option<usize>>,
    best: &'b mut Best,
    left: u64,
    stop: Stop<'s>,
}

/// A group in which an undecided unit could be, with what that adds.
#[derive(Debug, Clone, Copy)]
struct Choice {
    group: usize,
    prefer: i64,
    severity: i64,
    spread: i64,
}

impl Search<'_, '_, '_> {
    /// Whether all below was looked at.
    fn branch(&mut self) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        if self.left.is_multiple_of(1024) && (self.stop)() {
            self.left = 0;
            return false;
        }
        let order = &self.state.model.order;
        if self.state.broken == 0 && self.state.totals.compare(&self.best.values, order) == Ordering::Less {
            self.best.values = self.state.totals;
            self.best.at.clone_from(&self.state.at);
        }
        if self.open.is_empty() {
            return true;
        }
        let choices: Vec<Vec<Choice>> = (0..self.open.len()).map(|index| self.choices(index)).collect();
        if !self.can_be_whole(&choices) || !self.can_be_better(&choices) {
            return true;
        }
        let index = hardest(&choices);
        let mut mine = choices[index].clone();
        mine.sort_by_key(|choice| (-choice.prefer, choice.severity + choice.spread, choice.group));
        let unit = self.open.swap_remove(index);
        let mut whole = true;
        for choice in mine {
            self.state.put(unit, choice.group);
            whole &= self.branch();
            self.state.take(unit);
        }
        whole &= self.branch();
        self.open.push(unit);
        let last = self.open.len() - 1;
        self.open.swap(index, last);
        whole
    }

    fn choices(&mut self, index: usize) -> Vec<Choice> {
        let unit = self.open[index];
        let model = self.state.model;
        let mut choices = Vec::new();
        for group in &model.units[unit].options {
            if !self.state.fits(unit, *group) || self.closed(*group) {
                continue;
            }
            let before = self.state.totals;
            self.state.put(unit, *group);
            let after = self.state.totals;
            self.state.take(unit);
            let added = |level| after.of(level) - before.of(level);
            choices.push(Choice {
                group: *group,
                prefer: added(Level::Preference),
                severity: added(Level::Severity),
                spread: added(Level::Spread),
            });
        }
        choices
    }

    /// Groups that cannot open now: one that clashes is open, or the twin before it is empty still.
    fn closed(&self, group: usize) -> bool {
        let size = &self.state.size;
        let clash = self.state.model.places[group]
            .clashes
            .iter()
            .any(|other| size[*other] > 0);
        size[group] == 0 && (clash || self.twins[group].is_some_and(|twin| size[twin] == 0))
    }

    /// Whether what is broken could still be mended by who is left.
    fn can_be_whole(&self, choices: &[Vec<Choice>]) -> bool {
        let model = self.state.model;
        for (group, place) in model.places.iter().enumerate() {
            let size = self.state.size[group];
            if size == 0 && !place.running {
                continue;
            }
            let coming = || {
                let open = self.open.iter().zip(choices);
                open.filter(|(_, choices)| choices.iter().any(|choice| choice.group == group))
                    .map(|(unit, _)| *unit)
            };
            if size < place.min.max(1)
                && size + coming().map(|unit| model.units[unit].size).sum::<i64>() < place.min.max(1)
            {
                return false;
            }
            for value in (0..model.companies).filter(|value| self.state.company(group, *value) == 1) {
                if !coming().any(|unit| model.units[unit].company.iter().any(|(own, _)| *own == value)) {
                    return false;
                }
            }
        }
        true
    }

    /// Whether some way to go on could be better than the best plan.
    fn can_be_better(&self, choices: &[Vec<Choice>]) -> bool {
        let model = self.state.model;
        let (now, best) = (&self.state.totals, &self.best.values);
        let room = self.room();
        let mut reach = Reach::default();
        for level in &model.order {
            let bound = match level {
                Level::Placed => self
                    .coming(choices)
                    .map(|unit| model.units[unit].size)
                    .sum::<i64>()
                    .min(room),
                Level::Waiting => self.longest(choices, reach.people.unwrap_or(room)),
                Level::Preference => choices.iter().map(|choices| most_preferred(choices)).sum(),
                Level::Severity => self.least(choices, reach, |choice| choice.severity),
                Level::Spread => self.least(choices, reach, |choice| choice.spread),
                Level::Change => 0,
            };
            match level
                .loss(now.of(*level) + bound)
                .cmp(&level.loss(best.of(*level)))
            {
                Ordering::Less => return true,
                Ordering::Greater => return false,
                Ordering::Equal => {}
            }
            let everyone = || self.coming(choices);
            match level {
                Level::Placed => {
                    reach.people = Some(bound);
                    reach.everyone |= everyone().map(|unit| model.units[unit].size).sum::<i64>() == bound;
                }
                Level::Waiting => {
                    reach.waiting = everyone().map(|unit| model.units[unit].waiting).sum::<i64>() == bound;
                }
                Level::Preference => reach.prefer = true,
                Level::Severity | Level::Spread | Level::Change => {}
            }
        }
        false
    }

    /// How many more people all groups together could take.
    fn room(&self) -> i64 {
        let places = self.state.model.places.iter().enumerate();
        places
            .filter(|(group, _)| !self.closed(*group))
            .map(|(group, place)| (place.max - self.state.size[group]).max(0))
            .fold(0, i64::saturating_add)
    }

    /// Undecided units that could still come somewhere.
    fn coming<'c>(&'c self, choices: &'c [Vec<Choice>]) -> impl Iterator<Item = usize> + 'c {
        let open = self.open.iter().zip(choices);
        open.filter(|(_, choices)| !choices.is_empty())
            .map(|(unit, _)| *unit)
    }

    /// The longest waits of so many people; of a unit each counts its average, rounded up.
    fn longest(&self, choices: &[Vec<Choice>], people: i64) -> i64 {
        let mut waits: Vec<(i64, i64, i64)> = self
            .coming(choices)
            .map(|unit| &self.state.model.units[unit])
            .map(|unit| {
                (
                    (unit.waiting + unit.size - 1) / unit.size.max(1),
                    unit.size,
                    unit.waiting,
                )
            })
            .collect();
        waits.sort_unstable_by(|one, other| other.cmp(one));
        let (mut left, mut total) = (people, 0);
        for (each, size, whole) in waits {
            if size <= left {
                total += whole.max(0);
                left -= size;
            } else {
                total += each * left;
                left = 0;
            }
        }
        total
    }

    /// The least that those who must be placed add, each looked at alone.
    fn least(&self, choices: &[Vec<Choice>], reach: Reach, cost: impl Fn(&Choice) -> i64) -> i64 {
        let model = self.state.model;
        let own = |choices: &Vec<Choice>| {
            let most = most_preferred(choices);
            let allowed = choices
                .iter()
                .filter(|choice| !reach.prefer || choice.prefer == most);
            allowed.map(&cost).min().unwrap_or(0)
        };
        let open = self
            .open
            .iter()
            .zip(choices)
            .filter(|(_, choices)| !choices.is_empty());
        let must = |unit: &usize| reach.everyone || (reach.waiting && model.units[*unit].waiting > 0);
        let known: i64 = open
            .clone()
            .filter(|(unit, _)| must(unit))
            .map(|(_, choices)| own(choices))
            .sum();
        let Some(people) = reach.people.filter(|_| known == 0) else {
            return known;
        };
        // So many must come, whoever they are: the cheapest.
        let largest = open
            .clone()
            .map(|(unit, _)| model.units[*unit].size)
            .max()
            .unwrap_or(1);
        let count = usize::try_from((people + largest - 1) / largest).unwrap_or(0);
        let mut costs: Vec<i64> = open.map(|(_, choices)| own(choices)).collect();
        costs.sort_unstable();
        costs.iter().take(count).sum()
    }
}

fn most_preferred(choices: &[Choice]) -> i64 {
    choices.iter().map(|choice| choice.prefer).max().unwrap_or(0)
}

/// What the levels looked at so far leave, as they allow no loss any more.
#[derive(Debug, Clone, Copy, Default)]
struct Reach {
    /// So many more people must be placed.
    people: Option<i64>,
    /// Everyone who can be placed must be.
    everyone: bool,
    /// Everyone who waited and can be placed must be.
    waiting: bool,
    /// Everyone must be where most of their unit prefer to be.
    prefer: bool,
}

/// The undecided unit with the fewest choices; among those, the one that costs most wherever it goes.
fn hardest(choices: &[Vec<Choice>]) -> usize {
    let least = |choices: &Vec<Choice>| {
        choices
            .iter()
            .map(|choice| choice.severity + choice.spread)
            .min()
            .unwrap_or(0)
    };
    let keys = choices.iter().enumerate();
    keys.min_by_key(|(index, choices)| (choices.len(), -least(choices), *index))
        .map_or(0, |(index, _)| index)
}

/// Groups that differ in nothing: the later one need not open before the earlier one.
fn twins(model: &Model) -> Vec<Option<usize>> {
    let same = |one: usize, other: usize| {
        let (a, b) = (&model.places[one], &model.places[other]);
        let units = model.units.iter();
        a.min == b.min
            && a.max == b.max
            && !a.running
            && !b.running
            && a.clashes.is_empty()
            && b.clashes.is_empty()
            && units.into_iter().all(|unit| {
                unit.prefer[one] == unit.prefer[other]
                    && unit.options.contains(&one) == unit.options.contains(&other)
            })
    };
    (0..model.places.len())
        .map(|group| (0..group).rev().find(|other| same(*other, group)))
        .collect()
}
