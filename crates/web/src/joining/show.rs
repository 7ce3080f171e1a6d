//! `/me/joining/{application}`: where I stand, what comes next, and what I can do now.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::groups::Slug;
use domain::joining::{Alternative, Answer, End, Holds, Options, State as Stands, Step};
use domain::name::Name;
use maud::{Markup, html};
use store::acts::SeeApplications;
use store::joining::{self, OnTheWay, Slot, Written};
use store::{On, StoreError};

use super::{address, chosen, own_page, parse, saying, up};
use crate::look;
use crate::look::parts::{self, Tone};
use crate::once;
use crate::signing::{Person, Wanted};
use crate::state::App;
use crate::words::FluentValue;

struct Shown {
    one: OnTheWay,
    letters: Vec<Written>,
    open: Vec<Slot>,
    booked: Option<Slot>,
    /// Forms that the group asks for.
    asks: Vec<Name>,
    /// What was sent along of what they answered in the chooser.
    chosen: Vec<Answer>,
}

/// The steps of the way, in their order; the states in which each is the present one.
const STEPS: [(&str, &[&str]); 5] = [
    ("way-step-asked", &["asked"]),
    ("way-step-talk", &["screening"]),
    ("way-step-decide", &["waiting", "options", "not-now", "offered"]),
    ("way-step-sign", &["accepted", "signed"]),
    ("way-step-member", &["member"]),
];

pub(crate) async fn show(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    let here = address(&slug);
    match read(&app, &person, &slug).await {
        Ok(shown) => own_page(&app, StatusCode::OK, &person, up(&app), body(&app, &shown)),
        Err(why) => look::refused(&app, &why, &Wanted::parse(&here)),
    }
}

/// Only one's own: who leads the group has a page of theirs.
pub(super) async fn mine(app: &App, person: &Person, slug: &str) -> Result<(OnTheWay, Slug), StoreError> {
    let slug = parse(slug)?;
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeeApplications>(On::Application(&slug)).await?;
    let (one, _) = joining::one(&mut permit, &slug).await?;
    if one.person != *person.0.slug() {
        return Err(domain::access::Denied::NoRight.into());
    }
    Ok((one, slug))
}

async fn read(app: &App, person: &Person, slug: &str) -> Result<Shown, StoreError> {
    let (one, slug) = mine(app, person, slug).await?;
    let chosen = if one.has_chosen {
        chosen::mine(app, person, &slug).await?
    } else {
        Vec::new()
    };
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeeApplications>(On::Application(&slug)).await?;
    let letters = joining::letters(&mut permit, &slug).await?;
    let (open, booked) = joining::open_slots(&mut permit, &slug).await?;
    let asks = joining::measures(&mut permit).await?;
    Ok(Shown {
        one,
        letters,
        open,
        booked,
        asks,
        chosen,
    })
}

fn body(app: &App, shown: &Shown) -> Markup {
    let (words, one) = (app.words(), &shown.one);
    let state = one.way.state();
    let next = one.next;
    html! {
        h1 { (words.say(saying::state(state.name()))) }
        p.lead { a href=(format!("/groups/{}", one.group)) { (one.listing.title) } }
        (steps(app, state.name()))
        (parts::notice(Tone::Plain, &words.say("joining-next"), html! { (words.say(saying::mine(state, next.step))) }))
        (moved_on(app, state))
        @if let Some(letter) = shown.letters.first() { (written(app, letter, &shown.letters[1..])) }
        (now(app, shown, next.step))
        @if one.way.is_open() { (talk(app, shown)) }
        @if let Some(options) = one.way.options() { (ways(app, one, options)) }
        (chosen::section(&words.say("chosen-sent"), &words.say("chosen-sent-more"), &shown.chosen))
        @if one.way.is_open() {
            (rules(app, one))
            details.adding {
                summary { (words.say("joining-withdraw")) }
                p { (words.say("joining-withdraw-more")) }
                (act(app, one, "withdrawal", "joining-withdraw-act", "button danger"))
            }
        }
    }
}

/// In which group it goes on, for who waited for any.
fn moved_on(app: &App, state: &Stands) -> Markup {
    let Stands::Over(over) = state else {
        return html! {};
    };
    let End::MovedOn(group) = &over.how else {
        return html! {};
    };
    html! {
        @if let Some(listing) = app.listed(group) { p { a href=(format!("/groups/{group}")) { (listing.title) } } }
        p { a.button href="/me/joining" { (app.words().say("joining-moved-on-see")) } }
    }
}

/// Where one is on the way; done ones have a word, too.
fn steps(app: &App, state: &str) -> Markup {
    let words = app.words();
    let at = STEPS.iter().position(|(_, states)| states.contains(&state));
    html! {
        ol.way-steps {
            @for (number, (said, _)) in STEPS.iter().enumerate() {
                @let present = at == Some(number);
                li aria-current=[present.then_some("step")] {
                    @if at.is_some_and(|at| number < at) { span.meta { (words.say("way-step-done")) " " } }
                    (words.say(said))
                }
            }
        }
    }
}

/// The one thing to do now, if it is theirs.
fn now(app: &App, shown: &Shown, step: Step) -> Markup {
    let (words, one) = (app.words(), &shown.one);
    let here = address(one.slug.as_str());
    let is_answered = !one.unanswered.questions;
    html! {
        @match (one.way.state(), step) {
            (Stands::Offered(offer), _) => {
                @let until = FluentValue::from(app.moment(offer.until));
                section {
                    h2 { (words.say("joining-offer")) }
                    p { (words.with(match offer.holds { Holds::Place => "joining-offer-held", Holds::Nothing => "joining-offer-first-come" }, &[("when", until)])) }
                    @if one.way.facts().read_at.is_none() {
                        p { (words.say("joining-read-before")) }
                        p { a.button href=(format!("{here}/rules")) { (words.say("joining-read")) } }
                    } @else { (act(app, one, "acceptance", "joining-accept", "button")) }
                    (act(app, one, "refusal", "joining-decline", "button plain"))
                }
            },
            (Stands::Accepted(_), _) => {
                p { a.button href=(format!("/me/agreements/{}", one.group)) { (words.say("joining-read-and-sign")) } }
            },
            (Stands::Signed(_) | Stands::Member(_), _) => {
                p { a href=(format!("/me/agreements/{}", one.group)) { (words.say("joining-agreements")) } }
            },
            _ => {
                @if one.way.is_open() {
                    p { a.button.plain[is_answered] href=(format!("{here}/answers")) { (words.say(if is_answered { "joining-answers-again" } else { "joining-answers" })) } }
                    (super::measures::list(app, one.slug.as_str(), &shown.asks, &one.unanswered.measures))
                }
            }
        }
    }
}

fn talk(app: &App, shown: &Shown) -> Markup {
    let (words, one) = (app.words(), &shown.one);
    html! {
        section aria-labelledby="talk" {
            h2 #talk { (words.say("joining-talk")) }
            @if let Some(slot) = &shown.booked {
                p { b { (said(app, slot)) } }
                (act(app, one, "talk/end", "joining-talk-give-back", "textlink"))
            } @else if one.way.facts().screened().is_ok() {
                p { (words.say("joining-talk-held")) }
            } @else if shown.open.is_empty() {
                p { (words.say("joining-talk-none")) }
                (parts::contact(&app.settings().organisation))
            } @else {
                form.stack method="post" action=(format!("{}/talk", address(one.slug.as_str()))) {
                    (once::field())
                    fieldset.plain {
                        legend { (words.say("joining-talk-pick")) }
                        @for slot in &shown.open {
                            label.option { input type="radio" name="time" value=(slot.id) required; span { (said(app, slot)) } }
                        }
                    }
                    div.acts { button.button type="submit" { (words.say("joining-talk-book")) } }
                }
            }
        }
    }
}

/// "Thursday, December 3, 3 pm, 30 minutes, by phone, with Dana"
pub(crate) fn said(app: &App, slot: &Slot) -> String {
    let words = app.words();
    words.with(
        "talk-said",
        &[
            ("when", app.moment(slot.starts_at).into()),
            ("minutes", slot.minutes.into()),
            ("how", words.say(saying::how(slot.how)).into()),
            ("leader", slot.leader.to_string().into()),
        ],
    )
}

fn written(app: &App, newest: &Written, before: &[Written]) -> Markup {
    let words = app.words();
    html! {
        section aria-labelledby="letter" {
            h2 #letter { (words.say("joining-letter")) }
            p.meta { (app.moment(newest.at)) }
            (paragraphs(&newest.words))
            @if !before.is_empty() {
                details.adding {
                    summary { (words.say("joining-letters-before")) }
                    @for one in before { p.meta { (app.moment(one.at)) } (paragraphs(&one.words)) }
                }
            }
        }
    }
}

pub(crate) fn paragraphs(text: &str) -> Markup {
    html! { @for part in text.split("\n\n") { p { @for (number, line) in part.lines().enumerate() { @if number > 0 { br; } (line) } } } }
}

/// Every way that is open, with what takes it.
fn ways(app: &App, one: &OnTheWay, options: &Options) -> Markup {
    let words = app.words();
    let takes = matches!(one.way.state(), Stands::Options(_) | Stands::NotNow(_));
    html! {
        section aria-labelledby="ways" {
            h2 #ways { (words.say(if one.way.is_open() { "joining-ways" } else { "joining-ways-over" })) }
            ul.rows {
                @for (number, option) in options.iter().enumerate() {
                    li {
                        div { p { b { (words.say(saying::alternative(option))) } @if let Some(title) = title(app, option) { ": " (title) } } (leads(app, option, one)) }
                        @if takes {
                            form method="post" action=(format!("{}/choice", address(one.slug.as_str()))) {
                                (once::field())
                                input type="hidden" name="option" value=(number);
                                @let said = words.say("joining-take");
                                button.button.plain.small type="submit" aria-label=(format!("{said}: {}", words.say(saying::alternative(option)))) { (said) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The title of the group that an option names.
pub(crate) fn title(app: &App, option: &Alternative) -> Option<String> {
    let (Alternative::Group(slug) | Alternative::SupportGroup(slug)) = option else {
        return None;
    };
    app.listed(slug).map(|listing| listing.title.to_string())
}

fn leads(app: &App, option: &Alternative, one: &OnTheWay) -> Markup {
    let words = app.words();
    html! {
        @match option {
            Alternative::Group(slug) | Alternative::SupportGroup(slug) => p { a href=(format!("/groups/{slug}")) { (words.say("way-see-group")) } },
            Alternative::LookAround => p { a href="/groups" { (words.say("finding-nav")) } },
            Alternative::IndividualTherapy => p { a href="/providers" { (words.say("providers-nav")) } },
            Alternative::AskAgain(on) => {
                @if let Some(on) = on { p.meta { (words.with("way-from", &[("day", crate::saying::date_long(words, *on).into())])) } }
                p { a href=(format!("/groups/{}", one.group)) { (words.say("way-see-group")) } }
            },
            Alternative::AnyFitting => {},
        }
    }
}

/// What the group is like, to be read before deciding.
fn rules(app: &App, one: &OnTheWay) -> Markup {
    let words = app.words();
    let here = address(one.slug.as_str());
    html! {
        p {
            a href=(format!("{here}/rules")) { (words.say("joining-read")) }
            @if let Some(at) = one.way.facts().read_at { " " span.meta { (words.with("joining-read-on", &[("day", app.day(at).into())])) } }
        }
    }
}

fn act(app: &App, one: &OnTheWay, what: &str, said: &str, class: &str) -> Markup {
    html! {
        form method="post" action=(format!("{}/{what}", address(one.slug.as_str()))) {
            (once::field())
            button class=(class) type="submit" { (app.words().say(said)) }
        }
    }
}
