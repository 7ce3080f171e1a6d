//! The answers on a sheet, as numbers.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{AnswerError, Answers, Scoring};
use crate::answer::Answer;
use crate::form::Item;
use crate::measure::Measure;
use crate::response::Sheet;
use crate::risk::{Risk, Sign};

impl Scoring {
    /// What counts of a sheet: the weight of the option that was chosen, or the number that was written. What is not asked, given the
    /// other answers, was not answered.
    pub fn answers_on(&self, sheet: &Sheet<'_>) -> Result<Answers, AnswerError> {
        let given = sheet.rows.iter().filter(|row| row.enabled).filter_map(|row| {
            let item = sheet.item(row);
            let value = row.answers.first().and_then(|answer| weight(item, answer))?;
            self.items()
                .contains(&item.link_id)
                .then_some((item.link_id.as_str(), value))
        });
        self.answers_by_id(given)
    }
}

fn weight(item: &Item, answer: &Answer) -> Option<f64> {
    if let Some(choice) = item.option(answer)
        && let Some(weight) = choice.weight
    {
        return weight.to_f64();
    }
    match answer {
        Answer::Integer(whole) => Some(f64::from(*whole)),
        Answer::Decimal(decimal) => Decimal::to_f64(decimal),
        _ => None,
    }
}

impl Measure {
    /// Signs of danger on a sheet, whatever else it has or has not: also of a form whose numbers nobody explains.
    pub fn risk_on(&self, sheet: &Sheet<'_>) -> Option<Risk> {
        let mut signs = Vec::new();
        for item in &self.risks {
            let rows = sheet.rows.iter().filter(|row| row.enabled);
            let rows = rows.filter(|row| sheet.item(row).link_id == item.link_id);
            let values = rows.flat_map(|row| {
                row.answers
                    .iter()
                    .filter_map(|answer| weight(sheet.item(row), answer))
            });
            let worst = values.max_by(f64::total_cmp);
            if let Some(value) = worst.filter(|value| *value >= item.at_least) {
                signs.push(Sign {
                    item: item.clone(),
                    value,
                });
            }
        }
        Risk::of(signs)
    }
}
