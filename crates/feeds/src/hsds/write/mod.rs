//! Writing HSDS: every group is a service at a location, under the organisation that publishes it.

mod list;
mod location;
mod organisation;
mod schedule;
mod told;

use chrono::SecondsFormat;
use domain::groups::{Cost, Fee, HowToCome, Language, Listing, Money, Seats};
use serde_json::{Value, json};

pub use self::list::{
    Term, Terms, organisation_id, provider_id, service_at_location, service_at_location_id,
    service_at_location_in_list, service_id, service_in_list, short, taxonomies, taxonomy_named,
};
pub use self::organisation::{Member, organisation, organisation_of};
use super::facts::{Fact, attributes, words};
use super::ids::uuid;
use crate::out::{Account, Because, Group, Publisher};

type Map = serde_json::Map<String, Value>;

/// The text of a file: a list of services, each with all that belongs to it.
pub fn write(publisher: &Publisher, groups: &[Group]) -> Result<(String, Account), serde_json::Error> {
    let services: Vec<Value> = groups.iter().map(|group| service(publisher, group)).collect();
    Ok((serde_json::to_string_pretty(&services)? + "\n", account(groups)))
}

/// What other programs read in words only: HSDS has no field for a skipped or moved meeting.
pub fn account(groups: &[Group]) -> Account {
    let mut account = Account {
        written: groups.len(),
        ..Account::default()
    };
    let excepted = |group: &&Group| {
        let schedule = group.listing.schedule();
        schedule.is_some_and(|schedule| !schedule.skips.is_empty() || !schedule.moves.is_empty())
    };
    for _ in groups.iter().filter(excepted) {
        account.in_words(Because::Exceptions);
    }
    account
}

/// A service with everything within it.
pub fn service(publisher: &Publisher, group: &Group) -> Value {
    let id = service_id(group.slug);
    let listing = group.listing;
    let mut service = own_fields(publisher, group, &id);
    for (name, list) in [
        ("additional_urls", pages(group, &id)),
        ("phones", phones(group, &id)),
        ("schedules", schedule::schedules(group, &id)),
        (
            "service_at_locations",
            vec![location::at_location(listing, &id, publisher.country)],
        ),
        ("service_areas", areas(group, &id)),
        ("languages", languages(&listing.languages, &id)),
        (
            "cost_options",
            listing
                .cost
                .as_ref()
                .map(|cost| costs(cost, &id))
                .unwrap_or_default(),
        ),
        ("capacities", capacity(group, &id).into_iter().collect()),
        ("attributes", attributes(&told::facts(listing), "service", &id)),
    ] {
        if !list.is_empty() {
            service.insert(name.to_owned(), list.into());
        }
    }
    Value::Object(service)
}

/// The fields of a service, and its organisation.
fn own_fields(publisher: &Publisher, group: &Group, id: &str) -> Map {
    let listing = group.listing;
    let organisation = organisation_of(publisher, group.by(publisher));
    let mut said = Map::new();
    put(&mut said, "id", Some(id));
    put(&mut said, "organization_id", organisation["id"].as_str());
    put(&mut said, "name", Some(&listing.title));
    put(&mut said, "description", listing.summary.as_ref());
    put(&mut said, "url", Some(page(group)));
    if let HowToCome::Organisation { mail, .. } = &listing.how_to_come {
        put(&mut said, "email", mail.as_ref());
    }
    let status = match listing.seats {
        Seats::Paused { .. } => "temporarily closed",
        Seats::Ended { .. } => "defunct",
        _ => "active",
    };
    put(&mut said, "status", Some(status));
    if let Seats::WaitingList { weeks: Some(weeks) } = listing.seats {
        put(&mut said, "wait_time", Some(format!("{weeks} weeks")));
    }
    let audience = listing
        .audience
        .iter()
        .map(|one| words(&Fact::word("", one).code));
    let audience: Vec<String> = audience.collect();
    put(
        &mut said,
        "eligibility_description",
        (!audience.is_empty()).then(|| audience.join(", ")),
    );
    for (name, age) in [
        ("minimum_age", listing.ages.and_then(|ages| ages.from)),
        ("maximum_age", listing.ages.and_then(|ages| ages.to)),
    ] {
        if let Some(age) = age {
            said.insert(name.to_owned(), age.into());
        }
    }
    put(&mut said, "assured_date", listing.verified_on);
    put(&mut said, "last_modified", Some(changed(group)));
    said.insert("organization".to_owned(), organisation);
    said
}

/// The organiser's page; a group that names none has its own on our site.
fn page<'a>(group: &'a Group) -> &'a str {
    match &group.listing.how_to_come {
        HowToCome::Page(page) => page.as_str(),
        _ => group.page,
    }
}

fn pages(group: &Group, service: &str) -> Vec<Value> {
    let ours = matches!(group.listing.how_to_come, HowToCome::Page(_)).then_some(group.page);
    ours.map(|page| json!({ "id": uuid(&["url", service]), "service_id": service, "url": page }))
        .into_iter()
        .collect()
}

/// The public phone by which one comes.
fn phones(group: &Group, service: &str) -> Vec<Value> {
    let HowToCome::Organisation {
        phone: Some(phone), ..
    } = &group.listing.how_to_come
    else {
        return Vec::new();
    };
    vec![json!({
        "id": uuid(&["phone", service]), "service_id": service, "number": phone.as_str(), "type": "voice",
    })]
}

/// Where people must live to take part online.
fn areas(group: &Group, service: &str) -> Vec<Value> {
    let online = group.listing.place.online();
    online
        .and_then(|online| online.only_for.as_ref())
        .map(|area| json!({ "id": uuid(&["area", service]), "service_id": service, "name": area }))
        .into_iter()
        .collect()
}

fn languages(languages: &[Language], service: &str) -> Vec<Value> {
    languages
        .iter()
        .map(|language| {
            let code = language.code();
            json!({ "id": uuid(&["language", service, code]), "service_id": service, "code": code })
        })
        .collect()
}

fn costs(cost: &Cost, service: &str) -> Vec<Value> {
    let amounts: Vec<Option<Money>> = match cost.fee {
        Fee::Free | Fee::Contribution => vec![None],
        Fee::PerSession(amount) => vec![Some(amount)],
        Fee::Sliding { from, to } => vec![Some(from), Some(to)],
    };
    let option = match cost.fee {
        Fee::Free => "free",
        Fee::Contribution => "free; a contribution is welcome",
        Fee::PerSession(_) => "per session",
        Fee::Sliding { .. } => "sliding scale, per session",
    };
    amounts
        .into_iter()
        .enumerate()
        .map(|(number, amount)| {
            let mut said = Map::new();
            put(
                &mut said,
                "id",
                Some(uuid(&["cost", service, &number.to_string()])),
            );
            put(&mut said, "service_id", Some(service));
            put(&mut said, "option", Some(option));
            put(&mut said, "amount_description", cost.note.as_ref());
            let cents = amount.map_or(0, |amount| amount.cents);
            said.insert("amount".to_owned(), (f64::from(cents) / 100.0).into());
            if let Some(amount) = amount
                && let Ok(currency) = serde_json::to_value(amount.currency)
            {
                said.insert("currency".to_owned(), currency);
            }
            Value::Object(said)
        })
        .collect()
}

/// Places, where it is known how many are left.
fn capacity(group: &Group, service: &str) -> Option<Value> {
    let available = match group.listing.seats {
        Seats::Left(left) => left,
        Seats::WaitingList { .. } | Seats::Closed => 0,
        _ => return None,
    };
    let mut said = json!({
        "id": uuid(&["capacity", service]),
        "service_id": service,
        "available": available,
        "updated": changed(group),
        "unit": { "id": uuid(&["unit", "place"]), "name": "place" },
    });
    if let Some(most) = group.listing.size.and_then(|size| size.most) {
        said["maximum"] = most.into();
    }
    Some(said)
}

fn changed(group: &Group) -> String {
    group.changed.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Every fact of a group that is an attribute of its service or of what is in it.
fn facts(listing: &Listing) -> Vec<Fact> {
    let mut facts = told::facts(listing);
    if let Some(schedule) = listing.schedule() {
        facts.extend(schedule::facts(schedule));
        facts.extend(schedule::exceptions(schedule));
    }
    if let Some(site) = listing.place.site() {
        let (here, of_address) = location::facts(site);
        facts.extend(here.into_iter().chain(of_address));
    }
    facts
}

/// A field, where there is something to say.
fn put(said: &mut Map, name: &str, value: Option<impl ToString>) {
    if let Some(value) = value {
        said.insert(name.to_owned(), value.to_string().into());
    }
}
