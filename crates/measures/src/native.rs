//! Scores without FHIRPath: sums, reversed items, missing rules, bands, and patterns of answers.
//!
//! Two numbers stand for each scale. [`Score::given`] is the plain sum of the answers that were given (turned round where the
//! scale says so), and none where nothing was: for bundled forms, exactly what their `calculatedExpression` gives, whatever is
//! missing. [`Score::value`] is the score: the same number when every question was answered, a prorated one where the scale's
//! missing rule allows that, and else none.

mod answers;
mod laid;
mod pattern;

use serde::Serialize;

use crate::reference::Source;
use crate::risk::{Answered, Risk, RiskItem, Sign};

pub use answers::{AnswerError, Answers};
pub use pattern::{Finding, Need, Pattern, Shown};

/// How the answers to one form become scores.
#[derive(Debug, Clone, PartialEq)]
pub struct Scoring {
    pub(crate) lowest: f64,
    pub(crate) highest: f64,
    /// Link ids, in the order of the form.
    pub(crate) items: Vec<String>,
    /// The first is the total.
    pub(crate) scales: Vec<Scale>,
    pub(crate) gate: Option<Gate>,
    pub(crate) pattern: Option<Pattern>,
    /// With the place of its item.
    pub(crate) risks: Vec<(usize, RiskItem)>,
}

/// A sum over some items.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// The link id of the item that holds the score.
    pub id: String,
    pub name: String,
    pub method: Method,
    pub direction: Direction,
    /// So many answers may be missing.
    pub missing: usize,
    pub missing_source: Option<Source>,
    /// By where they begin; none where nothing is known.
    pub bands: Vec<Band>,
    pub bands_source: Option<Source>,
    /// Lowest and highest score.
    pub range: (f64, f64),
    /// Places of items, and whether each counts as it is or turned round.
    pub(crate) items: Vec<(usize, Turn)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    AsItIs,
    Reversed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Sum,
    /// The mean of the answers, times ten.
    MeanTimesTen,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    HigherIsWorse,
    HigherIsBetter,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// From this score on, up to the next band.
    pub from: f64,
    pub name: String,
    /// For the person themselves.
    pub plain: String,
}

/// The other questions are asked only if this one was answered so.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Gate {
    pub(crate) item: usize,
    pub(crate) open: f64,
}

/// One scale's score.
#[derive(Debug, Clone, PartialEq)]
pub struct Score<'a> {
    pub scale: &'a Scale,
    /// The sum of the answers given; none if there is not one.
    pub given: Option<f64>,
    pub outcome: Outcome,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Outcome {
    /// Every question was answered.
    Complete(f64),
    /// So many answers are missing, as few as the rule allows.
    Prorated { value: f64, missing: usize },
    /// No score: so many answers of so many are missing.
    NoScore { missing: usize, of: usize },
}

/// All that follows from one set of answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores<'a> {
    /// In the order of the sidecar; the first is the total.
    pub scores: Vec<Score<'a>>,
    pub finding: Option<Finding<'a>>,
    /// Questions about danger that were left out: worth asking in person.
    pub unanswered_risks: Vec<&'a RiskItem>,
}

impl Scoring {
    /// Every scale. The risk comes with it, and cannot be left behind.
    pub fn score(&self, answers: &Answers) -> Answered<Scores<'_>> {
        let values = answers.values();
        let scores = self.scales.iter().map(|scale| self.of(scale, values)).collect();
        let unanswered = self
            .risks
            .iter()
            .filter(|(place, _)| value(values, *place).is_none());
        let held = Scores {
            scores,
            finding: self.pattern.as_ref().map(|pattern| pattern.look(values)),
            unanswered_risks: unanswered.map(|(_, item)| item).collect(),
        };
        Answered::new(held, self.risk(values))
    }

    pub fn scales(&self) -> &[Scale] {
        &self.scales
    }

    fn of<'a>(&self, scale: &'a Scale, values: &[Option<f64>]) -> Score<'a> {
        let (mut given, mut answered) = (0.0, 0);
        let gate = self
            .gate
            .as_ref()
            .map(|gate| (value(values, gate.item), gate.open));
        let of = scale.items.len();
        // Where the gate is shut, the others were not asked, whatever was filled in before it was.
        if let Some((Some(said), open)) = gate
            && said.total_cmp(&open).is_ne()
        {
            return Score {
                scale,
                given: Some(scale.range.0),
                outcome: Outcome::Complete(scale.range.0),
            };
        }
        for (place, turn) in &scale.items {
            if let Some(value) = value(values, *place) {
                answered += 1;
                given += match turn {
                    Turn::AsItIs => value,
                    Turn::Reversed => self.lowest + self.highest - value,
                };
            }
        }
        let unanswered_gate = usize::from(matches!(gate, Some((None, _))));
        let missing = of - answered + unanswered_gate;
        let outcome = if missing == 0 {
            Outcome::Complete(scale.value(given, answered))
        } else if missing <= scale.missing && unanswered_gate == 0 {
            Outcome::Prorated {
                value: scale.value(given, answered),
                missing,
            }
        } else {
            Outcome::NoScore {
                missing,
                of: of + usize::from(gate.is_some()),
            }
        };
        Score {
            scale,
            given: (answered > 0).then_some(given),
            outcome,
        }
    }

    fn risk(&self, values: &[Option<f64>]) -> Option<Risk> {
        let signs = self.risks.iter().filter_map(|(place, item)| {
            let value = value(values, *place).filter(|value| *value >= item.at_least)?;
            Some(Sign {
                item: item.clone(),
                value,
            })
        });
        Risk::of(signs.collect())
    }
}

/// One scale as a line for others: its name, its score and the name of its band.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line<'a> {
    pub name: &'a str,
    pub value: Option<f64>,
    pub band: Option<&'a str>,
    /// Worked out from fewer answers than there are questions, as the scale's missing rule allows; not written where it is not so.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub estimated: bool,
}

impl<'a> Scores<'a> {
    pub fn lines(&self) -> Vec<Line<'a>> {
        let line = |score: &Score<'a>| Line {
            name: &score.scale.name,
            value: score.value(),
            band: score.band().map(|band| band.name.as_str()),
            estimated: score.is_estimated(),
        };
        self.scores.iter().map(line).collect()
    }
}

impl Scale {
    /// The score of a sum over so many answers.
    #[expect(clippy::cast_precision_loss, reason = "forms have few items")]
    fn value(&self, given: f64, answered: usize) -> f64 {
        let (of, answered) = (self.items.len() as f64, answered as f64);
        match self.method {
            Method::Sum if of.total_cmp(&answered).is_eq() => given,
            // To the nearest whole point, a half up.
            Method::Sum => (given / answered * of).round(),
            Method::MeanTimesTen => given / answered * 10.0,
        }
    }

    /// The band in which a score is.
    pub fn band(&self, value: f64) -> Option<&Band> {
        self.bands.iter().rev().find(|band| value >= band.from)
    }
}

impl<'a> Score<'a> {
    pub fn value(&self) -> Option<f64> {
        match self.outcome {
            Outcome::Complete(value) | Outcome::Prorated { value, .. } => Some(value),
            Outcome::NoScore { .. } => None,
        }
    }

    /// Whether some answers are missing and the score is worked out from the others.
    pub fn is_estimated(&self) -> bool {
        matches!(self.outcome, Outcome::Prorated { .. })
    }

    pub fn band(&self) -> Option<&'a Band> {
        self.value().and_then(|value| self.scale.band(value))
    }

    /// For a reader, where the number does not speak for itself.
    pub fn plain(&self) -> Option<String> {
        match self.outcome {
            Outcome::Complete(_) => None,
            Outcome::Prorated { missing, .. } => Some(format!(
                "{} without an answer; the score is estimated from the others.",
                questions(missing)
            )),
            Outcome::NoScore { missing, of } => Some(format!(
                "No score: {missing} of {} without an answer.",
                questions(of)
            )),
        }
    }
}

fn questions(number: usize) -> String {
    if number == 1 {
        "1 question".to_owned()
    } else {
        format!("{number} questions")
    }
}

fn value(values: &[Option<f64>], place: usize) -> Option<f64> {
    values.get(place).copied().flatten()
}
