//! Steps from plan to plan: insert, move and take out, swap, a cycle of three, an ejection, and two that come together.

use crate::chance::Chance;
use crate::model::Model;
use crate::state::{NOWHERE, State};

/// What chance picks from, by group (the last is nowhere): the units that can move.
pub(super) struct Moves {
    members: Vec<Vec<usize>>,
    /// Where each unit is in its list.
    spot: Vec<usize>,
    /// Free units that have a value which wants company, by value.
    company: Vec<Vec<usize>>,
    /// The step being tried: unit, from, to.
    steps: Vec<(usize, usize, usize)>,
}

impl Moves {
    pub(super) fn new(model: &Model) -> Self {
        let mut company = vec![Vec::new(); model.companies];
        for unit in &model.free {
            for (value, _) in &model.units[*unit].company {
                company[*value].push(*unit);
            }
        }
        company.retain(|units| units.len() > 1);
        Self {
            members: vec![Vec::new(); model.places.len() + 1],
            spot: vec![0; model.units.len()],
            company,
            steps: Vec::new(),
        }
    }

    fn list(&self, group: usize) -> usize {
        group.min(self.members.len() - 1)
    }

    /// Learns where everyone is.
    pub(super) fn follow(&mut self, state: &State) {
        self.members.iter_mut().for_each(Vec::clear);
        for unit in &state.model.free {
            let list = self.list(state.at[*unit]);
            self.spot[*unit] = self.members[list].len();
            self.members[list].push(*unit);
        }
    }

    /// Tries a step; gives false, and leaves all as it was, where it cannot be made.
    pub(super) fn attempt(&mut self, state: &mut State, chance: &mut Chance) -> bool {
        self.steps.clear();
        let free = &state.model.free;
        let Some(unit) = chance.pick(free) else {
            return false;
        };
        match chance.below(16) {
            0..6 => self.insert(state, unit, chance),
            6..12 => {
                let other = free[chance.below(free.len())];
                self.swap(state, unit, other);
            }
            12..14 => self.cycle(state, unit, chance),
            14 => self.eject(state, unit, chance),
            _ => self.both(state, chance),
        }
        !self.steps.is_empty() && self.make(state)
    }

    /// To another of its groups or nowhere; where there is no room, in place of someone there.
    fn insert(&mut self, state: &State, unit: usize, chance: &mut Chance) {
        let options = &state.model.units[unit].options;
        let from = state.at[unit];
        let pick = chance.below(options.len() + 1);
        let to = options.get(pick).copied().unwrap_or(NOWHERE);
        if to == from {
            return;
        }
        if to != NOWHERE && !state.fits(unit, to) {
            if let Some(other) = chance.pick(&self.members[to]) {
                self.swap(state, unit, other);
            }
            return;
        }
        self.steps.push((unit, from, to));
    }

    fn swap(&mut self, state: &State, unit: usize, other: usize) {
        let (from, to) = (state.at[unit], state.at[other]);
        if from != to {
            self.steps.extend([(unit, from, to), (other, to, from)]);
        }
    }

    fn cycle(&mut self, state: &State, unit: usize, chance: &mut Chance) {
        let free = &state.model.free;
        let (second, third) = (free[chance.below(free.len())], free[chance.below(free.len())]);
        let (a, b, c) = (state.at[unit], state.at[second], state.at[third]);
        if a != b && b != c && a != c {
            self.steps.extend([(unit, a, b), (second, b, c), (third, c, a)]);
        }
    }

    /// Into a group from which someone else goes on, to a third one.
    fn eject(&mut self, state: &State, unit: usize, chance: &mut Chance) {
        let from = state.at[unit];
        let Some(to) = chance
            .pick(&state.model.units[unit].options)
            .filter(|to| *to != from)
        else {
            return;
        };
        let Some(other) = chance.pick(&self.members[to]) else {
            return;
        };
        let options = &state.model.units[other].options;
        let on = options
            .get(chance.below(options.len() + 1))
            .copied()
            .unwrap_or(NOWHERE);
        if on != to {
            self.steps.extend([(unit, from, to), (other, to, on)]);
        }
    }

    /// Two who are company for each other, to the same group.
    fn both(&mut self, state: &State, chance: &mut Chance) {
        if self.company.is_empty() {
            return;
        }
        let units = &self.company[chance.below(self.company.len())];
        let (one, other) = (units[chance.below(units.len())], units[chance.below(units.len())]);
        let Some(to) = chance.pick(&state.model.units[one].options) else {
            return;
        };
        if one == other {
            return;
        }
        for unit in [one, other] {
            if state.at[unit] != to {
                self.steps.push((unit, state.at[unit], to));
            }
        }
    }

    fn make(&mut self, state: &mut State) -> bool {
        for (unit, _, _) in &self.steps {
            state.take(*unit);
        }
        for made in 0..self.steps.len() {
            let (unit, _, to) = self.steps[made];
            if to == NOWHERE {
                continue;
            }
            if !state.fits(unit, to) {
                for (unit, _, _) in &self.steps[..made] {
                    state.take(*unit);
                }
                self.put_back(state);
                return false;
            }
            state.put(unit, to);
        }
        true
    }

    fn put_back(&self, state: &mut State) {
        for (unit, from, _) in &self.steps {
            if *from != NOWHERE {
                state.put(*unit, *from);
            }
        }
    }

    pub(super) fn take_back(&self, state: &mut State) {
        for (unit, _, _) in &self.steps {
            state.take(*unit);
        }
        self.put_back(state);
    }

    /// The step stays.
    pub(super) fn keep(&mut self) {
        for index in 0..self.steps.len() {
            let (unit, from, to) = self.steps[index];
            let (from, to) = (self.list(from), self.list(to));
            let spot = self.spot[unit];
            self.members[from].swap_remove(spot);
            if let Some(moved) = self.members[from].get(spot) {
                self.spot[*moved] = spot;
            }
            self.spot[unit] = self.members[to].len();
            self.members[to].push(unit);
        }
    }
}
