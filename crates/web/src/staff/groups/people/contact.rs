//! `GET /staff/groups/{slug}/people/{person}`: how to reach someone in a group. That one looked is written down, and the
//! person sees it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Denied;
use domain::groups::{Mail, Slug};
use domain::people::Handle;
use maud::html;
use store::acts::{SeeContact, SeeRoster};
use store::{On, StoreError, people};

use super::{here, no};
use crate::look;
use crate::look::parts;
use crate::signing::{Person, Wanted};
use crate::staff::{Place, page_with};
use crate::state::App;

pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    Path((slug, who)): Path<(String, String)>,
) -> Response {
    let place = format!("{}/{who}", here(&slug));
    let (handle, mail) = match look_up(&app, &person, &slug, &who).await {
        Ok(found) => found,
        // A supervisor opens it in an emergency, with a reason.
        Err(StoreError::Denied(Denied::BreakGlass)) => {
            return Redirect::to(&format!("{place}/break-glass")).into_response();
        }
        Err(why) => return look::refused(&app, &why, &Wanted::parse(&place)),
    };
    let words = app.words();
    let mail = match mail {
        Some(mail) => html! { a href=(format!("mailto:{mail}")) { (mail) } },
        None => html! { (words.say("contact-none")) },
    };
    let body = html! {
        h1 { (handle) }
        (parts::facts(&[(words.say("field-mail"), Some(mail))]))
        p.meta { (words.say("contact-written-down")) }
    };
    let up = Some((here(&slug), words.say("roster")));
    page_with(&app, StatusCode::OK, &person, Place::Groups, up, body)
}

async fn look_up(
    app: &App,
    person: &Person,
    slug: &str,
    who: &str,
) -> Result<(Handle, Option<Mail>), StoreError> {
    let (group, who) = (super::super::parse(slug)?, Slug::parse(who).map_err(|_| no())?);
    let mut writing = app.store().write(person.who()).await?;
    // Of oneself, one's own pages tell.
    writing.permit::<SeeRoster>(On::Group(&group)).await?;
    let mut permit = writing.permit::<SeeContact>(On::PersonIn(&who, &group)).await?;
    let found = people::contact(&mut permit).await?;
    // The look is written down before anything of it goes out.
    writing.commit().await?;
    Ok(found)
}
