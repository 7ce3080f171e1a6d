//! The look: one layout for every page, and the parts it is made of. See `docs/look.md`.

mod fields;
pub(crate) mod icons;
pub(crate) mod parts;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

use domain::access::Denied;
use store::{SignedIn, StoreError};

use crate::assets::href;
use crate::helping;
use crate::signing::Wanted;
use crate::staff;
use crate::state::App;
use icons::{Icon, boat};

/// A page inside the layout.
pub(crate) struct Page {
    /// Id of the browser's title; neutral, it stands in the history and in the list of windows.
    pub title: &'static str,
    pub here: Here,
    /// One line of links up: address and words.
    pub up: Option<(String, String)>,
    pub body: Markup,
}

/// The place in the masthead that is bold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Here {
    Finder,
    Chooser,
    Learn,
    Providers,
    Elsewhere,
    /// The staff side and one's own pages.
    Staff(staff::Place),
}

/// A link of the masthead: its address, its words, and the place that it leads to.
pub(crate) type Link = (&'static str, &'static str, Here);

const PLACES: [Link; 4] = [
    ("/groups", "finding-nav", Here::Finder),
    ("/choose", "choosing-nav", Here::Chooser),
    ("/learn", "learning-nav", Here::Learn),
    ("/providers", "providers-short", Here::Providers),
];

/// The whole page, ready to go out.
pub(crate) fn page(app: &App, page: Page) -> Response {
    page_with(app, StatusCode::OK, page)
}

pub(crate) fn page_with(app: &App, status: StatusCode, page: Page) -> Response {
    page_for(app, status, page, None)
}

/// The same; `person` is who is signed in, on the pages that ask for that.
pub(crate) fn page_for(app: &App, status: StatusCode, page: Page, person: Option<&SignedIn>) -> Response {
    let mut response = (status, layout(app, page, person).into_string()).into_response();
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    response
}

pub(crate) async fn not_found(State(app): State<App>) -> Response {
    problem(&app, StatusCode::NOT_FOUND, "not-found", "not-found-more")
}

pub(crate) async fn method_not_allowed(State(app): State<App>) -> Response {
    problem(
        &app,
        StatusCode::METHOD_NOT_ALLOWED,
        "wrong-method",
        "wrong-method-more",
    )
}

pub(crate) fn too_many(app: &App) -> Response {
    let mut response = problem(app, StatusCode::TOO_MANY_REQUESTS, "too-many", "too-many-more");
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    response
}

/// Too many ask at the same moment.
pub(crate) fn crowded(app: &App) -> Response {
    let mut response = problem(app, StatusCode::SERVICE_UNAVAILABLE, "crowded", "crowded-more");
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
    response
}

/// Too many guesses at one account; nothing is locked, the next one is possible a quarter of an hour later, unless others
/// guess at it, too.
pub(crate) fn too_many_guesses(app: &App) -> Response {
    let mut response = problem(
        app,
        StatusCode::TOO_MANY_REQUESTS,
        "too-many-guesses",
        "too-many-guesses-more",
    );
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from_static("900"));
    response
}

/// What is not there, and what is not for this person: the same page.
pub(crate) fn gone(app: &App) -> Response {
    problem(app, StatusCode::NOT_FOUND, "not-found", "not-found-more")
}

/// What the store did not do, as a page: a "no" as if it were not there, and what is missing as the page that asks for it.
pub(crate) fn refused(app: &App, why: &StoreError, wanted: &Wanted) -> Response {
    match why {
        // The page of a person's contact leads on to opening it; elsewhere there is nothing to open.
        StoreError::Denied(Denied::NoRight | Denied::BreakGlass) => gone(app),
        StoreError::Denied(Denied::SecondFactor) => see_other(&wanted.after("/sign-in/second")),
        StoreError::Denied(Denied::ProveAgain) => see_other(&wanted.after("/sign-in/again")),
        StoreError::Busy => problem(app, StatusCode::SERVICE_UNAVAILABLE, "busy", "busy-more"),
        StoreError::Changed => problem(
            app,
            StatusCode::CONFLICT,
            "changed-meanwhile",
            "changed-meanwhile-more",
        ),
        StoreError::Full => problem(app, StatusCode::INSUFFICIENT_STORAGE, "no-room", "no-room-more"),
        StoreError::Repeated => done_before(app),
        other => our_fault(app, other),
    }
}

/// What was asked for is done, and was so before.
pub(crate) fn done_before(app: &App) -> Response {
    problem(app, StatusCode::OK, "done-before", "done-before-more")
}

fn see_other(to: &str) -> Response {
    axum::response::Redirect::to(to).into_response()
}

/// A body that no form of ours sends: said as a page, like everything else.
pub(crate) async fn too_large(State(app): State<App>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if response.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return problem(&app, StatusCode::PAYLOAD_TOO_LARGE, "too-large", "too-large-more");
    }
    response
}

/// Something of ours went wrong; the cause is in the log.
pub(crate) fn our_fault(app: &App, why: &dyn std::fmt::Display) -> Response {
    tracing::error!(%why, "a page could not be made");
    problem(
        app,
        StatusCode::INTERNAL_SERVER_ERROR,
        "our-fault",
        "our-fault-more",
    )
}

/// What is left to say when even the layout cannot be made; prepared while all is well.
pub(crate) fn bare_words(app: &App) -> String {
    let words = app.words();
    let call = app
        .country()
        .map(|country| helping::call_or_text(words, country).1);
    format!(
        "{}\n{} {}\n",
        words.say("our-fault"),
        words.say("rail-danger"),
        call.unwrap_or_default()
    )
}

pub(crate) fn bare_error(said: String) -> Response {
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        [(header::CACHE_CONTROL, "no-store")],
        said,
    )
        .into_response()
}

/// A narrow page beside all places, for who came by a link or is not signed in.
pub(crate) fn narrow(app: &App, status: StatusCode, body: Markup) -> Response {
    let page = Page {
        title: "site-title",
        here: Here::Elsewhere,
        up: None,
        body: html! { div.narrow-page { (body) } },
    };
    page_with(app, status, page)
}

/// A page for a whole request that cannot be.
pub(crate) fn problem(app: &App, status: StatusCode, heading: &str, more: &str) -> Response {
    let words = app.words();
    let body = html! {
        h1 { (words.say(heading)) }
        p.lead { (words.say(more)) }
        p { a.button href="/groups" { (words.say("finding-nav")) } " " a.button.plain href="/" { (words.say("home-nav")) } }
    };
    page_with(
        app,
        status,
        Page {
            title: "site-title",
            here: Here::Elsewhere,
            up: None,
            body,
        },
    )
}

fn layout(app: &App, page: Page, person: Option<&SignedIn>) -> Markup {
    let words = app.words();
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noarchive";
                title { (words.say(page.title)) }
                link rel="icon" href=(href("boat.svg")) type="image/svg+xml";
                link rel="stylesheet" href=(href("sameboat.css"));
                // Only where something is swapped; and it adds no style, which our policy would not let it.
                @if page.title == "finding-title" {
                    meta name="htmx-config" content=r#"{"includeIndicatorCSS":false}"#;
                    script src=(href("htmx.js")) defer {}
                }
                script src=(href("sameboat.js")) defer {}
            }
            body.staff[person.is_some()] {
                a.skip href="#main" { (words.say("skip")) }
                (rail(app, person))
                (masthead(app, page.here, person))
                @if let Some(person) = person { (staff::broken::banner(app, person)) }
                main #main tabindex="-1" {
                    @if page.up.is_some() || app.settings().demo {
                        div.where {
                            @if let Some((address, words)) = &page.up { a href=(address) { (words) } }
                            @if app.settings().demo { span.label.ochre.demo { (words.say("demo-label")) } a href="/demo/mail" { (words.say("demo-mail-nav")) } }
                        }
                    }
                    (page.body)
                }
                (footer(app, person))
            }
        }
    }
}

/// Help and the way out, on top of every page.
fn rail(app: &App, person: Option<&SignedIn>) -> Markup {
    let words = app.words();
    let call = app.country().map(|country| helping::call_or_text(words, country));
    html! {
        aside.rail aria-label=(words.say("rail")) {
            div.wide {
                p.help {
                    (Icon::Phone.draw())
                    span.long { (words.say("rail-danger")) " " }
                    @if let Some((address, said)) = &call { a.crisis href=(address) { (said) } span.long { " · " } }
                    a.more href="/help-now" { (words.say("rail-more")) }
                }
                @if let Some(person) = person { (staff::oneself(app, person)) }
                a.leave href="/leave" data-exit {
                    (Icon::Leave.draw())
                    span { (words.say("leave")) span.long { " " (words.say("leave-quickly")) } }
                    kbd.long { "Esc" } kbd.long { "Esc" }
                }
            }
        }
    }
}

fn masthead(app: &App, here: Here, person: Option<&SignedIn>) -> Markup {
    let words = app.words();
    let places = match person {
        Some(person) => staff::places(person),
        None => PLACES.to_vec(),
    };
    let links = html! {
        @for (address, said, place) in places {
            a href=(address) aria-current=[(place == here).then_some("page")] { (words.say(said)) }
        }
    };
    html! {
        header.masthead {
            div.wide {
                a.mark href="/" {
                    (boat(46))
                    span { b { (words.say("sameboat")) } span.organisation { (app.settings().organisation.name) } }
                }
                nav.open aria-label=(words.say("nav")) { (links) }
                details.menu {
                    summary { (words.say("menu")) (Icon::Down.draw()) }
                    nav aria-label=(words.say("nav")) { (links) }
                }
            }
            (icons::waterline())
        }
    }
}

fn footer(app: &App, person: Option<&SignedIn>) -> Markup {
    let words = app.words();
    html! {
        footer {
            div.wide {
                div {
                    p { b { (words.say("sameboat")) } " " (words.with("footer-at", &[("organisation", app.settings().organisation.name.as_str().into())])) }
                    @if let Some(country) = app.country() {
                        @let (address, said) = helping::call_or_text(words, country);
                        p {
                            (words.with("footer-not-emergency", &[("number", country.emergency.as_str().into())])) " "
                            (words.say("footer-help")) " " a href=(address) { (said) } "."
                        }
                    }
                }
                ul {
                    li { a href="/providers" { (words.say("providers-nav")) } }
                    li { a href="/help-now" { (words.say("help-nav")) } }
                    li { a href="/kinds" { (words.say("kinds-nav")) } }
                    li { a href="/for" { (words.say("topics-nav")) } }
                    li { a href="/privacy" { (words.say("privacy-nav")) } }
                    li { a href="/accessibility" { (words.say("accessibility-nav")) } }
                }
                ul {
                    @if person.is_none() { li { a href="/sign-in" { (words.say("sign-in")) } } }
                    li { a href="/about" { (words.say("about-nav")) } }
                    li { a href="/feeds" { (words.say("feeds-nav")) } }
                    li { a href="/embed" { (words.say("embed-nav")) } }
                    li { a href=(app.settings().source.as_str()) rel="noreferrer" { (words.say("source-nav")) } }
                    @if app.settings().demo { li { a href="/parts" { (words.say("parts-nav")) } } }
                }
            }
        }
    }
}
