//! `GET /staff/feeds/{feed}`: a feed, how its last runs went, and which groups the last one changed.

use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use store::acts::RunListings;
use store::feeds::{self, HeldRow, Known, News, NewsOf, Past};
use store::{On, StoreError};

use super::{HERE, address, counts, parse, sets_addresses, state};
use crate::look;
use crate::look::parts;
use crate::once;
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with};
use crate::state::App;

pub(crate) async fn show(State(app): State<App>, person: Person, Path(id): Path<String>) -> Response {
    let (feed, runs, news, held, corrections) = match find(&app, &person, &id).await {
        Ok(found) => found,
        Err(why) => return look::refused(&app, &why, &Wanted::parse(&format!("{HERE}/{id}"))),
    };
    let words = app.words();
    let open = held.iter().filter(|row| !row.is_dismissed).count();
    let body = html! {
        h1 { (feed.wanted.programme) }
        (state(&app, &feed))
        (acts(&app, &feed, sets_addresses(&person)))
        (parts::facts(&facts(&app, &feed)))
        section {
            h2 { (words.say("held")) }
            @if held.is_empty() { p { (words.say("held-none")) } }
            @else {
                p { a href=(format!("{}/held", address(feed.id))) { (words.with("held-open", &[("count", open.into()), ("all", held.len().into())])) } }
            }
        }
        @if corrections > 0 {
            section {
                h2 { (words.say("corrections")) }
                p { a href=(format!("{}/corrections", address(feed.id))) { (words.with("corrections-count", &[("count", corrections.into())])) } }
            }
        }
        section {
            h2 { (words.say("feeds-news")) }
            @if news.is_empty() { p { (words.say("feeds-news-none")) } }
            ul.rows { @for one in &news { li { (newly(&app, one)) } } }
        }
        @if !runs.is_empty() {
            section {
                h2 { (words.say("feeds-runs")) }
                ul.rows { @for past in &runs { li { p { (app.moment(past.at)) } p.meta { (counts(&app, past)) } } } }
            }
        }
    };
    let up = Some((HERE.to_owned(), words.say("feeds")));
    page_with(&app, axum::http::StatusCode::OK, &person, Place::Feeds, up, body)
}

type Found = (Known, Vec<Past>, Vec<News>, Vec<HeldRow>, usize);

async fn find(app: &App, person: &Person, id: &str) -> Result<Found, StoreError> {
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<RunListings>(On::Organisation).await?;
    let id = parse(id)?;
    Ok((
        feeds::show(&mut permit, id).await?,
        feeds::runs(&mut permit, id).await?,
        feeds::news(&mut permit, id).await?,
        feeds::held(&mut permit, id).await?,
        feeds::corrections(&mut permit, id).await?.len(),
    ))
}

fn facts(app: &App, feed: &Known) -> [(String, Option<Markup>); 5] {
    let words = app.words();
    let text = |text: &Option<String>| text.as_ref().map(|text| html! { (text) });
    let every = words.with("feeds-every-hours", &[("hours", feed.wanted.every_hours.into())]);
    [
        (words.say("feeds-address"), Some(html! { (feed.wanted.address) })),
        (
            words.say("feeds-format"),
            Some(html! { (feed.wanted.format.clone().unwrap_or_else(|| words.say("feeds-format-auto"))) }),
        ),
        (words.say("feeds-zone"), text(&feed.wanted.zone)),
        (words.say("feeds-licence"), text(&feed.wanted.licence)),
        (words.say("feeds-every"), Some(html! { (every) })),
    ]
}

fn acts(app: &App, feed: &Known, may_set: bool) -> Markup {
    let words = app.words();
    let act = |what: &str, said: String, class: &str| {
        html! {
            form method="post" action=(format!("{}/{what}", address(feed.id))) { (once::field()) button class=(class) type="submit" { (said) } }
        }
    };
    let runs = !feed.is_paused && !feed.is_removed;
    html! {
        div.acts {
            @if runs && feed.shrunk.is_some() { (act("acceptance", words.say("feeds-accept"), "button")) }
            @if runs { (act("fetching", words.say("feeds-fetch-now"), "button plain")) }
            @if may_set && !feed.is_removed {
                a.button.plain href=(format!("{}/edit", address(feed.id))) { (words.say("feeds-edit")) }
                @if feed.is_paused { (act("resumption", words.say("feeds-resume"), "button plain")) }
                @else { (act("pause", words.say("feeds-pause"), "button plain")) }
                (act("removal", words.say("feeds-remove"), "button plain"))
            }
            @if may_set && feed.is_removed { (act("restoring", words.say("feeds-restore"), "button plain")) }
        }
        @if may_set && !feed.is_removed { p.hint { (words.say("feeds-remove-more")) } }
    }
}

fn newly(app: &App, one: &News) -> Markup {
    let label = match one.outcome {
        NewsOf::Imported => "feeds-new-group",
        NewsOf::Changed => "feeds-changed-group",
        NewsOf::Gone => "feeds-gone-group",
    };
    html! { a href=(format!("/groups/{}", one.slug)) { (one.title) } span.label.sand { (app.words().say(label)) } }
}
