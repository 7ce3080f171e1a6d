//! An expression on answers. Steps are counted, so that a hostile expression ends with an error in words.

use std::borrow::Cow;
use std::cell::Cell;
use std::slice::from_ref;

use serde_json::Value;

use super::syntax::{Node, OfType, Operator, Type, Variable};
use super::value::{Collection, Place, Role, Simple, Val};
use super::{Expression, On, Wrong, numbers, texts};

/// Elements looked at and values made, in one evaluation.
const MOST_STEPS: usize = 2_000_000;

pub(crate) type Found<'a> = Result<Collection<'a>, Wrong>;

pub(crate) struct Evaluation<'e, 'a> {
    pub(crate) on: On<'a>,
    /// By their places among what the expression sees.
    variables: &'e [Collection<'a>],
    steps: Cell<usize>,
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
    pub(crate) fn new(on: On<'a>, variables: &'e [Collection<'a>]) -> Self {
        Self {
            on,
            variables,
            steps: Cell::new(MOST_STEPS),
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
        match self.steps.get().checked_sub(steps) {
            Some(left) => {
                self.steps.set(left);
                Ok(())
            }
            None => Err(Wrong::new(
                1,
                format!("the expression takes more than {MOST_STEPS} steps"),
            )),
        }
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
            Node::LinkIs(_) => {
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
            Node::LinkIs(links) => match self.link_is(links, here)? {
                Some(is) => Val::Boolean(is),
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

    fn two(
        &self,
        operator: Operator,
        left: &'a Node,
        right: &'a Node,
        column: usize,
        here: Here<'_, 'a>,
    ) -> Result<Operand<'a>, Wrong> {
        let left = self.operand(left, here)?;
        let right = self.operand(right, here)?;
        let (one, other) = (left.values(), right.values());
        let boolean = |is: Option<bool>| match is {
            Some(is) => Operand::One(Val::Boolean(is)),
            None => Operand::Many(Vec::new()),
        };
        Ok(match operator {
            Operator::Plus
            | Operator::Minus
            | Operator::Times
            | Operator::Divide
            | Operator::WholeDivide
            | Operator::Modulo => match numbers::compute(operator, one, other, column)? {
                Some(value) => Operand::One(value),
                None => Operand::Many(Vec::new()),
            },
            Operator::Join => Operand::One(texts::join(one, other, column, self)?),
            Operator::Equal => boolean(self.equal(one, other, column)?),
            Operator::Unequal => boolean(self.equal(one, other, column)?.map(|is| !is)),
            Operator::Equivalent => boolean(Some(equivalent(one, other, column)?)),
            Operator::NotEquivalent => boolean(Some(!equivalent(one, other, column)?)),
            Operator::Less | Operator::Greater | Operator::AtMost | Operator::AtLeast => {
                boolean(numbers::ordered(operator, one, other, column)?)
            }
            Operator::And | Operator::Or | Operator::Xor | Operator::Implies => {
                boolean(logic(operator, truth(one, column)?, truth(other, column)?))
            }
            Operator::In => boolean(self.within(one, other, column)?),
            Operator::Contains => boolean(self.within(other, one, column)?),
            Operator::Union => {
                let mut all = one.to_vec();
                all.extend_from_slice(other);
                Operand::Many(self.distinct(all, column)?)
            }
        })
    }

    /// None where one of them is empty.
    fn equal(&self, one: &[Val<'a>], other: &[Val<'a>], column: usize) -> Result<Option<bool>, Wrong> {
        if one.is_empty() || other.is_empty() {
            return Ok(None);
        }
        if one.len() != other.len() {
            return Ok(Some(false));
        }
        for (one, other) in one.iter().zip(other) {
            if !self.same(one, other, column)? {
                return Ok(Some(false));
            }
        }
        Ok(Some(true))
    }

    pub(crate) fn same(&self, one: &Val<'a>, other: &Val<'a>, column: usize) -> Result<bool, Wrong> {
        self.spend(1)?;
        Ok(match (one.simple(column)?, other.simple(column)?) {
            (Simple::Text(one), Simple::Text(other)) => one == other,
            (Simple::Number(one), Simple::Number(other)) => numbers::equal(one, other),
            (Simple::Boolean(one), Simple::Boolean(other)) => one == other,
            (Simple::Date, _) | (_, Simple::Date) => {
                return Err(Wrong::new(
                    column,
                    "unsupported: dates and times are not compared",
                ));
            }
            (Simple::Object(first), Simple::Object(second)) => {
                let is_quantity = |value: &Val<'_>| {
                    value
                        .place()
                        .is_some_and(|place| place.role == Role::Value(Type::Quantity))
                };
                if is_quantity(one) || is_quantity(other) {
                    return Err(Wrong::new(
                        column,
                        "unsupported: quantities are not compared, only their numbers",
                    ));
                }
                self.spend(100)?;
                first == second
            }
            _ => false,
        })
    }

    /// Whether one value is among others.
    fn within(&self, one: &[Val<'a>], among: &[Val<'a>], column: usize) -> Result<Option<bool>, Wrong> {
        let one = match one {
            [] => return Ok(None),
            [one] => one,
            _ => {
                return Err(Wrong::new(
                    column,
                    "one value is looked for, and there are several",
                ));
            }
        };
        for other in among {
            if self.same(one, other, column)? {
                return Ok(Some(true));
            }
        }
        Ok(Some(false))
    }

    pub(crate) fn distinct(&self, values: Collection<'a>, column: usize) -> Found<'a> {
        let mut found: Collection<'a> = Vec::with_capacity(values.len());
        for value in values {
            let mut is_new = true;
            for before in &found {
                if self.same(before, &value, column)? {
                    is_new = false;
                    break;
                }
            }
            if is_new {
                found.push(value);
            }
        }
        Ok(found)
    }
}

/// A single value that is neither true nor false counts as true, by the rule of the language.
pub(crate) fn truth(values: &[Val<'_>], column: usize) -> Result<Option<bool>, Wrong> {
    match values {
        [] => Ok(None),
        [one] => Ok(Some(match one.simple(column)? {
            Simple::Boolean(is) => is,
            _ => true,
        })),
        _ => Err(Wrong::new(
            column,
            "true or false is needed, and there are several values",
        )),
    }
}

/// Of three values: true, false, and not known.
fn logic(operator: Operator, one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match operator {
        Operator::And => match (one, other) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        },
        Operator::Or => match (one, other) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        },
        Operator::Xor => Some(one? != other?),
        _ => match (one, other) {
            (Some(false), _) | (_, Some(true)) => Some(true),
            (Some(true), other) => other,
            (None, _) => None,
        },
    }
}

fn equivalent(one: &[Val<'_>], other: &[Val<'_>], column: usize) -> Result<bool, Wrong> {
    let (one, other) = match (one, other) {
        ([one], [other]) => (one, other),
        ([], _) | (_, []) => return Ok(one.is_empty() && other.is_empty()),
        _ => return Err(Wrong::new(column, "unsupported: ~ compares one value with one")),
    };
    Ok(match (one.simple(column)?, other.simple(column)?) {
        (Simple::Text(one), Simple::Text(other)) => texts::equivalent(one, other),
        (Simple::Number(one), Simple::Number(other)) => numbers::equivalent(one, other),
        (Simple::Boolean(one), Simple::Boolean(other)) => one == other,
        (Simple::Date | Simple::Object(_), _) | (_, Simple::Date | Simple::Object(_)) => {
            return Err(Wrong::new(
                column,
                "unsupported: ~ compares text, numbers and true or false",
            ));
        }
        _ => false,
    })
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
