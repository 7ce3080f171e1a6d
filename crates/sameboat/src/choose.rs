//! `sameboat choose`: the chooser without its pages, as JSON.

use std::error::Error;
use std::io::{Read, Write};

use content::Content;
use domain::choosing::{Answers, Choose, Stance};
use domain::references::Backing;
use serde::Serialize;
use serde_json::Value;

/// What stands in place of a source that was not read.
const OURS: &str = "our rule, not yet reviewed";
const MOST_BYTES: u64 = 1024 * 1024;

#[derive(Debug, thiserror::Error)]
pub(crate) enum ChooseError {
    #[error("{file} cannot be read: {why}")]
    Read { file: String, why: std::io::Error },
    #[error("{file} is not JSON: {why}. Write {{\"answers\":{{\"question\":\"option\"}}}}.")]
    Json { file: String, why: serde_json::Error },
    #[error("{file} has no “answers”. Write {{\"answers\":{{\"question\":\"option\" or [\"option\",…]}}}}.")]
    Shape { file: String },
    #[error("{file} has “{key}” beside “answers”; take it out")]
    Beside { file: String, key: String },
    #[error("{file}: the answer to “{question}” is {value}; write an option, or a list of options")]
    Value {
        file: String,
        question: String,
        value: String,
    },
    #[error("{file}: {why}")]
    Unknown {
        file: String,
        why: domain::choosing::Unknown,
    },
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
    let questions = content.chooser.questions().iter().map(|question| Question {
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

/// Prints JSON; a reader that has read enough and closed is no error.
fn print(value: &impl Serialize) -> Result<(), Box<dyn Error>> {
    let text = serde_json::to_string_pretty(value)?;
    match writeln!(std::io::stdout(), "{text}") {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
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
    let value: Value = serde_json::from_str(text).map_err(|why| ChooseError::Json { file: named(), why })?;
    let shape = || ChooseError::Shape { file: named() };
    let whole = value.as_object().ok_or_else(shape)?;
    if let Some(key) = whole.keys().find(|key| *key != "answers") {
        return Err(ChooseError::Beside {
            file: named(),
            key: key.clone(),
        });
    }
    let given = whole
        .get("answers")
        .and_then(Value::as_object)
        .ok_or_else(shape)?;
    let mut answers = Answers::default();
    for (question, value) in given {
        let unfit = || ChooseError::Value {
            file: named(),
            question: question.chars().take(60).collect(),
            value: value.to_string().chars().take(60).collect(),
        };
        let chosen: Vec<&str> = match value {
            Value::String(option) => vec![option],
            Value::Array(options) => options
                .iter()
                .map(Value::as_str)
                .collect::<Option<_>>()
                .ok_or_else(unfit)?,
            Value::Null => vec![],
            _ => return Err(unfit()),
        };
        answers = content
            .chooser
            .answer(&answers, question, &chosen)
            .map_err(|why| ChooseError::Unknown { file: named(), why })?;
    }
    Ok(answers)
}
