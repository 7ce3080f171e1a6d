//! `POST …/sessions/{date}/count`: how many came to a support group. Of two who count, the second is shown what the first wrote.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::attendance::Count;
use domain::people::Handle;
use maud::{Markup, html};
use store::On;
use store::acts::MarkAttendance;
use store::leading::{self, LeadingError};

use super::show::{Counted, Shown, draw};
use super::{parts_of, refused, session};
use crate::form::{Form, SEEN};
use crate::look::parts::{self, Field, Tone};
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
        let is_as_seen = |now: Option<&Count>| written(now).was_shown_to(&form);
        leading::count(&mut permit, date, read, is_as_seen).await?;
        Ok::<_, LeadingError>(writing.commit().await?)
    };
    match (done.await, &read) {
        (Ok(()), Ok(_)) => Redirect::to(&back).into_response(),
        (Ok(()), Err(wrong)) => draw(&app, &person, (&slug, &date), &form, Counted::Wrong(wrong)).await,
        (Err(LeadingError::Meanwhile), _) => {
            // They see it now: sent once more, theirs takes its place.
            let typed = form.without(&[SEEN]);
            draw(&app, &person, (&slug, &date), &typed, Counted::Meanwhile).await
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

/// A count as the form has it.
fn written(count: Option<&Count>) -> Form {
    let mut form = Form::default();
    // That nobody counted yet is something to have seen, too.
    form.put("counted", if count.is_some() { "yes" } else { "no" });
    if let Some(count) = count {
        form.put("room", &count.in_the_room().to_string());
        form.put("online", &count.online().to_string());
        form.put("new", &count.newcomers().to_string());
        let handles: Vec<&str> = count.handles().iter().map(Handle::as_str).collect();
        form.put("handles", &handles.join("\n"));
    }
    form.telling()
}

/// What someone else counted meanwhile.
pub(super) fn theirs(app: &App, count: Option<&Count>) -> Markup {
    let words = app.words();
    let all = html! {
        p { (words.say("plan-meanwhile")) }
        ul {
            @if let Some(count) = count {
                li { (words.say("count-room")) ": " (count.in_the_room()) }
                li { (words.say("count-online")) ": " (count.online()) }
                li { (words.say("count-new")) ": " (count.newcomers()) }
                @for handle in count.handles() { li { (handle) } }
            }
        }
    };
    parts::notice(Tone::Ochre, &words.say("meanwhile"), all)
}

/// What is counted, or what was typed in its place.
pub(super) fn form(app: &App, shown: &Shown, typed: &Form) -> Markup {
    let words = app.words();
    let now = written(shown.heads.as_ref());
    let filled = if typed.names().next().is_some() {
        typed
    } else {
        &now
    };
    let seen = match typed.get(SEEN) {
        "" => now.get(SEEN),
        seen => seen,
    };
    let numbers = [
        ("room", "count-room"),
        ("online", "count-online"),
        ("new", "count-new"),
    ];
    html! {
        section aria-labelledby="count" {
            h2 #count { (words.say("count")) }
            p { (words.say("count-lead")) " " a href=(format!("/staff/groups/{}/coming", shown.slug)) { (words.say("count-expected")) } }
            @if let Some(count) = &shown.heads { p { b { (words.with("count-all", &[("many", count.all().into())])) } } }
            @if shown.may_mark {
                form.stack method="post" action=(format!("{}/count", session(shown.slug.as_str(), shown.one.sitting.date))) data-unsent {
                    (once::field())
                    input type="hidden" name=(SEEN) value=(seen);
                    @for (name, said) in numbers {
                        (Field { name, label: words.say(said), value: filled.get(name), kind: "number", inputmode: Some("numeric"), ..Field::default() }.draw())
                    }
                    (Field { name: "handles", label: words.say("count-handles"), hint: Some(words.say("count-handles-hint")), value: filled.get("handles"), ..Field::default() }.draw_area())
                    div.acts { button.button type="submit" { (words.say("count-act")) } }
                }
            }
        }
    }
}
