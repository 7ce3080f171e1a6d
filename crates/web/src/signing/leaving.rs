//! `POST /sign-out`: this browser is signed out, and what it kept of the site is thrown away.

use axum::extract::State;
use axum::http::header::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use store::acts::ChangeAccount;
use store::{On, StoreError, sessions};

use super::{Person, Wanted, cookie};
use crate::look;
use crate::state::App;

pub(crate) async fn create(State(app): State<App>, person: Person) -> Response {
    let ended = async {
        let mut writing = app.store().write(person.who()).await?;
        let mut permit = writing.permit::<ChangeAccount>(On::Myself).await?;
        sessions::end(&mut permit, person.0.session()).await?;
        writing.commit().await?;
        Ok::<_, StoreError>(())
    };
    if let Err(why) = ended.await {
        return look::refused(&app, &why, &Wanted::parse(""));
    }
    forget(cookie::clear(&app, Redirect::to("/").into_response()))
}

/// Has this browser throw away what it keeps of the site: going back leads to no page of theirs.
pub(crate) fn forget(mut response: Response) -> Response {
    response.headers_mut().insert(
        HeaderName::from_static("clear-site-data"),
        HeaderValue::from_static("\"cache\", \"storage\""),
    );
    response
}
