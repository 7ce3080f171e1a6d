//! `POST …/sessions/{date}/marks/{person}`: how one member was there. A script that saves as one taps is given the row anew; a browser
//! without it is led back to the page.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use domain::access::Denied;
use domain::attendance::Presence;
use domain::groups::Slug;
use maud::html;
use store::On;
use store::acts::MarkAttendance;
use store::leading::{self, LeadingError, Seat};

use super::{parse, parts_of, refused, seats, session};
use crate::form::Form;
use crate::signing::Person;
use crate::state::App;

/// The header by which a script asks for the row alone.
const PART: &str = "x-part";

pub(crate) async fn mark(
    State(app): State<App>,
    person: Person,
    Path((slug, date, whom)): Path<(String, String, String)>,
    headers: HeaderMap,
    form: Form,
) -> Response {
    match save(&app, &person, (&slug, &date, &whom), &form).await {
        Ok((slug, date, whom, all)) if headers.contains_key(PART) => {
            let row = all.iter().find(|seat| seat.person == whom);
            let row = row.map(|seat| seats::seat(&app, slug.as_str(), date, seat, true));
            Html(html! { (seats::counts(&app, &all)) ul { @if let Some(row) = row { (row) } } }.into_string())
                .into_response()
        }
        Ok((slug, date, whom, _)) => {
            Redirect::to(&format!("{}#seat-{whom}", session(slug.as_str(), date))).into_response()
        }
        Err(why) => refused(
            &app,
            &person,
            &format!("/staff/groups/{slug}/sessions/{date}"),
            why,
        ),
    }
}

async fn save(
    app: &App,
    person: &Person,
    (slug, date, whom): (&str, &str, &str),
    form: &Form,
) -> Result<(Slug, NaiveDate, Slug, Vec<Seat>), LeadingError> {
    let ((slug, date), whom) = (parts_of(slug, date)?, parse(whom)?);
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing
        .permit::<MarkAttendance>(On::PersonIn(&whom, &slug))
        .await?;
    match form.get("presence") {
        "none" => leading::unmark(&mut permit, date).await?,
        name => {
            let presence = Presence::named(name).ok_or(Denied::NoRight)?;
            leading::mark(&mut permit, date, presence).await?;
        }
    }
    let seats = leading::seats_to_mark(&mut permit, date).await?;
    writing.commit().await?;
    Ok((slug, date, whom, seats))
}
