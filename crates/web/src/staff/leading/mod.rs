//! Sessions for who leads them: the list of a group's, the screen of one, what is planned, what happens when one cannot be, and what follows
//! from who was there. What a member sees of it is in `web::leading`.

pub(crate) mod advice;
pub(crate) mod certificate;
pub(crate) mod changes;
pub(crate) mod copies;
pub(crate) mod cover;
pub(crate) mod curricula;
pub(crate) mod curriculum;
pub(crate) mod heads;
pub(crate) mod list;
pub(crate) mod marks;
pub(crate) mod plan;
mod planned;
pub(crate) mod prompts;
pub(crate) mod reach;
pub(super) mod saying;
mod seats;
pub(crate) mod show;
mod steps;

use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use domain::access::Denied;
use domain::groups::{Listing, Slug};
use maud::html;
use store::StoreError;
use store::leading::{LeadingError, Sitting};
use store::people::RoleError;

pub(crate) use saying::{moment, state, topic};

use crate::look;
use crate::look::parts::{self, Tone};
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with};
use crate::state::App;

/// The address of a group's sessions.
pub(crate) fn sessions(slug: &str) -> String {
    format!("/staff/groups/{slug}/sessions")
}

/// The address of one session.
pub(crate) fn session(slug: &str, date: NaiveDate) -> String {
    format!("/staff/groups/{slug}/sessions/{date}")
}

/// The same for a date as it was typed.
pub(crate) fn session_at(slug: &str, date: &str) -> String {
    format!("/staff/groups/{slug}/sessions/{date}")
}

fn parse(slug: &str) -> Result<Slug, StoreError> {
    Slug::parse(slug).map_err(|_| Denied::NoRight.into())
}

/// The group and the date that an address names.
fn parts_of(slug: &str, date: &str) -> Result<(Slug, NaiveDate), StoreError> {
    let date = date.parse().map_err(|_| Denied::NoRight)?;
    Ok((parse(slug)?, date))
}

/// A page of a group's sessions, with the way up to another one.
fn page(
    app: &App,
    status: StatusCode,
    person: &Person,
    up: (String, String),
    body: maud::Markup,
) -> Response {
    page_with(app, status, person, Place::Groups, Some(up), body)
}

/// The way up to all sessions of a group.
fn up(slug: &Slug, listing: &Listing) -> (String, String) {
    (sessions(slug.as_str()), listing.title.to_string())
}

/// Why something was not done, with the way back; or the page of what is missing.
pub(crate) fn refused(app: &App, person: &Person, back: &str, why: LeadingError) -> Response {
    let why = match why {
        LeadingError::Store(why) | LeadingError::Role(RoleError::Store(why)) => {
            return look::refused(app, &why, &Wanted::parse(back));
        }
        other => other.to_string(),
    };
    let words = app.words();
    let body = html! {
        h1 { (words.say("leading-not-done")) }
        (parts::notice(Tone::Ochre, &why, html! {}))
        p { a.button href=(back) { (words.say("leading-back")) } }
    };
    let up = (back.to_owned(), words.say("leading-back"));
    page(app, StatusCode::CONFLICT, person, up, body)
}

/// When a session is, in the zone of its group: "Thursday, December 3, 6:30 pm to 8 pm, Eastern time".
fn when(app: &App, listing: &Listing, sitting: &Sitting) -> String {
    moment(app.words(), listing, sitting)
}
