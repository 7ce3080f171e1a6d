//! Coming to a support group as one is: saying so under a name of one's own, once or regularly; how one gets in, while it is told; and not
//! after all. What who leads the group sees of it is in `staff::groups::coming`.

pub(crate) mod acts;
pub(crate) mod asking;
pub(crate) mod saying;
pub(crate) mod show;

use axum::http::StatusCode;
use axum::response::Response;
use domain::groups::Slug;
use maud::{Markup, html};
use store::coming::{ComingError, When};
use store::{StoreError, Who};

use crate::form::Form;
use crate::look;
use crate::look::parts::{self, Tone};
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with};
use crate::state::App;

/// The address of one's own page about a group one comes to.
pub(crate) fn address(slug: &str) -> String {
    format!("/me/coming/{slug}")
}

fn parse(slug: &str) -> Result<Slug, StoreError> {
    Slug::parse(slug).map_err(|_| domain::access::Denied::NoRight.into())
}

/// To which meeting, or to all.
fn when(form: &Form) -> Option<When> {
    match form.get("when") {
        "regularly" => Some(When::Regularly),
        day => day.parse().ok().map(When::On),
    }
}

fn own_page(app: &App, status: StatusCode, person: &Person, body: Markup) -> Response {
    let body = html! { div.narrow-page { (body) } };
    let up = ("/me/joining".to_owned(), app.words().say("joining"));
    page_with(app, status, person, Place::Joining, Some(up), body)
}

/// Why something was not done, with what can be done instead.
fn refused(app: &App, person: &Person, back: &str, why: ComingError) -> Response {
    let why = match why {
        ComingError::Store(why) => return look::refused(app, &why, &Wanted::parse(back)),
        other => other,
    };
    let words = app.words();
    let body = html! {
        h1 { (words.say("coming-not-done")) }
        (parts::notice(Tone::Ochre, &words.say(saying::error(&why)), html! { (words.say("coming-not-done-more")) }))
        p { a.button href=(back) { (words.say("coming-back")) } }
    };
    own_page(app, StatusCode::CONFLICT, person, body)
}

/// The ground rules of a group, as anybody may read them.
async fn rules(app: &App, slug: &Slug) -> Result<Option<domain::agreements::Text>, StoreError> {
    let mut reading = app.store().read(Who::Visitor).await?;
    store::agreements::public_rules(&mut reading, slug, &app.content().agreements).await
}
