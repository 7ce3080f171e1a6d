//! A record and where it stands.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Reason, Reasoned};
use crate::people::PersonId;

/// Which of the three stores of one session it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// What the group did: themes, interventions, counts. Names nobody.
    Session,
    /// The part of one member who was there. Names nobody else.
    Individual(PersonId),
    /// Its author's own (45 CFR 164.501): never signed, shown, exported or handed over.
    Process,
}

/// A record without its words. What is read of it is checked: a state that its kind cannot have is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Raw")]
pub struct Record {
    pub(super) kind: Kind,
    /// Who began it.
    pub(super) author: PersonId,
    /// Who answers for it now: the author, until it is handed over.
    pub(super) keeper: PersonId,
    /// The day of the session, from which its lock is counted.
    pub(super) session_on: NaiveDate,
    pub(super) state: State,
    /// Open again although it is locked.
    pub(super) unlocked: Option<Unlocked>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    kind: Kind,
    author: PersonId,
    keeper: PersonId,
    session_on: NaiveDate,
    state: State,
    unlocked: Option<Unlocked>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    Draft,
    /// Signed by its keeper; not in force before somebody else has signed too.
    Awaiting(Signature),
    Signed {
        first: Signature,
        second: Option<Signature>,
    },
    /// Signed, with what was added since. The words that were signed stay as they were.
    Amended {
        first: Signature,
        second: Option<Signature>,
        amendments: Vec<Amendment>,
    },
    /// A draft that was thrown away; its words are gone.
    Discarded {
        by: PersonId,
        at: DateTime<Utc>,
    },
}

/// Where a record stands, without who brought it there and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Draft,
    Awaiting,
    Signed,
    Amended,
    Discarded,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    pub by: PersonId,
    pub at: DateTime<Utc>,
    /// Marks of the guard that were signed over, each with its reason.
    pub over: Vec<Reasoned>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    pub reason: Reason,
    pub signature: Signature,
}

/// For so long a locked record is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unlocked {
    pub by: PersonId,
    pub until: DateTime<Utc>,
    pub reason: Reason,
}

/// What the organisation asks of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    pub cosignature: Cosignature,
    /// Days after the session from which on a record is locked; nothing locks without it.
    pub locks_after: Option<u16>,
}

/// Whose second signature a record needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cosignature {
    Nobody,
    /// Who leads the group too, or its supervisor.
    Colleague,
    Supervisor,
}

/// Who acts, and what they are to the group at that moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct By {
    pub who: PersonId,
    pub relation: Relation,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Leads the group, alone or with others.
    Leads,
    Supervises,
    /// Nothing, or no longer.
    Nothing,
}

impl Kind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Individual(_) => "individual",
            Self::Process => "process",
        }
    }
}

impl State {
    pub const NAMES: [&'static str; 5] = ["draft", "awaiting", "signed", "amended", "discarded"];

    pub const fn stage(&self) -> Stage {
        match self {
            Self::Draft => Stage::Draft,
            Self::Awaiting(_) => Stage::Awaiting,
            Self::Signed { .. } => Stage::Signed,
            Self::Amended { .. } => Stage::Amended,
            Self::Discarded { .. } => Stage::Discarded,
        }
    }

    pub const fn name(&self) -> &'static str {
        self.stage().name()
    }

    /// Whether its words are part of the chart.
    pub const fn is_in_force(&self) -> bool {
        self.stage().is_in_force()
    }
}

impl Stage {
    pub const ALL: [Self; 5] = [
        Self::Draft,
        Self::Awaiting,
        Self::Signed,
        Self::Amended,
        Self::Discarded,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Awaiting => "awaiting",
            Self::Signed => "signed",
            Self::Amended => "amended",
            Self::Discarded => "discarded",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == name)
    }

    /// Whether the words of such a record are part of the chart.
    pub const fn is_in_force(self) -> bool {
        matches!(self, Self::Signed | Self::Amended)
    }
}

impl Record {
    /// An empty draft.
    pub const fn begin(kind: Kind, author: PersonId, session_on: NaiveDate) -> Self {
        Self {
            kind,
            author,
            keeper: author,
            session_on,
            state: State::Draft,
            unlocked: None,
        }
    }

    pub const fn kind(&self) -> Kind {
        self.kind
    }

    pub const fn author(&self) -> PersonId {
        self.author
    }

    pub const fn keeper(&self) -> PersonId {
        self.keeper
    }

    pub const fn state(&self) -> &State {
        &self.state
    }

    /// Opened by whom, until when and why, where it was locked.
    pub const fn unlocked(&self) -> Option<&Unlocked> {
        self.unlocked.as_ref()
    }

    /// All signatures it bears, the first first: the second one and those of amendments with them.
    pub fn signatures(&self) -> Vec<&Signature> {
        match &self.state {
            State::Draft | State::Discarded { .. } => Vec::new(),
            State::Awaiting(first) => vec![first],
            State::Signed { first, second } => [first].into_iter().chain(second).collect(),
            State::Amended {
                first,
                second,
                amendments,
            } => {
                let amended = amendments.iter().map(|amendment| &amendment.signature);
                [first].into_iter().chain(second).chain(amended).collect()
            }
        }
    }

    /// The first day on which it is locked.
    pub fn locks_on(&self, policy: Policy) -> Option<NaiveDate> {
        if self.kind == Kind::Process {
            return None;
        }
        let days = u64::from(policy.locks_after?);
        self.session_on.checked_add_days(chrono::Days::new(days + 1))
    }

    /// Whether nobody may write in it now. `today` is the day where the organisation is.
    pub fn is_locked(&self, policy: Policy, today: NaiveDate, now: DateTime<Utc>) -> bool {
        let open = self
            .unlocked
            .as_ref()
            .is_some_and(|unlocked| now < unlocked.until);
        !open && self.locks_on(policy).is_some_and(|day| day <= today)
    }
}

impl TryFrom<Raw> for Record {
    type Error = &'static str;

    fn try_from(raw: Raw) -> Result<Self, Self::Error> {
        let private = raw.kind == Kind::Process;
        if private && !matches!(raw.state, State::Draft | State::Discarded { .. }) {
            return Err("a process note is never signed");
        }
        if private && raw.keeper != raw.author {
            return Err("a process note stays with its author");
        }
        if matches!(&raw.state, State::Amended { amendments, .. } if amendments.is_empty()) {
            return Err("an amended record has an amendment");
        }
        let seconds = match &raw.state {
            State::Signed { first, second } | State::Amended { first, second, .. } => {
                second.as_ref().is_some_and(|second| second.by == first.by)
            }
            _ => false,
        };
        if seconds {
            return Err("a second signature is somebody else's");
        }
        Ok(Self {
            kind: raw.kind,
            author: raw.author,
            keeper: raw.keeper,
            session_on: raw.session_on,
            state: raw.state,
            unlocked: raw.unlocked,
        })
    }
}
