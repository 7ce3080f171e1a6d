//! Expressions of the form and its items: variables, calculatedExpression and enableWhenExpression, compiled once.

use super::extensions::{all, find};
use super::known::short;
use super::read::Reading;
use super::{At, Item, Kind, Variable};
use crate::fhirpath::Expression;
use crate::json::{Fields, kind};
use serde_json::Value;

/// More than any form in use has, for one scope.
const MOST_VARIABLES: usize = 200;

/// Compiles all expressions; gives the variables of the form itself.
pub(super) fn read(form: &Fields<'_>, reading: &mut Reading) -> Vec<Variable> {
    let of_form = variables(form, &[], reading);
    let objects = std::mem::take(&mut reading.objects);
    for (index, fields) in objects.iter().enumerate() {
        let mut names: Vec<String> = of_form.iter().map(|variable| variable.name.clone()).collect();
        names.extend(seen(At(index), &reading.items));
        let own = variables(fields, &names, reading);
        names.extend(own.iter().map(|variable| variable.name.clone()));
        let calculated = expression(fields, "sdc-questionnaire-calculatedExpression", &names, reading);
        let enable = expression(fields, "sdc-questionnaire-enableWhenExpression", &names, reading);
        let item = &mut reading.items[index];
        if calculated.is_some() && !item.kind.is_question() {
            let why = format!(
                "has a calculatedExpression, and an item of type {} has no answer",
                item.kind.name()
            );
            reading.problems.add(&item.path, why);
        }
        if calculated.is_some() && item.kind == Kind::Quantity {
            let why = "has a calculatedExpression, which for a quantity is not supported: make it a decimal with a unit";
            reading.problems.add(&item.path, why);
        }
        if enable.is_some() && !item.enable.when.is_empty() {
            let why = "has both enableWhen and an enableWhenExpression: keep one";
            reading.problems.add(&item.path, why);
        }
        item.variables = own;
        item.calculated = calculated;
        item.enable.expression = enable;
    }
    reading.objects = objects;
    of_form
}

/// Names of variables of the groups around an item, the outermost first.
fn seen(at: At, items: &[Item]) -> Vec<String> {
    let mut groups: Vec<At> = std::iter::successors(items[at.0].parent, |at| items[at.0].parent).collect();
    groups.reverse();
    let variables = groups.iter().flat_map(|group| &items[group.0].variables);
    variables.map(|variable| variable.name.clone()).collect()
}

fn variables(fields: &Fields<'_>, before: &[String], reading: &mut Reading) -> Vec<Variable> {
    let mut names = before.to_vec();
    let mut variables = Vec::new();
    for extension in all(fields, "variable", reading) {
        if variables.len() >= MOST_VARIABLES {
            let why = format!("there are more than {MOST_VARIABLES} variables here");
            reading.problems.add(extension.path, why);
            break;
        }
        let Some(said) = value(&extension, reading) else {
            continue;
        };
        let Some(name) = said.text("name", &mut reading.problems) else {
            reading
                .problems
                .add(said.at("name"), "is missing: a variable is used by its name");
            continue;
        };
        let Some(expression) = compiled(&said, &names, reading) else {
            // Known all the same, so that each use of it is not told as a second problem.
            names.push(name.to_owned());
            continue;
        };
        names.push(name.to_owned());
        variables.push(Variable {
            name: name.to_owned(),
            expression,
        });
    }
    variables
}

fn expression(
    fields: &Fields<'_>,
    name: &str,
    names: &[String],
    reading: &mut Reading,
) -> Option<Expression> {
    let extension = find(fields, name, reading)?;
    let said = value(&extension, reading)?;
    compiled(&said, names, reading)
}

fn value<'j>(extension: &Fields<'j>, reading: &mut Reading) -> Option<Fields<'j>> {
    match extension.object.get("valueExpression") {
        Some(Value::Object(object)) => Some(Fields::new(object, extension.at("valueExpression"))),
        other => {
            let url = extension
                .object
                .get("url")
                .and_then(Value::as_str)
                .unwrap_or_default();
            let is = other.map_or("missing", kind);
            let why = format!(
                "{} must have an expression as valueExpression, and it is {is}",
                short(url)
            );
            reading.problems.add(&extension.path, why);
            None
        }
    }
}

fn compiled(said: &Fields<'_>, names: &[String], reading: &mut Reading) -> Option<Expression> {
    let language = said.text("language", &mut reading.problems);
    match language {
        Some("text/fhirpath") => {}
        other => {
            let is = other.map_or_else(|| "not said".to_owned(), |other| format!("{other:?}"));
            let why = format!(
                "the language is {is}, and only text/fhirpath is supported: write the expression as FHIRPath"
            );
            reading.problems.add(said.at("language"), why);
            return None;
        }
    }
    if said.object.contains_key("reference") {
        reading.problems.add(
            said.at("reference"),
            "is not fetched: write the expression itself",
        );
    }
    let Some(text) = said.text("expression", &mut reading.problems) else {
        reading.problems.add(said.at("expression"), "is missing");
        return None;
    };
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    match Expression::compile(text, &names) {
        Ok(expression) => {
            for link_id in expression.links() {
                if !reading.places.contains_key(link_id) {
                    reading.note(
                        &said.at("expression"),
                        format!("no item has the linkId {link_id:?}, of which it speaks"),
                    );
                }
            }
            Some(expression)
        }
        Err(wrong) => {
            reading.problems.add(said.at("expression"), wrong.to_string());
            None
        }
    }
}
