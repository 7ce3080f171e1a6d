//! `/staff/groups/{slug}/curricula/copies`: a curriculum of another group is taken for this one. What is planned and what to bring comes
//! along; nothing about people does.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::access::Action;
use domain::groups::Slug;
use maud::{Markup, html};
use store::On;
use store::acts::{ChangePlans, SeePlans};
use store::leading::{self, CourseId, Elsewhere, LeadingError};

use super::curricula::{answer, here};
use super::parse;
use crate::form::Form;
use crate::look::parts;
use crate::once;
use crate::signing::Person;
use crate::state::App;
use crate::words::Words;

/// Nothing where no other group has one that they may see.
pub(super) fn form(words: &Words, slug: &str, elsewhere: &[Elsewhere], typed: &Form) -> Markup {
    if elsewhere.is_empty() {
        return html! {};
    }
    let option = |one: &Elsewhere| {
        let value = format!("{}/{}", one.group, one.course.id);
        let said = words.with(
            "curriculum-copy-one",
            &[
                ("group", one.title.clone().into()),
                ("name", one.course.curriculum.name.to_string().into()),
                ("many", one.course.curriculum.plans.len().into()),
            ],
        );
        let chosen = typed.get("which") == value;
        (value, said, chosen)
    };
    let options: Vec<_> = elsewhere.iter().map(option).collect();
    html! {
        details.adding open[!typed.get("which").is_empty()] {
            summary { (words.say("curriculum-copy")) }
            p { (words.say("curriculum-copy-more")) }
            form.stack method="post" action=(format!("{}/copies", here(slug))) {
                (once::field())
                (parts::select("which", &words.say("curriculum-copy-which"), &options))
                div.acts { button.button type="submit" { (words.say("curriculum-copy-act")) } }
            }
        }
    }
}

pub(crate) async fn create(
    State(app): State<App>,
    person: Person,
    Path(slug): Path<String>,
    form: Form,
) -> Response {
    let done = copied(&app, &person, &slug, &form).await;
    answer(&app, &person, &slug, &form, done).await
}

/// What is wrong with what was chosen, if anything is.
async fn copied(app: &App, person: &Person, slug: &str, form: &Form) -> Result<Option<String>, LeadingError> {
    let here = parse(slug)?;
    let mut writing = app.store().write(person.who()).await?;
    store::check(&mut writing, Action::ChangePlans, On::Group(&here)).await?;
    let Some((other, which)) = chosen(form) else {
        return Ok(Some(app.words().say("curriculum-copy-missing")));
    };
    let mut permit = writing.permit::<SeePlans>(On::Group(&other)).await?;
    let made = leading::course_for_another(&mut permit, which).await?;
    let mut permit = writing.permit::<ChangePlans>(On::Group(&here)).await?;
    match leading::create_course(&mut permit, &made).await {
        // Its agendas do not fit the sessions here.
        Err(LeadingError::Curriculum(why)) => return Ok(Some(why.to_string())),
        done => done?,
    };
    writing.commit().await?;
    Ok(None)
}

fn chosen(form: &Form) -> Option<(Slug, CourseId)> {
    let (other, which) = form.get("which").split_once('/')?;
    Some((Slug::parse(other).ok()?, CourseId::parse(which)?))
}
