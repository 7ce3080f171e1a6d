//! Confirming, pausing and ending a group, and taking that back: each a `POST` below `/staff/groups/{slug}`.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use store::acts::{EditGroup, RunListings};
use store::groups;
use store::{On, StoreError};

use crate::form::Form;
use crate::look;
use crate::signing::{Person, Wanted};
use crate::state::App;

/// `…/confirmation`: all of it is true today.
pub(crate) async fn confirm(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    let done = async {
        let (parsed, mut writing) = (super::parse(&slug)?, app.store().write(person.who()).await?);
        let mut permit = writing.permit::<EditGroup>(On::Group(&parsed)).await?;
        groups::confirm(&mut permit, app.today()).await?;
        writing.commit().await
    };
    answer(&app, &slug, "confirmed", done.await)
}

/// `…/pause`: until a day, or until further notice.
pub(crate) async fn pause(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let until = match form.get("until") {
        "" => Ok(None),
        text => text.parse::<NaiveDate>().map(Some),
    };
    let done = async {
        let (parsed, mut writing) = (super::parse(&slug)?, app.store().write(person.who()).await?);
        let mut permit = writing.permit::<EditGroup>(On::Group(&parsed)).await?;
        // Who may not is told so whatever the form says.
        let Ok(until) = until else { return Ok(false) };
        groups::pause(&mut permit, until).await?;
        writing.commit().await?;
        Ok(true)
    };
    answer_if_a_day(&app, &slug, "paused", done.await)
}

/// `…/resumption`
pub(crate) async fn resume(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    let done = async {
        let (parsed, mut writing) = (super::parse(&slug)?, app.store().write(person.who()).await?);
        let mut permit = writing.permit::<EditGroup>(On::Group(&parsed)).await?;
        groups::resume(&mut permit).await?;
        writing.commit().await
    };
    answer(&app, &slug, "resumed", done.await)
}

/// `…/end`: the last session is on that day.
pub(crate) async fn end(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let on = form.get("on").parse::<NaiveDate>();
    let done = async {
        let (parsed, mut writing) = (super::parse(&slug)?, app.store().write(person.who()).await?);
        let mut permit = writing.permit::<RunListings>(On::Organisation).await?;
        let Ok(on) = on else { return Ok(false) };
        groups::end(&mut permit, &parsed, on).await?;
        writing.commit().await?;
        Ok(true)
    };
    answer_if_a_day(&app, &slug, "ended", done.await)
}

/// `…/reversal`: it did not end after all.
pub(crate) async fn reverse(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    let done = async {
        let (parsed, mut writing) = (super::parse(&slug)?, app.store().write(person.who()).await?);
        let mut permit = writing.permit::<RunListings>(On::Organisation).await?;
        groups::reverse_end(&mut permit, &parsed).await?;
        writing.commit().await
    };
    answer(&app, &slug, "reversed", done.await)
}

fn answer(app: &App, slug: &str, what: &str, done: Result<(), StoreError>) -> Response {
    match done {
        Ok(()) => Redirect::to(&format!("/staff/groups/{slug}?done={what}")).into_response(),
        Err(why) => look::refused(app, &why, &Wanted::parse("/staff/groups")),
    }
}

fn answer_if_a_day(app: &App, slug: &str, what: &str, done: Result<bool, StoreError>) -> Response {
    match done {
        Ok(false) => no_day(app),
        Ok(true) => answer(app, slug, what, Ok(())),
        Err(why) => answer(app, slug, what, Err(why)),
    }
}

/// A browser's date field sends a day or nothing.
fn no_day(app: &App) -> Response {
    look::problem(
        app,
        axum::http::StatusCode::UNPROCESSABLE_ENTITY,
        "group-no-day",
        "typed-date",
    )
}
