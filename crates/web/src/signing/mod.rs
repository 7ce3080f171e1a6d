//! Signing in and out: who is asking, and how a browser shows it.

mod asking;
mod cookie;
pub(crate) mod demo;
pub(crate) mod invitation;
pub(crate) mod leaving;
pub(crate) mod link;
pub mod openid;
pub(crate) mod origin;
pub(crate) mod passkey;
pub(crate) mod second;
mod sign_in;
mod wanted;

pub(crate) use asking::{Before, Maybe, Person, required};
pub(crate) use cookie::{clear, set};
pub(crate) use leaving::forget;
pub(crate) use sign_in::{code, password, show, sign_in as sign_in_as};
pub(crate) use wanted::{Wanted, Way};

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use crate::look::{Here, Page, page_with};
use crate::state::App;

/// A narrow page for who is not signed in.
fn page(app: &App, status: StatusCode, body: Markup) -> Response {
    let page = Page {
        title: "site-title",
        here: Here::Elsewhere,
        up: None,
        body: html! { div.narrow-page { (body) } },
    };
    page_with(app, status, page)
}
