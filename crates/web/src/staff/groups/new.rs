//! `GET /staff/groups/new`: an empty form. `POST` begins a group: a draft, or published at once.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use store::acts::RunListings;
use store::groups;
use store::{On, StoreError};

use super::edit::{self, Asked};
use super::meanwhile;
use super::place::Sites;
use super::typed::{self, Wrong};
use crate::form::Form;
use crate::look;
use crate::signing::{Person, Wanted};
use crate::state::App;

const HERE: &str = "/staff/groups/new";

pub(crate) async fn new(State(app): State<App>, person: Person) -> Response {
    match allowed(&app, &person).await {
        Ok(sites) => edit::page(
            &app,
            &person,
            HERE,
            &sites,
            None,
            &beginning(&app),
            &Wrong::default(),
        ),
        Err(why) => look::refused(&app, &why, &Wanted::parse(HERE)),
    }
}

/// The places to choose from, for who may create a group.
async fn allowed(app: &App, person: &Person) -> Result<Sites, StoreError> {
    let mut reading = app.store().read(person.who()).await?;
    reading.permit::<RunListings>(On::Organisation).await?;
    drop(reading);
    super::sites(app, person).await
}

/// What most groups begin with, so that it need not be typed.
fn beginning(app: &App) -> Form {
    let mut form = Form::default();
    let organisation = &app.settings().organisation;
    form.put("every", "weekly");
    form.put("interval", "1");
    form.put("length", "90");
    form.put("zone", app.settings().zone.name());
    form.put("from", &app.today().to_string());
    form.put("languages", "en");
    form.put("seats", "open");
    form.put("how", "organisation");
    form.put(
        "phone",
        organisation
            .phone
            .as_ref()
            .map_or("", domain::groups::Phone::as_str),
    );
    form.put(
        "mail",
        organisation
            .mail
            .as_ref()
            .map_or("", domain::groups::Mail::as_str),
    );
    form
}

pub(crate) async fn create(State(app): State<App>, person: Person, form: Form) -> Response {
    // Whoever may not create sees no form either.
    let sites = match allowed(&app, &person).await {
        Ok(sites) => sites,
        Err(why) => return look::refused(&app, &why, &Wanted::parse(HERE)),
    };
    let listing = match Asked::of(&form) {
        Asked::Keep => None,
        Asked::Preview => {
            let wrong = edit::wrong_schedule(&app, &form);
            return edit::page(&app, &person, HERE, &sites, None, &form, &wrong);
        }
        Asked::Publish => match typed::read(app.words(), &app.content().topics, &form, None, &sites) {
            Ok(listing) => Some(listing),
            Err(wrong) => return edit::page(&app, &person, HERE, &sites, None, &form, &wrong),
        },
    };
    let done = async {
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<RunListings>(On::Organisation).await?;
        let typed = form.without(&meanwhile::ABOUT).encode();
        let slug = groups::create(&mut permit, &typed).await?;
        if let Some(listing) = &listing {
            groups::publish_new(&mut permit, &slug, Some(&typed), listing).await?;
        }
        writing.commit().await?;
        Ok::<_, StoreError>(slug)
    };
    match done.await {
        Ok(slug) if listing.is_some() => Redirect::to(&super::done(&slug, "published")).into_response(),
        Ok(slug) => Redirect::to(&format!("{}/edit", super::address(&slug))).into_response(),
        Err(why) => look::refused(&app, &why, &Wanted::parse(HERE)),
    }
}
