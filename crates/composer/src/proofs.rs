//! The parts of the search against each other and against counting anew, on random problems.

#[path = "../tests/it/common/mod.rs"]
mod common;

use std::collections::BTreeSet;

use common::{Shape, problem, small, therapy};

use crate::conditions::{Condition, Dropped};
use crate::exact::{self, Best, Proof};
use crate::feasible::{self, NoPlan};
use crate::model::Model;
use crate::problem::Problem;
use crate::state::{NOWHERE, State};
use crate::{clash, compose, plan, sets};

fn first(model: &Model) -> Result<Best, NoPlan> {
    let at = feasible::plan(model, &|| false, u64::MAX)?;
    let mut state = State::new(model);
    state.become_like(&at);
    assert_eq!(state.broken, 0);
    Ok(Best {
        at,
        values: state.totals,
    })
}

#[test]
fn branch_and_bound_and_all_sets_of_people_find_the_same() {
    let mut chance = common::Chance::new(3);
    let mut compared = 0;
    while compared < 300 {
        let shape = Shape {
            people: 6 + chance.below(6),
            groups: 2 + chance.below(4),
            slots: 2,
            leaders: 3,
            rooms: 2,
            most: 5,
            seated: [0, 25][chance.below(2)],
            apart: 2,
            together: 1,
            bans: 1,
        };
        let problem = Problem::of(&problem(&mut chance, shape)).unwrap();
        let Ok(model) = Model::new(&problem, &Dropped::new()) else {
            continue;
        };
        let Ok(start) = first(&model) else { continue };
        let (mut branched, mut by_sets) = (start.clone(), start);
        assert_eq!(
            exact::improve(&model, &mut branched, &|| false, u64::MAX),
            Proof::Whole
        );
        assert_eq!(sets::improve(&model, &mut by_sets, &|| false), Proof::Whole);
        let values =
            |best: &Best| -> Vec<i64> { model.order.iter().map(|level| best.values.of(*level)).collect() };
        assert_eq!(values(&branched), values(&by_sets), "{problem:?}");
        compared += 1;
    }
}

#[test]
fn what_is_kept_step_by_step_is_what_counting_anew_gives() {
    let mut chance = common::Chance::new(4);
    for number in 0..200 {
        let json = if number % 2 == 0 {
            small(&mut chance)
        } else {
            therapy(&mut chance, 24)
        };
        let problem = Problem::of(&json).unwrap();
        let Ok(model) = Model::new(&problem, &Dropped::new()) else {
            continue;
        };
        let mut state = State::new(&model);
        for _ in 0..200 {
            if model.free.is_empty() {
                break;
            }
            let unit = model.free[chance.below(model.free.len())];
            let options = &model.units[unit].options;
            state.take(unit);
            let to = options[chance.below(options.len())];
            if state.fits(unit, to) && chance.below(4) > 0 {
                state.put(unit, to);
            }
            let seats = compose::seats_of(&model, &state.at, problem.people.len());
            assert_eq!(plan::values(&problem, &seats), state.totals);
            assert_eq!(
                plan::broken(&problem, &seats).is_empty(),
                state.broken == 0,
                "{problem:?}"
            );
        }
        assert!(
            state
                .at
                .iter()
                .all(|at| *at == NOWHERE || *at < model.places.len())
        );
    }
}

#[test]
fn no_smaller_set_of_conditions_clashes() {
    let mut chance = common::Chance::new(6);
    let mut compared = 0;
    while compared < 60 {
        let problem = Problem::of(&small(&mut chance)).unwrap();
        let all = Condition::all(&problem);
        let impossible = |held: &BTreeSet<usize>| {
            let dropped: Dropped = (0..all.len())
                .filter(|at| !held.contains(at))
                .map(|at| all[at].clone())
                .collect();
            let model = Model::new(&problem, &dropped).map_err(NoPlan::from);
            model.and_then(|model| feasible::plan(&model, &|| false, u64::MAX)) == Err(NoPlan::Impossible)
        };
        if all.len() > 16 || !impossible(&(0..all.len()).collect()) {
            continue;
        }
        let found = clash::smallest(&problem, &|| false);
        let least = (1_usize..1 << all.len())
            .filter(|set| (set.count_ones() as usize) < found.len())
            .find(|set| impossible(&(0..all.len()).filter(|at| set >> at & 1 == 1).collect()));
        assert_eq!(least, None, "{found:?} {problem:?}");
        let held = (0..all.len())
            .filter(|at| found.contains(&all[*at].words(&problem)))
            .collect();
        assert!(impossible(&held), "{found:?}");
        compared += 1;
    }
}
