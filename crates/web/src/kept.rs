//! Feeds are kept as they were built for as long as the listings stay: who asks again costs a look at a short list.

use std::sync::{Mutex, PoisonError};

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};

use crate::revalidate::{same, tag, whole};
use crate::state::App;

/// Answers of which at least the tag is kept.
const MOST: usize = 64;
/// Bytes of bodies that are kept, all together.
const MOST_BYTES: usize = 16 * 1024 * 1024;
/// What a feed says of skipped dates changes with the day; in every zone a day begins at a full quarter of an hour.
const QUARTER: i64 = 15 * 60;

/// The kept answers about one snapshot; the next snapshot begins anew.
#[derive(Default)]
pub(crate) struct Kept(Mutex<Vec<Answer>>);

/// The one that was asked for last stands at the end.
struct Answer {
    key: Key,
    /// With the tag.
    headers: HeaderMap,
    /// None if there was no room: who has it already is told so all the same.
    body: Option<Bytes>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
    address: String,
    quarter: i64,
}

/// Answers with what is kept, or keeps what is built. Only for routes whose answer depends on the address, the listings
/// and the day alone, and inside of [`crate::revalidate::answer`], which turns tags into "not modified".
pub(crate) async fn keep(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method() != Method::GET {
        return next.run(request).await;
    }
    // Taken before the answer is built: one that is built from newer listings is then forgotten with the old ones.
    let kept = app.kept();
    let key = Key::of(&request, app.now());
    let known = request.headers().get(IF_NONE_MATCH).cloned();
    match kept.get(&key, known.as_ref()) {
        Some(response) => response,
        None => kept.put(key, next.run(request).await).await,
    }
}

impl Key {
    fn of(request: &Request, now: DateTime<Utc>) -> Self {
        Self {
            address: request.uri().to_string(),
            quarter: now.timestamp().div_euclid(QUARTER),
        }
    }
}

impl Kept {
    /// The answer if it is kept; without its body for one who knows its tag.
    fn get(&self, key: &Key, known: Option<&HeaderValue>) -> Option<Response> {
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = answers.iter().position(|answer| answer.key == *key)?;
        let answer = answers.remove(at);
        let tag = answer.headers.get(ETAG);
        let is_known = known
            .zip(tag)
            .is_some_and(|(known, tag)| same(known, tag).is_some());
        let body = match &answer.body {
            _ if is_known => Some(Bytes::new()),
            body => body.clone(),
        };
        let response = body.map(|body| (answer.headers.clone(), Body::from(body)).into_response());
        answers.push(answer);
        response
    }

    /// Keeps an answer that is whole and right; tags it.
    async fn put(&self, key: Key, response: Response) -> Response {
        if response.status() != StatusCode::OK {
            return response;
        }
        let (mut parts, body) = response.into_parts();
        let Ok(bytes) = whole(body).await else {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        let Ok(tag) = HeaderValue::from_str(&tag(&bytes)) else {
            return Response::from_parts(parts, bytes.into());
        };
        parts.headers.insert(ETAG, tag);
        parts.headers.remove(CONTENT_LENGTH);
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        answers.retain(|answer| answer.key.address != key.address);
        answers.push(Answer {
            key,
            headers: parts.headers.clone(),
            body: Some(bytes.clone()),
        });
        make_room(&mut answers);
        Response::from_parts(parts, bytes.into())
    }
}

/// Lets go of bodies, then of whole answers, the longest unasked first.
fn make_room(answers: &mut Vec<Answer>) {
    answers.drain(..answers.len().saturating_sub(MOST));
    let mut bytes = 0;
    for answer in answers.iter_mut().rev() {
        bytes += answer.body.as_ref().map_or(0, Bytes::len);
        if bytes > MOST_BYTES {
            answer.body = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(address: &str, quarter: i64) -> Key {
        Key {
            address: address.to_owned(),
            quarter,
        }
    }

    async fn put(kept: &Kept, address: &str, bytes: usize) -> HeaderValue {
        let response = ([("x-left-out", "2")], vec![b'x'; bytes]).into_response();
        let put = kept.put(key(address, 1), response).await;
        assert_eq!(whole(put.headers().clone(), put).await.len(), bytes);
        kept.0.lock().unwrap().last().unwrap().headers[ETAG].clone()
    }

    async fn whole(headers: HeaderMap, response: Response) -> Bytes {
        assert_eq!(headers["x-left-out"], "2");
        super::whole(response.into_body()).await.unwrap()
    }

    #[tokio::test]
    async fn what_was_built_is_given_again_with_its_headers_until_the_day_may_have_changed() {
        let kept = Kept::default();
        assert!(kept.get(&key("/feed?a", 1), None).is_none());
        let tag = put(&kept, "/feed?a", 9).await;
        let again = kept.get(&key("/feed?a", 1), None).unwrap();
        assert_eq!(again.headers()[ETAG], tag);
        assert_eq!(whole(again.headers().clone(), again).await.len(), 9);
        let unchanged = kept.get(&key("/feed?a", 1), Some(&tag)).unwrap();
        assert_eq!(whole(unchanged.headers().clone(), unchanged).await.len(), 0);
        for other in [key("/feed?a", 2), key("/feed?b", 1)] {
            assert!(kept.get(&other, None).is_none(), "{other:?}");
        }
    }

    #[tokio::test]
    async fn errors_are_not_kept() {
        let kept = Kept::default();
        let response = kept
            .put(key("/feed", 1), StatusCode::NOT_FOUND.into_response())
            .await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert!(kept.get(&key("/feed", 1), None).is_none());
    }

    #[tokio::test]
    async fn the_tag_outlives_the_bytes_and_both_are_bounded() {
        let kept = Kept::default();
        let third = MOST_BYTES / 3;
        let first = put(&kept, "/first", third).await;
        for address in ["/second", "/third"] {
            put(&kept, address, third).await;
        }
        assert!(kept.get(&key("/first", 1), None).is_some());
        put(&kept, "/fourth", third).await;
        // The second one was asked for longest ago.
        assert!(kept.get(&key("/second", 1), None).is_none());
        assert!(kept.get(&key("/first", 1), None).is_some());
        put(&kept, "/fifth", third).await;
        put(&kept, "/sixth", third).await;
        put(&kept, "/seventh", third).await;
        assert!(kept.get(&key("/first", 1), None).is_none());
        assert!(kept.get(&key("/first", 1), Some(&first)).is_some());
        for n in 0..MOST {
            put(&kept, &format!("/{n}"), 1).await;
        }
        assert!(kept.get(&key("/first", 1), Some(&first)).is_none());
        assert_eq!(kept.0.lock().unwrap().len(), MOST);
    }
}
