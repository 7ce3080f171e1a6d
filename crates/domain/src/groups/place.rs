//! Where a group meets. Only what may be public: a withheld address never enters these types.

use serde::{Deserialize, Serialize};

use crate::text::Line;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    InPerson(Site),
    Online(Online),
    Hybrid(Site, Online),
}

/// A place one can walk to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Site {
    /// The building, as people there call it. Empty for a withheld address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Line>,
    pub address: Address,
    /// Where it is; for a withheld address the middle of its ZIP area or town, never its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<Point>,
    /// How to find the room: "downstairs, blue lamp". Empty for a withheld address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub directions: Option<Line>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Address {
    /// The exact address is public.
    Exact {
        /// The whole address on one line, as the organiser writes it.
        line: Line,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        town: Option<Line>,
    },
    /// Told only to those who come; public is the area.
    Withheld { area: Line },
}

/// A video or phone meeting. The join link is deliberately absent: it is told only to those who come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Online {
    /// "Zoom", "phone".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Line>,
    /// Where people must live to take part (licence law): "people living in Ohio".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_for: Option<Line>,
}

/// A place on the globe, WGS 84 degrees.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "(f64, f64)", into = "(f64, f64)")]
pub struct Point {
    latitude: f64,
    longitude: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("{latitude},{longitude} is not on the globe: latitude is -90 to 90, longitude -180 to 180")]
pub struct PointError {
    latitude: f64,
    longitude: f64,
}

/// Mean radius of the Earth in kilometres (IUGG).
const EARTH_KM: f64 = 6371.0088;

impl Point {
    pub fn new(latitude: f64, longitude: f64) -> Result<Self, PointError> {
        if (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude) {
            Ok(Self { latitude, longitude })
        } else {
            Err(PointError { latitude, longitude })
        }
    }

    pub fn latitude(self) -> f64 {
        self.latitude
    }

    pub fn longitude(self) -> f64 {
        self.longitude
    }

    /// Great-circle distance in kilometres (haversine; within 0.6 % of the ellipsoid).
    pub fn distance_km(self, other: Self) -> f64 {
        let (lat1, lat2) = (self.latitude.to_radians(), other.latitude.to_radians());
        let half_lat = ((lat2 - lat1) / 2.0).sin();
        let half_lon = ((other.longitude - self.longitude).to_radians() / 2.0).sin();
        let h = half_lat * half_lat + lat1.cos() * lat2.cos() * half_lon * half_lon;
        2.0 * EARTH_KM * h.sqrt().min(1.0).asin()
    }
}

impl TryFrom<(f64, f64)> for Point {
    type Error = PointError;
    fn try_from((latitude, longitude): (f64, f64)) -> Result<Self, PointError> {
        Self::new(latitude, longitude)
    }
}

impl From<Point> for (f64, f64) {
    fn from(point: Point) -> (f64, f64) {
        (point.latitude, point.longitude)
    }
}

impl Place {
    /// The place one can walk to, if there is one.
    pub fn site(&self) -> Option<&Site> {
        match self {
            Self::InPerson(site) | Self::Hybrid(site, _) => Some(site),
            Self::Online(_) => None,
        }
    }

    pub fn online(&self) -> Option<&Online> {
        match self {
            Self::Online(online) | Self::Hybrid(_, online) => Some(online),
            Self::InPerson(_) => None,
        }
    }
}

impl Address {
    /// What may be shown of it.
    pub fn public(&self) -> &str {
        match self {
            Self::Exact { line, .. } => line.as_str(),
            Self::Withheld { area } => area.as_str(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude_is_111_kilometres() {
        let north = Point::new(41.0, -81.0).unwrap();
        let south = Point::new(40.0, -81.0).unwrap();
        assert!((north.distance_km(south) - 111.195).abs() < 0.01);
    }

    #[test]
    fn opposite_ends_of_the_globe_are_half_its_girth_apart() {
        let here = Point::new(0.0, 0.0).unwrap();
        let there = Point::new(0.0, 180.0).unwrap();
        assert!((here.distance_km(there) - 20_015.1).abs() < 0.1);
    }

    #[test]
    fn a_point_off_the_globe_does_not_exist() {
        assert!(Point::new(90.1, 0.0).is_err());
        assert!(Point::new(f64::NAN, 0.0).is_err());
    }
}
