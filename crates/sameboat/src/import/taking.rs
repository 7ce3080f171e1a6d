//! Staging the rows of a feed in short transactions: what the command and the job share.

use store::imports::{self, Feed, Outcome, Run, StagedProvider};
use store::{Store, StoreError, Who};

use super::{BATCH, Batch, ImportError, Rows};

/// Who is told what became of each row.
pub(super) trait Told {
    fn groups(&mut self, batch: Batch, outcomes: &[Outcome]) -> Result<(), ImportError>;
    fn begin_providers(&mut self) -> Result<(), ImportError>;
    fn providers(&mut self, providers: &[StagedProvider], outcomes: &[Outcome]) -> Result<(), ImportError>;
}

/// Nobody is: the counts are kept with the run.
pub(super) struct Nobody;

impl Told for Nobody {
    fn groups(&mut self, _: Batch, _: &[Outcome]) -> Result<(), ImportError> {
        Ok(())
    }

    fn begin_providers(&mut self) -> Result<(), ImportError> {
        Ok(())
    }

    fn providers(&mut self, _: &[StagedProvider], _: &[Outcome]) -> Result<(), ImportError> {
        Ok(())
    }
}

#[derive(Debug, thiserror::Error)]
pub(super) enum StagingError {
    #[error("{0}")]
    Import(#[from] ImportError),
    #[error("{0}")]
    Store(#[from] StoreError),
}

pub(super) async fn begin(store: &Store, who: Who, feed: &Feed) -> Result<Run, StoreError> {
    let mut writing = store.write(who).await?;
    let run = imports::begin(&mut writing, feed).await?;
    writing.commit().await?;
    Ok(run)
}

/// Stages all rows; nothing of them is visible yet.
pub(super) async fn stage(
    store: &Store,
    who: Who,
    run: &Run,
    mut rows: Rows<'_>,
    told: &mut (impl Told + Send),
) -> Result<(), StagingError> {
    while let Some(mut batch) = rows.batch()? {
        let mut writing = store.write(who.clone()).await?;
        let outcomes = imports::stage(&mut writing, run, &mut batch.staged).await?;
        writing.commit().await?;
        rows.mended(&batch);
        told.groups(batch, &outcomes)?;
    }
    let Some(providers) = rows.providers() else {
        return Ok(());
    };
    told.begin_providers()?;
    for batch in providers.chunks(BATCH) {
        let mut writing = store.write(who.clone()).await?;
        let outcomes = imports::stage_providers(&mut writing, run, batch).await?;
        writing.commit().await?;
        told.providers(batch, &outcomes)?;
    }
    Ok(())
}

pub(super) async fn abandon(store: &Store, who: Who, run: &Run) -> Result<(), StoreError> {
    let mut writing = store.write(who).await?;
    imports::abandon(&mut writing, run).await?;
    writing.commit().await
}
