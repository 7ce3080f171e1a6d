//! Mailed links: one use, a short while, and the same answer whether the address is known or not.

use chrono::TimeDelta;
use domain::access::Strength;
use domain::groups::Mail;
use domain::people::PersonId;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::{Method, Proof};
use crate::audit::Act;
use crate::entities::new_id;
use crate::entities::people::mailed_link;
use crate::key::{digest, hex, random};
use crate::transaction::{StoreError, Writing};
use crate::{outbox, people};

/// How long a link to sign in works.
pub const LASTS: TimeDelta = TimeDelta::minutes(15);

/// What the letter says; `link` is where the address of the link goes.
pub struct Letter<'a> {
    pub subject: &'a str,
    pub body: &'a (dyn Fn(&str) -> String + Send + Sync),
}

/// Writes a letter with a link to whoever has this address. Nothing tells the caller whether anybody does.
pub async fn ask(writing: &mut Writing, mail: &Mail, letter: &Letter<'_>) -> Result<(), StoreError> {
    let Some(person) = people::by_mail(writing.looking(), mail).await? else {
        return Ok(());
    };
    let (now, token) = (writing.now(), hex(&random::<32>()));
    let row = mailed_link::Model {
        id: new_id(now),
        token: digest(&token),
        person_id: person.id,
        made_at: now,
        expires_at: now + LASTS,
        used_at: None,
    };
    let act = Act {
        action: "links.ask",
        class: "C12",
        about: Some(PersonId(person.id)),
        ..Act::default()
    };
    let db = writing.act(act).await?;
    row.into_active_model().insert(db).await?;
    let address = person.mail.unwrap_or_default();
    outbox::put(writing, &address, letter.subject, &(letter.body)(&token)).await
}

/// Uses a link to sign in; once.
pub async fn redeem(writing: &mut Writing, token: &str) -> Result<Option<Proof>, StoreError> {
    let Some(row) = usable(writing, token).await? else {
        return Ok(None);
    };
    let person = PersonId(row.person_id);
    let act = Act {
        action: "links.redeem",
        class: "C12",
        about: Some(person),
        ..Act::default()
    };
    let spent = spend(writing, row, act).await?;
    Ok(spent.then_some(Proof {
        person,
        method: Method::Link,
        strength: Strength::One,
    }))
}

async fn usable(writing: &Writing, token: &str) -> Result<Option<mailed_link::Model>, StoreError> {
    let row = mailed_link::Entity::find()
        .filter(mailed_link::Column::Token.eq(digest(token)))
        .filter(mailed_link::Column::UsedAt.is_null())
        .filter(mailed_link::Column::ExpiresAt.gt(writing.now()))
        .one(writing.looking())
        .await?;
    Ok(row)
}

/// Whether it was spent just now; of two who open it at once, the second finds it used.
async fn spend(writing: &mut Writing, row: mailed_link::Model, act: Act) -> Result<bool, StoreError> {
    let now = writing.now();
    let db = writing.act(act).await?;
    let spent = mailed_link::Entity::update_many()
        .set(mailed_link::ActiveModel {
            used_at: Set(Some(now)),
            ..Default::default()
        })
        .filter(mailed_link::Column::Id.eq(row.id))
        .filter(mailed_link::Column::UsedAt.is_null())
        .exec(db)
        .await?;
    Ok(spent.rows_affected == 1)
}
