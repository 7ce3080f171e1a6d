//! Process notes: their author's alone, under a key of the author's. No chart, export or colleague has them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Denied;
use domain::records::{Field, Words};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::RecordError;
use crate::entities::new_id;
use crate::entities::records::process_note;
use crate::leading;
use crate::permit::Permit;
use crate::permit::acts::KeepNote;
use crate::sealed::{FIRST, PROCESS_NOTE};
use crate::transaction::StoreError;

/// What one wrote for oneself about a session.
#[derive(Clone, PartialEq, Eq)]
pub struct Own {
    pub words: String,
    pub changed_at: DateTime<Utc>,
}

impl std::fmt::Debug for Own {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Own([sealed])")
    }
}

/// One's own note about a session of the group of the permit. That it was opened is written down, as all looking is.
pub async fn own_note(permit: &mut Permit<'_, KeepNote>, date: NaiveDate) -> Result<Option<Own>, StoreError> {
    permit.act("note.open", String::new()).await?;
    match row(permit, date).await? {
        Some(row) => opened(permit, &row).await.map(Some),
        None => Ok(None),
    }
}

/// Keeps it, in place of what stood there; where that is not what one began on, both stand there. With nothing it goes.
pub async fn write_own_note(
    permit: &mut Permit<'_, KeepNote>,
    date: NaiveDate,
    base: Option<DateTime<Utc>>,
    words: &str,
) -> Result<Option<Own>, RecordError> {
    let (group, now) = (permit.group()?, permit.transaction.now());
    let author = permit.person().ok_or(Denied::NoRight)?;
    permit.act("note.write", String::new()).await?;
    let mine = Words::new(Field::OF_NOTE, [(Field::Own, words.to_owned())])?;
    let there = row(permit, date).await?;
    let words = match &there {
        Some(row) if base != Some(row.changed_at) => {
            let stood = opened(permit, row).await?.words;
            let stood = Words::new(Field::OF_NOTE, [(Field::Own, stood)])?;
            mine.going_on(&Words::default(), &stood).words
        }
        _ => mine,
    };
    if words.is_empty() {
        if let Some(row) = there {
            process_note::Entity::delete_by_id(row.id)
                .exec(permit.db())
                .await?;
        }
        return Ok(None);
    }
    let session = leading::made(permit.transaction, group, date).await?;
    let id = there.as_ref().map_or_else(|| new_id(now), |there| there.id);
    let version = there.as_ref().map_or(FIRST, |there| there.version + 1);
    let kept = process_note::Model {
        id,
        session_id: session.id,
        author_id: author.0,
        words: PROCESS_NOTE
            .seal(permit.transaction, (id, version), author, words.get(Field::Own))
            .await?,
        version,
        changed_at: now,
    };
    if there.is_some() {
        kept.into_active_model().reset_all().update(permit.db()).await?;
    } else {
        kept.into_active_model().insert(permit.db()).await?;
    }
    Ok(Some(Own {
        words: words.get(Field::Own).to_owned(),
        changed_at: now,
    }))
}

async fn row(
    permit: &Permit<'_, KeepNote>,
    date: NaiveDate,
) -> Result<Option<process_note::Model>, StoreError> {
    let author = permit.person().ok_or(Denied::NoRight)?;
    let Some(session) = leading::row_of(permit.db(), permit.group()?, date).await? else {
        return Ok(None);
    };
    let row = process_note::Entity::find()
        .filter(process_note::Column::SessionId.eq(session.id))
        .filter(process_note::Column::AuthorId.eq(author.0))
        .one(permit.db())
        .await?;
    Ok(row)
}

async fn opened(permit: &Permit<'_, KeepNote>, row: &process_note::Model) -> Result<Own, StoreError> {
    let words = PROCESS_NOTE
        .open(permit, (row.id, row.version), &row.words)
        .await?;
    Ok(Own {
        words: words.reveal().to_owned(),
        changed_at: row.changed_at,
    })
}
