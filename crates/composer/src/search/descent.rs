//! From the best plan to one that no single step betters: every insertion, swap and ejection is tried until none helps.

use std::cmp::Ordering;

use crate::exact::Best;
use crate::state::{NOWHERE, State};

/// With more units than this a start ends without its last descent.
pub(super) const MOST_UNITS: usize = 120;

pub(super) fn run(state: &mut State, best: &mut Best) {
    state.become_like(&best.at);
    while inserted(state, best) || swapped(state, best) || ejected(state, best) {}
}

fn better(state: &State, best: &mut Best) -> bool {
    let better =
        state.broken == 0 && state.totals.compare(&best.values, &state.model.order) == Ordering::Less;
    if better {
        best.values = state.totals;
        best.at.clone_from(&state.at);
    }
    better
}

fn inserted(state: &mut State, best: &mut Best) -> bool {
    let model = state.model;
    let mut helped = false;
    for unit in &model.free {
        for group in &model.units[*unit].options {
            let from = state.take(*unit);
            if from != *group && state.fits(*unit, *group) {
                state.put(*unit, *group);
                if better(state, best) {
                    helped = true;
                    continue;
                }
                state.take(*unit);
            }
            back(state, *unit, from);
        }
    }
    helped
}

fn swapped(state: &mut State, best: &mut Best) -> bool {
    let model = state.model;
    let mut helped = false;
    for (index, one) in model.free.iter().enumerate() {
        for other in &model.free[..index] {
            if state.at[*one] == state.at[*other] {
                continue;
            }
            let (from, to) = (state.take(*one), state.take(*other));
            if try_both(state, (*one, to), (*other, from)) {
                if better(state, best) {
                    helped = true;
                    continue;
                }
                state.take(*one);
                state.take(*other);
            }
            back(state, *one, from);
            back(state, *other, to);
        }
    }
    helped
}

/// One comes into a group, someone there goes on to a third.
fn ejected(state: &mut State, best: &mut Best) -> bool {
    let model = state.model;
    for one in &model.free {
        for group in &model.units[*one].options {
            if state.at[*one] == *group {
                continue;
            }
            for other in &model.free {
                if state.at[*other] != *group {
                    continue;
                }
                for on in model.units[*other].options.iter().chain(&[NOWHERE]) {
                    if on == group {
                        continue;
                    }
                    let (from, to) = (state.take(*one), state.take(*other));
                    if try_both(state, (*one, *group), (*other, *on)) {
                        if better(state, best) {
                            return true;
                        }
                        state.take(*one);
                        state.take(*other);
                    }
                    back(state, *one, from);
                    back(state, *other, to);
                }
            }
        }
    }
    false
}

/// Puts both where they fit; neither where one does not.
fn try_both(state: &mut State, one: (usize, usize), other: (usize, usize)) -> bool {
    for (unit, group) in [one, other] {
        if group != NOWHERE && !state.fits(unit, group) {
            state.take(one.0);
            return false;
        }
        back(state, unit, group);
    }
    true
}

fn back(state: &mut State, unit: usize, group: usize) {
    if group != NOWHERE {
        state.put(unit, group);
    }
}
