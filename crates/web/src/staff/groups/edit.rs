//! `GET /staff/groups/{slug}/edit`: all facts of a group. `POST` keeps what was typed, or publishes it.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::groups::Listing;
use maud::html;
use store::acts::{EditGroup, RunListings};
use store::groups::{self, Ours};
use store::{On, StoreError};

use super::drawing::Drawing;
use super::place::Sites;
use super::typed::{self, Wrong};
use super::{form, meanwhile, meeting};
use crate::form::Form;
use crate::look;
use crate::look::parts::{self, Tone};
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with};
use crate::state::App;

/// The button that was pressed.
pub(super) enum Asked {
    Keep,
    Publish,
}

impl Asked {
    pub(super) fn of(form: &Form) -> Self {
        match form.get("act") {
            "publish" => Self::Publish,
            _ => Self::Keep,
        }
    }
}

pub(crate) async fn edit(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    let here = format!("/staff/groups/{slug}/edit");
    let (ours, sites) = match found(&app, &person, &slug).await {
        Ok(found) => found,
        Err(why) => return look::refused(&app, &why, &Wanted::parse(&here)),
    };
    let typed = present(&app, &ours);
    page(
        &app,
        &person,
        &here,
        &sites,
        Some(&ours),
        &typed,
        &Wrong::default(),
    )
}

/// What the form shows: what was typed, or else what is public.
fn present(app: &App, ours: &Ours) -> Form {
    match (&ours.typed, &ours.listing) {
        (Some(typed), _) => Form::parse(typed.form.as_bytes()).without(&meanwhile::ABOUT),
        (None, Some(listing)) => typed::written(&app.content().topics, listing),
        (None, None) => Form::default(),
    }
}

pub(crate) async fn update(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let here = format!("/staff/groups/{slug}/edit");
    let (ours, sites) = match found(&app, &person, &slug).await {
        Ok(found) => found,
        Err(why) => return look::refused(&app, &why, &Wanted::parse(&here)),
    };
    let now = present(&app, &ours);
    if let Some((form, wrong)) = meanwhile::changed(app.words(), &form, &now, asks(&ours)) {
        return page(&app, &person, &here, &sites, Some(&ours), &form, &wrong);
    }
    let listing = match Asked::of(&form) {
        Asked::Keep => None,
        Asked::Publish => {
            let topics = &app.content().topics;
            match typed::read(app.words(), topics, &form, ours.listing.as_ref(), &sites) {
                Ok(listing) => Some(listing),
                Err(wrong) => return page(&app, &person, &here, &sites, Some(&ours), &form, &wrong),
            }
        }
    };
    match keep_or_publish(&app, &person, &ours, &form, listing.as_ref()).await {
        Ok(()) if listing.is_some() => Redirect::to(&super::address(&ours.slug)).into_response(),
        Ok(()) => Redirect::to(&here).into_response(),
        Err(StoreError::Changed) => in_the_same_moment(&app, &person, &slug, &form).await,
        Err(why) => look::refused(&app, &why, &Wanted::parse(&here)),
    }
}

/// Someone else changed it after it was looked at here: what they typed is told as if it had been there before.
async fn in_the_same_moment(app: &App, person: &Person, slug: &str, form: &Form) -> Response {
    let here = format!("/staff/groups/{slug}/edit");
    let (ours, sites) = match found(app, person, slug).await {
        Ok(found) => found,
        Err(why) => return look::refused(app, &why, &Wanted::parse(&here)),
    };
    match meanwhile::changed(app.words(), form, &present(app, &ours), asks(&ours)) {
        Some((form, wrong)) => page(app, person, &here, &sites, Some(&ours), &form, &wrong),
        // They typed the same.
        None => Redirect::to(&here).into_response(),
    }
}

/// When a published group meets has a page of its own.
fn asks(ours: &Ours) -> impl Fn(&str) -> bool {
    let is_published = ours.listing.is_some();
    move |field| !is_published || !meeting::FIELDS.contains(&field)
}

/// The group, and the places one may choose for it.
async fn found(app: &App, person: &Person, slug: &str) -> Result<(Ours, Sites), StoreError> {
    let ours = super::find_to_edit(app, person, slug).await?;
    Ok((ours, super::sites(app, person).await?))
}

async fn keep_or_publish(
    app: &App,
    person: &Person,
    ours: &Ours,
    form: &Form,
    listing: Option<&Listing>,
) -> Result<(), StoreError> {
    let typed = form.clone().without(&meanwhile::ABOUT).encode();
    let mut writing = app.store().write(person.who()).await?;
    if ours.listing.is_some() {
        let mut permit = writing.permit::<EditGroup>(On::Group(&ours.slug)).await?;
        match listing {
            Some(listing) => groups::publish(&mut permit, ours, listing).await?,
            None => groups::keep(&mut permit, ours.form(), &typed).await?,
        }
    } else {
        let mut permit = writing.permit::<RunListings>(On::Organisation).await?;
        match listing {
            Some(listing) => groups::publish_new(&mut permit, &ours.slug, ours.form(), listing).await?,
            None => groups::keep_new(&mut permit, &ours.slug, ours.form(), &typed).await?,
        }
    }
    writing.commit().await
}

/// `POST /staff/groups/{slug}/forgetting`: throws the draft away.
pub(crate) async fn forget(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    let done = async {
        let ours = super::find_to_edit(&app, &person, &slug).await?;
        let mut writing = app.store().write(person.who()).await?;
        if ours.listing.is_some() {
            let mut permit = writing.permit::<EditGroup>(On::Group(&ours.slug)).await?;
            groups::forget(&mut permit).await?;
        } else {
            let mut permit = writing.permit::<RunListings>(On::Organisation).await?;
            groups::forget_new(&mut permit, &ours.slug).await?;
        }
        writing.commit().await
    };
    match done.await {
        Ok(()) => Redirect::to("/staff/groups").into_response(),
        Err(why) => look::refused(&app, &why, &Wanted::parse("/staff/groups")),
    }
}

pub(super) fn page(
    app: &App,
    person: &Person,
    here: &str,
    sites: &Sites,
    ours: Option<&Ours>,
    typed: &Form,
    wrong: &Wrong,
) -> Response {
    let words = app.words();
    let drawing = Drawing {
        words,
        form: typed,
        wrong,
    };
    let published = ours.and_then(|ours| ours.listing.as_ref());
    let drafted = ours.and_then(|ours| ours.typed.as_ref());
    let up = match ours {
        Some(ours) if published.is_some() => (super::address(&ours.slug), words.say("group-up")),
        _ => ("/staff/groups".to_owned(), words.say("groups")),
    };
    let body = html! {
        h1 { @if ours.is_some() { (words.say("group-edit")) } @else { (words.say("group-new")) } }
        @if wrong.is_meanwhile {
            (parts::notice(Tone::Ochre, &words.say("meanwhile"), html! { (words.say("meanwhile-more")) }))
        } @else if !wrong.is_empty() {
            (parts::notice(Tone::Clay, &words.say("group-form-wrong"), html! { (words.say("group-form-wrong-more")) }))
        }
        @if drafted.is_some() { (parts::notice(Tone::Plain, &words.say("group-drafted"), html! { (words.say("group-drafted-more")) })) }
        form.stack.facts-form method="post" action=(here) {
            @if ours.is_some() { input type="hidden" name=(meanwhile::SEEN) value=(meanwhile::seen(typed)); }
            (form::fields(app, drawing, sites, published))
            div.acts {
                button.button type="submit" name="act" value="publish" { (words.say("group-publish")) }
                button.button.plain type="submit" name="act" value="keep" { (words.say("group-keep")) }
            }
        }
        @if let (Some(ours), true) = (ours, drafted.is_some()) {
            form method="post" action=(format!("{}/forgetting", super::address(&ours.slug))) {
                button.textlink type="submit" { (words.say("group-forget")) }
            }
        }
    };
    page_with(app, wrong.status(), person, Place::Groups, Some(up), body)
}
