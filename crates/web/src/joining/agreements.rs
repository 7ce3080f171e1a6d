//! `/me/agreements/{group}`: what is to be signed in a group, and what I have signed, to keep.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::agreements::{Kind, Signer, Text, TextHash};
use domain::text::Line;
use maud::{Markup, PreEscaped, html};
use store::acts::{Apply, SeeApplications};
use store::agreements::{self, Owed, Signed};
use store::joining::JoiningError;
use store::{On, StoreError};

use super::{own_page, parse, refused, up};
use crate::form::Form;
use crate::learning::markdown;
use crate::look;
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::signing::{Person, Wanted};
use crate::state::App;
use crate::words::FluentValue;

fn here(group: &str) -> String {
    format!("/me/agreements/{group}")
}

pub(crate) async fn show(State(app): State<App>, person: Person, Path(group): Path<String>) -> Response {
    match read(&app, &person, &group).await {
        Ok(owed) => page(&app, &person, StatusCode::OK, &group, &owed, None),
        Err(why) => look::refused(&app, &why, &Wanted::parse(&here(&group))),
    }
}

/// Signs a text as it was read: by its hash, under a name.
pub(crate) async fn sign(
    State(app): State<App>,
    person: Person,
    Path((group, kind)): Path<(String, String)>,
    form: Form,
) -> Response {
    let owed = match read(&app, &person, &group).await {
        Ok(owed) => owed,
        Err(why) => return look::refused(&app, &why, &Wanted::parse(&here(&group))),
    };
    let Some(kind) = Kind::named(&kind) else {
        return look::gone(&app);
    };
    let read = (TextHash::parse(form.get("hash")), Line::parse(form.get("name")));
    let (Some(hash), Ok(name)) = read else {
        let wrong = Some((kind, app.words().say("agreements-name-missing")));
        return page(
            &app,
            &person,
            StatusCode::UNPROCESSABLE_ENTITY,
            &group,
            &owed,
            wrong,
        );
    };
    let signed = async {
        let group = parse(&group)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<Apply>(On::MyselfIn(&group)).await?;
        agreements::sign(&mut permit, (kind, &hash), &name, &app.content().agreements).await?;
        Ok::<_, JoiningError>(writing.commit().await?)
    };
    match signed.await {
        Ok(()) => Redirect::to(&here(&group)).into_response(),
        Err(why) => refused(&app, &person, &here(&group), why),
    }
}

/// Only for who is on the way into the group or in it.
async fn read(app: &App, person: &Person, group: &str) -> Result<Owed, StoreError> {
    let group = parse(group)?;
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeeApplications>(On::MyselfIn(&group)).await?;
    store::joining::is_concerned(&mut permit).await?;
    agreements::owed(&mut permit, &app.content().agreements).await
}

fn page(
    app: &App,
    person: &Person,
    status: StatusCode,
    group: &str,
    owed: &Owed,
    wrong: Option<(Kind, String)>,
) -> Response {
    let said = app.words();
    let title = parse(group).ok().and_then(|slug| app.listed(&slug));
    let missing = FluentValue::from(owed.missing.len());
    let body = html! {
        h1 { (said.say("agreements")) }
        @if let Some(listing) = title { p.lead { (listing.title) } }
        p { (said.with("agreements-lead", &[("missing", missing)])) }
        @for text in &owed.missing {
            section {
                h2 { (text.title()) }
                (words(text))
                @if text.kind().signer() == Signer::Guardian {
                    (parts::notice(Tone::Plain, &said.say("agreements-guardian"), html! { (said.say("agreements-guardian-more")) }))
                } @else {
                    (form(app, group, text, wrong.as_ref().filter(|(kind, _)| *kind == text.kind()).map(|(_, wrong)| wrong.clone())))
                }
            }
        }
        @if !owed.signed.is_empty() {
            h2 { (said.say("agreements-signed")) }
            p { (said.say("agreements-keep")) }
            @for one in &owed.signed { (copy(app, one)) }
        }
        p.meta { (said.say("agreements-not-reviewed")) }
    };
    own_page(app, status, person, up(app), body)
}

fn form(app: &App, group: &str, text: &Text, wrong: Option<String>) -> Markup {
    let words = app.words();
    let name = Field {
        name: "name",
        label: words.say("agreements-name"),
        hint: Some(words.say("agreements-name-hint")),
        error: wrong,
        autocomplete: "name",
        form: text.kind().name(),
        ..Field::default()
    };
    html! {
        form.stack method="post" action=(format!("{}/{}/signature", here(group), text.kind().name())) {
            (once::field())
            input type="hidden" name="hash" value=(text.hash());
            (name.draw())
            @let said = words.say("agreements-sign");
            div.acts { button.button type="submit" aria-label=(format!("{said}: {}", text.title())) { (said) } }
        }
    }
}

/// What was signed, word for word.
fn copy(app: &App, one: &Signed) -> Markup {
    let said = app.words();
    let args = [
        ("name", FluentValue::from(one.signature.name.to_string())),
        ("when", FluentValue::from(app.moment(one.signature.at))),
    ];
    html! {
        details.adding {
            summary { (one.text.title()) }
            (words(&one.text))
            p { (said.with("agreements-signed-by", &args)) }
            @if let Some(witness) = &one.witness { p { (said.with("agreements-witness", &[("name", witness.to_string().into())])) } }
            p.meta { (said.say("agreements-hash")) " " code { (one.signature.hash) } }
        }
    }
}

/// The words of a text; its headings stand below that of its title.
pub(crate) fn words(text: &Text) -> Markup {
    let deeper = text.words().as_str().replace("\n## ", "\n### ");
    let deeper = match deeper.strip_prefix("## ") {
        Some(rest) => format!("### {rest}"),
        None => deeper,
    };
    html! { div.text { (PreEscaped(markdown::plain(&deeper))) } }
}
