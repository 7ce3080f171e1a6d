//! `/staff/groups/{slug}/certificates/{person}`: how often a member came, for whoever asks them to prove it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::attendance::Attended;
use domain::people::Handle;
use store::acts::SeeAttendance;
use store::{On, StoreError, leading};

use super::{page, parse, sessions};
use crate::form::Form;
use crate::leading::certificate;
use crate::look;
use crate::signing::{Person, Wanted};
use crate::state::App;

pub(crate) async fn ask(
    State(app): State<App>,
    person: Person,
    Path((slug, whom)): Path<(String, String)>,
) -> Response {
    let here = here(&slug, &whom);
    match read(&app, &person, &slug, &whom).await {
        Ok((handle, attended)) => {
            let body = certificate::form(&app, &here, &handle, &attended, &Form::default(), None);
            page(&app, StatusCode::OK, &person, up(&app, &slug), body)
        }
        Err(why) => look::refused(&app, &why, &Wanted::parse(&here)),
    }
}

pub(crate) async fn issue(
    State(app): State<App>,
    person: Person,
    Path((slug, whom)): Path<(String, String)>,
    form: Form,
) -> Response {
    let here = here(&slug, &whom);
    match read(&app, &person, &slug, &whom).await {
        Ok((handle, attended)) => {
            certificate::answer(&app, &here, &handle, &attended, &form, |status, body| {
                page(&app, status, &person, up(&app, &slug), body)
            })
        }
        Err(why) => look::refused(&app, &why, &Wanted::parse(&here)),
    }
}

async fn read(
    app: &App,
    person: &Person,
    slug: &str,
    whom: &str,
) -> Result<(Handle, Vec<Attended>), StoreError> {
    let (slug, whom) = (parse(slug)?, parse(whom)?);
    let mut writing = app.store().write(person.who()).await?;
    // Of oneself, one's own pages tell.
    writing.permit::<SeeAttendance>(On::Group(&slug)).await?;
    let mut permit = writing
        .permit::<SeeAttendance>(On::PersonIn(&whom, &slug))
        .await?;
    let found = leading::attended(&mut permit).await?;
    writing.commit().await?;
    Ok(found)
}

fn here(slug: &str, whom: &str) -> String {
    format!("/staff/groups/{slug}/certificates/{whom}")
}

fn up(app: &App, slug: &str) -> (String, String) {
    (sessions(slug), app.words().say("sessions"))
}
