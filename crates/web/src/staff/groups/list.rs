//! `GET /staff/groups`: the groups one works on, what is worn first.

use axum::extract::{Query, State};
use axum::response::Response;
use chrono::NaiveDate;
use domain::groups::{Freshness, Kind, Seats, Slug, freshness};
use domain::text::fold;
use maud::{Markup, html};
use serde::Deserialize;
use store::acts::RunListings;
use store::groups::{self, Ours};
use store::{On, StoreError};

use crate::form::Form;
use crate::look;
use crate::look::parts;
use crate::saying;
use crate::signing::{Person, Wanted};
use crate::staff::{Place, is_staff, page, runs_listings};
use crate::state::App;

const HERE: &str = "/staff/groups";
const A_PAGE: usize = 25;

/// What is looked for. A value that is not known looks for nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Looked {
    words: String,
    kind: String,
    state: String,
    page: String,
}

impl Looked {
    fn is_asked(&self) -> bool {
        [&self.words, &self.kind, &self.state]
            .into_iter()
            .any(|asked| !asked.is_empty())
    }
}

pub(crate) async fn list(State(app): State<App>, person: Person, Query(looked): Query<Looked>) -> Response {
    let found = async {
        let mut reading = app.store().read(person.who()).await?;
        let all = groups::list(&mut reading).await?;
        let unled = match looked.state.as_str() {
            "unled" if runs_listings(&person.0) => {
                let mut permit = reading.permit::<RunListings>(On::Organisation).await?;
                groups::unled(&mut permit).await?
            }
            _ => Vec::new(),
        };
        Ok((all, unled))
    };
    let (all, unled) = match found.await {
        Ok((all, _)) if all.is_empty() && !is_staff(&person.0) => {
            return look::gone(&app);
        }
        Ok(found) => found,
        Err(why @ StoreError::Denied(_)) => {
            return look::refused(&app, &why, &Wanted::parse(HERE));
        }
        Err(why) => return look::our_fault(&app, &why),
    };
    let today = app.today();
    let mut found: Vec<&Ours> = all
        .iter()
        .filter(|ours| fits(&app, ours, &looked, &unled))
        .collect();
    found.sort_by_cached_key(|ours| (order(&app, ours), title(&app, ours)));
    let number = looked.page.parse::<usize>().unwrap_or(1).max(1);
    let last = found.len().div_ceil(A_PAGE).max(1);
    let number = number.min(last);
    let shown = &found[(number - 1) * A_PAGE..(number * A_PAGE).min(found.len())];
    let words = app.words();
    let may_create = runs_listings(&person.0);
    let body = html! {
        h1 { (words.say("groups")) }
        @if may_create {
            p { a.button href="/staff/groups/new" { (words.say("group-new")) } }
            p.meta { a href="/staff/holds" { (words.say("holds-link")) } }
        }
        @if looked.is_asked() || all.len() > A_PAGE { (search(&app, &person, &looked)) }
        @if shown.is_empty() {
            (nothing(&app, &looked))
        } @else {
            p.meta { (words.with("groups-count", &[("count", found.len().into())])) }
            ul.rows.groups { @for ours in shown { li { (row(&app, ours, today)) } } }
        }
        (parts::pages(words, number, last, |page| at(&looked, page)))
    };
    page(&app, &person, Place::Groups, body)
}

fn nothing(app: &App, looked: &Looked) -> Markup {
    let words = app.words();
    if looked.is_asked() {
        let all = words.say("groups-all");
        parts::empty(
            &words.say("groups-none"),
            &words.say("groups-none-more"),
            Some((HERE, &all)),
        )
    } else {
        parts::empty(
            &words.say("groups-none-yet"),
            &words.say("groups-none-yet-more"),
            None,
        )
    }
}

fn search(app: &App, person: &Person, looked: &Looked) -> Markup {
    let words = app.words();
    let option = |value: &str, said: String, chosen: &str| (value.to_owned(), said, value == chosen);
    let kinds = [
        option("", words.say("groups-any"), &looked.kind),
        option("therapy", saying::kind(words, Kind::Therapy), &looked.kind),
        option("support", saying::kind(words, Kind::Support), &looked.kind),
    ];
    let mut states = vec![
        option("", words.say("groups-any"), &looked.state),
        option("draft", words.say("groups-draft"), &looked.state),
        option("worn", words.say("groups-worn"), &looked.state),
        option("paused", words.say("groups-paused"), &looked.state),
        option("ended", words.say("groups-ended"), &looked.state),
    ];
    if runs_listings(&person.0) {
        states.push(option("unled", words.say("groups-unled"), &looked.state));
    }
    let name = parts::Field {
        name: "words",
        label: words.say("groups-search"),
        value: &looked.words,
        ..parts::Field::default()
    };
    html! {
        form.inline method="get" action=(HERE) {
            (name.draw())
            (parts::select("kind", &words.say("form-kind"), &kinds))
            (parts::select("state", &words.say("groups-state"), &states))
            button.button.plain type="submit" { (words.say("groups-look")) }
        }
    }
}

fn row(app: &App, ours: &Ours, today: NaiveDate) -> Markup {
    let words = app.words();
    html! {
        a href=(super::address(&ours.slug)) { b { (title(app, ours)) } }
        p.meta {
            @if let Some(listing) = &ours.listing {
                (parts::kind(words, listing.kind)) " "
                (parts::status(listing.kind, listing.seats, &saying::seats(words, listing, today))) " "
                @let fresh = freshness(listing.verified_on, today);
                (parts::freshness(fresh, &super::checked(words, fresh, today)))
            }
            @if ours.typed.is_some() { " " span.label.ochre { (words.say("groups-draft")) } }
        }
    }
}

fn title(app: &App, ours: &Ours) -> String {
    match said(ours).1 {
        name if name.is_empty() => app.words().say("group-untitled"),
        name => name,
    }
}

/// The kind and the name of a group as it is public, else as they were typed.
fn said(ours: &Ours) -> (String, String) {
    if let Some(listing) = &ours.listing {
        return (super::typed::name(&listing.kind), listing.title.to_string());
    }
    let form = ours.typed.as_ref();
    let form = form.map_or_else(Form::default, |typed| Form::parse(typed.form.as_bytes()));
    (form.get("kind").to_owned(), form.get("title").to_owned())
}

fn fits(app: &App, ours: &Ours, looked: &Looked, unled: &[Slug]) -> bool {
    let (kind, name) = said(ours);
    let seats = ours.listing.as_ref().map(|listing| listing.seats);
    let state = match looked.state.as_str() {
        "draft" => ours.typed.is_some(),
        "worn" => order(app, ours) < 3 && ours.listing.is_some(),
        "unled" => unled.contains(&ours.slug),
        "paused" => matches!(seats, Some(Seats::Paused { .. })),
        "ended" => matches!(seats, Some(Seats::Ended { .. })),
        _ => true,
    };
    let in_name = fold::words(&name);
    let named = fold::words(&looked.words)
        .iter()
        .all(|word| in_name.iter().any(|there| there.starts_with(word.as_str())));
    state && named && (looked.kind.is_empty() || looked.kind == kind)
}

/// What needs a look first; groups that have ended last.
fn order(app: &App, ours: &Ours) -> u8 {
    let Some(listing) = &ours.listing else { return 2 };
    if listing.has_ended(app.today()) {
        return 4;
    }
    match super::wear(app, ours) {
        Freshness::Unknown | Freshness::Stale { .. } => 0,
        Freshness::Fading { .. } => 1,
        Freshness::Fresh { .. } => 3,
    }
}

fn at(looked: &Looked, number: usize) -> String {
    let mut form = Form::default();
    form.put("words", &looked.words);
    form.put("kind", &looked.kind);
    form.put("state", &looked.state);
    form.put("page", &number.to_string());
    format!("{HERE}?{}", form.encode())
}
