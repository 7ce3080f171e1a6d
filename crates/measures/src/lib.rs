//! FHIR Questionnaires read, answered and scored; change judged by published rules.
//!
//! Pure: the eight bundled forms are part of the program; a program that has others passes their texts in.
#![forbid(unsafe_code)]

mod bundled;
pub mod change;
pub mod measure;
pub mod native;
pub mod reference;
pub mod risk;
mod sidecar;
mod slip;

pub use measure::{Measure, Measures};
pub use slip::{Slip, Slips};
