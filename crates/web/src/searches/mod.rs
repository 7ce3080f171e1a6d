//! Saved searches: asking to be told when a group opens, the link that makes it so, and the page by which one looks at it, has it go on or
//! ends it. Nobody needs an account for it, and nobody is told whether an address is known here.

pub(crate) mod asking;
pub(crate) mod own;

use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::groups::Slug;
use domain::searches::MOST_FULL;
use finder::{Entry, Family, Query};
use maud::{Markup, html};

use crate::finding::{Asked, Near};
use crate::look::{Here, Page, page_with};
use crate::state::App;

/// So many groups of an answer are looked at: more never open at once.
const ALL: usize = 100_000;

/// What there is to tell of a search now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct News {
    pub is_news: bool,
    /// Groups that it finds and that take nobody.
    pub full: Vec<Slug>,
}

/// Whether one of the groups that this search finds now, as the finder finds them, is new, or was full and takes people again. What is looked
/// for near a place that is not known any more finds nothing.
pub fn news(app: &App, search: &str, (new, full): (&[Slug], &[Slug]), now: DateTime<Utc>) -> News {
    let Some(query) = question(app, search, now) else {
        return News::default();
    };
    let found = find(app, &query, now);
    let has_opened = |one: &Entry| full.contains(&one.slug) && one.listing.seats.takes_people();
    let is_news = found.iter().any(|one| new.contains(&one.slug) || has_opened(one));
    News {
        is_news,
        full: without_a_place(app, query, found, now),
    }
}

fn question(app: &App, search: &str, now: DateTime<Utc>) -> Option<Query> {
    let asked = Asked::read(search).knowing(&app.content().topics);
    let place = match asked.resolve() {
        Near::Nowhere => None,
        Near::Here(place) => Some(place.point),
        Near::Several(_) | Near::Unknown(_) => return None,
    };
    let asked = asked.on(now, place);
    Some(Query {
        page_size: ALL,
        page: 1,
        ..asked.query(place)
    })
}

fn find(app: &App, query: &Query, now: DateTime<Utc>) -> Vec<Entry> {
    let found = app.snapshot().find(query, now).groups();
    found.map(|hit| hit.entry).collect()
}

/// Those that take nobody. Who looks for groups with a place left waits for those that have none.
fn without_a_place(app: &App, mut query: Query, mut found: Vec<Entry>, now: DateTime<Utc>) -> Vec<Slug> {
    let asked = query.facets.len();
    query.facets.retain(|facet| facet.family() != Family::Status);
    if query.facets.len() < asked {
        found = find(app, &query, now);
    }
    found
        .into_iter()
        .filter(|one| !one.listing.seats.takes_people())
        .map(|one| one.slug)
        .take(MOST_FULL)
        .collect()
}

/// The search of a page of results, as it is saved: from its first page, without the list one carries along. None: it looks for everything,
/// or near a place that is not known.
pub(crate) fn savable(asked: &Asked) -> Option<String> {
    if !matches!(asked.resolve(), Near::Nowhere | Near::Here(_)) {
        return None;
    }
    let search = asked.but(|asked| asked.shortlist = crate::shortlist::Chosen::default());
    let link = search.link("");
    let search = link.strip_prefix('?').unwrap_or_default();
    let narrows = !asked.near.is_empty() || !asked.text.is_empty() || !asked.topics.is_empty();
    (narrows || !asked.facets.is_empty()).then(|| search.to_owned())
}

fn page(app: &App, status: StatusCode, body: Markup) -> Response {
    let page = Page {
        title: "finding-title",
        here: Here::Finder,
        up: Some(("/groups".to_owned(), app.words().say("finding-nav"))),
        body: html! { div.narrow-page { (body) } },
    };
    page_with(app, status, page)
}

fn over(app: &App) -> Response {
    let words = app.words();
    let body = html! {
        h1 { (words.say("link-over")) }
        p.lead { (words.say("search-over")) }
        p { a.button href="/groups" { (words.say("finding-nav")) } }
    };
    page(app, StatusCode::NOT_FOUND, body)
}
