//! What is asked before the conversation: the group's own questions, and one about safety that is always there.
//!
//! Answers are kept by form. The group's own questions are one form; forms of measures are others beside it.

use serde::{Deserialize, Serialize};

use crate::name::Name;
use crate::text::{Line, Prose};

/// The form of the group's own questions, among the forms of an application.
pub const OWN_FORM: &str = "group";

/// The form of what somebody answered in the chooser and sent along, in the words of the chooser. Nobody asks for it.
pub const CHOOSER_FORM: &str = "chooser";

/// A question of the group's own. No answer is needed to go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub id: Name,
    pub text: Line,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Line>,
}

/// What was answered, with the question as it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    pub question: Line,
    pub answer: Prose,
}

/// Thoughts of suicide or of harming oneself or others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Safety {
    None,
    Thoughts,
    /// A plan, an intent, or not safe now.
    Danger,
    /// Would rather say it in the talk.
    Unsaid,
}

/// All answers to the group's own form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    pub safety: Safety,
    pub answers: Vec<Answer>,
}

impl Safety {
    pub const ALL: [Self; 4] = [Self::None, Self::Thoughts, Self::Danger, Self::Unsaid];

    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Thoughts => "thoughts",
            Self::Danger => "danger",
            Self::Unsaid => "unsaid",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|safety| safety.name() == name)
    }

    /// Whether help is shown at once and the leader is told first (D16).
    pub const fn is_risk(self) -> bool {
        matches!(self, Self::Thoughts | Self::Danger)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thoughts_and_danger_are_told_first() {
        let risks: Vec<_> = Safety::ALL.into_iter().filter(|one| one.is_risk()).collect();
        assert_eq!(risks, [Safety::Thoughts, Safety::Danger]);
        for one in Safety::ALL {
            assert_eq!(Safety::named(one.name()), Some(one));
        }
    }
}
