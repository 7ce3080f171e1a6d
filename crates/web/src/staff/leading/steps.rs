//! The agenda of a session, with how far it is. A script counts the minutes on; the page is right without it, as of when it was made.

use domain::sessions::{Plan, Running, Step};
use domain::techniques::Technique;
use maud::{Markup, html};
use store::leading::Sitting;

use crate::look::icons::Icon;
use crate::state::App;
use crate::words::FluentValue;

/// Stands for the number that a script puts in.
const NUMBER: &str = "#";

/// What is planned, and where it stands. `change` leads to where it is changed.
pub(super) fn agenda(app: &App, plan: &Plan, sitting: &Sitting, change: Option<&str>) -> Markup {
    let words = app.words();
    let elapsed = sitting.elapsed(app.now());
    let length = sitting.length.get();
    let running = elapsed.map(|elapsed| plan.running(elapsed, sitting.length));
    let said = |elapsed: FluentValue<'static>| {
        words.with(
            "agenda-elapsed",
            &[("elapsed", elapsed), ("length", length.into())],
        )
    };
    let is_on = elapsed.filter(|elapsed| *elapsed < u32::from(length));
    html! {
        section.card.agenda aria-labelledby="agenda" data-elapsed=[is_on] data-length=(length) {
            div.agenda-top {
                h2 #agenda { (words.say("agenda")) }
                @if let Some(elapsed) = elapsed {
                    @if is_on.is_some() { p.meta data-clock=(said(NUMBER.into())) { (said(elapsed.into())) } }
                    @else { p.meta { (words.say("agenda-over")) } }
                }
            }
            @if plan.agenda.is_empty() { p { (words.say("agenda-none")) } }
            ol.agenda-steps {
                @let begins = begins(plan);
                @for (nth, step) in plan.agenda.iter().enumerate() {
                    (one(app, step, begins[nth], (elapsed, is_current(running, nth))))
                }
            }
            @if !plan.materials.is_empty() {
                h3 { (words.say("agenda-materials")) }
                ul { @for one in &plan.materials { li { (one) } } }
            }
            @if let Some(change) = change { p { a href=(change) { (words.say("agenda-change")) } } }
        }
    }
}

fn is_current(running: Option<Running<'_>>, nth: usize) -> bool {
    matches!(running, Some(Running::Step { nth: at, .. }) if at == nth)
}

/// After how many minutes each step begins.
fn begins(plan: &Plan) -> Vec<u32> {
    let mut at = 0;
    let each = plan.agenda.iter().map(|step| {
        let begins = at;
        at += u32::from(step.minutes);
        begins
    });
    each.collect()
}

fn one(app: &App, step: &Step, begins: u32, (elapsed, is_current): (Option<u32>, bool)) -> Markup {
    let words = app.words();
    let into = elapsed.map_or(0, |elapsed| elapsed.saturating_sub(begins));
    let is_done = elapsed.is_some_and(|elapsed| begins + u32::from(step.minutes) <= elapsed);
    let said = |into: FluentValue<'static>| {
        words.with("agenda-into", &[("into", into), ("minutes", step.minutes.into())])
    };
    let class = if is_done {
        "done"
    } else if is_current {
        "now"
    } else {
        "later"
    };
    html! {
        li class=(class) data-begins=(begins) data-minutes=(step.minutes) aria-current=[is_current.then_some("step")] {
            span.tick { (Icon::Check.draw()) }
            div {
                p { (step.what) }
                div.into hidden[!is_current] {
                    progress max=(step.minutes) value=(into.min(step.minutes.into())) aria-label=(step.what) {}
                    p.meta data-into=(said(NUMBER.into())) { (said(into.min(step.minutes.into()).into())) }
                }
                @if let Some(technique) = technique(app, step) { (how(app, technique)) }
            }
            span.minutes { (words.with("agenda-minutes", &[("minutes", step.minutes.into())])) }
        }
    }
}

/// What is done, and what to look out for.
fn how(app: &App, technique: &Technique) -> Markup {
    let words = app.words();
    html! {
        details {
            summary { (technique.name) }
            p { (technique.plain) }
            @if !technique.materials.is_empty() {
                p.meta { (words.say("agenda-materials")) ": " (technique.materials.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")) }
            }
            @if let Some(care) = &technique.care { p { (Icon::Warning.draw()) " " (care) } }
        }
    }
}

/// The technique of the catalogue that a step names.
fn technique<'a>(app: &'a App, step: &Step) -> Option<&'a Technique> {
    let name = step.technique.as_ref()?;
    app.content()
        .techniques
        .iter()
        .find(|technique| technique.id == *name)
}
