//! What is wrong with an answer, as a value that a page can put into its own words.

use std::fmt;

use crate::answer::Answer;

/// Something wrong with the answers to one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    pub link_id: String,
    /// Of the row where it is, if there is one.
    pub name: Option<String>,
    pub fault: Fault,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The form has no such item.
    Unknown {
        path: String,
    },
    /// The item is in another group.
    Misplaced {
        path: String,
    },
    /// A heading, or words between questions, cannot be answered.
    NotAsked,
    /// The item stands there more often than it may.
    Repeated,
    /// What cannot be read as an answer of the item's type, as it was posted.
    Unreadable {
        said: String,
    },
    WrongType {
        is: &'static str,
        wanted: &'static str,
    },
    NotAnOption {
        said: String,
    },
    /// An option that excludes others was chosen beside them.
    NotAlone {
        option: String,
    },
    Required,
    /// So many answers are there, and so many are allowed.
    TooFew {
        least: usize,
    },
    TooMany {
        most: usize,
    },
    TooSmall {
        least: Answer,
    },
    TooLarge {
        most: Answer,
    },
    TooShort {
        least: usize,
    },
    TooLong {
        most: usize,
    },
    TooPrecise {
        places: u32,
    },
    /// By the other answers, it is not asked.
    NotEnabled,
    /// What is computed was computed otherwise.
    Differs {
        said: String,
        computed: String,
    },
    /// A score, or whether the item is asked, cannot be worked out.
    NotComputed {
        why: String,
    },
}

impl Mistake {
    /// Whether it was found when scores, or what is asked, were worked out.
    pub(super) fn is_of_working_out(&self) -> bool {
        matches!(self.fault, Fault::Differs { .. } | Fault::NotComputed { .. })
    }

    /// Whether a score could be wrong by it; what only is missing does not make it so.
    pub fn spoils_scores(&self) -> bool {
        !matches!(
            self.fault,
            Fault::Required
                | Fault::TooFew { .. }
                | Fault::TooShort { .. }
                | Fault::TooLong { .. }
                | Fault::Differs { .. }
                | Fault::NotComputed { .. }
        )
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{}: {}",
            self.name.as_ref().unwrap_or(&self.link_id),
            self.fault
        )
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { path } => write!(out, "the form has no such item ({path})"),
            Self::Misplaced { path } => write!(out, "the item is not of this group ({path})"),
            Self::NotAsked => out.write_str("this is no question"),
            Self::Repeated => out.write_str("it is there more than once, and does not repeat"),
            Self::Unreadable { said } => write!(out, "{said:?} is no answer to it"),
            Self::WrongType { is, wanted } => {
                write!(out, "the answer is a {is}, and the item of type {wanted}")
            }
            Self::NotAnOption { said } => write!(out, "{said:?} is none of the options"),
            Self::NotAlone { option } => write!(out, "{option:?} excludes the other answers"),
            Self::Required => out.write_str("it has to be answered"),
            Self::TooFew { least } => write!(out, "at least {least} answers are needed"),
            Self::TooMany { most } => write!(out, "at most {most} answers are allowed"),
            Self::TooSmall { least } => write!(out, "the least is {least}"),
            Self::TooLarge { most } => write!(out, "the most is {most}"),
            Self::TooShort { least } => write!(out, "at least {least} characters are needed"),
            Self::TooLong { most } => write!(out, "at most {most} characters are allowed"),
            Self::TooPrecise { places } => write!(out, "at most {places} digits after the point are allowed"),
            Self::NotEnabled => out.write_str("by the other answers it is not asked, and it is answered"),
            Self::Differs { said, computed } => {
                write!(out, "the response says {said}, and computed it is {computed}")
            }
            Self::NotComputed { why } => write!(out, "it cannot be worked out: {why}"),
        }
    }
}
