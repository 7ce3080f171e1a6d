//! Signing in by a passkey: what the device is asked, and what it answers.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde_json::json;
use store::signing::Proof;
use store::signing::passkey::{self, Ceremony, Site};
use store::{StoreError, Who};

use super::{Before, Wanted, sign_in};
use crate::assets::href;
use crate::form::Form;
use crate::look;
use crate::once;
use crate::state::App;

pub(crate) async fn options(State(app): State<App>) -> Response {
    let Some(site) = app.passkeys() else {
        return look::gone(&app);
    };
    match begin(&app, site).await {
        Ok(Ceremony { options, token }) => {
            Json(json!({ "options": options, "token": token })).into_response()
        }
        Err(why) => look::refused(&app, &why, &Wanted::parse("")),
    }
}

pub(crate) async fn create(State(app): State<App>, before: Before, form: Form) -> Response {
    let to = Wanted::parse(form.get("to"));
    match check(&app, &form).await {
        Ok(Some(proof)) => sign_in::sign_in(&app, &proof, &to, before).await,
        Ok(None) => sign_in::no_passkey(&app, &to),
        Err(why) => look::refused(&app, &why, &to),
    }
}

/// Whose device has answered in this form; none where it has not.
pub(super) async fn check(app: &App, form: &Form) -> Result<Option<Proof>, StoreError> {
    let Some(site) = app.passkeys() else {
        return Ok(None);
    };
    let answer = serde_json::from_str(form.get("answer")).unwrap_or_default();
    let mut writing = app.store().write(Who::Visitor).await?;
    let proof = passkey::check(&mut writing, site, form.get("token"), &answer).await?;
    writing.commit().await?;
    Ok(proof)
}

/// The form that asks a device; it goes to `action` with the answer. Nothing where browsers have no passkeys.
pub(super) fn form(app: &App, action: &str, to: &Wanted) -> Markup {
    let words = app.words();
    html! {
        @if app.passkeys().is_some() {
            form.stack method="post" action=(action) data-passkey="get" data-options="/sign-in/passkey/options" {
                (once::field())
                h2 { (words.say("sign-in-passkey")) }
                input type="hidden" name="to" value=(to);
                input type="hidden" name="token";
                input type="hidden" name="answer";
                div.acts { button.button.plain type="submit" { (words.say("sign-in-passkey-act")) } }
                noscript { p.meta { (words.say("passkey-script")) } }
            }
            script src=(href("passkeys.js")) defer {}
        }
    }
}

async fn begin(app: &App, site: &Site) -> Result<Ceremony, StoreError> {
    let mut writing = app.store().write(Who::Visitor).await?;
    let ceremony = passkey::begin_sign_in(&mut writing, site).await?;
    writing.commit().await?;
    Ok(ceremony)
}
