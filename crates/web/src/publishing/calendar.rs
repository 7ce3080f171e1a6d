//! `/groups/calendar.ics?…`: the groups of a search as one calendar, with the parameters of `/groups`.
//!
//! Titles are neutral ("Thursday, 6:30 pm"): a calendar lies open on shared phones. At most [`MOST`] groups.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use feeds::icalendar::{Entry as Dates, calendar};
use finder::Entry;

use crate::finding::{Asked, Near};
use crate::group::calendar::{between, place, title};
use crate::state::App;

/// Groups of one calendar.
const MOST: usize = 200;

pub(crate) async fn show(State(app): State<App>, RawQuery(query): RawQuery) -> Response {
    let words = app.words();
    let asked = Asked::read(&query.unwrap_or_default()).knowing(&app.content().topics);
    let wrong = |said: String| (StatusCode::UNPROCESSABLE_ENTITY, said + "\n").into_response();
    if let Some(problem) = asked.problems.first() {
        return wrong(words.with(problem.sentence, &[("value", problem.value.as_str().into())]));
    }
    let near = match asked.resolve() {
        Near::Nowhere => None,
        Near::Here(place) => Some(place.point),
        Near::Several(_) => {
            return wrong(words.with("near-several", &[("value", asked.near.as_str().into())]));
        }
        Near::Unknown(sentence) => {
            return wrong(words.with(sentence, &[("value", asked.near.as_str().into())]));
        }
    };
    let asked = asked.on(app.now(), near);
    let mut query = asked.query(near);
    query.page = 1;
    query.page_size = MOST;
    let found: Vec<_> = app
        .snapshot()
        .find(&query, app.now())
        .groups()
        .take(MOST)
        .collect();
    let headers = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"calendar.ics\""),
    ];
    (headers, text(&app, found.iter().map(|hit| &hit.entry))).into_response()
}

/// The calendar of these groups; those that have no meeting to come are not in it.
pub(super) fn text<'a>(app: &App, entries: impl Iterator<Item = &'a Entry>) -> String {
    let host = app.settings().host();
    let named: Vec<_> = entries
        .filter_map(|entry| {
            let listing = &entry.listing;
            let schedule = listing.schedule()?;
            let (begins, until) = between(listing, schedule, app.now())?;
            let uid = format!("{}@{host}", entry.slug);
            Some((entry, schedule, begins, until, uid, title(app.words(), listing)))
        })
        .collect();
    let dates: Vec<Dates> = named
        .iter()
        .map(|(entry, schedule, begins, until, uid, title)| Dates {
            uid,
            title,
            schedule,
            begins: *begins,
            until: *until,
            place: place(&entry.listing),
            url: None,
            stamp: entry.changed,
        })
        .collect();
    calendar(&dates)
}
