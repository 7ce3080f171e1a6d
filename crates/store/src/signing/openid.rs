//! The organisation's own OpenID provider, which says who someone is. It makes no accounts: people are invited.
//!
//! The first time, its person is the one whose mail address it has checked; from then on the one of its number for them,
//! whatever their addresses become. It counts as one factor.

use domain::access::Strength;
use domain::groups::Mail;
use domain::people::PersonId;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter,
};

use super::ceremony::{self, Kind};
use super::{Method, Proof};
use crate::audit::Act;
use crate::entities::new_id;
use crate::entities::people::openid_account;
use crate::key::{Key, Purpose, hex};
use crate::transaction::{StoreError, Writing};
use crate::{outbox, people};

/// Whom the provider says someone is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub issuer: String,
    /// Its number for them, which never becomes anybody else's.
    pub subject: String,
    /// An address that the provider has checked to be theirs.
    pub mail: Option<Mail>,
}

/// That a browser has set out to the provider and is back. Without one nobody comes from there.
#[derive(Debug)]
pub struct Back {
    kept: String,
}

impl Back {
    /// What was kept when it set out.
    pub fn kept(&self) -> &str {
        &self.kept
    }
}

/// Keeps this until the browser comes back with the token, which is to stay in that browser only.
pub async fn leave(writing: &mut Writing, kept: &str) -> Result<String, StoreError> {
    ceremony::keep(writing, Kind::OpenId, None, kept.to_owned()).await
}

/// What was kept under this token; once.
pub async fn come_back(writing: &mut Writing, token: &str) -> Result<Option<Back>, StoreError> {
    let kept = ceremony::take(writing, Kind::OpenId, None, token).await?;
    Ok(kept.map(|kept| Back { kept }))
}

/// Whose account it is. The letter tells its person, the first time, of one more way in.
pub async fn check(
    writing: &mut Writing,
    _back: Back,
    shown: &Identity,
    letter: (&str, &str),
) -> Result<Option<Proof>, StoreError> {
    let person = match known(writing, shown).await? {
        Some(row) => {
            let person = PersonId(row.person_id);
            if people::row(writing.looking(), person).await?.ended_at.is_some() {
                return Ok(None);
            }
            act(writing, "openid.use", person).await?;
            let mut row = row.into_active_model();
            row.used_at = Set(writing.now());
            row.update(writing.looking()).await?;
            person
        }
        None => match bind(writing, shown, letter).await? {
            Some(person) => person,
            None => return Ok(None),
        },
    };
    Ok(Some(Proof {
        person,
        method: Method::OpenId,
        strength: Strength::One,
    }))
}

/// Their first time. Who comes by another number of the same provider is someone else who has got their address.
async fn bind(
    writing: &mut Writing,
    shown: &Identity,
    (subject, body): (&str, &str),
) -> Result<Option<PersonId>, StoreError> {
    let Some(mail) = &shown.mail else { return Ok(None) };
    let Some(row) = people::by_mail(writing, mail).await? else {
        return Ok(None);
    };
    let (person, now) = (PersonId(row.id), writing.now());
    if has(writing.looking(), person, &shown.issuer).await? {
        return Ok(None);
    }
    act(writing, "openid.bind", person).await?;
    let bound = openid_account::Model {
        id: new_id(now),
        person_id: person.0,
        issuer: shown.issuer.clone(),
        subject: blind(&writing.key, &shown.issuer, &shown.subject),
        bound_at: now,
        used_at: now,
    };
    bound.into_active_model().insert(writing.looking()).await?;
    outbox::put(writing, mail, subject, body).await?;
    Ok(Some(person))
}

async fn known(writing: &Writing, shown: &Identity) -> Result<Option<openid_account::Model>, StoreError> {
    let subject = blind(&writing.key, &shown.issuer, &shown.subject);
    let row = openid_account::Entity::find()
        .filter(openid_account::Column::Issuer.eq(&shown.issuer))
        .filter(openid_account::Column::Subject.eq(subject));
    Ok(row.one(writing.looking()).await?)
}

/// By what someone's number at their provider is found, which cannot be read.
pub(crate) fn blind(key: &Key, issuer: &str, subject: &str) -> String {
    hex(&key.mac(
        Purpose::LookUp,
        &[b"openid", issuer.as_bytes(), subject.as_bytes()],
    ))
}

async fn has(db: &DatabaseTransaction, person: PersonId, issuer: &str) -> Result<bool, StoreError> {
    let row = openid_account::Entity::find()
        .filter(openid_account::Column::PersonId.eq(person.0))
        .filter(openid_account::Column::Issuer.eq(issuer));
    Ok(row.one(db).await?.is_some())
}

async fn act(writing: &mut Writing, action: &'static str, about: PersonId) -> Result<(), StoreError> {
    let act = Act {
        action,
        class: "C12",
        about: Some(about),
        ..Act::default()
    };
    writing.act(act).await?;
    Ok(())
}
