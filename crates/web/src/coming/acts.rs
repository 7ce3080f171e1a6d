//! What one does about coming, with one tap each: I'm coming, I can't after all, to talk or to listen, yes to the ground rules, forget me;
//! and going in.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Denied;
use domain::agreements::TextHash;
use domain::coming::{Part, Refusal};
use domain::groups::Slug;
use store::acts::{Come, SeeComing};
use store::coming::{self, Ask, ComingError};
use store::leading::{self, LeadingError};
use store::{On, Permit};

use super::{address, parse, refused, when};
use crate::form::Form;
use crate::leading::acts::hours;
use crate::look;
use crate::signing::{Person, Wanted};
use crate::state::App;

/// "I'm coming", by who has come before or said so.
pub(crate) async fn come(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let when = when(&form);
    done(&app, &person, &slug, async |permit| {
        let ask = Ask {
            when: when.ok_or(Refusal::NoMeeting)?,
            part: None,
            handle: None,
            rules: None,
        };
        coming::come(permit, ask, &app.content().agreements).await
    })
    .await
}

/// "I can't come after all."
pub(crate) async fn not(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let when = when(&form);
    done(&app, &person, &slug, async |permit| {
        coming::not(permit, when.ok_or(Refusal::NoMeeting)?).await
    })
    .await
}

/// To talk, or to listen.
pub(crate) async fn part(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let part = Part::named(form.get("part")).unwrap_or(Part::Talk);
    done(&app, &person, &slug, async |permit| {
        Ok(coming::set_part(permit, part).await?)
    })
    .await
}

/// Yes to the ground rules, as they were read.
pub(crate) async fn agree(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let hash = TextHash::parse(form.get("rules"));
    done(&app, &person, &slug, async |permit| {
        coming::agree(permit, hash.as_ref(), &app.content().agreements).await
    })
    .await
}

/// Has the group forget one.
pub(crate) async fn forget(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    let forgotten = async {
        let group = parse(&slug)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<Come>(On::MyselfIn(&group)).await?;
        coming::forget(&mut permit).await?;
        writing.commit().await
    };
    match forgotten.await {
        Ok(()) => Redirect::to("/me/joining").into_response(),
        Err(why) => look::refused(&app, &why, &Wanted::parse(&address(&slug))),
    }
}

/// How long before each meeting one wants a letter.
pub(crate) async fn reminder(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let back = address(&slug);
    let chosen = async {
        let group = parse(&slug)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<Come>(On::MyselfIn(&group)).await?;
        coming::is_there(&mut permit).await?;
        leading::set_reminder(&mut permit, hours(&form)).await?;
        Ok::<_, LeadingError>(writing.commit().await?)
    };
    match chosen.await {
        Ok(()) => Redirect::to(&back).into_response(),
        Err(why) => crate::leading::refused(&app, &person, &back, why),
    }
}

/// Goes in: the link of this meeting leads on to the real one while it opens, and to one's own page before and after.
pub(crate) async fn enter(
    State(app): State<App>,
    person: Person,
    Path((slug, day)): Path<(String, String)>,
) -> Response {
    let found = async {
        let group = parse(&slug)?;
        let mut reading = app.store().read(person.who()).await?;
        let mut permit = reading.permit::<SeeComing>(On::MyselfIn(&group)).await?;
        match day.parse() {
            Ok(on) => coming::door(&mut permit, on).await,
            Err(_) => Err(Denied::NoRight.into()),
        }
    };
    match found.await {
        Ok(Some(link)) => Redirect::to(link.as_str()).into_response(),
        Ok(None) => Redirect::to(&address(&slug)).into_response(),
        Err(why) => look::refused(&app, &why, &Wanted::parse(&address(&slug))),
    }
}

/// Only for who is there already; whoever is not is told nothing else.
async fn done(
    app: &App,
    person: &Person,
    slug: &str,
    act: impl AsyncFnOnce(&mut Permit<'_, Come>) -> Result<(), ComingError>,
) -> Response {
    let done = async {
        let group: Slug = parse(slug)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<Come>(On::MyselfIn(&group)).await?;
        coming::is_there(&mut permit).await?;
        act(&mut permit).await?;
        Ok::<_, ComingError>(writing.commit().await?)
    };
    match done.await {
        Ok(()) => Redirect::to(&address(slug)).into_response(),
        Err(why) => refused(app, person, &address(slug), why),
    }
}
