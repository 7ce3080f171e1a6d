//! `/feeds/hsds/services` and `/feeds/hsds/service_at_locations`: each group once in either.

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use chrono::SecondsFormat;
use feeds::hsds::write::{self, Term, Terms};
use feeds::out::{Group, Publisher};
use finder::{Entry, Snapshot};
use serde_json::{Value, json};

use super::super::{is_of, with_these};
use super::asked::{Asked, Wrong};
use super::organizations::name_of;
use super::page::{Listed, page};
use crate::state::App;

/// How a group is written.
type Form = fn(&Publisher, &Group) -> Value;

pub(crate) async fn services(
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Result<Json<Listed>, Wrong> {
    list(
        &app,
        query.as_deref(),
        write::service_id,
        [write::service_in_list, write::service],
    )
}

pub(crate) async fn service(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<Value>, Wrong> {
    one(&app, &id, query.as_deref(), write::service_id, write::service)
}

pub(crate) async fn service_at_locations(
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Result<Json<Listed>, Wrong> {
    list(
        &app,
        query.as_deref(),
        write::service_at_location_id,
        [write::service_at_location_in_list, write::service_at_location],
    )
}

pub(crate) async fn service_at_location(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<Value>, Wrong> {
    let id_of = write::service_at_location_id;
    one(&app, &id, query.as_deref(), id_of, write::service_at_location)
}

/// A page of groups in the short or the full form.
fn list(
    app: &App,
    query: Option<&str>,
    id_of: fn(&str) -> String,
    [short, full]: [Form; 2],
) -> Result<Json<Listed>, Wrong> {
    let asked = Asked::read(app, query)?;
    let snapshot = app.snapshot();
    let found = found(app, &snapshot, &asked)?;
    let written = |publisher: &Publisher, group: &Group| match (asked.minimal, asked.full) {
        (true, _) => json!({
            "id": id_of(group.slug),
            "modified_date": group.changed.to_rfc3339_opts(SecondsFormat::Millis, true),
        }),
        (_, true) => full(publisher, group),
        _ => short(publisher, group),
    };
    page(app, &asked, &found, |entries| {
        with_these(app, entries, |publisher, groups| {
            groups.iter().map(|group| written(publisher, group)).collect()
        })
    })
}

fn one(
    app: &App,
    id: &str,
    query: Option<&str>,
    id_of: fn(&str) -> String,
    form: Form,
) -> Result<Json<Value>, Wrong> {
    let asked = Asked::read(app, query)?;
    let snapshot = app.snapshot();
    let entry = snapshot.entries().iter().find(|entry| {
        let slug = entry.slug.as_str();
        is_of(&entry.listing.source, &asked.whose) && (slug == id || id_of(slug) == id)
    });
    let entry = entry.ok_or_else(|| Wrong::id(app, id))?;
    let said = with_these(app, &[entry], |publisher, groups| {
        groups.first().map(|group| form(publisher, group))
    });
    said.map(Json).ok_or_else(|| Wrong::id(app, id))
}

/// The groups that are asked for, by title.
pub(super) fn found<'s>(app: &App, snapshot: &'s Snapshot, asked: &Asked) -> Result<Vec<&'s Entry>, Wrong> {
    let of_them = || {
        let entries = snapshot.entries().iter();
        entries.filter(|entry| is_of(&entry.listing.source, &asked.whose))
    };
    let terms = wanted(app, asked, || Terms::of(of_them().map(|entry| &*entry.listing)))?;
    if let Some(id) = &asked.organization
        && *id != write::organisation_id(&name_of(app, &asked.whose))
    {
        return Err(Wrong::of(app, "organization_id", id, "hsds-organization"));
    }
    Ok(of_them()
        .filter(|entry| asked.modified_after.is_none_or(|after| entry.changed >= after))
        .filter(|entry| terms.iter().all(|term| term.is_of(&entry.listing)))
        .filter(|entry| {
            let listing = &entry.listing;
            let texts = [
                Some(listing.title.as_str()),
                listing.summary.as_ref().map(domain::text::Prose::as_str),
            ];
            let topics = listing.topics.iter().map(domain::text::Line::as_str);
            asked.is_found_in(texts.into_iter().flatten().chain(topics))
        })
        .collect())
}

/// The terms and taxonomies that groups are asked for by.
fn wanted(app: &App, asked: &Asked, terms: impl FnOnce() -> Terms) -> Result<Vec<Term>, Wrong> {
    let mut wanted = Vec::new();
    if let Some(id) = &asked.taxonomy {
        let found = write::taxonomy_named(id);
        wanted.push(found.ok_or_else(|| Wrong::of(app, "taxonomy_id", id, "hsds-taxonomy"))?);
    }
    if let Some(id) = &asked.taxonomy_term {
        let found = terms().named(id);
        wanted.push(found.ok_or_else(|| Wrong::of(app, "taxonomy_term_id", id, "hsds-term"))?);
    }
    Ok(wanted)
}
