//! `/me/joining`: what I have asked for, where I am a member, and what waits for my signature.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::groups::{Listing, Slug};
use domain::joining::Membership;
use domain::schedule::Occurrence;
use maud::{Markup, html};
use store::acts::{SeeApplications, SeeComing};
use store::coming::{self, Mine};
use store::joining::{self, OnTheWay};
use store::leading;
use store::{On, StoreError, agreements};

use super::{address, own_page, saying};
use crate::look;
use crate::look::parts::{self, Tone};
use crate::once;
use crate::signing::{Person, Wanted};
use crate::state::App;
use crate::words::FluentValue;

struct Shown {
    asked: Vec<OnTheWay>,
    memberships: Vec<(Slug, String, Membership)>,
    owing: Vec<(Slug, usize)>,
    coming: Vec<Mine>,
    groups: Vec<(Slug, Listing)>,
}

pub(crate) async fn list(State(app): State<App>, person: Person) -> Response {
    let shown = match read(&app, &person).await {
        Ok(shown) => shown,
        Err(why) => return look::refused(&app, &why, &Wanted::parse("/me/joining")),
    };
    let words = app.words();
    let up = ("/me".to_owned(), words.say("me"));
    own_page(&app, StatusCode::OK, &person, up, body(&app, &shown))
}

async fn read(app: &App, person: &Person) -> Result<Shown, StoreError> {
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeeComing>(On::Myself).await?;
    let coming = coming::all_mine(&mut permit).await?;
    let groups = leading::my_groups(&mut permit).await?;
    let mut permit = reading.permit::<SeeApplications>(On::Myself).await?;
    Ok(Shown {
        coming,
        groups,
        asked: joining::mine(&mut permit).await?,
        memberships: joining::my_memberships(&mut permit).await?,
        owing: agreements::owed_as_member(&mut permit, &app.content().agreements).await?,
    })
}

fn body(app: &App, shown: &Shown) -> Markup {
    let words = app.words();
    html! {
        h1 { (words.say("joining")) }
        (owing(app, &shown.owing))
        @if !shown.groups.is_empty() {
            h2 { (words.say("mine-groups")) }
            ul.rows { @for (slug, listing) in &shown.groups { li { (in_it(app, slug, listing)) } } }
        }
        @if !shown.coming.is_empty() {
            h2 { (words.say("coming-groups")) }
            ul.rows { @for mine in &shown.coming { li { (comes(app, mine)) } } }
        }
        @if shown.asked.is_empty() && shown.memberships.is_empty() && shown.coming.is_empty() && shown.groups.is_empty() {
            (parts::empty(&words.say("joining-none"), &words.say("joining-none-more"), Some(("/groups?kind=therapy", &words.say("group-other-find-therapy")))))
        }
        ul.rows { @for one in &shown.asked { li { (row(app, one)) } } }
        @if !shown.memberships.is_empty() {
            h2 { (words.say("joining-memberships")) }
            ul.rows { @for (slug, title, membership) in &shown.memberships { li { (member(app, slug, title, membership)) } } }
        }
    }
}

/// What waits for one's signature: how many texts in which group. Nobody is told of it who owes nothing.
pub(crate) fn owing(app: &App, owing: &[(Slug, usize)]) -> Markup {
    let words = app.words();
    html! {
        @for (slug, missing) in owing {
            (parts::notice(Tone::Ochre, &words.with("joining-owing", &[("missing", (*missing).into())]), html! {
                a href=(format!("/me/agreements/{slug}")) { (words.say("joining-owing-read")) }
            }))
        }
    }
}

/// A group one is a member of, and when it meets next.
fn in_it(app: &App, slug: &Slug, listing: &Listing) -> Markup {
    let words = app.words();
    html! {
        div {
            p { b { a href=(crate::leading::address(slug.as_str())) { (listing.title) } } }
            p { @match listing.next(app.now()) { Some(next) => (crate::coming::saying::meeting(words, &next)), None => (words.say("coming-no-meetings")) } }
        }
    }
}

/// A support group one comes to, and when next.
fn comes(app: &App, mine: &Mine) -> Markup {
    let words = app.words();
    let to = crate::coming::address(mine.group.as_str());
    let next: Option<&Occurrence> = mine.ahead.iter().find(|meeting| mine.said.comes(meeting.date));
    html! {
        div {
            p { b { a href=(to) { (mine.listing.title) } } }
            p { @match next { Some(next) => (crate::coming::saying::meeting(words, next)), None => (words.say("coming-none")) } }
        }
    }
}

fn row(app: &App, one: &OnTheWay) -> Markup {
    let words = app.words();
    let next = one.next;
    html! {
        div {
            p { b { a href=(address(one.slug.as_str())) { (one.listing.title) } } }
            p { (words.say(saying::state(one.way.state().name()))) " · " (words.say(saying::mine(one.way.state(), next.step))) }
            p.meta { (words.with("joining-asked-on", &[("day", app.day(one.way.facts().asked_at).into())])) }
        }
    }
}

fn member(app: &App, slug: &Slug, title: &str, membership: &Membership) -> Markup {
    let words = app.words();
    let since = FluentValue::from(crate::saying::date_with_year(
        words,
        membership.since,
        app.today(),
    ));
    let goes_on = membership.has_place();
    html! {
        div {
            p { b { (title) } }
            p { (words.say(saying::standing(membership.standing.name()))) " · " (words.with("joining-since", &[("day", since)])) }
            p { a href=(format!("/me/agreements/{slug}")) { (words.say("joining-agreements")) } }
            @if goes_on && membership.standing == domain::joining::Standing::Joined {
                details.adding {
                    summary { (words.say("joining-leave")) }
                    p { (words.say("joining-leave-more")) }
                    form.stack method="post" action=(format!("/me/joining/groups/{slug}/leaving")) {
                        (once::field())
                        (parts::Field { name: "goodbye", label: words.say("joining-goodbye"), hint: Some(words.say("joining-goodbye-hint")), kind: "date", ..parts::Field::default() }.draw())
                        div.acts { button.button.plain type="submit" { (words.say("joining-leave-act")) } }
                    }
                }
            }
        }
    }
}
