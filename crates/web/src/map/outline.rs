//! Outlines of the US states, read from TopoJSON (`third_party/us-atlas`). A border of two states is one line there, so each
//! is drawn once.

use std::fmt::Write;
use std::sync::LazyLock;

use serde::Deserialize;

use super::SIZE;
use super::view::View;

/// What of the format we need: differences of whole numbers, and what they mean.
#[derive(Deserialize)]
struct Topology {
    transform: Transform,
    arcs: Vec<Vec<(f64, f64)>>,
}

#[derive(Deserialize)]
struct Transform {
    scale: (f64, f64),
    translate: (f64, f64),
}

/// A line of (longitude, latitude) in degrees.
struct Line {
    points: Vec<(f64, f64)>,
    /// South, north, west, east.
    edges: (f64, f64, f64, f64),
}

static LINES: LazyLock<Vec<Line>> = LazyLock::new(|| {
    let file = include_str!("../../../../third_party/us-atlas/states-10m.json");
    // The file is part of the program and a test reads it; without outlines a map still has dots and towns.
    serde_json::from_str(file).map_or_else(|_| Vec::new(), lines)
});

fn lines(topology: Topology) -> Vec<Line> {
    let Transform { scale, translate } = topology.transform;
    let line = |arc: Vec<(f64, f64)>| {
        let mut at = (0.0, 0.0);
        let points = arc.into_iter().map(|(east, north)| {
            at = (at.0 + east, at.1 + north);
            (at.0 * scale.0 + translate.0, at.1 * scale.1 + translate.1)
        });
        let points: Vec<_> = points.collect();
        let nowhere = (f64::MAX, f64::MIN, f64::MAX, f64::MIN);
        let edges = points.iter().fold(nowhere, |(south, north, west, east), (x, y)| {
            (south.min(*y), north.max(*y), west.min(*x), east.max(*x))
        });
        Line { points, edges }
    };
    topology.arcs.into_iter().map(line).collect()
}

/// Steps of a path in half units of the drawing; a step shorter than this is left out.
const SHORTEST: i32 = 3;
/// Half units beyond the edge within which lines are still drawn.
const MARGIN: i32 = 40;

/// The outlines within the view as the `d` of a path, in half units of the drawing.
pub(super) fn path(view: &View) -> String {
    let (south, north, west, east) = view.edges();
    let mut path = String::new();
    let seen = LINES.iter().filter(|line| {
        let (bottom, top, left, right) = line.edges;
        bottom <= north && top >= south && left <= east && right >= west
    });
    for line in seen {
        trace(&mut path, view, line);
    }
    path
}

fn trace(path: &mut String, view: &View, line: &Line) {
    let mut pen = Pen::Up;
    let last = line.points.len().saturating_sub(1);
    let mut before: Option<(i32, i32)> = None;
    for (place, (longitude, latitude)) in line.points.iter().enumerate() {
        let here = half_units(view.at(*latitude, *longitude));
        let Some(from) = before else {
            before = Some(here);
            continue;
        };
        let step = (here.0 - from.0, here.1 - from.1);
        if step.0.abs().max(step.1.abs()) < SHORTEST && place != last {
            continue;
        }
        pen = pen.draw(path, from, here);
        before = Some(here);
    }
}

/// Whether the next line begins where the last one ended.
#[derive(Clone, Copy, PartialEq)]
enum Pen {
    Up,
    Down,
}

impl Pen {
    fn draw(self, path: &mut String, from: (i32, i32), to: (i32, i32)) -> Self {
        if !seen(from, to) {
            return Self::Up;
        }
        // Writing to a string does not fail.
        let _ = if self == Self::Up {
            write!(path, "M{} {}l", from.0, from.1)
        } else {
            write!(path, " ")
        };
        let _ = write!(path, "{} {}", to.0 - from.0, to.1 - from.1);
        Self::Down
    }
}

/// Whether the box around a step touches the drawing.
fn seen(from: (i32, i32), to: (i32, i32)) -> bool {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the drawing is some hundred units wide"
    )]
    const MOST: i32 = (SIZE * 2.0) as i32 + MARGIN;
    let touches = |a: i32, b: i32| a.max(b) >= -MARGIN && a.min(b) <= MOST;
    touches(from.0, to.0) && touches(from.1, to.1)
}

fn half_units((x, y): (f64, f64)) -> (i32, i32) {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a cast of a float stops at the ends of the type"
    )]
    let half = |value: f64| ((value * 2.0).round() as i32).clamp(-1_000_000, 1_000_000);
    (half(x), half(y))
}

#[cfg(test)]
mod tests {
    use domain::groups::Point;

    use super::*;

    #[test]
    fn the_four_corners_are_where_four_states_meet() {
        let ends = LINES
            .iter()
            .flat_map(|line| [line.points.first(), line.points.last()])
            .flatten();
        let there = ends.filter(|(x, y)| (x + 109.045).abs() < 0.02 && (y - 36.999).abs() < 0.02);
        assert!(there.count() >= 4);
        assert!(LINES.len() > 100);
    }

    #[test]
    fn the_drawing_of_the_whole_country_is_small_and_of_the_sea_is_empty() {
        let point = |latitude, longitude| Point::new(latitude, longitude).unwrap();
        let country = path(&View::of(&[point(25.0, -124.0), point(49.0, -67.0)], None));
        assert!(
            (2_000..24_000).contains(&country.len()),
            "{} bytes",
            country.len()
        );
        assert_eq!(path(&View::of(&[point(30.0, -40.0)], None)), "");
    }
}
