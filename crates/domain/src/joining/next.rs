//! Who owes the next step, and since when: nothing stalls unseen.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Application, State};

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Owes {
    Person,
    Leader,
    Coordinator,
    /// A day has to come.
    Nobody,
}

/// What is to be done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Read what was answered, and see that there is a time to talk.
    Answer,
    AnswerForms,
    PickTime,
    Talk,
    RecordTalk,
    Decide,
    FindPlace,
    Choose,
    AnswerOffer,
    Sign,
    Start,
    Nothing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    pub owes: Owes,
    pub step: Step,
    pub since: DateTime<Utc>,
}

/// How long each side has before it is reminded; an organisation sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promises {
    /// A step of the person's.
    pub person_days: u16,
    /// A step of staff's.
    pub staff_days: u16,
    /// From asking to a place.
    pub wait_weeks: u16,
}

impl Default for Promises {
    fn default() -> Self {
        Self {
            person_days: 5,
            staff_days: 3,
            wait_weeks: 12,
        }
    }
}

impl Application {
    pub fn next(&self, now: DateTime<Utc>) -> Next {
        let (owes, step, since) = match &self.state {
            State::Asked => (Owes::Leader, Step::Answer, self.moved_at),
            State::Screening => return self.screening(now),
            State::Waiting(_) => (Owes::Coordinator, Step::FindPlace, self.facts.asked_at),
            State::Options(_) | State::NotNow(_) => (Owes::Person, Step::Choose, self.moved_at),
            State::Offered(offer) => (Owes::Person, Step::AnswerOffer, offer.at),
            State::Accepted(accepted) => (Owes::Person, Step::Sign, accepted.at),
            State::Signed(_) => (Owes::Coordinator, Step::Start, self.moved_at),
            State::Member(_) | State::Over(_) => (Owes::Nobody, Step::Nothing, self.moved_at),
        };
        Next { owes, step, since }
    }

    fn screening(&self, now: DateTime<Utc>) -> Next {
        let facts = &self.facts;
        let (owes, step, since) = match (facts.answered_at, facts.booked_for) {
            _ if facts.screened().is_ok() => (Owes::Leader, Step::Decide, self.moved_at),
            (_, Some(at)) if at <= now => (Owes::Leader, Step::RecordTalk, at),
            (None, _) if facts.conversation.is_none() => {
                (Owes::Person, Step::AnswerForms, facts.forms_sent_at)
            }
            (_, Some(at)) => (Owes::Nobody, Step::Talk, at),
            _ if facts.conversation.is_some() => (Owes::Leader, Step::RecordTalk, self.moved_at),
            _ => (Owes::Person, Step::PickTime, self.moved_at),
        };
        Next { owes, step, since }
    }
}

impl Next {
    /// When whoever owes it is reminded; nobody is of what only time brings.
    pub fn remind_at(&self, promises: Promises) -> Option<DateTime<Utc>> {
        let days = match (self.owes, self.step) {
            (Owes::Nobody, _) => return None,
            (_, Step::FindPlace) => return Some(self.since + TimeDelta::weeks(promises.wait_weeks.into())),
            (Owes::Person, _) => promises.person_days,
            (Owes::Leader | Owes::Coordinator, _) => promises.staff_days,
        };
        Some(self.since + TimeDelta::days(days.into()))
    }

    /// Whether what was promised is past.
    pub fn is_late(&self, promises: Promises, now: DateTime<Utc>) -> bool {
        self.remind_at(promises).is_some_and(|at| at <= now)
    }
}

impl Owes {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Leader => "leader",
            Self::Coordinator => "coordinator",
            Self::Nobody => "nobody",
        }
    }
}

impl Step {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::AnswerForms => "answer-forms",
            Self::PickTime => "pick-time",
            Self::Talk => "talk",
            Self::RecordTalk => "record-talk",
            Self::Decide => "decide",
            Self::FindPlace => "find-place",
            Self::Choose => "choose",
            Self::AnswerOffer => "answer-offer",
            Self::Sign => "sign",
            Self::Start => "start",
            Self::Nothing => "nothing",
        }
    }
}
