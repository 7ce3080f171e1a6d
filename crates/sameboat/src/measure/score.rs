//! `measure check` and `measure score`: what of a form is understood, and what the answers to one come to.

use std::error::Error;
use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};
use measures::measure::Pair;
use measures::response::Mistake;
use measures::risk::{RiskItem, Sign};
use measures::{Form, Measure, Problem, Refused, Response, Sheet};
use serde::Serialize;

use super::Output;
use super::forms::{self, FormsError};

/// As JSON: `{"scores":[{"name","value":number|null,"band":text|null}],"risk":[{"link_id","kind","at_least","value"}]}`. A score that is
/// worked out without some answers has `"estimated":true`, and where a question about danger has no answer there is
/// `"unanswered_risk":[{"link_id","kind","at_least"}]`.
#[derive(Serialize)]
struct Scored {
    scores: Vec<Line>,
    risk: Vec<Sign>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unanswered_risk: Vec<RiskItem>,
}

#[derive(Serialize)]
struct Line {
    name: String,
    value: Option<f64>,
    band: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    estimated: bool,
    /// How many answers an estimate lacks.
    #[serde(skip)]
    lacks: Option<String>,
}

/// As JSON, where a form is refused: `{"problems":[{"path","why"}]}`; where it is not, what it has.
#[derive(Serialize)]
struct Problems<'a> {
    problems: &'a [Problem],
}

#[derive(Debug, thiserror::Error)]
enum ScoreError {
    #[error("{file} is no form that can be used here:\n{why}")]
    Form { file: String, why: Refused },
    #[error("{file} is no response that can be read:\n{why}")]
    Response { file: String, why: Refused },
    #[error("the answers of {file} cannot be scored; nothing was:\n{}", .wrong.join("\n"))]
    Wrong { file: String, wrong: Vec<String> },
}

pub(super) fn commands() -> [Command; 2] {
    let file = |name: &'static str, shown: &'static str, help: &'static str| {
        Arg::new(name).value_name(shown).required(true).help(help)
    };
    [
        Command::new("check")
            .about("Reads a form, a FHIR R4 Questionnaire: what of it is understood, and what is not")
            .arg(file("form", "FORM", "The form as JSON; - reads standard input")),
        Command::new("score")
            .about("Scores the answers to a form, a FHIR R4 QuestionnaireResponse")
            .arg(file("form", "FORM", "The form as JSON, or the name of one that is here; NAME.toml beside it says what its numbers mean"))
            .arg(file("response", "RESPONSE", "The answers as JSON; - reads standard input")),
    ]
}

pub(super) fn check(arguments: &ArgMatches) -> Result<ExitCode, Box<dyn Error>> {
    let output = Output::of(arguments);
    let text = given(arguments, "form")?;
    let form = match Form::read(text.as_bytes()) {
        Ok(form) => form,
        Err(why) => {
            let problems = Problems {
                problems: &why.problems,
            };
            output.print(&problems, || format!("This form cannot be used:\n{why}"))?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let report = form.report();
    output.print(&report, || {
        let title = report.title.as_deref().unwrap_or("This form");
        let mut lines = vec![format!(
            "{title}: all of it is understood. {} items, {} of them questions.",
            report.items, report.questions
        )];
        if !report.scores.is_empty() {
            lines.push(format!("Computed: {}", report.scores.join(", ")));
        }
        lines.extend(report.risks.iter().map(|risk| {
            format!(
                "Tells of danger: {} ({}, from {} on)",
                risk.link_id,
                risk.kind.name(),
                risk.at_least
            )
        }));
        if !report.ignored.is_empty() {
            lines.push(format!(
                "Left out, as it changes no meaning: {}",
                report.ignored.join(", ")
            ));
        }
        lines.extend(report.notes.iter().map(|note| format!("Note: {note}")));
        lines.join("\n")
    })?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn score(arguments: &ArgMatches) -> Result<ExitCode, Box<dyn Error>> {
    let asked = arguments.get_one::<String>("form").map_or("", String::as_str);
    let measure = measure(arguments, asked)?;
    let form = Form::read(measure.form.as_bytes()).map_err(|why| ScoreError::Form {
        file: asked.to_owned(),
        why,
    })?;
    let file = arguments
        .get_one::<String>("response")
        .map_or("", String::as_str)
        .to_owned();
    let text = given(arguments, "response")?;
    let unread = |why| ScoreError::Response {
        file: file.clone(),
        why,
    };
    let response = Response::read(text.as_bytes()).map_err(unread)?;
    let sheet = Sheet::new(&form, &response).map_err(unread)?;
    let wrong: Vec<String> = sheet
        .mistakes
        .iter()
        .filter(|mistake| mistake.spoils_scores())
        .map(Mistake::to_string)
        .collect();
    if !wrong.is_empty() {
        return Err(ScoreError::Wrong { file, wrong }.into());
    }
    for mistake in &sheet.mistakes {
        eprintln!("{mistake}");
    }
    let scored = Scored {
        scores: lines(&measure, &sheet)?,
        risk: measure
            .risk_on(&sheet)
            .map(|risk| risk.signs().to_vec())
            .unwrap_or_default(),
        unanswered_risk: measure.unanswered_risks_on(&sheet).into_iter().cloned().collect(),
    };
    Output::of(arguments).print(&scored, || told(&scored))?;
    Ok(ExitCode::SUCCESS)
}

/// By the measure's own scoring where it has one; else what the form computes.
fn lines(measure: &Measure, sheet: &Sheet) -> Result<Vec<Line>, Box<dyn Error>> {
    let Some(scoring) = &measure.scoring else {
        let line = |score: &measures::Score| Line {
            name: score.text.clone(),
            value: score.number().and_then(|number| number.to_string().parse().ok()),
            band: None,
            estimated: false,
            lacks: None,
        };
        return Ok(sheet.scores.iter().map(line).collect());
    };
    // Whatever is a risk is told by `risk_on`, for forms without scoring, too.
    let (scores, _) = scoring.score(&scoring.answers_on(sheet)?).open(drop);
    let lines = scores.lines().into_iter().zip(&scores.scores);
    Ok(lines
        .map(|(line, score)| Line {
            name: line.name.to_owned(),
            value: line.value,
            band: line.band.map(str::to_owned),
            estimated: line.estimated,
            lacks: score.plain().filter(|_| line.estimated),
        })
        .collect())
}

fn told(scored: &Scored) -> String {
    let mut lines: Vec<String> = scored
        .scores
        .iter()
        .map(|line| {
            let value = line
                .value
                .map_or("no score".to_owned(), |value| value.to_string());
            let band = line
                .band
                .as_ref()
                .map(|band| format!(", {band}"))
                .unwrap_or_default();
            let lacks = line
                .lacks
                .as_ref()
                .map(|lacks| format!(". {lacks}"))
                .unwrap_or_default();
            format!("{}: {value}{band}{lacks}", line.name)
        })
        .collect();
    if scored.scores.is_empty() {
        lines.push("This form computes no score.".to_owned());
    }
    lines.extend(scored.risk.iter().map(|sign| {
        format!(
            "RISK: {} ({}, answered {}). Someone may be in danger: talk with them today.",
            sign.item.link_id,
            sign.item.kind.name(),
            sign.value
        )
    }));
    lines.extend(scored.unanswered_risk.iter().map(|item| {
        format!(
            "NOT ANSWERED: {} ({}). Nobody knows whether someone is in danger: ask.",
            item.link_id,
            item.kind.name()
        )
    }));
    lines.join("\n")
}

/// The text of a file that is named; `-` is standard input.
fn given(arguments: &ArgMatches, name: &str) -> Result<String, FormsError> {
    let file = arguments.get_one::<String>(name).map_or("", String::as_str);
    if file != "-" {
        return forms::text(Path::new(file));
    }
    let mut text = String::new();
    let read = std::io::stdin()
        .take(forms::MOST_BYTES + 1)
        .read_to_string(&mut text);
    read.map_err(|why| FormsError::Read {
        file: "standard input".to_owned(),
        why,
    })?;
    Ok(text)
}

/// One of those there are by its name, or a file.
fn measure(arguments: &ArgMatches, asked: &str) -> Result<Measure, FormsError> {
    let path = Path::new(asked);
    if !path.is_file() {
        return forms::form(arguments, asked);
    }
    let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or("form");
    let form = forms::text(path)?;
    let beside = path.with_extension("toml");
    let sidecar = beside.is_file().then(|| forms::text(&beside)).transpose()?;
    Ok(Measure::own(Pair {
        name,
        form: &form,
        sidecar: sidecar.as_deref(),
    })?)
}
