//! What helped us: written by who comes to a support group, shown once who leads it has looked, with "this helped me too".

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::text::Prose;
use maud::{Markup, html};
use store::acts::{Come, SeeComing};
use store::leading::{self, Advice, LeadingError, Look, MyAdvice};
use store::{On, Permit, StoreError, Transaction};

use super::{address, own_page, parse, refused, up};
use crate::form::Form;
use crate::look;
use crate::look::parts::{self, Tone};
use crate::once;
use crate::signing::{Person, Wanted};
use crate::state::App;

pub(crate) struct Shown {
    others: Vec<Advice>,
    mine: Vec<MyAdvice>,
}

pub(crate) async fn read(permit: &mut Permit<'_, SeeComing, impl Transaction>) -> Result<Shown, StoreError> {
    let (others, mine) = leading::helpful(permit).await?;
    Ok(Shown { others, mine })
}

/// `GET …/advice`: for who comes and is no member, too.
pub(crate) async fn list(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    let found = async {
        let group = parse(&slug)?;
        let mut reading = app.store().read(person.who()).await?;
        let mut permit = reading.permit::<SeeComing>(On::MyselfIn(&group)).await?;
        read(&mut permit).await
    };
    match found.await {
        Ok(shown) => own_page(
            &app,
            StatusCode::OK,
            &person,
            up(&app),
            html! { h1 { (app.words().say("advice")) } (lists(&app, &slug, &shown)) },
        ),
        Err(why) => look::refused(&app, &why, &Wanted::parse(&here(&slug))),
    }
}

pub(crate) async fn give(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let words = Prose::parse(form.get("words"));
    let done = done(&app, &person, &slug, async |permit| match &words {
        Ok(words) => Ok(leading::give(permit, words).await?),
        Err(_) => Ok(leading::comes_here(permit).await?),
    });
    answer(&app, &person, &slug, done.await)
}

pub(crate) async fn thank(
    State(app): State<App>,
    person: Person,
    Path((slug, which)): Path<(String, String)>,
) -> Response {
    let done = done(&app, &person, &slug, async |permit| {
        leading::thank(permit, &parse(&which)?).await
    });
    answer(&app, &person, &slug, done.await)
}

async fn done(
    app: &App,
    person: &Person,
    slug: &str,
    act: impl AsyncFnOnce(&mut Permit<'_, Come>) -> Result<(), LeadingError>,
) -> Result<(), LeadingError> {
    let group = parse(slug)?;
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<Come>(On::MyselfIn(&group)).await?;
    act(&mut permit).await?;
    Ok(writing.commit().await?)
}

fn answer(app: &App, person: &Person, slug: &str, done: Result<(), LeadingError>) -> Response {
    match done {
        Ok(()) => Redirect::to(&here(slug)).into_response(),
        Err(why) => refused(app, person, &here(slug), why),
    }
}

fn here(slug: &str) -> String {
    format!("{}/advice", address(slug))
}

pub(crate) fn section(app: &App, slug: &str, shown: &Shown) -> Markup {
    html! {
        section aria-labelledby="advice" {
            h2 #advice { (app.words().say("advice")) }
            (lists(app, slug, shown))
        }
    }
}

fn lists(app: &App, slug: &str, shown: &Shown) -> Markup {
    let words = app.words();
    html! {
        p { (words.say("advice-lead")) }
        ul.rows {
            @for one in &shown.others {
                li {
                    div {
                        @for line in one.words.lines() { p { (line) } }
                        @if one.helped > 0 { p.meta { (words.with("advice-helped", &[("many", one.helped.into())])) } }
                    }
                    @if one.helped_me { span.label.reed { (words.say("advice-helped-me")) } }
                    @else {
                        form method="post" action=(format!("{}/{}", here(slug), one.slug)) {
                            (once::field())
                            button.button.plain.small type="submit" { (words.say("advice-thank")) }
                        }
                    }
                }
            }
        }
        @for one in &shown.mine { (mine(app, one)) }
        details.adding {
            summary { (words.say("advice-give")) }
            form.stack method="post" action=(here(slug)) data-unsent {
                (once::field())
                div.field {
                    label for="advice-words" { (words.say("advice-words")) }
                    p.hint { (words.say("advice-words-hint")) }
                    textarea id="advice-words" name="words" rows="4" maxlength="1000" required {}
                }
                div.acts { button.button.plain type="submit" { (words.say("advice-give-act")) } }
            }
        }
    }
}

/// One's own, with what became of it.
fn mine(app: &App, one: &MyAdvice) -> Markup {
    let words = app.words();
    let said = match one.state {
        Look::Waiting => words.say("advice-mine-waiting"),
        Look::Shown => words.with("advice-mine-helped", &[("many", one.helped.into())]),
        Look::Hidden => words.say("advice-mine-hidden"),
    };
    parts::notice(
        Tone::Plain,
        &said,
        html! { @for line in one.words.lines() { (line) br; } },
    )
}
