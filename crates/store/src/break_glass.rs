//! One person's record opened for a while in an emergency: with a reason, told to others at once, looked at afterwards.

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::{Denied, Opened, Relation, Right, Standing, Why};
use domain::groups::{Mail, Slug};
use domain::people::{GroupId, Handle, Held, PersonId, Role};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::audit::Act;
use crate::entities::people::{break_glass, role_held};
use crate::entities::{id, new_id};
use crate::people;
use crate::permit::acts::{SeeContact, SeeRoster};
use crate::permit::{On, standing};
use crate::transaction::{StoreError, Who, Writing};
use crate::{outbox, permit, sealed};

/// How long it lasts at most.
pub const LONGEST: TimeDelta = TimeDelta::minutes(60);

/// What was written beside the reason has at least so many characters.
pub const LEAST_WORDS: usize = 15;

/// By what right it is opened, and closed before its time.
const GLASS: Why = Why {
    role: Some(Role::Supervisor),
    right: Right::BreakGlass,
    broke_glass: true,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    Danger,
    LeaderAbsent,
    Complaint,
}

impl Reason {
    pub const ALL: [Self; 3] = [Self::Danger, Self::LeaderAbsent, Self::Complaint];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Danger => "danger",
            Self::LeaderAbsent => "leader-absent",
            Self::Complaint => "complaint",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

/// After so long without a look, those who should have looked are asked to.
pub const REVIEWED_WITHIN: TimeDelta = TimeDelta::hours(72);

/// How often they are asked again.
const AGAIN: TimeDelta = TimeDelta::days(1);

/// Records that were looked at and are shown to those who look.
const MOST_REVIEWED: u64 = 20;

/// What came of looking at it: one of a few words, so that nothing more about a person is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// It was right to open it.
    Right,
    /// It was not needed.
    NotNeeded,
    /// It has to be followed up.
    FollowUp,
}

impl Finding {
    pub const ALL: [Self; 3] = [Self::Right, Self::NotNeeded, Self::FollowUp];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::NotNeeded => "not-needed",
            Self::FollowUp => "follow-up",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|finding| finding.name() == name)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum BreakGlassError {
    #[error("Say in at least {LEAST_WORDS} characters what has happened. This has {0}.")]
    TooShort(usize),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A record that was opened, for those who look at it afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    pub id: BrokenId,
    pub by: Handle,
    pub reason: Reason,
    pub group: Option<Slug>,
    /// What was written beside it. None for auditors: they see that something was done, and nothing of anybody.
    pub words: Option<String>,
    pub begun_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub reviewed_at: Option<DateTime<Utc>>,
    /// None before it was looked at, and for what was looked at before findings were kept.
    pub finding: Option<Finding>,
    /// Nobody has looked in the time there is for it.
    pub is_overdue: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BrokenId(Uuid);

id!(BrokenId);

/// What a letter about it says; its words come from the caller, in the reader's language, and name nobody.
pub struct Notice<'a> {
    pub subject: &'a str,
    pub body: &'a str,
}

/// Opens one person's record in one group. Only who would see it by break-glass may, and only just after showing who they
/// are; the other supervisors and the auditors get a letter in the same transaction.
pub async fn open(
    writing: &mut Writing,
    subject: &Slug,
    group: &Slug,
    reason: Reason,
    words: &str,
    notice: &Notice<'_>,
) -> Result<DateTime<Utc>, BreakGlassError> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = words.chars().count();
    if length < LEAST_WORDS {
        return Err(BreakGlassError::TooShort(length));
    }
    let glass = writing.permit::<SeeContact>(On::PersonIn(subject, group)).await;
    match glass {
        // That is what it is for.
        Err(StoreError::Denied(Denied::BreakGlass)) => {}
        Err(other) => return Err(other.into()),
        // Seen without it already: nothing to open.
        Ok(_) => return Err(StoreError::Denied(Denied::NoRight).into()),
    }
    let standing = standing(writing).await?;
    let now = standing.now;
    if now - standing.proved_at > domain::access::FRESH {
        return Err(StoreError::Denied(Denied::ProveAgain).into());
    }
    let group = permit::group(writing.looking(), group).await?;
    let subject = permit::person(writing.looking(), subject).await?;
    let id = new_id(now);
    let words = sealed::BREAK_GLASS_WORDS.seal(writing, id, group, &words).await?;
    let row = break_glass::Model {
        id,
        person_id: standing.person.0,
        subject_id: subject.0,
        listing_id: Some(group.0),
        reason: reason.name().to_owned(),
        words,
        begun_at: now,
        ends_at: now + LONGEST,
        reviewed_at: None,
        reviewed_by: None,
        outcome: None,
        reminded_at: None,
    };
    let until = row.ends_at;
    let act = Act {
        action: "break-glass.open",
        class: "C3",
        object: row.id.to_string(),
        group: Some(group),
        about: Some(subject),
        why: Some(GLASS),
        reason: Some(reason.name()),
    };
    let db = writing.act(act).await?;
    row.into_active_model()
        .insert(db)
        .await
        .map_err(StoreError::from)?;
    let roles = [Role::Supervisor, Role::Auditor];
    for mail in overseers(writing, standing.person, Some(group), &roles).await? {
        outbox::put(writing, &mail, notice.subject, notice.body).await?;
    }
    Ok(until)
}

/// Closes what one has opened oneself, before its time.
pub async fn close(writing: &mut Writing, id: BrokenId) -> Result<(), StoreError> {
    let me = standing(writing).await?.person;
    let now = writing.now();
    let row = break_glass::Entity::find_by_id(id.0)
        .filter(break_glass::Column::PersonId.eq(me.0))
        .filter(break_glass::Column::EndsAt.gt(now))
        .one(writing.looking())
        .await?
        .ok_or(StoreError::Denied(Denied::NoRight))?;
    let act = Act {
        action: "break-glass.close",
        class: "C3",
        object: row.id.to_string(),
        group: row.listing_id.map(GroupId),
        about: Some(PersonId(row.subject_id)),
        why: Some(GLASS),
        ..Act::default()
    };
    let db = writing.act(act).await?;
    let mut row = row.into_active_model();
    row.ends_at = Set(now);
    row.update(db).await?;
    Ok(())
}

/// What someone has opened and is not over yet: it stands on top of every page of theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    pub id: BrokenId,
    pub until: DateTime<Utc>,
}

/// Those of one person.
pub(crate) async fn open_of(
    db: &DatabaseTransaction,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<Open>, StoreError> {
    let rows = break_glass::Entity::find()
        .filter(break_glass::Column::PersonId.eq(person.0))
        .filter(break_glass::Column::EndsAt.gt(now))
        .order_by_asc(break_glass::Column::EndsAt)
        .all(db)
        .await?;
    let open = rows.into_iter().map(|row| Open {
        id: BrokenId(row.id),
        until: row.ends_at,
    });
    Ok(open.collect())
}

/// Those opened by others that nobody has looked at yet, oldest first. For auditors, and for the supervisors of the group.
pub async fn unreviewed(writing: &mut Writing) -> Result<Vec<Broken>, StoreError> {
    let (me, over) = overseer(writing).await?;
    let rows = break_glass::Entity::find()
        .filter(break_glass::Column::ReviewedAt.is_null())
        .filter(break_glass::Column::PersonId.ne(me.0))
        .order_by_asc(break_glass::Column::BegunAt)
        .all(writing.looking())
        .await?;
    broken(writing, &over, rows).await
}

/// Those that someone has looked at, the last first, for the same people; also those they opened themselves.
pub async fn reviewed(writing: &mut Writing) -> Result<Vec<Broken>, StoreError> {
    let (_, over) = overseer(writing).await?;
    let rows = break_glass::Entity::find()
        .filter(break_glass::Column::ReviewedAt.is_not_null())
        .order_by_desc(break_glass::Column::ReviewedAt)
        .limit(MOST_REVIEWED)
        .all(writing.looking())
        .await?;
    broken(writing, &over, rows).await
}

async fn broken(
    writing: &mut Writing,
    over: &[Held],
    rows: Vec<break_glass::Model>,
) -> Result<Vec<Broken>, StoreError> {
    let (now, standing) = (writing.now(), standing(writing).await?);
    let mut broken = Vec::new();
    for row in rows.into_iter().filter(|row| reaches(over, row)) {
        let by = people::row(writing.looking(), PersonId(row.person_id)).await?;
        broken.push(Broken {
            id: BrokenId(row.id),
            by: people::handle(writing, &by).await?,
            reason: Reason::named(&row.reason)
                .ok_or_else(|| StoreError::Database(format!("{} is no reason", row.reason).into()))?,
            is_overdue: row.reviewed_at.is_none() && now - row.begun_at >= REVIEWED_WITHIN,
            words: if supervises(over, &row) {
                Some(words(writing, &standing, &row).await?)
            } else {
                None
            },
            group: people::slug_of(writing.looking(), row.listing_id).await?,
            begun_at: row.begun_at,
            ends_at: row.ends_at,
            reviewed_at: row.reviewed_at,
            finding: row.outcome.as_deref().and_then(Finding::named),
        });
    }
    Ok(broken)
}

/// What was written beside it, for a supervisor of the group.
async fn words(
    writing: &mut Writing,
    standing: &Standing,
    row: &break_glass::Model,
) -> Result<String, StoreError> {
    let relation = Relation {
        group: row.listing_id.map(GroupId),
        ..Relation::default()
    };
    let permit = permit::by::<SeeRoster, _>(writing, standing, relation)?;
    let words = sealed::BREAK_GLASS_WORDS
        .open(&permit, row.id, &row.words)
        .await?;
    Ok(words.reveal().to_owned())
}

/// Asks those who should have looked at a record by now, and again each day: the supervisors of the group and of all groups, or
/// the auditors where there is no other supervisor. One letter a person, however many wait. How many letters.
pub async fn remind(writing: &mut Writing, notice: &Notice<'_>) -> Result<usize, StoreError> {
    if !matches!(writing.who, Who::Job(_)) {
        return Err(Denied::NoRight.into());
    }
    let now = writing.now();
    let rows = break_glass::Entity::find()
        .filter(break_glass::Column::ReviewedAt.is_null())
        .filter(break_glass::Column::BegunAt.lte(now - REVIEWED_WITHIN))
        .order_by_asc(break_glass::Column::BegunAt)
        .all(writing.looking())
        .await?;
    let mut mails: Vec<Mail> = Vec::new();
    for row in rows {
        if row.reminded_at.is_some_and(|at| now - at < AGAIN) {
            continue;
        }
        let (opener, group) = (PersonId(row.person_id), row.listing_id.map(GroupId));
        // Nobody looks at anybody by this: it does not stand on the page of who it is about.
        let act = Act {
            action: "break-glass.remind",
            class: "C12",
            object: row.id.to_string(),
            group,
            ..Act::default()
        };
        writing.act(act).await?;
        let mut asked = overseers(writing, opener, group, &[Role::Supervisor]).await?;
        if asked.is_empty() {
            asked = overseers(writing, opener, group, &[Role::Auditor]).await?;
        }
        for mail in asked {
            if !mails.contains(&mail) {
                mails.push(mail);
            }
        }
        let mut row = row.into_active_model();
        row.reminded_at = Set(Some(now));
        row.update(writing.looking()).await?;
    }
    for mail in &mails {
        outbox::put(writing, mail, notice.subject, notice.body).await?;
    }
    Ok(mails.len())
}

/// Whether the one who asks looks after such records at all.
pub async fn oversees(writing: &Writing) -> Result<(), StoreError> {
    overseer(writing).await.map(|_| ())
}

/// Someone else than who opened it says what came of looking at it.
pub async fn review(writing: &mut Writing, id: BrokenId, finding: Finding) -> Result<(), StoreError> {
    let (me, over) = overseer(writing).await?;
    let now = writing.now();
    let row = break_glass::Entity::find_by_id(id.0)
        .filter(break_glass::Column::PersonId.ne(me.0))
        .filter(break_glass::Column::ReviewedAt.is_null())
        .one(writing.looking())
        .await?
        .filter(|row| reaches(&over, row))
        .ok_or(StoreError::Denied(Denied::NoRight))?;
    let act = Act {
        action: "break-glass.review",
        class: "C3",
        object: row.id.to_string(),
        group: row.listing_id.map(GroupId),
        about: Some(PersonId(row.subject_id)),
        reason: Some(finding.name()),
        why: over
            .iter()
            .find(|held| reaches(std::slice::from_ref(held), &row))
            .map(|held| Why {
                role: Some(held.role),
                right: Right::Metadata,
                broke_glass: false,
            }),
    };
    let db = writing.act(act).await?;
    let mut row = row.into_active_model();
    row.reviewed_at = Set(Some(now));
    row.reviewed_by = Set(Some(me.0));
    row.outcome = Set(Some(finding.name().to_owned()));
    row.update(db).await?;
    Ok(())
}

/// Whose records someone has open now.
pub(crate) async fn opened(
    db: &DatabaseTransaction,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<Opened>, StoreError> {
    let rows = break_glass::Entity::find()
        .filter(break_glass::Column::PersonId.eq(person.0))
        .filter(break_glass::Column::EndsAt.gt(now))
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(Opened {
                person: PersonId(row.subject_id),
                group: GroupId(row.listing_id?),
                until: row.ends_at,
            })
        })
        .collect())
}

/// The one who asks, if they look after such acts, and by which roles.
async fn overseer(writing: &Writing) -> Result<(PersonId, Vec<Held>), StoreError> {
    let standing = standing(writing).await?;
    let mut over = standing.held;
    over.retain(|held| held.holds(standing.now) && matches!(held.role, Role::Auditor | Role::Supervisor));
    if over.is_empty() {
        return Err(Denied::NoRight.into());
    }
    if standing.strength < domain::access::Strength::Two {
        return Err(Denied::SecondFactor.into());
    }
    Ok((standing.person, over))
}

fn supervises(over: &[Held], row: &break_glass::Model) -> bool {
    over.iter()
        .any(|held| held.role == Role::Supervisor && held.reaches(row.listing_id.map(GroupId)))
}

/// Whether one of these roles is held for the group in which it was opened.
fn reaches(over: &[Held], row: &break_glass::Model) -> bool {
    over.iter().any(|held| held.reaches(row.listing_id.map(GroupId)))
}

/// The addresses of others who hold one of these roles for the group or for all.
async fn overseers(
    writing: &Writing,
    but: PersonId,
    group: Option<GroupId>,
    roles: &[Role],
) -> Result<Vec<Mail>, StoreError> {
    let mut held = role_held::Entity::find()
        .filter(role_held::Column::Role.is_in(roles.iter().map(|role| role.name())))
        .filter(role_held::Column::PersonId.ne(but.0))
        .all(writing.looking())
        .await?;
    held.retain(|role| {
        role.listing_id
            .is_none_or(|id| group.is_some_and(|group| group.0 == id))
    });
    people::mails_of(writing, held).await
}
