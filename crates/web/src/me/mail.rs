//! `/me/mail`: another address. It counts once the link in a letter to it was opened; the old address is told.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::groups::Mail;
use maud::{Markup, html};
use store::acts::ChangeAccount;
use store::signing::link::{self, Letter};
use store::{On, StoreError};

use super::{guard, own_page};
use crate::form::Form;
use crate::letters;
use crate::look;
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::signing::{Person, Wanted};
use crate::state::App;
use crate::words::FluentValue;

pub(crate) async fn edit(State(app): State<App>, person: Person) -> Response {
    match guard(&app, &person).await {
        Ok(()) => own_page(&app, StatusCode::OK, &person, form(&app, "", None)),
        Err(why) => look::refused(&app, &why, &Wanted::parse("/me/mail")),
    }
}

pub(crate) async fn create(State(app): State<App>, person: Person, typed: Form) -> Response {
    let words = app.words();
    if let Err(why) = guard(&app, &person).await {
        return look::refused(&app, &why, &Wanted::parse("/me/mail"));
    }
    let mail = match Mail::parse(typed.get("mail")) {
        Ok(mail) => mail,
        Err(why) => {
            let body = form(&app, typed.get("mail"), Some(why.to_string()));
            return own_page(&app, StatusCode::UNPROCESSABLE_ENTITY, &person, body);
        }
    };
    if !app.limits().letter(mail.as_str()) {
        return look::too_many(&app);
    }
    match ask(&app, &person, &mail).await {
        Ok(()) => {
            let mail = FluentValue::from(mail.to_string());
            let body = html! {
                h1 { (words.say("me-mail")) }
                (parts::notice(Tone::Plain, &words.with("me-mail-asked", &[("mail", mail)]), html! { (words.say("me-mail-asked-more")) }))
            };
            own_page(&app, StatusCode::OK, &person, body)
        }
        Err(why) => look::refused(&app, &why, &Wanted::parse("/me/mail")),
    }
}

/// Opening the link does nothing by itself: programs that look through letters open links.
pub(crate) async fn show(State(app): State<App>, person: Person, Path(token): Path<String>) -> Response {
    let words = app.words();
    let body = html! {
        h1 { (words.say("me-mail")) }
        p.lead { (words.say("me-mail-confirm")) }
        form method="post" action={ "/me/mail/" (token) } {
            (once::field())
            button.button type="submit" { (words.say("me-mail-confirm-act")) }
        }
    };
    own_page(&app, StatusCode::OK, &person, body)
}

pub(crate) async fn confirm(State(app): State<App>, person: Person, Path(token): Path<String>) -> Response {
    match change(&app, &person, &token).await {
        Ok(true) => Redirect::to("/me?done=mail").into_response(),
        Ok(false) => {
            let words = app.words();
            let body = html! {
                h1 { (words.say("link-over")) }
                p.lead { (words.say("me-mail-over")) }
                p { a.button href="/me/mail" { (words.say("me-mail")) } }
            };
            own_page(&app, StatusCode::NOT_FOUND, &person, body)
        }
        Err(why) => look::refused(&app, &why, &Wanted::parse("/me/mail")),
    }
}

async fn ask(app: &App, person: &Person, mail: &Mail) -> Result<(), StoreError> {
    let words = app.words();
    let subject = letters::subject(words);
    let body = |token: &str| letters::new_mail(words, app.settings(), token);
    let letter = Letter {
        subject: &subject,
        body: &body,
    };
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await?;
    link::ask_mail(&mut permit, mail, &letter).await?;
    writing.commit().await
}

async fn change(app: &App, person: &Person, token: &str) -> Result<bool, StoreError> {
    let words = app.words();
    let (subject, body) = (letters::subject(words), letters::changed(words, app.settings()));
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await?;
    if !link::change_mail(&mut permit, token, (&subject, &body)).await? {
        return Ok(false);
    }
    writing.commit().await?;
    Ok(true)
}

fn form(app: &App, value: &str, error: Option<String>) -> Markup {
    let words = app.words();
    let field = Field {
        name: "mail",
        label: words.say("me-mail-new"),
        kind: "email",
        value,
        error,
        autocomplete: "email",
        ..Field::default()
    };
    html! {
        h1 { (words.say("me-mail")) }
        p.lead { (words.say("me-mail-lead")) }
        @if !app.settings().sends_mail {
            (parts::notice(Tone::Ochre, &words.say("no-letters"), html! { (words.say("no-letters-more")) }))
        }
        form.stack method="post" action="/me/mail" {
            (once::field())
            (field.draw())
            div.acts { button.button type="submit" { (words.say("me-mail-send")) } }
        }
    }
}
