//! A group one is a member of: when it meets next, "I can't come", being reminded, where one is, how often one was there; and what helped those
//! who come to a support group. What who leads it sees is in `staff::leading`.

pub(crate) mod acts;
pub(crate) mod advice;
pub(crate) mod certificate;
pub(crate) mod own_certificate;
pub(crate) mod show;

use axum::http::StatusCode;
use axum::response::Response;
use domain::groups::Slug;
use maud::{Markup, html};
use store::StoreError;
use store::leading::LeadingError;

use crate::look;
use crate::look::parts::{self, Tone};
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with};
use crate::state::App;

/// The address of one's own page of a group.
pub(crate) fn address(slug: &str) -> String {
    format!("/me/groups/{slug}")
}

fn parse(slug: &str) -> Result<Slug, StoreError> {
    Slug::parse(slug).map_err(|_| domain::access::Denied::NoRight.into())
}

fn own_page(app: &App, status: StatusCode, person: &Person, up: (String, String), body: Markup) -> Response {
    let body = html! { div.narrow-page { (body) } };
    page_with(app, status, person, Place::Joining, Some(up), body)
}

fn up(app: &App) -> (String, String) {
    ("/me/joining".to_owned(), app.words().say("joining"))
}

/// Why something was not done, with the way back.
pub(crate) fn refused(app: &App, person: &Person, back: &str, why: LeadingError) -> Response {
    let why = match why {
        LeadingError::Store(why) => return look::refused(app, &why, &Wanted::parse(back)),
        other => other.to_string(),
    };
    let words = app.words();
    let body = html! {
        h1 { (words.say("leading-not-done")) }
        (parts::notice(Tone::Ochre, &why, html! {}))
        p { a.button href=(back) { (words.say("leading-back")) } }
    };
    own_page(app, StatusCode::CONFLICT, person, up(app), body)
}
