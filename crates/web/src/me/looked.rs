//! `/me/looked`: who looked at what is kept about me, as what, and when.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::access::Class;
use maud::html;
use store::acts::SeeAudit;
use store::audit::{self, Look};
use store::{On, StoreError};

use super::own_page;
use crate::look;
use crate::look::parts;
use crate::saying;
use crate::signing::{Person, Wanted};
use crate::state::App;

pub(crate) async fn list(State(app): State<App>, person: Person) -> Response {
    let looks = match about_me(&app, &person).await {
        Ok(looks) => looks,
        Err(why) => return look::refused(&app, &why, &Wanted::parse("/me/looked")),
    };
    let words = app.words();
    let body = html! {
        h1 { (words.say("looked")) }
        p.lead { (words.say("looked-lead")) }
        @if looks.is_empty() {
            (parts::empty(&words.say("looked-nobody"), &words.say("looked-nobody-more"), None))
        }
        ul.rows {
            @for look in &looks {
                li {
                    p {
                        b { (words.say(class(look.class))) } " · "
                        @match (look.broke_glass, look.role) {
                            (true, _) => span.label.clay { (words.say("looked-break-glass")) },
                            (false, Some(role)) => (saying::role(words, role)),
                            (false, None) => (words.say("looked-program")),
                        }
                    }
                    p.meta { (app.moment(look.at)) }
                }
            }
        }
    };
    own_page(&app, StatusCode::OK, &person, body)
}

async fn about_me(app: &App, person: &Person) -> Result<Vec<Look>, StoreError> {
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeeAudit>(On::Myself).await?;
    audit::about_me(&mut permit).await
}

fn class(class: Class) -> &'static str {
    match class {
        Class::Listing | Class::Roster | Class::Audit | Class::Account => "kept-account",
        Class::Contact => "kept-contact",
        Class::Screening => "kept-screening",
        Class::Attendance => "kept-attendance",
        Class::Measures => "kept-measures",
        Class::GroupNote => "kept-group-note",
        Class::IndividualNote => "kept-individual-note",
        Class::ProcessNote => "kept-process-note",
        Class::Room => "kept-room",
    }
}
