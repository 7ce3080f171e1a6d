//! A table as lines, and the sum of them.

use futures::TryStreamExt;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, Statement, StreamTrait};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::sync::mpsc::Sender;

use super::schema::{Column, Table};
use super::{Sum, cell};
use crate::key::hex;

/// Lines are handed on in pieces of about this many bytes.
const PIECE: usize = 256 * 1024;

/// The line before the rows of a table.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Heading {
    pub table: String,
    pub columns: Vec<Column>,
}

/// Where lines go: to whoever reads them, or, for a sum alone, nowhere.
pub(super) struct Out<'a> {
    to: Option<&'a Sender<Vec<u8>>>,
    piece: Vec<u8>,
}

/// Why lines could not be handed on.
#[derive(Debug)]
pub(super) enum Stopped {
    /// Nobody reads them any more.
    Nobody,
    Database(DbErr),
}

impl From<DbErr> for Stopped {
    fn from(why: DbErr) -> Self {
        Self::Database(why)
    }
}

impl<'a> Out<'a> {
    pub(super) fn to(sender: &'a Sender<Vec<u8>>) -> Self {
        Self {
            to: Some(sender),
            piece: Vec::new(),
        }
    }

    pub(super) fn nowhere() -> Self {
        Self {
            to: None,
            piece: Vec::new(),
        }
    }

    pub(super) async fn line(&mut self, line: &[u8]) -> Result<(), Stopped> {
        let Some(to) = self.to else { return Ok(()) };
        self.piece.extend_from_slice(line);
        if self.piece.len() < PIECE {
            return Ok(());
        }
        let piece = std::mem::take(&mut self.piece);
        to.send(piece).await.map_err(|_| Stopped::Nobody)
    }

    pub(super) async fn end(self) -> Result<(), Stopped> {
        let Some(to) = self.to else { return Ok(()) };
        to.send(self.piece).await.map_err(|_| Stopped::Nobody)
    }
}

/// Anything as one line.
pub(super) fn line(of: &impl Serialize) -> Result<Vec<u8>, DbErr> {
    let mut line = serde_json::to_vec(of).map_err(|why| DbErr::Json(why.to_string()))?;
    line.push(b'\n');
    Ok(line)
}

/// Reads a whole table.
pub(super) async fn table(
    db: &DatabaseTransaction,
    table: &Table,
    out: &mut Out<'_>,
) -> Result<Sum, Stopped> {
    let heading = Heading {
        table: table.name.clone(),
        columns: table.columns.clone(),
    };
    let mut hash = Sha256::new();
    let heading = line(&heading)?;
    hash.update(&heading);
    out.line(&heading).await?;
    let backend = ConnectionTrait::get_database_backend(db);
    let statement = Statement::from_string(backend, table.select(backend));
    let mut rows = db.stream_raw(statement).await?;
    let mut count = 0;
    while let Some(row) = rows.try_next().await? {
        let row = line(&cell::read(&row, &table.columns)?)?;
        hash.update(&row);
        out.line(&row).await?;
        count += 1;
    }
    Ok(Sum {
        table: table.name.clone(),
        rows: count,
        sha256: hex(&hash.finalize()),
    })
}
