//! A response laid on its form: a row for whatever a page shows, in its order.

use super::mistake::{Fault, Mistake};
use super::{Entry, Given, Response, Status};
use crate::answer::Answer;
use crate::form::{At, Form, Item, Kind};
use crate::json::Object;
use crate::problem::{Problem, Refused};
use crate::score::Score;

/// Repeated groups can make many rows of few items.
pub const MOST_ROWS: usize = 50_000;

/// All rows, what is wrong with them, and the scores.
#[derive(Debug, Clone)]
pub struct Sheet<'f> {
    pub form: &'f Form,
    pub status: Status,
    pub rows: Vec<Row>,
    pub mistakes: Vec<Mistake>,
    /// Computed; what a response says of them itself is not believed.
    pub scores: Vec<Score>,
    pub(crate) questionnaire: Option<String>,
    pub(crate) kept: Object,
}

/// An item as it stands on the page; within repeated groups once for each.
#[derive(Debug, Clone)]
pub struct Row {
    pub item: At,
    /// The row of the group, or of the question, within which it is.
    pub parent: Option<usize>,
    /// The row after the last one within it.
    pub end: usize,
    /// Under which a page posts it: the linkId, and after the first of a repeated group `#1`, `#2` and so on; within groups of groups
    /// the places of all of them, as in `#1.2`.
    pub name: String,
    pub answers: Vec<Answer>,
    /// Whether it is asked, given the other answers.
    pub enabled: bool,
}

/// How much is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub answered: usize,
    pub of: usize,
}

impl<'f> Sheet<'f> {
    /// Lays a response on its form, computes what is computed, and checks every row.
    pub fn new(form: &'f Form, response: &Response) -> Result<Self, Refused> {
        let mut sheet = Self::laid(form, response)?;
        sheet.work_out();
        sheet.check();
        Ok(sheet)
    }

    /// A form that nobody has begun, with its initial answers.
    pub fn blank(form: &'f Form) -> Result<Self, Refused> {
        let mut sheet = Self::laid(form, &Response::default())?;
        for row in &mut sheet.rows {
            row.answers.clone_from(&form.at(row.item).initial);
        }
        sheet.work_out();
        sheet.check();
        Ok(sheet)
    }

    /// Scores, and whether each row is asked.
    pub(super) fn work_out(&mut self) {
        self.mistakes.retain(|mistake| !mistake.is_of_working_out());
        self.compute();
        self.enable();
        let rows = &self.rows;
        self.scores.retain(|score| rows[score.row].enabled);
    }

    pub(super) fn laid(form: &'f Form, response: &Response) -> Result<Self, Refused> {
        let bare = |canonical: &String| canonical.split('|').next().map(str::to_owned);
        let (of, is) = (
            response.questionnaire.as_ref().and_then(bare),
            form.url.as_ref().and_then(bare),
        );
        if let (Some(of), Some(is)) = (of, is)
            && of != is
        {
            let why = format!("these are answers to {of}, and the form is {is}: lay them on their own form");
            return Err(Problem::new("questionnaire", why).into());
        }
        let mut sheet = Self {
            form,
            status: response.status,
            rows: Vec::new(),
            mistakes: Vec::new(),
            scores: Vec::new(),
            questionnaire: response.questionnaire.clone().or_else(|| form.canonical()),
            kept: response.kept.clone(),
        };
        let entries: Vec<&Entry> = response.entries.iter().collect();
        sheet.lay(None, &entries, &[])?;
        Ok(sheet)
    }

    /// Rows of what is within a row, from the entries that are there; `repeats` are the places in the groups around them.
    fn lay(&mut self, parent: Option<usize>, entries: &[&Entry], repeats: &[usize]) -> Result<(), Refused> {
        let group = parent.map(|row| self.rows[row].item);
        let form = self.form;
        let mut known = 0;
        for at in form.within(group) {
            let item = form.at(at);
            let here: Vec<&Entry> = entries
                .iter()
                .copied()
                .filter(|entry| entry.link_id == item.link_id)
                .collect();
            known += here.len();
            if item.kind == Kind::Group {
                self.lay_group(at, parent, &here, repeats)?;
            } else {
                self.lay_question(at, parent, &here, repeats)?;
            }
        }
        if known < entries.len() {
            self.strangers(group, entries);
        }
        Ok(())
    }

    fn lay_group(
        &mut self,
        at: At,
        parent: Option<usize>,
        here: &[&Entry],
        repeats: &[usize],
    ) -> Result<(), Refused> {
        let item = self.form.at(at);
        if here.len() > 1 && !item.repeats {
            self.mistake(item, None, Fault::Repeated);
        }
        for (index, entry) in here.iter().enumerate() {
            let inner = [repeats, &[index]].concat();
            let row = self.row(at, parent, &inner)?;
            if !entry.answers.is_empty() {
                self.mistake(item, Some(row), Fault::NotAsked);
            }
            let within: Vec<&Entry> = entry.entries.iter().collect();
            self.lay(Some(row), &within, &inner)?;
            self.rows[row].end = self.rows.len();
        }
        if here.is_empty() {
            let inner = [repeats, &[0]].concat();
            let row = self.row(at, parent, &inner)?;
            self.lay(Some(row), &[], &inner)?;
            self.rows[row].end = self.rows.len();
        }
        Ok(())
    }

    fn lay_question(
        &mut self,
        at: At,
        parent: Option<usize>,
        here: &[&Entry],
        repeats: &[usize],
    ) -> Result<(), Refused> {
        let item = self.form.at(at);
        let row = self.row(at, parent, repeats)?;
        if here.len() > 1 {
            self.mistake(item, Some(row), Fault::Repeated);
        }
        let given: Vec<&Given> = here.iter().flat_map(|entry| &entry.answers).collect();
        if item.kind.is_question() {
            self.rows[row].answers = given.iter().map(|given| given.answer.clone()).collect();
        } else if !given.is_empty() {
            self.mistake(item, Some(row), Fault::NotAsked);
        }
        let within = here.iter().flat_map(|entry| &entry.entries);
        let within: Vec<&Entry> = given
            .iter()
            .flat_map(|given| &given.entries)
            .chain(within)
            .collect();
        self.lay(Some(row), &within, repeats)?;
        self.rows[row].end = self.rows.len();
        Ok(())
    }

    fn row(&mut self, item: At, parent: Option<usize>, repeats: &[usize]) -> Result<usize, Refused> {
        if self.rows.len() >= MOST_ROWS {
            let why = format!("the groups are repeated so often that there are more than {MOST_ROWS} rows");
            return Err(Problem::new("item", why).into());
        }
        self.rows.push(Row {
            item,
            parent,
            end: self.rows.len() + 1,
            name: name(&self.form.at(item).link_id, repeats),
            answers: Vec::new(),
            enabled: true,
        });
        Ok(self.rows.len() - 1)
    }

    /// Entries that the form does not have here.
    fn strangers(&mut self, group: Option<At>, entries: &[&Entry]) {
        for entry in entries {
            let path = entry.path.clone();
            let fault = match self.form.find(&entry.link_id) {
                None => Fault::Unknown { path },
                Some(at) if self.form.at(at).parent != group => Fault::Misplaced { path },
                Some(_) => continue,
            };
            self.mistakes.push(Mistake {
                link_id: entry.link_id.clone(),
                name: None,
                fault,
            });
        }
    }

    pub(crate) fn mistake(&mut self, item: &Item, row: Option<usize>, fault: Fault) {
        self.mistakes.push(Mistake {
            link_id: item.link_id.clone(),
            name: row.map(|row| self.rows[row].name.clone()),
            fault,
        });
    }

    /// Rows within which a row is, from within outwards.
    pub(crate) fn around(&self, row: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.rows[row].parent, |row| self.rows[*row].parent)
    }
}

/// The first of each group has the plain linkId.
fn name(link_id: &str, repeats: &[usize]) -> String {
    let Some(last) = repeats.iter().rposition(|place| *place > 0) else {
        return link_id.to_owned();
    };
    let places: Vec<String> = repeats[..=last].iter().map(ToString::to_string).collect();
    format!("{link_id}#{}", places.join("."))
}

impl Form {
    /// Its address with its version, as responses name it.
    pub fn canonical(&self) -> Option<String> {
        let url = self.url.as_ref()?;
        Some(match &self.version {
            Some(version) => format!("{url}|{version}"),
            None => url.clone(),
        })
    }
}
