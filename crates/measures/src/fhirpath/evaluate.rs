//! An expression on answers. Steps are counted, so that a hostile expression ends with an error in words.

use std::borrow::Cow;
use std::cell::Cell;
use std::slice::from_ref;

use serde_json::Value;

use super::syntax::{Node, OfType, Type, Variable};
use super::value::{Collection, Place, Role, Val};
use super::{Expression, On, Wrong, numbers};

/// Elements looked at and values made, in one evaluation.
const MOST_STEPS: usize = 2_000_000;
/// And in all evaluations of one sheet.
const MOST_STEPS_OF_ALL: usize = 10_000_000;

/// What is left to be done.
pub(crate) struct Steps(Cell<usize>);

impl Steps {
    pub(crate) fn of_all() -> Self {
        Self(Cell::new(MOST_STEPS_OF_ALL))
    }

    pub(super) fn of_one() -> Self {
        Self(Cell::new(MOST_STEPS))
    }

    pub(crate) fn spend(&self, steps: usize) -> Result<(), Wrong> {
        match self.0.get().checked_sub(steps) {
            Some(left) => {
                self.0.set(left);
                Ok(())
            }
            None => Err(Wrong::new(
                1,
                "the evaluation takes too many steps: shorten the expression",
            )),
        }
    }
}

pub(crate) type Found<'a> = Result<Collection<'a>, Wrong>;

pub(crate) struct Evaluation<'e, 'a> {
    pub(crate) on: On<'a>,
    /// By their places among what the expression sees.
    variables: &'e [Collection<'a>],
    steps: &'e Steps,
    /// Those of this evaluation.
    own: Steps,
}

/// What `$this`, `$total` and `$index` are.
#[derive(Clone, Copy)]
pub(crate) struct Here<'h, 'a> {
    pub(crate) input: &'h [Val<'a>],
    pub(crate) total: &'h [Val<'a>],
    pub(crate) index: usize,
}

/// What an operator works on: mostly one value, for which nothing is allocated.
pub(crate) enum Operand<'a> {
    One(Val<'a>),
    Many(Collection<'a>),
}

impl<'a> Operand<'a> {
    pub(crate) fn values(&self) -> &[Val<'a>] {
        match self {
            Self::One(value) => from_ref(value),
            Self::Many(values) => values,
        }
    }
}

impl<'e, 'a> Evaluation<'e, 'a> {
    pub(crate) fn new(on: On<'a>, variables: &'e [Collection<'a>], steps: &'e Steps) -> Self {
        Self {
            on,
            variables,
            steps,
            own: Steps::of_one(),
        }
    }

    pub(crate) fn run(&self, expression: &'a Expression) -> Found<'a> {
        let context = [Val::Json(Place::new(self.on.context))];
        let here = Here {
            input: &context,
            total: &[],
            index: 0,
        };
        self.node(expression.root(), here)
    }

    /// Counts what is done; the column is not known where it ends, so it is that of the beginning.
    pub(crate) fn spend(&self, steps: usize) -> Result<(), Wrong> {
        self.own.spend(steps)?;
        self.steps.spend(steps)
    }

    pub(crate) fn node(&self, node: &'a Node, here: Here<'_, 'a>) -> Found<'a> {
        self.spend(1)?;
        Ok(match node {
            Node::Input => here.input.to_vec(),
            Node::Total => here.total.to_vec(),
            Node::Index => vec![Val::Number(here.index.into())],
            Node::Text(text) => vec![Val::Text(Cow::Borrowed(text))],
            Node::Number(number) => vec![Val::Number(*number)],
            Node::Boolean(is) => vec![Val::Boolean(*is)],
            Node::Empty => Vec::new(),
            Node::Variable(variable) => self.variable(*variable)?,
            Node::Member { of, name } => match self.operand(of, here)? {
                Operand::One(value) => self.members(from_ref(&value), name)?,
                Operand::Many(values) => self.members(&values, name)?,
            },
            Node::At { of, index, column } => {
                let mut found = self.node(of, here)?;
                let index = self.operand(index, here)?;
                let [index] = index.values() else {
                    return match index.values() {
                        [] => Ok(Vec::new()),
                        _ => Err(Wrong::new(*column, "an index is one number")),
                    };
                };
                match numbers::index(index, *column)? {
                    Some(index) if index < found.len() => vec![found.swap_remove(index)],
                    _ => Vec::new(),
                }
            }
            Node::Call {
                of,
                function,
                with,
                column,
            } => return self.call(of, *function, with, *column, here),
            Node::Negative { of, column } => {
                let of = self.operand(of, here)?;
                match of.values() {
                    [one] => vec![Val::Number(numbers::negative(one.number(*column)?))],
                    _ => return Err(Wrong::new(*column, "a sign stands before one number")),
                }
            }
            Node::Two {
                operator,
                left,
                right,
                column,
            } => {
                return self
                    .two(*operator, left, right, *column, here)
                    .map(|found| match found {
                        Operand::One(value) => vec![value],
                        Operand::Many(values) => values,
                    });
            }
            Node::LinkIs(_) | Node::LinkIsNot(_) => {
                return self.operand(node, here).map(|found| match found {
                    Operand::One(value) => vec![value],
                    Operand::Many(values) => values,
                });
            }
            Node::OfType {
                of,
                kind,
                how,
                column,
            } => of_type(self.node(of, here)?, *kind, *how, *column)?,
        })
    }

    /// The same as `node`, without a list where there is one value.
    pub(crate) fn operand(&self, node: &'a Node, here: Here<'_, 'a>) -> Result<Operand<'a>, Wrong> {
        let one = match node {
            Node::Text(text) => Val::Text(Cow::Borrowed(text)),
            Node::Number(number) => Val::Number(*number),
            Node::Boolean(is) => Val::Boolean(*is),
            Node::Input if here.input.len() == 1 => here.input[0].clone(),
            Node::Variable(Variable::Resource) => Val::Json(Place::new(self.on.resource)),
            Node::Variable(Variable::Questionnaire) => Val::Json(Place::new(&self.on.form.source)),
            Node::Member { of, name } if matches!(**of, Node::Input) && here.input.len() == 1 => {
                self.spend(1)?;
                let child = here.input[0].place().and_then(|place| place.child(name));
                match child {
                    None => return Ok(Operand::Many(Vec::new())),
                    Some(place) if place.value.is_array() || place.value.is_null() => {
                        return Ok(Operand::Many(self.members(here.input, name)?));
                    }
                    Some(place) => Val::Json(place),
                }
            }
            Node::LinkIs(links) | Node::LinkIsNot(links) => match self.link_is(links, here)? {
                Some(is) => Val::Boolean(is != matches!(node, Node::LinkIsNot(_))),
                None => return Ok(Operand::Many(Vec::new())),
            },
            Node::Two {
                operator,
                left,
                right,
                column,
            } => {
                self.spend(1)?;
                return self.two(*operator, left, right, *column, here);
            }
            _ => return self.node(node, here).map(Operand::Many),
        };
        self.spend(1)?;
        Ok(Operand::One(one))
    }

    /// None where there is no linkId.
    fn link_is(&self, links: &[String], here: Here<'_, 'a>) -> Result<Option<bool>, Wrong> {
        self.spend(1)?;
        if let [Val::Json(place)] = here.input
            && let Some(Value::String(link)) = place.value.get("linkId")
        {
            return Ok(Some(links.contains(link)));
        }
        let found = self.members(here.input, "linkId")?;
        Ok(match found.as_slice() {
            [] => None,
            [Val::Json(place)] => Some(
                place
                    .value
                    .as_str()
                    .is_some_and(|link| links.iter().any(|each| each == link)),
            ),
            _ => Some(false),
        })
    }

    fn variable(&self, variable: Variable) -> Found<'a> {
        Ok(match variable {
            Variable::Resource => vec![Val::Json(Place::new(self.on.resource))],
            Variable::Questionnaire => vec![Val::Json(Place::new(&self.on.form.source))],
            Variable::Context => vec![Val::Json(Place::new(self.on.context))],
            Variable::Named(index) => {
                let found = self.variables.get(index).cloned().unwrap_or_default();
                self.spend(found.len())?;
                found
            }
        })
    }

    pub(crate) fn members(&self, values: &[Val<'a>], name: &str) -> Found<'a> {
        let mut found = Vec::with_capacity(values.len());
        for value in values {
            let Some(child) = value.place().and_then(|place| place.child(name)) else {
                continue;
            };
            self.unfold(child, &mut found)?;
        }
        Ok(found)
    }

    /// What a list holds, each by itself.
    pub(crate) fn unfold(&self, place: Place<'a>, found: &mut Collection<'a>) -> Result<(), Wrong> {
        match place.value {
            Value::Array(list) => {
                self.spend(list.len())?;
                found.extend(
                    list.iter()
                        .filter(|value| !value.is_null())
                        .map(|value| Val::Json(place.with(value))),
                );
            }
            Value::Null => {}
            _ => {
                self.spend(1)?;
                found.push(Val::Json(place));
            }
        }
        Ok(())
    }
}

fn of_type(values: Collection<'_>, kind: Type, how: OfType, column: usize) -> Found<'_> {
    let is = |value: &Val<'_>| match value.place().map(|place| place.role) {
        Some(Role::Value(is)) => Ok(is == kind),
        _ => Err(Wrong::new(column, "the type is known only of a value[x]")),
    };
    if how != OfType::Only && values.len() > 1 {
        return Err(Wrong::new(
            column,
            "the type is asked of one value, and there are several",
        ));
    }
    let mut found = Vec::new();
    for value in values {
        match how {
            OfType::Is => found.push(Val::Boolean(is(&value)?)),
            _ if is(&value)? => found.push(value),
            _ => {}
        }
    }
    Ok(found)
}
