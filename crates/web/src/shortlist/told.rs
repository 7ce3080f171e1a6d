//! What a sheet says of one group: short lines, in the words of its own page.

use chrono::{DateTime, NaiveDate, Utc};
use domain::groups::{Address, HowToCome, Kind, Listing, Seats, Source};
use store::listings::Published;

use crate::saying;
use crate::words::Words;

/// Longer answers are cut at a word; the group's own page has them whole.
const LONGEST: usize = 150;

/// Why a group cannot be come to now, if so.
pub(super) fn off(words: &Words, published: &Published, today: NaiveDate) -> Option<String> {
    if let Some(gone) = published.gone {
        let date = saying::date_with_year(words, gone, today);
        return Some(words.with("group-gone", &[("date", date.into())]));
    }
    match published.listing.seats {
        Seats::Ended { .. } | Seats::Paused { .. } | Seats::Closed => {
            Some(saying::seats(words, &published.listing, today))
        }
        _ => None,
    }
}

/// "Thursdays, 6:30 pm · next: Thu, Dec 3, 6:30 pm, Eastern time".
pub(super) fn when(words: &Words, published: &Published, now: DateTime<Utc>) -> String {
    let listing = &published.listing;
    let rule = saying::rule_at_time(words, listing);
    let zone = listing.schedule().map(|schedule| schedule.zone);
    let next = listing.next(now).filter(|_| published.gone.is_none());
    match (next, zone) {
        (Some(next), Some(zone)) => {
            let at = words.with(
                "day-at-time",
                &[
                    ("day", saying::date_short(words, next.start.date_naive()).into()),
                    (
                        "time",
                        saying::range(words, next.start.time(), next.length).into(),
                    ),
                ],
            );
            let next = words.with("finding-next", &[("when", at.into())]);
            format!("{rule} · {next}, {}", saying::time_zone(words, zone))
        }
        (None, Some(zone)) => format!("{rule}, {}", saying::time_zone(words, zone)),
        (_, None) => rule,
    }
}

/// The address where it is public, its area where it is not, else that it is online.
pub(super) fn place(words: &Words, listing: &Listing) -> String {
    let Some(site) = listing.place.site() else {
        return saying::whereabouts(words, &listing.place, None);
    };
    let Address::Exact { line, .. } = &site.address else {
        return saying::whereabouts(words, &listing.place, None);
    };
    let hybrid = listing.place.online().map(|_| words.say("place-hybrid"));
    let name = site.name.as_ref().map(ToString::to_string);
    let parts = name.into_iter().chain([line.to_string()]).chain(hybrid);
    parts.collect::<Vec<_>>().join(", ")
}

/// Whom to call or write to, or where to read how.
pub(super) fn coming(words: &Words, listing: &Listing) -> String {
    let said = match &listing.how_to_come {
        HowToCome::WalkIn => words.say("shortlist-walk-in"),
        HowToCome::Page(page) => words.with("shortlist-page", &[("host", page.host().into())]),
        HowToCome::Organisation { phone, mail } => {
            let call = phone
                .as_ref()
                .map(|phone| words.with("group-come-call", &[("phone", phone.as_str().into())]));
            let write = mail
                .as_ref()
                .map(|mail| words.with("group-come-write", &[("mail", mail.as_str().into())]));
            call.into_iter().chain(write).collect::<Vec<_>>().join(" · ")
        }
    };
    let asked_first = listing.kind == Kind::Therapy && listing.source == Source::Own;
    if asked_first {
        format!("{said}. {}", words.say("shortlist-ask-first"))
    } else {
        said
    }
}

/// What it costs, if that is told.
pub(super) fn cost(words: &Words, listing: &Listing) -> Option<String> {
    let cost = listing.cost.as_ref()?;
    Some(saying::cost(words, cost).join(". "))
}

/// May I just listen? The group's own answer, else how it usually is in its kind.
pub(super) fn first_time(words: &Words, listing: &Listing) -> String {
    let own = listing.first_visit.listening.as_ref();
    match (own, listing.kind) {
        (Some(own), _) => shortened(own.as_str()),
        (None, Kind::Support) => words.say("group-listening-support"),
        (None, Kind::Therapy) => words.say("group-listening-therapy"),
    }
}

fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let cut: String = line.chars().take(LONGEST).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole} …")
}
