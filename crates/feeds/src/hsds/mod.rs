//! HSDS 3.1 (openreferral/specification): services with their schedules, as JSON.
//!
//! In: a list of services, a page of an API (`{"contents": […]}`), an organisation with its services, or one service. Each
//! schedule of a service at a location is a group; a service that names no times is none, and is held. Out: each group is a
//! service, and what HSDS has no field for are attributes, by which it is read again without a loss.

mod cost;
mod facts;
mod ids;
mod ours;
mod ours_schedule;
mod pieces;
mod place;
mod read;
mod shown;
pub mod write;

pub use read::{read, rows};
