//! How far meetings are, and the radius that holds enough of them: the server's own formulas, step by step.

use feeds::bmlt::{Away, Meeting};

use super::asked::one;
use super::php::{Parameters, numeric};
use crate::finding::near::Problem;

const MILES_OF_DEGREE: f64 = 69.0;
const KM_OF_DEGREE: f64 = 111.111;

/// The radii that are tried for "the nearest so many", in the unit asked for.
const LADDER: [f64; 58] = [
    0.0625, 0.125, 0.1875, 0.25, 0.4375, 0.5, 0.5625, 0.75, 0.8125, 1.0, 1.25, 1.5, 1.75, 2.0, 2.25, 2.5,
    2.75, 3.0, 3.25, 3.5, 3.75, 4.0, 4.25, 4.5, 4.75, 5.0, 5.5, 6.0, 6.5, 7.0, 7.5, 8.0, 8.5, 9.0, 9.5, 10.0,
    11.0, 12.0, 13.0, 14.0, 15.0, 17.5, 20.0, 22.5, 25.0, 27.5, 30.0, 35.0, 40.0, 45.0, 50.0, 60.0, 70.0,
    80.0, 90.0, 100.0, 150.0, 200.0,
];

/// Where is looked.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) enum Around {
    #[default]
    Anywhere,
    /// Half a place, or a place without a distance: nothing is found.
    Nothing,
    Here(Circle),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Circle {
    pub latitude: f64,
    pub longitude: f64,
    /// None tells distances only.
    pub width: Option<Width>,
    pub by_distance: bool,
}

/// A radius; a negative one asks for the smallest that holds so many meetings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Width {
    Miles(f64),
    Km(f64),
}

/// How far is near.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reach(Width);

/// Where a client looks.
pub(super) fn around(parameters: &Parameters, fields: Option<&str>) -> Result<Around, Problem> {
    let number = |name| Ok(one(parameters, name)?.and_then(numeric));
    let (latitude, longitude) = (number("lat_val")?, number("long_val")?);
    let (miles, km) = (number("geo_width")?, number("geo_width_km")?);
    let by_distance = one(parameters, "sort_results_by_distance")? == Some("1");
    let told = fields.is_some_and(|fields| {
        fields
            .split(',')
            .any(|field| matches!(field.trim(), "distance_in_miles" | "distance_in_km"))
    });
    let width = miles.map(Width::Miles).or(km.map(Width::Km));
    Ok(match (latitude, longitude) {
        (None, None) => Around::Anywhere,
        (Some(latitude), Some(longitude)) if width.is_some() || told => Around::Here(Circle {
            latitude,
            longitude,
            width,
            by_distance,
        }),
        _ => Around::Nothing,
    })
}

impl Circle {
    /// Nothing for a meeting without a place on the map.
    pub(super) fn away(&self, meeting: &Meeting) -> Option<Away> {
        let degrees = self.degrees(meeting)?;
        Some(Away {
            miles: MILES_OF_DEGREE * degrees,
            km: KM_OF_DEGREE * degrees,
        })
    }

    fn degrees(&self, meeting: &Meeting) -> Option<f64> {
        let point = meeting.point?;
        let (latitude, here) = (point.latitude().to_radians(), self.latitude.to_radians());
        let east = point.longitude().to_radians() - self.longitude.to_radians();
        let cosine = latitude.cos() * here.cos() * east.cos() + latitude.sin() * here.sin();
        let degrees = cosine.min(1.0).acos().to_degrees();
        (!degrees.is_nan()).then_some(degrees)
    }

    /// Whether a meeting is within the square around a radius, which the server looks at before it counts.
    fn is_in_square(&self, meeting: &Meeting, radius: f64, degree: f64) -> bool {
        let Some(point) = meeting.point else { return false };
        let high = radius / degree;
        let wide = radius / (degree * self.latitude.to_radians().cos());
        (point.latitude() - self.latitude).abs() <= high && (point.longitude() - self.longitude).abs() <= wide
    }
}

impl Reach {
    /// The radius asked for; a negative one is the smallest of the ladder that holds so many meetings, else its last.
    pub(super) fn of(circle: &Circle, meetings: &[&Meeting]) -> Option<Self> {
        let (width, degree) = match circle.width? {
            Width::Miles(miles) => (miles, MILES_OF_DEGREE),
            Width::Km(km) => (km, KM_OF_DEGREE),
        };
        if width >= 0.0 {
            return Some(Self(circle.width?));
        }
        let enough = |radius: &f64| {
            let held = meetings.iter().filter(|meeting| {
                let near = circle
                    .degrees(meeting)
                    .is_some_and(|degrees| degree * degrees <= *radius);
                near && circle.is_in_square(meeting, *radius, degree)
            });
            #[expect(clippy::cast_precision_loss, reason = "no server has 2^52 meetings")]
            let held = held.count() as f64;
            held >= width.trunc().abs()
        };
        let radius = LADDER
            .into_iter()
            .find(enough)
            .unwrap_or(LADDER[LADDER.len() - 1]);
        Some(Self(match circle.width? {
            Width::Miles(_) => Width::Miles(radius),
            Width::Km(_) => Width::Km(radius),
        }))
    }

    pub(super) fn holds(self, away: Away) -> bool {
        match self.0 {
            Width::Miles(miles) => away.miles <= miles,
            Width::Km(km) => away.km <= km,
        }
    }
}
