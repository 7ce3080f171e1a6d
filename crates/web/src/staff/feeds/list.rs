//! `GET /staff/feeds`: every feed, what needs someone first.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use store::acts::RunListings;
use store::feeds::{self, Known};
use store::{On, StoreError};

use super::{HERE, address, counts, sets_addresses, state};
use crate::look;
use crate::look::parts;
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page};
use crate::state::App;

pub(crate) async fn list(State(app): State<App>, person: Person) -> Response {
    let found = async {
        let mut reading = app.store().read(person.who()).await?;
        let mut permit = reading.permit::<RunListings>(On::Organisation).await?;
        feeds::list(&mut permit).await
    };
    let mut all: Vec<Known> = match found.await {
        Ok(all) => all,
        Err(why @ StoreError::Denied(_)) => return look::refused(&app, &why, &Wanted::parse(HERE)),
        Err(why) => return look::our_fault(&app, &why),
    };
    all.sort_by_key(order);
    let words = app.words();
    let body = html! {
        h1 { (words.say("feeds")) }
        p.lead { (words.say("feed-addresses-lead")) }
        @if sets_addresses(&person) { p { a.button href=(format!("{HERE}/new")) { (words.say("feeds-new")) } } }
        @if all.is_empty() { (parts::empty(&words.say("feeds-none"), &words.say("feeds-none-more"), None)) }
        ul.rows.feeds { @for feed in &all { li { (row(&app, feed)) } } }
    };
    page(&app, &person, Place::Feeds, body)
}

/// What needs someone first, what is removed last.
fn order(feed: &Known) -> (bool, bool, bool) {
    let needs = feed.shrunk.is_some() || feed.problem.is_some();
    (feed.is_removed, !needs, feed.is_paused)
}

fn row(app: &App, feed: &Known) -> Markup {
    html! {
        div {
            a href=(address(feed.id)) { b { (feed.wanted.programme) } }
            (state(app, feed))
            @if let Some(last) = &feed.last { p.meta { (counts(app, last)) } }
        }
    }
}
