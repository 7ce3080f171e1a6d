//! One's own pages: what one is called, how one signs in, where one is signed in, who looked, what one
//! agreed to and what was given away; taking all of it away, and deleting it.

pub(crate) mod code;
pub(crate) mod consents;
pub(crate) mod data;
pub(crate) mod deletion;
pub(crate) mod disclosures;
pub(crate) mod looked;
pub(crate) mod mail;
pub(crate) mod name;
pub(crate) mod notes;
pub(crate) mod passkeys;
pub(crate) mod password;
pub(crate) mod second_factor;
pub(crate) mod sessions;
pub(crate) mod show;

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use store::acts::{ChangeAccount, SeeAccount};
use store::signing::{self, Ways};
use store::{On, Permit, StoreError};

use crate::letters;
use crate::signing::Person;
use crate::staff::Place;
use crate::staff::page_with;
use crate::state::App;

/// A narrow page about oneself, with the way back.
fn own_page(app: &App, status: StatusCode, person: &Person, body: Markup) -> Response {
    let body = html! { div.narrow-page { (body) } };
    let up = Some(("/me".to_owned(), app.words().say("me")));
    page_with(app, status, person, Place::Me, up, body)
}

/// Whether ways to sign in may be changed now; asked before a form is filled in, and again by the store with each change.
async fn guard(app: &App, person: &Person) -> Result<(), StoreError> {
    let mut writing = app.store().write(person.who()).await?;
    let permit = writing.permit::<ChangeAccount>(On::Myself).await?;
    signing::guard(&permit).await
}

async fn ways(app: &App, person: &Person) -> Result<Ways, StoreError> {
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeeAccount>(On::Myself).await?;
    signing::ways(&mut permit).await
}

/// Tells the person by a letter that how they sign in was changed.
async fn tell(app: &App, permit: &mut Permit<'_, ChangeAccount>) -> Result<(), StoreError> {
    let words = app.words();
    let body = letters::changed(words, app.settings());
    signing::tell(permit, &letters::subject(words), &body).await
}
