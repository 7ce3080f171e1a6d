//! All public listings, column by column, so that one scan answers a question.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::groups::{Ages, Listing, Point, Slug};
use domain::name::Name;
use domain::text::fold;
use domain::topics::Catalogue;

use crate::bits::Bits;
use crate::ground::Ground;
use crate::meetings::Meetings;
use crate::query::{Entry, Hit};
use crate::values::Values;
use crate::vocabulary::Vocabulary;

/// The age from which on people count as adults.
const ADULT: u8 = 18;

/// Every listing as of one moment. Built once, then only read. A row is a listing's number in the order of titles.
#[derive(Debug, Default)]
pub struct Snapshot {
    pub(crate) entries: Vec<Entry>,
    pub(crate) ground: Ground,
    pub(crate) meetings: Meetings,
    pub(crate) places: Places,
    /// From and to, both included.
    pub(crate) ages: Vec<(u8, u8)>,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) values: Values,
    pub(crate) topics: Topics,
}

/// Which rows meet where.
#[derive(Debug, Default)]
pub(crate) struct Places {
    pub(crate) in_person: Bits,
    pub(crate) online: Bits,
    /// Those in person that name a place to measure to.
    pub(crate) located: Bits,
}

/// Which rows are about each topic, by the numbers of the catalogue.
#[derive(Debug, Default)]
pub(crate) struct Topics {
    catalogue: Arc<Catalogue>,
    rows: Vec<Bits>,
}

impl Snapshot {
    /// A snapshot of these listings, about what the catalogue says they are, with their next meetings from `now` on.
    /// Groups that had ended by `today`, the day it is for whom the snapshot is made, are left out.
    pub fn new(
        mut entries: Vec<Entry>,
        catalogue: Arc<Catalogue>,
        now: DateTime<Utc>,
        today: NaiveDate,
    ) -> Self {
        entries.retain(|entry| !entry.listing.has_ended(today));
        // Ties in every order are settled by title; so rows stand in that order to begin with.
        entries.sort_by(|a, b| {
            a.listing
                .title
                .cmp(&b.listing.title)
                .then_with(|| a.slug.cmp(&b.slug))
        });
        let listings = || entries.iter().map(|entry| &*entry.listing);
        // Each part takes its time and none needs another.
        let (vocabulary, values, meetings) = std::thread::scope(|scope| {
            let values = scope.spawn(|| Values::new(listings()));
            let meetings = scope.spawn(|| Meetings::new(listings(), now));
            let vocabulary = Vocabulary::new(listings().map(|listing| words(listing, &catalogue)));
            (vocabulary, joined(values), joined(meetings))
        });
        Self {
            ground: Ground::new((0..).zip(listings()).filter_map(located)),
            meetings,
            places: Places::new(listings()),
            ages: listings().map(|listing| ages(listing.ages)).collect(),
            vocabulary,
            values,
            topics: Topics::new(&entries, catalogue),
            entries,
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
        let mut rows = Bits::all(self.len());
        rows.retain(|row| slugs.contains(&self.entries[row].slug));
        let soonest = self.soonest(&rows, self.len(), now);
        soonest.iter().map(|found| self.hit(found, None, now)).collect()
    }
}

/// What a part of the work made, or its panic.
fn joined<T>(part: std::thread::ScopedJoinHandle<T>) -> T {
    part.join()
        .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

impl Places {
    fn new<'a>(listings: impl ExactSizeIterator<Item = &'a Listing>) -> Self {
        let none = || Bits::none(listings.len());
        let (mut in_person, mut online, mut located) = (none(), none(), none());
        for (row, listing) in listings.enumerate() {
            let site = listing.place.site();
            if site.is_some() {
                in_person.put(row);
            }
            if site.is_some_and(|site| site.point.is_some()) {
                located.put(row);
            }
            if listing.place.online().is_some() {
                online.put(row);
            }
        }
        Self {
            in_person,
            online,
            located,
        }
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

fn located((row, listing): (u32, &Listing)) -> Option<(u32, Point)> {
    Some((row, listing.place.site()?.point?))
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
