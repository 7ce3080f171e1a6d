//! `/staff/groups/{slug}/records`: where the records of each session stand, the newest first.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::access::Action;
use domain::records::Stage;
use maud::{Markup, html};
use store::acts::{SeePlans, SeeRoster};
use store::records::{self, Charted, LeftBehind, Written};
use store::{On, StoreError};

use super::handing::{self, Handing};
use super::{Stand, chart_address, parse, part_address, record_address, session_address, stands};
use crate::form::Form;
use crate::look;
use crate::look::icons::Icon;
use crate::saying;
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with};
use crate::state::App;

struct Shown {
    title: String,
    written: Vec<Written>,
    charts: Vec<Charted>,
    /// Records whose keeper leads the group no more.
    left: Vec<LeftBehind>,
    /// Whose records the one who looks can hand over, and to whom.
    handing: Handing,
    sees_goals: bool,
}

pub(crate) async fn show(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    draw(&app, &person, &slug, StatusCode::OK, &Form::default(), None).await
}

/// The page, with what was typed about handing over and what became of that.
pub(super) async fn draw(
    app: &App,
    person: &Person,
    slug: &str,
    status: StatusCode,
    typed: &Form,
    told: Option<Markup>,
) -> Response {
    let here = format!("/staff/groups/{slug}/records");
    let found = async {
        let group = parse(slug)?;
        let mut reading = app.store().read(person.who()).await?;
        let mut permit = reading.permit::<SeePlans>(On::Group(&group)).await?;
        let title = records::title(&mut permit).await?;
        let written = records::sessions_of(&mut permit).await?;
        let (mut charts, mut left) = (Vec::new(), Vec::new());
        if store::may(&mut reading, Action::SeePart, On::Group(&group)).await? {
            let mut permit = reading.permit::<SeeRoster>(On::Group(&group)).await?;
            charts = records::charts(&mut permit).await?;
            left = records::left_behind(&mut permit).await?;
        }
        let handing = handing::read(&mut reading, &group).await?;
        let sees_goals = store::may(&mut reading, Action::SeeRecord, On::Group(&group)).await?;
        Ok::<_, StoreError>(Shown {
            title,
            written,
            charts,
            left,
            handing,
            sees_goals,
        })
    };
    match found.await {
        Ok(shown) => {
            let up = Some((format!("/staff/groups/{slug}"), shown.title.clone()));
            let body = body(app, slug, &shown, typed, told);
            page_with(app, status, person, Place::Groups, up, body)
        }
        Err(why) => look::refused(app, &why, &Wanted::parse(&here)),
    }
}

fn body(app: &App, slug: &str, shown: &Shown, typed: &Form, told: Option<Markup>) -> Markup {
    let words = app.words();
    html! {
        h1 { (words.say("records-title")) }
        p.lead { (shown.title) }
        @if let Some(told) = told { (told) }
        @if !shown.left.is_empty() {
            section aria-labelledby="left" {
                h2 #left { (words.say("records-left-behind")) }
                p { (words.say("records-left-behind-more")) }
                ul.rows { @for one in &shown.left { (left(app, slug, one)) } }
            }
        }
        @if shown.written.is_empty() { p { (words.say("records-none")) } }
        ul.rows { @for one in &shown.written { (line(app, slug, one)) } }
        @if !shown.charts.is_empty() {
            section aria-labelledby="charts" {
                h2 #charts { (words.say("records-charts")) }
                ul.rows { @for one in &shown.charts { li { a href=(chart_address(slug, one.person.as_str())) { (one.handle) } @if !one.is_member { " " span.meta { (words.say("records-left")) } } } } }
            }
        }
        (handing::form(app.words(), slug, &shown.handing, typed))
        @if shown.sees_goals { p { a href=(format!("/staff/groups/{slug}/goals")) { (words.say("group-goals-title")) } } }
        p { a href=(format!("/staff/groups/{slug}/billing")) { (words.say("billing-title")) } }
    }
}

/// A record whose keeper leads the group no more, and the page where it is handed over.
fn left(app: &App, slug: &str, one: &LeftBehind) -> Markup {
    let (words, date) = (app.words(), one.date.to_string());
    let day = saying::date_with_year(words, one.date, app.today());
    let (address, what) = match &one.of {
        Some((person, handle)) => (part_address(slug, &date, person.as_str()), handle.to_string()),
        None => (record_address(slug, &date), words.say("record-title")),
    };
    html! {
        li { div {
            p { a href=(address) { (day) " · " (what) } }
            p.meta { (words.with("record-kept-by", &[("name", one.keeper.to_string().into())])) }
        } }
    }
}

fn line(app: &App, slug: &str, one: &Written) -> Markup {
    let words = app.words();
    let date = one.date.to_string();
    let (said, stand) = stands(words, one.session);
    let icon = match (stand, one.signed >= one.there) {
        (Stand::Done, true) => Icon::Check,
        (Stand::Open, _) if one.parts == 0 => Icon::Ring,
        _ => Icon::Dash,
    };
    let waits = matches!(one.session, Some(Stage::Awaiting));
    html! {
        li {
            div {
                p { (icon.draw()) " " b { (saying::date_with_year(words, one.date, app.today())) } }
                p.meta {
                    (words.with("records-line", &[("session", said.into()), ("signed", one.signed.into()), ("there", one.there.into())]))
                    @if waits { " · " (words.say("record-awaiting")) }
                }
            }
            div.acts {
                a href=(record_address(slug, &date)) { (words.say("record-title")) }
                @if one.there > 0 { a href=(format!("{}/parts", session_address(slug, &date))) { (words.say("each-part-title")) } }
            }
        }
    }
}
