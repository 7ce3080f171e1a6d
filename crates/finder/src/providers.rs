//! Providers in memory: organisations, sites and therapists, near and by what they do.
//!
//! There are far fewer of them than listings: a plain scan over rows answers.

use std::collections::HashMap;
use std::sync::Arc;

use domain::groups::{Language, Point, Slug};
use domain::providers::{Provider, ProviderKind, Taking};

use domain::text::fold;

/// A provider in the directory.
#[derive(Debug, Clone)]
pub struct ProviderEntry {
    pub slug: Slug,
    pub provider: Arc<Provider>,
    /// The provider they work at.
    pub part_of: Option<Slug>,
    /// The listings they lead.
    pub groups: Vec<Slug>,
    /// What else text is looked for in: the names of their languages, as people here say them.
    pub also: String,
}

#[derive(Debug, Clone)]
pub struct ProviderQuery {
    pub near: Option<Point>,
    /// Only together with `near`.
    pub within_km: Option<f64>,
    pub kind: Option<ProviderKind>,
    pub taking: TakingFilter,
    pub language: Option<Language>,
    /// Every word must begin a word of their name, credentials, focus, languages or places.
    pub text: String,
    /// Counted from 1.
    pub page: usize,
    pub page_size: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakingFilter {
    Anyone,
    /// Only who says that they take new people now.
    TakingNow,
}

/// A part of a query that one can take away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProviderFilter {
    Text,
    Kind,
    Taking,
    Language,
    Distance,
}

#[derive(Debug, Clone)]
pub struct ProviderAnswer {
    /// Distinct providers of both lists.
    pub total: usize,
    /// In reach, nearest first; without `near` everyone, by name.
    pub here: ProviderHits,
    /// With `near`: the others who work online, by name.
    pub online: ProviderHits,
    /// Who matches, but names no place to measure to and does not work online.
    pub without_place: usize,
    /// When nobody matches: how many would without each filter that is set.
    pub without: Vec<(ProviderFilter, usize)>,
    /// When nobody is in reach: the nearest beyond it.
    pub nearest_beyond: Option<ProviderHit>,
}

/// One page of a list.
#[derive(Debug, Clone)]
pub struct ProviderHits {
    /// Of all pages.
    pub total: usize,
    pub hits: Vec<ProviderHit>,
}

#[derive(Debug, Clone)]
pub struct ProviderHit {
    pub entry: ProviderEntry,
    /// From `near` to the nearest of their places.
    pub distance_km: Option<f64>,
    /// Which of their places that is; the first where nothing is measured.
    pub place: Option<usize>,
}

/// Every provider as of one moment. Built once, then only read.
#[derive(Debug, Default)]
pub struct Directory {
    entries: Vec<ProviderEntry>,
    /// " word word word", folded; searched for " beginning".
    texts: Vec<String>,
    by_slug: HashMap<Slug, usize>,
    leading: HashMap<Slug, Vec<usize>>,
    members: HashMap<Slug, Vec<usize>>,
}

struct Match {
    row: usize,
    /// Kilometres to the nearest place, and which it is.
    nearest: Option<(f64, usize)>,
}

impl Directory {
    pub fn new(mut entries: Vec<ProviderEntry>) -> Self {
        // Ties in every order are settled by name; so rows stand in that order to begin with.
        entries.sort_by(|a, b| {
            let folded = |entry: &ProviderEntry| fold::words(entry.provider.name.as_str());
            folded(a).cmp(&folded(b)).then_with(|| a.slug.cmp(&b.slug))
        });
        let mut directory = Self {
            texts: entries.iter().map(text).collect(),
            ..Self::default()
        };
        for (row, entry) in entries.iter().enumerate() {
            directory.by_slug.insert(entry.slug.clone(), row);
            for group in &entry.groups {
                directory.leading.entry(group.clone()).or_default().push(row);
            }
            if let Some(above) = &entry.part_of {
                directory.members.entry(above.clone()).or_default().push(row);
            }
        }
        directory.entries = entries;
        directory
    }

    /// Everyone, by name.
    pub fn entries(&self) -> &[ProviderEntry] {
        &self.entries
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub fn by_slug(&self, slug: &Slug) -> Option<&ProviderEntry> {
        self.by_slug.get(slug).and_then(|row| self.entries.get(*row))
    }

    /// Who leads this listing, by name.
    pub fn leading(&self, listing: &Slug) -> impl Iterator<Item = &ProviderEntry> {
        self.rows(self.leading.get(listing))
    }

    /// Who works at this organisation, and its sites, by name.
    pub fn members(&self, organisation: &Slug) -> impl Iterator<Item = &ProviderEntry> {
        self.rows(self.members.get(organisation))
    }

    /// The languages that someone here speaks, each once, in order of their codes.
    pub fn languages(&self) -> Vec<Language> {
        let mut languages: Vec<_> = self
            .entries
            .iter()
            .flat_map(|entry| entry.provider.languages.iter().cloned())
            .collect();
        languages.sort();
        languages.dedup();
        languages
    }

    pub fn find(&self, query: &ProviderQuery) -> ProviderAnswer {
        let mut answer = self.answer(query);
        if answer.total == 0 {
            answer.without = self.without(query);
        }
        if answer.here.total == 0 && query.within_km.is_some() {
            let beyond = ProviderQuery {
                within_km: None,
                page: 1,
                page_size: 1,
                ..query.clone()
            };
            answer.nearest_beyond = self.answer(&beyond).here.hits.pop();
        }
        answer
    }

    fn rows(&self, rows: Option<&Vec<usize>>) -> impl Iterator<Item = &ProviderEntry> {
        let rows = rows.map_or(&[][..], Vec::as_slice);
        rows.iter().filter_map(|row| self.entries.get(*row))
    }

    fn answer(&self, query: &ProviderQuery) -> ProviderAnswer {
        let words: Vec<String> = fold::words(&query.text)
            .iter()
            .map(|word| format!(" {word}"))
            .collect();
        let (mut here, mut online) = (Vec::new(), Vec::new());
        let mut without_place = 0;
        for (row, entry) in self.entries.iter().enumerate() {
            let provider = &entry.provider;
            let fits =
                fits(provider, query) && words.iter().all(|word| self.texts[row].contains(word.as_str()));
            if !fits {
                continue;
            }
            let Some(near) = query.near else {
                here.push(Match { row, nearest: None });
                continue;
            };
            let nearest = nearest(provider, near);
            let in_reach = nearest.filter(|(km, _)| query.within_km.is_none_or(|most| *km <= most));
            match (in_reach, nearest) {
                (Some(_), _) => here.push(Match { row, nearest }),
                (None, _) if provider.online.is_some() => online.push(Match { row, nearest }),
                (None, None) => without_place += 1,
                (None, Some(_)) => {}
            }
        }
        let km = |found: &Match| found.nearest.map_or(0.0, |(km, _)| km);
        here.sort_by(|a, b| km(a).total_cmp(&km(b)));
        ProviderAnswer {
            total: here.len() + online.len(),
            here: self.page(&here, query),
            online: self.page(&online, query),
            without_place,
            without: Vec::new(),
            nearest_beyond: None,
        }
    }

    fn without(&self, query: &ProviderQuery) -> Vec<(ProviderFilter, usize)> {
        let set = [
            (ProviderFilter::Text, !query.text.trim().is_empty()),
            (ProviderFilter::Kind, query.kind.is_some()),
            (ProviderFilter::Taking, query.taking == TakingFilter::TakingNow),
            (ProviderFilter::Language, query.language.is_some()),
            (ProviderFilter::Distance, query.within_km.is_some()),
        ];
        let count = |filter| {
            let mut query = ProviderQuery {
                page: 1,
                page_size: 0,
                ..query.clone()
            };
            match filter {
                ProviderFilter::Text => query.text.clear(),
                ProviderFilter::Kind => query.kind = None,
                ProviderFilter::Taking => query.taking = TakingFilter::Anyone,
                ProviderFilter::Language => query.language = None,
                ProviderFilter::Distance => query.within_km = None,
            }
            self.answer(&query).total
        };
        set.into_iter()
            .filter(|(_, set)| *set)
            .map(|(filter, _)| (filter, count(filter)))
            .collect()
    }

    fn page(&self, matches: &[Match], query: &ProviderQuery) -> ProviderHits {
        let skipped = query.page.saturating_sub(1).saturating_mul(query.page_size);
        let hit = |found: &Match| {
            let entry = self.entries[found.row].clone();
            ProviderHit {
                distance_km: found.nearest.map(|(km, _)| km),
                place: found
                    .nearest
                    .map(|(_, place)| place)
                    .or((!entry.provider.places.is_empty()).then_some(0)),
                entry,
            }
        };
        ProviderHits {
            total: matches.len(),
            hits: matches
                .iter()
                .skip(skipped)
                .take(query.page_size)
                .map(hit)
                .collect(),
        }
    }
}

fn fits(provider: &Provider, query: &ProviderQuery) -> bool {
    query.kind.is_none_or(|kind| kind == provider.kind)
        && (query.taking == TakingFilter::Anyone || provider.taking == Some(Taking::Yes))
        && query
            .language
            .as_ref()
            .is_none_or(|language| provider.languages.contains(language))
}

/// Kilometres to the nearest of their places, and which it is.
fn nearest(provider: &Provider, near: Point) -> Option<(f64, usize)> {
    let places = provider.places.iter().enumerate();
    places
        .filter_map(|(index, site)| Some((near.distance_km(site.point?), index)))
        .min_by(|a, b| a.0.total_cmp(&b.0))
}

fn text(entry: &ProviderEntry) -> String {
    let provider = &entry.provider;
    let places = provider.places.iter().flat_map(|site| {
        let name = site.name.as_ref().map(AsRef::as_ref);
        [Some(site.address.public()), name].into_iter().flatten()
    });
    let parts = [provider.name.as_str(), entry.also.as_str()]
        .into_iter()
        .chain(provider.credentials.as_ref().map(AsRef::as_ref))
        .chain(provider.focus.iter().map(AsRef::as_ref))
        .chain(places);
    let mut text = String::new();
    for word in parts.flat_map(fold::words) {
        text.push(' ');
        text.push_str(&word);
    }
    text
}
