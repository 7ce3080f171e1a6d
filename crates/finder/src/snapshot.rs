//! All public listings, column by column, so that one scan answers a question.

use std::cmp::Ordering;
use std::collections::HashSet;

use chrono::{DateTime, Datelike, Utc, Weekday};
use domain::groups::{Kind, Listing, Point, Seats, Slug};
use domain::schedule::{Occurrence, Rule};

use crate::fold;
use crate::query::{Answer, Entry, Filter, Hit, Hits, Query, Where};

/// Every listing as of one moment. Built once, then only read.
#[derive(Debug, Default)]
pub struct Snapshot {
    entries: Vec<Entry>,
    columns: Vec<Columns>,
    /// " word word word", folded; searched for " beginning".
    texts: Vec<String>,
    next: Vec<Option<Occurrence>>,
}

/// What a scan looks at, a row packed into 48 bytes.
#[derive(Debug, Clone, Copy)]
struct Columns {
    point: Option<Point>,
    /// When the next meeting begins, Unix seconds; the end of time if none is known.
    starts: i64,
    kind: Kind,
    /// Bit 0 is Monday.
    days: u8,
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
    /// A snapshot of these listings with their next meetings from `now` on. Groups that have ended are left out.
    pub fn new(mut entries: Vec<Entry>, now: DateTime<Utc>) -> Self {
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
        let texts = entries.iter().map(|entry| text(&entry.listing)).collect();
        Self {
            entries,
            columns,
            texts,
            next,
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
        let (mut in_person, mut online) = (Vec::new(), Vec::new());
        let (mut total, mut without_place) = (0, 0);
        for (row, columns) in self.columns.iter().enumerate() {
            let fits = query.kind.is_none_or(|kind| kind == columns.kind)
                && (days == 0 || days & columns.days != 0)
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
        in_person: listing.place.site().is_some(),
        online: listing.place.online().is_some(),
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

/// Everything of a listing that text is looked for in.
fn text(listing: &Listing) -> String {
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
    let mut text = String::new();
    for word in parts.flat_map(fold::words) {
        text.push(' ');
        text.push_str(&word);
    }
    text
}
