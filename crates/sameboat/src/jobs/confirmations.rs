//! Asks those who lead groups whether their listings are still true.

use chrono::NaiveDate;
use store::confirmations;
use store::signing::link::Letter;
use store::{Store, StoreError, Who};
use web::{Words, letters};

pub(super) async fn remind(store: &Store, site: &web::Settings, today: NaiveDate) -> Result<String, String> {
    if !site.sends_mail {
        return Ok("Not asked: no mail server is set up (--smtp).".to_owned());
    }
    match write(store, site, today).await {
        Ok(written) => Ok(format!("{written} written")),
        Err(why) => Err(why.to_string()),
    }
}

async fn write(store: &Store, site: &web::Settings, today: NaiveDate) -> Result<usize, StoreError> {
    let words = Words::english();
    let subject = letters::subject(&words);
    let body = |token: &str| letters::confirm(&words, site, token);
    let letter = Letter {
        subject: &subject,
        body: &body,
    };
    let mut writing = store.write(Who::Job("confirmations")).await?;
    let written = confirmations::remind(&mut writing, today, &letter).await?;
    writing.commit().await?;
    Ok(written)
}
