//! The way into a therapy group, for who goes it: asking for a place, where one stands and what comes next, answering, picking a time,
//! answering an offer and signing. What staff do on it is in `staff::applicants`.

pub(crate) mod acts;
pub(crate) mod agreements;
pub(crate) mod answers;
pub(crate) mod asking;
pub(crate) mod chosen;
pub(crate) mod list;
pub(crate) mod measures;
pub(crate) mod saying;
pub(crate) mod show;

use axum::http::StatusCode;
use axum::response::Response;
use domain::groups::Slug;
use maud::{Markup, html};
use store::joining::{JoiningError, Told};
use store::{StoreError, Who};

use crate::look;
use crate::look::parts::{self, Tone};
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with};
use crate::state::App;
use crate::{letters, words::Words};

/// Letters that there is news, for the person and for staff. Neither says of what.
pub struct News {
    subject: String,
    site: crate::Settings,
}

impl News {
    pub fn new(words: &Words, site: &crate::Settings) -> Self {
        Self {
            subject: letters::subject(words),
            site: site.clone(),
        }
    }

    /// Has something done that may have letters written.
    pub async fn tell<T>(&self, words: &Words, done: impl AsyncFnOnce(&Told<'_>) -> T) -> T {
        let person = |slug: &str| letters::news(words, &self.site, &format!("/me/joining/{slug}"));
        let staff = |slug: &str| letters::to_look_at(words, &self.site, &format!("/staff/applicants/{slug}"));
        done(&Told {
            subject: &self.subject,
            person: &person,
            staff: &staff,
        })
        .await
    }
}

pub(crate) fn parse(slug: &str) -> Result<Slug, StoreError> {
    Slug::parse(slug).map_err(|_| domain::access::Denied::NoRight.into())
}

/// The address of one's own page of an application.
pub(crate) fn address(slug: &str) -> String {
    format!("/me/joining/{slug}")
}

/// A narrow page about oneself, with the way back.
pub(super) fn own_page(
    app: &App,
    status: StatusCode,
    person: &Person,
    up: (String, String),
    body: Markup,
) -> Response {
    let body = html! { div.narrow-page { (body) } };
    page_with(app, status, person, Place::Joining, Some(up), body)
}

pub(super) fn up(app: &App) -> (String, String) {
    ("/me/joining".to_owned(), app.words().say("joining"))
}

/// Why something was not done, with what can be done instead; or the page of what is missing.
pub(crate) fn refused(app: &App, person: &Person, back: &str, why: JoiningError) -> Response {
    let words = app.words();
    let (first, more, status) = match &why {
        JoiningError::Store(why) => return look::refused(app, why, &Wanted::parse(back)),
        JoiningError::Refused(why) => (
            saying::refusal(words, *why, app),
            words.say(saying::instead(why.instead())),
            StatusCode::CONFLICT,
        ),
        JoiningError::Ask(why) => (
            words.say(saying::ask_refused(*why)),
            words.say("joining-instead-look-around"),
            StatusCode::CONFLICT,
        ),
        JoiningError::Membership(why) => (why.to_string(), String::new(), StatusCode::CONFLICT),
        JoiningError::Start(why) => (why.to_string(), String::new(), StatusCode::CONFLICT),
        JoiningError::AskedAlready(_) => (
            words.say("joining-asked-already"),
            words.say("joining-instead-where-i-stand"),
            StatusCode::CONFLICT,
        ),
        JoiningError::InAlready => (
            words.say("joining-in-already"),
            String::new(),
            StatusCode::CONFLICT,
        ),
        JoiningError::Leads => (words.say("joining-leads"), String::new(), StatusCode::CONFLICT),
        JoiningError::TimeTaken => (
            words.say("joining-time-taken"),
            words.say("joining-instead-pick-time"),
            StatusCode::CONFLICT,
        ),
        JoiningError::TextChanged => (
            words.say("joining-text-changed"),
            words.say("joining-instead-sign"),
            StatusCode::CONFLICT,
        ),
        JoiningError::NoPlace { most } => (
            words.with("joining-no-place", &[("most", (*most).into())]),
            words.say("joining-instead-waiting-list"),
            StatusCode::CONFLICT,
        ),
        JoiningError::AccountClosed => (
            words.say("joining-account-closed"),
            String::new(),
            StatusCode::CONFLICT,
        ),
    };
    let (place, called) = way_back(back);
    let called = words.say(called);
    let body = html! {
        div.narrow-page {
            h1 { (words.say("joining-not-done")) }
            (parts::notice(Tone::Ochre, &first, html! { (more) }))
            p { a.button href=(back) { (called) } }
        }
    };
    page_with(app, status, person, place, Some((back.to_owned(), called)), body)
}

/// In which place a refusal is told, and what the way back from it is called: staff come back to whom or what they work on.
fn way_back(back: &str) -> (Place, &'static str) {
    if back.starts_with("/staff/applicants/") {
        (Place::Applicants, "applicant-back")
    } else if back.starts_with("/staff/groups/") {
        (Place::Groups, "asks-back")
    } else if back.starts_with("/groups/") {
        (Place::Joining, "way-see-group")
    } else {
        (Place::Joining, "joining-back")
    }
}

/// Public listings need no permit: the group as anybody sees it.
pub(super) async fn group(app: &App, slug: &str) -> Result<Option<store::listings::Published>, StoreError> {
    let Ok(slug) = Slug::parse(slug) else {
        return Ok(None);
    };
    let mut reading = app.store().read(Who::Visitor).await?;
    store::listings::by_slug(&mut reading, &slug).await
}
