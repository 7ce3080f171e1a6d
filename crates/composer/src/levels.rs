//! What a plan is measured by: six whole numbers, compared one after another in the order that the problem gives.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// A level; `docs/composer.md` defines each to the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// How many people are in a group.
    Placed,
    /// The days that those who are in a group have waited, added up.
    Waiting,
    /// How many people are in a group, or at a time, that they prefer.
    Preference,
    /// The squared difference of severity, added up over all pairs in the same group.
    Severity,
    /// Pairs in the same group that share a trait to be spread, and pairs that differ in one to be alike.
    Spread,
    /// How many groups somebody new comes into.
    Change,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    More,
    Less,
}

impl Level {
    /// In the usual order.
    pub const ALL: [Self; 6] = [
        Self::Placed,
        Self::Waiting,
        Self::Preference,
        Self::Severity,
        Self::Spread,
        Self::Change,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Waiting => "waiting",
            Self::Preference => "preference",
            Self::Severity => "severity",
            Self::Spread => "spread",
            Self::Change => "change",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }

    pub const fn aim(self) -> Aim {
        match self {
            Self::Placed | Self::Waiting | Self::Preference => Aim::More,
            Self::Severity | Self::Spread | Self::Change => Aim::Less,
        }
    }

    /// The value as something to make small.
    pub(crate) const fn loss(self, value: i64) -> i64 {
        match self.aim() {
            Aim::More => -value,
            Aim::Less => value,
        }
    }
}

/// The values of all six levels, also of those that the order leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Values([i64; 6]);

impl Values {
    pub const fn of(&self, level: Level) -> i64 {
        self.0[level as usize]
    }

    pub(crate) const fn add(&mut self, level: Level, value: i64) {
        self.0[level as usize] += value;
    }

    /// `Less` if these are better than the others.
    pub fn compare(&self, other: &Self, order: &[Level]) -> Ordering {
        for level in order {
            let (mine, theirs) = (level.loss(self.of(*level)), level.loss(other.of(*level)));
            if mine != theirs {
                return mine.cmp(&theirs);
            }
        }
        Ordering::Equal
    }
}

/// How many there are, as a number that levels are counted in.
pub(crate) fn count(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}
