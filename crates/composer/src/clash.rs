//! The smallest set of conditions that cannot hold at once.
//!
//! First every condition is dropped by itself and stays dropped where the rest is still impossible: what is left is a set of which
//! none can be spared. Then a smaller one is looked for: a set that meets every way out found so far is a candidate; either it is
//! impossible by itself, and then none is smaller, or it shows another way out (Ignatiev and others 2015).

use std::collections::BTreeSet;

use crate::conditions::{Condition, Dropped};
use crate::feasible::{self, NoPlan, Stop};
use crate::model::Model;
use crate::problem::Problem;

/// So many nodes of the search answer whether a set of conditions can hold.
const NODES: u64 = 200_000;
/// So many ways out are looked at before the set is taken as it is.
const WAYS: usize = 400;

/// The conditions as sentences.
pub(crate) fn smallest(problem: &Problem, stop: Stop) -> Vec<String> {
    let all = Condition::all(problem);
    let irreducible = reduce(problem, &all, stop);
    let smallest = smaller(problem, &all, irreducible.len(), stop).unwrap_or(irreducible);
    smallest
        .iter()
        .map(|condition| condition.words(problem))
        .collect()
}

/// Whether these conditions alone cannot hold. Where that is not known, they are not called impossible.
fn is_impossible(problem: &Problem, all: &[Condition], held: &BTreeSet<usize>, stop: Stop) -> bool {
    let dropped: Dropped = (0..all.len())
        .filter(|at| !held.contains(at))
        .map(|at| all[at].clone())
        .collect();
    let found = Model::new(problem, &dropped).map_err(NoPlan::from);
    let found = found.and_then(|model| feasible::plan(&model, stop, NODES));
    found == Err(NoPlan::Impossible)
}

/// Drops halves, quarters and so on, and at last each by itself.
fn reduce(problem: &Problem, all: &[Condition], stop: Stop) -> Vec<Condition> {
    let mut held: BTreeSet<usize> = (0..all.len()).collect();
    let mut size = all.len().div_ceil(2).max(1);
    loop {
        let list: Vec<usize> = held.iter().copied().collect();
        for part in list.chunks(size) {
            let less: BTreeSet<usize> = held.iter().copied().filter(|at| !part.contains(at)).collect();
            if is_impossible(problem, all, &less, stop) {
                held = less;
            }
        }
        if size == 1 {
            return held.into_iter().map(|at| all[at].clone()).collect();
        }
        size = size.div_ceil(2);
    }
}

/// A set of fewer conditions than `than`, if there is one and it is found.
fn smaller(problem: &Problem, all: &[Condition], than: usize, stop: Stop) -> Option<Vec<Condition>> {
    // Each way out: to hold all conditions but these is possible.
    let mut ways: Vec<BTreeSet<usize>> = Vec::new();
    while ways.len() < WAYS && !stop() {
        let candidate = meeting(&ways, than.checked_sub(1)?)?;
        if is_impossible(problem, all, &candidate, stop) {
            return Some(candidate.into_iter().map(|at| all[at].clone()).collect());
        }
        let mut held = candidate;
        for at in 0..all.len() {
            if held.insert(at) && is_impossible(problem, all, &held, stop) {
                held.remove(&at);
            }
        }
        ways.push((0..all.len()).filter(|at| !held.contains(at)).collect());
    }
    None
}

/// The smallest set, of `most` at most, that has something of each way out.
fn meeting(ways: &[BTreeSet<usize>], most: usize) -> Option<BTreeSet<usize>> {
    (0..=most).find_map(|size| {
        let mut chosen = BTreeSet::new();
        meet(ways, size, &mut chosen).then_some(chosen)
    })
}

fn meet(ways: &[BTreeSet<usize>], left: usize, chosen: &mut BTreeSet<usize>) -> bool {
    let Some(way) = ways.iter().find(|way| way.is_disjoint(chosen)) else {
        return true;
    };
    if left == 0 {
        return false;
    }
    for at in way {
        chosen.insert(*at);
        if meet(ways, left - 1, chosen) {
            return true;
        }
        chosen.remove(at);
    }
    false
}
