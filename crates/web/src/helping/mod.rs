//! Help now: the card wherever a person may be in danger, and `/help-now`.

mod card;
pub(crate) mod show;

pub(crate) use card::{call_or_text, card, reach};
