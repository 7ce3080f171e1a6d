//! What the forms that an applicant answered come to, for who may read answers: what tells of danger, and each score with its band.

use chrono::{DateTime, Utc};
use maud::{Markup, html};
use measures::risk::Risk;
use measures::{Response, Sheet};
use store::joining::Measured;

use crate::measuring::{Ready, chart, fields};
use crate::state::App;

/// A form as it was answered.
pub(super) struct Answered<'a> {
    ready: &'a Ready,
    said: Response,
    at: DateTime<Utc>,
}

/// Those whose form is still there. One that is no more, or was changed since, cannot be scored.
pub(super) fn read<'a>(app: &'a App, all: &[Measured]) -> Vec<Answered<'a>> {
    let read = |one: &Measured| {
        Some(Answered {
            ready: app.settings().forms.get(one.measure.as_str())?,
            said: Response::read(one.response.as_bytes()).ok()?,
            at: one.at,
        })
    };
    all.iter().filter_map(read).collect()
}

/// The questions whose answers tell of danger, with the answers: for the top of the page.
pub(super) fn danger(app: &App, all: &[Answered<'_>]) -> Markup {
    html! {
        @for one in all {
            @if let Some(risk) = opened(one).1 {
                p { b { (one.ready.measure.title) } }
                (signs(app, one, &risk))
            }
        }
    }
}

/// Each form: its scores with their bands, and the answers.
pub(super) fn section(app: &App, all: &[Answered<'_>]) -> Markup {
    let words = app.words();
    html! {
        @for one in all {
            section {
                h2 { (one.ready.measure.title) }
                p.meta { (words.with("applicant-words-when", &[("when", app.moment(one.at).into())])) }
                @for line in &opened(one).0 { p { b { (line.said) } @if let Some(band) = &line.band { " · " (band) } } }
                @if let Ok(sheet) = Sheet::new(&one.ready.form, &one.said) {
                    details.adding { summary { (words.say("applicant-measure-answers")) } (fields::answered(words, &sheet)) }
                }
            }
        }
    }
}

struct Line {
    said: String,
    band: Option<String>,
}

fn opened(one: &Answered<'_>) -> (Vec<Line>, Option<Risk>) {
    let scored = one.ready.measure.scoring.as_ref().and_then(|scoring| {
        let sheet = Sheet::new(&one.ready.form, &one.said).ok()?;
        let answers = scoring.answers_on(&sheet).ok()?;
        let (scores, risk) = scoring.score(&answers).open(|risk| risk);
        let lines = scores.scores.iter().map(|score| Line {
            said: match score.value() {
                Some(value) => format!(
                    "{}: {} / {}",
                    score.scale.name,
                    chart::number(value),
                    chart::number(score.scale.range.1)
                ),
                None => format!("{}: –", score.scale.name),
            },
            band: score.band().map(|band| band.name.clone()),
        });
        Some((lines.collect(), risk))
    });
    scored.unwrap_or_default()
}

fn signs(app: &App, one: &Answered<'_>, risk: &Risk) -> Markup {
    let words = app.words();
    let Ok(sheet) = Sheet::new(&one.ready.form, &one.said) else {
        return html! {};
    };
    let told = risk.signs().iter().filter_map(|sign| {
        let row = sheet
            .rows
            .iter()
            .find(|row| sheet.item(row).link_id == sign.item.link_id)?;
        Some(fields::one_answered(words, &sheet, row))
    });
    html! { dl.facts { @for one in told { (one) } } }
}
