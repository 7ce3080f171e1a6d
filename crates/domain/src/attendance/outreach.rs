//! When to ask after someone: rules that anybody can follow, and no score (SCIENCE 3, "attendance risk"; drop-outs are most in
//! the first six sessions, SCIENCE 6 d).

use chrono::NaiveDate;

use super::{Attended, Presence};

/// Someone is to be asked how they are, because of the session on that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    pub since: NaiveDate,
    /// Never empty.
    pub why: Vec<Why>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// The first or second session of their time in the group was missed.
    BeginningMissed,
    TwoInARow,
    /// Two or more of the last six.
    ThirdOfLastSix,
}

const LAST: usize = 6;

impl Why {
    pub const ALL: [Self; 3] = [Self::BeginningMissed, Self::TwoInARow, Self::ThirdOfLastSix];

    pub const fn name(self) -> &'static str {
        match self {
            Self::BeginningMissed => "beginning-missed",
            Self::TwoInARow => "two-in-a-row",
            Self::ThirdOfLastSix => "third-of-last-six",
        }
    }
}

/// What the newest session of a member asks for; their sessions since they joined, oldest first.
///
/// Only a session that was missed without a word prompts. One that was excused is no miss, and breaks no row of them either.
pub fn prompt(sessions: &[Attended]) -> Option<Prompt> {
    let newest = sessions
        .last()
        .filter(|newest| newest.presence == Presence::Missed)?;
    let told = |presence: Presence| presence == Presence::Excused;
    let in_a_row = sessions
        .iter()
        .rev()
        .filter(|session| !told(session.presence))
        .take_while(|session| session.presence == Presence::Missed)
        .count();
    let of_last = sessions
        .iter()
        .rev()
        .take(LAST)
        .filter(|session| session.presence == Presence::Missed)
        .count();
    let why: Vec<Why> = Why::ALL
        .into_iter()
        .filter(|why| match why {
            Why::BeginningMissed => sessions.len() <= 2,
            Why::TwoInARow => in_a_row >= 2,
            Why::ThirdOfLastSix => of_last * 3 >= LAST,
        })
        .collect();
    (!why.is_empty()).then_some(Prompt {
        since: newest.on,
        why,
    })
}
