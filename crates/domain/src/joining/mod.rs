//! Joining a therapy group: both sides decide (DOMAIN D9, D10, D13; SCIENCE 6 a–c).
//!
//! An [`Application`] carries what happened as facts and stands in one [`State`]. [`Application::after`] is the only way from
//! one state to the next. Nobody becomes a member without a recorded conversation about every [`Point`], without having read how
//! the group works, and without signed agreements; who was in a group elsewhere already is [`BroughtIn`], and counted apart. No
//! "no" is without [`Options`], no [`Refusal`] without what can be done instead.

mod acts;
mod application;
mod brought_in;
mod facts;
mod membership;
mod next;
mod options;
mod questions;
mod refusal;
mod seats;
mod start;

pub use acts::{Act, Side};
pub use application::{Accepted, Application, End, Holds, Offer, Over, Reach, State, Waiting};
pub use brought_in::{BroughtIn, BroughtInError};
pub use facts::{Conversation, Facts, Point, Points, Screened};
pub use membership::{Ended, Membership, MembershipAct, MembershipRefused, Reason, Standing};
pub use next::{Around, Next, Owes, Promises, Step};
pub use options::{Alternative, NoOptions, Options};
pub use questions::{Answer, Answers, CHOOSER_FORM, OWN_FORM, Question, Safety};
pub use refusal::{AskRefused, Instead, Refusal};
pub use seats::Places;
pub use start::{Admission, PlannedStart, StartRefused, StartState};

#[cfg(test)]
mod tests;
