//! Deleting a person: every row that is about them goes. What has to stay stays by their number, behind which nobody is any more,
//! and a mark says that they were deleted, so that a backup from before deletes them again.
//!
//! Who has a chart stays named with it: their account is closed for good and everything goes that is not of the chart; the rest goes
//! when the rule for charts has taken that away.

use std::collections::BTreeSet;

use domain::access::Why;
use domain::groups::{Mail, Slug};
use domain::people::{GroupId, PersonId, Role};
use domain::retention::NOBODY;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter, Statement,
};

use super::holds::is_held;
use crate::audit::Act;
use crate::entities::consents::consent;
use crate::entities::leading::attendance;
use crate::entities::people::{break_glass, invitation, outbox, person, role_held};
use crate::entities::records::member_part;
use crate::entities::retention::tombstone;
use crate::jobs;
use crate::key::{Macs, Purpose, hex, random};
use crate::people;
use crate::permit::Permit;
use crate::permit::acts::ChangeAccount;
use crate::sealed::{self, place};
use crate::searches;
use crate::signing;
use crate::transaction::{StoreError, Writing};

/// A mark has so many characters, all of them hexadecimal digits.
pub const MARK_LENGTH: usize = 64;

/// What becomes of a column that names a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// The row is about them and goes.
    Goes,
    /// It goes, but with the chart of who has one.
    GoesLast,
    /// It stays, by a number behind which nobody is, because…
    Stays(&'static str),
}

/// Every column that names a person. A test walks the schema and finds one that is missing here.
const COLUMNS: [(&str, &str, Fate); 70] = {
    use Fate::{Goes, GoesLast, Stays};
    const DID: &str = "what someone did for others is theirs, too";
    const LIST: &str = "the law asks for the list of what was agreed to and given away";
    const GLASS: &str = "that a record was opened in an emergency is looked at afterwards";
    const CHART: &str = "the law asks that the record of a treatment is kept";
    const DONE: &str = "the audit says by number who did what";
    [
        ("audit", "about", Stays(DONE)),
        ("agreement_signature", "person_id", GoesLast),
        ("agreement_signature", "witnessed_by", Stays(DID)),
        ("agreement_text", "made_by", Stays(DID)),
        ("membership", "person_id", GoesLast),
        ("membership", "entered_by", Stays(DID)),
        // What was said, answered and noted about them goes with it.
        ("application", "person_id", GoesLast),
        ("application", "leader_id", Stays(DID)),
        ("application", "risk_seen_by", Stays(DID)),
        ("application_event", "acted_by", Stays(DID)),
        ("application_letter", "written_by", Stays(DID)),
        ("talk_note", "written_by", Stays(DID)),
        ("asking", "used_by", Goes),
        ("guest", "person_id", Goes),
        ("entrance", "set_by", Stays(DID)),
        ("talk_slot", "leader_id", Stays(DID)),
        ("role_held", "person_id", GoesLast),
        ("role_held", "given_by", Stays(DID)),
        ("password", "person_id", Goes),
        ("join_code", "person_id", Goes),
        ("totp", "person_id", Goes),
        ("recovery_code", "person_id", Goes),
        ("passkey", "person_id", Goes),
        ("openid_account", "person_id", Goes),
        ("ceremony", "person_id", Goes),
        ("session", "person_id", Goes),
        ("mailed_link", "person_id", Goes),
        ("invitation", "invited_by", Stays(DID)),
        ("invitation", "accepted_by", Goes),
        ("break_glass", "person_id", Stays(DID)),
        ("break_glass", "subject_id", Stays(GLASS)),
        ("break_glass", "reviewed_by", Stays(DID)),
        ("group_draft", "made_by", Stays(DID)),
        ("report", "resolved_by", Stays(DID)),
        ("confirmation_link", "person_id", Goes),
        ("correction", "put_by", Stays(DID)),
        ("consent", "person_id", Stays(LIST)),
        ("disclosure", "person_id", Stays(LIST)),
        ("disclosure", "given_by", Stays(DID)),
        ("legal_hold", "person_id", GoesLast),
        ("legal_hold", "put_by", Stays(DID)),
        ("retention_rule", "set_by", Stays(DID)),
        ("attendance", "person_id", Stays(CHART)),
        ("attendance", "marked_by", Stays(DID)),
        ("excuse", "person_id", Goes),
        ("curriculum", "changed_by", Stays(DID)),
        ("advice", "person_id", Goes),
        ("advice", "looked_by", Stays(DID)),
        ("advice_thanks", "person_id", Goes),
        ("reminder", "person_id", Goes),
        ("reminded", "person_id", Goes),
        ("whereabouts", "person_id", Goes),
        ("emergency_contact", "person_id", Goes),
        ("outreach", "person_id", Goes),
        ("outreach", "done_by", Stays(DID)),
        ("billing_number", "person_id", GoesLast),
        ("session_record", "keeper_id", Stays(DID)),
        ("session_text", "written_by", Stays(DID)),
        ("member_part", "person_id", Stays(CHART)),
        ("member_part", "keeper_id", Stays(DID)),
        ("part_text", "written_by", Stays(DID)),
        ("process_note", "author_id", Goes),
        ("member_goal", "person_id", Stays(CHART)),
        ("member_goal", "changed_by", Stays(DID)),
        ("group_goal", "changed_by", Stays(DID)),
        ("roster_mark", "person_id", GoesLast),
        ("roster_mark", "changed_by", Stays(DID)),
        ("released_note", "person_id", Goes),
        ("released_note", "released_by", Stays(DID)),
        ("person", "id", Stays("other rows name it; it is emptied")),
    ]
};

/// Why somebody was not deleted.
#[derive(Debug, thiserror::Error)]
pub enum DeletionError {
    #[error("This is the last admin. Make another person admin first.")]
    LastAdmin,
    #[error(
        "The organisation has to keep what is kept of you for now: there is a hold on it, or on a group you are or were in. Ask them how long; nothing was deleted."
    )]
    Held,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Deletes the one who asks, whose sessions end with it. Only who has shown just now who they are may.
pub async fn delete_myself(permit: &mut Permit<'_, ChangeAccount>) -> Result<(), DeletionError> {
    signing::guard(permit).await?;
    let about = permit.about()?;
    // Written down first: that holds the audit's number until the commit, so of two last admins one waits here.
    permit.act("people.delete", String::new()).await?;
    let now = permit.transaction.now();
    let held = people::held(permit.db(), about).await?;
    let is_admin = held
        .iter()
        .any(|held| held.role == Role::Admin && held.holds(now));
    if is_admin && people::admins(permit.db(), now).await? <= 1 {
        return Err(DeletionError::LastAdmin);
    }
    if is_held(permit.db(), about).await? {
        return Err(DeletionError::Held);
    }
    Ok(remove(permit.transaction, about).await?)
}

/// Everyone who was deleted, by their marks.
pub async fn marks(writing: &mut Writing) -> Result<BTreeSet<String>, StoreError> {
    writing.who.is_inside()?;
    let rows = tombstone::Entity::find().all(writing.looking()).await?;
    Ok(rows.into_iter().map(|row| row.mark).collect())
}

/// Deletes again whom these marks mean and whom a backup has brought back: whatever holds were on them then, and also the last
/// admin; and destroys the keys that they mean. How many.
pub async fn obey(writing: &mut Writing, marks: &BTreeSet<String>) -> Result<u64, StoreError> {
    writing.who.is_inside()?;
    let mut marks = marks.clone();
    marks.append(&mut self::marks(writing).await?);
    if marks.is_empty() {
        return Ok(0);
    }
    let rows = person::Entity::find()
        .filter(person::Column::DeletedAt.is_null())
        .all(writing.looking())
        .await?;
    let (macs, mut gone) = (writing.key.macs(Purpose::Tombstone), 0);
    for row in rows {
        let person = PersonId(row.id);
        // Who has a chart is closed, and nothing but the chart is left.
        let is_closed = row.ended_at.is_some() && row.mail.is_none();
        if marks.contains(&mark(&macs, person))
            && !(is_closed && has_chart(writing.looking(), person).await?)
        {
            written_down(writing, person, "tombstone").await?;
            gone += 1;
        }
    }
    gone += super::destroying::obey(writing, &marks).await?;
    Ok(gone)
}

/// Deletes a person by a rule or a mark, of which the audit says the name.
pub(super) async fn written_down(
    writing: &mut Writing,
    person: PersonId,
    reason: &'static str,
) -> Result<(), StoreError> {
    let act = Act {
        action: "people.delete",
        class: "C12",
        about: Some(person),
        why: None::<Why>,
        reason: Some(reason),
        ..Act::default()
    };
    writing.act(act).await?;
    remove(writing, person).await
}

/// The caller has written down why.
async fn remove(writing: &Writing, whose: PersonId) -> Result<(), StoreError> {
    let (db, now) = (writing.looking(), writing.now());
    let row = people::row(db, whose).await?;
    if row.deleted_at.is_some() {
        return Ok(());
    }
    let is_charted = has_chart(writing.looking(), whose).await?;
    if let Some(mail) = people::mail(writing, &row).await? {
        letters(writing, &mail).await?;
        searches::forget(writing, &mail).await?;
        invitation::Entity::delete_many()
            .filter(invitation::Column::MailLookup.eq(people::look_up(writing, &mail)))
            .exec(db)
            .await?;
    }
    for (table, column, fate) in COLUMNS {
        if fate == Fate::Goes || (fate == Fate::GoesLast && !is_charted) {
            let sql = format!(
                "delete from {table} where {column} = {}",
                place(db.get_database_backend(), 1)
            );
            let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [whose.0.into()]);
            db.execute_raw(statement).await?;
        }
    }
    words(writing, whose).await?;
    consent::Entity::update_many()
        .col_expr(consent::Column::RevokedAt, Expr::value(now))
        .filter(consent::Column::PersonId.eq(whose.0))
        .filter(consent::Column::RevokedAt.is_null())
        .filter(consent::Column::ExpiresAt.gt(now))
        .exec(db)
        .await?;
    let ended_at = row.ended_at.or(Some(now));
    let mut row = row.into_active_model();
    if is_charted {
        role_held::Entity::update_many()
            .col_expr(role_held::Column::UntilAt, Expr::value(now))
            .filter(role_held::Column::PersonId.eq(whose.0))
            .filter(role_held::Column::UntilAt.is_null())
            .exec(db)
            .await?;
    } else {
        row.slug = Set(Slug::from_bits(u64::from_be_bytes(random())).to_string());
        row.handle = Set(sealed::HANDLE.seal(writing, whose.0, NOBODY).await?);
        row.deleted_at = Set(Some(now));
    }
    row.mail = Set(None);
    row.mail_lookup = Set(None);
    row.ended_at = Set(ended_at);
    row.update(db).await?;
    let tombstone = tombstone::Model {
        mark: mark(&writing.key.macs(Purpose::Tombstone), whose),
        made_at: now,
    };
    tombstone::Entity::insert(tombstone.into_active_model())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    jobs::wake(writing, jobs::TOMBSTONES, "").await
}

/// Whether someone was marked at a session, or a part of a record is about them.
async fn has_chart(db: &DatabaseTransaction, whose: PersonId) -> Result<bool, StoreError> {
    let marks = attendance::Entity::find().filter(attendance::Column::PersonId.eq(whose.0));
    let parts = member_part::Entity::find().filter(member_part::Column::PersonId.eq(whose.0));
    Ok(marks.count(db).await? > 0 || parts.count(db).await? > 0)
}

/// Letters to them that have not gone out; those that have hold no address.
async fn letters(writing: &Writing, mail: &Mail) -> Result<(), StoreError> {
    let rows = outbox::Entity::find()
        .filter(outbox::Column::Mail.is_not_null())
        .all(writing.looking())
        .await?;
    for row in rows {
        let to = sealed::LETTER_MAIL
            .open_some(writing, row.id, row.mail.as_ref())
            .await?;
        if to.is_some_and(|to| to.reveal().to_lowercase() == people::lower(mail)) {
            outbox::Entity::delete_by_id(row.id)
                .exec(writing.looking())
                .await?;
        }
    }
    Ok(())
}

/// What was written when their record was opened in an emergency; that it was stays.
async fn words(writing: &Writing, whose: PersonId) -> Result<(), StoreError> {
    let rows = break_glass::Entity::find()
        .filter(break_glass::Column::SubjectId.eq(whose.0))
        .all(writing.looking())
        .await?;
    for row in rows {
        let group = GroupId(row.listing_id.unwrap_or_default());
        let words = sealed::BREAK_GLASS_WORDS
            .seal(writing, row.id, group, NOBODY)
            .await?;
        let mut row = row.into_active_model();
        row.words = Set(words);
        row.update(writing.looking()).await?;
    }
    Ok(())
}

fn mark(macs: &Macs, person: PersonId) -> String {
    hex(&macs.of(&[person.0.as_bytes()]))
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait, DbBackend, Statement};
    use testing::{TestDatabase, both_engines};

    use super::{COLUMNS, Fate};
    use crate::{KeyRing, Store};

    /// Each column with a foreign key to a person, by the engine's own word.
    async fn references(store: &Store) -> Vec<(String, String)> {
        let db = &store.writes;
        let sql = match db.get_database_backend() {
            DbBackend::Sqlite => {
                "select m.name as t, f.\"from\" as c from sqlite_master m, pragma_foreign_key_list(m.name) f
                 where m.type = 'table' and f.\"table\" = 'person'"
            }
            _ => {
                "select k.conrelid::regclass::text as t, a.attname::text as c from pg_constraint k
                 join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
                 where k.contype = 'f' and k.confrelid = 'person'::regclass"
            }
        };
        let statement = Statement::from_string(db.get_database_backend(), sql);
        let rows = db.query_all_raw(statement).await.unwrap();
        rows.iter()
            .map(|row| (row.try_get("", "t").unwrap(), row.try_get("", "c").unwrap()))
            .collect()
    }

    /// Columns that may hold the number of a person without a foreign key: ids that are called like one.
    async fn by_name(store: &Store) -> Vec<(String, String)> {
        let db = &store.writes;
        let sql = match db.get_database_backend() {
            DbBackend::Sqlite => {
                "select m.name as t, c.name as c from sqlite_master m, pragma_table_info(m.name) c
                 where m.type = 'table' and (c.name like '%\\_by' escape '\\' or c.name in ('person_id', 'subject_id', 'about'))"
            }
            _ => {
                "select table_name::text as t, column_name::text as c from information_schema.columns
                 where table_schema = 'public' and (column_name like '%\\_by' or column_name in ('person_id', 'subject_id', 'about'))"
            }
        };
        let statement = Statement::from_string(db.get_database_backend(), sql);
        let rows = db.query_all_raw(statement).await.unwrap();
        rows.iter()
            .map(|row| (row.try_get("", "t").unwrap(), row.try_get("", "c").unwrap()))
            // These hold no number of anybody: how a size became smaller, and sealed words on who led a talk elsewhere.
            .filter(|(_, column): &(String, String)| !["shrunk_by", "screened_by"].contains(&column.as_str()))
            .collect()
    }

    #[both_engines]
    async fn every_column_of_the_schema_that_names_a_person_is_dealt_with(db: TestDatabase) {
        let url = crate::DatabaseUrl::parse(&db.setting()).unwrap();
        let clock = std::sync::Arc::new(domain::clock::Fixed("2026-11-24T15:00:00Z".parse().unwrap()));
        let store = Store::open(&url, clock, KeyRing::new([7; 32])).await.unwrap();
        let mut found = references(&store).await;
        assert!(found.len() > 20, "{found:?}");
        found.extend(by_name(&store).await);
        for (table, column) in found {
            assert!(
                COLUMNS.iter().any(|(t, c, _)| *t == table && *c == column),
                "what becomes of {table}.{column} when a person is deleted?"
            );
        }
        for (table, column, fate) in COLUMNS {
            // It is a column that there is.
            let sql = format!("select count({column}) as n from {table}");
            let statement = Statement::from_string(store.writes.get_database_backend(), sql);
            store.writes.query_one_raw(statement).await.unwrap();
            assert_ne!(fate, Fate::Stays(""), "{table}.{column}");
        }
    }
}
