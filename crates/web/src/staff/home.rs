//! `GET /staff`: what needs me today, by what I hold.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;

use super::{Place, is_half_signed_in, is_staff, page, said_roles};
use crate::look;
use crate::look::parts;
use crate::signing::{Person, Wanted};
use crate::state::App;

pub(crate) async fn show(State(app): State<App>, person: Person) -> Response {
    if !is_staff(&person.0) {
        return look::gone(&app);
    }
    if is_half_signed_in(&person.0) {
        return Redirect::to(&Wanted::parse("/staff").after("/sign-in/second")).into_response();
    }
    let words = app.words();
    let body = html! {
        h1 { (words.say("staff-home")) }
        p.lead { (said_roles(&app, &person.0)) }
        (parts::empty(&words.say("staff-nothing"), &words.say("staff-nothing-more"), None))
    };
    page(&app, &person, Place::Home, body)
}
