//! `POST …/sessions/{date}/count`: how many came to a support group.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::attendance::Count;
use domain::people::Handle;
use maud::{Markup, html};
use store::On;
use store::acts::MarkAttendance;
use store::leading::{self, LeadingError};

use super::show::{Shown, draw};
use super::{parts_of, refused, session};
use crate::form::Form;
use crate::look::parts::Field;
use crate::once;
use crate::signing::Person;
use crate::state::App;

pub(crate) async fn count(
    State(app): State<App>,
    person: Person,
    Path((slug, date)): Path<(String, String)>,
    form: Form,
) -> Response {
    let back = format!("/staff/groups/{slug}/sessions/{date}");
    let read = read(&app, &form);
    let done = async {
        let (slug, date) = parts_of(&slug, &date)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<MarkAttendance>(On::Group(&slug)).await?;
        let Ok(read) = &read else { return Ok(()) };
        leading::count(&mut permit, date, read).await?;
        Ok::<_, LeadingError>(writing.commit().await?)
    };
    match (done.await, &read) {
        (Ok(()), Ok(_)) => Redirect::to(&back).into_response(),
        (Ok(()), Err(wrong)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            draw(&app, &person, (&slug, &date), status, &form, Some(wrong)).await
        }
        (Err(why), _) => refused(&app, &person, &back, why),
    }
}

fn read(app: &App, form: &Form) -> Result<Count, String> {
    let number = |name: &str| match form.get(name) {
        "" => Ok(0),
        typed => typed
            .parse::<u16>()
            .map_err(|_| app.words().say("count-not-a-number")),
    };
    let handles: Result<Vec<Handle>, _> = form
        .get("handles")
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(Handle::parse)
        .collect();
    let handles = handles.map_err(|why| why.to_string())?;
    Count::new(number("room")?, number("online")?, number("new")?, handles).map_err(|why| why.to_string())
}

pub(super) fn form(app: &App, shown: &Shown, typed: &Form) -> Markup {
    let words = app.words();
    let kept = |name: &str, of: fn(&Count) -> u16| match typed.get(name) {
        "" => shown
            .heads
            .as_ref()
            .map_or_else(String::new, |count| of(count).to_string()),
        typed => typed.to_owned(),
    };
    let values = [
        ("room", "count-room", kept("room", Count::in_the_room)),
        ("online", "count-online", kept("online", Count::online)),
        ("new", "count-new", kept("new", Count::newcomers)),
    ];
    let handles = match (typed.get("handles"), &shown.heads) {
        ("", Some(count)) => {
            let all: Vec<&str> = count.handles().iter().map(Handle::as_str).collect();
            all.join("\n")
        }
        (typed, _) => typed.to_owned(),
    };
    html! {
        section aria-labelledby="count" {
            h2 #count { (words.say("count")) }
            p { (words.say("count-lead")) " " a href=(format!("/staff/groups/{}/coming", shown.slug)) { (words.say("count-expected")) } }
            @if let Some(count) = &shown.heads { p { b { (words.with("count-all", &[("many", count.all().into())])) } } }
            @if shown.may_mark {
                form.stack method="post" action=(format!("{}/count", session(shown.slug.as_str(), shown.one.sitting.date))) {
                    (once::field())
                    @for (name, said, value) in &values {
                        (Field { name, label: words.say(said), value, kind: "number", inputmode: Some("numeric"), ..Field::default() }.draw())
                    }
                    (Field { name: "handles", label: words.say("count-handles"), hint: Some(words.say("count-handles-hint")), value: &handles, ..Field::default() }.draw_area())
                    div.acts { button.button type="submit" { (words.say("count-act")) } }
                }
            }
        }
    }
}
