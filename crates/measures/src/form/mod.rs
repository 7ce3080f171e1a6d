//! A FHIR R4 Questionnaire as this crate understands it: every item in the order of the page.

mod advice;
mod conditions;
pub(crate) mod cross;
mod danger;
mod expressions;
mod extensions;
mod hints;
mod item;
mod known;
mod options;
mod read;
mod report;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::Value;

use crate::answer::{Answer, Coding};
use crate::fhirpath::Expression;
use crate::risk::RiskItem;
use crate::score::Plan;
pub use report::Report;

/// More items than any questionnaire in use has.
pub const MOST_ITEMS: usize = 5_000;
/// Groups within groups.
pub const DEEPEST: usize = 24;
/// Options of one item.
pub const MOST_OPTIONS: usize = 1_000;
/// Options of all items together: many may refer to one large ValueSet.
pub const MOST_OPTIONS_OF_ALL: usize = 50_000;

/// A questionnaire that was understood as a whole.
#[derive(Debug, Clone)]
pub struct Form {
    pub title: Option<String>,
    pub name: Option<String>,
    pub url: Option<String>,
    pub version: Option<String>,
    pub description: Option<String>,
    pub publisher: Option<String>,
    pub copyright: Option<String>,
    pub codes: Vec<Coding>,
    /// In the order of the page; what stands within a group follows it.
    pub items: Vec<Item>,
    /// Seen by every expression of the form.
    pub variables: Vec<Variable>,
    /// The questions that tell of danger.
    pub risks: Vec<RiskItem>,
    /// What was left out because it changes no meaning, once each.
    pub(crate) ignored: Vec<String>,
    pub(crate) notes: Vec<crate::problem::Problem>,
    /// By linkId.
    pub(crate) places: BTreeMap<String, At>,
    /// Weights of contained CodeSystems, by system and code.
    pub(crate) concepts: BTreeMap<String, BTreeMap<String, Decimal>>,
    /// Items so that each comes after those on which its being enabled depends.
    pub(crate) order: Vec<At>,
    pub(crate) plan: Plan,
    /// In place of each item in answers that do not have it.
    pub(crate) stubs: Vec<Value>,
    /// The file, for expressions that ask `%questionnaire`.
    pub(crate) source: Value,
}

/// The place of an item in `Form::items`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At(pub usize);

/// A question, a group of them, or words between them.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is an element of FHIR's item")]
pub struct Item {
    pub link_id: String,
    /// Where it stands in the file, as `item[3].item[0]`.
    pub path: String,
    pub parent: Option<At>,
    /// 0 for items of the form itself.
    pub depth: usize,
    pub kind: Kind,
    /// "3." or "a)", to be shown before the text.
    pub prefix: Option<String>,
    pub text: Option<String>,
    pub codes: Vec<Coding>,
    pub required: bool,
    pub repeats: bool,
    pub read_only: bool,
    /// Counted with and scored, but never shown.
    pub hidden: bool,
    pub options: Vec<Choice>,
    pub enable: Enable,
    /// Computed from other answers, so nobody is asked.
    pub calculated: Option<Expression>,
    /// Seen by the expressions of this item and of those within.
    pub variables: Vec<Variable>,
    pub initial: Vec<Answer>,
    pub limits: Limits,
    pub hints: Hints,
}

/// What is answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Group,
    Display,
    Boolean,
    Integer,
    Decimal,
    /// One line.
    String,
    /// Several lines.
    Text,
    Date,
    DateTime,
    Time,
    Url,
    Choice,
    /// A choice beside which one may write.
    OpenChoice,
    Quantity,
}

/// One of the answers to choose from.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What a page posts for it; unlike that of every other option of the item.
    pub key: String,
    pub value: Answer,
    pub label: String,
    pub prefix: Option<String>,
    pub weight: Option<Decimal>,
    /// Choosing it excludes the others.
    pub exclusive: bool,
    pub initially: bool,
}

/// When an item is asked.
#[derive(Debug, Clone, Default)]
pub struct Enable {
    pub when: Vec<When>,
    pub behaviour: Behaviour,
    pub expression: Option<Expression>,
}

/// How many of the conditions have to hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Behaviour {
    #[default]
    All,
    Any,
}

/// A condition on the answer of another item.
#[derive(Debug, Clone)]
pub struct When {
    pub question: At,
    pub test: Test,
}

/// What has to be so of that answer.
#[derive(Debug, Clone)]
pub enum Test {
    Answered,
    Unanswered,
    Is(Compare, Answer),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    Equal,
    Unequal,
    Greater,
    Less,
    AtLeast,
    AtMost,
}

/// A name for a value, for the expressions that follow.
#[derive(Debug, Clone)]
pub struct Variable {
    pub name: String,
    pub expression: Expression,
}

/// What an answer has to keep within.
#[derive(Debug, Clone, Default)]
pub struct Limits {
    pub least: Option<Answer>,
    pub most: Option<Answer>,
    /// Of a text, in characters.
    pub shortest: Option<usize>,
    pub longest: Option<usize>,
    pub decimal_places: Option<u32>,
    /// How many answers.
    pub fewest_answers: Option<usize>,
    pub most_answers: Option<usize>,
}

/// How an item is best shown; none of it changes what an answer means.
#[derive(Debug, Clone, Default)]
pub struct Hints {
    /// As "drop-down", "radio-button", "slider", "help": a code of FHIR's questionnaire-item-control.
    pub control: Option<String>,
    pub slider_step: Option<u32>,
    /// What is said beside the question.
    pub help: Option<String>,
    /// Of a number.
    pub unit: Option<Coding>,
    /// Of a quantity, to choose from.
    pub units: Vec<Coding>,
    /// What stands before the free text of an open choice.
    pub open_label: Option<String>,
}

impl Form {
    pub fn at(&self, at: At) -> &Item {
        &self.items[at.0]
    }

    pub fn find(&self, link_id: &str) -> Option<At> {
        self.places.get(link_id).copied()
    }

    /// Items of a group, or of the form itself.
    pub fn within(&self, parent: Option<At>) -> impl Iterator<Item = At> {
        let (from, depth) = parent.map_or((0, 0), |at| (at.0 + 1, self.items[at.0].depth + 1));
        let inside = self.items[from..]
            .iter()
            .take_while(move |item| item.depth >= depth);
        inside
            .enumerate()
            .filter(move |(_, item)| item.depth == depth)
            .map(move |(index, _)| At(from + index))
    }
}

impl Item {
    /// Whether a person can be asked: not a heading, and not computed.
    pub fn is_asked(&self) -> bool {
        self.kind.is_question() && self.calculated.is_none() && !self.hidden && !self.read_only
    }

    /// The option that an answer means.
    pub fn option(&self, answer: &Answer) -> Option<&Choice> {
        self.options.iter().find(|choice| choice.value.means(answer))
    }

    /// What an answer counts: the weight of the option that was chosen, or the number that was written.
    pub(crate) fn counts(&self, answer: &Answer) -> Option<f64> {
        if let Some(weight) = self.option(answer).and_then(|choice| choice.weight) {
            return weight.to_f64();
        }
        match answer {
            Answer::Integer(whole) => Some(f64::from(*whole)),
            Answer::Decimal(decimal) => decimal.to_f64(),
            _ => None,
        }
    }
}

impl Kind {
    pub fn is_question(self) -> bool {
        !matches!(self, Self::Group | Self::Display)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Display => "display",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::String => "string",
            Self::Text => "text",
            Self::Date => "date",
            Self::DateTime => "dateTime",
            Self::Time => "time",
            Self::Url => "url",
            Self::Choice => "choice",
            Self::OpenChoice => "open-choice",
            Self::Quantity => "quantity",
        }
    }

    /// Whether an answer is of the type that the item asks for.
    pub(crate) fn takes(self, answer: &Answer) -> bool {
        match self {
            Self::Group | Self::Display => false,
            Self::Boolean => matches!(answer, Answer::Boolean(_)),
            Self::Integer => matches!(answer, Answer::Integer(_)),
            Self::Decimal => matches!(answer, Answer::Decimal(_)),
            Self::String | Self::Text => matches!(answer, Answer::Text(_)),
            Self::Date => matches!(answer, Answer::Date(_)),
            Self::DateTime => matches!(answer, Answer::DateTime(_)),
            Self::Time => matches!(answer, Answer::Time(_)),
            Self::Url => matches!(answer, Answer::Url(_)),
            // Which of them, its options say.
            Self::Choice | Self::OpenChoice => matches!(
                answer,
                Answer::Coding(_) | Answer::Text(_) | Answer::Integer(_) | Answer::Date(_) | Answer::Time(_)
            ),
            Self::Quantity => matches!(answer, Answer::Quantity(_)),
        }
    }
}
