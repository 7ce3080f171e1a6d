//! What was answered before the conversation, and what was noted of it. Answers are kept by form: the group's own questions are one.

use chrono::{DateTime, Utc};
use domain::access::Denied;
use domain::groups::Slug;
use domain::joining::{Answer, Answers, Application, CHOOSER_FORM, OWN_FORM, Refusal};
use domain::people::{GroupId, Handle};
use domain::text::Prose;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::stepping::{locked, moved, tell_staff};
use super::turns::answered;
use super::{JoiningError, Told, called, way, within};
use crate::entities::joining::{application, screening_answer, talk_note};
use crate::entities::new_id;
use crate::permit::Permit;
use crate::permit::acts::{AnswerScreening, SeeScreening, SeeTalk, WriteTalk};
use crate::sealed::{FIRST, SCREENING_ANSWERS, TALK_NOTE};
use crate::transaction::{StoreError, Writing};

/// What it is called in the audit that somebody sends what they answered in the chooser.
pub(super) const SEND_CHOSEN: &str = "screening.send-chosen";

/// What one of those who lead the group noted of the conversation.
#[derive(Debug)]
pub struct Note {
    pub by: Handle,
    /// Whether it is of the one who asks.
    pub is_mine: bool,
    pub words: String,
    pub at: DateTime<Utc>,
}

/// Answers the group's own questions; once more takes the place of what was answered before. What may be about danger is told to
/// those who lead the group at once.
pub async fn answer(
    permit: &mut Permit<'_, AnswerScreening>,
    which: &Slug,
    answers: &Answers,
    told: &Told<'_>,
) -> Result<Application, JoiningError> {
    let id = locked(permit, which, "screening.answer").await?;
    let (group, by) = (permit.group()?, permit.person());
    let text = serde_json::to_string(answers).map_err(|why| super::unread("answers", id, why))?;
    keep_form(permit.transaction, (id, group), OWN_FORM, &text).await?;
    let act = answered(&*permit.transaction, id).await?;
    let (row, way) = moved(permit.transaction, id, act, by).await?;
    if answers.safety.is_risk() {
        at_risk(permit, row, told).await?;
    }
    Ok(way)
}

/// Keeps what the person sends of what they answered in the chooser, in place of what they sent before. Nothing follows from it: nobody
/// waits for it, and nothing of danger is in it.
pub async fn send_chosen(
    permit: &mut Permit<'_, AnswerScreening>,
    which: &Slug,
    chosen: &[Answer],
) -> Result<(), JoiningError> {
    let id = locked(permit, which, SEND_CHOSEN).await?;
    let row = here(permit, which).await?;
    if !way(&row)?.is_open() {
        return Err(Refusal::IsOver.into());
    }
    let group = permit.group()?;
    keep_chosen(permit.transaction, (id, group), chosen).await?;
    Ok(())
}

/// The caller has written down why, in the scope of the group.
pub(super) async fn keep_chosen(
    writing: &Writing,
    (application, group): (Uuid, GroupId),
    chosen: &[Answer],
) -> Result<(), StoreError> {
    let text = serde_json::to_string(chosen).map_err(|why| super::unread("answers", application, why))?;
    keep_form(writing, (application, group), CHOOSER_FORM, &text).await
}

/// Keeps what was answered in this form, in place of what was answered before.
pub(super) async fn keep_form(
    writing: &Writing,
    (application, group): (Uuid, GroupId),
    form: &str,
    text: &str,
) -> Result<(), StoreError> {
    let (db, now) = (writing.looking(), writing.now());
    let there = screening_answer::Entity::find()
        .filter(screening_answer::Column::ApplicationId.eq(application))
        .filter(screening_answer::Column::Form.eq(form))
        .one(db)
        .await?;
    let id = there.as_ref().map_or_else(|| new_id(now), |there| there.id);
    let kept = screening_answer::Model {
        id,
        application_id: application,
        form: form.to_owned(),
        answers: SCREENING_ANSWERS.seal(writing, id, group, text).await?,
        answered_at: now,
    };
    match there {
        Some(_) => {
            kept.into_active_model().reset_all().update(db).await?;
        }
        None => {
            kept.into_active_model().insert(db).await?;
        }
    }
    Ok(())
}

/// Notes that what was answered may be about danger, which nobody has read yet, and tells those who lead the group.
pub(super) async fn at_risk(
    permit: &mut Permit<'_, AnswerScreening>,
    row: application::Model,
    told: &Told<'_>,
) -> Result<(), JoiningError> {
    let mut changed = row.into_active_model();
    changed.risk_at = Set(Some(permit.transaction.now()));
    changed.risk_seen_at = Set(None);
    changed.risk_told_at = Set(None);
    changed.risk_seen_by = Set(None);
    let row = changed.update(permit.db()).await?;
    tell_staff(permit.transaction, &row, told).await?;
    Ok(())
}

/// What was answered, and when. Looking is written down.
pub async fn answers(
    permit: &mut Permit<'_, SeeScreening>,
    which: &Slug,
) -> Result<Option<(Answers, DateTime<Utc>)>, StoreError> {
    said(permit, which, OWN_FORM).await
}

/// What they sent of what they answered in the chooser; nothing, if they did not. Looking is written down.
pub async fn chosen(permit: &mut Permit<'_, SeeScreening>, which: &Slug) -> Result<Vec<Answer>, StoreError> {
    let found = said(permit, which, CHOOSER_FORM).await?;
    Ok(found.map(|(chosen, _)| chosen).unwrap_or_default())
}

async fn said<T: DeserializeOwned>(
    permit: &Permit<'_, SeeScreening>,
    which: &Slug,
    form: &str,
) -> Result<Option<(T, DateTime<Utc>)>, StoreError> {
    let row = here(permit, which).await?;
    let kept = screening_answer::Entity::find()
        .filter(screening_answer::Column::ApplicationId.eq(row.id))
        .filter(screening_answer::Column::Form.eq(form))
        .one(permit.db())
        .await?;
    let Some(kept) = kept else { return Ok(None) };
    let plain = SCREENING_ANSWERS.open(permit, kept.id, &kept.answers).await?;
    let said = serde_json::from_str(plain.reveal());
    // The words of the error would say what was answered.
    let said = said.map_err(|_| super::unread("answers", kept.id, "they are not in their form"))?;
    Ok(Some((said, kept.answered_at)))
}

/// Says that the answer about safety was read; by who may note what follows from it.
pub async fn risk_seen(permit: &mut Permit<'_, WriteTalk>, which: &Slug) -> Result<(), JoiningError> {
    let id = locked(permit, which, "screening.risk-seen").await?;
    let (now, by) = (permit.transaction.now(), permit.person());
    application::Entity::update_many()
        .set(application::ActiveModel {
            risk_seen_at: Set(Some(now)),
            risk_seen_by: Set(by.map(|person| person.0)),
            ..Default::default()
        })
        .filter(application::Column::Id.eq(id))
        .filter(application::Column::RiskAt.is_not_null())
        .filter(application::Column::RiskSeenAt.is_null())
        .exec(permit.db())
        .await?;
    Ok(())
}

/// Keeps what one notes of the conversation, in place of what one noted before; with nothing it goes.
pub async fn note(
    permit: &mut Permit<'_, WriteTalk>,
    which: &Slug,
    words: Option<&Prose>,
) -> Result<(), JoiningError> {
    let id = locked(permit, which, "talk.write").await?;
    let (group, now) = (permit.group()?, permit.transaction.now());
    let by = permit.person().ok_or(Denied::NoRight)?;
    let mine = talk_note::Entity::find()
        .filter(talk_note::Column::ApplicationId.eq(id))
        .filter(talk_note::Column::WrittenBy.eq(by.0))
        .one(permit.db())
        .await?;
    let Some(words) = words else {
        if let Some(mine) = mine {
            talk_note::Entity::delete_by_id(mine.id).exec(permit.db()).await?;
        }
        return Ok(());
    };
    let note = mine.as_ref().map_or_else(|| new_id(now), |mine| mine.id);
    let version = mine.as_ref().map_or(FIRST, |mine| mine.version + 1);
    let row = talk_note::Model {
        id: note,
        application_id: id,
        words: TALK_NOTE
            .seal(permit.transaction, (note, version), group, words.as_str())
            .await?,
        version,
        written_by: by.0,
        written_at: now,
    };
    match mine {
        Some(_) => {
            row.into_active_model().reset_all().update(permit.db()).await?;
        }
        None => {
            row.into_active_model().insert(permit.db()).await?;
        }
    }
    Ok(())
}

/// What was noted, each author's own. Looking is written down.
pub async fn notes(permit: &mut Permit<'_, SeeTalk>, which: &Slug) -> Result<Vec<Note>, StoreError> {
    let row = here(permit, which).await?;
    let me = permit.person();
    let rows = talk_note::Entity::find()
        .filter(talk_note::Column::ApplicationId.eq(row.id))
        .order_by_asc(talk_note::Column::Id)
        .all(permit.db())
        .await?;
    let mut notes = Vec::with_capacity(rows.len());
    for row in rows {
        let words = TALK_NOTE.open(permit, (row.id, row.version), &row.words).await?;
        let (_, by) = called(&*permit.transaction, row.written_by).await?;
        notes.push(Note {
            by,
            is_mine: me.is_some_and(|me| me.0 == row.written_by),
            words: words.reveal().to_owned(),
            at: row.written_at,
        });
    }
    Ok(notes)
}

async fn here<A: crate::permit::acts::Permitted>(
    permit: &Permit<'_, A>,
    which: &Slug,
) -> Result<application::Model, StoreError> {
    let of = (permit.about()?, permit.group()?);
    within(permit.db(), which, of).await
}
