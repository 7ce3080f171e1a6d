//! What a person is called here: a chosen name is enough.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One line of 1 to 60 characters that can be seen. In a support group it need not be anyone's real name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Handle(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HandleError {
    #[error("Write a name to be called by; it need not be your real one.")]
    Empty,
    #[error("This name has {0} characters. Use at most {MOST}.")]
    Long(usize),
    #[error("This name has a character that cannot be seen. Type it anew.")]
    Unseen,
}

const MOST: usize = 60;

impl Handle {
    pub fn parse(text: &str) -> Result<Self, HandleError> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = text.chars().count();
        if length == 0 {
            return Err(HandleError::Empty);
        }
        if length > MOST {
            return Err(HandleError::Long(length));
        }
        if text.chars().any(unseen) {
            return Err(HandleError::Unseen);
        }
        Ok(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Control characters, and those that turn the direction of writing or take no room: one name could look like another.
fn unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

impl TryFrom<String> for Handle {
    type Error = HandleError;
    fn try_from(text: String) -> Result<Self, HandleError> {
        Self::parse(&text)
    }
}

impl From<Handle> for String {
    fn from(handle: Handle) -> String {
        handle.0
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_is_one_line_that_can_be_seen() {
        assert_eq!(
            Handle::parse("  River \n Stone ").unwrap().as_str(),
            "River Stone"
        );
        assert_eq!(Handle::parse(" "), Err(HandleError::Empty));
        assert_eq!(Handle::parse(&"x".repeat(61)), Err(HandleError::Long(61)));
        assert_eq!(Handle::parse("Da\u{202e}na"), Err(HandleError::Unseen));
        assert!(Handle::parse("José 🙂").is_ok());
    }
}
