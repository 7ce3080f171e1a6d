//! Sealed columns: names, addresses and free texts, which the database keeps and cannot read.
//!
//! A sealed value is bound to its place: put into another row or another column it opens no more. In the database it is
//! `1 | number of the key, 4 bytes | nonce, 24 | text, padded to 256 bytes and sealed | tag, 16`; what it is bound to is the table, the
//! column, the id of the row, and the number of the key; and, where a row of a record is written over, how often that was: an older text
//! put in the place of a newer one opens no more.

pub(crate) mod crypt;
#[doc(hidden)]
pub mod measuring;
mod rotating;

pub(crate) use rotating::is_sealed_by;
pub use rotating::{Rotated, Step, rotate};

use std::fmt;

use domain::access::Class;
use domain::people::{GroupId, PersonId};
use sea_orm::{ConnectionTrait, DbBackend, DeriveValueType, QueryResult, Statement};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::keys::{DataKey, ORGANISATION};
use crate::permit::{
    Permit,
    acts::{KeepNote, Permitted},
};
use crate::transaction::{StoreError, Transaction, Writing, sealed::Sealed};

/// A sealed value as its row holds it.
#[derive(Clone, PartialEq, Eq, DeriveValueType)]
pub struct Cipher(pub(crate) Vec<u8>);

/// What was sealed. It is shown by nothing, and overwritten when it is dropped.
pub struct Plain(Zeroizing<String>);

/// A column whose values are sealed, of accounts and letters: the program reads these by itself, to know whom it deals with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) table: &'static str,
    pub(crate) name: &'static str,
    /// The column with the id of the row.
    pub(crate) id: &'static str,
    /// Whether its rows are written over and count that, in a column `version`.
    is_versioned: bool,
    class: Class,
}

/// Which writing of which row a value is of. Rows that do not count it, and those from before they did, are at 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct At {
    pub(crate) row: Uuid,
    version: i32,
}

/// What a row that counts its writings begins at.
pub(crate) const FIRST: i32 = 1;

impl From<Uuid> for At {
    fn from(row: Uuid) -> Self {
        Self { row, version: 0 }
    }
}

impl From<(Uuid, i32)> for At {
    fn from((row, version): (Uuid, i32)) -> Self {
        Self { row, version }
    }
}

/// A sealed column of what people wrote in confidence: only a permit opens it, for the group it was given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Confidential(pub(crate) Column);

/// A sealed column of what is its author's alone, under a key for each author.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Private(pub(crate) Column);

const fn column(table: &'static str, name: &'static str, class: Class) -> Column {
    Column {
        table,
        name,
        id: "id",
        is_versioned: false,
        class,
    }
}

const fn versioned(table: &'static str, name: &'static str, class: Class) -> Column {
    Column {
        is_versioned: true,
        ..column(table, name, class)
    }
}

pub(crate) const HANDLE: Column = column("person", "handle", Class::Account);
pub(crate) const MAIL: Column = column("person", "mail", Class::Account);
pub(crate) const TOTP_SECRET: Column = Column {
    id: "person_id",
    ..column("totp", "secret", Class::Account)
};
pub(crate) const PASSKEY_NAME: Column = column("passkey", "name", Class::Account);
pub(crate) const PASSKEY_CREDENTIAL: Column = column("passkey", "credential", Class::Account);
pub(crate) const CEREMONY_STATE: Column = column("ceremony", "state", Class::Account);
pub(crate) const LINK_MAIL: Column = column("mailed_link", "mail", Class::Account);
pub(crate) const INVITATION_MAIL: Column = column("invitation", "mail", Class::Account);
pub(crate) const LETTER_MAIL: Column = column("outbox", "mail", Class::Account);
pub(crate) const LETTER_BODY: Column = column("outbox", "body", Class::Account);
pub(crate) const LETTER_STOP: Column = column("outbox", "stop", Class::Account);
pub(crate) const SEARCH_MAIL: Column = column("saved_search", "mail", Class::Contact);
pub(crate) const SEARCH: Column = column("saved_search", "search", Class::Contact);
pub(crate) const CONSENT_RECIPIENT: Column = column("consent", "recipient", Class::Consent);
pub(crate) const DISCLOSURE_RECIPIENT: Column = column("disclosure", "recipient", Class::Consent);
pub(crate) const HOLD_REASON: Column = column("legal_hold", "reason", Class::Account);
pub(crate) const BREAK_GLASS_WORDS: Confidential =
    Confidential(column("break_glass", "words", Class::Contact));
pub(crate) const REPORT_WORDS: Confidential = Confidential(column("report_words", "words", Class::Listing));
pub(crate) const ASKING_HANDLE: Column = column("asking", "handle", Class::Account);
pub(crate) const ASKING_MAIL: Column = column("asking", "mail", Class::Account);
pub(crate) const SIGNED_NAME: Column = column("agreement_signature", "name", Class::Consent);
pub(crate) const SCREENING_ANSWERS: Confidential =
    Confidential(column("screening_answer", "answers", Class::Screening));
pub(crate) const TALK_NOTE: Confidential =
    Confidential(versioned("talk_note", "words", Class::IndividualNote));
pub(crate) const APPLICATION_LETTER: Confidential =
    Confidential(column("application_letter", "words", Class::Joining));
pub(crate) const SCREENED_BY: Confidential = Confidential(column("membership", "screened_by", Class::Intake));
pub(crate) const GUEST_HANDLE: Confidential = Confidential(column("guest", "handle", Class::Coming));
pub(crate) const ENTRANCE_ADDRESS: Confidential =
    Confidential(column("entrance", "address", Class::Entrance));
pub(crate) const ENTRANCE_LINK: Confidential = Confidential(column("entrance", "link", Class::Entrance));
pub(crate) const PLAN: Confidential = Confidential(column("group_session", "plan", Class::Plan));
pub(crate) const HEADS: Confidential = Confidential(column("group_session", "heads", Class::Attendance));
pub(crate) const CURRICULUM: Confidential = Confidential(column("curriculum", "plans", Class::Plan));
pub(crate) const EXCUSE: Confidential = Confidential(column("excuse", "words", Class::Attendance));
pub(crate) const ADVICE: Confidential = Confidential(column("advice", "words", Class::Room));
pub(crate) const WHEREABOUTS: Confidential = Confidential(column("whereabouts", "words", Class::Contact));
pub(crate) const EMERGENCY: Confidential = Confidential(column("emergency_contact", "words", Class::Contact));
pub(crate) const BILLING_NUMBER: Confidential =
    Confidential(column("billing_number", "number", Class::Attendance));
pub(crate) const SESSION_TEXT: Confidential = Confidential(column("session_text", "words", Class::GroupNote));
pub(crate) const PART_TEXT: Confidential = Confidential(column("part_text", "words", Class::IndividualNote));
/// Marks of the guard that were signed over are words of a text, often a name; reasons are free text.
pub(crate) const SESSION_FACTS: Confidential =
    Confidential(versioned("session_record", "facts", Class::GroupNote));
pub(crate) const PART_FACTS: Confidential =
    Confidential(versioned("member_part", "facts", Class::IndividualNote));
/// Sealed by a key of the author's own: only they open it.
pub(crate) const PROCESS_NOTE: Private = Private(versioned("process_note", "words", Class::ProcessNote));
pub(crate) const MEMBER_GOAL: Confidential =
    Confidential(versioned("member_goal", "words", Class::IndividualNote));
pub(crate) const GROUP_GOAL: Confidential = Confidential(versioned("group_goal", "words", Class::GroupNote));
pub(crate) const ROSTER_MARK: Confidential =
    Confidential(versioned("roster_mark", "words", Class::IndividualNote));
pub(crate) const RELEASED: Confidential = Confidential(column("released_note", "words", Class::Released));

/// All of them: what is rotated and checked. A test finds a column of the schema that is missing here.
pub(crate) const COLUMNS: [Column; 45] = [
    HANDLE,
    MAIL,
    TOTP_SECRET,
    PASSKEY_NAME,
    PASSKEY_CREDENTIAL,
    CEREMONY_STATE,
    LINK_MAIL,
    INVITATION_MAIL,
    LETTER_MAIL,
    LETTER_BODY,
    CONSENT_RECIPIENT,
    DISCLOSURE_RECIPIENT,
    HOLD_REASON,
    BREAK_GLASS_WORDS.0,
    REPORT_WORDS.0,
    ASKING_HANDLE,
    ASKING_MAIL,
    SIGNED_NAME,
    SCREENING_ANSWERS.0,
    TALK_NOTE.0,
    APPLICATION_LETTER.0,
    SCREENED_BY.0,
    GUEST_HANDLE.0,
    ENTRANCE_ADDRESS.0,
    ENTRANCE_LINK.0,
    LETTER_STOP,
    SEARCH_MAIL,
    SEARCH,
    PLAN.0,
    HEADS.0,
    CURRICULUM.0,
    EXCUSE.0,
    ADVICE.0,
    WHEREABOUTS.0,
    EMERGENCY.0,
    BILLING_NUMBER.0,
    SESSION_TEXT.0,
    PART_TEXT.0,
    PROCESS_NOTE.0,
    MEMBER_GOAL.0,
    GROUP_GOAL.0,
    ROSTER_MARK.0,
    RELEASED.0,
    SESSION_FACTS.0,
    PART_FACTS.0,
];

/// The form of a sealed value.
const FORM: u8 = 1;

/// So that its length says little of what it is.
const PADDED_TO: usize = 256;

impl Plain {
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[sealed]")
    }
}

impl fmt::Debug for Cipher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[sealed]")
    }
}

impl Cipher {
    /// The number of the key, and what it sealed; none if it is no sealed value.
    fn parts(&self) -> Option<(i32, &[u8])> {
        let (form, rest) = self.0.split_first()?;
        let (id, sealed) = rest.split_first_chunk::<4>()?;
        (*form == FORM).then_some((i32::from_be_bytes(*id), sealed))
    }
}

impl Column {
    pub(crate) fn class(self) -> &'static str {
        self.class.name()
    }

    /// Seals what this row is to hold.
    pub(crate) async fn seal(
        self,
        writing: &Writing,
        row: impl Into<At>,
        plain: &str,
    ) -> Result<Cipher, StoreError> {
        self.seal_for(writing, row, ORGANISATION, plain).await
    }

    /// The same where there may be nothing.
    pub(crate) async fn seal_some(
        self,
        writing: &Writing,
        row: impl Into<At>,
        plain: Option<&str>,
    ) -> Result<Option<Cipher>, StoreError> {
        match plain {
            Some(plain) => self.seal(writing, row, plain).await.map(Some),
            None => Ok(None),
        }
    }

    /// What this row holds.
    pub(crate) async fn open(
        self,
        transaction: &impl Transaction,
        row: impl Into<At>,
        cipher: &Cipher,
    ) -> Result<Plain, StoreError> {
        let (_, plain) = self.open_in(transaction, row, cipher).await?;
        Ok(plain)
    }

    /// The same where there may be none.
    pub(crate) async fn open_some(
        self,
        transaction: &impl Transaction,
        row: impl Into<At>,
        cipher: Option<&Cipher>,
    ) -> Result<Option<Plain>, StoreError> {
        match cipher {
            Some(cipher) => self.open(transaction, row, cipher).await.map(Some),
            None => Ok(None),
        }
    }

    async fn seal_for(
        self,
        writing: &Writing,
        row: impl Into<At>,
        scope: &str,
        plain: &str,
    ) -> Result<Cipher, StoreError> {
        let (db, class) = (writing.looking(), self.class.name());
        let key = Sealed::keys(writing)
            .current(db, class, scope, writing.now())
            .await?;
        Ok(self.close(&key, row, plain))
    }

    pub(crate) fn close(self, key: &DataKey, row: impl Into<At>, plain: &str) -> Cipher {
        let mut padded = Zeroizing::new(Vec::with_capacity(plain.len() + PADDED_TO));
        padded.extend(plain.as_bytes());
        padded.push(0x80);
        let whole = padded.len().next_multiple_of(PADDED_TO);
        padded.resize(whole, 0);
        let mut sealed = vec![FORM];
        sealed.extend(key.id.to_be_bytes());
        sealed.extend(crypt::close(&key.bytes, &self.bound(row.into(), key.id), &padded));
        Cipher(sealed)
    }

    /// With the scope of the key that sealed it.
    pub(crate) async fn open_in(
        self,
        transaction: &impl Transaction,
        row: impl Into<At>,
        cipher: &Cipher,
    ) -> Result<(String, Plain), StoreError> {
        let row = row.into();
        let (id, sealed) = cipher.parts().ok_or_else(|| self.broken(row))?;
        let key = Sealed::keys(transaction)
            .get(Sealed::looking(transaction), id)
            .await?
            .map_err(|_| self.broken(row))?;
        let fits = key.class == self.class.name();
        let padded = fits.then(|| crypt::open(&key.bytes, &self.bound(row, id), sealed));
        let plain = padded.flatten().and_then(|padded| unpadded(&padded));
        let plain = plain.ok_or_else(|| self.broken(row))?;
        Ok((key.scope.clone(), plain))
    }

    /// A value opens only in the place it was sealed for.
    fn bound(self, At { row, version }: At, key: i32) -> Vec<u8> {
        let bound = format!("sb1|{}|{}|{row}|{key}", self.table, self.name);
        match version {
            0 => bound.into_bytes(),
            _ => format!("{bound}|{version}").into_bytes(),
        }
    }

    fn broken(self, at: At) -> StoreError {
        StoreError::Unopened {
            table: self.table,
            column: self.name,
            row: at.row,
        }
    }

    /// How often a row was written over, as the engine reads it.
    pub(crate) fn version(self) -> &'static str {
        if self.is_versioned { "version" } else { "0" }
    }
}

impl Confidential {
    /// Seals what is written in confidence about this group.
    pub(crate) async fn seal(
        self,
        writing: &Writing,
        row: impl Into<At>,
        group: GroupId,
        plain: &str,
    ) -> Result<Cipher, StoreError> {
        self.0.seal_for(writing, row, &group.0.to_string(), plain).await
    }

    /// Opens it by a permit for that group, or for the whole organisation.
    pub(crate) async fn open<A: Permitted, T: Transaction>(
        self,
        permit: &Permit<'_, A, T>,
        row: impl Into<At>,
        cipher: &Cipher,
    ) -> Result<Plain, StoreError> {
        let row = row.into();
        let (scope, plain) = self.0.open_in(&*permit.transaction, row, cipher).await?;
        let here = permit
            .relation
            .group
            .is_none_or(|group| group.0.to_string() == scope);
        here.then_some(plain).ok_or_else(|| self.0.broken(row))
    }
}

impl Private {
    fn scope(author: PersonId) -> String {
        format!("author {}", author.0)
    }

    /// Seals what its author wrote for themselves.
    pub(crate) async fn seal(
        self,
        writing: &Writing,
        row: impl Into<At>,
        author: PersonId,
        plain: &str,
    ) -> Result<Cipher, StoreError> {
        self.0.seal_for(writing, row, &Self::scope(author), plain).await
    }

    /// Opens it for its author, by leave to keep such notes.
    pub(crate) async fn open(
        self,
        permit: &Permit<'_, KeepNote>,
        row: impl Into<At>,
        cipher: &Cipher,
    ) -> Result<Plain, StoreError> {
        let row = row.into();
        let (scope, plain) = self.0.open_in(&*permit.transaction, row, cipher).await?;
        let mine = permit.person().is_some_and(|person| Self::scope(person) == scope);
        mine.then_some(plain).ok_or_else(|| self.0.broken(row))
    }
}

fn unpadded(padded: &[u8]) -> Option<Plain> {
    let end = padded.iter().rposition(|byte| *byte != 0)?;
    let text = padded[..end].to_vec();
    (padded[end] == 0x80)
        .then(|| String::from_utf8(text).ok())
        .flatten()
        .map(|text| Plain(Zeroizing::new(text)))
}

/// A value that does not open, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    pub table: &'static str,
    pub column: &'static str,
    pub row: Uuid,
}

/// Opens every sealed value there is: how many, and those that do not open. For `doctor`.
pub async fn check(writing: &Writing) -> Result<(u64, Vec<Damage>), StoreError> {
    let (mut opened, mut damage) = (0, Vec::new());
    for column in COLUMNS {
        let mut after = Uuid::nil();
        loop {
            let rows = batch(writing.looking(), column, after).await?;
            let Some((last, _)) = rows.last() else { break };
            after = last.row;
            for (at, cipher) in &rows {
                match column.open_in(writing, *at, cipher).await {
                    Ok(_) => opened += 1,
                    Err(StoreError::Unopened { .. }) => damage.push(Damage {
                        table: column.table,
                        column: column.name,
                        row: at.row,
                    }),
                    Err(other) => return Err(other),
                }
            }
        }
    }
    Ok((opened, damage))
}

/// Where a sealed value stands, and the value.
fn at(row: &QueryResult) -> Result<(At, Cipher), StoreError> {
    let (id, version): (Uuid, i32) = (row.try_get("", "id")?, row.try_get("", "version")?);
    Ok(((id, version).into(), row.try_get("", "sealed")?))
}

/// Rows of a sealed column in the order of their ids, from behind one.
async fn batch(
    db: &impl ConnectionTrait,
    column: Column,
    after: Uuid,
) -> Result<Vec<(At, Cipher)>, StoreError> {
    let Column { table, name, id, .. } = column;
    let (place, version) = (place(db.get_database_backend(), 1), column.version());
    let sql = format!(
        "select {id} as id, {version} as version, {name} as sealed from {table} where {name} is not null and {id} > {place} order by {id} limit {}",
        rotating::BATCH
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [after.into()]);
    let rows = db.query_all_raw(statement).await?;
    rows.iter().map(at).collect()
}

/// How the engine writes a value's place.
pub(crate) fn place(backend: DbBackend, number: usize) -> String {
    match backend {
        DbBackend::Sqlite => "?".to_owned(),
        _ => format!("${number}"),
    }
}
