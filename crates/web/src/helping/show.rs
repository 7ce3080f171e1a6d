//! `/help-now`: who answers, now. One tap from every page; by country, without asking where anyone is.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::helping::{Concern, Country};
use maud::{Markup, html};
use url::form_urlencoded;

use super::card::{emergency, reach};
use crate::look::parts::{self, Tone};
use crate::look::{Here, Page, page_with};
use crate::state::App;
use crate::words::Words;

/// After the line for anyone, in this order.
const CONCERNS: [(Concern, &str); 4] = [
    (Concern::Violence, "help-for-violence"),
    (Concern::YoungPeople, "help-for-young-people"),
    (Concern::Veterans, "help-for-veterans"),
    (Concern::Substances, "help-for-substances"),
];

pub(crate) async fn show(State(app): State<App>, RawQuery(query): RawQuery) -> Response {
    let (words, help) = (app.words(), &app.content().help);
    let query = query.unwrap_or_default();
    let asked = form_urlencoded::parse(query.as_bytes())
        .filter(|(name, value)| name == "country" && !value.is_empty())
        .map(|(_, value)| value.into_owned())
        .next();
    let found = asked.as_deref().map(|code| help.country(code));
    // Whatever was asked, the help of some country is shown.
    let country = found.flatten().or_else(|| app.country());
    let unknown = matches!(found, Some(None));
    let body = html! {
        h1 { (words.say("help-heading")) }
        p.lead { (words.say("help-lead")) }
        @if unknown {
            (parts::notice(Tone::Plain, &words.say("help-unknown-country"), html! { (words.say("help-unknown-country-more")) }))
        }
        @if let Some(country) = country { (lines(words, country)) }
        (choose_country(&app, country))
        section { h2 { (words.say("help-leave")) } p { (words.say("help-leave-more")) } p.meta { (words.say("help-not-watched")) } }
    };
    page_with(
        &app,
        if unknown {
            StatusCode::NOT_FOUND
        } else {
            StatusCode::OK
        },
        Page {
            title: "site-title",
            here: Here::Elsewhere,
            up: None,
            body,
        },
    )
}

fn lines(words: &Words, country: &Country) -> Markup {
    html! {
        section.first-section aria-labelledby="someone" {
            h2 #someone { (words.with("help-in", &[("country", country.name.as_str().into())])) }
            div.help-cards {
                @for (place, line) in country.of(Concern::Crisis).enumerate() {
                    div.card.clay { h3 { (line.name) } (reach(words, line, place == 0)) }
                }
                (emergency(words, country))
            }
            @if country.first().is_none() { p { (words.say("help-no-line")) } }
        }
        @for (concern, said) in CONCERNS {
            @if country.of(concern).next().is_some() {
                section {
                    h2 { (words.say(said)) }
                    div.help-cards { @for line in country.of(concern) { div.card { h3 { (line.name) } (reach(words, line, false)) } } }
                }
            }
        }
        section {
            h2 { (words.say("help-while")) }
            ul.rows { @for line in ["help-while-1", "help-while-2", "help-while-3"] { li { (words.say(line)) } } }
        }
    }
}

fn choose_country(app: &App, chosen: Option<&Country>) -> Markup {
    let (words, help) = (app.words(), &app.content().help);
    let mut options: Vec<_> = help
        .countries
        .iter()
        .map(|country| {
            let here = chosen.is_some_and(|chosen| chosen.code == country.code);
            (country.code.clone(), country.name.to_string(), here)
        })
        .collect();
    options.sort_by(|a, b| a.1.cmp(&b.1));
    let directory = &help.directory;
    html! {
        section aria-labelledby="elsewhere" {
            h2 #elsewhere { (words.say("help-elsewhere")) }
            form.inline action="/help-now" method="get" {
                (parts::select("country", &words.say("help-country"), &options))
                button.button.plain type="submit" { (words.say("help-country-show")) }
            }
            p.meta { (words.say("help-country-note")) }
            p { (words.say("help-directory")) " " a href=(directory.url.as_str()) rel="noreferrer" { (directory.name) } ". " (words.say("help-directory-note")) }
        }
    }
}
