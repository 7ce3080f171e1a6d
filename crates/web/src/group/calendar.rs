//! `/groups/{slug}/calendar.ics`: when and where, under a neutral title, and nothing more.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::groups::{Address, Listing, Seats};
use domain::schedule::{Rule, Schedule};
use feeds::icalendar::{Entry, calendar};

use super::find;
use crate::look;
use crate::saying;
use crate::state::App;
use crate::words::Words;

pub(crate) async fn show(State(app): State<App>, Path(slug): Path<String>) -> Response {
    let published = match find(&app, &slug).await {
        Ok(Some(published)) => published,
        Ok(None) => return look::not_found(State(app)).await,
        Err(error) => return look::our_fault(&app, &error),
    };
    let listing = &published.listing;
    let (Some(schedule), None) = (listing.schedule(), published.gone) else {
        return look::not_found(State(app)).await;
    };
    let Some((begins, until)) = between(listing, schedule, app.now()) else {
        return look::not_found(State(app)).await;
    };
    let title = title(app.words(), listing);
    let entry = Entry {
        uid: &format!("{slug}@{}", app.settings().host()),
        title: &title,
        schedule,
        begins,
        until,
        place: place(listing),
        url: None,
        stamp: published.changed_at,
    };
    let headers = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"calendar.ics\""),
    ];
    (headers, calendar(&[entry])).into_response()
}

/// From when to when a calendar holds its meetings; nothing for a group that has none to come.
pub(crate) fn between(
    listing: &Listing,
    schedule: &Schedule,
    now: DateTime<Utc>,
) -> Option<(NaiveDate, Option<NaiveDate>)> {
    let today = now.with_timezone(&schedule.zone).date_naive();
    let (begins, until) = match listing.seats {
        Seats::Ended { on: None } | Seats::Paused { until: None } => return None,
        Seats::Starts(first) | Seats::Paused { until: Some(first) } => (first, None),
        Seats::Ended { on } => (schedule.from, on),
        _ => (schedule.from, None),
    };
    // A feed's schedule has no beginning of its own: a calendar need not hold years of past meetings.
    Some((
        begins.max(today.checked_sub_days(Days::new(7)).unwrap_or(today)),
        until,
    ))
}

/// "Thursday, 6:30 pm", "Wednesdays and Sundays, 10 am": the calendar lies open on shared phones.
pub(crate) fn title(words: &Words, listing: &Listing) -> String {
    match listing.schedule().map(|schedule| (&schedule.rule, schedule.time)) {
        Some((Rule::Weekly { days, .. }, time)) if days.len() == 1 => {
            let day = saying::weekday(words, days[0]);
            let time = saying::clock(words, time);
            words.with("day-at-time", &[("day", day.into()), ("time", time.into())])
        }
        _ => saying::rule_at_time(words, listing),
    }
}

/// The street address where it is public; not the name of the place, which may tell what meets there.
pub(crate) fn place(listing: &Listing) -> Option<&str> {
    match &listing.place.site()?.address {
        Address::Exact { line, .. } => Some(line.as_str()),
        Address::Withheld { .. } => None,
    }
}
