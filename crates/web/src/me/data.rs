//! `/me/data`: how to take away all that is kept about oneself. `/me/data.json`: all of it, and nothing of anybody else.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use maud::html;
use store::acts::ChangeAccount;
use store::{On, StoreError, own_data};

use super::{guard, own_page};
use crate::look;
use crate::signing::{Person, Wanted};
use crate::state::App;

const HERE: &str = "/me/data";

pub(crate) async fn show(State(app): State<App>, person: Person) -> Response {
    let words = app.words();
    let body = html! {
        h1 { (words.say("own-data")) }
        p.lead { (words.say("own-data-lead")) }
        ul {
            li { (words.say("own-data-in")) }
            li { (words.say("own-data-not-in")) }
            li { (words.say("own-data-written-down")) }
        }
        div.acts { a.button href="/me/data.json" { (words.say("own-data-act")) } }
        p.hint { a href="/me/deletion" { (words.say("deletion-link")) } }
    };
    own_page(&app, StatusCode::OK, &person, body)
}

pub(crate) async fn json(State(app): State<App>, person: Person) -> Response {
    // Asked first, so that who has to show again who they are has not used up anything.
    if let Err(why) = guard(&app, &person).await {
        return look::refused(&app, &why, &Wanted::parse(HERE));
    }
    if !app.limits().export(&person.0.slug().to_string()) {
        return look::too_many(&app);
    }
    let taken = async {
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<ChangeAccount>(On::Myself).await?;
        let all = own_data::all(&mut permit).await?;
        // Written down before anything leaves.
        writing.commit().await?;
        Ok::<_, StoreError>(all)
    };
    match taken.await {
        Ok(all) => {
            let headers = [
                (CONTENT_TYPE, "application/json"),
                (CONTENT_DISPOSITION, "attachment; filename=\"data.json\""),
            ];
            (headers, format!("{all:#}\n")).into_response()
        }
        Err(why) => look::refused(&app, &why, &Wanted::parse(HERE)),
    }
}
