//! Reminds those who chose so that a session is near; a letter names neither the group nor the time, and neither does its link.

use store::{Store, StoreError, Who, leading};
use web::{Words, letters};

const JOB: Who = Who::Job("reminders");

pub(super) async fn see_to(store: &Store, site: &web::Settings) -> Result<String, String> {
    match all(store, site).await {
        Ok(reminded) => Ok(format!("{reminded} reminded")),
        Err(why) => Err(why.to_string()),
    }
}

async fn all(store: &Store, site: &web::Settings) -> Result<usize, StoreError> {
    // Without mail nobody is reminded; nothing is noted as done either.
    if !site.sends_mail {
        return Ok(0);
    }
    let words = Words::english();
    let subject = letters::subject(&words);
    let body = letters::reminder(&words, site);
    let mut reminded = 0;
    // Some at a time: whoever wants to change something comes in between.
    loop {
        let mut writing = store.write(JOB).await?;
        let some = leading::remind(&mut writing, &subject, &body).await?;
        writing.commit().await?;
        reminded += some;
        if some == 0 {
            return Ok(reminded);
        }
    }
}
