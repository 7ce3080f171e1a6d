//! `GET /staff/running/retention`: how long things are kept, and what would go tonight; `POST` sets the days.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::people::Role;
use domain::retention::{Kept, MOST};
use maud::{Markup, html};
use store::acts::{RunInstallation, SeeInstallation};
use store::retention::{self, Due, Lasts};
use store::{On, StoreError};

use crate::form::Form;
use crate::look;
use crate::look::parts::{self, Field, Focus, Tone};
use crate::once;
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with, roles};
use crate::state::App;
use crate::words::FluentValue;

const HERE: &str = "/staff/running/retention";

pub(crate) async fn show(State(app): State<App>, person: Person) -> Response {
    draw(&app, &person, None, StatusCode::OK).await
}

pub(crate) async fn update(State(app): State<App>, person: Person, typed: Form) -> Response {
    let set = async {
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<RunInstallation>(On::Organisation).await?;
        let mut days = Vec::new();
        for kept in Kept::ALL {
            match kept.rule().days(typed.get(&field(kept))) {
                Ok(one) => days.push((kept, one)),
                Err(_) => return Ok::<_, StoreError>(false),
            }
        }
        for (kept, days) in days {
            retention::set_rule(&mut permit, kept, days).await?;
        }
        writing.commit().await?;
        Ok(true)
    };
    match set.await {
        Ok(true) => Redirect::to(HERE).into_response(),
        Ok(false) => draw(&app, &person, Some(&typed), StatusCode::UNPROCESSABLE_ENTITY).await,
        Err(why) => look::refused(&app, &why, &Wanted::parse(HERE)),
    }
}

async fn draw(app: &App, person: &Person, typed: Option<&Form>, status: StatusCode) -> Response {
    let found = async {
        let mut reading = app.store().read(person.who()).await?;
        let mut permit = reading.permit::<SeeInstallation>(On::Organisation).await?;
        let rules = retention::rules(&mut permit).await?;
        Ok::<_, StoreError>((rules, retention::due(&mut permit).await?))
    };
    let (rules, due) = match found.await {
        Ok(found) => found,
        Err(why) => return look::refused(app, &why, &Wanted::parse(HERE)),
    };
    let words = app.words();
    let runs = roles(&person.0).contains(&Role::Admin);
    let rows = html! {
        ul.rows {
            @for (lasts, due) in rules.iter().zip(&due) {
                li {
                    div {
                        p { b { (words.say(name(lasts.rule.kept))) } " · " (lasts.rule.class.name()) }
                        p { (lasts.rule.why) }
                        p.meta { (would_go(app, due)) }
                        @if runs { (days(app, *lasts, typed)) } @else { p.meta { (words.with("retention-kept", &[("days", lasts.days.into())])) } }
                    }
                }
            }
        }
    };
    let body = html! {
        h1 { (words.say("retention")) }
        @if typed.is_some() { (parts::mistakes(Tone::Clay, &words.say("retention-wrong"), "", &[])) }
        p.lead { (words.say("retention-lead")) }
        @if runs {
            form method="post" action=(HERE) {
                (once::field())
                (rows)
                div.acts { button.button type="submit" { (words.say("retention-save")) } }
            }
            p { a href="/staff/holds" { (words.say("holds-link")) } }
        } @else { (rows) }
    };
    let up = Some(("/staff/running".to_owned(), words.say("running")));
    page_with(app, status, person, Place::Running, up, body)
}

fn days(app: &App, lasts: Lasts, typed: Option<&Form>) -> Markup {
    let (words, rule) = (app.words(), lasts.rule);
    let (name, own) = (field(rule.kept), lasts.days.to_string());
    let value = typed.map_or(own.as_str(), |typed| typed.get(&name));
    let told = [
        ("least", FluentValue::from(rule.least)),
        ("most", MOST.into()),
        ("days", rule.days.into()),
    ];
    let field = Field {
        name: &name,
        label: words.say("retention-days"),
        value,
        hint: Some(words.with("retention-limits", &told)),
        error: rule.days(value).err().map(|why| why.to_string()),
        kind: "number",
        focus: Focus::Above,
        ..Field::default()
    };
    field.draw()
}

/// What would go tonight, and what stays because of a hold.
fn would_go(app: &App, due: &Due) -> String {
    let words = app.words();
    let oldest = due.oldest.map(|at| app.day(at)).unwrap_or_default();
    let told = [("rows", FluentValue::from(due.rows)), ("oldest", oldest.into())];
    let mut said = words.with("retention-due", &told);
    if due.held > 0 {
        said.push(' ');
        said.push_str(&words.with("retention-held", &[("held", due.held.into())]));
    }
    said
}

fn field(kept: Kept) -> String {
    format!("days-{}", kept.name())
}

fn name(kept: Kept) -> &'static str {
    match kept {
        Kept::Sessions => "kept-sessions",
        Kept::Letters => "kept-letters",
        Kept::Invitations => "kept-invitations",
        Kept::Links => "kept-links",
        Kept::ImportRows => "kept-import-rows",
        Kept::Reports => "kept-reports",
        Kept::Applications => "kept-applications",
        Kept::Guests => "kept-guests",
        Kept::Forms => "kept-forms",
        Kept::Charts => "kept-charts",
        Kept::SessionRecords => "kept-session-records",
        Kept::ClosedAccounts => "kept-closed-accounts",
        Kept::ExMembers => "kept-ex-members",
    }
}
