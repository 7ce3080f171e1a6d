//! Names of things that people edit in `content/`: small letters, digits and hyphens.

use std::borrow::Borrow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// "loss-of-a-partner": 1 to 60 small letters, digits and single hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Name(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no name: write small letters, digits and single hyphens, such as loss-of-a-partner")]
pub struct NameError(String);

impl Name {
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let fits = (1..=60).contains(&text.len())
            && text.split('-').all(|part| {
                !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            });
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(NameError(text.chars().take(60).collect()))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Name {
    type Error = NameError;
    fn try_from(text: String) -> Result<Self, NameError> {
        Self::parse(&text)
    }
}

impl From<Name> for String {
    fn from(name: Name) -> String {
        name.0
    }
}

impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_small_letters_digits_and_single_hyphens() {
        assert!(Name::parse("type-2-diabetes").is_ok());
        for wrong in ["", "Grief", "a--b", "-a", "a_b", "a/b", &"x".repeat(61)] {
            assert!(Name::parse(wrong).is_err(), "{wrong}");
        }
    }
}
