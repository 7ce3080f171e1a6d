//! Groups of our own, as staff work on them.

mod closing;
pub(crate) mod coming;
mod dates;
mod drawing;
mod edit;
mod form;
mod list;
mod meanwhile;
mod meeting;
mod new;
pub(crate) mod people;
mod place;
mod schedule;
mod show;
pub(crate) mod typed;

pub(crate) use closing::{confirm, end, pause, resume, reverse};
pub(crate) use edit::{edit, forget, update};
pub(crate) use list::list;
pub(crate) use new::{create, new};
pub(crate) use place::point_of;
pub(crate) use schedule::{moves, plan, replan, skips};
pub(crate) use show::show;

use chrono::NaiveDate;
use domain::access::Denied;
use domain::groups::{Freshness, Listing, Slug, freshness};
use store::acts::{RunListings, SeeGroup};
use store::groups::{self, Ours};
use store::{On, StoreError};

use crate::saying;
use crate::signing::Person;
use crate::state::App;
use crate::words::Words;

/// The group of a slug, published or new, as far as this person may see it.
async fn find(app: &App, person: &Person, slug: &str) -> Result<Ours, StoreError> {
    let slug = parse(slug)?;
    let mut reading = app.store().read(person.who()).await?;
    let denied = match reading.permit::<SeeGroup>(On::Group(&slug)).await {
        Ok(mut permit) => return groups::show(&mut permit).await,
        Err(StoreError::Denied(Denied::NoRight)) => Denied::NoRight,
        Err(why) => return Err(why),
    };
    let mut permit = reading
        .permit::<RunListings>(On::Organisation)
        .await
        .map_err(|why| match why {
            // Led to the second step, whether there is such a draft or not.
            StoreError::Denied(Denied::SecondFactor) => why,
            StoreError::Denied(_) => denied.into(),
            other => other,
        })?;
    groups::new_one(&mut permit, &slug).await
}

/// The same, to be changed.
async fn find_to_edit(app: &App, person: &Person, slug: &str) -> Result<Ours, StoreError> {
    let ours = find(app, person, slug).await?;
    if ours.may_edit {
        Ok(ours)
    } else {
        Err(Denied::NoRight.into())
    }
}

/// The same, and published.
async fn find_published(app: &App, person: &Person, slug: &str) -> Result<(Ours, Listing), StoreError> {
    let ours = find_to_edit(app, person, slug).await?;
    let listing = ours.listing.clone().ok_or(Denied::NoRight)?;
    Ok((ours, listing))
}

fn parse(slug: &str) -> Result<Slug, StoreError> {
    Slug::parse(slug).map_err(|_| Denied::NoRight.into())
}

/// How far one may trust what a group's page says. What nobody has checked yet is as old as its publication.
pub(crate) fn wear(app: &App, ours: &Ours) -> Freshness {
    let checked = ours.listing.as_ref().and_then(|listing| listing.verified_on);
    let published = ours.published_at.map(|at| at.with_timezone(&app.settings().zone));
    let since = checked.or(published.map(|at| at.date_naive()));
    freshness(since, app.today())
}

/// Places that groups of our own have already, each once.
async fn sites(app: &App, person: &Person) -> Result<place::Sites, StoreError> {
    let mut reading = app.store().read(person.who()).await?;
    let mut sites = place::Sites::new();
    for ours in groups::list(&mut reading).await? {
        let site = ours.listing.as_ref().and_then(|listing| listing.place.site());
        if let Some(site) = site
            && !sites.iter().any(|(_, there)| there.address == site.address)
        {
            sites.push((ours.slug, site.clone()));
        }
    }
    sites.sort_by(|(_, a), (_, b)| a.address.public().cmp(b.address.public()));
    Ok(sites)
}

/// How fresh it is, as those are told who can do something about it.
fn checked(words: &Words, fresh: Freshness, today: NaiveDate) -> String {
    match fresh {
        Freshness::Unknown => words.say("groups-unchecked"),
        known => saying::freshness(words, known, today),
    }
}

/// Its page, which says what was done just now.
fn done(slug: &Slug, what: &str) -> String {
    format!("{}?done={what}", address(slug))
}

fn address(slug: &Slug) -> String {
    format!("/staff/groups/{slug}")
}
