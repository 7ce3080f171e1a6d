//! How many places a group has, and who has one.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use domain::groups::{Listing, THERAPY_MOST};
use domain::joining::Places;
use domain::people::{GroupId, Role};
use sea_orm::{ColumnTrait, Condition, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use crate::entities::joining::application;
use crate::entities::people::role_held;
use crate::transaction::StoreError;

/// As of now. Exact only for who has written an audit row of the group in this transaction: nobody else takes a place then.
pub(crate) async fn places(
    db: &DatabaseTransaction,
    group: GroupId,
    listing: &Listing,
    now: DateTime<Utc>,
) -> Result<Places, StoreError> {
    let members = role_held::Entity::find()
        .filter(role_held::Column::ListingId.eq(group.0))
        .filter(role_held::Column::Role.eq(Role::Member.name()))
        .filter(
            Condition::any()
                .add(role_held::Column::UntilAt.is_null())
                .add(role_held::Column::UntilAt.gt(now)),
        )
        .all(db)
        .await?;
    let members: HashSet<Uuid> = members.into_iter().map(|row| row.person_id).collect();
    let here = || application::Entity::find().filter(application::Column::ListingId.eq(group.0));
    let yes = here()
        .filter(application::Column::State.is_in(["accepted", "signed"]))
        .count(db)
        .await?;
    let held = here()
        .filter(application::Column::HoldsUntil.gt(now))
        .count(db)
        .await?;
    let number = |n: u64| u16::try_from(n).unwrap_or(u16::MAX);
    Ok(Places {
        most: listing.size.and_then(|size| size.most).unwrap_or(THERAPY_MOST),
        taken: number(members.len() as u64 + yes),
        held: number(held),
    })
}
