//! The plan: who is in which group, how good that is level by level, and why.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::levels::{Level, Values, count};
use crate::problem::Problem;
use crate::reading::{Refused, Slip, json};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Nothing is better, and that is proven.
    Optimal,
    /// Keeps every condition; something better may exist.
    Feasible,
    /// There is no plan; `clash` says what cannot be at once.
    Infeasible,
}

/// What a plan reached at one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reached {
    pub name: Level,
    pub value: i64,
    /// No plan that is as good at the levels before has a better value than this; null where nothing is known.
    #[serde(default)]
    pub bound: Option<i64>,
}

/// A plan, as it is written to a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    pub status: Status,
    /// How many starts went through to their end: as much effort with the same seed gives the same plan.
    pub effort: u32,
    #[serde(default)]
    pub levels: Vec<Reached>,
    /// Groups that are open.
    pub groups: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub unplaced: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub why: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub clash: Vec<String>,
}

impl Plan {
    /// Reads a plan, also one that somebody wrote by hand: only `status`, `effort` and `groups` must be there.
    pub fn read(text: &str) -> Result<Self, Refused> {
        serde_json::from_value(json(text)?).map_err(|error| {
            Refused(vec![Slip {
                path: String::new(),
                value: String::new(),
                what: format!("this is no plan: {error}"),
            }])
        })
    }
}

/// The group of each person, by their indices.
pub(crate) type Seats = Vec<Option<usize>>;

/// Where everyone is by the plan, or what in it names nobody or nothing.
pub(crate) fn seats(problem: &Problem, plan: &Plan) -> Result<Seats, Vec<String>> {
    let mut seats = vec![None; problem.people.len()];
    let mut wrong = Vec::new();
    let people: BTreeMap<&str, usize> = problem
        .people
        .iter()
        .enumerate()
        .map(|(at, person)| (person.id.as_str(), at))
        .collect();
    for (id, members) in &plan.groups {
        let Some(group) = problem.group(id) else {
            wrong.push(format!("{id} is no group of the problem"));
            continue;
        };
        for member in members {
            match people.get(member.as_str()).map(|at| &mut seats[*at]) {
                None => wrong.push(format!("{member} in {id} is no person of the problem")),
                Some(Some(_)) => wrong.push(format!("{member} is in two places")),
                Some(seat) => *seat = Some(group),
            }
        }
    }
    for person in plan.unplaced.keys() {
        match people.get(person.as_str()).map(|at| seats[*at]) {
            None => wrong.push(format!("{person}, told as unplaced, is no person of the problem")),
            Some(Some(_)) => wrong.push(format!("{person} is told as unplaced and is in a group")),
            Some(None) => {}
        }
    }
    if wrong.is_empty() { Ok(seats) } else { Err(wrong) }
}

/// Every condition that the seats break, each as a sentence. Counted anew from the problem, with nothing of what the search keeps.
pub(crate) fn broken(problem: &Problem, seats: &[Option<usize>]) -> Vec<String> {
    let mut broken = Vec::new();
    let members = members(problem, seats);
    for (at, person) in problem.people.iter().enumerate() {
        let id = &person.id;
        let here = seats[at].map(|group| &problem.groups[group]);
        if let Some(seat) = problem.seat(person)
            && here.is_none_or(|group| group.id != *seat)
        {
            broken.push(format!("{id} must be in {seat}, where they sit"));
        }
        let Some(group) = here else { continue };
        if !person.slots.contains(&group.slot) {
            broken.push(format!(
                "{id} cannot come at {}, when {} meets",
                group.slot, group.id
            ));
        }
        if !person.groups.contains(&group.id) {
            broken.push(format!("{id} does not qualify for {}", group.id));
        }
        for (leader, banned) in &problem.leader_bans {
            if banned == id && group.leaders.contains(leader) {
                broken.push(format!(
                    "{id} must not be led by {leader}, who leads {}",
                    group.id
                ));
            }
        }
    }
    for (at, group) in problem.groups.iter().enumerate() {
        let size = count(members[at].len());
        let id = &group.id;
        if size == 0 && problem.opened.contains(id) {
            broken.push(format!("{id} is to open and has nobody"));
        }
        if size > 0 && size < group.min {
            broken.push(format!("{id} has {size} people and needs {}", group.min));
        }
        if size > group.max {
            broken.push(format!("{id} has {size} people and takes {} at most", group.max));
        }
        for (other, there) in members[..at].iter().enumerate() {
            if size > 0 && !there.is_empty() && problem.clash(other, at) {
                let both = crate::conditions::shared(problem, other, at);
                broken.push(format!(
                    "{} and {id} need the same {both} at {}",
                    problem.groups[other].id, group.slot
                ));
            }
        }
        for name in &problem.never_alone {
            let mut counts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
            for person in members[at].iter().map(|person| &problem.people[*person]) {
                if let Some(value) = person.value(name) {
                    counts.entry(value).or_default().push(&person.id);
                }
            }
            for (value, who) in counts.into_iter().filter(|(_, who)| who.len() == 1) {
                broken.push(format!(
                    "{} would be the only one in {id} with {name} {value}",
                    who.concat()
                ));
            }
        }
    }
    let ids: BTreeMap<&str, usize> = problem
        .people
        .iter()
        .enumerate()
        .map(|(at, person)| (person.id.as_str(), at))
        .collect();
    let seat = |id: &String| ids.get(id.as_str()).and_then(|at| seats[*at]);
    for (one, other) in &problem.apart {
        if seat(one).is_some() && seat(one) == seat(other) {
            broken.push(format!("{one} and {other} must be apart"));
        }
    }
    for (one, other) in &problem.together {
        if seat(one) != seat(other) {
            broken.push(format!("{one} and {other} must be together"));
        }
    }
    broken
}

/// People of each group.
pub(crate) fn members(problem: &Problem, seats: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); problem.groups.len()];
    for (person, seat) in seats.iter().enumerate() {
        if let Some(group) = seat {
            members[*group].push(person);
        }
    }
    members
}

/// The six values, word for word as `docs/composer.md` defines them.
pub(crate) fn values(problem: &Problem, seats: &[Option<usize>]) -> Values {
    let mut values = Values::default();
    for (at, seat) in seats.iter().enumerate() {
        if let Some(group) = *seat {
            values.add(Level::Placed, 1);
            values.add(Level::Waiting, problem.people[at].waiting_days);
            values.add(Level::Preference, i64::from(problem.prefers(at, group)));
        }
    }
    for members in members(problem, seats) {
        let new = members
            .iter()
            .any(|person| problem.people[*person].seated.is_none());
        values.add(Level::Change, i64::from(new));
        for (index, one) in members.iter().enumerate() {
            for other in &members[..index] {
                let (one, other) = (&problem.people[*one], &problem.people[*other]);
                if let (Some(one), Some(other)) = (one.severity, other.severity) {
                    values.add(Level::Severity, (one - other) * (one - other));
                }
                let both = |name: &String| one.value(name).zip(other.value(name));
                let costly = |names: &BTreeSet<String>, counts: fn(&str, &str) -> bool| {
                    let pairs = names.iter().filter_map(both);
                    count(pairs.filter(|(one, other)| counts(one, other)).count())
                };
                let spread = costly(&problem.spread, |one, other| one == other);
                let alike = costly(&problem.alike, |one, other| one != other);
                values.add(Level::Spread, spread + alike);
            }
        }
    }
    values
}

/// The levels of any plan for this problem.
///
/// # Errors
/// Every condition that the plan breaks, as sentences.
pub fn check(problem: &Problem, plan: &Plan) -> Result<Vec<Reached>, Vec<String>> {
    if plan.status == Status::Infeasible {
        return Err(vec![
            "the plan says that there is none, and has nobody in a group".to_owned(),
        ]);
    }
    let seats = seats(problem, plan)?;
    let broken = broken(problem, &seats);
    if !broken.is_empty() {
        return Err(broken);
    }
    let values = values(problem, &seats);
    let levels = problem.order.iter();
    Ok(levels
        .map(|level| Reached {
            name: *level,
            value: values.of(*level),
            bound: None,
        })
        .collect())
}
