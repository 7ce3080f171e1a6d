//! Members of a group: taking someone in by a handle or by mail, taking someone out, and taking that back.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::groups::{Kind, Mail, Slug};
use domain::joining::Reason;
use domain::people::Handle;
use maud::html;
use store::acts::ChangeRoster;
use store::invitations::{self, InvitationError, InvitationId};
use store::people::{self, RoleId};
use store::signing::code::Code;
use store::signing::link::Letter;
use store::{On, StoreError};

use super::leaders::{invited, undoable, wrong_all};
use super::roster::{Wrong, again};
use super::{here, no, said, wanted};
use crate::form::Form;
use crate::letters;
use crate::look;
use crate::look::parts::{self, Tone};
use crate::signing::Person;
use crate::staff::{Place, page_with};
use crate::state::App;
use crate::words::FluentValue;

/// By the handle that was typed, or by a letter to the address.
pub(crate) async fn create(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    typed: Form,
) -> Response {
    if let Err(why) = may_take_in(&app, &person, &slug).await {
        return look::refused(&app, &why, &wanted(&slug));
    }
    let wrong = if typed.get("mail").is_empty() {
        match Handle::parse(typed.get("handle")) {
            Ok(handle) => match add(&app, &person, &slug, &handle).await.map_err(said) {
                Ok(code) => return shown_once(&app, &person, &slug, &handle, &code),
                Err(Ok(wrong)) => wrong,
                Err(Err(why)) => return look::refused(&app, &why, &wanted(&slug)),
            },
            Err(why) => why.to_string(),
        }
    } else {
        match Mail::parse(typed.get("mail")) {
            Ok(mail) => match write(&app, &person, &slug, &mail).await.map_err(said) {
                Ok(()) => return invited(&slug),
                Err(Ok(wrong)) => wrong,
                Err(Err(why)) => return look::refused(&app, &why, &wanted(&slug)),
            },
            Err(why) => why.to_string(),
        }
    };
    let by_mail = !typed.get("mail").is_empty();
    let wrong = Wrong {
        handle: Some(wrong.clone()).filter(|_| !by_mail),
        mail: Some(wrong).filter(|_| by_mail),
        ..Wrong::default()
    };
    again(&app, &person, &slug, &typed, &wrong).await
}

pub(crate) async fn remove(
    State(app): State<App>,
    person: Person,
    Path((slug, role)): Path<(String, String)>,
    form: Form,
) -> Response {
    // Where nobody is asked, as in a support group, nobody said why.
    let reason = Reason::named(form.get("reason")).unwrap_or(Reason::Unknown);
    match end(&app, &person, &slug, &role, reason).await.map_err(said) {
        Ok(()) => Redirect::to(&undoable(&slug, &form)).into_response(),
        Err(Ok(wrong)) => wrong_all(&app, &person, &slug, wrong).await,
        Err(Err(why)) => look::refused(&app, &why, &wanted(&slug)),
    }
}

/// Takes an end back: a member from now on.
pub(crate) async fn restore(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    match give(&app, &person, &slug, form.get("person")).await.map_err(said) {
        Ok(()) => Redirect::to(&here(&slug)).into_response(),
        Err(Ok(wrong)) => wrong_all(&app, &person, &slug, wrong).await,
        Err(Err(why)) => look::refused(&app, &why, &wanted(&slug)),
    }
}

pub(crate) async fn withdraw(
    State(app): State<App>,
    person: Person,
    Path((slug, id)): Path<(String, String)>,
) -> Response {
    match take_back(&app, &person, &slug, &id).await {
        Ok(()) => Redirect::to(&here(&slug)).into_response(),
        Err(why) => look::refused(&app, &why, &wanted(&slug)),
    }
}

/// Into a therapy group nobody comes by a form alone.
async fn may_take_in(app: &App, person: &Person, slug: &str) -> Result<(), StoreError> {
    let group = super::super::parse(slug)?;
    let mut writing = app.store().write(person.who()).await?;
    writing.permit::<ChangeRoster>(On::Group(&group)).await?;
    drop(writing);
    let ours = super::super::find(app, person, slug).await?;
    match ours.listing {
        Some(listing) if listing.kind == Kind::Support => Ok(()),
        _ => Err(no()),
    }
}

async fn add(app: &App, person: &Person, slug: &str, handle: &Handle) -> Result<Code, InvitationError> {
    let slug = super::super::parse(slug)?;
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeRoster>(On::Group(&slug)).await?;
    let (_, code) = invitations::add_by_handle(&mut permit, handle).await?;
    writing.commit().await?;
    Ok(code)
}

async fn write(app: &App, person: &Person, slug: &str, mail: &Mail) -> Result<(), InvitationError> {
    let (words, slug) = (app.words(), super::super::parse(slug)?);
    let subject = letters::subject(words);
    let body = |token: &str| letters::invitation(words, app.settings(), token);
    let letter = Letter {
        subject: &subject,
        body: &body,
    };
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeRoster>(On::Group(&slug)).await?;
    invitations::invite_member(&mut permit, mail, &letter).await?;
    Ok(writing.commit().await?)
}

async fn end(
    app: &App,
    person: &Person,
    slug: &str,
    role: &str,
    reason: Reason,
) -> Result<(), InvitationError> {
    let slug = super::super::parse(slug)?;
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeRoster>(On::Group(&slug)).await?;
    people::remove_member(&mut permit, RoleId::parse(role).ok_or_else(no)?, reason).await?;
    Ok(writing.commit().await?)
}

async fn give(app: &App, person: &Person, slug: &str, to: &str) -> Result<(), InvitationError> {
    let slug = super::super::parse(slug)?;
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeRoster>(On::Group(&slug)).await?;
    let to = Slug::parse(to).map_err(|_| no())?;
    people::take_back_member(&mut permit, &to).await?;
    Ok(writing.commit().await?)
}

async fn take_back(app: &App, person: &Person, slug: &str, id: &str) -> Result<(), StoreError> {
    let slug = super::super::parse(slug)?;
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeRoster>(On::Group(&slug)).await?;
    invitations::withdraw_here(&mut permit, InvitationId::parse(id).ok_or_else(no)?).await?;
    writing.commit().await
}

fn shown_once(app: &App, person: &Person, slug: &str, handle: &Handle, code: &Code) -> Response {
    let words = app.words();
    let name = FluentValue::from(handle.as_str());
    let body = html! {
        h1 { (words.with("roster-code", &[("name", name)])) }
        p { code.secret { (code.reveal()) } }
        (parts::notice(Tone::Ochre, &words.say("roster-code-once"), html! { (words.say("roster-code-more")) }))
        p { a.button href=(here(slug)) { (words.say("roster-code-given")) } }
    };
    let up = Some((here(slug), words.say("roster")));
    page_with(app, StatusCode::OK, person, Place::Groups, up, body)
}
