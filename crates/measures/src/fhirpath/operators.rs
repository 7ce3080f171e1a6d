//! Operators: arithmetic, comparison, and logic of three values.

use super::Wrong;
use super::evaluate::{Evaluation, Found, Here, Operand};
use super::syntax::{Node, Operator, Type};
use super::value::{Collection, Role, Simple, Val};
use super::{numbers, texts};

impl<'a> Evaluation<'_, 'a> {
    pub(super) fn two(
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
