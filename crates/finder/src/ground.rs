//! Where groups meet, in an order that leads to those in reach of a place without a look at the others.

use domain::groups::Point;

use crate::unit::{EARTH_KM, Limit, Unit};

/// Bands in a degree of latitude, each about eleven kilometres from south to north.
const BANDS_A_DEGREE: f64 = 10.0;
const BANDS: usize = 1_801;
/// Degrees added on each side, far more than rounding takes: who looks at a spot too many still measures it.
const MARGIN: f64 = 1e-5;

/// Every place where a group meets: by band from south to north, in a band from west to east.
#[derive(Debug, Default)]
pub(crate) struct Ground {
    spots: Vec<Spot>,
    /// Where each band begins, and where the last one ends.
    begins: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Spot {
    row: u32,
    point: Point,
    unit: Unit,
}

impl Ground {
    /// The places of these rows.
    pub(crate) fn new(points: impl Iterator<Item = (u32, Point)>) -> Self {
        let spot = |(row, point)| Spot {
            row,
            point,
            unit: Unit::of(point),
        };
        let mut spots: Vec<_> = points.map(spot).collect();
        spots.sort_by(|a, b| {
            let (one, other) = (band(a.point.latitude()), band(b.point.latitude()));
            let eastward = a.point.longitude().total_cmp(&b.point.longitude());
            one.cmp(&other).then(eastward)
        });
        let begin = |band_number| spots.partition_point(|spot| band(spot.point.latitude()) < band_number);
        let begins = (0..=BANDS).map(|band| u32::try_from(begin(band)).unwrap_or(u32::MAX));
        Self {
            begins: begins.collect(),
            spots,
        }
    }

    /// The rows in reach of a place and how far away each is, as [`Unit::away`] measures; without a limit all of them.
    pub(crate) fn around(&self, near: Point, within_km: Option<f64>) -> impl Iterator<Item = (usize, f64)> {
        let unit = Unit::of(near);
        let limit = within_km.map(|km| Limit::new(near, km));
        let slices = match within_km {
            Some(km) => self.slices(near, km),
            None => vec![&self.spots[..]],
        };
        slices.into_iter().flatten().filter_map(move |spot| {
            let away = unit.away(spot.unit);
            let holds = limit.is_none_or(|limit| limit.holds(spot.point, away));
            holds.then_some((spot.row as usize, away))
        })
    }

    /// All spots that may be in reach, and few others.
    fn slices(&self, near: Point, km: f64) -> Vec<&[Spot]> {
        let reach = (km / EARTH_KM).to_degrees() + MARGIN;
        let (south, north) = (near.latitude() - reach, near.latitude() + reach);
        let bands = band(south)..=band(north);
        if self.spots.is_empty() {
            return Vec::new();
        }
        if south <= -90.0 || north >= 90.0 {
            // Around a pole every direction is east or west.
            let (from, to) = (self.begins[*bands.start()], self.begins[bands.end() + 1]);
            return vec![&self.spots[from as usize..to as usize]];
        }
        let sides = longitudes(near, reach);
        bands
            .map(|band| &self.spots[self.begins[band] as usize..self.begins[band + 1] as usize])
            .flat_map(|spots| {
                sides.into_iter().flatten().map(|(west, east)| {
                    let from = spots.partition_point(|spot| spot.point.longitude() < west);
                    let count = spots[from..].partition_point(|spot| spot.point.longitude() <= east);
                    &spots[from..from + count]
                })
            })
            .filter(|spots| !spots.is_empty())
            .collect()
    }
}

/// The band of a latitude; beyond a pole the last one.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is clamped to the bands there are"
)]
fn band(latitude: f64) -> usize {
    ((latitude.clamp(-90.0, 90.0) + 90.0) * BANDS_A_DEGREE) as usize
}

/// From where to where in reach, in two parts where the date line is between.
fn longitudes(near: Point, reach: f64) -> [Option<(f64, f64)>; 2] {
    let squeeze = near.latitude().to_radians().cos();
    let sine = (reach.to_radians().sin() / squeeze).min(1.0);
    let sideways = sine.asin().to_degrees() + MARGIN;
    let (west, east) = (near.longitude() - sideways, near.longitude() + sideways);
    if west < -180.0 {
        [Some((west + 360.0, 180.0)), Some((-180.0, east))]
    } else if east > 180.0 {
        [Some((west, 180.0)), Some((-180.0, east - 360.0))]
    } else {
        [Some((west, east)), None]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Point> {
        let mut points = Vec::new();
        for latitude in (-90..=90).step_by(5) {
            for longitude in (-180..=180).step_by(5) {
                points.push(Point::new(latitude.into(), longitude.into()).unwrap());
            }
        }
        points
    }

    #[test]
    fn what_is_in_reach_is_what_the_distance_says_everywhere() {
        let points = all();
        let ground = Ground::new((0..).zip(points.iter().copied()));
        let mut reached = 0;
        for (latitude, longitude) in [
            (41.483, -81.697),
            (0.0, 0.0),
            (12.0, 179.9),
            (-12.0, -179.9),
            (0.0, 180.0),
            (89.9, 10.0),
            (-90.0, 0.0),
            (60.0, -170.0),
        ] {
            let near = Point::new(latitude, longitude).unwrap();
            for km in [1.0, 50.0, 600.0, 3_000.0, 10_007.5, 19_000.0, 25_000.0] {
                let mut found: Vec<_> = ground.around(near, Some(km)).map(|(row, _)| row).collect();
                found.sort_unstable();
                let rows = 0..points.len();
                let expected: Vec<_> = rows.filter(|row| near.distance_km(points[*row]) <= km).collect();
                assert_eq!(found, expected, "{km} km around {near:?}");
                reached += found.len();
            }
        }
        assert!(reached > 10_000, "only {reached} were in reach");
    }

    #[test]
    fn without_a_limit_everything_is_in_reach_and_nothing_of_nothing() {
        let near = Point::new(41.483, -81.697).unwrap();
        let ground = Ground::new((0..).zip(all()));
        assert_eq!(ground.around(near, None).count(), all().len());
        assert_eq!(Ground::default().around(near, None).count(), 0);
        assert_eq!(Ground::default().around(near, Some(10.0)).count(), 0);
        assert_eq!(
            Ground::new(std::iter::empty()).around(near, Some(10.0)).count(),
            0
        );
    }
}
