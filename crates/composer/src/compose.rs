//! From a problem to a plan: a first plan, independent starts of the search, bounds and, where it can end, a proof.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering as Memory};

use crate::chance::Chance;
use crate::clash;
use crate::conditions::Dropped;
use crate::exact::{self, Best, Proof};
use crate::explain;
use crate::feasible::{self, NoPlan, Stop};
use crate::levels::{Values, count};
use crate::model::Model;
use crate::plan::{Plan, Reached, Seats, Status};
use crate::problem::Problem;
use crate::search::{self, Task};
use crate::{bounds, sets, state};

/// Up to so many people who can still move, the best plan is found and proven whatever it takes.
pub const PROVEN_PEOPLE: usize = 14;
/// Up to so many it is tried for a while.
const TRIED_PEOPLE: usize = 30;
const TRIED_NODES: u64 = 20_000;

/// How to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct How {
    /// How many starts at most.
    pub effort: u32,
    pub seed: u64,
    /// How many at a time; the plan is the same for any.
    pub threads: usize,
}

impl Default for How {
    fn default() -> Self {
        Self {
            effort: 16,
            seed: 1,
            threads: 1,
        }
    }
}

/// Whoever waits for the plan.
pub trait Watch: Sync {
    /// Whether to end now with the best plan there is.
    fn stop(&self) -> bool;

    /// So many starts are done; the best of them reached this.
    fn progress(&self, done: u32, levels: &[Reached]);
}

/// Waits for as long as it takes.
pub struct Patient;

impl Watch for Patient {
    fn stop(&self) -> bool {
        false
    }

    fn progress(&self, _: u32, _: &[Reached]) {}
}

/// It was stopped before it was known whether there is any plan at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it was stopped before it was known whether there is any plan; give it more time")]
pub struct Undecided;

/// The best plan that was found. An impossible problem gives a plan that says why.
pub fn compose(problem: &Problem, how: How, watch: &dyn Watch) -> Result<Plan, Undecided> {
    let stop: Stop = &|| watch.stop();
    let model = Model::new(problem, &Dropped::new());
    let first = model.map_err(NoPlan::from).and_then(|model| {
        let at = feasible::plan(&model, stop, u64::MAX)?;
        Ok((model, at))
    });
    let (model, at) = match first {
        Ok(first) => first,
        Err(NoPlan::Unknown) => return Err(Undecided),
        Err(NoPlan::Impossible) => return Ok(impossible(problem, stop)),
    };
    let mut first = state::State::new(&model);
    first.become_like(&at);
    let first = Best {
        values: first.totals,
        at,
    };
    let bounds = bounds::of(&model, &first.values);
    let task = Task {
        model: &model,
        from: &first,
        bounds: &bounds,
        stop,
    };
    let (mut best, effort) = starts(&task, how, watch);
    let people: i64 = model.free.iter().map(|unit| model.units[*unit].size).sum();
    let people = usize::try_from(people).unwrap_or(usize::MAX);
    let proven =
        is_proven(&model, &best.values) || prove(&model, &mut best, people, effort, stop) == Proof::Whole;
    let bounds = if proven {
        exactly(&model, &best.values)
    } else {
        bounds::of(&model, &best.values)
    };
    Ok(told(problem, &model, &best, &bounds, effort))
}

/// Few people are proven whatever it takes: by branch and bound where that ends soon, else over all sets of them.
fn prove(model: &Model, best: &mut Best, people: usize, effort: u32, stop: Stop) -> Proof {
    match people {
        _ if people <= PROVEN_PEOPLE => match exact::improve(model, best, stop, TRIED_NODES) {
            Proof::CutShort => sets::improve(model, best, stop),
            Proof::Whole => Proof::Whole,
        },
        _ if people <= TRIED_PEOPLE => {
            exact::improve(model, best, stop, TRIED_NODES * u64::from(effort.max(1)))
        }
        _ => Proof::CutShort,
    }
}

fn exactly(model: &Model, values: &Values) -> Vec<Option<i64>> {
    model.order.iter().map(|level| Some(values.of(*level))).collect()
}

fn is_proven(model: &Model, values: &Values) -> bool {
    bounds::of(model, values) == exactly(model, values)
}

/// The best of all starts, and how many went through. Starts share nothing, and the first of equals counts: so it is the same
/// whoever finishes first.
fn starts(task: &Task, how: How, watch: &dyn Watch) -> (Best, u32) {
    let next = AtomicU32::new(0);
    let enough = AtomicBool::new(false);
    let done: Mutex<Done> = Mutex::new(Done {
        best: task.from.clone(),
        count: 0,
        waiting: BTreeMap::new(),
        cut: None,
    });
    // Few people are proven anyway: one start gives a good plan to begin with.
    let few = task
        .model
        .free
        .iter()
        .map(|unit| task.model.units[*unit].size)
        .sum::<i64>()
        <= count(PROVEN_PEOPLE);
    let most = if few { how.effort.min(1) } else { how.effort };
    let stop = || enough.load(Memory::Relaxed) || (task.stop)();
    let work = || {
        loop {
            let number = next.fetch_add(1, Memory::Relaxed);
            if number >= most || stop() {
                return;
            }
            let mut chance = Chance::of_start(how.seed, number);
            let mine = Task { stop: &stop, ..*task };
            let (best, whole) = search::start(&mine, &mut chance);
            // Another thread that panicked has no part in what is kept here.
            let mut done = done.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            done.take(task.model, number, best, whole);
            watch.progress(done.count, &reached(task.model, &done.best.values, task.bounds));
            if is_proven(task.model, &done.best.values) {
                enough.store(true, Memory::Relaxed);
            }
        }
    };
    if how.threads <= 1 {
        work();
    } else {
        std::thread::scope(|scope| {
            for _ in 0..how.threads.min(64) {
                scope.spawn(work);
            }
        });
    }
    let done = done
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    match done.cut {
        // Not even one start went through: then whatever was found counts.
        Some(cut) if done.count == 0 => (cut, 0),
        _ => (done.best, done.count),
    }
}

struct Done {
    /// Of the first `count` starts.
    best: Best,
    count: u32,
    /// Those that finished before an earlier one.
    waiting: BTreeMap<u32, Best>,
    /// The best of those that were stopped.
    cut: Option<Best>,
}

impl Done {
    fn take(&mut self, model: &Model, number: u32, best: Best, whole: bool) {
        let better =
            |one: &Best, than: &Best| one.values.compare(&than.values, &model.order) == Ordering::Less;
        if !whole {
            if self.cut.as_ref().is_none_or(|cut| better(&best, cut)) {
                self.cut = Some(best);
            }
            return;
        }
        self.waiting.insert(number, best);
        while let Some(best) = self.waiting.remove(&self.count) {
            // What comes after a proven best is not looked at, even where it is done.
            if better(&best, &self.best) {
                self.best = best;
            }
            self.count += 1;
        }
    }
}

fn reached(model: &Model, values: &Values, bounds: &[Option<i64>]) -> Vec<Reached> {
    let levels = model.order.iter().zip(bounds);
    levels
        .map(|(level, bound)| Reached {
            name: *level,
            value: values.of(*level),
            bound: *bound,
        })
        .collect()
}

pub(crate) fn seats_of(model: &Model, at: &[usize], people: usize) -> Seats {
    let mut seats = vec![None; people];
    for (unit, group) in model.units.iter().zip(at) {
        for person in &unit.members {
            seats[*person] = (*group != state::NOWHERE).then_some(*group);
        }
    }
    seats
}

fn told(problem: &Problem, model: &Model, best: &Best, bounds: &[Option<i64>], effort: u32) -> Plan {
    let seats = seats_of(model, &best.at, problem.people.len());
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (person, seat) in problem.people.iter().zip(seats) {
        if let Some(group) = seat {
            groups
                .entry(problem.groups[group].id.clone())
                .or_default()
                .push(person.id.clone());
        }
    }
    let optimal = bounds == exactly(model, &best.values);
    let explained = explain::all(problem, model, &best.at);
    Plan {
        status: if optimal {
            Status::Optimal
        } else {
            Status::Feasible
        },
        effort,
        levels: reached(model, &best.values, bounds),
        groups,
        unplaced: explained.unplaced,
        why: explained.why,
        clash: Vec::new(),
    }
}

fn impossible(problem: &Problem, stop: Stop) -> Plan {
    Plan {
        status: Status::Infeasible,
        effort: 0,
        levels: Vec::new(),
        groups: BTreeMap::new(),
        unplaced: BTreeMap::new(),
        why: BTreeMap::new(),
        clash: clash::smallest(problem, stop),
    }
}
