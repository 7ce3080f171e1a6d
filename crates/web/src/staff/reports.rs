//! `/staff/reports`: what visitors said is wrong with a page, for who can mend it.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Denied;
use maud::{Markup, html};
use serde::Deserialize;
use store::StoreError;
use store::reports::{self, Outcome, Reason, Report, ReportId};

use super::{Place, page_with};
use crate::form::Form;
use crate::look;
use crate::look::parts::{self, Tone};
use crate::once;
use crate::saying;
use crate::signing::{Person, Wanted};
use crate::state::App;
use crate::words::FluentValue;

const HERE: &str = "/staff/reports";

/// The one that was resolved just now, so that it can be taken back.
#[derive(Deserialize)]
pub(crate) struct Resolved {
    #[serde(default)]
    resolved: String,
}

pub(crate) async fn list(
    State(app): State<App>,
    person: Person,
    Query(Resolved { resolved }): Query<Resolved>,
) -> Response {
    let open = match open(&app, &person).await {
        Ok(open) => open,
        Err(why) => return look::refused(&app, &why, &Wanted::parse(HERE)),
    };
    let words = app.words();
    let body = html! {
        h1 { (words.say("reports")) }
        p.lead { (words.say("reports-lead")) }
        @if let Some(id) = ReportId::parse(&resolved) {
            (parts::notice(Tone::Plain, &words.say("reports-resolved"), html! {
                form method="post" action=(format!("{HERE}/{id}/reopening")) {
                    (once::field())
                    button.textlink type="submit" { (words.say("undo")) }
                }
            }))
        }
        @if open.is_empty() { (parts::empty(&words.say("reports-none"), &words.say("reports-none-more"), None)) }
        ul.rows { @for report in &open { li { (row(&app, report)) } } }
    };
    let up = Some(("/staff".to_owned(), words.say("staff-home-nav")));
    page_with(&app, StatusCode::OK, &person, Place::Groups, up, body)
}

pub(crate) async fn resolve(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    form: Form,
) -> Response {
    match mark(&app, &person, &id, form.get("outcome")).await {
        Ok(id) => Redirect::to(&format!("{HERE}?resolved={id}")).into_response(),
        Err(why) => look::refused(&app, &why, &Wanted::parse(HERE)),
    }
}

pub(crate) async fn reopen(State(app): State<App>, person: Person, Path(id): Path<String>) -> Response {
    match take_back(&app, &person, &id).await {
        Ok(()) => Redirect::to(HERE).into_response(),
        Err(why) => look::refused(&app, &why, &Wanted::parse(HERE)),
    }
}

async fn open(app: &App, person: &Person) -> Result<Vec<Report>, StoreError> {
    let mut reading = app.store().read(person.who()).await?;
    reports::open(&mut reading).await
}

async fn mark(app: &App, person: &Person, id: &str, outcome: &str) -> Result<ReportId, StoreError> {
    // Asked first whether reports are theirs at all: what was sent is looked at afterwards.
    open(app, person).await?;
    let no = StoreError::Denied(Denied::NoRight);
    let (Some(id), Some(outcome)) = (ReportId::parse(id), Outcome::named(outcome)) else {
        return Err(no);
    };
    let mut writing = app.store().write(person.who()).await?;
    reports::resolve(&mut writing, id, outcome).await?;
    writing.commit().await?;
    Ok(id)
}

async fn take_back(app: &App, person: &Person, id: &str) -> Result<(), StoreError> {
    open(app, person).await?;
    let id = ReportId::parse(id).ok_or(Denied::NoRight)?;
    let mut writing = app.store().write(person.who()).await?;
    reports::reopen(&mut writing, id).await?;
    writing.commit().await
}

fn row(app: &App, report: &Report) -> Markup {
    let words = app.words();
    let unsafe_there = report.reason == Reason::Unsafe;
    let told = [
        ("times", report.times.into()),
        ("first", FluentValue::from(app.moment(report.first_at))),
    ];
    let act = |outcome: &str, said: String, class: &str| {
        html! {
            button class=(class) type="submit" name="outcome" value=(outcome) aria-label=(format!("{said}: {}", report.title)) { (said) }
        }
    };
    html! {
        div {
            p { b.unsafe[unsafe_there] { (saying::reason(words, report.reason)) } }
            p {
                a href=(format!("/groups/{}", report.group)) { (report.title) }
                @match (&report.programme, unsafe_there) {
                    (Some(_), _) => {}
                    (None, true) => { " · " a href=(format!("/staff/groups/{}/people", report.group)) { (words.say("reports-who")) } }
                    (None, false) => { " · " a href=(format!("/staff/groups/{}", report.group)) { (words.say("reports-mend")) } }
                }
            }
            p.meta {
                (words.with("reports-times", &told))
                @if let Some(programme) = &report.programme {
                    " · " (words.with("reports-feed", &[("programme", FluentValue::from(programme.as_str()))]))
                }
            }
        }
        @for words in &report.words { blockquote { p { (words) } } }
        form.acts method="post" action=(format!("{HERE}/{}/resolution", report.id)) {
            (once::field())
            (act("mended", words.say(if unsafe_there { "reports-looked-after" } else { "reports-done" }), "button plain small"))
            (act("not-so", words.say("reports-not-so"), "textlink"))
        }
    }
}
