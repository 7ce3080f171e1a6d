//! Rows as a person reads them, on standard output.

use std::fmt::Write as _;

use super::ReportRow;
use crate::printing;

/// A longer id is cut.
const MOST_ID: usize = 40;

pub(super) struct Table {
    brief: bool,
    title: Option<&'static str>,
    /// That of the ids, as wide as the first rows that are shown need it.
    width: Option<usize>,
}

impl Table {
    /// A brief one shows only the rows that were held.
    pub(super) fn new(brief: bool, title: Option<&'static str>) -> Self {
        Self {
            brief,
            title,
            width: None,
        }
    }

    /// What the next rows are.
    pub(super) fn title(&mut self, title: &'static str) {
        self.title = Some(title);
    }

    pub(super) fn rows(&mut self, rows: &[ReportRow]) {
        let shown = rows.iter().filter(|row| !self.brief || row.outcome == "held");
        let widths = shown.clone().map(|row| row.id.chars().count().min(MOST_ID));
        let Some(widest) = widths.max() else { return };
        let mut text = String::new();
        let width = *self.width.get_or_insert_with(|| {
            if let Some(title) = self.title.take() {
                let _ = writeln!(text, "{title}");
            }
            let _ = writeln!(text, "{:>6}  {:widest$}  {:9}  notes", "row", "id", "outcome");
            widest
        });
        for row in shown {
            let id: String = row.id.chars().take(MOST_ID).collect();
            let _ = writeln!(
                text,
                "{:>6}  {id:width$}  {:9}  {}",
                row.row,
                row.outcome,
                row.notes.join("; ")
            );
        }
        print(&text);
    }

    /// Ends the rows so far.
    pub(super) fn end(&mut self) {
        if self.width.take().is_some() {
            print("\n");
        }
    }
}

/// Whatever becomes of what is printed, the import goes on.
fn print(text: &str) {
    let _ = printing::all(text.as_bytes());
}
