//! `POST /sign-in/link` mails a link; `GET /sign-in/link/{token}` asks once more, because programs that check mails open
//! links; `POST` there signs in.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::groups::Mail;
use maud::{Markup, html};
use store::signing::link::{self, Letter};
use store::{StoreError, Who};

use super::{Wanted, sign_in};
use crate::form::Form;
use crate::limits::Guess;
use crate::look;
use crate::look::{Here, Page, page_with};
use crate::state::App;

/// The same page whether the address is known or not.
pub(crate) async fn ask(State(app): State<App>, form: Form) -> Response {
    let to = Wanted::parse(form.get("to"));
    if let Ok(mail) = Mail::parse(form.get("link-mail")) {
        if !app.limits().guess(Guess::Link, mail.as_str()) {
            return look::too_many_guesses(&app);
        }
        if let Err(why) = send(&app, &mail, &to).await {
            return look::refused(&app, &why, &to);
        }
    }
    let words = app.words();
    let body = html! {
        h1 { (words.say("link-sent")) }
        p.lead { (words.say("link-sent-more")) }
        @if app.settings().demo { p { a.button href="/demo/mail" { (words.say("demo-mail")) } } }
        p { a href="/sign-in" { (words.say("link-again")) } }
    };
    shown(&app, StatusCode::OK, body)
}

pub(crate) async fn show(State(app): State<App>, Path(token): Path<String>) -> Response {
    let words = app.words();
    let body = html! {
        h1 { (words.say("link-open")) }
        p.lead { (words.say("link-open-more")) }
        form method="post" action=(format!("/sign-in/link/{token}")) {
            button.button type="submit" { (words.say("sign-in-act")) }
        }
    };
    shown(&app, StatusCode::OK, body)
}

pub(crate) async fn redeem(State(app): State<App>, Path(token): Path<String>) -> Response {
    let redeemed = async {
        let mut writing = app.store().write(Who::Visitor).await?;
        let proof = link::redeem(&mut writing, &token).await?;
        writing.commit().await?;
        Ok::<_, StoreError>(proof)
    };
    let to = Wanted::parse("");
    match redeemed.await {
        Ok(Some(proof)) => sign_in::sign_in(&app, &proof, &to).await,
        Ok(None) => over(&app),
        Err(why) => look::refused(&app, &why, &to),
    }
}

async fn send(app: &App, mail: &Mail, _to: &Wanted) -> Result<(), StoreError> {
    let (words, site) = (app.words(), app.site());
    let subject = words.say("mail-link-subject");
    let body = |token: &str| {
        words.with(
            "mail-link",
            &[("address", format!("{site}/sign-in/link/{token}").into())],
        )
    };
    let letter = Letter {
        subject: &subject,
        body: &body,
    };
    let mut writing = app.store().write(Who::Visitor).await?;
    link::ask(&mut writing, mail, &letter).await?;
    writing.commit().await
}

fn over(app: &App) -> Response {
    let words = app.words();
    let body = html! {
        h1 { (words.say("link-over")) }
        p.lead { (words.say("link-over-more")) }
        p { a.button href="/sign-in" { (words.say("sign-in")) } }
    };
    shown(app, StatusCode::NOT_FOUND, body)
}

fn shown(app: &App, status: StatusCode, body: Markup) -> Response {
    let page = Page {
        title: "site-title",
        here: Here::Elsewhere,
        up: None,
        body: html! { div.narrow-page { (body) } },
    };
    page_with(app, status, page)
}
