//! Places by name, ZIP code or coordinates, from bundled tables (US Census Bureau, GeoNames; see `third_party/geo`).

mod index;
mod names;
mod tables;

use std::sync::LazyLock;

use chrono_tz::Tz;
use domain::groups::Point;

use domain::text::fold;
use index::Index;
use names::{canonical, country_code, country_name, state_code};

/// At most so many places are offered for an ambiguous name.
const MOST_CHOICES: usize = 10;
/// A longer text is no name of a place.
const LONGEST: usize = 200;

/// A place that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// "44113", "Cleveland, OH", "Zürich, Switzerland", "41.5,-81.7".
    pub name: String,
    pub point: Point,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    One(Place),
    /// Several have this name; the most people first.
    Several(Vec<Place>),
    Unknown(WhyUnknown),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyUnknown {
    Empty,
    NoSuchZip,
    NoSuchTown,
    NotOnTheGlobe,
}

/// Every place the program knows.
pub struct Places {
    towns: Vec<Town>,
    /// Which towns have a name, by their numbers.
    by_name: Index,
    /// In order.
    zips: Vec<(u32, Point)>,
}

struct Town {
    name: &'static str,
    /// ISO country code.
    country: &'static str,
    /// US state code; elsewhere empty.
    state: &'static str,
    point: Point,
    population: u32,
    zone: Option<Tz>,
}

/// The bundled places; read once, on first use.
pub fn places() -> &'static Places {
    static PLACES: LazyLock<Places> = LazyLock::new(tables::read);
    &PLACES
}

impl Places {
    /// Where `text` is: a ZIP code, "City", "City, ST", "City, Country" or "latitude,longitude".
    pub fn resolve(&self, text: &str) -> Found {
        let text = text.trim();
        if text.is_empty() {
            return Found::Unknown(WhyUnknown::Empty);
        }
        if text.len() > LONGEST {
            return Found::Unknown(WhyUnknown::NoSuchTown);
        }
        if let Some(zip) = zip(text) {
            return self
                .zip_place(zip)
                .map_or(Found::Unknown(WhyUnknown::NoSuchZip), Found::One);
        }
        if let Some((latitude, longitude)) = coordinates(text) {
            return match Point::new(latitude, longitude) {
                Ok(point) => Found::One(Place {
                    name: text.to_owned(),
                    point,
                }),
                Err(_) => Found::Unknown(WhyUnknown::NotOnTheGlobe),
            };
        }
        self.named(text)
    }

    /// The middle of a ZIP code's area.
    pub fn zip_area(&self, zip_code: &str) -> Option<Point> {
        self.zip_point(zip(zip_code)?)
    }

    /// The time zone of the nearest larger town.
    pub fn zone_near(&self, point: Point) -> Tz {
        let squeeze = point.latitude().to_radians().cos();
        let apart = |town: &Town| {
            let north = town.point.latitude() - point.latitude();
            let east = (town.point.longitude() - point.longitude() + 540.0).rem_euclid(360.0) - 180.0;
            north * north + east * east * squeeze * squeeze
        };
        let with_zone = self.towns.iter().filter(|town| town.zone.is_some());
        with_zone
            .min_by(|a, b| apart(a).total_cmp(&apart(b)))
            .and_then(|town| town.zone)
            .unwrap_or(Tz::UTC)
    }

    /// The largest towns between these edges (south, north, west, east, in degrees), at most so many, the largest first.
    pub fn largest_within(&self, edges: (f64, f64, f64, f64), most: usize) -> Vec<Place> {
        let (south, north, west, east) = edges;
        let inside = |town: &&Town| {
            (south..=north).contains(&town.point.latitude())
                && (west..=east).contains(&town.point.longitude())
        };
        let mut towns: Vec<_> = self.towns.iter().filter(inside).collect();
        towns.sort_by_key(|town| std::cmp::Reverse(town.population));
        towns.truncate(most);
        towns.into_iter().map(Self::place).collect()
    }

    fn zip_place(&self, number: u32) -> Option<Place> {
        Some(Place {
            name: format!("{number:05}"),
            point: self.zip_point(number)?,
        })
    }

    fn zip_point(&self, number: u32) -> Option<Point> {
        let at = self.zips.binary_search_by_key(&number, |(number, _)| *number);
        Some(self.zips[at.ok()?].1)
    }

    fn named(&self, text: &str) -> Found {
        let whole = self.towns_named(text);
        let (name, region) = text.rsplit_once(',').unwrap_or((text, ""));
        let mut found = if region.trim().is_empty() || !whole.is_empty() {
            whole
        } else {
            let region = fold::words(region).join(" ");
            let (state, country) = (state_code(&region), country_code(&region));
            let there = |town: &&Town| {
                state.is_some_and(|state| town.country == "US" && town.state == state)
                    || country == Some(town.country)
            };
            self.towns_named(name).into_iter().filter(there).collect()
        };
        found.sort_by_key(|town| std::cmp::Reverse(town.population));
        found.truncate(MOST_CHOICES);
        match found.as_slice() {
            [] => Found::Unknown(WhyUnknown::NoSuchTown),
            [town] => Found::One(Self::place(town)),
            _ => Found::Several(found.iter().map(|town| Self::place(town)).collect()),
        }
    }

    fn towns_named(&self, name: &str) -> Vec<&Town> {
        let name = canonical(name);
        let numbers = self.by_name.get(&name);
        numbers.map(|number| &self.towns[number as usize]).collect()
    }

    fn place(town: &Town) -> Place {
        let region = if town.country == "US" {
            town.state
        } else {
            country_name(town.country)
        };
        Place {
            name: format!("{}, {region}", town.name),
            point: town.point,
        }
    }
}

/// Five digits, or ZIP+4.
fn zip(text: &str) -> Option<u32> {
    let (five, four) = text.split_once('-').unwrap_or((text, "0000"));
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    (digits(five, 5) && digits(four, 4))
        .then(|| five.parse().ok())
        .flatten()
}

fn coordinates(text: &str) -> Option<(f64, f64)> {
    let (latitude, longitude) = text.split_once(',')?;
    let number = |text: &str| text.trim().parse().ok().filter(|number: &f64| number.is_finite());
    Some((number(latitude)?, number(longitude)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Place {
        match places().resolve(text) {
            Found::One(place) => place,
            other => panic!("{text}: {other:?}"),
        }
    }

    fn names(text: &str) -> Vec<String> {
        match places().resolve(text) {
            Found::Several(places) => places.into_iter().map(|place| place.name).collect(),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn zip_codes_towns_and_coordinates_are_found() {
        for (text, name, latitude, longitude) in [
            ("44113", "44113", 41.48, -81.70),
            (" 44113-1234 ", "44113", 41.48, -81.70),
            ("00601", "00601", 18.18, -66.75),
            ("Portland, OR", "Portland, OR", 45.52, -122.68),
            ("portland,oregon", "Portland, OR", 45.52, -122.68),
            ("Chagrin Falls, OH", "Chagrin Falls, OH", 41.43, -81.39),
            ("St. Louis, MO", "St. Louis, MO", 38.63, -90.2),
            ("saint louis, mo", "St. Louis, MO", 38.63, -90.2),
            ("sao paulo, brazil", "São Paulo, Brazil", -23.55, -46.64),
            ("zurich, CH", "Zürich, Switzerland", 47.37, 8.55),
            ("41.5,-81.7", "41.5,-81.7", 41.5, -81.7),
        ] {
            let place = one(text);
            let apart = place.point.distance_km(Point::new(latitude, longitude).unwrap());
            assert!(
                place.name == name && apart < 12.0,
                "{text}: {place:?} is {apart} km off"
            );
        }
    }

    #[test]
    fn an_ambiguous_town_offers_the_choice_most_people_first() {
        let springfields = names("Springfield");
        assert!(
            springfields.len() > 3 && springfields[0] == "Springfield, MO",
            "{springfields:?}"
        );
        assert!(names("cleveland").starts_with(&["Cleveland, OH".into()]));
        assert_eq!(
            names("Cleveland").len(),
            MOST_CHOICES.min(names("Cleveland").len())
        );
    }

    #[test]
    fn what_is_no_place_says_why() {
        for (text, why) in [
            ("", WhyUnknown::Empty),
            ("99999", WhyUnknown::NoSuchZip),
            ("91.0,0", WhyUnknown::NotOnTheGlobe),
            ("Xyzzy", WhyUnknown::NoSuchTown),
            ("Cleveland, ZZ", WhyUnknown::NoSuchTown),
            ("🙂", WhyUnknown::NoSuchTown),
            ("NaN,NaN", WhyUnknown::NoSuchTown),
        ] {
            assert_eq!(places().resolve(text), Found::Unknown(why), "{text}");
        }
        assert_eq!(
            places().resolve(&"a".repeat(1_000_000)),
            Found::Unknown(WhyUnknown::NoSuchTown)
        );
    }

    #[test]
    fn every_zip_code_of_the_table_is_found() {
        let table = include_str!("../../../../third_party/geo/us_zips.tsv");
        for line in table.lines() {
            let zip = line.split('\t').next().unwrap();
            assert!(matches!(places().resolve(zip), Found::One(_)), "{zip}");
        }
        assert_eq!(table.lines().count(), 41_128);
    }

    #[test]
    fn a_place_knows_its_time_zone() {
        assert_eq!(places().zone_near(one("44113").point), Tz::America__New_York);
        assert_eq!(places().zone_near(one("92626").point), Tz::America__Los_Angeles);
        assert_eq!(places().zone_near(one("96813").point), Tz::Pacific__Honolulu);
    }
}
