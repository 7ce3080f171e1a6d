//! By what the name guard tells a member besides the name they go by: what who leads marks.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::text::Line;
use store::On;
use store::acts::WritePart;
use store::records::{self, Known, RecordError};

use super::chart::{both, draw};
use super::{chart_address, said};
use crate::form::Form;
use crate::signing::Person;
use crate::state::App;

/// So many lines of each.
const MOST: usize = 20;

pub(crate) async fn set(
    State(app): State<App>,
    person: Person,
    Path((slug, whose)): Path<(String, String)>,
    form: Form,
) -> Response {
    let here = chart_address(&slug, &whose);
    let known = typed(&form);
    let done = async {
        let (group, about) = both(&slug, &whose)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<WritePart>(On::ByMe(&about, &group)).await?;
        if let Some(known) = &known {
            let is_as_seen = |now: &Known| written(now).was_shown_to(&form);
            records::set_known(&mut permit, known, is_as_seen).await?;
            writing.commit().await?;
        }
        Ok::<_, RecordError>(())
    };
    let words = app.words();
    let (status, wrong) = match (done.await, &known) {
        (Ok(()), Some(_)) => return Redirect::to(&here).into_response(),
        (Ok(()), None) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            words.with("known-too-many", &[("most", MOST.into())]),
        ),
        (Err(RecordError::Meanwhile), Some(known)) => (
            StatusCode::CONFLICT,
            words.with("known-meanwhile", &[("yours", all_of(known).into())]),
        ),
        (Err(why), _) => match said(&app, why, &here) {
            Ok(wrong) => (StatusCode::UNPROCESSABLE_ENTITY, wrong),
            Err(page) => return *page,
        },
    };
    let (at, none) = ((slug.as_str(), whose.as_str()), Form::default());
    draw(&app, &person, at, status, &none, Some(wrong)).await
}

/// What is marked as the form has it, which says what it showed.
pub(super) fn written(known: &Known) -> Form {
    let mut form = Form::default();
    form.put("names", &lines(&known.names));
    form.put("nicknames", &lines(&known.nicknames));
    form.put("phones", &lines(&known.phones));
    form.put("facts", &lines(&known.facts));
    if form == Form::default() {
        form.put("nothing", "yes");
    }
    form.telling()
}

fn lines(lines: &[Line]) -> String {
    let lines: Vec<&str> = lines.iter().map(Line::as_str).collect();
    lines.join("\n")
}

/// All that was typed, to be put in once more.
fn all_of(known: &Known) -> String {
    let all = [&known.names, &known.nicknames, &known.phones, &known.facts];
    let all: Vec<&str> = all.into_iter().flatten().map(Line::as_str).collect();
    all.join(", ")
}

/// One a line; what is too much is none.
fn typed(form: &Form) -> Option<Known> {
    let lines = |name: &str| -> Option<Vec<Line>> {
        let lines: Vec<Line> = form
            .raw(name)
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| Line::parse(line).ok())
            .collect::<Option<_>>()?;
        (lines.len() <= MOST).then_some(lines)
    };
    Some(Known {
        names: lines("names")?,
        nicknames: lines("nicknames")?,
        phones: lines("phones")?,
        facts: lines("facts")?,
    })
}
