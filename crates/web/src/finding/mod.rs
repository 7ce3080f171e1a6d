//! Finding a group: `/groups` for people, `/api/groups` for programs.

mod aliases;
pub(crate) mod api;
mod asked;
mod card;
mod form;
pub(crate) mod list;
mod narrow;
pub(crate) mod near;
pub(crate) mod shared;
pub(crate) mod wrong;

pub use asked::{Asked, kind_parameter};
pub(crate) use card::hit_card;
pub(crate) use narrow::filter_name;
pub use near::{Near, Unit};
