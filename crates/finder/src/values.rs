//! Which rows have which value, kept both ways round: the rows of each value, and the values of each row.

use std::ops::Range;

use domain::groups::{Language, Listing};

use crate::bits::Bits;
use crate::choice::Choice;
use crate::facets::{Facet, Family};

/// When fewer than one row in so many is listed, looking at each row counts faster than looking at each value.
const FEW: usize = 8;

/// By family, then in the order of [`Facet::all`], languages by their code. A value is known by its number in that order.
#[derive(Debug, Default)]
pub(crate) struct Values {
    facets: Vec<Facet>,
    /// The numbers of each family.
    families: [Range<usize>; Family::ALL.len()],
    /// For each value which rows have it.
    rows: Vec<Bits>,
    /// The numbers of the values that the rows have, one row after another. All codes of languages that can be written are
    /// fewer than such a number counts.
    of_rows: Vec<u16>,
    /// Where in them each row begins; one more than there are rows.
    begins: Vec<u32>,
}

impl Values {
    pub(crate) fn new<'a>(listings: impl ExactSizeIterator<Item = &'a Listing> + Clone) -> Self {
        let facets = ordered(listings.clone().flat_map(|listing| &listing.languages));
        let families = Family::ALL.map(|family| {
            let from = facets.partition_point(|value| value.family() < family);
            from..facets.partition_point(|value| value.family() <= family)
        });
        let mut all = Self {
            rows: vec![Bits::none(listings.len()); facets.len()],
            begins: vec![0],
            of_rows: Vec::new(),
            facets,
            families,
        };
        for (row, listing) in listings.enumerate() {
            all.push(row, listing);
        }
        all
    }

    /// The rows of a value; none if no row can have it.
    pub(crate) fn rows(&self, facet: &Facet) -> Option<&Bits> {
        self.number(facet).map(|number| &self.rows[number])
    }

    /// Each value of a family, with its number.
    pub(crate) fn of(&self, family: Family) -> impl Iterator<Item = (usize, &Facet)> {
        let numbers = self.families[family as usize].clone();
        numbers.clone().zip(&self.facets[numbers])
    }

    /// For each value how many of the listed rows it would leave in place of what is chosen in its family. No listed row
    /// may miss more than one family's choice.
    pub(crate) fn counts(&self, choice: &Choice, listed: &Bits) -> Vec<usize> {
        if listed.count() < (self.begins.len() - 1) / FEW {
            self.counts_by_row(choice, listed)
        } else {
            self.counts_by_value(choice, listed)
        }
    }

    fn counts_by_row(&self, choice: &Choice, listed: &Bits) -> Vec<usize> {
        let mut counts = vec![0; self.facets.len()];
        for row in listed.rows() {
            // A row that misses the choice in one family counts for that family only.
            let counted = match choice.missed_by(row) {
                None => 0..self.facets.len(),
                Some(family) => self.families[family as usize].clone(),
            };
            let of_row = self.begins[row] as usize..self.begins[row + 1] as usize;
            let numbers = self.of_rows[of_row].iter().map(|number| usize::from(*number));
            numbers
                .filter(|number| counted.contains(number))
                .for_each(|number| counts[number] += 1);
        }
        counts
    }

    fn counts_by_value(&self, choice: &Choice, listed: &Bits) -> Vec<usize> {
        let chosen = listed.and(&choice.all);
        let mut counts = Vec::with_capacity(self.facets.len());
        for family in Family::ALL {
            let rows = &self.rows[self.families[family as usize].clone()];
            match choice.of(family) {
                None => counts.extend(rows.iter().map(|rows| chosen.common(rows))),
                Some(own) => {
                    let mut others = listed.clone();
                    others.remove(own);
                    others.add(&chosen);
                    counts.extend(rows.iter().map(|rows| others.common(rows)));
                }
            }
        }
        counts
    }

    fn push(&mut self, row: usize, listing: &Listing) {
        for facet in Facet::of(listing) {
            // A date that comes twice is one weekday.
            if let Some(number) = self.number(&facet).filter(|number| !self.rows[*number].has(row)) {
                self.rows[number].put(row);
                self.of_rows.push(u16::try_from(number).unwrap_or(u16::MAX));
            }
        }
        self.begins
            .push(u32::try_from(self.of_rows.len()).unwrap_or(u32::MAX));
    }

    fn number(&self, facet: &Facet) -> Option<usize> {
        self.of(facet.family())
            .find(|(_, value)| *value == facet)
            .map(|(number, _)| number)
    }
}

fn ordered<'a>(languages: impl Iterator<Item = &'a Language>) -> Vec<Facet> {
    let languages: std::collections::BTreeSet<&Language> = languages.collect();
    let languages = languages.into_iter().cloned().map(Facet::Language);
    let mut values: Vec<_> = Facet::all().chain(languages).collect();
    values.sort_by_key(Facet::family);
    values
}
