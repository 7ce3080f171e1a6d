//! Tells those who saved a search that a group opened which fits, asks before one ends, and ends it.

use chrono::{DateTime, Utc};
use domain::clock::Clock;
use store::searches::{self, Lapsed};
use store::signing::link::Letter;
use store::{Store, StoreError, Who};
use web::{App, Words, letters};

use crate::clock::SystemClock;

const JOB: Who = Who::Job("searches");

pub(super) async fn see_to(store: &Store, site: &web::Settings, app: &App) -> Result<String, String> {
    match all(store, site, app, SystemClock.now()).await {
        Ok((told, lapsed)) => Ok(format!(
            "{told} told, {} asked whether to go on, {} ended",
            lapsed.asked, lapsed.ended
        )),
        Err(why) => Err(why.to_string()),
    }
}

async fn all(
    store: &Store,
    site: &web::Settings,
    app: &App,
    now: DateTime<Utc>,
) -> Result<(usize, Lapsed), StoreError> {
    let words = Words::english();
    let subject = letters::subject(&words);
    let renew = |token: &str| letters::search_ends(&words, site, token);
    let mut lapsed = Lapsed::default();
    loop {
        let mut writing = store.write(JOB).await?;
        let letter = Letter {
            subject: &subject,
            body: &renew,
        };
        let some = searches::lapse(&mut writing, &letter).await?;
        writing.commit().await?;
        lapsed.ended += some.ended;
        lapsed.asked += some.asked;
        if some == Lapsed::default() {
            break;
        }
    }
    // Without mail nobody is told; what opened meanwhile is looked at once there is a mail server.
    if !site.sends_mail {
        return Ok((0, lapsed));
    }
    // What changes while the finder reads all groups is looked at the next time.
    let Some(until) = searches::newest(&mut store.read(JOB).await?).await? else {
        return Ok((0, lapsed));
    };
    app.refresh().await?;
    let opened = |token: &str| letters::search_found(&words, site, token);
    let (mut told, mut after) = (0, None);
    loop {
        let mut writing = store.write(JOB).await?;
        let some = searches::active(&mut writing, after, until).await?;
        drop(writing);
        let Some(last) = some.last() else { break };
        after = Some(last.id);
        for one in some {
            let news = web::searches::news(app, &one.search, (&one.new, &one.full), now);
            let mut writing = store.write(JOB).await?;
            if news.is_news {
                let letter = Letter {
                    subject: &subject,
                    body: &opened,
                };
                searches::tell(&mut writing, &one, &news.full, &letter).await?;
                told += 1;
            } else {
                searches::looked(&mut writing, &one, &news.full).await?;
            }
            writing.commit().await?;
        }
    }
    Ok((told, lapsed))
}
