//! The demo's one click: signed in as someone invented who holds that role. `serve` has no such route.

use axum::extract::State;
use axum::response::Response;
use domain::people::Role;
use store::people;

use super::{Wanted, sign_in};
use crate::form::Form;
use crate::look;
use crate::state::App;

pub(crate) async fn create(State(app): State<App>, form: Form) -> Response {
    let to = Wanted::parse("");
    let Some(role) = Role::named(form.get("role")) else {
        return look::gone(&app);
    };
    // Told once more here: the route is not even in the router of `serve`.
    if !app.settings().demo {
        return look::gone(&app);
    }
    match people::demo_proof(app.store(), role).await {
        Ok(Some(proof)) => sign_in::sign_in(&app, &proof, &to).await,
        Ok(None) => look::gone(&app),
        Err(why) => look::refused(&app, &why, &to),
    }
}
