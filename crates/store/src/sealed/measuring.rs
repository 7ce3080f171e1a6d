//! The same rows sealed and as they are, in a table that goes with its transaction: what sealing costs is measured on them.

use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};
use uuid::Uuid;

use super::{Cipher, LETTER_BODY, place};
use crate::transaction::{StoreError, Writing};

/// How a row keeps its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    Sealed,
    Plain,
}

impl Kept {
    fn table(self) -> &'static str {
        match self {
            Self::Sealed => "measured_sealed",
            Self::Plain => "measured_plain",
        }
    }
}

/// Inserts the text so often, a row each.
pub async fn insert(writing: &Writing, kept: Kept, rows: u32, text: &str) -> Result<(), StoreError> {
    let db = writing.looking();
    let backend = db.get_database_backend();
    let (table, bytes) = match backend {
        DbBackend::Sqlite => (kept.table(), "blob"),
        _ => (kept.table(), "bytea"),
    };
    db.execute_unprepared(&format!(
        "create temporary table {table} (id uuid primary key, said {bytes} not null)"
    ))
    .await?;
    let (id, said) = (place(backend, 1), place(backend, 2));
    let sql = format!("insert into {table} (id, said) values ({id}, {said})");
    for number in 0..rows {
        let row = Uuid::from_u128(u128::from(number));
        let said: Value = match kept {
            Kept::Sealed => LETTER_BODY.seal(writing, row, text).await?.0.into(),
            Kept::Plain => text.as_bytes().to_vec().into(),
        };
        let statement = Statement::from_sql_and_values(backend, &sql, [row.into(), said]);
        db.execute_raw(statement).await?;
    }
    Ok(())
}

/// Reads every row; how many bytes of text there are.
pub async fn read(writing: &Writing, kept: Kept) -> Result<usize, StoreError> {
    let db = writing.looking();
    let sql = format!("select id, said from {}", kept.table());
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let mut read = 0;
    for row in db.query_all_raw(statement).await? {
        let said: Vec<u8> = row.try_get("", "said")?;
        read += match kept {
            Kept::Sealed => {
                let plain = LETTER_BODY
                    .open(writing, row.try_get::<Uuid>("", "id")?, &Cipher(said))
                    .await?;
                plain.reveal().len()
            }
            Kept::Plain => said.len(),
        };
    }
    Ok(read)
}
