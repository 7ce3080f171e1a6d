//! The problem as numbers: people who must be together are one unit, and what can be said of a unit and a group alone is settled here.

use std::collections::{BTreeMap, BTreeSet};

use crate::conditions::{Condition, Dropped};
use crate::levels::{self, Level};
use crate::problem::Problem;

/// People who are in the same group, or in none.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unit {
    /// Indices of people.
    pub(crate) members: Vec<usize>,
    pub(crate) size: i64,
    /// Those who are not seated yet.
    pub(crate) newcomers: i64,
    pub(crate) waiting: i64,
    /// For each group, how many of them prefer it.
    pub(crate) prefer: Vec<i64>,
    /// Groups that are possible for all of them.
    pub(crate) options: Vec<usize>,
    /// Where they sit.
    pub(crate) fixed: Option<usize>,
    /// Units that must not be in the same group.
    pub(crate) apart: Vec<usize>,
    /// Of those whose severity is known: how many, the sum, the sum of squares.
    pub(crate) severity: [i64; 3],
    /// Values of traits to be alike or spread, with how many have each.
    pub(crate) values: Vec<(usize, i64)>,
    /// Values of traits that nobody is to be alone with.
    pub(crate) company: Vec<(usize, i64)>,
}

#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) min: i64,
    pub(crate) max: i64,
    /// Somebody sits here, or it must open: it cannot be closed.
    pub(crate) running: bool,
    /// Groups that cannot be open at the same time as this one.
    pub(crate) clashes: Vec<usize>,
}

/// A value of a trait that counts in pairs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Value {
    pub(crate) name: usize,
    /// Whether pairs that share it cost (to be spread), or pairs that differ (to be alike).
    pub(crate) cost: Cost,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cost {
    Same,
    Different,
}

#[derive(Debug, Clone)]
pub(crate) struct Model {
    pub(crate) order: Vec<Level>,
    pub(crate) units: Vec<Unit>,
    /// Units that do not sit anywhere and have an option.
    pub(crate) free: Vec<usize>,
    pub(crate) places: Vec<Place>,
    pub(crate) values: Vec<Value>,
    /// Names of traits that count in pairs.
    pub(crate) names: usize,
    pub(crate) companies: usize,
}

/// Those who sit already break a condition among themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Impossible;

impl Model {
    /// Without the dropped conditions.
    pub(crate) fn new(problem: &Problem, dropped: &Dropped) -> Result<Self, Impossible> {
        let holds = |condition| !dropped.contains(&condition);
        let unit_of = joined(problem, dropped);
        let count = unit_of.iter().max().map_or(0, |last| last + 1);
        let mut units = vec![Unit::default(); count];
        let index: BTreeMap<&str, usize> = problem
            .people
            .iter()
            .enumerate()
            .map(|(at, person)| (person.id.as_str(), at))
            .collect();
        let group_index: BTreeMap<&str, usize> = problem
            .groups
            .iter()
            .enumerate()
            .map(|(at, group)| (group.id.as_str(), at))
            .collect();
        let mut values = Features::default();
        let mut companies = Features::default();
        for (at, person) in problem.people.iter().enumerate() {
            let unit = &mut units[unit_of[at]];
            unit.members.push(at);
            unit.size += 1;
            unit.waiting += person.waiting_days;
            let seat = problem.seat(person).filter(|_| holds(Condition::Seat(at)));
            unit.newcomers += i64::from(seat.is_none() || seat != person.seated.as_ref());
            if let Some(group) = seat.and_then(|id| group_index.get(id.as_str())) {
                if unit.fixed.is_some_and(|fixed| fixed != *group) {
                    return Err(Impossible);
                }
                unit.fixed = Some(*group);
            }
            if let Some(severity) = person.severity {
                unit.severity[0] += 1;
                unit.severity[1] += severity;
                unit.severity[2] += severity * severity;
            }
            for (name, value) in &person.traits {
                if person.opt_out.contains(name) {
                    continue;
                }
                if problem.never_alone.contains(name) && holds(Condition::NeverAlone(name.clone())) {
                    companies.note(&mut unit.company, name, value);
                }
                if problem.alike.contains(name) || problem.spread.contains(name) {
                    values.note(&mut unit.values, name, value);
                }
            }
        }
        let bans = bans(problem, &index, dropped);
        for unit in &mut units {
            unit.prefer = (0..problem.groups.len())
                .map(|group| {
                    levels::count(
                        unit.members
                            .iter()
                            .filter(|person| problem.prefers(**person, group))
                            .count(),
                    )
                })
                .collect();
            unit.options = (0..problem.groups.len())
                .filter(|group| {
                    unit.members
                        .iter()
                        .all(|person| may(problem, *person, *group, &bans, dropped))
                })
                .collect();
        }
        for (at, (one, other)) in problem.apart.iter().enumerate() {
            if !holds(Condition::Apart(at)) {
                continue;
            }
            let (one, other) = (unit_of[index[one.as_str()]], unit_of[index[other.as_str()]]);
            if one == other {
                units[one].options.clear();
            } else {
                units[one].apart.push(other);
                units[other].apart.push(one);
            }
        }
        for unit in &mut units {
            unit.apart.sort_unstable();
            unit.apart.dedup();
        }
        let places = places(problem, &units, dropped);
        let model = Self {
            order: problem.order.clone(),
            values: values.costs(problem),
            names: values.names.len(),
            companies: companies.ids.len(),
            free: Vec::new(),
            units,
            places,
        };
        model.settle()
    }

    /// Checks those who sit among themselves, and takes away options that they rule out.
    fn settle(mut self) -> Result<Self, Impossible> {
        let mut size = vec![0; self.places.len()];
        for unit in &self.units {
            let Some(group) = unit.fixed else { continue };
            size[group] += unit.size;
            let apart = unit
                .apart
                .iter()
                .any(|other| self.units[*other].fixed == Some(group));
            if apart || !unit.options.contains(&group) || size[group] > self.places[group].max {
                return Err(Impossible);
            }
        }
        let running = |group: &usize| self.places[*group].running;
        let blocked: Vec<bool> = self
            .places
            .iter()
            .map(|place| place.clashes.iter().any(running))
            .collect();
        if self
            .places
            .iter()
            .zip(&blocked)
            .any(|(place, blocked)| place.running && *blocked)
        {
            return Err(Impossible);
        }
        let seats: Vec<Option<usize>> = self.units.iter().map(|unit| unit.fixed).collect();
        for (at, unit) in self.units.iter_mut().enumerate() {
            if unit.fixed.is_some() {
                continue;
            }
            let Unit {
                options,
                apart,
                size: own,
                ..
            } = unit;
            options.retain(|group| {
                let away = apart.iter().any(|other| seats[*other] == Some(*group));
                !blocked[*group] && !away && size[*group] + *own <= self.places[*group].max
            });
            if !options.is_empty() {
                self.free.push(at);
            }
        }
        Ok(self)
    }
}

/// Which groups can be open at the same time.
impl Model {
    /// Of these groups, every set that can be open together and to which none of them can be added (and some that are part of
    /// such a set); nothing where there are more than `most`.
    pub(crate) fn open_together(&self, groups: &[usize], most: usize) -> Option<Vec<Vec<usize>>> {
        let mut sets = vec![groups.to_vec()];
        for group in groups {
            for other in self.places[*group].clashes.iter().filter(|other| *other > group) {
                let mut next: Vec<Vec<usize>> = Vec::new();
                for set in sets {
                    if set.contains(group) && set.contains(other) {
                        let closed = [group, other]
                            .into_iter()
                            .filter(|closed| !self.places[**closed].running);
                        next.extend(closed.map(|closed| {
                            set.iter()
                                .copied()
                                .filter(|one| one != closed)
                                .collect::<Vec<_>>()
                        }));
                    } else {
                        next.push(set);
                    }
                }
                next.sort_unstable();
                next.dedup();
                if next.len() > most {
                    return None;
                }
                sets = next;
            }
        }
        Some(sets)
    }

    /// Groups that clash with each other, directly or through others, for all groups.
    pub(crate) fn clusters(&self) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.places.len()];
        let mut clusters = Vec::new();
        for first in 0..self.places.len() {
            let mut cluster = Vec::new();
            let mut next = vec![first];
            while let Some(group) = next.pop() {
                if !std::mem::replace(&mut seen[group], true) {
                    cluster.push(group);
                    next.extend(&self.places[group].clashes);
                }
            }
            if !cluster.is_empty() {
                cluster.sort_unstable();
                clusters.push(cluster);
            }
        }
        clusters
    }
}

/// The first of those joined with this one; ways there are shortened.
fn find(root: &mut [usize], mut at: usize) -> usize {
    while root[at] != at {
        root[at] = root[root[at]];
        at = root[at];
    }
    at
}

/// For each person the number of their unit, in the order of their first members.
fn joined(problem: &Problem, dropped: &Dropped) -> Vec<usize> {
    let index: BTreeMap<&str, usize> = problem
        .people
        .iter()
        .enumerate()
        .map(|(at, person)| (person.id.as_str(), at))
        .collect();
    let mut root: Vec<usize> = (0..problem.people.len()).collect();
    for (at, (one, other)) in problem.together.iter().enumerate() {
        if !dropped.contains(&Condition::Together(at)) {
            let (one, other) = (
                find(&mut root, index[one.as_str()]),
                find(&mut root, index[other.as_str()]),
            );
            root[one.max(other)] = one.min(other);
        }
    }
    let mut numbers = BTreeMap::new();
    (0..root.len())
        .map(|at| {
            let next = numbers.len();
            *numbers.entry(find(&mut root, at)).or_insert(next)
        })
        .collect()
}

type Bans<'a> = BTreeSet<(usize, &'a str)>;

fn bans<'a>(problem: &'a Problem, index: &BTreeMap<&str, usize>, dropped: &Dropped) -> Bans<'a> {
    let bans = problem.leader_bans.iter().enumerate();
    bans.filter(|(at, _)| !dropped.contains(&Condition::Ban(*at)))
        .map(|(_, (leader, person))| (index[person.as_str()], leader.as_str()))
        .collect()
}

fn may(problem: &Problem, at: usize, group: usize, bans: &Bans, dropped: &Dropped) -> bool {
    let (person, group) = (&problem.people[at], &problem.groups[group]);
    (person.slots.contains(&group.slot) || dropped.contains(&Condition::Slots(at)))
        && (person.groups.contains(&group.id) || dropped.contains(&Condition::Groups(at)))
        && !group
            .leaders
            .iter()
            .any(|leader| bans.contains(&(at, leader.as_str())))
}

fn places(problem: &Problem, units: &[Unit], dropped: &Dropped) -> Vec<Place> {
    let count = problem.groups.len();
    let clashes = |at: usize, other: usize| {
        other != at && problem.clash(at, other) && !dropped.contains(&Condition::clash(at, other))
    };
    let groups = problem.groups.iter().enumerate();
    groups
        .map(|(at, group)| Place {
            min: if dropped.contains(&Condition::Min(at)) {
                0
            } else {
                group.min
            },
            max: if dropped.contains(&Condition::Max(at)) {
                i64::MAX / 4
            } else {
                group.max
            },
            running: units.iter().any(|unit| unit.fixed == Some(at))
                || (problem.opened.contains(&group.id) && !dropped.contains(&Condition::Open(at))),
            clashes: (0..count).filter(|other| clashes(at, *other)).collect(),
        })
        .collect()
}

/// Numbers for the values of traits.
#[derive(Default)]
struct Features {
    names: BTreeMap<String, usize>,
    ids: BTreeMap<(usize, String), usize>,
}

impl Features {
    fn note(&mut self, counts: &mut Vec<(usize, i64)>, name: &str, value: &str) {
        let next = self.names.len();
        let name = *self.names.entry(name.to_owned()).or_insert(next);
        let next = self.ids.len();
        let id = *self.ids.entry((name, value.to_owned())).or_insert(next);
        match counts.iter_mut().find(|(known, _)| *known == id) {
            Some((_, count)) => *count += 1,
            None => counts.push((id, 1)),
        }
    }

    fn costs(&self, problem: &Problem) -> Vec<Value> {
        let spread: Vec<bool> = {
            let mut spread = vec![false; self.names.len()];
            for (name, at) in &self.names {
                spread[*at] = problem.spread.contains(name);
            }
            spread
        };
        let mut values = vec![
            Value {
                name: 0,
                cost: Cost::Same
            };
            self.ids.len()
        ];
        for ((name, _), id) in &self.ids {
            let cost = if spread[*name] {
                Cost::Same
            } else {
                Cost::Different
            };
            values[*id] = Value { name: *name, cost };
        }
        values
    }
}
