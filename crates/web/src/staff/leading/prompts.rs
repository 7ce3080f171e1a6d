//! `/staff/groups/{slug}/prompts`: whom to ask how they are, and why; by rules that anybody can follow.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use domain::access::{Action, Denied};
use domain::groups::Slug;
use maud::{Markup, html};
use store::acts::{MarkAttendance, SeeAttendance, SeePlans};
use store::leading::{self, LeadingError, Open};
use store::{On, StoreError};

use super::{page, parse, refused, saying, sessions};
use crate::form::Form;
use crate::look;
use crate::look::parts;
use crate::once;
use crate::signing::{Person, Wanted};
use crate::state::App;

fn here(slug: &str) -> String {
    format!("/staff/groups/{slug}/prompts")
}

pub(crate) async fn list(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    match read(&app, &person, &slug).await {
        Ok((slug, title, open, may_mark)) => {
            let up = (sessions(slug.as_str()), title);
            page(
                &app,
                StatusCode::OK,
                &person,
                up,
                body(&app, &slug, &open, may_mark),
            )
        }
        Err(why) => look::refused(&app, &why, &Wanted::parse(&here(&slug))),
    }
}

async fn read(app: &App, person: &Person, slug: &str) -> Result<(Slug, String, Vec<Open>, bool), StoreError> {
    let slug = parse(slug)?;
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<SeePlans>(On::Group(&slug)).await?;
    let title = leading::list(&mut permit).await?.listing.title.to_string();
    let mut permit = writing.permit::<SeeAttendance>(On::Group(&slug)).await?;
    let open = leading::prompts(&mut permit).await?;
    let may_mark = store::may(&mut writing, Action::MarkAttendance, On::Group(&slug)).await?;
    writing.commit().await?;
    Ok((slug, title, open, may_mark))
}

/// Somebody asked after them.
pub(crate) async fn done(
    State(app): State<App>,
    person: Person,
    Path((slug, whom)): Path<(String, String)>,
    form: Form,
) -> Response {
    let done = async {
        let (group, whom) = (parse(&slug)?, parse(&whom)?);
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing
            .permit::<MarkAttendance>(On::PersonIn(&whom, &group))
            .await?;
        let since: NaiveDate = form.get("since").parse().map_err(|_| Denied::NoRight)?;
        leading::asked_after(&mut permit, since).await?;
        Ok::<_, LeadingError>(writing.commit().await?)
    };
    match done.await {
        Ok(()) => Redirect::to(&here(&slug)).into_response(),
        Err(why) => refused(&app, &person, &here(&slug), why),
    }
}

fn body(app: &App, slug: &Slug, open: &[Open], may_mark: bool) -> Markup {
    let words = app.words();
    html! {
        h1 { (words.say("prompts")) }
        p.lead { (words.say("prompts-lead")) }
        @if open.is_empty() { (parts::empty(&words.say("prompts-none"), &words.say("prompts-none-more"), None)) }
        ul.rows {
            @for one in open {
                li {
                    div {
                        p { b { (one.handle) } }
                        p { @for (nth, why) in one.prompt.why.iter().enumerate() { @if nth > 0 { " " } (words.say(saying::why(*why))) } }
                        p.meta { (words.with("prompt-since", &[("day", crate::saying::date_long(words, one.prompt.since).into())])) }
                    }
                    div.acts {
                        @let reach = words.say("roster-reach");
                        a.textlink href=(format!("/staff/groups/{slug}/people/{}", one.person)) aria-label=(format!("{reach}: {}", one.handle)) { (reach) }
                        @if may_mark {
                            form method="post" action=(format!("{}/{}", here(slug.as_str()), one.person)) {
                                (once::field())
                                input type="hidden" name="since" value=(one.prompt.since);
                                @let act = words.say("prompt-done");
                                button.button.plain.small type="submit" aria-label=(format!("{act}: {}", one.handle)) { (act) }
                            }
                        }
                    }
                }
            }
        }
    }
}
