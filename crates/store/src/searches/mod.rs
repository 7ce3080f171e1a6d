//! Saved searches: "tell me when a grief group opens near 44113". Nothing is active before the link in a letter was pressed, and whoever
//! asks is not told whether an address is known. What someone looks for is sealed, as is where to tell them.
//!
//! They belong to nobody's account: a token in each letter opens, renews and ends them.

mod telling;

pub use telling::{Active, Lapsed, active, lapse, looked, newest, tell};

use chrono::{DateTime, Utc};
use domain::groups::{Mail, Slug};
use domain::searches::{CONFIRM_WITHIN, LASTS, MOST_WAITING};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter,
};
use uuid::Uuid;

use crate::audit::Act;
use crate::entities::new_id;
use crate::entities::searches::saved_search;
use crate::key::{Key, Purpose, digest, hex, random};
use crate::sealed::{SEARCH, SEARCH_MAIL};
use crate::signing::link::Letter;
use crate::transaction::{StoreError, Transaction, Writing};
use crate::{outbox, people};

/// A search as its owner sees it, by a token of theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The query string of the finder.
    pub search: String,
    pub expires_at: DateTime<Utc>,
}

/// Writes a letter to an address whose owner wants to be told, without saying whether anyone here has it. `full` are the groups it finds that
/// take nobody now. With too many that wait for
/// their link already, nothing is written, and nobody is told that either.
pub async fn ask(
    writing: &mut Writing,
    mail: &Mail,
    (search, full): (&str, &[Slug]),
    letter: &Letter<'_>,
) -> Result<(), StoreError> {
    written_down(writing, "searches.ask", Uuid::nil()).await?;
    let (now, token) = (writing.now(), hex(&random::<32>()));
    let (mail_lookup, search_lookup) = (people::look_up(writing, mail), look_up(&writing.key, search));
    // The same once more takes the place of the one that waits.
    saved_search::Entity::delete_many()
        .filter(saved_search::Column::MailLookup.eq(&mail_lookup))
        .filter(saved_search::Column::SearchLookup.eq(&search_lookup))
        .filter(saved_search::Column::ConfirmedAt.is_null())
        .exec(writing.looking())
        .await?;
    let unconfirmed = saved_search::Entity::find()
        .filter(saved_search::Column::MailLookup.eq(&mail_lookup))
        .filter(saved_search::Column::ConfirmedAt.is_null())
        .filter(saved_search::Column::ExpiresAt.gt(now))
        .count(writing.looking())
        .await?;
    if unconfirmed >= MOST_WAITING {
        return Ok(());
    }
    let id = new_id(now);
    let row = saved_search::Model {
        id,
        token: digest(&token),
        stop: digest(&stop(&writing.key, id)),
        mail: SEARCH_MAIL.seal(writing, id, mail.as_str()).await?,
        mail_lookup,
        search: SEARCH.seal(writing, id, &sealed(search, full)).await?,
        search_lookup,
        made_at: now,
        confirmed_at: None,
        expires_at: now + CONFIRM_WITHIN,
        asked_at: None,
        looked_at: now,
        told_at: None,
        told_before_at: None,
    };
    row.into_active_model().insert(writing.looking()).await?;
    outbox::put(writing, mail, letter.subject, &(letter.body)(&token)).await
}

/// What the link of the first letter would make active; none if it does not work any more.
pub async fn waiting(transaction: &mut impl Transaction, token: &str) -> Result<Option<Saved>, StoreError> {
    match unconfirmed(transaction, token).await? {
        Some(row) => saved(transaction, &row).await.map(Some),
        None => Ok(None),
    }
}

/// Makes it active. One that looks for the same for the same address goes on in its place. Gives the token by which it is ended.
pub async fn confirm(writing: &mut Writing, token: &str) -> Result<Option<String>, StoreError> {
    let Some(row) = unconfirmed(writing, token).await? else {
        return Ok(None);
    };
    let now = writing.now();
    written_down(writing, "searches.confirm", row.id).await?;
    saved_search::Entity::delete_many()
        .filter(saved_search::Column::MailLookup.eq(&row.mail_lookup))
        .filter(saved_search::Column::SearchLookup.eq(&row.search_lookup))
        .filter(saved_search::Column::Id.ne(row.id))
        .exec(writing.looking())
        .await?;
    let id = row.id;
    let mut row = row.into_active_model();
    row.confirmed_at = Set(Some(now));
    row.expires_at = Set(now + LASTS);
    row.looked_at = Set(now);
    row.update(writing.looking()).await?;
    Ok(Some(stop(&writing.key, id)))
}

/// The search of a token that its letters have.
pub async fn find(transaction: &mut impl Transaction, token: &str) -> Result<Option<Saved>, StoreError> {
    match active_by(transaction, token).await? {
        Some(row) => saved(transaction, &row).await.map(Some),
        None => Ok(None),
    }
}

/// Ends it: it is gone, and the address with it. False: there is none.
pub async fn end(writing: &mut Writing, token: &str) -> Result<bool, StoreError> {
    let Some(row) = active_by(writing, token).await? else {
        return Ok(false);
    };
    written_down(writing, "searches.end", row.id).await?;
    saved_search::Entity::delete_by_id(row.id)
        .exec(writing.looking())
        .await?;
    Ok(true)
}

/// Has it go on for another year from now. False: there is none.
pub async fn renew(writing: &mut Writing, token: &str) -> Result<bool, StoreError> {
    let Some(row) = active_by(writing, token).await? else {
        return Ok(false);
    };
    let now = writing.now();
    written_down(writing, "searches.renew", row.id).await?;
    let mut row = row.into_active_model();
    row.expires_at = Set(now + LASTS);
    row.asked_at = Set(None);
    row.update(writing.looking()).await?;
    Ok(true)
}

/// All that are for this address. The caller has written down why.
pub(crate) async fn forget(writing: &Writing, mail: &Mail) -> Result<(), StoreError> {
    saved_search::Entity::delete_many()
        .filter(saved_search::Column::MailLookup.eq(people::look_up(writing, mail)))
        .exec(writing.looking())
        .await?;
    Ok(())
}

async fn unconfirmed(
    transaction: &impl Transaction,
    token: &str,
) -> Result<Option<saved_search::Model>, StoreError> {
    let row = saved_search::Entity::find()
        .filter(saved_search::Column::Token.eq(digest(token)))
        .filter(saved_search::Column::ConfirmedAt.is_null())
        .filter(saved_search::Column::ExpiresAt.gt(transaction.now()))
        .one(transaction.looking())
        .await?;
    Ok(row)
}

async fn active_by(
    transaction: &impl Transaction,
    token: &str,
) -> Result<Option<saved_search::Model>, StoreError> {
    let row = saved_search::Entity::find()
        .filter(saved_search::Column::Stop.eq(digest(token)))
        .filter(saved_search::Column::ConfirmedAt.is_not_null())
        .filter(saved_search::Column::ExpiresAt.gt(transaction.now()))
        .one(transaction.looking())
        .await?;
    Ok(row)
}

async fn saved(transaction: &impl Transaction, row: &saved_search::Model) -> Result<Saved, StoreError> {
    let (search, _) = opened(transaction, row).await?;
    Ok(Saved {
        search,
        expires_at: row.expires_at,
    })
}

/// What is sealed of a search: its query string, and in a line below that the groups it found that took nobody when it was looked at last.
fn sealed(search: &str, full: &[Slug]) -> String {
    let full: Vec<&str> = full.iter().map(Slug::as_str).collect();
    format!("{search}\n{}", full.join(","))
}

/// The query string, and those groups. One that was saved by an earlier version has none.
async fn opened(
    transaction: &impl Transaction,
    row: &saved_search::Model,
) -> Result<(String, Vec<Slug>), StoreError> {
    let plain = SEARCH.open(transaction, row.id, &row.search).await?;
    let (search, full) = plain.reveal().split_once('\n').unwrap_or((plain.reveal(), ""));
    let full = full
        .split(',')
        .filter_map(|slug| Slug::parse(slug).ok())
        .collect();
    Ok((search.to_owned(), full))
}

async fn written_down(writing: &mut Writing, action: &'static str, id: Uuid) -> Result<(), StoreError> {
    let object = if id.is_nil() {
        String::new()
    } else {
        id.simple().to_string()
    };
    let act = Act {
        action,
        class: "C3",
        object,
        ..Act::default()
    };
    writing.act(act).await?;
    Ok(())
}

/// The token of its letters: the same in each, and kept nowhere.
fn stop(key: &Key, id: Uuid) -> String {
    hex(&key.mac(Purpose::Unsubscribe, &[id.as_bytes()]))
}

/// By what the same search is known once more.
fn look_up(key: &Key, search: &str) -> String {
    hex(&key.mac(Purpose::LookUp, &[b"search", search.as_bytes()])[..16])
}
