//! Every row against its item: type, options, how many, how large.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::Status;
use super::enabled::worded;
use super::mistake::Fault;
use super::sheet::Sheet;
use crate::answer::Answer;
use crate::form::{Item, Kind};

/// To one item, where it does not say how many it takes.
const MOST_ANSWERS: usize = 1_000;

impl Sheet<'_> {
    pub(super) fn check(&mut self) {
        let mut faults = Vec::new();
        for (index, row) in self.rows.iter().enumerate() {
            let item = self.item(row);
            let mut add = |fault| faults.push((index, fault));
            if row.answers.is_empty() {
                let is_due = self.status.is_whole()
                    && row.enabled
                    && item.kind.is_question()
                    && item.calculated.is_none();
                if is_due && item.required && !item.hidden {
                    add(Fault::Required);
                }
                continue;
            }
            if !row.enabled {
                add(Fault::NotEnabled);
            }
            how_many(&row.answers, item, self.status, &mut add);
            for answer in &row.answers {
                if let Some(fault) = fault(answer, item) {
                    add(fault);
                }
            }
        }
        for (row, fault) in faults {
            let item = self.form.at(self.rows[row].item);
            self.mistake(item, Some(row), fault);
        }
    }
}

fn how_many(answers: &[Answer], item: &Item, status: Status, add: &mut impl FnMut(Fault)) {
    let most = if item.repeats {
        item.limits.most_answers.unwrap_or(MOST_ANSWERS)
    } else {
        1
    };
    if answers.len() > most {
        add(Fault::TooMany { most });
        return;
    }
    match item.limits.fewest_answers {
        Some(least) if status.is_whole() && item.repeats && answers.len() < least => {
            add(Fault::TooFew { least })
        }
        _ => {}
    }
    let chosen = answers.iter().filter_map(|answer| item.option(answer));
    if let Some(alone) = chosen
        .filter(|choice| choice.exclusive)
        .find(|_| answers.len() > 1)
    {
        add(Fault::NotAlone {
            option: alone.label.clone(),
        });
    }
    let twice = answers
        .iter()
        .enumerate()
        .any(|(index, answer)| answers[..index].iter().any(|before| before.means(answer)));
    if twice && !item.options.is_empty() {
        add(Fault::Repeated);
    }
}

fn fault(answer: &Answer, item: &Item) -> Option<Fault> {
    if !item.kind.takes(answer) {
        return Some(Fault::WrongType {
            is: answer.kind(),
            wanted: item.kind.name(),
        });
    }
    if !item.options.is_empty() && item.option(answer).is_none() && !is_free(answer, item) {
        return Some(Fault::NotAnOption {
            said: answer.to_string(),
        });
    }
    let limits = &item.limits;
    if let Some(least) = &limits.least
        && order(answer, least) == Some(Ordering::Less)
    {
        return Some(Fault::TooSmall { least: least.clone() });
    }
    if let Some(most) = &limits.most
        && order(answer, most) == Some(Ordering::Greater)
    {
        return Some(Fault::TooLarge { most: most.clone() });
    }
    match answer {
        Answer::Text(text) | Answer::Url(text) => {
            let length = text.chars().count();
            match (limits.shortest, limits.longest) {
                (Some(least), _) if length < least => Some(Fault::TooShort { least }),
                (_, Some(most)) if length > most => Some(Fault::TooLong { most }),
                _ => None,
            }
        }
        Answer::Decimal(decimal) => {
            let places = limits.decimal_places?;
            (decimal.normalize().scale() > places).then_some(Fault::TooPrecise { places })
        }
        _ => None,
    }
}

/// What one may write beside the options.
fn is_free(answer: &Answer, item: &Item) -> bool {
    let is_text = match answer {
        Answer::Text(_) => true,
        // As another system writes what its options do not have.
        Answer::Coding(coding) => coding.code.is_none(),
        _ => false,
    };
    item.kind == Kind::OpenChoice && is_text
}

fn order(answer: &Answer, bound: &Answer) -> Option<Ordering> {
    let numbers: Option<(Decimal, Decimal)> = answer.number().zip(bound.number());
    match numbers {
        Some((answer, bound)) => Some(answer.cmp(&bound)),
        None => worded(answer, bound),
    }
}
