//! Sends the letters that are due.

use store::outbox::{self, Letter, Outcome};
use store::{Store, StoreError, Who};

use crate::mail::Sender;

const MAIL: Who = Who::Job("mail");

/// Letters taken at once; those of a process that dies wait for a while.
const BATCH: u64 = 4;

pub(super) async fn send(store: &Store, sender: &Sender, site: &str) -> Result<String, String> {
    if let Sender::NotSetUp = sender {
        return Ok("No mail server is set up (--smtp), so letters wait.".to_owned());
    }
    let (mut sent, mut failed) = (0, None);
    loop {
        let letters = take(store).await.map_err(|why| why.to_string())?;
        if letters.is_empty() {
            break;
        }
        for letter in letters {
            let outcome = match sender {
                Sender::Smtp(post) => post.send(&letter, site).await,
                Sender::Demo | Sender::NotSetUp => Outcome::Shown,
            };
            match &outcome {
                Outcome::Sent | Outcome::Shown => sent += 1,
                Outcome::Later(why) | Outcome::Never(why) => failed = Some(why.clone()),
            }
            say(store, &letter, outcome)
                .await
                .map_err(|why| why.to_string())?;
        }
    }
    match failed {
        None => Ok(format!("{sent} sent")),
        Some(why) => Err(format!("{sent} sent; at least one was not: {why}")),
    }
}

async fn take(store: &Store) -> Result<Vec<Letter>, StoreError> {
    let mut writing = store.write(MAIL).await?;
    let letters = outbox::take(&mut writing, BATCH).await?;
    writing.commit().await?;
    Ok(letters)
}

async fn say(store: &Store, letter: &Letter, outcome: Outcome) -> Result<(), StoreError> {
    let mut writing = store.write(MAIL).await?;
    outbox::tried(&mut writing, letter.id, outcome).await?;
    writing.commit().await
}
