//! `/feeds/hsds/taxonomies` and `/feeds/hsds/taxonomy_terms`: what attributes can say, and what those of our groups do say.

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use feeds::hsds::write::{self, Terms};
use serde_json::Value;

use super::super::is_of;
use super::asked::{Asked, Wrong};
use super::page::{Listed, page};
use crate::state::App;

pub(crate) async fn taxonomies(
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Result<Json<Listed>, Wrong> {
    let asked = Asked::read(&app, query.as_deref())?;
    listed(&app, &asked, write::taxonomies())
}

pub(crate) async fn taxonomy(State(app): State<App>, Path(id): Path<String>) -> Result<Json<Value>, Wrong> {
    let found = write::taxonomy_named(&id).ok_or_else(|| Wrong::id(&app, &id))?;
    Ok(Json(found.to_json()))
}

pub(crate) async fn taxonomy_terms(
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Result<Json<Listed>, Wrong> {
    let asked = Asked::read(&app, query.as_deref())?;
    let taxonomy = match &asked.taxonomy {
        Some(id) => {
            let found = write::taxonomy_named(id);
            Some(found.ok_or_else(|| Wrong::of(&app, "taxonomy_id", id, "hsds-taxonomy"))?)
        }
        None => None,
    };
    let terms = terms(&app, &asked);
    let all = match &asked.parent {
        // No term is under another.
        Some(id) if terms.named(id).is_none() => return Err(Wrong::of(&app, "parent_id", id, "hsds-term")),
        Some(_) => Vec::new(),
        None => terms.all(taxonomy.as_ref()),
    };
    listed(&app, &asked, all)
}

pub(crate) async fn taxonomy_term(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<Value>, Wrong> {
    let asked = Asked::read(&app, query.as_deref())?;
    let found = terms(&app, &asked)
        .named(&id)
        .ok_or_else(|| Wrong::id(&app, &id))?;
    Ok(Json(found.to_json()))
}

/// Every term that the groups use.
fn terms(app: &App, asked: &Asked) -> Terms {
    let snapshot = app.snapshot();
    let entries = snapshot.entries().iter();
    let of_them = entries.filter(|entry| is_of(&entry.listing.source, &asked.whose));
    Terms::of(of_them.map(|entry| &*entry.listing))
}

fn listed(app: &App, asked: &Asked, mut all: Vec<Value>) -> Result<Json<Listed>, Wrong> {
    all.retain(|one| {
        let texts = ["name", "description"].into_iter();
        asked.is_found_in(texts.filter_map(|field| one[field].as_str()))
    });
    page(app, asked, &all, <[Value]>::to_vec)
}
