//! What a member says with one tap: I can't come, I come after all; how long before to be reminded; where I am; whom to call.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use domain::access::Denied;
use domain::groups::Slug;
use domain::text::{Line, Prose};
use store::acts::{ChangeContact, Come, SeeComing};
use store::leading::{self, LeadingError, Told};
use store::{On, Permit, acts::Permitted};

use super::{address, parse, refused};
use crate::form::Form;
use crate::letters;
use crate::look;
use crate::signing::{Person, Wanted};
use crate::state::App;

/// "I can't come", or after all one does.
pub(crate) async fn absence(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let words = app.words();
    let date = form.get("date");
    let (subject, body) = (
        letters::subject(words),
        letters::to_look_at(
            words,
            app.settings(),
            &crate::staff::leading::session_at(&slug, date),
        ),
    );
    let told = Told {
        subject: &subject,
        body: &body,
    };
    let said = Line::parse(form.get("words")).ok();
    let done = done::<Come>(&app, &person, &slug, async |permit| {
        let date = day(date)?;
        match form.get("act") {
            "undo" => leading::take_back(permit, date, &told).await,
            _ => leading::excuse(permit, date, said.as_ref(), &told).await,
        }
    });
    answer(&app, &person, &slug, done.await)
}

pub(crate) async fn reminder(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let done = done::<Come>(&app, &person, &slug, async |permit| {
        leading::set_reminder(permit, hours(&form)).await
    });
    answer(&app, &person, &slug, done.await)
}

/// Where one is on the day of a session.
pub(crate) async fn whereabouts(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let said = Prose::parse(form.get("words")).ok();
    let done = done::<ChangeContact>(&app, &person, &slug, async |permit| {
        leading::set_whereabouts(permit, day(form.get("date"))?, said.as_ref()).await
    });
    answer(&app, &person, &slug, done.await)
}

/// Whom to call.
pub(crate) async fn emergency(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let said = Prose::parse(form.get("words")).ok();
    let done = done::<ChangeContact>(&app, &person, &slug, async |permit| {
        leading::set_emergency(permit, said.as_ref()).await
    });
    answer(&app, &person, &slug, done.await)
}

/// What was chosen; a number that cannot be chosen is refused where it is known who asks.
pub(crate) fn hours(form: &Form) -> Option<u16> {
    match form.get("hours") {
        "" => None,
        typed => Some(typed.parse().unwrap_or_default()),
    }
}

/// Goes in: leads on to the real link while the session is on, and to one's own page before and after.
pub(crate) async fn enter(
    State(app): State<App>,
    person: Person,
    Path((slug, date)): Path<(String, String)>,
) -> Response {
    let found = async {
        let group = parse(&slug)?;
        let mut reading = app.store().read(person.who()).await?;
        let mut permit = reading.permit::<SeeComing>(On::MyselfIn(&group)).await?;
        let date = date.parse().map_err(|_| Denied::NoRight)?;
        leading::door(&mut permit, date).await
    };
    match found.await {
        Ok(Some(link)) => Redirect::to(link.as_str()).into_response(),
        Ok(None) => Redirect::to(&address(&slug)).into_response(),
        Err(why) => look::refused(&app, &why, &Wanted::parse(&address(&slug))),
    }
}

fn day(typed: &str) -> Result<NaiveDate, LeadingError> {
    typed.parse().map_err(|_| Denied::NoRight.into())
}

async fn done<A: Permitted>(
    app: &App,
    person: &Person,
    slug: &str,
    act: impl AsyncFnOnce(&mut Permit<'_, A>) -> Result<(), LeadingError>,
) -> Result<(), LeadingError> {
    let group: Slug = parse(slug)?;
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<A>(On::MyselfIn(&group)).await?;
    act(&mut permit).await?;
    Ok(writing.commit().await?)
}

/// Back to the page of the group one is in, or comes to.
fn answer(app: &App, person: &Person, slug: &str, done: Result<(), LeadingError>) -> Response {
    match done {
        Ok(()) => Redirect::to(&address(slug)).into_response(),
        Err(why) => refused(app, person, &address(slug), why),
    }
}
