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

/// What stands around an application and bears on whose turn it is; its own facts do not say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Around {
    /// Something that is asked before the conversation was not answered yet.
    pub is_unanswered: bool,
    /// A time for the conversation is open to them.
    pub has_time: bool,
    /// A place is free, and among those who wait it is their turn.
    pub has_turn: bool,
    /// When the day of the start begins that the group has planned.
    pub starts_at: Option<DateTime<Utc>>,
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
    pub fn next(&self, now: DateTime<Utc>, around: Around) -> Next {
        let (owes, step, since) = match &self.state {
            State::Asked | State::Screening => return self.screening(now, around),
            State::Waiting(_) if around.has_turn => (Owes::Leader, Step::Decide, self.moved_at),
            State::Waiting(_) => (Owes::Coordinator, Step::FindPlace, self.facts.asked_at),
            State::Options(_) | State::NotNow(_) => (Owes::Person, Step::Choose, self.moved_at),
            State::Offered(offer) => (Owes::Person, Step::AnswerOffer, offer.at),
            State::Accepted(_) => (Owes::Person, Step::Sign, self.moved_at),
            State::Signed(_) => return self.starting(now, around),
            State::Member(_) | State::Over(_) => (Owes::Nobody, Step::Nothing, self.moved_at),
        };
        Next { owes, step, since }
    }

    /// Answers first, then a time, which has to be open before anyone can pick it.
    fn screening(&self, now: DateTime<Utc>, around: Around) -> Next {
        let facts = &self.facts;
        let is_talked = facts.conversation.is_some();
        let (owes, step, since) = match facts.booked_for {
            _ if facts.screened().is_ok() => (Owes::Leader, Step::Decide, self.moved_at),
            Some(at) if at <= now => (Owes::Leader, Step::RecordTalk, at),
            _ if around.is_unanswered && !is_talked => (Owes::Person, Step::AnswerForms, facts.forms_sent_at),
            Some(at) => (Owes::Nobody, Step::Talk, at),
            None if is_talked => (Owes::Leader, Step::RecordTalk, self.moved_at),
            None if around.has_time => (Owes::Person, Step::PickTime, self.moved_at),
            None => (Owes::Leader, Step::Answer, self.moved_at),
        };
        Next { owes, step, since }
    }

    /// Until the day of the start nobody owes anything; on it the start is confirmed or put off.
    fn starting(&self, now: DateTime<Utc>, around: Around) -> Next {
        let (owes, since) = match around.starts_at {
            Some(at) if now < at => (Owes::Nobody, at),
            Some(at) => (Owes::Coordinator, at.max(self.moved_at)),
            None => (Owes::Coordinator, self.moved_at),
        };
        Next {
            owes,
            step: Step::Start,
            since,
        }
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
