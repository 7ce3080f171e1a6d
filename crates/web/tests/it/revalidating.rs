//! Public data that is asked for again: tags, "not modified", compression, and who may read it.

use crate::common::{ask, settings, site};
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use domain::groups::Slug;
use testing::{TestDatabase, both_engines};
use tower::ServiceExt;
use web::routes::{Cache, Method, Route, TABLE};

/// The example of a route, with what the site has.
fn example(route: &Route) -> String {
    route
        .example
        .replace("{slug}", Slug::from_bits(1).as_str())
        .replace("{provider}", Slug::from_bits(11).as_str())
}

fn public() -> impl Iterator<Item = String> {
    TABLE
        .iter()
        .filter(|route| route.cache == Cache::Revalidate && route.method == Method::Get)
        .map(example)
}

async fn asked(
    router: &axum::Router,
    path: &str,
    headers: &[(&str, &str)],
) -> (StatusCode, HeaderMap, Vec<u8>) {
    let response = ask(router, path, "192.0.2.7", headers).await;
    let (status, headers) = (response.status(), response.headers().clone());
    let body = axum::body::to_bytes(response.into_body(), 1 << 24).await.unwrap();
    (status, headers, body.to_vec())
}

#[both_engines]
async fn who_has_it_already_gets_304_with_the_same_headers(db: TestDatabase) {
    let router = site(&db, settings(true)).await;
    for path in public() {
        let (status, headers, body) = asked(&router, &path, &[]).await;
        let tag = headers["etag"].to_str().unwrap().to_owned();
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(tag.starts_with('"') && !body.is_empty(), "{path}: {tag}");
        let elsewhere = format!("\"other\", W/{tag}");
        for known in [tag.as_str(), "*", &elsewhere] {
            let (status, again, body) = asked(&router, &path, &[("if-none-match", known)]).await;
            assert_eq!(status, StatusCode::NOT_MODIFIED, "{path}, {known}");
            assert!(body.is_empty(), "{path}");
            for name in [
                "cache-control",
                "vary",
                "access-control-allow-origin",
                "content-security-policy",
            ] {
                assert_eq!(again.get(name), headers.get(name), "{path}: {name}");
            }
            assert!(again["etag"].to_str().unwrap().ends_with(&tag), "{path}");
        }
        let (status, ..) = asked(&router, &path, &[("if-none-match", "\"other\"")]).await;
        assert_eq!(status, StatusCode::OK, "{path}: another tag");
    }
}

#[both_engines]
async fn a_head_tells_the_same_tag_and_no_body(db: TestDatabase) {
    let router = site(&db, settings(true)).await;
    for path in public() {
        let (_, headers, _) = asked(&router, &path, &[]).await;
        let head = Request::head(&path).body(Body::empty()).unwrap();
        let response = router.clone().oneshot(head).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        assert_eq!(response.headers().get("etag"), headers.get("etag"), "{path}");
        let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        assert!(body.is_empty(), "{path}");
    }
}

#[both_engines]
async fn a_compressed_answer_has_a_weak_tag_that_revalidates(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let path = "/api/groups?near=44113";
    let (_, plain, _) = asked(&router, path, &[]).await;
    for encoding in ["gzip", "br"] {
        let (_, headers, _) = asked(&router, path, &[("accept-encoding", encoding)]).await;
        assert_eq!(headers["content-encoding"], encoding);
        let weak = format!("W/{}", plain["etag"].to_str().unwrap());
        assert_eq!(headers["etag"], weak.as_str(), "{encoding}");
        assert_eq!(headers.get_all("vary").iter().count(), 1, "{encoding}");
        let again = [("accept-encoding", encoding), ("if-none-match", weak.as_str())];
        let (status, headers, body) = asked(&router, path, &again).await;
        assert_eq!((status, body.len()), (StatusCode::NOT_MODIFIED, 0), "{encoding}");
        assert_eq!(headers["etag"], weak.as_str(), "{encoding}");
    }
}

#[both_engines]
async fn other_sites_may_read_public_data_and_no_page(db: TestDatabase) {
    let router = site(&db, settings(true)).await;
    for route in TABLE.iter().filter(|route| route.method == Method::Get) {
        let path = example(route);
        let (_, headers, _) = asked(&router, &path, &[("origin", "https://elsewhere.example")]).await;
        let allowed = headers
            .get("access-control-allow-origin")
            .map(|value| value.to_str().unwrap());
        let wanted = (route.cache == Cache::Revalidate).then_some("*");
        assert_eq!(allowed, wanted, "{path}");
        assert!(
            !headers.contains_key("access-control-allow-credentials"),
            "{path}"
        );
    }
}
