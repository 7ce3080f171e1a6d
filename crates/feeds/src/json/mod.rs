//! JSON that is too large to hold: the elements of its list, or of the lists of its object, one after another.

#[cfg(test)]
mod tests;
mod walk;

use std::io::BufRead;

use serde_json::Value;

use crate::reading::{FeedError, MOST_ROWS};
use crate::text::{Bytes, Text};
pub(crate) use walk::{Step, Walk};

/// A field of the file, or the file itself.
pub(crate) struct Field {
    pub(crate) name: Option<String>,
    pub(crate) is: Is,
}

pub(crate) enum Is {
    /// So many rows.
    List(usize),
    /// None where it cannot be held, as half a letter.
    Value(Option<Value>),
}

/// Goes through a whole file, which is JSON or an error. Every row of a list is shown with the name of its list.
pub(crate) fn look_through<R: BufRead>(
    feed: R,
    mut row: impl FnMut(Option<&str>, &Walk<R>),
) -> Result<Vec<Field>, FeedError> {
    let mut walk = Walk::new(feed);
    let mut fields: Vec<Field> = Vec::new();
    while let Some(step) = walk.next()? {
        match step {
            Step::List(name) => fields.push(Field {
                name,
                is: Is::List(0),
            }),
            Step::Row => {
                walk.check()?;
                if let Some(Field {
                    name,
                    is: Is::List(count),
                }) = fields.last_mut()
                {
                    *count += 1;
                    if *count > MOST_ROWS {
                        return Err(FeedError::TooManyRows);
                    }
                    row(name.as_deref(), &walk);
                }
            }
            Step::Value(name) => {
                walk.check()?;
                let is = Is::Value(walk.parse().ok());
                fields.push(Field { name, is });
            }
        }
    }
    Ok(fields)
}

/// The rows of a list of a file, or of several.
pub(crate) struct Rows<R> {
    walk: Walk<R>,
    /// Which fields of the file they are, counted from 0.
    lists: Vec<usize>,
    here: Option<usize>,
}

impl<R: BufRead> Rows<R> {
    pub(crate) fn new(feed: R, lists: Vec<usize>) -> Self {
        Self {
            walk: Walk::new(feed),
            lists,
            here: None,
        }
    }

    /// Goes to the next row, and gives where it is.
    pub(crate) fn next(&mut self) -> Result<Option<&Walk<R>>, FeedError> {
        loop {
            match self.walk.next()? {
                None => return Ok(None),
                Some(Step::Row) if self.here.is_some_and(|here| self.lists.contains(&here)) => {
                    return Ok(Some(&self.walk));
                }
                Some(Step::Row) => {}
                Some(Step::List(_) | Step::Value(_)) => {
                    self.here = Some(self.here.map_or(0, |here| here + 1));
                }
            }
        }
    }
}

/// The list that a file is, or the one that its object holds under the first of these names it has: how many rows, and these.
pub(crate) fn list<R: Bytes>(
    mut feed: R,
    text: Text,
    within: &[&str],
) -> Result<(usize, Rows<std::io::Take<R>>), FeedError> {
    let fields = look_through(text.reader(&mut feed)?, |_, _| {})?;
    let (at, count) = chosen(&fields, within)?;
    Ok((count, Rows::new(text.reader(feed)?, vec![at])))
}

/// Which field of the file is the list that is meant, and how many rows it has.
pub(crate) fn chosen(fields: &[Field], within: &[&str]) -> Result<(usize, usize), FeedError> {
    if let [Field { name: None, is }] = fields {
        return match is {
            Is::List(count) => Ok((0, *count)),
            Is::Value(value) => Err(FeedError::NotAList(
                value.as_ref().map_or("text", crate::value::kind),
            )),
        };
    }
    let named = |wanted: &&str| {
        fields
            .iter()
            .rposition(|field| field.name.as_deref() == Some(*wanted))
    };
    let at = within.iter().find_map(named);
    match at.and_then(|at| Some((at, fields.get(at)?))) {
        Some((
            at,
            Field {
                is: Is::List(count), ..
            },
        )) => Ok((at, *count)),
        _ => Err(FeedError::NotAList("an object")),
    }
}
