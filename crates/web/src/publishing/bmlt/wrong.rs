//! What is said of a question that cannot be answered, in the shape that BMLT's clients know.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use finder::Place;
use serde_json::json;

use super::super::Whose;
use crate::finding::near::Problem;
use crate::finding::wrong::spot;
use crate::look;
use crate::state::App;

pub(super) enum Wrong {
    Problem(Problem),
    /// Several places have the name.
    Several(Problem, Vec<Place>),
    /// Nothing came from there.
    Programme(Whose),
    Json(serde_json::Error),
}

impl From<Problem> for Wrong {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<serde_json::Error> for Wrong {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(error)
    }
}

impl Wrong {
    pub(super) fn response(&self, app: &App) -> Response {
        let (status, value, sentence, places) = match self {
            Self::Problem(problem) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                problem.value.as_str(),
                problem.sentence,
                &[][..],
            ),
            Self::Several(problem, places) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                problem.value.as_str(),
                problem.sentence,
                places.as_slice(),
            ),
            Self::Programme(Whose::Programme(name)) => {
                (StatusCode::NOT_FOUND, name.as_str(), "bmlt-programme", &[][..])
            }
            Self::Programme(Whose::Own) => (StatusCode::NOT_FOUND, "", "bmlt-programme", &[][..]),
            Self::Json(error) => return look::our_fault(app, error),
        };
        let message = app.words().with(sentence, &[("value", value.into())]);
        let choices: Vec<_> = places.iter().map(spot).collect();
        let error =
            json!({ "parameter": self.parameter(), "value": value, "message": message, "choices": choices });
        (status, Json(json!({ "message": message, "error": error }))).into_response()
    }

    pub(super) fn parameter(&self) -> &'static str {
        match self {
            Self::Problem(problem) | Self::Several(problem, _) => problem.parameter,
            Self::Programme(_) => "programme",
            Self::Json(_) => "",
        }
    }
}
