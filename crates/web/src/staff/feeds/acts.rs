//! What is done with a feed by one button: `POST /staff/feeds/{feed}/…`.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use store::acts::{RunInstallation, RunListings};
use store::feeds::{self, FeedId};
use store::{On, StoreError};

use super::{address, parse};
use crate::look;
use crate::signing::{Person, Wanted};
use crate::state::App;

/// A handler that asks for leave to do an act, does it, and leads back to the feed.
macro_rules! act {
    ($name:ident, $leave:ident) => {
        pub(crate) async fn $name(
            State(app): State<App>,
            person: Person,
            Path(id): Path<String>,
        ) -> Response {
            let done = async {
                let mut writing = app.store().write(person.who()).await?;
                let mut permit = writing.permit::<$leave>(On::Organisation).await?;
                let id = parse(&id)?;
                feeds::$name(&mut permit, id).await?;
                writing.commit().await?;
                Ok(id)
            };
            answer(&app, done.await)
        }
    };
}

act!(fetch_now, RunListings);
act!(accept, RunListings);
act!(pause, RunInstallation);
act!(resume, RunInstallation);
act!(remove, RunInstallation);
act!(restore, RunInstallation);

fn answer(app: &App, done: Result<FeedId, StoreError>) -> Response {
    match done {
        Ok(id) => Redirect::to(&address(id)).into_response(),
        Err(why) => look::refused(app, &why, &Wanted::parse(super::HERE)),
    }
}
