//! Who leads a group: inviting someone by mail, ending it, and taking that back.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::groups::{Mail, Slug};
use domain::people::Role;
use store::acts::Appoint;
use store::invitations::{self, InvitationError};
use store::people::{self, RoleId};
use store::signing::link::Letter;
use store::{On, StoreError};

use super::roster::{Wrong, again};
use super::{here, no, said, wanted};
use crate::form::Form;
use crate::letters;
use crate::look;
use crate::signing::Person;
use crate::state::App;

pub(crate) async fn invite(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    typed: Form,
) -> Response {
    if let Err(why) = may(&app, &person, &slug).await {
        return look::refused(&app, &why, &wanted(&slug));
    }
    let wrong = match Mail::parse(typed.get("leader")) {
        Ok(mail) => match write(&app, &person, &slug, &mail, typed.get("role"))
            .await
            .map_err(said)
        {
            Ok(()) => return invited(&slug),
            Err(Ok(wrong)) => wrong,
            Err(Err(why)) => return look::refused(&app, &why, &wanted(&slug)),
        },
        Err(why) => why.to_string(),
    };
    let wrong = Wrong {
        leader: Some(wrong),
        ..Wrong::default()
    };
    again(&app, &person, &slug, &typed, &wrong).await
}

pub(crate) async fn dismiss(
    State(app): State<App>,
    person: Person,
    Path((slug, role)): Path<(String, String)>,
    form: Form,
) -> Response {
    if let Err(why) = may(&app, &person, &slug).await {
        return look::refused(&app, &why, &wanted(&slug));
    }
    match end(&app, &person, &slug, &role).await.map_err(said) {
        Ok(()) => Redirect::to(&undoable(&slug, &form)).into_response(),
        Err(Ok(wrong)) => wrong_all(&app, &person, &slug, wrong).await,
        Err(Err(why)) => look::refused(&app, &why, &wanted(&slug)),
    }
}

/// Takes an end back: the same role from now on.
pub(crate) async fn appoint(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    if let Err(why) = may(&app, &person, &slug).await {
        return look::refused(&app, &why, &wanted(&slug));
    }
    match give(&app, &person, &slug, &form).await.map_err(said) {
        Ok(()) => Redirect::to(&here(&slug)).into_response(),
        Err(Ok(wrong)) => wrong_all(&app, &person, &slug, wrong).await,
        Err(Err(why)) => look::refused(&app, &why, &wanted(&slug)),
    }
}

/// Asked before anything that was sent is looked at.
async fn may(app: &App, person: &Person, slug: &str) -> Result<(), StoreError> {
    let slug = super::super::parse(slug)?;
    let mut writing = app.store().write(person.who()).await?;
    writing.permit::<Appoint>(On::Group(&slug)).await?;
    Ok(())
}

async fn write(
    app: &App,
    person: &Person,
    slug: &str,
    mail: &Mail,
    role: &str,
) -> Result<(), InvitationError> {
    let (words, slug) = (app.words(), super::super::parse(slug)?);
    let role = Role::named(role).filter(|role| role.is_staff()).ok_or_else(no)?;
    let subject = letters::subject(words);
    let body = |token: &str| letters::invitation(words, app.settings(), token);
    let letter = Letter {
        subject: &subject,
        body: &body,
    };
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<Appoint>(On::Group(&slug)).await?;
    invitations::invite_to_lead(&mut permit, mail, role, &letter).await?;
    Ok(writing.commit().await?)
}

async fn end(app: &App, person: &Person, slug: &str, role: &str) -> Result<(), InvitationError> {
    let slug = super::super::parse(slug)?;
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<Appoint>(On::Group(&slug)).await?;
    people::dismiss(&mut permit, RoleId::parse(role).ok_or_else(no)?).await?;
    Ok(writing.commit().await?)
}

async fn give(app: &App, person: &Person, slug: &str, form: &Form) -> Result<(), InvitationError> {
    let slug = super::super::parse(slug)?;
    let to = Slug::parse(form.get("person")).map_err(|_| no())?;
    let role = Role::named(form.get("role")).ok_or_else(no)?;
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<Appoint>(On::Group(&slug)).await?;
    people::appoint(&mut permit, &to, role, None).await?;
    Ok(writing.commit().await?)
}

/// The page, with the way back to what was.
pub(super) fn undoable(slug: &str, form: &Form) -> String {
    let query: String = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("person", form.get("person"))
        .append_pair("role", form.get("role"))
        .finish();
    format!("{}?{query}", here(slug))
}

/// The page, which says that a letter goes out.
pub(super) fn invited(slug: &str) -> Response {
    Redirect::to(&format!("{}?done=invited", here(slug))).into_response()
}

pub(super) async fn wrong_all(app: &App, person: &Person, slug: &str, wrong: String) -> Response {
    let wrong = Wrong {
        all: Some(wrong),
        ..Wrong::default()
    };
    again(app, person, slug, &Form::default(), &wrong).await
}
