//! `/me/deletion`: says what goes, what stays and why; then closes the account at once and deletes it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use store::On;
use store::acts::ChangeAccount;
use store::retention::{self, DeletionError};

use super::{guard, own_page};
use crate::form::Form;
use crate::look::parts::{self, Tone};
use crate::look::{self, Here, Page};
use crate::once;
use crate::signing::{self, Person, Wanted};
use crate::state::App;

const HERE: &str = "/me/deletion";

pub(crate) async fn ask(State(app): State<App>, person: Person) -> Response {
    if let Err(why) = guard(&app, &person).await {
        return look::refused(&app, &why, &Wanted::parse(HERE));
    }
    own_page(&app, StatusCode::OK, &person, form(&app, None))
}

pub(crate) async fn create(State(app): State<App>, person: Person, typed: Form) -> Response {
    if let Err(why) = guard(&app, &person).await {
        return look::refused(&app, &why, &Wanted::parse(HERE));
    }
    let words = app.words();
    let wrong = if typed.get("agreed") == "yes" {
        match delete(&app, &person).await {
            Ok(()) => return gone(&app),
            Err(DeletionError::Store(why)) => return look::refused(&app, &why, &Wanted::parse(HERE)),
            Err(why) => why.to_string(),
        }
    } else {
        words.say("deletion-agree-first")
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    own_page(&app, status, &person, form(&app, Some(&wrong)))
}

async fn delete(app: &App, person: &Person) -> Result<(), DeletionError> {
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangeAccount>(On::Myself).await?;
    retention::delete_myself(&mut permit).await?;
    Ok(writing.commit().await?)
}

/// This browser is signed out, and keeps nothing of the site.
fn gone(app: &App) -> Response {
    let words = app.words();
    let page = Page {
        title: "site-title",
        here: Here::Elsewhere,
        up: None,
        body: html! {
            div.narrow-page {
                h1 { (words.say("deletion-done")) }
                p.lead { (words.say("deletion-done-more")) }
            }
        },
    };
    signing::forget(signing::clear(app, look::page(app, page)))
}

fn form(app: &App, wrong: Option<&str>) -> Markup {
    let words = app.words();
    let list = |first: &str, ids: &[&str]| {
        html! {
            h2 { (words.say(first)) }
            ul { @for id in ids { li { (words.say(id)) } } }
        }
    };
    html! {
        h1 { (words.say("deletion")) }
        @if let Some(wrong) = wrong { (parts::mistakes(Tone::Clay, wrong, "", &[])) }
        p.lead { (words.say("deletion-lead")) }
        div.article {
            (list("deletion-goes", &["deletion-goes-account", "deletion-goes-groups", "deletion-goes-letters"]))
            (list("deletion-stays", &["deletion-stays-audit", "deletion-stays-consents", "deletion-stays-work"]))
            h2 { (words.say("deletion-chart")) }
            p { (words.say("deletion-chart-more")) }
            h2 { (words.say("deletion-backups")) }
            p { (words.say("deletion-backups-more")) }
            p { a href="/me/data" { (words.say("deletion-take-first")) } }
        }
        form.stack method="post" action=(HERE) {
            (once::field())
            (parts::chip_box("agreed", "yes", &words.say("deletion-agree"), false))
            div.acts {
                button.button.danger type="submit" { (words.say("deletion-act")) }
                a.textlink href="/me" { (words.say("deletion-not")) }
            }
        }
    }
}
