//! People and the roles they hold: in one group or for the organisation, from a day on and until another.

mod handle;
mod roles;

pub use handle::{Handle, HandleError};
pub use roles::{GroupId, Held, PersonId, Rank, Reach, Role};
