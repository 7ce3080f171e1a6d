//! The tables of the file, field by field: what is missing, of another kind or not known is told with the measure, the field, its value
//! and what to write.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use crate::slip::Sheet;

/// So much of a value is told.
const MOST_SHOWN: usize = 60;

/// A table whose fields are asked for by name.
pub(super) struct Fields<'t> {
    /// What is told before the name of a field: the measure, and the way to the table; "phq-9: reliable.".
    at: String,
    span: Range<usize>,
    table: &'t DeTable<'t>,
}

impl<'t> Fields<'t> {
    pub(super) fn of(document: &'t Spanned<DeTable<'t>>) -> Self {
        Self {
            at: String::new(),
            span: document.span(),
            table: document.get_ref(),
        }
    }

    /// The same, told as fields of this.
    pub(super) fn about(&self, what: &str) -> Self {
        Self {
            at: format!("{what}: "),
            span: self.span(),
            table: self.table,
        }
    }

    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Tells each field that is none of these.
    pub(super) fn only(&self, known: &[&str], sheet: &mut Sheet) {
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if !known.contains(&name) {
                let what = format!(
                    "{}{name} is no field; take it out, or correct it: there are {}",
                    self.at,
                    known.join(", ")
                );
                sheet.at(key.span(), what);
            }
        }
    }

    pub(super) fn has_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.table.contains_key(*name))
    }

    /// Something about the table as a whole.
    pub(super) fn tell(&self, what: &str, sheet: &mut Sheet) {
        sheet.at(self.span(), format!("{}{what}", self.at));
    }

    /// A field whose value cannot stay, with what to write.
    pub(super) fn wrong(&self, name: &str, what: &str, sheet: &mut Sheet) {
        if let Some(value) = self.table.get(name) {
            self.wrong_at(name, value.span(), what, sheet);
        }
    }

    fn wrong_at(&self, name: &str, span: Range<usize>, what: &str, sheet: &mut Sheet) {
        let value = sheet.text.get(span.clone()).unwrap_or_default();
        let line = value.lines().next().unwrap_or_default();
        let shown: String = line.chars().take(MOST_SHOWN).collect();
        sheet.at(span, format!("{}{name} is {shown}; {what}", self.at));
    }

    /// A field that must be there.
    fn needed(&self, name: &str, what: &str, sheet: &mut Sheet) -> Option<&'t Spanned<DeValue<'t>>> {
        let found = self.table.get(name);
        if found.is_none() {
            self.tell(&format!("{name} is missing; {what}"), sheet);
        }
        found
    }

    /// Words that must be there.
    pub(super) fn text(&self, name: &str, what: &str, sheet: &mut Sheet) -> Option<&'t str> {
        let value = self.needed(name, what, sheet)?;
        let text = value.get_ref().as_str().map(str::trim);
        let text = text.filter(|text| !text.is_empty());
        if text.is_none() {
            self.wrong(name, what, sheet);
        }
        text
    }

    /// Words that may be there.
    pub(super) fn text_if_any(&self, name: &str, what: &str, sheet: &mut Sheet) -> Option<&'t str> {
        self.table.get(name)?;
        self.text(name, what, sheet)
    }

    /// A day that may be there.
    pub(super) fn day_if_any(&self, name: &str, what: &str, sheet: &mut Sheet) -> Option<String> {
        let value = self.table.get(name)?;
        let day = value.get_ref().as_datetime().filter(|day| day.time.is_none());
        if day.is_none() {
            self.wrong(name, what, sheet);
        }
        day.map(ToString::to_string)
    }

    /// A number that must be there, and in this range.
    pub(super) fn number(
        &self,
        name: &str,
        is_right: impl FnOnce(f64) -> bool,
        what: &str,
        sheet: &mut Sheet,
    ) -> Option<f64> {
        let value = self.needed(name, what, sheet)?;
        let number = number(value.get_ref()).filter(|number| number.is_finite());
        let number = number.filter(|number| is_right(*number));
        if number.is_none() {
            self.wrong(name, what, sheet);
        }
        number
    }

    /// Two whole numbers that must be there, the first no more than the second.
    pub(super) fn pair(&self, name: &str, what: &str, sheet: &mut Sheet) -> Option<(u32, u32)> {
        let value = self.needed(name, what, sheet)?;
        let pair = match value.get_ref().as_array().map(|array| &**array) {
            Some([first, last]) => whole(first.get_ref()).zip(whole(last.get_ref())),
            _ => None,
        };
        let pair = pair.filter(|(first, last)| first <= last);
        if pair.is_none() {
            self.wrong(name, what, sheet);
        }
        pair
    }

    /// A list of words that may be there.
    pub(super) fn texts(&self, name: &str, what: &str, sheet: &mut Sheet) -> Option<Vec<&'t str>> {
        let value = self.table.get(name)?;
        let Some(array) = value.get_ref().as_array().filter(|array| !array.is_empty()) else {
            self.wrong(name, what, sheet);
            return None;
        };
        let mut texts = Vec::new();
        for value in array {
            match value.get_ref().as_str().map(str::trim) {
                Some(text) if !text.is_empty() => texts.push(text),
                _ => self.wrong_at(name, value.span(), what, sheet),
            }
        }
        Some(texts)
    }

    /// A table that may be there.
    pub(super) fn table(&self, name: &str, what: &str, sheet: &mut Sheet) -> Option<Self> {
        let value = self.table.get(name)?;
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(name, what, sheet);
            return None;
        };
        Some(Self {
            at: format!("{}{name}.", self.at),
            span: value.span(),
            table,
        })
    }

    /// Every `[[name]]` there is.
    pub(super) fn tables(&self, name: &str, sheet: &mut Sheet) -> Vec<Self> {
        let Some(value) = self.table.get(name) else {
            return Vec::new();
        };
        let tables: Vec<Self> = each(value.get_ref())
            .filter_map(|value| {
                let table = value.get_ref().as_table()?;
                Some(Self {
                    at: format!("{name}: "),
                    span: value.span(),
                    table,
                })
            })
            .collect();
        let all = value.get_ref().as_array().map(|array| array.len());
        if all != Some(tables.len()) {
            self.wrong(name, &format!("write [[{name}]] above the fields of each"), sheet);
        }
        tables
    }
}

fn each<'t>(value: &'t DeValue<'t>) -> impl Iterator<Item = &'t Spanned<DeValue<'t>>> {
    let array: Option<&'t DeArray<'t>> = value.as_array();
    array.into_iter().flatten()
}

fn number(value: &DeValue) -> Option<f64> {
    match value {
        DeValue::Float(float) => float.as_str().parse().ok(),
        DeValue::Integer(_) => whole_number(value).map(f64::from),
        _ => None,
    }
}

fn whole(value: &DeValue) -> Option<u32> {
    whole_number(value).and_then(|number| u32::try_from(number).ok())
}

fn whole_number(value: &DeValue) -> Option<i32> {
    let integer = value.as_integer()?;
    i32::from_str_radix(integer.as_str(), integer.radix()).ok()
}
