//! `/staff/groups/{slug}/curricula/{curriculum}`: a curriculum that is written anew: its name, what its sessions are about, their
//! order, some left out, more at the end. Agendas stay with their sessions.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Denied;
use domain::sessions::{Curriculum, Retold};
use domain::text::Line;
use maud::{Markup, html};
use store::acts::ChangePlans;
use store::leading::{self, Course, CourseId, LeadingError};
use store::{On, StoreError};

use super::curricula::{changed, here};
use super::{page, parse, refused};
use crate::form::{Form, SEEN};
use crate::look;
use crate::look::parts::{self, Field, Mistake, Tone};
use crate::once;
use crate::signing::{Person, Wanted};
use crate::state::App;

/// What was typed: the name, and the sessions in their new order.
type Written = (Line, Vec<Retold>);

pub(crate) async fn edit(
    State(app): State<App>,
    person: Person,
    Path((slug, which)): Path<(String, String)>,
) -> Response {
    match read(&app, &person, &slug, &which).await {
        Ok(course) => {
            let body = body(&app, &slug, &course, &written(&course.curriculum), &html! {});
            drawn(&app, &person, &slug, StatusCode::OK, body)
        }
        Err(why) => look::refused(&app, &why, &Wanted::parse(&here(&slug))),
    }
}

pub(crate) async fn update(
    State(app): State<App>,
    person: Person,
    Path((slug, which)): Path<(String, String)>,
    form: Form,
) -> Response {
    let course = match read(&app, &person, &slug, &which).await {
        Ok(found) => found,
        Err(why) => return look::refused(&app, &why, &Wanted::parse(&here(&slug))),
    };
    let again = |status, typed: &Form, above: &Markup| {
        let body = body(&app, &slug, &course, typed, above);
        drawn(&app, &person, &slug, status, body)
    };
    let wrong = |said: &str, of: &[Mistake]| {
        let above = parts::mistakes(Tone::Clay, said, "", of);
        again(StatusCode::UNPROCESSABLE_ENTITY, &form, &above)
    };
    let (name, sessions) = match typed(&app, &form) {
        Ok(written) => written,
        Err(mistakes) => return wrong(&app.words().say("plan-wrong"), &mistakes),
    };
    let is_as_seen = |now: &Curriculum| written(now).was_shown_to(&form);
    let saved = changed(&app, &person, &slug, async |permit| {
        leading::change_course(permit, course.id, is_as_seen, name, sessions).await
    });
    match saved.await {
        Ok(()) => Redirect::to(&here(&slug)).into_response(),
        Err(LeadingError::Curriculum(why)) => wrong(&why.to_string(), &[]),
        Err(LeadingError::Meanwhile) => again(
            StatusCode::CONFLICT,
            &written(&course.curriculum),
            &meanwhile(&app, &form),
        ),
        Err(why) => refused(&app, &person, &here(&slug), why),
    }
}

async fn read(app: &App, person: &Person, slug: &str, which: &str) -> Result<Course, StoreError> {
    let (slug, which) = (parse(slug)?, CourseId::parse(which).ok_or(Denied::NoRight)?);
    let mut reading = app.store().read(person.who()).await?;
    let mut permit = reading.permit::<ChangePlans>(On::Group(&slug)).await?;
    leading::course(&mut permit, which).await
}

/// A curriculum as the form has it, which says what it showed.
fn written(curriculum: &Curriculum) -> Form {
    let mut form = Form::default();
    form.put("name", curriculum.name.as_str());
    form.put("rows", &curriculum.plans.len().to_string());
    for (nth, plan) in curriculum.plans.iter().enumerate() {
        form.put(&format!("place-{nth}"), &(nth + 1).to_string());
        form.put(
            &format!("topic-{nth}"),
            plan.topic.as_ref().map_or("", Line::as_str),
        );
    }
    form.telling()
}

fn rows(form: &Form) -> usize {
    form.get("rows").parse().unwrap_or(0).min(Curriculum::MOST)
}

fn typed(app: &App, form: &Form) -> Result<Written, Vec<Mistake>> {
    let words = app.words();
    let mut wrong = Vec::new();
    let mut mistake = |field: &str, label, said| wrong.push(Mistake::at(field, label, said));
    let name = Line::parse(form.get("name"));
    if let Err(why) = &name {
        mistake("name", words.say("curriculum-name"), why.to_string());
    }
    let mut kept = Vec::new();
    for nth in (0..rows(form)).filter(|nth| form.get(&format!("out-{nth}")) != "yes") {
        let of = |id: &str| words.with(id, &[("nth", (nth + 1).into())]);
        let (topic, place) = (format!("topic-{nth}"), format!("place-{nth}"));
        let topic = match form.get(&topic) {
            "" => None,
            text => match Line::parse(text) {
                Ok(line) => Some(line),
                Err(why) => {
                    mistake(&topic, of("curriculum-topic-nth"), why.to_string());
                    continue;
                }
            },
        };
        match form.get(&place).parse::<usize>() {
            Ok(place) => kept.push((
                place,
                Retold {
                    was: Some(nth),
                    topic,
                },
            )),
            Err(_) => mistake(
                &place,
                of("curriculum-place-nth"),
                words.say("curriculum-place-wrong"),
            ),
        }
    }
    // Of two at one place, the one that was before comes before.
    kept.sort_by_key(|(place, _)| *place);
    let more = form
        .get("topics")
        .lines()
        .filter_map(|line| Line::parse(line).ok());
    let more = more.map(|topic| Retold {
        was: None,
        topic: Some(topic),
    });
    let sessions = kept.into_iter().map(|(_, session)| session).chain(more).collect();
    match name {
        Ok(name) if wrong.is_empty() => Ok((name, sessions)),
        _ => Err(wrong),
    }
}

/// That someone else was quicker, and what was typed, which is not lost.
fn meanwhile(app: &App, form: &Form) -> Markup {
    let words = app.words();
    let rows = (0..rows(form)).map(|nth| form.get(&format!("topic-{nth}")));
    let all = std::iter::once(form.get("name"))
        .chain(rows)
        .chain(form.get("topics").lines());
    let mine = html! {
        p { (words.say("curriculum-meanwhile-yours")) }
        ul { @for text in all.filter(|text| !text.is_empty()) { li { (text) } } }
    };
    parts::notice(Tone::Ochre, &words.say("meanwhile"), mine)
}

fn drawn(app: &App, person: &Person, slug: &str, status: StatusCode, body: Markup) -> Response {
    let up = (here(slug), app.words().say("curricula"));
    page(app, status, person, up, body)
}

fn body(app: &App, slug: &str, course: &Course, typed: &Form, above: &Markup) -> Markup {
    let words = app.words();
    let field = |name: &'static str, label: &str| Field {
        name,
        label: words.say(label),
        value: typed.get(name),
        ..Field::default()
    };
    html! {
        h1 { (course.curriculum.name) }
        p.lead { (words.say("curriculum-edit-lead")) }
        (above)
        form.plan method="post" action=(format!("{}/{}", here(slug), course.id)) data-unsent {
            (once::field())
            input type="hidden" name=(SEEN) value=(typed.get(SEEN));
            input type="hidden" name="rows" value=(rows(typed));
            (field("name", "curriculum-name").draw())
            fieldset.plain {
                legend { (words.say("curriculum-sessions")) }
                @for nth in 0..rows(typed) { (row(app, typed, nth)) }
            }
            (Field { hint: Some(words.say("curriculum-topics-hint")), ..field("topics", "curriculum-more") }.draw_area())
            div.acts { button.button type="submit" { (words.say("curriculum-save")) } }
        }
    }
}

fn row(app: &App, typed: &Form, nth: usize) -> Markup {
    let words = app.words();
    let [topic, place, out] = ["topic", "place", "out"].map(|of| format!("{of}-{nth}"));
    let label = |id: &str| words.with(id, &[("nth", (nth + 1).into())]);
    html! {
        div.step-row role="group" aria-label=(label("curriculum-session-nth")) {
            div.field { label for=(format!("field-{topic}")) { (words.say("curriculum-topic")) }
                input id=(format!("field-{topic}")) type="text" name=(topic) value=(typed.get(&topic)) maxlength="300" autocomplete="off" aria-label=(label("curriculum-topic-nth")); }
            div.field { label for=(format!("field-{place}")) { (words.say("curriculum-place")) }
                input id=(format!("field-{place}")) type="text" name=(place) value=(typed.get(&place)) inputmode="numeric" autocomplete="off" aria-label=(label("curriculum-place-nth")); }
            label.option { input type="checkbox" name=(out) value="yes" checked[typed.get(&out) == "yes"] aria-label=(label("curriculum-out-nth")); span { (words.say("curriculum-out")) } }
        }
    }
}
