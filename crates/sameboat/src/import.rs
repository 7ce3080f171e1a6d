//! `sameboat import`: files are parsed whole first; then rows are staged in short transactions and become visible with
//! the last one.

use std::collections::HashMap;
use std::error::Error;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono_tz::Tz;
use domain::groups::WebPage;
use domain::text::Line;
use feeds::meeting_guide::{self, FeedError, MOST_BYTES, Reading};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use store::imports::{self, Feed, Outcome, Run, Staged};
use store::{Store, Who};

use crate::clock::SystemClock;
use crate::settings::Settings;

/// Rows of one short transaction.
const BATCH: usize = 200;

pub(crate) struct Arguments {
    pub files: Vec<PathBuf>,
    pub programme: String,
    pub zone: String,
    pub page: Option<String>,
    pub report: Option<PathBuf>,
    pub dry_run: bool,
    pub brief: bool,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum ImportError {
    #[error("{file}: {why}. Nothing was changed.")]
    Read { file: String, why: std::io::Error },
    #[error("{file}: {why} Nothing was changed.")]
    Feed { file: String, why: FeedError },
    #[error("--zone is “{zone}”, which is no IANA time zone{hint}. Nothing was changed.")]
    Zone { zone: String, hint: String },
    #[error("--programme {0}. Nothing was changed.")]
    Programme(domain::text::TextError),
    #[error("--page: {0}. Nothing was changed.")]
    Page(domain::groups::ContactError),
    #[error("the report cannot be written to {file}: {why}. Nothing was changed.")]
    Report { file: String, why: std::io::Error },
    #[error("stopped. Nothing was changed.")]
    Stopped,
}

#[derive(Serialize)]
struct Report {
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

/// A row and the file it stands in.
struct Read {
    file: Option<String>,
    row: usize,
    staged: Staged,
}

pub(crate) async fn run(settings: &Settings, arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let rows = read(arguments)?;
    let report_file = arguments.report.as_deref().map(ReportFile::open).transpose()?;
    let store = Store::open(&settings.database, Arc::new(SystemClock)).await?;
    let feed = Feed {
        programme: arguments.programme.trim().to_owned(),
        format: "meeting-guide",
    };
    let staged: Vec<Staged> = rows.iter().map(|read| read.staged.clone()).collect();
    let (outcomes, gone) = if arguments.dry_run {
        (
            imports::compare(&mut store.read(Who::Operator).await?, &feed, &staged).await?,
            None,
        )
    } else {
        let (outcomes, gone) = write(&store, &feed, &staged).await?;
        (outcomes, Some(gone))
    };
    store.close().await;
    let report = report(&rows, &outcomes);
    print(&report, arguments, gone);
    if let Some(file) = report_file {
        file.write(&report)?;
    }
    Ok(())
}

fn read(arguments: &Arguments) -> Result<Vec<Read>, ImportError> {
    let how = Reading {
        programme: Line::parse(&arguments.programme).map_err(ImportError::Programme)?,
        zone: zone(&arguments.zone)?,
        page: arguments
            .page
            .as_deref()
            .map(WebPage::parse)
            .transpose()
            .map_err(ImportError::Page)?,
    };
    let mut all: Vec<Read> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for path in &arguments.files {
        let file = path.display().to_string();
        let unreadable = |why| ImportError::Read {
            file: file.clone(),
            why,
        };
        let size = usize::try_from(std::fs::metadata(path).map_err(unreadable)?.len()).unwrap_or(usize::MAX);
        if size > MOST_BYTES {
            return Err(ImportError::Feed {
                file,
                why: FeedError::TooLarge(size),
            });
        }
        let bytes = std::fs::read(path).map_err(unreadable)?;
        let rows = meeting_guide::read(&bytes, &how).map_err(|why| ImportError::Feed {
            file: file.clone(),
            why,
        })?;
        for row in rows {
            let number = all.len() + 1;
            // Two files of one programme may use an id twice for different groups.
            let times = seen
                .entry(row.id.clone())
                .and_modify(|times| *times += 1)
                .or_insert(1);
            let id = if *times == 1 {
                row.id
            } else {
                format!("{}~{times}", row.id)
            };
            let listing = row.listing.map_err(|why| why.to_string());
            all.push(Read {
                file: (arguments.files.len() > 1).then(|| file.clone()),
                row: row.number,
                staged: Staged {
                    row: number,
                    id,
                    listing,
                    notes: row.notes,
                },
            });
        }
    }
    Ok(all)
}

fn zone(text: &str) -> Result<Tz, ImportError> {
    text.parse().map_err(|_| {
        let wanted = text.to_ascii_lowercase().replace(' ', "_");
        let close: Vec<_> = chrono_tz::TZ_VARIANTS
            .iter()
            .map(|zone| zone.name())
            .filter(|name| !wanted.is_empty() && name.to_ascii_lowercase().contains(&wanted))
            .take(3)
            .collect();
        let hint = if close.is_empty() {
            "; write one such as America/New_York".to_owned()
        } else {
            format!("; did you mean {}?", close.join(" or "))
        };
        ImportError::Zone {
            zone: text.to_owned(),
            hint,
        }
    })
}

/// Stages all rows and makes them visible. Gives what became of each, and how many are gone from the feed.
async fn write(store: &Store, feed: &Feed, rows: &[Staged]) -> Result<(Vec<Outcome>, u64), Box<dyn Error>> {
    let bar = progress(rows.len());
    let mut writing = store.write(Who::Operator).await?;
    let run = imports::begin(&mut writing, feed).await?;
    writing.commit().await?;
    let staged = tokio::select! {
        staged = stage(store, &run, rows, &bar) => staged,
        _ = tokio::signal::ctrl_c() => Err(ImportError::Stopped.into()),
    };
    let outcomes = match staged {
        Ok(outcomes) => outcomes,
        Err(error) => {
            bar.finish_and_clear();
            let mut writing = store.write(Who::Operator).await?;
            imports::abandon(&mut writing, &run).await?;
            writing.commit().await?;
            return Err(error);
        }
    };
    let mut writing = store.write(Who::Operator).await?;
    let summary = imports::finish(&mut writing, run).await?;
    writing.commit().await?;
    bar.finish_and_clear();
    Ok((outcomes, summary.gone))
}

async fn stage(
    store: &Store,
    run: &Run,
    rows: &[Staged],
    bar: &ProgressBar,
) -> Result<Vec<Outcome>, Box<dyn Error>> {
    let mut outcomes = Vec::with_capacity(rows.len());
    for batch in rows.chunks(BATCH) {
        let mut writing = store.write(Who::Operator).await?;
        outcomes.extend(imports::stage(&mut writing, run, batch).await?);
        writing.commit().await?;
        bar.inc(batch.len() as u64);
    }
    Ok(outcomes)
}

/// On a terminal only.
fn progress(rows: usize) -> ProgressBar {
    let target = if std::io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(Some(rows as u64), target);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos} of {len} rows, {eta} to go") {
        bar.set_style(style);
    }
    bar
}

fn report(rows: &[Read], outcomes: &[Outcome]) -> Report {
    let count = |wanted: Outcome| outcomes.iter().filter(|outcome| **outcome == wanted).count();
    let rows = rows.iter().zip(outcomes).map(|(read, outcome)| ReportRow {
        file: read.file.clone(),
        row: read.row,
        id: read.staged.id.clone(),
        outcome: outcome.name(),
        notes: read
            .staged
            .listing
            .as_ref()
            .err()
            .into_iter()
            .chain(&read.staged.notes)
            .cloned()
            .collect(),
    });
    Report {
        read: outcomes.len(),
        imported: count(Outcome::Imported),
        changed: count(Outcome::Changed),
        unchanged: count(Outcome::Unchanged),
        held: count(Outcome::Held),
        rows: rows.collect(),
    }
}

fn print(report: &Report, arguments: &Arguments, gone: Option<u64>) {
    let shown: Vec<_> = report
        .rows
        .iter()
        .filter(|row| !arguments.brief || row.outcome == "held")
        .collect();
    if !shown.is_empty() {
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
    if arguments.dry_run {
        println!("Dry run: nothing was changed.");
    }
    for (name, count) in [
        ("read", report.read),
        ("imported", report.imported),
        ("changed", report.changed),
        ("unchanged", report.unchanged),
        ("held", report.held),
    ] {
        println!("{count:>7} {name}");
    }
    if let Some(gone @ 1..) = gone {
        println!("{gone:>7} no longer in the feed: marked, not deleted");
    }
}

/// A report that is written whole or not at all; whether it can be is found out before anything is changed.
struct ReportFile {
    path: PathBuf,
    part: PathBuf,
    file: std::fs::File,
}

impl ReportFile {
    fn open(path: &Path) -> Result<Self, ImportError> {
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

    fn write(mut self, report: &Report) -> Result<(), Box<dyn Error>> {
        serde_json::to_writer_pretty(&mut self.file, report)?;
        self.file.write_all(b"\n")?;
        self.file.sync_all()?;
        std::fs::rename(&self.part, &self.path)?;
        Ok(())
    }
}
