//! A question to the finder and its answer.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::groups::{Listing, Point, Slug};
use domain::name::Name;
use domain::schedule::Occurrence;

use crate::facets::{Facet, Family};

/// A listing in the finder.
#[derive(Debug, Clone)]
pub struct Entry {
    pub slug: Slug,
    pub listing: Arc<Listing>,
    /// When it last changed here.
    pub changed: DateTime<Utc>,
}

#[derive(Debug, Clone)]
pub struct Query {
    pub near: Option<Point>,
    /// Only together with `near`.
    pub within_km: Option<f64>,
    pub place: Where,
    /// What is chosen: a group that has one of the values of each family that is named here.
    pub facets: Vec<Facet>,
    /// Topics of the catalogue or families of topics: a group about any of them; empty is anything.
    pub topics: Vec<Name>,
    /// The age of who comes. A group that names no ages is for adults.
    pub age: Option<u8>,
    /// Every word must begin a word of the listing, or of a topic it is about.
    pub text: String,
    pub spelling: Spelling,
    /// Counted from 1.
    pub page: usize,
    pub page_size: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    Anywhere,
    /// A group one can walk to; it may be online, too.
    InPerson,
    /// A group that never meets online.
    NotOnline,
    Online,
}

/// What becomes of a word that no listing has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// The nearest word that one has is looked for.
    Forgiving,
    AsTyped,
}

/// A part of a query that one can take away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    Text,
    Topic,
    Age,
    /// Everything chosen in a family.
    Family(Family),
    Where,
    Distance,
}

#[derive(Debug, Clone)]
pub struct Answer {
    /// Distinct groups; one that is hybrid stands in both lists and counts once.
    pub total: usize,
    /// Nearest first; without `near` soonest first.
    pub in_person: Hits,
    /// Soonest first.
    pub online: Hits,
    /// Groups that match and meet in person, but name no place to measure to.
    pub without_place: usize,
    /// How many groups there would be with each narrower place instead of the one asked for.
    pub places: Vec<(Where, usize)>,
    /// For each value how many groups there would be with it instead of what is chosen in its own family, everything else
    /// as asked. By family; only those that bring a group or are chosen.
    pub facets: Vec<(Facet, usize)>,
    /// What was looked for in place of the text, if a word of it was not found anywhere.
    pub corrected: Option<String>,
    /// When nothing matches: how many would without each filter that is set.
    pub without: Vec<(Filter, usize)>,
    /// When nothing is in reach: the nearest group beyond it.
    pub nearest_beyond: Option<Hit>,
}

impl Answer {
    /// The groups of both lists, each once: those that meet in person first.
    pub fn groups(self) -> impl Iterator<Item = Hit> {
        let mut seen = HashSet::new();
        let hits = self.in_person.hits.into_iter().chain(self.online.hits);
        hits.filter(move |hit| seen.insert(hit.entry.slug.clone()))
    }
}

/// One page of a list.
#[derive(Debug, Clone)]
pub struct Hits {
    /// Of all pages.
    pub total: usize,
    pub hits: Vec<Hit>,
}

#[derive(Debug, Clone)]
pub struct Hit {
    pub entry: Entry,
    /// From `near` to where the group meets in person.
    pub distance_km: Option<f64>,
    /// The next meeting, if one is known.
    pub next: Option<Occurrence>,
}
