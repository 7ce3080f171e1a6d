//! `sameboat import`: what is wrong with a file as a whole is told first; then rows are read and staged in short transactions
//! and become visible with the last one.

mod feed;
mod files;
mod report;
mod sameboat;

use std::error::Error;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

use feeds::Format;
use feeds::reading::FeedError;
use feeds::sameboat::FileError;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use store::imports::{self, Feed, Finished, Run, Staged, StagedProvider};
use store::{Store, Who};

use crate::clock::SystemClock;
use crate::settings::Settings;
use report::{Report, ReportFile};

/// Rows of one short transaction.
const BATCH: usize = 500;

pub(crate) struct Arguments {
    pub files: Vec<PathBuf>,
    /// Seen in the files, if it is not given.
    pub format: Option<Format>,
    /// Whose groups they are; a sameboat file says it itself.
    pub programme: Option<String>,
    /// For formats whose groups may name no zone.
    pub zone: Option<String>,
    pub page: Option<String>,
    /// Whose type codes they are; else they go with the programme.
    pub codes: Option<String>,
    /// Ids of the catalogue: what all groups of the programme are about.
    pub topics: Vec<String>,
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
    #[error("{file}: {why} Nothing was changed.")]
    Sameboat { file: String, why: FileError },
    #[error("give one sameboat file at a time: its ids are known within one file. Nothing was changed.")]
    SeveralFiles,
    #[error(
        "--page is for Meeting Guide feeds; a sameboat file says of each group how to come. Leave it out. Nothing was changed."
    )]
    PageOfSameboat,
    #[error("--zone is “{zone}”, which is no IANA time zone{hint}. Nothing was changed.")]
    Zone { zone: String, hint: String },
    #[error("--topic is “{topic}”, which is no topic{hint}. Nothing was changed.")]
    Topic { topic: String, hint: String },
    #[error("{0}. Nothing was changed.")]
    Content(#[from] crate::content::ContentError),
    #[error(
        "--topic is for Meeting Guide feeds; a sameboat file says of each group what it is about. Leave it out. Nothing was changed."
    )]
    TopicOfSameboat,
    #[error(
        "{file} looks like {looks}, and the files before it like {others}. Import them one after another. Nothing was changed."
    )]
    Mixed {
        file: String,
        looks: Format,
        others: Format,
    },
    #[error("say whose groups they are: add --programme \"Orange County\". Nothing was changed.")]
    NoProgramme,
    #[error("--programme {0}. Nothing was changed.")]
    Programme(domain::text::TextError),
    #[error("--page: {0}. Nothing was changed.")]
    Page(domain::groups::ContactError),
    #[error("the report cannot be written to {file}: {why}. Nothing was changed.")]
    Report { file: String, why: std::io::Error },
    #[error("stopped. Nothing was changed.")]
    Stopped,
}

/// A group and the file it stands in, where several were given.
struct GroupRow {
    file: Option<String>,
    row: usize,
    staged: Staged,
}

/// What a run goes through: every group, read when it is asked for, and then the providers.
struct Source<'a> {
    programme: String,
    count: usize,
    groups: Box<dyn Iterator<Item = GroupRow> + Send + 'a>,
    /// None for formats that have none.
    providers: Option<Vec<StagedProvider>>,
}

pub(crate) async fn run(settings: &Settings, arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    // A flag that is wrong is told before large files are read.
    arguments.zone.as_deref().map(feed::zone).transpose()?;
    let (format, files) = files::read(arguments)?;
    let how;
    let source = if format == Format::Sameboat {
        sameboat::read(arguments, &files)?
    } else {
        how = feed::how(settings, arguments)?;
        let (count, groups) = feed::rows(format, &files, &how)?;
        if arguments.format.is_none() {
            println!("Read as {format}, with the type codes of {}.", how.codes.name());
        }
        Source {
            programme: how.programme.to_string(),
            count,
            groups: Box::new(groups),
            providers: None,
        }
    };
    let report_file = arguments.report.as_deref().map(ReportFile::open).transpose()?;
    let store = Store::open(&settings.database, Arc::new(SystemClock), settings.key()?).await?;
    let feed = Feed {
        programme: source.programme.clone(),
        format: format.name(),
    };
    let (report, finished) = if arguments.dry_run {
        (compare(&store, &feed, source).await?, None)
    } else {
        let (report, finished) = write(&store, &feed, source).await?;
        (report, Some(finished))
    };
    store.close().await;
    report.print(arguments, finished);
    if let Some(file) = report_file {
        file.write(&report)?;
    }
    Ok(())
}

/// Says what would become of each row.
async fn compare(store: &Store, feed: &Feed, mut source: Source<'_>) -> Result<Report, Box<dyn Error>> {
    let mut report = Report::default();
    let mut reading = store.read(Who::Operator).await?;
    while let Some(batch) = batch(&mut source) {
        let outcomes = imports::compare(&mut reading, feed, &batch.staged).await?;
        report.groups(batch, &outcomes);
    }
    if let Some(providers) = &source.providers {
        report.providers(
            providers,
            &imports::compare_providers(&mut reading, feed, providers).await?,
        );
    }
    Ok(report)
}

/// Stages all rows and makes them visible. Gives what became of each, and of the whole.
async fn write(store: &Store, feed: &Feed, source: Source<'_>) -> Result<(Report, Finished), Box<dyn Error>> {
    let bar = progress(source.count + source.providers.as_ref().map_or(0, Vec::len));
    let mut writing = store.write(Who::Operator).await?;
    let run = imports::begin(&mut writing, feed).await?;
    writing.commit().await?;
    let staged = tokio::select! {
        staged = stage(store, &run, source, &bar) => staged,
        _ = tokio::signal::ctrl_c() => Err(ImportError::Stopped.into()),
    };
    let report = match staged {
        Ok(report) => report,
        Err(error) => {
            bar.finish_and_clear();
            let mut writing = store.write(Who::Operator).await?;
            imports::abandon(&mut writing, &run).await?;
            writing.commit().await?;
            return Err(error);
        }
    };
    let mut writing = store.write(Who::Operator).await?;
    let finished = imports::finish(&mut writing, run).await?;
    writing.commit().await?;
    bar.finish_and_clear();
    Ok((report, finished))
}

async fn stage(
    store: &Store,
    run: &Run,
    mut source: Source<'_>,
    bar: &ProgressBar,
) -> Result<Report, Box<dyn Error>> {
    let mut report = Report::default();
    while let Some(batch) = batch(&mut source) {
        let mut writing = store.write(Who::Operator).await?;
        let outcomes = imports::stage(&mut writing, run, &batch.staged).await?;
        writing.commit().await?;
        bar.inc(outcomes.len() as u64);
        report.groups(batch, &outcomes);
    }
    let mut outcomes = Vec::new();
    for batch in source.providers.as_deref().unwrap_or_default().chunks(BATCH) {
        let mut writing = store.write(Who::Operator).await?;
        outcomes.extend(imports::stage_providers(&mut writing, run, batch).await?);
        writing.commit().await?;
        bar.inc(batch.len() as u64);
    }
    if let Some(providers) = &source.providers {
        report.providers(providers, &outcomes);
    }
    Ok(report)
}

/// Rows of one short transaction, and where each stands.
struct Batch {
    places: Vec<(Option<String>, usize)>,
    staged: Vec<Staged>,
}

/// The next rows; none at the end.
fn batch(source: &mut Source) -> Option<Batch> {
    let rows = source.groups.by_ref().take(BATCH);
    let (places, staged): (Vec<_>, Vec<_>) = rows.map(|row| ((row.file, row.row), row.staged)).unzip();
    (!staged.is_empty()).then_some(Batch { places, staged })
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
