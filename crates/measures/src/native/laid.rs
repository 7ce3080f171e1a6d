//! The answers on a sheet, as numbers.

use super::{AnswerError, Answers, Scoring};
use crate::measure::Measure;
use crate::response::Sheet;
use crate::risk::{Risk, RiskItem, Sign};

impl Scoring {
    /// What counts of a sheet: the weight of the option that was chosen, or the number that was written. What is not asked, given the
    /// other answers, was not answered.
    pub fn answers_on(&self, sheet: &Sheet<'_>) -> Result<Answers, AnswerError> {
        let given = sheet.rows.iter().filter(|row| row.enabled).filter_map(|row| {
            let item = sheet.item(row);
            let value = row.answers.first().and_then(|answer| item.counts(answer))?;
            self.items()
                .contains(&item.link_id)
                .then_some((item.link_id.as_str(), value))
        });
        self.answers_by_id(given)
    }
}

impl Measure {
    /// Signs of danger on a sheet, whatever else it has or has not: also of a form whose numbers nobody explains.
    pub fn risk_on(&self, sheet: &Sheet<'_>) -> Option<Risk> {
        let signs = self.risks.iter().filter_map(|item| {
            let value = worst(item, sheet).filter(|value| *value >= item.at_least)?;
            Some(Sign {
                item: item.clone(),
                value,
            })
        });
        Risk::of(signs.collect())
    }

    /// Questions about danger of which a sheet tells nothing, one way or the other: worth asking in person.
    pub fn unanswered_risks_on(&self, sheet: &Sheet<'_>) -> Vec<&RiskItem> {
        let unanswered = self.risks.iter().filter(|item| worst(item, sheet).is_none());
        unanswered.collect()
    }
}

/// What counts most of the answers to a question about danger.
fn worst(item: &RiskItem, sheet: &Sheet<'_>) -> Option<f64> {
    let rows = sheet.rows.iter().filter(|row| row.enabled);
    let rows = rows.filter(|row| sheet.item(row).link_id == item.link_id);
    let values = rows.flat_map(|row| {
        row.answers
            .iter()
            .filter_map(|answer| sheet.item(row).counts(answer))
    });
    values.max_by(f64::total_cmp)
}
