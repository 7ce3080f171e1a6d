//! `/me/code`: the 16 digits of who takes part without an address. New ones are shown once.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::html;
use store::acts::ChangeAccount;
use store::signing::code::{self, Code};
use store::{On, StoreError};

use super::{own_page, tell, ways};
use crate::look;
use crate::look::parts::{self, Tone};
use crate::once;
use crate::signing::{Person, Wanted};
use crate::state::App;

pub(crate) async fn show(State(app): State<App>, person: Person) -> Response {
    let words = app.words();
    match ways(&app, &person).await {
        Ok(ways) if ways.code => {
            let body = html! {
                h1 { (words.say("me-code")) }
                p.lead { (words.say("me-code-lead")) }
                form method="post" action="/me/code" {
                    (once::field())
                    button.button type="submit" { (words.say("me-code-renew")) }
                }
            };
            own_page(&app, StatusCode::OK, &person, body)
        }
        Ok(_) => look::gone(&app),
        Err(why) => look::refused(&app, &why, &wanted()),
    }
}

pub(crate) async fn renew(State(app): State<App>, person: Person) -> Response {
    let words = app.words();
    match new(&app, &person).await {
        Ok(code) => {
            let body = html! {
                h1 { (words.say("me-code-new")) }
                p { code.secret { (code.reveal()) } }
                (parts::notice(Tone::Ochre, &words.say("me-code-once"), html! { (words.say("me-code-once-more")) }))
                p { a.button href="/me" { (words.say("me-code-kept")) } }
            };
            own_page(&app, StatusCode::OK, &person, body)
        }
        Err(why) => look::refused(&app, &why, &wanted()),
    }
}

async fn new(app: &App, person: &Person) -> Result<Code, StoreError> {
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await?;
    let code = code::renew(&mut permit).await?;
    tell(app, &mut permit).await?;
    writing.commit().await?;
    Ok(code)
}

fn wanted() -> Wanted {
    Wanted::parse("/me/code")
}
