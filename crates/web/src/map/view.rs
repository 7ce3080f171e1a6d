//! Where a place of the globe is in the drawing: north up, a degree of longitude as long as it is in the middle.

use domain::groups::Point;

use super::SIZE;

const KM_PER_DEGREE: f64 = 111.195;
/// A view shows at least so much to each side of its middle, in degrees: about five kilometres.
const LEAST: f64 = 0.05;
/// Room between the outermost dot and the edge.
const ROOM: f64 = 1.16;

/// Plate carrée around a middle; good for what fits on a page beside a list.
pub(super) struct View {
    middle: (f64, f64),
    squeeze: f64,
    /// Units of the drawing for a degree of latitude.
    scale: f64,
}

impl View {
    /// The view of all these points: around `near` if there is one, else around their own middle.
    pub(super) fn of(points: &[Point], near: Option<Point>) -> Self {
        let middle = near.map_or_else(|| between(points), |near| (near.latitude(), near.longitude()));
        let squeeze = middle.0.to_radians().cos().max(0.05);
        let reach = |point: &Point| {
            let north = point.latitude() - middle.0;
            let east = wrapped(point.longitude() - middle.1) * squeeze;
            north.abs().max(east.abs())
        };
        let reach = points.iter().map(reach).fold(LEAST, f64::max) * ROOM;
        Self {
            middle,
            squeeze,
            scale: SIZE / 2.0 / reach,
        }
    }

    pub(super) fn at(&self, latitude: f64, longitude: f64) -> (f64, f64) {
        let east = wrapped(longitude - self.middle.1) * self.squeeze * self.scale;
        let north = (latitude - self.middle.0) * self.scale;
        (SIZE / 2.0 + east, SIZE / 2.0 - north)
    }

    pub(super) fn of_point(&self, point: Point) -> (f64, f64) {
        self.at(point.latitude(), point.longitude())
    }

    /// South, north, west and east edge in degrees.
    pub(super) fn edges(&self) -> (f64, f64, f64, f64) {
        let north = SIZE / 2.0 / self.scale;
        let east = north / self.squeeze;
        let (latitude, longitude) = self.middle;
        (
            latitude - north,
            latitude + north,
            longitude - east,
            longitude + east,
        )
    }

    /// Kilometres in a unit of the drawing, from north to south anywhere, from west to east in the middle.
    pub(super) fn km(&self) -> f64 {
        KM_PER_DEGREE / self.scale
    }
}

fn between(points: &[Point]) -> (f64, f64) {
    let middle = |of: fn(Point) -> f64| {
        let values = points.iter().copied().map(of);
        let (least, most) = values.fold((f64::MAX, f64::MIN), |(least, most), value| {
            (least.min(value), most.max(value))
        });
        f64::midpoint(least, most)
    };
    (middle(Point::latitude), middle(Point::longitude))
}

/// A difference of longitudes, the short way round.
fn wrapped(degrees: f64) -> f64 {
    (degrees + 540.0).rem_euclid(360.0) - 180.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(latitude: f64, longitude: f64) -> Point {
        Point::new(latitude, longitude).unwrap()
    }

    #[test]
    fn every_point_is_in_the_view_and_near_is_its_middle() {
        let points = [point(41.5, -81.7), point(41.3, -81.2), point(41.6, -82.0)];
        let near = point(41.484, -81.703);
        for near in [Some(near), None] {
            let view = View::of(&points, near);
            for point in points {
                let (x, y) = view.of_point(point);
                assert!((0.0..=SIZE).contains(&x) && (0.0..=SIZE).contains(&y), "{x},{y}");
            }
        }
        let (x, y) = View::of(&points, Some(near)).of_point(near);
        assert!((x - SIZE / 2.0).abs() < 1e-9 && (y - SIZE / 2.0).abs() < 1e-9);
    }

    #[test]
    fn lengths_are_those_of_the_globe_in_both_directions() {
        let (here, there) = (point(41.5, -81.7), point(41.2, -81.1));
        let view = View::of(&[here, there], None);
        let (a, b) = (view.of_point(here), view.of_point(there));
        let drawn = (a.0 - b.0).hypot(a.1 - b.1) * view.km();
        assert!((drawn / here.distance_km(there) - 1.0).abs() < 0.01, "{drawn}");
    }

    #[test]
    fn one_place_alone_is_a_view_of_some_kilometres() {
        let view = View::of(&[point(41.5, -81.7)], None);
        assert!((view.km() * SIZE - 2.0 * LEAST * ROOM * KM_PER_DEGREE).abs() < 1e-9);
    }
}
