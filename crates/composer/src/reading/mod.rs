//! Reads a problem strictly: everything that is wrong is told at once, with its place, its value and what to do.

mod fields;
mod sense;

use std::fmt;

use serde_json::Value;

use crate::levels::Level;
use crate::problem::{Group, Person, Problem};
use crate::strict::Strict;
use fields::Fields;

/// The most of each thing; a programme is far below, and no input makes the program run out of memory.
pub mod limits {
    pub const BYTES: usize = 8 * 1024 * 1024;
    pub const PEOPLE: usize = 1000;
    pub const GROUPS: usize = 200;
    pub const PAIRS: usize = 10_000;
    /// Of a list or table inside a person or group.
    pub const ENTRIES: usize = 500;
    pub const TRAITS: usize = 50;
    /// Bytes of an id, a slot, a name or a value.
    pub const NAME: usize = 200;
    pub const WAITING_DAYS: i64 = 100_000;
    pub const SEVERITY: i64 = 10_000;
}

/// Something that is wrong in a problem or plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// Such as `/people/3/groups/0`; empty for the whole file.
    pub path: String,
    /// What stands there, shortened.
    pub value: String,
    /// What is wrong, and what to do.
    pub what: String,
}

impl fmt::Display for Slip {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match (self.path.as_str(), self.value.as_str()) {
            ("", "") => write!(formatter, "{}", self.what),
            (path, "") => write!(formatter, "{path}: {}", self.what),
            (path, value) => write!(formatter, "{path}: {value}: {}", self.what),
        }
    }
}

/// Everything that is wrong; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused(pub Vec<Slip>);

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        for (index, slip) in self.0.iter().enumerate() {
            let line = if index == 0 { "" } else { "\n" };
            write!(formatter, "{line}{slip}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Refused {}

/// JSON without a field twice, or why not.
pub(crate) fn json(text: &str) -> Result<Value, Refused> {
    let whole = |what: String| {
        Refused(vec![Slip {
            path: String::new(),
            value: String::new(),
            what,
        }])
    };
    if text.len() > limits::BYTES {
        return Err(whole(format!(
            "more than {} bytes; split the problem",
            limits::BYTES
        )));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value = serde_json::from_str(text).map(|Strict(value)| value);
    value.map_err(|error| whole(format!("this is not JSON that we can read: {error}")))
}

impl Problem {
    /// Reads the JSON of a problem.
    ///
    /// # Errors
    /// Everything in it that is unknown, missing, out of bounds, said twice or contradictory.
    pub fn read(text: &str) -> Result<Self, Refused> {
        Self::of(&json(text)?)
    }

    /// The same, of JSON that is parsed already.
    pub fn of(value: &Value) -> Result<Self, Refused> {
        let mut slips = Vec::new();
        let mut fields = Fields::of(&mut slips, String::new(), value);
        let people = fields.required_list("people", limits::PEOPLE, person);
        let groups = fields.required_list("groups", limits::GROUPS, group);
        let apart = fields.pairs("apart");
        let together = fields.pairs("together");
        let leader_bans = fields.pairs("leader_bans");
        let never_alone = fields.names("never_alone", limits::TRAITS);
        let alike = fields.names("alike", limits::TRAITS);
        let spread = fields.names("spread", limits::TRAITS);
        let order = fields.order();
        fields.end();
        let problem = Self {
            people,
            groups,
            apart,
            together,
            leader_bans,
            never_alone,
            alike,
            spread,
            order,
            opened: std::collections::BTreeSet::new(),
            pinned: std::collections::BTreeMap::new(),
        };
        // What a half-read problem contradicts may be a consequence of what is told already.
        if slips.is_empty() {
            sense::check(&problem, &mut slips);
        }
        if slips.is_empty() {
            Ok(problem)
        } else {
            Err(Refused(slips))
        }
    }
}

fn person(mut fields: Fields) -> Person {
    let person = Person {
        id: fields.required_text("id"),
        slots: fields.required_names("slots"),
        groups: fields.required_names("groups"),
        prefers: fields.names("prefers", limits::ENTRIES),
        waiting_days: fields.number("waiting_days", limits::WAITING_DAYS).unwrap_or(0),
        severity: fields.number("severity", limits::SEVERITY),
        traits: fields.table("traits"),
        opt_out: fields.names("opt_out", limits::TRAITS),
        seated: fields.text("seated"),
    };
    fields.end();
    person
}

fn group(mut fields: Fields) -> Group {
    let most = i64::try_from(limits::PEOPLE).unwrap_or(i64::MAX);
    let group = Group {
        id: fields.required_text("id"),
        slot: fields.required_text("slot"),
        leaders: fields.names("leaders", limits::ENTRIES),
        room: fields.text("room"),
        min: fields.required_number("min", most),
        max: fields.required_number("max", most),
    };
    fields.end();
    group
}

/// The usual order, if the problem gives none.
fn usual() -> Vec<Level> {
    Level::ALL.to_vec()
}
