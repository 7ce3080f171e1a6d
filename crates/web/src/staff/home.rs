//! `GET /staff`: what needs me today, by what I hold.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;

use super::{Place, is_half_signed_in, page, roles};
use crate::look;
use crate::look::parts;
use crate::saying;
use crate::signing::{Person, Wanted};
use crate::state::App;

pub(crate) async fn show(State(app): State<App>, person: Person) -> Response {
    if !roles(&person.0).iter().any(|role| role.is_staff()) {
        return look::gone(&app);
    }
    if is_half_signed_in(&person.0) {
        return Redirect::to(&Wanted::parse("/staff").after("/sign-in/second")).into_response();
    }
    let needs: Vec<Need> = Vec::new();
    let words = app.words();
    let roles: Vec<String> = roles(&person.0)
        .iter()
        .map(|role| saying::role(words, *role))
        .collect();
    let body = html! {
        h1 { (words.say("staff-home")) }
        p.lead { (roles.join(", ")) }
        @if needs.is_empty() {
            (parts::empty(&words.say("staff-nothing"), &words.say("staff-nothing-more"), None))
        } @else {
            ul.needs {
                @for need in &needs {
                    li.ochre[need.pressing] { a href=(need.address) { (need.said) } }
                }
            }
        }
    };
    page(&app, &person, Place::Home, body)
}

/// Something that waits for someone: one sentence, and where it is done. The most pressing come first.
pub(crate) struct Need {
    pub said: String,
    pub address: String,
    pub pressing: bool,
}
