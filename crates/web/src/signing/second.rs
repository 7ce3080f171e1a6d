//! `/sign-in/second`: the second step, six digits of an app, a code on paper, or a passkey. `/sign-in/again`: showing once
//! more who one is, before an act that asks for it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::groups::Mail;
use maud::{Markup, html};
use store::acts::SeeAccount;
use store::sessions::{self, Token};
use store::signing::{self, Proof, Ways, code, totp};
use store::{On, StoreError, Who, people};

use super::{Person, Wanted, Way, passkey, set};
use crate::form::Form;
use crate::limits::Prefix;
use crate::look;
use crate::look::parts::Field;
use crate::once;
use crate::staff::own_page;
use crate::state::App;

/// What one has to show who one is by.
struct Has {
    ways: Ways,
    mail: Option<Mail>,
}

/// Who has no second step yet is led to set one up.
pub(crate) async fn show(State(app): State<App>, person: Person, Way(to): Way) -> Response {
    match has(&app, &person).await {
        Ok(has) if has.ways.has_second() => {
            own_page(&app, StatusCode::OK, &person, step(&app, &to, &has, false))
        }
        Ok(_) => Redirect::to("/me/second-factor").into_response(),
        Err(why) => look::refused(&app, &why, &to),
    }
}

pub(crate) async fn create(State(app): State<App>, person: Person, from: Prefix, form: Form) -> Response {
    prove(&app, &person, from, &form, step).await
}

pub(crate) async fn ask_again(State(app): State<App>, person: Person, Way(to): Way) -> Response {
    match has(&app, &person).await {
        Ok(has) => own_page(&app, StatusCode::OK, &person, again(&app, &to, &has, false)),
        Err(why) => look::refused(&app, &why, &to),
    }
}

pub(crate) async fn prove_again(
    State(app): State<App>,
    person: Person,
    from: Prefix,
    form: Form,
) -> Response {
    prove(&app, &person, from, &form, again).await
}

/// Leads on with a new token, or shows the page once more.
async fn prove(
    app: &App,
    person: &Person,
    from: Prefix,
    form: &Form,
    page: fn(&App, &Wanted, &Has, bool) -> Markup,
) -> Response {
    let to = Wanted::parse(form.get("to"));
    let turn = app.limits().guess(person.0.slug().as_str(), from, app.now());
    if !turn.is_judged() {
        return look::too_many_guesses(app);
    }
    match shown(app, person, form).await {
        Ok(Some(token)) => {
            app.limits().was_right(&turn, app.now());
            set(app, Redirect::to(to.path()).into_response(), &token)
        }
        Ok(None) => match has(app, person).await {
            Ok(has) => own_page(
                app,
                StatusCode::UNPROCESSABLE_ENTITY,
                person,
                page(app, &to, &has, true),
            ),
            Err(why) => look::refused(app, &why, &to),
        },
        Err(why) => look::refused(app, &why, &to),
    }
}

async fn has(app: &App, person: &Person) -> Result<Has, StoreError> {
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeeAccount>(On::Myself).await?;
    let ways = signing::ways(&mut permit).await?;
    let (_, mail) = people::account_of(&mut permit).await?;
    Ok(Has { ways, mail })
}

/// The same session under a new token, if what the form brings shows who they are.
async fn shown(app: &App, person: &Person, form: &Form) -> Result<Option<Token>, StoreError> {
    if !form.get("step").is_empty() {
        return by_step(app, person, form.get("step")).await;
    }
    let proof = if !form.raw("password").is_empty() {
        app.store()
            .check_own_password(&person.0, form.raw("password"))
            .await?
    } else if !form.get("code").is_empty() {
        by_code(app, form.get("code")).await?
    } else {
        passkey::check(app, form).await?
    };
    // Of somebody else it shows nothing here.
    let Some(proof) = proof.filter(|proof| proof.is_of(&person.0)) else {
        return Ok(None);
    };
    let mut writing = app.store().write(person.who()).await?;
    let token = sessions::renew(&mut writing, &person.0, &proof).await?;
    writing.commit().await?;
    Ok(Some(token))
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

async fn by_code(app: &App, typed: &str) -> Result<Option<Proof>, StoreError> {
    let mut writing = app.store().write(Who::Visitor).await?;
    code::check(&mut writing, typed).await
}

fn step(app: &App, to: &Wanted, has: &Has, wrong: bool) -> Markup {
    let words = app.words();
    html! {
        h1 { (words.say("second")) }
        p.lead { (words.say("second-lead")) }
        @if has.ways.app.is_some() {
            form.stack method="post" action="/sign-in/second" {
                (once::field())
                input type="hidden" name="to" value=(to);
                (digits(app, wrong.then(|| words.say("second-wrong"))))
                div.acts { button.button type="submit" { (words.say("sign-in-act")) } }
            }
        }
        @if has.ways.passkeys > 0 { (passkey::form(app, "/sign-in/second", to)) }
    }
}

/// By the strongest that they type, by a device, or by a new link.
fn again(app: &App, to: &Wanted, has: &Has, wrong: bool) -> Markup {
    let words = app.words();
    let error = wrong.then(|| words.say("again-wrong"));
    let field = match &has.ways {
        Ways { app: Some(_), .. } => Some(digits(app, error)),
        Ways { password: true, .. } => Some(password(app, error)),
        Ways { code: true, .. } => Some(own_code(app, error)),
        _ => None,
    };
    html! {
        h1 { (words.say("again")) }
        p.lead { (words.say("again-lead")) }
        @if app.settings().demo {
            form.stack method="post" action="/demo/sign-in/again" {
                (once::field())
                input type="hidden" name="to" value=(to);
                p { (words.say("demo-again")) }
                div.acts { button.button type="submit" { (words.say("again-act")) } }
            }
        }
        @if let Some(field) = field {
            form.stack method="post" action="/sign-in/again" {
                (once::field())
                input type="hidden" name="to" value=(to);
                (field)
                div.acts { button.button type="submit" { (words.say("again-act")) } }
            }
        } @else if let Some(mail) = has.mail.as_ref().filter(|_| app.settings().sends_mail && has.ways.passkeys == 0) {
            form.stack method="post" action="/sign-in/link" {
                (once::field())
                input type="hidden" name="to" value=(to);
                input type="hidden" name="address" value=(mail);
                p { (words.say("again-link")) }
                div.acts { button.button type="submit" { (words.say("sign-in-link-act")) } }
            }
        }
        @if has.ways.passkeys > 0 { (passkey::form(app, "/sign-in/again", to)) }
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

fn password(app: &App, error: Option<String>) -> Markup {
    let field = Field {
        name: "password",
        label: app.words().say("field-password"),
        kind: "password",
        autocomplete: "current-password",
        error,
        ..Field::default()
    };
    field.draw()
}

fn own_code(app: &App, error: Option<String>) -> Markup {
    let words = app.words();
    let field = Field {
        name: "code",
        label: words.say("field-code"),
        hint: Some(words.say("sign-in-code-hint")),
        inputmode: Some("numeric"),
        error,
        ..Field::default()
    };
    field.draw()
}
