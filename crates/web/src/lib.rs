//! Pages and the public API.
//!
//! [`app`] builds the router from one table of routes ([`routes`]); every page is a typed function beside its handler
//! and works without JavaScript. Words are in `words/`, the look in [`look`].
#![forbid(unsafe_code)]

mod assets;
mod choosing;
mod coming;
mod embed;
mod finding;
mod form;
#[doc(hidden)]
pub mod fuzzing;
mod group;
mod headers;
mod helping;
pub mod joining;
mod kept;
mod leading;
mod learning;
pub mod letters;
mod limits;
pub mod logging;
mod look;
mod map;
mod me;
pub mod measuring;
mod once;
mod pages;
mod providers;
pub mod publishing;
mod revalidate;
pub mod routes;
mod saying;
pub mod searches;
mod settings;
mod shortlist;
mod signing;
mod staff;
mod state;
mod topics;
mod words;

pub use routes::app;
pub use settings::{Organisation, Rates, Settings};
pub use signing::openid;
pub use state::App;
pub use words::Words;
