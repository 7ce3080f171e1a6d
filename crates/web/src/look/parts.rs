//! The parts that pages are made of. `/parts` in the demo shows each once.

use chrono::NaiveDate;
use domain::groups::{self, Freshness, Kind, Seats, Source};
use domain::references::Reference;
use maud::{Markup, html};

pub(crate) use super::fields::{Field, Focus, Mistake, chip_box, mistakes, select};
use super::icons::{Icon, boat};
use crate::saying;
use crate::settings::Organisation;
use crate::words::Words;

/// "Therapy group" with its closed ring, "Support group" with its open one.
pub(crate) fn kind(words: &Words, kind: Kind) -> Markup {
    let (class, icon) = match kind {
        Kind::Therapy => ("kind therapy", Icon::Closed),
        Kind::Support => ("kind support", Icon::Open),
    };
    html! { span class=(class) { (icon.draw()) (saying::kind(words, kind)) } }
}

/// The class of a card's edge.
pub(crate) fn edge(kind: Kind) -> &'static str {
    match kind {
        Kind::Therapy => "therapy",
        Kind::Support => "support",
    }
}

/// A status: a shape and words.
pub(crate) fn status(kind: Kind, seats: Seats, said: &str) -> Markup {
    let (class, icon) = match (seats, kind) {
        (Seats::Open, Kind::Support) => ("label reed", Icon::Open),
        (Seats::Open | Seats::Left(1..) | Seats::Starts(_), _) => ("label wash", Icon::Disc),
        (Seats::WaitingList { .. }, _) => ("label ochre", Icon::Ring),
        (Seats::Left(0) | Seats::Closed | Seats::Paused { .. } | Seats::Ended { .. }, _) => {
            ("label sand", Icon::Barred)
        }
    };
    html! { span class=(class) { (icon.draw()) (said) } }
}

/// How far one may trust it; ochre from 180 days on.
pub(crate) fn freshness(freshness: Freshness, said: &str) -> Markup {
    let class = match freshness {
        Freshness::Fresh { .. } => "fresh",
        Freshness::Fading { .. } | Freshness::Unknown => "fresh fading",
        Freshness::Stale { .. } => "fresh stale",
    };
    html! { span class=(class) { (said) } }
}

/// A source: who, what, when, with its address if it has one.
pub(crate) fn reference(words: &Words, reference: &Reference) -> Markup {
    html! {
        (reference.by) ": "
        @match &reference.url {
            Some(url) => a href=(url.as_str()) rel="noreferrer" { (reference.title) },
            None => (reference.title),
        }
        @if let Some(year) = reference.year { " " (year) }
        @if reference.seen.is_none() { " (" (words.say("reference-unseen")) ")" }
    }
}

/// Terms and values with hairlines; what has no value is left out.
pub(crate) fn facts(facts: &[(String, Option<Markup>)]) -> Markup {
    html! {
        dl.facts {
            @for (term, value) in facts {
                @if let Some(value) = value { div { dt { (term) } dd { (value) } } }
            }
        }
    }
}

#[derive(Clone, Copy)]
pub(crate) enum Tone {
    Plain,
    Ochre,
    Clay,
}

impl Tone {
    pub(super) fn drawn(self) -> (&'static str, Icon) {
        match self {
            Self::Plain => ("notice", Icon::Info),
            Self::Ochre => ("notice ochre", Icon::Clock),
            Self::Clay => ("notice clay", Icon::Warning),
        }
    }
}

/// A notice: a bold first sentence, and more.
pub(crate) fn notice(tone: Tone, first: &str, more: Markup) -> Markup {
    let (class, icon) = tone.drawn();
    html! { div class=(class) { (icon.draw()) div { p { b { (first) } " " (more) } } } }
}

/// A chosen filter; following it takes it away.
pub(crate) fn chip_away(address: &str, said: &str, takes_away: &str) -> Markup {
    html! { a.chip.chosen href=(address) aria-label=(takes_away) { (said) (Icon::Cross.draw()) } }
}

/// Nothing here yet: what would be here and how it comes to be.
pub(crate) fn empty(first: &str, more: &str, act: Option<(&str, &str)>) -> Markup {
    html! {
        div.empty {
            (boat(56))
            p { b { (first) } }
            p { (more) }
            @if let Some((address, said)) = act { a.button.plain href=(address) { (said) } }
        }
    }
}

/// The way to the pages before and after this one, of so many.
pub(crate) fn pages(words: &Words, page: usize, count: usize, link: impl Fn(usize) -> String) -> Markup {
    let count = count.max(1);
    html! {
        @if page > count {
            (notice(Tone::Plain, &words.with("page-beyond", &[("page", page.into()), ("pages", count.into())]), html! {}))
        }
        @if count > 1 {
            nav.pages aria-label=(words.say("pages")) {
                @if page > 1 { a href=(link((page - 1).min(count))) rel="prev" { (words.say("page-previous")) } }
                span.soft { (words.with("page-of", &[("page", page.into()), ("pages", count.into())])) }
                @if page < count { a href=(link(page + 1)) rel="next" { (words.say("page-next")) (Icon::Arrow.draw()) } }
            }
        }
    }
}

/// The organisation's public phone and mail; its name where it has neither.
pub(crate) fn contact(organisation: &Organisation) -> Markup {
    html! {
        @if let Some(phone) = &organisation.phone { a href=(format!("tel:{}", phone.dial())) { (phone) } " " }
        @if let Some(mail) = &organisation.mail { a href=(format!("mailto:{mail}")) { (mail) } }
        @if organisation.phone.is_none() && organisation.mail.is_none() { (organisation.name) }
    }
}

/// When it was last checked and by whom, and who can change it.
pub(crate) fn checked(
    words: &Words,
    source: &Source,
    verified_on: Option<NaiveDate>,
    organisation: &Organisation,
    today: NaiveDate,
    report: Option<&str>,
) -> Markup {
    let said = saying::freshness(words, groups::freshness(verified_on, today), today);
    let checked = ("checked", said.into());
    let (said, wrong) = match (source, verified_on) {
        (Source::Own, Some(_)) => (
            words.with("group-checked-by-own", &[checked]),
            own_contact(words, organisation),
        ),
        (Source::Own, None) => (
            words.with("group-checked", &[checked]),
            own_contact(words, organisation),
        ),
        (Source::Feed { programme }, verified) => {
            let programme = ("programme", programme.as_str().into());
            let said = match verified {
                Some(_) => words.with("group-checked-by-feed", &[checked, programme.clone()]),
                None => words.with("group-checked", &[checked]),
            };
            (said, words.with("group-wrong-feed", &[programme]))
        }
    };
    html! { div.checked { p { (said) } p.meta {
        b { @match report { Some(to) => a href=(to) rel="nofollow" { (words.say("group-wrong")) }, None => (words.say("group-wrong")) } } " " (wrong)
    } } }
}

fn own_contact(words: &Words, organisation: &Organisation) -> String {
    let phone = organisation.phone.as_ref().map(ToString::to_string);
    let mail = organisation.mail.as_ref().map(ToString::to_string);
    let known: Vec<_> = phone.into_iter().chain(mail).collect();
    let contact = if known.is_empty() {
        organisation.name.clone()
    } else {
        known.join(", ")
    };
    words.with("group-wrong-own", &[("contact", contact.into())])
}
