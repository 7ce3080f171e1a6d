//! Answers to a form, each within its range.

use super::Scoring;

/// The answers to one form: they exist only when each is one that the form offers.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers(Vec<Option<f64>>);

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AnswerError {
    #[error("“{link_id}” is answered with {value}; the answers of this form go from {lowest} to {highest}")]
    OutOfRange {
        link_id: String,
        value: f64,
        lowest: f64,
        highest: f64,
    },
    #[error("there is no question “{0}” that counts in this form; correct its linkId or leave it out")]
    NoSuchItem(String),
    #[error(
        "{given} answers were given, and this form has {expected} that count; leave an empty one where nothing was answered"
    )]
    Number { given: usize, expected: usize },
}

impl Answers {
    pub(super) fn values(&self) -> &[Option<f64>] {
        &self.0
    }
}

impl Scoring {
    /// The link ids of all questions that count, in the order of the form.
    pub fn items(&self) -> &[String] {
        &self.items
    }

    /// Answers in the order of [`Scoring::items`].
    pub fn answers(&self, values: &[Option<f64>]) -> Result<Answers, AnswerError> {
        if values.len() != self.items.len() {
            return Err(AnswerError::Number {
                given: values.len(),
                expected: self.items.len(),
            });
        }
        for (value, link_id) in values.iter().zip(&self.items) {
            if let Some(value) = value {
                self.in_range(link_id, *value)?;
            }
        }
        Ok(Answers(values.to_vec()))
    }

    /// Answers by their link ids, in any order; what is not named was not answered.
    pub fn answers_by_id<'a>(
        &self,
        values: impl IntoIterator<Item = (&'a str, f64)>,
    ) -> Result<Answers, AnswerError> {
        let mut answers = vec![None; self.items.len()];
        for (link_id, value) in values {
            let place = self.items.iter().position(|item| item == link_id);
            let place = place.and_then(|place| answers.get_mut(place));
            let slot = place.ok_or_else(|| AnswerError::NoSuchItem(link_id.to_owned()))?;
            self.in_range(link_id, value)?;
            *slot = Some(value);
        }
        Ok(Answers(answers))
    }

    fn in_range(&self, link_id: &str, value: f64) -> Result<(), AnswerError> {
        // Not a number is in no range.
        if (self.lowest..=self.highest).contains(&value) {
            return Ok(());
        }
        let link_id = link_id.to_owned();
        Err(AnswerError::OutOfRange {
            link_id,
            value,
            lowest: self.lowest,
            highest: self.highest,
        })
    }
}
