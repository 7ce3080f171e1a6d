//! `/providers/{slug}`: who they are, the groups they lead, where, and how to reach them.

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use domain::groups::{self, Address, Freshness, Online, Site, Source, freshness};
use domain::providers::{Provider, ProviderKind};
use finder::{Directory, Hit, Place, ProviderEntry};
use maud::{Markup, html};
use store::providers::Published;

use super::asked::Asked;
use super::find;
use super::parts::{kind, kind_icon, said_kind, said_taking, taking, whereabouts};
use crate::finding::near::{Near, Unit};
use crate::look::icons::Icon;
use crate::look::parts::{self, Tone};
use crate::look::{self, Here, Page, page};
use crate::saying;
use crate::settings::Organisation;
use crate::state::App;
use crate::words::Words;

/// Groups shown at once; the others are a tap away.
const GROUPS: usize = 8;

struct View<'a> {
    words: &'a Words,
    published: &'a Published,
    provider: &'a Provider,
    directory: &'a Directory,
    /// Those that are listed, soonest first.
    groups: Vec<Hit>,
    organisation: &'a Organisation,
    /// Where the person looks from, if they came from a search.
    from: Option<Place>,
    unit: Unit,
    now: DateTime<Utc>,
    today: NaiveDate,
}

pub(crate) async fn show(
    State(app): State<App>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let published = match find(&app, &slug).await {
        Ok(Some(published)) => published,
        Ok(None) => return look::not_found(State(app)).await,
        Err(error) => return look::our_fault(&app, &error),
    };
    let asked = Asked::read(&query.unwrap_or_default());
    let from = match asked.resolve() {
        Near::Here(place) => Some(place),
        _ => None,
    };
    let directory = app.directory();
    let view = View {
        words: app.words(),
        published: &published,
        provider: &published.provider,
        directory: &directory,
        groups: app.snapshot().these(&published.links.groups, app.now()),
        organisation: &app.settings().organisation,
        from,
        unit: asked.unit,
        now: app.now(),
        today: app.today(),
    };
    let up = Some((asked.link("/providers"), app.words().say("providers-nav")));
    page(
        &app,
        Page {
            title: "provider-title",
            here: Here::Providers,
            up,
            body: body(&view),
        },
    )
}

fn body(view: &View) -> Markup {
    let View { words, provider, .. } = view;
    html! {
        (kind(words, provider.kind))
        h1 { (provider.full_name()) }
        @if let Some(about) = &provider.about {
            @for paragraph in about.as_str().split("\n\n") { p.lead { (paragraph) } }
        }
        (warnings(view))
        div.reading {
            div {
                (groups(view))
                (members(view))
                (facts(view))
                (parts::checked(words, &provider.source, provider.verified_on, view.organisation, view.today, None))
            }
            (side(view))
        }
    }
}

fn warnings(view: &View) -> Markup {
    let View {
        words,
        provider,
        published,
        ..
    } = view;
    let today = view.today;
    let fresh = freshness(provider.verified_on, today);
    html! {
        @if let Some(gone) = published.gone {
            @let date = saying::date_with_year(words, gone, today);
            (parts::notice(Tone::Ochre, &words.with("provider-gone", &[("date", date.into())]), html! { (words.say("provider-gone-more")) }))
        } @else if matches!(fresh, Freshness::Stale { .. }) {
            @let checked = saying::freshness(words, fresh, today);
            (parts::notice(Tone::Ochre, &words.with("group-stale", &[("checked", checked.into())]), html! { (words.say("group-stale-more")) }))
        }
    }
}

/// The card beside the page: whether they take people, and how to reach them.
fn side(view: &View) -> Markup {
    let View { words, provider, .. } = view;
    html! {
        div.side {
            aside.card aria-label=(words.say("provider-reach")) {
                (taking(words, provider.taking))
                h2 { (words.say("provider-reach")) }
                @let place = whereabouts(words, provider, nearest(view).map(|(index, _)| index).or(Some(0)), None);
                @if !place.is_empty() { p.meta { (place) } }
                @if let Some((_, away)) = nearest(view) { p.meta { (away) } }
                (reach(view))
                (maps(view))
            }
            @if provider.kind == ProviderKind::Therapist { p.meta { (words.say("provider-not-urgent")) " " a href="/help-now" { (words.say("help-nav")) } } }
        }
    }
}

/// Which of their places is the nearest, and how far it is in words.
fn nearest(view: &View) -> Option<(usize, String)> {
    let from = view.from.as_ref()?;
    let places = view.provider.places.iter().enumerate();
    let (index, km) = places
        .filter_map(|(index, site)| Some((index, from.point.distance_km(site.point?))))
        .min_by(|a, b| a.1.total_cmp(&b.1))?;
    let distance = ("distance", saying::distance(view.words, km, view.unit).into());
    let place = ("place", from.name.as_str().into());
    Some((index, view.words.with("group-away", &[distance, place])))
}

/// The first way is the act, the others are other ways.
fn reach(view: &View) -> Markup {
    let View { words, provider, .. } = view;
    let reach = &provider.reach;
    let phone = reach.phone.as_ref().map(|phone| {
        let said = words.with("group-come-call", &[("phone", phone.as_str().into())]);
        (Icon::Phone, format!("tel:{}", phone.dial()), said)
    });
    let mail = reach.mail.as_ref().map(|mail| {
        let said = words.with("group-come-write", &[("mail", mail.as_str().into())]);
        (Icon::Mail, format!("mailto:{mail}"), said)
    });
    let page = reach
        .page
        .as_ref()
        .map(|page| (Icon::Arrow, page.to_string(), words.say("provider-page")));
    let ways: Vec<_> = [phone, mail, page].into_iter().flatten().collect();
    html! {
        @for (index, (icon, address, said)) in ways.iter().enumerate() {
            a.button.plain[index > 0] href=(address) rel=[(*icon == Icon::Arrow).then_some("noreferrer nofollow")] { (icon.draw()) (said) }
        }
        @if let Some(page) = &reach.page { p.meta { (words.with("provider-page-where", &[("host", page.host().into())])) } }
        @if ways.is_empty() { p.meta { (words.say("provider-reach-there")) } }
    }
}

fn maps(view: &View) -> Markup {
    let words = view.words;
    let exact = |site: &&Site| matches!(site.address, Address::Exact { .. });
    let places: Vec<_> = view
        .provider
        .places
        .iter()
        .filter(exact)
        .filter_map(|site| Some((site, site.point?)))
        .collect();
    html! {
        @if !places.is_empty() {
            hr;
            ul.links {
                @for (site, point) in &places {
                    @let (latitude, longitude) = (point.latitude(), point.longitude());
                    li {
                        a href=(format!("https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}")) rel="noreferrer" {
                            (Icon::Pin.draw())
                            @match (&site.name, places.len()) {
                                (Some(name), 2..) => { (words.with("provider-map-of", &[("place", name.as_str().into())])) },
                                _ => { (words.say("group-directions")) },
                            }
                        }
                    }
                }
                li.meta { (words.say("group-directions-note")) }
            }
        }
    }
}

fn groups(view: &View) -> Markup {
    let View { words, provider, .. } = view;
    let heading = words.say(match provider.kind {
        ProviderKind::Therapist => "provider-groups-therapist",
        ProviderKind::Organisation => "provider-groups-organization",
        ProviderKind::Site => "provider-groups-site",
    });
    let (first, more) = view.groups.split_at(view.groups.len().min(GROUPS));
    html! {
        @if !view.groups.is_empty() {
            section aria-labelledby="groups" {
                h2 #groups { (heading) }
                ul.led { @for hit in first { (group(view, hit)) } }
                @if !more.is_empty() {
                    details {
                        summary { (words.with("provider-groups-more", &[("count", more.len().into())])) }
                        ul.led { @for hit in more { (group(view, hit)) } }
                    }
                }
            }
        }
    }
}

fn group(view: &View, hit: &Hit) -> Markup {
    let View { words, now, .. } = view;
    let listing = &hit.entry.listing;
    html! {
        li {
            (parts::kind(words, listing.kind))
            h3 { a href=(format!("/groups/{}", hit.entry.slug)) { (listing.title) } }
            p.meta {
                (saying::rule_at_time(words, listing))
                @if let Some(next) = &hit.next {
                    " · " (words.with("finding-next", &[("when", saying::next(words, next, next.start.timezone(), *now).into())]))
                    ", " (saying::time_zone(words, next.start.timezone()))
                }
            }
            p.meta { (saying::whereabouts(words, &listing.place, None)) }
        }
    }
}

/// Who works at an organisation, and its sites.
fn members(view: &View) -> Markup {
    let words = view.words;
    let mut all: Vec<&ProviderEntry> = view.directory.members(&view.published.slug).collect();
    all.sort_by_key(|member| member.provider.kind == ProviderKind::Site);
    html! {
        @if !all.is_empty() {
            section aria-labelledby="members" {
                h2 #members { (words.say("provider-members")) }
                ul.members {
                    @for member in all {
                        li {
                            a href=(format!("/providers/{}", member.slug)) { (kind_icon(member.provider.kind).draw()) (member.provider.full_name()) }
                            span.meta { (said_kind(words, member.provider.kind)) }
                        }
                    }
                }
            }
        }
    }
}

fn facts(view: &View) -> Markup {
    let View {
        words,
        provider,
        directory,
        ..
    } = view;
    let text = |text: String| (!text.is_empty()).then(|| html! { (text) });
    let said = |line: Option<&domain::text::Line>| text(line.map_or_else(String::new, ToString::to_string));
    let focus: Vec<_> = provider.focus.iter().map(ToString::to_string).collect();
    let above = view.published.links.part_of.as_ref();
    let above = above.and_then(|slug| directory.by_slug(slug)).map(|above| {
        html! { a href=(format!("/providers/{}", above.slug)) { (above.provider.full_name()) } }
    });
    let ages = provider.ages.and_then(|ages| saying::ages(words, ages));
    let cost = provider
        .cost
        .as_ref()
        .map(|cost| saying::cost(words, cost).join(". "));
    let facts = [
        ("provider-fact-credentials", said(provider.credentials.as_ref())),
        ("provider-fact-focus", text(saying::list(words, &focus))),
        (
            "group-fact-languages",
            text(saying::languages(words, &provider.languages)),
        ),
        ("provider-fact-ages", text(ages.unwrap_or_default())),
        (
            "provider-fact-taking",
            text(provider.taking.map_or_else(
                || words.say("provider-taking-unknown"),
                |taking| said_taking(words, taking),
            )),
        ),
        ("group-fact-place", places(words, provider)),
        (
            "provider-fact-online",
            text(online(words, provider).unwrap_or_default()),
        ),
        ("group-fact-cost", text(cost.unwrap_or_default())),
        ("provider-fact-part-of", above),
        (
            "group-fact-source",
            match &provider.source {
                Source::Own => None,
                Source::Feed { programme } => text(programme.to_string()),
            },
        ),
    ];
    let facts = facts.map(|(term, value)| (words.say(term), value));
    html! {
        section aria-labelledby="facts" {
            h2 #facts { (words.say("group-facts")) }
            (parts::facts(&facts))
        }
    }
}

fn online(words: &Words, provider: &Provider) -> Option<String> {
    let online = provider.online.clone()?;
    if online == Online::default() {
        return Some(words.say("provider-online-yes"));
    }
    Some(saying::whereabouts(words, &groups::Place::Online(online), None))
}

fn places(words: &Words, provider: &Provider) -> Option<Markup> {
    let said = |site: &Site| match &site.address {
        Address::Withheld { area } => words.with("place-withheld", &[("area", area.as_str().into())]),
        Address::Exact { line, .. } => {
            let parts = [site.name.as_ref(), Some(line), site.directions.as_ref()];
            let parts: Vec<_> = parts.into_iter().flatten().map(ToString::to_string).collect();
            parts.join(". ")
        }
    };
    (!provider.places.is_empty()).then(|| html! { @for site in &provider.places { p { (said(site)) } } })
}
