//! HSDS 3.1 (openreferral/specification): services with their schedules, as JSON.
//!
//! A list of services, a page of an API (`{"contents": […]}`), an organisation with its services, or one service. Each schedule
//! of a service at a location is a group; a service that names no times is none, and is held.

mod cost;
mod pieces;
mod place;
mod read;

pub use read::{read, rows};
