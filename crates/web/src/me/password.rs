//! `/me/password`: a new one. Every other browser is signed out.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::groups::Mail;
use maud::{Markup, html};
use store::acts::{ChangeAccount, SeeAccount};
use store::signing::password::{self, For, Hashed, NewPassword};
use store::{On, StoreError, people};

use super::{guard, own_page, tell};
use crate::form::Form;
use crate::look;
use crate::look::parts::Field;
use crate::once;
use crate::signing::{Person, Wanted};
use crate::staff::is_staff;
use crate::state::App;

pub(crate) async fn edit(State(app): State<App>, person: Person) -> Response {
    match guard(&app, &person).await {
        Ok(()) => own_page(&app, StatusCode::OK, &person, form(&app, None)),
        Err(why) => look::refused(&app, &why, &wanted()),
    }
}

pub(crate) async fn update(State(app): State<App>, person: Person, typed: Form) -> Response {
    // Before the work of hashing, and before anything is said of what was typed.
    let mail = match address(&app, &person).await {
        Ok(mail) => mail,
        Err(why) => return look::refused(&app, &why, &wanted()),
    };
    let whose = if is_staff(&person.0) {
        For::Staff
    } else {
        For::Member
    };
    let password = match NewPassword::parse(typed.raw("password"), whose, mail.as_ref()) {
        Ok(password) => password,
        Err(why) => {
            let body = form(&app, Some(why.to_string()));
            return own_page(&app, StatusCode::UNPROCESSABLE_ENTITY, &person, body);
        }
    };
    let done = match app.store().hash_password(password).await {
        Ok(hashed) => set(&app, &person, hashed).await,
        Err(why) => Err(why),
    };
    match done {
        Ok(()) => Redirect::to("/me?done=password").into_response(),
        Err(why) => look::refused(&app, &why, &wanted()),
    }
}

/// One's own address, once it is sure that the password may be changed: it must not be the password.
async fn address(app: &App, person: &Person) -> Result<Option<Mail>, StoreError> {
    guard(app, person).await?;
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeeAccount>(On::Myself).await?;
    let (_, mail) = people::account_of(&mut permit).await?;
    Ok(mail)
}

async fn set(app: &App, person: &Person, hashed: Hashed) -> Result<(), StoreError> {
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await?;
    password::set(&mut permit, hashed).await?;
    tell(app, &mut permit).await?;
    writing.commit().await
}

fn form(app: &App, error: Option<String>) -> Markup {
    let words = app.words();
    let field = Field {
        name: "password",
        label: words.say("field-new-password"),
        hint: Some(words.say("field-new-password-hint")),
        kind: "password",
        error,
        autocomplete: "new-password",
        ..Field::default()
    };
    html! {
        h1 { (words.say("me-password")) }
        p.lead { (words.say("me-password-lead")) }
        form.stack method="post" action="/me/password" {
            (once::field())
            (field.draw())
            div.acts { button.button type="submit" { (words.say("me-save")) } }
        }
    }
}

fn wanted() -> Wanted {
    Wanted::parse("/me/password")
}
