//! People on the way into therapy groups, for staff: the board of all of them, the page of one, and what a group asks of who wants to
//! join it.

pub(crate) mod board;
pub(crate) mod decision;
pub(crate) mod group;
pub(crate) mod members;
mod proposals;
mod scores;
pub(crate) mod sheet;
pub(crate) mod show;
pub(crate) mod talk;

use domain::groups::Slug;
use store::acts::Decide;
use store::joining::JoiningError;
use store::{On, Permit};

use crate::joining::parse;
use crate::signing::Person;
use crate::state::App;

/// The address of an applicant's page.
pub(crate) fn address(slug: &str) -> String {
    format!("/staff/applicants/{slug}")
}

/// Something staff do with an application, and its commit.
async fn decided<T>(
    app: &App,
    person: &Person,
    slug: &str,
    act: impl AsyncFnOnce(&mut Permit<'_, Decide>, &Slug) -> Result<T, JoiningError>,
) -> Result<T, JoiningError> {
    let slug = parse(slug)?;
    let mut writing = app.store().write(person.who()).await?;
    let mut permit = writing.permit::<Decide>(On::Application(&slug)).await?;
    let done = act(&mut permit, &slug).await?;
    writing.commit().await?;
    Ok(done)
}
