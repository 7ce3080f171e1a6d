//! Why something is not done now, and what can be done instead.

use chrono::{DateTime, NaiveDate, Utc};

use crate::groups::{Kind, Seats};

/// Why an act is refused. The pages have a sentence for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("no conversation was recorded yet")]
    TalkMissing,
    #[error("{open} points of the conversation are open")]
    PointsOpen { open: usize },
    #[error("how the group works was not read yet")]
    ReadFirst,
    #[error("no place is left; there are {most}")]
    Full { most: u16 },
    #[error("the offer ended at {at}")]
    OfferEnded { at: DateTime<Utc> },
    #[error("an offer is out and waits for an answer")]
    OfferOut,
    #[error("there is no offer to answer")]
    NoOffer,
    #[error("the offer would end before it begins")]
    OfferTooShort,
    #[error("the offer waits for its answer until {until}")]
    OfferHolds { until: DateTime<Utc> },
    #[error("no time is booked")]
    NothingBooked,
    #[error("this time is over")]
    TimePast,
    #[error("the person has accepted already")]
    AcceptedAlready,
    #[error("{missing} agreements are not signed")]
    SignFirst { missing: u16 },
    #[error("not both sides have said yes")]
    NotBothYes,
    #[error("the group admits on {on}")]
    StartsLater { on: NaiveDate },
    #[error("the group admits nobody now")]
    AdmitsNobody,
    #[error("this was not among the options")]
    NoSuchOption,
    #[error("the person does not wait for any group that fits")]
    NotForAny,
    #[error("the person is a member already")]
    IsMember,
    #[error("this is over")]
    IsOver,
}

/// Why nobody can ask for a place in a group now. There are other groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AskRefused {
    #[error("one walks into a support group, and asks nobody")]
    WalkIn,
    #[error("the group takes nobody now")]
    TakesNobody,
    #[error("the group has ended")]
    Ended,
}

impl AskRefused {
    /// Whether one can ask for a place in such a group.
    pub const fn check(kind: Kind, seats: Seats) -> Result<(), Self> {
        match (kind, seats) {
            (Kind::Support, _) => Err(Self::WalkIn),
            (_, Seats::Ended { .. }) => Err(Self::Ended),
            (_, Seats::Closed | Seats::Paused { .. }) => Err(Self::TakesNobody),
            _ => Ok(()),
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::WalkIn => "walk-in",
            Self::TakesNobody => "takes-nobody",
            Self::Ended => "ended",
        }
    }
}

/// What can be done instead of what was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Instead {
    RecordTalk,
    ReadRules,
    PutOnWaitingList,
    AskForNewOffer,
    WaitForAnswer,
    SeeWhereIStand,
    LaterDay,
    PickTime,
    Sign,
    OfferFirst,
    WaitForStart,
    PlanStart,
    SeeOptions,
    AnnounceLeaving,
    AskAgain,
}

impl Refusal {
    /// What its words are found by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::TalkMissing => "talk-missing",
            Self::PointsOpen { .. } => "points-open",
            Self::ReadFirst => "read-first",
            Self::Full { .. } => "full",
            Self::OfferEnded { .. } => "offer-ended",
            Self::OfferOut => "offer-out",
            Self::NoOffer => "no-offer",
            Self::OfferTooShort => "offer-too-short",
            Self::OfferHolds { .. } => "offer-holds",
            Self::NothingBooked => "nothing-booked",
            Self::TimePast => "time-past",
            Self::AcceptedAlready => "accepted-already",
            Self::SignFirst { .. } => "sign-first",
            Self::NotBothYes => "not-both-yes",
            Self::StartsLater { .. } => "starts-later",
            Self::AdmitsNobody => "admits-nobody",
            Self::NoSuchOption => "no-such-option",
            Self::NotForAny => "not-for-any",
            Self::IsMember => "is-member",
            Self::IsOver => "is-over",
        }
    }

    pub const fn instead(self) -> Instead {
        match self {
            Self::TalkMissing | Self::PointsOpen { .. } => Instead::RecordTalk,
            Self::ReadFirst => Instead::ReadRules,
            Self::Full { .. } | Self::NotForAny => Instead::PutOnWaitingList,
            Self::OfferEnded { .. } => Instead::AskForNewOffer,
            Self::OfferOut | Self::OfferHolds { .. } => Instead::WaitForAnswer,
            Self::NoOffer => Instead::SeeWhereIStand,
            Self::OfferTooShort => Instead::LaterDay,
            Self::NothingBooked | Self::TimePast => Instead::PickTime,
            Self::AcceptedAlready | Self::SignFirst { .. } => Instead::Sign,
            Self::NotBothYes => Instead::OfferFirst,
            Self::StartsLater { .. } => Instead::WaitForStart,
            Self::AdmitsNobody => Instead::PlanStart,
            Self::NoSuchOption => Instead::SeeOptions,
            Self::IsMember => Instead::AnnounceLeaving,
            Self::IsOver => Instead::AskAgain,
        }
    }
}

impl Instead {
    pub const fn name(self) -> &'static str {
        match self {
            Self::RecordTalk => "record-talk",
            Self::ReadRules => "read-rules",
            Self::PutOnWaitingList => "waiting-list",
            Self::AskForNewOffer => "new-offer",
            Self::WaitForAnswer => "wait-for-answer",
            Self::SeeWhereIStand => "where-i-stand",
            Self::LaterDay => "later-day",
            Self::PickTime => "pick-time",
            Self::Sign => "sign",
            Self::OfferFirst => "offer-first",
            Self::WaitForStart => "wait-for-start",
            Self::PlanStart => "plan-start",
            Self::SeeOptions => "see-options",
            Self::AnnounceLeaving => "announce-leaving",
            Self::AskAgain => "ask-again",
        }
    }
}
