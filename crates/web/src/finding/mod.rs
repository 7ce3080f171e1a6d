//! Finding a group: `/groups` for people, `/api/groups` for programs.

pub mod api;
mod asked;
pub mod list;

pub use asked::{Asked, Unit, kind_parameter};
