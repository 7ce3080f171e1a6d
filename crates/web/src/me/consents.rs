//! `/me/consents`: what I agreed to have given to whom, and taking it back.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::consents::{Classes, ConsentId, Purpose};
use maud::{Markup, html};
use serde::Deserialize;
use store::acts::{ChangeConsents, SeeConsents};
use store::consents::{self, Agreed};
use store::{On, StoreError};

use super::{looked, own_page};
use crate::look;
use crate::look::parts::{self, Tone};
use crate::once;
use crate::signing::{Person, Wanted};
use crate::state::App;

const HERE: &str = "/me/consents";

/// What was done just now.
#[derive(Deserialize)]
pub(crate) struct Done {
    #[serde(default)]
    done: String,
}

pub(crate) async fn list(
    State(app): State<App>,
    person: Person,
    Query(Done { done }): Query<Done>,
) -> Response {
    let agreed = match mine(&app, &person).await {
        Ok(agreed) => agreed,
        Err(why) => return look::refused(&app, &why, &Wanted::parse(HERE)),
    };
    let words = app.words();
    let body = html! {
        h1 { (words.say("consents")) }
        @if done == "revoked" { (parts::notice(Tone::Plain, &words.say("consents-revoked"), html! {})) }
        p.lead { (words.say("consents-lead")) }
        @if agreed.is_empty() {
            (parts::empty(&words.say("consents-none"), &words.say("consents-none-more"), None))
        }
        ul.rows { @for one in &agreed { li { (row(&app, one)) } } }
        p { a href="/me/disclosures" { (words.say("disclosures-link")) } }
    };
    own_page(&app, StatusCode::OK, &person, body)
}

/// Takes it back, from now on.
pub(crate) async fn revoke(State(app): State<App>, person: Person, Path(id): Path<String>) -> Response {
    let Some(id) = ConsentId::parse(&id) else {
        return look::gone(&app);
    };
    let done = async {
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<ChangeConsents>(On::Myself).await?;
        consents::revoke(&mut permit, id).await?;
        writing.commit().await
    };
    match done.await {
        Ok(()) => Redirect::to("/me/consents?done=revoked").into_response(),
        Err(why) => look::refused(&app, &why, &Wanted::parse(HERE)),
    }
}

async fn mine(app: &App, person: &Person) -> Result<Vec<Agreed>, StoreError> {
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeeConsents>(On::Myself).await?;
    consents::mine(&mut permit).await
}

fn row(app: &App, Agreed { id, consent }: &Agreed) -> Markup {
    let words = app.words();
    let on = |name: &str, at| words.with(name, &[("day", app.day(at).into())]);
    let stands = match consent.revoked_at() {
        Some(at) => on("consents-taken-back", at),
        None if consent.holds(app.now()) => on("consents-until", consent.expires_at()),
        None => on("consents-over", consent.expires_at()),
    };
    html! {
        div {
            p { b { (consent.recipient()) } " · " (words.say(purpose(consent.purpose()))) }
            p { (kept(app, consent.classes())) }
            p.meta { (on("consents-signed", consent.signed_at())) " " (stands) }
            @if consent.holds(app.now()) { p.meta { (words.say("consents-revoke-means")) } }
        }
        @if consent.holds(app.now()) {
            form method="post" action={ (HERE) "/" (id) "/revocation" } {
                (once::field())
                @let act = words.say("consents-revoke");
                @let what = words.with("me-change-what", &[("act", act.clone().into()), ("what", consent.recipient().to_string().into())]);
                button.button.plain.small type="submit" aria-label=(what) { (act) }
            }
        }
    }
}

/// "How to reach you, When you were there"
pub(super) fn kept(app: &App, classes: &Classes) -> String {
    let kept: Vec<String> = classes
        .iter()
        .map(|class| app.words().say(looked::class(class)))
        .collect();
    kept.join(" · ")
}

fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Care => "purpose-care",
        Purpose::Payment => "purpose-payment",
        Purpose::Family => "purpose-family",
        Purpose::Legal => "purpose-legal",
        Purpose::Research => "purpose-research",
    }
}
