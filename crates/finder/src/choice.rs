//! What is chosen in each family, as sets of rows.

use crate::bits::Bits;
use crate::facets::Family;
use crate::query::Query;
use crate::values::Values;

pub(crate) struct Choice {
    /// The rows that each family leaves in which something is chosen.
    families: Vec<(Family, Bits)>,
    /// What all of them leave.
    pub(crate) all: Bits,
    /// The rows that at most one family takes away: no other row counts for anything.
    pub(crate) nearly: Bits,
}

impl Choice {
    /// What the query chooses among so many rows.
    pub(crate) fn of_query(query: &Query, values: &Values, rows: usize) -> Self {
        let mut choice = Self {
            families: Vec::new(),
            all: Bits::all(rows),
            nearly: Bits::all(rows),
        };
        for family in Family::ALL {
            let chosen = query.facets.iter().filter(|facet| facet.family() == family);
            let mut chosen = chosen.peekable();
            if chosen.peek().is_some() {
                let mut left = Bits::none(rows);
                chosen
                    .filter_map(|facet| values.rows(facet))
                    .for_each(|rows| left.add(rows));
                choice.narrow(family, left);
            }
        }
        choice
    }

    /// The rows that a family leaves; none if nothing is chosen in it.
    pub(crate) fn of(&self, family: Family) -> Option<&Bits> {
        let mut families = self.families.iter();
        families.find(|(of, _)| *of == family).map(|(_, rows)| rows)
    }

    /// The first family that takes this row away.
    pub(crate) fn missed_by(&self, row: usize) -> Option<Family> {
        let mut families = self.families.iter();
        families
            .find(|(_, rows)| !rows.has(row))
            .map(|(family, _)| *family)
    }

    fn narrow(&mut self, family: Family, left: Bits) {
        self.nearly.keep(&left);
        self.nearly.add(&self.all);
        self.all.keep(&left);
        self.families.push((family, left));
    }
}
