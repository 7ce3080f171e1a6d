//! A question asked of the snapshot: sets of rows first, then one look at each row that is left.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};

use crate::bits::Bits;
use crate::facets::Family;
use crate::query::{Answer, Filter, Hit, Hits, Query, Spelling, Where};
use crate::snapshot::{Columns, Snapshot};
use crate::unit::{Limit, Unit};

/// A row that matched.
pub(crate) struct Match {
    pub(crate) row: usize,
    /// As [`Unit::away`] measures.
    pub(crate) away: f64,
    pub(crate) starts: i64,
}

/// The rows that each family leaves, by what is chosen in it.
struct Choice {
    families: Vec<(Family, Bits)>,
    /// What all of them leave.
    all: Bits,
}

/// What a scan found.
#[derive(Default)]
struct Found {
    /// Every row that would be listed but for the families, as far as it was looked at.
    listed: Bits,
    in_person: Vec<Match>,
    online: Vec<Match>,
    total: usize,
    without_place: usize,
    places: Places,
}

/// Groups by where they meet, whatever was asked of that.
#[derive(Default)]
struct Places {
    in_person: usize,
    not_online: usize,
    online: usize,
}

impl Snapshot {
    /// The answer to a question asked at `now`.
    pub fn find(&self, query: &Query, now: DateTime<Utc>) -> Answer {
        let corrected = match query.spelling {
            Spelling::Forgiving => self.vocabulary.corrected(&query.text),
            Spelling::AsTyped => None,
        };
        let query = &Query {
            text: corrected.clone().unwrap_or_else(|| query.text.clone()),
            spelling: Spelling::AsTyped,
            ..query.clone()
        };
        let choice = self.choice(query);
        let found = self.scan(query, &choice.one_off(self.len()), &choice.all, now);
        let facets = self.counts(query, &choice, &found.listed);
        let mut answer = Answer {
            facets,
            corrected,
            ..self.answer(query, found, now)
        };
        if answer.total == 0 {
            answer.without = self.without(query, now);
        }
        let reaches = query.near.is_some() && query.within_km.is_some() && query.place != Where::Online;
        if answer.in_person.total == 0 && reaches {
            answer.nearest_beyond = self.nearest_beyond(query, now);
        }
        answer
    }

    fn choice(&self, query: &Query) -> Choice {
        let mut families = Vec::new();
        for family in Family::ALL {
            let mut chosen = query
                .facets
                .iter()
                .filter(|facet| facet.family() == family)
                .peekable();
            if chosen.peek().is_some() {
                let mut rows = Bits::none(self.len());
                chosen
                    .filter_map(|facet| self.facets.get(facet))
                    .for_each(|bits| rows.add(bits));
                families.push((family, rows));
            }
        }
        let mut all = Bits::all(self.len());
        families.iter().for_each(|(_, rows)| all.keep(rows));
        Choice { families, all }
    }

    /// Looks at the rows of `within`; those of `chosen` among them are matches.
    fn scan(&self, query: &Query, within: &Bits, chosen: &Bits, now: DateTime<Utc>) -> Found {
        let mut rows = within.clone();
        self.vocabulary.keep(&query.text, &mut rows, self.len());
        if !query.topics.is_empty() {
            self.topics.keep(&query.topics, &mut rows, self.len());
        }
        let reach = Reach::of(query);
        let mut found = Found {
            listed: Bits::none(self.len()),
            ..Found::default()
        };
        for row in rows.rows() {
            let columns = &self.columns[row];
            let of_age = |age| (columns.ages.0..=columns.ages.1).contains(&age);
            if !query.age.is_none_or(of_age) {
                continue;
            }
            let away = reach.away(columns).filter(|_| columns.in_person);
            let reached = away.is_some();
            let walks = walks(query.place, columns);
            let near = reached && walks;
            let online = columns.online && matches!(query.place, Where::Anywhere | Where::Online);
            if near || online {
                found.listed.put(row);
            }
            if !chosen.has(row) {
                continue;
            }
            found.places.in_person += usize::from(reached);
            found.places.not_online += usize::from(reached && !columns.online);
            found.places.online += usize::from(columns.online);
            let starts = self.starts(row, columns.starts, now);
            if let (Some(away), true) = (away, walks) {
                found.in_person.push(Match { row, away, starts });
            } else if columns.in_person && walks && query.near.is_some() && columns.point.is_none() {
                found.without_place += 1;
            }
            if online {
                found.online.push(Match {
                    row,
                    away: 0.0,
                    starts,
                });
            }
            found.total += usize::from(near || online);
        }
        found
    }

    fn counts(&self, query: &Query, choice: &Choice, listed: &Bits) -> Vec<(crate::Facet, usize)> {
        let mut counts = Vec::new();
        for family in Family::ALL {
            let mut others = choice.but(family, self.len());
            others.keep(listed);
            for (facet, rows) in self.facets.iter().filter(|(facet, _)| facet.family() == family) {
                counts.push((facet.clone(), others.common(rows)));
            }
            // A language that nobody speaks here is chosen all the same.
            let unknown = query.facets.iter().filter(|facet| facet.family() == family);
            counts.extend(
                unknown
                    .filter(|facet| self.facets.get(facet).is_none())
                    .map(|facet| (facet.clone(), 0)),
            );
        }
        counts.retain(|(facet, count)| *count > 0 || query.facets.contains(facet));
        counts
    }

    fn answer(&self, query: &Query, mut found: Found, now: DateTime<Utc>) -> Answer {
        let nearest = |a: &Match, b: &Match| a.away.total_cmp(&b.away).then_with(|| soonest(a, b));
        Answer {
            total: found.total,
            in_person: self.page(&mut found.in_person, nearest, query, now),
            online: self.page(&mut found.online, soonest, query, now),
            without_place: found.without_place,
            places: vec![
                (Where::InPerson, found.places.in_person),
                (Where::NotOnline, found.places.not_online),
                (Where::Online, found.places.online),
            ],
            facets: Vec::new(),
            corrected: None,
            without: Vec::new(),
            nearest_beyond: None,
        }
    }

    /// Only as much of the order is made as the page shows.
    fn page(
        &self,
        matches: &mut Vec<Match>,
        order: impl Fn(&Match, &Match) -> Ordering,
        query: &Query,
        now: DateTime<Utc>,
    ) -> Hits {
        let total = matches.len();
        let skipped = query.page.saturating_sub(1).saturating_mul(query.page_size);
        let shown = skipped.saturating_add(query.page_size);
        if shown < total {
            matches.select_nth_unstable_by(shown, &order);
            matches.truncate(shown);
        }
        matches.sort_unstable_by(&order);
        let hit = |found: &Match| Hit {
            entry: self.entries[found.row].clone(),
            distance_km: query
                .near
                .zip(self.columns[found.row].point)
                .map(|(near, point)| near.distance_km(point)),
            next: self.next(found.row, now),
        };
        let hits = matches.iter().skip(skipped).map(hit).collect();
        Hits { total, hits }
    }

    fn nearest_beyond(&self, query: &Query, now: DateTime<Utc>) -> Option<Hit> {
        let place = match query.place {
            Where::NotOnline => Where::NotOnline,
            _ => Where::InPerson,
        };
        let beyond = Query {
            within_km: None,
            place,
            page: 1,
            page_size: 1,
            ..query.clone()
        };
        let all = self.choice(&beyond).all;
        let found = self.scan(&beyond, &all, &all, now);
        self.answer(&beyond, found, now).in_person.hits.pop()
    }

    /// How many there would be without each filter that is set.
    fn without(&self, query: &Query, now: DateTime<Utc>) -> Vec<(Filter, usize)> {
        let families = Family::ALL.into_iter().map(Filter::Family);
        let filters = [Filter::Text, Filter::Topic, Filter::Age]
            .into_iter()
            .chain(families);
        let filters = filters.chain([Filter::Where, Filter::Distance]);
        let count = |filter| {
            let wider = query.without(filter)?;
            let all = self.choice(&wider).all;
            Some((filter, self.scan(&wider, &all, &all, now).total))
        };
        filters.filter_map(count).collect()
    }
}

impl Query {
    /// The same without one filter; none if that is not set.
    pub fn without(&self, filter: Filter) -> Option<Self> {
        let mut wider = self.clone();
        let set = match filter {
            Filter::Text => !std::mem::take(&mut wider.text).trim().is_empty(),
            Filter::Topic => !std::mem::take(&mut wider.topics).is_empty(),
            Filter::Age => wider.age.take().is_some(),
            Filter::Family(family) => {
                wider.facets.retain(|facet| facet.family() != family);
                wider.facets.len() < self.facets.len()
            }
            Filter::Where => std::mem::replace(&mut wider.place, Where::Anywhere) != Where::Anywhere,
            Filter::Distance => wider.within_km.take().is_some(),
        };
        set.then_some(wider)
    }
}

impl Choice {
    /// What every family but this one leaves.
    fn but(&self, family: Family, rows: usize) -> Bits {
        let mut left = Bits::all(rows);
        let others = self.families.iter().filter(|(other, _)| *other != family);
        others.for_each(|(_, bits)| left.keep(bits));
        left
    }

    /// The rows that at most one family takes away: no other row counts for anything.
    fn one_off(&self, rows: usize) -> Bits {
        let mut left = self.all.clone();
        for (family, _) in &self.families {
            left.add(&self.but(*family, rows));
        }
        left
    }
}

/// Whether one who asked for that walks to a group.
fn walks(place: Where, columns: &Columns) -> bool {
    match place {
        Where::Anywhere | Where::InPerson => true,
        Where::NotOnline => !columns.online,
        Where::Online => false,
    }
}

/// Where someone looks from and how far they go.
struct Reach {
    near: Option<Unit>,
    limit: Option<Limit>,
}

impl Reach {
    fn of(query: &Query) -> Self {
        let limit = query.near.zip(query.within_km);
        Self {
            near: query.near.map(Unit::of),
            limit: limit.map(|(near, km)| Limit::new(near, km)),
        }
    }

    /// How far away it is, as [`Unit::away`] measures; none if it is out of reach.
    fn away(&self, columns: &Columns) -> Option<f64> {
        let Some(near) = self.near else { return Some(0.0) };
        let away = near.away(columns.unit?);
        let holds = self
            .limit
            .is_none_or(|limit| columns.point.is_some_and(|point| limit.holds(point, away)));
        holds.then_some(away)
    }
}

pub(crate) fn soonest(a: &Match, b: &Match) -> Ordering {
    a.starts.cmp(&b.starts).then_with(|| a.row.cmp(&b.row))
}
