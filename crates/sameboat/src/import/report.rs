//! What became of each row, printed and as JSON.

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;
use store::imports::{Finished, Outcome, StagedProvider};

use super::{Arguments, Batch, ImportError};

/// The groups' list, and beside it that of the providers where the format has one.
#[derive(Default, Serialize)]
pub(super) struct Report {
    #[serde(flatten)]
    groups: List,
    #[serde(skip_serializing_if = "Option::is_none")]
    providers: Option<List>,
}

#[derive(Default, Serialize)]
struct List {
    read: usize,
    imported: usize,
    changed: usize,
    unchanged: usize,
    held: usize,
    rows: Vec<ReportRow>,
}

#[derive(Serialize)]
struct ReportRow {
    /// There when several files were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    row: usize,
    id: String,
    outcome: &'static str,
    notes: Vec<String>,
}

impl Report {
    /// What became of these groups.
    pub(super) fn groups(&mut self, batch: Batch, outcomes: &[Outcome]) {
        for ((staged, (file, row)), outcome) in batch.staged.into_iter().zip(batch.places).zip(outcomes) {
            let notes = staged.listing.err().into_iter().chain(staged.notes).collect();
            self.groups.push(*outcome, (file, row), staged.id, notes);
        }
    }

    /// What became of all providers.
    pub(super) fn providers(&mut self, providers: &[StagedProvider], outcomes: &[Outcome]) {
        let list = self.providers.get_or_insert_default();
        for (staged, outcome) in providers.iter().zip(outcomes) {
            let held = staged.provider.as_ref().err();
            let notes = held.into_iter().chain(&staged.notes).cloned().collect();
            list.push(*outcome, (None, staged.row), staged.id.clone(), notes);
        }
    }

    pub(super) fn print(&self, arguments: &Arguments, finished: Option<Finished>) {
        if self.providers.is_some() {
            println!("Groups");
        }
        self.groups.print_rows(arguments);
        if let Some(providers) = &self.providers {
            println!("Providers");
            providers.print_rows(arguments);
        }
        if arguments.dry_run {
            println!("Dry run: nothing was changed.");
        }
        let gone = finished.map_or(0, |finished| finished.groups.gone);
        match &self.providers {
            None => self.groups.print_counts("", gone),
            Some(providers) => {
                self.groups.print_counts("groups ", gone);
                let gone = finished.map_or(0, |finished| finished.providers.gone);
                providers.print_counts("providers ", gone);
            }
        }
    }
}

impl List {
    fn push(
        &mut self,
        outcome: Outcome,
        (file, row): (Option<String>, usize),
        id: String,
        notes: Vec<String>,
    ) {
        self.read += 1;
        *match outcome {
            Outcome::Imported => &mut self.imported,
            Outcome::Changed => &mut self.changed,
            Outcome::Unchanged => &mut self.unchanged,
            Outcome::Held => &mut self.held,
        } += 1;
        self.rows.push(ReportRow {
            file,
            row,
            id,
            outcome: outcome.name(),
            notes,
        });
    }

    fn print_rows(&self, arguments: &Arguments) {
        let shown: Vec<_> = self
            .rows
            .iter()
            .filter(|row| !arguments.brief || row.outcome == "held")
            .collect();
        if shown.is_empty() {
            return;
        }
        let width = shown
            .iter()
            .map(|row| row.id.chars().count().min(40))
            .max()
            .unwrap_or(0);
        println!("{:>6}  {:width$}  {:9}  notes", "row", "id", "outcome");
        for row in shown {
            let id: String = row.id.chars().take(40).collect();
            println!(
                "{:>6}  {id:width$}  {:9}  {}",
                row.row,
                row.outcome,
                row.notes.join("; ")
            );
        }
        println!();
    }

    /// `what` stands between the number and what became of it.
    fn print_counts(&self, what: &str, gone: u64) {
        for (name, count) in [
            ("read", self.read),
            ("imported", self.imported),
            ("changed", self.changed),
            ("unchanged", self.unchanged),
            ("held", self.held),
        ] {
            println!("{count:>7} {what}{name}");
        }
        if gone > 0 {
            println!("{gone:>7} {what}no longer in the feed: marked, not deleted");
        }
    }
}

/// A report that is written whole or not at all; whether it can be is found out before anything is changed.
pub(super) struct ReportFile {
    path: PathBuf,
    part: PathBuf,
    file: std::fs::File,
}

impl ReportFile {
    pub(super) fn open(path: &Path) -> Result<Self, ImportError> {
        let part = path.with_extension("part");
        let cannot = |why| ImportError::Report {
            file: path.display().to_string(),
            why,
        };
        if path.is_dir() {
            return Err(cannot(std::io::ErrorKind::IsADirectory.into()));
        }
        let file = std::fs::File::create(&part).map_err(cannot)?;
        Ok(Self {
            path: path.to_owned(),
            part,
            file,
        })
    }

    pub(super) fn write(mut self, report: &Report) -> Result<(), Box<dyn Error>> {
        serde_json::to_writer_pretty(&mut self.file, report)?;
        self.file.write_all(b"\n")?;
        self.file.sync_all()?;
        std::fs::rename(&self.part, &self.path)?;
        Ok(())
    }
}
