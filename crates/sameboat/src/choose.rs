//! `sameboat choose`: the chooser without its pages, as JSON.

use std::error::Error;
use std::io::Read;

use content::Content;
use content::answers::AnswersError;
use domain::choosing::{Answers, Choose, Stance};
use domain::references::Backing;
use serde::Serialize;

use crate::printing::say;

/// What stands in place of a source that was not read.
const OURS: &str = "our rule, not yet reviewed";
const MOST_BYTES: u64 = 1024 * 1024;

#[derive(Debug, thiserror::Error)]
pub(crate) enum ChooseError {
    #[error("{file} cannot be read: {why}")]
    Read { file: String, why: std::io::Error },
    #[error("{file}: {why}")]
    Answers { file: String, why: AnswersError },
}

#[derive(Serialize)]
struct Questions<'a> {
    questions: Vec<Question<'a>>,
}

#[derive(Serialize)]
struct Question<'a> {
    id: &'a str,
    text: &'a str,
    many: bool,
    options: Vec<Choice<'a>>,
}

#[derive(Serialize)]
struct Choice<'a> {
    id: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct Decision<'a> {
    advice: Vec<&'static str>,
    crisis: bool,
    reasons: Vec<Reason<'a>>,
}

#[derive(Serialize)]
struct Reason<'a> {
    rule: &'a str,
    #[serde(rename = "for")]
    about: &'static str,
    /// "for", "against" or "note".
    stance: &'static str,
    text: &'a str,
    source: String,
}

/// Prints every question with its options.
pub(crate) fn questions(content: &Content) -> Result<(), Box<dyn Error>> {
    let asked = content
        .chooser
        .questions()
        .iter()
        .filter(|question| question.is_asked());
    let questions = asked.map(|question| Question {
        id: question.id.as_str(),
        text: question.text.as_str(),
        many: question.choose == Choose::Many,
        options: question
            .choices
            .iter()
            .map(|choice| Choice {
                id: choice.id.as_str(),
                text: choice.text.as_str(),
            })
            .collect(),
    });
    let questions = Questions {
        questions: questions.collect(),
    };
    print(&questions)
}

/// Prints what follows from the answers in a file; `-` reads standard input.
pub(crate) fn answers(content: &Content, file: &str) -> Result<(), Box<dyn Error>> {
    let answers = read(content, file)?;
    let decision = content.chooser.decide(&answers);
    let reasons = decision.reasons.iter().map(|reason| Reason {
        rule: &reason.rule.id,
        about: reason.line.about.id(),
        stance: match reason.line.stance {
            Stance::For => "for",
            Stance::Against => "against",
            Stance::Note => "note",
        },
        text: reason.line.text.as_str(),
        source: source(&reason.line.backing),
    });
    let decision = Decision {
        advice: decision.advice.iter().map(|advice| advice.id()).collect(),
        crisis: decision.crisis,
        reasons: reasons.collect(),
    };
    print(&decision)
}

/// Prints JSON.
fn print(value: &impl Serialize) -> Result<(), Box<dyn Error>> {
    Ok(say!("{}", serde_json::to_string_pretty(value)?)?)
}

/// A source only when it was read.
fn source(backing: &Backing) -> String {
    match backing {
        Backing::Seen(reference) => reference.cited(),
        Backing::Unseen(reference) => format!("{OURS} (after {}, which we have not read)", reference.cited()),
        Backing::Ours => OURS.to_owned(),
    }
}

fn read(content: &Content, file: &str) -> Result<Answers, ChooseError> {
    let named = || file.to_owned();
    let mut text = String::new();
    let read = if file == "-" {
        std::io::stdin().take(MOST_BYTES).read_to_string(&mut text)
    } else {
        std::fs::File::open(file).and_then(|file| file.take(MOST_BYTES).read_to_string(&mut text))
    };
    read.map_err(|why| ChooseError::Read { file: named(), why })?;
    let text = text.trim_start_matches('\u{feff}');
    content::answers::read(text, &content.chooser).map_err(|why| ChooseError::Answers { file: named(), why })
}
