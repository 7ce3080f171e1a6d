//! What a page posts becomes answers: text by the names of rows.

use std::collections::BTreeMap;

use rust_decimal::prelude::ToPrimitive;

use super::mistake::Fault;
use super::sheet::Sheet;
use super::{Entry, MOST_ROWS, Response, Status};
use crate::answer::{Answer, Quantity};
use crate::days::{is_date, is_date_time, is_time};
use crate::form::{At, Form, Item, Kind};
use crate::number;
use crate::problem::Refused;

/// After the name of a row: what is written beside the options, or the unit of a quantity.
pub const OTHER: &str = "~other";

/// Of a text that somebody writes, in characters.
const LONGEST: usize = 20_000;

impl<'f> Sheet<'f> {
    /// The answers that a page posts: names of rows and what was written or chosen there, a name for each answer where there are
    /// several. What cannot be read becomes a mistake, and nothing else is lost by it. A group that repeats is there so often as
    /// names speak of it, though nothing may be written there yet.
    pub fn posted<'p>(
        form: &'f Form,
        status: Status,
        fields: impl IntoIterator<Item = (&'p str, &'p str)>,
    ) -> Result<Self, Refused> {
        let mut said: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut repeats = Repeats::new();
        for (name, value) in fields {
            note(form, name, &mut repeats);
            if !value.trim().is_empty() {
                said.entry(name).or_default().push(value);
            }
        }
        let mut left = MOST_ROWS;
        let response = Response {
            status,
            entries: entries(form, None, &[], &repeats, &mut left),
            ..Response::default()
        };
        let mut sheet = Self::laid(form, &response)?;
        for index in 0..sheet.rows.len() {
            let item = form.at(sheet.rows[index].item);
            if !item.kind.is_question() || item.calculated.is_some() {
                continue;
            }
            let name = &sheet.rows[index].name;
            let beside = said.remove(format!("{name}{OTHER}").as_str()).unwrap_or_default();
            let values = said.remove(name.as_str()).unwrap_or_default();
            sheet.take(index, item, &values, &beside);
        }
        sheet.work_out();
        // Nobody is told off for what they answered before they said that it does not concern them.
        for row in &mut sheet.rows {
            if !row.enabled || form.at(row.item).calculated.is_some() {
                row.answers.clear();
            }
        }
        sheet.work_out();
        sheet.check();
        Ok(sheet)
    }

    fn take(&mut self, row: usize, item: &Item, values: &[&str], beside: &[&str]) {
        let mut answers = Vec::new();
        let mut wrong = Vec::new();
        for value in values {
            match read(item, value, beside) {
                Some(answer) => answers.push(answer),
                None => wrong.push(value.chars().take(200).collect()),
            }
        }
        if item.kind == Kind::OpenChoice {
            answers.extend(beside.iter().map(|text| Answer::Text((*text).trim().to_owned())));
        }
        self.rows[row].answers = answers;
        for said in wrong {
            self.mistake(item, Some(row), Fault::Unreadable { said });
        }
    }
}

/// How often each group is there, by its own place and those of the groups around it.
type Repeats = BTreeMap<(At, Vec<usize>), usize>;

/// More of one group than anybody fills in.
const MOST_REPEATS: usize = 100;

/// The groups of which a name speaks, as `name#1` of the second.
fn note(form: &Form, name: &str, repeats: &mut Repeats) {
    let name = name.strip_suffix(OTHER).unwrap_or(name);
    let Some((link_id, places)) = name.rsplit_once('#') else {
        return;
    };
    let places: Option<Vec<usize>> = places.split('.').map(|place| place.parse().ok()).collect();
    let (Some(at), Some(mut places)) = (form.find(link_id), places) else {
        return;
    };
    let groups = std::iter::successors(form.at(at).parent, |at| form.at(*at).parent);
    let mut groups: Vec<At> = groups.filter(|at| form.at(*at).kind == Kind::Group).collect();
    groups.reverse();
    let is_known = places.len() <= groups.len() && places.iter().all(|place| *place < MOST_REPEATS);
    if !is_known {
        return;
    }
    places.resize(groups.len(), 0);
    for (depth, group) in groups.iter().enumerate() {
        if form.at(*group).repeats {
            let times = repeats.entry((*group, places[..depth].to_vec())).or_insert(1);
            *times = (*times).max(places[depth] + 1);
        }
    }
}

/// Empty groups, so often as they are there.
fn entries(
    form: &Form,
    parent: Option<At>,
    around: &[usize],
    repeats: &Repeats,
    left: &mut usize,
) -> Vec<Entry> {
    let mut found = Vec::new();
    for at in form.within(parent) {
        let item = form.at(at);
        if item.kind != Kind::Group {
            continue;
        }
        let times = repeats.get(&(at, around.to_vec())).copied().unwrap_or(1);
        for place in 0..times {
            if *left == 0 {
                return found;
            }
            *left -= 1;
            let inner = [around, &[place]].concat();
            found.push(Entry {
                link_id: item.link_id.clone(),
                entries: entries(form, Some(at), &inner, repeats, left),
                ..Entry::default()
            });
        }
    }
    found
}

/// None where it is no answer of this type.
fn read(item: &Item, said: &str, beside: &[&str]) -> Option<Answer> {
    if !item.options.is_empty() {
        let chosen = item.options.iter().find(|choice| choice.key == said);
        return chosen.map(|choice| choice.value.clone());
    }
    let text = said.trim();
    let short = || (said.chars().count() <= LONGEST).then(|| text.to_owned());
    match item.kind {
        Kind::Group | Kind::Display | Kind::Choice => None,
        Kind::Boolean => match text {
            "true" => Some(Answer::Boolean(true)),
            "false" => Some(Answer::Boolean(false)),
            _ => None,
        },
        Kind::Integer => {
            let number = number::from_text(text)?;
            number
                .is_integer()
                .then(|| number.to_i32().map(Answer::Integer))
                .flatten()
        }
        Kind::Decimal => number::from_text(text).map(Answer::Decimal),
        Kind::String | Kind::Text | Kind::OpenChoice => short().map(Answer::Text),
        Kind::Url => short().map(Answer::Url),
        Kind::Date => is_date(text).then(|| Answer::Date(text.to_owned())),
        Kind::DateTime => is_date_time(text).then(|| Answer::DateTime(text.to_owned())),
        // A browser's field gives "14:30".
        Kind::Time => {
            let time = if text.len() == 5 {
                format!("{text}:00")
            } else {
                text.to_owned()
            };
            is_time(&time).then_some(Answer::Time(time))
        }
        Kind::Quantity => {
            let value = number::from_text(text)?;
            let units = &item.hints.units;
            let unit = match beside.first() {
                Some(code) => Some(units.iter().find(|unit| unit.code.as_deref() == Some(*code))?),
                None => units.first().or(item.hints.unit.as_ref()),
            };
            Some(Answer::Quantity(Quantity {
                value,
                unit: unit.map(|unit| unit.label().to_owned()),
                system: unit.and_then(|unit| unit.system.clone()),
                code: unit.and_then(|unit| unit.code.clone()),
            }))
        }
    }
}
