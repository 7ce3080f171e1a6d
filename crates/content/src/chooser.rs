//! `chooser.toml`: questions and rules.

use std::collections::BTreeMap;

use domain::choosing::{
    Advice, Choice, Choose, Chooser, Condition, Question, Rest, Rule, RuleLine, Set, Stage, Stance, Tension,
    Together,
};
use domain::name::Name;
use domain::text::{Line, Prose};
use serde::Deserialize;
use toml::Spanned;

use crate::files::{self, Files, Slip};
use crate::help::RawConcern;
use crate::sources::Sources;
use crate::topics::Topics;

const PATH: &str = "chooser.toml";
/// Parameters of `/groups` that an answer may carry over.
const FINDER: [&str; 5] = ["topic", "where", "day", "age", "kind"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    question: Vec<Spanned<RawQuestion>>,
    #[serde(default)]
    always: Vec<Spanned<RawLine>>,
    rule: Vec<Spanned<RawRule>>,
    #[serde(default)]
    tension: Vec<RawTension>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawQuestion {
    id: Name,
    text: Line,
    hint: Option<Line>,
    why: Prose,
    many: bool,
    option: Vec<RawChoice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChoice {
    id: Name,
    text: Line,
    hint: Option<Line>,
    #[serde(default)]
    alone: bool,
    #[serde(default)]
    finder: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: Line,
    stage: RawStage,
    #[serde(default)]
    stops: bool,
    /// Lines to show beside the one for anyone.
    #[serde(default)]
    help: Vec<RawConcern>,
    #[serde(default)]
    any: Vec<String>,
    #[serde(default)]
    all: Vec<String>,
    #[serde(default)]
    none: Vec<String>,
    line: Vec<RawLine>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum RawStage {
    Crisis,
    Limit,
    Fit,
    Otherwise,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLine {
    about: RawAdvice,
    stance: RawStance,
    text: Line,
    source: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum RawAdvice {
    Crisis,
    GroupTherapy,
    SupportGroup,
    Individual,
    Class,
    MedicalFirst,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum RawStance {
    For,
    Against,
    Note,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTension {
    between: [Vec<String>; 2],
    text: Line,
}

pub(crate) fn read(
    files: &Files,
    sources: &Sources,
    topics: &Topics,
    slips: &mut Vec<Slip>,
) -> Option<Chooser> {
    let file: File = files.toml(PATH, slips)?;
    let text = files.get(PATH).unwrap_or_default();
    let before = slips.len();
    let mut questions = Vec::new();
    for raw in file.question {
        let line = files::line(text, &raw.span());
        questions.push(question(raw.into_inner(), line, topics, slips));
    }
    if let Err(flaw) = Chooser::number(&mut questions) {
        slips.push(Slip::new(PATH, None, flaw.to_string()));
    }
    let mut rules = Vec::new();
    for raw in file.rule {
        let line = files::line(text, &raw.span());
        rules.push(rule(raw.into_inner(), line, &questions, sources, slips));
    }
    let mut always = Vec::new();
    for raw in file.always {
        let line = files::line(text, &raw.span());
        always.push(rule_line(raw.into_inner(), line, sources, slips));
    }
    let tensions = file.tension.into_iter().map(|raw| Tension {
        sides: raw.between,
        text: raw.text,
    });
    if slips.len() > before {
        return None;
    }
    Chooser::new(questions, rules, tensions.collect(), always)
        .map_err(|flaws| {
            slips.extend(
                flaws
                    .into_iter()
                    .map(|flaw| Slip::new(PATH, None, flaw.to_string())),
            );
        })
        .ok()
}

fn question(raw: RawQuestion, line: usize, topics: &Topics, slips: &mut Vec<Slip>) -> Question {
    let choice = |raw: RawChoice| {
        for (name, value) in &raw.finder {
            let a_topic = topics.catalogue.get(value).is_some() || topics.catalogue.family(value).is_some();
            if !FINDER.contains(&name.as_str()) {
                slips.push(Slip::new(
                    PATH,
                    Some(line),
                    format!(
                        "“{}” carries “{name}” to the finder; there are {}",
                        raw.id,
                        FINDER.join(", ")
                    ),
                ));
            } else if name == "topic" && !a_topic {
                slips.push(Slip::new(
                    PATH,
                    Some(line),
                    format!(
                        "“{}” carries the topic “{value}”, which is no topic and no family",
                        raw.id
                    ),
                ));
            }
        }
        let mut choice = Choice::new(raw.id, raw.text);
        choice.hint = raw.hint;
        choice.finder = raw.finder;
        if raw.alone {
            choice.together = Together::Alone;
        }
        choice
    };
    Question {
        id: raw.id,
        text: raw.text,
        hint: raw.hint,
        why: raw.why,
        choose: if raw.many { Choose::Many } else { Choose::One },
        choices: raw.option.into_iter().map(choice).collect(),
    }
}

fn rule(raw: RawRule, line: usize, questions: &[Question], sources: &Sources, slips: &mut Vec<Slip>) -> Rule {
    let mut set = |names: &[String]| {
        names.iter().fold(Set::default(), |set, name| match choice(questions, name) {
            Some(choice) => set.with(choice.set()),
            None => {
                slips.push(Slip::new(
                    PATH,
                    Some(line),
                    format!("the rule {} asks for “{name}”; write an answer that is there, as question:option", raw.id),
                ));
                set
            }
        })
    };
    let when = Condition {
        any: set(&raw.any),
        all: set(&raw.all),
        none: set(&raw.none),
    };
    if raw.line.is_empty() {
        slips.push(Slip::new(
            PATH,
            Some(line),
            format!("the rule {} says nothing; give it a line", raw.id),
        ));
    }
    Rule {
        id: raw.id.to_string(),
        stage: match raw.stage {
            RawStage::Crisis => Stage::Crisis,
            RawStage::Limit => Stage::Limit,
            RawStage::Fit => Stage::Fit,
            RawStage::Otherwise => Stage::Otherwise,
        },
        when,
        concerns: raw.help.into_iter().map(Into::into).collect(),
        rest: if raw.stops { Rest::Stops } else { Rest::Goes },
        lines: raw
            .line
            .into_iter()
            .map(|raw| rule_line(raw, line, sources, slips))
            .collect(),
    }
}

fn choice<'a>(questions: &'a [Question], name: &str) -> Option<&'a Choice> {
    let (question, choice) = name.split_once(':')?;
    questions
        .iter()
        .find(|asked| asked.id.as_str() == question)?
        .choice(choice)
}

fn rule_line(raw: RawLine, line: usize, sources: &Sources, slips: &mut Vec<Slip>) -> RuleLine {
    RuleLine {
        about: match raw.about {
            RawAdvice::Crisis => Advice::Crisis,
            RawAdvice::GroupTherapy => Advice::GroupTherapy,
            RawAdvice::SupportGroup => Advice::SupportGroup,
            RawAdvice::Individual => Advice::Individual,
            RawAdvice::Class => Advice::Class,
            RawAdvice::MedicalFirst => Advice::MedicalFirst,
        },
        stance: match raw.stance {
            RawStance::For => Stance::For,
            RawStance::Against => Stance::Against,
            RawStance::Note => Stance::Note,
        },
        text: raw.text,
        backing: sources.backing(&raw.source, |what| Slip::new(PATH, Some(line), what), slips),
    }
}
