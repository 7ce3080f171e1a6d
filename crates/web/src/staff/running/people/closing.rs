//! `GET /staff/people/{person}/closure` says what closing an account does, `POST` does it; `POST …/reopening` opens it again.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use store::On;
use store::acts::ChangeAccounts;
use store::people::{self, RoleError};
use store::{sessions, signing};

use super::super::may_change;
use super::show::{Typed, Wrong, draw};
use super::{address, find, parse, said, wanted};
use crate::letters;
use crate::look;
use crate::once;
use crate::signing::Person;
use crate::staff::{Place, page_with};
use crate::state::App;

pub(crate) async fn ask(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    let account = match find(&app, &person, &slug).await {
        Ok((account, _)) if account.ended_at.is_none() => account,
        Ok(_) => return Redirect::to(&address(&slug)).into_response(),
        Err(why) => return look::refused(&app, &why, &wanted(&slug)),
    };
    let words = app.words();
    let handle = ("name", account.handle.as_str().into());
    let body = html! {
        h1 { (words.with("people-close-ask", &[handle])) }
        p.lead { (words.say("people-close-what")) }
        form.acts method="post" action=(format!("{}/closure", address(&slug))) {
            (once::field())
            button.button.danger type="submit" { (words.say("people-close-act")) }
            a.textlink href=(address(&slug)) { (words.say("people-close-not")) }
        }
    };
    let up = Some((address(&slug), account.handle.to_string()));
    page_with(&app, StatusCode::OK, &person, Place::People, up, body)
}

pub(crate) async fn close(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    if let Err(why) = may_change(&app, &person).await {
        return look::refused(&app, &why, &wanted(&slug));
    }
    let closed = async {
        let whose = parse(&slug)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<ChangeAccounts>(On::Organisation).await?;
        people::close_account(&mut permit, &whose).await?;
        Ok::<_, RoleError>(writing.commit().await?)
    };
    answer(&app, &person, &slug, closed.await).await
}

pub(crate) async fn reopen(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    if let Err(why) = may_change(&app, &person).await {
        return look::refused(&app, &why, &wanted(&slug));
    }
    let reopened = async {
        let whose = parse(&slug)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<ChangeAccounts>(On::Organisation).await?;
        people::reopen_account(&mut permit, &whose).await?;
        Ok::<_, RoleError>(writing.commit().await?)
    };
    answer(&app, &person, &slug, reopened.await).await
}

/// `POST …/sessions/end`: every browser of theirs is signed out.
pub(crate) async fn sign_out(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    let done = async {
        let whose = parse(&slug)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<ChangeAccounts>(On::Organisation).await?;
        people::turn_to(&mut permit, &whose).await?;
        sessions::end_of(&mut permit).await?;
        Ok::<_, RoleError>(writing.commit().await?)
    };
    answer(&app, &person, &slug, done.await).await
}

/// `POST …/second-factor/removal`: for someone who has lost phone and paper. They are told by a letter, and set up anew when they sign in.
pub(crate) async fn forget_second(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
) -> Response {
    let words = app.words();
    let done = async {
        let whose = parse(&slug)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<ChangeAccounts>(On::Organisation).await?;
        people::turn_to(&mut permit, &whose).await?;
        signing::forget_second(&mut permit).await?;
        let body = letters::changed(words, app.settings());
        signing::tell(&mut permit, &letters::subject(words), &body).await?;
        Ok::<_, RoleError>(writing.commit().await?)
    };
    answer(&app, &person, &slug, done.await).await
}

async fn answer(app: &App, person: &Person, slug: &str, done: Result<(), RoleError>) -> Response {
    let wrong = match done.map_err(said) {
        Ok(()) => return Redirect::to(&address(slug)).into_response(),
        Err(Ok(wrong)) => wrong,
        Err(Err(why)) => return look::refused(app, &why, &wanted(slug)),
    };
    let wrong = Wrong {
        all: Some(wrong),
        ..Wrong::default()
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    match draw(app, person, slug, &Typed::default(), &wrong, status).await {
        Ok(page) => page,
        Err(why) => look::refused(app, &why, &wanted(slug)),
    }
}
