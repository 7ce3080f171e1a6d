//! Who offers the groups: the publisher or the programme of a feed, and the providers.

use domain::providers::{Provider, ProviderKind};
use domain::text::fold;
use serde_json::{Value, json};

use super::super::ids::uuid;
use super::{Map, put};
use crate::out::Publisher;

/// A provider, and what it is linked to.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    pub id: &'a str,
    pub provider: &'a Provider,
    /// Its own page on the site that publishes.
    pub page: &'a str,
    /// The id of the organisation it belongs to.
    pub part_of: Option<&'a str>,
}

/// The publisher, or the programme of this name.
pub fn organisation_of(publisher: &Publisher, name: &str) -> Value {
    let id = named_id(name);
    let mut said = Map::new();
    put(&mut said, "id", Some(&id));
    put(&mut said, "name", Some(name));
    put(&mut said, "description", Some(format!("Groups of {name}")));
    if name == publisher.name {
        put(&mut said, "website", Some(publisher.site));
        put(&mut said, "email", publisher.mail);
        phone(&mut said, &id, publisher.phone);
    }
    Value::Object(said)
}

/// The id of the publisher, or of a programme.
pub(super) fn named_id(name: &str) -> String {
    uuid(&["organization", &fold::words(name).join(" ")])
}

/// A provider as an organisation: HSDS knows no other kind of those who offer something.
pub fn organisation(member: &Member, country: &str) -> Value {
    let provider = member.provider;
    let id = member.id;
    let name = provider.full_name();
    let mut said = Map::new();
    put(&mut said, "id", Some(id));
    put(&mut said, "name", Some(&name));
    let about = provider.about.as_ref().map(ToString::to_string);
    let kind = match provider.kind {
        ProviderKind::Organisation => "Organization",
        ProviderKind::Site => "Place where groups meet",
        ProviderKind::Therapist => "Therapist",
    };
    put(
        &mut said,
        "description",
        Some(about.unwrap_or_else(|| kind.to_owned())),
    );
    put(&mut said, "email", provider.reach.mail.as_ref());
    let own = provider.reach.page.as_ref().map(domain::groups::WebPage::as_str);
    put(&mut said, "website", Some(own.unwrap_or(member.page)));
    put(&mut said, "parent_organization_id", member.part_of);
    phone(&mut said, id, provider.reach.phone.as_ref());
    let places: Vec<Value> = provider
        .places
        .iter()
        .enumerate()
        .map(|(number, site)| {
            let location = uuid(&["location", id, &number.to_string()]);
            let mut said = super::location::of_site(site, &location, country);
            said.insert("organization_id".to_owned(), id.into());
            Value::Object(said)
        })
        .collect();
    if !places.is_empty() {
        said.insert("locations".to_owned(), places.into());
    }
    Value::Object(said)
}

fn phone(said: &mut Map, organisation: &str, phone: Option<&domain::groups::Phone>) {
    if let Some(phone) = phone {
        let phone = json!([{
            "id": uuid(&["phone", organisation]), "organization_id": organisation,
            "number": phone.as_str(), "type": "voice",
        }]);
        said.insert("phones".to_owned(), phone);
    }
}
