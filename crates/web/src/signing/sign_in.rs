//! `GET /sign-in` shows every way in; `POST /sign-in/password` and `POST /sign-in/code` are two of them.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::groups::Mail;
use maud::{Markup, html};
use store::signing::{Proof, code as codes};
use store::{StoreError, Who, sessions};

use super::{Before, Maybe, Wanted, Way, openid, passkey, set};
use crate::form::Form;
use crate::limits::{Hearing, Prefix};
use crate::look;
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::state::App;

/// What is said above the form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    WrongPassword,
    WrongCode,
    NoMail,
    NoPasskey,
    NoOpenId,
}

pub(crate) async fn show(State(app): State<App>, Maybe(someone): Maybe, Way(to): Way) -> Response {
    if someone.is_some() {
        return Redirect::to(to.path()).into_response();
    }
    page(&app, StatusCode::OK, &to, Said::Nothing, "")
}

pub(crate) async fn password(State(app): State<App>, from: Prefix, before: Before, form: Form) -> Response {
    let to = Wanted::parse(form.get("to"));
    let typed = form.get("mail");
    let Ok(mail) = Mail::parse(typed) else {
        return page(&app, StatusCode::UNPROCESSABLE_ENTITY, &to, Said::NoMail, typed);
    };
    let turn = app.limits().guess(mail.as_str(), from, app.now());
    if turn.hearing == Hearing::Refused {
        return look::too_many_guesses(&app);
    }
    // What is not judged is compared all the same: how long an answer takes tells nothing of the account or the prefix.
    let proof = match app.store().check_password(&mail, form.raw("password")).await {
        Ok(proof) => proof.filter(|_| turn.is_judged()),
        Err(why) => return look::refused(&app, &why, &to),
    };
    match (proof, turn.hearing) {
        (Some(proof), _) => {
            app.limits().was_right(&turn, app.now());
            sign_in(&app, &proof, &to, before).await
        }
        (None, Hearing::Open) => page(
            &app,
            StatusCode::UNPROCESSABLE_ENTITY,
            &to,
            Said::WrongPassword,
            typed,
        ),
        (None, _) => look::too_many_guesses(&app),
    }
}

pub(crate) async fn code(State(app): State<App>, before: Before, form: Form) -> Response {
    let to = Wanted::parse(form.get("to"));
    match by_code(&app, form.get("code")).await {
        Ok(Some(proof)) => sign_in(&app, &proof, &to, before).await,
        Ok(None) => page(&app, StatusCode::UNPROCESSABLE_ENTITY, &to, Said::WrongCode, ""),
        Err(why) => look::refused(&app, &why, &to),
    }
}

async fn by_code(app: &App, typed: &str) -> Result<Option<Proof>, StoreError> {
    let mut writing = app.store().write(Who::Visitor).await?;
    codes::check(&mut writing, typed).await
}

/// The page once more, with what was typed in place of an address.
pub(super) fn no_mail(app: &App, to: &Wanted, typed: &str) -> Response {
    page(app, StatusCode::UNPROCESSABLE_ENTITY, to, Said::NoMail, typed)
}

/// The page once more, after a device did not answer.
pub(super) fn no_passkey(app: &App, to: &Wanted) -> Response {
    page(app, StatusCode::UNPROCESSABLE_ENTITY, to, Said::NoPasskey, "")
}

/// The page once more, for whom the provider does not know or nobody here is.
pub(super) fn no_openid(app: &App, to: &Wanted) -> Response {
    page(app, StatusCode::UNPROCESSABLE_ENTITY, to, Said::NoOpenId, "")
}

/// The session of who has shown who they are, in place of the one this browser had.
pub(crate) async fn sign_in(app: &App, proof: &Proof, to: &Wanted, before: Before) -> Response {
    let begun = async {
        let mut writing = app.store().write(Who::Visitor).await?;
        if let Before(Some(token)) = &before {
            sessions::leave(&mut writing, proof, token).await?;
        }
        let token = sessions::begin(&mut writing, proof).await?;
        writing.commit().await?;
        Ok::<_, StoreError>(token)
    };
    match begun.await {
        Ok(token) => set(app, Redirect::to(to.path()).into_response(), &token),
        Err(why) => look::refused(app, &why, to),
    }
}

fn page(app: &App, status: StatusCode, to: &Wanted, said: Said, mail: &str) -> Response {
    let words = app.words();
    let wrong =
        |first: &str, more: &str| parts::mistakes(Tone::Clay, &words.say(first), &words.say(more), &[]);
    let body = html! {
            h1 { (words.say("sign-in")) }
            p.lead { (words.say("sign-in-lead")) }
            @match said {
                Said::Nothing => {}
                Said::WrongPassword => (wrong("sign-in-wrong", "sign-in-wrong-more")),
                // At its field, far below.
                Said::WrongCode => {}
                Said::NoPasskey => (wrong("sign-in-no-passkey", "sign-in-no-passkey-more")),
                Said::NoOpenId => (wrong("openid-no", "openid-no-more")),
                Said::NoMail => (wrong("sign-in-no-mail", "sign-in-no-mail-more")),
            }
            (demo_roles(app))
            (openid::way(app, to))
            (by_password(app, to, mail))
            (by_letter(app, to, mail))
            (passkey::form(app, "/sign-in/passkey", to))
            (by_digits(app, to, said))
            p.meta { (words.say("sign-in-kept")) }
    };
    look::narrow(app, status, body)
}

fn by_password(app: &App, to: &Wanted, mail: &str) -> Markup {
    let words = app.words();
    html! {
        form.stack method="post" action="/sign-in/password" {
            (once::field())
            h2 { (words.say("sign-in-password")) }
            input type="hidden" name="to" value=(to);
            (Field { name: "mail", label: words.say("field-mail"), kind: "email", value: mail, autocomplete: "username", ..Field::default() }.draw())
            (Field { name: "password", label: words.say("field-password"), kind: "password", autocomplete: "current-password", ..Field::default() }.draw())
            div.acts { button.button type="submit" { (words.say("sign-in-act")) } }
        }
    }
}

/// Not offered where no letters go out.
fn by_letter(app: &App, to: &Wanted, mail: &str) -> Markup {
    let words = app.words();
    let field = Field {
        name: "address",
        label: words.say("field-mail"),
        kind: "email",
        value: mail,
        hint: Some(words.say("sign-in-link-hint")),
        autocomplete: "username",
        ..Field::default()
    };
    html! {
        @if app.settings().sends_mail {
            form.stack method="post" action="/sign-in/link" {
                (once::field())
                h2 { (words.say("sign-in-link")) }
                input type="hidden" name="to" value=(to);
                (field.draw())
                div.acts { button.button.plain type="submit" { (words.say("sign-in-link-act")) } }
            }
        }
    }
}

fn by_digits(app: &App, to: &Wanted, said: Said) -> Markup {
    let words = app.words();
    let hint = words.say("sign-in-code-hint");
    let error = (said == Said::WrongCode).then(|| words.say("sign-in-wrong-code"));
    html! {
        form.stack method="post" action="/sign-in/code" {
            (once::field())
            h2 { (words.say("sign-in-code")) }
            input type="hidden" name="to" value=(to);
            (Field { name: "code", label: words.say("field-code"), hint: Some(hint), error, inputmode: Some("numeric"), autocomplete: "off", ..Field::default() }.draw())
            div.acts { button.button.plain type="submit" { (words.say("sign-in-code-act")) } }
        }
    }
}

/// One click for each role, in the demo only.
fn demo_roles(app: &App) -> Markup {
    let words = app.words();
    html! {
        @if app.settings().demo {
            form.stack.demo-roles method="post" action="/demo/sign-in" {
                (once::field())
                h2 { (words.say("demo-sign-in")) }
                p { (words.say("demo-sign-in-more")) }
                div.chips {
                    @for role in domain::people::Role::ALL {
                        button.chip type="submit" name="role" value=(role.name()) { (crate::saying::role(words, role)) }
                    }
                }
            }
        }
    }
}
