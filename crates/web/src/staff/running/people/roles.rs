//! `POST /staff/people/{person}/roles` gives a role; `POST …/roles/{role}/end` ends one.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Denied;
use domain::groups::Slug;
use domain::people::Role;
use store::acts::ChangeAccounts;
use store::people::{self, RoleError, RoleId};
use store::{On, StoreError};

use super::super::{may_change, midnight};
use super::show::{Typed, Wrong, draw};
use super::{address, find, parse, said, wanted};
use crate::form::Form;
use crate::look;
use crate::signing::{Person, Wanted};
use crate::state::App;

pub(crate) async fn give(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let typed = Typed {
        role: form.get("role").to_owned(),
        group: form.get("group").to_owned(),
        until: form.get("until").to_owned(),
    };
    if let Err(why) = may_change(&app, &person).await {
        return look::refused(&app, &why, &with_typed(&slug, &typed));
    }
    let given = match until(&app, &typed.until) {
        Ok(until) => given(&app, &person, &slug, &typed, until).await,
        Err(wrong) => {
            let wrong = Wrong {
                until: Some(wrong),
                ..Wrong::default()
            };
            return again(&app, &person, &slug, &typed, wrong).await;
        }
    };
    match given.map_err(said) {
        Ok(()) => Redirect::to(&address(&slug)).into_response(),
        Err(Ok(wrong)) => {
            let wrong = Wrong {
                role: Some(wrong),
                ..Wrong::default()
            };
            again(&app, &person, &slug, &typed, wrong).await
        }
        Err(Err(why)) => look::refused(&app, &why, &with_typed(&slug, &typed)),
    }
}

pub(crate) async fn end(
    State(app): State<App>,
    person: Person,
    Path((slug, role)): Path<(String, String)>,
) -> Response {
    if let Err(why) = may_change(&app, &person).await {
        return look::refused(&app, &why, &wanted(&slug));
    }
    let ended = async {
        let (account, _) = find(&app, &person, &slug).await?;
        let theirs = RoleId::parse(&role).filter(|id| account.roles.iter().any(|held| held.id == *id));
        let id = theirs.ok_or(StoreError::Denied(Denied::NoRight))?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<ChangeAccounts>(On::Organisation).await?;
        people::end(&mut permit, id).await?;
        writing.commit().await?;
        Ok::<_, RoleError>(())
    };
    match ended.await.map_err(said) {
        Ok(()) => Redirect::to(&address(&slug)).into_response(),
        Err(Ok(wrong)) => {
            let wrong = Wrong {
                all: Some(wrong),
                ..Wrong::default()
            };
            again(&app, &person, &slug, &Typed::default(), wrong).await
        }
        Err(Err(why)) => look::refused(&app, &why, &wanted(&slug)),
    }
}

async fn given(
    app: &App,
    person: &Person,
    slug: &str,
    typed: &Typed,
    until: Option<DateTime<Utc>>,
) -> Result<(), RoleError> {
    let no = || StoreError::Denied(Denied::NoRight);
    let to = parse(slug)?;
    let role = Role::named(&typed.role).ok_or_else(no)?;
    let group = match typed.group.as_str() {
        "" => None,
        group => Some(Slug::parse(group).map_err(|_| no())?),
    };
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeAccounts>(On::Organisation).await?;
    people::give(&mut permit, &to, role, group.as_ref(), until).await?;
    Ok(writing.commit().await?)
}

/// The end of the day that was typed; none was typed: no end.
fn until(app: &App, typed: &str) -> Result<Option<DateTime<Utc>>, String> {
    if typed.is_empty() {
        return Ok(None);
    }
    let words = app.words();
    let day = NaiveDate::parse_from_str(typed, "%Y-%m-%d").map_err(|_| words.say("people-until-wrong"))?;
    let next = day.succ_opt().ok_or_else(|| words.say("people-until-wrong"))?;
    let end = midnight(app.settings().zone, next);
    if end <= app.now() {
        return Err(words.say("people-until-past"));
    }
    Ok(Some(end))
}

async fn again(app: &App, person: &Person, slug: &str, typed: &Typed, wrong: Wrong) -> Response {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    match draw(app, person, slug, typed, &wrong, status).await {
        Ok(page) => page,
        Err(why) => look::refused(app, &why, &wanted(slug)),
    }
}

/// Back to the form with what was typed in it.
fn with_typed(slug: &str, typed: &Typed) -> Wanted {
    let query: String = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("role", &typed.role)
        .append_pair("group", &typed.group)
        .append_pair("until", &typed.until)
        .finish();
    Wanted::parse(&format!("{}?{query}", address(slug)))
}
