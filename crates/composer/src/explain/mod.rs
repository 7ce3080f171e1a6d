//! Why someone is where they are, and for who is nowhere what binds and the smallest change that would place them.
//!
//! Everyone else stays where they are: a reason is what stands against this one step.

mod blocks;

use std::collections::BTreeMap;

use crate::levels::{Aim, Level, Values};
use crate::model::Model;
use crate::problem::Problem;
use crate::state::{NOWHERE, State};
use blocks::Block;

pub(crate) struct Explained {
    pub(crate) unplaced: BTreeMap<String, Vec<String>>,
    pub(crate) why: BTreeMap<String, Vec<String>>,
}

pub(crate) fn all(problem: &Problem, model: &Model, at: &[usize]) -> Explained {
    let mut state = State::new(model);
    state.become_like(at);
    let mut explained = Explained {
        unplaced: BTreeMap::new(),
        why: BTreeMap::new(),
    };
    for (unit, group) in at.iter().enumerate() {
        let others = elsewhere(problem, &mut state, unit);
        for person in &model.units[unit].members {
            let id = problem.people[*person].id.clone();
            if *group == NOWHERE {
                explained.unplaced.insert(id, unplaced(problem, &others));
            } else {
                explained
                    .why
                    .insert(id, placed(problem, &mut state, unit, *person, &others));
            }
        }
    }
    explained
}

/// What another group would be for a unit.
struct Other {
    group: usize,
    blocks: Vec<Block>,
    /// What would be reached, where nothing stands against it.
    values: Option<Values>,
}

/// All other groups, each with what stands against it.
fn elsewhere(problem: &Problem, state: &mut State, unit: usize) -> Vec<Other> {
    let from = state.take(unit);
    let mut others = Vec::new();
    for group in (0..problem.groups.len()).filter(|group| *group != from) {
        let blocks = blocks::of(problem, state, unit, group);
        let mut values = None;
        if blocks.is_empty() {
            state.put(unit, group);
            // Whom they leave behind may not be able to go on without them.
            values = (state.broken == 0).then_some(state.totals);
            state.take(unit);
        }
        others.push(Other {
            group,
            blocks,
            values,
        });
    }
    if from != NOWHERE {
        state.put(unit, from);
    }
    others
}

fn unplaced(problem: &Problem, others: &[Other]) -> Vec<String> {
    let id = |other: &Other| &problem.groups[other.group].id;
    let mut reasons = Vec::new();
    // What one person alone is about is said of the groups that are possible for them; of the others only if there is none.
    let possible: Vec<&Other> = others
        .iter()
        .filter(|other| !other.blocks.iter().any(Block::is_own))
        .collect();
    if possible.is_empty() {
        reasons.push("there is no group that they qualify for, at a time when they can come, without who must not lead them".to_owned());
    }
    for other in &possible {
        let blocks: Vec<String> = other.blocks.iter().map(|block| block.words(problem)).collect();
        match other.values {
            Some(_) => reasons.push(format!(
                "{}: could come, but the levels would be worse",
                id(other)
            )),
            None => reasons.push(format!("{}: {}", id(other), blocks.join("; "))),
        }
    }
    let nearest = others.iter().filter(|other| !other.blocks.is_empty());
    let nearest = nearest.min_by_key(|other| {
        let hardest = other.blocks.iter().map(Block::weight).max();
        (other.blocks.len(), hardest, other.group)
    });
    if let Some(nearest) = nearest {
        let changes: Vec<String> = nearest.blocks.iter().map(|block| block.change(problem)).collect();
        reasons.push(format!(
            "smallest change, for {}: {}",
            id(nearest),
            changes.join("; ")
        ));
    }
    reasons
}

fn placed(problem: &Problem, state: &mut State, unit: usize, person: usize, others: &[Other]) -> Vec<String> {
    let group = state.at[unit];
    let who = &problem.people[person];
    let mut why = Vec::new();
    if who.seated.is_some() {
        why.push("sits here already".to_owned());
    } else {
        let slot = &problem.groups[group].slot;
        why.push(format!(
            "qualifies, can come at {slot}, has waited {} days",
            who.waiting_days
        ));
    }
    if state.model.units[unit].members.len() > 1 {
        let mates = state.model.units[unit]
            .members
            .iter()
            .filter(|mate| **mate != person);
        let mates: Vec<&str> = mates.map(|mate| problem.people[*mate].id.as_str()).collect();
        why.push(format!("together with {}", mates.join(", ")));
    }
    if problem.prefers(person, group) {
        why.push("prefers it".to_owned());
    }
    why.extend(company(problem, state, unit, person));
    why.extend(cost(state, unit));
    if who.seated.is_none() {
        let now = state.totals;
        for other in others {
            let liked = problem.prefers(person, other.group) && !problem.prefers(person, group);
            let id = &problem.groups[other.group].id;
            let possible = !other.blocks.iter().any(Block::is_own);
            match &other.values {
                Some(values) => {
                    why.extend(worse(problem, &now, values).map(|worse| format!("not {id}: {worse}")))
                }
                None if liked && possible => {
                    let blocks: Vec<String> = other.blocks.iter().map(|block| block.words(problem)).collect();
                    let blocks = if blocks.is_empty() {
                        "those they leave could not go on without them".to_owned()
                    } else {
                        blocks.join("; ")
                    };
                    why.push(format!("not {id}, which they prefer: {blocks}"));
                }
                None => {}
            }
        }
    }
    why
}

/// "in company: 2 others with gender woman".
fn company(problem: &Problem, state: &State, unit: usize, person: usize) -> Vec<String> {
    let group = state.at[unit];
    let who = &problem.people[person];
    let mut told = Vec::new();
    for name in &problem.never_alone {
        let Some(value) = who.value(name) else { continue };
        let units = state
            .model
            .units
            .iter()
            .zip(&state.at)
            .filter(|(_, at)| **at == group);
        let here = units.flat_map(|(unit, _)| &unit.members);
        let others =
            here.filter(|other| **other != person && problem.people[**other].value(name) == Some(value));
        told.push(format!("not alone: {} more with {name} {value}", others.count()));
    }
    told
}

/// What being here adds to the levels that are to be low.
fn cost(state: &mut State, unit: usize) -> Option<String> {
    let with = state.totals;
    let group = state.take(unit);
    let without = state.totals;
    state.put(unit, group);
    let levels = state.model.order.iter().filter(|level| level.aim() == Aim::Less);
    let adds: Vec<String> = levels
        .map(|level| (level, with.of(*level) - without.of(*level)))
        .filter(|(_, added)| *added != 0)
        .map(|(level, added)| format!("{} {added}", level.name()))
        .collect();
    (!adds.is_empty()).then(|| format!("costs {}", adds.join(", ")))
}

/// The first level at which the plan would be another.
fn worse(problem: &Problem, now: &Values, then: &Values) -> Option<String> {
    let levels: Vec<Level> = problem.order.clone();
    let level = levels
        .into_iter()
        .find(|level| now.of(*level) != then.of(*level))?;
    Some(format!(
        "{} would be {} in place of {}",
        level.name(),
        then.of(level),
        now.of(level)
    ))
}
