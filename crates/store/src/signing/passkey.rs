//! Passkeys (WebAuthn): what a device holds and opens by finger, face or its own number. One is as much as two factors.
//!
//! Nobody types who they are: the device knows.

use chrono::{DateTime, Utc};
use domain::access::{Denied, Strength};
use domain::people::PersonId;
use domain::text::Line;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder,
};
use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey as Credential, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Webauthn, WebauthnBuilder,
};

use super::ceremony::{self, Kind};
use super::{Method, Proof};
use crate::audit::Act;
use crate::entities::new_id;
use crate::entities::people::passkey;
use crate::key::hex;
use crate::people;
use crate::permit::Permit;
use crate::permit::acts::{ChangeAccount, SeeAccount};
use crate::sealed::{PASSKEY_CREDENTIAL, PASSKEY_NAME};
use crate::transaction::{StoreError, Transaction, Who, Writing};

/// How many one person may have.
const MOST: usize = 20;

/// The site whose passkeys they are.
#[derive(Clone)]
pub struct Site(Webauthn);

/// What the browser's script is given: `options` for the device, `token` to come back with.
pub struct Ceremony {
    pub options: Value,
    pub token: String,
}

/// A passkey as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    pub id: PasskeyId,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub used_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasskeyId(Uuid);

impl Site {
    /// None where browsers have no passkeys: on an address without a name, or over plain http except on `localhost`.
    pub fn new(address: &str, name: &str) -> Option<Self> {
        let address = Url::parse(address).ok()?;
        let host = address.domain()?.to_owned();
        if address.scheme() != "https" && host != "localhost" {
            return None;
        }
        let builder = WebauthnBuilder::new(&host, &address).ok()?.rp_name(name);
        builder.build().ok().map(Self)
    }
}

impl PasskeyId {
    pub fn parse(text: &str) -> Option<Self> {
        Uuid::parse_str(text).ok().map(Self)
    }
}

impl std::fmt::Display for PasskeyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.simple().fmt(f)
    }
}

/// One's own, the oldest first.
pub async fn list(permit: &mut Permit<'_, SeeAccount, impl Transaction>) -> Result<Vec<Passkey>, StoreError> {
    let about = permit.about()?;
    match permit.transaction.who() {
        Who::Person(signed_in) if signed_in.person == about => {}
        _ => return Err(Denied::NoRight.into()),
    }
    let rows = of(permit.db(), about).await?;
    let mut kept = Vec::new();
    for row in rows {
        let name = PASSKEY_NAME.open(&*permit.transaction, row.id, &row.name).await?;
        kept.push(Passkey {
            id: PasskeyId(row.id),
            name: name.reveal().to_owned(),
            created_at: row.created_at,
            used_at: row.used_at,
        });
    }
    Ok(kept)
}

/// Begins to make one for oneself.
pub async fn begin(permit: &mut Permit<'_, ChangeAccount>, site: &Site) -> Result<Ceremony, StoreError> {
    let about = permit.about()?;
    super::guard(permit).await?;
    let rows = of(permit.db(), about).await?;
    if rows.len() >= MOST {
        return Err(Denied::NoRight.into());
    }
    let mut there = Vec::new();
    for row in &rows {
        there.push(credential(permit.transaction, row).await?.cred_id().clone());
    }
    let row = people::row(permit.db(), about).await?;
    let handle = people::handle(&*permit.transaction, &row).await?;
    let (challenge, state) = site
        .0
        .start_passkey_registration(about.0, handle.as_str(), handle.as_str(), Some(there))
        .map_err(broken)?;
    let mut options = serde_json::to_value(challenge).map_err(broken)?;
    // So that the device finds it by the site alone, and nobody has to type who they are.
    let wanted = &mut options["publicKey"]["authenticatorSelection"];
    wanted["residentKey"] = json!("required");
    wanted["requireResidentKey"] = json!(true);
    let state = serde_json::to_string(&state).map_err(broken)?;
    let token = ceremony::keep(permit.transaction, Kind::Register, Some(about), state).await?;
    Ok(Ceremony { options, token })
}

/// Keeps what the device made. None: it came too late, or it is not an answer to what was asked.
pub async fn finish(
    permit: &mut Permit<'_, ChangeAccount>,
    site: &Site,
    token: &str,
    answer: &Value,
    name: &Line,
) -> Result<Option<Proof>, StoreError> {
    let (about, now) = (permit.about()?, permit.transaction.now());
    super::guard(permit).await?;
    let Some(state) = ceremony::take(permit.transaction, Kind::Register, Some(about), token).await? else {
        return Ok(None);
    };
    let state: PasskeyRegistration = serde_json::from_str(&state).map_err(broken)?;
    let Ok(answer) = serde_json::from_value::<RegisterPublicKeyCredential>(answer.clone()) else {
        return Ok(None);
    };
    let Ok(made) = site.0.finish_passkey_registration(&answer, &state) else {
        return Ok(None);
    };
    let known = hex(made.cred_id().as_ref());
    if by_credential(permit.db(), &known).await?.is_some() {
        return Ok(None);
    }
    let (id, made) = (new_id(now), serde_json::to_string(&made).map_err(broken)?);
    let row = passkey::Model {
        id,
        person_id: about.0,
        name: PASSKEY_NAME.seal(permit.transaction, id, name.as_str()).await?,
        credential_id: known,
        credential: PASSKEY_CREDENTIAL.seal(permit.transaction, id, &made).await?,
        created_at: now,
        used_at: None,
    };
    let db = permit.act("passkeys.add", row.id.to_string()).await?;
    row.into_active_model().insert(db).await?;
    Ok(Some(proof(about)))
}

pub async fn remove(permit: &mut Permit<'_, ChangeAccount>, id: PasskeyId) -> Result<(), StoreError> {
    let row = own(permit, id).await?;
    super::guard(permit).await?;
    let db = permit.act("passkeys.remove", id.to_string()).await?;
    passkey::Entity::delete_by_id(row.id).exec(db).await?;
    Ok(())
}

/// Begins to sign in: whoever it will be.
pub async fn begin_sign_in(writing: &mut Writing, site: &Site) -> Result<Ceremony, StoreError> {
    let (challenge, state) = site.0.start_discoverable_authentication().map_err(broken)?;
    let options = serde_json::to_value(challenge).map_err(broken)?;
    let state = serde_json::to_string(&state).map_err(broken)?;
    let token = ceremony::keep(writing, Kind::SignIn, None, state).await?;
    Ok(Ceremony { options, token })
}

/// Whose passkey has answered.
pub async fn check(
    writing: &mut Writing,
    site: &Site,
    token: &str,
    answer: &Value,
) -> Result<Option<Proof>, StoreError> {
    let Some(state) = ceremony::take(writing, Kind::SignIn, None, token).await? else {
        return Ok(None);
    };
    let state: DiscoverableAuthentication = serde_json::from_str(&state).map_err(broken)?;
    let Ok(answer) = serde_json::from_value::<PublicKeyCredential>(answer.clone()) else {
        return Ok(None);
    };
    let Ok((person, known)) = site.0.identify_discoverable_authentication(&answer) else {
        return Ok(None);
    };
    let Some(row) = by_credential(writing.looking(), &hex(known)).await? else {
        return Ok(None);
    };
    let mut credential = credential(writing, &row).await?;
    let shown = site
        .0
        .finish_discoverable_authentication_v2(&answer, state, &credential);
    let Some(shown) = shown.ok().filter(|_| row.person_id == person) else {
        return Ok(None);
    };
    let person = PersonId(person);
    let act = Act {
        action: "passkeys.use",
        class: "C12",
        object: row.id.to_string(),
        about: Some(person),
        ..Act::default()
    };
    let now = writing.now();
    writing.act(act).await?;
    // Its counter, where it counts: an older one would be a copy.
    credential.update_credential(&shown);
    let credential = serde_json::to_string(&credential).map_err(broken)?;
    let sealed = PASSKEY_CREDENTIAL.seal(writing, row.id, &credential).await?;
    let mut row = row.into_active_model();
    row.credential = Set(sealed);
    row.used_at = Set(Some(now));
    row.update(writing.looking()).await?;
    Ok(Some(proof(person)))
}

pub(super) async fn count(db: &DatabaseTransaction, person: PersonId) -> Result<usize, StoreError> {
    let rows = passkey::Entity::find().filter(passkey::Column::PersonId.eq(person.0));
    Ok(usize::try_from(rows.count(db).await?).unwrap_or(usize::MAX))
}

/// The caller has written down why.
pub(super) async fn forget(db: &DatabaseTransaction, person: PersonId) -> Result<(), StoreError> {
    let rows = passkey::Entity::delete_many().filter(passkey::Column::PersonId.eq(person.0));
    rows.exec(db).await?;
    Ok(())
}

async fn of(db: &DatabaseTransaction, person: PersonId) -> Result<Vec<passkey::Model>, StoreError> {
    let rows = passkey::Entity::find().filter(passkey::Column::PersonId.eq(person.0));
    Ok(rows.order_by_asc(passkey::Column::Id).all(db).await?)
}

async fn own(permit: &Permit<'_, ChangeAccount>, id: PasskeyId) -> Result<passkey::Model, StoreError> {
    let about = permit.about()?;
    let row = passkey::Entity::find_by_id(id.0).filter(passkey::Column::PersonId.eq(about.0));
    row.one(permit.db()).await?.ok_or(Denied::NoRight.into())
}

async fn by_credential(db: &DatabaseTransaction, known: &str) -> Result<Option<passkey::Model>, StoreError> {
    let row = passkey::Entity::find().filter(passkey::Column::CredentialId.eq(known));
    Ok(row.one(db).await?)
}

async fn credential(writing: &Writing, row: &passkey::Model) -> Result<Credential, StoreError> {
    let kept = PASSKEY_CREDENTIAL.open(writing, row.id, &row.credential).await?;
    serde_json::from_str(kept.reveal()).map_err(broken)
}

fn proof(person: PersonId) -> Proof {
    Proof {
        person,
        method: Method::Passkey,
        strength: Strength::Two,
    }
}

fn broken(why: impl std::error::Error + Send + Sync + 'static) -> StoreError {
    StoreError::Database(why.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_are_offered_where_browsers_have_them() {
        for there in [
            "https://groups.example.org",
            "https://groups.example.org:8443/",
            "http://localhost:4180",
        ] {
            assert!(Site::new(there, "Lakeshore").is_some(), "{there}");
        }
        for not in [
            "http://groups.example.org",
            "http://127.0.0.1:4180",
            "https://[::1]:4180",
            "groups.example.org",
        ] {
            assert!(Site::new(not, "Lakeshore").is_none(), "{not}");
        }
    }
}
