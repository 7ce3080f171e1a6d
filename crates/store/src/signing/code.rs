//! A code of 16 digits: for members of support groups who take part under a handle and give no mail address.

use std::fmt;

use domain::access::Strength;
use domain::people::PersonId;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter,
};

use super::{Method, Proof, in_fours};
use crate::entities::people::join_code;
use crate::key::{Key, Purpose, hex, random};
use crate::permit::Permit;
use crate::permit::acts::ChangeAccount;
use crate::transaction::{StoreError, Writing};

/// Sixteen digits. Shown once, to be written down; the database keeps an HMAC of it.
pub struct Code(String);

impl Code {
    /// Evenly from all there are: what would favour some digits is drawn again.
    pub(crate) fn new() -> Self {
        const MOST: u64 = 10_000_000_000_000_000;
        loop {
            let drawn = u64::from_be_bytes(random());
            if drawn < u64::MAX - u64::MAX % MOST {
                return Self(format!("{:016}", drawn % MOST));
            }
        }
    }

    /// As it was typed, with spaces and hyphens.
    fn parse(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        (digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(Self(digits))
    }

    fn look_up(&self, key: &Key) -> String {
        hex(&key.mac(Purpose::JoinCode, &[self.0.as_bytes()]))
    }

    /// In four groups of four.
    pub fn reveal(&self) -> String {
        in_fours(&self.0, " ")
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code([sealed])")
    }
}

/// Who has this code.
pub async fn check(writing: &mut Writing, typed: &str) -> Result<Option<Proof>, StoreError> {
    let Some(code) = Code::parse(typed) else {
        return Ok(None);
    };
    let row = join_code::Entity::find()
        .filter(join_code::Column::Lookup.eq(code.look_up(&writing.key)))
        .one(writing.looking())
        .await?;
    Ok(row.map(|row| Proof {
        person: PersonId(row.person_id),
        method: Method::Code,
        strength: Strength::One,
    }))
}

/// A new code for oneself; the old one works no more.
pub async fn renew(permit: &mut Permit<'_, ChangeAccount>) -> Result<Code, StoreError> {
    let about = permit.about()?;
    if row(permit.db(), about).await?.is_none() {
        return Err(domain::access::Denied::NoRight.into());
    }
    super::guard(permit).await?;
    permit.act("code.renew", String::new()).await?;
    let code = give(permit.transaction, about).await?;
    // Whoever found the old one is out.
    crate::sessions::end_others(permit).await?;
    Ok(code)
}

/// The caller has written down why.
pub(crate) async fn give(writing: &Writing, person: PersonId) -> Result<Code, StoreError> {
    let (db, now) = (writing.looking(), writing.now());
    let code = Code::new();
    let lookup = code.look_up(&writing.key);
    match row(db, person).await? {
        Some(row) => {
            let mut row = row.into_active_model();
            row.lookup = Set(lookup);
            row.created_at = Set(now);
            row.update(db).await?;
        }
        None => {
            let row = join_code::Model {
                person_id: person.0,
                lookup,
                created_at: now,
            };
            row.into_active_model().insert(db).await?;
        }
    }
    Ok(code)
}

pub(super) async fn row(
    db: &DatabaseTransaction,
    person: PersonId,
) -> Result<Option<join_code::Model>, StoreError> {
    Ok(join_code::Entity::find_by_id(person.0).one(db).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = Code::new();
        assert_eq!(code.reveal().len(), 19);
        let key = Key::new([1; 32]);
        for typed in [code.reveal(), code.reveal().replace(' ', "-"), code.0.clone()] {
            assert_eq!(Code::parse(&typed).unwrap().look_up(&key), code.look_up(&key));
        }
        for wrong in ["", "1234", "12345678901234567", "1234 5678 9012 345x"] {
            assert!(Code::parse(wrong).is_none(), "{wrong}");
        }
    }
}
