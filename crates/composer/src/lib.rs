//! Who with whom: conditions, search, proof, explanation.
//!
//! [`Problem::read`] takes a waiting list and the groups there could be, [`compose`] gives the best [`Plan`] it finds and says
//! whether it is proven, [`check`] looks at anyone's plan. `docs/composer.md` defines every condition and level.

mod bounds;
mod chance;
mod clash;
mod compose;
mod conditions;
mod exact;
mod explain;
mod feasible;
mod flow;
mod levels;
pub mod mdgp;
mod model;
mod plan;
mod problem;
#[cfg(test)]
mod proofs;
mod reading;
mod search;
mod sets;
mod state;
mod strict;
mod what_if;

pub use compose::{How, PROVEN_PEOPLE, Patient, Undecided, Watch, compose};
pub use levels::{Aim, Level, Values};
pub use plan::{Plan, Reached, Status, check};
pub use problem::{Group, Person, Problem};
pub use reading::{Refused, Slip, limits};
pub use what_if::{Difference, Edit, EditError, Moved, Shift};
