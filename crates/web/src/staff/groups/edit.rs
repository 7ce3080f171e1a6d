//! `GET /staff/groups/{slug}/edit`: all facts of a group. `POST` keeps what was typed, or publishes it.

use std::cell::RefCell;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::groups::{Listing, When};
use maud::{Markup, html};
use store::acts::{EditGroup, RunListings};
use store::groups::{self, Ours};
use store::{On, StoreError};

use super::drawing::{Drawing, mistakes};
use super::place::Sites;
use super::typed::{self, Typing, Wrong};
use super::{dates, form, meanwhile, meeting, schedule};
use crate::form::{Form, SEEN};
use crate::look;
use crate::look::parts::{self, Tone};
use crate::once;
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with};
use crate::state::App;

/// The button that was pressed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    Keep,
    Publish,
    /// The dates that a schedule comes to, before there is a group.
    Preview,
}

impl Asked {
    pub(super) fn of(form: &Form) -> Self {
        match form.get("act") {
            "publish" => Self::Publish,
            "preview" => Self::Preview,
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
        Asked::Preview if ours.listing.is_none() => {
            let wrong = wrong_schedule(&app, &form);
            return page(&app, &person, &here, &sites, Some(&ours), &form, &wrong);
        }
        Asked::Keep | Asked::Preview => None,
        Asked::Publish => {
            let topics = &app.content().topics;
            match typed::read(app.words(), topics, &form, ours.listing.as_ref(), &sites) {
                Ok(listing) => Some(listing),
                Err(wrong) => return page(&app, &person, &here, &sites, Some(&ours), &form, &wrong),
            }
        }
    };
    match keep_or_publish(&app, &person, &ours, &form, listing.as_ref()).await {
        Ok(()) if listing.is_some() => Redirect::to(&super::done(&ours.slug, "published")).into_response(),
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

/// What is wrong with when it meets; the rest is not asked.
pub(super) fn wrong_schedule(app: &App, form: &Form) -> Wrong {
    let mut typing = Typing::new(form, app.words());
    meeting::read(&mut typing, None);
    typing.wrong
}

/// The dates that were asked for before there is a group.
fn preview(app: &App, typed: &Form) -> Markup {
    let words = app.words();
    let Some(When::Scheduled(schedule)) = meeting::read(&mut Typing::new(typed, words), None) else {
        return html! { (parts::notice(Tone::Plain, &words.say("by-appointment"), html! { (words.say("schedule-appointment")) })) };
    };
    let dates: Vec<_> = schedule.dates(app.now()).take(schedule::AHEAD).collect();
    html! {
        section.first-section {
            h2 { (words.say("schedule-next")) }
            (parts::notice(Tone::Ochre, &words.say("schedule-unsaved"), html! { (words.say("schedule-unsaved-new")) }))
            (dates::listed(app, &schedule, &dates))
        }
    }
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
        mistakes: &RefCell::default(),
    };
    let published = ours.and_then(|ours| ours.listing.as_ref());
    let fields = form::fields(app, drawing, sites, published);
    let (tone, first, more) = if wrong.is_meanwhile {
        (Tone::Ochre, "meanwhile", "meanwhile-more")
    } else if Asked::of(typed) == Asked::Preview {
        (Tone::Clay, "schedule-wrong", "schedule-wrong-more")
    } else {
        (Tone::Clay, "group-form-wrong", "group-form-wrong-more")
    };
    let drafted = ours.and_then(|ours| ours.typed.as_ref());
    let up = match ours {
        Some(ours) if published.is_some() => (super::address(&ours.slug), words.say("group-up")),
        _ => ("/staff/groups".to_owned(), words.say("groups")),
    };
    let body = html! {
        h1 { @if ours.is_some() { (words.say("group-edit")) } @else { (words.say("group-new")) } }
        (mistakes(drawing, tone, first, more))
        @if Asked::of(typed) == Asked::Preview && published.is_none() && wrong.is_empty() { (preview(app, typed)) }
        @else if drafted.is_some() && published.is_some() { (parts::notice(Tone::Plain, &words.say("group-drafted"), html! { (words.say("group-drafted-more")) })) }
        @else if drafted.is_some() { (parts::notice(Tone::Plain, &words.say("group-draft"), html! { (words.say("group-draft-more")) })) }
        form.stack.facts-form method="post" action=(here) {
            (once::field())
            @if ours.is_some() { input type="hidden" name=(SEEN) value=(meanwhile::seen(typed)); }
            (fields)
            div.acts {
                button.button type="submit" name="act" value="publish" { (words.say("group-publish")) }
                button.button.plain type="submit" name="act" value="keep" { (words.say("group-keep")) }
                @if published.is_none() { button.button.plain type="submit" name="act" value="preview" { (words.say("schedule-preview")) } }
            }
        }
        @if let (Some(ours), true) = (ours, drafted.is_some()) {
            form method="post" action=(format!("{}/forgetting", super::address(&ours.slug))) {
                (once::field())
                button.textlink type="submit" { (words.say("group-forget")) }
            }
        }
    };
    page_with(app, wrong.status(), person, Place::Groups, Some(up), body)
}
