//! Guesses at an account: which of them are judged (decision 26).
//!
//! Each prefix has a count of its own at each account, so nobody elsewhere can use up somebody's. Over all prefixes an account
//! hears a few at once and then one after an ever longer wait, so many prefixes are not many guesses; and a prefix from which
//! somebody was right there before is heard all the while, so many prefixes keep nobody out of their own account. Whether a
//! prefix is known nobody can see: who guesses wrong meets the same answers, as soon, from a known one and from others.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use super::{Name, TIDY_EVERY};

/// From one prefix an account hears so many guesses in any [`WINDOW`].
pub(super) const OWN: usize = 5;
pub(super) const WINDOW: TimeDelta = TimeDelta::minutes(15);

/// From all prefixes together it hears so many, and then one after each wait; the wait doubles with each.
pub(super) const AT_ONCE: u32 = 20;
const FIRST_WAIT: TimeDelta = TimeDelta::minutes(1);
/// It grows no longer than this, and for each such time without a guess one is forgotten.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(1);

/// So many prefixes of an account are known, those that were right last.
pub(super) const KNOWN: usize = 8;
/// And for so long after they were.
const KNOWN_FOR: TimeDelta = TimeDelta::days(90);

/// What becomes of a guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hearing {
    /// It is judged, and answered.
    Open,
    /// It is judged, but a wrong one is answered as if it had not been.
    Quiet,
    /// It is not judged, and takes as long.
    Deaf,
    /// It is not judged, and answered at once.
    Refused,
}

/// A guess that was counted.
#[derive(Debug)]
pub(crate) struct Turn {
    account: Name,
    prefix: Name,
    at: DateTime<Utc>,
    /// What the account had heard before.
    before: Tally,
    pub(crate) hearing: Hearing,
}

impl Turn {
    /// Whether what is right signs in.
    pub(crate) fn is_judged(&self) -> bool {
        matches!(self.hearing, Hearing::Open | Hearing::Quiet)
    }
}

#[derive(Default)]
pub(super) struct Guesses(Mutex<Held>);

#[derive(Default)]
struct Held {
    taken: u32,
    own: HashMap<(Name, Name), Window>,
    all: HashMap<Name, Tally>,
    known: HashMap<Name, Vec<(Name, DateTime<Utc>)>>,
}

impl Guesses {
    pub(super) fn take(&self, account: Name, prefix: Name, now: DateTime<Utc>) -> Turn {
        let mut held = self.held();
        held.tidy(now);
        let is_known = held.knows(&account, &prefix, now);
        let Held { own, all, .. } = &mut *held;
        let all = all.entry(account).or_insert(Tally { heard: 0, last: now });
        let before = *all;
        let hearing = if !own.entry((account, prefix)).or_default().takes(now) {
            Hearing::Refused
        } else if all.takes(now) {
            Hearing::Open
        } else if is_known {
            Hearing::Quiet
        } else {
            Hearing::Deaf
        };
        Turn {
            account,
            prefix,
            at: now,
            before,
            hearing,
        }
    }

    /// Gives the turn back as if it had not been: that somebody signed in shows in no count.
    pub(super) fn was_right(&self, turn: &Turn, now: DateTime<Utc>) {
        let mut held = self.held();
        if let Some(own) = held.own.get_mut(&(turn.account, turn.prefix)) {
            own.gives_back(turn.at);
        }
        if let Some(all) = held.all.get_mut(&turn.account)
            && turn.hearing == Hearing::Open
        {
            all.gives_back(turn);
        }
        let known = held.known.entry(turn.account).or_default();
        known.retain(|(prefix, _)| *prefix != turn.prefix);
        known.push((turn.prefix, now));
        if known.len() > KNOWN {
            known.remove(0);
        }
    }

    /// All of it stands in each of its entries: a thread that broke off left nothing half done.
    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn knows(&self, account: &Name, prefix: &Name, now: DateTime<Utc>) -> bool {
        let known = self.known.get(account).map_or(&[][..], Vec::as_slice);
        known
            .iter()
            .any(|(known, at)| known == prefix && now - at < KNOWN_FOR)
    }

    /// Forgets what decides nothing any more.
    fn tidy(&mut self, now: DateTime<Utc>) {
        self.taken = self.taken.wrapping_add(1);
        if !self.taken.is_multiple_of(TIDY_EVERY) {
            return;
        }
        self.own.retain(|_, window| window.is_of_use(now));
        self.all.retain(|_, tally| tally.left(now) > 0);
        self.known.retain(|_, known| {
            known.retain(|(_, at)| now - at < KNOWN_FOR);
            !known.is_empty()
        });
    }
}

/// When guesses were heard, the last one last; no more than [`OWN`].
#[derive(Default)]
struct Window(Vec<DateTime<Utc>>);

impl Window {
    fn takes(&mut self, now: DateTime<Utc>) -> bool {
        self.0.retain_mut(|at| {
            // After a clock that went back nobody waits for the time it had shown.
            *at = now.min(*at);
            now - *at < WINDOW
        });
        let takes = self.0.len() < OWN;
        if takes {
            self.0.push(now);
        }
        takes
    }

    fn gives_back(&mut self, at: DateTime<Utc>) {
        if let Some(place) = self.0.iter().rposition(|heard| *heard == at) {
            self.0.remove(place);
        }
    }

    fn is_of_use(&self, now: DateTime<Utc>) -> bool {
        self.0.last().is_some_and(|last| now - last < WINDOW)
    }
}

/// How many guesses an account has heard and not forgotten, and when the last of them.
#[derive(Debug, Clone, Copy)]
struct Tally {
    heard: u32,
    last: DateTime<Utc>,
}

impl Tally {
    fn takes(&mut self, now: DateTime<Utc>) -> bool {
        self.last = now.min(self.last);
        let left = self.left(now);
        let wait = match left.checked_sub(AT_ONCE) {
            None => TimeDelta::zero(),
            Some(beyond) => LONGEST_WAIT.min(FIRST_WAIT * (1 << beyond.min(10))),
        };
        if now - self.last < wait {
            return false;
        }
        self.heard = left + 1;
        self.last = now;
        true
    }

    fn gives_back(&mut self, turn: &Turn) {
        if self.last == turn.at && self.heard == turn.before.left(turn.at) + 1 {
            *self = turn.before;
        } else {
            // Others were heard meanwhile.
            self.heard = self.heard.saturating_sub(1);
        }
    }

    fn left(&self, now: DateTime<Utc>) -> u32 {
        let quiet = (now - self.last).num_seconds() / LONGEST_WAIT.num_seconds();
        self.heard
            .saturating_sub(u32::try_from(quiet.max(0)).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests;
