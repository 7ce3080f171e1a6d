//! `/healthz`: whether the site and its database answer; for who watches over the machine.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::state::App;

pub(crate) async fn show(State(app): State<App>) -> Response {
    match app.read().await {
        Ok(_) => app.words().say("health-ok").into_response(),
        Err(error) => {
            tracing::error!(%error, "not healthy");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
