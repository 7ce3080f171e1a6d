//! Where records stand, and nothing more: for pages that count them. What they say, and why they stand there, stays sealed.

use domain::people::PersonId;
use domain::records::Stage;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::entities::records::{member_part, session_record};
use crate::joining::unread;
use crate::transaction::StoreError;

/// A record that was not thrown away.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    pub session: Uuid,
    pub keeper: PersonId,
    pub stage: Stage,
}

impl Standing {
    fn of(session: Uuid, keeper: Uuid, state: &str) -> Result<Self, StoreError> {
        Ok(Self {
            session,
            keeper: PersonId(keeper),
            stage: Stage::named(state).ok_or_else(|| unread("record", session, "it has no such state"))?,
        })
    }
}

/// The records of these sessions.
pub(super) async fn of_sessions(
    db: &DatabaseTransaction,
    sessions: &[Uuid],
) -> Result<Vec<Standing>, StoreError> {
    let rows: Vec<(Uuid, Uuid, String)> = session_record::Entity::find()
        .select_only()
        .column(session_record::Column::SessionId)
        .column(session_record::Column::KeeperId)
        .column(session_record::Column::State)
        .filter(session_record::Column::SessionId.is_in(sessions.iter().copied()))
        .filter(session_record::Column::State.ne("discarded"))
        .into_tuple()
        .all(db)
        .await?;
    rows.iter()
        .map(|(session, keeper, state)| Standing::of(*session, *keeper, state))
        .collect()
}

/// The parts of everyone in these sessions, each with whose it is.
pub(super) async fn of_parts(
    db: &DatabaseTransaction,
    sessions: &[Uuid],
) -> Result<Vec<(PersonId, Standing)>, StoreError> {
    let rows: Vec<(Uuid, Uuid, Uuid, String)> = member_part::Entity::find()
        .select_only()
        .column(member_part::Column::PersonId)
        .column(member_part::Column::SessionId)
        .column(member_part::Column::KeeperId)
        .column(member_part::Column::State)
        .filter(member_part::Column::SessionId.is_in(sessions.iter().copied()))
        .filter(member_part::Column::State.ne("discarded"))
        .order_by_asc(member_part::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    rows.iter()
        .map(|(person, session, keeper, state)| {
            Ok((PersonId(*person), Standing::of(*session, *keeper, state)?))
        })
        .collect()
}
