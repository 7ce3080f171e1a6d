//! Other groups that could be for someone, found as visitors find them, each with its reasons.

use domain::groups::{Kind, Listing, Seats, Slug};
use finder::{Facet, Hit, Query, Spelling, Where};

use crate::finding::Unit;
use crate::joining::asking;
use crate::saying;
use crate::state::App;

/// So many of each kind are proposed.
const MOST: usize = 3;

/// So many are looked through of each list.
const LOOKED_THROUGH: usize = 50;

/// A group that could be for them, and why.
pub(super) struct Proposal {
    pub slug: Slug,
    pub title: String,
    pub why: String,
}

/// Groups of a kind about the same as this one that take people, nearest to where it meets first; never the group itself.
pub(super) fn find(app: &App, of: &Slug, listing: &Listing, kind: Kind) -> Vec<Proposal> {
    propose(app, (of, listing), kind, takes)
}

/// Therapy groups of our own in which one can ask for a place, in the same order.
pub(super) fn ours(app: &App, of: &Slug, listing: &Listing) -> Vec<Proposal> {
    propose(app, (of, listing), Kind::Therapy, asking::takes)
}

fn propose(
    app: &App,
    (of, listing): (&Slug, &Listing),
    kind: Kind,
    fits: fn(&Listing) -> bool,
) -> Vec<Proposal> {
    let topics: Vec<_> = listing
        .topics
        .iter()
        .filter_map(|topic| app.content().topics.named(topic.as_str()))
        .map(|topic| topic.id.clone())
        .collect();
    let query = Query {
        near: listing.place.site().and_then(|site| site.point),
        within_km: None,
        place: Where::Anywhere,
        facets: vec![Facet::Kind(kind)],
        topics,
        age: None,
        text: String::new(),
        spelling: Spelling::AsTyped,
        page: 1,
        page_size: LOOKED_THROUGH,
    };
    let found = app.snapshot().find(&query, app.now()).groups();
    found
        .filter(|hit| hit.entry.slug != *of && fits(&hit.entry.listing))
        .take(MOST)
        .map(|hit| proposal(app, listing, &hit))
        .collect()
}

fn takes(listing: &Listing) -> bool {
    !matches!(
        listing.seats,
        Seats::Closed | Seats::Paused { .. } | Seats::Ended { .. }
    )
}

fn proposal(app: &App, of: &Listing, hit: &Hit) -> Proposal {
    let (words, found) = (app.words(), &hit.entry.listing);
    let mut why = Vec::new();
    let shared = found
        .topics
        .iter()
        .find(|topic| of.topics.iter().any(|other| other == *topic));
    if let Some(topic) = shared {
        why.push(words.with("proposal-about", &[("topic", topic.to_string().into())]));
    }
    let distance = hit.distance_km.map(|km| saying::distance(words, km, Unit::Miles));
    why.push(saying::whereabouts(words, &found.place, distance));
    why.push(saying::seats(words, found, app.today()));
    Proposal {
        slug: hit.entry.slug.clone(),
        title: found.title.to_string(),
        why: why.join(" · "),
    }
}
