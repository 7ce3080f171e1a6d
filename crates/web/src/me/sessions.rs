//! Where one is signed in: a part of `/me`, and the acts that end one session or all others.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use store::acts::ChangeAccount;
use store::sessions::{self, Open, SessionId};
use store::signing::Method;
use store::{On, StoreError};

use crate::look;
use crate::once;
use crate::signing::{Person, Wanted};
use crate::state::App;
use crate::words::FluentValue;

/// The list, the newest first.
pub(super) fn list(app: &App, open: &[Open]) -> Markup {
    let words = app.words();
    html! {
        section {
            h2 { (words.say("me-sessions")) }
            ul.rows {
                @for session in open {
                    li {
                        div {
                            p { b { (words.say(method(session.method))) } @if session.this { " · " (words.say("me-session-this")) } }
                            p.meta {
                                @let begun = app.moment(session.begun_at);
                                @let seen = app.moment(session.seen_at);
                                (words.with("me-session-when", &[("begun", FluentValue::from(begun)), ("seen", FluentValue::from(seen))]))
                            }
                        }
                        @if !session.this {
                            form method="post" action={ "/me/sessions/" (session.id) "/end" } {
                                (once::field())
                                button.button.plain.small type="submit" { (words.say("me-session-end")) }
                            }
                        }
                    }
                }
            }
            @if open.len() > 1 {
                form method="post" action="/me/sessions/end" {
                    (once::field())
                    button.button.plain type="submit" { (words.say("me-sessions-end")) }
                }
            }
        }
    }
}

pub(crate) async fn end(State(app): State<App>, person: Person, Path(id): Path<String>) -> Response {
    let Some(id) = SessionId::parse(&id) else {
        return look::gone(&app);
    };
    told(&app, end_one(&app, &person, id).await)
}

pub(crate) async fn end_others(State(app): State<App>, person: Person) -> Response {
    told(&app, end_all_others(&app, &person).await)
}

async fn end_one(app: &App, person: &Person, id: SessionId) -> Result<(), StoreError> {
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await?;
    sessions::end(&mut permit, id).await?;
    writing.commit().await
}

async fn end_all_others(app: &App, person: &Person) -> Result<(), StoreError> {
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await?;
    sessions::end_others(&mut permit).await?;
    writing.commit().await
}

fn told(app: &App, done: Result<(), StoreError>) -> Response {
    match done {
        Ok(()) => Redirect::to("/me?done=session").into_response(),
        Err(why) => look::refused(app, &why, &Wanted::parse("/me")),
    }
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Password => "by-password",
        Method::Link => "by-link",
        Method::Code => "by-code",
        Method::Totp | Method::Recovery => "by-digits",
        Method::Passkey => "by-passkey",
        Method::OpenId => "by-openid",
        Method::Invitation => "by-invitation",
        Method::Demo => "by-demo",
    }
}
