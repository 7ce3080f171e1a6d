//! Places as vectors: how far apart two are is told by three products, without a sine.

use domain::groups::Point;

/// A place as a vector of length one from the middle of the Earth.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unit([f64; 3]);

/// Closer to a limit than this, only the distance itself decides; about a centimetre at 10 km.
const DOUBT: f64 = 1e-12;
/// Mean radius of the Earth in kilometres, as distances are measured.
pub(crate) const EARTH_KM: f64 = 6371.0088;

impl Unit {
    pub(crate) fn of(point: Point) -> Self {
        let (latitude, longitude) = (point.latitude().to_radians(), point.longitude().to_radians());
        Self([
            latitude.cos() * longitude.cos(),
            latitude.cos() * longitude.sin(),
            latitude.sin(),
        ])
    }

    /// A number that is larger the farther apart two places are, and 0 for the same: the square of half the chord.
    pub(crate) fn away(self, other: Self) -> f64 {
        let square: f64 = self.0.iter().zip(other.0).map(|(a, b)| (a - b) * (a - b)).sum();
        square / 4.0
    }
}

/// Whether places are within a distance.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit {
    near: Point,
    km: f64,
    away: f64,
}

impl Limit {
    pub(crate) fn new(near: Point, km: f64) -> Self {
        let half_angle = (km / EARTH_KM / 2.0).min(std::f64::consts::FRAC_PI_2);
        let away = half_angle.sin().powi(2);
        Self { near, km, away }
    }

    /// Whether a place that is so far away is within it.
    pub(crate) fn holds(self, point: Point, away: f64) -> bool {
        if (away - self.away).abs() < DOUBT {
            self.near.distance_km(point) <= self.km
        } else {
            away < self.away
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_holds_what_the_distance_says() {
        let near = Point::new(41.483, -81.697).unwrap();
        for step in 0..4_000_i32 {
            let along = f64::from(step) / 4_000.0;
            let point = Point::new(41.483 - 130.0 * along, -81.697 + 250.0 * along).unwrap();
            let km = near.distance_km(point);
            let away = Unit::of(near).away(Unit::of(point));
            for (limit, holds) in [
                (km * 0.999_999, false),
                (km, true),
                (km * 1.000_001 + 0.000_01, true),
            ] {
                let told = Limit::new(near, limit).holds(point, away);
                assert_eq!(told, holds || km == 0.0, "{km} km, at most {limit}");
            }
        }
    }
}
