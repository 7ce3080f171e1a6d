//! One request of someone, and its whole answer.

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use tower::ServiceExt;
use web::routes::Method;

/// Where the site says it is.
pub const SITE: &str = "https://groups.example.org";

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// All of it, for what must be in none of it.
    pub fn text(&self) -> String {
        let headers: Vec<String> = self
            .headers
            .iter()
            // Another one each time, whatever is asked.
            .filter(|(name, _)| *name != "x-request-id")
            .map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())))
            .collect();
        format!("{}\n\n{}", headers.join("\n"), self.body)
    }
}

/// As a browser asks: with its cookie and, for a form, where it comes from.
pub async fn ask(
    router: &axum::Router,
    method: Method,
    path: &str,
    token: Option<&str>,
    body: &str,
) -> Answer {
    let from: &[(&str, &str)] = match method {
        Method::Get => &[],
        Method::Post => &[
            ("origin", SITE),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/x-www-form-urlencoded"),
        ],
    };
    ask_from(router, method, path, token, body, from).await
}

pub async fn ask_from(
    router: &axum::Router,
    method: Method,
    path: &str,
    token: Option<&str>,
    body: &str,
    headers: &[(&str, &str)],
) -> Answer {
    let mut request = match method {
        Method::Get => Request::get(path),
        Method::Post => Request::post(path),
    };
    if let Some(token) = token {
        request = request.header("cookie", format!("theme=dark; __Host-s={token}"));
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(body.to_owned())).unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = axum::body::to_bytes(response.into_body(), 8 << 20).await.unwrap();
    Answer {
        status,
        headers,
        body: String::from_utf8_lossy(&bytes).into_owned(),
    }
}
