//! `GET /staff/groups/{slug}`: how a group stands, and what can be done about it.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use domain::groups::{Freshness, Kind, Listing, Seats, freshness};
use domain::people::Role;
use maud::{Markup, html};
use serde::Deserialize;
use store::acts::CountRoster;
use store::groups::Ours;
use store::{On, people};

use super::dates;
use crate::look;
use crate::look::parts::{self, Field};
use crate::once;
use crate::saying;
use crate::signing::{Person, Wanted};
use crate::staff::applicants::members::brought_in;
use crate::staff::{Place, page_with, roles, runs_listings};
use crate::state::App;

/// What was done just now.
#[derive(Deserialize)]
pub(crate) struct Done {
    #[serde(default)]
    done: String,
}

pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    Query(Done { done }): Query<Done>,
) -> Response {
    let here = format!("/staff/groups/{slug}");
    let ours = match super::find(&app, &person, &slug).await {
        Ok(ours) => ours,
        Err(why) => return look::refused(&app, &why, &Wanted::parse(&here)),
    };
    let Some(listing) = &ours.listing else {
        return Redirect::to(&format!("{here}/edit")).into_response();
    };
    let members = members(&app, &person, &ours).await;
    let members = members.map(|(all, brought)| counted(&app, all, brought));
    let body =
        html! { (told(&app, &person, &ours, listing, &done)) (body(&app, &person, &ours, listing, members)) };
    let up = ("/staff/groups".to_owned(), app.words().say("groups"));
    page_with(
        &app,
        axum::http::StatusCode::OK,
        &person,
        Place::Groups,
        Some(up),
        body,
    )
}

/// What was done just now, with the way back if there is one.
fn told(app: &App, person: &Person, ours: &Ours, listing: &Listing, done: &str) -> Markup {
    let words = app.words();
    let undo = |what: &str| {
        html! {
            form method="post" action=(format!("{}/{what}", super::address(&ours.slug))) {
                (once::field())
                button.textlink type="submit" { (words.say("undo")) }
            }
        }
    };
    let (said, more) = match (done, listing.seats) {
        ("published", _) => (
            "group-published",
            html! { a href=(format!("/groups/{}", ours.slug)) { (words.say("group-published-see")) } },
        ),
        ("confirmed", _) => ("confirm-done", html! {}),
        ("paused", Seats::Paused { .. }) if ours.may_edit => ("group-now-paused", undo("resumption")),
        ("resumed", seats) if !matches!(seats, Seats::Paused { .. }) => ("group-now-resumed", html! {}),
        ("ended", Seats::Ended { .. }) if runs_listings(&person.0) => ("group-now-ended", undo("reversal")),
        ("reversed", seats) if !matches!(seats, Seats::Ended { .. }) => ("group-now-reversed", html! {}),
        _ => return html! {},
    };
    parts::notice(parts::Tone::Plain, &words.say(said), more)
}

/// How many there are, and how many of them were brought in, for whom that may be told.
async fn members(app: &App, person: &Person, ours: &Ours) -> Option<(usize, usize)> {
    let mut reading = app.store().read(person.who()).await.ok()?;
    let mut permit = reading.permit::<CountRoster>(On::Group(&ours.slug)).await.ok()?;
    let all = people::members(&mut permit).await.ok()?;
    drop(reading);
    let brought = brought_in(app, person, &ours.slug).await;
    Some((all, brought.map_or(0, |brought| brought.len())))
}

/// "11, 2 of them brought in"
fn counted(app: &App, all: usize, brought: usize) -> String {
    match brought {
        0 => all.to_string(),
        brought => app.words().with(
            "group-members-counted",
            &[("all", all.into()), ("brought", brought.into())],
        ),
    }
}

fn body(app: &App, person: &Person, ours: &Ours, listing: &Listing, members: Option<String>) -> Markup {
    let (words, today) = (app.words(), app.today());
    let here = super::address(&ours.slug);
    let fresh = freshness(listing.verified_on, today);
    let is_fresh = matches!(fresh, Freshness::Fresh { .. });
    let leaders: Vec<String> = listing
        .led_by
        .iter()
        .map(|one| saying::leader(words, one))
        .collect();
    let facts = [
        (
            words.say("group-meets"),
            Some(html! { (saying::rule_at_time(words, listing)) }),
        ),
        (
            words.say("form-seats"),
            Some(parts::status(
                listing.kind,
                listing.seats,
                &saying::seats(words, listing, today),
            )),
        ),
        (
            words.say("group-fresh"),
            Some(parts::freshness(fresh, &super::checked(words, fresh, today))),
        ),
        (
            words.say("group-led"),
            (!leaders.is_empty()).then(|| html! { (leaders.join(", ")) }),
        ),
        (words.say("group-members"), members.map(|count| html! { (count) })),
    ];
    html! {
        p { (parts::kind(words, listing.kind)) }
        h1 { (listing.title) }
        @if ours.typed.is_some() {
            (parts::notice(parts::Tone::Ochre, &words.say("group-drafted"), html! { (words.say("group-drafted-more")) }))
        }
        (parts::facts(&facts))
        div.acts {
            @if ours.may_edit {
                a.button href=(format!("{here}/edit")) { (words.say("group-edit")) }
                a.button.plain href=(format!("{here}/schedule")) { (words.say("group-schedule")) }
            }
            @if sees_people(person) { a.button.plain href=(format!("{here}/sessions")) { (words.say("sessions")) } }
            @if sees_people(person) { a.button.plain href=(format!("{here}/people")) { (words.say("roster")) } }
            @if sees_people(person) && listing.kind == Kind::Support { a.button.plain href=(format!("{here}/coming")) { (words.say("expected")) } }
            @if sees_people(person) && listing.kind == Kind::Therapy { a.button.plain href=(format!("{here}/joining")) { (words.say("asks")) } }
            @if sees_people(person) && listing.kind == Kind::Therapy { a.button.plain href=(format!("{here}/records")) { (words.say("records-title")) } }
            a.button.plain href=(format!("/groups/{}", ours.slug)) { (words.say("group-public")) }
        }
        @if ours.may_edit && !is_fresh { (confirming(app, &here)) }
        section {
            h2 { (words.say("group-next")) }
            (dates::next(app, listing, 5))
        }
        @if ours.may_edit && is_fresh { (confirming(app, &here)) }
        @if ours.may_edit { (closing(app, person, &here, listing, today)) }
    }
}

fn confirming(app: &App, here: &str) -> Markup {
    let words = app.words();
    html! {
        section {
            h2 { (words.say("group-true")) }
            p { (words.say("group-true-more")) }
            form method="post" action=(format!("{here}/confirmation")) { (once::field()) button.button.plain type="submit" { (words.say("group-confirm")) } }
        }
    }
}

/// Whether they are shown the way to who is in it; admins and auditors have nothing to look for there.
fn sees_people(person: &Person) -> bool {
    roles(&person.0)
        .iter()
        .any(|role| !matches!(role, Role::Admin | Role::Auditor | Role::Member))
}

fn closing(app: &App, person: &Person, here: &str, listing: &Listing, today: NaiveDate) -> Markup {
    let words = app.words();
    let runs = runs_listings(&person.0);
    let day = |name: &'static str, label: &str, value: String| {
        let field = Field {
            name,
            label: words.say(label),
            value: &value,
            kind: "date",
            ..Field::default()
        };
        field.draw()
    };
    html! {
        section {
            h2 { (words.say("group-break")) }
            @match listing.seats {
                Seats::Paused { .. } => {
                    p { (words.say("group-paused-more")) }
                    form method="post" action=(format!("{here}/resumption")) { (once::field()) button.button.plain type="submit" { (words.say("group-resume")) } }
                }
                Seats::Ended { on } => {
                    @match on.filter(|on| *on >= today) {
                        Some(on) => p { (words.with("group-ending-more", &[("date", saying::date_long(words, on).into())])) },
                        None => p { (words.say("group-ended-more")) },
                    }
                    @if runs {
                        form method="post" action=(format!("{here}/reversal")) { (once::field()) button.button.plain type="submit" { (words.say("group-reverse")) } }
                    }
                }
                _ => {
                    p { (words.say("group-pause-more")) }
                    form.inline method="post" action=(format!("{here}/pause")) {
                        (once::field())
                        (day("until", "group-pause-until", String::new()))
                        button.button.plain type="submit" { (words.say("group-pause")) }
                    }
                    @if runs {
                        p { (words.say("group-end-more")) }
                        form.inline method="post" action=(format!("{here}/end")) {
                            (once::field())
                            (day("on", "group-end-on", today.to_string()))
                            button.button.danger type="submit" { (words.say("group-end")) }
                        }
                    }
                }
            }
        }
    }
}
