//! What a page posts becomes answers: text by the names of rows.

use std::collections::BTreeMap;

use rust_decimal::prelude::ToPrimitive;

use super::sheet::Sheet;
use super::slip::Fault;
use super::{Response, Status};
use crate::answer::{Answer, Quantity, is_date, is_date_time, is_time};
use crate::form::{Form, Item, Kind};
use crate::number;
use crate::problem::Refused;

/// After the name of a row: what is written beside the options, or the unit of a quantity.
pub const OTHER: &str = "~other";

/// Of a text that somebody writes, in characters.
const LONGEST: usize = 20_000;

impl<'f> Sheet<'f> {
    /// The answers that a page posts: names of rows and what was written or chosen there, a name for each answer where there are
    /// several. What cannot be read becomes a slip, and nothing else is lost by it.
    pub fn posted<'p>(
        form: &'f Form,
        status: Status,
        fields: impl IntoIterator<Item = (&'p str, &'p str)>,
    ) -> Result<Self, Refused> {
        let mut said: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, value) in fields {
            if !value.trim().is_empty() {
                said.entry(name).or_default().push(value);
            }
        }
        let response = Response {
            status,
            ..Response::default()
        };
        let mut sheet = Self::laid(form, &response)?;
        for index in 0..sheet.rows.len() {
            let item = form.at(sheet.rows[index].item);
            if !item.kind.is_question() || item.calculated.is_some() {
                continue;
            }
            let name = &sheet.rows[index].name;
            let beside = said.remove(format!("{name}{OTHER}").as_str()).unwrap_or_default();
            let values = said.remove(name.as_str()).unwrap_or_default();
            sheet.take(index, item, &values, &beside);
        }
        sheet.work_out();
        // Nobody is told off for what they answered before they said that it does not concern them.
        for row in &mut sheet.rows {
            if !row.enabled {
                row.answers.clear();
            }
        }
        sheet.work_out();
        sheet.check();
        Ok(sheet)
    }

    fn take(&mut self, row: usize, item: &Item, values: &[&str], beside: &[&str]) {
        let mut answers = Vec::new();
        let mut wrong = Vec::new();
        for value in values {
            match read(item, value, beside) {
                Some(answer) => answers.push(answer),
                None => wrong.push(value.chars().take(200).collect()),
            }
        }
        if item.kind == Kind::OpenChoice {
            answers.extend(beside.iter().map(|text| Answer::Text((*text).trim().to_owned())));
        }
        self.rows[row].answers = answers;
        for said in wrong {
            self.slip(item, Some(row), Fault::Unreadable { said });
        }
    }
}

/// None where it is no answer of this type.
fn read(item: &Item, said: &str, beside: &[&str]) -> Option<Answer> {
    if !item.options.is_empty() {
        let chosen = item.options.iter().find(|choice| choice.key == said);
        return chosen.map(|choice| choice.value.clone());
    }
    let text = said.trim();
    let short = || (said.chars().count() <= LONGEST).then(|| text.to_owned());
    match item.kind {
        Kind::Group | Kind::Display | Kind::Choice => None,
        Kind::Boolean => match text {
            "true" => Some(Answer::Boolean(true)),
            "false" => Some(Answer::Boolean(false)),
            _ => None,
        },
        Kind::Integer => {
            let number = number::from_text(text)?;
            number
                .is_integer()
                .then(|| number.to_i32().map(Answer::Integer))
                .flatten()
        }
        Kind::Decimal => number::from_text(text).map(Answer::Decimal),
        Kind::String | Kind::Text | Kind::OpenChoice => short().map(Answer::Text),
        Kind::Url => short().map(Answer::Url),
        Kind::Date => is_date(text).then(|| Answer::Date(text.to_owned())),
        Kind::DateTime => is_date_time(text).then(|| Answer::DateTime(text.to_owned())),
        // A browser's field gives "14:30".
        Kind::Time => {
            let time = if text.len() == 5 {
                format!("{text}:00")
            } else {
                text.to_owned()
            };
            is_time(&time).then_some(Answer::Time(time))
        }
        Kind::Quantity => {
            let value = number::from_text(text)?;
            let units = &item.hints.units;
            let unit = match beside.first() {
                Some(code) => Some(units.iter().find(|unit| unit.code.as_deref() == Some(*code))?),
                None => units.first().or(item.hints.unit.as_ref()),
            };
            Some(Answer::Quantity(Quantity {
                value,
                unit: unit.map(|unit| unit.label().to_owned()),
                system: unit.and_then(|unit| unit.system.clone()),
                code: unit.and_then(|unit| unit.code.clone()),
            }))
        }
    }
}
