//! `/me/passkeys`: what one's devices hold. Making one needs the browser's own dialog, and so a script; the page says so.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::text::Line;
use maud::{Markup, html};
use serde_json::json;
use store::acts::{ChangeAccount, SeeAccount};
use store::sessions::{self, Token};
use store::signing::passkey::{self, Ceremony, Passkey, PasskeyId, Site};
use store::{On, StoreError};

use super::{own_page, tell};
use crate::assets::href;
use crate::form::Form;
use crate::look;
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::signing::{Person, Wanted, set};
use crate::state::App;
use crate::words::FluentValue;

pub(crate) async fn list(State(app): State<App>, person: Person) -> Response {
    show(&app, &person, StatusCode::OK, "", None).await
}

/// What the device is asked.
pub(crate) async fn options(State(app): State<App>, person: Person) -> Response {
    let Some(site) = app.passkeys() else {
        return look::gone(&app);
    };
    match begin(&app, &person, site).await {
        Ok(Ceremony { options, token }) => {
            Json(json!({ "options": options, "token": token })).into_response()
        }
        // The script sends the form as it is; then a page says what is missing.
        Err(StoreError::Denied(_)) => StatusCode::FORBIDDEN.into_response(),
        Err(why) => look::refused(&app, &why, &Wanted::parse("/me/passkeys")),
    }
}

/// What the device made.
pub(crate) async fn create(State(app): State<App>, person: Person, form: Form) -> Response {
    let words = app.words();
    let Some(site) = app.passkeys() else {
        return look::gone(&app);
    };
    let name = match Line::parse(form.get("name")) {
        Ok(name) => name,
        Err(why) => {
            let why = Some(why.to_string());
            return show(
                &app,
                &person,
                StatusCode::UNPROCESSABLE_ENTITY,
                form.get("name"),
                why,
            )
            .await;
        }
    };
    match keep(&app, &person, site, &name, &form).await {
        Ok(Some(token)) => set(&app, Redirect::to("/me/passkeys").into_response(), &token),
        Ok(None) => {
            let why = Some(words.say("passkey-not-made"));
            show(
                &app,
                &person,
                StatusCode::UNPROCESSABLE_ENTITY,
                form.get("name"),
                why,
            )
            .await
        }
        Err(why) => look::refused(&app, &why, &wanted()),
    }
}

pub(crate) async fn remove(State(app): State<App>, person: Person, Path(id): Path<String>) -> Response {
    let Some(id) = PasskeyId::parse(&id) else {
        return look::gone(&app);
    };
    match forget(&app, &person, id).await {
        Ok(()) => Redirect::to("/me/passkeys").into_response(),
        Err(why) => look::refused(&app, &why, &wanted()),
    }
}

async fn begin(app: &App, person: &Person, site: &Site) -> Result<Ceremony, StoreError> {
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await?;
    let ceremony = passkey::begin(&mut permit, site).await?;
    writing.commit().await?;
    Ok(ceremony)
}

/// The session goes on as one of two factors: the device has just shown who it is.
async fn keep(
    app: &App,
    person: &Person,
    site: &Site,
    name: &Line,
    form: &Form,
) -> Result<Option<Token>, StoreError> {
    let answer = serde_json::from_str(form.get("answer")).unwrap_or_default();
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await?;
    let Some(proof) = passkey::finish(&mut permit, site, form.get("token"), &answer, name).await? else {
        return Ok(None);
    };
    tell(app, &mut permit).await?;
    let token = sessions::renew(&mut writing, &person.0, &proof).await?;
    writing.commit().await?;
    Ok(Some(token))
}

async fn forget(app: &App, person: &Person, id: PasskeyId) -> Result<(), StoreError> {
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await?;
    passkey::remove(&mut permit, id).await?;
    tell(app, &mut permit).await?;
    writing.commit().await
}

async fn show(app: &App, person: &Person, status: StatusCode, name: &str, error: Option<String>) -> Response {
    match own(app, person).await {
        Ok(there) => own_page(app, status, person, page(app, &there, name, error)),
        Err(why) => look::refused(app, &why, &wanted()),
    }
}

async fn own(app: &App, person: &Person) -> Result<Vec<Passkey>, StoreError> {
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeeAccount>(On::Myself).await?;
    passkey::list(&mut permit).await
}

fn page(app: &App, there: &[Passkey], name: &str, error: Option<String>) -> Markup {
    let words = app.words();
    let field = Field {
        name: "name",
        label: words.say("passkey-name"),
        hint: Some(words.say("passkey-name-hint")),
        value: name,
        error,
        ..Field::default()
    };
    html! {
        h1 { (words.say("passkeys")) }
        p.lead { (words.say("passkeys-lead")) }
        ul.rows {
            @for passkey in there {
                li {
                    div {
                        p { b { (passkey.name) } }
                        p.meta {
                            @let made = FluentValue::from(app.moment(passkey.created_at));
                            (words.with("passkey-made", &[("when", made)]))
                            @if let Some(used) = passkey.used_at {
                                " · " (words.with("passkey-used", &[("when", FluentValue::from(app.moment(used)))]))
                            }
                        }
                    }
                    form method="post" action={ "/me/passkeys/" (passkey.id) "/removal" } {
                        (once::field())
                        button.button.plain.small type="submit" { (words.say("passkey-remove")) }
                    }
                }
            }
        }
        @if app.passkeys().is_some() {
            form.stack method="post" action="/me/passkeys" data-passkey="create" data-options="/me/passkeys/options" {
                (once::field())
                h2 { (words.say("passkey-add")) }
                (field.draw())
                input type="hidden" name="token";
                input type="hidden" name="answer";
                div.acts { button.button type="submit" { (words.say("passkey-make")) } }
                noscript { p.meta { (words.say("passkey-script")) } }
            }
            script src=(href("passkeys.js")) defer {}
        } @else {
            (parts::notice(Tone::Ochre, &words.say("passkey-nowhere"), html! { (words.say("passkey-nowhere-more")) }))
        }
    }
}

fn wanted() -> Wanted {
    Wanted::parse("/me/passkeys")
}
