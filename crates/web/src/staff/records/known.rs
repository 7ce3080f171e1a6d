//! By what the name guard tells a member besides the name they go by: what who leads marks.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::text::Line;
use store::acts::WritePart;
use store::records::{self, Known};
use store::{On, StoreError};

use super::chart::{both, draw};
use super::chart_address;
use crate::form::Form;
use crate::look;
use crate::signing::{Person, Wanted};
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
            records::set_known(&mut permit, known).await?;
            writing.commit().await?;
        }
        Ok::<_, StoreError>(())
    };
    match (done.await, &known) {
        (Ok(()), Some(_)) => Redirect::to(&here).into_response(),
        (Ok(()), None) => {
            let wrong = app.words().with("known-too-many", &[("most", MOST.into())]);
            let at = (slug.as_str(), whose.as_str());
            let none = Form::default();
            draw(
                &app,
                &person,
                at,
                StatusCode::UNPROCESSABLE_ENTITY,
                &none,
                Some(wrong),
            )
            .await
        }
        (Err(why), _) => look::refused(&app, &why, &Wanted::parse(&here)),
    }
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
