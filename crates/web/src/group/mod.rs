//! A group's own page, and its calendar.

pub(crate) mod calendar;
pub(crate) mod confirmation;
mod facts;
mod first;
mod linked_data;
pub(crate) mod report;
pub(crate) mod show;

use axum::http::StatusCode;
use axum::response::Response;
use domain::groups::Slug;
use maud::{Markup, html};
use store::StoreError;
use store::listings::{self, Published};

use crate::look::{Here, Page, page_with};
use crate::state::App;

/// The listing of a slug, as it stands in the database; nothing for what is no slug.
async fn find(app: &App, slug: &str) -> Result<Option<Published>, StoreError> {
    match Slug::parse(slug) {
        Ok(slug) => listings::by_slug(&mut app.read().await?, &slug).await,
        Err(_) => Ok(None),
    }
}

/// A narrow page below that of a group.
pub(crate) fn below(app: &App, status: StatusCode, slug: &str, body: Markup) -> Response {
    let page = Page {
        title: "group-title",
        here: Here::Finder,
        up: Some((format!("/groups/{slug}"), app.words().say("report-back"))),
        body: html! { div.narrow-page { (body) } },
    };
    page_with(app, status, page)
}
