//! Groups as dots; those that would cover each other become one with a count.

use domain::groups::{Address, Kind, Point};
use finder::Hit;

use super::view::View;

/// Dots nearer than this in both directions would cover each other, in units of the drawing.
const APART: (f64, f64) = (34.0, 25.0);

/// A group of the list that names a place. Where the address is withheld that is the middle of its area.
pub(super) struct Dot<'a> {
    pub(super) number: usize,
    pub(super) hit: &'a Hit,
    pub(super) point: Point,
    pub(super) place: Exactness,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Exactness {
    Address,
    Area,
}

/// Dots at one spot of the drawing, the lowest number first.
pub(super) struct Spot<'a> {
    pub(super) at: (f64, f64),
    pub(super) dots: Vec<&'a Dot<'a>>,
}

impl<'a> Dot<'a> {
    pub(super) fn of(hit: &'a Hit, number: usize) -> Option<Self> {
        let site = hit.entry.listing.place.site()?;
        let place = match site.address {
            Address::Exact { .. } => Exactness::Address,
            Address::Withheld { .. } => Exactness::Area,
        };
        Some(Self {
            number,
            hit,
            point: site.point?,
            place,
        })
    }

    pub(super) fn kind(&self) -> Kind {
        self.hit.entry.listing.kind
    }
}

impl Spot<'_> {
    /// The kind of all of them, if they have one.
    pub(super) fn kind(&self) -> Option<Kind> {
        let first = self.dots.first()?.kind();
        self.dots.iter().all(|dot| dot.kind() == first).then_some(first)
    }
}

/// Each dot at its spot; a dot that comes too near to an earlier spot joins it.
pub(super) fn spots<'a>(view: &View, dots: &'a [Dot<'a>]) -> Vec<Spot<'a>> {
    let mut spots: Vec<Spot> = Vec::new();
    for dot in dots {
        let at = view.of_point(dot.point);
        let near = spots
            .iter_mut()
            .find(|spot| (spot.at.0 - at.0).abs() < APART.0 && (spot.at.1 - at.1).abs() < APART.1);
        match near {
            Some(spot) => spot.dots.push(dot),
            None => spots.push(Spot { at, dots: vec![dot] }),
        }
    }
    spots
}
