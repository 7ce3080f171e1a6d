//! `GET /staff/invitations`: who was invited and has not come yet; `POST` invites, withdraws, or sends the letter again.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Denied;
use domain::groups::{Mail, Slug};
use domain::people::Role;
use maud::{Markup, html};
use store::acts::{ChangeAccounts, SeeAccounts};
use store::invitations::{self, InvitationError, InvitationId, To, Waiting};
use store::people::RoleError;
use store::signing::link::Letter;
use store::{On, StoreError};

use super::{Groups, group_options, may_change, role_options, whereabouts};
use crate::form::Form;
use crate::letters;
use crate::look;
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::saying;
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with, roles};
use crate::state::App;

const HERE: &str = "/staff/invitations";

/// What is wrong with what was typed.
#[derive(Debug, Default)]
struct Wrong {
    mail: Option<String>,
    all: Option<String>,
}

pub(crate) async fn list(State(app): State<App>, person: Person) -> Response {
    draw(&app, &person, &Form::default(), &Wrong::default(), StatusCode::OK).await
}

pub(crate) async fn create(State(app): State<App>, person: Person, typed: Form) -> Response {
    if let Err(why) = may_change(&app, &person).await {
        return look::refused(&app, &why, &Wanted::parse(HERE));
    }
    let wrong = match Mail::parse(typed.get("mail")) {
        Ok(mail) => match invite(&app, &person, &mail, &typed).await.map_err(said) {
            Ok(()) => return Redirect::to(HERE).into_response(),
            Err(Ok(all)) => Wrong {
                all: Some(all),
                ..Wrong::default()
            },
            Err(Err(why)) => return look::refused(&app, &why, &Wanted::parse(HERE)),
        },
        Err(why) => Wrong {
            mail: Some(why.to_string()),
            ..Wrong::default()
        },
    };
    draw(&app, &person, &typed, &wrong, StatusCode::UNPROCESSABLE_ENTITY).await
}

pub(crate) async fn withdraw(State(app): State<App>, person: Person, Path(id): Path<String>) -> Response {
    if let Err(why) = may_change(&app, &person).await {
        return look::refused(&app, &why, &Wanted::parse(HERE));
    }
    let withdrawn = async {
        let id = InvitationId::parse(&id).ok_or(StoreError::Denied(Denied::NoRight))?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<ChangeAccounts>(On::Organisation).await?;
        invitations::withdraw(&mut permit, id).await?;
        writing.commit().await
    };
    answer(&app, withdrawn.await)
}

pub(crate) async fn send_again(State(app): State<App>, person: Person, Path(id): Path<String>) -> Response {
    if let Err(why) = may_change(&app, &person).await {
        return look::refused(&app, &why, &Wanted::parse(HERE));
    }
    let (subject, body) = letter(&app);
    let letter = Letter {
        subject: &subject,
        body: &body,
    };
    let sent = async {
        let id = InvitationId::parse(&id).ok_or(StoreError::Denied(Denied::NoRight))?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<ChangeAccounts>(On::Organisation).await?;
        invitations::send_again(&mut permit, id, &letter).await?;
        writing.commit().await
    };
    answer(&app, sent.await)
}

fn answer(app: &App, done: Result<(), StoreError>) -> Response {
    match done {
        Ok(()) => Redirect::to(HERE).into_response(),
        Err(why) => look::refused(app, &why, &Wanted::parse(HERE)),
    }
}

async fn invite(app: &App, person: &Person, mail: &Mail, typed: &Form) -> Result<(), InvitationError> {
    let no = || StoreError::Denied(Denied::NoRight);
    let role = Role::named(typed.get("role")).ok_or_else(no)?;
    let group = match typed.get("group") {
        "" => None,
        group => Some(Slug::parse(group).map_err(|_| no())?),
    };
    let (subject, body) = letter(app);
    let letter = Letter {
        subject: &subject,
        body: &body,
    };
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeAccounts>(On::Organisation).await?;
    invitations::invite(&mut permit, mail, role, group.as_ref(), &letter).await?;
    Ok(writing.commit().await?)
}

/// It names neither the role nor a group: who else reads the mail learns nothing.
fn letter(app: &App) -> (String, impl Fn(&str) -> String + Send + Sync + '_) {
    let words = app.words();
    let body = move |token: &str| letters::invitation(words, app.settings(), token);
    (letters::subject(words), body)
}

/// What is for a person to read, at the form; else it is a page of its own.
fn said(why: InvitationError) -> Result<String, StoreError> {
    match why {
        InvitationError::Role(RoleError::Store(why)) => Err(why),
        other => Ok(other.to_string()),
    }
}

async fn draw(app: &App, person: &Person, typed: &Form, wrong: &Wrong, status: StatusCode) -> Response {
    let found = async {
        let mut reading = app.store().read(person.who()).await?;
        let mut permit = reading.permit::<SeeAccounts>(On::Organisation).await?;
        let waiting = invitations::waiting(&mut permit).await?;
        drop(reading);
        Ok((waiting, Groups::read(app).await?))
    };
    let (waiting, groups) = match found.await {
        Ok(found) => found,
        Err(why) => return look::refused(app, &why, &Wanted::parse(HERE)),
    };
    let words = app.words();
    let runs = roles(&person.0).contains(&Role::Admin);
    let body = html! {
        h1 { (words.say("invitations")) }
        @if runs { (form(app, &groups, typed, wrong)) }
        section {
            h2 { (words.say("invitations-waiting")) }
            @if waiting.is_empty() {
                (parts::empty(&words.say("invitations-none"), &words.say("invitations-none-more"), None))
            }
            ul.rows { @for one in &waiting { li { (row(app, &groups, one, runs)) } } }
        }
    };
    let up = Some(("/staff/people".to_owned(), words.say("people")));
    page_with(app, status, person, Place::People, up, body)
}

fn form(app: &App, groups: &Groups, typed: &Form, wrong: &Wrong) -> Markup {
    let words = app.words();
    let mail = Field {
        name: "mail",
        label: words.say("field-mail"),
        kind: "email",
        value: typed.get("mail"),
        error: wrong.mail.clone(),
        ..Field::default()
    };
    html! {
        form.stack method="post" action=(HERE) {
            (once::field())
            @if let Some(wrong) = &wrong.all { (parts::mistakes(Tone::Clay, wrong, "", &[])) }
            (mail.draw())
            (parts::select("role", &words.say("people-which"), &role_options(app, typed.get("role"))))
            (parts::select("group", &words.say("people-where"), &group_options(app, groups, typed.get("group"))))
            p.hint { (words.say("invitations-what")) }
            div.acts { button.button type="submit" { (words.say("invitations-act")) } }
        }
    }
}

fn row(app: &App, groups: &Groups, one: &Waiting, runs: bool) -> Markup {
    let words = app.words();
    let mail = match &one.to {
        To::Address(mail) => mail.to_string(),
        To::FirstAdmin => words.say("invitations-first"),
        To::Someone => words.say("invitations-someone"),
    };
    let told = [
        ("role", saying::role(words, one.role).into()),
        ("where", whereabouts(app, groups, one.group.as_ref()).into()),
        ("made", app.day(one.made_at).into()),
        ("until", app.day(one.expires_at).into()),
    ];
    let act = |what: &str, said: String| {
        html! {
            form method="post" action=(format!("{HERE}/{}/{what}", one.id)) {
                (once::field())
                button.textlink type="submit" aria-label=(format!("{said}: {mail}")) { (said) }
            }
        }
    };
    html! {
        p { b { (mail) } }
        p.meta { (words.with("invitations-row", &told)) }
        @if runs {
            div.acts {
                @if matches!(one.to, To::Address(_)) { (act("letter", words.say("invitations-again"))) }
                (act("withdrawal", words.say("invitations-withdraw")))
            }
        }
    }
}
