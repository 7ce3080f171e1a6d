//! The staff side and one's own pages: one look, and places by what one holds.

pub(crate) mod applicants;
pub(crate) mod broken;
pub(crate) mod feeds;
pub(crate) mod groups;
pub(crate) mod holds;
pub(crate) mod home;
pub(crate) mod leading;
pub(crate) mod records;
pub(crate) mod reports;
pub(crate) mod running;

use axum::http::StatusCode;
use axum::response::Response;
use domain::access::Strength;
use domain::people::Role;
use maud::{Markup, html};
use store::SignedIn;

use crate::look::{Here, Link, Page, page_for};
use crate::once;
use crate::saying;
use crate::signing::Person;
use crate::state::App;

/// A place in the masthead of who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Home,
    Groups,
    Applicants,
    Feeds,
    People,
    Running,
    Audit,
    /// One's own way into a group.
    Joining,
    Me,
}

/// The places of the staff side, and the roles that see each in their menu; none: every role of the staff.
const PLACES: [(Link, &[Role]); 7] = [
    (("/staff", "staff-home-nav", Here::Staff(Place::Home)), &[]),
    (("/staff/groups", "groups", Here::Staff(Place::Groups)), &[]),
    (
        ("/staff/applicants", "applicants", Here::Staff(Place::Applicants)),
        &[Role::Leader, Role::CoLeader, Role::Coordinator, Role::Supervisor],
    ),
    (
        ("/staff/feeds", "feed-addresses-nav", Here::Staff(Place::Feeds)),
        &[Role::Coordinator, Role::Admin],
    ),
    (
        ("/staff/people", "people", Here::Staff(Place::People)),
        &[Role::Admin, Role::Auditor],
    ),
    (
        ("/staff/running", "running-nav", Here::Staff(Place::Running)),
        &[Role::Admin],
    ),
    (
        ("/staff/audit", "audit-nav", Here::Staff(Place::Audit)),
        &[Role::Auditor],
    ),
];

/// The places of their masthead. Whether they may is asked where they go.
pub(crate) fn places(person: &SignedIn) -> Vec<Link> {
    let roles = roles(person);
    let sees = |seen_by: &[Role]| {
        is_staff(person) && (seen_by.is_empty() || roles.iter().any(|role| seen_by.contains(role)))
    };
    let places = PLACES.iter().filter(|(_, seen_by)| sees(seen_by));
    let mut places: Vec<Link> = places.map(|(link, _)| *link).collect();
    // Staff have it among their own pages.
    if !is_staff(person) {
        places.push(("/me/joining", "joining-nav", Here::Staff(Place::Joining)));
    }
    places.push(("/me", "me-nav", Here::Staff(Place::Me)));
    places
}

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
    page_for(app, status, page, Some(&person.0))
}

/// A narrow page about oneself.
pub(crate) fn own_page(app: &App, status: StatusCode, person: &Person, body: Markup) -> Response {
    let body = html! { div.narrow-page { (body) } };
    page_with(app, status, person, Place::Me, None, body)
}

/// Own name, roles and the way out, in the rail.
pub(crate) fn oneself(app: &App, person: &SignedIn) -> Markup {
    let roles = said_roles(app, person);
    html! {
        form.oneself method="post" action="/sign-out" {
            (once::field())
            span.long { (person.handle()) @if !roles.is_empty() { " · " (roles) } }
            button.textlink type="submit" { (app.words().say("sign-out")) }
        }
    }
}

/// What someone holds, each role once, the highest first.
fn roles(person: &SignedIn) -> Vec<Role> {
    let mut roles: Vec<Role> = person.roles().iter().map(|held| held.role).collect();
    roles.sort_by_key(|role| (std::cmp::Reverse(role.rank()), *role));
    roles.dedup();
    roles
}

/// The same in words.
fn said_roles(app: &App, person: &SignedIn) -> String {
    let said = roles(person)
        .into_iter()
        .map(|role| saying::role(app.words(), role));
    said.collect::<Vec<_>>().join(", ")
}

/// Whether they have a place on the staff side.
pub(crate) fn is_staff(person: &SignedIn) -> bool {
    roles(person).iter().any(|role| role.is_staff())
}

/// Whether they are shown what creates and ends groups.
pub(crate) fn runs_listings(person: &SignedIn) -> bool {
    let runs = |role: &Role| matches!(role, Role::Coordinator | Role::Admin);
    roles(person).iter().any(runs)
}

/// Whether a second factor is still to be shown before their roles count.
pub(crate) fn is_half_signed_in(person: &SignedIn) -> bool {
    person.strength() < Strength::Two && roles(person).iter().any(|role| role.needs_second_factor())
}
