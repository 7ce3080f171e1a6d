//! What the program does by itself: the clockwork that takes jobs from the queue when they are due.
//!
//! Each kind of job is a line of [`plan`] and an arm of [`run`]. Several processes of one database share the queue.

mod confirmations;
mod feeds;
mod heads;
mod joining;
mod letters;
pub(crate) mod linking;
mod reminders;
mod retention;
mod reviews;
mod searches;

use std::time::Duration;

use chrono::TimeDelta;
use store::jobs::{self, Job};
use store::{Changes, Store, StoreError, Who};
use tokio::sync::watch;

use crate::backups::{self, Plan};
use crate::fetching::Fetcher;
use crate::mail::Sender;
use crate::settings::Settings;

const CLOCKWORK: Who = Who::Job("clockwork");

/// When nothing changes, the queue is looked at this often: what is due becomes so by time alone.
const LOOK_EVERY: Duration = Duration::from_secs(15);

/// What the jobs do their work with.
pub(crate) struct Means {
    pub store: Store,
    /// What letters say of the site.
    pub site: web::Settings,
    /// What the finder shows.
    pub app: web::App,
    pub settings: Settings,
    pub sender: Sender,
    pub fetcher: Fetcher,
}

/// Does what is due until it is told to stop; the job that is under way is finished.
pub(crate) async fn work(means: Means, mut stop: watch::Receiver<()>) {
    let mut changes = means.store.changes();
    if let Err(why) = plan(&means.store, means.settings.backups.as_ref()).await {
        tracing::error!(%why, "the jobs could not be planned; they are at the next start");
    }
    loop {
        if let Err(why) = do_what_is_due(&means, &stop).await {
            tracing::error!(%why, "the queue of jobs could not be read; it is looked at again");
        }
        tokio::select! {
            // Its other end is gone: the program ends.
            _ = stop.changed() => return,
            () = something(&mut changes) => {}
        }
    }
}

async fn something(changes: &mut Changes) {
    let _ = tokio::time::timeout(LOOK_EVERY, changes.next()).await;
}

/// What comes back by itself, and how often.
async fn plan(store: &Store, plan: Option<&Plan>) -> Result<(), StoreError> {
    let mut writing = store.write(CLOCKWORK).await?;
    jobs::plan(&mut writing, jobs::LETTERS, "", TimeDelta::minutes(2)).await?;
    jobs::plan(&mut writing, jobs::CONFIRMATIONS, "", TimeDelta::days(1)).await?;
    jobs::plan(&mut writing, jobs::REVIEWS, "", TimeDelta::hours(1)).await?;
    jobs::plan(&mut writing, jobs::JOINING, "", TimeDelta::minutes(30)).await?;
    jobs::plan(&mut writing, jobs::REMINDERS, "", TimeDelta::minutes(10)).await?;
    jobs::plan(&mut writing, jobs::SEARCHES, "", TimeDelta::hours(1)).await?;
    jobs::plan(&mut writing, jobs::AUDIT_HEAD, "", TimeDelta::hours(1)).await?;
    jobs::plan(&mut writing, jobs::RETENTION, "", TimeDelta::days(1)).await?;
    jobs::plan(&mut writing, jobs::TOMBSTONES, "", TimeDelta::days(1)).await?;
    let every = plan.map_or(TimeDelta::days(1), |plan| plan.every);
    jobs::plan(&mut writing, jobs::BACKUPS, "", every).await?;
    writing.commit().await
}

async fn do_what_is_due(means: &Means, stop: &watch::Receiver<()>) -> Result<(), StoreError> {
    let store = &means.store;
    while stop.has_changed().is_ok() {
        if !jobs::is_any_due(&mut store.read(CLOCKWORK).await?).await? {
            return Ok(());
        }
        let mut writing = store.write(CLOCKWORK).await?;
        let Some(job) = jobs::take(&mut writing).await? else {
            return Ok(());
        };
        writing.commit().await?;
        let outcome = run(means, &job).await;
        if let Err(why) = &outcome {
            tracing::warn!(job = job.kind, why, "a job failed; it is tried again");
        }
        let mut writing = store.write(CLOCKWORK).await?;
        jobs::ended(&mut writing, job, outcome).await?;
        writing.commit().await?;
    }
    Ok(())
}

/// Does a job; says how it went in words for an admin, which name nobody.
async fn run(means: &Means, job: &Job) -> Result<String, String> {
    match job.kind.as_str() {
        jobs::LETTERS => letters::send(&means.store, &means.sender, means.site.site()).await,
        jobs::CONFIRMATIONS => {
            let today = means.settings.today();
            confirmations::remind(&means.store, &means.site, today).await
        }
        jobs::REVIEWS => reviews::remind(&means.store, &means.site).await,
        jobs::JOINING => joining::see_to(&means.store, &means.site).await,
        jobs::REMINDERS => reminders::see_to(&means.store, &means.site).await,
        jobs::SEARCHES => searches::see_to(&means.store, &means.site, &means.app).await,
        jobs::AUDIT_HEAD => heads::sign(means).await,
        // What is invented is worth none.
        jobs::BACKUPS if means.site.demo => Ok("Not made in the demo.".to_owned()),
        jobs::BACKUPS => backups::scheduled(&means.store, means.settings.backups.as_ref()).await,
        jobs::RETENTION => retention::sweep(&means.store).await,
        jobs::TOMBSTONES if means.site.demo => Ok("Not written in the demo.".to_owned()),
        jobs::TOMBSTONES => backups::tombstones::keep(&means.store, &means.settings).await,
        jobs::FEED => feeds::fetch(means, &job.subject).await,
        kind => Err(format!("this version of the program has no job “{kind}”")),
    }
}
