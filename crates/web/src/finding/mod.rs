//! Finding a group: `/groups` for people, `/api/groups` for programs.

pub(crate) mod api;
mod asked;
pub(crate) mod list;

pub use asked::{Asked, Near, Unit, kind_parameter};
pub(crate) use list::{filter_name, hit_card};
