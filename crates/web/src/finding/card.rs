//! A group as it stands in a list.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::groups::{Listing, freshness};
use domain::schedule::Occurrence;
use finder::Hit;
use maud::{Markup, html};

use super::asked::Asked;
use crate::look::parts;
use crate::saying;
use crate::shortlist;
use crate::state::App;
use crate::words::Words;

/// A group as it stands in a list.
pub(crate) fn hit_card(app: &App, asked: &Asked, now: DateTime<Utc>, found: &Hit) -> Markup {
    let online_only = found.entry.listing.place.site().is_none();
    card(app, asked, asked.zone.filter(|_| online_only), now, found)
}

/// The same, its next meeting told in `zone` if there is one.
pub(super) fn card(app: &App, asked: &Asked, zone: Option<Tz>, now: DateTime<Utc>, found: &Hit) -> Markup {
    let listing = &found.entry.listing;
    let (words, today) = (app.words(), app.today());
    let address = Asked {
        near: asked.near.clone(),
        unit: asked.unit,
        zone: asked.zone,
        shortlist: asked.shortlist.clone(),
        ..Asked::read("")
    }
    .link(&format!("/groups/{}", found.entry.slug));
    let fresh = freshness(listing.verified_on, today);
    let facts: Vec<String> = listing
        .cost
        .iter()
        .flat_map(|cost| saying::cost_short(words, cost))
        .chain(
            listing
                .access
                .iter()
                .take(2)
                .map(|access| saying::access(words, *access)),
        )
        .collect();
    html! {
        article class=(format!("card hit {}", parts::edge(listing.kind))) {
            (parts::kind(words, listing.kind))
            h3 { a href=(address) { (listing.title) } }
            (when(words, listing, found.next.as_ref(), zone, now))
            p.meta { (saying::whereabouts(words, &listing.place, found.distance_km.map(|km| saying::distance(words, km, asked.unit)))) }
            div.row {
                (parts::status(listing.kind, listing.seats, &saying::seats(words, listing, today)))
                @if !facts.is_empty() { span.meta { (facts.join(" · ")) } }
                (parts::freshness(fresh, &saying::freshness(words, fresh, today)))
                (shortlist::show::put(words, &asked.shortlist, &found.entry.slug, listing.title.as_str()))
            }
        }
    }
}

/// When it meets, each time with its zone: "Today, 9 pm, Pacific time · Tuesdays, midnight, Eastern time".
fn when(
    words: &Words,
    listing: &Listing,
    next: Option<&Occurrence>,
    zone: Option<Tz>,
    now: DateTime<Utc>,
) -> Markup {
    let rule = saying::rule_at_time(words, listing);
    let Some(schedule) = listing.schedule() else {
        return html! { p.when { b { (rule) } } };
    };
    let own = saying::time_zone(words, schedule.zone);
    let yours = zone
        .map(|zone| (zone, saying::time_zone(words, zone)))
        .filter(|(_, yours)| *yours != own);
    html! {
        p.when {
            @match (next, yours) {
                (Some(next), Some((zone, yours))) => {
                    b { (saying::next(words, next, zone, now)) ", " (yours) } " · " (rule) ", " (own)
                },
                (Some(next), None) => {
                    b { (rule) } " · " (words.with("finding-next", &[("when", saying::next(words, next, schedule.zone, now).into())])) ", " (own)
                },
                (None, _) => { b { (rule) } ", " (own) },
            }
        }
    }
}
