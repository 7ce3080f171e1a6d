//! Why something is not done with a record, and what can be done instead.

use chrono::NaiveDate;

use super::Cosignature;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("This record is somebody else's to write. Ask who keeps it, or have it handed over.")]
    NotYours,
    #[error("A process note is its author's alone: it is not signed, shown or handed over.")]
    IsPrivate,
    #[error("This record is signed. Amend it: what was signed stays as it is.")]
    IsSigned,
    #[error("This record waits for a second signature. Take it back to write in it.")]
    Awaits,
    #[error("This record is not signed yet. Write in the draft.")]
    NotSigned,
    #[error("No second signature is waited for.")]
    NotAwaiting,
    #[error("The second signature is somebody else's than the first.")]
    OwnSignature,
    #[error("The second signature is not yours to give.")]
    NotCosigner { needed: Cosignature },
    #[error("{open} marks have no reason yet. Change the words, or say for each why they stay.")]
    MarksOpen { open: usize },
    #[error("This part is nearly the same as {unseen} others. Look at what differs first.")]
    AlikeUnseen { unseen: usize },
    #[error("This record is locked since {since}. A supervisor can open it for a time, with a reason.")]
    Locked { since: NaiveDate },
    #[error("This record is not locked.")]
    NotLocked,
    #[error("The time to open it for is over already. Choose a later one.")]
    UnlockPast,
    #[error("Only a supervisor opens a locked record.")]
    NotSupervisor,
    #[error("They keep this record already.")]
    KeepsAlready,
    #[error("This draft was thrown away.")]
    IsDiscarded,
}

impl Refusal {
    /// What its words are found by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotYours => "not-yours",
            Self::IsPrivate => "is-private",
            Self::IsSigned => "is-signed",
            Self::Awaits => "awaits",
            Self::NotSigned => "not-signed",
            Self::NotAwaiting => "not-awaiting",
            Self::OwnSignature => "own-signature",
            Self::NotCosigner { .. } => "not-cosigner",
            Self::MarksOpen { .. } => "marks-open",
            Self::AlikeUnseen { .. } => "alike-unseen",
            Self::Locked { .. } => "locked",
            Self::NotLocked => "not-locked",
            Self::UnlockPast => "unlock-past",
            Self::NotSupervisor => "not-supervisor",
            Self::KeepsAlready => "keeps-already",
            Self::IsDiscarded => "is-discarded",
        }
    }
}
