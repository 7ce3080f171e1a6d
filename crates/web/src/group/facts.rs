//! "The facts" of a group, as terms and values.

use std::collections::HashMap;

use domain::groups::{Address, Kind, Leader, LeaderRole, Listing, Slug, Source, When};
use domain::topics::Catalogue;
use maud::{Markup, PreEscaped, html};

use crate::look::parts;
use crate::saying;
use crate::words::Words;

#[expect(clippy::too_many_lines, reason = "a list of terms, one after another")]
pub(super) fn section(
    words: &Words,
    topics: &Catalogue,
    listing: &Listing,
    leaders: &HashMap<String, Slug>,
) -> Markup {
    let text = |text: String| (!text.is_empty()).then(|| html! { (text) });
    let term = |id: &str| words.say(id);
    let said: Vec<_> = listing.topics.iter().map(ToString::to_string).collect();
    let about = [saying::list(words, &said)]
        .into_iter()
        .chain(listing.problem.map(|p| saying::problem(words, p)));
    let way = listing
        .format
        .map(|format| saying::format(words, format))
        .into_iter();
    let techniques: Vec<_> = listing.techniques.iter().map(ToString::to_string).collect();
    let way = way.chain((!techniques.is_empty()).then(|| saying::list(words, &techniques)));
    let activities: Vec<_> = listing
        .activities
        .iter()
        .map(|activity| saying::activity(words, *activity))
        .collect();
    let access: Vec<_> = listing
        .access
        .iter()
        .map(|access| saying::access(words, *access))
        .collect();
    let remarks: Vec<_> = listing.remarks.iter().map(ToString::to_string).collect();
    let meets = match &listing.when {
        When::Scheduled(schedule) => {
            let zone = saying::time_zone(words, schedule.zone);
            format!(
                "{}, {zone}, {}",
                saying::rule_at_time(words, listing),
                saying::length(words, schedule.length)
            )
        }
        When::ByAppointment => saying::rule_at_time(words, listing),
    };
    let site = listing.place.site();
    let facts = [
        (term("group-fact-for"), text(people(words, listing))),
        (term("group-fact-about"), text(join(about))),
        (term("group-fact-topics"), links(topics, listing)),
        (term("group-fact-led-by"), led_by(words, listing, leaders)),
        (term("group-fact-way"), text(join(way))),
        (
            term("group-fact-leader-active"),
            text(
                listing
                    .leading
                    .map_or_else(String::new, |l| saying::leading(words, l)),
            ),
        ),
        (
            term("group-fact-activities"),
            text(saying::list(words, &activities)),
        ),
        (
            term("group-fact-size"),
            text(
                listing
                    .size
                    .map_or_else(String::new, |size| saying::size(words, size)),
            ),
        ),
        (
            term("group-fact-members"),
            text(
                listing
                    .membership
                    .map_or_else(String::new, |m| saying::membership(words, listing.kind, m)),
            ),
        ),
        (
            term("group-fact-span"),
            text(
                listing
                    .span
                    .map_or_else(String::new, |span| saying::span(words, span)),
            ),
        ),
        (
            term("group-fact-alongside"),
            text(
                listing
                    .alongside
                    .map_or_else(String::new, |alongside| saying::alongside(words, alongside)),
            ),
        ),
        (term("group-fact-meets"), text(meets)),
        (term("group-fact-place"), text(place(words, listing))),
        (
            term("group-fact-directions"),
            text(
                site.and_then(|s| s.directions.as_ref())
                    .map_or_else(String::new, ToString::to_string),
            ),
        ),
        (
            term("group-fact-cost"),
            text(
                listing
                    .cost
                    .as_ref()
                    .map_or_else(String::new, |c| saying::cost(words, c).join(". ")),
            ),
        ),
        (
            term("group-fact-languages"),
            text(saying::languages(words, &listing.languages)),
        ),
        (term("group-fact-access"), text(access.join(", "))),
        (term("group-fact-more"), text(remarks.join(", "))),
        (
            term("group-fact-source"),
            match &listing.source {
                Source::Own => None,
                Source::Feed { programme } => text(programme.to_string()),
            },
        ),
    ];
    html! {
        section aria-labelledby="facts" {
            h2 #facts { (words.say("group-facts")) }
            (parts::facts(&facts))
        }
    }
}

/// What it is about, with what the catalogue says of each.
fn links(topics: &Catalogue, listing: &Listing) -> Option<Markup> {
    let about = topics.of(listing);
    (!about.is_empty()).then(|| {
        html! {
            @for (place, topic) in about.iter().enumerate() {
                @if place > 0 { ", " }
                a href=(format!("/for/{}", topic.id)) { (topic.name) }
            }
        }
    })
}

fn people(words: &Words, listing: &Listing) -> String {
    let audience: Vec<_> = listing
        .audience
        .iter()
        .map(|audience| saying::audience(words, *audience))
        .collect();
    // A feed that names nobody does not say that it is for everybody.
    let audience = match (audience.is_empty(), &listing.source) {
        (true, Source::Own) => words.say("group-everyone"),
        _ => saying::list(words, &audience),
    };
    join(
        [audience]
            .into_iter()
            .chain(listing.ages.and_then(|ages| saying::ages(words, ages))),
    )
}

/// Who leads, with a link to those who have a page of their own.
fn led_by(words: &Words, listing: &Listing, pages: &HashMap<String, Slug>) -> Option<Markup> {
    let leader = |leader: &Leader| {
        let said = saying::leader(words, leader);
        let linked = match pages.get(leader.name.as_str()) {
            Some(slug) => html! { a href=(format!("/providers/{slug}")) { (said) } },
            None => html! { (said) },
        };
        linked.into_string()
    };
    let leaders: Vec<_> = listing.led_by.iter().map(leader).collect();
    if leaders.is_empty() {
        return None;
    }
    let therapist = listing
        .led_by
        .iter()
        .any(|leader| matches!(leader.role, LeaderRole::Therapist { .. }));
    // Each name is escaped already; what stands between them are our own words.
    let named = PreEscaped(saying::list(words, &leaders));
    Some(html! {
        (named)
        @if !therapist && listing.kind != Kind::Therapy { ". " (words.say("led-by-note-facilitator")) }
    })
}

fn place(words: &Words, listing: &Listing) -> String {
    let Some(site) = listing.place.site() else {
        return saying::whereabouts(words, &listing.place, None);
    };
    match &site.address {
        Address::Withheld { .. } => saying::whereabouts(words, &listing.place, None),
        Address::Exact { line, .. } => join(
            site.name
                .as_ref()
                .map(ToString::to_string)
                .into_iter()
                .chain([line.to_string()])
                .chain(listing.place.online().map(|_| words.say("place-hybrid"))),
        ),
    }
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(". ")
}
