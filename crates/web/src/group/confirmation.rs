//! `/confirm/{token}`, from a letter to who leads a group: one click says that its page is still true. No account is needed,
//! and nothing is shown that is not public.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use store::confirmations::{self, Asked};
use store::listings::Published;
use store::{StoreError, Who};

use super::{facts, find};
use crate::look;
use crate::look::parts::{self, Tone};
use crate::once;
use crate::saying;
use crate::signing::Wanted;
use crate::state::App;

/// Opening the link does nothing by itself: programs that look through letters open links.
pub(crate) async fn show(State(app): State<App>, Path(token): Path<String>) -> Response {
    match asked(&app, &token).await {
        Ok(Some((asked, published))) if asked.confirmed_at.is_none() => {
            look::narrow(&app, StatusCode::OK, question(&app, &token, &published))
        }
        Ok(Some((_, published))) => look::narrow(&app, StatusCode::OK, thanks(&app, &published)),
        Ok(None) => over(&app),
        Err(why) => look::refused(&app, &why, &Wanted::parse("")),
    }
}

pub(crate) async fn create(State(app): State<App>, Path(token): Path<String>) -> Response {
    match confirm(&app, &token).await {
        Ok(true) => match asked(&app, &token).await {
            Ok(Some((_, published))) => look::narrow(&app, StatusCode::OK, thanks(&app, &published)),
            Ok(None) => over(&app),
            Err(why) => look::refused(&app, &why, &Wanted::parse("")),
        },
        Ok(false) => over(&app),
        Err(why) => look::refused(&app, &why, &Wanted::parse("")),
    }
}

async fn asked(app: &App, token: &str) -> Result<Option<(Asked, Published)>, StoreError> {
    let Some(asked) = confirmations::find(&mut app.read().await?, token).await? else {
        return Ok(None);
    };
    let published = find(app, asked.group.as_str()).await?;
    Ok(published.map(|published| (asked, published)))
}

async fn confirm(app: &App, token: &str) -> Result<bool, StoreError> {
    let today = app.today();
    let mut writing = app.store().write(Who::Visitor).await?;
    let done = confirmations::confirm(&mut writing, token, today).await?;
    writing.commit().await?;
    Ok(done)
}

fn question(app: &App, token: &str, published: &Published) -> Markup {
    let (words, listing) = (app.words(), &published.listing);
    let today = app.today();
    let here = format!("/groups/{}", published.slug);
    let facts = [
        (
            words.say("group-meets"),
            Some(html! { (saying::rule_at_time(words, listing)) }),
        ),
        (
            words.say("form-seats"),
            Some(html! { (saying::seats(words, listing, today)) }),
        ),
    ];
    html! {
        h1 { (words.say("confirm")) }
        p.lead { (listing.title) }
        (parts::facts(&facts))
        (facts::section(words, &app.content().topics, listing, &std::collections::HashMap::new()))
        p { a href=(here) { (words.say("confirm-page")) } }
        form method="post" action={ "/confirm/" (token) } {
            (once::field())
            button.button type="submit" { (words.say("confirm-act")) }
        }
        section {
            h2 { (words.say("confirm-changed")) }
            p { (words.say("confirm-changed-more")) }
            p.acts {
                a.button.plain href=(format!("/staff/groups/{}/edit", published.slug)) { (words.say("confirm-edit")) }
                a.textlink href=(format!("{here}/report")) { (words.say("confirm-say")) }
            }
        }
    }
}

fn thanks(app: &App, published: &Published) -> Markup {
    let words = app.words();
    html! {
        h1 { (words.say("report-thanks")) }
        (parts::notice(Tone::Plain, &words.say("confirm-done"), html! { (published.listing.title) }))
        p { a.button href=(format!("/groups/{}", published.slug)) { (words.say("report-back")) } }
    }
}

fn over(app: &App) -> Response {
    let words = app.words();
    let body = html! {
        h1 { (words.say("link-over")) }
        p.lead { (words.say("confirm-over")) }
    };
    look::narrow(app, StatusCode::NOT_FOUND, body)
}
