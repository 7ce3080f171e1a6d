//! `/staff/groups/{slug}/sessions/{date}/note`: what one writes about a session for oneself. Nobody else opens it, and no record has it.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use domain::records::Field;
use maud::{Markup, html};
use serde_json::json;
use store::acts::{KeepNote, SeePlans};
use store::leading::Sitting;
use store::records::{self, Own, RecordError};
use store::{On, StoreError};

use super::steps::Target;
use super::{said, saving, session_address};
use crate::assets::href;
use crate::form::Form;
use crate::look;
use crate::look::parts::{self, Tone};
use crate::once;
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with};
use crate::state::App;

fn here(target: &Target) -> String {
    format!(
        "{}/note",
        session_address(target.group.as_str(), &target.date.to_string())
    )
}

pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    Path((slug, date)): Path<(String, String)>,
) -> Response {
    match Target::session(&slug, &date) {
        Ok(target) => draw(&app, &person, &target, StatusCode::OK, None).await,
        Err(why) => look::refused(&app, &why, &Wanted::parse("/staff")),
    }
}

pub(crate) async fn save(
    State(app): State<App>,
    person: Person,
    Path((slug, date)): Path<(String, String)>,
    headers: HeaderMap,
    form: Form,
) -> Response {
    let target = match Target::session(&slug, &date) {
        Ok(target) => target,
        Err(why) => return look::refused(&app, &why, &Wanted::parse("/staff")),
    };
    let base = form.get("base").parse::<DateTime<Utc>>().ok();
    let done = async {
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<KeepNote>(On::Own(&target.group)).await?;
        let kept =
            records::write_own_note(&mut permit, target.date, base, form.raw(Field::Own.name())).await?;
        writing.commit().await?;
        Ok::<_, RecordError>(kept)
    };
    let by_script = saving::by_script(&headers);
    match done.await {
        Ok(kept) if by_script => {
            let when = app.moment(app.now());
            Json(json!({
                "base": kept.as_ref().map(|own| own.changed_at.to_rfc3339()),
                "words": { Field::Own.name(): kept.map(|own| own.words).unwrap_or_default() },
                "said": app.words().with("record-saved", &[("when", when.into())]),
                "marks": [],
            }))
            .into_response()
        }
        Ok(_) => Redirect::to(&here(&target)).into_response(),
        Err(why) => match said(&app, why, &here(&target)) {
            Ok(wrong) if by_script => saving::wrong(&wrong),
            Ok(wrong) => {
                let typed = Some((form.raw(Field::Own.name()).to_owned(), wrong));
                draw(&app, &person, &target, StatusCode::UNPROCESSABLE_ENTITY, typed).await
            }
            Err(page) => *page,
        },
    }
}

async fn draw(
    app: &App,
    person: &Person,
    target: &Target,
    status: StatusCode,
    typed: Option<(String, String)>,
) -> Response {
    let found = async {
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<KeepNote>(On::Own(&target.group)).await?;
        let own = records::own_note(&mut permit, target.date).await?;
        let mut permit = writing.permit::<SeePlans>(On::Group(&target.group)).await?;
        let at = records::sitting(&mut permit, target.date).await?;
        writing.commit().await?;
        Ok::<_, StoreError>((own, at))
    };
    match found.await {
        Ok((own, at)) => {
            let up = session_address(target.group.as_str(), &target.date.to_string());
            let up = Some((up, app.words().say("record-session")));
            let body = body(app, target, own.as_ref(), at, typed);
            page_with(app, status, person, Place::Groups, up, body)
        }
        Err(why) => look::refused(app, &why, &Wanted::parse(&here(target))),
    }
}

fn body(
    app: &App,
    target: &Target,
    own: Option<&Own>,
    at: Sitting,
    typed: Option<(String, String)>,
) -> Markup {
    let words = app.words();
    let text = typed.as_ref().map(|(text, _)| text.as_str());
    let text = text.or(own.map(|own| own.words.as_str())).unwrap_or_default();
    html! {
        h1 { (words.say("note-title")) }
        p.lead { (app.moment(at.starts_at)) }
        p { (words.say("note-lead")) }
        @if let Some((_, wrong)) = &typed { (parts::mistakes(Tone::Ochre, wrong, "", &[])) }
        script src=(href("records.js")) defer {}
        form.record method="post" action=(here(target)) data-saves data-unsaved=(words.say("record-unsaved")) data-failed=(words.say("record-failed")) {
            (once::field())
            input type="hidden" name="base" value=(own.map(|own| own.changed_at.to_rfc3339()).unwrap_or_default());
            div.field {
                label for="field-own" { (words.say("record-own")) }
                textarea id="field-own" name=(Field::Own.name()) rows="14" maxlength="20000" { "\n" (text) }
                p.hint { (words.say("record-own-hint")) }
            }
            p.meta.saved role="status" data-state {
                @if let Some(own) = own { (words.with("record-saved", &[("when", app.moment(own.changed_at).into())])) }
            }
            div.acts { button.button type="submit" { (words.say("record-save")) } }
        }
    }
}
