//! FHIR Questionnaires read, answered and scored; change judged by published rules.
//!
//! A [`Form`] is a Questionnaire of which everything is understood. A [`Response`] is a QuestionnaireResponse; laid on its form it
//! becomes a [`Sheet`]: every row a page shows, what was answered there, whether it is asked, what is wrong, and the scores. A
//! [`Measure`] is a form with what its numbers mean: native scores, bands, norms and thresholds, each with its source.
//!
//! Pure: the eight bundled forms are part of the program; a program that has others passes their texts in.
#![forbid(unsafe_code)]

pub mod answer;
mod bundled;
pub mod change;
mod days;
pub mod fhirpath;
pub mod form;
mod json;
pub mod measure;
pub mod native;
mod number;
pub mod problem;
pub mod programmes;
pub mod reference;
pub mod response;
pub mod risk;
pub mod score;
mod sidecar;
mod slip;

pub use answer::{Answer, Coding, Quantity};
pub use form::{Form, Item, Kind, Report};
pub use json::{LONGEST_TEXT, MOST_BYTES};
pub use measure::{Measure, Measures};
pub use problem::{Problem, Refused};
pub use response::{Mistake, Progress, Response, Row, Sheet, Status};
pub use rust_decimal::Decimal;
pub use score::{Score, Scores};
pub use slip::{Slip, Slips};
