//! The demo's one click: signed in as someone invented who holds that role. `serve` has no such route.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::people::Role;
use store::{StoreError, people, sessions};

use super::{Before, Person, Wanted, set, sign_in};
use crate::form::Form;
use crate::look;
use crate::state::App;

pub(crate) async fn create(State(app): State<App>, before: Before, form: Form) -> Response {
    let to = Wanted::parse("");
    let Some(role) = Role::named(form.get("role")) else {
        return look::gone(&app);
    };
    // Told once more here: the route is not even in the router of `serve`.
    if !app.settings().demo {
        return look::gone(&app);
    }
    match people::demo_proof(app.store(), role).await {
        Ok(Some(proof)) => sign_in::sign_in(&app, &proof, &to, before).await,
        Ok(None) => look::gone(&app),
        Err(why) => look::refused(&app, &why, &to),
    }
}

/// That someone of the demo shows once more who they are: one click, too.
pub(crate) async fn again(State(app): State<App>, person: Person, form: Form) -> Response {
    let to = Wanted::parse(form.get("to"));
    match renew(&app, &person).await {
        Ok(Some(token)) => set(&app, Redirect::to(to.path()).into_response(), &token),
        Ok(None) => look::gone(&app),
        Err(why) => look::refused(&app, &why, &to),
    }
}

async fn renew(app: &App, person: &Person) -> Result<Option<sessions::Token>, StoreError> {
    let Some(proof) = people::demo_proof_again(app.store(), &person.0).filter(|_| app.settings().demo) else {
        return Ok(None);
    };
    let mut writing = app.store().write(person.who()).await?;
    let token = sessions::renew(&mut writing, &person.0, &proof).await?;
    writing.commit().await?;
    Ok(Some(token))
}
