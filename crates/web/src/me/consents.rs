//! `/me/consents`: what I agreed to have given to whom, and taking it back.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::Months;
use domain::access::Class;
use domain::consents::{Classes, ConsentId, Purpose};
use domain::text::Line;
use maud::{Markup, html};
use serde::Deserialize;
use store::acts::{ChangeConsents, SeeConsents};
use store::consents::{self, Agreed, Asked, SigningError};
use store::{On, StoreError};

use super::{looked, own_page};
use crate::form::Form;
use crate::look;
use crate::look::parts::{self, Field, Tone};
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
        @if done == "signed" { (parts::notice(Tone::Plain, &words.say("consents-agreed"), html! {})) }
        @if done == "revoked" { (parts::notice(Tone::Plain, &words.say("consents-revoked"), html! {})) }
        p.lead { (words.say("consents-lead")) }
        @if agreed.is_empty() {
            (parts::empty(&words.say("consents-none"), &words.say("consents-none-more"), None))
        }
        ul.rows { @for one in &agreed { li { (row(&app, one)) } } }
        (asking(&app, &Form::default(), None))
        p { a href="/me/disclosures" { (words.say("disclosures-link")) } }
    };
    own_page(&app, StatusCode::OK, &person, body)
}

/// Agrees that a therapist of one's own is told how one attends and how one's goals go, for some months.
pub(crate) async fn create(State(app): State<App>, person: Person, form: Form) -> Response {
    let words = app.words();
    let recipient = Line::parse(form.get("recipient")).ok();
    let months = form
        .get("months")
        .parse()
        .ok()
        .filter(|months: &u32| (1..=12).contains(months));
    let until = months.and_then(|months| app.now().checked_add_months(Months::new(months)));
    let classes = Classes::new([Class::Attendance, Class::IndividualNote]).ok();
    let (Some(recipient), Some(until), Some(classes)) = (recipient, until, classes) else {
        let wrong = Some(words.say("consent-therapist-missing"));
        let body = html! { h1 { (words.say("consents")) } (asking(&app, &form, wrong)) };
        return own_page(&app, StatusCode::UNPROCESSABLE_ENTITY, &person, body);
    };
    let read = text(&app);
    let done = async {
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<ChangeConsents>(On::Myself).await?;
        let asked = Asked {
            purpose: Purpose::Care,
            recipient,
            classes,
            until,
        };
        match consents::sign(&mut permit, asked, &read).await {
            Ok(_) => {}
            Err(SigningError::Consent(why)) => return Err(StoreError::Database(why.into())),
            Err(SigningError::Store(why)) => return Err(why),
        }
        writing.commit().await
    };
    match done.await {
        Ok(()) => Redirect::to("/me/consents?done=signed").into_response(),
        Err(why) => look::refused(&app, &why, &Wanted::parse(HERE)),
    }
}

/// What is agreed to, word for word.
fn text(app: &App) -> String {
    app.words().say("consent-therapist-text")
}

fn asking(app: &App, form: &Form, wrong: Option<String>) -> Markup {
    let words = app.words();
    let chosen = match form.get("months") {
        "" => "6",
        months => months,
    };
    let months = ["3", "6", "12"].map(|months| (months.to_owned(), months.to_owned(), months == chosen));
    html! {
        details.adding open[wrong.is_some()] {
            summary { (words.say("consent-therapist")) }
            @if let Some(wrong) = wrong { (parts::mistakes(Tone::Ochre, &wrong, "", &[])) }
            p { (text(app)) }
            form.stack method="post" action=(HERE) {
                (once::field())
                (Field { name: "recipient", label: words.say("consent-recipient"), hint: Some(words.say("consent-recipient-hint")), value: form.get("recipient"), ..Field::default() }.draw())
                (parts::select("months", &words.say("consent-months"), &months))
                div.acts { button.button.plain type="submit" { (words.say("consent-act")) } }
            }
        }
    }
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
