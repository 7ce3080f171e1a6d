//! Which rows are asked, given the other answers. What is not asked counts as not answered.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::mistake::Fault;
use super::sheet::Sheet;
use crate::answer::Answer;
use crate::fhirpath::Steps;
use crate::form::{Behaviour, Compare, Test, When};
use crate::score::Working;

impl Sheet<'_> {
    pub(super) fn enable(&mut self) {
        let form = self.form;
        let mut rows_of: Vec<Vec<usize>> = vec![Vec::new(); form.items.len()];
        for (index, row) in self.rows.iter().enumerate() {
            rows_of[row.item.0].push(index);
        }
        let by_expression = self.by_expression();
        // In an order in which each row comes after those it depends on.
        for at in &form.order {
            let enable = &form.at(*at).enable;
            for &row in &rows_of[at.0] {
                let around = self.rows[row]
                    .parent
                    .is_none_or(|parent| self.rows[parent].enabled);
                let own = match by_expression.get(&row) {
                    Some(enabled) => *enabled,
                    None if enable.when.is_empty() => true,
                    None => {
                        let mut held = enable
                            .when
                            .iter()
                            .map(|when| self.holds(when, row, &rows_of[when.question.0]));
                        match enable.behaviour {
                            Behaviour::All => held.all(|held| held),
                            Behaviour::Any => held.any(|held| held),
                        }
                    }
                };
                self.rows[row].enabled = around && own;
            }
        }
    }

    /// Rows whose enableWhenExpression says whether they are asked.
    fn by_expression(&mut self) -> BTreeMap<usize, bool> {
        let form = self.form;
        let with: Vec<usize> = (0..self.rows.len())
            .filter(|row| form.at(self.rows[*row].item).enable.expression.is_some())
            .collect();
        if with.is_empty() {
            return BTreeMap::new();
        }
        let (resource, places) = self.evaluated();
        let steps = Steps::of_all();
        let working = Working::new(self, &resource, &places, &steps);
        let found: Vec<_> = with
            .into_iter()
            .filter_map(|row| {
                let expression = form.at(self.rows[row].item).enable.expression.as_ref()?;
                Some((row, working.is_true(row, expression)))
            })
            .collect();
        let mut enabled = BTreeMap::new();
        for (row, found) in found {
            // Where it cannot be told it is asked: a question too many does less harm than one too few.
            let is = found.unwrap_or_else(|why| {
                let item = form.at(self.rows[row].item);
                self.mistake(item, Some(row), Fault::NotComputed { why });
                true
            });
            enabled.insert(row, is);
        }
        enabled
    }

    fn holds(&self, when: &When, row: usize, questions: &[usize]) -> bool {
        let nearest = self.nearest(row, questions);
        let mut answers = nearest
            .iter()
            .filter(|question| self.rows[**question].enabled)
            .flat_map(|question| &self.rows[*question].answers);
        match &when.test {
            Test::Answered => answers.next().is_some(),
            Test::Unanswered => answers.next().is_none(),
            Test::Is(compare, wanted) => {
                let item = self.form.at(when.question);
                answers.any(|answer| {
                    // A number is compared with what an option counts.
                    let counts = || {
                        item.option(answer)
                            .and_then(|choice| choice.weight)
                            .map(Answer::Decimal)
                    };
                    let weighs = wanted.number().is_some() && answer.number().is_none();
                    if weighs {
                        counts().is_some_and(|counts| compared(*compare, &counts, wanted))
                    } else {
                        compared(*compare, answer, wanted)
                    }
                })
            }
        }
    }

    /// Of several rows of a question, those in the same repeat of the innermost group that both are in.
    fn nearest<'r>(&self, row: usize, questions: &'r [usize]) -> &'r [usize] {
        if questions.len() < 2 {
            return questions;
        }
        for group in self.around(row) {
            let from = questions.partition_point(|question| *question < group);
            let to = questions.partition_point(|question| *question < self.rows[group].end);
            if from < to {
                return &questions[from..to];
            }
        }
        questions
    }
}

fn compared(compare: Compare, answer: &Answer, wanted: &Answer) -> bool {
    let order = match (answer.number(), wanted.number()) {
        (Some(answer), Some(wanted)) => Some(answer.cmp(&wanted)),
        _ => worded(answer, wanted),
    };
    let equal = match order {
        Some(order) => order == Ordering::Equal,
        None => answer.means(wanted),
    };
    match compare {
        Compare::Equal => equal,
        Compare::Unequal => !equal,
        Compare::Greater => order == Some(Ordering::Greater),
        Compare::Less => order == Some(Ordering::Less),
        Compare::AtLeast => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
        Compare::AtMost => matches!(order, Some(Ordering::Less | Ordering::Equal)),
    }
}

/// The order of days and times, as far as both are equally precise.
pub(super) fn worded(answer: &Answer, wanted: &Answer) -> Option<Ordering> {
    match (answer, wanted) {
        (Answer::Date(one), Answer::Date(other)) | (Answer::Time(one), Answer::Time(other))
            if one.len() == other.len() =>
        {
            Some(one.cmp(other))
        }
        (Answer::DateTime(one), Answer::DateTime(other)) => {
            let zone = |text: &str| text.split_at_checked(19).map(|(_, zone)| zone.to_owned());
            (zone(one) == zone(other) && one.len() == other.len()).then(|| one.cmp(other))
        }
        _ => None,
    }
}
