//! The `[[source]]`s of the file: each is named by a number, and each number names one.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::fields::Fields;
use crate::reference::{Reference, Source};
use crate::slip::Sheet;

/// By id, and which were asked for.
pub(super) struct Sources<'t> {
    by_id: BTreeMap<&'t str, Known<'t>>,
    used: BTreeSet<&'t str>,
}

struct Known<'t> {
    cite: &'t str,
    url: Option<&'t str>,
    seen: Option<String>,
    span: Range<usize>,
}

impl<'t> Sources<'t> {
    pub(super) fn of(document: &Fields<'t>, sheet: &mut Sheet) -> Self {
        let mut by_id = BTreeMap::new();
        for fields in document.tables("source", sheet) {
            fields.only(&["id", "cite", "url", "seen"], sheet);
            let what = "write a short name, by which numbers name it";
            let Some(id) = fields.text("id", what, sheet) else {
                continue;
            };
            let fields = fields.about(&format!("source “{id}”"));
            let what = "say what the text is: who wrote it, when, and where it is";
            let known = Known {
                cite: fields.text("cite", what, sheet).unwrap_or_default(),
                url: fields.text_if_any("url", "write its address, or leave it out", sheet),
                seen: fields.day_if_any("seen", "write the day on which you read it, as 2026-11-28", sheet),
                span: fields.span(),
            };
            if by_id.insert(id, known).is_some() {
                fields.wrong("id", "it is there twice; give this one another", sheet);
            }
        }
        Self {
            by_id,
            used: BTreeSet::new(),
        }
    }

    /// The source that the field `source` of a table names, as that of who sets the number.
    pub(super) fn get(&mut self, table: &Fields<'t>, who: &str, sheet: &mut Sheet) -> Option<Source> {
        let what = "name the [[source]] that the number is from by its id";
        let id = table.text("source", what, sheet)?;
        self.used.insert(id);
        let Some(known) = self.by_id.get(id) else {
            table.wrong("source", "add a [[source]] with this id, or correct it", sheet);
            return None;
        };
        Some(Reference::own(who, known.cite, known.url, known.seen.as_deref()))
    }

    /// Tells those that no number names.
    pub(super) fn idle(&self, sheet: &mut Sheet) {
        for (id, known) in &self.by_id {
            if !self.used.contains(id) {
                let what = format!("no number names the source “{id}”; take it out");
                sheet.at(known.span.clone(), what);
            }
        }
    }
}
