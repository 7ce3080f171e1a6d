//! `/me/looked`: who looked at what is kept about me, as what, and when; some at a time.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::access::Class;
use maud::{Markup, html};
use serde::Deserialize;
use store::acts::SeeAudit;
use store::audit::{self, Deed, EntryKey, Look, Looks};
use store::{On, StoreError};

use super::own_page;
use crate::look;
use crate::look::parts;
use crate::saying;
use crate::signing::{Person, Wanted};
use crate::staff::running::{Groups, whereabouts};
use crate::state::App;

const A_PAGE: u64 = 50;

/// Where one reads on.
#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    before: String,
}

pub(crate) async fn list(
    State(app): State<App>,
    person: Person,
    Query(Asked { before }): Query<Asked>,
) -> Response {
    let (found, groups) = match about_me(&app, &person, EntryKey::parse(&before)).await {
        Ok(found) => found,
        Err(why) => return look::refused(&app, &why, &Wanted::parse("/me/looked")),
    };
    let words = app.words();
    let body = html! {
        h1 { (words.say("looked")) }
        p.lead { (words.say("looked-lead")) }
        @if found.looks.is_empty() {
            (parts::empty(&words.say("looked-nobody"), &words.say("looked-nobody-more"), None))
        }
        ul.rows { @for look in &found.looks { li { (row(&app, &groups, look)) } } }
        @if let Some(key) = found.before {
            p.acts { a.button.plain href={ "/me/looked?before=" (key) } { (words.say("looked-older")) } }
        }
    };
    own_page(&app, StatusCode::OK, &person, body)
}

fn row(app: &App, groups: &Groups, look: &Look) -> Markup {
    let words = app.words();
    let deed = words.say(match look.deed {
        Deed::Saw => "looked-saw",
        Deed::Changed => "looked-changed",
        Deed::Opened => "looked-opened",
        Deed::Reviewed => "looked-reviewed",
        Deed::Gave => "looked-gave",
    });
    let who = match (look.broke_glass, look.role) {
        (true, _) => words.say("looked-break-glass"),
        (false, Some(role)) => saying::role(words, role),
        (false, None) => words.say("looked-program"),
    };
    html! {
        p {
            b { (words.say(class(look.class))) } " · "
            @match look.deed {
                Deed::Opened => span.label.clay { (deed) },
                Deed::Gave => a href="/me/disclosures" { (deed) },
                Deed::Saw | Deed::Changed | Deed::Reviewed => (deed),
            }
        }
        p.meta {
            (who)
            @if look.group.is_some() { " · " (whereabouts(app, groups, look.group.as_ref())) }
            " · " (app.moment(look.at))
        }
    }
}

async fn about_me(
    app: &App,
    person: &Person,
    before: Option<EntryKey>,
) -> Result<(Looks, Groups), StoreError> {
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeeAudit>(On::Myself).await?;
    let found = audit::about_me(&mut permit, before, A_PAGE).await?;
    drop(reading);
    Ok((found, Groups::read(app).await?))
}

/// What is kept: "How to reach you".
pub(super) fn class(class: Class) -> &'static str {
    match class {
        Class::Listing | Class::Audit | Class::Account | Class::Consent => "kept-account",
        Class::Roster => "kept-roster",
        Class::Contact => "kept-contact",
        Class::Screening => "kept-screening",
        Class::Joining | Class::Intake => "kept-joining",
        Class::Coming | Class::Entrance => "kept-coming",
        Class::Attendance | Class::Plan => "kept-attendance",
        Class::Measures => "kept-measures",
        Class::GroupNote => "kept-group-note",
        Class::IndividualNote | Class::Released => "kept-individual-note",
        Class::ProcessNote => "kept-process-note",
        Class::Room => "kept-room",
    }
}
