//! The staff side and one's own pages: one look, and places by what one holds.

pub(crate) mod groups;
pub(crate) mod home;
pub(crate) mod me;
pub(crate) mod second_factor;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::access::Strength;
use domain::people::Role;
use maud::{Markup, html};
use store::SignedIn;

use crate::look::icons::{self, boat};
use crate::look::{Here, Page, frame};
use crate::saying;
use crate::signing::Person;
use crate::state::App;

/// A place in the masthead of who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Home,
    Groups,
    Me,
}

/// The address of a place, its words, and the roles that see it in their menu; none: everyone. Whether they may is asked
/// where they go.
const PLACES: &[(Place, &str, &str, &[Role])] = &[
    (Place::Home, "/staff", "staff-home-nav", STAFF),
    (Place::Groups, "/staff/groups", "groups", STAFF),
    (Place::Me, "/me", "me-nav", &[]),
];

const STAFF: &[Role] = &[
    Role::Facilitator,
    Role::Leader,
    Role::CoLeader,
    Role::Coordinator,
    Role::Supervisor,
    Role::Admin,
    Role::Auditor,
];

/// A page of who is signed in.
pub(crate) fn page(app: &App, person: &Person, place: Place, body: Markup) -> Response {
    page_with(app, StatusCode::OK, person, place, None, body)
}

pub(crate) fn page_with(
    app: &App,
    status: StatusCode,
    person: &Person,
    place: Place,
    up: Option<(String, String)>,
    body: Markup,
) -> Response {
    let page = Page {
        title: "site-title",
        here: Here::Staff(place),
        up,
        body,
    };
    let mut response = (status, frame(app, page, Some(&person.0)).into_string()).into_response();
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    response
}

/// Own name, roles and the way out, in the rail.
pub(crate) fn oneself(app: &App, person: &SignedIn) -> Markup {
    let words = app.words();
    let roles: Vec<String> = roles(person)
        .iter()
        .map(|role| saying::role(words, *role))
        .collect();
    html! {
        form.oneself method="post" action="/sign-out" {
            span.long { (person.handle()) @if !roles.is_empty() { " · " (roles.join(", ")) } }
            button.textlink type="submit" { (words.say("sign-out")) }
        }
    }
}

pub(crate) fn masthead(app: &App, person: &SignedIn, here: Here) -> Markup {
    let words = app.words();
    let theirs = roles(person);
    let links = html! {
        @for (place, address, said, roles) in PLACES {
            @if roles.is_empty() || roles.iter().any(|role| theirs.contains(role)) {
                a href=(address) aria-current=[(here == Here::Staff(*place)).then_some("page")] { (words.say(said)) }
            }
        }
    };
    html! {
        header.masthead {
            div.wide {
                a.mark href="/" {
                    (boat(46))
                    span { b { (words.say("sameboat")) } span.organisation { (app.settings().organisation.name) } }
                }
                nav.open aria-label=(words.say("nav")) { (links) }
                details.menu {
                    summary { (words.say("menu")) (icons::Icon::Down.draw()) }
                    nav aria-label=(words.say("nav")) { (links) }
                }
            }
            (icons::waterline())
        }
    }
}

/// What someone holds, each role once, the highest first.
pub(crate) fn roles(person: &SignedIn) -> Vec<Role> {
    let mut roles: Vec<Role> = person.roles().iter().map(|held| held.role).collect();
    roles.sort_by_key(|role| (std::cmp::Reverse(role.rank()), *role));
    roles.dedup();
    roles
}

/// Whether a second factor is still to be shown before their roles count.
pub(crate) fn is_half_signed_in(person: &SignedIn) -> bool {
    person.strength() < Strength::Two && roles(person).iter().any(|role| role.needs_second_factor())
}
