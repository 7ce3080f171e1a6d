//! What was given to someone outside: written down with the leave by which it was read, in the same transaction.
//!
//! HIPAA asks that a person can have the list of six years (45 CFR 164.528); here it holds everything, also what they asked for
//! themselves.

use chrono::{DateTime, Utc};
use domain::access::{Class, Denied};
use domain::consents::{Basis, Classes, ConsentId, ConsentRefused};
use domain::people::PersonId;
use domain::text::Line;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use sha2::{Digest, Sha256};

use crate::audit::{By, by_right_of};
use crate::consents::{agreed, find, unread};
use crate::entities::consents::disclosure;
use crate::entities::new_id;
use crate::key::hex;
use crate::permit::Permit;
use crate::permit::acts::{Permitted, SeeConsents};
use crate::sealed;
use crate::transaction::{StoreError, Transaction};

/// Something that was given away, as the person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosed {
    pub at: DateTime<Utc>,
    pub basis: Basis,
    /// None: the person themselves.
    pub recipient: Option<Line>,
    pub classes: Classes,
    /// By what right whoever gave it had read it.
    pub by: By,
    /// The SHA-256 of what was given, in hexadecimal.
    pub what: String,
}

#[derive(Debug, thiserror::Error)]
pub enum DisclosureError {
    #[error("{0}; ask the person anew, or do not give it")]
    Refused(#[from] ConsentRefused),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Writes down that what this permit opened is given to someone outside, on this ground. Asked before it leaves: a consent that
/// does not hold, or is not for them, refuses.
pub async fn make<A: Permitted>(
    permit: &mut Permit<'_, A>,
    recipient: &Line,
    basis: Basis,
    what: &[u8],
) -> Result<(), DisclosureError> {
    // What people take for themselves is given to nobody else.
    if permit.why.role.is_none() || basis == Basis::OwnRequest {
        return Err(StoreError::Denied(Denied::NoRight).into());
    }
    if let Basis::Consent(id) = basis {
        let row = find(permit.db(), permit.about()?, id).await?;
        let row = row.ok_or(StoreError::Denied(Denied::NoRight))?;
        let now = permit.transaction.now();
        let agreed = agreed(&*permit.transaction, row).await?;
        agreed.consent.permits(A::ACTION.class(), recipient, now)?;
    }
    Ok(write(permit, Some(recipient), basis, what).await?)
}

/// Writes down that what this permit opened is given to the person themselves, because they asked.
pub async fn to_oneself<A: Permitted>(permit: &mut Permit<'_, A>, what: &[u8]) -> Result<(), StoreError> {
    write(permit, None, Basis::OwnRequest, what).await
}

/// All that was given away of what is kept about them, the newest first.
pub async fn mine(
    permit: &mut Permit<'_, SeeConsents, impl Transaction>,
) -> Result<Vec<Disclosed>, StoreError> {
    let rows = disclosure::Entity::find()
        .filter(disclosure::Column::PersonId.eq(permit.about()?.0))
        .order_by_desc(disclosure::Column::Id)
        .all(permit.db())
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        all.push(disclosed(&*permit.transaction, row).await?);
    }
    Ok(all)
}

async fn write<A: Permitted>(
    permit: &mut Permit<'_, A>,
    recipient: Option<&Line>,
    basis: Basis,
    what: &[u8],
) -> Result<(), StoreError> {
    let class: Class = A::ACTION.class();
    let classes = Classes::new([class]).map_err(|_| StoreError::Denied(Denied::NoRight))?;
    let (about, now) = (permit.about()?, permit.transaction.now());
    let by: PersonId = permit.person().ok_or(StoreError::Denied(Denied::NoRight))?;
    let id = new_id(now);
    let recipient = sealed::DISCLOSURE_RECIPIENT
        .seal_some(permit.transaction, id, recipient.map(Line::as_str))
        .await?;
    let row = disclosure::Model {
        id,
        person_id: about.0,
        basis: basis.name().to_owned(),
        consent_id: match basis {
            Basis::Consent(ConsentId(id)) => Some(id),
            _ => None,
        },
        recipient,
        classes: classes.to_string(),
        what_hash: hex(&Sha256::digest(what)),
        given_by: by.0,
        role: by_right_of(permit.why).to_owned(),
        at: now,
    };
    let db = permit.act("disclosures.make", basis.name().to_owned()).await?;
    row.into_active_model().insert(db).await?;
    Ok(())
}

async fn disclosed(transaction: &impl Transaction, row: disclosure::Model) -> Result<Disclosed, StoreError> {
    let consent = row.consent_id.map(ConsentId);
    let basis = Basis::named(&row.basis, consent).ok_or_else(|| unread("disclosure", row.id))?;
    let classes = Classes::parse(&row.classes).ok_or_else(|| unread("disclosure", row.id))?;
    let recipient = sealed::DISCLOSURE_RECIPIENT
        .open_some(transaction, row.id, row.recipient.as_ref())
        .await?
        .map(|to| Line::parse(to.reveal()).map_err(|_| unread("disclosure", row.id)));
    Ok(Disclosed {
        at: row.at,
        basis,
        recipient: recipient.transpose()?,
        classes,
        by: By::named(&row.role).ok_or_else(|| unread("disclosure", row.id))?,
        what: row.what_hash,
    })
}
