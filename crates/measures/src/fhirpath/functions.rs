//! Functions of collections.

use super::evaluate::{Evaluation, Found, Here, Operand};
use super::iterating::boolean;
use super::syntax::{Function, Node};
use super::value::{Collection, Simple, Val};
use super::{Wrong, numbers, texts, weights};

impl<'a> Evaluation<'_, 'a> {
    pub(super) fn call(
        &self,
        of: &'a Node,
        function: Function,
        with: &'a [Node],
        column: usize,
        here: Here<'_, 'a>,
    ) -> Found<'a> {
        let values = self.operand(of, here)?;
        let values = values.values();
        let yes = |is: bool| Ok(vec![Val::Boolean(is)]);
        match function {
            Function::Empty => yes(values.is_empty()),
            Function::Exists => match with {
                [criteria] => yes(!self.filtered(values, criteria, column, here)?.is_empty()),
                _ => yes(!values.is_empty()),
            },
            Function::Not => match values {
                [] => Ok(Vec::new()),
                [one] => yes(!boolean(one, column)?),
                _ => Err(Wrong::new(
                    column,
                    "not() is asked of one value, and there are several",
                )),
            },
            Function::All => self.all(values, &with[0], column, here),
            Function::AllTrue | Function::AnyTrue | Function::AllFalse | Function::AnyFalse => {
                yes(quantified(function, values, column)?)
            }
            Function::Count => Ok(vec![Val::Number(values.len().into())]),
            Function::Distinct => self.distinct(values.to_vec(), column),
            Function::IsDistinct => yes(self.distinct(values.to_vec(), column)?.len() == values.len()),
            Function::Where => self.filtered(values, &with[0], column, here),
            Function::Select => self.select(values, &with[0], here),
            Function::Repeat => self.repeat(values, &with[0], column, here),
            Function::Descendants => self.descendants(values),
            Function::Extension => {
                let url = self.argument(&with[0], column, here)?;
                url.map_or(Ok(Vec::new()), |url| self.extensions(values, url.text(column)?))
            }
            Function::First => Ok(values.first().cloned().into_iter().collect()),
            Function::Last => Ok(values.last().cloned().into_iter().collect()),
            Function::Tail => Ok(values.iter().skip(1).cloned().collect()),
            Function::Single => match values {
                [] | [_] => Ok(values.to_vec()),
                _ => Err(Wrong::new(column, "single() found several values")),
            },
            Function::Skip | Function::Take => self.part(function, values, &with[0], column, here),
            Function::UnionWith | Function::Combine => {
                let mut all = values.to_vec();
                all.extend(self.node(&with[0], here)?);
                match function {
                    Function::Combine => Ok(all),
                    _ => self.distinct(all, column),
                }
            }
            Function::Iif => self.iif(values, with, column, here),
            Function::Aggregate => self.aggregate(values, with, here),
            Function::Weight | Function::Ordinal => weights::of(self.on.form, values, column),
            Function::HasValue => match values {
                [one] => yes(!matches!(one.simple(column)?, Simple::Object(_))),
                _ => yes(false),
            },
            Function::Sum | Function::Min | Function::Max | Function::Avg => {
                Ok(numbers::over(function, values, column)?.into_iter().collect())
            }
            Function::ToInteger
            | Function::ToDecimal
            | Function::ToBoolean
            | Function::Abs
            | Function::Ceiling
            | Function::Floor
            | Function::Truncate => {
                let one = one(values, function, column)?;
                Ok(one
                    .map(|one| numbers::of_one(function, one, column))
                    .transpose()?
                    .flatten()
                    .into_iter()
                    .collect())
            }
            Function::Round => {
                let digits = match with {
                    [digits] => self.argument(digits, column, here)?,
                    _ => Some(Val::Number(0.into())),
                };
                let one = one(values, function, column)?;
                numbers::round(one, digits.as_ref(), column)
            }
            _ => {
                let one = match function {
                    Function::JoinAll => None,
                    _ => one(values, function, column)?,
                };
                let mut arguments = Vec::with_capacity(with.len());
                for argument in with {
                    arguments.push(self.argument(argument, column, here)?);
                }
                texts::call(function, one, values, &arguments, column, self)
            }
        }
    }

    /// An argument that is one value, evaluated on what the whole expression is.
    fn argument(&self, node: &'a Node, column: usize, here: Here<'_, 'a>) -> Result<Option<Val<'a>>, Wrong> {
        let found = self.operand(node, here)?;
        match found {
            Operand::One(value) => Ok(Some(value)),
            Operand::Many(mut values) if values.len() <= 1 => Ok(values.pop()),
            Operand::Many(_) => Err(Wrong::new(
                column,
                "an argument is one value, and there are several",
            )),
        }
    }

    fn descendants(&self, values: &[Val<'a>]) -> Found<'a> {
        let mut found: Collection<'a> = Vec::new();
        let mut level = values.to_vec();
        while !level.is_empty() {
            let mut next = Vec::new();
            for place in level.iter().filter_map(Val::place) {
                let names = place
                    .value
                    .as_object()
                    .into_iter()
                    .flat_map(serde_json::Map::keys);
                for name in names.filter(|name| *name != "resourceType" && !name.starts_with('_')) {
                    if let Some(child) = place.child(name) {
                        self.unfold(child, &mut next)?;
                    }
                }
            }
            found.extend(next.iter().cloned());
            level = next;
        }
        Ok(found)
    }

    fn extensions(&self, values: &[Val<'a>], url: &str) -> Found<'a> {
        let mut found = self.members(values, "extension")?;
        found.retain(|extension| {
            let said = extension.place().and_then(|place| place.value.get("url"));
            said.and_then(serde_json::Value::as_str) == Some(url)
        });
        Ok(found)
    }

    fn part(
        &self,
        function: Function,
        values: &[Val<'a>],
        count: &'a Node,
        column: usize,
        here: Here<'_, 'a>,
    ) -> Found<'a> {
        let Some(count) = self.argument(count, column, here)? else {
            return Err(Wrong::new(
                column,
                format!("{}() needs a number", function.name()),
            ));
        };
        let Some(count) = numbers::index(&count, column)? else {
            // Engines differ in what they make of it.
            return Err(Wrong::new(
                column,
                format!("{}() of a negative number is not supported", function.name()),
            ));
        };
        Ok(match function {
            Function::Skip => values.iter().skip(count).cloned().collect(),
            _ => values.iter().take(count).cloned().collect(),
        })
    }
}

fn quantified(function: Function, values: &[Val<'_>], column: usize) -> Result<bool, Wrong> {
    let mut all = Vec::with_capacity(values.len());
    for value in values {
        all.push(boolean(value, column)?);
    }
    Ok(match function {
        Function::AllTrue => all.iter().all(|is| *is),
        Function::AnyTrue => all.iter().any(|is| *is),
        Function::AllFalse => all.iter().all(|is| !is),
        _ => all.iter().any(|is| !is),
    })
}

/// The one value that a function is asked of.
fn one<'v, 'a>(
    values: &'v [Val<'a>],
    function: Function,
    column: usize,
) -> Result<Option<&'v Val<'a>>, Wrong> {
    match values {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        _ => Err(Wrong::new(
            column,
            format!(
                "{}() is asked of one value, and there are {}",
                function.name(),
                values.len()
            ),
        )),
    }
}
