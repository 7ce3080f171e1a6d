//! Showing who one is. What succeeds gives a [`Proof`], which nothing else makes.

mod ceremony;
pub mod code;
pub mod link;
pub mod openid;
pub mod passkey;
pub mod password;
pub mod totp;

use domain::access::{Denied, FRESH, Strength};
use domain::people::PersonId;
use sea_orm::DatabaseTransaction;

use crate::permit::Permit;
use crate::permit::acts::{ChangeAccount, ChangeAccounts, Permitted, SeeAccount};
use crate::sessions::SignedIn;
use crate::transaction::{StoreError, Transaction, Who};
use crate::{outbox, people, sessions};

/// That someone has just shown who they are, and how.
#[derive(Debug)]
pub struct Proof {
    pub(crate) person: PersonId,
    pub(crate) method: Method,
    pub(crate) strength: Strength,
}

impl Proof {
    /// Whether it is of the one who is signed in.
    pub fn is_of(&self, signed_in: &SignedIn) -> bool {
        self.person == signed_in.person
    }
}

/// The ways there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Password,
    Link,
    Code,
    Totp,
    Recovery,
    Passkey,
    /// By the organisation's own server.
    OpenId,
    Invitation,
    /// One click, in the demo only.
    Demo,
}

/// The ways someone has. A mailed link is one wherever there is an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ways {
    pub password: bool,
    pub code: bool,
    /// How many codes on paper are left, where there is an app with six digits.
    pub app: Option<usize>,
    pub passkeys: usize,
}

impl Ways {
    /// Whether there is something to ask for beyond a password, a link or a code.
    pub fn has_second(&self) -> bool {
        self.app.is_some() || self.passkeys > 0
    }
}

impl Method {
    pub const ALL: [Self; 9] = [
        Self::Password,
        Self::Link,
        Self::Code,
        Self::Totp,
        Self::Recovery,
        Self::Passkey,
        Self::OpenId,
        Self::Invitation,
        Self::Demo,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Link => "link",
            Self::Code => "code",
            Self::Totp => "totp",
            Self::Recovery => "recovery",
            Self::Passkey => "passkey",
            Self::OpenId => "openid",
            Self::Invitation => "invitation",
            Self::Demo => "demo",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == name)
    }
}

/// Letters in groups of four, which people copy with fewer slips.
fn in_fours(text: &str, between: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|four| four.iter().collect()).collect();
    groups.join(between)
}

/// One's own ways.
pub async fn ways(permit: &mut Permit<'_, SeeAccount, impl Transaction>) -> Result<Ways, StoreError> {
    let about = permit.about()?;
    match permit.transaction.who() {
        Who::Person(signed_in) if signed_in.person == about => ways_of(permit.db(), about).await,
        _ => Err(Denied::NoRight.into()),
    }
}

/// Whether ways to sign in may be changed now: a page asks before its form is filled in, the store again at each change.
///
/// Only by who has shown who they are a moment ago, and by a second factor where there is one: a browser that was left
/// open, or someone else's eyes on the mail, takes over nothing.
pub async fn guard(permit: &Permit<'_, ChangeAccount>) -> Result<(), StoreError> {
    let Who::Person(signed_in) = &permit.transaction.who else {
        return Err(Denied::NoRight.into());
    };
    if signed_in.strength < Strength::Two && has_second(permit.db(), signed_in.person).await? {
        return Err(Denied::SecondFactor.into());
    }
    if permit.transaction.now() - signed_in.proved_at > FRESH {
        return Err(Denied::ProveAgain.into());
    }
    Ok(())
}

/// Tells the person of a change to how they sign in, where they have an address: someone else may have made it.
pub async fn tell<A: Permitted>(
    permit: &mut Permit<'_, A>,
    subject: &str,
    body: &str,
) -> Result<(), StoreError> {
    let row = people::row(permit.db(), permit.about()?).await?;
    let mail = people::mail(&*permit.transaction, &row).await?;
    match mail {
        Some(mail) => outbox::put(permit.transaction, &mail, subject, body).await,
        None => Ok(()),
    }
}

/// For someone who has lost phone and paper: takes the app, its codes and the passkeys away and ends every session. They
/// sign in by password or link and set up anew.
pub async fn forget_second(permit: &mut Permit<'_, ChangeAccounts>) -> Result<(), StoreError> {
    let about = permit.about()?;
    permit.act("second-factor.forget", String::new()).await?;
    totp::forget(permit.db(), about).await?;
    passkey::forget(permit.db(), about).await?;
    sessions::end_all(permit.transaction, about).await
}

pub(crate) async fn has_second(db: &DatabaseTransaction, person: PersonId) -> Result<bool, StoreError> {
    Ok(totp::left(db, person).await?.is_some() || passkey::count(db, person).await? > 0)
}

async fn ways_of(db: &DatabaseTransaction, person: PersonId) -> Result<Ways, StoreError> {
    Ok(Ways {
        password: password::has(db, person).await?,
        code: code::row(db, person).await?.is_some(),
        app: totp::left(db, person).await?,
        passkeys: passkey::count(db, person).await?,
    })
}
