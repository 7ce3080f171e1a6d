//! Asking for a place: by account, or by a mailed link that makes one.

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::Strength;
use domain::agreements::Age;
use domain::groups::{Mail, Slug};
use domain::joining::{Answer, Application, AskRefused};
use domain::people::{GroupId, Handle, PersonId, Role};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::answers::{SEND_CHOSEN, keep_chosen};
use super::stepping::{happened, shown, tell_staff};
use super::{JoiningError, Told, by_slug, listing_of, open_one, unread};
use crate::audit::Act;
use crate::entities::joining::{application, asking};
use crate::entities::new_id;
use crate::key::{digest, hex, random};
use crate::permit::{self, Permit, acts::Apply};
use crate::sealed::{ASKING_HANDLE, ASKING_MAIL};
use crate::signing::link::Letter;
use crate::signing::{Method, Proof};
use crate::transaction::{StoreError, Transaction, Writing};
use crate::{outbox, people};

/// How long the link in the letter works.
pub const LASTS: TimeDelta = TimeDelta::days(3);

/// Asks for a place in the group of the permit, which is about oneself.
pub async fn ask(permit: &mut Permit<'_, Apply>, age: Age, told: &Told<'_>) -> Result<Slug, JoiningError> {
    let (person, group) = (permit.about()?, permit.group()?);
    permit.act("joining.ask", String::new()).await?;
    let now = permit.transaction.now();
    let row = begin(permit.transaction, Begun::asked(person, group, age, now), told).await?;
    Ok(people::slug(&row.slug)?)
}

/// Writes a letter to an address whose owner asks for a place, without saying whether anyone here has it. What they ask stands behind
/// its link, with what they send along of what they answered in the chooser.
pub async fn by_mail(
    writing: &mut Writing,
    group: &Slug,
    (handle, mail): (&Handle, &Mail),
    (age, chosen): (Age, &[Answer]),
    letter: &Letter<'_>,
) -> Result<(), JoiningError> {
    let group = permit::group(writing.looking(), group).await?;
    takes(writing, group).await?;
    let act = Act {
        action: "joining.ask-by-mail",
        class: "C14",
        group: Some(group),
        ..Act::default()
    };
    writing.act(act).await?;
    let (now, token) = (writing.now(), hex(&random::<32>()));
    let id = new_id(now);
    let named = named(handle, chosen)?;
    let row = asking::Model {
        id,
        token: digest(&token),
        listing_id: group.0,
        handle: ASKING_HANDLE.seal(writing, id, &named).await?,
        mail: ASKING_MAIL.seal(writing, id, mail.as_str()).await?,
        age: age.name().to_owned(),
        made_at: now,
        expires_at: now + LASTS,
        used_at: None,
        used_by: None,
    };
    row.into_active_model().insert(writing.looking()).await?;
    outbox::put(writing, mail, letter.subject, &(letter.body)(&token)).await?;
    Ok(())
}

/// For which group a link asks; none if it does not work any more.
pub async fn find(transaction: &mut impl Transaction, token: &str) -> Result<Option<Slug>, StoreError> {
    match row(transaction, token).await? {
        Some(row) => people::slug_of(transaction.looking(), Some(row.listing_id)).await,
        None => Ok(None),
    }
}

/// Asks, as whoever has the address of the letter: their account, or a new one. Who asked already finds that.
pub async fn take_up(
    writing: &mut Writing,
    token: &str,
    told: &Told<'_>,
) -> Result<Option<(Proof, Slug)>, JoiningError> {
    let Some(row) = row(writing, token).await? else {
        return Ok(None);
    };
    let mail = ASKING_MAIL.open(writing, row.id, &row.mail).await?;
    let named = ASKING_HANDLE.open(writing, row.id, &row.handle).await?;
    let (Ok(mail), Some((handle, chosen))) = (Mail::parse(mail.reveal()), unnamed(named.reveal())) else {
        return Err(unread("asking", row.id, "no address").into());
    };
    let (id, group, age) = (row.id, GroupId(row.listing_id), super::age(&row.age, row.id)?);
    let account = people::by_mail(writing, &mail).await?;
    if account.is_none() && people::is_closed(writing, &mail).await? {
        return Err(JoiningError::AccountClosed);
    }
    let person = match account {
        Some(account) => PersonId(account.id),
        None => people::create(writing, &handle, Some(&mail)).await?.0,
    };
    let act = Act {
        action: "joining.ask",
        class: "C14",
        object: id.simple().to_string(),
        group: Some(group),
        about: Some(person),
        ..Act::default()
    };
    writing.act(act).await?;
    // Of two who open the link at once, the second finds it used.
    let used = asking::Entity::update_many()
        .set(asking::ActiveModel {
            // What was sent along goes to where it was sent.
            handle: Set(ASKING_HANDLE.seal(writing, id, handle.as_str()).await?),
            used_at: Set(Some(writing.now())),
            used_by: Set(Some(person.0)),
            ..Default::default()
        })
        .filter(asking::Column::Id.eq(id))
        .filter(asking::Column::UsedAt.is_null())
        .exec(writing.looking())
        .await?;
    if used.rows_affected != 1 {
        return Ok(None);
    }
    let begun = Begun::asked(person, group, age, writing.now());
    let slug = match begin(writing, begun, told).await {
        Err(JoiningError::AskedAlready(slug)) => slug,
        other => people::slug(&other?.slug)?,
    };
    if !chosen.is_empty() {
        let application = by_slug(writing.looking(), &slug).await?.id;
        let act = Act {
            action: SEND_CHOSEN,
            class: "C4",
            object: application.simple().to_string(),
            group: Some(group),
            about: Some(person),
            ..Act::default()
        };
        writing.act(act).await?;
        keep_chosen(writing, (application, group), &chosen).await?;
    }
    let proof = Proof {
        person,
        method: Method::Link,
        strength: Strength::One,
    };
    Ok(Some((proof, slug)))
}

/// What is sealed of who asks by letter: what they are called, and in a line below that what they send along, if they do. A name has one
/// line.
fn named(handle: &Handle, chosen: &[Answer]) -> Result<String, StoreError> {
    if chosen.is_empty() {
        return Ok(handle.as_str().to_owned());
    }
    let chosen = serde_json::to_string(chosen).map_err(|why| StoreError::Database(why.into()))?;
    Ok(format!("{handle}\n{chosen}"))
}

fn unnamed(text: &str) -> Option<(Handle, Vec<Answer>)> {
    let (handle, chosen) = text.split_once('\n').unwrap_or((text, "[]"));
    Some((Handle::parse(handle).ok()?, serde_json::from_str(chosen).ok()?))
}

async fn row(transaction: &impl Transaction, token: &str) -> Result<Option<asking::Model>, StoreError> {
    let row = asking::Entity::find()
        .filter(asking::Column::Token.eq(digest(token)))
        .filter(asking::Column::UsedAt.is_null())
        .filter(asking::Column::ExpiresAt.gt(transaction.now()))
        .one(transaction.looking())
        .await?;
    Ok(row)
}

/// Whether the group is one that takes people.
async fn takes(writing: &Writing, group: GroupId) -> Result<(), JoiningError> {
    let (_, listing) = listing_of(writing.looking(), group).await?;
    AskRefused::check(listing.kind, listing.seats)?;
    Ok(())
}

/// A way into a group that begins.
pub(super) struct Begun {
    pub person: PersonId,
    pub group: GroupId,
    pub age: Age,
    pub way: Application,
    /// What is done, by whom.
    pub act: &'static str,
    pub by: PersonId,
}

impl Begun {
    /// Somebody asks for it themselves.
    fn asked(person: PersonId, group: GroupId, age: Age, now: DateTime<Utc>) -> Self {
        Self {
            person,
            group,
            age,
            way: Application::ask(now),
            act: "ask",
            by: person,
        }
    }
}

/// The caller has written down why, in the scope of the group.
pub(super) async fn begin(
    writing: &mut Writing,
    begun: Begun,
    told: &Told<'_>,
) -> Result<application::Model, JoiningError> {
    let Begun {
        person,
        group,
        age,
        way,
        act,
        by,
    } = begun;
    takes(writing, group).await?;
    let (db, now) = (writing.looking(), way.moved_at());
    if let Some(open) = open_one(db, person, group).await? {
        return Err(JoiningError::AskedAlready(people::slug(&open.slug)?));
    }
    for held in people::held(db, person).await? {
        let here =
            held.until.is_none_or(|until| now < until) && held.reach == domain::people::Reach::Group(group);
        match held.role {
            _ if !here => {}
            Role::Member => return Err(JoiningError::InAlready),
            _ => return Err(JoiningError::Leads),
        }
    }
    let slug = Slug::from_bits(u64::from_be_bytes(random()));
    let id = new_id(now);
    let mut row = application::ActiveModel {
        id: Set(id),
        slug: Set(slug.to_string()),
        person_id: Set(person.0),
        listing_id: Set(group.0),
        age: Set(age.name().to_owned()),
        leader_id: Set(None),
        asked_at: Set(way.facts().asked_at),
        risk_at: Set(None),
        risk_seen_at: Set(None),
        risk_told_at: Set(None),
        risk_seen_by: Set(None),
        ..Default::default()
    };
    shown(&mut row, &way, now)?;
    let row = row.insert(db).await?;
    happened(writing, id, act, &way, Some(by)).await?;
    tell_staff(writing, &row, told).await?;
    Ok(row)
}
