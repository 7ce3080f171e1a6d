//! What is well written and makes no sense: ids said twice or unknown, conditions that contradict each other on their face.
//!
//! What clashes only through seats (someone sits where they do not qualify) is not refused here: the plan says so as a clash.

use std::collections::{BTreeMap, BTreeSet};

use super::Slip;
use crate::problem::Problem;

pub(super) fn check(problem: &Problem, slips: &mut Vec<Slip>) {
    let mut sense = Sense {
        people: BTreeMap::new(),
        groups: BTreeMap::new(),
        slips,
    };
    for (index, person) in problem.people.iter().enumerate() {
        if let Some(first) = sense.people.insert(&person.id, index) {
            let what = format!("is the id of /people/{first} too; give each person their own");
            sense.slip(format!("/people/{index}/id"), &person.id, what);
        }
    }
    for (index, group) in problem.groups.iter().enumerate() {
        if let Some(first) = sense.groups.insert(&group.id, index) {
            let what = format!("is the id of /groups/{first} too; give each group its own");
            sense.slip(format!("/groups/{index}/id"), &group.id, what);
        }
        if group.min > group.max {
            let what = format!("is more than max, {}; raise max or lower min", group.max);
            sense.slip(format!("/groups/{index}/min"), &group.min.to_string(), what);
        }
        if group.max == 0 {
            sense.slip(
                format!("/groups/{index}/max"),
                "0",
                "nobody could come; leave the group out",
            );
        }
    }
    sense.people(problem);
    sense.pairs(problem);
    sense.traits(problem);
}

struct Sense<'a> {
    people: BTreeMap<&'a str, usize>,
    groups: BTreeMap<&'a str, usize>,
    slips: &'a mut Vec<Slip>,
}

impl<'a> Sense<'a> {
    fn slip(&mut self, path: String, value: &str, what: impl Into<String>) {
        self.slips.push(Slip {
            path,
            value: format!("{value:?}"),
            what: what.into(),
        });
    }

    fn people(&mut self, problem: &'a Problem) {
        let slots: BTreeSet<&str> = problem.groups.iter().map(|group| group.slot.as_str()).collect();
        for (index, person) in problem.people.iter().enumerate() {
            for group in &person.groups {
                if !self.groups.contains_key(group.as_str()) {
                    let what = "there is no such group; add it to /groups or take it out here";
                    self.slip(format!("/people/{index}/groups"), group, what);
                }
            }
            for liked in &person.prefers {
                let known = self.groups.contains_key(liked.as_str()) || slots.contains(liked.as_str());
                if !known && !person.slots.contains(liked) {
                    let what = "is neither a group nor a slot; name one of /groups or its slot";
                    self.slip(format!("/people/{index}/prefers"), liked, what);
                }
            }
            if let Some(group) = &person.seated
                && !self.groups.contains_key(group.as_str())
            {
                let what = "there is no such group; add it to /groups, or null if they sit nowhere";
                self.slip(format!("/people/{index}/seated"), group, what);
            }
        }
    }

    fn pairs(&mut self, problem: &'a Problem) {
        let mut seen: BTreeMap<(&str, &str), String> = BTreeMap::new();
        for (name, pairs) in [("apart", &problem.apart), ("together", &problem.together)] {
            for (index, (one, other)) in pairs.iter().enumerate() {
                let path = format!("/{name}/{index}");
                for (place, id) in [one, other].into_iter().enumerate() {
                    if !self.people.contains_key(id.as_str()) {
                        let what = "there is no such person; add them to /people or take the pair out";
                        self.slip(format!("{path}/{place}"), id, what);
                    }
                }
                if one == other {
                    self.slip(path, one, "is paired with themselves; name two people");
                    continue;
                }
                let pair = if one < other {
                    (one.as_str(), other.as_str())
                } else {
                    (other.as_str(), one.as_str())
                };
                if let Some(first) = seen.insert(pair, path.clone()) {
                    // Said twice is no contradiction.
                    if !first.starts_with(&format!("/{name}/")) {
                        let what =
                            format!("the same two are to be apart and together, see {first}; take one out");
                        self.slip(path, &format!("{one}, {other}"), what);
                    }
                }
            }
        }
        for (index, (_, person)) in problem.leader_bans.iter().enumerate() {
            if !self.people.contains_key(person.as_str()) {
                let what = "there is no such person; the leader comes first, then the person";
                self.slip(format!("/leader_bans/{index}/1"), person, what);
            }
        }
    }

    fn traits(&mut self, problem: &'a Problem) {
        for name in problem.alike.intersection(&problem.spread) {
            let what = "is to be alike and spread at once; take it out of one";
            self.slip("/alike".to_owned(), name, what);
        }
    }
}

impl Problem {
    /// What is no mistake for certain, but looks like a slip of the pen: it has no effect.
    pub fn notes(&self) -> Vec<Slip> {
        let mut notes = Vec::new();
        let mut note = |path: String, value: &str, what: &str| {
            notes.push(Slip {
                path,
                value: format!("{value:?}"),
                what: what.to_owned(),
            });
        };
        let known: BTreeSet<&String> = self
            .people
            .iter()
            .flat_map(|person| person.traits.keys())
            .collect();
        let lists = [
            ("never_alone", &self.never_alone),
            ("alike", &self.alike),
            ("spread", &self.spread),
        ];
        for (list, names) in lists {
            for name in names.iter().filter(|name| !known.contains(name)) {
                note(
                    format!("/{list}"),
                    name,
                    "nobody has this trait, so it has no effect",
                );
            }
        }
        let leaders: BTreeSet<&String> = self.groups.iter().flat_map(|group| &group.leaders).collect();
        for (index, (leader, _)) in self.leader_bans.iter().enumerate() {
            if !leaders.contains(leader) {
                note(
                    format!("/leader_bans/{index}/0"),
                    leader,
                    "leads none of the groups, so it has no effect",
                );
            }
        }
        notes
    }
}
