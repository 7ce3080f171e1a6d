//! Ways to sign in that leave this page and come back: to a device, or to another server.
//!
//! What has to be known when they come back stays in the database, under a token, and works once.

use chrono::TimeDelta;
use domain::people::PersonId;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::entities::new_id;
use crate::entities::people::ceremony;
use crate::key::{digest, hex, random};
use crate::sealed;
use crate::transaction::{StoreError, Writing};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A device makes a passkey.
    Register,
    /// A device is asked for one.
    SignIn,
    /// The organisation's own server is asked who this is.
    OpenId,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::SignIn => "sign-in",
            Self::OpenId => "openid",
        }
    }

    /// How long someone may take to find their key, or their password over there.
    const fn lasts(self) -> TimeDelta {
        match self {
            Self::Register | Self::SignIn => TimeDelta::minutes(5),
            Self::OpenId => TimeDelta::minutes(10),
        }
    }
}

/// That someone looks for their key is no act yet: it has no audit row. What is over is swept out.
pub(super) async fn keep(
    writing: &Writing,
    kind: Kind,
    person: Option<PersonId>,
    state: String,
) -> Result<String, StoreError> {
    let (db, now, token) = (writing.looking(), writing.now(), hex(&random::<32>()));
    ceremony::Entity::delete_many()
        .filter(ceremony::Column::ExpiresAt.lte(now))
        .exec(db)
        .await?;
    let id = new_id(now);
    let row = ceremony::Model {
        id,
        token: digest(&token),
        kind: kind.name().to_owned(),
        person_id: person.map(|person| person.0),
        state: sealed::CEREMONY_STATE.seal(writing, id, &state).await?,
        expires_at: now + kind.lasts(),
    };
    row.into_active_model().insert(db).await?;
    Ok(token)
}

/// The state of a ceremony, for the one who comes first.
pub(super) async fn take(
    writing: &Writing,
    kind: Kind,
    person: Option<PersonId>,
    token: &str,
) -> Result<Option<String>, StoreError> {
    let db = writing.looking();
    let row = ceremony::Entity::find()
        .filter(ceremony::Column::Token.eq(digest(token)))
        .filter(ceremony::Column::Kind.eq(kind.name()))
        .filter(ceremony::Column::ExpiresAt.gt(writing.now()))
        .one(db)
        .await?;
    let Some(row) = row.filter(|row| row.person_id == person.map(|person| person.0)) else {
        return Ok(None);
    };
    let done = ceremony::Entity::delete_by_id(row.id).exec(db).await?;
    if done.rows_affected != 1 {
        return Ok(None);
    }
    let state = sealed::CEREMONY_STATE.open(writing, row.id, &row.state).await?;
    Ok(Some(state.reveal().to_owned()))
}
