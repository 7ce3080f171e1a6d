//! What a person agreed to. They agree and take back themselves, and nobody does so for them; who may see it is the same.

use chrono::{DateTime, Utc};
use domain::access::Denied;
use domain::consents::{Classes, Consent, ConsentError, ConsentId, Purpose};
use domain::people::PersonId;
use domain::text::Line;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::entities::consents::consent;
use crate::entities::new_id;
use crate::key::digest;
use crate::permit::Permit;
use crate::permit::acts::{ChangeConsents, Permitted, SeeConsents};
use crate::sealed;
use crate::transaction::{StoreError, Transaction};

/// What a person is asked to agree to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub purpose: Purpose,
    pub recipient: Line,
    pub classes: Classes,
    pub until: DateTime<Utc>,
}

/// What they agreed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    pub id: ConsentId,
    pub consent: Consent,
}

#[derive(Debug, thiserror::Error)]
pub enum SigningError {
    #[error(transparent)]
    Consent(#[from] ConsentError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Agrees to something, in these words; they are kept as their hash.
pub async fn sign(
    permit: &mut Permit<'_, ChangeConsents>,
    asked: Asked,
    words: &str,
) -> Result<ConsentId, SigningError> {
    let (person, now) = (permit.about()?, permit.transaction.now());
    let consent = Consent::sign(asked.purpose, asked.recipient, asked.classes, now, asked.until)?;
    let id = new_id(now);
    let recipient = sealed::CONSENT_RECIPIENT
        .seal(permit.transaction, id, consent.recipient().as_str())
        .await?;
    let row = consent::Model {
        id,
        person_id: person.0,
        purpose: consent.purpose().name().to_owned(),
        recipient,
        classes: consent.classes().to_string(),
        text_hash: digest(words),
        signed_at: consent.signed_at(),
        expires_at: consent.expires_at(),
        revoked_at: None,
    };
    let id = ConsentId(row.id);
    let db = permit.act("consents.sign", row.id.to_string()).await?;
    row.into_active_model()
        .insert(db)
        .await
        .map_err(StoreError::from)?;
    Ok(id)
}

/// Takes back what they agreed to. Once more changes nothing.
pub async fn revoke(permit: &mut Permit<'_, ChangeConsents>, id: ConsentId) -> Result<(), StoreError> {
    let (person, now) = (permit.about()?, permit.transaction.now());
    let row = find(permit.db(), person, id).await?;
    let row = row.ok_or(StoreError::Denied(Denied::NoRight))?;
    if row.revoked_at.is_some() {
        return Ok(());
    }
    let db = permit.act("consents.revoke", row.id.to_string()).await?;
    let mut row = row.into_active_model();
    row.revoked_at = Set(Some(now));
    row.update(db).await?;
    Ok(())
}

/// All that they agreed to, the newest first.
pub async fn mine(permit: &mut Permit<'_, SeeConsents, impl Transaction>) -> Result<Vec<Agreed>, StoreError> {
    let rows = consent::Entity::find()
        .filter(consent::Column::PersonId.eq(permit.about()?.0))
        .order_by_desc(consent::Column::SignedAt)
        .all(permit.db())
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        all.push(agreed(&*permit.transaction, row).await?);
    }
    Ok(all)
}

/// The consents of the person of the permit that hold now and allow what it opens to be given away, for who does so.
pub async fn that_hold<A: Permitted>(permit: &mut Permit<'_, A>) -> Result<Vec<Agreed>, StoreError> {
    let now = permit.transaction.now();
    let rows = consent::Entity::find()
        .filter(consent::Column::PersonId.eq(permit.about()?.0))
        .filter(consent::Column::RevokedAt.is_null())
        .order_by_desc(consent::Column::SignedAt)
        .all(permit.db())
        .await?;
    let mut all = Vec::new();
    for row in rows {
        let one = agreed(&*permit.transaction, row).await?;
        if one
            .consent
            .permits(A::ACTION.class(), one.consent.recipient(), now)
            .is_ok()
        {
            all.push(one);
        }
    }
    Ok(all)
}

pub(crate) async fn find(
    db: &DatabaseTransaction,
    person: PersonId,
    id: ConsentId,
) -> Result<Option<consent::Model>, StoreError> {
    let row = consent::Entity::find_by_id(id.0)
        .filter(consent::Column::PersonId.eq(person.0))
        .one(db)
        .await?;
    Ok(row)
}

pub(crate) async fn agreed(
    transaction: &impl Transaction,
    row: consent::Model,
) -> Result<Agreed, StoreError> {
    let id = ConsentId(row.id);
    let recipient = sealed::CONSENT_RECIPIENT
        .open(transaction, row.id, &row.recipient)
        .await?;
    let read = || {
        let purpose = Purpose::named(&row.purpose)?;
        let recipient = Line::parse(recipient.reveal()).ok()?;
        let classes = Classes::parse(&row.classes)?;
        let consent = Consent::sign(purpose, recipient, classes, row.signed_at, row.expires_at).ok()?;
        Some(match row.revoked_at {
            Some(at) => consent.revoked(at),
            None => consent,
        })
    };
    let consent = read().ok_or_else(|| unread("consent", row.id))?;
    Ok(Agreed { id, consent })
}

pub(crate) fn unread(what: &str, id: Uuid) -> StoreError {
    StoreError::Database(format!("the {what} {id} cannot be read").into())
}
