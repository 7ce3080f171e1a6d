//! How many came to a support group: heads, and the handles of those who want to be remembered by one.

use serde::{Deserialize, Serialize};

use crate::people::Handle;

/// A session of a support group in numbers. What is read of it is checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Raw")]
pub struct Count {
    in_the_room: u16,
    online: u16,
    /// Of all, those who were there for the first time.
    new: u16,
    /// Of those who gave one; nobody has to.
    handles: Vec<Handle>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    in_the_room: u16,
    online: u16,
    new: u16,
    handles: Vec<Handle>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CountError {
    #[error("{new} are new, but only {all} were there. Correct one of the two.")]
    MoreNewThanThere { new: u16, all: u32 },
    #[error("{handles} handles were written, but only {all} were there. Correct the count.")]
    MoreHandlesThanThere { handles: usize, all: u32 },
    #[error("A handle was written twice. Take one of them out.")]
    HandleTwice,
}

/// Several sessions together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Turnout {
    pub sessions: u32,
    pub all: u32,
    pub new: u32,
    pub most: u32,
}

impl Count {
    pub fn new(in_the_room: u16, online: u16, new: u16, handles: Vec<Handle>) -> Result<Self, CountError> {
        let all = u32::from(in_the_room) + u32::from(online);
        if u32::from(new) > all {
            return Err(CountError::MoreNewThanThere { new, all });
        }
        if u32::try_from(handles.len()).map_or(true, |written| written > all) {
            let handles = handles.len();
            return Err(CountError::MoreHandlesThanThere { handles, all });
        }
        let mut sorted: Vec<&Handle> = handles.iter().collect();
        sorted.sort_unstable();
        if sorted.windows(2).any(|two| two[0] == two[1]) {
            return Err(CountError::HandleTwice);
        }
        Ok(Self {
            in_the_room,
            online,
            new,
            handles,
        })
    }

    pub fn all(&self) -> u32 {
        u32::from(self.in_the_room) + u32::from(self.online)
    }

    pub const fn in_the_room(&self) -> u16 {
        self.in_the_room
    }

    pub const fn online(&self) -> u16 {
        self.online
    }

    pub const fn newcomers(&self) -> u16 {
        self.new
    }

    pub fn handles(&self) -> &[Handle] {
        &self.handles
    }
}

impl TryFrom<Raw> for Count {
    type Error = CountError;
    fn try_from(raw: Raw) -> Result<Self, CountError> {
        Self::new(raw.in_the_room, raw.online, raw.new, raw.handles)
    }
}

impl<'a> FromIterator<&'a Count> for Turnout {
    fn from_iter<I: IntoIterator<Item = &'a Count>>(counts: I) -> Self {
        counts.into_iter().fold(Self::default(), |turnout, count| Self {
            sessions: turnout.sessions + 1,
            all: turnout.all + count.all(),
            new: turnout.new + u32::from(count.new),
            most: turnout.most.max(count.all()),
        })
    }
}

impl Turnout {
    /// To the nearest whole person; nothing where nothing was counted.
    pub fn usual(self) -> Option<u32> {
        (self.sessions > 0).then(|| (self.all + self.sessions / 2) / self.sessions)
    }
}
