//! `GET /staff/feeds/{feed}/held`: rows that are no listing, and why. `POST …/{row}/dismissal`, `/restoring`, `/group`
//! decide about one.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Denied;
use maud::{Markup, html};
use serde::Deserialize;
use store::acts::RunListings;
use store::feeds::{self, HeldRow, Known, ToFix};
use store::{On, StoreError};
use url::form_urlencoded;

use super::{HERE, address, parse};
use crate::form::Form;
use crate::look;
use crate::look::parts;
use crate::once;
use crate::signing::{Person, Wanted};
use crate::staff::groups::typed;
use crate::staff::{Place, page_with};
use crate::state::App;
use crate::words::Words;

const A_PAGE: usize = 25;
/// So many fields of a row are shown in the list.
const FEW: usize = 6;
/// Fields in which formats name a group.
const NAMES: [&str; 5] = ["name", "meeting_name", "SUMMARY", "title", "group"];

/// What is looked for. A value that is not known looks for nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Looked {
    reason: String,
    dismissed: String,
    page: String,
}

pub(crate) async fn held(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    Query(looked): Query<Looked>,
) -> Response {
    let (feed, rows) = match find(&app, &person, &id).await {
        Ok(found) => found,
        Err(why) => return look::refused(&app, &why, &Wanted::parse(HERE)),
    };
    let words = app.words();
    let dismissed = looked.dismissed == "yes";
    let of_kind: Vec<&HeldRow> = rows.iter().filter(|row| row.is_dismissed == dismissed).collect();
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &of_kind {
        *reasons.entry(row.reason.as_str()).or_default() += 1;
    }
    let found: Vec<&HeldRow> = of_kind
        .iter()
        .copied()
        .filter(|row| looked.reason.is_empty() || row.reason == looked.reason)
        .collect();
    let last = found.len().div_ceil(A_PAGE).max(1);
    let number = looked.page.parse::<usize>().unwrap_or(1).clamp(1, last);
    let shown = &found[(number - 1) * A_PAGE..(number * A_PAGE).min(found.len())];
    let other = rows.len() - of_kind.len();
    let body = html! {
        h1 { (words.say("held")) }
        p.lead { (words.say("held-lead")) }
        (filter(&app, &feed, &looked, &reasons, of_kind.len()))
        @if shown.is_empty() { (parts::empty(&words.say("held-none"), &words.say("held-none-more"), None)) }
        ul.rows.held { @for row in shown { li { (draw(&app, &feed, row)) } } }
        (parts::pages(words, number, last, |page| at(&feed, &looked, page)))
        @if other > 0 {
            @let to = Looked { dismissed: if dismissed { String::new() } else { "yes".to_owned() }, ..Looked::default() };
            @let said = if dismissed { "held-show-open" } else { "held-show-dismissed" };
            p { a href=(at(&feed, &to, 1)) { (words.with(said, &[("count", other.into())])) } }
        }
    };
    let up = Some((address(feed.id), feed.wanted.programme.clone()));
    page_with(&app, StatusCode::OK, &person, Place::Feeds, up, body)
}

pub(crate) async fn dismiss(
    State(app): State<App>,
    person: Person,
    Path((id, row)): Path<(String, String)>,
) -> Response {
    let done = async {
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<RunListings>(On::Organisation).await?;
        feeds::dismiss(&mut permit, parse(&id)?, number(&row)?).await?;
        writing.commit().await
    };
    answer(&app, done.await, &format!("{HERE}/{id}/held"))
}

pub(crate) async fn restore_row(
    State(app): State<App>,
    person: Person,
    Path((id, row)): Path<(String, String)>,
) -> Response {
    let done = async {
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<RunListings>(On::Organisation).await?;
        feeds::restore_row(&mut permit, parse(&id)?, number(&row)?).await?;
        writing.commit().await
    };
    answer(&app, done.await, &format!("{HERE}/{id}/held?dismissed=yes"))
}

/// Begins a group of our own with what the row says: the feed cannot take it back.
pub(crate) async fn own(
    State(app): State<App>,
    person: Person,
    Path((id, row)): Path<(String, String)>,
) -> Response {
    let done = async {
        let (id, number) = (parse(&id)?, number(&row)?);
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<RunListings>(On::Organisation).await?;
        let form = form(&app, &feeds::fixable(&mut permit, id, number).await?);
        let slug = feeds::own(&mut permit, id, number, &form.encode()).await?;
        writing.commit().await?;
        Ok::<_, StoreError>(slug)
    };
    match done.await {
        Ok(slug) => Redirect::to(&format!("/staff/groups/{slug}/edit")).into_response(),
        Err(why) => look::refused(&app, &why, &Wanted::parse(HERE)),
    }
}

fn answer(app: &App, done: Result<(), StoreError>, to: &str) -> Response {
    match done {
        Ok(()) => Redirect::to(to).into_response(),
        Err(why) => look::refused(app, &why, &Wanted::parse(HERE)),
    }
}

pub(super) fn number(row: &str) -> Result<u32, StoreError> {
    row.parse().map_err(|_| StoreError::Denied(Denied::NoRight))
}

async fn find(app: &App, person: &Person, id: &str) -> Result<(Known, Vec<HeldRow>), StoreError> {
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<RunListings>(On::Organisation).await?;
    let id = parse(id)?;
    Ok((
        feeds::show(&mut permit, id).await?,
        feeds::held(&mut permit, id).await?,
    ))
}

/// The form of a new group, with what there is of the row in its place.
fn form(app: &App, found: &ToFix) -> Form {
    let mut form = match &found.unfinished {
        Some(unfinished) => typed::begun(&app.content().topics, unfinished),
        None => Form::default(),
    };
    if form.get("title").is_empty() {
        form.put("title", named(&found.row).unwrap_or_default());
    }
    for (field, usual) in [
        ("kind", "support"),
        ("every", "weekly"),
        ("interval", "1"),
        ("zone", app.settings().zone.name()),
        ("from", &app.today().to_string()),
        ("languages", "en"),
        ("seats", "open"),
    ] {
        if form.get(field).is_empty() {
            form.put(field, usual);
        }
    }
    form
}

/// What the feed calls the group.
fn named(row: &HeldRow) -> Option<&str> {
    let said = |field: &&str| row.said.iter().find(|(there, _)| there == field);
    let found = NAMES.iter().find_map(said)?;
    Some(found.1.as_str()).filter(|name| !name.is_empty())
}

pub(super) fn heading(words: &Words, row: &HeldRow) -> String {
    let number = || words.with("held-row", &[("number", row.number.into())]);
    named(row).map_or_else(number, str::to_owned)
}

fn filter(app: &App, feed: &Known, looked: &Looked, reasons: &BTreeMap<&str, usize>, all: usize) -> Markup {
    let words = app.words();
    let counted = |reason: &str, count: usize| {
        words.with(
            "held-reason",
            &[("reason", reason.into()), ("count", count.into())],
        )
    };
    let mut options = vec![(
        String::new(),
        counted(&words.say("held-any"), all),
        looked.reason.is_empty(),
    )];
    options.extend(reasons.iter().map(|(reason, count)| {
        (
            (*reason).to_owned(),
            counted(reason, *count),
            looked.reason == **reason,
        )
    }));
    html! {
        @if reasons.len() > 1 {
            form.inline method="get" action=(format!("{}/held", address(feed.id))) {
                (parts::select("reason", &words.say("held-why"), &options))
                @if looked.dismissed == "yes" { input type="hidden" name="dismissed" value="yes"; }
                button.button.plain type="submit" { (words.say("groups-look")) }
            }
        }
    }
}

fn draw(app: &App, feed: &Known, row: &HeldRow) -> Markup {
    let words = app.words();
    let name = heading(words, row);
    let here = format!("{}/held/{}", address(feed.id), row.number);
    let mut facts: Vec<_> = row
        .said
        .iter()
        .filter(|(field, text)| !text.is_empty() && !NAMES.contains(&field.as_str()))
        .take(FEW)
        .map(|(field, text)| (field.clone(), Some(html! { (text) })))
        .collect();
    let number = html! { (row.number) " · " (row.id) };
    facts.push((words.say("held-number"), Some(number)));
    let said = words.say(if row.can_be_fixed { "held-fix" } else { "held-more" });
    html! {
        div {
            h2 { (name) }
            p { (row.reason) }
            (parts::facts(&facts))
            div.acts {
                a.button.plain[!row.can_be_fixed] href=(here) aria-label=(format!("{said}: {name}")) { (said) }
                (other_acts(words, &here, row))
            }
        }
    }
}

/// What else is done about a row than fixing it.
pub(super) fn other_acts(words: &Words, here: &str, row: &HeldRow) -> Markup {
    let name = heading(words, row);
    let act = |what: &str, said: String| {
        html! {
            form method="post" action=(format!("{here}/{what}")) {
                (once::field())
                button.button.plain type="submit" aria-label=(format!("{said}: {name}")) { (said) }
            }
        }
    };
    html! {
        div.acts {
            @if row.is_dismissed { (act("restoring", words.say("held-restore"))) }
            @else {
                (act("group", words.say("held-own")))
                (act("dismissal", words.say("held-dismiss")))
            }
        }
    }
}

fn at(feed: &Known, looked: &Looked, page: usize) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in [("reason", &looked.reason), ("dismissed", &looked.dismissed)] {
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    if page > 1 {
        query.append_pair("page", &page.to_string());
    }
    format!("{}/held?{}", address(feed.id), query.finish())
}
