//! `GET /staff/feeds/{feed}/corrections`: what was said here in place of what the feed has wrong, and what the feed has changed
//! since. `POST …/{correction}/withdrawal` takes it back.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Denied;
use maud::{Markup, html};
use store::acts::RunListings;
use store::feeds::{self, CorrectionId, CorrectionState, KeptCorrection, Known};
use store::{On, StoreError};

use super::{HERE, address, fixing, parse};
use crate::look;
use crate::look::parts;
use crate::once;
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with};
use crate::state::App;

pub(crate) async fn corrections(State(app): State<App>, person: Person, Path(id): Path<String>) -> Response {
    let (feed, all) = match find(&app, &person, &id).await {
        Ok(found) => found,
        Err(why) => return look::refused(&app, &why, &Wanted::parse(HERE)),
    };
    let words = app.words();
    let body = html! {
        h1 { (words.say("corrections")) }
        p.lead { (words.say("corrections-lead")) }
        @if all.is_empty() { (parts::empty(&words.say("corrections-none"), &words.say("corrections-none-more"), None)) }
        ul.rows.held { @for one in &all { li { (row(&app, &feed, one)) } } }
    };
    let up = Some((address(feed.id), feed.wanted.programme.clone()));
    page_with(&app, StatusCode::OK, &person, Place::Feeds, up, body)
}

pub(crate) async fn withdraw(
    State(app): State<App>,
    person: Person,
    Path((id, correction)): Path<(String, String)>,
) -> Response {
    let done = async {
        let correction = CorrectionId::parse(&correction).ok_or(Denied::NoRight);
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<RunListings>(On::Organisation).await?;
        feeds::withdraw(&mut permit, parse(&id)?, correction?).await?;
        writing.commit().await
    };
    match done.await {
        Ok(()) => Redirect::to(&format!("{HERE}/{id}/held")).into_response(),
        Err(why) => look::refused(&app, &why, &Wanted::parse(HERE)),
    }
}

async fn find(app: &App, person: &Person, id: &str) -> Result<(Known, Vec<KeptCorrection>), StoreError> {
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<RunListings>(On::Organisation).await?;
    let id = parse(id)?;
    Ok((
        feeds::show(&mut permit, id).await?,
        feeds::corrections(&mut permit, id).await?,
    ))
}

fn row(app: &App, feed: &Known, one: &KeptCorrection) -> Markup {
    let words = app.words();
    let name = one.group.as_ref().map_or(&one.row, |(_, title)| title);
    let state = match one.state {
        CorrectionState::Holds => words.say("corrections-holds"),
        CorrectionState::Waits => words.say("corrections-waits"),
        CorrectionState::Overruled(at) => {
            words.with("corrections-overruled", &[("when", app.moment(at).into())])
        }
    };
    let undo = words.say("corrections-withdraw");
    html! {
        div {
            h2 {
                @match &one.group {
                    Some((slug, title)) => a href=(format!("/groups/{slug}")) { (title) },
                    None => (one.row),
                }
            }
            p { (fixing::put(words, one)) }
            p.meta { (words.with("corrections-when", &[("when", app.moment(one.at).into())])) " " (state) }
            @if !matches!(one.state, CorrectionState::Overruled(_)) {
                form method="post" action=(format!("{}/corrections/{}/withdrawal", address(feed.id), one.id)) {
                    (once::field())
                    button.button.plain type="submit" aria-label=(format!("{undo}: {name}")) { (undo) }
                }
            }
        }
    }
}
