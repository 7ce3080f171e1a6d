//! Signing in by a mailed link: asking for one, and using it. Whether anybody has the address, nothing here tells.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::groups::Mail;
use maud::{Markup, html};
use store::signing::Proof;
use store::signing::link::{self, Letter};
use store::{StoreError, Who};

use super::{Before, Wanted, sign_in};
use crate::form::Form;
use crate::letters;
use crate::look;
use crate::look::parts::{self, Tone};
use crate::once;
use crate::state::App;
use crate::words::FluentValue;

pub(crate) async fn create(State(app): State<App>, form: Form) -> Response {
    let to = Wanted::parse(form.get("to"));
    let typed = form.get("address");
    let Ok(mail) = Mail::parse(typed) else {
        return sign_in::no_mail(&app, &to, typed);
    };
    if !app.limits().letter(mail.as_str()) {
        return look::too_many(&app);
    }
    // Writing a letter takes longer than writing none: it goes on after the answer, which is the same at once for all.
    let (later, address, wanted) = (app.clone(), mail.clone(), to.clone());
    tokio::spawn(async move {
        if let Err(why) = ask(&later, &address, &wanted).await {
            tracing::error!(%why, "a letter to sign in could not be written");
        }
    });
    look::narrow(&app, StatusCode::OK, asked(&app, &mail))
}

/// Opening the link does nothing by itself: programs that look through letters open links.
pub(crate) async fn show(State(app): State<App>, Path(token): Path<String>, to: super::Way) -> Response {
    let words = app.words();
    match works(&app, &token).await {
        Ok(true) => {
            let body = html! {
                h1 { (words.say("link-sign-in")) }
                p.lead { (words.say("link-sign-in-lead")) }
                form method="post" action={ "/sign-in/link/" (token) } {
                    (once::field())
                    input type="hidden" name="to" value=(to.0);
                    button.button type="submit" { (words.say("sign-in-act")) }
                }
            };
            look::narrow(&app, StatusCode::OK, body)
        }
        Ok(false) => over(&app),
        Err(why) => look::refused(&app, &why, &to.0),
    }
}

pub(crate) async fn redeem(
    State(app): State<App>,
    Path(token): Path<String>,
    before: Before,
    form: Form,
) -> Response {
    let to = Wanted::parse(form.get("to"));
    match use_up(&app, &token).await {
        Ok(Some(proof)) => sign_in::sign_in(&app, &proof, &to, before).await,
        Ok(None) => over(&app),
        Err(why) => look::refused(&app, &why, &to),
    }
}

async fn ask(app: &App, mail: &Mail, to: &Wanted) -> Result<(), StoreError> {
    let words = app.words();
    let subject = letters::subject(words);
    let body = |token: &str| letters::sign_in(words, app.settings(), token, to.in_letter());
    let letter = Letter {
        subject: &subject,
        body: &body,
    };
    let mut writing = app.store().write(Who::Visitor).await?;
    link::ask(&mut writing, mail, &letter).await?;
    writing.commit().await
}

async fn works(app: &App, token: &str) -> Result<bool, StoreError> {
    let mut reading = app.read().await?;
    link::works(&mut reading, token).await
}

async fn use_up(app: &App, token: &str) -> Result<Option<Proof>, StoreError> {
    let mut writing = app.store().write(Who::Visitor).await?;
    let proof = link::redeem(&mut writing, token).await?;
    writing.commit().await?;
    Ok(proof)
}

fn asked(app: &App, mail: &Mail) -> Markup {
    let words = app.words();
    let minutes = FluentValue::from(link::LASTS.num_minutes());
    let mail = FluentValue::from(mail.to_string());
    html! {
        h1 { (words.say("link-asked")) }
        p.lead { (words.with("link-asked-lead", &[("mail", mail), ("minutes", minutes)])) }
        p { (words.say("link-asked-more")) }
        p { a href="/sign-in" { (words.say("sign-in")) } }
    }
}

fn over(app: &App) -> Response {
    let words = app.words();
    let body = html! {
        h1 { (words.say("link-over")) }
        (parts::notice(Tone::Ochre, &words.say("link-over-more"), html! {}))
        p { a.button href="/sign-in" { (words.say("sign-in")) } }
    };
    look::narrow(app, StatusCode::NOT_FOUND, body)
}
