//! Fetches a feed and takes it in. Whatever goes wrong, the listings that are there stay.

#[cfg(test)]
mod tests;

use store::feeds::{self, Ended, ToFetch};
use store::imports::Summary;
use store::{StoreError, Who};

use super::Means;
use crate::fetching::{Fetched, Validators};
use crate::import::{TakenIn, take_in};

const FEEDS: Who = Who::Job("feeds");

/// The feed with this id.
pub(super) async fn fetch(means: &Means, id: &str) -> Result<String, String> {
    let feed = find(means, id).await.map_err(|why| why.to_string())?;
    let Some(feed) = feed else {
        return Ok("It is paused or removed.".to_owned());
    };
    match fetched(means, &feed).await {
        Ok(told) => Ok(told),
        Err(why) => {
            say(means, &feed, Ended::Failed(&why))
                .await
                .map_err(|why| why.to_string())?;
            Err(why)
        }
    }
}

async fn fetched(means: &Means, feed: &ToFetch) -> Result<String, String> {
    let known = Validators {
        etag: feed.etag.clone(),
        last_modified: feed.last_modified.clone(),
    };
    let fetched = means.fetcher.fetch(&feed.wanted.address, &known).await;
    match fetched.map_err(|why| why.to_string())? {
        Fetched::Unchanged => {
            say(means, feed, Ended::Unchanged)
                .await
                .map_err(|why| why.to_string())?;
            Ok("Nothing changed.".to_owned())
        }
        Fetched::New { file, validators } => {
            let taken = take_in(&means.settings, &means.store, FEEDS, feed, (file, validators));
            match taken.await.map_err(|why| why.to_string())? {
                TakenIn::Done(counts) => Ok(came_to(&counts)),
                TakenIn::HeldBack { by, from } => {
                    Ok(format!("held back: {by} of {from} groups would be gone"))
                }
            }
        }
    }
}

fn came_to(counts: &Summary) -> String {
    let told = format!(
        "{} new, {} changed, {} gone, {} held",
        counts.imported, counts.changed, counts.gone, counts.held
    );
    match counts.corrected {
        0 => told,
        corrected => format!("{told}, {corrected} listed by what was corrected here"),
    }
}

async fn find(means: &Means, id: &str) -> Result<Option<ToFetch>, StoreError> {
    feeds::to_fetch(&mut means.store.read(FEEDS).await?, id).await
}

async fn say(means: &Means, feed: &ToFetch, how: Ended<'_>) -> Result<(), StoreError> {
    let mut writing = means.store.write(FEEDS).await?;
    feeds::ended(&mut writing, feed, None, how).await?;
    writing.commit().await
}
