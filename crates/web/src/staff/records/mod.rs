//! Records of sessions, for who leads a group: what the group did, the part of each member, one's own notes, charts, goals, and what
//! is handed over to billing.

mod after;
pub(crate) mod billing;
pub(crate) mod chart;
mod drawing;
mod elsewhere;
pub(crate) mod goals;
pub(crate) mod handing;
pub(crate) mod known;
pub(crate) mod list;
pub(crate) mod note;
pub(crate) mod part;
mod saving;
pub(crate) mod session;
mod steps;
pub(crate) mod summary;

pub(crate) use drawing::read;
pub(crate) use elsewhere::{Begun, as_it_happens, begun, own_goals};

use axum::response::Response;
use chrono::NaiveDate;
use domain::access::Denied;
use domain::groups::Slug;
use domain::records::{Refusal, Stage, WordsError};
use store::StoreError;
use store::records::{RecordError, Rules};

use crate::look;
use crate::saying;
use crate::signing::Wanted;
use crate::state::App;
use crate::words::Words;

/// The rules of the organisation, on this day.
fn rules(app: &App) -> Rules {
    Rules {
        policy: app.settings().records,
        today: app.today(),
    }
}

fn parse(slug: &str) -> Result<Slug, StoreError> {
    Slug::parse(slug).map_err(|_| Denied::NoRight.into())
}

fn parse_date(date: &str) -> Result<NaiveDate, StoreError> {
    date.parse().map_err(|_| Denied::NoRight.into())
}

/// The address of a session's pages.
fn session_address(slug: &str, date: &str) -> String {
    format!("/staff/groups/{slug}/sessions/{date}")
}

fn record_address(slug: &str, date: &str) -> String {
    format!("{}/record", session_address(slug, date))
}

fn part_address(slug: &str, date: &str, person: &str) -> String {
    format!("{}/parts/{person}", session_address(slug, date))
}

fn chart_address(slug: &str, person: &str) -> String {
    format!("/staff/groups/{slug}/people/{person}/chart")
}

/// What was not done, in words; or the page of what went wrong.
fn said(app: &App, why: RecordError, here: &str) -> Result<String, Box<Response>> {
    match why {
        RecordError::Refused(why) => Ok(refusal(app, why)),
        RecordError::Words(WordsError::TooLong { has, .. }) => {
            Ok(app.words().with("record-too-long", &[("has", has.into())]))
        }
        RecordError::Words(WordsError::NotOfIts(_)) => Err(Box::new(look::gone(app))),
        RecordError::WasNotThere => Ok(app.words().say("record-was-not-there")),
        RecordError::Empty => Ok(app.words().say("record-empty")),
        RecordError::TextChanged => Ok(app.words().say("record-text-changed")),
        RecordError::DoesNotLead => Ok(app.words().say("record-does-not-lead")),
        RecordError::WritesNone => Ok(app.words().say("record-writes-none")),
        RecordError::KeepsNothing => Ok(app.words().say("record-keeps-nothing")),
        RecordError::NotYet => Ok(app.words().say("record-not-yet")),
        RecordError::BaseGone => Ok(app.words().say("record-base-gone")),
        RecordError::Meanwhile => Ok(app.words().say("meanwhile")),
        RecordError::Store(why) => Err(Box::new(look::refused(app, &why, &Wanted::parse(here)))),
    }
}

fn refusal(app: &App, why: Refusal) -> String {
    let words = app.words();
    match why {
        Refusal::MarksOpen { open } => words.with("record-marks-open", &[("open", open.into())]),
        Refusal::AlikeUnseen { unseen } => words.with("record-alike-unseen", &[("unseen", unseen.into())]),
        Refusal::Locked { since } => words.with(
            "record-locked",
            &[("since", saying::date_with_year(words, since, app.today()).into())],
        ),
        Refusal::NotYours => words.say("record-not-yours"),
        Refusal::IsPrivate => words.say("record-is-private"),
        Refusal::IsSigned => words.say("record-is-signed"),
        Refusal::Awaits => words.say("record-awaits"),
        Refusal::NotSigned => words.say("record-not-signed"),
        Refusal::NotAwaiting => words.say("record-not-awaiting"),
        Refusal::OwnSignature => words.say("record-own-signature"),
        Refusal::NotCosigner { .. } => words.say("record-not-cosigner"),
        Refusal::NotLocked => words.say("record-not-locked"),
        Refusal::UnlockPast => words.say("record-unlock-past"),
        Refusal::NotSupervisor => words.say("record-not-supervisor"),
        Refusal::KeepsAlready => words.say("record-keeps-already"),
        Refusal::IsDiscarded => words.say("record-is-discarded"),
    }
}

/// Where a record stands: its words, and whether that is done.
fn stands(words: &Words, stage: Option<Stage>) -> (String, Stand) {
    match stage {
        None | Some(Stage::Discarded) => (words.say("record-not-begun"), Stand::Open),
        Some(Stage::Draft) => (words.say("record-draft"), Stand::Begun),
        Some(Stage::Awaiting) => (words.say("record-awaiting"), Stand::Begun),
        Some(Stage::Signed) => (words.say("record-signed"), Stand::Done),
        Some(Stage::Amended) => (words.say("record-amended"), Stand::Done),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Open,
    Begun,
    Done,
}
