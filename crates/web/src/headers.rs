//! Headers that go on every answer, and the log line of each request.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, X_FRAME_OPTIONS};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

use crate::routes::{Cache, Framing};
use crate::state::App;

macro_rules! policy {
    ($ancestors:literal) => {
        concat!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; ",
            "manifest-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors ",
            $ancestors
        )
    };
}
const POLICY: &str = policy!("'none'");
const POLICY_FRAMED: &str = policy!("*");

static SECURE: [(HeaderName, HeaderValue); 8] = [
    header("content-security-policy", POLICY),
    header("cross-origin-opener-policy", "same-origin"),
    header("cross-origin-resource-policy", "same-origin"),
    header("referrer-policy", "same-origin"),
    header("x-content-type-options", "nosniff"),
    header("x-frame-options", "DENY"),
    header(
        "permissions-policy",
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ),
    header("x-robots-tag", "noarchive"),
];

const fn header(name: &'static str, value: &'static str) -> (HeaderName, HeaderValue) {
    (HeaderName::from_static(name), HeaderValue::from_static(value))
}

/// The headers of SECURITY on every answer, errors too.
pub(crate) async fn secure(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let framing = response.extensions().get::<Framing>().copied();
    let headers = response.headers_mut();
    headers.reserve(SECURE.len());
    for (name, value) in &SECURE {
        headers.insert(name, value.clone());
    }
    if framing == Some(Framing::Anyone) {
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY_FRAMED));
        headers.remove(X_FRAME_OPTIONS);
    }
    if app.settings().is_https() {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(HeaderName::from_static("strict-transport-security"), year);
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// How long a browser keeps an answer, errors never; and, for [`secure`], who may frame it.
pub(crate) async fn of_route(
    State((cache, framing)): State<(Cache, Framing)>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let value = match cache {
        Cache::Revalidate if response.status() == StatusCode::NOT_MODIFIED => "no-cache",
        _ if !response.status().is_success() => "no-store",
        Cache::Never => "no-store",
        Cache::Revalidate => "no-cache",
        Cache::Forever => "public, max-age=31536000, immutable",
    };
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static(value));
    response.extensions_mut().insert(framing);
    response
}

/// Tells whoever reports something wrong which lines of the log are about it.
const NUMBER: HeaderName = HeaderName::from_static("x-request-id");

/// One line a request: the template of the route, never the address asked for, the query or who asked.
pub(crate) async fn log(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());
    let begun = Instant::now();
    let number = store::request::number();
    let span = tracing::info_span!("request", number);
    let answer = store::request::during(number.clone(), next.run(request));
    let mut response = answer.instrument(span.clone()).await;
    let micros = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
    let route = route.as_deref().unwrap_or("none");
    span.in_scope(|| tracing::info!(%method, route, status = response.status().as_u16(), micros));
    if let Ok(number) = HeaderValue::from_str(&number) {
        response.headers_mut().insert(NUMBER, number);
    }
    response
}
