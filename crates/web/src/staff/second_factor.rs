//! `/me/second-factor`: setting up an app that shows six digits. The codes on paper are shown once.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use store::acts::ChangeAccount;
use store::signing::totp::{self, Setup};
use store::{On, StoreError, sessions};

use super::{Place, page_with};
use crate::form::Form;
use crate::limits::Guess;
use crate::look;
use crate::look::parts::{self, Field, Tone};
use crate::signing::{Person, Wanted, set};
use crate::state::App;

pub(crate) async fn show(State(app): State<App>, person: Person) -> Response {
    let found = async {
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<ChangeAccount>(On::Myself).await?;
        totp::has(&mut permit).await
    };
    let words = app.words();
    let body = match found.await {
        Ok(Some(left)) => html! {
            h1 { (words.say("second-factor")) }
            (parts::notice(Tone::Plain, &words.say("second-factor-on"), html! { (words.with("second-factor-left", &[("left", left.into())])) }))
            p { a href="/me" { (words.say("me")) } }
        },
        Ok(None) => html! {
            h1 { (words.say("second-factor")) }
            p.lead { (words.say("second-factor-lead")) }
            form method="post" action="/me/second-factor" {
                button.button type="submit" { (words.say("second-factor-begin")) }
            }
        },
        Err(why) => return look::refused(&app, &why, &wanted()),
    };
    shown(&app, &person, StatusCode::OK, body)
}

/// Makes a secret; the page shows it until a code of it was typed.
pub(crate) async fn create(State(app): State<App>, person: Person) -> Response {
    let begun = async {
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<ChangeAccount>(On::Myself).await?;
        let setup = totp::begin(&mut permit, &app.settings().organisation.name).await?;
        writing.commit().await?;
        Ok::<_, StoreError>(setup)
    };
    match begun.await {
        Ok(setup) => shown(&app, &person, StatusCode::OK, asked(&app, &setup, None)),
        // There is one already.
        Err(StoreError::Denied(_)) => Redirect::to("/me/second-factor").into_response(),
        Err(why) => look::refused(&app, &why, &wanted()),
    }
}

pub(crate) async fn confirm(State(app): State<App>, person: Person, form: Form) -> Response {
    if !app.limits().guess(Guess::Account, person.0.slug().as_str()) {
        return look::too_many_guesses(&app);
    }
    let confirmed = async {
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<ChangeAccount>(On::Myself).await?;
        let Some((codes, proof)) = totp::confirm(&mut permit, form.get("step")).await? else {
            let setup = totp::begun(&mut permit, &app.settings().organisation.name).await?;
            return Ok::<_, StoreError>(Err(setup));
        };
        let token = sessions::renew(&mut writing, &person.0, &proof).await?;
        writing.commit().await?;
        Ok(Ok((codes, token)))
    };
    match confirmed.await {
        Ok(Ok((codes, token))) => {
            let page = shown(&app, &person, StatusCode::OK, on_paper(&app, &codes));
            set(&app, page, &token)
        }
        Ok(Err(setup)) => {
            let wrong = app.words().say("second-wrong");
            let body = asked(&app, &setup, Some(wrong));
            shown(&app, &person, StatusCode::UNPROCESSABLE_ENTITY, body)
        }
        Err(why) => look::refused(&app, &why, &wanted()),
    }
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
                code.secret { (in_fours(&setup.secret)) } " "
                a href=(setup.address) { (words.say("second-factor-open")) }
            }
            li { (words.say("second-factor-then")) }
        }
        form.stack method="post" action="/me/second-factor/confirmation" {
            (field.draw())
            div.acts { button.button type="submit" { (words.say("second-factor-confirm")) } }
        }
    }
}

fn on_paper(app: &App, codes: &[String]) -> Markup {
    let words = app.words();
    html! {
        h1 { (words.say("second-factor-codes")) }
        p.lead { (words.say("second-factor-codes-lead")) }
        ol.codes { @for code in codes { li { code { (code) } } } }
        p { a.button href="/staff" { (words.say("second-factor-done")) } }
    }
}

fn in_fours(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|four| four.iter().collect()).collect();
    groups.join(" ")
}

fn shown(app: &App, person: &Person, status: StatusCode, body: Markup) -> Response {
    let body = html! { div.narrow-page { (body) } };
    page_with(app, status, person, Place::Me, None, body)
}

fn wanted() -> Wanted {
    Wanted::parse("/me/second-factor")
}
