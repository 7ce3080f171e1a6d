//! The public name of a listing in URLs: random, so that a browser's history tells nothing.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Ten characters of Crockford's base 32 in lower case, from 50 random bits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not the name of a group page: it has ten characters, digits and letters")]
pub struct SlugError(String);

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH: u32 = 10;

impl Slug {
    /// The slug of these random bits; the lowest 50 count.
    pub fn from_bits(bits: u64) -> Self {
        Self(
            (0..LENGTH)
                .map(|i| char::from(ALPHABET[(bits >> (5 * i) & 31) as usize]))
                .collect(),
        )
    }

    pub fn parse(text: &str) -> Result<Self, SlugError> {
        if text.len() == LENGTH as usize && text.bytes().all(|b| ALPHABET.contains(&b)) {
            Ok(Self(text.to_owned()))
        } else {
            Err(SlugError(text.chars().take(40).collect()))
        }
    }

    /// The 50 bits it was made of.
    pub fn bits(&self) -> u64 {
        let value = |letter: u8| ALPHABET.iter().position(|known| *known == letter).unwrap_or(0) as u64;
        self.0
            .bytes()
            .rev()
            .fold(0, |bits, letter| bits << 5 | value(letter))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Slug {
    type Error = SlugError;
    fn try_from(text: String) -> Result<Self, SlugError> {
        Self::parse(&text)
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> String {
        slug.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_reads_back() {
        let slug = Slug::from_bits(0x1234_5678_9abc_def0);
        assert_eq!(Slug::parse(slug.as_str()).unwrap(), slug);
        assert_ne!(slug, Slug::from_bits(1));
        assert_eq!(slug.bits(), 0x1234_5678_9abc_def0 & ((1 << 50) - 1));
        assert!(Slug::parse("../../etc/").is_err());
    }
}
