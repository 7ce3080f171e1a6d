//! Records of a session: three kinds apart (DOMAIN D17), and how each goes from draft to signed to amended.
//!
//! Nothing here knows the words of a record: those are sealed where they are kept. This is who may do what with it, and when.

mod acts;
mod record;
mod refusal;
mod signing;

#[cfg(test)]
mod tests;

pub use acts::Act;
pub use record::{Amendment, By, Cosignature, Kind, Policy, Record, Relation, Signature, State, Unlocked};
pub use refusal::Refusal;
pub use signing::{Checked, Marked, Reason, ReasonError, Reasoned};
