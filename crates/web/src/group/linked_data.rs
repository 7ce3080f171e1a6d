//! What a group's page says to programs: schema.org `EventSeries` as JSON-LD, from the public listing and nothing else.
//!
//! Times are wall times of `scheduleTimezone`; dates of single meetings carry their offset. A withheld place is named by
//! its area; an online one has no address at all.

use chrono::{DateTime, SecondsFormat, Utc, Weekday};
use domain::groups::{
    Address, Cost, Currency, Fee, HowToCome, Language, Listing, Money, Place, Seats, Source,
};
use domain::schedule::{Dated, Minutes, Occurrence, Rule, Schedule};
use feeds::icalendar::nth_day;
use maud::{Markup, PreEscaped, html};
use serde_json::{Map, Value, json};
use store::listings::Published;

use crate::settings::Settings;

/// Single meetings named, skipped ones with them.
const MEETINGS: usize = 3;

/// A block of data for the page; browsers do not run it. None for a group that ended or is gone.
pub(super) fn block(published: &Published, settings: &Settings, now: DateTime<Utc>) -> Option<Markup> {
    if published.gone.is_some() || matches!(published.listing.seats, Seats::Ended { .. }) {
        return None;
    }
    // Inside the element only `<` can end it; JSON may say it as an escape, and then nothing in it is markup.
    let data = series(published, settings, now)
        .to_string()
        .replace('<', "\\u003c");
    Some(html! { script type="application/ld+json" { (PreEscaped(data)) } })
}

fn series(published: &Published, settings: &Settings, now: DateTime<Utc>) -> Value {
    let listing = &published.listing;
    let root = settings.site();
    let url = format!("{root}/groups/{}", published.slug);
    let mut said = event("EventSeries", listing);
    said.insert("@context".into(), "https://schema.org".into());
    said.insert("@id".into(), url.as_str().into());
    said.insert("url".into(), url.as_str().into());
    if let Some(summary) = &listing.summary {
        said.insert("description".into(), summary.as_str().into());
    }
    said.insert("eventStatus".into(), status(listing.seats).into());
    said.insert("organizer".into(), organizer(listing, settings));
    let languages: Vec<_> = listing.languages.iter().map(Language::code).collect();
    if !languages.is_empty() {
        said.insert("inLanguage".into(), json!(languages));
    }
    if let Some(cost) = &listing.cost {
        let free = matches!(cost.fee, Fee::Free | Fee::Contribution);
        said.insert("isAccessibleForFree".into(), free.into());
        said.extend(offer(cost, listing.seats, &url).map(|offer| ("offers".to_owned(), offer)));
    }
    if let Some(schedule) = listing.schedule() {
        said.extend(rule(schedule).map(|rule| ("eventSchedule".to_owned(), rule)));
        let dates = listing.upcoming(now).take(MEETINGS);
        let meetings: Vec<_> = dates
            .map(|dated| meeting(listing, schedule, &dated, &url))
            .collect();
        if !meetings.is_empty() {
            said.insert("subEvent".into(), meetings.into());
        }
    }
    Value::Object(said)
}

/// What a series and each meeting of it have in common.
fn event(kind: &str, listing: &Listing) -> Map<String, Value> {
    let mode = match &listing.place {
        Place::InPerson(_) => "OfflineEventAttendanceMode",
        Place::Online(_) => "OnlineEventAttendanceMode",
        Place::Hybrid(..) => "MixedEventAttendanceMode",
    };
    let mut said = Map::new();
    said.insert("@type".into(), kind.into());
    said.insert("name".into(), listing.title.as_str().into());
    said.insert("eventAttendanceMode".into(), schema(mode).into());
    said.insert("location".into(), location(&listing.place));
    said
}

fn location(place: &Place) -> Value {
    let site = place.site().map(|site| match &site.address {
        Address::Withheld { area } => json!({ "@type": "Place", "name": area.as_str() }),
        Address::Exact { line, .. } => {
            let name = site.name.as_ref().unwrap_or(line);
            let mut said = json!({ "@type": "Place", "name": name.as_str(), "address": line.as_str() });
            if let Some(point) = site.point {
                said["geo"] = json!({
                    "@type": "GeoCoordinates", "latitude": point.latitude(), "longitude": point.longitude(),
                });
            }
            said
        }
    });
    let online = place.online().map(|online| {
        let mut said = json!({ "@type": "VirtualLocation" });
        if let Some(by) = &online.by {
            said["name"] = by.as_str().into();
        }
        said
    });
    match (site, online) {
        (Some(site), Some(online)) => json!([site, online]),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => Value::Null,
    }
}

fn status(seats: Seats) -> String {
    schema(match seats {
        Seats::Paused { .. } => "EventPostponed",
        Seats::Ended { .. } => "EventCancelled",
        _ => "EventScheduled",
    })
}

fn organizer(listing: &Listing, settings: &Settings) -> Value {
    let mut said = json!({ "@type": "Organization" });
    match &listing.source {
        Source::Feed { programme } => said["name"] = programme.as_str().into(),
        Source::Own => {
            said["name"] = settings.organisation.name.as_str().into();
            said["url"] = settings.public_url.as_str().into();
        }
    }
    match &listing.how_to_come {
        HowToCome::Organisation { phone, mail } => {
            if let Some(phone) = phone {
                said["telephone"] = phone.as_str().into();
            }
            if let Some(mail) = mail {
                said["email"] = mail.as_str().into();
            }
        }
        HowToCome::Page(page) => said["url"] = page.as_str().into(),
        HowToCome::WalkIn => {}
    }
    said
}

fn offer(cost: &Cost, seats: Seats, url: &str) -> Option<Value> {
    let mut said = match cost.fee {
        Fee::Free | Fee::Contribution => return None,
        Fee::PerSession(price) => json!({
            "@type": "Offer", "price": amount(price), "priceCurrency": currency(price.currency),
        }),
        Fee::Sliding { from, to } => json!({
            "@type": "AggregateOffer", "lowPrice": amount(from), "highPrice": amount(to),
            "priceCurrency": currency(from.currency),
        }),
    };
    said["url"] = url.into();
    said["availability"] = schema(match seats {
        Seats::Left(0) | Seats::Closed | Seats::Paused { .. } | Seats::Ended { .. } => "SoldOut",
        Seats::WaitingList { .. } => "BackOrder",
        Seats::Starts(_) => "PreOrder",
        Seats::Open | Seats::Left(_) => "InStock",
    })
    .into();
    Some(said)
}

/// The rule as a `Schedule`; single dates have none.
fn rule(schedule: &Schedule) -> Option<Value> {
    let (every, days): (String, Vec<String>) = match &schedule.rule {
        Rule::Weekly { interval, days } => (
            format!("P{interval}W"),
            days.iter().map(|day| schema(day_name(*day))).collect(),
        ),
        Rule::Monthly { interval, nth, day } => (
            format!("P{interval}M"),
            nth.iter().map(|nth| nth_day(*nth, *day)).collect(),
        ),
        Rule::Dates { .. } => return None,
    };
    let mut said = json!({
        "@type": "Schedule",
        "repeatFrequency": every,
        "byDay": days,
        "startDate": schedule.from.to_string(),
        "startTime": schedule.time.format("%H:%M:%S").to_string(),
        "duration": duration(schedule.length),
        "scheduleTimezone": schedule.zone.name(),
    });
    if let Some(until) = schedule.until {
        said["endDate"] = until.to_string().into();
    }
    let left_out = schedule.skips.iter().map(|skip| skip.date);
    let left_out: Vec<_> = left_out
        .chain(schedule.moves.iter().map(|moved| moved.date))
        .collect();
    if !left_out.is_empty() {
        let dates: Vec<_> = left_out.iter().map(ToString::to_string).collect();
        said["exceptDate"] = json!(dates);
    }
    Some(said)
}

fn meeting(listing: &Listing, schedule: &Schedule, dated: &Dated, url: &str) -> Value {
    let mut said = event("Event", listing);
    said.insert("url".into(), url.into());
    said.insert("superEvent".into(), json!({ "@id": url }));
    let start = dated.start();
    said.insert(
        "startDate".into(),
        start.to_rfc3339_opts(SecondsFormat::Secs, false).into(),
    );
    let status = match dated {
        Dated::Skipped { .. } => "EventCancelled",
        Dated::Meets(occurrence) => {
            let end = occurrence.end().to_rfc3339_opts(SecondsFormat::Secs, false);
            said.insert("endDate".into(), end.into());
            said.extend(moved(schedule, occurrence));
            if occurrence.moved.is_some() {
                "EventRescheduled"
            } else {
                "EventScheduled"
            }
        }
    };
    said.insert("eventStatus".into(), schema(status).into());
    Value::Object(said)
}

/// When a moved meeting was to be.
fn moved(schedule: &Schedule, occurrence: &Occurrence) -> Option<(String, Value)> {
    occurrence.moved.as_ref()?;
    let before = domain::schedule::resolve(schedule.zone, occurrence.date.and_time(schedule.time));
    let before = before.to_rfc3339_opts(SecondsFormat::Secs, false);
    Some(("previousStartDate".to_owned(), before.into()))
}

fn schema(word: &str) -> String {
    format!("https://schema.org/{word}")
}

fn duration(length: Minutes) -> String {
    format!("PT{}M", length.get())
}

fn amount(money: Money) -> String {
    format!("{}.{:02}", money.cents / 100, money.cents % 100)
}

fn currency(currency: Currency) -> &'static str {
    match currency {
        Currency::Usd => "USD",
        Currency::Cad => "CAD",
        Currency::Eur => "EUR",
        Currency::Gbp => "GBP",
    }
}

fn day_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}
