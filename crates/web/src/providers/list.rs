//! `/providers`: who is near, and who works online.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use domain::groups::freshness;
use domain::providers::ProviderKind;
use finder::{Directory, Place, ProviderAnswer, ProviderFilter, ProviderHit, ProviderHits, TakingFilter};
use maud::{Markup, html};

use super::asked::{Asked, PAGE_SIZE, kind_parameter};
use super::parts::{kind, said_kind, taking, whereabouts};
use crate::finding::near::{Distance, Near, Unit};
use crate::finding::shared::{self, Change, Emptied};
use crate::look::parts::{self, Field, Tone};
use crate::look::{Here, Page, page_with};
use crate::saying;
use crate::state::App;
use crate::words::Words;

/// All that the page is made from.
struct View<'a> {
    words: &'a Words,
    asked: &'a Asked,
    directory: &'a Directory,
    place: Option<&'a Place>,
    answer: &'a ProviderAnswer,
    today: NaiveDate,
}

pub(crate) async fn show(State(app): State<App>, RawQuery(query): RawQuery) -> Response {
    let asked = Asked::read(&query.unwrap_or_default());
    let (words, directory) = (app.words(), app.directory());
    let near = asked.resolve();
    let status = if matches!(near, Near::Unknown(_)) || !asked.problems.is_empty() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let everyone = |place: Option<Place>| {
        if directory.is_empty() {
            return nothing(words);
        }
        let answer = directory.find(&asked.query(place.as_ref().map(|place| place.point)));
        results(&View {
            words,
            asked: &asked,
            directory: &directory,
            place: place.as_ref(),
            answer: &answer,
            today: app.today(),
        })
    };
    let body = match near {
        Near::Nowhere => everyone(None),
        Near::Here(place) => everyone(Some(place)),
        Near::Several(places) => choice(words, &directory, &asked, &places),
        Near::Unknown(sentence) => {
            let error = words.with(sentence, &[("value", asked.near.as_str().into())]);
            html! {
                h1 { (words.say("providers-heading-start")) }
                div.finder { (form(words, &directory, &asked, Some(error))) }
            }
        }
    };
    let page = Page {
        title: "providers-title",
        here: Here::Providers,
        up: Some(("/groups".to_owned(), words.say("finding-nav"))),
        body,
    };
    page_with(&app, status, page)
}

fn nothing(words: &Words) -> Markup {
    let (first, more) = (words.say("providers-none"), words.say("providers-none-more"));
    html! {
        h1 { (words.say("providers-heading-start")) }
        (parts::empty(&first, &more, Some(("/groups", &words.say("finding-nav")))))
    }
}

/// An ambiguous town offers the choice; each is named so that it is found alone.
fn choice(words: &Words, directory: &Directory, asked: &Asked, places: &[Place]) -> Markup {
    let value = [("value", asked.near.as_str().into())];
    html! {
        h1 { (words.with("near-several-heading", &value)) }
        p.lead { (words.with("near-several", &value)) }
        (shared::choices(places, |point| asked.but(|asked| asked.near = point).link("/providers")))
        div.finder { (form(words, directory, asked, None)) }
    }
}

fn results(view: &View) -> Markup {
    let View {
        words, asked, answer, ..
    } = view;
    html! {
        h1 { (words.with("providers-heading", &[("count", answer.total.into())])) }
        p.lead { (lead(view)) }
        a.button.plain.jump href="#search" { (words.say("finding-change")) }
        @for problem in &asked.problems {
            (parts::notice(Tone::Clay, &words.with(problem.sentence, &[("value", problem.value.as_str().into())]), html! {}))
        }
        div.finder {
            (form(words, view.directory, asked, None))
            (showing(view))
            div.results {
                @if answer.total == 0 { (emptied(view)) }
                (here(view))
                (online(view))
                @if answer.without_place > 0 {
                    p.meta { (words.with("providers-without-place", &[("count", answer.without_place.into())])) }
                }
                (pages(view))
            }
        }
    }
}

fn lead(view: &View) -> String {
    let words = view.words;
    let Some(place) = view.place else {
        return words.say("providers-lead-everywhere");
    };
    let place = ("place", place.name.as_str().into());
    match reach(words, view.asked) {
        Some(distance) => words.with("finding-lead-near", &[("distance", distance.into()), place]),
        None => words.with("finding-lead-near-any", &[place]),
    }
}

/// "25 miles"; none for any distance.
fn reach(words: &Words, asked: &Asked) -> Option<String> {
    let km = asked.distance.km(asked.unit)?;
    Some(saying::distance(words, km, asked.unit))
}

fn form(words: &Words, directory: &Directory, asked: &Asked, near_error: Option<String>) -> Markup {
    let about = Field {
        name: "q",
        label: words.say("finding-about"),
        value: &asked.text,
        hint: Some(words.say("providers-about-hint")),
        error: None,
        ..Field::default()
    };
    let near = Field {
        name: "near",
        label: words.say("finding-near"),
        value: &asked.near,
        hint: Some(words.say("finding-near-hint")),
        error: near_error,
        ..Field::default()
    };
    let kinds = [
        None,
        Some(ProviderKind::Therapist),
        Some(ProviderKind::Organisation),
        Some(ProviderKind::Site),
    ];
    let kinds = kinds.map(|kind| {
        let said = kind.map_or_else(|| words.say("providers-kind-any"), |kind| said_kind(words, kind));
        (
            kind.map_or("", kind_parameter).to_owned(),
            said,
            kind == asked.kind,
        )
    });
    let mut spoken = directory.languages();
    spoken.extend(
        asked
            .language
            .clone()
            .filter(|language| !spoken.contains(language)),
    );
    let languages = spoken.iter().map(|language| {
        let said = saying::languages(words, std::slice::from_ref(language));
        (
            language.code().to_owned(),
            said,
            asked.language.as_ref() == Some(language),
        )
    });
    let any = (
        String::new(),
        words.say("providers-language-any"),
        asked.language.is_none(),
    );
    let languages: Vec<_> = std::iter::once(any).chain(languages).collect();
    html! {
        form #search .search action="/providers" method="get" role="search" aria-label=(words.say("providers-form")) {
            (about.draw())
            (near.draw())
            (parts::select("distance", &words.say("finding-within"), &shared::distances(words, asked.distance, asked.unit)))
            button.button type="submit" { (words.say("providers-show")) }
            div.filters {
                (parts::select("kind", &words.say("finding-kind"), &kinds))
                (parts::select("language", &words.say("providers-language"), &languages))
                fieldset {
                    legend { (words.say("providers-taking")) }
                    div.chips { (parts::chip_box("taking", "yes", &words.say("provider-taking-yes"), asked.taking == TakingFilter::TakingNow)) }
                }
            }
            @if asked.unit == Unit::Kilometres { input type="hidden" name="unit" value="km"; }
        }
    }
}

/// The filters that are set, in words, each with the question without it.
fn filters(view: &View) -> Vec<(ProviderFilter, String, Asked)> {
    let View { words, asked, .. } = view;
    let mut set = Vec::new();
    if !asked.text.is_empty() {
        let without = asked.but(|asked| asked.text.clear());
        set.push((ProviderFilter::Text, asked.text.clone(), without));
    }
    if let Some(kind) = asked.kind {
        let without = asked.but(|asked| asked.kind = None);
        set.push((ProviderFilter::Kind, said_kind(words, kind), without));
    }
    if asked.taking == TakingFilter::TakingNow {
        let without = asked.but(|asked| asked.taking = TakingFilter::Anyone);
        set.push((ProviderFilter::Taking, words.say("provider-taking-yes"), without));
    }
    if let Some(language) = &asked.language {
        let said = saying::languages(words, std::slice::from_ref(language));
        let without = asked.but(|asked| asked.language = None);
        set.push((ProviderFilter::Language, said, without));
    }
    if let Some(distance) = reach(words, asked) {
        let without = asked.but(|asked| asked.distance = Distance::Any);
        set.push((ProviderFilter::Distance, distance, without));
    }
    set
}

/// What is filtered by; each chip takes itself away.
fn showing(view: &View) -> Markup {
    let View { words, asked, .. } = view;
    let mut chips = filters(view);
    // How far stands in the form and in the first sentence.
    chips.retain(|(filter, ..)| *filter != ProviderFilter::Distance);
    html! {
        @if !chips.is_empty() {
            div.chips.showing {
                span.soft { (words.say("finding-showing")) }
                @for (_, said, without) in &chips {
                    (parts::chip_away(&without.link("/providers"), said, &words.with("finding-take-away", &[("what", said.as_str().into())])))
                }
                @if chips.len() > 1 {
                    a.textlink href=(asked.only_near().link("/providers")) { (words.say("finding-clear")) }
                }
            }
        }
    }
}

fn here(view: &View) -> Markup {
    let View {
        words, answer, place, ..
    } = view;
    let heading = match place {
        Some(place) => words.with("finding-near-heading", &[("place", place.name.as_str().into())]),
        None => words.say("providers-everyone"),
    };
    let count = match place {
        Some(_) => "providers-count-nearest",
        None => "providers-count-by-name",
    };
    html! {
        @if answer.here.total > 0 || answer.nearest_beyond.is_some() {
            section aria-labelledby="here" {
                (list_head(words, "here", &heading, count, &answer.here))
                @if answer.here.total == 0 { (none_near(view)) }
                (hits(view, &answer.here))
            }
        }
    }
}

fn none_near(view: &View) -> Markup {
    let View {
        words, asked, answer, ..
    } = view;
    let place = view.place.map_or("", |place| place.name.as_str());
    html! {
        @if let Some(distance) = reach(words, asked) {
            p { (words.with("providers-none-near", &[("distance", distance.into()), ("place", place.into())])) }
        }
        @if let Some(beyond) = &answer.nearest_beyond {
            @let km = beyond.distance_km.unwrap_or_default();
            (shared::beyond(words, km, asked.unit, &beyond.entry.provider.full_name(), |wider| {
                asked.but(|asked| asked.distance = wider).link("/providers")
            }))
        }
    }
}

fn online(view: &View) -> Markup {
    let View { words, answer, .. } = view;
    html! {
        @if answer.online.total > 0 {
            section aria-labelledby="online" {
                (list_head(words, "online", &words.say("providers-online"), "providers-count-by-name", &answer.online))
                (hits(view, &answer.online))
            }
        }
    }
}

fn list_head(words: &Words, id: &str, heading: &str, count: &'static str, hits: &ProviderHits) -> Markup {
    html! {
        div.list-head {
            h2 id=(id) { (heading) }
            @if hits.total > 0 { span.meta { (words.with(count, &[("count", hits.total.into())])) } }
        }
    }
}

fn hits(view: &View, hits: &ProviderHits) -> Markup {
    html! { ul.hits { @for found in &hits.hits { li { (hit(view, found)) } } } }
}

fn hit(view: &View, found: &ProviderHit) -> Markup {
    let View { words, asked, .. } = view;
    let (provider, today) = (&found.entry.provider, view.today);
    let path = format!("/providers/{}", found.entry.slug);
    let address = match view.place {
        Some(_) => asked.only_near().link(&path),
        None => path,
    };
    let focus: Vec<_> = provider.focus.iter().map(ToString::to_string).collect();
    let fresh = freshness(provider.verified_on, today);
    let distance = found
        .distance_km
        .map(|km| saying::distance(words, km, asked.unit));
    let groups = found.entry.groups.len();
    let mut facts = vec![saying::languages(words, &provider.languages)];
    if groups > 0 {
        facts.push(words.with("providers-groups", &[("count", groups.into())]));
    }
    facts.retain(|fact| !fact.is_empty());
    html! {
        article.card.hit {
            (kind(words, provider.kind))
            h3 { a href=(address) { (provider.full_name()) } }
            @if !focus.is_empty() { p.when { b { (saying::list(words, &focus)) } } }
            p.meta { (whereabouts(words, provider, found.place, distance)) }
            div.row {
                (taking(words, provider.taking))
                @if !facts.is_empty() { span.meta { (facts.join(" · ")) } }
                (parts::freshness(fresh, &saying::freshness(words, fresh, today)))
            }
        }
    }
}

/// Nobody matches: which filter did it, and what each change would bring.
fn emptied(view: &View) -> Markup {
    let filters = filters(view);
    let change = |(filter, count): &(ProviderFilter, usize)| {
        let (_, said, without) = filters.iter().find(|(set, ..)| set == filter)?;
        Some(Change {
            filter: said.clone(),
            count: *count,
            address: without.link("/providers"),
        })
    };
    let changes: Vec<_> = view.answer.without.iter().filter_map(change).collect();
    let ids = Emptied {
        lead: "providers-emptied-lead",
        none: "providers-emptied-none",
        would_bring: "providers-would-bring",
    };
    shared::emptied(view.words, &ids, &changes)
}

fn pages(view: &View) -> Markup {
    let View {
        words, asked, answer, ..
    } = view;
    let longest = answer.here.total.max(answer.online.total);
    parts::pages(words, asked.page, longest.div_ceil(PAGE_SIZE), |page| {
        Asked {
            page,
            ..(*asked).clone()
        }
        .link("/providers")
    })
}
