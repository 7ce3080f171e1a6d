//! `…/people/{person}/break-glass`: opening how to reach someone in an emergency. Others are told at once.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Denied;
use domain::groups::Slug;
use maud::{Markup, html};
use store::acts::{SeeContact, SeeRoster};
use store::break_glass::{self, BreakGlassError, Notice, Reason};
use store::{On, StoreError};

use super::{here, no};
use crate::form::Form;
use crate::letters;
use crate::look;
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::signing::{Person, Wanted};
use crate::staff::broken::reason;
use crate::staff::{Place, page_with};
use crate::state::App;

pub(crate) async fn ask(
    State(app): State<App>,
    person: Person,
    Path((slug, who)): Path<(String, String)>,
) -> Response {
    match is_for(&app, &person, &slug, &who).await {
        Ok(true) => page(&app, &person, &slug, &who, StatusCode::OK, &Form::default(), None),
        // It is open already, or theirs to see without.
        Ok(false) => Redirect::to(&format!("{}/{who}", here(&slug))).into_response(),
        Err(why) => look::refused(&app, &why, &wanted(&slug, &who)),
    }
}

pub(crate) async fn open(
    State(app): State<App>,
    person: Person,
    Path((slug, who)): Path<(String, String)>,
    typed: Form,
) -> Response {
    match is_for(&app, &person, &slug, &who).await {
        Ok(true) => {}
        Ok(false) => return look::gone(&app),
        Err(why) => return look::refused(&app, &why, &wanted(&slug, &who)),
    }
    match break_open(&app, &person, &slug, &who, &typed).await {
        Ok(()) => Redirect::to(&format!("{}/{who}", here(&slug))).into_response(),
        Err(BreakGlassError::Store(why)) => look::refused(&app, &why, &wanted(&slug, &who)),
        Err(why) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            page(&app, &person, &slug, &who, status, &typed, Some(why.to_string()))
        }
    }
}

/// Whether this person would see it by break-glass, and only so.
async fn is_for(app: &App, person: &Person, slug: &str, who: &str) -> Result<bool, StoreError> {
    let (group, who) = (super::super::parse(slug)?, Slug::parse(who).map_err(|_| no())?);
    let mut writing = app.store().write(person.who()).await?;
    writing.permit::<SeeRoster>(On::Group(&group)).await?;
    match writing.permit::<SeeContact>(On::PersonIn(&who, &group)).await {
        Ok(_) => Ok(false),
        Err(StoreError::Denied(Denied::BreakGlass)) => Ok(true),
        Err(why) => Err(why),
    }
}

async fn break_open(
    app: &App,
    person: &Person,
    slug: &str,
    who: &str,
    typed: &Form,
) -> Result<(), BreakGlassError> {
    let (group, who) = (super::super::parse(slug)?, Slug::parse(who).map_err(|_| no())?);
    let reason = Reason::named(typed.get("reason")).ok_or_else(no)?;
    let words = app.words();
    let (subject, body) = (letters::subject(words), letters::broken(words, app.settings()));
    let notice = Notice {
        subject: &subject,
        body: &body,
    };
    let mut writing = app.store().write(person.who()).await?;
    break_glass::open(&mut writing, &who, &group, reason, typed.get("words"), &notice).await?;
    Ok(writing.commit().await?)
}

fn page(
    app: &App,
    person: &Person,
    slug: &str,
    who: &str,
    status: StatusCode,
    typed: &Form,
    error: Option<String>,
) -> Response {
    let words = app.words();
    let up = Some((here(slug), words.say("roster")));
    let body = form(app, &format!("{}/{who}/break-glass", here(slug)), typed, error);
    page_with(app, status, person, Place::Groups, up, body)
}

fn form(app: &App, act: &str, typed: &Form, error: Option<String>) -> Markup {
    let words = app.words();
    let reasons = Reason::ALL.map(|one| {
        let name = one.name().to_owned();
        let is_chosen = typed.get("reason") == name;
        (name, reason(words, one), is_chosen)
    });
    let field = Field {
        name: "words",
        label: words.say("broken-words"),
        hint: Some(words.say("broken-words-hint")),
        value: typed.get("words"),
        error,
        ..Field::default()
    };
    html! {
        h1 { (words.say("broken-open")) }
        (parts::notice(Tone::Clay, &words.say("broken-first"), html! { (words.say("broken-first-more")) }))
        form.stack method="post" action=(act) {
            (once::field())
            (parts::select("reason", &words.say("broken-reason"), &reasons))
            (field.draw_area())
            div.acts { button.button.danger type="submit" { (words.say("broken-act")) } }
        }
    }
}

fn wanted(slug: &str, who: &str) -> Wanted {
    Wanted::parse(&format!("{}/{who}/break-glass", here(slug)))
}
