//! What a page needs of a row, beside its item: what is chosen, and what stands in its field.

use super::mistake::{Fault, Mistake};
use super::sheet::{Progress, Row, Sheet};
use crate::answer::Answer;
use crate::form::{Choice, Item};

impl<'f> Sheet<'f> {
    pub fn item(&self, row: &Row) -> &'f Item {
        self.form.at(row.item)
    }

    /// The row of this name.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.rows.iter().position(|row| row.name == name)
    }

    pub fn mistakes_of<'s>(&'s self, row: &'s Row) -> impl Iterator<Item = &'s Mistake> {
        self.mistakes
            .iter()
            .filter(|mistake| mistake.name.as_ref() == Some(&row.name))
    }

    pub fn is_chosen(&self, row: &Row, choice: &Choice) -> bool {
        row.answers.iter().any(|answer| choice.value.means(answer))
    }

    /// What stands in the field of a row: what was answered and is none of the options, or what was posted and cannot be read.
    pub fn written(&self, row: &Row) -> Option<String> {
        let item = self.item(row);
        let answer = row.answers.iter().find(|answer| item.option(answer).is_none());
        let written = answer.map(|answer| match answer {
            Answer::Quantity(quantity) => quantity.value.normalize().to_string(),
            Answer::Boolean(is) => is.to_string(),
            other => other.to_string(),
        });
        written.or_else(|| {
            self.mistakes_of(row).find_map(|mistake| match &mistake.fault {
                Fault::Unreadable { said } => Some(said.clone()),
                _ => None,
            })
        })
    }

    /// Questions that are asked now, and how many of them are answered.
    pub fn progress(&self) -> Progress {
        let asked = self
            .rows
            .iter()
            .filter(|row| row.enabled && self.item(row).is_asked());
        let mut progress = Progress { answered: 0, of: 0 };
        for row in asked {
            progress.of += 1;
            progress.answered += usize::from(!row.answers.is_empty());
        }
        progress
    }
}
