//! What time brings on the way into a group: offers end, and whoever owes a step is reminded.

use store::joining::{self, JoiningError};
use store::{Store, Who};
use web::Words;
use web::joining::News;

const JOB: Who = Who::Job("joining");

pub(super) async fn see_to(store: &Store, site: &web::Settings) -> Result<String, String> {
    match both(store, site).await {
        Ok((ended, reminded)) => Ok(format!("{ended} offers ended, {reminded} reminded")),
        Err(why) => Err(why.to_string()),
    }
}

async fn both(store: &Store, site: &web::Settings) -> Result<(usize, usize), JoiningError> {
    let words = Words::english();
    let news = News::new(&words, site);
    news.tell(&words, async |told| {
        let mut ended = 0;
        // Some at a time: whoever wants to change something comes in between.
        loop {
            let mut writing = store.write(JOB).await?;
            let some = joining::lapse(&mut writing, told).await?;
            writing.commit().await?;
            ended += some;
            if some == 0 {
                break;
            }
        }
        // Without mail nobody is reminded; it is seen on the board.
        if !site.sends_mail {
            return Ok((ended, 0));
        }
        let mut writing = store.write(JOB).await?;
        let reminded = joining::remind(&mut writing, site.promises, told).await?;
        writing.commit().await?;
        Ok((ended, reminded.people + reminded.staff + reminded.risks))
    })
    .await
}
