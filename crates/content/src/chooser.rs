//! `chooser.toml`: questions and rules.

use std::collections::BTreeMap;

use domain::choosing::{
    Advice, Choice, Choose, Chooser, Condition, Flaw, From, MOST_CHOICES, MOST_QUESTIONS, Question, Rest,
    Rule, RuleLine, Set, Stage, Stance, Tension, Together,
};
use domain::name::Name;
use domain::text::{Line, Prose};
use serde::Deserialize;
use toml::Spanned;

use crate::files::{Files, Sheet, Slip};
use crate::help::RawConcern;
use crate::sources::Sources;
use crate::topics::Topics;

pub(crate) const PATH: &str = "chooser.toml";
/// Parameters of `/groups` that an answer may carry over.
const FINDER: [&str; 5] = ["topic", "where", "day", "age", "kind"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    question: Vec<RawQuestion>,
    #[serde(default)]
    always: Vec<RawLine>,
    rule: Vec<RawRule>,
    #[serde(default)]
    tension: Vec<RawTension>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawQuestion {
    id: Spanned<Name>,
    text: Line,
    hint: Option<Line>,
    why: Prose,
    many: bool,
    /// A check answers it; nobody is asked.
    #[serde(default)]
    by_check: bool,
    option: Vec<RawChoice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChoice {
    id: Spanned<Name>,
    text: Line,
    hint: Option<Line>,
    #[serde(default)]
    alone: bool,
    #[serde(default)]
    finder: BTreeMap<String, Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: Spanned<Line>,
    stage: RawStage,
    #[serde(default)]
    stops: bool,
    /// Lines to show beside the one for anyone.
    #[serde(default)]
    help: Vec<RawConcern>,
    #[serde(default)]
    any: Vec<Spanned<String>>,
    #[serde(default)]
    all: Vec<Spanned<String>>,
    #[serde(default)]
    none: Vec<Spanned<String>>,
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
    source: Spanned<String>,
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
    between: [Vec<Spanned<String>>; 2],
    text: Line,
}

/// Where ids stand, so that a flaw is told with its line.
#[derive(Default)]
struct Places {
    questions: Vec<(String, usize)>,
    choices: Vec<(String, usize)>,
    rules: Vec<(String, usize)>,
    tensions: Vec<(String, usize)>,
}

impl Places {
    fn of(file: &File, sheet: Sheet) -> Self {
        let place = |id: &str, span| (id.to_owned(), sheet.line(span));
        let question = |raw: &RawQuestion| place(raw.id.get_ref().as_str(), raw.id.span());
        let choices = |raw: &RawQuestion| {
            let question = raw.id.get_ref().clone();
            let named = move |choice: &RawChoice| {
                let id = format!("{question}:{}", choice.id.get_ref());
                (id, sheet.line(choice.id.span()))
            };
            raw.option.iter().map(named).collect::<Vec<_>>()
        };
        let rule = |raw: &RawRule| place(raw.id.get_ref().as_str(), raw.id.span());
        let side = |raw: &Spanned<String>| place(raw.get_ref(), raw.span());
        Self {
            questions: file.question.iter().map(question).collect(),
            choices: file.question.iter().flat_map(choices).collect(),
            rules: file.rule.iter().map(rule).collect(),
            tensions: file
                .tension
                .iter()
                .flat_map(|raw| raw.between.iter().flatten())
                .map(side)
                .collect(),
        }
    }

    fn slip(&self, flaw: &Flaw) -> Slip {
        let last = |places: &[(String, usize)], id: &str| {
            let named = places.iter().rev().find(|(other, _)| other == id);
            named.map(|(_, line)| *line)
        };
        let at = |places: &[(String, usize)], number: usize| places.get(number).map(|(_, line)| *line);
        let line = match flaw {
            Flaw::TooManyQuestions { .. } => at(&self.questions, MOST_QUESTIONS),
            Flaw::TooManyChoices { .. } => at(&self.choices, MOST_CHOICES),
            Flaw::TwiceQuestion(id) | Flaw::NoChoices(id) => last(&self.questions, id.as_str()),
            Flaw::TwiceChoice { question, choice } => last(&self.choices, &format!("{question}:{choice}")),
            Flaw::TwiceRule(id)
            | Flaw::HarshOpener(id)
            | Flaw::HiddenCrisis(id)
            | Flaw::NoCrisis(id)
            | Flaw::AgainstCrisis(id)
            | Flaw::CrisisElsewhere(id)
            | Flaw::StopsElsewhere(id)
            | Flaw::HelpElsewhere(id)
            | Flaw::LeavesNothing(id) => last(&self.rules, id),
            Flaw::UnknownTension(id) => last(&self.tensions, id),
            Flaw::NobodyHelps | Flaw::NoAdvice => None,
        };
        Slip::new(PATH, line, flaw.to_string())
    }
}

pub(crate) fn read(
    files: &Files,
    sources: &Sources,
    topics: &Topics,
    slips: &mut Vec<Slip>,
) -> Option<Chooser> {
    let sheet = files.sheet(PATH, slips)?;
    let mut file: File = sheet.toml(slips)?;
    // As they are numbered.
    file.question.sort_by_key(|raw| raw.by_check);
    let places = Places::of(&file, sheet);
    let before = slips.len();
    let raws = file.question.into_iter();
    let mut questions: Vec<_> = raws.map(|raw| question(raw, sheet, topics, slips)).collect();
    // Rules would only be told to ask for what is not there.
    if let Err(flaws) = Chooser::number(&mut questions) {
        slips.extend(flaws.iter().map(|flaw| places.slip(flaw)));
        return None;
    }
    let mut rules = Vec::new();
    for raw in file.rule {
        rules.push(rule(raw, &questions, sheet, sources, slips));
    }
    let mut always = Vec::new();
    for raw in file.always {
        always.push(rule_line(raw, sheet, sources, slips));
    }
    let tensions = file.tension.into_iter().map(|raw| Tension {
        sides: raw
            .between
            .map(|side| side.into_iter().map(Spanned::into_inner).collect()),
        text: raw.text,
    });
    if slips.len() > before {
        return None;
    }
    Chooser::new(questions, rules, tensions.collect(), always)
        .map_err(|flaws| slips.extend(flaws.iter().map(|flaw| places.slip(flaw))))
        .ok()
}

fn question(raw: RawQuestion, sheet: Sheet, topics: &Topics, slips: &mut Vec<Slip>) -> Question {
    let mut choices = Vec::new();
    for raw in raw.option {
        let mut choice = Choice::new(raw.id.into_inner(), raw.text);
        choice.hint = raw.hint;
        if raw.alone {
            choice.together = Together::Alone;
        }
        for (name, value) in raw.finder {
            let why = carried(&name, value.get_ref(), topics);
            slips.extend(why.map(|why| sheet.slip(value.span(), format!("“{}” {why}", choice.id))));
            choice.finder.insert(name, value.into_inner());
        }
        choices.push(choice);
    }
    Question {
        id: raw.id.into_inner(),
        text: raw.text,
        hint: raw.hint,
        why: raw.why,
        choose: if raw.many { Choose::Many } else { Choose::One },
        from: if raw.by_check { From::Check } else { From::Person },
        choices,
    }
}

/// Why the finder would not understand it.
fn carried(name: &str, value: &str, topics: &Topics) -> Option<String> {
    let days = || {
        let mut days = value.split(',');
        days.all(|day| ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].contains(&day))
    };
    let write = match name {
        "topic" if topics.catalogue.get(value).is_none() && topics.catalogue.family(value).is_none() => {
            "the id of a topic or of a family"
        }
        "where" if !["in-person", "online"].contains(&value) => "in-person or online",
        "kind" if !["therapy", "support"].contains(&value) => "therapy or support",
        "day" if !days() => "days as mon,tue,wed,thu,fri,sat,sun",
        "age" if !value.parse::<u8>().is_ok_and(|age| age <= 120) => "an age in years",
        name if FINDER.contains(&name) => return None,
        _ => {
            return Some(format!(
                "carries “{name}” to the finder, which knows {}; write one of these",
                FINDER.join(", ")
            ));
        }
    };
    Some(format!(
        "carries {name} = “{value}” to the finder, which does not know it; write {write}"
    ))
}

fn rule(
    raw: RawRule,
    questions: &[Question],
    sheet: Sheet,
    sources: &Sources,
    slips: &mut Vec<Slip>,
) -> Rule {
    let id = raw.id.get_ref().to_string();
    let mut set = |names: &[Spanned<String>]| {
        names.iter().fold(Set::default(), |set, name| {
            let found = choice(questions, name.get_ref());
            if found.is_none() {
                slips.push(sheet.slip(
                    name.span(),
                    format!(
                        "the rule {id} asks for “{}”; write an answer that is there, as question:option",
                        name.get_ref()
                    ),
                ));
            }
            found.map_or(set, |choice| set.with(choice.set()))
        })
    };
    let when = Condition {
        any: set(&raw.any),
        all: set(&raw.all),
        none: set(&raw.none),
    };
    if raw.line.is_empty() {
        slips.push(sheet.slip(
            raw.id.span(),
            format!("the rule {id} says nothing; give it a line"),
        ));
    }
    Rule {
        id,
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
            .map(|raw| rule_line(raw, sheet, sources, slips))
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

fn rule_line(raw: RawLine, sheet: Sheet, sources: &Sources, slips: &mut Vec<Slip>) -> RuleLine {
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
        backing: sources.backing(
            raw.source.get_ref(),
            |what| sheet.slip(raw.source.span(), what),
            slips,
        ),
    }
}
