//! `/staff/groups/{slug}/curricula`: plans in order, kept for a group, and laying them onto its coming sessions.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use domain::access::{Action, Denied};
use domain::groups::Slug;
use domain::sessions::{Curriculum, Laid, Plan};
use domain::text::Line;
use maud::{Markup, html};
use store::acts::{ChangePlans, SeePlans};
use store::leading::{self, Course, CourseId, Elsewhere, LeadingError, Sessions};
use store::{On, Permit, StoreError};

use super::{copies, page, parse, refused, sessions, topic, when};
use crate::form::Form;
use crate::look;
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::signing::{Person, Wanted};
use crate::state::App;

pub(super) fn here(slug: &str) -> String {
    format!("/staff/groups/{slug}/curricula")
}

struct Shown {
    slug: Slug,
    sessions: Sessions,
    courses: Vec<Course>,
    /// Those of other groups, for who may take one.
    elsewhere: Vec<Elsewhere>,
    may_change: bool,
}

pub(crate) async fn list(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    draw(&app, &person, &slug, StatusCode::OK, &Form::default(), None).await
}

async fn draw(
    app: &App,
    person: &Person,
    slug: &str,
    status: StatusCode,
    typed: &Form,
    wrong: Option<&str>,
) -> Response {
    match read(app, person, slug).await {
        Ok(shown) => {
            let up = (sessions(slug), shown.sessions.listing.title.to_string());
            page(app, status, person, up, body(app, &shown, typed, wrong))
        }
        Err(why) => look::refused(app, &why, &Wanted::parse(&here(slug))),
    }
}

async fn read(app: &App, person: &Person, slug: &str) -> Result<Shown, StoreError> {
    let slug = parse(slug)?;
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<SeePlans>(On::Group(&slug)).await?;
    let (sessions, courses) = (
        leading::list(&mut permit).await?,
        leading::courses(&mut permit).await?,
    );
    let may_change = store::may(&mut reading, Action::ChangePlans, On::Group(&slug)).await?;
    let mut elsewhere = Vec::new();
    if may_change {
        let mut permit = reading.permit::<ChangePlans>(On::Group(&slug)).await?;
        elsewhere = leading::courses_elsewhere(&mut permit).await?;
    }
    Ok(Shown {
        slug,
        sessions,
        courses,
        elsewhere,
        may_change,
    })
}

/// Keeps a new one: each line is what a session is about.
pub(crate) async fn create(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let plans: Vec<Plan> = form
        .get("topics")
        .lines()
        .filter_map(|typed| Line::parse(typed).ok())
        .map(|topic| Plan {
            topic: Some(topic),
            ..Plan::default()
        })
        .collect();
    let name = Line::parse(form.get("name"));
    let done = changed(&app, &person, &slug, async |permit| {
        let Ok(name) = name.clone() else {
            return Ok(Some(app.words().say("curriculum-name-missing")));
        };
        let made = Curriculum { name, plans };
        match leading::create_course(permit, &made).await {
            Err(LeadingError::Curriculum(why)) => Ok(Some(why.to_string())),
            other => other.map(|_| None),
        }
    });
    answer(&app, &person, &slug, &form, done.await).await
}

/// Keeps the plans of some of the group's sessions as a curriculum.
pub(crate) async fn gather(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let name = Line::parse(form.get("gathered"));
    let days = (form.get("from").parse(), form.get("until").parse());
    let done = changed(&app, &person, &slug, async |permit| {
        let (Ok(name), (Ok(from), Ok(until))) = (name.clone(), days) else {
            return Ok(Some(app.words().say("curriculum-name-missing")));
        };
        match leading::gather(permit, name, (from, until)).await {
            Err(why @ LeadingError::NothingPlanned) => Ok(Some(why.to_string())),
            Err(why) => Err(why),
            Ok(made) => leading::create_course(permit, &made).await.map(|_| None),
        }
    });
    answer(&app, &person, &slug, &form, done.await).await
}

/// Lays one onto the coming sessions.
pub(crate) async fn lay(
    State(app): State<App>,
    person: Person,
    Path((slug, which)): Path<(String, String)>,
    form: Form,
) -> Response {
    let (from, first) = (
        form.get("from").parse::<NaiveDate>(),
        form.get("first").parse::<usize>().unwrap_or(1),
    );
    let laid = changed(&app, &person, &slug, async |permit| {
        let which = CourseId::parse(&which).ok_or(Denied::NoRight)?;
        let from = from.map_err(|_| Denied::NoRight)?;
        leading::lay(permit, which, first.saturating_sub(1), from).await
    });
    match laid.await {
        Ok(Laid { left: 0, .. }) => Redirect::to(&sessions(&slug)).into_response(),
        // The last plans have no session: said where the sessions are seen beside it.
        Ok(Laid { left, .. }) => {
            let said = app.words().with("curriculum-left", &[("many", left.into())]);
            draw(
                &app,
                &person,
                &slug,
                StatusCode::OK,
                &Form::default(),
                Some(&said),
            )
            .await
        }
        Err(why) => refused(&app, &person, &here(&slug), why),
    }
}

pub(crate) async fn remove(
    State(app): State<App>,
    person: Person,
    Path((slug, which)): Path<(String, String)>,
) -> Response {
    let done = changed(&app, &person, &slug, async |permit| {
        let which = CourseId::parse(&which).ok_or(Denied::NoRight)?;
        Ok(leading::remove_course(permit, which).await?)
    });
    match done.await {
        Ok(()) => Redirect::to(&here(&slug)).into_response(),
        Err(why) => refused(&app, &person, &here(&slug), why),
    }
}

pub(super) async fn changed<T>(
    app: &App,
    person: &Person,
    slug: &str,
    act: impl AsyncFnOnce(&mut Permit<'_, ChangePlans>) -> Result<T, LeadingError>,
) -> Result<T, LeadingError> {
    let slug = parse(slug)?;
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<ChangePlans>(On::Group(&slug)).await?;
    let done = act(&mut permit).await?;
    writing.commit().await?;
    Ok(done)
}

pub(super) async fn answer(
    app: &App,
    person: &Person,
    slug: &str,
    form: &Form,
    done: Result<Option<String>, LeadingError>,
) -> Response {
    match done {
        Ok(None) => Redirect::to(&here(slug)).into_response(),
        Ok(Some(wrong)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            draw(app, person, slug, status, form, Some(&wrong)).await
        }
        Err(why) => refused(app, person, &here(slug), why),
    }
}

fn body(app: &App, shown: &Shown, typed: &Form, wrong: Option<&str>) -> Markup {
    let words = app.words();
    html! {
        h1 { (words.say("curricula")) }
        p.lead { (words.say("curricula-lead")) }
        @if let Some(wrong) = wrong { (parts::mistakes(Tone::Clay, wrong, "", &[])) }
        @if shown.courses.is_empty() { (parts::empty(&words.say("curricula-none"), &words.say("curricula-none-more"), None)) }
        @for one in &shown.courses { (course(app, shown, one)) }
        @if shown.may_change {
            (copies::form(words, shown.slug.as_str(), &shown.elsewhere, typed))
            (making(app, shown, typed))
        }
    }
}

fn course(app: &App, shown: &Shown, one: &Course) -> Markup {
    let words = app.words();
    let many = one.curriculum.plans.len();
    let (name, to) = (
        one.curriculum.name.as_str(),
        format!("{}/{}", here(shown.slug.as_str()), one.id),
    );
    let dates = dates(app, shown);
    let firsts: Vec<(String, String, bool)> = (1..=many)
        .map(|nth| (nth.to_string(), nth.to_string(), nth == 1))
        .collect();
    html! {
        section {
            h2 { (name) }
            p.meta { (words.with("curriculum-many", &[("many", many.into())])) " · " (app.day(one.changed_at)) }
            details.adding {
                summary { (words.say("curriculum-sessions")) }
                ol { @for plan in &one.curriculum.plans { li { (topic(plan).map_or_else(|| words.say("curriculum-no-topic"), str::to_owned)) } } }
            }
            @if shown.may_change {
                @if !dates.is_empty() {
                    details.adding {
                        summary aria-label=(format!("{}: {name}", words.say("curriculum-lay"))) { (words.say("curriculum-lay")) }
                        p { (words.say("curriculum-lay-more")) }
                        form.stack method="post" action=(format!("{to}/laying")) {
                            (once::field())
                            (select(&one.id.to_string(), "first", &words.say("curriculum-first"), &firsts))
                            (select(&one.id.to_string(), "from", &words.say("curriculum-from"), &dates))
                            div.acts { button.button type="submit" { (words.say("curriculum-lay-act")) } }
                        }
                    }
                }
                p { a href=(to) aria-label=(format!("{}: {name}", words.say("curriculum-edit"))) { (words.say("curriculum-edit")) } }
                form method="post" action=(format!("{to}/removal")) {
                    (once::field())
                    @let act = words.say("curriculum-remove");
                    button.textlink type="submit" aria-label=(format!("{act}: {name}")) { (act) }
                }
            }
        }
    }
}

/// A choice whose label is told apart from those of the other curricula.
fn select(of: &str, name: &str, label: &str, options: &[(String, String, bool)]) -> Markup {
    let id = format!("{name}-{of}");
    html! {
        div.field {
            label for=(id) { (label) }
            select id=(id) name=(name) { @for (value, said, chosen) in options { option value=(value) selected[*chosen] { (said) } } }
        }
    }
}

/// The coming sessions that are held.
fn dates(app: &App, shown: &Shown) -> Vec<(String, String, bool)> {
    let held = shown
        .sessions
        .ahead
        .iter()
        .filter(|one| !one.is_cancelled() && app.now() < one.sitting.starts_at);
    held.map(|one| {
        let said = when(app, &shown.sessions.listing, &one.sitting);
        (one.sitting.date.to_string(), said, false)
    })
    .collect()
}

fn making(app: &App, shown: &Shown, typed: &Form) -> Markup {
    let words = app.words();
    let field = |name: &'static str, label: &str, kind: &'static str| Field {
        name,
        label: words.say(label),
        value: typed.get(name),
        kind,
        ..Field::default()
    };
    let to = here(shown.slug.as_str());
    html! {
        details.adding open[!typed.get("topics").is_empty()] {
            summary { (words.say("curriculum-new")) }
            form.stack method="post" action=(to) data-unsent {
                (once::field())
                (field("name", "curriculum-name", "text").draw())
                (Field { hint: Some(words.say("curriculum-topics-hint")), ..field("topics", "curriculum-topics", "text") }.draw_area())
                div.acts { button.button type="submit" { (words.say("curriculum-save")) } }
            }
        }
        details.adding open[!typed.get("gathered").is_empty()] {
            summary { (words.say("curriculum-gather")) }
            p { (words.say("curriculum-gather-more")) }
            form.stack method="post" action=(format!("{to}/gathering")) data-unsent {
                (once::field())
                (field("gathered", "curriculum-name", "text").draw())
                (field("from", "curriculum-gather-from", "date").draw())
                (field("until", "curriculum-gather-until", "date").draw())
                div.acts { button.button type="submit" { (words.say("curriculum-save")) } }
            }
        }
    }
}
