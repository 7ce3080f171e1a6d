//! `/leave`: quick exit. A link, so that it works without JavaScript.

use axum::extract::State;
use axum::http::header::{HeaderName, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::state::App;

pub(crate) async fn go(State(app): State<App>) -> Response {
    let exit = HeaderValue::from_str(app.settings().exit.as_str()).unwrap_or(HeaderValue::from_static("/"));
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().insert(LOCATION, exit);
    let clear = HeaderValue::from_static("\"cache\", \"storage\"");
    response
        .headers_mut()
        .insert(HeaderName::from_static("clear-site-data"), clear);
    response
}
