//! `GET /staff/people/{person}`: an account, its roles, and the forms that change them.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::groups::Mail;
use maud::{Markup, html};
use serde::Deserialize;
use store::StoreError;
use store::people::{Account, RoleHeld};

use super::super::{Groups, group_options, role_options};
use super::list::role;
use super::{address, find, wanted};
use crate::look;
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::signing::Person;
use crate::staff::{Place, page_with};
use crate::state::App;

/// What is typed into the form for a role; it stands in the address while one shows again who one is.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    pub role: String,
    pub group: String,
    pub until: String,
}

/// What is wrong with it.
#[derive(Debug, Default)]
pub(super) struct Wrong {
    pub role: Option<String>,
    pub until: Option<String>,
    /// With the account, or with a role that should end.
    pub all: Option<String>,
}

pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    Query(typed): Query<Typed>,
) -> Response {
    match draw(&app, &person, &slug, &typed, &Wrong::default(), StatusCode::OK).await {
        Ok(page) => page,
        Err(why) => look::refused(&app, &why, &wanted(&slug)),
    }
}

pub(super) async fn draw(
    app: &App,
    person: &Person,
    slug: &str,
    typed: &Typed,
    wrong: &Wrong,
    status: StatusCode,
) -> Result<Response, StoreError> {
    let (account, mail) = find(app, person, slug).await?;
    let groups = Groups::read(app).await?;
    let words = app.words();
    let facts = [
        (words.say("field-mail"), mail.map(|mail: Mail| html! { (mail) })),
        (
            words.say("people-since"),
            Some(html! { (app.day(account.created_at)) }),
        ),
        (
            words.say("people-closed-on"),
            account.ended_at.map(|at| html! { (app.day(at)) }),
        ),
    ];
    let now = app.now();
    let (holds, held): (Vec<&RoleHeld>, Vec<&RoleHeld>) = account
        .roles
        .iter()
        .partition(|held| held.until.is_none_or(|until| now < until));
    let body = html! {
        h1 { (account.handle) }
        @if let Some(wrong) = &wrong.all { (parts::mistakes(Tone::Clay, wrong, "", &[])) }
        (parts::facts(&facts))
        section {
            h2 { (words.say("me-roles")) }
            @if holds.is_empty() { p { (words.say("people-no-roles")) } }
            ul.rows {
                @for held in holds {
                    li {
                        p { (role(app, &groups, held)) }
                        form method="post" action=(format!("{}/roles/{}/end", address(slug), held.id)) {
                            (once::field())
                            @let said = words.say("people-end");
                            button.textlink type="submit" aria-label=(format!("{said}: {}", role(app, &groups, held))) { (said) }
                        }
                    }
                }
            }
            @if !held.is_empty() {
                h3 { (words.say("people-held")) }
                ul.rows { @for held in held { li { p.meta { (role(app, &groups, held)) } } } }
            }
        }
        @if account.ended_at.is_none() {
            (give(app, slug, &groups, typed, wrong))
            (signing_in(app, slug))
            section {
                h2 { (words.say("people-close")) }
                p { (words.say("people-close-more")) }
                p { a.button.danger href=(format!("{}/closure", address(slug))) { (words.say("people-close-act")) } }
            }
        } @else { (reopen(app, &account)) }
    };
    let up = Some(("/staff/people".to_owned(), words.say("people")));
    Ok(page_with(app, status, person, Place::People, up, body))
}

fn give(app: &App, slug: &str, groups: &Groups, typed: &Typed, wrong: &Wrong) -> Markup {
    let words = app.words();
    let until = Field {
        name: "until",
        label: words.say("people-until"),
        kind: "date",
        value: &typed.until,
        hint: Some(words.say("people-until-hint")),
        error: wrong.until.clone(),
        ..Field::default()
    };
    html! {
        section {
            h2 { (words.say("people-give")) }
            form.stack method="post" action=(format!("{}/roles", address(slug))) {
                (once::field())
                @if let Some(wrong) = &wrong.role { (parts::mistakes(Tone::Clay, wrong, "", &[])) }
                (parts::select("role", &words.say("people-which"), &role_options(app, &typed.role)))
                (parts::select("group", &words.say("people-where"), &group_options(app, groups, &typed.group)))
                (until.draw())
                div.acts { button.button type="submit" { (words.say("people-give-act")) } }
            }
        }
    }
}

/// What helps someone who has lost what they sign in with, or left a browser open somewhere.
fn signing_in(app: &App, slug: &str) -> Markup {
    let words = app.words();
    html! {
        section {
            h2 { (words.say("people-signing-in")) }
            p { (words.say("people-sign-out-more")) }
            form method="post" action=(format!("{}/sessions/end", address(slug))) {
                (once::field())
                button.button.plain type="submit" { (words.say("people-sign-out")) }
            }
            p { (words.say("people-forget-second-more")) }
            form method="post" action=(format!("{}/second-factor/removal", address(slug))) {
                (once::field())
                button.button.danger type="submit" { (words.say("people-forget-second")) }
            }
        }
    }
}

fn reopen(app: &App, account: &Account) -> Markup {
    let words = app.words();
    html! {
        section {
            h2 { (words.say("people-reopen")) }
            p { (words.say("people-reopen-more")) }
            form method="post" action=(format!("{}/reopening", address(account.slug.as_str()))) {
                (once::field())
                button.button type="submit" { (words.say("people-reopen-act")) }
            }
        }
    }
}
