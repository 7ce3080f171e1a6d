//! `GET /staff/holds`: what must not go, whatever the rules say; `POST` puts a hold on, `POST …/end` ends it. Who runs listings holds
//! groups; people are held by coordinators, and those of the staff by admins.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Denied;
use domain::groups::Slug;
use domain::people::Role;
use domain::text::Line;
use maud::{Markup, html};
use store::acts::{ChangeAccounts, ChangeContact, RunListings, SeeAccounts, SeeRoster};
use store::retention::{self, Hold, HoldId, HoldOn};
use store::{On, StoreError, people};

use super::running::Groups;
use super::{Place, page_with, roles};
use crate::form::Form;
use crate::look;
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::signing::{Person, Wanted};
use crate::state::App;
use crate::words::FluentValue;

const HERE: &str = "/staff/holds";

struct Found {
    holds: Vec<Hold>,
    /// Whom one may be put on: address and name.
    people: Vec<(Slug, String)>,
    groups: Groups,
}

pub(crate) async fn list(State(app): State<App>, person: Person) -> Response {
    draw(&app, &person, &Form::default(), None, StatusCode::OK).await
}

pub(crate) async fn create(State(app): State<App>, person: Person, typed: Form) -> Response {
    if let Err(why) = may_hold(&app, &person).await {
        return look::refused(&app, &why, &Wanted::parse(HERE));
    }
    let words = app.words();
    let wrong = match Line::parse(typed.get("reason")) {
        Err(why) => why.to_string(),
        Ok(_) if typed.get("on").is_empty() => words.say("holds-nothing"),
        Ok(reason) => match put(&app, &person, typed.get("on"), &reason).await {
            Ok(()) => return Redirect::to(HERE).into_response(),
            Err(why) => return look::refused(&app, &why, &Wanted::parse(HERE)),
        },
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    draw(&app, &person, &typed, Some(&wrong), status).await
}

pub(crate) async fn end(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    typed: Form,
) -> Response {
    let ended = async {
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<RunListings>(On::Organisation).await?;
        let id = HoldId::parse(&id).ok_or(StoreError::Denied(Denied::NoRight))?;
        if typed.get("on") == "group" {
            retention::release_group(&mut permit, id).await?;
        } else if coordinates(&person) {
            let mut permit = writing.permit::<ChangeContact>(On::Organisation).await?;
            retention::release_person(&mut permit, id).await?;
        } else {
            let mut permit = writing.permit::<ChangeAccounts>(On::Organisation).await?;
            retention::release_account(&mut permit, id).await?;
        }
        writing.commit().await
    };
    match ended.await {
        Ok(()) => Redirect::to(HERE).into_response(),
        Err(why) => look::refused(&app, &why, &Wanted::parse(HERE)),
    }
}

/// Asked before anything that was sent is looked at.
async fn may_hold(app: &App, person: &Person) -> Result<(), StoreError> {
    let mut writing = app.store().write(person.who()).await?;
    writing.permit::<RunListings>(On::Organisation).await?;
    Ok(())
}

/// By which right they hold people; the store asks for that right itself.
fn coordinates(person: &Person) -> bool {
    roles(&person.0).contains(&Role::Coordinator)
}

async fn put(app: &App, person: &Person, on: &str, reason: &Line) -> Result<(), StoreError> {
    let no = || StoreError::Denied(Denied::NoRight);
    let (kind, slug) = on.split_once(':').ok_or_else(no)?;
    let slug = Slug::parse(slug).map_err(|_| no())?;
    let mut writing = app.store().write(person.who()).await?;
    match kind {
        "group" => {
            let mut permit = writing.permit::<RunListings>(On::Group(&slug)).await?;
            retention::hold_group(&mut permit, reason).await?;
        }
        "person" if coordinates(person) => {
            let mut permit = writing.permit::<ChangeContact>(On::Person(&slug)).await?;
            retention::hold_person(&mut permit, reason).await?;
        }
        "person" => {
            let mut permit = writing.permit::<ChangeAccounts>(On::Person(&slug)).await?;
            retention::hold_account(&mut permit, reason).await?;
        }
        _ => return Err(no()),
    }
    writing.commit().await
}

async fn read(app: &App, person: &Person) -> Result<Found, StoreError> {
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<RunListings>(On::Organisation).await?;
    let mut holds = retention::on_groups(&mut permit).await?;
    let people = if coordinates(person) {
        let mut permit = reading.permit::<SeeRoster>(On::Organisation).await?;
        holds.extend(retention::on_people(&mut permit).await?);
        let people = retention::people(&mut permit).await?;
        people
            .into_iter()
            .map(|(slug, handle)| (slug, handle.to_string()))
            .collect()
    } else {
        let mut permit = reading.permit::<SeeAccounts>(On::Organisation).await?;
        holds.extend(retention::on_accounts(&mut permit).await?);
        let accounts = people::accounts(&mut permit).await?;
        accounts
            .into_iter()
            .map(|account| (account.slug, account.handle.to_string()))
            .collect()
    };
    drop(reading);
    Ok(Found {
        holds,
        people,
        groups: Groups::read(app).await?,
    })
}

async fn draw(app: &App, person: &Person, typed: &Form, wrong: Option<&str>, status: StatusCode) -> Response {
    let found = match read(app, person).await {
        Ok(found) => found,
        Err(why) => return look::refused(app, &why, &Wanted::parse(HERE)),
    };
    let words = app.words();
    let body = html! {
        h1 { (words.say("holds")) }
        @if let Some(wrong) = wrong { (parts::mistakes(Tone::Clay, wrong, "", &[])) }
        p.lead { (words.say("holds-lead")) }
        @if found.holds.is_empty() { (parts::empty(&words.say("holds-none"), &words.say("holds-none-more"), None)) }
        ul.rows { @for hold in &found.holds { li { (row(app, &found.groups, hold)) } } }
        section {
            h2 { (words.say("holds-new")) }
            (form(app, &found, typed))
        }
    };
    page_with(app, status, person, Place::Groups, None, body)
}

fn form(app: &App, found: &Found, typed: &Form) -> Markup {
    let words = app.words();
    let groups = found.groups.iter().map(|(slug, title)| {
        let said = words.with("holds-group", &[("title", FluentValue::from(title.as_str()))]);
        (format!("group:{slug}"), said)
    });
    let people = found.people.iter().map(|(slug, name)| {
        let said = words.with("holds-person", &[("name", FluentValue::from(name.as_str()))]);
        (format!("person:{slug}"), said)
    });
    let options: Vec<(String, String)> = groups.chain(people).collect();
    let on = Field {
        name: "on",
        label: words.say("holds-on"),
        value: typed.get("on"),
        ..Field::default()
    };
    let reason = Field {
        name: "reason",
        label: words.say("holds-reason"),
        hint: Some(words.say("holds-reason-hint")),
        value: typed.get("reason"),
        ..Field::default()
    };
    html! {
        form.stack method="post" action=(HERE) {
            (once::field())
            (on.draw_choice(&words.say("holds-choose"), &options))
            (reason.draw())
            div.acts { button.button type="submit" { (words.say("holds-act")) } }
        }
    }
}

fn row(app: &App, groups: &Groups, hold: &Hold) -> Markup {
    let words = app.words();
    let (kind, on) = match &hold.on {
        HoldOn::Group(slug) => ("group", groups.title(slug).unwrap_or_default().to_owned()),
        HoldOn::Person(_, handle) => ("person", handle.to_string()),
    };
    let said = words.say("holds-end");
    html! {
        div {
            p { b { (on) } }
            p { (hold.reason) }
            p.meta { (words.with("holds-since", &[("day", FluentValue::from(app.day(hold.put_at)))])) }
        }
        form method="post" action=(format!("{HERE}/{}/end", hold.id)) {
            (once::field())
            input type="hidden" name="on" value=(kind);
            button.button.plain.small type="submit" aria-label=(format!("{said}: {on}")) { (said) }
        }
    }
}
