//! Forms of other sites change nothing here: a request that may change something tells where it comes from.

use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, HeaderMap, ORIGIN};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use super::cookie;
use crate::look;
use crate::state::App;

/// Lets through what only looks, and what comes from this site.
///
/// A browser sends `Origin` or `Sec-Fetch-Site` with every form. Who sends neither and no cookie is a program that acts
/// for nobody, and may ask what everybody may.
pub(crate) async fn check(State(app): State<App>, request: Request, next: Next) -> Response {
    let looks = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if looks || (is_ours(&app, request.headers()) && is_form(request.headers())) {
        return next.run(request).await;
    }
    look::problem(
        &app,
        StatusCode::FORBIDDEN,
        "from-elsewhere",
        "from-elsewhere-more",
    )
}

fn is_ours(app: &App, headers: &HeaderMap) -> bool {
    let said = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    match (said("sec-fetch-site"), said(ORIGIN.as_str())) {
        (Some(site), _) if site != "same-origin" => false,
        (_, Some(origin)) => {
            let here = app.settings().site();
            origin == here || (app.settings().demo && is_this_machine(origin, headers))
        }
        (Some(_), None) => true,
        (None, None) => !cookie::is_there(headers),
    }
}

/// The demo is opened under whatever name this machine has: then the two names a browser tells must be one.
fn is_this_machine(origin: &str, headers: &HeaderMap) -> bool {
    let host = headers.get("host").and_then(|host| host.to_str().ok());
    host.is_some_and(|host| origin.strip_prefix("http://") == Some(host))
}

/// A form of a page, or JSON of our own script: what another site's form could send without asking is not among them once
/// it carries a cookie.
fn is_form(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()) else {
        return true;
    };
    let kind = kind.split(';').next().unwrap_or("").trim();
    ["application/x-www-form-urlencoded", "application/json"].contains(&kind)
}
