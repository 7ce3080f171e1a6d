//! Passwords: argon2id, a few at a time, and as long for an address nobody has as for one that somebody has.

use std::sync::LazyLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::access::Strength;
use domain::groups::Mail;
use domain::people::PersonId;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, EntityTrait, IntoActiveModel};

use super::{Method, Proof};
use crate::engine::Store;
use crate::entities::people::password;
use crate::people;
use crate::permit::Permit;
use crate::permit::acts::ChangeAccount;
use crate::sessions::SignedIn;
use crate::transaction::{StoreError, Who, Writing};

/// OWASP's password storage cheat sheet: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

/// A password that may be kept. It has no Display, and its Debug says nothing.
pub struct NewPassword(String);

/// A password as it is kept.
pub struct Hashed(String);

/// Why a password will not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    #[error(
        "This password has {length} characters. Use at least {least}: four words you can remember do well."
    )]
    Short { length: usize, least: usize },
    #[error("This password has more than {MOST} characters. Use a shorter one.")]
    Long,
    #[error(
        "This password is soon guessed: it is well known, a pattern, or near your own address. Four words you can remember do well."
    )]
    Guessable,
}

const MOST: usize = 128;

/// Shorter parts of an address stand in many words.
const LEAST_PART: usize = 3;

/// So many letters and digits beside one's own address are something of its own.
const LEAST_LEFT: usize = 6;

/// How long a password is at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    Staff,
    Member,
}

impl NewPassword {
    /// Checks its length and whether it is guessed soon (zxcvbn: lists of known ones, patterns, the person's own address).
    pub fn parse(text: &str, whose: For, mail: Option<&Mail>) -> Result<Self, PasswordError> {
        let length = text.chars().count();
        let least = match whose {
            For::Staff => 12,
            For::Member => 8,
        };
        if length < least {
            return Err(PasswordError::Short { length, least });
        }
        if length > MOST {
            return Err(PasswordError::Long);
        }
        let own: Vec<&str> = mail.map(Mail::as_str).into_iter().flat_map(parts).collect();
        if is_made_of(&own, text) || zxcvbn::zxcvbn(text, &own).score() < zxcvbn::Score::Three {
            return Err(PasswordError::Guessable);
        }
        Ok(Self(text.to_owned()))
    }
}

impl std::fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewPassword([sealed])")
    }
}

/// What of an address someone may build a password from.
fn parts(mail: &str) -> impl Iterator<Item = &str> {
    std::iter::once(mail).chain(mail.split(['@', '.']))
}

/// Whether little is left of a password without the words of one's own address: to put signs between them helps nobody.
fn is_made_of(own: &[&str], text: &str) -> bool {
    let mut rest = text.to_lowercase();
    for part in own.iter().filter(|part| part.chars().count() >= LEAST_PART) {
        rest = rest.replace(&part.to_lowercase(), "");
    }
    rest.len() < text.to_lowercase().len()
        && rest.chars().filter(|c| c.is_alphanumeric()).count() < LEAST_LEFT
}

impl Store {
    /// Whether the password is that of the account with this address.
    pub async fn check_password(&self, mail: &Mail, typed: &str) -> Result<Option<Proof>, StoreError> {
        let reading = self.read(Who::Visitor).await?;
        let person = people::by_mail(&reading, mail).await?;
        let kept = match &person {
            Some(person) => {
                password::Entity::find_by_id(person.id)
                    .one(&reading.transaction)
                    .await?
            }
            None => None,
        };
        drop(reading);
        let fits = self.fits(kept.map(|row| row.hash), typed).await?;
        Ok(person.filter(|_| fits).map(|person| Proof {
            person: PersonId(person.id),
            method: Method::Password,
            strength: Strength::One,
        }))
    }

    /// The same for one who is signed in already and shows again who they are.
    pub async fn check_own_password(
        &self,
        signed_in: &SignedIn,
        typed: &str,
    ) -> Result<Option<Proof>, StoreError> {
        let reading = self.read(Who::Visitor).await?;
        let kept = password::Entity::find_by_id(signed_in.person.0)
            .one(&reading.transaction)
            .await?;
        drop(reading);
        let fits = self.fits(kept.map(|row| row.hash), typed).await?;
        Ok(fits.then_some(Proof {
            person: signed_in.person,
            method: Method::Password,
            strength: Strength::One,
        }))
    }

    /// Hashing takes memory and time: it is done before a transaction is opened.
    pub async fn hash_password(&self, new: NewPassword) -> Result<Hashed, StoreError> {
        self.hashing(move || {
            argon2()
                .hash_password(new.0.as_bytes())
                .map(|hash| Hashed(hash.to_string()))
                .map_err(|why| StoreError::Database(why.to_string().into()))
        })
        .await?
    }

    async fn fits(&self, kept: Option<String>, typed: &str) -> Result<bool, StoreError> {
        let typed: String = typed.chars().take(MOST + 1).collect();
        self.hashing(move || {
            let there = kept.is_some();
            let kept = kept.unwrap_or_else(|| NOBODYS.clone());
            let fits = PasswordHash::new(&kept)
                .is_ok_and(|hash| argon2().verify_password(typed.as_bytes(), &hash).is_ok());
            fits && there
        })
        .await
    }

    /// No more at a time than there are processors: each takes 19 MiB.
    async fn hashing<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, StoreError> {
        let _turn = self
            .hashing
            .acquire()
            .await
            .map_err(|why| StoreError::Database(why.into()))?;
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|why| StoreError::Database(why.into()))
    }
}

/// Sets one's own password; all other sessions end.
pub async fn set(permit: &mut Permit<'_, ChangeAccount>, hashed: Hashed) -> Result<(), StoreError> {
    let about = permit.about()?;
    super::guard(permit).await?;
    permit.act("password.set", String::new()).await?;
    keep(permit.transaction, about, hashed).await?;
    crate::sessions::end_others(permit).await
}

pub(super) async fn has(db: &DatabaseTransaction, person: PersonId) -> Result<bool, StoreError> {
    Ok(password::Entity::find_by_id(person.0).one(db).await?.is_some())
}

/// The caller has written down why.
pub(crate) async fn keep(writing: &Writing, person: PersonId, hashed: Hashed) -> Result<(), StoreError> {
    let (db, now) = (writing.looking(), writing.now());
    match password::Entity::find_by_id(person.0).one(db).await? {
        Some(row) => {
            let mut row = row.into_active_model();
            row.hash = Set(hashed.0);
            row.changed_at = Set(now);
            row.update(db).await?;
        }
        None => {
            let row = password::Model {
                person_id: person.0,
                hash: hashed.0,
                changed_at: now,
            };
            row.into_active_model().insert(db).await?;
        }
    }
    Ok(())
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None)
        .unwrap_or_else(|_| unreachable!("these are within what argon2 takes"));
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The hash of a password nobody has: what is typed for an unknown address is compared with it, and takes as long.
static NOBODYS: LazyLock<String> = LazyLock::new(|| {
    argon2()
        .hash_password(&crate::key::random::<32>())
        .map(|hash| hash.to_string())
        .unwrap_or_default()
});

#[cfg(test)]
mod tests {
    use super::*;

    fn dana() -> Mail {
        Mail::parse("dana.whitfield@lakeshore.example").unwrap()
    }

    fn staff(text: &str) -> Result<NewPassword, PasswordError> {
        NewPassword::parse(text, For::Staff, Some(&dana()))
    }

    fn member(text: &str) -> Result<NewPassword, PasswordError> {
        NewPassword::parse(text, For::Member, None)
    }

    /// As OWASP's cheat sheet and ASVS ask at least.
    #[test]
    fn a_password_is_hashed_by_argon2id_with_19_mib_and_two_passes() {
        let hash = argon2()
            .hash_password(b"quiet harbor lantern")
            .unwrap()
            .to_string();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    }

    #[test]
    fn staff_need_twelve_characters_and_members_eight() {
        // Eleven that nobody guesses do for a member, and are one too few for staff.
        let eleven = "kzq7!vTm2wP";
        assert!(member(eleven).is_ok());
        let (length, least) = (11, 12);
        assert_eq!(staff(eleven).unwrap_err(), PasswordError::Short { length, least });
        assert!(staff("kzq7!vTm2wPe").is_ok());
        let (length, least) = (7, 8);
        assert_eq!(
            member("kzq7!vT").unwrap_err(),
            PasswordError::Short { length, least }
        );
        // Eight are long enough to be looked at; nine that nobody guesses do.
        assert_eq!(member("password").unwrap_err(), PasswordError::Guessable);
        assert!(member("kzq7!vTm2").is_ok());
    }

    #[test]
    fn characters_are_counted_as_a_reader_counts_them() {
        let seven = "žlťčýňů";
        assert!(seven.len() > 8, "more bytes than characters");
        let (length, least) = (7, 8);
        assert_eq!(member(seven).unwrap_err(), PasswordError::Short { length, least });
    }

    #[test]
    fn a_hundred_and_twenty_eight_characters_are_the_most() {
        let long: String = "kzq7!vTm".chars().cycle().take(MOST).collect();
        let words = format!("harbor lantern gravel violin {}", &long[29..]);
        assert_eq!(words.chars().count(), MOST);
        assert!(staff(&words).is_ok());
        assert_eq!(staff(&format!("{words}x")).unwrap_err(), PasswordError::Long);
    }

    #[test]
    fn what_is_well_known_or_a_pattern_will_not_do_however_long() {
        for known in [
            "password1234",
            "Passw0rd1234",
            "qwertyuiop123",
            "1q2w3e4r5t6y",
            "aaaaaaaaaaaaaaaaaaaa",
            "abcdefghijklmnop",
            "12345678901234567890",
            "passwordpassword",
            "iloveyouiloveyou",
        ] {
            assert_eq!(staff(known).unwrap_err(), PasswordError::Guessable, "{known}");
        }
    }

    #[test]
    fn what_is_near_ones_own_address_will_not_do_and_does_for_others() {
        let other = Mail::parse("noor@people.example").unwrap();
        for near in [
            "dana.whitfield@lakeshore.example",
            "danawhitfield",
            "whitfield.dana",
        ] {
            assert_eq!(staff(near).unwrap_err(), PasswordError::Guessable, "{near}");
        }
        for near in [
            "lakeshore whitfield",
            "Dana@Lakeshore-2026",
            "!!Whitfield!!dana!!",
        ] {
            assert_eq!(staff(near).unwrap_err(), PasswordError::Guessable, "{near}");
        }
        let near = "lakeshore whitfield";
        assert!(NewPassword::parse(near, For::Staff, Some(&other)).is_ok());
        // One's own name among words of one's own is no harm.
        assert!(staff("dana harbor lantern gravel").is_ok());
    }

    #[test]
    fn neither_the_password_nor_why_it_will_not_do_shows_it() {
        let typed = "kzq7!vTm2wPe";
        assert!(!format!("{:?}", staff(typed).unwrap()).contains("vTm"));
        let why = staff("kzq7!vTm").unwrap_err();
        assert!(!format!("{why} {why:?}").contains("vTm"));
    }
}
