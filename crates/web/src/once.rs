//! A form that is sent twice is one act: a button pressed two times, a page loaded anew, a line that broke while the answer came.
//!
//! Each form carries a number of its own ([`field`]). That its act was done is kept by the store, with the act; what was answered
//! is kept here for a moment, so that who sends it again sees the same.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};
use maud::{Markup, html};
use store::Who;
use store::once::{Asked, number, was_done};
use tracing::Instrument;

use crate::look;
use crate::routes::MOST_BODY;
use crate::signing::Person;
use crate::state::App;

/// The field of a form with its number.
pub(crate) const FIELD: &str = "once";
/// The same for programs.
const HEADER: &str = "idempotency-key";
/// A number is at most so long.
const LONGEST: usize = 100;

/// Answers that are kept.
const MOST: usize = 256;
/// A longer one is not kept.
const MOST_ANSWER: usize = 256 * 1024;
/// For so long: what some of them show is shown once only.
const KEPT_FOR: TimeDelta = TimeDelta::minutes(2);

/// In every form that has something done.
pub(crate) fn field() -> Markup {
    html! { input type="hidden" name=(FIELD) value=(number()); }
}

/// What was answered to whom asked last.
#[derive(Default)]
pub(crate) struct Answers(Mutex<VecDeque<(String, Turn)>>);

/// Who asks the same waits here until the first has its answer.
type Turn = Arc<tokio::sync::Mutex<Option<Answer>>>;

struct Answer {
    at: DateTime<Utc>,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Answers {
    fn turn(&self, id: &str) -> Turn {
        let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, turn)) = turns.iter().find(|(known, _)| known == id) {
            return Arc::clone(turn);
        }
        if turns.len() == MOST {
            turns.pop_front();
        }
        let turn = Turn::default();
        turns.push_back((id.to_owned(), Arc::clone(&turn)));
        turn
    }
}

impl Answer {
    fn again(&self) -> Response {
        (self.status, self.headers.clone(), self.body.clone()).into_response()
    }
}

/// Answers a request with a number once; whoever sends it again is told the same, and nothing is done. One without is answered each time.
pub(crate) async fn answer(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MOST_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let number = told(&parts.headers, &body);
    let person = parts
        .extensions
        .get::<Person>()
        .map(|person| person.0.slug().to_string());
    let asked = number.map(|number| {
        let (who, path) = (person.unwrap_or_default(), parts.uri.path());
        Asked::new([who.as_bytes(), path.as_bytes(), number.as_bytes(), &body])
    });
    let request = Request::from_parts(parts, Body::from(body));
    let Some(asked) = asked else {
        return next.run(request).await;
    };
    // Whoever goes away in between, by a second press of the button, leaves it to be finished.
    let number = store::request::present().unwrap_or_default();
    let answer = store::request::during(number, in_turn(app, asked, request, next));
    let answered = tokio::spawn(answer.in_current_span());
    match answered.await {
        Ok(response) => response,
        Err(why) if why.is_panic() => std::panic::resume_unwind(why.into_panic()),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn in_turn(app: App, asked: Asked, request: Request, next: Next) -> Response {
    let turn = app.answers().turn(asked.id());
    let mut kept = Arc::clone(&turn).lock_owned().await;
    if let Some(answer) = kept.as_ref()
        && app.now() - answer.at < KEPT_FOR
    {
        return answer.again();
    }
    *kept = None;
    let before = async { was_done(&mut app.store().read(Who::Visitor).await?, &asked).await };
    match before.await {
        Ok(false) => {}
        Ok(true) => return look::done_before(&app),
        Err(why) => return look::our_fault(&app, &why),
    }
    let response = asked.during(next.run(request)).await;
    if !asked.is_done() {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, MOST_ANSWER).await else {
        return look::done_before(&app);
    };
    parts.headers.remove(CONTENT_LENGTH);
    let answer = Answer {
        at: app.now(),
        status: parts.status,
        headers: parts.headers,
        body,
    };
    let response = kept.insert(answer).again();
    drop(kept);
    tokio::spawn(forget(turn));
    response
}

/// What was shown once does not stay in memory.
async fn forget(turn: Turn) {
    tokio::time::sleep(KEPT_FOR.to_std().unwrap_or_default()).await;
    *turn.lock().await = None;
}

/// The number that a request carries.
fn told(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let said = headers.get(HEADER).and_then(|said| said.to_str().ok());
    let number = match said {
        Some(said) => said.to_owned(),
        None => {
            let mut fields = url::form_urlencoded::parse(body);
            fields.find(|(name, _)| name == FIELD)?.1.into_owned()
        }
    };
    Some(number).filter(|number| !number.is_empty() && number.len() <= LONGEST)
}
