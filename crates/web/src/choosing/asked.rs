//! The form of a page of the chooser, read: the answers so far, and where to go.

use domain::choosing::{Answers, Chooser, Question, Unknown};
use maud::{Markup, html};
use url::form_urlencoded;

/// Names of the form's own fields; no question is called so.
const AT: &str = "at";
const GO: &str = "go";
const TO: &str = "to";

pub(super) struct Asked {
    pub answers: Answers,
    /// Whether the answers before this form raised a crisis already.
    pub crisis_before: bool,
    pub to: To,
    /// Answers that were not understood; they are left out.
    pub problems: Vec<Unknown>,
}

/// Which page comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum To {
    /// The question with this number, from 0.
    Question(usize),
    /// The answer.
    Advice,
}

impl Asked {
    pub(super) fn read(chooser: &Chooser, body: &[u8]) -> Self {
        let fields: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
        let value = |wanted: &str| {
            fields
                .iter()
                .find(|(name, _)| name == wanted)
                .map(|(_, value)| value.as_str())
        };
        let at = value(AT).and_then(|id| number(chooser, id));
        let skips = value(GO) == Some("skip");
        let (mut answers, mut before) = (Answers::default(), Answers::default());
        let mut problems = Vec::new();
        for (place, question) in chooser.questions().iter().enumerate() {
            let chosen: Vec<&str> = fields
                .iter()
                .filter(|(name, value)| name == question.id.as_str() && !value.is_empty())
                .map(|(_, value)| value.as_str())
                .collect();
            if chosen.is_empty() || (skips && at == Some(place)) {
                continue;
            }
            match chooser.answer(&answers, question.id.as_str(), &chosen) {
                Ok(more) => answers = more,
                Err(problem) => problems.push(problem),
            }
            if at != Some(place) {
                before = answers.clone();
            }
        }
        let to = match (value(TO), value(GO), at) {
            (Some("answer"), ..) => To::Advice,
            (Some(id), ..) => number(chooser, id).map_or(To::Question(0), To::Question),
            (None, Some("back"), Some(at)) => To::Question(at.saturating_sub(1)),
            // What was not understood is asked again.
            (None, _, Some(at)) if !problems.is_empty() => To::Question(at),
            (None, _, Some(at)) if at + 1 < chooser.asked().len() => To::Question(at + 1),
            (None, _, Some(_)) => To::Advice,
            (None, _, None) => To::Question(0),
        };
        Self {
            crisis_before: chooser.is_crisis(before.set()),
            answers,
            to,
            problems,
        }
    }
}

fn number(chooser: &Chooser, id: &str) -> Option<usize> {
    chooser
        .asked()
        .iter()
        .position(|question| question.id.as_str() == id)
}

/// The answers so far as hidden fields, but for one question that the page itself asks.
pub(super) fn carried(chooser: &Chooser, answers: &Answers, but: Option<&Question>) -> Markup {
    html! {
        @for question in chooser.questions().iter().filter(|question| Some(*question) != but) {
            @for choice in answers.of(question) {
                input type="hidden" name=(question.id) value=(choice.id);
            }
        }
    }
}

/// A form of one button that goes to a question or to the answer, with all answers.
pub(super) fn jump(chooser: &Chooser, answers: &Answers, to: &str, class: &str, said: &str) -> Markup {
    html! {
        form.jump-to action="/choose" method="post" {
            (carried(chooser, answers, None))
            button class=(class) type="submit" name=(TO) value=(to) { (said) }
        }
    }
}

#[cfg(test)]
mod tests {
    use content::{Content, Files};

    use super::*;

    fn read(body: &str) -> Asked {
        let content = Content::read(&Files::bundled()).unwrap();
        Asked::read(&content.chooser, body.as_bytes())
    }

    #[test]
    fn a_form_goes_on_back_and_away() {
        for (body, to) in [
            ("", To::Question(0)),
            ("at=hope&hope=change", To::Question(1)),
            ("at=hope&go=skip&hope=change", To::Question(1)),
            ("at=about&go=back", To::Question(0)),
            ("at=hope&go=back", To::Question(0)),
            ("at=practical&go=next", To::Advice),
            ("to=safety", To::Question(2)),
            ("to=answer&hope=change", To::Advice),
            ("at=nowhere", To::Question(0)),
        ] {
            assert_eq!(read(body).to, to, "{body}");
        }
    }

    #[test]
    fn a_skipped_question_has_no_answer() {
        assert!(read("at=hope&go=skip&hope=change").answers.is_empty());
        assert_eq!(
            read("at=hope&go=next&hope=change&hope=skills")
                .answers
                .set()
                .len(),
            2
        );
    }

    #[test]
    fn what_is_not_understood_is_told_and_asked_again() {
        let asked = read("at=hope&hope=unsure&hope=change");
        assert_eq!((asked.to, asked.problems.len()), (To::Question(0), 1));
        let asked = read("at=about&hope=nonsense&about=loss");
        assert_eq!(asked.problems.len(), 1);
        assert_eq!(asked.answers.set().len(), 1);
    }
}
