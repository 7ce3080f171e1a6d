//! The maximally diverse grouping problem, as the literature has it: all elements in groups of bounded sizes, so that the
//! distances within groups add up to as much as can be. It shows how well the search does on what others have published.

mod read;
mod search;
mod whole;

use crate::feasible::Stop;

pub use read::MdgpError;

/// Up to so many elements the best grouping is proven.
const PROVEN: usize = 14;

/// An instance in the format of MDGPLIB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mdgp {
    pub(crate) elements: usize,
    /// The least and the most elements of each group.
    pub(crate) limits: Vec<(usize, usize)>,
    /// By both elements, as whole numbers: the distances of the file times ten to the power of `decimals`.
    distances: Vec<i64>,
    decimals: u32,
}

/// A grouping of all elements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouping {
    /// The group of each element.
    pub groups: Vec<usize>,
    /// The objective, with the digits of the instance: "1195.92".
    pub objective: String,
    /// Whether it is proven that nothing is better.
    pub optimal: bool,
}

impl Mdgp {
    pub fn elements(&self) -> usize {
        self.elements
    }

    pub(crate) fn distance(&self, one: usize, other: usize) -> i64 {
        self.distances[one * self.elements + other]
    }

    /// The sum of distances within groups, counted anew.
    pub(crate) fn sum(&self, groups: &[usize]) -> i64 {
        let pairs = (0..self.elements).flat_map(|one| (0..one).map(move |other| (one, other)));
        pairs
            .filter(|(one, other)| groups[*one] == groups[*other])
            .map(|(one, other)| self.distance(one, other))
            .sum()
    }

    fn told(&self, sum: i64) -> String {
        let unit = 10_i64.pow(self.decimals);
        let (sign, sum) = (if sum < 0 { "-" } else { "" }, sum.abs());
        if sum % unit == 0 {
            return format!("{sign}{}", sum / unit);
        }
        let part = format!("{:0width$}", sum % unit, width = self.decimals as usize);
        format!("{sign}{}.{}", sum / unit, part.trim_end_matches('0'))
    }

    /// The best grouping found until told to stop, or in so many rounds.
    pub fn solve(&self, seed: u64, rounds: u64, stop: Stop) -> Grouping {
        let (groups, optimal) = if self.elements <= PROVEN {
            (whole::best(self), true)
        } else {
            (search::best(self, seed, rounds, stop), false)
        };
        Grouping {
            objective: self.told(self.sum(&groups)),
            groups,
            optimal,
        }
    }
}

#[cfg(test)]
mod tests;
