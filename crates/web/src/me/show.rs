//! `GET /me`: who I am here, how I sign in, where I am signed in.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::response::Response;
use domain::groups::{Mail, Slug};
use maud::{Markup, html};
use serde::Deserialize;
use store::acts::{SeeAccount, SeeApplications};
use store::people::{self, Account};
use store::sessions::{self, Open};
use store::signing::{self, Ways};
use store::{On, StoreError, agreements};

use super::sessions as places;
use crate::joining;
use crate::look;
use crate::look::parts::{self, Tone};
use crate::saying;
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page};
use crate::state::App;
use crate::words::Words;

/// What was done just now.
#[derive(Deserialize)]
pub(crate) struct Done {
    #[serde(default)]
    done: String,
}

struct Me {
    account: Account,
    mail: Option<Mail>,
    ways: Ways,
    open: Vec<Open>,
    /// What is to be signed, by group.
    owing: Vec<(Slug, usize)>,
}

pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    Query(Done { done }): Query<Done>,
) -> Response {
    let me = match read(&app, &person).await {
        Ok(me) => me,
        Err(why) => return look::refused(&app, &why, &Wanted::parse("/me")),
    };
    let words = app.words();
    let body = html! {
        h1 { (words.say("me")) }
        @if let Some(said) = said(words, &done) { (parts::notice(Tone::Plain, &said, html! {})) }
        (joining::list::owing(&app, &me.owing))
        (who(&app, &me))
        (how(words, &me))
        (places::list(&app, &me.open))
        section {
            h2 { (words.say("me-kept")) }
            ul {
                li { a href="/me/joining" { (words.say("joining")) } }
                li { a href="/me/looked" { (words.say("looked-link")) } }
                li { a href="/me/consents" { (words.say("consents-link")) } }
                li { a href="/me/disclosures" { (words.say("disclosures-link")) } }
                li { a href="/me/data" { (words.say("own-data-link")) } }
                li { a href="/me/deletion" { (words.say("deletion-link")) } }
            }
        }
    };
    page(&app, &person, Place::Me, body)
}

async fn read(app: &App, person: &Person) -> Result<Me, StoreError> {
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeeApplications>(On::Myself).await?;
    let owing = agreements::owed_as_member(&mut permit, &app.content().agreements).await?;
    let mut permit = reading.permit::<SeeAccount>(On::Myself).await?;
    let (account, mail) = people::account_of(&mut permit).await?;
    Ok(Me {
        account,
        mail,
        ways: signing::ways(&mut permit).await?,
        open: sessions::open(&mut permit).await?,
        owing,
    })
}

fn who(app: &App, me: &Me) -> Markup {
    let words = app.words();
    let holds = |held: &&people::RoleHeld| held.until.is_none_or(|until| app.now() < until);
    let mut held: BTreeMap<_, usize> = BTreeMap::new();
    for role in me.account.roles.iter().filter(holds) {
        *held.entry(role.role).or_default() += 1;
    }
    let roles: Vec<String> = held
        .into_iter()
        .map(|(role, many)| {
            let role = ("role", saying::role(words, role).into());
            words.with("me-role", &[role, ("many", many.into())])
        })
        .collect();
    let change = |to: &str, label: &str| {
        let act = words.say("me-change");
        html! { " " a.change href=(to) aria-label=(what(words, &act, label)) { (act) } }
    };
    let mail = match &me.mail {
        Some(mail) => html! { (mail) (change("/me/mail", &words.say("me-mail"))) },
        None => html! { (words.say("me-no-mail")) " " a.change href="/me/mail" { (words.say("me-add")) } },
    };
    let facts = [
        (
            words.say("field-handle"),
            Some(html! { (me.account.handle) (change("/me/name", &words.say("me-name"))) }),
        ),
        (words.say("field-mail"), Some(mail)),
        (
            words.say("me-roles"),
            (!roles.is_empty()).then(|| html! { (roles.join(", ")) }),
        ),
    ];
    parts::facts(&facts)
}

/// Each way with what there is of it, and where to change it.
fn how(words: &Words, me: &Me) -> Markup {
    let left = |left: usize| words.with("second-factor-left", &[("left", left.into())]);
    let app = match me.ways.app {
        Some(codes) => html! { (words.say("me-on")) " " (left(codes)) },
        None => html! { (words.say("me-off")) },
    };
    let passkeys = words.with("me-passkeys", &[("many", me.ways.passkeys.into())]);
    let password = words.say(if me.ways.password { "me-on" } else { "me-off" });
    let rows = [
        (
            "/me/password",
            "by-password",
            html! { (password) },
            me.ways.password,
        ),
        (
            "/me/passkeys",
            "passkeys",
            html! { (passkeys) },
            me.ways.passkeys > 0,
        ),
        ("/me/second-factor", "second-factor", app, me.ways.app.is_some()),
        (
            "/me/code",
            "by-code",
            html! { (words.say("me-on")) },
            me.ways.code,
        ),
    ];
    // Who has no code cannot give themselves one: it is for who came without an address.
    let rows = rows.iter().filter(|(to, .., there)| *there || *to != "/me/code");
    html! {
        section {
            h2 { (words.say("me-ways")) }
            ul.rows {
                @for (to, name, state, there) in rows {
                    @let act = words.say(if *there { "me-change" } else { "me-set-up" });
                    li {
                        div { p { b { (words.say(name)) } } p.meta { (state) } }
                        a.button.plain.small href=(to) aria-label=(what(words, &act, &words.say(name))) { (act) }
                    }
                }
            }
            @if !me.ways.has_second() { p.meta { (words.say("me-one-step")) } }
        }
    }
}

/// "Change: Password", for who hears links one by one.
fn what(words: &Words, act: &str, what: &str) -> String {
    words.with("me-change-what", &[("act", act.into()), ("what", what.into())])
}

fn said(words: &Words, done: &str) -> Option<String> {
    Some(match done {
        "name" => words.say("me-done-name"),
        "mail" => words.say("me-done-mail"),
        "password" => words.say("me-done-password"),
        "session" => words.say("me-done-session"),
        "second-factor" => words.say("me-done-second-factor"),
        _ => return None,
    })
}
