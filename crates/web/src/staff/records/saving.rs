//! What a form of a record sent, and what a script that saves as one types is answered.

use axum::Json;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use domain::records::{Field, Marked, Reason, Reasoned, Words, WordsError};
use serde_json::json;
use store::records::{Base, Found, Saved, Seen, TextId};

use super::drawing::mark_said;
use crate::form::Form;
use crate::state::App;
use crate::words::Words as Said;

/// The words of a form, as they were typed.
pub(super) fn words(form: &Form, fields: &'static [Field]) -> Result<Words, WordsError> {
    Words::new(
        fields,
        fields
            .iter()
            .map(|field| (*field, form.raw(field.name()).to_owned())),
    )
}

/// The text on which who typed began; a script says which fields still show what it sent before.
pub(super) fn base(form: &Form) -> Base {
    let was = form.fields().filter_map(|(name, text)| {
        let field = Field::named(name.strip_prefix("was-")?)?;
        Some((field, text.to_owned()))
    });
    Base {
        text: TextId::parse(form.get("base")),
        was: was.collect(),
    }
}

/// What was answered about marks and about parts that are nearly the same; a reason that is too short is none.
pub(super) fn seen(form: &Form) -> Seen {
    let marks = form
        .all("mark-words")
        .zip(form.all("mark-why"))
        .zip(form.all("mark-reason"));
    let reasons = marks.filter_map(|((words, why), reason)| {
        Some(Reasoned {
            mark: Marked {
                words: words.to_owned(),
                why: why.to_owned(),
            },
            reason: Reason::parse(reason).ok()?,
        })
    });
    Seen {
        reasons: reasons.collect(),
        like: form.all("seen").filter_map(TextId::parse).collect(),
    }
}

/// Which mark is to be replaced in which field, where that is asked for: `FIELD:WORDS`.
pub(super) fn replace(form: &Form, fields: &[Field]) -> Option<(Field, String)> {
    let (field, marked) = form.raw("replace").split_once(':')?;
    let field = Field::named(field).filter(|field| fields.contains(field))?;
    let marked = marked.replace("\r\n", "\n");
    (!marked.is_empty()).then_some((field, marked))
}

/// Whether a script asks, which puts the answer into the page itself.
pub(super) fn by_script(headers: &HeaderMap) -> bool {
    let accepts = headers
        .get(header::ACCEPT)
        .and_then(|accepts| accepts.to_str().ok());
    accepts.is_some_and(|accepts| accepts.starts_with("application/json"))
}

/// What stands there now, and what is marked in it.
pub(super) fn answer(app: &App, saved: &Saved, marks: &[Found]) -> Response {
    let words = app.words();
    let fields: serde_json::Map<String, serde_json::Value> = saved
        .words
        .iter()
        .map(|(field, text)| (field.name().to_owned(), json!(text)))
        .collect();
    let when = app.moment(app.now());
    let both = (!saved.both.is_empty()).then(|| both(words, saved));
    let marks: Vec<_> = marks
        .iter()
        .map(|found| json!({ "field": found.field.name(), "said": mark_said(words, found) }))
        .collect();
    Json(json!({
        "base": saved.text.to_string(),
        "words": fields,
        "said": words.with("record-saved", &[("when", when.into())]),
        "both": both,
        "marks": marks,
    }))
    .into_response()
}

/// That two texts stand in one place now, and whose the other one is.
pub(super) fn both(words: &Said, saved: &Saved) -> String {
    match &saved.with {
        Some(name) => words.with("record-both", &[("name", name.to_string().into())]),
        None => words.say("record-both-own"),
    }
}

/// What went wrong, for a script.
pub(super) fn wrong(said: &str) -> Response {
    let mut response = Json(json!({ "wrong": said })).into_response();
    *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    response
}
