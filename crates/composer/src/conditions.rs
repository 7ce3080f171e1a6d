//! Every condition that can make a problem impossible, each by itself: so that they can be dropped one at a time, and told in words.

use std::collections::BTreeSet;

use crate::problem::Problem;

/// One condition of a problem; people, groups and pairs by their index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Condition {
    /// Someone stays where they sit.
    Seat(usize),
    /// A group must open.
    Open(usize),
    /// When someone can come.
    Slots(usize),
    /// What someone qualifies for.
    Groups(usize),
    Min(usize),
    Max(usize),
    Apart(usize),
    Together(usize),
    Ban(usize),
    /// Two groups that need one leader or room at the same time.
    Clash(usize, usize),
    NeverAlone(String),
}

pub(crate) type Dropped = BTreeSet<Condition>;

impl Condition {
    pub(crate) fn clash(one: usize, other: usize) -> Self {
        Self::Clash(one.min(other), one.max(other))
    }

    /// All conditions of the problem.
    pub(crate) fn all(problem: &Problem) -> Vec<Self> {
        let people = problem.people.iter().enumerate();
        let mut all: Vec<Self> = people
            .flat_map(|(at, person)| {
                let seat = problem.seat(person).is_some().then_some(Self::Seat(at));
                [Self::Slots(at), Self::Groups(at)].into_iter().chain(seat)
            })
            .collect();
        for (at, group) in problem.groups.iter().enumerate() {
            all.extend([Self::Min(at), Self::Max(at)]);
            all.extend(problem.opened.contains(&group.id).then_some(Self::Open(at)));
            all.extend(
                (0..at)
                    .filter(|other| problem.clash(*other, at))
                    .map(|other| Self::clash(other, at)),
            );
        }
        all.extend((0..problem.apart.len()).map(Self::Apart));
        all.extend((0..problem.together.len()).map(Self::Together));
        all.extend((0..problem.leader_bans.len()).map(Self::Ban));
        all.extend(problem.never_alone.iter().cloned().map(Self::NeverAlone));
        all
    }

    /// The condition as a sentence.
    pub(crate) fn words(&self, problem: &Problem) -> String {
        let person = |at: &usize| problem.people[*at].id.as_str();
        let group = |at: &usize| problem.groups[*at].id.as_str();
        let list = |names: &BTreeSet<String>| match names.len() {
            0 => String::new(),
            _ => format!(
                " but {}",
                names.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
            ),
        };
        match self {
            Self::Seat(at) => {
                let who = &problem.people[*at];
                match (problem.pinned.get(&who.id), &who.seated) {
                    (Some(group), _) => format!("{} is to be in {group}", person(at)),
                    (None, seat) => format!(
                        "{} sits in {} and stays",
                        person(at),
                        seat.as_deref().unwrap_or_default()
                    ),
                }
            }
            Self::Open(at) => format!("{} is to open", group(at)),
            Self::Slots(at) => {
                let slots = &problem.people[*at].slots;
                format!("{} can come at no time{}", person(at), list(slots))
            }
            Self::Groups(at) => {
                let groups = &problem.people[*at].groups;
                format!("{} qualifies for no group{}", person(at), list(groups))
            }
            Self::Min(at) => format!("{} needs {} people at least", group(at), problem.groups[*at].min),
            Self::Max(at) => format!("{} takes {} people at most", group(at), problem.groups[*at].max),
            Self::Apart(at) => {
                let (one, other) = &problem.apart[*at];
                format!("{one} and {other} must be apart")
            }
            Self::Together(at) => {
                let (one, other) = &problem.together[*at];
                format!("{one} and {other} must be together")
            }
            Self::Ban(at) => {
                let (leader, person) = &problem.leader_bans[*at];
                format!("{person} must not be led by {leader}")
            }
            Self::Clash(one, other) => {
                let slot = &problem.groups[*one].slot;
                format!(
                    "{} and {} need the same {} at {slot}",
                    group(one),
                    group(other),
                    shared(problem, *one, *other)
                )
            }
            Self::NeverAlone(name) => format!("nobody is to be the only one of their {name}"),
        }
    }
}

/// What two groups at one time would both need: "leader Kim", "room 4".
pub(crate) fn shared(problem: &Problem, one: usize, other: usize) -> String {
    let (one, other) = (&problem.groups[one], &problem.groups[other]);
    let leaders = one
        .leaders
        .intersection(&other.leaders)
        .map(|leader| format!("leader {leader}"));
    let room = one.room.as_ref().filter(|room| other.room.as_ref() == Some(room));
    let both: Vec<String> = leaders.chain(room.map(|room| format!("room {room}"))).collect();
    both.join(" and ")
}
