//! Answers to a form: read from a QuestionnaireResponse or from what a page posts, checked row by row, written out again.

mod check;
mod enabled;
mod fill;
mod mistake;
mod page;
mod read;
mod sheet;
mod write;

use std::fmt;

use crate::answer::Answer;
use crate::json::Object;
pub use fill::OTHER;
pub use mistake::{Fault, Mistake};
pub use sheet::{MOST_ROWS, Progress, Row, Sheet};

/// A QuestionnaireResponse, not yet laid on its form.
#[derive(Debug, Clone, Default)]
pub struct Response {
    pub status: Status,
    /// The canonical address of the form.
    pub questionnaire: Option<String>,
    pub entries: Vec<Entry>,
    /// Who, when and about whom: kept as they were read.
    pub(crate) kept: Object,
}

/// An item of a response.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub link_id: String,
    pub answers: Vec<Given>,
    /// Of a group; of a question only where it has no answer.
    pub entries: Vec<Entry>,
    /// Where it stands in the file.
    pub path: String,
}

/// An answer and what was answered within it.
#[derive(Debug, Clone)]
pub struct Given {
    pub answer: Answer,
    pub entries: Vec<Entry>,
}

/// How far a response is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Status {
    /// Half-filled is fine.
    #[default]
    InProgress,
    Completed,
    Amended,
    EnteredInError,
    Stopped,
}

impl Status {
    fn of(said: &str) -> Option<Self> {
        Some(match said {
            "in-progress" => Self::InProgress,
            "completed" => Self::Completed,
            "amended" => Self::Amended,
            "entered-in-error" => Self::EnteredInError,
            "stopped" => Self::Stopped,
            _ => return None,
        })
    }

    /// Whether everything that is required has to be there.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Completed | Self::Amended)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::InProgress => "in-progress",
            Self::Completed => "completed",
            Self::Amended => "amended",
            Self::EnteredInError => "entered-in-error",
            Self::Stopped => "stopped",
        })
    }
}
