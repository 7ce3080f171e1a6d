//! `/me/groups/{slug}`: when my group meets next, how I come, and what I can say about that.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::groups::{Kind, Listing};
use maud::{Markup, html};
use store::acts::{SeeComing, SeeReleased};
use store::leading::{self, Ahead, HOURS, Mine};
use store::records::{self, KeptGoal};
use store::{On, StoreError};

use super::{address, advice, own_page, parse, up};
use crate::look;
use crate::look::parts::{self, Tone};
use crate::once;
use crate::saying;
use crate::signing::{Person, Wanted};
use crate::staff::leading::{moment, state};
use crate::staff::records::own_goals;
use crate::state::App;

struct Shown {
    mine: Mine,
    advice: Option<advice::Shown>,
    /// Of a therapy group.
    goals: Vec<KeptGoal>,
    /// How many notes about oneself one was given to read.
    notes: usize,
    mail: bool,
}

pub(crate) async fn show(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    match read(&app, &person, &slug).await {
        Ok(shown) => own_page(&app, StatusCode::OK, &person, up(&app), body(&app, &shown)),
        Err(why) => look::refused(&app, &why, &Wanted::parse(&address(&slug))),
    }
}

async fn read(app: &App, person: &Person, slug: &str) -> Result<Shown, StoreError> {
    let slug = parse(slug)?;
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeeComing>(On::MyselfIn(&slug)).await?;
    let mine = leading::mine(&mut permit).await?;
    let advice = match mine.listing.kind {
        Kind::Support => Some(advice::read(&mut permit).await?),
        Kind::Therapy => None,
    };
    let mut permit = reading.permit::<SeeReleased>(On::MyselfIn(&slug)).await?;
    Ok(Shown {
        mine,
        advice,
        goals: records::my_goals(&mut permit).await?,
        notes: records::released(&mut permit).await?.len(),
        mail: app.settings().sends_mail,
    })
}

fn body(app: &App, shown: &Shown) -> Markup {
    let (words, mine) = (app.words(), &shown.mine);
    let here = address(mine.group.as_str());
    let is_therapy = mine.listing.kind == Kind::Therapy;
    html! {
        h1 { (words.say("mine")) }
        p.lead { a href=(format!("/groups/{}", mine.group)) { (mine.listing.title) } }
        (next(app, mine))
        @if mine.ahead.len() > 1 {
            section aria-labelledby="later" {
                h2 #later { (words.say("mine-later")) }
                ul.rows { @for one in &mine.ahead[1..] { li { (row(app, mine, one)) } } }
            }
        }
        @if mine.meets_online() { (safety(app, mine)) }
        @if shown.mail { (reminder(app, &here, mine.reminder)) }
        @if let Some(advice) = &shown.advice { (advice::section(app, mine.group.as_str(), advice)) }
        @if !shown.goals.is_empty() {
            section aria-labelledby="goals" {
                h2 #goals { (words.say("mine-goals")) }
                p { (words.say("mine-goals-lead")) }
                (own_goals(app, &shown.goals))
            }
        }
        section aria-labelledby="papers" {
            h2 #papers { (words.say("mine-papers")) }
            ul {
                li { a href=(format!("/me/agreements/{}", mine.group)) { (words.say("joining-agreements")) } }
                @if is_therapy {
                    li { a href=(format!("{here}/notes")) { (words.say("my-notes-title")) } " · " (words.with("mine-notes", &[("many", shown.notes.into())])) }
                    li { a href=(format!("{here}/certificate")) { (words.say("certificate")) } }
                }
            }
        }
    }
}

/// The session that is next, with how one comes.
fn next(app: &App, mine: &Mine) -> Markup {
    let words = app.words();
    let Some(one) = mine.ahead.first() else {
        return html! { (parts::empty(&words.say("coming-no-meetings"), &words.say("mine-none-more"), None)) };
    };
    html! {
        section.card.next aria-labelledby="next" {
            h2 #next { (words.say("mine-next")) }
            p { b { (moment(words, &mine.listing, &one.sitting)) } }
            @if let Some(state) = state(words, &one.state) { (parts::notice(Tone::Ochre, &state, html! {})) }
            @if !is_cancelled(one) {
                p { (place(app, &mine.listing)) }
                @if let Some(door) = mine.doors.iter().find(|door| door.meeting.date == one.sitting.date) {
                    (crate::coming::show::told(app, &format!("{}/door", address(mine.group.as_str())), door))
                }
                (said(app, mine, one))
            }
        }
    }
}

fn is_cancelled(one: &Ahead) -> bool {
    matches!(one.state, leading::State::Cancelled { .. })
}

/// Where it is, as the group's page says it.
fn place(app: &App, listing: &Listing) -> Markup {
    let words = app.words();
    html! {
        (saying::whereabouts(words, &listing.place, None))
        @if let Some(site) = listing.place.site() {
            @if let Some(directions) = &site.directions { " " (directions) }
        }
        @if let Some(by) = listing.place.online().and_then(|online| online.by.as_ref()) { " " (by) }
    }
}

/// "I can't come", or that one said so.
fn said(app: &App, mine: &Mine, one: &Ahead) -> Markup {
    let (words, now) = (app.words(), app.now());
    if mine.listing.kind != Kind::Therapy || one.sitting.starts_at <= now {
        return html! {};
    }
    let to = format!("{}/absence", address(mine.group.as_str()));
    let (said, date) = (moment(words, &mine.listing, &one.sitting), one.sitting.date);
    let words_id = format!("words-{date}");
    html! {
        @match &one.excuse {
            Some(with) => {
                p { span.label.sand { (words.say("mine-excused")) } @if let Some(with) = with { " “" (with) "”" } }
                form method="post" action=(to) {
                    (once::field())
                    input type="hidden" name="date" value=(date);
                    @let act = words.say("mine-come-after-all");
                    button.button.plain type="submit" name="act" value="undo" aria-label=(format!("{act}: {said}")) { (act) }
                }
            },
            None => {
                form.stack method="post" action=(to) {
                    (once::field())
                    input type="hidden" name="date" value=(date);
                    @let act = words.say("mine-cannot");
                    details { summary { (words.say("mine-cannot-words")) }
                        div.field { label for=(words_id) { (words.say("mine-cannot-words-label")) } input id=(words_id) type="text" name="words" maxlength="300" autocomplete="off"; }
                    }
                    div.acts { button.button.plain type="submit" aria-label=(format!("{act}: {said}")) { (act) } }
                }
            },
        }
    }
}

fn row(app: &App, mine: &Mine, one: &Ahead) -> Markup {
    let words = app.words();
    let said_when = moment(words, &mine.listing, &one.sitting);
    html! {
        div {
            p { @if is_cancelled(one) { s { (said_when) } } @else { b { (said_when) } } }
            @if let Some(state) = state(words, &one.state) { p.meta { (state) } }
            @if !is_cancelled(one) { (said(app, mine, one)) }
        }
    }
}

/// Where one is during the next session, and whom to call.
fn safety(app: &App, mine: &Mine) -> Markup {
    let (words, here) = (app.words(), address(mine.group.as_str()));
    let held = mine.ahead.iter().find(|one| !is_cancelled(one));
    html! {
        section aria-labelledby="safety" {
            h2 #safety { (words.say("safety")) }
            p { (words.say("safety-lead")) }
            @if let Some(one) = held {
                form.stack method="post" action=(format!("{here}/whereabouts")) {
                    (once::field())
                    input type="hidden" name="date" value=(one.sitting.date);
                    div.field {
                        label for="where" { (words.with("safety-where", &[("day", saying::date_long(words, one.sitting.date).into())])) }
                        p.hint { (words.say("safety-where-hint")) }
                        textarea id="where" name="words" rows="2" maxlength="1000" autocomplete="street-address" { (one.whereabouts.as_deref().unwrap_or_default()) }
                    }
                    div.acts { button.button.plain type="submit" { (words.say("safety-where-act")) } }
                }
            }
            form.stack method="post" action=(format!("{here}/emergency")) {
                (once::field())
                div.field {
                    label for="whom" { (words.say("safety-whom")) }
                    p.hint { (words.say("safety-whom-hint")) }
                    textarea id="whom" name="words" rows="2" maxlength="1000" autocomplete="off" { (mine.emergency.as_deref().unwrap_or_default()) }
                }
                div.acts { button.button.plain type="submit" { (words.say("safety-whom-act")) } }
            }
        }
    }
}

/// How long before one wants a letter; also for who comes to a support group.
pub(crate) fn reminder(app: &App, here: &str, chosen: Option<u16>) -> Markup {
    let words = app.words();
    html! {
        section aria-labelledby="reminder" {
            h2 #reminder { (words.say("reminder")) }
            p { (words.say("reminder-lead")) }
            form.stack method="post" action=(format!("{here}/reminder")) {
                (once::field())
                fieldset.plain {
                    legend { (words.say("reminder-when")) }
                    label.option { input type="radio" name="hours" value="" checked[chosen.is_none()]; span { (words.say("reminder-none")) } }
                    @for hours in HOURS {
                        label.option {
                            input type="radio" name="hours" value=(hours) checked[chosen == Some(hours)];
                            span { (words.with("reminder-hours", &[("hours", hours.into())])) }
                        }
                    }
                }
                div.acts { button.button.plain type="submit" { (words.say("reminder-act")) } }
            }
        }
    }
}
