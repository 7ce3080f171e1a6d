//! `GetServerInfo`: what clients look at before they ask for meetings.

use domain::groups::Point;
use feeds::bmlt::{KEYS, Meeting, Server};
use serde_json::json;

use super::Wrong;
use super::php::Parameters;

/// The version of BMLT's server whose answers these are.
const VERSION: (u32, u32, u32) = (4, 2, 7);

pub(super) fn info(server: &Server, _: &Parameters) -> Result<String, Wrong> {
    let (major, minor, patch) = VERSION;
    let (latitude, longitude) = middle(server);
    super::text(&json!([{
        "version": format!("{major}.{minor}.{patch}"),
        "versionInt": (major * 1_000_000 + minor * 1_000 + patch).to_string(),
        "langs": "en",
        "nativeLang": "en",
        "centerLongitude": longitude,
        "centerLatitude": latitude,
        "centerZoom": "8",
        "defaultDuration": "01:00:00",
        "regionBias": "",
        "charSet": "UTF-8",
        "distanceUnits": "mi",
        "semanticAdmin": "0",
        "changesPerMeeting": "0",
        "meeting_states_and_provinces": "",
        "meeting_counties_and_sub_provinces": "",
        "available_keys": KEYS.join(","),
        "google_api_key": "",
    }]))
}

/// The middle of all meetings on the map; empty where there is none.
fn middle(server: &Server) -> (String, String) {
    let points = server.meetings.iter().filter_map(|meeting| meeting.point);
    let (mut count, mut latitude, mut longitude) = (0.0, 0.0, 0.0);
    for point in points {
        count += 1.0;
        latitude += point.latitude();
        longitude += point.longitude();
    }
    if count == 0.0 {
        return (String::new(), String::new());
    }
    (
        format!("{:.4}", latitude / count),
        format!("{:.4}", longitude / count),
    )
}

/// A few meetings to try questions on.
pub(super) fn of_a_few() -> Server {
    let meetings = [
        (41.48, -81.7),
        (41.5, -81.6),
        (40.7, -74.0),
        (-33.9, 151.2),
        (89.9, 0.0),
    ];
    let meetings = meetings
        .into_iter()
        .zip(1_u8..)
        .map(|((latitude, longitude), n)| Meeting {
            id: u64::from(n) * 8,
            weekday: n,
            venue: 1 + n % 3,
            minutes: 60,
            name: format!("Meeting {n} at the Café"),
            formats: vec![17, u64::from(n)],
            point: Point::new(latitude, longitude).ok().filter(|_| n != 3),
            ..Meeting::default()
        });
    Server {
        meetings: meetings.collect(),
        ..Server::default()
    }
}
