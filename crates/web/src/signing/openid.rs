//! Signing in by the organisation's own OpenID provider: there by a link, and back by a button, once and in the same browser.
//!
//! There by a link, since no form of ours may lead elsewhere (`form-action`); back by a button, since nobody signs in by
//! having opened an address.

use std::fmt;
use std::pin::Pin;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use store::signing::Proof;
use store::signing::openid::{self, Back, Identity};
use store::{StoreError, Who};

use super::{Before, Maybe, Wanted, Way, cookie, sign_in};
use crate::form::Form;
use crate::letters;
use crate::look;
use crate::once;
use crate::state::App;
use crate::words::FluentValue;

/// Where it leads back to.
const BACK: &str = "/sign-in/openid/back";

/// A provider as the site needs it. The program has one if it was built and set up with it.
pub trait Provider: fmt::Debug + Send + Sync {
    /// What people call it.
    fn name(&self) -> &str;

    /// Where a browser goes that shall come `back` to this address, and what nobody else may know until it is back.
    fn leave<'a>(&'a self, back: &'a str) -> Asking<'a, Leaving>;

    /// Whom it says this is, for the code that the browser brought back.
    fn identity<'a>(&'a self, back: &'a str, secrets: &'a Secrets, code: &'a str) -> Asking<'a, Identity>;
}

/// An answer of the provider, under way.
pub type Asking<'a, T> = Pin<Box<dyn Future<Output = Result<T, ProviderError>> + Send + 'a>>;

#[derive(Debug)]
pub struct Leaving {
    pub address: String,
    pub secrets: Secrets,
}

/// `state` comes back with the browser; `nonce` stands in what the provider signs; `verifier` shows that who asks with the
/// code is who set out (PKCE).
#[derive(Clone, Serialize, Deserialize)]
pub struct Secrets {
    pub state: String,
    pub nonce: String,
    pub verifier: String,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secrets]")
    }
}

/// Why there is no answer; for the log, without a word of anybody.
#[derive(Debug, thiserror::Error)]
#[error("the OpenID provider {0}")]
pub struct ProviderError(pub String);

#[derive(Serialize, Deserialize)]
struct Kept {
    secrets: Secrets,
    to: String,
}

/// What the provider adds to the address.
#[derive(Deserialize)]
pub(crate) struct Brought {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
}

pub(crate) async fn leave(State(app): State<App>, Maybe(someone): Maybe, Way(to): Way) -> Response {
    let Some(provider) = app.settings().openid.as_deref() else {
        return look::gone(&app);
    };
    // Whoever is signed in keeps their cookie: anybody could have led them here.
    if someone.is_some() {
        return Redirect::to(to.path()).into_response();
    }
    let Leaving { address, secrets } = match provider.leave(&back_here(&app)).await {
        Ok(leaving) => leaving,
        Err(why) => return failed(&app, &to, &why),
    };
    match keep(&app, secrets, &to).await {
        Ok(token) => cookie::keep(&app, Redirect::to(&address).into_response(), &token),
        Err(why) => look::refused(&app, &why, &to),
    }
}

/// Where the provider sends the browser.
pub(crate) async fn show(State(app): State<App>, Query(brought): Query<Brought>) -> Response {
    let Some(provider) = app.settings().openid.as_deref() else {
        return look::gone(&app);
    };
    if brought.code.is_empty() || brought.state.is_empty() {
        return sign_in::no_openid(&app, &Wanted::parse(""));
    }
    let (words, name) = (app.words(), FluentValue::from(provider.name()));
    let body = html! {
        h1 { (words.say("link-sign-in")) }
        p.lead { (words.with("openid-back", &[("name", name)])) }
        form method="post" action=(BACK) {
            (once::field())
            input type="hidden" name="code" value=(brought.code);
            input type="hidden" name="state" value=(brought.state);
            button.button type="submit" { (words.say("sign-in-act")) }
        }
    };
    look::narrow(&app, StatusCode::OK, body)
}

pub(crate) async fn create(
    State(app): State<App>,
    headers: HeaderMap,
    before: Before,
    form: Form,
) -> Response {
    let Some(provider) = app.settings().openid.as_deref() else {
        return look::gone(&app);
    };
    let nowhere = Wanted::parse("");
    let back = match come_back(&app, &headers).await {
        Ok(Some(back)) => back,
        Ok(None) => return sign_in::no_openid(&app, &nowhere),
        Err(why) => return look::refused(&app, &why, &nowhere),
    };
    let kept = serde_json::from_str::<Kept>(back.kept()).ok();
    let Some(Kept { secrets, to }) = kept.filter(|kept| kept.secrets.state == form.get("state")) else {
        return sign_in::no_openid(&app, &nowhere);
    };
    let to = Wanted::parse(&to);
    // Nothing is open in the database while another server thinks.
    let shown = match provider
        .identity(&back_here(&app), &secrets, form.get("code"))
        .await
    {
        Ok(shown) => shown,
        Err(why) => return failed(&app, &to, &why),
    };
    match check(&app, back, &shown).await {
        Ok(Some(proof)) => sign_in::sign_in(&app, &proof, &to, before).await,
        Ok(None) => sign_in::no_openid(&app, &to),
        Err(why) => look::refused(&app, &why, &to),
    }
}

/// The way there, where there is one.
pub(super) fn way(app: &App, to: &Wanted) -> Markup {
    let words = app.words();
    html! {
        @if let Some(provider) = app.settings().openid.as_deref() {
            @let name = FluentValue::from(provider.name());
            div.stack {
                h2 { (words.with("openid", &[("name", name.clone())])) }
                div.acts { a.button.plain href=(to.after("/sign-in/openid")) { (words.with("openid-act", &[("name", name)])) } }
            }
        }
    }
}

async fn keep(app: &App, secrets: Secrets, to: &Wanted) -> Result<String, StoreError> {
    let to = to.path().to_owned();
    let kept = serde_json::to_string(&Kept { secrets, to }).unwrap_or_default();
    let mut writing = app.store().write(Who::Visitor).await?;
    let token = openid::leave(&mut writing, &kept).await?;
    writing.commit().await?;
    Ok(token)
}

/// By the cookie: a link that somebody else's way back stands in signs nobody in as them.
async fn come_back(app: &App, headers: &HeaderMap) -> Result<Option<Back>, StoreError> {
    let Some(token) = cookie::token(app, headers) else {
        return Ok(None);
    };
    let mut writing = app.store().write(Who::Visitor).await?;
    let back = openid::come_back(&mut writing, &token).await?;
    writing.commit().await?;
    Ok(back)
}

async fn check(app: &App, back: Back, shown: &Identity) -> Result<Option<Proof>, StoreError> {
    let words = app.words();
    let letter = (letters::subject(words), letters::changed(words, app.settings()));
    let mut writing = app.store().write(Who::Visitor).await?;
    let proof = openid::check(&mut writing, back, shown, (&letter.0, &letter.1)).await?;
    writing.commit().await?;
    Ok(proof)
}

fn back_here(app: &App) -> String {
    format!("{}{BACK}", app.settings().site())
}

fn failed(app: &App, to: &Wanted, why: &ProviderError) -> Response {
    tracing::warn!(%why, "nobody can sign in by it now");
    sign_in::no_openid(app, to)
}
