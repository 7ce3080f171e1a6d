//! Records opened by break-glass: the banner of who has one open, and the list of those who look at it afterwards.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use store::break_glass::{self, Broken, BrokenId, Finding, Reason};
use store::{SignedIn, StoreError};

use super::{Place, page};
use crate::form::Form;
use crate::look;
use crate::look::icons::Icon;
use crate::look::parts;
use crate::once;
use crate::signing::{Person, Wanted};
use crate::state::App;
use crate::words::{FluentValue, Words};

/// On top of every page of theirs, until it is closed or over.
pub(crate) fn banner(app: &App, person: &SignedIn) -> Markup {
    let words = app.words();
    html! {
        @for open in person.broken() {
            @let left = (open.until - app.now()).num_minutes().max(0);
            div.broken role="status" {
                div.wide {
                    p { (Icon::Warning.draw()) (words.with("broken-banner", &[("minutes", left.into())])) }
                    form method="post" action=(format!("/staff/break-glass/{}/end", open.id)) {
                        (once::field())
                        button.button.plain.small type="submit" { (words.say("broken-close")) }
                    }
                }
            }
        }
    }
}

pub(crate) async fn list(State(app): State<App>, person: Person) -> Response {
    let (broken, reviewed) = match find(&app, &person).await {
        Ok(found) => found,
        Err(why) => return look::refused(&app, &why, &wanted()),
    };
    let words = app.words();
    let body = html! {
        h1 { (words.say("broken")) }
        p.lead { (words.say("broken-lead")) }
        @if broken.is_empty() { (parts::empty(&words.say("broken-none"), &words.say("broken-none-more"), None)) }
        ul.rows { @for one in &broken { li { (row(&app, one)) } } }
        @if !reviewed.is_empty() {
            section {
                h2 { (words.say("broken-reviewed")) }
                ul.rows { @for one in &reviewed { li { (row(&app, one)) } } }
            }
        }
    };
    page(&app, &person, Place::Home, body)
}

pub(crate) async fn review(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    form: Form,
) -> Response {
    match look_at(&app, &person, &id, form.get("finding")).await {
        Ok(()) => Redirect::to("/staff/break-glass").into_response(),
        Err(why) => look::refused(&app, &why, &wanted()),
    }
}

pub(crate) async fn end(State(app): State<App>, person: Person, Path(id): Path<String>) -> Response {
    match close(&app, &person, &id).await {
        Ok(()) => Redirect::to("/staff").into_response(),
        Err(why) => look::refused(&app, &why, &Wanted::parse("/staff")),
    }
}

/// A reason in words.
pub(super) fn reason(words: &Words, reason: Reason) -> String {
    words.say(match reason {
        Reason::Danger => "broken-danger",
        Reason::LeaderAbsent => "broken-leader-absent",
        Reason::Complaint => "broken-complaint",
    })
}

fn finding(words: &Words, finding: Finding) -> String {
    words.say(match finding {
        Finding::Right => "broken-right",
        Finding::NotNeeded => "broken-not-needed",
        Finding::FollowUp => "broken-follow-up",
    })
}

/// What waits to be looked at, and what was.
async fn find(app: &App, person: &Person) -> Result<(Vec<Broken>, Vec<Broken>), StoreError> {
    let mut writing = app.store().write(person.who()).await?;
    Ok((
        break_glass::unreviewed(&mut writing).await?,
        break_glass::reviewed(&mut writing).await?,
    ))
}

async fn look_at(app: &App, person: &Person, id: &str, finding: &str) -> Result<(), StoreError> {
    let no = domain::access::Denied::NoRight;
    let id = BrokenId::parse(id).ok_or(no)?;
    let mut writing = app.store().write(person.who()).await?;
    // Asked first whether such records are theirs at all: what was sent is looked at afterwards.
    break_glass::oversees(&writing).await?;
    let finding = Finding::named(finding).ok_or(no)?;
    break_glass::review(&mut writing, id, finding).await?;
    writing.commit().await
}

async fn close(app: &App, person: &Person, id: &str) -> Result<(), StoreError> {
    let id = BrokenId::parse(id).ok_or(domain::access::Denied::NoRight)?;
    let mut writing = app.store().write(person.who()).await?;
    break_glass::close(&mut writing, id).await?;
    writing.commit().await
}

fn row(app: &App, one: &Broken) -> Markup {
    let words = app.words();
    let (from, to) = (app.moment(one.begun_at), app.moment(one.ends_at));
    let when = [("from", FluentValue::from(from)), ("to", FluentValue::from(to))];
    html! {
        div {
            p { b { (one.by) } " · " (reason(words, one.reason)) }
            @if let Some(said) = &one.words { p { (said) } }
            p.meta {
                (words.with("broken-when", &when))
                @if one.is_overdue { " " span.label.clay { (words.say("broken-overdue")) } }
                @if let Some(at) = one.reviewed_at { " · " (words.with("broken-looked", &[("when", app.moment(at).into())])) }
                @if let Some(found) = one.finding { ": " b { (finding(words, found)) } }
            }
        }
        @if one.reviewed_at.is_none() {
            form.acts method="post" action=(format!("/staff/break-glass/{}/review", one.id)) {
                (once::field())
                @for found in Finding::ALL {
                    button.button.plain.small type="submit" name="finding" value=(found.name()) { (finding(words, found)) }
                }
            }
        }
    }
}

fn wanted() -> Wanted {
    Wanted::parse("/staff/break-glass")
}
