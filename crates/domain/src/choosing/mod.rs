//! Which one is right for me, and why: questions, rules and the advice that follows (DOMAIN D1–D11, D14).
//!
//! Questions and rules are data (`content/chooser.toml`); this is how they are read. Rules hold in stages: a crisis comes
//! before all else, then what must come first, then what fits. Every line of a rule that holds is told, for and against.
//! Nothing here is a diagnosis, and nothing is kept; who asks for a place in a group may send their answers along.

mod answers;
mod decide;

use std::collections::BTreeMap;

use crate::helping::Concern;
use crate::name::Name;
use crate::references::Backing;
use crate::text::{Line, Prose};

pub use answers::{Answers, Set, Unknown};
pub use decide::{Decision, Reason};

/// What may be advised. The order is that in which it is told when nothing else decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Advice {
    Crisis,
    MedicalFirst,
    Individual,
    GroupTherapy,
    SupportGroup,
    Class,
}

/// A question with its answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    pub id: Name,
    pub text: Line,
    /// A line under the question.
    pub hint: Option<Line>,
    /// Why we ask.
    pub why: Prose,
    pub choose: Choose,
    pub from: From,
    pub choices: Vec<Choice>,
}

/// Who answers a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum From {
    /// The person, on a page of its own.
    Person,
    /// A self-check, whose answers come along if the person goes on from it. It is not asked.
    Check,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choose {
    One,
    Many,
}

/// An answer one can give.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    pub id: Name,
    pub text: Line,
    pub hint: Option<Line>,
    pub together: Together,
    /// What it means to the finder, as parameters of `/groups`.
    pub finder: BTreeMap<String, String>,
    bit: u8,
}

/// Whether an answer goes with others of the same question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Together {
    WithOthers,
    /// "None of these": it takes the others away.
    Alone,
}

/// When rules hold, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Danger. Looked at first, whatever else was answered.
    Crisis,
    /// What must come first; what it speaks against is not advised.
    Limit,
    /// What fits.
    Fit,
    /// What is advised when nothing else is.
    Otherwise,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// "R7"
    pub id: String,
    pub stage: Stage,
    pub when: Condition,
    /// Of a crisis rule: nothing else is advised.
    pub rest: Rest,
    /// Of a crisis rule: lines to show beside the one for anyone.
    pub concerns: Vec<Concern>,
    pub lines: Vec<RuleLine>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    Goes,
    Stops,
}

/// A condition over answers: one of `any` (if there are some), all of `all`, none of `none`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Condition {
    pub any: Set,
    pub all: Set,
    pub none: Set,
}

/// What a rule says about one kind of help.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleLine {
    pub about: Advice,
    pub stance: Stance,
    pub text: Line,
    pub backing: Backing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stance {
    For,
    Against,
    /// Told beside it; decides nothing.
    Note,
}

/// Rules that pull apart when one of each side holds: both are told, with a sentence that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tension {
    /// Ids of rules.
    pub sides: [Vec<String>; 2],
    pub text: Line,
}

/// The questions, the rules, and what is said when two rules pull apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chooser {
    questions: Vec<Question>,
    rules: Vec<Rule>,
    tensions: Vec<Tension>,
    /// What holds for a kind whatever is answered, for and against.
    always: Vec<RuleLine>,
}

/// What keeps questions and rules from being a chooser.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    #[error(
        "{has} questions; at most {MOST_QUESTIONS}, so that the answer is the ninth screen. Take some out"
    )]
    TooManyQuestions { has: usize },
    #[error("{has} answers over all questions; at most {MOST_CHOICES}. Take some out")]
    TooManyChoices { has: usize },
    #[error("the question {0} is there twice; give one another id")]
    TwiceQuestion(Name),
    #[error("the question {question} has the answer {choice} twice; give one another id")]
    TwiceChoice { question: Name, choice: Name },
    #[error("the rule {0} is there twice; give one another id")]
    TwiceRule(String),
    #[error("the question {0} has no answers; add some or take it out")]
    NoChoices(Name),
    #[error(
        "the first question holds an answer that the crisis rule {0} asks for; open with something gentle"
    )]
    HarshOpener(String),
    #[error(
        "the crisis rule {0} must ask with “any” alone; a crisis is raised by any one answer, so that no other answer can hide it"
    )]
    HiddenCrisis(String),
    #[error("the crisis rule {0} does not say “crisis” for; add such a line")]
    NoCrisis(String),
    #[error("the crisis rule {0} speaks against “crisis”, which would hide it; take that line out")]
    AgainstCrisis(String),
    #[error("the rule {0} speaks of “crisis”, but is no crisis rule; change its stage or the line")]
    CrisisElsewhere(String),
    #[error("the rule {0} stops the rest, but is no crisis rule; take “stops” out")]
    StopsElsewhere(String),
    #[error("the rule {0} asks for help lines, but is no crisis rule; take “help” out")]
    HelpElsewhere(String),
    #[error(
        "the rule {0} rules something out and is for nothing that remains; say what comes in its place, so that nobody is left without advice"
    )]
    LeavesNothing(String),
    #[error("there is no crisis rule, and a person in danger would not be shown help; add one")]
    NobodyHelps,
    #[error(
        "no rule of the stage “otherwise” is without conditions, and someone who skips everything would get no advice; add one that is for something"
    )]
    NoAdvice,
    #[error("the tension names the rule {0}, which is not there; correct the id")]
    UnknownTension(String),
}

/// With the answer at most nine screens.
pub const MOST_QUESTIONS: usize = 8;
/// Bits of a [`Set`].
pub const MOST_CHOICES: usize = 128;

impl Advice {
    pub const ALL: [Self; 6] = [
        Self::Crisis,
        Self::MedicalFirst,
        Self::Individual,
        Self::GroupTherapy,
        Self::SupportGroup,
        Self::Class,
    ];

    pub fn id(self) -> &'static str {
        match self {
            Self::Crisis => "crisis",
            Self::MedicalFirst => "medical-first",
            Self::Individual => "individual",
            Self::GroupTherapy => "group-therapy",
            Self::SupportGroup => "support-group",
            Self::Class => "class",
        }
    }
}

impl Choice {
    pub fn new(id: Name, text: Line) -> Self {
        Self {
            id,
            text,
            hint: None,
            together: Together::WithOthers,
            finder: BTreeMap::new(),
            bit: 0,
        }
    }

    /// The set of this answer alone.
    pub fn set(&self) -> Set {
        Set::of_bit(self.bit)
    }
}

impl Chooser {
    /// The answers of `questions` numbered, those that are asked first, of which conditions are made, or everything that keeps them from being asked.
    pub fn number(questions: &mut [Question]) -> Result<(), Vec<Flaw>> {
        questions.sort_by_key(|question| question.from);
        let choices = questions.iter_mut().flat_map(|question| &mut question.choices);
        for (number, choice) in choices.enumerate() {
            choice.bit = u8::try_from(number.min(MOST_CHOICES - 1)).unwrap_or(0);
        }
        match question_flaws(questions) {
            flaws if flaws.is_empty() => Ok(()),
            flaws => Err(flaws),
        }
    }

    /// A chooser of numbered questions and these rules, or everything that keeps it from being safe.
    pub fn new(
        questions: Vec<Question>,
        mut rules: Vec<Rule>,
        tensions: Vec<Tension>,
        always: Vec<RuleLine>,
    ) -> Result<Self, Vec<Flaw>> {
        let mut flaws = question_flaws(&questions);
        flaws.extend(twice(rules.iter().map(|rule| &rule.id)).map(Flaw::TwiceRule));
        let opener = questions.first().map(Question::set).unwrap_or_default();
        flaws.extend(rules.iter().flat_map(|rule| crisis_flaws(rule, opener)));
        flaws.extend(limit_flaws(&rules));
        if !rules.iter().any(|rule| rule.stage == Stage::Crisis) {
            flaws.push(Flaw::NobodyHelps);
        }
        let helps = |rule: &Rule| {
            rule.stage == Stage::Otherwise
                && rule.when == Condition::default()
                && rule.lines.iter().any(|line| line.stance == Stance::For)
        };
        if !rules.iter().any(helps) {
            flaws.push(Flaw::NoAdvice);
        }
        for tension in &tensions {
            for id in tension.sides.iter().flatten() {
                if !rules.iter().any(|rule| rule.id == *id) {
                    flaws.push(Flaw::UnknownTension(id.clone()));
                }
            }
        }
        if !flaws.is_empty() {
            return Err(flaws);
        }
        rules.sort_by_key(|rule| rule.stage);
        Ok(Self {
            questions,
            rules,
            tensions,
            always,
        })
    }

    /// Those that are asked, and then those that a check answers.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// Those that a person is asked, a page each.
    pub fn asked(&self) -> &[Question] {
        let asked = self.questions.iter().take_while(|question| question.is_asked());
        &self.questions[..asked.count()]
    }

    /// Those that are asked and have no answer about danger: what a person may send to who leads a group. A question is left out as a whole,
    /// since its gentle answers would tell as much.
    pub fn sendable(&self) -> impl Iterator<Item = &Question> {
        let asked = self.asked().iter();
        asked.filter(move |question| !self.is_crisis(question.set()))
    }

    /// In the order in which they are looked at.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    pub fn tensions(&self) -> &[Tension] {
        &self.tensions
    }

    pub fn always(&self) -> &[RuleLine] {
        &self.always
    }

    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id.as_str() == id)
    }
}

impl Question {
    /// All of its answers.
    pub fn set(&self) -> Set {
        self.choices
            .iter()
            .fold(Set::default(), |set, choice| set.with(choice.set()))
    }

    pub fn is_asked(&self) -> bool {
        self.from == From::Person
    }

    pub fn choice(&self, id: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.id.as_str() == id)
    }
}

impl Condition {
    pub fn holds(&self, answers: Set) -> bool {
        (self.any.is_empty() || answers.meets(self.any))
            && answers.holds(self.all)
            && !answers.meets(self.none)
    }

    /// Every answer it looks at.
    pub fn set(&self) -> Set {
        self.any.with(self.all).with(self.none)
    }
}

fn question_flaws(questions: &[Question]) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let asked = questions.iter().filter(|question| question.is_asked()).count();
    if asked > MOST_QUESTIONS {
        flaws.push(Flaw::TooManyQuestions { has: asked });
    }
    let choices = questions.iter().map(|question| question.choices.len()).sum();
    if choices > MOST_CHOICES {
        flaws.push(Flaw::TooManyChoices { has: choices });
    }
    flaws.extend(twice(questions.iter().map(|question| &question.id)).map(Flaw::TwiceQuestion));
    for question in questions {
        if question.choices.is_empty() {
            flaws.push(Flaw::NoChoices(question.id.clone()));
        }
        let choices = twice(question.choices.iter().map(|choice| &choice.id));
        flaws.extend(choices.map(|choice| Flaw::TwiceChoice {
            question: question.id.clone(),
            choice,
        }));
    }
    flaws
}

/// Each that is there again.
fn twice<'a, T: Ord + Clone + 'a>(ids: impl Iterator<Item = &'a T>) -> impl Iterator<Item = T> {
    let mut seen = std::collections::BTreeSet::new();
    ids.filter(move |id| !seen.insert(*id)).cloned()
}

fn crisis_flaws(rule: &Rule, opener: Set) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let says = |stance| {
        let mut lines = rule.lines.iter();
        lines.any(|line| line.about == Advice::Crisis && line.stance == stance)
    };
    if rule.stage != Stage::Crisis {
        if rule.lines.iter().any(|line| line.about == Advice::Crisis) {
            flaws.push(Flaw::CrisisElsewhere(rule.id.clone()));
        }
        if rule.rest == Rest::Stops {
            flaws.push(Flaw::StopsElsewhere(rule.id.clone()));
        }
        if !rule.concerns.is_empty() {
            flaws.push(Flaw::HelpElsewhere(rule.id.clone()));
        }
        return flaws;
    }
    if rule.when.any.is_empty() || !rule.when.all.is_empty() || !rule.when.none.is_empty() {
        flaws.push(Flaw::HiddenCrisis(rule.id.clone()));
    }
    if rule.when.any.meets(opener) {
        flaws.push(Flaw::HarshOpener(rule.id.clone()));
    }
    if !says(Stance::For) {
        flaws.push(Flaw::NoCrisis(rule.id.clone()));
    }
    if says(Stance::Against) {
        flaws.push(Flaw::AgainstCrisis(rule.id.clone()));
    }
    flaws
}

/// A limit that rules something out is for something that no rule can rule out; so advice is never empty.
fn limit_flaws(rules: &[Rule]) -> impl Iterator<Item = Flaw> {
    let barring = |rule: &&Rule| matches!(rule.stage, Stage::Crisis | Stage::Limit);
    let barred: Vec<Advice> = rules
        .iter()
        .filter(barring)
        .flat_map(|rule| &rule.lines)
        .filter(|line| line.stance == Stance::Against)
        .map(|line| line.about)
        .collect();
    rules.iter().filter_map(move |rule| {
        let mut lines = rule.lines.iter();
        let bars = rule.stage == Stage::Limit && lines.any(|line| line.stance == Stance::Against);
        let mut lines = rule.lines.iter();
        let leaves = lines.any(|line| line.stance == Stance::For && !barred.contains(&line.about));
        (bars && !leaves).then(|| Flaw::LeavesNothing(rule.id.clone()))
    })
}
