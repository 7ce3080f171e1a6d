//! The next dates of a group, and those that differ from its rule.

use chrono::{Datelike, NaiveDate, Offset};
use domain::groups::Listing;
use domain::schedule::{Dated, Schedule, resolve};
use maud::{Markup, html};

use crate::once;
use crate::saying;
use crate::state::App;

/// How many meetings one may choose from to skip or move: half a year of weekly ones.
const CHOICE: usize = 26;

/// The next dates as the finder has them, skipped ones too, with a word where the clocks change.
pub(super) fn next(app: &App, listing: &Listing, most: usize) -> Markup {
    let dates: Vec<Dated> = listing.upcoming(app.now()).take(most).collect();
    match listing.schedule() {
        Some(schedule) => listed(app, schedule, &dates),
        None => html! { p { (app.words().say("schedule-appointment")) } },
    }
}

/// These dates of a schedule.
pub(super) fn listed(app: &App, schedule: &Schedule, dates: &[Dated]) -> Markup {
    let words = app.words();
    let offset = |dated: &Dated| dated.start().offset().fix();
    html! {
        @if dates.is_empty() { p { (words.say("schedule-none")) } }
        ol.rows.next-dates {
            @for (at, dated) in dates.iter().enumerate() {
                @let start = dated.start();
                li {
                    time datetime=(start.to_rfc3339()) { (said(app, dated)) }
                    span.meta {
                        @match dated {
                            Dated::Skipped { reason, .. } => (why(app, "schedule-skipped", reason.as_ref())),
                            Dated::Meets(meeting) => {
                                @if let Some(reason) = &meeting.moved { (why(app, "schedule-moved", reason.as_ref())) }
                                @else if schedule.time != start.time() { (words.say("schedule-no-such-hour")) }
                            }
                        }
                        @if at > 0 && offset(&dates[at - 1]) != offset(dated) { " " (words.say("schedule-clocks")) }
                    }
                }
            }
        }
    }
}

/// Meetings that can be skipped or moved: the date of the rule, and when it is.
pub(super) fn to_choose(app: &App, listing: &Listing) -> Vec<(String, String)> {
    let meetings = listing.upcoming(app.now()).filter(|dated| match dated {
        Dated::Meets(meeting) => meeting.moved.is_none(),
        Dated::Skipped { .. } => false,
    });
    let choice = |dated: Dated| {
        let said = said(app, &dated);
        dated.meeting().map(|meeting| (meeting.date.to_string(), said))
    };
    meetings.take(CHOICE).filter_map(choice).collect()
}

/// What is skipped and moved from today on, each with its way back.
pub(super) fn exceptions(app: &App, here: &str, schedule: &Schedule) -> Markup {
    let (words, today) = (app.words(), app.today());
    let skips: Vec<_> = schedule.skips.iter().filter(|skip| skip.date >= today).collect();
    let moves = schedule.moves.iter();
    let moves: Vec<_> = moves
        .filter(|moved| moved.date >= today || moved.to.date() >= today)
        .collect();
    let undo = |field: &'static str, list: &'static str, date: NaiveDate| {
        let said = words.say("schedule-undo");
        html! {
            form method="post" action=(format!("{here}/{list}")) {
                (once::field())
                input type="hidden" name=(field) value=(date);
                button.button.plain.small type="submit" name="act" value="undo" aria-label=(format!("{said}: {}", saying::date_long(words, date))) { (said) }
            }
        }
    };
    html! {
        @if !skips.is_empty() || !moves.is_empty() {
            section {
                h2 { (words.say("schedule-exceptions")) }
                ul.rows {
                    @for skip in skips {
                        li {
                            div { p { (saying::date_long(words, skip.date)) } p.meta { (why(app, "schedule-skipped", skip.reason.as_ref())) } }
                            (undo("skip-date", "skips", skip.date))
                        }
                    }
                    @for moved in moves {
                        @let to = resolve(schedule.zone, moved.to);
                        @let day = ("day", saying::date_long(words, to.date_naive()).into());
                        @let to = words.with("day-at-time", &[day, ("time", saying::clock(words, to.time()).into())]);
                        li {
                            div {
                                p { (saying::date_long(words, moved.date)) }
                                p.meta { (words.with("schedule-moved-to", &[("to", to.into())])) @if let Some(reason) = &moved.reason { ": " (reason) } }
                            }
                            (undo("move-date", "moves", moved.date))
                        }
                    }
                }
            }
        }
    }
}

/// "Tue, Dec 8, 6:30 pm", with its year where it is not this one.
fn said(app: &App, dated: &Dated) -> String {
    let (words, start) = (app.words(), dated.start());
    format!(
        "{}, {}, {}",
        saying::weekday_short(words, start.weekday()),
        saying::date_with_year(words, start.date_naive(), app.today()),
        saying::clock(words, start.time())
    )
}

fn why(app: &App, what: &str, reason: Option<&domain::text::Line>) -> String {
    let what = app.words().say(what);
    reason.map_or(what.clone(), |reason| format!("{what}: {reason}"))
}
