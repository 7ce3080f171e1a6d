//! The form of a plan: a plan as it is shown in it, and what was typed as a plan.

use domain::name::Name;
use domain::sessions::{Plan, Presentation, Step};
use domain::techniques::Technique;
use domain::text::Line;

use crate::form::Form;
use crate::look::parts::Mistake;
use crate::state::App;

/// Rows of the agenda that are open at first, and that one asks for more of.
const ROWS: usize = 6;
const MORE: usize = 4;

/// A plan as the form has it.
pub(super) fn written(plan: &Plan) -> Form {
    let mut form = Form::default();
    form.put("topic", plan.topic.as_ref().map_or("", Line::as_str));
    for (nth, step) in plan.agenda.iter().enumerate() {
        form.put(&format!("step-what-{nth}"), step.what.as_str());
        form.put(&format!("step-minutes-{nth}"), &step.minutes.to_string());
        form.put(
            &format!("step-technique-{nth}"),
            step.technique.as_ref().map_or("", Name::as_str),
        );
    }
    form.put("rows", &(plan.agenda.len() + 2).max(ROWS).to_string());
    let materials: Vec<&str> = plan.materials.iter().map(Line::as_str).collect();
    form.put("materials", &materials.join("\n"));
    if let Some(presented) = &plan.presentation {
        form.put("presentation-title", presented.title.as_str());
        form.put("presentation-speaker", presented.speaker.as_str());
    }
    form.telling()
}

/// How many rows the form has; one who asks for more has more.
pub(super) fn rows(form: &Form) -> usize {
    let rows = form.get("rows").parse().unwrap_or(ROWS);
    let more = if form.get("act") == "more" { MORE } else { 0 };
    (rows + more).min(Plan::MOST_STEPS)
}

/// What was typed, as far as it goes, and what is wrong with it.
pub(super) fn typed(app: &App, form: &Form) -> (Plan, Vec<Mistake>) {
    let words = app.words();
    let mut wrong = Vec::new();
    let mut line = |field: &str, label: &str| match form.get(field) {
        "" => None,
        typed => Line::parse(typed)
            .map_err(|why| wrong.push(Mistake::at(field, words.say(label), why.to_string())))
            .ok(),
    };
    let topic = line("topic", "plan-topic");
    let title = line("presentation-title", "plan-presentation-title");
    let speaker = line("presentation-speaker", "plan-presentation-speaker");
    let mut agenda = Vec::new();
    for nth in 0..rows(form) {
        let technique = technique(app, form.get(&format!("step-technique-{nth}")));
        let what = line(&format!("step-what-{nth}"), "plan-step");
        let minutes = form.get(&format!("step-minutes-{nth}"));
        // A technique says what is done and how long it takes, where nothing else was typed.
        let Some(what) = what.or_else(|| technique.map(|technique| technique.name.clone())) else {
            continue;
        };
        agenda.push((nth, what, minutes, technique));
    }
    let mut steps = Vec::new();
    for (nth, what, minutes, technique) in agenda {
        let minutes = match (minutes, technique) {
            ("", Some(technique)) => Some(technique.minutes.least()),
            (typed, _) => typed.parse().ok(),
        };
        match minutes {
            Some(minutes) => steps.push(Step {
                what,
                minutes,
                technique: technique.map(|technique| technique.id.clone()),
            }),
            None => wrong.push(Mistake::at(
                &format!("step-minutes-{nth}"),
                what.to_string(),
                words.say("plan-minutes-missing"),
            )),
        }
    }
    let materials = form
        .get("materials")
        .lines()
        .filter_map(|typed| Line::parse(typed).ok());
    let presentation = match (title, speaker) {
        (Some(title), Some(speaker)) => Some(Presentation { title, speaker }),
        (None, None) => None,
        _ => {
            let label = words.say("plan-presentation");
            wrong.push(Mistake::at(
                "presentation-title",
                label,
                words.say("plan-presentation-both"),
            ));
            None
        }
    };
    let plan = Plan {
        topic,
        agenda: steps,
        materials: materials.collect(),
        presentation,
        cover: None,
    };
    (plan, wrong)
}

fn technique<'a>(app: &'a App, name: &str) -> Option<&'a Technique> {
    app.content()
        .techniques
        .iter()
        .find(|technique| technique.id.as_str() == name)
}
