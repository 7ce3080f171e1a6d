//! Which meetings a search finds.

use chrono::{NaiveTime, Timelike};
use feeds::bmlt::{Away, Meeting, Server};

use super::asked::{Asked, Choice, FieldIs, Joined, Times};
use super::circle::{Around, Reach};
use super::php::intval;

/// A meeting that was found, and how far it is if that was asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Found<'a> {
    pub meeting: &'a Meeting,
    pub away: Option<Away>,
}

/// In the order asked for; of equal ones the lower number is first.
pub(crate) fn search<'a>(server: &'a Server, asked: &Asked) -> Vec<Found<'a>> {
    let services = Choice {
        with: below(server, &asked.services.with, asked.recursive),
        without: below(server, &asked.services.without, asked.recursive),
    };
    let fits = |meeting: &&Meeting| {
        asked.meetings.takes(meeting.id)
            && asked.weekdays.takes(meeting.weekday.into())
            && asked.venues.takes(meeting.venue.into())
            && services.takes(meeting.body)
            && has_formats(meeting, &asked.formats, asked.joined)
            && asked.field.as_ref().is_none_or(|field| field.is_of(meeting))
            && asked.times.fit(meeting)
            && asked.text.as_ref().is_none_or(|text| text.is_in(meeting))
    };
    let meetings: Vec<&Meeting> = server.meetings.iter().filter(fits).collect();
    let mut by_distance = false;
    let mut found: Vec<Found> = match asked.around {
        Around::Nothing => Vec::new(),
        Around::Anywhere => {
            let found = meetings.into_iter().map(|meeting| Found { meeting, away: None });
            found.collect()
        }
        Around::Here(circle) => {
            by_distance = circle.by_distance;
            let reach = Reach::of(&circle, &meetings);
            let found = meetings.into_iter().filter_map(|meeting| {
                let away = circle.away(meeting);
                let near = reach.is_none_or(|reach| away.is_some_and(|away| reach.holds(away)));
                near.then_some(Found { meeting, away })
            });
            found.collect()
        }
    };
    if by_distance {
        let miles = |found: &Found| found.away.map(|away| away.miles);
        // One without a place is before all others, as nothing is in the server's database.
        found.sort_by(|a, b| {
            let (a, b) = (miles(a), miles(b));
            a.is_some()
                .cmp(&b.is_some())
                .then(a.unwrap_or(0.0).total_cmp(&b.unwrap_or(0.0)))
        });
    } else {
        found.sort_by(|a, b| asked.order.compare(a.meeting, b.meeting));
    }
    match asked.page {
        Some(page) => found.into_iter().skip(page.skip).take(page.size).collect(),
        None => found,
    }
}

/// These service bodies, and all that are part of them.
pub(crate) fn below(server: &Server, ids: &[u64], recursive: bool) -> Vec<u64> {
    let mut all = ids.to_vec();
    let mut at = 0;
    while recursive && at < all.len() {
        let parent = all[at];
        let children = server
            .bodies
            .iter()
            .filter(|body| body.parent == parent)
            .map(|body| body.id);
        let new: Vec<u64> = children.filter(|child| !all.contains(child)).collect();
        all.extend(new);
        at += 1;
    }
    all
}

fn has_formats(meeting: &Meeting, choice: &Choice, joined: Joined) -> bool {
    let has = |id: &u64| meeting.formats.contains(id);
    let with = match joined {
        Joined::And => choice.with.iter().all(has),
        Joined::Or => choice.with.is_empty() || choice.with.iter().any(has),
    };
    with && !choice.without.iter().any(has)
}

impl FieldIs {
    /// Case does not matter to the server's database.
    fn is_of(&self, meeting: &Meeting) -> bool {
        const NEVER: [&str; 3] = ["formats", "latitude", "longitude"];
        let time = matches!(self.key.as_str(), "start_time" | "duration_time");
        let Some(field) = meeting
            .field(&self.key)
            .filter(|_| !NEVER.contains(&self.key.as_str()))
        else {
            return false;
        };
        self.values.iter().any(|value| {
            if time {
                clock(value).is_some_and(|value| *value == *field)
            } else {
                !field.is_empty() && value.to_lowercase() == field.to_lowercase()
            }
        })
    }
}

/// "9:5" is 09:05:00.
fn clock(text: &str) -> Option<String> {
    let mut parts = text.split(':').map(intval);
    let (hour, minute) = (parts.next()?.clamp(0, 23), parts.next()?.clamp(0, 59));
    Some(format!("{hour:02}:{minute:02}:00"))
}

impl Times {
    fn fit(&self, meeting: &Meeting) -> bool {
        let minutes = |time: NaiveTime| time.hour() * 60 + time.minute();
        let start = minutes(meeting.start);
        let length = u32::from(meeting.minutes);
        self.starts_after.is_none_or(|after| meeting.start > after)
            && self.starts_before.is_none_or(|before| meeting.start < before)
            && self
                .ends_before
                .is_none_or(|before| start + length <= minutes(before))
            && self.least.is_none_or(|least| length >= minutes(least))
            && self.most.is_none_or(|most| length <= minutes(most))
    }
}
