//! Finding a group: `/groups` for people, `/api/groups` for programs.

pub(crate) mod api;
mod asked;
pub(crate) mod list;
pub(crate) mod near;
pub(crate) mod shared;
pub(crate) mod wrong;

pub use asked::{Asked, kind_parameter};
pub(crate) use list::{filter_name, hit_card};
pub use near::{Near, Unit};
