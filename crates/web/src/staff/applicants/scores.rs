//! What the forms that an applicant answered come to, for who may read answers: what tells of danger, what was left out about it, and each
//! score with its band. Answers that fit their form no longer are shown as they are, and that there is no score is said.

use chrono::{DateTime, Utc};
use maud::{Markup, html};
use measures::native::{Outcome, Score};
use measures::response::Entry;
use measures::risk::{Risk, RiskItem};
use measures::{Form, Mistake, Response, Sheet};
use store::joining::Measured;

use crate::look::parts::{self, Tone};
use crate::measuring::{Forms, Ready, chart, fields};
use crate::state::App;
use crate::words::Words;

/// A form as it was answered.
pub(super) struct Answered<'a> {
    /// What it is called, or its name where the form is no more.
    title: String,
    at: DateTime<Utc>,
    ready: Option<&'a Ready>,
    /// What was answered, or its text where that cannot be read.
    said: Result<Response, String>,
}

/// What answers come to that fit their form.
struct Opened<'a> {
    sheet: Sheet<'a>,
    lines: Vec<Line>,
    /// Questions about danger that were left out.
    left_out: Vec<&'a RiskItem>,
}

struct Line {
    said: String,
    band: Option<String>,
    /// How many answers an estimate lacks.
    lacks: Option<usize>,
}

/// All that were answered, whatever became of their forms since.
pub(super) fn read<'a>(app: &'a App, all: &[Measured]) -> Vec<Answered<'a>> {
    all.iter().map(|one| of(&app.settings().forms, one)).collect()
}

fn of<'a>(forms: &'a Forms, one: &Measured) -> Answered<'a> {
    let ready = forms.get(one.measure.as_str());
    Answered {
        title: ready.map_or_else(
            || one.measure.as_str().to_owned(),
            |ready| ready.measure.title.clone(),
        ),
        at: one.at,
        ready,
        said: Response::read(one.response.as_bytes()).map_err(|_| one.response.clone()),
    }
}

/// The questions whose answers tell of danger, with the answers: for the top of the page.
pub(super) fn danger(app: &App, all: &[Answered<'_>]) -> Markup {
    dangers(app.words(), all)
}

fn dangers(words: &Words, all: &[Answered<'_>]) -> Markup {
    html! {
        @for one in all {
            @if let Some((sheet, risk)) = one.risk() {
                p { b { (one.title) } }
                (signs(words, &sheet, &risk))
            }
            @if one.opened().is_none() { p { b { (one.title) } } p { (words.say("applicant-measure-unscored")) } }
        }
    }
}

/// What was left out about danger; then each form: its scores with their bands, and the answers.
pub(super) fn section(app: &App, all: &[Answered<'_>]) -> Markup {
    let words = app.words();
    html! {
        @for one in all { (left_out(words, one)) }
        @for one in all {
            section {
                h2 { (one.title) }
                p.meta { (words.with("applicant-words-when", &[("when", app.moment(one.at).into())])) }
                (scored(words, one))
            }
        }
    }
}

fn left_out(words: &Words, one: &Answered<'_>) -> Markup {
    let items = one.opened().map(|opened| opened.left_out).unwrap_or_default();
    let said =
        |item: &RiskItem| words.with("applicant-measure-left-out", &[("kind", item.kind.name().into())]);
    html! { @for item in items { (parts::notice(Tone::Ochre, &said(item), html! { (one.title) })) } }
}

fn scored(words: &Words, one: &Answered<'_>) -> Markup {
    let opened = one.opened();
    let answers = match &opened {
        Some(opened) => fields::answered(words, &opened.sheet),
        None => one.as_they_are(),
    };
    html! {
        @match &opened {
            Some(opened) => { @for line in &opened.lines { (line.draw(words)) } },
            None => { p { b { (words.say("applicant-measure-unscored")) } } },
        }
        details.adding { summary { (words.say("applicant-measure-answers")) } (answers) }
    }
}

fn signs(words: &Words, sheet: &Sheet, risk: &Risk) -> Markup {
    let told = risk.signs().iter().filter_map(|sign| {
        let row = sheet
            .rows
            .iter()
            .find(|row| sheet.item(row).link_id == sign.item.link_id)?;
        Some(fields::one_answered(words, sheet, row))
    });
    html! { dl.facts { @for one in told { (one) } } }
}

impl<'a> Answered<'a> {
    fn sheet(&self) -> Option<Sheet<'a>> {
        let (ready, said) = (self.ready?, self.said.as_ref().ok()?);
        Sheet::new(&ready.form, said).ok()
    }

    /// Signs of danger, also where other answers fit no longer.
    fn risk(&self) -> Option<(Sheet<'a>, Risk)> {
        let sheet = self.sheet()?;
        let risk = self.ready?.measure.risk_on(&sheet)?;
        Some((sheet, risk))
    }

    /// Nothing where an answer does not fit: a score without it would look like any other.
    fn opened(&self) -> Option<Opened<'a>> {
        let measure = &self.ready?.measure;
        let sheet = self.sheet()?;
        if sheet.mistakes.iter().any(Mistake::spoils_scores) {
            return None;
        }
        let mut lines = Vec::new();
        if let Some(scoring) = &measure.scoring {
            let answers = scoring.answers_on(&sheet).ok()?;
            // Whatever is a risk is told by `risk`, for forms without scoring, too.
            let (scores, _) = scoring.score(&answers).open(drop);
            lines.extend(scores.scores.iter().map(Line::of));
        }
        Some(Opened {
            lines,
            left_out: measure.unanswered_risks_on(&sheet),
            sheet,
        })
    }

    /// Every answer that was kept, in the words that are left for its question.
    fn as_they_are(&self) -> Markup {
        let form = self.sheet().map(|sheet| sheet.form);
        match &self.said {
            Ok(said) => html! { dl.facts { (listed(form, &said.entries)) } },
            Err(text) => html! { pre tabindex="0" { (text) } },
        }
    }
}

fn listed(form: Option<&Form>, entries: &[Entry]) -> Markup {
    html! {
        @for entry in entries {
            @if !entry.answers.is_empty() {
                div {
                    dt { (question(form, &entry.link_id)) }
                    dd { @for (place, given) in entry.answers.iter().enumerate() { @if place > 0 { "; " } (given.answer.to_string()) } }
                }
            }
            @for given in &entry.answers { (listed(form, &given.entries)) }
            (listed(form, &entry.entries))
        }
    }
}

fn question(form: Option<&Form>, link_id: &str) -> String {
    let text = form.and_then(|form| form.at(form.find(link_id)?).text.clone());
    text.unwrap_or_else(|| link_id.to_owned())
}

impl Line {
    fn of(score: &Score<'_>) -> Self {
        let name = &score.scale.name;
        Self {
            said: match score.value() {
                Some(value) => format!(
                    "{name}: {} / {}",
                    chart::number(value),
                    chart::number(score.scale.range.1)
                ),
                None => format!("{name}: –"),
            },
            band: score.band().map(|band| band.name.clone()),
            lacks: match score.outcome {
                Outcome::Prorated { missing, .. } => Some(missing),
                _ => None,
            },
        }
    }

    fn draw(&self, words: &Words) -> Markup {
        html! {
            p {
                b { (self.said) }
                @if let Some(band) = &self.band { " · " (band) }
                @if let Some(missing) = self.lacks { " · " (words.with("applicant-measure-estimated", &[("missing", missing.into())])) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::name::Name;

    use super::*;

    /// The PHQ-9 with every question answered by the option of this place.
    fn answers(option: usize) -> String {
        let forms = Forms::bundled().unwrap();
        let form = &forms.get("phq-9").unwrap().form;
        let pairs: Vec<(String, String)> = (1..=9)
            .map(|place| format!("q{place}"))
            .map(|name| {
                let item = form.at(form.find(&name).unwrap());
                (name, item.options[option].key.clone())
            })
            .collect();
        let pairs = pairs.iter().map(|(name, key)| (name.as_str(), key.as_str()));
        let sheet = Sheet::posted(form, measures::Status::InProgress, pairs).unwrap();
        sheet.to_json().to_string()
    }

    fn kept(measure: &str, response: &str) -> Measured {
        Measured {
            measure: Name::parse(measure).unwrap(),
            response: response.to_owned(),
            at: DateTime::UNIX_EPOCH,
        }
    }

    /// The three places where the leader looks: danger, what was left out of it, and the score with the answers.
    fn seen(measure: &str, response: &str) -> [String; 3] {
        let (forms, words) = (Forms::bundled().unwrap(), Words::english());
        let one = of(&forms, &kept(measure, response));
        let (left_out, scored) = (left_out(&words, &one), scored(&words, &one));
        let danger = dangers(&words, &[one]);
        [danger, left_out, scored].map(Markup::into_string)
    }

    #[test]
    fn answers_that_fit_have_a_score_and_those_about_danger_come_first() {
        let [danger, left_out, scored] = seen("phq-9", &answers(1));
        assert!(danger.contains("Several days"), "{danger}");
        assert_eq!(left_out, "");
        assert!(scored.contains("PHQ-9 total: 9 / 27"), "{scored}");
        assert!(!scored.contains("Could not be scored"), "{scored}");
        assert_eq!(seen("phq-9", &answers(0))[0], "");
    }

    #[test]
    fn answers_that_fit_the_form_no_longer_have_no_score_and_are_shown_as_they_are() {
        // An option of question 1 that is no more; question 9 still tells of danger.
        let other = answers(1).replacen("LA6569-3", "LA0-0", 1);
        let [danger, left_out, scored] = seen("phq-9", &other);
        assert!(danger.contains("Several days"), "{danger}");
        for said in [&danger, &scored] {
            assert!(
                said.contains("Could not be scored: look at the answers."),
                "{said}"
            );
        }
        assert_eq!(left_out, "");
        assert!(!scored.contains("/ 27"), "{scored}");
        assert!(
            scored.contains("Little interest or pleasure in doing things"),
            "{scored}"
        );
        assert!(scored.matches("Several days").count() >= 8, "{scored}");
    }

    #[test]
    fn a_form_or_a_text_that_is_no_more_hides_no_answer() {
        for (measure, response, shown) in [
            ("no-such-form", answers(3), "q9"),
            ("phq-9", answers(3).replace("\"status\"", "\"stat\""), "\"stat\""),
            ("phq-9", answers(3).replace("\"q1\"", "\"q0\""), "q0"),
            ("gad-7", answers(3), "q9"),
        ] {
            let [danger, _, scored] = seen(measure, &response);
            assert!(danger.contains("Could not be scored"), "{danger}");
            let shown = shown.replace('"', "&quot;");
            assert!(
                scored.contains("Could not be scored") && scored.contains(&shown),
                "{scored}"
            );
        }
    }
}
