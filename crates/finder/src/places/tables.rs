//! Reads the bundled tables.

use std::collections::{HashMap, HashSet};

use domain::groups::Point;

use super::index::Index;
use super::names::canonical;
use super::{Places, Town, zip};

pub(super) fn read() -> Places {
    let mut tables = Tables::default();
    tables.read_cities();
    tables.read_zips();
    tables.zips.sort_unstable_by_key(|(number, _)| *number);
    tables.towns.shrink_to_fit();
    Places {
        towns: tables.towns,
        by_name: Index::new(tables.names),
        zips: tables.zips,
    }
}

#[derive(Default)]
struct Tables {
    towns: Vec<Town>,
    /// Canonical, with the number of the town.
    names: Vec<(String, u32)>,
    /// Canonical names of US towns with their states.
    american: HashSet<(String, &'static str)>,
    zips: Vec<(u32, Point)>,
}

impl Tables {
    fn read_cities(&mut self) {
        for line in include_str!("../../../../third_party/geo/cities15000.tsv").lines() {
            let mut columns = line.split('\t');
            let mut next = || columns.next().unwrap_or_default();
            let (name, country, admin) = (next(), next(), next());
            let Some(point) = point(next(), next()) else {
                continue;
            };
            let population = next().parse().unwrap_or(0);
            let zone = next().parse().ok();
            let state = if country == "US" { admin } else { "" };
            self.add(Town {
                name,
                country,
                state,
                point,
                population,
                zone,
            });
        }
    }

    /// Each ZIP code, and the small towns that the table of cities does not have, in the middle of their ZIP codes.
    fn read_zips(&mut self) {
        let mut small: HashMap<(&str, &str), (f64, f64, f64)> = HashMap::new();
        for line in include_str!("../../../../third_party/geo/us_zips.tsv").lines() {
            let mut columns = line.split('\t');
            let mut next = || columns.next().unwrap_or_default();
            let (number, city, state) = (next(), next(), next());
            let Some(point) = point(next(), next()) else {
                continue;
            };
            if let Some(number) = zip(number) {
                self.zips.push((number, point));
            }
            if !city.is_empty() {
                let sum = small.entry((city, state)).or_default();
                *sum = (sum.0 + point.latitude(), sum.1 + point.longitude(), sum.2 + 1.0);
            }
        }
        let mut small: Vec<_> = small.into_iter().collect();
        small.sort_unstable_by_key(|(name, _)| *name);
        for ((name, state), (latitudes, longitudes, count)) in small {
            let known = self.american.contains(&(canonical(name), state));
            if let (false, Ok(point)) = (known, Point::new(latitudes / count, longitudes / count)) {
                self.add(Town {
                    name,
                    country: "US",
                    state,
                    point,
                    population: 0,
                    zone: None,
                });
            }
        }
    }

    fn add(&mut self, town: Town) {
        let name = canonical(town.name);
        if let Some(short) = name.strip_suffix(" city") {
            self.call(short.to_owned(), &town);
        }
        self.call(name, &town);
        self.towns.push(town);
    }

    /// Notes a name of the town that is added next.
    fn call(&mut self, name: String, town: &Town) {
        let number = u32::try_from(self.towns.len()).unwrap_or(u32::MAX);
        if town.country == "US" {
            self.american.insert((name.clone(), town.state));
        }
        self.names.push((name, number));
    }
}

fn point(latitude: &str, longitude: &str) -> Option<Point> {
    Point::new(latitude.parse().ok()?, longitude.parse().ok()?).ok()
}
