//! `GET /invitation/{token}`: what someone is invited to; `POST` takes it up, as someone new or as who is signed in.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::groups::Mail;
use domain::people::Handle;
use maud::{Markup, html};
use store::invitations::{self, Invitation, InvitationError};
use store::people::RoleError;
use store::signing::Proof;
use store::signing::password::{For, NewPassword};
use store::{StoreError, Who};

use super::{Before, Maybe, Wanted, sign_in};
use crate::form::Form;
use crate::look;
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::saying;
use crate::state::App;

/// What was wrong, by field.
#[derive(Default)]
struct Wrong {
    handle: Option<String>,
    mail: Option<String>,
    password: Option<String>,
    all: Option<String>,
}

pub(crate) async fn show(
    State(app): State<App>,
    Maybe(someone): Maybe,
    Path(token): Path<String>,
) -> Response {
    match find(&app, &token).await {
        Ok(Some(invitation)) if someone.is_some() => {
            look::narrow(&app, StatusCode::OK, as_oneself(&app, &token, &invitation, None))
        }
        Ok(Some(invitation)) => {
            let body = form(&app, &token, &invitation, &Form::default(), &Wrong::default());
            look::narrow(&app, StatusCode::OK, body)
        }
        Ok(None) => over(&app),
        Err(why) => look::refused(&app, &why, &Wanted::parse("")),
    }
}

pub(crate) async fn create(
    State(app): State<App>,
    Maybe(someone): Maybe,
    Path(token): Path<String>,
    before: Before,
    typed: Form,
) -> Response {
    let invitation = match find(&app, &token).await {
        Ok(Some(invitation)) => invitation,
        Ok(None) => return over(&app),
        Err(why) => return look::refused(&app, &why, &Wanted::parse("")),
    };
    if let Some(signed_in) = someone {
        let done = async {
            let mut writing = app.store().write(Who::Person(signed_in)).await?;
            invitations::accept_as(&mut writing, &token).await?;
            writing.commit().await?;
            Ok::<_, InvitationError>(())
        };
        return match done.await {
            Ok(()) => Redirect::to("/me").into_response(),
            Err(InvitationError::Role(RoleError::Store(why))) => {
                look::refused(&app, &why, &Wanted::parse("/me"))
            }
            Err(why) => {
                let said = why.to_string();
                let body = as_oneself(&app, &token, &invitation, Some(&said));
                look::narrow(&app, StatusCode::UNPROCESSABLE_ENTITY, body)
            }
        };
    }
    match take_up(&app, &token, &invitation, &typed).await {
        Ok(proof) => sign_in::sign_in(&app, &proof, &Wanted::parse("/me"), before).await,
        Err(wrong) => {
            let body = form(&app, &token, &invitation, &typed, &wrong);
            look::narrow(&app, StatusCode::UNPROCESSABLE_ENTITY, body)
        }
    }
}

async fn find(app: &App, token: &str) -> Result<Option<Invitation>, StoreError> {
    let mut reading = app.read().await?;
    invitations::find(&mut reading, token).await
}

async fn take_up(app: &App, token: &str, invitation: &Invitation, typed: &Form) -> Result<Proof, Wrong> {
    let mut wrong = Wrong::default();
    let handle = Handle::parse(typed.get("handle")).map_err(|why| wrong.handle = Some(why.to_string()));
    let mail = match &invitation.mail {
        Some(_) => Ok(None),
        None => Mail::parse(typed.get("mail"))
            .map(Some)
            .map_err(|why| wrong.mail = Some(why.to_string())),
    };
    let whose = if invitation.role.is_staff() {
        For::Staff
    } else {
        For::Member
    };
    let address = mail
        .as_ref()
        .ok()
        .and_then(Option::as_ref)
        .or(invitation.mail.as_ref());
    let password = NewPassword::parse(typed.raw("password"), whose, address)
        .map_err(|why| wrong.password = Some(why.to_string()));
    let (Ok(handle), Ok(mail), Ok(password)) = (handle, mail, password) else {
        return Err(wrong);
    };
    let done = async {
        let hashed = app.store().hash_password(password).await?;
        let mut writing = app.store().write(Who::Visitor).await?;
        let proof = invitations::accept(&mut writing, token, &handle, mail.as_ref(), hashed).await?;
        writing.commit().await?;
        Ok::<_, InvitationError>(proof)
    };
    done.await.map_err(|why| {
        tracing::info!(%why, "an invitation was not taken up");
        Wrong {
            all: Some(said(&why).unwrap_or_else(|| app.words().say("our-fault"))),
            ..Wrong::default()
        }
    })
}

/// What is for a person to read; none if it is our fault.
fn said(why: &InvitationError) -> Option<String> {
    match why {
        InvitationError::Role(RoleError::Store(_)) => None,
        other => Some(other.to_string()),
    }
}

fn as_oneself(app: &App, token: &str, invitation: &Invitation, wrong: Option<&str>) -> Markup {
    let words = app.words();
    html! {
        (told(app, invitation))
        @if let Some(wrong) = wrong { (parts::mistakes(Tone::Clay, wrong, "", &[])) }
        form method="post" action=(format!("/invitation/{token}")) {
            (once::field())
            button.button type="submit" { (words.say("invitation-take-up")) }
        }
    }
}

fn form(app: &App, token: &str, invitation: &Invitation, typed: &Form, wrong: &Wrong) -> Markup {
    let words = app.words();
    let (handle_hint, password_hint) = (
        words.say("field-handle-hint"),
        words.say("field-new-password-hint"),
    );
    html! {
        (told(app, invitation))
        @if let Some(wrong) = &wrong.all { (parts::mistakes(Tone::Clay, wrong, "", &[])) }
        form.stack method="post" action=(format!("/invitation/{token}")) {
            (once::field())
            (Field { name: "handle", label: words.say("field-handle"), hint: Some(handle_hint), error: wrong.handle.clone(), value: typed.get("handle"), autocomplete: "name", ..Field::default() }.draw())
            @if let Some(mail) = &invitation.mail {
                p { (words.say("field-mail")) ": " b { (mail) } }
                input type="hidden" autocomplete="username" value=(mail);
            } @else {
                (Field { name: "mail", label: words.say("field-mail"), kind: "email", error: wrong.mail.clone(), value: typed.get("mail"), autocomplete: "username", ..Field::default() }.draw())
            }
            (Field { name: "password", label: words.say("field-new-password"), kind: "password", hint: Some(password_hint), error: wrong.password.clone(), autocomplete: "new-password", ..Field::default() }.draw())
            div.acts { button.button type="submit" { (words.say("invitation-begin")) } }
        }
        p { (words.say("invitation-have-account")) " " a href=(Wanted::parse(&format!("/invitation/{token}")).after("/sign-in")) { (words.say("sign-in")) } }
    }
}

fn told(app: &App, invitation: &Invitation) -> Markup {
    let words = app.words();
    let organisation = app.settings().organisation.name.as_str();
    html! {
        h1 { (words.with("invitation", &[("organisation", organisation.into())])) }
        p.lead { (words.with("invitation-role", &[("role", saying::role(words, invitation.role).into())])) }
        @if invitation.role.needs_second_factor() { p { (words.say("invitation-second")) } }
    }
}

fn over(app: &App) -> Response {
    let words = app.words();
    let body = html! {
        h1 { (words.say("link-over")) }
        p.lead { (words.say("invitation-over-more")) }
        p { a.button href="/sign-in" { (words.say("sign-in")) } }
    };
    look::narrow(app, StatusCode::NOT_FOUND, body)
}
