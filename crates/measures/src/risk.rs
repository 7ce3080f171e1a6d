//! What an answer tells of danger, in a type that the caller cannot pass over.
//!
//! Scoring gives an [`Answered`]. What is inside comes out by [`Answered::open`] only, and that takes what to do about a
//! risk: a page makes the help card there, a programme alerts the leader, the command line prints it. Nothing here fails: the
//! answers can always be finished and kept.
//!
//! ```compile_fail
//! fn shown(answered: measures::risk::Answered<u32>) -> u32 {
//!     answered.held // private: there is no way around `open`
//! }
//! ```

use serde::Serialize;

/// A question whose answer may tell of a risk; the form marks it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RiskItem {
    pub link_id: String,
    pub kind: RiskKind,
    /// From this value on.
    pub at_least: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RiskKind {
    /// Thoughts of being better off dead, or of hurting oneself.
    SelfHarm,
    /// Someone may hurt another.
    HarmToOthers,
    /// Someone is being hurt.
    BeingHarmed,
}

/// One answer that tells of a risk.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sign {
    #[serde(flatten)]
    pub item: RiskItem,
    pub value: f64,
}

/// Someone may be in danger: at least one sign.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[must_use = "someone may be in danger: show the help card, or alert the leader"]
pub struct Risk {
    signs: Vec<Sign>,
}

/// What was answered, and whether it tells of a risk.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "someone may be in danger: `open` says what to do about it"]
pub struct Answered<T> {
    held: T,
    risk: Option<Risk>,
}

impl RiskKind {
    pub const ALL: [Self; 3] = [Self::SelfHarm, Self::HarmToOthers, Self::BeingHarmed];

    /// As the form writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SelfHarm => "self-harm",
            Self::HarmToOthers => "harm-to-others",
            Self::BeingHarmed => "being-harmed",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Risk {
    /// Of these signs; without any there is no risk to speak of.
    pub fn of(signs: Vec<Sign>) -> Option<Self> {
        if signs.is_empty() {
            None
        } else {
            Some(Self { signs })
        }
    }

    /// In the order of the form; never empty.
    pub fn signs(&self) -> &[Sign] {
        &self.signs
    }

    /// For the person themselves.
    pub fn plain(&self) -> &'static str {
        "Something you answered tells us that you may be having a very hard time. You do not have to be alone with it: someone can talk with you right now."
    }
}

impl<T> Answered<T> {
    pub(crate) fn new(held: T, risk: Option<Risk>) -> Self {
        Self { held, risk }
    }

    /// What was answered, and what `care` made of the risk if there is one.
    pub fn open<C>(self, care: impl FnOnce(Risk) -> C) -> (T, Option<C>) {
        (self.held, self.risk.map(care))
    }

    /// The same risk with something made of what was answered.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Answered<U> {
        Answered {
            held: make(self.held),
            risk: self.risk,
        }
    }
}
