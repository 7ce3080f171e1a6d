//! What time it is, as an argument: the program passes a real clock, tests pass a fixed one.

use chrono::{DateTime, Utc};

/// Answers what time it is. Only the program's entry point makes one that asks the machine.
pub trait Clock: Send + Sync + 'static {
    fn now(&self) -> DateTime<Utc>;
}

/// A clock that stands still; what tests and previews use.
#[derive(Debug, Clone, Copy)]
pub struct Fixed(pub DateTime<Utc>);

impl Clock for Fixed {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }
}
