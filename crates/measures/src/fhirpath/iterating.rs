//! Functions that evaluate an expression for each of their elements.

use std::slice::from_ref;

use super::Wrong;
use super::evaluate::{Evaluation, Found, Here};
use super::operators::truth;
use super::syntax::Node;
use super::value::{Collection, Simple, Val};

impl<'a> Evaluation<'_, 'a> {
    fn holds(&self, criteria: &'a Node, column: usize, here: Here<'_, 'a>) -> Result<bool, Wrong> {
        let found = self.operand(criteria, here)?;
        match found.values() {
            [] => Ok(false),
            [one] => boolean(one, column),
            _ => Err(Wrong::new(
                column,
                "a condition is true or false, and there are several values",
            )),
        }
    }

    pub(super) fn filtered(
        &self,
        values: &[Val<'a>],
        criteria: &'a Node,
        column: usize,
        here: Here<'_, 'a>,
    ) -> Found<'a> {
        let mut found = Vec::with_capacity(values.len());
        for (index, value) in values.iter().enumerate() {
            if self.holds(criteria, column, for_one(value, index, here))? {
                found.push(value.clone());
            }
        }
        Ok(found)
    }

    pub(super) fn select(&self, values: &[Val<'a>], projection: &'a Node, here: Here<'_, 'a>) -> Found<'a> {
        let mut found = Vec::new();
        for (index, value) in values.iter().enumerate() {
            found.extend(self.node(projection, for_one(value, index, here))?);
        }
        Ok(found)
    }

    pub(super) fn all(
        &self,
        values: &[Val<'a>],
        criteria: &'a Node,
        column: usize,
        here: Here<'_, 'a>,
    ) -> Found<'a> {
        for (index, value) in values.iter().enumerate() {
            if !self.holds(criteria, column, for_one(value, index, here))? {
                return Ok(vec![Val::Boolean(false)]);
            }
        }
        Ok(vec![Val::Boolean(true)])
    }

    pub(super) fn repeat(
        &self,
        values: &[Val<'a>],
        projection: &'a Node,
        column: usize,
        here: Here<'_, 'a>,
    ) -> Found<'a> {
        let mut found: Collection<'a> = Vec::new();
        let mut waiting = values.to_vec();
        while !waiting.is_empty() {
            let mut next = Vec::new();
            for (index, value) in waiting.iter().enumerate() {
                next.extend(self.node(projection, for_one(value, index, here))?);
            }
            waiting.clear();
            for value in next {
                let mut is_new = true;
                for before in &found {
                    if self.same(before, &value, column)? {
                        is_new = false;
                        break;
                    }
                }
                if is_new {
                    found.push(value.clone());
                    waiting.push(value);
                }
            }
        }
        Ok(found)
    }

    /// Only the branch that is taken is evaluated.
    pub(super) fn iif(
        &self,
        values: &[Val<'a>],
        with: &'a [Node],
        column: usize,
        here: Here<'_, 'a>,
    ) -> Found<'a> {
        let here = Here {
            input: values,
            ..here
        };
        let condition = self.operand(&with[0], here)?;
        let holds = match condition.values() {
            [one] => boolean(one, column)?,
            several => truth(several, column)?.unwrap_or(false),
        };
        match (holds, with.get(2)) {
            (true, _) => self.node(&with[1], here),
            (false, Some(otherwise)) => self.node(otherwise, here),
            (false, None) => Ok(Vec::new()),
        }
    }

    pub(super) fn aggregate(&self, values: &[Val<'a>], with: &'a [Node], here: Here<'_, 'a>) -> Found<'a> {
        let mut total = match with.get(1) {
            Some(first) => self.node(first, here)?,
            None => Vec::new(),
        };
        for (index, value) in values.iter().enumerate() {
            let each = Here {
                total: &total,
                ..for_one(value, index, here)
            };
            total = self.node(&with[0], each)?;
        }
        Ok(total)
    }
}

fn for_one<'h, 'a>(value: &'h Val<'a>, index: usize, here: Here<'h, 'a>) -> Here<'h, 'a> {
    Here {
        input: from_ref(value),
        index,
        ..here
    }
}

pub(super) fn boolean(value: &Val<'_>, column: usize) -> Result<bool, Wrong> {
    match value.simple(column)? {
        Simple::Boolean(is) => Ok(is),
        other => Err(Wrong::new(
            column,
            format!("true or false is needed, and there is {}", other.kind()),
        )),
    }
}
