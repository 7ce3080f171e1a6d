//! `/feeds/hsds/organizations`: who publishes the groups, and the providers who lead them.

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use domain::groups::Slug;
use domain::providers::ProviderKind;
use domain::text::fold;
use feeds::hsds::write::{self, Member};
use finder::{Directory, Entry, ProviderEntry};
use serde_json::Value;

use super::super::{Whose, is_of, with_these};
use super::asked::{Asked, Wrong};
use super::page::{Listed, page};
use super::services::found;
use crate::state::App;

/// An organisation of the list: the one that all groups are of, or a provider.
struct Organization<'a> {
    id: String,
    /// Whether it is the one that all groups are of.
    publishes: bool,
    /// None is the publisher, or the programme, where no provider is it.
    provider: Option<&'a ProviderEntry>,
}

pub(crate) async fn organizations(
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Result<Json<Listed>, Wrong> {
    let asked = Asked::read(&app, query.as_deref())?;
    let (snapshot, directory) = (app.snapshot(), app.directory());
    let name = name_of(&app, &asked.whose);
    let mut all = all(&directory, &asked.whose, &name);
    if asked.taxonomy.is_some() || asked.taxonomy_term.is_some() {
        let words = Asked {
            search: Vec::new(),
            organization: None,
            ..Asked::read(&app, query.as_deref())?
        };
        let groups = found(&app, &snapshot, &words)?;
        all.retain(|one| groups.iter().any(|group| offers(one, &group.slug)));
    }
    all.retain(|one| {
        let provider = one.provider.map(|entry| entry.provider.name.as_str());
        asked.is_found_in([provider.unwrap_or(&name)].into_iter())
    });
    page(&app, &asked, &all, |some| {
        some.iter()
            .map(|one| {
                let mut said = written(&app, &directory, &asked.whose, &name, one);
                if !asked.full {
                    write::short(&mut said);
                }
                said
            })
            .collect()
    })
}

/// With its services: short, or whole if `full_service` is asked for.
pub(crate) async fn organization(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<Value>, Wrong> {
    let asked = Asked::read(&app, query.as_deref())?;
    let (snapshot, directory) = (app.snapshot(), app.directory());
    let name = name_of(&app, &asked.whose);
    let all = all(&directory, &asked.whose, &name);
    let one = all
        .iter()
        .find(|one| one.id == id || one.provider.is_some_and(|entry| entry.slug.as_str() == id));
    let one = one.ok_or_else(|| Wrong::id(&app, &id))?;
    let mut said = written(&app, &directory, &asked.whose, &name, one);
    let entries: Vec<&Entry> = snapshot
        .entries()
        .iter()
        .filter(|entry| is_of(&entry.listing.source, &asked.whose))
        .filter(|entry| offers(one, &entry.slug))
        .collect();
    let services: Vec<Value> = with_these(&app, &entries, |publisher, groups| {
        let form = if asked.full_service {
            write::service
        } else {
            write::service_in_list
        };
        groups.iter().map(|group| form(publisher, group)).collect()
    });
    if !services.is_empty() {
        said["services"] = services.into();
    }
    Ok(Json(said))
}

/// The publisher, or the programme.
pub(super) fn name_of(app: &App, whose: &Whose) -> String {
    let snapshot = app.snapshot();
    match whose {
        Whose::Own => app.settings().organisation.name.clone(),
        // As the feed writes it, however it is asked for.
        Whose::Programme(asked) => snapshot
            .entries()
            .iter()
            .find_map(|entry| match &entry.listing.source {
                domain::groups::Source::Feed { programme } if is_of(&entry.listing.source, whose) => {
                    Some(programme.to_string())
                }
                _ => None,
            })
            .unwrap_or_else(|| asked.clone()),
    }
}

fn all<'d>(directory: &'d Directory, whose: &Whose, name: &str) -> Vec<Organization<'d>> {
    let providers = directory
        .entries()
        .iter()
        .filter(|entry| is_of(&entry.provider.source, whose))
        .map(|entry| Organization {
            id: id_of(name, entry),
            publishes: false,
            provider: Some(entry),
        });
    let mut all: Vec<_> = providers.collect();
    let id = write::organisation_id(name);
    let itself = all.iter().position(|one| one.id == id);
    let provider = itself.and_then(|at| all.remove(at).provider);
    let first = Organization {
        id,
        publishes: true,
        provider,
    };
    all.insert(0, first);
    all
}

/// A provider that is the publisher itself has its id.
fn id_of(name: &str, entry: &ProviderEntry) -> String {
    let same = || fold::words(name) == fold::words(entry.provider.name.as_str());
    if entry.provider.kind == ProviderKind::Organisation && same() {
        write::organisation_id(name)
    } else {
        write::provider_id(entry.slug.as_str())
    }
}

/// Whether the group is one of its services: all are of the publisher, and a provider leads those it is linked to.
fn offers(one: &Organization, group: &Slug) -> bool {
    one.publishes || one.provider.is_some_and(|entry| entry.groups.contains(group))
}

fn written(app: &App, directory: &Directory, whose: &Whose, name: &str, one: &Organization) -> Value {
    let Some(entry) = one.provider else {
        return with_these(app, &[], |publisher, _| write::organisation_of(publisher, name));
    };
    let above = entry.part_of.as_ref().and_then(|slug| directory.by_slug(slug));
    let above = above.filter(|above| is_of(&above.provider.source, whose));
    let above = above.map(|above| id_of(name, above));
    let site = app.settings().public_url.as_str().trim_end_matches('/');
    let member = Member {
        id: &one.id,
        provider: &entry.provider,
        page: &format!("{site}/providers/{}", entry.slug),
        part_of: above.as_deref(),
    };
    write::organisation(&member, &app.settings().country)
}
