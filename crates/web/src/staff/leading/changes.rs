//! A session that cannot be: cancelled, moved, or back as the rule says. The public page, the feeds and the calendar say the same at once.

use axum::extract::{Path, State as Held};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDateTime;
use domain::sessions::{Change, ChangeRefused};
use domain::text::Line;
use maud::{Markup, html};
use store::On;
use store::acts::EditGroup;
use store::leading::{self, LeadingError, Plans, State, Told};

use super::plan::Shown;
use super::{parts_of, refused, session, sessions};
use crate::form::Form;
use crate::letters;
use crate::look::parts::Field;
use crate::once;
use crate::signing::Person;
use crate::state::App;

pub(crate) async fn cancel(
    Held(app): Held<App>,
    person: Person,
    Path(which): Path<(String, String)>,
    form: Form,
) -> Response {
    let plans = match form.get("plans") {
        "move-on" => Plans::MoveOn,
        _ => Plans::Stay,
    };
    let change = Change::Cancel {
        reason: Line::parse(form.get("reason")).ok(),
    };
    done(&app, &person, &which, Ok(change), plans).await
}

pub(crate) async fn shift(
    Held(app): Held<App>,
    person: Person,
    Path(which): Path<(String, String)>,
    form: Form,
) -> Response {
    let to = NaiveDateTime::parse_from_str(form.get("to"), "%Y-%m-%dT%H:%M");
    let change = to.map(|to| Change::Move {
        to,
        reason: Line::parse(form.get("reason")).ok(),
    });
    let change = change.map_err(|_| ChangeRefused::TimePast.into());
    done(&app, &person, &which, change, Plans::Stay).await
}

pub(crate) async fn restore(
    Held(app): Held<App>,
    person: Person,
    Path(which): Path<(String, String)>,
) -> Response {
    done(&app, &person, &which, Ok(Change::Restore), Plans::Stay).await
}

async fn done(
    app: &App,
    person: &Person,
    (slug, date): &(String, String),
    change: Result<Change, LeadingError>,
    plans: Plans,
) -> Response {
    let words = app.words();
    let (subject, body) = (
        letters::subject(words),
        letters::news(words, app.settings(), letters::GROUPS),
    );
    let done = async {
        let (group, date) = parts_of(slug, date)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<EditGroup>(On::Group(&group)).await?;
        let told = Told {
            subject: &subject,
            body: &body,
        };
        leading::change(&mut permit, date, change?, plans, &told).await?;
        Ok::<_, LeadingError>(writing.commit().await?)
    };
    match done.await {
        Ok(()) => Redirect::to(&sessions(slug)).into_response(),
        Err(why) => refused(app, person, &format!("{}/{date}/plan", sessions(slug)), why),
    }
}

/// What can be done with a session that is still to come.
pub(super) fn section(app: &App, shown: &Shown) -> Markup {
    let (words, one) = (app.words(), &shown.one);
    let here = session(shown.slug.as_str(), one.sitting.date);
    let reason = |id: &str| {
        let label = words.say("schedule-reason");
        html! { div.field { label for=(id) { (label) } input id=(id) type="text" name="reason" maxlength="300" autocomplete="off"; } }
    };
    html! {
        section aria-labelledby="changes" {
            h2 #changes { (words.say("changes")) }
            p { (words.say("changes-lead")) }
            @if one.state != State::Meets {
                form method="post" action=(format!("{here}/restoration")) {
                    (once::field())
                    button.button.plain type="submit" { (words.say("changes-restore")) }
                }
            }
            @if !one.is_cancelled() {
                details.adding {
                    summary { (words.say("changes-cancel")) }
                    form.stack method="post" action=(format!("{here}/cancellation")) {
                        (once::field())
                        (reason("cancel-reason"))
                        fieldset.plain {
                            legend { (words.say("changes-plans")) }
                            label.option { input type="radio" name="plans" value="move-on" checked; span { (words.say("changes-plans-move-on")) } }
                            label.option { input type="radio" name="plans" value="stay"; span { (words.say("changes-plans-stay")) } }
                        }
                        div.acts { button.button.danger type="submit" { (words.say("changes-cancel-act")) } }
                    }
                }
                details.adding {
                    summary { (words.say("changes-move")) }
                    form.stack method="post" action=(format!("{here}/move")) {
                        (once::field())
                        (Field { name: "to", label: words.say("schedule-to"), kind: "datetime-local", ..Field::default() }.draw())
                        (reason("move-reason"))
                        div.acts { button.button.plain type="submit" { (words.say("changes-move-act")) } }
                    }
                }
            }
        }
    }
}
