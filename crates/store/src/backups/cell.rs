//! One value, as both engines and a line of a backup have it.
//!
//! SQLite keeps in any column what it is given. What is not of the column's kind is kept as it is (`Odd`), so that one damaged
//! value keeps nobody from a backup; PostgreSQL does not take it back.

use base64::prelude::{BASE64_STANDARD, Engine};
use chrono::{DateTime, NaiveDate, SecondsFormat, SubsecRound, Utc};
use sea_orm::sqlx::postgres::PgRow;
use sea_orm::sqlx::sqlite::{Sqlite, SqliteRow, SqliteValueRef};
use sea_orm::sqlx::{Decode, Row, TypeInfo, ValueRef};
use sea_orm::{DbErr, QueryResult, Value};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value as Json;
use uuid::Uuid;

use super::schema::{Column, Kind};

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Null,
    Uuid(Uuid),
    Text(String),
    Instant(DateTime<Utc>),
    Date(NaiveDate),
    Integer(i64),
    Real(f64),
    Boolean(bool),
    Bytes(Vec<u8>),
    Odd(Odd),
}

/// A value of another kind than its column's, by how SQLite stores it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Odd {
    Integer(i64),
    Real(f64),
    /// Perhaps not even UTF-8.
    Text(Vec<u8>),
    Blob(Vec<u8>),
}

/// The values of a row, in the order of these columns.
pub(super) fn read(row: &QueryResult, columns: &[Column]) -> Result<Vec<Cell>, DbErr> {
    let wrong = |why: sea_orm::sqlx::Error| DbErr::Custom(why.to_string());
    let columns = columns.iter().enumerate();
    if let Some(row) = row.try_as_sqlite_row() {
        columns
            .map(|(place, column)| of_sqlite(row, place, column.kind))
            .collect()
    } else if let Some(row) = row.try_as_pg_row() {
        columns
            .map(|(place, column)| of_postgres(row, place, column.kind).map_err(wrong))
            .collect()
    } else {
        Err(DbErr::Custom("the row is of another engine".to_owned()))
    }
}

fn of_postgres(row: &PgRow, place: usize, kind: Kind) -> Result<Cell, sea_orm::sqlx::Error> {
    fn or_null<T>(value: Option<T>, cell: fn(T) -> Cell) -> Cell {
        value.map_or(Cell::Null, cell)
    }
    Ok(match kind {
        Kind::Uuid => or_null(row.try_get(place)?, Cell::Uuid),
        Kind::Text => or_null(row.try_get(place)?, Cell::Text),
        Kind::Instant => or_null(row.try_get(place)?, Cell::Instant),
        Kind::Date => or_null(row.try_get(place)?, Cell::Date),
        Kind::Integer => or_null(row.try_get(place)?, Cell::Integer),
        Kind::Real => or_null(row.try_get(place)?, Cell::Real),
        Kind::Boolean => or_null(row.try_get(place)?, Cell::Boolean),
        Kind::Bytes => or_null(row.try_get(place)?, Cell::Bytes),
    })
}

fn of_sqlite(row: &SqliteRow, place: usize, kind: Kind) -> Result<Cell, DbErr> {
    fn decoded<'r, T: Decode<'r, Sqlite>>(value: SqliteValueRef<'r>) -> Result<T, DbErr> {
        T::decode(value).map_err(|why| DbErr::Custom(why.to_string()))
    }
    let value = row
        .try_get_raw(place)
        .map_err(|why| DbErr::Custom(why.to_string()))?;
    if value.is_null() {
        return Ok(Cell::Null);
    }
    let class = value.type_info().name().to_owned();
    Ok(match class.as_str() {
        "INTEGER" => match (kind, decoded::<i64>(value)?) {
            (Kind::Integer, number) => Cell::Integer(number),
            (Kind::Boolean, number @ (0 | 1)) => Cell::Boolean(number == 1),
            (_, number) => Cell::Odd(Odd::Integer(number)),
        },
        "REAL" => match (kind, decoded::<f64>(value)?) {
            (Kind::Real, number) => Cell::Real(number),
            (_, number) => Cell::Odd(Odd::Real(number)),
        },
        "TEXT" => of_text(kind, decoded::<&[u8]>(value)?),
        "BLOB" => {
            let bytes = decoded::<&[u8]>(value)?;
            match (kind, Uuid::from_slice(bytes)) {
                (Kind::Bytes, _) => Cell::Bytes(bytes.to_vec()),
                (Kind::Uuid, Ok(id)) => Cell::Uuid(id),
                _ => Cell::Odd(Odd::Blob(bytes.to_vec())),
            }
        }
        other => return Err(DbErr::Custom(format!("SQLite has a value of class {other}"))),
    })
}

fn of_text(kind: Kind, bytes: &[u8]) -> Cell {
    let cell = std::str::from_utf8(bytes).ok().and_then(|text| match kind {
        Kind::Text => Some(Cell::Text(text.to_owned())),
        Kind::Instant => DateTime::parse_from_rfc3339(text)
            .ok()
            .map(|at| Cell::Instant(at.with_timezone(&Utc))),
        Kind::Date => NaiveDate::parse_from_str(text, "%F").ok().map(Cell::Date),
        _ => None,
    });
    cell.unwrap_or_else(|| Cell::Odd(Odd::Text(bytes.to_vec())))
}

/// As JSON: an instant with six digits of its second, in UTC; bytes as base64.
impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => to.serialize_unit(),
            Self::Uuid(id) => to.serialize_str(id.hyphenated().encode_lower(&mut Uuid::encode_buffer())),
            Self::Text(text) => to.serialize_str(text),
            Self::Instant(at) => {
                to.serialize_str(&at.trunc_subsecs(6).to_rfc3339_opts(SecondsFormat::Micros, true))
            }
            Self::Date(day) => to.collect_str(day),
            Self::Integer(number) => to.serialize_i64(*number),
            // The shortest that reads back as the same; not every number is one of JSON.
            Self::Real(number) => to.serialize_str(&format!("{number:?}")),
            Self::Boolean(is) => to.serialize_bool(*is),
            Self::Bytes(bytes) => to.serialize_str(&BASE64_STANDARD.encode(bytes)),
            Self::Odd(odd) => {
                let (class, said) = match odd {
                    Odd::Integer(number) => ("integer", number.to_string()),
                    Odd::Real(number) => ("real", format!("{number:?}")),
                    Odd::Text(bytes) => ("text", BASE64_STANDARD.encode(bytes)),
                    Odd::Blob(bytes) => ("blob", BASE64_STANDARD.encode(bytes)),
                };
                let mut map = to.serialize_map(Some(1))?;
                map.serialize_entry(class, &said)?;
                map.end()
            }
        }
    }
}

impl Cell {
    /// Reads back what was written; nothing if it is no value of this kind.
    pub(super) fn of_json(kind: Kind, json: Json) -> Option<Self> {
        let bytes = |text: &str| BASE64_STANDARD.decode(text).ok();
        Some(match (kind, json) {
            (_, Json::Null) => Self::Null,
            (_, Json::Object(odd)) => {
                let (class, said) = odd.iter().next()?;
                let said = said.as_str()?;
                Self::Odd(match class.as_str() {
                    "integer" => Odd::Integer(said.parse().ok()?),
                    "real" => Odd::Real(said.parse().ok()?),
                    "text" => Odd::Text(bytes(said)?),
                    "blob" => Odd::Blob(bytes(said)?),
                    _ => return None,
                })
            }
            (Kind::Integer, Json::Number(number)) => Self::Integer(number.as_i64()?),
            (Kind::Boolean, Json::Bool(is)) => Self::Boolean(is),
            (Kind::Text, Json::String(text)) => Self::Text(text),
            (Kind::Uuid, Json::String(text)) => Self::Uuid(Uuid::try_parse(&text).ok()?),
            (Kind::Bytes, Json::String(text)) => Self::Bytes(bytes(&text)?),
            (Kind::Real, Json::String(text)) => Self::Real(text.parse().ok()?),
            (Kind::Instant | Kind::Date, Json::String(text)) => match of_text(kind, text.as_bytes()) {
                Self::Odd(_) => return None,
                cell => cell,
            },
            _ => return None,
        })
    }

    /// The value to bind, and how its place stands in a statement of SQLite: text that is no UTF-8 can only come as bytes.
    pub(super) fn bind(self, kind: Kind) -> (Value, &'static str) {
        let value = match self {
            Self::Null => match kind {
                Kind::Uuid => Value::Uuid(None),
                Kind::Text => Value::String(None),
                Kind::Instant => Value::ChronoDateTimeUtc(None),
                Kind::Date => Value::ChronoDate(None),
                Kind::Integer => Value::BigInt(None),
                Kind::Real => Value::Double(None),
                Kind::Boolean => Value::Bool(None),
                Kind::Bytes => Value::Bytes(None),
            },
            Self::Uuid(id) => Value::Uuid(Some(id)),
            Self::Text(text) => Value::String(Some(text)),
            Self::Instant(at) => Value::ChronoDateTimeUtc(Some(at)),
            Self::Date(day) => Value::ChronoDate(Some(day)),
            Self::Integer(number) | Self::Odd(Odd::Integer(number)) => Value::BigInt(Some(number)),
            Self::Real(number) | Self::Odd(Odd::Real(number)) => Value::Double(Some(number)),
            Self::Boolean(is) => Value::Bool(Some(is)),
            Self::Bytes(bytes) | Self::Odd(Odd::Blob(bytes)) => Value::Bytes(Some(bytes)),
            Self::Odd(Odd::Text(bytes)) => return (Value::Bytes(Some(bytes)), "cast(? as text)"),
        };
        (value, "?")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(kind: Kind, cell: &Cell) -> Option<Cell> {
        Cell::of_json(kind, serde_json::to_value(cell).unwrap())
    }

    #[test]
    fn every_kind_of_value_reads_back_as_it_was_written() {
        let at = "2026-11-24T15:00:00.123456Z".parse().unwrap();
        let cells = [
            (Kind::Uuid, Cell::Uuid(Uuid::from_u128(7))),
            (Kind::Text, Cell::Text("a \"b\"\n\u{0}\u{1f6f6}".to_owned())),
            (Kind::Instant, Cell::Instant(at)),
            (Kind::Date, Cell::Date("2026-11-24".parse().unwrap())),
            (Kind::Integer, Cell::Integer(i64::MIN)),
            (Kind::Real, Cell::Real(0.1 + 0.2)),
            (Kind::Real, Cell::Real(f64::NEG_INFINITY)),
            (Kind::Boolean, Cell::Boolean(true)),
            (Kind::Bytes, Cell::Bytes(vec![0, 255, 10])),
            (Kind::Date, Cell::Null),
            (Kind::Uuid, Cell::Odd(Odd::Text(vec![255, 254]))),
            (Kind::Uuid, Cell::Odd(Odd::Blob(vec![1]))),
            (Kind::Instant, Cell::Odd(Odd::Integer(-1))),
            (Kind::Text, Cell::Odd(Odd::Real(1.5))),
        ];
        for (kind, cell) in cells {
            assert_eq!(round(kind, &cell), Some(cell));
        }
    }

    #[test]
    fn a_value_of_another_kind_is_refused() {
        for (kind, json) in [
            (Kind::Uuid, "\"7\""),
            (Kind::Instant, "\"never\""),
            (Kind::Integer, "1.5"),
            (Kind::Integer, "\"1\""),
            (Kind::Bytes, "\"?\""),
            (Kind::Text, "1"),
            (Kind::Text, "{\"other\":\"x\"}"),
        ] {
            let json = serde_json::from_str(json).unwrap();
            assert_eq!(Cell::of_json(kind, json), None);
        }
    }

    #[test]
    fn what_both_engines_keep_of_an_instant_is_its_microseconds() {
        let at: DateTime<Utc> = "2026-11-24T15:00:00.123456789Z".parse().unwrap();
        let json = serde_json::to_string(&Cell::Instant(at)).unwrap();
        assert_eq!(json, "\"2026-11-24T15:00:00.123456Z\"");
    }
}
