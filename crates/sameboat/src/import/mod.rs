//! `sameboat import`: what is wrong with a file as a whole is told first; then rows are read and staged in short transactions
//! and become visible with the last one.

mod feed;
mod fetched;
mod files;
mod report;
mod sameboat;
mod taking;

pub(crate) use fetched::{TakenIn, take_in};

use std::error::Error;
use std::io::IsTerminal;
use std::path::PathBuf;

use feeds::Format;
use feeds::reading::{FeedError, Reading};
use feeds::sameboat::FileError;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use store::imports::{self, Feed, Finished, Staged, StagedProvider};
use store::{Store, Who};

use crate::printing::say;
use crate::settings::Settings;
use report::Report;
use taking::Told;

/// Rows of one short transaction.
const BATCH: usize = 500;

#[derive(Default)]
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
    #[error(
        "--codes is “{name}”, and there is no such table. There are {known}; your own is feeds/{name}-types.json in the folder of --content. Nothing was changed."
    )]
    Codes { name: String, known: String },
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

/// A group and where it stands.
struct Row {
    /// There where several files were given.
    file: Option<String>,
    number: usize,
    staged: Staged,
}

/// What a run goes through.
struct Source<'a> {
    programme: String,
    /// The table of type codes, where there is one.
    codes: Option<String>,
    count: usize,
    rows: Rows<'a>,
}

/// Every group, read when it is asked for; in our own format then the providers.
enum Rows<'a> {
    Feed(Box<dyn Iterator<Item = Result<Row, ImportError>> + Send + 'a>),
    Sameboat {
        file: &'a str,
        reader: Box<feeds::sameboat::Reader<'a>>,
    },
}

impl Rows<'_> {
    /// The rows of one short transaction; none at the end.
    fn batch(&mut self) -> Result<Option<Batch>, ImportError> {
        let rows: Vec<Row> = match self {
            Self::Feed(rows) => rows.take(BATCH).collect::<Result<_, _>>()?,
            Self::Sameboat { file, reader } => reader
                .take(BATCH)
                .map(|row| row.map(sameboat::group).map_err(|why| sameboat::wrong(file, why)))
                .collect::<Result<_, _>>()?,
        };
        let (places, staged): (Vec<_>, Vec<_>) = rows
            .into_iter()
            .map(|row| ((row.file, row.number), row.staged))
            .unzip();
        Ok((!staged.is_empty()).then_some(Batch { places, staged }))
    }

    /// What was said here made groups of these rows: their providers lead them like any other.
    fn mended(&mut self, batch: &Batch) {
        let Self::Sameboat { reader, .. } = self else {
            return;
        };
        for staged in batch.staged.iter().filter(|staged| staged.is_corrected()) {
            reader.mended(&staged.id);
        }
    }

    /// None for formats that have none.
    fn providers(self) -> Option<Vec<StagedProvider>> {
        match self {
            Self::Feed(_) => None,
            Self::Sameboat { reader, .. } => {
                Some(reader.providers().into_iter().map(sameboat::provider).collect())
            }
        }
    }
}

/// Rows of one short transaction, and where each stands.
struct Batch {
    places: Vec<(Option<String>, usize)>,
    staged: Vec<Staged>,
}

pub(crate) async fn run(settings: &Settings, arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    // A flag that is wrong is told before large files are read.
    arguments.zone.as_deref().map(feed::zone).transpose()?;
    let mut files = files::open(arguments)?;
    let format = files::format(arguments, &mut files)?;
    let mut how = None;
    let source = source(settings, arguments, format, &mut files, &mut how)?;
    if let (Some(codes), None) = (&source.codes, arguments.format) {
        say!("Read as {format}, with the type codes of {codes}.")?;
    }
    let mut report = Report::open(arguments, &source.rows, progress(source.count))?;
    let store = settings.open().await?;
    let feed = Feed {
        programme: source.programme.clone(),
        format: format.name(),
    };
    let finished = if arguments.dry_run {
        compare(&store, &feed, source.rows, &mut report).await?;
        None
    } else {
        Some(write(&store, &feed, source.rows, &mut report).await?)
    };
    store.close().await;
    report.finish(finished)
}

/// What is in files of this format; `how` is kept for as long as it is read.
fn source<'a>(
    settings: &Settings,
    arguments: &Arguments,
    format: Format,
    files: &'a mut [files::File],
    how: &'a mut Option<Reading>,
) -> Result<Source<'a>, ImportError> {
    if format == Format::Sameboat {
        return sameboat::open(arguments, files);
    }
    let how = how.insert(feed::how(settings, arguments)?);
    let (count, rows) = feed::rows(format, files, how)?;
    Ok(Source {
        programme: how.programme.to_string(),
        codes: Some(how.codes.name().to_owned()),
        count,
        rows: Rows::Feed(Box::new(rows)),
    })
}

/// Says what would become of each row.
async fn compare(
    store: &Store,
    feed: &Feed,
    mut rows: Rows<'_>,
    report: &mut Report,
) -> Result<(), Box<dyn Error>> {
    let mut reading = store.read(Who::Operator).await?;
    while let Some(mut batch) = rows.batch()? {
        let outcomes = imports::compare(&mut reading, feed, &mut batch.staged).await?;
        rows.mended(&batch);
        report.groups(batch, &outcomes)?;
    }
    if let Some(providers) = rows.providers() {
        report.begin_providers()?;
        let outcomes = imports::compare_providers(&mut reading, feed, &providers).await?;
        report.providers(&providers, &outcomes)?;
    }
    Ok(())
}

/// Stages all rows and makes them visible.
async fn write(
    store: &Store,
    feed: &Feed,
    rows: Rows<'_>,
    report: &mut Report,
) -> Result<Finished, Box<dyn Error>> {
    let run = taking::begin(store, Who::Operator, feed).await?;
    let staged = tokio::select! {
        staged = taking::stage(store, Who::Operator, &run, rows, report) => staged,
        _ = tokio::signal::ctrl_c() => Err(ImportError::Stopped.into()),
    };
    if let Err(error) = staged {
        taking::abandon(store, Who::Operator, &run).await?;
        return Err(error.into());
    }
    let mut writing = store.write(Who::Operator).await?;
    let finished = imports::finish(&mut writing, run).await?;
    writing.commit().await?;
    Ok(finished)
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
