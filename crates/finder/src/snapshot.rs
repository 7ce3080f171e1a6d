//! All public listings, column by column, so that one scan answers a question.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, Datelike, Utc, Weekday};
use domain::groups::{Ages, Kind, Listing, Point, Seats, Slug};
use domain::schedule::{Occurrence, Rule};

use crate::query::{Answer, Entry, Filter, Hit, Hits, Query, Where};
use domain::name::Name;
use domain::text::fold;
use domain::topics::Catalogue;

/// The age from which on people count as adults.
const ADULT: u8 = 18;

/// Every listing as of one moment. Built once, then only read.
#[derive(Debug, Default)]
pub struct Snapshot {
    entries: Vec<Entry>,
    columns: Vec<Columns>,
    /// " word word word", folded; searched for " beginning".
    texts: Vec<String>,
    next: Vec<Option<Occurrence>>,
    topics: Topics,
}

/// What each row is about, by the numbers of the catalogue.
#[derive(Debug, Default)]
struct Topics {
    catalogue: Arc<Catalogue>,
    of: Vec<Box<[usize]>>,
}

/// What a scan looks at, a row packed.
#[derive(Debug, Clone, Copy)]
struct Columns {
    point: Option<Point>,
    /// When the next meeting begins, Unix seconds; the end of time if none is known.
    starts: i64,
    kind: Kind,
    /// Bit 0 is Monday.
    days: u8,
    /// Both included.
    ages: (u8, u8),
    in_person: bool,
    online: bool,
}

/// A row that matched.
struct Match {
    row: usize,
    km: f64,
    starts: i64,
}

impl Snapshot {
    /// A snapshot of these listings, about what the catalogue says they are, with their next meetings from `now` on.
    /// Groups that have ended are left out.
    pub fn new(mut entries: Vec<Entry>, catalogue: Arc<Catalogue>, now: DateTime<Utc>) -> Self {
        entries.retain(|entry| !has_ended(&entry.listing, now));
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
        let texts = entries
            .iter()
            .map(|entry| text(&entry.listing, &catalogue))
            .collect();
        let topics = Topics::new(&entries, catalogue);
        Self {
            entries,
            columns,
            texts,
            next,
            topics,
        }
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The answer to a question asked at `now`.
    pub fn find(&self, query: &Query, now: DateTime<Utc>) -> Answer {
        let mut answer = self.answer(query, now);
        if answer.total == 0 {
            answer.without = self.without(query, now);
        }
        let in_reach = answer.in_person.total > 0;
        if let (false, Some(_), Some(_), false) = (
            in_reach,
            query.near,
            query.within_km,
            query.place == Where::Online,
        ) {
            let beyond = Query {
                within_km: None,
                place: Where::InPerson,
                page: 1,
                page_size: 1,
                ..query.clone()
            };
            answer.nearest_beyond = self.answer(&beyond, now).in_person.hits.pop();
        }
        answer
    }

    /// Those of these groups that are listed, soonest first.
    pub fn these(&self, slugs: &[Slug], now: DateTime<Utc>) -> Vec<Hit> {
        let slugs: HashSet<&Slug> = slugs.iter().collect();
        let rows = (0..self.entries.len()).filter(|row| slugs.contains(&self.entries[*row].slug));
        let mut rows: Vec<_> = rows
            .map(|row| Match {
                row,
                km: 0.0,
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

    fn answer(&self, query: &Query, now: DateTime<Utc>) -> Answer {
        let words: Vec<String> = fold::words(&query.text)
            .iter()
            .map(|word| format!(" {word}"))
            .collect();
        let days = query.days.iter().fold(0, |mask, day| mask | bit(*day));
        let wanted = (!query.topics.is_empty()).then(|| self.topics.wanted(&query.topics));
        let about = |row: usize| {
            wanted
                .as_ref()
                .is_none_or(|wanted| self.topics.of[row].iter().any(|topic| wanted[*topic]))
        };
        let (mut in_person, mut online) = (Vec::new(), Vec::new());
        let (mut total, mut without_place) = (0, 0);
        for (row, columns) in self.columns.iter().enumerate() {
            let fits = query.kind.is_none_or(|kind| kind == columns.kind)
                && (days == 0 || days & columns.days != 0)
                && query
                    .age
                    .is_none_or(|age| (columns.ages.0..=columns.ages.1).contains(&age))
                && about(row)
                && words.iter().all(|word| self.texts[row].contains(word.as_str()));
            if !fits {
                continue;
            }
            let starts = self.starts(row, columns.starts, now);
            let mut listed = false;
            if columns.in_person && query.place != Where::Online {
                let km = query
                    .near
                    .and_then(|near| columns.point.map(|point| near.distance_km(point)));
                if query.near.is_some() && km.is_none() {
                    without_place += 1;
                } else if query.within_km.is_none_or(|most| km.is_none_or(|km| km <= most)) {
                    in_person.push(Match {
                        row,
                        km: km.unwrap_or(0.0),
                        starts,
                    });
                    listed = true;
                }
            }
            if columns.online && query.place != Where::InPerson {
                online.push(Match { row, km: 0.0, starts });
                listed = true;
            }
            total += usize::from(listed);
        }
        in_person.sort_unstable_by(|a, b| a.km.total_cmp(&b.km).then_with(|| soonest(a, b)));
        online.sort_unstable_by(soonest);
        Answer {
            total,
            in_person: self.page(&in_person, query, now),
            online: self.page(&online, query, now),
            without_place,
            without: Vec::new(),
            nearest_beyond: None,
        }
    }

    fn without(&self, query: &Query, now: DateTime<Utc>) -> Vec<(Filter, usize)> {
        let count = |query: Query| {
            self.answer(
                &Query {
                    page: 1,
                    page_size: 0,
                    ..query
                },
                now,
            )
            .total
        };
        let filters = [
            (
                Filter::Text,
                !query.text.trim().is_empty(),
                Query {
                    text: String::new(),
                    ..query.clone()
                },
            ),
            (
                Filter::Topic,
                !query.topics.is_empty(),
                Query {
                    topics: Vec::new(),
                    ..query.clone()
                },
            ),
            (
                Filter::Kind,
                query.kind.is_some(),
                Query {
                    kind: None,
                    ..query.clone()
                },
            ),
            (
                Filter::Days,
                !query.days.is_empty(),
                Query {
                    days: Vec::new(),
                    ..query.clone()
                },
            ),
            (
                Filter::Age,
                query.age.is_some(),
                Query {
                    age: None,
                    ..query.clone()
                },
            ),
            (
                Filter::Where,
                query.place != Where::Anywhere,
                Query {
                    place: Where::Anywhere,
                    ..query.clone()
                },
            ),
            (
                Filter::Distance,
                query.within_km.is_some(),
                Query {
                    within_km: None,
                    ..query.clone()
                },
            ),
        ];
        filters
            .into_iter()
            .filter(|(_, set, _)| *set)
            .map(|(filter, _, query)| (filter, count(query)))
            .collect()
    }

    fn page(&self, matches: &[Match], query: &Query, now: DateTime<Utc>) -> Hits {
        let skipped = query.page.saturating_sub(1).saturating_mul(query.page_size);
        let hit = |found: &Match| Hit {
            entry: self.entries[found.row].clone(),
            distance_km: query.near.and(self.columns[found.row].point).and(Some(found.km)),
            next: self.next(found.row, now),
        };
        Hits {
            total: matches.len(),
            hits: matches
                .iter()
                .skip(skipped)
                .take(query.page_size)
                .map(hit)
                .collect(),
        }
    }

    /// The next meeting as of the snapshot, or looked up anew once that has begun.
    fn next(&self, row: usize, now: DateTime<Utc>) -> Option<Occurrence> {
        match &self.next[row] {
            Some(next) if next.start < now => self.entries[row].listing.next(now),
            next => next.clone(),
        }
    }

    fn starts(&self, row: usize, starts: i64, now: DateTime<Utc>) -> i64 {
        if starts >= now.timestamp() {
            return starts;
        }
        self.next(row, now)
            .map_or(i64::MAX, |next| next.start.timestamp())
    }
}

impl Topics {
    fn new(entries: &[Entry], catalogue: Arc<Catalogue>) -> Self {
        let of = entries
            .iter()
            .map(|entry| catalogue.numbers_of(&entry.listing).into())
            .collect();
        Self { catalogue, of }
    }

    /// For each topic whether one of the ids, of a topic or a family, means it.
    fn wanted(&self, ids: &[Name]) -> Vec<bool> {
        self.catalogue
            .topics()
            .iter()
            .map(|topic| ids.iter().any(|id| *id == topic.id || *id == topic.family))
            .collect()
    }
}

fn soonest(a: &Match, b: &Match) -> Ordering {
    a.starts.cmp(&b.starts).then_with(|| a.row.cmp(&b.row))
}

fn has_ended(listing: &Listing, now: DateTime<Utc>) -> bool {
    match listing.seats {
        Seats::Ended { on } => on.is_none_or(|on| on < now.date_naive()),
        _ => false,
    }
}

fn columns(listing: &Listing, next: Option<&Occurrence>) -> Columns {
    Columns {
        point: listing.place.site().and_then(|site| site.point),
        starts: next.map_or(i64::MAX, |next| next.start.timestamp()),
        kind: listing.kind,
        days: days(listing),
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

fn days(listing: &Listing) -> u8 {
    match listing.schedule().map(|schedule| &schedule.rule) {
        None => 0,
        Some(Rule::Weekly { days, .. }) => days.iter().fold(0, |mask, day| mask | bit(*day)),
        Some(Rule::Monthly { day, .. }) => bit(*day),
        Some(Rule::Dates { dates }) => dates.iter().fold(0, |mask, date| mask | bit(date.weekday())),
    }
}

fn bit(day: Weekday) -> u8 {
    1 << day.num_days_from_monday()
}

/// Everything of a listing that text is looked for in, with the names and synonyms of what it is about.
fn text(listing: &Listing, catalogue: &Catalogue) -> String {
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
    let mut text = String::new();
    for word in parts.chain(known).flat_map(fold::words) {
        text.push(' ');
        text.push_str(&word);
    }
    text
}
