//! `/groups/{slug}`: is it for me, when is the next one, how do I come, what is the first time like?

use std::collections::HashMap;

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use domain::groups::{Address, Freshness, HowToCome, Kind, Listing, Seats, Slug, Source, freshness};
use domain::schedule::{Dated, Occurrence};
use domain::topics::Catalogue;
use finder::Place;
use maud::{Markup, html};
use store::listings::Published;

use super::{calendar, facts, find, first, linked_data};
use crate::finding::{Asked, Near, Unit};
use crate::look::icons::Icon;
use crate::look::parts::{self, Tone};
use crate::look::{self, Here, Page, page};
use crate::saying;
use crate::settings::Organisation;
use crate::shortlist::{self, Chosen};
use crate::state::App;
use crate::words::Words;

/// Dates shown of the next meetings.
const DATES: usize = 6;

struct View<'a> {
    words: &'a Words,
    published: &'a Published,
    listing: &'a Listing,
    organisation: &'a Organisation,
    /// Providers who lead this group, by name.
    leaders: HashMap<String, Slug>,
    topics: &'a Catalogue,
    /// Where the person looks from, if they came from a search.
    from: Option<Place>,
    unit: Unit,
    shortlist: &'a Chosen,
    /// The zone the person asked for; times of a group that one can walk to stay in its own.
    zone: Option<Tz>,
    now: DateTime<Utc>,
    today: NaiveDate,
}

pub(crate) async fn show(
    State(app): State<App>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let published = match find(&app, &slug).await {
        Ok(Some(published)) => published,
        Ok(None) => return look::not_found(State(app)).await,
        Err(error) => return look::our_fault(&app, &error),
    };
    let asked = Asked::read(&query.unwrap_or_default());
    let from = match asked.resolve() {
        Near::Here(place) => Some(place),
        _ => None,
    };
    let view = View {
        words: app.words(),
        published: &published,
        listing: &published.listing,
        organisation: &app.settings().organisation,
        leaders: app
            .directory()
            .leading(&published.slug)
            .map(|leader| (leader.provider.name.to_string(), leader.slug.clone()))
            .collect(),
        topics: &app.content().topics,
        from,
        unit: asked.unit,
        shortlist: &asked.shortlist,
        zone: asked.zone.filter(|_| published.listing.place.site().is_none()),
        now: app.now(),
        today: app.today(),
    };
    let up = Some((asked.link("/groups"), app.words().say("group-back")));
    page(
        &app,
        Page {
            title: "group-title",
            here: Here::Finder,
            up,
            body: html! {
                (body(&view))
                @if let Some(data) = linked_data::block(&published, app.settings(), app.now()) { (data) }
            },
        },
    )
}

fn body(view: &View) -> Markup {
    let View { words, listing, .. } = view;
    html! {
        span class=(if listing.kind == Kind::Support { "kind support boxed" } else { "kind therapy boxed" }) {
            (if listing.kind == Kind::Support { Icon::Open } else { Icon::Closed }.draw()) (saying::kind(words, listing.kind))
        }
        h1 { (listing.title) }
        @if let Some(summary) = &listing.summary {
            @for paragraph in summary.as_str().split("\n\n") { p.lead { (paragraph) } }
        }
        (warnings(view))
        div.reading {
            div {
                (first::section(words, listing))
                (coming(view))
                (dates(view))
                (facts::section(words, view.topics, listing, &view.leaders))
                (parts::checked(words, &listing.source, listing.verified_on, view.organisation, view.today, Some(&format!("/groups/{}/report", view.published.slug))))
            }
            (side(view))
        }
    }
}

fn warnings(view: &View) -> Markup {
    let View {
        words,
        published,
        listing,
        today,
        ..
    } = view;
    let fresh = freshness(listing.verified_on, *today);
    html! {
        @if let Some(gone) = published.gone {
            @let date = saying::date_with_year(words, gone, *today);
            (parts::notice(Tone::Ochre, &words.with("group-gone", &[("date", date.into())]), html! { (words.say("group-gone-more")) }))
        } @else if matches!(fresh, Freshness::Stale { .. }) {
            @let checked = saying::freshness(words, fresh, *today);
            (parts::notice(Tone::Ochre, &words.with("group-stale", &[("checked", checked.into())]), html! { (words.say("group-stale-more")) }))
        }
    }
}

/// The card beside the page: status, the next meeting, the one act.
fn side(view: &View) -> Markup {
    let View {
        words,
        listing,
        published,
        now,
        today,
        ..
    } = view;
    let next = listing.next(*now).filter(|_| published.gone.is_none());
    html! {
        div.side {
            aside class=(format!("card {}", parts::edge(listing.kind))) aria-label=(words.say("group-next-heading")) {
                (parts::status(listing.kind, listing.seats, &saying::seats_of(words, listing, *today)))
                @if let Some(next) = &next { (next_meeting(view, next)) } @else { p { b { (saying::rule_at_time(words, listing)) } } }
                p.meta { (saying::whereabouts(words, &listing.place, None)) }
                @if let Some(away) = away(view) { p.meta { (away) } }
                (act(view))
                (links(view, next.is_some()))
                p.meta { (shortlist::show::put(words, view.shortlist, &published.slug, listing.title.as_str())) }
            }
            (other_kind(words, listing.kind))
        }
    }
}

fn next_meeting(view: &View, next: &Occurrence) -> Markup {
    let words = view.words;
    let start = told(view, next.start);
    let range = saying::range(words, start.time(), next.length);
    let zone = saying::time_zone(words, start.timezone());
    html! {
        h2 { (saying::date_long(words, start.date_naive())) }
        p { (words.with("group-in-zone", &[("range", range.into()), ("zone", zone.into())])) }
    }
}

/// A time in the zone that it is told in.
fn told(view: &View, time: DateTime<Tz>) -> DateTime<Tz> {
    time.with_timezone(&view.zone.unwrap_or(time.timezone()))
}

fn away(view: &View) -> Option<String> {
    let from = view.from.as_ref()?;
    let km = from.point.distance_km(view.listing.place.site()?.point?);
    let distance = saying::distance(view.words, km, view.unit);
    Some(view.words.with(
        "group-away",
        &[
            ("distance", distance.into()),
            ("place", from.name.as_str().into()),
        ],
    ))
}

/// The one thing to do.
fn act(view: &View) -> Markup {
    let words = view.words;
    if crate::coming::asking::is_open(view.published, view.now) {
        return html! { a.button href=(format!("/groups/{}/coming", view.published.slug)) rel="nofollow" { (words.say("coming")) } };
    }
    match &view.listing.how_to_come {
        HowToCome::Organisation {
            phone: Some(phone), ..
        } => html! {
            a.button href=(format!("tel:{}", phone.dial())) { (Icon::Phone.draw()) (words.with("group-come-call", &[("phone", phone.as_str().into())])) }
        },
        HowToCome::Organisation {
            phone: None,
            mail: Some(mail),
        } => html! {
            a.button href=(format!("mailto:{mail}")) { (Icon::Mail.draw()) (words.with("group-come-write", &[("mail", mail.as_str().into())])) }
        },
        HowToCome::Page(page) => html! {
            a.button href=(page.as_str()) rel="noreferrer nofollow" { (words.say("group-come-page-act")) (Icon::Arrow.draw()) }
            p.meta { (words.with("group-come-page-where", &[("host", page.host().into())])) }
        },
        HowToCome::Organisation {
            phone: None,
            mail: None,
        }
        | HowToCome::WalkIn => html! {
            p.meta { (words.say("group-come-walk-in")) }
        },
    }
}

fn links(view: &View, meets: bool) -> Markup {
    let View {
        words,
        listing,
        published,
        ..
    } = view;
    let map = listing
        .place
        .site()
        .filter(|site| matches!(site.address, Address::Exact { .. }))
        .and_then(|site| site.point);
    html! {
        @if (meets && listing.schedule().is_some()) || map.is_some() {
            hr;
            ul.links {
                @if meets && listing.schedule().is_some() {
                    li { a href=(format!("/groups/{}/calendar.ics", published.slug)) { (Icon::Calendar.draw()) (words.say("group-calendar")) } }
                    li.meta { (words.with("group-calendar-note", &[("title", calendar::title(words, listing).into())])) }
                }
                @if let Some(point) = map {
                    @let (latitude, longitude) = (point.latitude(), point.longitude());
                    li {
                        a href=(format!("https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}")) rel="noreferrer" {
                            (Icon::Pin.draw()) (words.say("group-directions"))
                        }
                    }
                    li.meta { (words.say("group-directions-note")) }
                }
            }
        }
    }
}

fn other_kind(words: &Words, kind: Kind) -> Markup {
    let (said, act, address) = match kind {
        Kind::Support => (
            "group-other-kind-support",
            "group-other-find-therapy",
            "/groups?kind=therapy",
        ),
        Kind::Therapy => (
            "group-other-kind-therapy",
            "group-other-find-support",
            "/groups?kind=support",
        ),
    };
    html! {
        p.meta { (words.say(said)) " " a href=(address) { (words.say(act)) } " · " a href="/kinds" { (words.say("group-compare")) } }
    }
}

fn coming(view: &View) -> Markup {
    let View { words, listing, .. } = view;
    if view.published.gone.is_none() && listing.kind == Kind::Therapy && listing.source == Source::Own {
        return joining(view);
    }
    let online_only = listing.place.site().is_none();
    let says_so = crate::coming::asking::is_open(view.published, view.now);
    let said = match (&listing.how_to_come, listing.seats) {
        _ if view.published.gone.is_some() => "group-come-gone",
        _ if says_so => "group-come-say",
        (_, Seats::Closed | Seats::Ended { .. }) => "group-come-closed",
        (HowToCome::Page(_), _) => "group-come-page",
        (HowToCome::WalkIn, _) => "group-come-walk-in",
        (HowToCome::Organisation { .. }, _) if online_only => "group-come-support-online",
        (HowToCome::Organisation { .. }, _) => "group-come-support-organisation",
    };
    html! {
        section aria-labelledby="coming" {
            h2 #coming { (words.say("group-how-come")) }
            p { (words.say(said)) }
            @if listing.how_to_come == HowToCome::WalkIn { p { (words.say("group-come-walk-in-changes")) } }
            @if says_so {
                div.acts { a.button href=(format!("/groups/{}/coming", view.published.slug)) rel="nofollow" { (words.say("coming")) } }
            }
            (contacts(view))
        }
    }
}

/// Screening: both sides decide (D13).
fn joining(view: &View) -> Markup {
    let words = view.words;
    let steps = [
        ("group-join-1", "group-join-1-more"),
        ("group-join-2", "group-join-2-more"),
        ("group-join-3", "group-join-3-more"),
        ("group-join-4", "group-join-4-more"),
    ];
    html! {
        section aria-labelledby="coming" {
            h2 #coming { (words.say("group-how-join")) }
            @if matches!(view.listing.seats, Seats::Closed | Seats::Ended { .. }) { p { (words.say("group-come-closed")) } }
            ol.steps { @for (step, more) in steps { li { b { (words.say(step)) } p { (words.say(more)) } } } }
            @if crate::joining::asking::is_open(view.published) {
                div.acts { a.button href=(format!("/groups/{}/joining", view.published.slug)) rel="nofollow" { (words.say("asking")) } }
            }
            (contacts(view))
        }
    }
}

fn contacts(view: &View) -> Markup {
    let words = view.words;
    html! {
        div.acts {
            @match &view.listing.how_to_come {
                HowToCome::Organisation { phone, mail } => {
                    @if let Some(phone) = phone { a.button.plain href=(format!("tel:{}", phone.dial())) { (Icon::Phone.draw()) (words.with("group-come-call", &[("phone", phone.as_str().into())])) } }
                    @if let Some(mail) = mail { a.button.plain href=(format!("mailto:{mail}")) { (Icon::Mail.draw()) (words.with("group-come-write", &[("mail", mail.as_str().into())])) } }
                },
                HowToCome::Page(page) => {
                    a.button.plain href=(page.as_str()) rel="noreferrer nofollow" { (words.say("group-come-page-act")) }
                },
                HowToCome::WalkIn => {},
            }
        }
    }
}

fn dates(view: &View) -> Markup {
    let View {
        words,
        listing,
        now,
        published,
        ..
    } = view;
    let heading = words.say(if listing.kind == Kind::Support {
        "group-next-meetings"
    } else {
        "group-next-sessions"
    });
    let dates: Vec<_> = listing
        .upcoming(*now)
        .filter(|_| published.gone.is_none())
        .take(DATES)
        .collect();
    let zone = listing
        .schedule()
        .map(|schedule| view.zone.unwrap_or(schedule.zone));
    let time = match zone {
        Some(zone) => words.with(
            "group-time-zone",
            &[("zone", saying::time_zone(words, zone).into())],
        ),
        None => words.say("group-time"),
    };
    let none = match listing.seats {
        _ if listing.schedule().is_none() => "group-appointment",
        Seats::Paused { .. } => "group-paused-dates",
        Seats::Ended { .. } => "group-ended-dates",
        _ => "group-no-dates",
    };
    html! {
        section aria-labelledby="dates" {
            h2 #dates { (heading) }
            @if dates.is_empty() { p { (words.say(none)) } } @else {
                div.scroll tabindex="0" role="region" aria-label=(words.say("group-dates-table")) {
                    table {
                        thead { tr { th scope="col" { (words.say("group-date")) } th scope="col" { (time) } th scope="col" { (words.say("group-note")) } } }
                        tbody { @for dated in &dates { (date(view, dated)) } }
                    }
                }
            }
        }
    }
}

/// A skipped date stays visible, struck out, with its reason.
fn date(view: &View, dated: &Dated) -> Markup {
    let words = view.words;
    let start = told(view, dated.start());
    let day = saying::date_short(words, start.date_naive());
    match dated {
        Dated::Skipped { reason, .. } => {
            let why = match reason {
                Some(reason) => words.with("group-skipped-reason", &[("reason", reason.as_str().into())]),
                None => words.say("group-skipped"),
            };
            html! { tr { th scope="row" { s { (day) } } td { s { (saying::clock(words, start.time())) } } td { (why) } } }
        }
        Dated::Meets(meeting) => {
            let from = ("date", saying::date_short(words, meeting.date).into());
            let why = match &meeting.moved {
                None => String::new(),
                Some(None) => words.with("group-moved", &[from]),
                Some(Some(reason)) => {
                    words.with("group-moved-reason", &[from, ("reason", reason.as_str().into())])
                }
            };
            html! { tr { th scope="row" { (day) } td { (saying::range(words, start.time(), meeting.length)) } td { (why) } } }
        }
    }
}
