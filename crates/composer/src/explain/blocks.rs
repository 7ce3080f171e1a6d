//! What stands against a unit in a group, with everyone else where they are.

use std::collections::BTreeMap;

use crate::conditions::shared;
use crate::problem::Problem;
use crate::state::State;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// The person cannot come then.
    Slot(usize, usize),
    /// The person does not qualify.
    Eligible(usize, usize),
    /// A leader of the group must not lead the person.
    Ban(usize, String),
    Apart(usize, usize),
    /// The group, and how many it would have.
    Full(usize, i64),
    /// The group is closed, and would have so many.
    TooFew(usize, i64),
    /// The other group is open and needs the same leader or room.
    Clash(usize, usize),
    /// The person would be the only one with this trait.
    Alone(usize, String),
}

pub(super) fn of(problem: &Problem, state: &State, unit: usize, group: usize) -> Vec<Block> {
    let model = state.model;
    let own = &model.units[unit];
    let mut blocks = Vec::new();
    let target = &problem.groups[group];
    for person in &own.members {
        let who = &problem.people[*person];
        if !who.slots.contains(&target.slot) {
            blocks.push(Block::Slot(*person, group));
        }
        if !who.groups.contains(&target.id) {
            blocks.push(Block::Eligible(*person, group));
        }
        let bans = problem.leader_bans.iter();
        let bans = bans.filter(|(leader, banned)| *banned == who.id && target.leaders.contains(leader));
        blocks.extend(bans.map(|(leader, _)| Block::Ban(*person, leader.clone())));
    }
    for other in own.apart.iter().filter(|other| state.at[**other] == group) {
        blocks.extend(apart(problem, &own.members, &model.units[*other].members));
    }
    let size = state.size[group] + own.size;
    if size > target.max {
        blocks.push(Block::Full(group, size));
    }
    if size < target.min {
        blocks.push(Block::TooFew(group, size));
    }
    let clashes = model.places[group].clashes.iter();
    blocks.extend(
        clashes
            .filter(|other| state.size[**other] > 0)
            .map(|other| Block::Clash(group, *other)),
    );
    blocks.extend(alone(problem, state, unit, group));
    blocks
}

fn apart(problem: &Problem, ours: &[usize], theirs: &[usize]) -> Option<Block> {
    let id = |person: &usize| &problem.people[*person].id;
    let pairs = ours
        .iter()
        .flat_map(|own| theirs.iter().map(move |other| (own, other)));
    let mut apart = pairs.filter(|(own, other)| {
        let mut all = problem.apart.iter();
        all.any(|(a, b)| (a == id(own) && b == id(other)) || (a == id(other) && b == id(own)))
    });
    apart.next().map(|(own, other)| Block::Apart(*own, *other))
}

fn alone(problem: &Problem, state: &State, unit: usize, group: usize) -> Vec<Block> {
    let members = &state.model.units[unit].members;
    let mut blocks = Vec::new();
    for name in &problem.never_alone {
        let mut counts: BTreeMap<&str, (usize, i64)> = BTreeMap::new();
        for person in members {
            if let Some(value) = problem.people[*person].value(name) {
                counts.entry(value).or_insert((*person, 0)).1 += 1;
            }
        }
        for (value, (person, count)) in counts {
            let units = state
                .model
                .units
                .iter()
                .zip(&state.at)
                .filter(|(_, at)| **at == group);
            let here = units.flat_map(|(unit, _)| &unit.members);
            let others = here
                .filter(|other| problem.people[**other].value(name) == Some(value))
                .count();
            if count == 1 && others == 0 {
                blocks.push(Block::Alone(person, name.clone()));
            }
        }
    }
    blocks
}

impl Block {
    /// Whether it is about the person, not about who else is there.
    pub(super) fn is_own(&self) -> bool {
        matches!(self, Self::Slot(..) | Self::Eligible(..) | Self::Ban(..))
    }

    /// How much it takes to change it: a limit is easily raised, whom someone must not meet is not.
    pub(super) fn weight(&self) -> u8 {
        match self {
            Self::Full(..) => 0,
            Self::TooFew(..) => 1,
            Self::Slot(..) => 2,
            Self::Clash(..) => 3,
            Self::Alone(..) => 4,
            Self::Eligible(..) => 5,
            Self::Ban(..) => 6,
            Self::Apart(..) => 7,
        }
    }

    pub(super) fn words(&self, problem: &Problem) -> String {
        let person = |at: &usize| &problem.people[*at].id;
        let group = |at: &usize| &problem.groups[*at];
        match self {
            Self::Slot(who, at) => format!("{} cannot come at {}", person(who), group(at).slot),
            Self::Eligible(who, at) => format!("{} does not qualify for {}", person(who), group(at).id),
            Self::Ban(who, leader) => format!("{} must not be led by {leader}", person(who)),
            Self::Apart(who, other) => format!("{} and {} must be apart", person(who), person(other)),
            Self::Full(at, _) => format!("full: it takes {} people at most", group(at).max),
            Self::TooFew(at, size) => format!(
                "not open: it needs {} people and would have {size}",
                group(at).min
            ),
            Self::Clash(at, other) => {
                format!(
                    "{} is open then and needs the same {}",
                    group(other).id,
                    shared(problem, *at, *other)
                )
            }
            Self::Alone(who, name) => {
                let value = problem.people[*who].value(name).unwrap_or_default();
                format!("{} would be the only one with {name} {value}", person(who))
            }
        }
    }

    /// What would have to be otherwise.
    pub(super) fn change(&self, problem: &Problem) -> String {
        let person = |at: &usize| &problem.people[*at].id;
        let group = |at: &usize| &problem.groups[*at];
        match self {
            Self::Slot(who, at) => format!("{} can come at {}", person(who), group(at).slot),
            Self::Eligible(who, at) => format!("{} qualifies for {}", person(who), group(at).id),
            Self::Ban(who, leader) => format!("{} may be led by {leader}, or another leads", person(who)),
            Self::Apart(who, other) => format!("{} and {} may meet", person(who), person(other)),
            Self::Full(at, size) => format!(
                "{} takes {size} people in place of {}",
                group(at).id,
                group(at).max
            ),
            Self::TooFew(at, size) => format!(
                "{} opens with {size} people in place of {}",
                group(at).id,
                group(at).min
            ),
            Self::Clash(at, other) => {
                let both = shared(problem, *at, *other);
                format!("another than {both} for {} or {}", group(at).id, group(other).id)
            }
            Self::Alone(who, name) => {
                let value = problem.people[*who].value(name).unwrap_or_default();
                format!(
                    "one more with {name} {value} comes, or {} opts out of {name}",
                    person(who)
                )
            }
        }
    }
}
