//! `/searches/new`: asking to be told; and `/searches/confirmation/{token}`, the link of the letter that makes it so.

use axum::extract::{Path, Query, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::groups::Mail;
use domain::searches::{CONFIRM_WITHIN, MOST_A_WEEK};
use maud::{Markup, html};
use serde::Deserialize;
use store::signing::link::Letter;
use store::{StoreError, Who, searches};

use super::{news, over, page, savable};
use crate::finding::Asked;
use crate::form::Form;
use crate::letters;
use crate::look;
use crate::look::parts::Field;
use crate::once;
use crate::signing::Wanted;
use crate::state::App;
use crate::words::FluentValue;

#[derive(Deserialize)]
pub(crate) struct Sent {
    #[serde(default)]
    sent: String,
}

pub(crate) async fn show(
    State(app): State<App>,
    Query(Sent { sent }): Query<Sent>,
    RawQuery(query): RawQuery,
) -> Response {
    if !sent.is_empty() {
        return page(&app, StatusCode::OK, asked(&app));
    }
    let asked = Asked::read(&query.unwrap_or_default()).knowing(&app.content().topics);
    match savable(&asked) {
        Some(search) => page(&app, StatusCode::OK, form(&app, &search, "", None)),
        // There is nothing to look for: first one looks.
        None => Redirect::to("/groups").into_response(),
    }
}

pub(crate) async fn create(State(app): State<App>, typed: Form) -> Response {
    let asked = Asked::read(typed.get("search")).knowing(&app.content().topics);
    let Some(search) = savable(&asked) else {
        return look::gone(&app);
    };
    let mail = match Mail::parse(typed.get("mail")) {
        Ok(mail) => mail,
        Err(why) => {
            let body = form(&app, &search, typed.get("mail"), Some(why.to_string()));
            return page(&app, StatusCode::UNPROCESSABLE_ENTITY, body);
        }
    };
    match ask(&app, &mail, &search).await {
        Ok(()) => Redirect::to("/searches/new?sent=yes").into_response(),
        Err(why) => look::refused(&app, &why, &Wanted::parse("")),
    }
}

/// What the link would make active; a page with a button does it.
pub(crate) async fn open(State(app): State<App>, Path(token): Path<String>) -> Response {
    let found = async { searches::waiting(&mut app.read().await?, &token).await };
    match found.await {
        Ok(Some(_)) => {}
        Ok(None) => return over(&app),
        Err(why) => return look::our_fault(&app, &why),
    }
    let words = app.words();
    let body = html! {
        h1 { (words.say("search-open")) }
        p.lead { (words.say("search-open-more")) }
        form method="post" action=(format!("/searches/confirmation/{token}")) {
            (once::field())
            button.button type="submit" { (words.say("search-open-act")) }
        }
    };
    page(&app, StatusCode::OK, body)
}

pub(crate) async fn confirm(State(app): State<App>, Path(token): Path<String>) -> Response {
    let confirmed = async {
        let mut writing = app.store().write(Who::Visitor).await?;
        let stop = searches::confirm(&mut writing, &token).await?;
        writing.commit().await?;
        Ok::<_, StoreError>(stop)
    };
    match confirmed.await {
        Ok(Some(stop)) => Redirect::to(&format!("/searches/{stop}")).into_response(),
        Ok(None) => over(&app),
        Err(why) => look::refused(&app, &why, &Wanted::parse("")),
    }
}

async fn ask(app: &App, mail: &Mail, search: &str) -> Result<(), StoreError> {
    // Whether it is written or not, the answer is the same.
    if !app.limits().letter(mail.as_str()) {
        return Ok(());
    }
    let words = app.words();
    let subject = letters::subject(words);
    let body = |token: &str| letters::search_asked(words, app.settings(), token);
    let letter = Letter {
        subject: &subject,
        body: &body,
    };
    let full = news(app, search, (&[], &[]), app.now()).full;
    let mut writing = app.store().write(Who::Visitor).await?;
    searches::ask(&mut writing, mail, (search, &full), &letter).await?;
    writing.commit().await
}

fn form(app: &App, search: &str, typed: &str, wrong: Option<String>) -> Markup {
    let words = app.words();
    let args = [
        ("days", FluentValue::from(CONFIRM_WITHIN.num_days())),
        ("most", FluentValue::from(MOST_A_WEEK)),
    ];
    html! {
        h1 { (words.say("search-new")) }
        p.lead { (words.with("search-new-more", &args)) }
        p { (words.say("search-new-counts")) }
        p { a href=(format!("/groups?{search}")) { (words.say("search-look")) } }
        form.stack method="post" action="/searches/new" {
            (once::field())
            input type="hidden" name="search" value=(search);
            (Field { name: "mail", label: words.say("field-mail"), hint: Some(words.with("search-mail-hint", &args)), kind: "email", value: typed, error: wrong, autocomplete: "email", ..Field::default() }.draw())
            p.hint { (words.say("search-kept")) }
            div.acts { button.button type="submit" { (words.say("search-act")) } }
        }
    }
}

fn asked(app: &App) -> Markup {
    let words = app.words();
    let days = FluentValue::from(CONFIRM_WITHIN.num_days());
    html! {
        h1 { (words.say("asking-sent")) }
        p.lead { (words.with("search-sent-more", &[("days", days)])) }
        p { a.button href="/groups" { (words.say("finding-nav")) } }
    }
}
