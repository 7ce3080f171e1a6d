//! What an API of HSDS needs besides whole services: ids, short forms, taxonomies.

use std::collections::BTreeSet;

use domain::groups::Listing;
use serde_json::Value;

use super::super::facts::{FAMILIES, Fact, taxonomy, taxonomy_id, term, term_id};
use super::super::ids::uuid;
use super::organisation::named_id;
use super::{facts, own_fields};
use crate::out::{Group, Publisher};

/// The id of the service that a group is.
pub fn service_id(slug: &str) -> String {
    uuid(&["service", slug])
}

/// The id of a group's service at its location.
pub fn service_at_location_id(slug: &str) -> String {
    uuid(&["at", &service_id(slug)])
}

/// The id of the publisher, or of the programme of this name.
pub fn organisation_id(name: &str) -> String {
    named_id(name)
}

/// The id of a provider by its slug.
pub fn provider_id(slug: &str) -> String {
    uuid(&["provider", slug])
}

/// A service as lists have it: without what it may have several of.
pub fn service_in_list(publisher: &Publisher, group: &Group) -> Value {
    let mut service = own_fields(publisher, group, &service_id(group.slug));
    if let Some(organisation) = service.get_mut("organization") {
        short(organisation);
    }
    Value::Object(service)
}

/// The service at its location, with the service in it.
pub fn service_at_location(publisher: &Publisher, group: &Group) -> Value {
    let mut service = super::service(publisher, group);
    let at = service["service_at_locations"][0].take();
    if let Some(service) = service.as_object_mut() {
        service.remove("service_at_locations");
    }
    with_service(at, service)
}

/// The same as lists have it.
pub fn service_at_location_in_list(publisher: &Publisher, group: &Group) -> Value {
    let id = service_id(group.slug);
    let mut at = super::location::at_location(group.listing, &id, publisher.country);
    short(&mut at["location"]);
    with_service(at, service_in_list(publisher, group))
}

fn with_service(mut at: Value, service: Value) -> Value {
    at["service"] = service;
    at
}

/// Takes lists out: what there may be several of.
pub fn short(entity: &mut Value) {
    if let Some(fields) = entity.as_object_mut() {
        fields.retain(|_, value| !value.is_array());
    }
}

/// Every taxonomy that attributes are of.
pub fn taxonomies() -> Vec<Value> {
    FAMILIES.into_iter().map(taxonomy).collect()
}

/// A kind of fact or one fact, by which services are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    family: String,
    code: Option<String>,
}

impl Term {
    /// Whether the group has it.
    pub fn is_of(&self, listing: &Listing) -> bool {
        let same = |fact: &Fact| {
            fact.family == self.family && self.code.as_ref().is_none_or(|code| *code == fact.code)
        };
        facts(listing).iter().any(same)
    }
}

/// The taxonomy of this id or name.
pub fn taxonomy_named(id: &str) -> Option<Term> {
    let is_it = |family: &&str| id == *family || id == taxonomy_id(family);
    let family = FAMILIES
        .into_iter()
        .map(|(family, _)| family)
        .find(|family| is_it(family))?;
    Some(Term {
        family: family.to_owned(),
        code: None,
    })
}

/// Every term that these groups use.
pub struct Terms(BTreeSet<Fact>);

impl Terms {
    pub fn of<'a>(listings: impl Iterator<Item = &'a Listing>) -> Self {
        let bare = |fact: Fact| Fact::new(&fact.family, fact.code);
        Self(listings.flat_map(facts).map(bare).collect())
    }

    /// Those of a taxonomy, or all.
    pub fn all(&self, of: Option<&Term>) -> Vec<Value> {
        let of_it = |fact: &&Fact| of.is_none_or(|of| of.family == fact.family);
        self.0.iter().filter(of_it).map(term).collect()
    }

    /// The term of this id or code ("audience:women").
    pub fn named(&self, id: &str) -> Option<Term> {
        let fact = self
            .0
            .iter()
            .find(|fact| fact.term() == id || term_id(fact) == id)?;
        Some(Term {
            family: fact.family.clone(),
            code: Some(fact.code.clone()),
        })
    }
}

impl Term {
    pub fn to_json(&self) -> Value {
        match &self.code {
            Some(code) => term(&Fact::new(&self.family, code.as_str())),
            None => FAMILIES
                .into_iter()
                .find(|(family, _)| *family == self.family)
                .map_or(Value::Null, taxonomy),
        }
    }
}
