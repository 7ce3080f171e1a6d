//! Texts that are signed before joining a therapy group, or said yes to in a support group, and who signed them. A group asks for its own text where it has one, else
//! for that of the program, which is kept as it was once somebody signed it.

use chrono::{DateTime, Utc};
use domain::access::Denied;
use domain::agreements::{Age, Circumstances, Kind, Meets, Signature, Signer, Text, TextHash, missing};
use domain::groups::{Place, Slug};
use domain::joining::{Act, Application};
use domain::people::{GroupId, Handle, PersonId};
use domain::text::{Line, Prose};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::entities::joining::{agreement_signature, agreement_text, application, membership};
use crate::entities::new_id;
use crate::joining::{self, JoiningError, Told, asks_of, listing_of, moved, open_one, tell};
use crate::people;
use crate::permit::acts::{
    Apply, ChangeEntrance, Decide, Permitted, SeeApplications, SeeEntrance, SeeIntake,
};
use crate::permit::{self, Permit};
use crate::sealed::SIGNED_NAME;
use crate::transaction::{StoreError, Transaction, Writing};

/// A text that someone signed, to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    pub text: Text,
    pub signature: Signature,
    /// Before whom a guardian signed.
    pub witness: Option<Handle>,
}

/// Every text that a group asks for, and those that one has not signed as they read now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    pub missing: Vec<Text>,
    pub signed: Vec<Signed>,
}

/// What one owes and has signed in the group of the permit.
pub async fn owed(
    permit: &mut Permit<'_, SeeApplications, impl Transaction>,
    defaults: &[Text],
) -> Result<Owed, StoreError> {
    let (person, group) = (permit.about()?, permit.group()?);
    owed_by(&*permit.transaction, person, group, defaults).await
}

/// Every text that the group of the permit asks of whom it is about, signed or not.
pub async fn asked_of(
    permit: &mut Permit<'_, SeeApplications, impl Transaction>,
    defaults: &[Text],
) -> Result<Vec<Text>, StoreError> {
    let (person, group) = (permit.about()?, permit.group()?);
    let under = circumstances(permit.db(), person, group).await?;
    let texts = asked(permit.db(), group, defaults).await?;
    Ok(missing(&texts, under, &[]).cloned().collect())
}

/// The groups in which the one who asks has something to sign: where they are members, and a text has changed or they were brought in.
pub async fn owed_as_member(
    permit: &mut Permit<'_, SeeApplications, impl Transaction>,
    defaults: &[Text],
) -> Result<Vec<(Slug, usize)>, StoreError> {
    let person = permit.about()?;
    let rows = membership::Entity::find()
        .filter(membership::Column::PersonId.eq(person.0))
        .filter(membership::Column::Standing.is_in(["joined", "paused", "leaving"]))
        .all(permit.db())
        .await?;
    let mut owing = Vec::new();
    for row in rows {
        let group = GroupId(row.listing_id);
        let owed = owed_by(&*permit.transaction, person, group, defaults).await?;
        if !owed.missing.is_empty() {
            let (slug, _) = listing_of(permit.db(), group).await?;
            owing.push((slug, owed.missing.len()));
        }
    }
    Ok(owing)
}

/// Signs a text as it was read. With the last one, who has accepted a place becomes a member, if the group admits now.
pub async fn sign(
    permit: &mut Permit<'_, Apply>,
    (kind, hash): (Kind, &TextHash),
    name: &Line,
    defaults: &[Text],
) -> Result<(), JoiningError> {
    let (person, group) = (permit.about()?, permit.group()?);
    permit.act("agreements.sign", kind.name().to_owned()).await?;
    put(
        permit.transaction,
        (person, group),
        (kind, hash, name),
        (Signer::Person, None),
        defaults,
    )
    .await
}

/// That a parent or guardian signed before someone of the staff.
pub async fn witness(
    permit: &mut Permit<'_, Decide>,
    hash: &TextHash,
    name: &Line,
    defaults: &[Text],
) -> Result<(), JoiningError> {
    let of = (permit.about()?, permit.group()?);
    let by = permit.person().ok_or(Denied::NoRight)?;
    permit.act("agreements.witness", String::new()).await?;
    let what = (Kind::Guardian, hash, name);
    put(
        permit.transaction,
        of,
        what,
        (Signer::Guardian, Some(by)),
        defaults,
    )
    .await
}

/// What the group of the permit asks for now, each kind once; whether it is its own.
pub async fn texts(
    permit: &mut Permit<'_, SeeIntake, impl Transaction>,
    defaults: &[Text],
) -> Result<Vec<(Text, bool)>, StoreError> {
    let own = own(permit.db(), permit.group()?).await?;
    let of_therapy = defaults.iter().filter(|text| text.kind() != Kind::PeerRules);
    let all = of_therapy.map(|text| {
        let mine = own.iter().find(|own| own.kind() == text.kind());
        (mine.unwrap_or(text).clone(), mine.is_some())
    });
    Ok(all.collect())
}

/// Has the group ask for this text from now on: everybody signs it anew. Who had signed everything and waits for the start has something
/// to sign again, and is told. How many those are.
pub async fn publish(
    permit: &mut Permit<'_, Decide>,
    text: &Text,
    told: &Told<'_>,
) -> Result<usize, JoiningError> {
    ask_for(permit, text).await?;
    let (group, by) = (permit.group()?, permit.person());
    let signed = application::Entity::find()
        .filter(application::Column::ListingId.eq(group.0))
        .filter(application::Column::State.eq("signed"))
        .order_by_asc(application::Column::Id)
        .all(permit.db())
        .await?;
    let mut asked = 0;
    for row in signed {
        let person = PersonId(row.person_id);
        let only = std::slice::from_ref(text);
        let missing = count_missing(permit.transaction, person, group, only).await?;
        if missing > 0 {
            let (row, _) = moved(permit.transaction, row.id, Act::Sign { missing }, by).await?;
            let body = (told.person)(&row.slug);
            tell(permit.transaction, person, told.subject, &body).await?;
            asked += 1;
        }
    }
    Ok(asked)
}

async fn ask_for<A: Permitted>(permit: &mut Permit<'_, A>, text: &Text) -> Result<(), StoreError> {
    let (group, now) = (permit.group()?, permit.transaction.now());
    let by = permit.person().map(|person| person.0);
    permit
        .act("agreements.publish", text.kind().name().to_owned())
        .await?;
    insert(permit.db(), Some(group), text, by, now).await?;
    Ok(())
}

/// The ground rules of a support group, as anybody may read them.
pub async fn public_rules(
    transaction: &mut impl Transaction,
    group: &Slug,
    defaults: &[Text],
) -> Result<Option<Text>, StoreError> {
    let db = transaction.looking();
    let group = permit::group(db, group).await?;
    rules_of(db, group, defaults).await
}

/// The ground rules of the support group of the permit, and whether they are its own.
pub async fn rules(
    permit: &mut Permit<'_, SeeEntrance, impl Transaction>,
    defaults: &[Text],
) -> Result<Option<(Text, bool)>, StoreError> {
    let group = permit.group()?;
    let own = own(permit.db(), group).await?;
    let is_own = own.iter().any(|text| text.kind() == Kind::PeerRules);
    Ok(rules_of(permit.db(), group, defaults)
        .await?
        .map(|text| (text, is_own)))
}

/// Has a support group ask for these ground rules from now on: everybody says yes to them anew. A text of another kind is refused.
pub async fn publish_rules(permit: &mut Permit<'_, ChangeEntrance>, text: &Text) -> Result<(), StoreError> {
    if text.kind() != Kind::PeerRules {
        return Err(Denied::NoRight.into());
    }
    ask_for(permit, text).await
}

/// The ground rules of a support group: its own, or those of the program.
async fn rules_of(
    db: &DatabaseTransaction,
    group: GroupId,
    defaults: &[Text],
) -> Result<Option<Text>, StoreError> {
    let all = asked(db, group, defaults).await?;
    Ok(all.into_iter().find(|text| text.kind() == Kind::PeerRules))
}

/// Those that someone has not said yes to as they read now.
pub(crate) async fn rules_owed(
    db: &DatabaseTransaction,
    person: PersonId,
    group: GroupId,
    defaults: &[Text],
) -> Result<Option<Text>, StoreError> {
    let Some(rules) = rules_of(db, group, defaults).await? else {
        return Ok(None);
    };
    let kept = agreement_text::Entity::find()
        .filter(agreement_text::Column::Hash.eq(rules.hash().as_str()))
        .all(db)
        .await?;
    let agreed = agreement_signature::Entity::find()
        .filter(agreement_signature::Column::PersonId.eq(person.0))
        .filter(agreement_signature::Column::ListingId.eq(group.0))
        .filter(agreement_signature::Column::TextId.is_in(kept.iter().map(|text| text.id)))
        .one(db)
        .await?;
    Ok(agreed.is_none().then_some(rules))
}

/// That someone says yes to the ground rules, under their name there. The caller has written down why.
pub(crate) async fn agree(
    writing: &Writing,
    (person, group): (PersonId, GroupId),
    rules: &Text,
    name: &str,
) -> Result<(), StoreError> {
    let (now, id) = (writing.now(), new_id(writing.now()));
    let row = agreement_signature::Model {
        id,
        person_id: person.0,
        listing_id: group.0,
        text_id: kept(writing.looking(), group, rules, now).await?,
        signer: Signer::Person.name().to_owned(),
        name: SIGNED_NAME.seal(writing, id, name).await?,
        witnessed_by: None,
        signed_at: now,
    };
    row.into_active_model().insert(writing.looking()).await?;
    Ok(())
}

/// How many texts someone has yet to sign to be a member of a group.
pub(crate) async fn count_missing(
    writing: &Writing,
    person: PersonId,
    group: GroupId,
    defaults: &[Text],
) -> Result<u16, StoreError> {
    let owed = owed_by(writing, person, group, defaults).await?;
    Ok(u16::try_from(owed.missing.len()).unwrap_or(u16::MAX))
}

pub(crate) async fn put(
    writing: &mut Writing,
    (person, group): (PersonId, GroupId),
    (kind, hash, name): (Kind, &TextHash, &Line),
    (signer, witness): (Signer, Option<PersonId>),
    defaults: &[Text],
) -> Result<(), JoiningError> {
    let now = writing.now();
    let asked = asked(writing.looking(), group, defaults).await?;
    let owed = owed_by(writing, person, group, defaults).await?;
    if kind.signer() != signer
        || !asked
            .iter()
            .any(|text| text.kind() == kind && text.hash() == *hash)
    {
        return Err(JoiningError::TextChanged);
    }
    // Signed already: nothing is signed twice.
    if let Some(text) = owed.missing.iter().find(|text| text.kind() == kind) {
        let id = new_id(now);
        let row = agreement_signature::Model {
            id,
            person_id: person.0,
            listing_id: group.0,
            text_id: kept(writing.looking(), group, text, now).await?,
            signer: signer.name().to_owned(),
            name: SIGNED_NAME.seal(writing, id, name.as_str()).await?,
            witnessed_by: witness.map(|person| person.0),
            signed_at: now,
        };
        row.into_active_model().insert(writing.looking()).await?;
    }
    let Some(row) = open_one(writing.looking(), person, group).await? else {
        return Ok(());
    };
    if !joining::way(&row)?.has_place() {
        return Ok(());
    }
    settled(writing, row, defaults).await?;
    Ok(())
}

/// Where who has a place stands, by what they have signed: a member, if that is all and the group admits now.
pub(crate) async fn settled(
    writing: &mut Writing,
    row: application::Model,
    defaults: &[Text],
) -> Result<Application, JoiningError> {
    let (person, group) = (PersonId(row.person_id), GroupId(row.listing_id));
    let missing = count_missing(writing, person, group, defaults).await?;
    let (row, _) = moved(writing, row.id, Act::Sign { missing }, Some(person)).await?;
    joining::admit_if_signed(writing, row, defaults).await
}

async fn owed_by(
    transaction: &impl Transaction,
    person: PersonId,
    group: GroupId,
    defaults: &[Text],
) -> Result<Owed, StoreError> {
    let db = transaction.looking();
    let texts = asked(db, group, defaults).await?;
    let under = circumstances(db, person, group).await?;
    let signed = signed(transaction, person, group).await?;
    let signatures: Vec<Signature> = signed.iter().map(|one| one.signature.clone()).collect();
    Ok(Owed {
        missing: missing(&texts, under, &signatures).cloned().collect(),
        signed,
    })
}

/// What is asked for follows from the group and, by what they said, from the person.
async fn circumstances(
    db: &DatabaseTransaction,
    person: PersonId,
    group: GroupId,
) -> Result<Circumstances, StoreError> {
    let (_, listing) = listing_of(db, group).await?;
    let meets = match &listing.place {
        Place::InPerson(_) => Meets::InPerson,
        _ => Meets::Online,
    };
    Ok(Circumstances {
        meets,
        programme: asks_of(db, group).await?.programme,
        age: age(db, person, group).await?,
    })
}

async fn age(db: &DatabaseTransaction, person: PersonId, group: GroupId) -> Result<Age, StoreError> {
    let asked = application::Entity::find()
        .filter(application::Column::PersonId.eq(person.0))
        .filter(application::Column::ListingId.eq(group.0))
        .order_by_desc(application::Column::Id)
        .one(db)
        .await?;
    if let Some(row) = asked {
        return joining::age(&row.age, row.id);
    }
    let member = membership::Entity::find()
        .filter(membership::Column::PersonId.eq(person.0))
        .filter(membership::Column::ListingId.eq(group.0))
        .order_by_desc(membership::Column::Id)
        .one(db)
        .await?;
    match member {
        Some(row) => joining::age(&row.age, row.id),
        None => Ok(Age::Adult),
    }
}

/// What someone signed in a group, in the order in which they did.
async fn signed(
    transaction: &impl Transaction,
    person: PersonId,
    group: GroupId,
) -> Result<Vec<Signed>, StoreError> {
    let db = transaction.looking();
    let rows = agreement_signature::Entity::find()
        .filter(agreement_signature::Column::PersonId.eq(person.0))
        .filter(agreement_signature::Column::ListingId.eq(group.0))
        .order_by_asc(agreement_signature::Column::Id)
        .all(db)
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let kept = agreement_text::Entity::find_by_id(row.text_id).one(db).await?;
        let kept = kept.ok_or_else(|| joining::unread("agreement", row.id, "its text is gone"))?;
        let name = SIGNED_NAME.open(transaction, row.id, &row.name).await?;
        let witness = match row.witnessed_by {
            Some(by) => {
                let by = people::row(db, PersonId(by)).await?;
                Some(people::handle(transaction, &by).await?)
            }
            None => None,
        };
        let text = text(&kept)?;
        let read = (Line::parse(name.reveal()).ok(), Signer::named(&row.signer));
        let (Some(name), Some(signer)) = read else {
            return Err(joining::unread("signature", row.id, "no such name or signer"));
        };
        all.push(Signed {
            signature: Signature {
                kind: text.kind(),
                hash: text.hash(),
                name,
                signer,
                at: row.signed_at,
            },
            text,
            witness,
        });
    }
    Ok(all)
}

async fn asked(db: &DatabaseTransaction, group: GroupId, defaults: &[Text]) -> Result<Vec<Text>, StoreError> {
    let own = own(db, group).await?;
    let all = defaults.iter().map(|text| {
        let mine = own.iter().find(|own| own.kind() == text.kind());
        mine.unwrap_or(text).clone()
    });
    Ok(all.collect())
}

/// The newest of each kind that a group has published itself.
async fn own(db: &DatabaseTransaction, group: GroupId) -> Result<Vec<Text>, StoreError> {
    let rows = agreement_text::Entity::find()
        .filter(agreement_text::Column::ListingId.eq(group.0))
        .order_by_desc(agreement_text::Column::Id)
        .all(db)
        .await?;
    let mut newest: Vec<Text> = Vec::new();
    for row in rows {
        let text = text(&row)?;
        if !newest.iter().any(|there| there.kind() == text.kind()) {
            newest.push(text);
        }
    }
    Ok(newest)
}

/// The row of a text that is signed: the group's own, or that of the program, which is kept from now on.
async fn kept(
    db: &DatabaseTransaction,
    group: GroupId,
    text: &Text,
    now: DateTime<Utc>,
) -> Result<Uuid, StoreError> {
    let rows = agreement_text::Entity::find()
        .filter(agreement_text::Column::Hash.eq(text.hash().as_str()))
        .all(db)
        .await?;
    let here = |row: &&agreement_text::Model| row.listing_id.is_none_or(|listing| listing == group.0);
    match rows.iter().find(here) {
        Some(row) => Ok(row.id),
        None => insert(db, None, text, None, now).await,
    }
}

async fn insert(
    db: &DatabaseTransaction,
    group: Option<GroupId>,
    text: &Text,
    by: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Uuid, StoreError> {
    let row = agreement_text::Model {
        id: new_id(now),
        listing_id: group.map(|group| group.0),
        kind: text.kind().name().to_owned(),
        title: text.title().to_string(),
        words: text.words().to_string(),
        hash: text.hash().to_string(),
        made_by: by,
        made_at: now,
    };
    let id = row.id;
    row.into_active_model().insert(db).await?;
    Ok(id)
}

/// A text whose words are not those of its hash was changed past the program.
fn text(row: &agreement_text::Model) -> Result<Text, StoreError> {
    let broken = || joining::unread("agreement", row.id, "it is not what was signed");
    let kind = Kind::named(&row.kind).ok_or_else(broken)?;
    let read = (Line::parse(&row.title), Prose::parse(&row.words));
    let (Ok(title), Ok(words)) = read else {
        return Err(broken());
    };
    let text = Text::new(kind, title, words).map_err(|_| broken())?;
    if text.hash().as_str() == row.hash {
        Ok(text)
    } else {
        Err(broken())
    }
}
