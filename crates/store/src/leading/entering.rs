//! How members get into the sessions of a therapy group, where staff set it: told to them around the session, as to who comes to a support
//! group.

use chrono::NaiveDate;
use domain::access::Denied;
use domain::coming::Entrance;
use domain::groups::{Kind, WebPage};

use super::mine::is_member;
use super::roster::therapy;
use crate::coming::{self, Door};
use crate::permit::Permit;
use crate::permit::acts::{ChangeEntrance, SeeComing, SeeEntrance};
use crate::transaction::{StoreError, Transaction};

/// What is set for the therapy group of the permit: for all sessions, and for single ones that are not over.
pub async fn entrances(
    permit: &mut Permit<'_, SeeEntrance, impl Transaction>,
) -> Result<Vec<(Option<NaiveDate>, Entrance)>, StoreError> {
    let listing = therapy(permit.db(), permit.group()?).await?;
    coming::entrances_in(permit, &listing).await
}

/// Sets how members get in, for one session or for all; with nothing in it, it is taken away.
pub async fn set_entrance(
    permit: &mut Permit<'_, ChangeEntrance>,
    on: Option<NaiveDate>,
    set: &Entrance,
) -> Result<(), StoreError> {
    let listing = therapy(permit.db(), permit.group()?).await?;
    coming::set_entrance_in(permit, &listing, on, set).await
}

/// Whether the group of the permit is a therapy group; if not, it is not there.
pub async fn is_therapy(permit: &mut Permit<'_, ChangeEntrance>) -> Result<(), StoreError> {
    therapy(permit.db(), permit.group()?).await?;
    Ok(())
}

/// How one gets into the sessions ahead of a therapy group one is in oneself, as far as it is told now.
pub(super) async fn doors(
    permit: &Permit<'_, SeeComing, impl Transaction>,
    listing: &domain::groups::Listing,
) -> Result<Vec<Door>, StoreError> {
    if listing.kind != Kind::Therapy {
        return Ok(Vec::new());
    }
    let now = permit.transaction.now();
    let all = coming::each(permit, listing).await?;
    Ok(all.into_iter().map(|one| coming::told(one, now)).collect())
}

/// The link to the session of that date of the group of the permit, for its members and while it opens; else there is none.
pub async fn door(
    permit: &mut Permit<'_, SeeComing, impl Transaction>,
    on: NaiveDate,
) -> Result<Option<WebPage>, StoreError> {
    let (person, group, now) = (permit.about()?, permit.group()?, permit.transaction.now());
    let listing = therapy(permit.db(), group).await?;
    if !is_member(permit.db(), person, group, now).await? {
        return Err(Denied::NoRight.into());
    }
    Ok(coming::link_of(coming::each(permit, &listing).await?, on, now))
}
