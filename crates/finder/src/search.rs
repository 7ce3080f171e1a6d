//! A question asked of the snapshot: sets of rows first, then one look at each row that is left.

use std::borrow::Cow;
use std::cmp::Ordering;

use chrono::{DateTime, Utc};
use domain::groups::Point;

use crate::bits::Bits;
use crate::choice::Choice;
use crate::facets::{Facet, Family};
use crate::query::{Answer, Filter, Hit, Hits, Query, Spelling, Where};
use crate::snapshot::Snapshot;

/// A row that matched.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Match {
    pub(crate) row: usize,
    /// As [`crate::unit::Unit::away`] measures.
    pub(crate) away: f64,
    /// Unix seconds.
    pub(crate) starts: i64,
}

/// What a scan found, as sets of rows.
struct Found {
    /// Every row that would be listed but for the families, as far as it was looked at.
    listed: Bits,
    /// Those that match, by where they meet.
    in_person: Bits,
    online: Bits,
    /// Those in person with how far away they are; empty if nobody said from where.
    near: Vec<Match>,
    total: usize,
    without_place: usize,
    /// How many there would be, whatever was asked of where they meet.
    places: [(Where, usize); 3],
}

impl Snapshot {
    /// The answer to a question asked at `now`.
    pub fn find(&self, query: &Query, now: DateTime<Utc>) -> Answer {
        let corrected = match query.spelling {
            Spelling::Forgiving => self.vocabulary.corrected(&query.text),
            Spelling::AsTyped => None,
        };
        let query = match &corrected {
            None => Cow::Borrowed(query),
            Some(text) => Cow::Owned(Query {
                text: text.clone(),
                ..query.clone()
            }),
        };
        let choice = Choice::of_query(&query, &self.values, self.len());
        let found = self.scan(&query, &choice.nearly, &choice.all, now);
        let mut answer = Answer {
            facets: self.counts(&query, &choice, &found.listed),
            corrected,
            ..self.answer(&query, found, now)
        };
        if answer.total == 0 {
            answer.without = self.without(&query, now);
        }
        let reaches = query.near.is_some() && query.within_km.is_some() && query.place != Where::Online;
        if answer.in_person.total == 0 && reaches {
            answer.nearest_beyond = self.nearest_beyond(&query, now);
        }
        answer
    }

    /// Looks at the rows of `within`; those of `chosen` among them are matches.
    fn scan(&self, query: &Query, within: &Bits, chosen: &Bits, now: DateTime<Utc>) -> Found {
        let rows = self.fitting(query, within);
        let walks = self.walks(query.place);
        let mut near = Vec::new();
        let reached = match query.near {
            None => rows.and(&self.places.in_person),
            Some(point) => {
                let mut reached = Bits::none(self.len());
                for (row, away) in self.ground.around(point, query.within_km) {
                    if rows.has(row) {
                        reached.put(row);
                        if chosen.has(row) && walks.has(row) {
                            let starts = self.starts(row, now);
                            near.push(Match { row, away, starts });
                        }
                    }
                }
                reached
            }
        };
        let matching = rows.and(chosen);
        let in_person = reached.and(&walks);
        let online = match query.place {
            Where::Anywhere | Where::Online => rows.and(&self.places.online),
            Where::InPerson | Where::NotOnline => Bits::none(self.len()),
        };
        let mut listed = in_person.clone();
        listed.add(&online);
        Found {
            total: listed.common(chosen),
            without_place: self.without_place(query, &matching, &walks),
            places: self.by_place(&matching, &reached),
            in_person: in_person.and(chosen),
            online: online.and(chosen),
            listed,
            near,
        }
    }

    /// The rows that fit in all but where they meet and what is chosen.
    fn fitting(&self, query: &Query, within: &Bits) -> Bits {
        let mut rows = within.clone();
        self.vocabulary.keep(&query.text, &mut rows, self.len());
        if !query.topics.is_empty() {
            self.topics.keep(&query.topics, &mut rows, self.len());
        }
        if let Some(age) = query.age {
            rows.retain(|row| (self.ages[row].0..=self.ages[row].1).contains(&age));
        }
        rows
    }

    /// The rows one would walk to who asked for that.
    fn walks(&self, place: Where) -> Bits {
        let mut walks = self.places.in_person.clone();
        match place {
            Where::Anywhere | Where::InPerson => {}
            Where::NotOnline => walks.remove(&self.places.online),
            Where::Online => walks = Bits::none(self.len()),
        }
        walks
    }

    /// How many match but name no place to measure to.
    fn without_place(&self, query: &Query, matching: &Bits, walks: &Bits) -> usize {
        if query.near.is_none() {
            return 0;
        }
        let mut nowhere = matching.and(walks);
        nowhere.remove(&self.places.located);
        nowhere.count()
    }

    fn by_place(&self, matching: &Bits, reached: &Bits) -> [(Where, usize); 3] {
        let reached = reached.and(matching);
        let (all, hybrid) = (reached.count(), reached.common(&self.places.online));
        [
            (Where::InPerson, all),
            (Where::NotOnline, all - hybrid),
            (Where::Online, matching.common(&self.places.online)),
        ]
    }

    /// For each value how many groups it would leave in place of what is chosen in its family; those that leave none
    /// only if they are chosen.
    fn counts(&self, query: &Query, choice: &Choice, listed: &Bits) -> Vec<(Facet, usize)> {
        let all = self.values.counts(choice, listed);
        let mut counts = Vec::new();
        for family in Family::ALL {
            for (number, facet) in self.values.of(family) {
                if all[number] > 0 || query.facets.contains(facet) {
                    counts.push((facet.clone(), all[number]));
                }
            }
            // A language that nobody speaks here is chosen all the same.
            let chosen = query.facets.iter().filter(|facet| facet.family() == family);
            let unknown = chosen.filter(|facet| self.values.rows(facet).is_none());
            counts.extend(unknown.map(|facet| (facet.clone(), 0)));
        }
        counts
    }

    fn answer(&self, query: &Query, found: Found, now: DateTime<Utc>) -> Answer {
        let skipped = query.page.saturating_sub(1).saturating_mul(query.page_size);
        let most = skipped.saturating_add(query.page_size);
        let page = |total, first: Vec<Match>| Hits {
            total,
            hits: first
                .iter()
                .skip(skipped)
                .map(|found| self.hit(found, query.near, now))
                .collect(),
        };
        let in_person = match query.near {
            Some(_) => page(found.near.len(), first(found.near, most, nearest)),
            None => page(found.in_person.count(), self.soonest(&found.in_person, most, now)),
        };
        Answer {
            total: found.total,
            in_person,
            online: page(found.online.count(), self.soonest(&found.online, most, now)),
            without_place: found.without_place,
            places: found.places.to_vec(),
            facets: Vec::new(),
            corrected: None,
            without: Vec::new(),
            nearest_beyond: None,
        }
    }

    /// The first `most` of these rows by when they meet next, in that order.
    pub(crate) fn soonest(&self, rows: &Bits, most: usize, now: DateTime<Utc>) -> Vec<Match> {
        let found = |row| Match {
            row,
            away: 0.0,
            starts: self.starts(row, now),
        };
        let matches = match self.meetings.first_in_order(rows, most, now) {
            Some(rows) => rows.into_iter().map(found).collect(),
            None => rows.rows().map(found).collect(),
        };
        first(matches, most, soonest)
    }

    pub(crate) fn hit(&self, found: &Match, near: Option<Point>, now: DateTime<Utc>) -> Hit {
        let entry = &self.entries[found.row];
        let point = entry.listing.place.site().and_then(|site| site.point);
        Hit {
            entry: entry.clone(),
            distance_km: near.zip(point).map(|(near, point)| near.distance_km(point)),
            next: self.meetings.next(found.row, &entry.listing, now),
        }
    }

    fn starts(&self, row: usize, now: DateTime<Utc>) -> i64 {
        self.meetings.starts(row, &self.entries[row].listing, now)
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
        let all = Choice::of_query(&beyond, &self.values, self.len()).all;
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
            let all = Choice::of_query(&wider, &self.values, self.len()).all;
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

/// The first `most` of them; only as much of the order is made as that takes.
fn first(
    mut matches: Vec<Match>,
    most: usize,
    order: impl Fn(&Match, &Match) -> Ordering + Copy,
) -> Vec<Match> {
    if most < matches.len() {
        matches.select_nth_unstable_by(most, order);
        matches.truncate(most);
    }
    matches.sort_unstable_by(order);
    matches
}

fn nearest(a: &Match, b: &Match) -> Ordering {
    a.away.total_cmp(&b.away).then_with(|| soonest(a, b))
}

fn soonest(a: &Match, b: &Match) -> Ordering {
    a.starts.cmp(&b.starts).then_with(|| a.row.cmp(&b.row))
}
