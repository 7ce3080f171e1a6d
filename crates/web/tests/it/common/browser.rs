//! A browser as the site sees one.

use std::net::SocketAddr;

use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode};
use testing::TestDatabase;
use tower::ServiceExt;

use super::{settings, site};

/// A browser: it keeps its cookie and says where a form comes from.
pub struct Browser {
    pub router: axum::Router,
    pub cookie: Option<String>,
}

impl Browser {
    pub async fn send(
        &mut self,
        request: axum::http::request::Builder,
        body: &str,
    ) -> (StatusCode, HeaderMap, String) {
        let mut request = request.header("content-type", "application/x-www-form-urlencoded");
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        if let Some(cookie) = parts.headers.get("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            assert!(
                cookie.starts_with("__Host-s=")
                    && cookie.contains("; Path=/; HttpOnly; SameSite=Lax; Secure"),
                "{cookie}"
            );
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        each_form_is_told_apart(&body);
        (parts.status, parts.headers, body)
    }

    pub async fn get(&mut self, path: &str) -> (StatusCode, String) {
        let (status, headers, body) = self.send(Request::get(path), "").await;
        (status, place(&headers).unwrap_or(body))
    }

    pub async fn post(&mut self, path: &str, form: &str) -> (StatusCode, String) {
        let request = Request::post(path).header("origin", "https://groups.example.org");
        let (status, headers, body) = self.send(request, form).await;
        (status, place(&headers).unwrap_or(body))
    }
}

/// A page without the numbers of its forms, to be compared with another.
pub fn unnumbered(page: &str) -> String {
    let mut parts = page.split("name=\"once\" value=\"");
    let mut rest = parts.next().unwrap().to_owned();
    for part in parts {
        rest.push_str(part.split_once('"').unwrap().1);
    }
    rest
}

/// A form that has something done carries a number, so that it is done once. The chooser only answers.
fn each_form_is_told_apart(page: &str) {
    for form in page.split("<form").skip(1) {
        let form = form.split("</form>").next().unwrap();
        let tag = form.split('>').next().unwrap();
        if tag.contains("method=\"post\"") && !tag.contains("action=\"/choose\"") {
            assert_eq!(form.matches("name=\"once\" value=\"").count(), 1, "{form}");
        }
    }
}

/// One that comes through the proxy from this address.
pub struct Elsewhere<'a> {
    pub browser: Browser,
    pub address: &'a str,
}

impl Elsewhere<'_> {
    pub async fn post(&mut self, path: &str, form: &str) -> (StatusCode, String) {
        let proxy: SocketAddr = "10.0.0.1:9".parse().unwrap();
        let request = Request::post(path)
            .header("origin", "https://groups.example.org")
            .header("x-forwarded-for", self.address)
            .extension(ConnectInfo(proxy));
        let (status, headers, body) = self.browser.send(request, form).await;
        (status, place(&headers).unwrap_or(body))
    }
}

fn place(headers: &HeaderMap) -> Option<String> {
    headers.get("location").map(|to| to.to_str().unwrap().to_owned())
}

pub async fn browser(db: &TestDatabase) -> Browser {
    Browser {
        router: site(db, settings(false)).await,
        cookie: None,
    }
}

/// One that is signed in under this token.
pub async fn signed_in(db: &TestDatabase, token: &str) -> Browser {
    Browser {
        cookie: Some(format!("__Host-s={token}")),
        ..browser(db).await
    }
}

/// The value of a hidden field.
pub fn hidden<'a>(page: &'a str, name: &str) -> &'a str {
    let field = format!("name=\"{name}\" value=\"");
    let at = page.find(&field).unwrap_or_else(|| panic!("{name}: {page}")) + field.len();
    page[at..].split('"').next().unwrap()
}
