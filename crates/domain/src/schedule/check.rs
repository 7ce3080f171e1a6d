//! What keeps a schedule from being one.

use chrono::NaiveDate;

use super::{Rule, Schedule};

/// The most dates, skips or moves a schedule names.
pub const MOST_DATES: usize = 1_000;

/// Why a schedule cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    #[error("it names no day on which the group meets")]
    NoDay,
    #[error("it repeats every 0 weeks or months; the least is 1")]
    NoInterval,
    #[error("it ends on {until}, before it begins on {from}")]
    EndsBeforeItBegins { from: NaiveDate, until: NaiveDate },
    #[error("{0} is skipped or moved, but the group does not meet on that day anyway")]
    NotADate(NaiveDate),
    #[error("{0} is skipped or moved twice; once is enough")]
    Twice(NaiveDate),
    #[error("it names {0} dates; the most is {MOST_DATES}")]
    TooManyDates(usize),
}

impl Schedule {
    /// Whether the schedule can be.
    pub fn check(&self) -> Result<(), ScheduleError> {
        let (interval, empty) = match &self.rule {
            Rule::Weekly { interval, days } => (*interval, days.is_empty()),
            Rule::Monthly { interval, nth, .. } => (*interval, nth.is_empty()),
            Rule::Dates { dates } => (1, dates.is_empty()),
        };
        match self.until {
            _ if empty => return Err(ScheduleError::NoDay),
            _ if interval == 0 => return Err(ScheduleError::NoInterval),
            Some(until) if until < self.from => {
                return Err(ScheduleError::EndsBeforeItBegins {
                    from: self.from,
                    until,
                });
            }
            _ => {}
        }
        let named = match &self.rule {
            Rule::Dates { dates } => dates.len(),
            _ => 0,
        };
        let most = named.max(self.skips.len()).max(self.moves.len());
        if most > MOST_DATES {
            return Err(ScheduleError::TooManyDates(most));
        }
        self.check_exceptions()
    }

    fn check_exceptions(&self) -> Result<(), ScheduleError> {
        let mut seen = std::collections::BTreeSet::new();
        let dates = self
            .skips
            .iter()
            .map(|skip| skip.date)
            .chain(self.moves.iter().map(|moved| moved.date));
        for date in dates {
            if !seen.insert(date) {
                return Err(ScheduleError::Twice(date));
            }
            if self.rule_dates(date).next() != Some(date) {
                return Err(ScheduleError::NotADate(date));
            }
        }
        Ok(())
    }
}
