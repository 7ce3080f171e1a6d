//! `/staff/groups/{slug}/advice`: what people of a support group say helped them, for who leads it to show or hide; nobody's name is beside it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Denied;
use domain::groups::Slug;
use maud::{Markup, html};
use store::acts::{ModerateAdvice, SeeAdvice, SeePlans};
use store::leading::{self, Advice, Look};
use store::{On, StoreError};

use super::{page, parse, saying, sessions};
use crate::form::Form;
use crate::look;
use crate::look::parts;
use crate::once;
use crate::signing::{Person, Wanted};
use crate::state::App;

fn here(slug: &str) -> String {
    format!("/staff/groups/{slug}/advice")
}

pub(crate) async fn list(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    match read(&app, &person, &slug).await {
        Ok((slug, title, all)) => {
            let up = (sessions(slug.as_str()), title);
            page(&app, StatusCode::OK, &person, up, body(&app, &slug, &all))
        }
        Err(why) => look::refused(&app, &why, &Wanted::parse(&here(&slug))),
    }
}

async fn read(
    app: &App,
    person: &Person,
    slug: &str,
) -> Result<(Slug, String, Vec<(Advice, Look)>), StoreError> {
    let slug = parse(slug)?;
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<SeeAdvice>(On::Group(&slug)).await?;
    let all = leading::to_look_at(&mut permit).await?;
    let mut permit = writing.permit::<SeePlans>(On::Group(&slug)).await?;
    let title = leading::list(&mut permit).await?.listing.title.to_string();
    writing.commit().await?;
    Ok((slug, title, all))
}

pub(crate) async fn moderate(
    State(app): State<App>,
    person: Person,
    Path((slug, which)): Path<(String, String)>,
    form: Form,
) -> Response {
    let done = async {
        let (group, which) = (parse(&slug)?, parse(&which)?);
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<ModerateAdvice>(On::Group(&group)).await?;
        let look = Look::named(form.get("look")).ok_or(Denied::NoRight)?;
        leading::moderate(&mut permit, &which, look).await?;
        writing.commit().await
    };
    match done.await {
        Ok(()) => Redirect::to(&here(&slug)).into_response(),
        Err(why) => look::refused(&app, &why, &Wanted::parse(&here(&slug))),
    }
}

fn body(app: &App, slug: &Slug, all: &[(Advice, Look)]) -> Markup {
    let words = app.words();
    html! {
        h1 { (words.say("advice")) }
        p.lead { (words.say("advice-staff-lead")) }
        @if all.is_empty() { (parts::empty(&words.say("advice-none"), &words.say("advice-none-more"), None)) }
        ul.rows {
            @for (one, look) in all {
                li {
                    div {
                        @for line in one.words.lines() { p { (line) } }
                        p.meta { (words.say(saying::look(*look))) " · " (words.with("advice-helped", &[("many", one.helped.into())])) " · " (app.day(one.said_at)) }
                    }
                    div.acts {
                        @if *look != Look::Shown { (act(app, slug, one, Look::Shown, "advice-show")) }
                        @if *look != Look::Hidden { (act(app, slug, one, Look::Hidden, "advice-hide")) }
                    }
                }
            }
        }
    }
}

fn act(app: &App, slug: &Slug, one: &Advice, look: Look, said: &str) -> Markup {
    let said = app.words().say(said);
    let about: String = one.words.chars().take(40).collect();
    html! {
        form method="post" action=(format!("{}/{}", here(slug.as_str()), one.slug)) {
            (once::field())
            button.button.plain.small type="submit" name="look" value=(look.name()) aria-label=(format!("{said}: {about}")) { (said) }
        }
    }
}
