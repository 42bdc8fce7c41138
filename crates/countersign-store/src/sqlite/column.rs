//! How values lie in columns, and how they are read back.
//!
//! What cannot be read back is a failure that names the value: a damaged row never becomes a
//! plausible one.

use countersign_core::digest::Sha256;
use countersign_proof::Hash;
use jiff::Timestamp;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::error::Error;
use std::fmt;
use std::str::FromStr;

/// A moment, as a text of fixed width.
pub(super) struct At(pub(super) Timestamp);

impl ToSql for At {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(format!("{:.9}", self.0).into())
    }
}

impl FromSql for At {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Parsed::column_result(value).map(|Parsed(moment)| Self(moment))
    }
}

/// A value whose text form is checked when it is read: names, digests, words.
pub(super) struct Parsed<T>(pub(super) T);

#[derive(Debug)]
struct Damaged {
    text: String,
    why: String,
}

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the stored value `{}` is damaged: {}", self.text, self.why)
    }
}

impl Error for Damaged {}

impl<T> FromSql for Parsed<T>
where
    T: FromStr,
    T::Err: fmt::Display,
{
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text = value.as_str()?;
        text.parse().map(Self).map_err(|error: T::Err| {
            let text = text.chars().take(80).collect();
            FromSqlError::Other(Box::new(Damaged { text, why: error.to_string() }))
        })
    }
}

/// 32 bytes.
pub(super) struct Bytes32(pub(super) [u8; 32]);

impl FromSql for Bytes32 {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let blob = value.as_blob()?;
        let bytes = blob.try_into();
        bytes
            .map(Self)
            .map_err(|_| FromSqlError::InvalidBlobSize { expected_size: 32, blob_size: blob.len() })
    }
}

impl From<Bytes32> for Sha256 {
    fn from(bytes: Bytes32) -> Self {
        Self::from_bytes(bytes.0)
    }
}

impl From<Bytes32> for Hash {
    fn from(bytes: Bytes32) -> Self {
        Self::from_bytes(bytes.0)
    }
}

/// A list, as JSON.
pub(super) struct Json<T>(pub(super) T);

impl<T: Serialize> ToSql for Json<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text = serde_json::to_string(&self.0);
        let failed = |error| rusqlite::Error::ToSqlConversionFailure(Box::new(error));
        Ok(text.map_err(failed)?.into())
    }
}

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let list = serde_json::from_str(value.as_str()?);
        list.map(Self).map_err(|error| FromSqlError::Other(Box::new(error)))
    }
}

/// Reading a row's columns by their place.
pub(super) trait Columns {
    /// A checked text.
    fn parsed<T>(&self, index: usize) -> rusqlite::Result<T>
    where
        T: FromStr,
        T::Err: fmt::Display;
    /// A checked text, or NULL.
    fn parsed_or_null<T>(&self, index: usize) -> rusqlite::Result<Option<T>>
    where
        T: FromStr,
        T::Err: fmt::Display;
    /// A moment.
    fn at(&self, index: usize) -> rusqlite::Result<Timestamp>;
    /// A moment, or NULL.
    fn at_or_null(&self, index: usize) -> rusqlite::Result<Option<Timestamp>>;
    /// 32 bytes.
    fn bytes32<T: From<Bytes32>>(&self, index: usize) -> rusqlite::Result<T>;
}

impl Columns for rusqlite::Row<'_> {
    fn parsed<T>(&self, index: usize) -> rusqlite::Result<T>
    where
        T: FromStr,
        T::Err: fmt::Display,
    {
        self.get(index).map(|Parsed(value)| value)
    }

    fn parsed_or_null<T>(&self, index: usize) -> rusqlite::Result<Option<T>>
    where
        T: FromStr,
        T::Err: fmt::Display,
    {
        let value: Option<Parsed<T>> = self.get(index)?;
        Ok(value.map(|Parsed(value)| value))
    }

    fn at(&self, index: usize) -> rusqlite::Result<Timestamp> {
        self.get(index).map(|At(moment)| moment)
    }

    fn at_or_null(&self, index: usize) -> rusqlite::Result<Option<Timestamp>> {
        let moment: Option<At> = self.get(index)?;
        Ok(moment.map(|At(moment)| moment))
    }

    fn bytes32<T: From<Bytes32>>(&self, index: usize) -> rusqlite::Result<T> {
        self.get::<_, Bytes32>(index).map(T::from)
    }
}

/// A `LIKE` pattern that finds `text` anywhere, taken literally; `\` escapes.
pub(super) fn containing(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// Sorts after every key: where a list in descending order starts.
pub(super) const AFTER_ALL: &str = "\u{10FFFF}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_sort_as_texts_as_they_compare() {
        let texts = ["2026-05-11T09:00:00Z", "2026-05-11T09:00:00.000000001Z", "2026-05-11T09:01Z"];
        let stored = texts.map(|text| format!("{:.9}", text.parse::<Timestamp>().unwrap()));
        assert!(stored.is_sorted(), "{stored:?}");
        assert!(stored.iter().all(|text| text.len() == 30), "{stored:?}");
    }

    #[test]
    fn a_pattern_takes_the_text_literally() {
        assert_eq!(containing("50%_a\\b"), "%50\\%\\_a\\\\b%");
    }
}
