//! Browsers that are signed in. A session is a row: it can be listed, ended, and ends by itself.

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::{Denied, Strength};
use domain::groups::Slug;
use domain::people::{Handle, Held, PersonId, Role};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::audit::Act;
use crate::engine::Store;
use crate::entities::people::session;
use crate::entities::{id, new_id};
use crate::key::{digest, hex, random};
use crate::permit::Permit;
use crate::permit::acts::{ChangeAccount, ChangeAccounts, SeeAccount};
use crate::signing::{self, Method, Proof};
use crate::transaction::{StoreError, Transaction, Who, Writing};
use crate::{break_glass, people, sums};

/// How long a browser may be silent, and how long a session lasts at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lasting {
    pub idle: TimeDelta,
    pub whole: TimeDelta,
}

pub const STAFF: Lasting = Lasting {
    idle: TimeDelta::minutes(15),
    whole: TimeDelta::hours(12),
};
pub const MEMBER: Lasting = Lasting {
    idle: TimeDelta::minutes(30),
    whole: TimeDelta::days(7),
};

/// When it was last seen is written no more often than this.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(1);

/// Someone who is signed in. Only a look-up of their session makes one; it is no leave to do anything: see
/// [`Permit`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    pub(crate) person: PersonId,
    pub(crate) session: SessionId,
    pub(crate) strength: Strength,
    pub(crate) proved_at: DateTime<Utc>,
    slug: Slug,
    handle: Handle,
    roles: Vec<Held>,
    /// Has a second factor and has not shown it in this session.
    half: bool,
    broken: Vec<break_glass::Open>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionId(Uuid);

id!(SessionId);

/// What the browser's cookie holds. It is shown once, to be set; the database keeps its hash.
pub struct Token(String);

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    pub id: SessionId,
    pub method: Method,
    pub begun_at: DateTime<Utc>,
    pub seen_at: DateTime<Utc>,
    /// The one that asks.
    pub this: bool,
}

impl SignedIn {
    pub fn slug(&self) -> &Slug {
        &self.slug
    }

    pub fn handle(&self) -> &Handle {
        &self.handle
    }

    pub fn strength(&self) -> Strength {
        self.strength
    }

    pub fn proved_at(&self) -> DateTime<Utc> {
        self.proved_at
    }

    /// What they held when the page was asked for: for a menu, never for a decision.
    pub fn roles(&self) -> &[Held] {
        &self.roles
    }

    /// The records they have open by break-glass.
    pub fn broken(&self) -> &[break_glass::Open] {
        &self.broken
    }

    /// Whether a second factor is there and still to be shown: whoever has one is asked for it, whatever they hold.
    pub fn owes_second(&self) -> bool {
        self.half
    }

    pub fn session(&self) -> SessionId {
        self.session
    }
}

impl Token {
    fn new() -> Self {
        Self(hex(&random::<32>()))
    }

    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl Store {
    /// Who this browser is, if its session still is open.
    pub async fn session(&self, token: &str) -> Result<Option<SignedIn>, StoreError> {
        let mut reading = self.read(Who::Visitor).await?;
        let found = find(&mut reading, token).await?;
        let now = reading.now;
        drop(reading);
        let (signed_in, seen_at) = match found {
            Found::Open(signed_in, seen_at) => (signed_in, seen_at),
            Found::Nothing => return Ok(None),
            Found::Over(session) => {
                self.over(session, now).await;
                return Ok(None);
            }
        };
        if now - seen_at >= SEEN_EVERY
            && let Err(why) = self.seen(signed_in.session, now).await
        {
            // Whoever only looks can go on while nothing can be written.
            tracing::warn!(%why, "a session could not be marked as in use");
        }
        Ok(Some(signed_in))
    }

    /// Its time is over, and stays so whatever the clock says later.
    async fn over(&self, session: SessionId, now: DateTime<Utc>) {
        let ended = session::ActiveModel {
            id: Set(session.0),
            revoked_at: Set(Some(now)),
            ..Default::default()
        };
        if let Err(why) = self.mark(ended).await {
            tracing::warn!(%why, "a session that is over could not be marked as such");
        }
    }

    async fn seen(&self, session: SessionId, now: DateTime<Utc>) -> Result<(), DbErr> {
        let touched = session::ActiveModel {
            id: Set(session.0),
            seen_at: Set(now),
            ..Default::default()
        };
        self.mark(touched).await
    }

    /// That a session is in use, or over by its time, is no act of anyone: it has no audit row.
    async fn mark(&self, session: session::ActiveModel) -> Result<(), DbErr> {
        let transaction = self.begin().await?;
        session.update(&transaction).await?;
        sums::settle(&transaction).await?;
        transaction.commit().await
    }
}

/// Ends the session that a browser brought to where its owner signs in anew. One of somebody else is not theirs to end.
pub async fn leave(writing: &mut Writing, proof: &Proof, token: &str) -> Result<(), StoreError> {
    let row = session::Entity::find()
        .filter(session::Column::Token.eq(digest(token)))
        .filter(session::Column::PersonId.eq(proof.person.0))
        .filter(session::Column::RevokedAt.is_null())
        .one(writing.looking())
        .await?;
    let Some(row) = row else { return Ok(()) };
    let act = Act {
        action: "sessions.end",
        class: "C12",
        object: row.id.to_string(),
        about: Some(proof.person),
        ..Act::default()
    };
    writing.act(act).await?;
    revoke(writing, vec![row]).await
}

/// Signs someone in who has shown who they are. The browser gets a new token each time.
pub async fn begin(writing: &mut Writing, proof: &Proof) -> Result<Token, StoreError> {
    let person = people::row(writing.looking(), proof.person).await?;
    if person.ended_at.is_some() {
        return Err(Denied::NoRight.into());
    }
    let (token, now) = (Token::new(), writing.now());
    let row = session::Model {
        id: new_id(now),
        token: digest(token.reveal()),
        person_id: proof.person.0,
        method: proof.method.name().to_owned(),
        strength: stored(proof.strength),
        begun_at: now,
        seen_at: now,
        proved_at: now,
        revoked_at: None,
    };
    let act = Act {
        action: "sessions.begin",
        class: "C12",
        object: format!("{} {}", row.id, proof.method.name()),
        about: Some(proof.person),
        ..Act::default()
    };
    let db = writing.act(act).await?;
    row.into_active_model().insert(db).await?;
    Ok(token)
}

/// The same session after its owner has shown again, or by a second factor, who they are: under a new token.
pub async fn renew(writing: &mut Writing, signed_in: &SignedIn, proof: &Proof) -> Result<Token, StoreError> {
    if proof.person != signed_in.person || !is_open(writing.looking(), signed_in.session).await? {
        return Err(Denied::NoRight.into());
    }
    let (token, now) = (Token::new(), writing.now());
    let strength = stored(signed_in.strength.max(proof.strength));
    let act = Act {
        action: "sessions.renew",
        class: "C12",
        object: format!("{} {}", signed_in.session.0, proof.method.name()),
        about: Some(proof.person),
        ..Act::default()
    };
    let db = writing.act(act).await?;
    let row = session::ActiveModel {
        id: Set(signed_in.session.0),
        token: Set(digest(token.reveal())),
        strength: Set(strength),
        seen_at: Set(now),
        proved_at: Set(now),
        ..Default::default()
    };
    row.update(db).await?;
    Ok(token)
}

/// One's own sessions that are open, the newest first.
pub async fn open(permit: &mut Permit<'_, SeeAccount, impl Transaction>) -> Result<Vec<Open>, StoreError> {
    let now = permit.transaction.now();
    let (about, this) = match permit.transaction.who() {
        Who::Person(signed_in) if permit.relation.about == Some(signed_in.person) => {
            (signed_in.person, Some(signed_in.session))
        }
        _ => return Err(Denied::NoRight.into()),
    };
    let rows = session::Entity::find()
        .filter(session::Column::PersonId.eq(about.0))
        .filter(session::Column::RevokedAt.is_null())
        .order_by_desc(session::Column::BegunAt)
        .all(permit.db())
        .await?;
    let held = people::held(permit.db(), about).await?;
    let lasting = lasting(&held, now);
    let open = rows.into_iter().filter(|row| lasts(row, lasting, now));
    open.map(|row| {
        Ok(Open {
            id: SessionId(row.id),
            method: method(&row.method)?,
            begun_at: row.begun_at,
            seen_at: row.seen_at,
            this: this == Some(SessionId(row.id)),
        })
    })
    .collect()
}

/// Ends one of one's own sessions.
pub async fn end(permit: &mut Permit<'_, ChangeAccount>, id: SessionId) -> Result<(), StoreError> {
    let about = permit.about()?;
    let row = session::Entity::find_by_id(id.0)
        .filter(session::Column::PersonId.eq(about.0))
        .one(permit.db())
        .await?
        .ok_or(StoreError::Denied(Denied::NoRight))?;
    permit.act("sessions.end", id.0.to_string()).await?;
    revoke(permit.transaction, vec![row]).await
}

/// Ends all of one's own sessions but the one that asks.
pub async fn end_others(permit: &mut Permit<'_, ChangeAccount>) -> Result<(), StoreError> {
    let about = permit.about()?;
    let this = permit.transaction.who.person().ok_or(Denied::NoRight)?.session;
    let rows = session::Entity::find()
        .filter(session::Column::PersonId.eq(about.0))
        .filter(session::Column::Id.ne(this.0))
        .filter(session::Column::RevokedAt.is_null())
        .all(permit.db())
        .await?;
    permit.act("sessions.end-others", String::new()).await?;
    revoke(permit.transaction, rows).await
}

/// Ends every session of the one whom the permit is about.
pub async fn end_of(permit: &mut Permit<'_, ChangeAccounts>) -> Result<(), StoreError> {
    let about = permit.about()?;
    permit.act("sessions.end-all", String::new()).await?;
    end_all(permit.transaction, about).await
}

/// Every session of someone, when their account ends or a way to sign in was stolen.
pub(crate) async fn end_all(writing: &Writing, person: PersonId) -> Result<(), StoreError> {
    let rows = session::Entity::find()
        .filter(session::Column::PersonId.eq(person.0))
        .filter(session::Column::RevokedAt.is_null())
        .all(writing.looking())
        .await?;
    revoke(writing, rows).await
}

pub(crate) async fn is_open(db: &DatabaseTransaction, id: SessionId) -> Result<bool, StoreError> {
    let row = session::Entity::find_by_id(id.0).one(db).await?;
    let Some(row) = row.filter(|row| row.revoked_at.is_none()) else {
        return Ok(false);
    };
    let person = people::row(db, PersonId(row.person_id)).await?;
    Ok(person.ended_at.is_none())
}

async fn revoke(writing: &Writing, rows: Vec<session::Model>) -> Result<(), StoreError> {
    let now = writing.now();
    for row in rows.into_iter().filter(|row| row.revoked_at.is_none()) {
        let mut row = row.into_active_model();
        row.revoked_at = Set(Some(now));
        row.update(writing.looking()).await?;
    }
    Ok(())
}

/// What there is of a token.
enum Found {
    Nothing,
    /// By its time; nobody has ended it yet.
    Over(SessionId),
    /// And when it was seen in use.
    Open(SignedIn, DateTime<Utc>),
}

async fn find(transaction: &mut impl Transaction, token: &str) -> Result<Found, StoreError> {
    let (db, now) = (transaction.looking(), transaction.now());
    let row = session::Entity::find()
        .filter(session::Column::Token.eq(digest(token)))
        .filter(session::Column::RevokedAt.is_null())
        .one(db)
        .await?;
    let Some(row) = row else {
        return Ok(Found::Nothing);
    };
    let person = people::row(db, PersonId(row.person_id)).await?;
    let held = people::held(db, PersonId(row.person_id)).await?;
    if person.ended_at.is_some() {
        return Ok(Found::Nothing);
    }
    if !lasts(&row, lasting(&held, now), now) {
        return Ok(Found::Over(SessionId(row.id)));
    }
    let strength = if row.strength >= stored(Strength::Two) {
        Strength::Two
    } else {
        Strength::One
    };
    let half = strength < Strength::Two && signing::has_second(db, PersonId(row.person_id)).await?;
    let broken = if held.iter().any(|held| held.role == Role::Supervisor) {
        break_glass::open_of(db, PersonId(row.person_id), now).await?
    } else {
        Vec::new()
    };
    let signed_in = SignedIn {
        person: PersonId(row.person_id),
        session: SessionId(row.id),
        strength,
        half,
        broken,
        proved_at: row.proved_at,
        slug: people::slug(&person.slug)?,
        handle: people::handle(transaction, &person).await?,
        roles: held.into_iter().filter(|held| held.holds(now)).collect(),
    };
    Ok(Found::Open(signed_in, row.seen_at))
}

/// The strictest of what they hold.
fn lasting(held: &[Held], now: DateTime<Utc>) -> Lasting {
    if held.iter().any(|held| held.holds(now) && held.role.is_staff()) {
        STAFF
    } else {
        MEMBER
    }
}

/// A clock that went backwards revives nothing: a session from the future has ended, too.
fn lasts(row: &session::Model, lasting: Lasting, now: DateTime<Utc>) -> bool {
    let (idle, whole) = (now - row.seen_at, now - row.begun_at);
    // A few seconds between two machines of one installation are no jump.
    let slack = TimeDelta::minutes(1);
    idle < lasting.idle && whole < lasting.whole && idle > -slack && whole > -slack
}

fn stored(strength: Strength) -> i32 {
    match strength {
        Strength::One => 1,
        Strength::Two => 2,
    }
}

fn method(name: &str) -> Result<Method, StoreError> {
    Method::named(name).ok_or_else(|| StoreError::Database(format!("{name} is no way to sign in").into()))
}
