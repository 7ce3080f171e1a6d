//! Scores: every calculatedExpression of a form, each after those that it reads.

mod plan;
mod working;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::Value;

use crate::answer::{Answer, Coding};
use crate::fhirpath::Steps;
use crate::form::{Form, Item, Kind};
use crate::problem::Refused;
use crate::response::{Fault, Mistake, Response, Sheet};
pub use plan::Plan;
pub(crate) use working::Working;

/// What was computed for an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    pub link_id: String,
    /// Its row in the sheet; within repeated groups there is one for each.
    pub row: usize,
    /// Of that row.
    pub name: String,
    /// The item's text, or its linkId.
    pub text: String,
    pub code: Option<Coding>,
    /// Empty where the answers give none.
    pub values: Vec<Answer>,
}

/// The scores of a response, or why they would not be right.
#[derive(Debug, Clone, Default)]
pub struct Scores {
    /// None of them where an answer is wrong that they could depend on.
    pub scores: Vec<Score>,
    pub mistakes: Vec<Mistake>,
}

impl Score {
    /// As JSON: null where there is none, a list where there are several.
    pub fn value(&self) -> Value {
        let mut values: Vec<Value> = self.values.iter().map(|answer| answer.to_json().1).collect();
        match values.len() {
            0 => Value::Null,
            1 => values.remove(0),
            _ => Value::Array(values),
        }
    }

    pub fn number(&self) -> Option<Decimal> {
        match self.values.as_slice() {
            [one] => one.number(),
            _ => None,
        }
    }
}

impl Scores {
    pub fn find(&self, link_id: &str) -> Option<&Score> {
        self.scores.iter().find(|score| score.link_id == link_id)
    }
}

/// Scores a response. Half-filled ones are scored as far as the form's expressions do.
pub fn score(form: &Form, response: &Response) -> Result<Scores, Refused> {
    let sheet = Sheet::new(form, response)?;
    let spoilt = sheet.mistakes.iter().any(Mistake::spoils_scores);
    Ok(Scores {
        scores: if spoilt { Vec::new() } else { sheet.scores },
        mistakes: sheet.mistakes,
    })
}

impl Sheet<'_> {
    /// Computes what is computed, and puts it into its rows.
    pub(crate) fn compute(&mut self) {
        self.scores.clear();
        if self.form.plan.order.is_empty() {
            return;
        }
        let said = self.forget();
        let steps = Steps::of_all();
        let mut wrong = self.in_order(&steps);
        for (row, why) in self.unsteady(&wrong, &steps) {
            self.rows[row].answers.clear();
            wrong.insert(row, why);
        }
        for row in 0..self.rows.len() {
            let is_computed = self.item(&self.rows[row]).calculated.is_some();
            if is_computed && !wrong.contains_key(&row) {
                self.scores.push(self.score_of(row));
            }
        }
        for (row, said) in said {
            let computed = &self.rows[row].answers;
            let is_same = said.len() == computed.len()
                && said
                    .iter()
                    .zip(computed)
                    .all(|(said, computed)| said.means(computed));
            if !is_same && !wrong.contains_key(&row) {
                let fault = Fault::Differs {
                    said: told(&said),
                    computed: told(computed),
                };
                self.mistake(self.form.at(self.rows[row].item), Some(row), fault);
            }
        }
        for (row, why) in wrong {
            self.mistake(
                self.form.at(self.rows[row].item),
                Some(row),
                Fault::NotComputed { why },
            );
        }
    }

    /// Each score after those that it reads; gives the rows that have none, and why.
    fn in_order(&mut self, steps: &Steps) -> BTreeMap<usize, String> {
        let form = self.form;
        let mut wrong = BTreeMap::new();
        let mut rows_of: Vec<Vec<usize>> = vec![Vec::new(); form.items.len()];
        for (index, row) in self.rows.iter().enumerate() {
            rows_of[row.item.0].push(index);
        }
        let mut json = self.evaluated();
        for at in &form.plan.order {
            let working = Working::new(self, &json.0, &json.1, steps);
            let found: Vec<_> = rows_of[at.0]
                .iter()
                .map(|row| (*row, working.computed(*row)))
                .collect();
            for (row, found) in found {
                match found {
                    Ok(answers) => self.rows[row].answers = answers,
                    Err(why) => {
                        wrong.insert(row, why);
                    }
                }
            }
            // To write all answers again takes time as well; where there is none left, the next ones say so.
            if form.plan.read.contains(at) && steps.spend(self.rows.len()).is_ok() {
                json = self.evaluated();
            }
        }
        wrong
    }

    /// What the response says of what is computed; it is taken out, and not believed.
    fn forget(&mut self) -> Vec<(usize, Vec<Answer>)> {
        let form = self.form;
        let mut said = Vec::new();
        for (index, row) in self.rows.iter_mut().enumerate() {
            if form.at(row.item).calculated.is_some() && !row.answers.is_empty() {
                said.push((index, std::mem::take(&mut row.answers)));
            }
        }
        said
    }

    /// Scores that come out otherwise when all of them are there: they read themselves, or each other in a circle.
    fn unsteady(&self, wrong: &BTreeMap<usize, String>, steps: &Steps) -> Vec<(usize, String)> {
        let (resource, places) = self.evaluated();
        let working = Working::new(self, &resource, &places, steps);
        let mut found = Vec::new();
        for (index, row) in self.rows.iter().enumerate() {
            if self.item(row).calculated.is_none() || wrong.contains_key(&index) {
                continue;
            }
            match working.computed(index) {
                Ok(again) if again == row.answers => {}
                Ok(_) => {
                    let why = "its expression reads its own result: leave its item out of what is added up";
                    found.push((index, why.to_owned()));
                }
                Err(why) => found.push((index, why)),
            }
        }
        found
    }

    fn score_of(&self, row: usize) -> Score {
        let item = self.item(&self.rows[row]);
        Score {
            link_id: item.link_id.clone(),
            row,
            name: self.rows[row].name.clone(),
            text: item.text.clone().unwrap_or_else(|| item.link_id.clone()),
            code: item.codes.first().cloned(),
            values: self.rows[row].answers.clone(),
        }
    }
}

fn told(answers: &[Answer]) -> String {
    let words: Vec<String> = answers.iter().map(ToString::to_string).collect();
    words.join(", ")
}

/// Whether what was computed is what the item holds.
pub(crate) fn fits(item: &Item, answers: &[Answer]) -> Result<(), String> {
    if answers.len() > 1 && !item.repeats {
        return Err(format!(
            "it gives {} values, and the item does not repeat",
            answers.len()
        ));
    }
    for answer in answers {
        if !item.kind.takes(answer) {
            return Err(format!(
                "it gives a {}, and the item is of type {}",
                answer.kind(),
                item.kind.name()
            ));
        }
        if item.kind == Kind::Choice && item.option(answer).is_none() {
            return Err(format!("it gives {answer}, which is none of the options"));
        }
    }
    Ok(())
}
