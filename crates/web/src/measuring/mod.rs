//! Forms that people answer, what their numbers mean, and `/check`, where anybody may ask themselves. Nothing that is answered there is
//! kept.

pub(crate) mod chart;
pub(crate) mod check;
pub(crate) mod fields;
mod forms;
pub(crate) mod index;
pub(crate) mod outcome;
pub(crate) mod thresholds;

pub use forms::{Forms, FormsError, Ready};
