//! `/searches/{token}`: where the letters of a saved search lead: to the groups, to another year, and to its end, each by one button.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use store::{StoreError, Who, searches};

use super::{over, page};
use crate::look;
use crate::look::parts::{self, Tone};
use crate::once;
use crate::signing::Wanted;
use crate::state::App;

pub(crate) async fn show(State(app): State<App>, Path(token): Path<String>) -> Response {
    let found = async { searches::find(&mut app.read().await?, &token).await };
    let saved = match found.await {
        Ok(Some(saved)) => saved,
        Ok(None) => return over(&app),
        Err(why) => return look::our_fault(&app, &why),
    };
    let words = app.words();
    let until = words.with("search-until", &[("day", app.day(saved.expires_at).into())]);
    let body = html! {
        h1 { (words.say("search-own")) }
        (parts::notice(Tone::Plain, &words.say("search-on"), html! { (until) }))
        p { a.button href=(format!("/groups?{}", saved.search)) { (words.say("search-look")) } }
        form method="post" action=(format!("/searches/{token}/renewal")) {
            (once::field())
            button.button.plain type="submit" { (words.say("search-renew")) }
        }
        form method="post" action=(format!("/searches/{token}/end")) {
            (once::field())
            p { (words.say("search-end-more")) }
            button.button.plain type="submit" { (words.say("search-end")) }
        }
    };
    page(&app, StatusCode::OK, body)
}

pub(crate) async fn renew(State(app): State<App>, Path(token): Path<String>) -> Response {
    let renewed = async {
        let mut writing = app.store().write(Who::Visitor).await?;
        let renewed = searches::renew(&mut writing, &token).await?;
        writing.commit().await?;
        Ok::<_, StoreError>(renewed)
    };
    match renewed.await {
        Ok(true) => Redirect::to(&format!("/searches/{token}")).into_response(),
        Ok(false) => over(&app),
        Err(why) => look::refused(&app, &why, &Wanted::parse("")),
    }
}

/// By the button of the page, or by that of a mail program (RFC 8058), which comes without a browser.
pub(crate) async fn end(State(app): State<App>, Path(token): Path<String>) -> Response {
    let ended = async {
        let mut writing = app.store().write(Who::Visitor).await?;
        let ended = searches::end(&mut writing, &token).await?;
        writing.commit().await?;
        Ok::<_, StoreError>(ended)
    };
    match ended.await {
        Ok(true) => {
            let words = app.words();
            let body = html! {
                h1 { (words.say("search-ended")) }
                p.lead { (words.say("search-ended-more")) }
                p { a.button href="/groups" { (words.say("finding-nav")) } }
            };
            page(&app, StatusCode::OK, body)
        }
        Ok(false) => over(&app),
        Err(why) => look::refused(&app, &why, &Wanted::parse("")),
    }
}
