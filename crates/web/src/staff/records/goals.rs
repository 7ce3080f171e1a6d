//! Goals of a member: written together with their five levels, and ended.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::goals::{Goal, GoalError};
use domain::groups::Slug;
use domain::text::Line;
use store::acts::WritePart;
use store::records;
use store::{On, StoreError};

use super::chart::{both, draw};
use super::chart_address;
use crate::form::Form;
use crate::look;
use crate::signing::{Person, Wanted};
use crate::state::App;

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
        let Ok(goal) = &goal else { return Ok(()) };
        match records::add_goal(&mut permit, goal).await {
            Ok(_) | Err(records::GoalError::Goal(_) | records::GoalError::IsEnded) => {}
            Err(records::GoalError::Store(why)) => return Err(why),
        }
        writing.commit().await
    };
    match (done.await, goal) {
        (Ok(()), Ok(_)) => Redirect::to(&here).into_response(),
        (Ok(()), Err(wrong)) => {
            let at = (slug.as_str(), whose.as_str());
            draw(
                &app,
                &person,
                at,
                StatusCode::UNPROCESSABLE_ENTITY,
                &form,
                Some(wrong),
            )
            .await
        }
        (Err(why), _) => look::refused(&app, &why, &Wanted::parse(&here)),
    }
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
        match records::end_goal(&mut permit, &goal).await {
            Ok(()) | Err(records::GoalError::Goal(_) | records::GoalError::IsEnded) => {}
            Err(records::GoalError::Store(why)) => return Err(why),
        }
        writing.commit().await
    };
    let done: Result<(), StoreError> = done.await;
    match done {
        Ok(()) => Redirect::to(&here).into_response(),
        Err(why) => look::refused(&app, &why, &Wanted::parse(&here)),
    }
}
