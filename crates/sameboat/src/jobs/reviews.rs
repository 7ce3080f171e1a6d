//! Asks those who look at records that were opened in an emergency to do so, once their time for it is over.

use store::break_glass::{self, Notice};
use store::{Store, StoreError, Who};
use web::{Words, letters};

pub(super) async fn remind(store: &Store, site: &web::Settings) -> Result<String, String> {
    if !site.sends_mail {
        return Ok("Not asked: no mail server is set up (--smtp).".to_owned());
    }
    match write(store, site).await {
        Ok(written) => Ok(format!("{written} written")),
        Err(why) => Err(why.to_string()),
    }
}

async fn write(store: &Store, site: &web::Settings) -> Result<usize, StoreError> {
    let words = Words::english();
    let (subject, body) = (letters::subject(&words), letters::unreviewed(&words, site));
    let notice = Notice {
        subject: &subject,
        body: &body,
    };
    let mut writing = store.write(Who::Job("reviews")).await?;
    let written = break_glass::remind(&mut writing, &notice).await?;
    writing.commit().await?;
    Ok(written)
}
