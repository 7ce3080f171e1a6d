//! The problem: who waits, which groups there are, and what must hold. It exists only when it is right.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::levels::Level;

/// Someone who waits or sits in a group already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    pub id: String,
    /// The times at which they can come.
    pub slots: BTreeSet<String>,
    /// The groups that they qualify for.
    pub groups: BTreeSet<String>,
    /// Groups or times that they would like best.
    pub prefers: BTreeSet<String>,
    pub waiting_days: i64,
    /// On whatever scale the programme uses; unknown if nobody said.
    pub severity: Option<i64>,
    pub traits: BTreeMap<String, String>,
    /// Traits of theirs that are not to be used at all.
    pub opt_out: BTreeSet<String>,
    /// Where they sit already, and stay.
    pub seated: Option<String>,
}

impl Person {
    /// The value of a trait, unless it is not to be used.
    pub fn value(&self, name: &str) -> Option<&str> {
        let value = self.traits.get(name)?;
        (!self.opt_out.contains(name)).then_some(value)
    }
}

/// A group that runs or could be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    pub id: String,
    pub slot: String,
    pub leaders: BTreeSet<String>,
    pub room: Option<String>,
    pub min: i64,
    pub max: i64,
}

/// A whole problem; made by [`Problem::read`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    pub(crate) people: Vec<Person>,
    pub(crate) groups: Vec<Group>,
    pub(crate) apart: Vec<(String, String)>,
    pub(crate) together: Vec<(String, String)>,
    /// Leader, person.
    pub(crate) leader_bans: Vec<(String, String)>,
    pub(crate) never_alone: BTreeSet<String>,
    pub(crate) alike: BTreeSet<String>,
    pub(crate) spread: BTreeSet<String>,
    pub(crate) order: Vec<Level>,
    /// Groups that must open; only a what-if asks for it.
    #[serde(skip)]
    pub(crate) opened: BTreeSet<String>,
    /// Where someone is to be, by their id; only a what-if asks for it.
    #[serde(skip)]
    pub(crate) pinned: BTreeMap<String, String>,
}

impl Problem {
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The levels, the most important first.
    pub fn order(&self) -> &[Level] {
        &self.order
    }

    pub(crate) fn person(&self, id: &str) -> Option<usize> {
        self.people.iter().position(|person| person.id == id)
    }

    pub(crate) fn group(&self, id: &str) -> Option<usize> {
        self.groups.iter().position(|group| group.id == id)
    }

    /// Where someone must be: where a what-if puts them, else where they sit.
    pub(crate) fn seat<'a>(&'a self, person: &'a Person) -> Option<&'a String> {
        self.pinned.get(&person.id).or(person.seated.as_ref())
    }

    /// Whether the two cannot both be open: a leader or a room would be needed twice at one time.
    pub(crate) fn clash(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.groups[one], &self.groups[other]);
        one.slot == other.slot
            && (!one.leaders.is_disjoint(&other.leaders) || (one.room.is_some() && one.room == other.room))
    }

    /// Whether they like this group, or its time.
    pub(crate) fn prefers(&self, person: usize, group: usize) -> bool {
        let (person, group) = (&self.people[person], &self.groups[group]);
        person.prefers.contains(&group.id) || person.prefers.contains(&group.slot)
    }
}
