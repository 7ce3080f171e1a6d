//! What is planned for a session.

use chrono::NaiveDate;
use domain::people::GroupId;
use domain::sessions::Plan;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::listed::when;
use super::{LeadingError, Sitting, made_at, row_of};
use crate::entities::leading::group_session;
use crate::joining::{listing_of, unread};
use crate::permit::Permit;
use crate::permit::acts::{ChangePlans, Permitted};
use crate::sealed::PLAN;
use crate::transaction::{StoreError, Transaction, Writing};

/// Plans the session of that date of the group of the permit, if what is planned now is still what they saw who plan it. Who leads it
/// in place of others stays as it was.
pub async fn plan(
    permit: &mut Permit<'_, ChangePlans>,
    date: NaiveDate,
    plan: &Plan,
    is_as_seen: impl FnOnce(&Plan) -> bool,
) -> Result<(), LeadingError> {
    let (group, sitting) = (permit.group()?, there(permit, date).await?);
    plan.check(sitting.length)?;
    permit.act("leading.plan", date.to_string()).await?;
    let now = before(permit, date).await?;
    let plan = Plan {
        cover: now.cover,
        ..plan.clone()
    };
    if now != plan && !is_as_seen(&now) {
        return Err(LeadingError::Meanwhile);
    }
    keep(permit.transaction, group, sitting, &plan).await?;
    Ok(())
}

/// When the session of that date of the group of the permit is, or would have been.
pub(super) async fn there<A>(
    permit: &Permit<'_, A, impl Transaction>,
    date: NaiveDate,
) -> Result<Sitting, StoreError> {
    let group = permit.group()?;
    let (_, listing) = listing_of(permit.db(), group).await?;
    let row = row_of(permit.db(), group, date).await?;
    Ok(when(&listing, row.as_ref(), date)?.0)
}

/// What is planned for that date now.
pub(super) async fn before<A: Permitted>(
    permit: &Permit<'_, A, impl Transaction>,
    date: NaiveDate,
) -> Result<Plan, StoreError> {
    match row_of(permit.db(), permit.group()?, date).await? {
        Some(row) => plan_of(permit, &row).await,
        None => Ok(Plan::default()),
    }
}

/// Puts a plan in place of what was planned. The caller has written down why.
pub(super) async fn keep(
    writing: &Writing,
    group: GroupId,
    sitting: Sitting,
    plan: &Plan,
) -> Result<(), StoreError> {
    let row = made_at(writing, group, sitting).await?;
    let sealed = if *plan == Plan::default() {
        None
    } else {
        let words = serde_json::to_string(plan).map_err(|why| unread("plan", row.id, why))?;
        Some(PLAN.seal(writing, row.id, group, &words).await?)
    };
    let mut row = row.into_active_model();
    row.plan = Set(sealed);
    row.update(writing.looking()).await?;
    Ok(())
}

pub(crate) async fn plan_of<A: Permitted>(
    permit: &Permit<'_, A, impl Transaction>,
    row: &group_session::Model,
) -> Result<Plan, StoreError> {
    match &row.plan {
        Some(cipher) => {
            let plain = PLAN.open(permit, row.id, cipher).await?;
            serde_json::from_str(plain.reveal()).map_err(|why| unread("plan", row.id, why))
        }
        None => Ok(Plan::default()),
    }
}
