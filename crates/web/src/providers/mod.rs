//! Organisations, sites and therapists: `/providers` for people, `/api/providers` for programs, and a page for each.

pub(crate) mod api;
mod asked;
pub(crate) mod list;
mod parts;
pub(crate) mod show;

use domain::groups::Slug;
use store::StoreError;
use store::providers::{self, Published};

use crate::state::App;

/// The provider of a slug, as it stands in the database; nothing for what is no slug.
async fn find(app: &App, slug: &str) -> Result<Option<Published>, StoreError> {
    match Slug::parse(slug) {
        Ok(slug) => providers::by_slug(&mut app.read().await?, &slug).await,
        Err(_) => Ok(None),
    }
}
