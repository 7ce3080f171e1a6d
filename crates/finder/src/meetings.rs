//! When groups meet next, and which of them soonest.

use chrono::{DateTime, Utc};
use domain::groups::Listing;
use domain::schedule::Occurrence;

use crate::bits::Bits;

/// The next meeting of each row as of the snapshot. One that has begun since is looked up anew.
#[derive(Debug, Default)]
pub(crate) struct Meetings {
    next: Vec<Option<Occurrence>>,
    /// Unix seconds; the end of time if no meeting is known.
    starts: Vec<i64>,
    /// All rows, those that meet soonest first.
    order: Vec<u32>,
}

impl Meetings {
    pub(crate) fn new<'a>(listings: impl Iterator<Item = &'a Listing>, now: DateTime<Utc>) -> Self {
        let next: Vec<_> = listings.map(|listing| listing.next(now)).collect();
        let starts: Vec<_> = next.iter().map(|next| seconds(next.as_ref())).collect();
        let mut order: Vec<_> = (0..).zip(&starts).map(|(row, _)| row).collect();
        order.sort_by_key(|row: &u32| starts[*row as usize]);
        Self { next, starts, order }
    }

    pub(crate) fn next(&self, row: usize, listing: &Listing, now: DateTime<Utc>) -> Option<Occurrence> {
        match &self.next[row] {
            Some(next) if next.start < now => listing.next(now),
            next => next.clone(),
        }
    }

    /// When the next meeting begins, in Unix seconds.
    pub(crate) fn starts(&self, row: usize, listing: &Listing, now: DateTime<Utc>) -> i64 {
        let starts = self.starts[row];
        if starts >= now.timestamp() {
            return starts;
        }
        seconds(self.next(row, listing, now).as_ref())
    }

    /// Some of these rows, among them the `most` that meet soonest, by walking all rows in that order; none when the rows are
    /// so few that looking at each of them is faster.
    pub(crate) fn first_in_order(&self, rows: &Bits, most: usize, now: DateTime<Utc>) -> Option<Vec<usize>> {
        let (there, all) = (rows.count(), self.order.len());
        // The walk takes about `most * all / there` steps.
        if there.saturating_mul(there) <= most.saturating_mul(all) {
            return None;
        }
        let of = |row: &u32| rows.has(*row as usize);
        let begun = |row: &u32| self.starts[*row as usize] < now.timestamp();
        let (begun, to_come) = self.order.split_at(self.order.partition_point(begun));
        // A meeting that has begun is followed by another one, which may be before or after all to come.
        let begun = begun.iter().copied().filter(of);
        let to_come = to_come.iter().copied().filter(of).take(most);
        Some(begun.chain(to_come).map(|row| row as usize).collect())
    }
}

fn seconds(next: Option<&Occurrence>) -> i64 {
    next.map_or(i64::MAX, |next| next.start.timestamp())
}
