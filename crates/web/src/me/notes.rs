//! `/me/groups/{slug}/notes`: what was written about oneself and given to oneself to read.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::access::Denied;
use domain::groups::Slug;
use maud::{Markup, html};
use store::acts::SeeReleased;
use store::records::{self, Released};
use store::{On, StoreError};

use crate::look;
use crate::saying;
use crate::signing::{Person, Wanted};
use crate::staff::own_page;
use crate::state::App;

pub(crate) async fn list(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    let found = async {
        let group = Slug::parse(&slug).map_err(|_| StoreError::Denied(Denied::NoRight))?;
        let mut reading = app.store().read(person.who()).await?;
        let mut permit = reading.permit::<SeeReleased>(On::MyselfIn(&group)).await?;
        records::released(&mut permit).await
    };
    match found.await {
        Ok(notes) => own_page(&app, StatusCode::OK, &person, body(&app, &notes)),
        Err(why) => look::refused(&app, &why, &Wanted::parse(&format!("/me/groups/{slug}/notes"))),
    }
}

fn body(app: &App, notes: &[Released]) -> Markup {
    let words = app.words();
    html! {
        h1 { (words.say("my-notes-title")) }
        p { (words.say("my-notes-lead")) }
        @if notes.is_empty() { p { (words.say("my-notes-none")) } }
        @for note in notes {
            section {
                h2 { (saying::date_with_year(words, note.date, app.today())) }
                (crate::staff::records::read(app, &note.words))
            }
        }
    }
}
