//! `/feeds/hsds/…`: the groups as an API of HSDS 3.1 (Open Referral), with its paths, parameters and pages.
//!
//! ```json
//! {"total_items":n,"total_pages":n,"page_number":n,"size":n,"first_page":bool,"last_page":bool,"empty":bool,"contents":[…]}
//! ```
//! `?programme=NAME` gives what came from that programme's feed; without it the organisation's own. In place of an id its slug on
//! our pages, or the code of a term, will do. What cannot be answered is 404 or 422 with
//! `{"error":{"parameter","value","message"}}`.

mod asked;
mod organizations;
mod page;
mod services;
mod terms;

pub(crate) use organizations::{organization, organizations};
pub(crate) use services::{service, service_at_location, service_at_locations, services};
pub(crate) use terms::{taxonomies, taxonomy, taxonomy_term, taxonomy_terms};

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::state::App;

/// What this API is.
pub(crate) async fn about(State(app): State<App>) -> Json<Value> {
    let site = app.settings().public_url.as_str().trim_end_matches('/');
    Json(json!({
        "version": "3.1",
        "profile": "https://docs.openreferral.org/en/v3.1.0/",
        "openapi_url": format!("{site}/api/openapi.json"),
    }))
}
