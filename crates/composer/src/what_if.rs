//! What if: a problem with something changed, and what that changes in the plan.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;

use crate::levels::Level;
use crate::plan::{Plan, Status};
use crate::problem::Problem;

/// One thing that is to be otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// This person is to be in this group, wherever they sit now.
    Move { person: String, group: String },
    /// This group is to open.
    Open { group: String },
    /// This group takes so many people at most.
    Max { group: String, people: i64 },
    /// This group opens with so many people.
    Min { group: String, people: i64 },
}

/// Why an edit cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    #[error(
        "{0:?} is no edit: write move=PERSON,GROUP or open=GROUP or max=GROUP,NUMBER or min=GROUP,NUMBER"
    )]
    Form(String),
    #[error("{0:?}: there is no such group; name one of the problem")]
    Group(String),
    #[error("{0:?}: there is no such person; name one of the problem")]
    Person(String),
    #[error("{edit:?}: then min would be {min} and max {max}; max must not be below min, and not 0")]
    Limits { edit: String, min: i64, max: i64 },
}

impl Problem {
    /// Reads an edit, such as `move=ana,tuesday`; ids may have commas in them.
    pub fn edit(&self, text: &str) -> Result<Edit, EditError> {
        let form = || EditError::Form(text.to_owned());
        let (what, rest) = text.split_once('=').ok_or_else(form)?;
        let known = |group: &str| match self.group(group) {
            Some(_) => Ok(group.to_owned()),
            None => Err(EditError::Group(group.to_owned())),
        };
        match what {
            "open" => Ok(Edit::Open { group: known(rest)? }),
            "move" => {
                let cuts = || {
                    rest.match_indices(',')
                        .map(|(at, _)| (&rest[..at], &rest[at + 1..]))
                };
                let (person, group) = cuts()
                    .find(|(person, group)| self.person(person).is_some() && self.group(group).is_some())
                    .or_else(|| cuts().next())
                    .ok_or_else(form)?;
                if self.person(person).is_none() {
                    return Err(EditError::Person(person.to_owned()));
                }
                Ok(Edit::Move {
                    person: person.to_owned(),
                    group: known(group)?,
                })
            }
            "max" | "min" => {
                let (group, number) = rest.rsplit_once(',').ok_or_else(form)?;
                let group = known(group)?;
                let people = number
                    .parse()
                    .ok()
                    .filter(|people| (0..=1000).contains(people))
                    .ok_or_else(form)?;
                Ok(match what {
                    "max" => Edit::Max { group, people },
                    _ => Edit::Min { group, people },
                })
            }
            _ => Err(form()),
        }
    }

    /// The problem with these things otherwise.
    pub fn edited(&self, edits: &[Edit]) -> Result<Self, EditError> {
        let mut problem = self.clone();
        for edit in edits {
            match edit {
                Edit::Move { person, group } => {
                    problem.pinned.insert(person.clone(), group.clone());
                }
                Edit::Open { group } => {
                    problem.opened.insert(group.clone());
                }
                Edit::Max { group, people } => problem.limit(group, |group| group.max = *people),
                Edit::Min { group, people } => problem.limit(group, |group| group.min = *people),
            }
        }
        match problem
            .groups
            .iter()
            .find(|group| group.min > group.max || group.max == 0)
        {
            None => Ok(problem),
            Some(group) => Err(EditError::Limits {
                edit: group.id.clone(),
                min: group.min,
                max: group.max,
            }),
        }
    }

    fn limit(&mut self, id: &str, change: impl Fn(&mut crate::problem::Group)) {
        self.groups
            .iter_mut()
            .filter(|group| group.id == id)
            .for_each(change);
    }
}

/// A value of a level, before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Shift {
    pub name: Level,
    pub before: i64,
    pub after: i64,
}

/// From where someone goes where; null is nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    pub person: String,
    pub from: Option<String>,
    pub to: Option<String>,
}

/// What is otherwise in another plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    pub status: Status,
    /// Those that changed.
    pub levels: Vec<Shift>,
    pub opened: Vec<String>,
    pub closed: Vec<String>,
    pub moved: Vec<Moved>,
    /// Why there is no plan with the edit.
    pub clash: Vec<String>,
}

impl Difference {
    pub fn between(before: &Plan, after: &Plan) -> Self {
        let values: BTreeMap<Level, i64> = after
            .levels
            .iter()
            .map(|level| (level.name, level.value))
            .collect();
        let shift = |level: &crate::plan::Reached| {
            let after = *values.get(&level.name)?;
            (after != level.value).then_some(Shift {
                name: level.name,
                before: level.value,
                after,
            })
        };
        let mut difference = Self {
            status: after.status,
            levels: before.levels.iter().filter_map(shift).collect(),
            opened: Vec::new(),
            closed: Vec::new(),
            moved: Vec::new(),
            clash: after.clash.clone(),
        };
        if after.status == Status::Infeasible {
            return difference;
        }
        let without = |plan: &Plan, other: &Plan| -> Vec<String> {
            plan.groups
                .keys()
                .filter(|id| !other.groups.contains_key(*id))
                .cloned()
                .collect()
        };
        difference.opened = without(after, before);
        difference.closed = without(before, after);
        let (old, new) = (seats(before), seats(after));
        let people: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
        let at = |seats: &BTreeMap<&str, &str>, person| seats.get(person).map(|group| (*group).to_owned());
        difference.moved = people
            .into_iter()
            .filter(|person| old.get(person) != new.get(person))
            .map(|person| Moved {
                person: person.to_owned(),
                from: at(&old, person),
                to: at(&new, person),
            })
            .collect();
        difference
    }
}

fn seats(plan: &Plan) -> BTreeMap<&str, &str> {
    let groups = plan.groups.iter();
    groups
        .flat_map(|(group, people)| people.iter().map(move |person| (person.as_str(), group.as_str())))
        .collect()
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        if self.status == Status::Infeasible {
            writeln!(formatter, "there is no plan with that; these cannot be at once:")?;
            return self
                .clash
                .iter()
                .try_for_each(|clash| writeln!(formatter, "  {clash}"));
        }
        if self.levels.is_empty() && self.moved.is_empty() {
            return writeln!(formatter, "nothing would change");
        }
        for shift in &self.levels {
            writeln!(
                formatter,
                "{} {} in place of {}",
                shift.name.name(),
                shift.after,
                shift.before
            )?;
        }
        for group in &self.opened {
            writeln!(formatter, "{group} opens")?;
        }
        for group in &self.closed {
            writeln!(formatter, "{group} does not open")?;
        }
        for moved in &self.moved {
            let place = |place: &Option<String>| place.clone().unwrap_or_else(|| "nowhere".to_owned());
            writeln!(
                formatter,
                "{}: {} in place of {}",
                moved.person,
                place(&moved.to),
                place(&moved.from)
            )?;
        }
        Ok(())
    }
}
