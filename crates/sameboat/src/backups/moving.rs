//! `sameboat move`: everything from one database to another, which may be of the other engine.

use std::error::Error;
use std::sync::Arc;
use std::time::Instant;

use store::DatabaseUrl;
use store::backups::{Everything, LoadError, SaveError, is_still, load, save};
use tokio::sync::mpsc;

use crate::clock::SystemClock;
use crate::printing::say;

const WAITING: usize = 4;

#[derive(Debug, thiserror::Error)]
enum MoveError {
    #[error(
        "someone wrote to {0} meanwhile, so nothing was moved: stop everything that uses it (sameboat serve), then try again"
    )]
    Written(String),
    #[error("{0}; nothing was moved")]
    Save(SaveError),
    #[error("{0} (Nothing was moved.)")]
    Load(LoadError),
}

pub(crate) async fn move_to(from: &str, to: &str) -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    let (from, to) = (DatabaseUrl::parse(from)?, DatabaseUrl::parse(to)?);
    let all = Everything::open(&from, Arc::new(SystemClock)).await?;
    let (pieces, lines) = mpsc::channel(WAITING);
    let saving = async {
        // The channel ends with this, and with it the lines.
        let pieces = pieces;
        save(&all, env!("CARGO_PKG_VERSION"), &pieces).await
    };
    let (saved, loaded) = tokio::join!(saving, load(lines, &to));
    // A target that takes no more is why the source could not go on.
    let loaded = match (saved, loaded) {
        (Ok(_) | Err(SaveError::Stopped), loaded) => loaded.map_err(MoveError::Load)?,
        (Err(why), _) => return Err(MoveError::Save(why).into()),
    };
    if !is_still(&all, &loaded.manifest).await? {
        loaded.forget().await?;
        return Err(MoveError::Written(from.to_string()).into());
    }
    let manifest = loaded.manifest.clone();
    loaded.keep().await?;
    say!(
        "Moved {} rows of {} tables from {from} to {to} in {:.1} s; each table is the same in both.",
        manifest.rows(),
        manifest.tables.len(),
        begun.elapsed().as_secs_f64()
    )?;
    say!(
        "From now on start with --database (or SAMEBOAT_DATABASE) naming {to}, and the same key ring. Keep {from} until you have looked around, then delete it."
    )?;
    Ok(())
}
