//! Records of a session: three kinds apart (DOMAIN D17), and how each goes from draft to signed to amended.
//!
//! Where a record stands knows nothing of its words: those are sealed where they are kept, and are in [`Words`] only while they are
//! written or read.

mod acts;
mod merge;
mod record;
mod refusal;
mod signing;
mod words;

#[cfg(test)]
mod tests;

pub use acts::Act;
pub use record::{
    Amendment, By, Cosignature, Kind, Policy, Record, Relation, Signature, Stage, State, Unlocked,
};
pub use refusal::Refusal;
pub use signing::{Checked, Marked, Reason, ReasonError, Reasoned};
pub use words::{Field, Together, Words, WordsError};
