//! Takes away what its time is over for, rule by rule, some rows in each transaction.

use domain::retention::Kept;
use store::retention;
use store::{Store, StoreError, Who};

/// Rows of one transaction: nobody waits long for it.
const AT_ONCE: u64 = 500;

pub(super) async fn sweep(store: &Store) -> Result<String, String> {
    let mut said = Vec::new();
    for kept in Kept::ALL {
        let gone = all_of(store, kept).await.map_err(|why| why.to_string())?;
        if gone > 0 {
            said.push(format!("{gone} of {}", kept.name()));
        }
    }
    if said.is_empty() {
        return Ok("Nothing was due.".to_owned());
    }
    Ok(format!("Taken away: {}.", said.join(", ")))
}

async fn all_of(store: &Store, kept: Kept) -> Result<u64, StoreError> {
    let mut all = 0;
    loop {
        let mut writing = store.write(Who::Job("retention")).await?;
        let gone = retention::sweep(&mut writing, kept, AT_ONCE).await?;
        if gone == 0 {
            return Ok(all);
        }
        writing.commit().await?;
        all += gone;
    }
}
