//! Finding a group: `/groups` for people, `/api/groups` for programs.

pub(crate) mod api;
mod asked;
pub(crate) mod list;
pub(crate) mod near;
pub(crate) mod shared;
pub(crate) mod wrong;

pub use asked::Asked;
pub use near::{Near, Unit};
