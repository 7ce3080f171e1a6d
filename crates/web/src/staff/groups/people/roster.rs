//! `GET /staff/groups/{slug}/people`: who leads the group and who is in it, as far as one may see it.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::groups::{Kind, Slug};
use domain::people::Role;
use maud::{Markup, html};
use serde::Deserialize;
use store::acts::{ChangeRoster, SeeRoster};
use store::groups::Ours;
use store::invitations::{self, To, Waiting};
use store::people::{self, InGroup};
use store::{On, StoreError};

use super::ending::end;
use super::{here, wanted};
use crate::form::Form;
use crate::look;
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::saying;
use crate::signing::Person;
use crate::staff::applicants::members::brought_in;
use crate::staff::{Place, page_with, roles};
use crate::state::App;
use crate::words::FluentValue;

/// What was ended just now, so that it can be taken back.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Ended {
    person: String,
    role: String,
    /// What else was done.
    done: String,
}

/// What is wrong with what was typed, at its form.
#[derive(Debug, Default)]
pub(super) struct Wrong {
    pub leader: Option<String>,
    pub handle: Option<String>,
    pub mail: Option<String>,
    /// With the group's people as they are.
    pub all: Option<String>,
}

/// Everything on the page.
struct Shown {
    ours: Ours,
    roster: Vec<InGroup>,
    /// Those who were brought in from elsewhere, for whom that may be told.
    brought_in: Vec<Slug>,
    /// Only for who may change it.
    waiting: Option<Vec<Waiting>>,
}

pub(crate) async fn list(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    Query(ended): Query<Ended>,
) -> Response {
    draw(
        &app,
        &person,
        &slug,
        StatusCode::OK,
        &Form::default(),
        &Wrong::default(),
        &ended,
    )
    .await
}

/// The page once more, with what was typed and what is wrong with it.
pub(super) async fn again(app: &App, person: &Person, slug: &str, typed: &Form, wrong: &Wrong) -> Response {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    draw(app, person, slug, status, typed, wrong, &Ended::default()).await
}

async fn draw(
    app: &App,
    person: &Person,
    slug: &str,
    status: StatusCode,
    typed: &Form,
    wrong: &Wrong,
    ended: &Ended,
) -> Response {
    let shown = match read(app, person, slug).await {
        Ok(shown) => shown,
        Err(why) => return look::refused(app, &why, &wanted(slug)),
    };
    let title = shown
        .ours
        .listing
        .as_ref()
        .map(|listing| listing.title.to_string());
    let body = body(app, person, &shown, typed, wrong, ended);
    let up = (format!("/staff/groups/{slug}"), title.unwrap_or_default());
    page_with(app, status, person, Place::Groups, Some(up), body)
}

async fn read(app: &App, person: &Person, slug: &str) -> Result<Shown, StoreError> {
    let slug = super::super::parse(slug)?;
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeeRoster>(On::Group(&slug)).await?;
    let roster = people::roster(&mut permit).await?;
    drop(reading);
    let ours = super::super::find(app, person, slug.as_str()).await?;
    let waiting = if roles(&person.0).contains(&Role::Coordinator) {
        Some(waiting(app, person, &slug).await?)
    } else {
        None
    };
    let brought_in = brought_in(app, person, &slug).await.unwrap_or_default();
    Ok(Shown {
        ours,
        roster,
        brought_in,
        waiting,
    })
}

async fn waiting(app: &App, person: &Person, slug: &Slug) -> Result<Vec<Waiting>, StoreError> {
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeRoster>(On::Group(slug)).await?;
    invitations::waiting_here(&mut permit).await
}

fn body(app: &App, person: &Person, shown: &Shown, typed: &Form, wrong: &Wrong, ended: &Ended) -> Markup {
    let words = app.words();
    let (members, leaders): (Vec<&InGroup>, Vec<&InGroup>) =
        shown.roster.iter().partition(|one| one.role.role == Role::Member);
    let brought = members
        .iter()
        .filter(|one| shown.brought_in.contains(&one.person))
        .count();
    let may_change = shown.waiting.is_some();
    let kind = shown
        .ours
        .listing
        .as_ref()
        .map_or(Kind::Support, |listing| listing.kind);
    let ends = may_change.then_some(kind);
    let reaches = reaches(person);
    let here = here(shown.ours.slug.as_str());
    html! {
        h1 { (words.say("roster")) }
        @if let Some(listing) = &shown.ours.listing { p.lead { (listing.title) } }
        @if let Some(wrong) = &wrong.all { (parts::mistakes(Tone::Clay, wrong, "", &[])) }
        @if ended.done == "invited" && may_change { (parts::notice(Tone::Plain, &words.say("roster-invited"), html! { (words.say("roster-invited-more")) })) }
        (undo(app, &here, ended, may_change))
        section {
            h2 { (words.say("roster-leaders")) }
            @if leaders.is_empty() { p { (words.say("roster-no-leaders")) } }
            ul.rows { @for one in leaders { li { (row(app, &here, one, ends, None)) } } }
            @if may_change { (invite_leader(app, &here, typed, wrong)) }
        }
        section {
            h2 { (words.with("roster-members", &[("many", members.len().into())])) }
            @if brought > 0 { p.meta { (words.with("roster-brought", &[("brought", brought.into())])) } }
            @if members.is_empty() { (parts::empty(&words.say("roster-nobody"), &words.say("roster-nobody-more"), None)) }
            ul.rows { @for one in members { li { (row(app, &here, one, ends, reaches)) } } }
            @if may_change { (take_in(app, &here, &shown.ours, typed, wrong)) }
        }
        @if let Some(waiting) = shown.waiting.as_ref().filter(|waiting| !waiting.is_empty()) {
            section {
                h2 { (words.say("roster-waiting")) }
                ul.rows { @for one in waiting { li { (invited(app, &here, one)) } } }
            }
        }
    }
}

/// The words of the way to reach a member, for whom there is one; supervisors only open it in an emergency.
fn reaches(person: &Person) -> Option<&'static str> {
    let roles = roles(&person.0);
    let reaches = |role: &Role| matches!(role, Role::Coordinator | Role::Leader | Role::CoLeader);
    if roles.iter().any(reaches) {
        Some("roster-reach")
    } else {
        roles.contains(&Role::Supervisor).then_some("broken-open")
    }
}

/// Someone, with how to reach them and, for who may end it, the end of their role in a group of that kind.
fn row(app: &App, here: &str, one: &InGroup, ends: Option<Kind>, reaches: Option<&str>) -> Markup {
    let words = app.words();
    let since = FluentValue::from(app.day(one.role.from));
    let is_member = one.role.role == Role::Member;
    html! {
        div {
            p { b { (one.handle) } @if !is_member { " · " (saying::role(words, one.role.role)) } }
            p.meta { (words.with("roster-since", &[("when", since)])) }
        }
        div.acts {
            @if let Some(reaches) = reaches {
                @let said = words.say(reaches);
                a.textlink href=(format!("{here}/{}", one.person)) aria-label=(format!("{said}: {}", one.handle)) { (said) }
            }
            @if let Some(kind) = ends { (end(app, here, one, kind)) }
        }
    }
}

fn undo(app: &App, here: &str, ended: &Ended, may_change: bool) -> Markup {
    let words = app.words();
    let role = Role::named(&ended.role).filter(|_| may_change && Slug::parse(&ended.person).is_ok());
    let (kind, said) = if role == Some(Role::Member) {
        ("members", "roster-removed")
    } else {
        ("leaders", "roster-ended")
    };
    html! {
        @if role.is_some() {
            (parts::notice(Tone::Plain, &words.say(said), html! {
                form method="post" action=(format!("{here}/{kind}/restoration")) {
                    (once::field())
                    input type="hidden" name="person" value=(ended.person);
                    input type="hidden" name="role" value=(ended.role);
                    button.textlink type="submit" { (words.say("undo")) }
                }
            }))
        }
    }
}

fn invite_leader(app: &App, here: &str, typed: &Form, wrong: &Wrong) -> Markup {
    let words = app.words();
    let mail = Field {
        name: "leader",
        label: words.say("field-mail"),
        kind: "email",
        value: typed.get("leader"),
        error: wrong.leader.clone(),
        ..Field::default()
    };
    // Supervisors stand higher than whoever takes people in here: an admin appoints them.
    let roles = [Role::Leader, Role::CoLeader, Role::Facilitator].map(|role| {
        let name = role.name().to_owned();
        let is_chosen = typed.get("role") == name;
        (name, saying::role(words, role), is_chosen)
    });
    html! {
        details.adding open[wrong.leader.is_some()] {
            summary { (words.say("roster-invite-leader")) }
            form.stack method="post" action=(format!("{here}/leaders")) {
                (once::field())
                (mail.draw())
                (parts::select("role", &words.say("people-which"), &roles))
                div.acts { button.button type="submit" { (words.say("invitations-act")) } }
            }
        }
    }
}

/// People come into a support group as they are. Into a therapy group they come after a conversation.
fn take_in(app: &App, here: &str, ours: &Ours, typed: &Form, wrong: &Wrong) -> Markup {
    let words = app.words();
    if ours
        .listing
        .as_ref()
        .is_none_or(|listing| listing.kind == Kind::Therapy)
    {
        return html! { p.meta { (words.say("roster-therapy")) " " a href=(format!("/staff/groups/{}/members", ours.slug)) { (words.say("members")) } } };
    }
    let handle = Field {
        name: "handle",
        label: words.say("roster-handle"),
        hint: Some(words.say("roster-handle-hint")),
        value: typed.get("handle"),
        error: wrong.handle.clone(),
        ..Field::default()
    };
    let mail = Field {
        name: "mail",
        label: words.say("field-mail"),
        kind: "email",
        value: typed.get("mail"),
        error: wrong.mail.clone(),
        ..Field::default()
    };
    html! {
        details.adding open[wrong.handle.is_some()] {
            summary { (words.say("roster-add-handle")) }
            form.stack method="post" action=(format!("{here}/members")) {
                (once::field())
                (handle.draw())
                div.acts { button.button type="submit" { (words.say("roster-add-act")) } }
            }
        }
        details.adding open[wrong.mail.is_some()] {
            summary { (words.say("roster-add-mail")) }
            form.stack method="post" action=(format!("{here}/members")) {
                (once::field())
                (mail.draw())
                div.acts { button.button type="submit" { (words.say("invitations-act")) } }
            }
        }
    }
}

fn invited(app: &App, here: &str, one: &Waiting) -> Markup {
    let words = app.words();
    let to = match &one.to {
        To::Address(mail) => mail.to_string(),
        To::Someone | To::FirstAdmin => words.say("invitations-someone"),
    };
    let until = FluentValue::from(app.moment(one.expires_at));
    html! {
        div {
            p { b { (to) } " · " (saying::role(words, one.role)) }
            p.meta { (words.with("roster-until", &[("when", until)])) }
        }
        form method="post" action=(format!("{here}/invitations/{}/withdrawal", one.id)) {
            (once::field())
            @let said = words.say("invitations-withdraw");
            button.textlink type="submit" aria-label=(format!("{said}: {to}")) { (said) }
        }
    }
}
