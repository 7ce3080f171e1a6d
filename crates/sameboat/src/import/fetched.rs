//! Taking in a feed that was fetched: the same as a file that is given, but that a feed which lost most of its groups waits
//! for a person.

use std::error::Error;
use std::fs;

use feeds::Format;
use feeds::reading::FeedError;
use store::feeds::{Ended, ToFetch};
use store::imports::{self, Feed, Run, Summary};
use store::{Store, Who};

use super::files::{self, File};
use super::taking::{self, Nobody, StagingError};
use super::{Arguments, ImportError, source};
use crate::fetching::Validators;
use crate::settings::Settings;

/// A feed of fewer groups may lose most of them by chance.
const FEW: u64 = 4;

/// What became of a feed that was fetched.
pub(crate) enum TakenIn {
    Done(Summary),
    /// So many of so many groups would be gone.
    HeldBack {
        by: u64,
        from: u64,
    },
}

/// Takes the feed in, in the name of this job.
pub(crate) async fn take_in(
    settings: &Settings,
    store: &Store,
    who: Who,
    feed: &ToFetch,
    (file, validators): (fs::File, Validators),
) -> Result<TakenIn, Box<dyn Error + Send + Sync>> {
    let arguments = Arguments {
        format: feed.wanted.format.as_deref().and_then(Format::named),
        programme: Some(feed.wanted.programme.clone()),
        zone: feed.wanted.zone.clone(),
        ..Arguments::default()
    };
    let mut files = [File::fetched("the feed".to_owned(), file)];
    let format = files::format(&arguments, &mut files).map_err(said)?;
    let mut how = None;
    let source = source(settings, &arguments, format, &mut files, &mut how).map_err(said)?;
    let from = Feed {
        programme: source.programme.clone(),
        format: format.name(),
    };
    let run = taking::begin(store, who.clone(), &from).await?;
    if let Err(why) = taking::stage(store, who.clone(), &run, source.rows, &mut Nobody).await {
        taking::abandon(store, who, &run).await?;
        return Err(match why {
            StagingError::Import(why) => said(why).into(),
            StagingError::Store(why) => why.into(),
        });
    }
    if let Some((by, from)) = held_back(store, who.clone(), feed, &run).await? {
        let mut writing = store.write(who).await?;
        imports::abandon(&mut writing, &run).await?;
        store::feeds::ended(&mut writing, feed, Some(&run), Ended::Shrunk { by, from }).await?;
        writing.commit().await?;
        return Ok(TakenIn::HeldBack { by, from });
    }
    let mut writing = store.write(who).await?;
    let taken = Ended::TakenIn {
        etag: validators.etag,
        last_modified: validators.last_modified,
    };
    store::feeds::ended(&mut writing, feed, Some(&run), taken).await?;
    let finished = imports::finish(&mut writing, run).await?;
    writing.commit().await?;
    Ok(TakenIn::Done(finished.groups))
}

/// More than half of the groups would be gone, and nobody has said that this is right.
async fn held_back(
    store: &Store,
    who: Who,
    feed: &ToFetch,
    run: &Run,
) -> Result<Option<(u64, u64)>, store::StoreError> {
    if feed.accepted {
        return Ok(None);
    }
    let mut reading = store.read(who).await?;
    let (there, gone) = imports::losses(&mut reading, run).await?;
    Ok((there >= FEW && gone * 2 > there).then_some((gone, there)))
}

/// Why, for whoever sets its address on a page: there are no flags there.
fn said(why: ImportError) -> String {
    match why {
        ImportError::Feed {
            why: FeedError::Unknown,
            ..
        } => "This is none of the formats that can be read, or it lists nothing. Look whether the address leads to the feed itself, or choose its format.".to_owned(),
        ImportError::Feed {
            why: FeedError::OtherFormat { asked, looks },
            ..
        } => format!("Its format is said to be {asked}, but it looks like {looks}. Change the feed."),
        ImportError::Feed { why, .. } => why.to_string(),
        other => other.to_string(),
    }
}
