//! `/me/name`: what one is called here.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::people::Handle;
use maud::{Markup, html};
use store::acts::ChangeAccount;
use store::{On, StoreError, people};

use super::own_page;
use crate::form::Form;
use crate::look;
use crate::look::parts::Field;
use crate::once;
use crate::signing::{Person, Wanted};
use crate::state::App;

pub(crate) async fn edit(State(app): State<App>, person: Person) -> Response {
    let body = form(&app, &person.0.handle().to_string(), None);
    own_page(&app, StatusCode::OK, &person, body)
}

pub(crate) async fn update(State(app): State<App>, person: Person, typed: Form) -> Response {
    let handle = match Handle::parse(typed.get("handle")) {
        Ok(handle) => handle,
        Err(why) => {
            let body = form(&app, typed.get("handle"), Some(why.to_string()));
            return own_page(&app, StatusCode::UNPROCESSABLE_ENTITY, &person, body);
        }
    };
    match rename(&app, &person, &handle).await {
        Ok(()) => Redirect::to("/me?done=name").into_response(),
        Err(why) => look::refused(&app, &why, &Wanted::parse("/me/name")),
    }
}

async fn rename(app: &App, person: &Person, handle: &Handle) -> Result<(), StoreError> {
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await?;
    people::rename(&mut permit, handle).await?;
    writing.commit().await
}

fn form(app: &App, value: &str, error: Option<String>) -> Markup {
    let words = app.words();
    let field = Field {
        name: "handle",
        label: words.say("field-handle"),
        hint: Some(words.say("field-handle-hint")),
        value,
        error,
        autocomplete: "nickname",
        ..Field::default()
    };
    html! {
        h1 { (words.say("me-name")) }
        p.lead { (words.say("me-name-lead")) }
        form.stack method="post" action="/me/name" {
            (once::field())
            (field.draw())
            div.acts { button.button type="submit" { (words.say("me-save")) } }
        }
    }
}
