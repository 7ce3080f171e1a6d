//! `/groups/{slug}/report`: "Something wrong here?", without an account. A reason, a few words if one likes, and nothing of who says
//! it is kept.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::groups::Slug;
use domain::helping::Concern;
use maud::{Markup, html};
use serde::Deserialize;
use store::listings::Published;
use store::reports::{self, Reason};
use store::{StoreError, Who};

use super::{below, find};
use crate::form::Form;
use crate::helping;
use crate::look;
use crate::look::parts::{self, Tone};
use crate::once;
use crate::saying;
use crate::state::App;
use crate::words::FluentValue;

#[derive(Deserialize)]
pub(crate) struct Said {
    #[serde(default)]
    said: String,
}

pub(crate) async fn show(
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(Said { said }): Query<Said>,
) -> Response {
    let published = match find(&app, &slug).await {
        Ok(Some(published)) => published,
        Ok(None) => return look::not_found(State(app)).await,
        Err(why) => return look::our_fault(&app, &why),
    };
    let body = match Reason::named(&said) {
        Some(reason) => thanks(&app, &published, reason),
        None => form(&app, &published, "", None),
    };
    below(&app, StatusCode::OK, &slug, body)
}

pub(crate) async fn create(State(app): State<App>, Path(slug): Path<String>, typed: Form) -> Response {
    let published = match find(&app, &slug).await {
        Ok(Some(published)) => published,
        Ok(None) => return look::not_found(State(app)).await,
        Err(why) => return look::our_fault(&app, &why),
    };
    let Some(reason) = Reason::named(typed.get("reason")) else {
        let missing = Some(app.words().say("report-choose"));
        let body = form(&app, &published, typed.get("words"), missing);
        return below(&app, StatusCode::UNPROCESSABLE_ENTITY, &slug, body);
    };
    let written = typed.get("words");
    if written.chars().count() > reports::LONGEST_WORDS {
        let most = [("most", FluentValue::from(reports::LONGEST_WORDS))];
        let body = form(
            &app,
            &published,
            written,
            Some(app.words().with("report-long", &most)),
        );
        return below(&app, StatusCode::UNPROCESSABLE_ENTITY, &slug, body);
    }
    match make(&app, &published.slug, reason, written).await {
        Ok(true) => Redirect::to(&format!("/groups/{slug}/report?said={}", reason.name())).into_response(),
        Ok(false) => look::not_found(State(app)).await,
        Err(why) => look::refused(&app, &why, &crate::signing::Wanted::parse("")),
    }
}

async fn make(app: &App, group: &Slug, reason: Reason, written: &str) -> Result<bool, StoreError> {
    let mut writing = app.store().write(Who::Visitor).await?;
    let is_there = reports::make(&mut writing, group, reason, Some(written)).await?;
    writing.commit().await?;
    Ok(is_there)
}

fn form(app: &App, published: &Published, written: &str, wrong: Option<String>) -> Markup {
    let words = app.words();
    html! {
        h1 { (words.say("report")) }
        p.lead { (published.listing.title) }
        @if let Some(wrong) = wrong { (parts::mistakes(Tone::Clay, &wrong, "", &[])) }
        form.stack method="post" action=(format!("/groups/{}/report", published.slug)) {
            (once::field())
            fieldset.plain {
                legend { (words.say("report-what")) }
                @for reason in Reason::ALL {
                    label.option {
                        input type="radio" name="reason" value=(reason.name());
                        span { (saying::reason(words, reason)) }
                    }
                }
            }
            label.field {
                span.label { (words.say("report-words")) }
                span.hint { (words.say("report-words-hint")) }
                textarea name="words" rows="4" maxlength=(reports::LONGEST_WORDS) { (written) }
            }
            p.hint { (words.say("report-kept")) }
            div.acts { button.button type="submit" { (words.say("report-act")) } }
        }
    }
}

/// What happens now; and help first, where someone may need it.
fn thanks(app: &App, published: &Published, reason: Reason) -> Markup {
    let words = app.words();
    let organisation = FluentValue::from(app.settings().organisation.name.as_str());
    html! {
        h1 { (words.say("report-thanks")) }
        @if reason == Reason::Unsafe {
            p.lead { (words.say("report-unsafe")) }
            (helping::card(app, &[Concern::Violence]))
        }
        @match &published.listing.source {
            domain::groups::Source::Own => p { (words.with("report-own", &[("organisation", organisation)])) },
            domain::groups::Source::Feed { programme } => {
                p { (words.with("report-feed", &[("organisation", organisation), ("programme", programme.to_string().into())])) }
            }
        }
        (parts::contact(&app.settings().organisation))
        p { a.button href=(format!("/groups/{}", published.slug)) { (words.say("report-back")) } }
    }
}
