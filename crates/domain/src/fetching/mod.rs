//! From where a feed may be fetched: addresses of others, and never one of the network that this installation stands in.
//!
//! Whoever gives the address of a feed, or answers for its name, or leads on to another one, must not reach through us what
//! only we can reach. These are the rules; `sameboat::fetching` keeps them while it connects.

mod address;
mod reach;

pub use address::{AddressError, FeedAddress, Inside, InsideError, Rules};
pub use reach::is_global;
