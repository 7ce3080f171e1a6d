//! All public listings, column by column, so that one scan answers a question.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::groups::{Ages, Listing, Point, Slug};
use domain::name::Name;
use domain::schedule::Occurrence;
use domain::text::fold;
use domain::topics::Catalogue;

use crate::bits::Bits;
use crate::facets::Facets;
use crate::query::{Entry, Hit};
use crate::search::{Match, soonest};
use crate::unit::Unit;
use crate::vocabulary::Vocabulary;

/// The age from which on people count as adults.
const ADULT: u8 = 18;

/// Every listing as of one moment. Built once, then only read.
#[derive(Debug, Default)]
pub struct Snapshot {
    pub(crate) entries: Vec<Entry>,
    pub(crate) columns: Vec<Columns>,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) facets: Facets,
    pub(crate) topics: Topics,
    next: Vec<Option<Occurrence>>,
}

/// Which rows are about each topic, by the numbers of the catalogue.
#[derive(Debug, Default)]
pub(crate) struct Topics {
    catalogue: Arc<Catalogue>,
    rows: Vec<Bits>,
}

/// What a scan looks at, a row packed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Columns {
    pub(crate) point: Option<Point>,
    /// The same as a vector from the middle of the Earth.
    pub(crate) unit: Option<Unit>,
    /// When the next meeting begins, Unix seconds; the end of time if none is known.
    pub(crate) starts: i64,
    /// Both included.
    pub(crate) ages: (u8, u8),
    pub(crate) in_person: bool,
    pub(crate) online: bool,
}

impl Snapshot {
    /// A snapshot of these listings, about what the catalogue says they are, with their next meetings from `now` on.
    /// Groups that have ended are left out.
    pub fn new(mut entries: Vec<Entry>, catalogue: Arc<Catalogue>, now: DateTime<Utc>) -> Self {
        entries.retain(|entry| !entry.listing.has_ended(now.date_naive()));
        // Ties in every order are settled by title; so rows stand in that order to begin with.
        entries.sort_by(|a, b| {
            a.listing
                .title
                .cmp(&b.listing.title)
                .then_with(|| a.slug.cmp(&b.slug))
        });
        let next: Vec<_> = entries.iter().map(|entry| entry.listing.next(now)).collect();
        let columns = entries
            .iter()
            .zip(&next)
            .map(|(entry, next)| columns(&entry.listing, next.as_ref()))
            .collect();
        let vocabulary = Vocabulary::new(entries.iter().map(|entry| words(&entry.listing, &catalogue)));
        let facets = Facets::new(entries.iter().map(|entry| &*entry.listing));
        let topics = Topics::new(&entries, catalogue);
        Self {
            entries,
            columns,
            vocabulary,
            facets,
            topics,
            next,
        }
    }

    /// Every group that is there, by title.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Those of these groups that are listed, soonest first.
    pub fn these(&self, slugs: &[Slug], now: DateTime<Utc>) -> Vec<Hit> {
        let slugs: HashSet<&Slug> = slugs.iter().collect();
        let rows = (0..self.entries.len()).filter(|row| slugs.contains(&self.entries[*row].slug));
        let mut rows: Vec<_> = rows
            .map(|row| Match {
                row,
                away: 0.0,
                starts: self.starts(row, self.columns[row].starts, now),
            })
            .collect();
        rows.sort_unstable_by(soonest);
        let hit = |found: &Match| Hit {
            entry: self.entries[found.row].clone(),
            distance_km: None,
            next: self.next(found.row, now),
        };
        rows.iter().map(hit).collect()
    }

    /// The next meeting as of the snapshot, or looked up anew once that has begun.
    pub(crate) fn next(&self, row: usize, now: DateTime<Utc>) -> Option<Occurrence> {
        match &self.next[row] {
            Some(next) if next.start < now => self.entries[row].listing.next(now),
            next => next.clone(),
        }
    }

    pub(crate) fn starts(&self, row: usize, starts: i64, now: DateTime<Utc>) -> i64 {
        if starts >= now.timestamp() {
            return starts;
        }
        self.next(row, now)
            .map_or(i64::MAX, |next| next.start.timestamp())
    }
}

impl Topics {
    fn new(entries: &[Entry], catalogue: Arc<Catalogue>) -> Self {
        let mut rows = vec![Bits::none(entries.len()); catalogue.topics().len()];
        for (row, entry) in entries.iter().enumerate() {
            for number in catalogue.numbers_of(&entry.listing) {
                rows[number].put(row);
            }
        }
        Self { catalogue, rows }
    }

    /// Keeps the rows that are about one of the topics or families with these ids.
    pub(crate) fn keep(&self, ids: &[Name], rows: &mut Bits, of: usize) {
        let mut found = Bits::none(of);
        for (topic, about) in self.catalogue.topics().iter().zip(&self.rows) {
            if ids.iter().any(|id| *id == topic.id || *id == topic.family) {
                found.add(about);
            }
        }
        rows.keep(&found);
    }
}

fn columns(listing: &Listing, next: Option<&Occurrence>) -> Columns {
    let point = listing.place.site().and_then(|site| site.point);
    Columns {
        point,
        unit: point.map(Unit::of),
        starts: next.map_or(i64::MAX, |next| next.start.timestamp()),
        ages: ages(listing.ages),
        in_person: listing.place.site().is_some(),
        online: listing.place.online().is_some(),
    }
}

/// A group that names no ages is for adults; one that names an end only is open at the other.
fn ages(ages: Option<Ages>) -> (u8, u8) {
    match ages {
        None => (ADULT, u8::MAX),
        Some(Ages { from, to }) => (from.unwrap_or(0), to.unwrap_or(u8::MAX)),
    }
}

/// Everything of a listing that text is looked for in, with the names and synonyms of what it is about.
fn words(listing: &Listing, catalogue: &Catalogue) -> Vec<String> {
    let site = listing.place.site();
    let parts = [
        Some(listing.title.as_str()),
        listing.summary.as_ref().map(AsRef::as_ref),
    ]
    .into_iter()
    .flatten()
    .chain(listing.topics.iter().map(AsRef::as_ref))
    .chain(listing.techniques.iter().map(AsRef::as_ref))
    .chain(listing.remarks.iter().map(AsRef::as_ref))
    .chain(site.map(|site| site.address.public()))
    .chain(site.and_then(|site| site.name.as_ref()).map(AsRef::as_ref));
    let topics = catalogue.of(listing);
    let known = topics
        .iter()
        .flat_map(|topic| std::iter::once(&topic.name).chain(&topic.synonyms))
        .map(AsRef::as_ref);
    parts.chain(known).flat_map(fold::words).collect()
}
