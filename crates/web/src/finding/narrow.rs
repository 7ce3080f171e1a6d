//! Narrowing the search down: chips with what each would leave, and what is narrowed down by.

use domain::groups::Format;
use domain::name::Name;
use domain::topics::Catalogue;
use finder::{Facet, Family, Filter, Paying, Room, TimeOfDay, Where};
use maud::{Markup, html};

use super::asked::{Asked, where_parameter};
use super::list::{SWAP, View, around};
use crate::look::icons::Icon;
use crate::look::parts;
use crate::saying;
use crate::words::Words;

/// Chips of a family that are seen at once; the others unfold.
const SEEN: usize = 6;

/// Headings and the families under them, in the order of the page.
const HEADINGS: [(&str, &[Family]); 8] = [
    ("finding-kind", &[Family::Kind]),
    ("finding-when", &[Family::Time, Family::Day]),
    ("finding-cost", &[Family::Cost]),
    ("finding-status", &[Family::Status]),
    ("finding-for", &[Family::ForWhom]),
    ("finding-access", &[Family::Access]),
    ("finding-language", &[Family::Language]),
    ("finding-format", &[Family::Format]),
];

/// Every value that brings a group, each with how many there would be.
pub(super) fn narrow(view: &View) -> Markup {
    let words = view.words;
    html! {
        div.narrow role="group" aria-labelledby="narrow" hx-boost:inherited=(SWAP) {
            h2 #narrow { (words.say("finding-narrow")) }
            (places(view))
            @for (heading, families) in HEADINGS { (family(view, heading, families)) }
        }
    }
}

/// Where it meets: one of three, so choosing the chosen one takes it away.
fn places(view: &View) -> Markup {
    let View {
        words, asked, answer, ..
    } = view;
    html! {
        h3 #narrow-where { (words.say("finding-where")) }
        ul.chips aria-labelledby="narrow-where" {
            @for (place, count) in answer.places.iter().copied().filter(|(place, count)| *count > 0 || asked.place == *place) {
                @let chosen = asked.place == place;
                @let link = asked.but(|asked| asked.place = if chosen { Where::Anywhere } else { place }).link("/groups");
                li { (chip(&format!("where-{}", where_parameter(place)), &link, &said_where(words, place), count, Chosen::when(chosen))) }
            }
        }
    }
}

fn family(view: &View, heading: &str, families: &[Family]) -> Markup {
    let View {
        words, asked, answer, ..
    } = view;
    let of = |family: &Family| {
        let mut values: Vec<_> = answer
            .facets
            .iter()
            .filter(|(facet, _)| facet.family() == *family)
            .collect();
        // Days and times stand as they come; of other families the most usual is first.
        if !matches!(family, Family::Day | Family::Time) {
            values.sort_by_key(|(facet, count)| (!asked.facets.contains(facet), usize::MAX - count));
        }
        values
    };
    let id = format!("narrow-{}", families.first().map_or("", |family| family.name()));
    let one = |facet: &Facet, count: usize| {
        let link = asked.but(|asked| asked.toggle(facet)).link("/groups");
        let id = format!("{}-{}", facet.family().name(), facet.name());
        let chosen = Chosen::when(asked.facets.contains(facet));
        chip(&id, &link, &short_name(words, facet), count, chosen)
    };
    html! {
        @if families.iter().any(|family| !of(family).is_empty()) {
            h3 id=(id) { (words.say(heading)) }
            @for family in families {
                @let values = of(family);
                @let seen = if *family == Family::Day { values.len() } else { SEEN.min(values.len()) };
                @if seen > 0 { ul.chips aria-labelledby=(id) { @for (facet, count) in &values[..seen] { li { (one(facet, *count)) } } } }
                @if seen < values.len() {
                    details {
                        summary { (words.with("finding-more", &[("count", (values.len() - seen).into())])) }
                        ul.chips aria-labelledby=(id) { @for (facet, count) in &values[seen..] { li { (one(facet, *count)) } } }
                    }
                }
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Chosen {
    Yes,
    No,
}

impl Chosen {
    fn when(chosen: bool) -> Self {
        if chosen { Self::Yes } else { Self::No }
    }
}

/// A value to choose, or to take away again.
fn chip(id: &str, link: &str, said: &str, count: usize, chosen: Chosen) -> Markup {
    let chosen = chosen == Chosen::Yes;
    html! {
        a.chip.chosen[chosen] id=(id) href=(link) rel="nofollow" aria-current=[chosen.then_some("true")] {
            @if chosen { (Icon::Check.draw()) }
            (said)
            " " span.count { (count) }
        }
    }
}

/// What is filtered by; each chip takes itself away.
pub(super) fn showing(view: &View) -> Markup {
    let View {
        words, topics, asked, ..
    } = view;
    let mut chips: Vec<(String, Asked)> = Vec::new();
    if !asked.text.is_empty() {
        chips.push((view.text().to_owned(), asked.but(|asked| asked.text.clear())));
    }
    for topic in &asked.topics {
        chips.push((
            topic_name(topics, topic),
            asked.but(|asked| asked.topics.retain(|other| other != topic)),
        ));
    }
    if asked.place != Where::Anywhere {
        chips.push((
            said_where(words, asked.place),
            asked.but(|asked| asked.place = Where::Anywhere),
        ));
    }
    for facet in &asked.facets {
        chips.push((facet_name(words, facet), asked.but(|asked| asked.toggle(facet))));
    }
    if let Some(age) = asked.age {
        chips.push((
            words.with("finding-age", &[("age", age.into())]),
            asked.but(|asked| asked.age = None),
        ));
    }
    html! {
        @if !chips.is_empty() {
            div.chips.showing hx-boost:inherited=(SWAP) {
                span.soft { (words.say("finding-showing")) }
                @for (said, without) in &chips {
                    (parts::chip_away(&without.link("/groups"), said, &words.with("finding-take-away", &[("what", said.as_str().into())])))
                }
                @if chips.len() > 1 {
                    a.textlink href=(around(asked).link("/groups")) { (words.say("finding-clear")) }
                }
            }
        }
    }
}

/// A filter that is set, as the page names it.
pub(crate) fn filter_name(words: &Words, topics: &Catalogue, asked: &Asked, filter: Filter) -> String {
    match filter {
        Filter::Text => asked.text.clone(),
        Filter::Topic => {
            let names = asked.topics.iter().map(|topic| topic_name(topics, topic));
            saying::list(words, &names.collect::<Vec<_>>())
        }
        Filter::Age => words.with("finding-age", &[("age", asked.age.unwrap_or_default().into())]),
        Filter::Family(family) => {
            let names = asked.of(family).map(|facet| facet_name(words, facet));
            saying::list(words, &names.collect::<Vec<_>>())
        }
        Filter::Where => said_where(words, asked.place),
        Filter::Distance => reach(words, asked).unwrap_or_default(),
    }
}

/// The name of a topic or family.
fn topic_name(topics: &Catalogue, id: &Name) -> String {
    let topic = topics.get(id.as_str()).map(|topic| &topic.name);
    topic
        .or_else(|| topics.family(id.as_str()).map(|family| &family.name))
        .map_or_else(|| id.to_string(), ToString::to_string)
}

fn said_where(words: &Words, place: Where) -> String {
    words.say(match place {
        Where::Anywhere => "finding-where-any",
        Where::InPerson => "finding-where-in-person",
        Where::NotOnline => "finding-where-not-online",
        Where::Online => "finding-where-online",
    })
}

/// "25 miles"; none for any distance.
pub(super) fn reach(words: &Words, asked: &Asked) -> Option<String> {
    asked
        .within_km()
        .map(|km| saying::distance(words, km, asked.unit))
}

/// Seven days have room beside each other.
fn short_name(words: &Words, facet: &Facet) -> String {
    match facet {
        Facet::Day(day) => saying::weekday_short(words, *day),
        facet => facet_name(words, facet),
    }
}

/// A value as the page names it.
pub(crate) fn facet_name(words: &Words, facet: &Facet) -> String {
    let id = match facet {
        Facet::Kind(kind) => return saying::kind(words, *kind),
        Facet::Day(day) => return saying::weekday(words, *day),
        Facet::ForWhom(audience) => return saying::audience(words, *audience),
        Facet::Access(access) => return saying::access(words, *access),
        Facet::Language(language) => return saying::languages(words, std::slice::from_ref(language)),
        Facet::Time(TimeOfDay::Morning) => "finding-time-morning",
        Facet::Time(TimeOfDay::Afternoon) => "finding-time-afternoon",
        Facet::Time(TimeOfDay::Evening) => "finding-time-evening",
        Facet::Time(TimeOfDay::Night) => "finding-time-night",
        Facet::Time(TimeOfDay::Appointment) => "by-appointment",
        Facet::Format(Format::Structured) => "finding-format-structured",
        Facet::Format(Format::Process) => "finding-format-process",
        Facet::Format(Format::Discussion) => "finding-format-discussion",
        Facet::Format(Format::Presentation) => "finding-format-presentation",
        Facet::Cost(Paying::Free) => "fee-free",
        Facet::Cost(Paying::Contribution) => "finding-cost-contribution",
        Facet::Cost(Paying::Sliding) => "finding-cost-sliding",
        Facet::Cost(Paying::PerSession) => "finding-cost-per-session",
        Facet::Cost(Paying::Insurance) => "fee-insurance",
        Facet::Status(Room::Open) => "finding-status-open",
        Facet::Status(Room::Places) => "finding-status-places",
        Facet::Status(Room::WaitingList) => "seats-waiting-list",
        Facet::Status(Room::Starting) => "finding-status-starting",
        Facet::Status(Room::Paused) => "seats-paused",
        Facet::Status(Room::Closed) => "seats-closed",
    };
    words.say(id)
}
