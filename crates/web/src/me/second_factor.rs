//! `/me/second-factor`: setting up an app that shows six digits. The codes on paper are shown once.

use std::fmt::Write;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Denied;
use maud::{Markup, html};
use store::acts::ChangeAccount;
use store::sessions::{self, Token};
use store::signing::Ways;
use store::signing::totp::{self, Setup};
use store::{On, StoreError};

use super::{guard, own_page, tell, ways};
use crate::form::Form;
use crate::limits::Prefix;
use crate::look;
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::signing::{Person, Wanted, set};
use crate::state::App;

pub(crate) async fn show(State(app): State<App>, person: Person) -> Response {
    let words = app.words();
    let body = match ways(&app, &person).await {
        Ok(Ways { app: Some(left), .. }) => html! {
            h1 { (words.say("second-factor")) }
            (parts::notice(Tone::Plain, &words.say("second-factor-on"), html! { (words.with("second-factor-left", &[("left", left.into())])) }))
            form method="post" action="/me/second-factor/codes" {
                (once::field())
                p { (words.say("second-factor-renew-more")) }
                button.button.plain type="submit" { (words.say("second-factor-renew")) }
            }
            form method="post" action="/me/second-factor/removal" {
                (once::field())
                p { (words.say("second-factor-remove-more")) }
                button.button.plain type="submit" { (words.say("second-factor-remove")) }
            }
        },
        Ok(_) => html! {
            h1 { (words.say("second-factor")) }
            p.lead { (words.say("second-factor-lead")) }
            form method="post" action="/me/second-factor" {
                (once::field())
                button.button type="submit" { (words.say("second-factor-begin")) }
            }
            p { a href="/me/passkeys" { (words.say("second-factor-or-passkey")) } }
        },
        Err(why) => return look::refused(&app, &why, &wanted()),
    };
    own_page(&app, StatusCode::OK, &person, body)
}

/// Makes a secret; the page shows it until a code of it was typed.
pub(crate) async fn create(State(app): State<App>, person: Person) -> Response {
    match begin(&app, &person).await {
        Ok(setup) => own_page(&app, StatusCode::OK, &person, asked(&app, &setup, None)),
        // There is one already.
        Err(StoreError::Denied(Denied::NoRight)) => Redirect::to("/me/second-factor").into_response(),
        Err(why) => look::refused(&app, &why, &wanted()),
    }
}

pub(crate) async fn confirm(State(app): State<App>, person: Person, from: Prefix, form: Form) -> Response {
    if let Err(why) = guard(&app, &person).await {
        return look::refused(&app, &why, &wanted());
    }
    let turn = app.limits().guess(person.0.slug().as_str(), from, app.now());
    if !turn.is_judged() {
        return look::too_many_guesses(&app);
    }
    match turn_on(&app, &person, form.get("step")).await {
        Ok(Confirmed::On(codes, token)) => {
            app.limits().was_right(&turn, app.now());
            let page = own_page(&app, StatusCode::OK, &person, on_paper(&app, &codes));
            set(&app, page, &token)
        }
        Ok(Confirmed::Wrong(Some(setup))) => {
            let wrong = app.words().say("second-wrong");
            let body = asked(&app, &setup, Some(wrong));
            own_page(&app, StatusCode::UNPROCESSABLE_ENTITY, &person, body)
        }
        // None was begun, or it is on already: its page says which.
        Ok(Confirmed::Wrong(None)) | Err(StoreError::Denied(Denied::NoRight)) => {
            Redirect::to("/me/second-factor").into_response()
        }
        Err(why) => look::refused(&app, &why, &wanted()),
    }
}

pub(crate) async fn renew_codes(State(app): State<App>, person: Person) -> Response {
    match new_codes(&app, &person).await {
        Ok(codes) => own_page(&app, StatusCode::OK, &person, on_paper(&app, &codes)),
        Err(why) => look::refused(&app, &why, &wanted()),
    }
}

pub(crate) async fn remove(State(app): State<App>, person: Person) -> Response {
    match turn_off(&app, &person).await {
        Ok(()) => Redirect::to("/me?done=second-factor").into_response(),
        Err(why) => look::refused(&app, &why, &wanted()),
    }
}

/// What became of the first six digits.
enum Confirmed {
    On(Vec<String>, Token),
    Wrong(Option<Setup>),
}

async fn begin(app: &App, person: &Person) -> Result<Setup, StoreError> {
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await?;
    let setup = totp::begin(&mut permit, &app.settings().organisation.name).await?;
    writing.commit().await?;
    Ok(setup)
}

async fn turn_on(app: &App, person: &Person, typed: &str) -> Result<Confirmed, StoreError> {
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await?;
    let Some((codes, proof)) = totp::confirm(&mut permit, typed).await? else {
        let setup = totp::begun(&mut permit, &app.settings().organisation.name).await?;
        return Ok(Confirmed::Wrong(setup));
    };
    tell(app, &mut permit).await?;
    let token = sessions::renew(&mut writing, &person.0, &proof).await?;
    writing.commit().await?;
    Ok(Confirmed::On(codes, token))
}

async fn new_codes(app: &App, person: &Person) -> Result<Vec<String>, StoreError> {
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await?;
    let codes = totp::renew_codes(&mut permit).await?;
    tell(app, &mut permit).await?;
    writing.commit().await?;
    Ok(codes)
}

async fn turn_off(app: &App, person: &Person) -> Result<(), StoreError> {
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await?;
    totp::remove(&mut permit).await?;
    tell(app, &mut permit).await?;
    writing.commit().await
}

fn asked(app: &App, setup: &Setup, error: Option<String>) -> Markup {
    let words = app.words();
    let field = Field {
        name: "step",
        label: words.say("second-factor-first-code"),
        error,
        autocomplete: "one-time-code",
        inputmode: Some("numeric"),
        ..Field::default()
    };
    html! {
        h1 { (words.say("second-factor")) }
        ol {
            li { (words.say("second-factor-app")) }
            li {
                (words.say("second-factor-type")) " "
                code.secret { (setup.to_copy()) } " "
                a href=(setup.address) { (words.say("second-factor-open")) }
                @if let Some(picture) = picture(&setup.address) {
                    details { summary { (words.say("second-factor-picture")) } (picture) }
                }
            }
            li { (words.say("second-factor-then")) }
        }
        form.stack method="post" action="/me/second-factor/confirmation" {
            (once::field())
            (field.draw())
            div.acts { button.button type="submit" { (words.say("second-factor-confirm")) } }
        }
    }
}

/// The address as a picture for another device's camera.
fn picture(address: &str) -> Option<Markup> {
    let code = qrcode::QrCode::new(address).ok()?;
    let wide = code.width();
    let dark = code.to_colors();
    let mut path = String::new();
    for (at, colour) in dark.iter().enumerate() {
        if *colour == qrcode::Color::Dark {
            // A square of one by one at its place.
            let _ = write!(path, "M{} {}h1v1h-1z", at % wide + 4, at / wide + 4);
        }
    }
    let side = wide + 8;
    Some(html! {
        svg.qr viewBox={ "0 0 " (side) " " (side) } role="img" aria-hidden="true" focusable="false" { path d=(path); }
    })
}

fn on_paper(app: &App, codes: &[String]) -> Markup {
    let words = app.words();
    html! {
        h1 { (words.say("second-factor-codes")) }
        p.lead { (words.say("second-factor-codes-lead")) }
        ol.codes { @for code in codes { li { code { (code) } } } }
        p { a.button href="/me" { (words.say("second-factor-done")) } }
    }
}

fn wanted() -> Wanted {
    Wanted::parse("/me/second-factor")
}
