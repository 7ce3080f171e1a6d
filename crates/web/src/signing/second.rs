//! `/sign-in/second`: the second step, six digits of an app or a code on paper. `/sign-in/again`: showing once more who one
//! is, before an act that asks for it.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use store::sessions::{self, Token};
use store::signing::{Proof, totp};
use store::{StoreError, Who};

use super::sign_in::To;
use super::{Person, Wanted, set};
use crate::form::Form;
use crate::limits::Guess;
use crate::look;
use crate::look::parts::Field;
use crate::staff::{self, Place};
use crate::state::App;

/// Who has no second step yet is led to set one up.
pub(crate) async fn show(State(app): State<App>, person: Person, Query(To { to }): Query<To>) -> Response {
    let to = Wanted::parse(&to);
    match asks(&app, &person).await {
        Ok(true) => page(&app, &person, StatusCode::OK, step(&app, &to, false)),
        Ok(false) => Redirect::to("/me/second-factor").into_response(),
        Err(why) => look::refused(&app, &why, &to),
    }
}

pub(crate) async fn create(State(app): State<App>, person: Person, form: Form) -> Response {
    let to = Wanted::parse(form.get("to"));
    if !app.limits().guess(Guess::Account, person.0.slug().as_str()) {
        return look::too_many_guesses(&app);
    }
    match by_step(&app, &person, form.get("step")).await {
        Ok(Some(token)) => set(&app, Redirect::to(to.path()).into_response(), &token),
        Ok(None) => page(
            &app,
            &person,
            StatusCode::UNPROCESSABLE_ENTITY,
            step(&app, &to, true),
        ),
        Err(why) => look::refused(&app, &why, &to),
    }
}

pub(crate) async fn ask_again(
    State(app): State<App>,
    person: Person,
    Query(To { to }): Query<To>,
) -> Response {
    let to = Wanted::parse(&to);
    match asks(&app, &person).await {
        Ok(digits) => page(&app, &person, StatusCode::OK, again(&app, &to, digits, false)),
        Err(why) => look::refused(&app, &why, &to),
    }
}

pub(crate) async fn prove_again(State(app): State<App>, person: Person, form: Form) -> Response {
    let to = Wanted::parse(form.get("to"));
    if !app.limits().guess(Guess::Account, person.0.slug().as_str()) {
        return look::too_many_guesses(&app);
    }
    let token = match form.get("step") {
        "" => by_password(&app, &person, form.raw("password")).await,
        digits => by_step(&app, &person, digits).await,
    };
    match token {
        Ok(Some(token)) => set(&app, Redirect::to(to.path()).into_response(), &token),
        Ok(None) => match asks(&app, &person).await {
            Ok(digits) => {
                let body = again(&app, &to, digits, true);
                page(&app, &person, StatusCode::UNPROCESSABLE_ENTITY, body)
            }
            Err(why) => look::refused(&app, &why, &to),
        },
        Err(why) => look::refused(&app, &why, &to),
    }
}

async fn asks(app: &App, person: &Person) -> Result<bool, StoreError> {
    let mut writing = app.store().write(person.who()).await?;
    totp::asks(&mut writing, &person.0).await
}

async fn by_step(app: &App, person: &Person, typed: &str) -> Result<Option<Token>, StoreError> {
    let mut writing = app.store().write(person.who()).await?;
    let Some(proof) = totp::check(&mut writing, &person.0, typed).await? else {
        return Ok(None);
    };
    let token = sessions::renew(&mut writing, &person.0, &proof).await?;
    writing.commit().await?;
    Ok(Some(token))
}

async fn by_password(app: &App, person: &Person, typed: &str) -> Result<Option<Token>, StoreError> {
    match app.store().check_own_password(&person.0, typed).await? {
        Some(proof) => renewed(app, person, &proof).await.map(Some),
        None => Ok(None),
    }
}

async fn renewed(app: &App, person: &Person, proof: &Proof) -> Result<Token, StoreError> {
    let mut writing = app.store().write(Who::Person(person.0.clone())).await?;
    let token = sessions::renew(&mut writing, &person.0, proof).await?;
    writing.commit().await?;
    Ok(token)
}

fn step(app: &App, to: &Wanted, wrong: bool) -> Markup {
    let words = app.words();
    html! {
        h1 { (words.say("second")) }
        p.lead { (words.say("second-lead")) }
        form.stack method="post" action="/sign-in/second" {
            input type="hidden" name="to" value=(to);
            (digits(app, wrong.then(|| words.say("second-wrong"))))
            div.acts { button.button type="submit" { (words.say("sign-in-act")) } }
        }
    }
}

fn again(app: &App, to: &Wanted, with_digits: bool, wrong: bool) -> Markup {
    let words = app.words();
    let error = wrong.then(|| words.say("again-wrong"));
    html! {
        h1 { (words.say("again")) }
        p.lead { (words.say("again-lead")) }
        form.stack method="post" action="/sign-in/again" {
            input type="hidden" name="to" value=(to);
            @if with_digits {
                (digits(app, error))
            } @else {
                (Field { name: "password", label: words.say("field-password"), kind: "password", autocomplete: "current-password", error, ..Field::default() }.draw())
            }
            div.acts { button.button type="submit" { (words.say("again-act")) } }
        }
    }
}

fn digits(app: &App, error: Option<String>) -> Markup {
    let words = app.words();
    let field = Field {
        name: "step",
        label: words.say("field-step"),
        hint: Some(words.say("field-step-hint")),
        error,
        autocomplete: "one-time-code",
        ..Field::default()
    };
    field.draw()
}

fn page(app: &App, person: &Person, status: StatusCode, body: Markup) -> Response {
    let body = html! { div.narrow-page { (body) } };
    staff::page_with(app, status, person, Place::Me, None, body)
}
