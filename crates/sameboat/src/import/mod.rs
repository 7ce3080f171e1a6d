//! `sameboat import`: files are parsed whole first; then rows are staged in short transactions and become visible with
//! the last one.

mod meeting_guide;
mod report;
mod sameboat;

use std::error::Error;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use feeds::meeting_guide::{FeedError, MOST_BYTES};
use feeds::sameboat::FileError;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use store::imports::{self, Feed, Finished, Outcome, Run, Staged, StagedProvider};
use store::{Store, Who};

use crate::clock::SystemClock;
use crate::settings::Settings;
use report::{Report, ReportFile};

/// Rows of one short transaction.
const BATCH: usize = 200;

/// What the files are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    MeetingGuide,
    Sameboat,
}

impl Format {
    pub(crate) const ALL: [Self; 2] = [Self::MeetingGuide, Self::Sameboat];

    /// As it is written after `--as`, and kept.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::MeetingGuide => "meeting-guide",
            Self::Sameboat => "sameboat",
        }
    }
}

pub(crate) struct Arguments {
    pub files: Vec<PathBuf>,
    pub format: Format,
    /// Whose groups they are; a sameboat file says it itself.
    pub programme: Option<String>,
    /// For formats whose groups may name no zone.
    pub zone: Option<String>,
    pub page: Option<String>,
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
    #[error("--programme {0}. Nothing was changed.")]
    Programme(domain::text::TextError),
    #[error("--page: {0}. Nothing was changed.")]
    Page(domain::groups::ContactError),
    #[error("the report cannot be written to {file}: {why}. Nothing was changed.")]
    Report { file: String, why: std::io::Error },
    #[error("stopped. Nothing was changed.")]
    Stopped,
}

/// Both lists of what was read; other formats than our own have no providers.
struct Rows {
    groups: Vec<GroupRow>,
    providers: Option<Vec<StagedProvider>>,
}

/// A group and the file it stands in, where several were given.
struct GroupRow {
    file: Option<String>,
    row: usize,
    staged: Staged,
}

/// What will become, or became, of each row.
struct Outcomes {
    groups: Vec<Outcome>,
    providers: Vec<Outcome>,
}

pub(crate) async fn run(settings: &Settings, arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let (programme, rows) = match arguments.format {
        Format::MeetingGuide => meeting_guide::read(settings, arguments)?,
        Format::Sameboat => sameboat::read(arguments)?,
    };
    let report_file = arguments.report.as_deref().map(ReportFile::open).transpose()?;
    let store = Store::open(&settings.database, Arc::new(SystemClock)).await?;
    let feed = Feed {
        programme,
        format: arguments.format.name(),
    };
    let groups: Vec<Staged> = rows.groups.iter().map(|read| read.staged.clone()).collect();
    let providers = rows.providers.as_deref().unwrap_or_default();
    let (outcomes, finished) = if arguments.dry_run {
        let mut reading = store.read(Who::Operator).await?;
        let outcomes = Outcomes {
            groups: imports::compare(&mut reading, &feed, &groups).await?,
            providers: imports::compare_providers(&mut reading, &feed, providers).await?,
        };
        (outcomes, None)
    } else {
        let (outcomes, finished) = write(&store, &feed, &groups, providers).await?;
        (outcomes, Some(finished))
    };
    store.close().await;
    let report = Report::new(&rows, &outcomes);
    report.print(arguments, finished);
    if let Some(file) = report_file {
        file.write(&report)?;
    }
    Ok(())
}

/// Stages all rows and makes them visible. Gives what became of each, and of the whole.
async fn write(
    store: &Store,
    feed: &Feed,
    groups: &[Staged],
    providers: &[StagedProvider],
) -> Result<(Outcomes, Finished), Box<dyn Error>> {
    let bar = progress(groups.len() + providers.len());
    let mut writing = store.write(Who::Operator).await?;
    let run = imports::begin(&mut writing, feed).await?;
    writing.commit().await?;
    let staged = tokio::select! {
        staged = stage(store, &run, groups, providers, &bar) => staged,
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
    let finished = imports::finish(&mut writing, run).await?;
    writing.commit().await?;
    bar.finish_and_clear();
    Ok((outcomes, finished))
}

async fn stage(
    store: &Store,
    run: &Run,
    groups: &[Staged],
    providers: &[StagedProvider],
    bar: &ProgressBar,
) -> Result<Outcomes, Box<dyn Error>> {
    let mut outcomes = Outcomes {
        groups: Vec::with_capacity(groups.len()),
        providers: Vec::with_capacity(providers.len()),
    };
    for batch in groups.chunks(BATCH) {
        let mut writing = store.write(Who::Operator).await?;
        let staged = imports::stage(&mut writing, run, batch).await?;
        outcomes.groups.extend(staged);
        writing.commit().await?;
        bar.inc(batch.len() as u64);
    }
    for batch in providers.chunks(BATCH) {
        let mut writing = store.write(Who::Operator).await?;
        let staged = imports::stage_providers(&mut writing, run, batch).await?;
        outcomes.providers.extend(staged);
        writing.commit().await?;
        bar.inc(batch.len() as u64);
    }
    Ok(outcomes)
}

/// The bytes of a file; one that is larger than any feed is not read.
fn bytes(path: &Path, too_large: impl Fn(String, usize) -> ImportError) -> Result<Vec<u8>, ImportError> {
    let file = path.display().to_string();
    let unreadable = |why| ImportError::Read {
        file: file.clone(),
        why,
    };
    let size = usize::try_from(std::fs::metadata(path).map_err(unreadable)?.len()).unwrap_or(usize::MAX);
    if size > MOST_BYTES {
        return Err(too_large(file, size));
    }
    std::fs::read(path).map_err(unreadable)
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
