//! A page of a list, as the specification has it.

use axum::Json;
use serde::Serialize;
use serde_json::Value;

use super::asked::{Asked, Wrong};
use crate::state::App;

#[derive(Serialize)]
pub(crate) struct Listed {
    total_items: usize,
    total_pages: usize,
    page_number: usize,
    /// Items of this page.
    size: usize,
    first_page: bool,
    last_page: bool,
    empty: bool,
    contents: Vec<Value>,
}

/// The page that is asked for; only its items are made. An empty list has one page, which is empty.
pub(super) fn page<T>(
    app: &App,
    asked: &Asked,
    all: &[T],
    make: impl FnOnce(&[T]) -> Vec<Value>,
) -> Result<Json<Listed>, Wrong> {
    let size = asked.size(all.len());
    let pages = all.len().div_ceil(size).max(1);
    if asked.page > pages {
        return Err(Wrong::page(app, asked.page));
    }
    let items = all.chunks(size).nth(asked.page - 1).unwrap_or_default();
    Ok(Json(Listed {
        total_items: all.len(),
        total_pages: pages,
        page_number: asked.page,
        size: items.len(),
        first_page: asked.page == 1,
        last_page: asked.page == pages,
        empty: items.is_empty(),
        contents: make(items),
    }))
}
