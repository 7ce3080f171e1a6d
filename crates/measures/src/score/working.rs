//! Expressions of rows, with the variables that they see.

use serde_json::Value;

use super::fits;
use super::plan::{used, visible};
use crate::answer::{Answer, Coding};
use crate::fhirpath::{Collection, Evaluation, Expression, On, Steps, Val, Wrong};
use crate::form::{Item, Kind};
use crate::json::{Fields, Object};
use crate::problem::Problems;
use crate::response::Sheet;
use rust_decimal::prelude::ToPrimitive;

/// The answers of a sheet as expressions see them.
pub(crate) struct Working<'a> {
    sheet: &'a Sheet<'a>,
    resource: &'a Value,
    places: &'a [Option<String>],
    steps: &'a Steps,
}

impl<'a> Working<'a> {
    pub(crate) fn new(
        sheet: &'a Sheet<'_>,
        resource: &'a Value,
        places: &'a [Option<String>],
        steps: &'a Steps,
    ) -> Self {
        Self {
            sheet,
            resource,
            places,
            steps,
        }
    }

    /// What the row's calculatedExpression gives, as answers of its item.
    pub(crate) fn computed(&self, row: usize) -> Result<Vec<Answer>, String> {
        let item = self.sheet.item(&self.sheet.rows[row]);
        let Some(expression) = &item.calculated else {
            return Ok(Vec::new());
        };
        let found = self.run(row, expression).map_err(|wrong| wrong.to_string())?;
        let answers = found.iter().map(|value| answer(item, value));
        let answers = answers.collect::<Result<Vec<_>, _>>()?;
        fits(item, &answers)?;
        Ok(answers)
    }

    pub(crate) fn is_true(&self, row: usize, expression: &Expression) -> Result<bool, String> {
        let found = self.run(row, expression).map_err(|wrong| wrong.to_string())?;
        let found: Vec<Value> = found.iter().map(Val::to_json).collect();
        match found.as_slice() {
            [] => Ok(false),
            [Value::Bool(is)] => Ok(*is),
            _ => Err("an enableWhenExpression gives true or false".to_owned()),
        }
    }

    fn context(&self, row: usize) -> &Value {
        let place = self.places[row].as_ref();
        let found = place.and_then(|pointer| self.resource.pointer(pointer));
        found.unwrap_or(&self.sheet.form.stubs[self.sheet.rows[row].item.0])
    }

    fn on<'b>(&'b self, context: &'b Value) -> On<'b> {
        On {
            form: self.sheet.form,
            resource: self.resource,
            context,
        }
    }

    fn run<'b>(&'b self, row: usize, expression: &'b Expression) -> Result<Collection<'b>, Wrong> {
        let variables = self.variables(row, expression)?;
        Evaluation::new(self.on(self.context(row)), &variables, self.steps).run(expression)
    }

    /// The variables that an expression needs, each evaluated where it stands; the others stay empty.
    fn variables<'b>(&'b self, row: usize, expression: &'b Expression) -> Result<Vec<Collection<'b>>, Wrong> {
        let form = self.sheet.form;
        let at = self.sheet.rows[row].item;
        let visible = visible(at, &form.items, &form.variables);
        let needed = used(expression, &visible);
        if needed.is_empty() {
            return Ok(Vec::new());
        }
        // For each variable the row at which it stands; those of the form stand at none.
        let mut stand: Vec<Option<usize>> = vec![None; form.variables.len()];
        let mut rows: Vec<usize> = std::iter::once(row).chain(self.sheet.around(row)).collect();
        rows.reverse();
        for row in rows {
            let count = form.at(self.sheet.rows[row].item).variables.len();
            stand.extend(std::iter::repeat_n(Some(row), count));
        }
        let mut found: Vec<Collection<'b>> = Vec::with_capacity(visible.len());
        for (index, variable) in visible.iter().enumerate() {
            let value = if needed.contains(&index) {
                let context = stand[index].map_or(self.resource, |row| self.context(row));
                Evaluation::new(self.on(context), &found, self.steps).run(&variable.expression)?
            } else {
                Collection::new()
            };
            found.push(value);
        }
        Ok(found)
    }
}

/// A value as an answer of the item's type, where it can be one.
fn answer(item: &Item, value: &Val<'_>) -> Result<Answer, String> {
    let simple = value.to_json();
    let number = || value.number(1).ok();
    let unfit = || {
        let is = crate::json::kind(&simple);
        format!("it gives {is}, and the item is of type {}", item.kind.name())
    };
    let text = || simple.as_str().map(str::to_owned).ok_or_else(unfit);
    match item.kind {
        Kind::Decimal => number().map(Answer::Decimal).ok_or_else(unfit),
        Kind::Integer => match number() {
            Some(number) => {
                let whole = number.is_integer().then(|| number.to_i32()).flatten();
                whole
                    .map(Answer::Integer)
                    .ok_or_else(|| format!("it gives {number}, and the item is a whole number"))
            }
            None => Err(unfit()),
        },
        Kind::Boolean => simple.as_bool().map(Answer::Boolean).ok_or_else(unfit),
        Kind::String | Kind::Text => text().map(Answer::Text),
        Kind::Url => text().map(Answer::Url),
        Kind::Date => text().and_then(|text| {
            crate::days::is_date(&text)
                .then_some(Answer::Date(text))
                .ok_or_else(unfit)
        }),
        Kind::DateTime => text().and_then(|text| {
            crate::days::is_date_time(&text)
                .then_some(Answer::DateTime(text))
                .ok_or_else(unfit)
        }),
        Kind::Time => text().and_then(|text| {
            crate::days::is_time(&text)
                .then_some(Answer::Time(text))
                .ok_or_else(unfit)
        }),
        Kind::Choice | Kind::OpenChoice => match &simple {
            Value::Object(object) => coding(item, object).ok_or_else(unfit),
            Value::String(text) => Ok(Answer::Text(text.clone())),
            _ => Err(unfit()),
        },
        Kind::Group | Kind::Display | Kind::Quantity => Err(unfit()),
    }
}

/// A coding, or a concept of a ValueSet, which has the same elements.
fn coding(item: &Item, object: &Object) -> Option<Answer> {
    let mut problems = Problems::default();
    let mut coding = Coding::read(&Fields::new(object, ""), &mut problems);
    coding.weight = None;
    let answer = Answer::Coding(coding);
    let known = item.option(&answer).map(|choice| choice.value.clone());
    problems.are_none().then(|| known.unwrap_or(answer))
}
