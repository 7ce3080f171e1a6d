//! A group's own page, and its calendar.

pub(crate) mod calendar;
pub(crate) mod confirmation;
mod facts;
mod first;
mod linked_data;
pub(crate) mod report;
pub(crate) mod show;

use domain::groups::Slug;
use store::StoreError;
use store::listings::{self, Published};

use crate::state::App;

/// The listing of a slug, as it stands in the database; nothing for what is no slug.
async fn find(app: &App, slug: &str) -> Result<Option<Published>, StoreError> {
    match Slug::parse(slug) {
        Ok(slug) => listings::by_slug(&mut app.read().await?, &slug).await,
        Err(_) => Ok(None),
    }
}
