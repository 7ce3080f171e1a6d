//! Goals of a member and of a group: written together with their five levels, seen session by session, and ended.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use domain::access::Action;
use domain::goals::{Goal, GoalError, Level};
use domain::groups::Slug;
use domain::records::Marked;
use domain::text::Line;
use maud::{Markup, html};
use measures::change::goals as attainment;
use store::acts::{SeePlans, SeeRecord, WritePart, WriteRecord};
use store::records::{self, KeptGoal, Looked};
use store::{On, StoreError};

use super::chart::{both, draw};
use super::{chart_address, parse};
use crate::form::Form;
use crate::look;
use crate::look::parts::{self, Field, Tone};
use crate::once;
use crate::saying;
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with};
use crate::state::App;

/// The box that says that what is marked in a goal tells nobody; it is there once something was marked.
const TELLS_NOBODY: &str = "tells-nobody";

const LEVELS: [&str; 5] = ["level-2", "level-1", "level0", "level1", "level2"];

pub(crate) async fn create(
    State(app): State<App>,
    person: Person,
    Path((slug, whose)): Path<(String, String)>,
    form: Form,
) -> Response {
    let here = chart_address(&slug, &whose);
    let goal = typed(&app, &form);
    let done = async {
        let (group, about) = both(&slug, &whose)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<WritePart>(On::ByMe(&about, &group)).await?;
        let Ok(goal) = &goal else { return Ok(Vec::new()) };
        let marks = added(records::add_goal(&mut permit, goal, looked(&form)).await)?;
        if marks.is_empty() {
            writing.commit().await?;
        }
        Ok::<_, StoreError>(marks)
    };
    let done = done.await;
    match answered(&app, form, done, goal) {
        Ok(None) => Redirect::to(&here).into_response(),
        Ok(Some((form, wrong))) => {
            let (at, status) = ((slug.as_str(), whose.as_str()), StatusCode::UNPROCESSABLE_ENTITY);
            draw(&app, &person, at, status, &form, Some(wrong)).await
        }
        Err(why) => look::refused(&app, &why, &Wanted::parse(&here)),
    }
}

/// Whether who writes the goal looked at what was marked in it.
fn looked(form: &Form) -> Looked {
    match form.get(TELLS_NOBODY) {
        "yes" => Looked::TellsNobody,
        _ => Looked::NotYet,
    }
}

/// What is marked in a goal that is not added because of it; none: it is added.
fn added(done: Result<Slug, records::GoalError>) -> Result<Vec<Marked>, StoreError> {
    match done {
        Err(records::GoalError::Marked(marks)) => Ok(marks),
        done => stored(done.map(|_| ())).map(|()| Vec::new()),
    }
}

/// The form as it is shown again, and what is wrong in it; none: the goal is added.
fn answered(
    app: &App,
    mut form: Form,
    done: Result<Vec<Marked>, StoreError>,
    goal: Result<Goal, String>,
) -> Result<Option<(Form, String)>, StoreError> {
    let marks = done?;
    if let Err(wrong) = goal {
        return Ok(Some((form, wrong)));
    }
    if marks.is_empty() {
        return Ok(None);
    }
    let marked: Vec<String> = marks.iter().map(|mark| format!("“{}”", mark.words)).collect();
    let wrong = app
        .words()
        .with("goal-marked", &[("words", marked.join(", ").into())]);
    form.replace(TELLS_NOBODY, std::iter::once("no"));
    Ok(Some((form, wrong)))
}

/// The goal that was typed, or what is wrong with it.
fn typed(app: &App, form: &Form) -> Result<Goal, String> {
    let words = app.words();
    let text = Line::parse(form.get("goal")).map_err(|_| words.say("goal-missing"))?;
    let mut levels = Vec::with_capacity(LEVELS.len());
    for name in LEVELS {
        levels.push(Line::parse(form.get(name)).map_err(|_| words.say("goal-level-missing"))?);
    }
    let levels: [Line; 5] = levels.try_into().map_err(|_| words.say("goal-level-missing"))?;
    let weight = |name: &str| form.get(name).parse::<u8>().unwrap_or(1);
    Goal::new(text, levels, weight("importance"), weight("difficulty")).map_err(|why| match why {
        GoalError::SameLevels => words.say("goal-same-levels"),
        _ => words.say("goal-weight"),
    })
}

pub(crate) async fn end(
    State(app): State<App>,
    person: Person,
    Path((slug, whose, goal)): Path<(String, String, String)>,
) -> Response {
    let here = chart_address(&slug, &whose);
    let done = async {
        let (group, about) = both(&slug, &whose)?;
        let goal = Slug::parse(&goal).map_err(|_| domain::access::Denied::NoRight)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<WritePart>(On::ByMe(&about, &group)).await?;
        stored(records::end_goal(&mut permit, &goal).await)?;
        writing.commit().await
    };
    let done: Result<(), StoreError> = done.await;
    match done {
        Ok(()) => Redirect::to(&here).into_response(),
        Err(why) => look::refused(&app, &why, &Wanted::parse(&here)),
    }
}

/// `/staff/groups/{slug}/goals`: what the group as a whole works towards.
pub(crate) async fn of_group(State(app): State<App>, person: Person, Path(slug): Path<String>) -> Response {
    draw_group(&app, &person, &slug, StatusCode::OK, &Form::default(), None).await
}

pub(crate) async fn create_of_group(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let here = group_address(&slug);
    let goal = typed(&app, &form);
    let done = async {
        let group = parse(&slug)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<WriteRecord>(On::Group(&group)).await?;
        let Ok(goal) = &goal else { return Ok(Vec::new()) };
        let marks = added(records::add_group_goal(&mut permit, goal, looked(&form)).await)?;
        if marks.is_empty() {
            writing.commit().await?;
        }
        Ok::<_, StoreError>(marks)
    };
    let done = done.await;
    match answered(&app, form, done, goal) {
        Ok(None) => Redirect::to(&here).into_response(),
        Ok(Some((form, wrong))) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            draw_group(&app, &person, &slug, status, &form, Some(wrong)).await
        }
        Err(why) => look::refused(&app, &why, &Wanted::parse(&here)),
    }
}

pub(crate) async fn end_of_group(
    State(app): State<App>,
    person: Person,
    Path((slug, goal)): Path<(String, String)>,
) -> Response {
    let here = group_address(&slug);
    let done = async {
        let (group, goal) = both(&slug, &goal)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<WriteRecord>(On::Group(&group)).await?;
        stored(records::end_group_goal(&mut permit, &goal).await)?;
        writing.commit().await
    };
    match done.await {
        Ok(()) => Redirect::to(&here).into_response(),
        Err(why) => look::refused(&app, &why, &Wanted::parse(&here)),
    }
}

fn group_address(slug: &str) -> String {
    format!("/staff/groups/{slug}/goals")
}

/// What the store could not do. A goal that is ended already stays so.
fn stored(done: Result<(), records::GoalError>) -> Result<(), StoreError> {
    match done {
        Err(records::GoalError::Store(why)) => Err(why),
        Ok(()) | Err(_) => Ok(()),
    }
}

async fn draw_group(
    app: &App,
    person: &Person,
    slug: &str,
    status: StatusCode,
    form: &Form,
    wrong: Option<String>,
) -> Response {
    let here = group_address(slug);
    let found = async {
        let group = parse(slug)?;
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<SeeRecord>(On::Group(&group)).await?;
        let kept = records::group_goals(&mut permit).await?;
        let mut permit = writing.permit::<SeePlans>(On::Group(&group)).await?;
        let title = records::title(&mut permit).await?;
        let may_write = store::may(&mut writing, Action::WriteRecord, On::Group(&group)).await?;
        writing.commit().await?;
        Ok::<_, StoreError>((kept, title, may_write))
    };
    let words = app.words();
    match found.await {
        Ok((kept, title, may_write)) => {
            let up = Some((
                format!("/staff/groups/{slug}/records"),
                words.say("records-title"),
            ));
            let body = html! {
                h1 { (words.say("group-goals-title")) }
                p.lead { (title) }
                p { (words.say("group-goals-lead")) }
                @if let Some(wrong) = wrong { (parts::mistakes(Tone::Ochre, &wrong, "", &[])) }
                (drawn(app, &here, &kept, may_write, form))
            };
            page_with(app, status, person, Place::Groups, up, body)
        }
        Err(why) => look::refused(app, &why, &Wanted::parse(&here)),
    }
}

/// All goals, with a form for one more where one may write it.
pub(super) fn drawn(app: &App, base: &str, kept: &[KeptGoal], may_write: bool, form: &Form) -> Markup {
    html! {
        (t_score(app, kept))
        @if kept.is_empty() { p { (app.words().say("chart-no-goals")) } }
        @for goal in kept { (goal_of(app, base, goal, may_write)) }
        @if may_write { (new_goal(app, base, form)) }
    }
}

/// Which goals were seen where, as a form says.
pub(super) fn seen(form: &Form) -> Vec<(Slug, Level)> {
    form.fields()
        .filter_map(|(name, value)| {
            let goal = Slug::parse(name.strip_prefix("goal-")?).ok()?;
            Some((goal, Level::new(value.parse().ok()?).ok()?))
        })
        .collect()
}

/// One number for all goals that have a level, with where it comes from.
fn t_score(app: &App, kept: &[KeptGoal]) -> Markup {
    let open = kept.iter().filter(|goal| goal.ended_at.is_none());
    let attained: Vec<attainment::Goal> = open
        .filter_map(|goal| {
            let level = goal.goal.progress().last()?.level;
            let (importance, difficulty) = goal.goal.weight();
            attainment::Goal::weighed(importance, difficulty, f64::from(level.get())).ok()
        })
        .collect();
    match attainment::attainment(&attained, attainment::RHO) {
        Ok(reached) => html! {
            p { (app.words().with("chart-t", &[("t", format!("{:.1}", reached.t).into())])) " " (reached.plain()) }
            p.meta { (app.words().say("chart-t-source")) }
        },
        Err(_) => html! {},
    }
}

pub(super) fn goal_of(app: &App, base: &str, kept: &KeptGoal, may_write: bool) -> Markup {
    let words = app.words();
    let goal = &kept.goal;
    html! {
        div.goal {
            h3 { (goal.text()) @if kept.ended_at.is_some() { " " span.meta { (words.say("chart-goal-ended")) } } }
            (line_of(app, goal))
            details.adding {
                summary { (words.say("chart-levels")) }
                ul { @for level in Level::ALL.iter().rev() { li { b { (signed_number(level.get())) } " " (goal.level(*level)) } } }
                @if may_write && kept.ended_at.is_none() {
                    form method="post" action=(format!("{base}/{}/end", kept.slug)) {
                        (once::field())
                        button.button.plain.small type="submit" { (words.say("chart-goal-end")) }
                    }
                }
            }
        }
    }
}

/// The levels over time: as a line for eyes, as a list for ears.
fn line_of(app: &App, goal: &Goal) -> Markup {
    let words = app.words();
    let progress = goal.progress();
    if progress.is_empty() {
        return html! { p.meta { (words.say("chart-no-progress")) } };
    }
    let step = 24;
    let point = |nth: usize, level: Level| (12 + nth * step, 12 * (2 - i64::from(level.get())) + 8);
    let points: Vec<(usize, i64)> = progress
        .iter()
        .enumerate()
        .map(|(nth, one)| point(nth, one.level))
        .collect();
    let width = 24 + points.len().saturating_sub(1) * step;
    let path = points
        .iter()
        .map(|(x, y)| format!("{x},{y}"))
        .collect::<Vec<_>>()
        .join(" ");
    html! {
        svg.levels-line viewBox=(format!("0 0 {width} 64")) width=(width) height="64" aria-hidden="true" {
            @for level in Level::ALL { @let (_, y) = point(0, level); line x1="0" x2=(width) y1=(y) y2=(y) class=(if level.get() == 0 { "hoped" } else { "rule" }); }
            polyline points=(path);
            @for (x, y) in &points { circle cx=(x) cy=(y) r="4"; }
        }
        ol.levels-list {
            @for one in progress {
                li { (saying::date_short(words, one.on)) ": " b { (signed_number(one.level.get())) } " " (goal.level(one.level)) }
            }
        }
    }
}

fn new_goal(app: &App, base: &str, form: &Form) -> Markup {
    let words = app.words();
    let weight = |name: &'static str, label: &str| {
        let value = form.get(name);
        let chosen = if value.is_empty() { "1" } else { value };
        parts::select(
            name,
            &words.say(label),
            &[1, 2, 3].map(|number: u8| {
                (
                    number.to_string(),
                    number.to_string(),
                    number.to_string() == chosen,
                )
            }),
        )
    };
    html! {
        details.adding open[form.names().next().is_some()] {
            summary { (words.say("chart-goal-add")) }
            p.hint { (words.say("chart-goal-hint")) }
            form.stack method="post" action=(base) data-unsent {
                (once::field())
                (Field { name: "goal", label: words.say("chart-goal"), value: form.get("goal"), ..Field::default() }.draw())
                @for (name, label) in [("level-2", "chart-level-2"), ("level-1", "chart-level-1"), ("level0", "chart-level0"), ("level1", "chart-level1"), ("level2", "chart-level2")] {
                    (Field { name, label: words.say(label), value: form.get(name), ..Field::default() }.draw())
                }
                (weight("importance", "chart-importance"))
                (weight("difficulty", "chart-difficulty"))
                @if !form.get(TELLS_NOBODY).is_empty() {
                    label.option { input type="checkbox" name=(TELLS_NOBODY) value="yes" checked[form.get(TELLS_NOBODY) == "yes"]; span { (words.say("goal-tells-nobody")) } }
                }
                div.acts { button.button.plain type="submit" { (words.say("chart-goal-act")) } }
            }
        }
    }
}

/// How far each goal was reached: the level as it was written together.
pub(super) fn levels(app: &App, date: NaiveDate, kept: &[KeptGoal]) -> Markup {
    let words = app.words();
    html! {
        @for goal in kept.iter().filter(|goal| goal.ended_at.is_none()) {
            @let today = goal.goal.progress().iter().find(|progress| progress.on == date);
            fieldset.levels {
                legend { (words.with("part-level", &[("goal", goal.goal.text().to_string().into())])) }
                div.chips {
                    @for level in Level::ALL {
                        label.chip title=(goal.goal.level(level)) {
                            input type="radio" name=(format!("goal-{}", goal.slug)) value=(level.get()) checked[today.is_some_and(|today| today.level == level)];
                            span { b { (signed_number(level.get())) } " " (goal.goal.level(level)) }
                        }
                    }
                }
            }
        }
    }
}

fn signed_number(number: i8) -> String {
    match number {
        1.. => format!("+{number}"),
        0 => "0".to_owned(),
        _ => format!("−{}", number.unsigned_abs()),
    }
}
