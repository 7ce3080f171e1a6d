//! Mailed links: one use, a short while, and the same answer whether the address is known or not.

use chrono::TimeDelta;
use domain::access::Strength;
use domain::groups::Mail;
use domain::people::PersonId;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::{Method, Proof};
use crate::audit::Act;
use crate::entities::new_id;
use crate::entities::people::mailed_link;
use crate::key::{digest, hex, random};
use crate::permit::Permit;
use crate::permit::acts::ChangeAccount;
use crate::transaction::{StoreError, Transaction, Writing};
use crate::{outbox, people, sealed};

/// How long a link to sign in works.
pub const LASTS: TimeDelta = TimeDelta::minutes(15);

/// How long the link to a new address works.
pub const MAIL_LASTS: TimeDelta = TimeDelta::hours(1);

/// What the letter says; `link` is where the address of the link goes.
pub struct Letter<'a> {
    pub subject: &'a str,
    pub body: &'a (dyn Fn(&str) -> String + Send + Sync),
}

/// What a link is for: one is no link of another kind.
#[derive(Debug, Clone, Copy)]
enum Purpose {
    SignIn,
    NewMail,
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::NewMail => "mail",
        }
    }

    const fn lasts(self) -> TimeDelta {
        match self {
            Self::SignIn => LASTS,
            Self::NewMail => MAIL_LASTS,
        }
    }
}

/// Writes a letter with a link to whoever has this address. Nothing tells the caller whether anybody does.
pub async fn ask(writing: &mut Writing, mail: &Mail, letter: &Letter<'_>) -> Result<(), StoreError> {
    let person = people::by_mail(writing, mail).await?;
    let about = person.map(|person| PersonId(person.id));
    // Written down in either case: whoever asks next waits as long for the disk.
    let act = Act {
        action: "links.ask",
        class: "C12",
        about,
        ..Act::default()
    };
    writing.act(act).await?;
    let Some(about) = about else {
        return Ok(());
    };
    let token = make(writing, Purpose::SignIn, about, None).await?;
    outbox::put(writing, mail, letter.subject, &(letter.body)(&token)).await
}

/// Whether a link to sign in works, without using it: programs that look through letters open links.
pub async fn works(transaction: &mut impl Transaction, token: &str) -> Result<bool, StoreError> {
    Ok(usable(transaction, token, Purpose::SignIn).await?.is_some())
}

/// Uses a link to sign in; once.
pub async fn redeem(writing: &mut Writing, token: &str) -> Result<Option<Proof>, StoreError> {
    let Some(row) = usable(writing, token, Purpose::SignIn).await? else {
        return Ok(None);
    };
    let person = PersonId(row.person_id);
    let act = Act {
        action: "links.redeem",
        class: "C12",
        about: Some(person),
        ..Act::default()
    };
    writing.act(act).await?;
    let spent = spend(writing, row.id).await?;
    Ok(spent.then_some(Proof {
        person,
        method: Method::Link,
        strength: Strength::One,
    }))
}

/// Writes a letter to an address that shall be one's own from when its link is opened. Nothing tells the caller whether
/// somebody else has it.
pub async fn ask_mail(
    permit: &mut Permit<'_, ChangeAccount>,
    mail: &Mail,
    letter: &Letter<'_>,
) -> Result<(), StoreError> {
    let about = permit.about()?;
    super::guard(permit).await?;
    if people::by_mail(&*permit.transaction, mail).await?.is_some() {
        return Ok(());
    }
    permit.act("mail.ask", String::new()).await?;
    let token = make(permit.transaction, Purpose::NewMail, about, Some(mail)).await?;
    let body = (letter.body)(&token);
    outbox::put(permit.transaction, mail, letter.subject, &body).await
}

/// Makes the address of the link one's own, and tells the old one. Whether it was: the link may be over, somebody else's,
/// or its address taken.
pub async fn change_mail(
    permit: &mut Permit<'_, ChangeAccount>,
    token: &str,
    (subject, body): (&str, &str),
) -> Result<bool, StoreError> {
    let about = permit.about()?;
    let row = usable(permit.transaction, token, Purpose::NewMail).await?;
    let Some(row) = row.filter(|row| row.person_id == about.0) else {
        return Ok(false);
    };
    let mail = sealed::LINK_MAIL
        .open_some(&*permit.transaction, row.id, row.mail.as_ref())
        .await?;
    let Some(mail) = mail.and_then(|mail| Mail::parse(mail.reveal()).ok()) else {
        return Ok(false);
    };
    if people::by_mail(&*permit.transaction, &mail).await?.is_some() {
        return Ok(false);
    }
    permit.act("mail.change", String::new()).await?;
    if !spend(permit.transaction, row.id).await? {
        return Ok(false);
    }
    if let Some(before) = people::change_mail(permit.transaction, about, &mail).await? {
        outbox::put(permit.transaction, &before, subject, body).await?;
    }
    Ok(true)
}

async fn make(
    writing: &Writing,
    purpose: Purpose,
    person: PersonId,
    mail: Option<&Mail>,
) -> Result<String, StoreError> {
    let (now, token) = (writing.now(), hex(&random::<32>()));
    let id = new_id(now);
    let row = mailed_link::Model {
        id,
        token: digest(&token),
        purpose: purpose.name().to_owned(),
        person_id: person.0,
        mail: sealed::LINK_MAIL
            .seal_some(writing, id, mail.map(people::lower).as_deref())
            .await?,
        made_at: now,
        expires_at: now + purpose.lasts(),
        used_at: None,
    };
    row.into_active_model().insert(writing.looking()).await?;
    Ok(token)
}

async fn usable(
    transaction: &impl Transaction,
    token: &str,
    purpose: Purpose,
) -> Result<Option<mailed_link::Model>, StoreError> {
    let row = mailed_link::Entity::find()
        .filter(mailed_link::Column::Token.eq(digest(token)))
        .filter(mailed_link::Column::Purpose.eq(purpose.name()))
        .filter(mailed_link::Column::UsedAt.is_null())
        .filter(mailed_link::Column::ExpiresAt.gt(transaction.now()))
        .one(transaction.looking())
        .await?;
    Ok(row)
}

/// Whether it was spent just now; of two who open it at once, the second finds it used. The caller has written down why.
async fn spend(writing: &Writing, id: Uuid) -> Result<bool, StoreError> {
    let spent = mailed_link::Entity::update_many()
        .set(mailed_link::ActiveModel {
            used_at: Set(Some(writing.now())),
            ..Default::default()
        })
        .filter(mailed_link::Column::Id.eq(id))
        .filter(mailed_link::Column::UsedAt.is_null())
        .exec(writing.looking())
        .await?;
    Ok(spent.rows_affected == 1)
}
