//! The sheet: for each group what someone needs who takes it home.

use axum::extract::{RawQuery, State};
use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::groups::{Seats, Slug};
use maud::{Markup, html};
use store::StoreError;
use store::listings::{self, Published};

use super::{Chosen, told};
use crate::helping;
use crate::look::icons::Icon;
use crate::look::parts::{self, Tone};
use crate::look::{self, Here, Page, page};
use crate::saying;
use crate::state::App;
use crate::words::Words;

/// More groups than this stand in two columns on paper.
const ONE_COLUMN: usize = 5;

pub(crate) async fn show(State(app): State<App>, RawQuery(query): RawQuery) -> Response {
    let chosen = Chosen::read(&query.unwrap_or_default());
    let groups = match find(&app, &chosen).await {
        Ok(groups) => groups,
        Err(error) => return look::our_fault(&app, &error),
    };
    let words = app.words();
    let up = Some((chosen.link("/groups"), words.say("shortlist-back")));
    let body = if chosen.is_empty() {
        nothing(words)
    } else {
        sheet(&app, &chosen, &groups)
    };
    page(
        &app,
        Page {
            title: "finding-title",
            here: Here::Finder,
            up,
            body,
        },
    )
}

/// Each group of the list as it stands in the database, those that ended or are gone too; none where there is none.
async fn find(app: &App, chosen: &Chosen) -> Result<Vec<(Slug, Option<Published>)>, StoreError> {
    let mut reading = app.read().await?;
    let mut groups = Vec::new();
    for slug in &chosen.slugs {
        groups.push((slug.clone(), listings::by_slug(&mut reading, slug).await?));
    }
    Ok(groups)
}

fn nothing(words: &Words) -> Markup {
    html! {
        h1 { (words.say("shortlist-heading-none")) }
        (parts::empty(&words.say("shortlist-none"), &words.say("shortlist-none-more"), Some(("/groups", &words.say("finding-nav")))))
    }
}

fn sheet(app: &App, chosen: &Chosen, groups: &[(Slug, Option<Published>)]) -> Markup {
    let (words, now) = (app.words(), app.now());
    let class = if groups.len() > ONE_COLUMN {
        "sheet many"
    } else {
        "sheet"
    };
    html! {
        h1 { (words.with("shortlist-heading", &[("count", groups.len().into())])) }
        p.lead.screen { (words.say("shortlist-lead")) }
        @if chosen.beyond > 0 {
            (parts::notice(Tone::Ochre, &words.with("shortlist-beyond", &[("most", Chosen::MOST.into()), ("count", chosen.beyond.into())]), html! {}))
        }
        div.acts.screen {
            a.button href="#print" data-print { (Icon::Print.draw()) (words.say("shortlist-print")) }
            a.textlink href=(chosen.link("/groups")) { (words.say("shortlist-add")) }
        }
        p #print .hint.screen { (words.say("shortlist-print-how")) }
        ol class=(class) {
            @for (slug, group) in groups { li { (row(app, chosen, slug, group.as_ref(), now)) } }
            @for typed in &chosen.unknown { li { (missing(words, typed)) } }
        }
        (foot(app))
        div.field.copy.screen {
            label for="field-address" { (words.say("shortlist-address")) }
            input #field-address type="text" readonly value=(format!("{}{}", root(app), chosen.link("/shortlist"))) aria-describedby="address-hint";
            p.hint #address-hint { (words.say("shortlist-address-hint")) }
        }
    }
}

/// The site as people see it, without a slash at its end.
fn root(app: &App) -> &str {
    app.settings().site()
}

fn row(app: &App, chosen: &Chosen, slug: &Slug, group: Option<&Published>, now: DateTime<Utc>) -> Markup {
    let words = app.words();
    html! {
        @match group {
            Some(published) => (known(app, chosen, published, now)),
            None => (missing(words, slug.as_str())),
        }
        @let title = group.map_or(slug.as_str(), |published| published.listing.title.as_str());
        a.textlink.screen href=(chosen.without(slug).link("/shortlist")) aria-label=(words.with("shortlist-off", &[("title", title.into())])) { (words.say("shortlist-off-short")) }
    }
}

fn known(app: &App, chosen: &Chosen, published: &Published, now: DateTime<Utc>) -> Markup {
    let (words, listing) = (app.words(), &published.listing);
    let path = format!("/groups/{}", published.slug);
    let off = told::off(words, published, app.today());
    let ended = matches!(listing.seats, Seats::Ended { .. });
    let lines = [
        ("shortlist-when", Some(told::when(words, published, now))),
        ("shortlist-where", Some(told::place(words, listing))),
        (
            "shortlist-coming",
            Some(told::coming(words, listing)).filter(|_| !ended),
        ),
        ("shortlist-cost", told::cost(words, listing)),
        (
            "shortlist-first",
            Some(told::first_time(words, listing)).filter(|_| off.is_none()),
        ),
    ];
    html! {
        (parts::kind(words, listing.kind))
        h2 { a href=(chosen.link(&path)) { (listing.title) } }
        @if let Some(off) = &off { p.off { (Icon::Barred.draw()) b { (off) } } }
        dl.lines {
            @for (term, said) in &lines {
                @if let Some(said) = said.as_ref().filter(|said| !said.is_empty()) { div { dt { (words.say(term)) } dd { (said) } } }
            }
            div { dt { (words.say("shortlist-page-at")) } dd.address { (root(app)) (path) } }
        }
    }
}

/// A name that leads to no group: told, so that nobody looks for it in vain.
fn missing(words: &Words, typed: &str) -> Markup {
    html! {
        h2 { (words.with("shortlist-unknown", &[("typed", typed.into())])) }
        p.meta { (words.say("shortlist-unknown-more")) }
    }
}

/// Help, and who made the sheet: the page's own footer is not printed.
fn foot(app: &App) -> Markup {
    let (words, organisation) = (app.words(), &app.settings().organisation);
    let date = saying::date_with_year(words, app.today(), chrono::NaiveDate::MIN);
    html! {
        div.sheet-foot {
            @if let Some(country) = app.country() {
                @let (address, said) = helping::call_or_text(words, country);
                p { (words.say("rail-danger")) " " a href=(address) { (said) } ". " (words.with("footer-not-emergency", &[("number", country.emergency.as_str().into())])) }
            }
            p {
                b { (organisation.name) }
                @if let Some(phone) = &organisation.phone { " · " (phone) }
                @if let Some(mail) = &organisation.mail { " · " (mail) }
                " · " (words.with("shortlist-made", &[("date", date.into())]))
            }
        }
    }
}

/// The unobtrusive way onto a list; where the group is on it already, the way back to it.
pub(crate) fn put(words: &Words, chosen: &Chosen, slug: &Slug, title: &str) -> Markup {
    match chosen.and(slug) {
        Some(list) => html! {
            a.put href=(list.link("/shortlist")) rel="nofollow" aria-label=(words.with("shortlist-put-title", &[("title", title.into())])) { (words.say("shortlist-put")) }
        },
        None => html! {
            a.put href=(chosen.link("/shortlist")) rel="nofollow" { (words.with("shortlist-see", &[("count", chosen.slugs.len().into())])) }
        },
    }
}
