//! Who is asking: read from the session on the routes that ask for it, and on no others.

use axum::extract::{FromRequest, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use store::{SignedIn, Who};

use super::wanted::Wanted;
use super::{cookie, leaving};
use crate::form::Form;
use crate::look;
use crate::once;
use crate::state::App;

/// Someone who is signed in. Only routes of the table that ask for it have one.
#[derive(Debug, Clone)]
pub(crate) struct Person(pub(crate) SignedIn);

impl Person {
    pub(crate) fn who(&self) -> Who {
        Who::Person(self.0.clone())
    }
}

/// Someone who may be signed in: on the pages of signing in.
#[derive(Debug, Clone)]
pub(crate) struct Maybe(pub(crate) Option<SignedIn>);

/// What a browser brought of an earlier session, to where one signs in.
#[derive(Debug)]
pub(crate) struct Before(pub(crate) Option<String>);

/// Lets nobody through who is not signed in. Who only looks is led to sign in and back again.
pub(crate) async fn required(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let token = cookie::token(&app, request.headers());
    let was_here = token.is_some();
    match find(&app, token).await {
        Ok(Some(signed_in)) if signed_in.owes_second() && !is_of_second_step(request.uri().path()) => {
            Redirect::to(&wanted(&request).after("/sign-in/second")).into_response()
        }
        Ok(Some(signed_in)) => {
            request.extensions_mut().insert(Person(signed_in));
            next.run(request).await
        }
        Ok(None) if was_here && request.method() == Method::POST => send_again(&app, request).await,
        Ok(None) => {
            let response = Redirect::to(&wanted(&request).after("/sign-in")).into_response();
            // Its session was ended elsewhere, or is over.
            if was_here {
                leaving::forget(response)
            } else {
                response
            }
        }
        Err(why) => look::our_fault(&app, &why),
    }
}

/// What was sent after the session was over comes back to the browser that sent it: nothing typed is lost, and nothing is kept here.
async fn send_again(app: &App, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let to = wanted(&request).after("/sign-in");
    let form = Form::from_request(request, app).await.unwrap_or_default();
    if form.names().next().is_none() || form.names().any(is_secret) {
        return leaving::forget(Redirect::to(&to).into_response());
    }
    let words = app.words();
    let body = html! {
        h1 { (words.say("send-again")) }
        p.lead { (words.say("send-again-lead")) }
        ol {
            li { a.button href="/sign-in" target="_blank" rel="noopener" { (words.say("send-again-sign-in")) } }
            li {
                form method="post" action=(path) {
                    (once::field())
                    @for (name, value) in form.fields() { input type="hidden" name=(name) value=(value); }
                    button.button type="submit" { (words.say("send-again-send")) }
                }
            }
        }
    };
    leaving::forget(look::narrow(app, StatusCode::UNAUTHORIZED, body))
}

/// What shows who one is goes back to nobody.
fn is_secret(field: &str) -> bool {
    ["password", "code", "answer", "token"]
        .iter()
        .any(|name| field.contains(name))
}

/// Whoever has a second factor shows it before anything else, whatever they hold.
fn is_of_second_step(path: &str) -> bool {
    matches!(path, "/sign-in/second" | "/sign-out")
}

/// Where to go on afterwards: back to a page; what was sent is not sent again.
fn wanted(request: &Request) -> Wanted {
    Wanted::parse(match *request.method() {
        Method::GET | Method::HEAD => request.uri().path_and_query().map_or("", |path| path.as_str()),
        _ => "",
    })
}

/// Who this browser is, by the token it brought.
async fn find(app: &App, token: Option<String>) -> Result<Option<SignedIn>, store::StoreError> {
    match token {
        Some(token) => app.store().session(&token).await,
        None => Ok(None),
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Person {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        // The table puts `required` before every handler that takes one.
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or(StatusCode::NOT_FOUND)
    }
}

impl FromRequestParts<App> for Before {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        Ok(Self(cookie::token(app, &parts.headers)))
    }
}

impl FromRequestParts<App> for Maybe {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let token = cookie::token(app, &parts.headers);
        let found = find(app, token).await;
        found.map(Self).map_err(|why| look::our_fault(app, &why))
    }
}
