//! What was done, and whether what is written of it is whole.

mod asked;
mod check;
mod export;
mod list;

pub(crate) use check::check;
pub(crate) use export::export;
pub(crate) use list::{all, installation};
