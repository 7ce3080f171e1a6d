//! The one cookie: it holds a session's token and nothing else.

use axum::http::header::{COOKIE, HeaderMap, HeaderValue, SET_COOKIE};
use axum::response::Response;
use store::sessions::Token;

use crate::state::App;

/// Under https no other site and no subdomain can set it; plain http is for this machine only.
const SECURE: &str = "__Host-s";
const PLAIN: &str = "s";

/// The token a browser brought.
pub(super) fn token(app: &App, headers: &HeaderMap) -> Option<String> {
    let name = name(app);
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, token)| token.to_owned())
        .filter(|token| token.len() == 64 && token.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Signs this browser in. It forgets when it is closed.
pub(crate) fn set(app: &App, mut response: Response, token: &Token) -> Response {
    insert(app, &mut response, token.reveal(), "");
    response
}

/// Lets it remember, in place of a session, that it is away at the OpenID provider.
pub(super) fn keep(app: &App, mut response: Response, token: &str) -> Response {
    insert(app, &mut response, token, "");
    response
}

/// Signs it out.
pub(crate) fn clear(app: &App, mut response: Response) -> Response {
    insert(app, &mut response, "", "; Max-Age=0");
    response
}

fn insert(app: &App, response: &mut Response, value: &str, more: &str) {
    let secure = if app.settings().is_https() { "; Secure" } else { "" };
    let cookie = format!(
        "{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{more}",
        name(app)
    );
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}

fn name(app: &App) -> &'static str {
    if app.settings().is_https() { SECURE } else { PLAIN }
}

pub(super) fn is_there(headers: &HeaderMap) -> bool {
    headers.contains_key(COOKIE)
}
