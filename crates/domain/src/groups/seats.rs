//! Whether there is room, and from when.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seats {
    /// Support: walk in. Therapy: taking new people, the number is not told.
    Open,
    Left(u16),
    /// `weeks` is about how long it takes, if known.
    WaitingList {
        weeks: Option<u16>,
    },
    /// Taking people for a group that begins on that day.
    Starts(NaiveDate),
    /// Takes nobody now.
    Closed,
    Paused {
        until: Option<NaiveDate>,
    },
    Ended {
        on: Option<NaiveDate>,
    },
}

impl Seats {
    /// Whether somebody new finds a place, now or with its next start. A waiting list is none.
    pub const fn takes_people(self) -> bool {
        match self {
            Self::Open | Self::Left(1..) | Self::Starts(_) => true,
            Self::Left(0)
            | Self::WaitingList { .. }
            | Self::Closed
            | Self::Paused { .. }
            | Self::Ended { .. } => false,
        }
    }
}
