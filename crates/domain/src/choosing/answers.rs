//! What a person answered.

use super::{Choice, Choose, Chooser, Question, Together};

/// A set of answers, one bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Set(u128);

/// Answers to the questions of a chooser; a question that was skipped has none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers(Set);

/// What an answer names that is not there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unknown {
    #[error("there is no question “{question}”; `sameboat choose --questions` lists them")]
    Question { question: String },
    #[error("the question “{question}” has no answer “{choice}”; it has {}", .there.join(", "))]
    Choice {
        question: String,
        choice: String,
        there: Vec<String>,
    },
    #[error("the question “{question}” takes one answer, not {count}")]
    TooMany { question: String, count: usize },
    #[error("“{choice}” of the question “{question}” stands alone; leave out the other answers")]
    NotAlone { question: String, choice: String },
}

impl Set {
    pub(super) fn of_bit(bit: u8) -> Self {
        Self(1 << bit)
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether they share an answer.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether every answer of `other` is in it.
    pub fn holds(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }
}

impl Answers {
    pub fn set(&self) -> Set {
        self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn has(&self, choice: &Choice) -> bool {
        self.0.meets(choice.set())
    }

    /// What was chosen of a question.
    pub fn of<'a>(&self, question: &'a Question) -> impl Iterator<Item = &'a Choice> {
        let set = self.0;
        question
            .choices
            .iter()
            .filter(move |choice| set.meets(choice.set()))
    }

    /// Questions that were answered.
    pub fn count(&self, chooser: &Chooser) -> usize {
        chooser
            .questions()
            .iter()
            .filter(|question| self.0.meets(question.set()))
            .count()
    }
}

impl From<Set> for Answers {
    fn from(set: Set) -> Self {
        Self(set)
    }
}

impl Chooser {
    /// The answers with those to one question in place of what they were; an empty list skips it.
    pub fn answer(&self, answers: &Answers, question: &str, chosen: &[&str]) -> Result<Answers, Unknown> {
        let asked = self.question(question).ok_or_else(|| Unknown::Question {
            question: shortened(question),
        })?;
        let mut choices = Vec::new();
        for id in chosen {
            let choice = asked.choice(id).ok_or_else(|| Unknown::Choice {
                question: asked.id.to_string(),
                choice: shortened(id),
                there: asked.choices.iter().map(|choice| choice.id.to_string()).collect(),
            })?;
            if !choices.contains(&choice) {
                choices.push(choice);
            }
        }
        if asked.choose == Choose::One && choices.len() > 1 {
            return Err(Unknown::TooMany {
                question: asked.id.to_string(),
                count: choices.len(),
            });
        }
        let alone = choices.iter().find(|choice| choice.together == Together::Alone);
        if let Some(choice) = alone.filter(|_| choices.len() > 1) {
            return Err(Unknown::NotAlone {
                question: asked.id.to_string(),
                choice: choice.id.to_string(),
            });
        }
        let chosen = choices
            .iter()
            .fold(Set::default(), |set, choice| set.with(choice.set()));
        Ok(Answers(answers.0.without(asked.set()).with(chosen)))
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}
