//! What became of each row, printed as it comes and written as JSON; nothing is kept but counts.

mod file;
mod table;

use std::error::Error;

use indicatif::ProgressBar;
use serde::Serialize;
use store::imports::{Finished, Outcome, StagedProvider};

use super::taking::Told;
use super::{Arguments, Batch, ImportError, Rows};
use crate::printing::say;
use file::ReportFile;
use table::Table;

pub(super) struct Report {
    groups: Counts,
    /// There where the format has providers.
    providers: Option<Counts>,
    table: Table,
    file: Option<ReportFile>,
    bar: ProgressBar,
    dry_run: bool,
}

/// How many rows of a list became what.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    read: usize,
    imported: usize,
    changed: usize,
    unchanged: usize,
    held: usize,
    /// Of those that are listed: by what was said here in place of what the feed has wrong.
    corrected: usize,
}

#[derive(Serialize)]
struct ReportRow<'a> {
    /// There when several files were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    row: usize,
    id: &'a str,
    outcome: &'static str,
    notes: Vec<&'a str>,
}

impl Report {
    /// Whether it can be written is found out before anything is changed.
    pub(super) fn open(arguments: &Arguments, rows: &Rows, bar: ProgressBar) -> Result<Self, ImportError> {
        let title = matches!(rows, Rows::Sameboat { .. }).then_some("Groups");
        Ok(Self {
            groups: Counts::default(),
            providers: None,
            table: Table::new(arguments.brief, title),
            file: arguments.report.as_deref().map(ReportFile::open).transpose()?,
            bar,
            dry_run: arguments.dry_run,
        })
    }

    /// The counts, once the whole is done; then the file takes its name.
    pub(super) fn finish(mut self, finished: Option<Finished>) -> Result<(), Box<dyn Error>> {
        self.bar.finish_and_clear();
        self.table.end();
        if self.dry_run {
            say!("Dry run: nothing was changed.")?;
        }
        let gone = finished.map_or(0, |finished| finished.groups.gone);
        match &self.providers {
            None => self.groups.print("", gone)?,
            Some(providers) => {
                self.groups.print("groups ", gone)?;
                let gone = finished.map_or(0, |finished| finished.providers.gone);
                providers.print("providers ", gone)?;
            }
        }
        let (last, end) = match &self.providers {
            Some(providers) => (providers, "}}"),
            None => (&self.groups, "}"),
        };
        self.file.take().map_or(Ok(()), |file| file.finish(last, end))
    }

    fn tell(&mut self, rows: &[ReportRow]) -> Result<(), ImportError> {
        let table = &mut self.table;
        self.bar.suspend(|| table.rows(rows));
        self.bar.inc(rows.len() as u64);
        self.file.as_mut().map_or(Ok(()), |file| file.rows(rows))
    }
}

impl Told for Report {
    fn groups(&mut self, batch: Batch, outcomes: &[Outcome]) -> Result<(), ImportError> {
        let rows: Vec<_> = batch
            .staged
            .iter()
            .zip(&batch.places)
            .zip(outcomes)
            .map(|((staged, (file, row)), outcome)| ReportRow {
                file: file.as_deref(),
                row: *row,
                id: &staged.id,
                outcome: outcome.name(),
                notes: notes(staged.listing.as_ref().err(), &staged.notes),
            })
            .collect();
        self.groups.add(outcomes);
        let corrected = batch.staged.iter().filter(|staged| staged.is_corrected());
        self.groups.corrected += corrected.count();
        self.tell(&rows)
    }

    fn begin_providers(&mut self) -> Result<(), ImportError> {
        self.bar.suspend(|| self.table.end());
        self.table.title("Providers");
        self.providers = Some(Counts::default());
        let groups = self.groups;
        self.file.as_mut().map_or(Ok(()), |file| file.providers(&groups))
    }

    fn providers(&mut self, providers: &[StagedProvider], outcomes: &[Outcome]) -> Result<(), ImportError> {
        let rows: Vec<_> = providers
            .iter()
            .zip(outcomes)
            .map(|(staged, outcome)| ReportRow {
                file: None,
                row: staged.row,
                id: &staged.id,
                outcome: outcome.name(),
                notes: notes(staged.provider.as_ref().err(), &staged.notes),
            })
            .collect();
        self.providers.get_or_insert_default().add(outcomes);
        self.tell(&rows)
    }
}

impl Drop for Report {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn notes<'a>(held: Option<&'a String>, notes: &'a [String]) -> Vec<&'a str> {
    held.into_iter().chain(notes).map(String::as_str).collect()
}

impl Counts {
    fn add(&mut self, outcomes: &[Outcome]) {
        self.read += outcomes.len();
        for outcome in outcomes {
            *match outcome {
                Outcome::Imported => &mut self.imported,
                Outcome::Changed => &mut self.changed,
                Outcome::Unchanged => &mut self.unchanged,
                Outcome::Held => &mut self.held,
            } += 1;
        }
    }

    fn named(&self) -> [(&'static str, usize); 5] {
        [
            ("read", self.read),
            ("imported", self.imported),
            ("changed", self.changed),
            ("unchanged", self.unchanged),
            ("held", self.held),
        ]
    }

    /// `what` stands between the number and what became of it.
    fn print(&self, what: &str, gone: u64) -> std::io::Result<()> {
        for (name, count) in self.named() {
            say!("{count:>7} {what}{name}")?;
        }
        if self.corrected > 0 {
            say!("{:>7} {what}listed by what was corrected here", self.corrected)?;
        }
        if gone > 0 {
            say!("{gone:>7} {what}no longer in the feed: marked, not deleted")?;
        }
        Ok(())
    }
}
