//! Public data that programs ask for again: its tag, "not modified", and leave for other sites' scripts to read it.

use std::fmt::Write;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, CONTENT_ENCODING, CONTENT_LENGTH,
    CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_NONE_MATCH, VARY,
};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// How many groups a feed leaves out, because its format cannot say them.
pub(crate) const LEFT_OUT: HeaderName = HeaderName::from_static("x-left-out");

/// Tags the answer with the hash of its body, before any compression; 304 for who has it already. No cookie is ever
/// read on these routes, so any origin may look.
pub(crate) async fn answer(mut request: Request, next: Next) -> Response {
    let known = request.headers().get(IF_NONE_MATCH).cloned();
    if request.method() == Method::HEAD {
        // Asked as GET, so that the tag is that of the body; the router takes the body away from a HEAD afterwards.
        *request.method_mut() = Method::GET;
    }
    let response = next.run(request).await;
    let mut response = match response.status() {
        StatusCode::OK => tagged(response, known.as_ref()).await,
        _ => response,
    };
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(
        ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("etag, x-left-out"),
    );
    response
}

/// What was compressed is the same to a reader, but not byte by byte: its tag is a weak one.
pub(crate) async fn weaken<B>(mut response: Response<B>) -> Response<B> {
    if response.headers().contains_key(CONTENT_ENCODING)
        && let Some(tag) = response.headers().get(ETAG)
        && tag.as_bytes().starts_with(b"\"")
        && let Ok(weak) = HeaderValue::from_bytes(&[b"W/", tag.as_bytes()].concat())
    {
        response.headers_mut().insert(ETAG, weak);
    }
    response
}

/// The strong tag of these bytes: half of their SHA-256.
pub(crate) fn tag(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let mut tag = String::from("\"");
    for byte in &digest[..16] {
        let _ = write!(tag, "{byte:02x}");
    }
    tag + "\""
}

async fn tagged(response: Response, known: Option<&HeaderValue>) -> Response {
    let (mut parts, body) = response.into_parts();
    let (tag, body) = match parts.headers.get(ETAG) {
        Some(tag) => (tag.clone(), body),
        None => {
            let Ok(bytes) = whole(body).await else {
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            };
            let Ok(tag) = HeaderValue::from_str(&tag(&bytes)) else {
                return Response::from_parts(parts, bytes.into());
            };
            (tag, Body::from(bytes))
        }
    };
    if let Some(same) = known.and_then(|known| same(known, &tag)) {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.insert(ETAG, same);
        for name in [CONTENT_LENGTH, CONTENT_TYPE] {
            parts.headers.remove(name);
        }
        vary(&mut parts.headers);
        return Response::from_parts(parts, Body::empty());
    }
    parts.headers.insert(ETAG, tag);
    vary(&mut parts.headers);
    Response::from_parts(parts, body)
}

fn vary(headers: &mut HeaderMap) {
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
}

/// Bodies of these routes are whole in memory already.
pub(crate) async fn whole(body: Body) -> Result<Bytes, axum::Error> {
    let size = body
        .size_hint()
        .upper()
        .and_then(|size| usize::try_from(size).ok());
    axum::body::to_bytes(body, size.unwrap_or(usize::MAX)).await
}

/// The tag that is known, as it was told, if it means this one (RFC 9110, 13.1.2: weak comparison).
pub(crate) fn same(known: &HeaderValue, tag: &HeaderValue) -> Option<HeaderValue> {
    let strong = tag.to_str().ok()?.trim_start_matches("W/");
    let found = known
        .to_str()
        .ok()?
        .split(',')
        .map(str::trim)
        .find(|known| *known == "*" || known.trim_start_matches("W/") == strong)?;
    if found == "*" {
        return Some(tag.clone());
    }
    HeaderValue::from_str(found).ok()
}
