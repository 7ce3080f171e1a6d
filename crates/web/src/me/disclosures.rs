//! `/me/disclosures`: what of mine was given to whom outside, when and why. `/me/disclosures.csv`: the same to take away.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use chrono::SecondsFormat;
use domain::consents::Basis;
use feeds::sheet::{self, Mark};
use maud::{Markup, html};
use store::acts::SeeConsents;
use store::audit::By;
use store::disclosures::{self, Disclosed};
use store::{On, StoreError};

use super::consents::kept;
use super::own_page;
use crate::look;
use crate::look::parts;
use crate::saying;
use crate::signing::{Person, Wanted};
use crate::state::App;

const HERE: &str = "/me/disclosures";

/// The page shows so many; the sheet has all.
const MOST: usize = 200;

pub(crate) async fn list(State(app): State<App>, person: Person) -> Response {
    let given = match mine(&app, &person).await {
        Ok(given) => given,
        Err(why) => return look::refused(&app, &why, &Wanted::parse(HERE)),
    };
    let words = app.words();
    let body = html! {
        h1 { (words.say("disclosures")) }
        p.lead { (words.say("disclosures-lead")) }
        @if given.is_empty() {
            (parts::empty(&words.say("disclosures-none"), &words.say("disclosures-none-more"), None))
        }
        ul.rows { @for one in given.iter().take(MOST) { li { (row(&app, one)) } } }
        @if given.len() > MOST { p { (words.with("disclosures-more", &[("shown", MOST.into())])) } }
        p { a href="/me/disclosures.csv" download { (words.say("disclosures-download")) } }
        p.hint { (words.say("disclosures-inside")) " " a href="/me/looked" { (words.say("looked-link")) } }
    };
    own_page(&app, StatusCode::OK, &person, body)
}

pub(crate) async fn csv(State(app): State<App>, person: Person) -> Response {
    let given = match mine(&app, &person).await {
        Ok(given) => given,
        Err(why) => return look::refused(&app, &why, &Wanted::parse(HERE)),
    };
    let words = app.words();
    let mut text = sheet::begin(Mark::ByteOrder);
    let head = [
        "disclosures-at",
        "disclosures-to",
        "disclosures-what",
        "disclosures-why",
        "disclosures-by",
        "disclosures-hash",
    ];
    sheet::line(&mut text, head.map(|name| words.say(name)));
    for one in &given {
        let cells = [
            one.at.to_rfc3339_opts(SecondsFormat::Secs, true),
            to(&app, one),
            kept(&app, &one.classes),
            words.say(why(one.basis)),
            by(&app, one.by),
            one.what.clone(),
        ];
        sheet::line(&mut text, cells);
    }
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"list.csv\""),
    ];
    (headers, text).into_response()
}

async fn mine(app: &App, person: &Person) -> Result<Vec<Disclosed>, StoreError> {
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeeConsents>(On::Myself).await?;
    disclosures::mine(&mut permit).await
}

fn row(app: &App, one: &Disclosed) -> Markup {
    html! {
        p { b { (to(app, one)) } " · " (kept(app, &one.classes)) }
        p { (app.words().say(why(one.basis))) }
        p.meta { (by(app, one.by)) " · " (app.moment(one.at)) }
    }
}

fn to(app: &App, one: &Disclosed) -> String {
    one.recipient
        .as_ref()
        .map_or_else(|| app.words().say("disclosures-you"), ToString::to_string)
}

fn by(app: &App, by: By) -> String {
    match by {
        By::Role(role) => saying::role(app.words(), role),
        By::Own => app.words().say("disclosures-you"),
        By::BreakGlass => app.words().say("looked-break-glass"),
    }
}

fn why(basis: Basis) -> &'static str {
    match basis {
        Basis::OwnRequest => "basis-own-request",
        Basis::Consent(_) => "basis-consent",
        Basis::Danger => "basis-danger",
        Basis::Law => "basis-law",
    }
}
