//! What someone can do instead. There is always at least one thing.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::groups::Slug;

/// Another way, which the person can take (D13).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alternative {
    /// Another therapy group.
    Group(Slug),
    /// The first place that fits, in any group.
    AnyFitting,
    /// Treatment with one therapist, with a hand-over.
    IndividualTherapy,
    /// A support group, now or in the meantime.
    SupportGroup(Slug),
    /// The finder.
    LookAround,
    /// The same group once more; from that day on, if there is one.
    AskAgain(Option<NaiveDate>),
}

/// At least one alternative, each once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Alternative>", into = "Vec<Alternative>")]
pub struct Options(Vec<Alternative>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "A “no” needs an option. Choose at least one: another group, individual therapy, a support group, or when to ask again."
)]
pub struct NoOptions;

impl Options {
    pub fn new(alternatives: Vec<Alternative>) -> Result<Self, NoOptions> {
        let mut each = Vec::with_capacity(alternatives.len());
        for alternative in alternatives {
            if !each.contains(&alternative) {
                each.push(alternative);
            }
        }
        if each.is_empty() {
            return Err(NoOptions);
        }
        Ok(Self(each))
    }

    /// What is open to someone who ended it themselves.
    pub fn own_way() -> Self {
        Self(vec![Alternative::AskAgain(None), Alternative::LookAround])
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Alternative> {
        self.0.iter()
    }

    pub fn has(&self, alternative: &Alternative) -> bool {
        self.0.contains(alternative)
    }
}

impl TryFrom<Vec<Alternative>> for Options {
    type Error = NoOptions;
    fn try_from(alternatives: Vec<Alternative>) -> Result<Self, NoOptions> {
        Self::new(alternatives)
    }
}

impl From<Options> for Vec<Alternative> {
    fn from(options: Options) -> Self {
        options.0
    }
}

impl Alternative {
    /// "group", "individual-therapy"; without which.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Group(_) => "group",
            Self::AnyFitting => "any-fitting",
            Self::IndividualTherapy => "individual-therapy",
            Self::SupportGroup(_) => "support-group",
            Self::LookAround => "look-around",
            Self::AskAgain(_) => "ask-again",
        }
    }
}
