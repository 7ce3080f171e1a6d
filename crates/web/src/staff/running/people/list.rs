//! `GET /staff/people`: who is on the staff, with the roles they hold and held; those whose account is closed last.

use axum::extract::{Query, State};
use axum::response::Response;
use domain::people::Role;
use domain::text::fold;
use maud::{Markup, html};
use serde::Deserialize;
use store::On;
use store::acts::SeeAccounts;
use store::people::{Account, RoleHeld, accounts};

use super::super::{Groups, last_day, whereabouts};
use crate::look;
use crate::look::parts::{self, Field};
use crate::saying;
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page, roles};
use crate::state::App;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Looked {
    words: String,
}

pub(crate) async fn list(State(app): State<App>, person: Person, Query(looked): Query<Looked>) -> Response {
    let found = async {
        let mut reading = app.store().read(person.who()).await?;
        let mut permit = reading.permit::<SeeAccounts>(On::Organisation).await?;
        let all = accounts(&mut permit).await?;
        drop(reading);
        Ok((all, Groups::read(&app).await?))
    };
    let (all, groups) = match found.await {
        Ok(found) => found,
        Err(why) => return look::refused(&app, &why, &Wanted::parse("/staff/people")),
    };
    let found: Vec<&Account> = all
        .iter()
        .filter(|account| fits(account, &looked.words))
        .collect();
    let runs = roles(&person.0).contains(&Role::Admin);
    let words = app.words();
    let name = Field {
        name: "words",
        label: words.say("people-search"),
        value: &looked.words,
        ..Field::default()
    };
    let body = html! {
        h1 { (words.say("people")) }
        @if runs { p { a.button href="/staff/invitations" { (words.say("people-invite")) } } }
        form.inline method="get" action="/staff/people" {
            (name.draw())
            button.button.plain type="submit" { (words.say("people-look")) }
        }
        @if found.is_empty() {
            (parts::empty(&words.say("people-none"), &words.say("people-none-more"), None))
        } @else {
            p.meta { (words.with("people-count", &[("count", found.len().into())])) }
            ul.rows {
                @for account in found { li { (row(&app, &groups, account, runs)) } }
            }
        }
    };
    page(&app, &person, Place::People, body)
}

fn row(app: &App, groups: &Groups, account: &Account, runs: bool) -> Markup {
    let words = app.words();
    html! {
        @if runs { a href=(super::address(account.slug.as_str())) { b { (account.handle) } } } @else { b { (account.handle) } }
        @if account.ended_at.is_some() { " " span.label.sand { (words.say("people-closed")) } }
        @for held in &account.roles { p.meta { (role(app, groups, held)) } }
    }
}

/// "Leader, Grief table: Nov 3 until Dec 1, 2027".
pub(super) fn role(app: &App, groups: &Groups, held: &RoleHeld) -> String {
    let words = app.words();
    let told = [
        ("role", saying::role(words, held.role).into()),
        ("where", whereabouts(app, groups, held.group.as_ref()).into()),
        ("from", app.day(held.from).into()),
    ];
    match held.until {
        None => words.with("people-role", &told),
        Some(until) => {
            let [role, place, from] = told;
            let until = ("until", last_day(app, until).into());
            words.with("people-role-until", &[role, place, from, until])
        }
    }
}

fn fits(account: &Account, looked: &str) -> bool {
    let there = fold::words(account.handle.as_str());
    fold::words(looked)
        .iter()
        .all(|word| there.iter().any(|part| part.starts_with(word.as_str())))
}
