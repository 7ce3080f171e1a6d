//! Places of a group: who has one, and whether there is one left.

/// Places of a group at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    /// How many there are. None: the group has not said; the most of its kind holds then.
    pub most: u16,
    /// Taken by members, also those who pause, and by those who said yes.
    pub taken: u16,
    /// Held by offers that wait for an answer.
    pub held: u16,
}

impl Places {
    /// Places that nobody has and no offer holds.
    pub const fn left(self) -> u16 {
        self.most.saturating_sub(self.taken.saturating_add(self.held))
    }

    /// The same places, seen by someone for whom one of them is held.
    pub const fn without_mine(self) -> Self {
        Self {
            held: self.held.saturating_sub(1),
            ..self
        }
    }
}
