//! FHIR Questionnaires read, answered and scored; change judged by published rules.
//!
//! A [`Form`] is a Questionnaire of which everything is understood. A [`Response`] is a QuestionnaireResponse; laid on its form it
//! becomes a [`Sheet`]: every row a page shows, what was answered there, whether it is asked, what is wrong, and the scores.

pub mod answer;
mod days;
pub mod fhirpath;
pub mod form;
mod json;
mod number;
pub mod problem;
pub mod response;
pub mod score;

pub use answer::{Answer, Coding, Quantity};
pub use form::{Form, Item, Kind, Report};
pub use json::{LONGEST_TEXT, MOST_BYTES};
pub use problem::{Problem, Refused};
pub use response::{Mistake, Progress, Response, Row, Sheet, Status};
pub use rust_decimal::Decimal;
pub use score::{Score, Scores};
