//! What the API says of a question that cannot be answered.

use finder::Place;
use serde::Serialize;

use super::near::{Near, Problem};
use crate::words::Words;

#[derive(Serialize)]
pub(crate) struct Wrong {
    parameter: &'static str,
    value: String,
    message: String,
    /// Places that share the name, when it is ambiguous.
    choices: Vec<Spot>,
}

#[derive(Serialize)]
pub(crate) struct Spot {
    name: String,
    latitude: f64,
    longitude: f64,
}

/// The one place that is meant, if any; else what is wrong with the question.
pub(crate) fn placed(
    words: &Words,
    problems: &[Problem],
    typed: &str,
    near: Near,
) -> Result<Option<Place>, Wrong> {
    let wrong = |parameter, value: &str, sentence: &str, choices: &[Place]| Wrong {
        parameter,
        value: value.to_owned(),
        message: words.with(sentence, &[("value", value.into())]),
        choices: choices.iter().map(spot).collect(),
    };
    if let Some(problem) = problems.first() {
        return Err(wrong(problem.parameter, &problem.value, problem.sentence, &[]));
    }
    match near {
        Near::Nowhere => Ok(None),
        Near::Here(place) => Ok(Some(place)),
        Near::Several(places) => Err(wrong("near", typed, "near-several", &places)),
        Near::Unknown(sentence) => Err(wrong("near", typed, sentence, &[])),
    }
}

pub(crate) fn spot(place: &Place) -> Spot {
    Spot {
        name: place.name.clone(),
        latitude: place.point.latitude(),
        longitude: place.point.longitude(),
    }
}
