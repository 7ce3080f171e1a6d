//! `/me/groups/{slug}/certificate`: how often I came, for whoever asks me to prove it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::attendance::Attended;
use domain::people::Handle;
use store::acts::SeeAttendance;
use store::{On, StoreError, leading};

use super::{address, certificate, own_page, parse};
use crate::form::Form;
use crate::look;
use crate::signing::{Person, Wanted};
use crate::state::App;

pub(crate) async fn ask(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    let here = here(&slug);
    match read(&app, &person, &slug).await {
        Ok((handle, attended)) => {
            let body = certificate::form(&app, &here, &handle, &attended, &Form::default(), None);
            own_page(&app, StatusCode::OK, &person, up(&app, &slug), body)
        }
        Err(why) => look::refused(&app, &why, &Wanted::parse(&here)),
    }
}

pub(crate) async fn issue(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let here = here(&slug);
    match read(&app, &person, &slug).await {
        Ok((handle, attended)) => {
            certificate::answer(&app, &here, &handle, &attended, &form, |status, body| {
                own_page(&app, status, &person, up(&app, &slug), body)
            })
        }
        Err(why) => look::refused(&app, &why, &Wanted::parse(&here)),
    }
}

async fn read(app: &App, person: &Person, slug: &str) -> Result<(Handle, Vec<Attended>), StoreError> {
    let slug = parse(slug)?;
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<SeeAttendance>(On::MyselfIn(&slug)).await?;
    let found = leading::attended_by_me(&mut permit).await?;
    writing.commit().await?;
    Ok(found)
}

fn here(slug: &str) -> String {
    format!("{}/certificate", address(slug))
}

fn up(app: &App, slug: &str) -> (String, String) {
    (address(slug), app.words().say("mine"))
}
