//! A plan being made: who is where, with every count that the conditions and the levels need kept up to date by each step.

use crate::levels::{Level, Values};
use crate::model::{Cost, Model};

/// In no group.
pub(crate) const NOWHERE: usize = usize::MAX;

#[derive(Debug, Clone)]
pub(crate) struct State<'m> {
    pub(crate) model: &'m Model,
    /// The group of each unit, or `NOWHERE`.
    pub(crate) at: Vec<usize>,
    /// People in each group.
    pub(crate) size: Vec<i64>,
    newcomers: Vec<i64>,
    severity: Vec<[i64; 3]>,
    /// By group and value.
    values: Vec<i64>,
    /// By group and name of a trait: how many have a value.
    known: Vec<i64>,
    /// By group and value that nobody is to be alone with.
    company: Vec<i64>,
    pub(crate) totals: Values,
    /// How far it is from keeping the conditions that may be broken on the way: sizes below the minimum, people alone, groups that
    /// clash. 0 keeps all.
    pub(crate) broken: i64,
    /// Groups that must be open, or closed, for a while.
    pressed: Vec<Option<Press>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Press {
    Open,
    Close,
}

impl<'m> State<'m> {
    /// Those who sit, and nobody else.
    pub(crate) fn new(model: &'m Model) -> Self {
        let groups = model.places.len();
        let mut state = Self {
            model,
            at: vec![NOWHERE; model.units.len()],
            size: vec![0; groups],
            newcomers: vec![0; groups],
            severity: vec![[0; 3]; groups],
            values: vec![0; groups * model.values.len()],
            known: vec![0; groups * model.names],
            company: vec![0; groups * model.companies],
            totals: Values::default(),
            broken: 0,
            pressed: vec![None; groups],
        };
        state.broken = (0..groups).map(|group| state.short(group)).sum();
        for (unit, known) in model.units.iter().enumerate() {
            if let Some(group) = known.fixed {
                state.put(unit, group);
            }
        }
        state
    }

    /// Whether the unit may come here, as far as its own options, the size and those it must be apart from go.
    pub(crate) fn fits(&self, unit: usize, group: usize) -> bool {
        let known = &self.model.units[unit];
        self.size[group] + known.size <= self.model.places[group].max
            && self.pressed[group] != Some(Press::Close)
            && known.options.binary_search(&group).is_ok()
            && !known.apart.iter().any(|other| self.at[*other] == group)
    }

    /// How many people a group lacks to be open, or has too many to be closed, whichever is less.
    fn short(&self, group: usize) -> i64 {
        let place = &self.model.places[group];
        let (size, min) = (self.size[group], place.min.max(1));
        if place.running || self.pressed[group] == Some(Press::Open) {
            (min - size).max(0)
        } else if size < min {
            size.min(min - size)
        } else {
            0
        }
    }

    fn clashing(&self, group: usize) -> i64 {
        let clashes = self.model.places[group].clashes.iter();
        clashes.map(|other| self.size[*other].min(self.size[group])).sum()
    }

    /// Puts a unit that is nowhere into a group.
    pub(crate) fn put(&mut self, unit: usize, group: usize) {
        self.at[unit] = group;
        self.shift(unit, group, 1);
    }

    /// Takes a unit out of its group; gives the group.
    pub(crate) fn take(&mut self, unit: usize) -> usize {
        let group = std::mem::replace(&mut self.at[unit], NOWHERE);
        if group != NOWHERE {
            self.shift(unit, group, -1);
        }
        group
    }

    fn shift(&mut self, unit: usize, group: usize, by: i64) {
        let model = self.model;
        let unit = &model.units[unit];
        self.broken -= self.short(group) + self.clashing(group);
        self.size[group] += by * unit.size;
        self.broken += self.short(group) + self.clashing(group);
        self.totals.add(Level::Placed, by * unit.size);
        self.totals.add(Level::Waiting, by * unit.waiting);
        self.totals.add(Level::Preference, by * unit.prefer[group]);
        if unit.newcomers > 0 {
            let before = self.newcomers[group];
            self.newcomers[group] += by * unit.newcomers;
            self.totals.add(
                Level::Change,
                i64::from(self.newcomers[group] > 0) - i64::from(before > 0),
            );
        }
        let sums = &mut self.severity[group];
        let before = pairs(*sums);
        for (sum, own) in sums.iter_mut().zip(unit.severity) {
            *sum += by * own;
        }
        let after = pairs(*sums);
        self.totals.add(Level::Severity, after - before);
        self.spread(unit, group, by);
        for (value, count) in &unit.company {
            let here = &mut self.company[group * model.companies + value];
            self.broken -= i64::from(*here == 1);
            *here += by * count;
            self.broken += i64::from(*here == 1);
        }
    }

    /// Pairs of n people: n(n-1)/2. Those who share a value, of a trait to be spread; all but those, of one to be alike.
    fn spread(&mut self, unit: &crate::model::Unit, group: usize, by: i64) {
        let model = self.model;
        let two = |count: i64| count * (count - 1) / 2;
        let mut change = 0;
        for (value, count) in &unit.values {
            let here = &mut self.values[group * model.values.len() + value];
            let before = two(*here);
            *here += by * count;
            let same = two(*here) - before;
            let known = &mut self.known[group * model.names + model.values[*value].name];
            let before = two(*known);
            *known += by * count;
            change += match model.values[*value].cost {
                Cost::Same => same,
                Cost::Different => two(*known) - before - same,
            };
        }
        self.totals.add(Level::Spread, change);
    }

    /// How many have this value in this group, of those who let it be used.
    pub(crate) fn company(&self, group: usize, value: usize) -> i64 {
        self.company[group * self.model.companies + value]
    }

    pub(crate) fn short_of(&self, group: usize) -> i64 {
        self.short(group)
    }

    /// Presses a group to be open or closed, or lets it go; only what is put from now on obeys.
    pub(crate) fn press(&mut self, group: usize, pressed: Option<Press>) {
        self.broken -= self.short(group);
        self.pressed[group] = pressed;
        self.broken += self.short(group);
    }

    /// Takes over where everyone is.
    pub(crate) fn become_like(&mut self, at: &[usize]) {
        for (unit, group) in at.iter().enumerate() {
            if self.at[unit] != *group && self.at[unit] != NOWHERE {
                self.take(unit);
            }
        }
        for (unit, group) in at.iter().enumerate() {
            if self.at[unit] != *group {
                self.put(unit, *group);
            }
        }
    }
}

/// The sum of squared differences over all pairs, from how many, the sum and the sum of squares.
const fn pairs([count, sum, squares]: [i64; 3]) -> i64 {
    count * squares - sum * sum
}
