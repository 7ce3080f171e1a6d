//! The keys of a database that has none yet, and sealing what it kept in plain words before.

use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter, QueryOrder, Statement,
};
use uuid::Uuid;

use super::failed;
use crate::audit;
use crate::engine::OpenError;
use crate::entities;
use crate::key::{Key, random};
use crate::keys::{DataKey, Keys, ORGANISATION};
use crate::migrations::{AFTERWARDS, FACTS_AFTERWARDS, PLAIN};
use crate::people;
use crate::sealed::{self, BREAK_GLASS_WORDS, COLUMNS, Cipher, Column, PART_FACTS, SESSION_FACTS};
use crate::transaction::StoreError;
use crate::url::DatabaseUrl;

/// Gives the database its server's key and seals what is plain.
///
/// A database from before has MACs under the key of its file: that key goes on signing, and if it is not the one its audit was
/// signed with, nothing is changed.
pub(super) async fn begin(
    url: &DatabaseUrl,
    db: &DatabaseTransaction,
    keys: &Keys,
    now: DateTime<Utc>,
) -> Result<(), OpenError> {
    let failed = |why: StoreError| failed(url, &why);
    let signed = entities::audit::Entity::find()
        .filter(sea_orm::ColumnTrait::is_not_null(&entities::audit::Column::Mac))
        .order_by_desc(entities::audit::Column::Id)
        .one(db)
        .await
        .map_err(|why| failed(why.into()))?;
    let bytes = match &signed {
        Some(_) => *keys.ring().newest().bytes(),
        None => random(),
    };
    let key = Key::new(bytes);
    if signed.is_some_and(|row| row.mac.as_deref() != Some(&audit::mac(&audit::macs(&key), &row)[..])) {
        return Err(OpenError::WrongKey {
            url: url.to_string(),
            why: "its audit was signed by another one",
        });
    }
    keys.begin(db, &bytes, now).await.map_err(failed)?;
    seal(db, keys, &key, now).await.map_err(failed)
}

async fn seal(
    db: &DatabaseTransaction,
    keys: &Keys,
    key: &Key,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    for (table, plain, sealed) in PLAIN {
        let column = column(table, sealed)?;
        for (row, text, scope) in texts(db, column, plain).await? {
            let data_key = keys.current(db, column.class(), &scope, now).await?;
            put(db, column, row, column.close(&data_key, row, &text)).await?;
            if plain == "mail_lookup" {
                let lookup = people::blind(key, &text);
                set(db, table, plain, row, lookup.into()).await?;
            }
        }
    }
    let secrets = "select person_id as id, secret from totp";
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), secrets))
        .await?;
    for row in rows {
        let (id, secret): (Uuid, Vec<u8>) = (row.try_get("", "id")?, row.try_get("", "secret")?);
        let data_key = account_key(keys, db, now).await?;
        let secret = crate::key::hex(&secret);
        put(
            db,
            sealed::TOTP_SECRET,
            id,
            sealed::TOTP_SECRET.close(&data_key, id, &secret),
        )
        .await?;
    }
    let bound = "select id, issuer, subject from openid_account";
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), bound))
        .await?;
    for row in rows {
        let id: Uuid = row.try_get("", "id")?;
        let (issuer, subject): (String, String) = (row.try_get("", "issuer")?, row.try_get("", "subject")?);
        let lookup = crate::signing::openid::blind(key, &issuer, &subject);
        set(db, "openid_account", "subject", id, lookup.into()).await?;
    }
    for statement in AFTERWARDS {
        db.execute_unprepared(statement).await?;
    }
    Ok(())
}

/// Records, and the table of their texts. Where those are gone, the keys of their group were destroyed. One in which nothing was written has no `head`.
const TEXTS: [(&str, &str); 2] = [("session_record", "session_text"), ("member_part", "part_text")];

/// Seals where records stood in plain words, each for its group. Nothing was written over since: they are at 0. Those whose texts went with
/// the keys of their group go as well: they are sealed by no new key.
pub(super) async fn facts(
    db: &DatabaseTransaction,
    keys: &Keys,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    if db.get_database_backend() == DbBackend::Sqlite {
        // Pages that become free are overwritten, too. The connection ends with the upgrade.
        db.execute_unprepared("pragma secure_delete = on").await?;
    }
    for (records, texts) in TEXTS {
        let these = format!(
            "select t.id from {records} t where t.head is not null \
             and not exists (select 1 from {texts} x where x.record_id = t.id)"
        );
        if records == PART_FACTS.0.table {
            db.execute_unprepared(&format!("delete from released_note where part_id in ({these})"))
                .await?;
        }
        db.execute_unprepared(&format!("delete from {records} where id in ({these})"))
            .await?;
    }
    for column in [SESSION_FACTS.0, PART_FACTS.0] {
        let table = column.table;
        let sql = format!(
            "select t.id as id, t.facts_plain as plain, s.listing_id as scope from {table} t \
             join group_session s on s.id = t.session_id"
        );
        let rows = db
            .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
            .await?;
        // Emptied besides: PostgreSQL keeps what is in a dropped column until the row is written again.
        let sql = format!("update {table} set facts = PLACE1, facts_plain = '' where id = PLACE2");
        for row in rows {
            let (id, plain): (Uuid, String) = (row.try_get("", "id")?, row.try_get("", "plain")?);
            let group: Uuid = row.try_get("", "scope")?;
            let data_key = keys.current(db, column.class(), &group.to_string(), now).await?;
            update(db, &sql, [column.close(&data_key, id, &plain).into(), id.into()]).await?;
        }
    }
    for statement in FACTS_AFTERWARDS {
        db.execute_unprepared(statement).await?;
    }
    Ok(())
}

async fn account_key(
    keys: &Keys,
    db: &DatabaseTransaction,
    now: DateTime<Utc>,
) -> Result<std::sync::Arc<DataKey>, StoreError> {
    keys.current(db, sealed::HANDLE.class(), ORGANISATION, now).await
}

fn column(table: &str, name: &str) -> Result<Column, StoreError> {
    let found = COLUMNS
        .into_iter()
        .find(|column| column.table == table && column.name == name);
    found.ok_or_else(|| StoreError::Key(format!("{table}.{name} is no sealed column")))
}

/// The rows that have something to seal, and for which scope.
async fn texts(
    db: &DatabaseTransaction,
    column: Column,
    plain: &str,
) -> Result<Vec<(Uuid, String, String)>, StoreError> {
    let group = if column == BREAK_GLASS_WORDS.0 {
        "listing_id"
    } else {
        "null"
    };
    let sql = format!(
        "select id, {plain} as plain, {group} as scope from {} where {plain} is not null and {plain} <> ''",
        column.table
    );
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await?;
    rows.iter()
        .map(|row| {
            let scope = match group {
                "null" => None,
                _ => row.try_get::<Option<Uuid>>("", "scope")?,
            };
            let scope = scope.map_or_else(|| ORGANISATION.to_owned(), |group| group.to_string());
            Ok((row.try_get("", "id")?, row.try_get("", "plain")?, scope))
        })
        .collect()
}

async fn put(db: &DatabaseTransaction, column: Column, row: Uuid, cipher: Cipher) -> Result<(), StoreError> {
    let Column { table, name, id, .. } = column;
    let value = cipher.into();
    update(
        db,
        &format!("update {table} set {name} = PLACE1 where {id} = PLACE2"),
        [value, row.into()],
    )
    .await
}

async fn set(
    db: &DatabaseTransaction,
    table: &str,
    name: &str,
    row: Uuid,
    value: sea_orm::Value,
) -> Result<(), StoreError> {
    update(
        db,
        &format!("update {table} set {name} = PLACE1 where id = PLACE2"),
        [value, row.into()],
    )
    .await
}

async fn update(db: &DatabaseTransaction, sql: &str, values: [sea_orm::Value; 2]) -> Result<(), StoreError> {
    let backend = db.get_database_backend();
    let sql = sql
        .replace("PLACE1", &sealed::place(backend, 1))
        .replace("PLACE2", &sealed::place(backend, 2));
    db.execute_raw(Statement::from_sql_and_values(backend, &sql, values))
        .await?;
    Ok(())
}
