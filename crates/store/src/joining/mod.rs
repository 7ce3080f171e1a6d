//! The way into a therapy group, as `domain::joining` says it goes: asking, answering, talking, deciding, signing, and what
//! becomes of a membership.
//!
//! Every step is one change: the audit row is written first and holds the group's number until the commit, so two steps in one group
//! come one after the other, and places are counted when nobody else can take one.

mod answers;
mod asking;
mod board;
mod days;
mod invented;
mod measures;
mod members;
mod moving;
mod places;
mod reading;
mod reminding;
mod slots;
mod start;
mod stepping;
mod turns;

pub use answers::{Note, answer, answers, chosen, note, notes, risk_seen, send_chosen};
pub use asking::{LASTS, ask, by_mail, find, take_up};
pub use board::{Board, Card, PAGE, Sought, board, column};
pub use invented::{Invented, InventedMember, invent, invent_member, invent_start, invent_time};
pub use measures::{Measured, Signs, answer_measure, measured, measures};
pub use members::{
    BroughtInBy, Counted, InTheGroup, announce, bring_in, change_membership, counted, memberships,
    my_memberships, sheet_read,
};
pub use moving::move_on;
pub use reading::{
    Happened, OnTheWay, Written, is_concerned, is_member, led, letters, mine, one, questions, staffed,
    therapy,
};
pub use reminding::{Reminded, lapse, remind};
pub use slots::{How, Slot, SlotId, add_slot, book, open_slots, remove_slot, slots};
pub use start::{
    Asks, Started, asks, confirm_start, plan_start, put_off_start, set_measures, set_programme, set_questions,
};
pub use stepping::{Mine, Theirs, decide, reassign, record_talk, step};
pub use turns::Unanswered;

pub(crate) use members::{standings, taken_back, taken_out};
pub(crate) use places::places;
pub(crate) use start::asks_of;
pub(crate) use stepping::{admit_if_signed, holders, moved};

use domain::access::Denied;
use domain::agreements::Age;
use domain::groups::{Listing, Slug};
use domain::joining::{Application, AskRefused, MembershipRefused, Refusal, StartRefused};
use domain::people::{GroupId, PersonId};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::entities::joining::application;
use crate::entities::listing;
use crate::transaction::{StoreError, Transaction};
use crate::{outbox, people};

/// What letters say: that there is news, and where it stands. The body gets the slug of the application.
pub struct Told<'a> {
    pub subject: &'a str,
    pub person: &'a Body<'a>,
    pub staff: &'a Body<'a>,
}

type Body<'a> = dyn Fn(&str) -> String + Send + Sync + 'a;

/// Why something was not done on the way into a group.
#[derive(Debug, thiserror::Error)]
pub enum JoiningError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Ask(#[from] AskRefused),
    #[error(transparent)]
    Membership(#[from] MembershipRefused),
    #[error(transparent)]
    Start(#[from] StartRefused),
    /// There is an open one, under this slug.
    #[error("this person has asked for a place already")]
    AskedAlready(Slug),
    #[error("this person is in the group already")]
    InAlready,
    #[error("who leads a group is no member of it")]
    Leads,
    #[error("somebody else took this time a moment ago")]
    TimeTaken,
    #[error("the text has changed since it was read")]
    TextChanged,
    #[error("no place is left; there are {most}")]
    NoPlace { most: u16 },
    #[error("the account with this address is closed")]
    AccountClosed,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for JoiningError {
    fn from(why: sea_orm::DbErr) -> Self {
        Self::Store(why.into())
    }
}

impl From<Denied> for JoiningError {
    fn from(why: Denied) -> Self {
        Self::Store(why.into())
    }
}

pub(crate) async fn by_slug(db: &DatabaseTransaction, slug: &Slug) -> Result<application::Model, StoreError> {
    application::Entity::find()
        .filter(application::Column::Slug.eq(slug.as_str()))
        .one(db)
        .await?
        .ok_or(StoreError::Denied(Denied::NoRight))
}

/// The application of this slug, which is about the person and the group that a permit was given for.
pub(crate) async fn within(
    db: &DatabaseTransaction,
    slug: &Slug,
    (person, group): (PersonId, GroupId),
) -> Result<application::Model, StoreError> {
    application::Entity::find()
        .filter(application::Column::Slug.eq(slug.as_str()))
        .filter(application::Column::PersonId.eq(person.0))
        .filter(application::Column::ListingId.eq(group.0))
        .one(db)
        .await?
        .ok_or(StoreError::Denied(Denied::NoRight))
}

/// The one that is open, of a person in a group.
pub(crate) async fn open_one(
    db: &DatabaseTransaction,
    person: PersonId,
    group: GroupId,
) -> Result<Option<application::Model>, StoreError> {
    let row = application::Entity::find()
        .filter(application::Column::PersonId.eq(person.0))
        .filter(application::Column::ListingId.eq(group.0))
        .filter(application::Column::State.is_not_in(["member", "over"]))
        .one(db)
        .await?;
    Ok(row)
}

pub(crate) fn way(row: &application::Model) -> Result<Application, StoreError> {
    serde_json::from_str(&row.way).map_err(|why| unread("application", row.id, why))
}

pub(crate) fn age(name: &str, id: Uuid) -> Result<Age, StoreError> {
    Age::named(name).ok_or_else(|| unread("age", id, "no such age"))
}

pub(crate) fn unread(what: &str, id: Uuid, why: impl std::fmt::Display) -> StoreError {
    StoreError::Database(format!("the {what} of {id} cannot be read: {why}").into())
}

/// The public face of a group of our own, which is there.
pub(crate) async fn listing_of(
    db: &DatabaseTransaction,
    group: GroupId,
) -> Result<(Slug, Listing), StoreError> {
    let row = listing::Entity::find_by_id(group.0)
        .one(db)
        .await?
        .ok_or(StoreError::Denied(Denied::NoRight))?;
    let facts = serde_json::from_str(&row.facts).map_err(|why| unread("listing", row.id, why))?;
    Ok((people::slug(&row.slug)?, facts))
}

/// A letter to a person, where they have an address and an open account.
pub(crate) async fn tell(
    transaction: &crate::Writing,
    person: PersonId,
    subject: &str,
    body: &str,
) -> Result<(), StoreError> {
    let row = people::row(transaction.looking(), person).await?;
    if row.ended_at.is_none()
        && let Some(mail) = people::mail(transaction, &row).await?
    {
        outbox::put(transaction, &mail, subject, body).await?;
    }
    Ok(())
}

/// What someone goes by, by their number.
pub(crate) async fn called(
    transaction: &impl Transaction,
    person: Uuid,
) -> Result<(Slug, domain::people::Handle), StoreError> {
    let row = people::row(transaction.looking(), PersonId(person)).await?;
    Ok((people::slug(&row.slug)?, people::handle(transaction, &row).await?))
}
