//! `/staff/groups/{slug}/sessions/{date}`: one session while it is: who is here, what is done, and where to write it down.

use axum::extract::{Path, State as Held};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use domain::access::Action;
use domain::attendance::Count;
use domain::groups::{Kind, Listing, Slug};
use maud::{Markup, html};
use store::acts::{SeeAttendance, SeePlans};
use store::leading::{self, Listed, Seat};
use store::{On, StoreError};

use super::{heads, page, parts_of, saying, seats, session, steps, up, when};
use crate::assets::href;
use crate::form::Form;
use crate::look;
use crate::look::parts::{self, Tone};
use crate::signing::{Person, Wanted};
use crate::staff::records::{self, Begun};
use crate::state::App;

/// All that the page shows.
pub(super) struct Shown {
    pub slug: Slug,
    pub listing: Listing,
    pub one: Listed,
    /// Of a therapy group.
    pub seats: Vec<Seat>,
    /// Of a support group, where it was counted.
    pub heads: Option<Count>,
    pub may_mark: bool,
    pub may_plan: bool,
    /// Once it has begun, for who may write it.
    pub record: Option<Begun>,
}

/// What became of a count that was sent.
#[derive(Debug, Clone, Copy)]
pub(super) enum Counted<'a> {
    /// None was.
    Not,
    Wrong(&'a str),
    /// Someone else counted since the form was shown.
    Meanwhile,
}

pub(crate) async fn show(
    Held(app): Held<App>,
    person: Person,
    Path((slug, date)): Path<(String, String)>,
) -> Response {
    draw(&app, &person, (&slug, &date), &Form::default(), Counted::Not).await
}

/// The page, perhaps with what was typed and why it was not saved.
pub(super) async fn draw(
    app: &App,
    person: &Person,
    (slug, date): (&str, &str),
    typed: &Form,
    counted: Counted<'_>,
) -> Response {
    let status = match counted {
        Counted::Not => StatusCode::OK,
        Counted::Wrong(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Counted::Meanwhile => StatusCode::CONFLICT,
    };
    match read(app, person, slug, date).await {
        Ok(shown) => page(
            app,
            status,
            person,
            up(&shown.slug, &shown.listing),
            body(app, &shown, typed, counted),
        ),
        Err(why) => look::refused(
            app,
            &why,
            &Wanted::parse(&format!("{}/{date}", super::sessions(slug))),
        ),
    }
}

async fn read(app: &App, person: &Person, slug: &str, date: &str) -> Result<Shown, StoreError> {
    let (slug, date): (Slug, NaiveDate) = parts_of(slug, date)?;
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<SeePlans>(On::Group(&slug)).await?;
    let (listing, one) = leading::one(&mut permit, date).await?;
    let mut permit = writing.permit::<SeeAttendance>(On::Group(&slug)).await?;
    let (mut seats, mut heads) = (Vec::new(), None);
    if !one.is_cancelled() {
        match listing.kind {
            Kind::Therapy => seats = leading::roster(&mut permit, date).await?,
            Kind::Support => heads = leading::heads(&mut permit, date).await?,
        }
    }
    let may_mark = store::may(&mut writing, Action::MarkAttendance, On::Group(&slug)).await?;
    let may_plan = store::may(&mut writing, Action::ChangePlans, On::Group(&slug)).await?;
    let record = if !one.is_cancelled() && one.sitting.starts_at <= app.now() {
        records::begun(&mut writing, &slug, date).await?
    } else {
        None
    };
    // The look is written down before anything of it goes out.
    writing.commit().await?;
    Ok(Shown {
        slug,
        listing,
        one,
        seats,
        heads,
        may_mark,
        may_plan,
        record,
    })
}

fn body(app: &App, shown: &Shown, typed: &Form, counted: Counted<'_>) -> Markup {
    let (words, one) = (app.words(), &shown.one);
    let here = session(shown.slug.as_str(), one.sitting.date);
    let plan = format!("{here}/plan");
    html! {
        h1 { (shown.listing.title) }
        p.lead { (when(app, &shown.listing, &one.sitting)) }
        @if let Some((_, handle)) = &one.cover { p { (words.with("session-covered", &[("name", handle.to_string().into())])) } }
        @if let Some(state) = saying::state(words, &one.state) { (parts::notice(Tone::Ochre, &state, html! {})) }
        @match counted {
            Counted::Not => {},
            Counted::Wrong(wrong) => (parts::mistakes(Tone::Clay, wrong, "", &[])),
            Counted::Meanwhile => (heads::theirs(app, shown.heads.as_ref())),
        }
        (about(app, one))
        div.session {
            div {
                @if !one.is_cancelled() {
                    @match shown.listing.kind {
                        Kind::Therapy => (who(app, shown)),
                        Kind::Support => (heads::form(app, shown, typed)),
                    }
                }
            }
            (steps::agenda(app, &one.plan, &one.sitting, shown.may_plan.then_some(plan.as_str())))
        }
        @if let Some(begun) = &shown.record { (records::as_it_happens(app, begun)) }
        @if !one.is_cancelled() && one.sitting.starts_at <= app.now() && shown.may_mark {
            div.session-end {
                p { b { (words.say("session-after")) } " " (words.say("session-after-more")) }
                a.button href=(format!("{here}/record")) { (words.say("session-record")) }
                @if shown.listing.kind == Kind::Therapy { " " a.button.plain href=(format!("{here}/note")) { (words.say("note-title")) } }
            }
        }
        script src=(href("session.js")) defer {}
    }
}

fn about(app: &App, one: &Listed) -> Markup {
    let words = app.words();
    html! {
        @if let Some(topic) = &one.plan.topic { p { b { (words.say("session-topic")) } " " (topic) } }
        @if let Some(presented) = &one.plan.presentation {
            p { b { (words.say("session-presentation")) } " " (presented.title) ", " (presented.speaker) }
        }
    }
}

fn who(app: &App, shown: &Shown) -> Markup {
    let (words, date) = (app.words(), shown.one.sitting.date);
    let has_begun = shown.one.sitting.starts_at <= app.now();
    html! {
        div.saving {
            (seats::counts(app, &shown.seats))
            @if shown.may_mark {
                p.meta #saved role="status" data-saving=(words.say("seats-saving")) data-saved=(words.say("seats-saved")) {
                    (words.say(if has_begun { "seats-tap" } else { "seats-before" }))
                }
            }
        }
        section aria-labelledby="who" {
            h2 #who { (words.say("seats")) }
            @if shown.seats.is_empty() { (parts::empty(&words.say("seats-nobody"), &words.say("seats-nobody-more"), None)) }
            ul.seats {
                @for seat in &shown.seats { (seats::seat(app, shown.slug.as_str(), date, seat, shown.may_mark)) }
            }
        }
    }
}
