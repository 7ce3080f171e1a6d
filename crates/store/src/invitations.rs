//! Inviting people, and the one-time link by which the first admin sets up an installation.

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::{Denied, Need, Standing, Strength, may_grant, may_hold};
use domain::groups::{Mail, Slug};
use domain::people::{GroupId, Handle, PersonId, Reach, Role};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    Select,
};
use uuid::Uuid;

use crate::audit::Act;
use crate::entities::people::invitation;
use crate::entities::{id, new_id};
use crate::key::{digest, hex, random};
use crate::outbox;
use crate::people::{self, RoleError};
use crate::permit::Permit;
use crate::permit::acts::{Appoint, ChangeAccounts, ChangeRoster, Permitted, SeeAccounts};
use crate::sealed;
use crate::signing::link::Letter;
use crate::signing::password::{self, Hashed};
use crate::signing::{Method, Proof, code};
use crate::transaction::{StoreError, Transaction, Who, Writing};

/// How long an invitation waits.
pub const LASTS: TimeDelta = TimeDelta::days(7);

/// How long the link of the first start works.
pub const SETUP_LASTS: TimeDelta = TimeDelta::hours(24);

/// An invitation, as the one who opens its link sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub role: Role,
    pub group: Option<Slug>,
    /// None: of the first start, or to someone who takes part without an address.
    pub mail: Option<Mail>,
    pub expires_at: DateTime<Utc>,
}

/// An invitation that waits, as staff see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub id: InvitationId,
    pub role: Role,
    pub group: Option<Slug>,
    pub to: To,
    pub made_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// To whom an invitation is, as far as whoever asks may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To {
    Address(Mail),
    /// It went to an address, which is not theirs to know.
    Someone,
    /// The link of the first start.
    FirstAdmin,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvitationId(Uuid);

id!(InvitationId);

/// Why someone was not invited, or did not get in.
#[derive(Debug, thiserror::Error)]
pub enum InvitationError {
    #[error("This link was used already, or its time is over. Ask for a new one.")]
    Over,
    #[error("Somebody has an account with this address already. Sign in with it, then open the link again.")]
    AddressTaken,
    #[error("The account with this address is closed. Open it again in place of inviting its owner anew.")]
    AccountClosed,
    #[error("This person was invited to that already. Withdraw that invitation, or send it again.")]
    InvitedAlready,
    #[error(transparent)]
    Role(#[from] RoleError),
}

impl From<StoreError> for InvitationError {
    fn from(why: StoreError) -> Self {
        Self::Role(why.into())
    }
}

impl From<sea_orm::DbErr> for InvitationError {
    fn from(why: sea_orm::DbErr) -> Self {
        StoreError::from(why).into()
    }
}

/// A link for the first admin, if there is none: it is printed at the console and works once. Earlier ones end.
pub async fn set_up(writing: &mut Writing) -> Result<Option<String>, StoreError> {
    if !matches!(writing.who, Who::Operator) {
        return Err(Denied::NoRight.into());
    }
    if people::has_admin(writing).await? {
        return Ok(None);
    }
    let act = Act {
        action: "setup.link",
        class: "C12",
        ..Act::default()
    };
    writing.act(act).await?;
    let now = writing.now();
    let before = invitation::Entity::find()
        .filter(invitation::Column::InvitedBy.is_null())
        .filter(invitation::Column::MailLookup.is_null())
        .filter(invitation::Column::AcceptedAt.is_null())
        .filter(invitation::Column::WithdrawnAt.is_null())
        .all(writing.looking())
        .await?;
    for row in before {
        let mut row = row.into_active_model();
        row.withdrawn_at = Set(Some(now));
        row.update(writing.looking()).await?;
    }
    let token = make(writing, None, Role::Admin, Reach::Organisation, SETUP_LASTS).await?;
    Ok(Some(token))
}

/// Invites someone to a staff role, by a letter.
pub async fn invite(
    permit: &mut Permit<'_, ChangeAccounts>,
    mail: &Mail,
    role: Role,
    group: Option<&Slug>,
    letter: &Letter<'_>,
) -> Result<(), InvitationError> {
    let reach = people::staff_reach(permit, role, group).await?;
    send(permit, mail, role, reach, letter).await
}

/// Invites someone to lead the group of the permit, or to supervise it.
pub async fn invite_to_lead(
    permit: &mut Permit<'_, Appoint>,
    mail: &Mail,
    role: Role,
    letter: &Letter<'_>,
) -> Result<(), InvitationError> {
    let reach = Reach::Group(permit.group()?);
    send(permit, mail, role, reach, letter).await
}

/// Invites someone to be a member of the group of the permit.
pub async fn invite_member(
    permit: &mut Permit<'_, ChangeRoster>,
    mail: &Mail,
    letter: &Letter<'_>,
) -> Result<(), InvitationError> {
    let group = permit.group()?;
    people::walk_in(permit.db(), group).await?;
    send(permit, mail, Role::Member, Reach::Group(group), letter).await
}

/// Those that wait for the group of the permit, newest first.
pub async fn waiting_here(permit: &mut Permit<'_, ChangeRoster>) -> Result<Vec<Waiting>, StoreError> {
    let here = open(permit.transaction.now()).filter(invitation::Column::ListingId.eq(permit.group()?.0));
    waiting_of(permit, here).await
}

/// Those to roles of the staff that wait, newest first.
pub async fn waiting(
    permit: &mut Permit<'_, SeeAccounts, impl Transaction>,
) -> Result<Vec<Waiting>, StoreError> {
    let staff = open(permit.transaction.now()).filter(invitation::Column::Role.ne(Role::Member.name()));
    waiting_of(permit, staff).await
}

fn open(now: DateTime<Utc>) -> Select<invitation::Entity> {
    invitation::Entity::find()
        .filter(invitation::Column::AcceptedAt.is_null())
        .filter(invitation::Column::WithdrawnAt.is_null())
        .filter(invitation::Column::ExpiresAt.gt(now))
}

async fn waiting_of<A>(
    permit: &Permit<'_, A, impl Transaction>,
    rows: Select<invitation::Entity>,
) -> Result<Vec<Waiting>, StoreError> {
    let rows = rows
        .order_by_desc(invitation::Column::MadeAt)
        .all(permit.db())
        .await?;
    let mut waiting = Vec::new();
    for row in rows {
        let told = told(&*permit.transaction, &row).await?;
        let to = match told.mail {
            None => To::FirstAdmin,
            Some(mail) if permit.why.right.gives(Need::Read) => To::Address(mail),
            Some(_) => To::Someone,
        };
        waiting.push(Waiting {
            id: InvitationId(row.id),
            role: told.role,
            group: told.group,
            to,
            made_at: row.made_at,
            expires_at: row.expires_at,
        });
    }
    Ok(waiting)
}

/// Sends the letter once more, with a new link; the one before works no more.
pub async fn send_again(
    permit: &mut Permit<'_, ChangeAccounts>,
    id: InvitationId,
    letter: &Letter<'_>,
) -> Result<(), StoreError> {
    let row = invitation::Entity::find_by_id(id.0)
        .filter(invitation::Column::AcceptedAt.is_null())
        .filter(invitation::Column::WithdrawnAt.is_null())
        .filter(invitation::Column::Role.ne(Role::Member.name()))
        .one(permit.db())
        .await?;
    let row = row.ok_or(Denied::NoRight)?;
    let mail = mail(&*permit.transaction, &row).await?.ok_or(Denied::NoRight)?;
    let now = permit.transaction.now();
    permit.act("invitations.send-again", id.to_string()).await?;
    let token = hex(&random::<32>());
    let mut row = row.into_active_model();
    row.token = Set(digest(&token));
    row.expires_at = Set(now + LASTS);
    row.update(permit.db()).await?;
    outbox::put(permit.transaction, &mail, letter.subject, &(letter.body)(&token)).await
}

/// Takes an invitation to a role of the staff back. Who is to be a member of what is not an admin's to say.
pub async fn withdraw(permit: &mut Permit<'_, ChangeAccounts>, id: InvitationId) -> Result<(), StoreError> {
    let row = invitation::Entity::find_by_id(id.0)
        .filter(invitation::Column::AcceptedAt.is_null())
        .filter(invitation::Column::Role.ne(Role::Member.name()))
        .one(permit.db())
        .await?
        .ok_or(StoreError::Denied(Denied::NoRight))?;
    let now = permit.transaction.now();
    let db = permit.act("invitations.withdraw", id.to_string()).await?;
    let mut row = row.into_active_model();
    row.withdrawn_at = Set(Some(now));
    row.update(db).await?;
    Ok(())
}

/// Withdraws one to the group of the permit.
pub async fn withdraw_here(
    permit: &mut Permit<'_, ChangeRoster>,
    id: InvitationId,
) -> Result<(), StoreError> {
    let group = permit.group()?;
    let row = invitation::Entity::find_by_id(id.0)
        .filter(invitation::Column::ListingId.eq(group.0))
        .filter(invitation::Column::AcceptedAt.is_null())
        .one(permit.db())
        .await?
        .ok_or(StoreError::Denied(Denied::NoRight))?;
    let now = permit.transaction.now();
    let db = permit.act("invitations.withdraw", id.to_string()).await?;
    let mut row = row.into_active_model();
    row.withdrawn_at = Set(Some(now));
    row.update(db).await?;
    Ok(())
}

/// What a link invites to; none if it does not work any more.
pub async fn find(transaction: &mut impl Transaction, token: &str) -> Result<Option<Invitation>, StoreError> {
    match row(transaction, token).await? {
        Some(row) => told(transaction, &row).await.map(Some),
        None => Ok(None),
    }
}

/// Takes it up as someone new, under a name and with a password.
pub async fn accept(
    writing: &mut Writing,
    token: &str,
    handle: &Handle,
    mail: Option<&Mail>,
    hashed: Hashed,
) -> Result<Proof, InvitationError> {
    let row = row(writing, token).await?.ok_or(InvitationError::Over)?;
    let invited = told(writing, &row).await?;
    let mail = invited.mail.as_ref().or(mail);
    if let Some(mail) = mail
        && people::by_mail(writing, mail).await?.is_some()
    {
        return Err(InvitationError::AddressTaken);
    }
    let (person, _) = people::create(writing, handle, mail).await?;
    take_up(writing, row, person).await?;
    password::keep(writing, person, hashed).await?;
    Ok(Proof {
        person,
        method: Method::Invitation,
        strength: Strength::One,
    })
}

/// Takes it up as the one who is signed in already.
pub async fn accept_as(writing: &mut Writing, token: &str) -> Result<(), InvitationError> {
    let signed_in = writing.who.person();
    let person = signed_in.ok_or(StoreError::Denied(Denied::NoRight))?.person;
    let row = row(writing, token).await?.ok_or(InvitationError::Over)?;
    take_up(writing, row, person).await
}

/// Someone new in the group of the permit, under a handle and with a code, without an address. For support groups.
pub async fn add_by_handle(
    permit: &mut Permit<'_, ChangeRoster>,
    handle: &Handle,
) -> Result<(Slug, code::Code), InvitationError> {
    let reach = Reach::Group(permit.group()?);
    people::walk_in(permit.db(), permit.group()?).await?;
    let (person, slug) = people::create(permit.transaction, handle, None).await?;
    permit.relation.about = Some(person);
    permit.act("members.add", String::new()).await?;
    people::insert(permit.transaction, person, Role::Member, reach, None).await?;
    let code = code::give(permit.transaction, person).await?;
    Ok((slug, code))
}

async fn send<A: Permitted>(
    permit: &mut Permit<'_, A>,
    mail: &Mail,
    role: Role,
    reach: Reach,
    letter: &Letter<'_>,
) -> Result<(), InvitationError> {
    let theirs = people::by_mail(&*permit.transaction, mail).await?;
    // Nobody with this id: the rules that are about the giver count all the same.
    let to = PersonId(theirs.map_or_else(Uuid::nil, |row| row.id));
    people::check(permit.transaction, to, role, reach).await?;
    if to.0.is_nil() && people::is_closed(&*permit.transaction, mail).await? {
        return Err(InvitationError::AccountClosed);
    }
    if is_waiting(permit.transaction, mail, role, reach).await? {
        return Err(InvitationError::InvitedAlready);
    }
    permit.act("invitations.send", role.name().to_owned()).await?;
    let token = make(permit.transaction, Some(mail), role, reach, LASTS).await?;
    outbox::put(permit.transaction, mail, letter.subject, &(letter.body)(&token)).await?;
    Ok(())
}

async fn is_waiting(writing: &Writing, mail: &Mail, role: Role, reach: Reach) -> Result<bool, StoreError> {
    let rows = invitation::Entity::find()
        .filter(invitation::Column::MailLookup.eq(people::look_up(writing, mail)))
        .filter(invitation::Column::Role.eq(role.name()))
        .filter(invitation::Column::AcceptedAt.is_null())
        .filter(invitation::Column::WithdrawnAt.is_null())
        .filter(invitation::Column::ExpiresAt.gt(writing.now()))
        .all(writing.looking())
        .await?;
    let there = |row: &invitation::Model| match reach {
        Reach::Group(group) => row.listing_id == Some(group.0),
        Reach::Organisation => row.listing_id.is_none(),
    };
    Ok(rows.iter().any(there))
}

async fn make(
    writing: &Writing,
    mail: Option<&Mail>,
    role: Role,
    reach: Reach,
    lasts: TimeDelta,
) -> Result<String, StoreError> {
    let (now, token) = (writing.now(), hex(&random::<32>()));
    let id = new_id(now);
    let row = invitation::Model {
        id,
        token: digest(&token),
        mail: sealed::INVITATION_MAIL
            .seal_some(writing, id, mail.map(people::lower).as_deref())
            .await?,
        mail_lookup: mail.map(|mail| people::look_up(writing, mail)),
        role: role.name().to_owned(),
        listing_id: people::listing_id(reach),
        invited_by: writing.who.person().map(|signed_in| signed_in.person.0),
        made_at: now,
        expires_at: now + lasts,
        accepted_by: None,
        accepted_at: None,
        withdrawn_at: None,
    };
    row.into_active_model().insert(writing.looking()).await?;
    Ok(token)
}

async fn take_up(
    writing: &mut Writing,
    row: invitation::Model,
    person: PersonId,
) -> Result<(), InvitationError> {
    let role = people::role(&row.role)?;
    let reach = people::reach(row.listing_id);
    let act = Act {
        action: "invitations.accept",
        class: "C12",
        object: format!("{} {role}", row.id),
        about: Some(person),
        group: row.listing_id.map(GroupId),
        ..Act::default()
    };
    let now = writing.now();
    let db = writing.act(act).await?;
    // Of two who open the same link at once, the second finds it used.
    let taken = invitation::Entity::update_many()
        .set(invitation::ActiveModel {
            accepted_at: Set(Some(now)),
            accepted_by: Set(Some(person.0)),
            ..Default::default()
        })
        .filter(invitation::Column::Id.eq(row.id))
        .filter(invitation::Column::AcceptedAt.is_null())
        .filter(invitation::Column::WithdrawnAt.is_null())
        .exec(db)
        .await?;
    if taken.rows_affected != 1 || is_past_setup(writing, &row).await? {
        return Err(InvitationError::Over);
    }
    let theirs = people::others_held(writing, person, role, reach).await?;
    may_hold(role, reach, &theirs).map_err(RoleError::from)?;
    if let Some(giver) = row.invited_by.map(PersonId) {
        still_may(writing, giver, person, role, reach).await?;
    }
    people::insert(writing, person, role, reach, None).await?;
    Ok(())
}

/// What was allowed when it was sent may be no more.
async fn still_may(
    writing: &Writing,
    giver: PersonId,
    person: PersonId,
    role: Role,
    reach: Reach,
) -> Result<(), InvitationError> {
    let (db, now) = (writing.looking(), writing.now());
    if people::row(db, giver).await?.ended_at.is_some() {
        return Err(InvitationError::Over);
    }
    let giver = Standing {
        person: giver,
        held: people::held(db, giver).await?,
        strength: Strength::Two,
        proved_at: now,
        opened: Vec::new(),
        now,
    };
    may_grant(&giver, person, role, reach, &[]).map_err(|_| InvitationError::Over)
}

async fn row(transaction: &impl Transaction, token: &str) -> Result<Option<invitation::Model>, StoreError> {
    let row = invitation::Entity::find()
        .filter(invitation::Column::Token.eq(digest(token)))
        .filter(invitation::Column::AcceptedAt.is_null())
        .filter(invitation::Column::WithdrawnAt.is_null())
        .filter(invitation::Column::ExpiresAt.gt(transaction.now()))
        .one(transaction.looking())
        .await?;
    match row {
        Some(row) if is_past_setup(transaction, &row).await? => Ok(None),
        row => Ok(row),
    }
}

/// The link of the first start works only as long as there is no admin.
async fn is_past_setup(transaction: &impl Transaction, row: &invitation::Model) -> Result<bool, StoreError> {
    let of_setup = row.invited_by.is_none() && row.mail.is_none();
    Ok(of_setup && people::has_admin(transaction).await?)
}

async fn mail(transaction: &impl Transaction, row: &invitation::Model) -> Result<Option<Mail>, StoreError> {
    let plain = sealed::INVITATION_MAIL
        .open_some(transaction, row.id, row.mail.as_ref())
        .await?;
    Ok(plain.and_then(|plain| Mail::parse(plain.reveal()).ok()))
}

async fn told(transaction: &impl Transaction, row: &invitation::Model) -> Result<Invitation, StoreError> {
    Ok(Invitation {
        role: people::role(&row.role)?,
        group: people::slug_of(transaction.looking(), row.listing_id).await?,
        mail: mail(transaction, row).await?,
        expires_at: row.expires_at,
    })
}
