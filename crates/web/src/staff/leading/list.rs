//! `/staff/groups/{slug}/sessions`: the sessions of a group, those ahead and those before.

use axum::extract::{Path, State as Held};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use domain::access::Action;
use domain::coming::Entrance;
use domain::groups::{Kind, Slug};
use maud::{Markup, html};
use store::acts::{ChangeEntrance, SeeEntrance, SeePlans};
use store::leading::{self, Listed, Sessions};
use store::{On, StoreError};

use super::{page, parse, saying, session, sessions, topic, when};
use crate::form::Form;
use crate::look;
use crate::look::parts::{self, Tone};
use crate::signing::{Person, Wanted};
use crate::staff::groups::coming;
use crate::state::App;

/// So many sessions may have an entrance of their own: as many as `domain::coming` tells of.
const OWN_DOORS: usize = domain::coming::AHEAD;

/// What one may do there beside reading.
struct May {
    plan: bool,
    moderate: bool,
}

/// How members get in, for who may see that.
struct Doors {
    set: Vec<(Option<NaiveDate>, Entrance)>,
    may_change: bool,
}

pub(crate) async fn list(Held(app): Held<App>, person: Person, Path(slug): Path<String>) -> Response {
    draw(&app, &person, &slug, StatusCode::OK, None).await
}

/// `POST …/entrance`: how members get into one session, or into all.
pub(crate) async fn set_entrance(
    Held(app): Held<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let typed = coming::typed(&app, &form);
    let done = async {
        let slug = parse(&slug)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<ChangeEntrance>(On::Group(&slug)).await?;
        match &typed {
            Ok((on, set)) => leading::set_entrance(&mut permit, *on, set).await?,
            Err(_) => return leading::is_therapy(&mut permit).await,
        }
        writing.commit().await
    };
    match (done.await, typed) {
        (Ok(()), Ok(_)) => Redirect::to(&sessions(&slug)).into_response(),
        (Ok(()), Err(wrong)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            draw(&app, &person, &slug, status, Some(&wrong)).await
        }
        (Err(why), _) => look::refused(&app, &why, &Wanted::parse(&sessions(&slug))),
    }
}

async fn draw(app: &App, person: &Person, slug: &str, status: StatusCode, wrong: Option<&str>) -> Response {
    match read(app, person, slug).await {
        Ok((slug, found, may, doors)) => {
            let up = (format!("/staff/groups/{slug}"), found.listing.title.to_string());
            let body = html! {
                (body(app, &slug, &found, &may, wrong))
                @if let Some(doors) = &doors { (entrances(app, &slug, &found, doors)) }
            };
            page(app, status, person, up, body)
        }
        Err(why) => look::refused(app, &why, &Wanted::parse(&sessions(slug))),
    }
}

async fn read(
    app: &App,
    person: &Person,
    slug: &str,
) -> Result<(Slug, Sessions, May, Option<Doors>), StoreError> {
    let slug = parse(slug)?;
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeePlans>(On::Group(&slug)).await?;
    let found = leading::list(&mut permit).await?;
    let may = May {
        plan: store::may(&mut reading, Action::ChangePlans, On::Group(&slug)).await?,
        moderate: store::may(&mut reading, Action::ModerateAdvice, On::Group(&slug)).await?,
    };
    let may_see = store::may(&mut reading, Action::SeeEntrance, On::Group(&slug)).await?;
    let doors = if may_see && found.listing.kind == Kind::Therapy {
        let may_change = store::may(&mut reading, Action::ChangeEntrance, On::Group(&slug)).await?;
        let mut permit = reading.permit::<SeeEntrance>(On::Group(&slug)).await?;
        let set = leading::entrances(&mut permit).await?;
        Some(Doors { set, may_change })
    } else {
        None
    };
    Ok((slug, found, may, doors))
}

/// For all sessions, and for the next ones.
fn entrances(app: &App, slug: &Slug, found: &Sessions, doors: &Doors) -> Markup {
    let words = app.words();
    let to = format!("{}/entrance", sessions(slug.as_str()));
    let next = found.ahead.iter().filter(|one| !one.is_cancelled());
    html! {
        section aria-labelledby="door" {
            h2 #door { (words.say("entrance")) }
            p { (words.say("entrance-members")) }
            (coming::entrance(app, &to, &doors.set, (None, &words.say("entrance-of-all")), doors.may_change))
            @for one in next.take(OWN_DOORS) {
                @let said = when(app, &found.listing, &one.sitting);
                (coming::entrance(app, &to, &doors.set, (Some(one.sitting.date), &said), doors.may_change))
            }
        }
    }
}

fn body(app: &App, slug: &Slug, found: &Sessions, may: &May, wrong: Option<&str>) -> Markup {
    let (words, here) = (app.words(), format!("/staff/groups/{slug}"));
    let is_therapy = found.listing.kind == Kind::Therapy;
    html! {
        h1 { (words.say("sessions")) }
        p.lead { (found.listing.title) }
        @if let Some(wrong) = wrong { (parts::mistakes(Tone::Clay, wrong, "", &[])) }
        div.acts {
            a.button.plain href=(format!("{here}/curricula")) { (words.say("curricula")) }
            @if is_therapy { a.button.plain href=(format!("{here}/prompts")) { (words.say("prompts")) } }
            @if !is_therapy && may.moderate { a.button.plain href=(format!("{here}/advice")) { (words.say("advice")) } }
        }
        section aria-labelledby="ahead" {
            h2 #ahead { (words.say("sessions-ahead")) }
            @if found.ahead.is_empty() { (parts::empty(&words.say("sessions-none"), &words.say("sessions-none-more"), None)) }
            ul.rows { @for one in &found.ahead { li { (row(app, slug, found, one, may)) } } }
        }
        @if !found.past.is_empty() {
            section aria-labelledby="past" {
                h2 #past { (words.say("sessions-past")) }
                ul.rows { @for one in &found.past { li { (row(app, slug, found, one, may)) } } }
            }
        }
    }
}

fn row(app: &App, slug: &Slug, found: &Sessions, one: &Listed, may: &May) -> Markup {
    let words = app.words();
    let (said, to) = (
        when(app, &found.listing, &one.sitting),
        session(slug.as_str(), one.sitting.date),
    );
    let is_over = one.sitting.ends_at() <= app.now();
    html! {
        div {
            p { @if one.is_cancelled() { s { (said) } } @else { b { a href=(to) { (said) } } } }
            @if let Some(state) = saying::state(words, &one.state) { p.meta { (state) } }
            @if let Some(topic) = topic(&one.plan) { p { (topic) } }
            @if let Some((_, handle)) = &one.cover { p.meta { (words.with("session-covered", &[("name", handle.to_string().into())])) } }
            @if is_over && !one.is_cancelled() {
                @if one.is_marked { span.label.sand { (words.say("session-marked")) } }
                @else { span.label.ochre { (words.say("session-unmarked")) } }
            }
        }
        @if may.plan && !is_over {
            @let act = words.say("session-plan");
            a.button.plain.small href=(format!("{to}/plan")) aria-label=(format!("{act}: {said}")) { (act) }
        }
    }
}
