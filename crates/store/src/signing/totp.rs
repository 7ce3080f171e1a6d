//! A second factor from an app (RFC 6238), and codes on paper for when the phone is lost.

use domain::access::{Denied, Strength};
use domain::people::{Handle, PersonId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter,
};
use totp_rs::{Algorithm, Builder, Secret, Totp};
use zeroize::Zeroizing;

use super::{Method, Proof, in_fours};
use crate::audit::Act;
use crate::entities::new_id;
use crate::entities::people::{recovery_code, totp};
use crate::key::{Key, Purpose, hex, random, unhex};
use crate::people;
use crate::permit::Permit;
use crate::permit::acts::ChangeAccount;
use crate::sealed::TOTP_SECRET;
use crate::sessions::SignedIn;
use crate::transaction::{StoreError, Writing};

/// How many codes on paper there are.
const CODES: usize = 10;

/// What the app is told once: to scan, or to type.
pub struct Setup {
    /// otpauth://…
    pub address: String,
    /// In base 32.
    pub secret: String,
}

impl Setup {
    /// The secret as one copies it by hand.
    pub fn to_copy(&self) -> String {
        in_fours(&self.secret, " ")
    }
}

/// Begins anew: a secret that counts once a code of it was typed. `issuer` is the organisation, as the app shows it.
pub async fn begin(permit: &mut Permit<'_, ChangeAccount>, issuer: &str) -> Result<Setup, StoreError> {
    let about = permit.about()?;
    super::guard(permit).await?;
    if confirmed(permit.db(), about).await?.is_some() {
        return Err(Denied::NoRight.into());
    }
    let secret: [u8; 20] = random();
    permit.act("totp.begin", String::new()).await?;
    totp::Entity::delete_by_id(about.0).exec(permit.db()).await?;
    let fresh = totp::Model {
        person_id: about.0,
        secret: TOTP_SECRET
            .seal(permit.transaction, about.0, &hex(&secret))
            .await?,
        confirmed_at: None,
        last_step: 0,
    };
    fresh.into_active_model().insert(permit.db()).await?;
    let handle = handle(permit, about).await?;
    setup(&secret, issuer, handle.as_str())
}

/// The setup that was begun, to be shown again when the code was mistyped.
pub async fn begun(
    permit: &mut Permit<'_, ChangeAccount>,
    issuer: &str,
) -> Result<Option<Setup>, StoreError> {
    let about = permit.about()?;
    super::guard(permit).await?;
    let Some(row) = unconfirmed(permit.db(), about).await? else {
        return Ok(None);
    };
    let secret = secret(permit.transaction, &row).await?;
    let handle = handle(permit, about).await?;
    setup(&secret, issuer, handle.as_str()).map(Some)
}

/// Makes it count, and gives the codes on paper; none if the code does not fit.
pub async fn confirm(
    permit: &mut Permit<'_, ChangeAccount>,
    typed: &str,
) -> Result<Option<(Vec<String>, Proof)>, StoreError> {
    let (about, now) = (permit.about()?, permit.transaction.now());
    super::guard(permit).await?;
    let row = unconfirmed(permit.db(), about).await?.ok_or(Denied::NoRight)?;
    let secret = secret(permit.transaction, &row).await?;
    let Some(step) = matching(&secret, &plain(typed), now.timestamp())? else {
        return Ok(None);
    };
    permit.act("totp.confirm", String::new()).await?;
    let mut row = row.into_active_model();
    row.confirmed_at = Set(Some(now));
    row.last_step = Set(step);
    row.update(permit.db()).await?;
    let codes = new_codes(permit.transaction, about).await?;
    let proof = Proof {
        person: about,
        method: Method::Totp,
        strength: Strength::Two,
    };
    Ok(Some((codes, proof)))
}

/// New codes on paper; the old ones work no more.
pub async fn renew_codes(permit: &mut Permit<'_, ChangeAccount>) -> Result<Vec<String>, StoreError> {
    let about = permit.about()?;
    if left(permit.db(), about).await?.is_none() {
        return Err(Denied::NoRight.into());
    }
    super::guard(permit).await?;
    permit.act("recovery.renew", String::new()).await?;
    new_codes(permit.transaction, about).await
}

/// Takes the app away, and the codes with it.
pub async fn remove(permit: &mut Permit<'_, ChangeAccount>) -> Result<(), StoreError> {
    let about = permit.about()?;
    super::guard(permit).await?;
    permit.act("totp.remove", String::new()).await?;
    forget(permit.db(), about).await
}

/// How many codes on paper are left; none where there is no app that counts.
pub(super) async fn left(db: &DatabaseTransaction, person: PersonId) -> Result<Option<usize>, StoreError> {
    if confirmed(db, person).await?.is_none() {
        return Ok(None);
    }
    let left = recovery_code::Entity::find()
        .filter(recovery_code::Column::PersonId.eq(person.0))
        .filter(recovery_code::Column::UsedAt.is_null())
        .all(db)
        .await?;
    Ok(Some(left.len()))
}

/// Takes the app of someone away, and the codes with it. The caller has written down why.
pub(super) async fn forget(db: &DatabaseTransaction, person: PersonId) -> Result<(), StoreError> {
    totp::Entity::delete_by_id(person.0).exec(db).await?;
    forget_codes(db, person).await
}

/// The second factor of one who is signed in: six digits of the app, or a code on paper. Each works once.
pub async fn check(
    writing: &mut Writing,
    signed_in: &SignedIn,
    typed: &str,
) -> Result<Option<Proof>, StoreError> {
    let typed = plain(typed);
    let person = signed_in.person;
    let Some(row) = confirmed(writing.looking(), person).await? else {
        return Ok(None);
    };
    let secret = secret(writing, &row).await?;
    if let Some(step) = matching(&secret, &typed, writing.now().timestamp())? {
        // The same six digits again are someone who looked over a shoulder.
        if step <= row.last_step {
            return Ok(None);
        }
        let db = writing.act(used("totp.use", person)).await?;
        // Two at the same moment are one too many, too.
        let counted = totp::Entity::update_many()
            .set(totp::ActiveModel {
                last_step: Set(step),
                ..Default::default()
            })
            .filter(totp::Column::PersonId.eq(person.0))
            .filter(totp::Column::LastStep.lt(step))
            .exec(db)
            .await?;
        return Ok((counted.rows_affected == 1).then_some(Proof {
            person,
            method: Method::Totp,
            strength: Strength::Two,
        }));
    }
    let lookup = look_up(&writing.key, person, &typed.to_lowercase());
    let code = recovery_code::Entity::find()
        .filter(recovery_code::Column::PersonId.eq(person.0))
        .filter(recovery_code::Column::Lookup.eq(lookup))
        .filter(recovery_code::Column::UsedAt.is_null())
        .one(writing.looking())
        .await?;
    let Some(code) = code else { return Ok(None) };
    let now = writing.now();
    let db = writing.act(used("recovery.use", person)).await?;
    let spent = recovery_code::Entity::update_many()
        .set(recovery_code::ActiveModel {
            used_at: Set(Some(now)),
            ..Default::default()
        })
        .filter(recovery_code::Column::Id.eq(code.id))
        .filter(recovery_code::Column::UsedAt.is_null())
        .exec(db)
        .await?;
    Ok((spent.rows_affected == 1).then_some(Proof {
        person,
        method: Method::Recovery,
        strength: Strength::Two,
    }))
}

/// Without the spaces and hyphens by which people and apps group digits.
fn plain(typed: &str) -> String {
    typed.chars().filter(|c| !matches!(c, ' ' | '-')).collect()
}

fn used(action: &'static str, person: PersonId) -> Act {
    Act {
        action,
        class: "C12",
        about: Some(person),
        ..Act::default()
    }
}

async fn row(db: &DatabaseTransaction, person: PersonId) -> Result<Option<totp::Model>, StoreError> {
    Ok(totp::Entity::find_by_id(person.0).one(db).await?)
}

/// The one that counts.
async fn confirmed(db: &DatabaseTransaction, person: PersonId) -> Result<Option<totp::Model>, StoreError> {
    let row = row(db, person).await?;
    Ok(row.filter(|row| row.confirmed_at.is_some()))
}

/// The one that was begun.
async fn unconfirmed(db: &DatabaseTransaction, person: PersonId) -> Result<Option<totp::Model>, StoreError> {
    let row = row(db, person).await?;
    Ok(row.filter(|row| row.confirmed_at.is_none()))
}

async fn handle(permit: &Permit<'_, ChangeAccount>, about: PersonId) -> Result<Handle, StoreError> {
    let row = people::row(permit.db(), about).await?;
    people::handle(&*permit.transaction, &row).await
}

/// The secret of an app, which is kept as hexadecimal digits.
async fn secret(writing: &Writing, row: &totp::Model) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    let digits = TOTP_SECRET.open(writing, row.person_id, &row.secret).await?;
    unhex(digits.reveal())
        .map(Zeroizing::new)
        .ok_or_else(|| StoreError::Database("the secret of a second factor is no number".into()))
}

fn app(secret: &[u8], issuer: &str, handle: &str) -> Result<Totp, StoreError> {
    // A colon separates the two in the address; apps read no other mark.
    let plain = |text: &str| text.replace(':', " ");
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(30)
        .with_secret(Secret::from(secret.to_vec()))
        .with_account_name(plain(handle))
        .with_issuer(Some(plain(issuer)))
        .build()
        .map_err(|why| StoreError::Database(format!("{why:?}").into()))
}

fn setup(secret: &[u8], issuer: &str, handle: &str) -> Result<Setup, StoreError> {
    let app = app(secret, issuer, handle)?;
    Ok(Setup {
        address: app
            .to_url()
            .map_err(|why| StoreError::Database(format!("{why:?}").into()))?,
        secret: Secret::from(secret.to_vec()).to_base32(),
    })
}

/// The step whose code was typed: the present one or one beside it.
fn matching(secret: &[u8], typed: &str, now: i64) -> Result<Option<i64>, StoreError> {
    let app = app(secret, "Sameboat", "Sameboat")?;
    let now = u64::try_from(now).unwrap_or(0);
    Ok(app.check(typed, now).and_then(|step| i64::try_from(step).ok()))
}

async fn new_codes(writing: &Writing, person: PersonId) -> Result<Vec<String>, StoreError> {
    let db = writing.looking();
    forget_codes(db, person).await?;
    let mut codes = Vec::new();
    for _ in 0..CODES {
        let code = hex(&random::<8>());
        let row = recovery_code::Model {
            id: new_id(writing.now()),
            person_id: person.0,
            lookup: look_up(&writing.key, person, &code),
            used_at: None,
        };
        row.into_active_model().insert(db).await?;
        codes.push(in_fours(&code, "-"));
    }
    Ok(codes)
}

async fn forget_codes(db: &DatabaseTransaction, person: PersonId) -> Result<(), StoreError> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::PersonId.eq(person.0))
        .exec(db)
        .await?;
    Ok(())
}

fn look_up(key: &Key, person: PersonId, code: &str) -> String {
    hex(&key.mac(Purpose::RecoveryCode, &[person.0.as_bytes(), code.as_bytes()]))
}
