//! Reading a service that a program such as this one wrote: its attributes say what HSDS has no field for.

use domain::groups::{
    Address, Ages, Cost, Draft, Fee, FirstVisit, HowToCome, Kind, Leader, LeaderRole, Listing, Mail, Money,
    Online, Phone, Place, Point, Seats, Site, Size, Source, Span, When,
};
use domain::mending::Fact;
use domain::text::{Line, Prose};
use serde_json::{Map, Value};

use super::cost::cost;
use super::facts::Facts;
use super::ours_schedule::schedule;
use super::pieces::{object, objects};
use crate::kept::{clean, clean_address, how_to_come, line, page, shortened};
use crate::meaning::{language, push};
use crate::reading::{Held, Reading};
use crate::said::Kind as Shown;
use crate::value::{self, Fields};
use crate::wrong::{At, NoListing, Wrongs, somewhere, untold};

pub(super) fn listing(
    service: &Map<String, Value>,
    told: &Facts,
    how: &Reading,
    notes: &mut Vec<String>,
) -> Result<Listing, NoListing> {
    let fields = Fields(service);
    let mut wrong = Wrongs::default();
    let name = fields.as_it_stands("name").ok_or(Held::NoName);
    let title = name.and_then(|name| {
        Line::parse(&shortened(&clean("name", &name, notes))).map_err(|_| Held::NameOfSecrets)
    });
    let at = At::field(&fields, "name", Shown::Words);
    let title = wrong.or(title, Fact::Title, at, untold());
    let address = At::text("service_at_locations.location.addresses", None, Shown::Words);
    let somewhere = Place::InPerson(somewhere());
    let place = wrong.or(place(service, told, notes), Fact::Place, address, somewhere);
    let page = At::field(&fields, "url", Shown::Page);
    let coming = coming(service, told, how, &place, notes);
    let coming = wrong.or(coming, Fact::HowToCome, page, HowToCome::WalkIn);
    let age = |name: &str| fields.text(name)?.parse::<u8>().ok();
    let (from, to) = (age("minimum_age"), age("maximum_age"));
    let kind = told
        .words("kind", notes)
        .first()
        .copied()
        .unwrap_or(Kind::Support);
    let source = Source::Feed {
        programme: how.programme.clone(),
    };
    let mut draft = Draft {
        summary: said(&fields, "description", notes).and_then(|text| prose(&text)),
        topics: how.topics.clone(),
        problem: told.words("problem", notes).first().copied(),
        format: told.words("format", notes).first().copied(),
        span: span(told),
        membership: told.words("membership", notes).first().copied(),
        activities: told.words("activity", notes),
        techniques: lines(told, "technique", notes),
        leading: told.words("leading", notes).first().copied(),
        alongside: told.words("alongside", notes).first().copied(),
        size: size(told),
        led_by: led_by(told, notes),
        when: match told.get("schedule", "by-appointment") {
            Some(_) => When::ByAppointment,
            None => When::Scheduled(schedule(service, how, notes, &mut wrong)),
        },
        audience: told.words("audience", notes),
        ages: (from.is_some() || to.is_some()).then_some(Ages { from, to }),
        cost: costs(service, told, notes),
        access: told.words("access", notes),
        seats: seats(told),
        first_visit: first_visit(told, notes),
        verified_on: fields.text("assured_date").and_then(|text| value::date(&text)),
        remarks: lines(told, "remark", notes),
        ..Draft::new(title, kind, place, coming, source)
    };
    for topic in told.family("topic") {
        if let Some(topic) = line(&clean("attributes", &topic.code, notes)) {
            push(&mut draft.topics, topic);
        }
    }
    for told in objects(service, "languages") {
        if let Some(code) = Fields(told).text("code") {
            language(&code, &mut draft);
        }
    }
    wrong.finish(draft)
}

/// A field without what must not be kept.
fn said(fields: &Fields, name: &str, notes: &mut Vec<String>) -> Option<String> {
    Some(clean(name, &fields.as_it_stands(name)?, notes))
}

fn prose(text: &str) -> Option<Prose> {
    Prose::parse(&text.chars().take(Prose::MOST).collect::<String>()).ok()
}

/// The values of a family, without what must not be kept.
fn lines(told: &Facts, family: &str, notes: &mut Vec<String>) -> Vec<Line> {
    told.family(family)
        .filter_map(|fact| line(&clean("attributes", fact.value.as_ref()?, notes)))
        .collect()
}

fn number(told: &Facts, family: &str, code: &str) -> Option<u16> {
    told.value(family, code)?.trim().parse().ok()
}

fn span(told: &Facts) -> Option<Span> {
    match told.get("span", "ongoing") {
        Some(_) => Some(Span::Ongoing),
        None => number(told, "span", "sessions").map(Span::Sessions),
    }
}

fn size(told: &Facts) -> Option<Size> {
    Some(Size {
        least: number(told, "size", "least")?,
        most: number(told, "size", "most"),
    })
}

fn led_by(told: &Facts, notes: &mut Vec<String>) -> Vec<Leader> {
    told.family("leader")
        .filter_map(|fact| {
            let name = line(&clean("attributes", fact.value.as_ref()?, notes))?;
            let credentials = fact
                .label
                .as_ref()
                .and_then(|label| line(&clean("attributes", label, notes)));
            let role = match (fact.code.as_str(), credentials) {
                ("therapist", Some(credentials)) => LeaderRole::Therapist { credentials },
                _ => LeaderRole::Facilitator,
            };
            Some(Leader { name, role })
        })
        .collect()
}

/// The amounts are in the fields; that a contribution is welcome, or that insurance pays, is not.
fn costs(service: &Map<String, Value>, told: &Facts, notes: &mut Vec<String>) -> Option<Cost> {
    let mut cost = cost(service, notes)?;
    let has = |code: &str| told.get("cost", code).is_some();
    cost.insurance = has("insurance");
    let slides = |amount: Money| Fee::Sliding {
        from: amount,
        to: amount,
    };
    cost.fee = match cost.fee {
        Fee::Free if has("contribution") => Fee::Contribution,
        Fee::PerSession(amount) if has("sliding") => slides(amount),
        fee => fee,
    };
    Some(cost)
}

fn seats(told: &Facts) -> Seats {
    let day = |code: &str| value::date(told.value("seats", code)?);
    let has = |code: &str| told.get("seats", code).is_some();
    match () {
        () if has("waiting-list") => Seats::WaitingList {
            weeks: number(told, "seats", "waiting-list"),
        },
        () if has("closed") => Seats::Closed,
        () if has("paused") => Seats::Paused { until: day("paused") },
        () if has("ended") => Seats::Ended { on: day("ended") },
        () => {
            let left = number(told, "seats", "left").map(Seats::Left);
            left.or(day("starts").map(Seats::Starts)).unwrap_or(Seats::Open)
        }
    }
}

fn first_visit(told: &Facts, notes: &mut Vec<String>) -> FirstVisit {
    let mut answer = |code: &str| {
        let text = told.value("first-visit", code)?;
        prose(&clean("attributes", text, notes))
    };
    FirstVisit {
        listening: answer("listening"),
        people: answer("people"),
        confidentiality: answer("confidentiality"),
        name: answer("name"),
        arrival: answer("arrival"),
        lateness: answer("lateness"),
        camera: answer("camera"),
    }
}

fn place(service: &Map<String, Value>, told: &Facts, notes: &mut Vec<String>) -> Result<Place, Held> {
    let mut text = |code: &str| {
        let text = told.value("place", code)?;
        line(&clean("attributes", text, notes))
    };
    let online = Online {
        by: text("by"),
        only_for: text("only-for"),
    };
    if told.get("place", "online").is_some() {
        return Ok(Place::Online(online));
    }
    let location = objects(service, "service_at_locations").find_map(|at| object(at, "location"));
    let site = location
        .and_then(|location| site(location, notes))
        .ok_or(Held::NoPlace(
            "a location with an address, or one that is virtual",
        ))?;
    Ok(match told.get("place", "hybrid") {
        Some(_) => Place::Hybrid(site, online),
        None => Place::InPerson(site),
    })
}

fn site(location: &Map<String, Value>, notes: &mut Vec<String>) -> Option<Site> {
    let fields = Fields(location);
    let address = objects(location, "addresses").next()?;
    let of_address = Facts::of(address);
    if let Some(area) = of_address.value("address", "area") {
        let middle = Facts::of(location);
        let middle = middle.value("address", "middle").and_then(|point| {
            let (latitude, longitude) = point.split_once(',')?;
            Point::new(latitude.trim().parse().ok()?, longitude.trim().parse().ok()?).ok()
        });
        return Some(Site {
            name: None,
            address: Address::Withheld {
                area: line(&clean_address(area, notes))?,
            },
            point: middle,
            directions: None,
        });
    }
    let whole = of_address.value("address", "line")?;
    let point = match (fields.number("latitude"), fields.number("longitude")) {
        (Some(latitude), Some(longitude)) => Point::new(latitude, longitude)
            .inspect_err(|error| notes.push(format!("{error}; left out")))
            .ok(),
        _ => None,
    };
    Some(Site {
        name: said(&fields, "name", notes).and_then(|name| line(&name)),
        address: Address::Exact {
            line: line(&clean_address(whole, notes))?,
            town: Fields(address).as_it_stands("city").and_then(|town| line(&town)),
        },
        point,
        directions: said(&fields, "description", notes).and_then(|text| line(&text)),
    })
}

/// As the writer came by it; without a public way of its own as for every feed.
fn coming(
    service: &Map<String, Value>,
    told: &Facts,
    how: &Reading,
    place: &Place,
    notes: &mut Vec<String>,
) -> Result<HowToCome, Held> {
    let fields = Fields(service);
    let url = fields.text("url").and_then(|url| page("url", &url, notes));
    let phone = objects(service, "phones").find_map(|phone| {
        let number = Fields(phone).text("number")?;
        Phone::parse(&number).ok()
    });
    let mail = fields.text("email").and_then(|mail| Mail::parse(&mail).ok());
    if told.get("coming", "organisation").is_some() && (phone.is_some() || mail.is_some()) {
        return Ok(HowToCome::Organisation { phone, mail });
    }
    if told.get("coming", "walk-in").is_some() {
        return how_to_come(None, place, None);
    }
    how_to_come(url.or_else(|| how.page.clone()), place, None)
}
