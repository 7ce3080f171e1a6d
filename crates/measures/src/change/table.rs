//! Many people's change at once: a class for each row, and how many there are of each.

use serde::Serialize;

use super::{Class, Criteria, Norms, Thresholds};

/// One person's scores before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub id: String,
    pub pre: f64,
    pub post: f64,
}

/// A change and its class.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Judged {
    pub pre: f64,
    pub post: f64,
    pub class: Class,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    pub rows: Vec<Classed>,
    pub totals: Totals,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Classed {
    pub id: String,
    #[serde(flatten)]
    pub judged: Judged,
}

/// How many there are of each class.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    pub recovered: usize,
    pub improved: usize,
    pub unchanged: usize,
    pub deteriorated: usize,
    pub harmed: usize,
}

/// By what rows are judged.
pub trait Judge {
    fn judge(&self, pre: f64, post: f64) -> Judged;

    /// By which numbers, each with where it comes from.
    fn sources(&self) -> Vec<String>;
}

impl Judge for Thresholds {
    fn judge(&self, pre: f64, post: f64) -> Judged {
        Thresholds::judge(self, pre, post)
    }

    fn sources(&self) -> Vec<String> {
        Thresholds::sources(self)
    }
}

impl Judge for Criteria {
    fn judge(&self, pre: f64, post: f64) -> Judged {
        Judged {
            pre,
            post,
            class: self.verdict(pre, post).class,
        }
    }

    fn sources(&self) -> Vec<String> {
        vec![Criteria::source().cited()]
    }
}

impl Judge for Norms {
    fn judge(&self, pre: f64, post: f64) -> Judged {
        Judge::judge(&self.criteria(), pre, post)
    }

    fn sources(&self) -> Vec<String> {
        self.criteria().sources()
    }
}

impl Totals {
    pub fn of(classes: impl IntoIterator<Item = Class>) -> Self {
        let mut totals = Self::default();
        for class in classes {
            *match class {
                Class::Recovered => &mut totals.recovered,
                Class::Improved => &mut totals.improved,
                Class::Unchanged => &mut totals.unchanged,
                Class::Deteriorated => &mut totals.deteriorated,
                Class::Harmed => &mut totals.harmed,
            } += 1;
        }
        totals
    }

    pub fn number(&self, class: Class) -> usize {
        match class {
            Class::Recovered => self.recovered,
            Class::Improved => self.improved,
            Class::Unchanged => self.unchanged,
            Class::Deteriorated => self.deteriorated,
            Class::Harmed => self.harmed,
        }
    }
}

/// The class of every row, and the totals.
pub fn table(rows: impl IntoIterator<Item = Row>, by: &impl Judge) -> Table {
    let rows: Vec<Classed> = rows
        .into_iter()
        .map(|row| Classed {
            id: row.id,
            judged: by.judge(row.pre, row.post),
        })
        .collect();
    let totals = Totals::of(rows.iter().map(|row| row.judged.class));
    Table { rows, totals }
}
