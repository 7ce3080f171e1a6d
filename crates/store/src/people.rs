//! People, and the roles they hold.

use chrono::{DateTime, Utc};
use domain::access::{Denied, GrantRefused, Strength, may_grant, may_hold};
use domain::groups::{Kind, Mail, Slug};
use domain::joining::Reason;
use domain::people::{GroupId, Handle, Held, PersonId, Reach, Role};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::audit::Act;
use crate::engine::Store;
use crate::entities::people::{person, role_held};
use crate::entities::{id, listing, new_id};
use crate::joining;
use crate::key::{Key, Purpose, hex, random};
use crate::permit::acts::{
    Appoint, ChangeAccount, ChangeAccounts, ChangeRoster, CountRoster, Permitted, SeeAccount, SeeAccounts,
    SeeContact, SeeRoster,
};
use crate::permit::{self, Permit, standing};
use crate::sealed;
use crate::sessions::{self, SignedIn};
use crate::signing::{Method, Proof};
use crate::transaction::{StoreError, Transaction, Who, Writing};

/// An account, without anything of what its owner does in groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub slug: Slug,
    pub handle: Handle,
    pub created_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
    /// What it holds for the organisation or leads; never of what someone is a member.
    pub roles: Vec<RoleHeld>,
}

/// A role someone holds or held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleHeld {
    pub id: RoleId,
    pub role: Role,
    /// The group, by its slug; none is the organisation.
    pub group: Option<Slug>,
    pub from: DateTime<Utc>,
    pub until: Option<DateTime<Utc>>,
}

/// One role of one person, so that it can be ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleId(Uuid);

id!(RoleId);

/// Someone in a group, by the name they go by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InGroup {
    pub person: Slug,
    pub handle: Handle,
    pub role: RoleHeld,
}

/// The roles that lead a group.
pub(crate) const LEADING: [Role; 3] = [Role::Leader, Role::CoLeader, Role::Facilitator];

/// Why a role was not given or ended.
#[derive(Debug, thiserror::Error)]
pub enum RoleError {
    #[error(transparent)]
    Refused(#[from] GrantRefused),
    #[error("This is the last admin. Make another person admin first.")]
    LastAdmin,
    #[error("This person holds that role already.")]
    HeldAlready,
    #[error("Nobody closes their own account. Ask another admin.")]
    OwnAccount,
    #[error(
        "One joins a therapy group by asking on its page, talking with who leads it, and signing. Who was in it already, elsewhere, is brought in."
    )]
    Screened,
    #[error(
        "No place is left: the group has {most}, and all are taken or kept for someone. Have the person ask for a place anew: then they are on the waiting list."
    )]
    NoPlace { most: u16 },
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for RoleError {
    fn from(why: sea_orm::DbErr) -> Self {
        Self::Store(why.into())
    }
}

/// Everyone who has an account and is on the staff, by name; those whose account is closed last.
pub async fn accounts(
    permit: &mut Permit<'_, SeeAccounts, impl Transaction>,
) -> Result<Vec<Account>, StoreError> {
    let people = person::Entity::find().all(permit.db()).await?;
    let mut accounts = Vec::new();
    for row in people {
        let roles = staff_roles(permit.db(), row.id).await?;
        // That someone is a member, and nothing else, is nobody's business here.
        if !roles.is_empty() {
            accounts.push(account(permit.transaction, row, roles).await?);
        }
    }
    accounts.sort_by(|a, b| (a.ended_at.is_some(), &a.handle).cmp(&(b.ended_at.is_some(), &b.handle)));
    Ok(accounts)
}

/// The account that the permit is about.
pub async fn account_of(
    permit: &mut Permit<'_, SeeAccount, impl Transaction>,
) -> Result<(Account, Option<Mail>), StoreError> {
    let about = permit.about()?;
    let row = row(permit.db(), about).await?;
    let mail = mail(permit.transaction, &row).await?;
    let roles = staff_roles(permit.db(), row.id).await?;
    Ok((account(permit.transaction, row, roles).await?, mail))
}

/// The account of someone on the staff. Who is a member and nothing else has none here.
pub async fn staff_account(
    permit: &mut Permit<'_, SeeAccount, impl Transaction>,
) -> Result<(Account, Option<Mail>), StoreError> {
    let (account, mail) = account_of(permit).await?;
    if account.roles.is_empty() {
        return Err(Denied::NoRight.into());
    }
    Ok((account, mail))
}

/// Who is in the group and who leads it, as of now; leaders first.
pub async fn roster(
    permit: &mut Permit<'_, SeeRoster, impl Transaction>,
) -> Result<Vec<InGroup>, StoreError> {
    let (group, now) = (permit.group()?, permit.transaction.now());
    let rows = in_group(permit.db(), group, now).await?;
    let mut roster = Vec::new();
    for row in rows {
        let person = self::row(permit.db(), PersonId(row.person_id)).await?;
        roster.push(InGroup {
            person: slug(&person.slug)?,
            handle: handle(permit.transaction, &person).await?,
            role: role_of(permit.db(), row).await?,
        });
    }
    roster.sort_by(|a, b| {
        let order = |one: &InGroup| (std::cmp::Reverse(one.role.role.rank()), one.handle.clone());
        order(a).cmp(&order(b))
    });
    Ok(roster)
}

/// How to reach the person of the permit, in the group of the permit. Looking is written down.
pub async fn contact(permit: &mut Permit<'_, SeeContact>) -> Result<(Handle, Option<Mail>), StoreError> {
    let row = row(permit.db(), permit.about()?).await?;
    let mail = mail(permit.transaction, &row).await?;
    Ok((handle(permit.transaction, &row).await?, mail))
}

/// How many members the group has now.
pub async fn members(permit: &mut Permit<'_, CountRoster, impl Transaction>) -> Result<usize, StoreError> {
    let (group, now) = (permit.group()?, permit.transaction.now());
    let rows = in_group(permit.db(), group, now).await?;
    Ok(rows.iter().filter(|row| row.role == Role::Member.name()).count())
}

/// Gives a staff role: for the organisation, or in one group. Who is a member of what is not an admin's to say.
pub async fn give(
    permit: &mut Permit<'_, ChangeAccounts>,
    to: &Slug,
    role: Role,
    group: Option<&Slug>,
    until: Option<DateTime<Utc>>,
) -> Result<(), RoleError> {
    let reach = staff_reach(permit, role, group).await?;
    hand(permit, "roles.give", to, role, reach, until).await
}

/// Makes someone lead the group of the permit, or supervise it.
pub async fn appoint(
    permit: &mut Permit<'_, Appoint>,
    to: &Slug,
    role: Role,
    until: Option<DateTime<Utc>>,
) -> Result<(), RoleError> {
    if role == Role::Member {
        return Err(GrantRefused::NotTheirs.into());
    }
    let reach = Reach::Group(permit.group()?);
    hand(permit, "roles.give", to, role, reach, until).await
}

/// Has someone lead the group of the permit for a time: whoever stands in for someone else.
pub(crate) async fn appoint_between(
    permit: &mut Permit<'_, Appoint>,
    to: PersonId,
    role: Role,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<(), RoleError> {
    let reach = Reach::Group(permit.group()?);
    if row(permit.db(), to).await?.ended_at.is_some() {
        return Err(StoreError::Denied(Denied::NoRight).into());
    }
    check(permit.transaction, to, role, reach).await?;
    let then = held(permit.db(), to).await?;
    if then
        .iter()
        .any(|held| held.reach == reach && held.role == role && held.holds(from))
    {
        return Err(RoleError::HeldAlready);
    }
    permit.relation.about = Some(to);
    permit.act("roles.give", role.name().to_owned()).await?;
    put(permit.transaction, to, role, reach, (from, Some(until))).await?;
    Ok(())
}

/// Takes someone into the group of the permit.
pub async fn add_member(permit: &mut Permit<'_, ChangeRoster>, to: &Slug) -> Result<(), RoleError> {
    walk_in(permit.db(), permit.group()?).await?;
    let reach = Reach::Group(permit.group()?);
    hand(permit, "members.add", to, Role::Member, reach, None).await
}

/// Takes the end of a membership back: a member from now on, who was one here before. Somebody else may have their place by now.
pub async fn take_back_member(permit: &mut Permit<'_, ChangeRoster>, to: &Slug) -> Result<(), RoleError> {
    let (group, person) = (permit.group()?, by_slug(permit.db(), to).await?);
    if !belongs(permit.db(), person, group).await? {
        return Err(StoreError::Denied(Denied::NoRight).into());
    }
    let reach = Reach::Group(group);
    if walk_in(permit.db(), group).await.is_ok() {
        return add_member(permit, to).await;
    }
    permit.relation.about = Some(person);
    permit.act("members.add", String::new()).await?;
    check(permit.transaction, person, Role::Member, reach).await?;
    has_place(permit.transaction, group).await?;
    insert(permit.transaction, person, Role::Member, reach, None).await?;
    if joining::taken_back(permit.transaction, person, group).await? {
        Ok(())
    } else {
        Err(RoleError::Screened)
    }
}

/// That a place is left in a group. Nobody else takes one after an audit row of the group.
async fn has_place(writing: &Writing, group: GroupId) -> Result<(), RoleError> {
    let (_, listing) = joining::listing_of(writing.looking(), group).await?;
    let places = joining::places(writing.looking(), group, &listing, writing.now()).await?;
    if places.left() == 0 {
        return Err(RoleError::NoPlace { most: places.most });
    }
    Ok(())
}

/// Whether one comes into the group without being screened: nobody does into a therapy group (SCIENCE 6 a).
pub(crate) async fn walk_in(db: &DatabaseTransaction, group: GroupId) -> Result<(), RoleError> {
    let (_, listing) = joining::listing_of(db, group).await?;
    match listing.kind {
        Kind::Support => Ok(()),
        Kind::Therapy => Err(RoleError::Screened),
    }
}

/// Where an admin gives a role: nobody's membership.
pub(crate) async fn staff_reach(
    permit: &Permit<'_, ChangeAccounts>,
    role: Role,
    group: Option<&Slug>,
) -> Result<Reach, RoleError> {
    if role == Role::Member {
        return Err(GrantRefused::NotTheirs.into());
    }
    reach_of(permit.db(), group).await.map_err(Into::into)
}

/// Gives a role by the permit, if it may be given.
async fn hand<A: Permitted>(
    permit: &mut Permit<'_, A>,
    action: &'static str,
    to: &Slug,
    role: Role,
    reach: Reach,
    until: Option<DateTime<Utc>>,
) -> Result<(), RoleError> {
    let to = by_slug(permit.db(), to).await?;
    check(permit.transaction, to, role, reach).await?;
    permit.relation.about = Some(to);
    let object = if role == Role::Member { "" } else { role.name() };
    permit.act(action, object.to_owned()).await?;
    insert(permit.transaction, to, role, reach, until).await
}

/// Ends a staff role from now on.
pub async fn end(permit: &mut Permit<'_, ChangeAccounts>, id: RoleId) -> Result<(), RoleError> {
    let row = role_held::Entity::find_by_id(id.0)
        .filter(role_held::Column::Role.ne(Role::Member.name()))
        .one(permit.db())
        .await?
        .ok_or(StoreError::Denied(Denied::NoRight))?;
    permit.relation.about = Some(PersonId(row.person_id));
    // Written down first: that holds the audit's number until the commit, so of two admins who end each other one waits
    // here and then counts what the other has left.
    permit.act("roles.end", row.role.clone()).await?;
    let now = permit.transaction.now();
    let is_admin = row.role == Role::Admin.name() && holds(&row, now);
    if is_admin && admins(permit.db(), now).await? <= 1 {
        return Err(RoleError::LastAdmin);
    }
    close(permit.transaction, row).await
}

/// Ends the role of someone who leads the group of the permit.
pub async fn dismiss(permit: &mut Permit<'_, Appoint>, id: RoleId) -> Result<(), RoleError> {
    let row = role_in(permit.db(), permit.group()?, id).await?;
    if row.role == Role::Member.name() {
        return Err(StoreError::Denied(Denied::NoRight).into());
    }
    permit.relation.about = Some(PersonId(row.person_id));
    permit.act("roles.end", row.role.clone()).await?;
    close(permit.transaction, row).await
}

/// Takes a member out of the group of the permit; of a therapy group it is kept why they came no more.
pub async fn remove_member(
    permit: &mut Permit<'_, ChangeRoster>,
    id: RoleId,
    reason: Reason,
) -> Result<(), RoleError> {
    let row = role_in(permit.db(), permit.group()?, id).await?;
    if row.role != Role::Member.name() {
        return Err(StoreError::Denied(Denied::NoRight).into());
    }
    permit.relation.about = Some(PersonId(row.person_id));
    permit.act("members.remove", String::new()).await?;
    joining::taken_out(permit.transaction, row.id, reason).await?;
    close(permit.transaction, row).await
}

/// Closes the account of someone on the staff: every session and every role ends at once; what they did stays.
pub async fn close_account(permit: &mut Permit<'_, ChangeAccounts>, whose: &Slug) -> Result<(), RoleError> {
    let id = turn_to(permit, whose).await?;
    // Written down first, as in `end`: of two admins who close each other's account one waits here.
    permit.act("accounts.close", String::new()).await?;
    let now = permit.transaction.now();
    let roles = role_held::Entity::find()
        .filter(role_held::Column::PersonId.eq(id.0))
        .all(permit.db())
        .await?;
    let is_admin = |row: &role_held::Model| row.role == Role::Admin.name() && holds(row, now);
    if roles.iter().any(is_admin) && admins(permit.db(), now).await? <= 1 {
        return Err(RoleError::LastAdmin);
    }
    for row in roles {
        close(permit.transaction, row).await?;
    }
    sessions::end_all(permit.transaction, id).await?;
    set_ended(permit.transaction, id, Some(now)).await
}

/// Has the leave be about this person, who is on the staff and somebody else: one's own account has pages of its own.
pub async fn turn_to(permit: &mut Permit<'_, ChangeAccounts>, whose: &Slug) -> Result<PersonId, RoleError> {
    let id = by_slug(permit.db(), whose).await?;
    on_the_staff(permit.db(), id).await?;
    if permit.person() == Some(id) {
        return Err(RoleError::OwnAccount);
    }
    permit.relation.about = Some(id);
    Ok(id)
}

/// Opens a closed account again. Its roles stay ended: each is given anew, by someone who may.
pub async fn reopen_account(permit: &mut Permit<'_, ChangeAccounts>, whose: &Slug) -> Result<(), RoleError> {
    let row = person::Entity::find()
        .filter(person::Column::Slug.eq(whose.as_str()))
        .filter(person::Column::EndedAt.is_not_null())
        .one(permit.db())
        .await?
        .ok_or(StoreError::Denied(Denied::NoRight))?;
    let id = PersonId(row.id);
    on_the_staff(permit.db(), id).await?;
    permit.relation.about = Some(id);
    permit.act("accounts.reopen", String::new()).await?;
    set_ended(permit.transaction, id, None).await
}

/// Whether anyone is admin now.
pub async fn has_admin(transaction: &impl Transaction) -> Result<bool, StoreError> {
    Ok(admins(transaction.looking(), transaction.now()).await? > 0)
}

/// Someone new, under a name and perhaps with a mail address. The caller has written down why.
pub(crate) async fn create(
    writing: &Writing,
    handle: &Handle,
    mail: Option<&Mail>,
) -> Result<(PersonId, Slug), StoreError> {
    let (now, slug) = (writing.now(), Slug::from_bits(u64::from_be_bytes(random())));
    let id = new_id(now);
    let row = person::Model {
        id,
        slug: slug.to_string(),
        handle: sealed::HANDLE.seal(writing, id, handle.as_str()).await?,
        mail: sealed::MAIL
            .seal_some(writing, id, mail.map(lower).as_deref())
            .await?,
        mail_lookup: mail.map(|mail| look_up(writing, mail)),
        created_at: now,
        ended_at: None,
        deleted_at: None,
    };
    row.into_active_model().insert(writing.looking()).await?;
    Ok((PersonId(id), slug))
}

/// What one is called oneself, from now on.
pub async fn rename(permit: &mut Permit<'_, ChangeAccount>, handle: &Handle) -> Result<(), StoreError> {
    let row = row(permit.db(), permit.about()?).await?;
    permit.act("account.rename", String::new()).await?;
    let sealed = sealed::HANDLE
        .seal(permit.transaction, row.id, handle.as_str())
        .await?;
    let mut row = row.into_active_model();
    row.handle = Set(sealed);
    row.update(permit.db()).await?;
    Ok(())
}

/// Gives someone another address, and tells the one from before. The caller has written down why.
pub(crate) async fn change_mail(
    writing: &Writing,
    person: PersonId,
    mail: &Mail,
) -> Result<Option<Mail>, StoreError> {
    let row = row(writing.looking(), person).await?;
    let before = self::mail(writing, &row).await?;
    let sealed = sealed::MAIL.seal(writing, row.id, &lower(mail)).await?;
    let mut row = row.into_active_model();
    row.mail = Set(Some(sealed));
    row.mail_lookup = Set(Some(look_up(writing, mail)));
    row.update(writing.looking()).await?;
    Ok(before)
}

/// The account with this address, for whoever sits at the machine.
pub async fn named(writing: &mut Writing, mail: &Mail) -> Result<Option<Slug>, StoreError> {
    if writing.who != Who::Operator {
        return Err(Denied::NoRight.into());
    }
    let row = by_mail(writing, mail).await?;
    row.map(|row| slug(&row.slug)).transpose()
}

/// A mail address as it is kept: people type capitals as they please.
pub(crate) fn lower(mail: &Mail) -> String {
    mail.as_str().to_lowercase()
}

/// By what the row with a mail address is found, which cannot be read.
pub(crate) fn look_up(transaction: &impl Transaction, mail: &Mail) -> String {
    blind(transaction.key(), &lower(mail))
}

pub(crate) fn blind(key: &Key, mail: &str) -> String {
    hex(&key.mac(Purpose::LookUp, &[b"mail", mail.as_bytes()])[..16])
}

/// The open account with this address.
pub(crate) async fn by_mail(
    transaction: &impl Transaction,
    mail: &Mail,
) -> Result<Option<person::Model>, StoreError> {
    let row = person::Entity::find()
        .filter(person::Column::MailLookup.eq(look_up(transaction, mail)))
        .filter(person::Column::EndedAt.is_null())
        .one(transaction.looking())
        .await?;
    Ok(row)
}

/// Whether the account with this address was closed.
pub(crate) async fn is_closed(transaction: &impl Transaction, mail: &Mail) -> Result<bool, StoreError> {
    let row = person::Entity::find()
        .filter(person::Column::MailLookup.eq(look_up(transaction, mail)))
        .filter(person::Column::EndedAt.is_not_null())
        .one(transaction.looking())
        .await?;
    Ok(row.is_some())
}

/// Every role that was ever given to someone.
pub(crate) async fn held(db: &DatabaseTransaction, person: PersonId) -> Result<Vec<Held>, StoreError> {
    let rows = role_held::Entity::find()
        .filter(role_held::Column::PersonId.eq(person.0))
        .order_by_asc(role_held::Column::Id)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Held {
                role: role(&row.role)?,
                reach: reach(row.listing_id),
                from: row.from_at,
                until: row.until_at,
            })
        })
        .collect()
}

/// Whether someone is or was in the group, as a member or as one who leads it.
pub(crate) async fn belongs(
    db: &DatabaseTransaction,
    person: PersonId,
    group: GroupId,
) -> Result<bool, StoreError> {
    let row = role_held::Entity::find()
        .filter(role_held::Column::PersonId.eq(person.0))
        .filter(role_held::Column::ListingId.eq(group.0))
        .one(db)
        .await?;
    Ok(row.is_some())
}

/// A role that nobody had to ask for: of an invitation, or the demo's.
pub(crate) async fn insert(
    writing: &Writing,
    to: PersonId,
    role: Role,
    reach: Reach,
    until: Option<DateTime<Utc>>,
) -> Result<(), RoleError> {
    Ok(put(writing, to, role, reach, (writing.now(), until)).await?)
}

async fn put(
    writing: &Writing,
    to: PersonId,
    role: Role,
    reach: Reach,
    (from, until): (DateTime<Utc>, Option<DateTime<Utc>>),
) -> Result<(), StoreError> {
    let row = role_held::Model {
        id: new_id(writing.now()),
        person_id: to.0,
        role: role.name().to_owned(),
        listing_id: listing_id(reach),
        from_at: from,
        until_at: until,
        given_by: writing.who.person().map(|signed_in| signed_in.person.0),
    };
    row.into_active_model().insert(writing.looking()).await?;
    Ok(())
}

/// Whether the one who acts may give this role, and whether it is not held already.
pub(crate) async fn check(
    writing: &Writing,
    to: PersonId,
    role: Role,
    reach: Reach,
) -> Result<(), RoleError> {
    let theirs = others_held(writing, to, role, reach).await?;
    match writing.who {
        Who::Person(_) => may_grant(&standing(writing).await?, to, role, reach, &theirs)?,
        _ => may_hold(role, reach, &theirs)?,
    }
    Ok(())
}

/// What someone holds there beside this role, which they do not hold yet.
pub(crate) async fn others_held(
    writing: &Writing,
    person: PersonId,
    role: Role,
    reach: Reach,
) -> Result<Vec<Role>, RoleError> {
    let now = writing.now();
    let held = held(writing.looking(), person).await?;
    let there = held
        .into_iter()
        .filter(|held| held.holds(now) && held.reach == reach);
    let theirs: Vec<Role> = there.map(|held| held.role).collect();
    if theirs.contains(&role) {
        return Err(RoleError::HeldAlready);
    }
    Ok(theirs)
}

/// Whether someone holds or held a staff role.
pub(crate) async fn is_on_staff(db: &DatabaseTransaction, person: PersonId) -> Result<bool, StoreError> {
    let row = role_held::Entity::find()
        .filter(role_held::Column::PersonId.eq(person.0))
        .filter(role_held::Column::Role.ne(Role::Member.name()))
        .one(db)
        .await?;
    Ok(row.is_some())
}

/// An admin has nothing to say about who is a member and nothing else.
async fn on_the_staff(db: &DatabaseTransaction, person: PersonId) -> Result<(), StoreError> {
    if !is_on_staff(db, person).await? {
        return Err(Denied::NoRight.into());
    }
    Ok(())
}

async fn set_ended(writing: &Writing, whose: PersonId, at: Option<DateTime<Utc>>) -> Result<(), RoleError> {
    let row = person::ActiveModel {
        id: Set(whose.0),
        ended_at: Set(at),
        ..Default::default()
    };
    row.update(writing.looking()).await?;
    Ok(())
}

async fn close(writing: &Writing, row: role_held::Model) -> Result<(), RoleError> {
    let now = writing.now();
    if row.until_at.is_some_and(|until| until <= now) {
        return Ok(());
    }
    let mut row = row.into_active_model();
    row.until_at = Set(Some(now));
    row.update(writing.looking()).await?;
    Ok(())
}

/// Ends the role of a membership that has ended. The caller has written down why.
pub(crate) async fn close_by(writing: &Writing, role: Uuid) -> Result<(), StoreError> {
    let now = writing.now();
    role_held::Entity::update_many()
        .col_expr(role_held::Column::UntilAt, sea_orm::sea_query::Expr::value(now))
        .filter(role_held::Column::Id.eq(role))
        .filter(role_held::Column::UntilAt.is_null())
        .filter(role_held::Column::FromAt.lte(now))
        .exec(writing.looking())
        .await?;
    // One that was to begin later never did.
    role_held::Entity::delete_many()
        .filter(role_held::Column::Id.eq(role))
        .filter(role_held::Column::FromAt.gt(now))
        .exec(writing.looking())
        .await?;
    Ok(())
}

pub(crate) async fn admins(db: &DatabaseTransaction, now: DateTime<Utc>) -> Result<usize, StoreError> {
    let rows = role_held::Entity::find()
        .filter(role_held::Column::Role.eq(Role::Admin.name()))
        .all(db)
        .await?;
    let mut people: Vec<Uuid> = Vec::new();
    for row in rows.iter().filter(|row| holds(row, now)) {
        let open = self::row(db, PersonId(row.person_id)).await?.ended_at.is_none();
        if open && !people.contains(&row.person_id) {
            people.push(row.person_id);
        }
    }
    Ok(people.len())
}

pub(crate) fn holds(row: &role_held::Model, now: DateTime<Utc>) -> bool {
    row.from_at <= now && row.until_at.is_none_or(|until| now < until)
}

/// Every role in a group that is held now.
pub(crate) async fn in_group(
    db: &DatabaseTransaction,
    group: GroupId,
    now: DateTime<Utc>,
) -> Result<Vec<role_held::Model>, StoreError> {
    let rows = role_held::Entity::find()
        .filter(role_held::Column::ListingId.eq(group.0))
        .all(db)
        .await?;
    Ok(rows.into_iter().filter(|row| holds(row, now)).collect())
}

async fn role_in(
    db: &DatabaseTransaction,
    group: GroupId,
    id: RoleId,
) -> Result<role_held::Model, StoreError> {
    role_held::Entity::find_by_id(id.0)
        .filter(role_held::Column::ListingId.eq(group.0))
        .one(db)
        .await?
        .ok_or(StoreError::Denied(Denied::NoRight))
}

async fn staff_roles(db: &DatabaseTransaction, person: Uuid) -> Result<Vec<RoleHeld>, StoreError> {
    let rows = role_held::Entity::find()
        .filter(role_held::Column::PersonId.eq(person))
        .filter(role_held::Column::Role.ne(Role::Member.name()))
        .order_by_asc(role_held::Column::Id)
        .all(db)
        .await?;
    let mut roles = Vec::new();
    for row in rows {
        roles.push(role_of(db, row).await?);
    }
    Ok(roles)
}

async fn role_of(db: &DatabaseTransaction, row: role_held::Model) -> Result<RoleHeld, StoreError> {
    Ok(RoleHeld {
        id: RoleId(row.id),
        role: role(&row.role)?,
        group: slug_of(db, row.listing_id).await?,
        from: row.from_at,
        until: row.until_at,
    })
}

/// The slug of the group in which something holds.
pub(crate) async fn slug_of(
    db: &DatabaseTransaction,
    group: Option<Uuid>,
) -> Result<Option<Slug>, StoreError> {
    let Some(id) = group else { return Ok(None) };
    let row = listing::Entity::find_by_id(id).one(db).await?;
    row.map(|row| slug(&row.slug)).transpose()
}

/// The reach of a row: its group, or the organisation.
pub(crate) fn reach(listing_id: Option<Uuid>) -> Reach {
    listing_id.map_or(Reach::Organisation, |id| Reach::Group(GroupId(id)))
}

pub(crate) fn listing_id(reach: Reach) -> Option<Uuid> {
    match reach {
        Reach::Group(group) => Some(group.0),
        Reach::Organisation => None,
    }
}

async fn reach_of(db: &DatabaseTransaction, group: Option<&Slug>) -> Result<Reach, StoreError> {
    Ok(match group {
        Some(slug) => Reach::Group(permit::group(db, slug).await?),
        None => Reach::Organisation,
    })
}

async fn account(
    transaction: &impl Transaction,
    row: person::Model,
    roles: Vec<RoleHeld>,
) -> Result<Account, StoreError> {
    Ok(Account {
        slug: slug(&row.slug)?,
        handle: handle(transaction, &row).await?,
        created_at: row.created_at,
        ended_at: row.ended_at,
        roles,
    })
}

pub(crate) async fn row(db: &DatabaseTransaction, id: PersonId) -> Result<person::Model, StoreError> {
    person::Entity::find_by_id(id.0)
        .one(db)
        .await?
        .ok_or(StoreError::Denied(Denied::NoRight))
}

async fn by_slug(db: &DatabaseTransaction, slug: &Slug) -> Result<PersonId, StoreError> {
    let row = person::Entity::find()
        .filter(person::Column::Slug.eq(slug.as_str()))
        .filter(person::Column::EndedAt.is_null())
        .one(db)
        .await?;
    row.map(|row| PersonId(row.id))
        .ok_or(StoreError::Denied(Denied::NoRight))
}

pub(crate) fn slug(text: &str) -> Result<Slug, StoreError> {
    Slug::parse(text).map_err(|why| StoreError::Database(why.into()))
}

/// What someone goes by.
pub(crate) async fn handle(
    transaction: &impl Transaction,
    row: &person::Model,
) -> Result<Handle, StoreError> {
    let plain = sealed::HANDLE.open(transaction, row.id, &row.handle).await?;
    Handle::parse(plain.reveal()).map_err(|why| StoreError::Database(why.into()))
}

/// Their address, where they gave one.
pub(crate) async fn mail(
    transaction: &impl Transaction,
    row: &person::Model,
) -> Result<Option<Mail>, StoreError> {
    let plain = sealed::MAIL
        .open_some(transaction, row.id, row.mail.as_ref())
        .await?;
    Ok(plain.and_then(|plain| Mail::parse(plain.reveal()).ok()))
}

/// The addresses of those who hold one of these roles now and whose account is open, each once.
pub(crate) async fn mails_of(
    transaction: &impl Transaction,
    roles: Vec<role_held::Model>,
) -> Result<Vec<Mail>, StoreError> {
    let (mut mails, now) = (Vec::new(), transaction.now());
    for role in roles.iter().filter(|role| holds(role, now)) {
        let person = row(transaction.looking(), PersonId(role.person_id)).await?;
        if person.ended_at.is_none() {
            mails.extend(mail(transaction, &person).await?);
        }
    }
    mails.sort_by(|a, b| a.as_str().cmp(b.as_str()));
    mails.dedup();
    Ok(mails)
}

pub(crate) fn role(name: &str) -> Result<Role, StoreError> {
    Role::named(name).ok_or_else(|| StoreError::Database(format!("{name} is no role").into()))
}

/// Who looks around in the demo with this role: the first who holds it. Only a file named as the demo's has such people,
/// and only the demo has a route that asks.
pub async fn demo_proof(store: &Store, role: Role) -> Result<Option<Proof>, StoreError> {
    if !is_demo(store) {
        return Ok(None);
    }
    let reading = store.read(Who::Visitor).await?;
    let rows = role_held::Entity::find()
        .filter(role_held::Column::Role.eq(role.name()))
        .order_by_asc(role_held::Column::Id)
        .all(&reading.transaction)
        .await?;
    let row = rows.into_iter().find(|row| holds(row, reading.now));
    Ok(row.map(|row| Proof {
        person: PersonId(row.person_id),
        method: Method::Demo,
        strength: Strength::Two,
    }))
}

/// Whether this is the demo's own file, in which everyone is invented.
pub(crate) fn is_demo(store: &Store) -> bool {
    let file = store.url().file().and_then(|file| file.file_name());
    file.is_some_and(|name| name == DEMO)
}

/// That someone of the demo shows again who they are, by one click.
pub fn demo_proof_again(store: &Store, signed_in: &SignedIn) -> Option<Proof> {
    is_demo(store).then_some(Proof {
        person: signed_in.person,
        method: Method::Demo,
        strength: Strength::Two,
    })
}

/// The name of the demo's file.
pub const DEMO: &str = "demo.db";

/// Someone invented, who holds these roles. For the demo's job only.
pub async fn invent(
    writing: &mut Writing,
    handle: &Handle,
    mail: Option<&Mail>,
    roles: &[(Role, Option<&Slug>)],
) -> Result<Slug, RoleError> {
    if writing.who != Who::Job("demo") {
        return Err(StoreError::Denied(Denied::NoRight).into());
    }
    let act = Act {
        action: "people.invent",
        class: "C12",
        ..Act::default()
    };
    writing.act(act).await?;
    let (person, slug) = create(writing, handle, mail).await?;
    for (role, group) in roles {
        let reach = reach_of(writing.looking(), *group).await?;
        insert(writing, person, *role, reach, None).await?;
    }
    Ok(slug)
}
