//! `/staff/groups/{slug}/sessions/{date}/people/{person}`: where a member of an online group is today, and whom to call for them. That one
//! looked is written down, and the member sees it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Denied;
use maud::html;
use store::acts::{SeeAttendance, SeeContact};
use store::leading::{self, Reach};
use store::{On, StoreError};

use super::{page, parse, parts_of};
use crate::look;
use crate::look::parts;
use crate::signing::{Person, Wanted};
use crate::state::App;

pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    Path((slug, date, whom)): Path<(String, String, String)>,
) -> Response {
    let back = format!("/staff/groups/{slug}/sessions/{date}");
    let found = match look_up(&app, &person, (&slug, &date, &whom)).await {
        Ok(found) => found,
        // A supervisor opens it in an emergency, with a reason.
        Err(StoreError::Denied(Denied::BreakGlass)) => {
            return Redirect::to(&format!("/staff/groups/{slug}/people/{whom}/break-glass")).into_response();
        }
        Err(why) => return look::refused(&app, &why, &Wanted::parse(&format!("{back}/people/{whom}"))),
    };
    let words = app.words();
    let said = |text: Option<String>| match text {
        Some(text) => html! { @for line in text.lines() { p { (line) } } },
        None => html! { (words.say("reach-unsaid")) },
    };
    let mail = found
        .mail
        .map(|mail| html! { a href=(format!("mailto:{mail}")) { (mail) } });
    let body = html! {
        h1 { (found.handle) }
        (parts::facts(&[
            (words.say("reach-where"), Some(said(found.whereabouts))),
            (words.say("reach-whom"), Some(said(found.emergency))),
            (words.say("field-mail"), mail),
        ]))
        p.meta { (words.say("contact-written-down")) }
    };
    page(
        &app,
        StatusCode::OK,
        &person,
        (back, words.say("session-up")),
        body,
    )
}

async fn look_up(
    app: &App,
    person: &Person,
    (slug, date, whom): (&str, &str, &str),
) -> Result<Reach, StoreError> {
    let ((slug, date), whom) = (parts_of(slug, date)?, parse(whom)?);
    let mut writing = app.store().write(person.who()).await?;
    // Of oneself, one's own pages tell.
    writing.permit::<SeeAttendance>(On::Group(&slug)).await?;
    let mut permit = writing.permit::<SeeContact>(On::PersonIn(&whom, &slug)).await?;
    let found = leading::reach(&mut permit, date).await?;
    writing.commit().await?;
    Ok(found)
}
