//! What is done with a record.

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Amendment, By, Checked, Cosignature, Kind, Policy, Reason, Record, Refusal, Relation, Signature, State,
    Unlocked,
};
use crate::people::PersonId;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Changes the words of a draft.
    Write,
    Sign(Checked),
    Cosign,
    /// By who should sign second: it is a draft again, with what is to be changed said elsewhere.
    SendBack,
    /// By who keeps it, before the second signature is there.
    TakeBack,
    Amend {
        reason: Reason,
        checked: Checked,
    },
    /// When a leader leaves, or is away for long.
    HandOver {
        to: PersonId,
    },
    Unlock {
        until: DateTime<Utc>,
        reason: Reason,
    },
    Discard,
}

impl Act {
    pub const NAMES: [&'static str; 9] = [
        "write",
        "sign",
        "cosign",
        "send-back",
        "take-back",
        "amend",
        "hand-over",
        "unlock",
        "discard",
    ];

    pub const fn name(&self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::Sign(_) => "sign",
            Self::Cosign => "cosign",
            Self::SendBack => "send-back",
            Self::TakeBack => "take-back",
            Self::Amend { .. } => "amend",
            Self::HandOver { .. } => "hand-over",
            Self::Unlock { .. } => "unlock",
            Self::Discard => "discard",
        }
    }
}

/// Under which rules, on which day where the organisation is, and when.
#[derive(Debug, Clone, Copy)]
struct Moment {
    policy: Policy,
    today: NaiveDate,
    now: DateTime<Utc>,
}

impl Record {
    /// What becomes of it, or why not.
    pub fn after(
        mut self,
        act: Act,
        by: By,
        policy: Policy,
        today: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        let at = Moment { policy, today, now };
        if matches!(self.state, State::Discarded { .. }) {
            return Err(Refusal::IsDiscarded);
        }
        match act {
            Act::Write => self.write(by, at)?,
            Act::Sign(checked) => self.sign(checked, by, at)?,
            Act::Cosign => self.cosign(by, at)?,
            Act::SendBack => {
                self.second_signer(by, at)?;
                self.state = State::Draft;
            }
            Act::TakeBack => {
                if !matches!(self.state, State::Awaiting(_)) {
                    return Err(Refusal::NotAwaiting);
                }
                self.keeps(by)?;
                self.state = State::Draft;
            }
            Act::Amend { reason, checked } => self.amend(reason, checked, by, at)?,
            Act::HandOver { to } => self.hand_over(to, by)?,
            Act::Unlock { until, reason } => self.unlock(until, reason, by, at)?,
            Act::Discard => {
                self.keeps(by)?;
                self.is_draft()?;
                self.is_open(at)?;
                self.state = State::Discarded { by: by.who, at: now };
            }
        }
        Ok(self)
    }

    /// Whoever leads the group writes what the group did; a part about one person is its keeper's.
    fn write(&self, by: By, at: Moment) -> Result<(), Refusal> {
        let together = self.kind == Kind::Session && by.relation == Relation::Leads;
        if !together {
            self.keeps(by)?;
        }
        self.is_draft()?;
        self.is_open(at)
    }

    /// A draft that is locked can still be signed as it stands: that is late, and better than never.
    fn sign(&mut self, checked: Checked, by: By, at: Moment) -> Result<(), Refusal> {
        self.keeps(by)?;
        if self.kind == Kind::Process {
            return Err(Refusal::IsPrivate);
        }
        self.is_draft()?;
        let first = Signature {
            by: by.who,
            at: at.now,
            over: checked.answered()?,
        };
        self.state = match at.policy.cosignature {
            Cosignature::Nobody => State::Signed { first, second: None },
            Cosignature::Colleague | Cosignature::Supervisor => State::Awaiting(first),
        };
        Ok(())
    }

    fn cosign(&mut self, by: By, at: Moment) -> Result<(), Refusal> {
        let first = self.second_signer(by, at)?;
        let second = Signature {
            by: by.who,
            at: at.now,
            over: Vec::new(),
        };
        self.state = State::Signed {
            first,
            second: Some(second),
        };
        Ok(())
    }

    /// The first signature, where they may give or refuse the second.
    fn second_signer(&self, by: By, at: Moment) -> Result<Signature, Refusal> {
        let State::Awaiting(first) = &self.state else {
            return Err(Refusal::NotAwaiting);
        };
        if by.who == first.by {
            return Err(Refusal::OwnSignature);
        }
        let needed = at.policy.cosignature;
        let may = match by.relation {
            Relation::Supervises => true,
            // Where no second signature is asked for any more, a colleague may still close what waits for one.
            Relation::Leads => needed != Cosignature::Supervisor,
            Relation::Nothing => false,
        };
        if may {
            Ok(first.clone())
        } else {
            Err(Refusal::NotCosigner { needed })
        }
    }

    fn amend(&mut self, reason: Reason, checked: Checked, by: By, at: Moment) -> Result<(), Refusal> {
        self.keeps(by)?;
        let (first, second, mut amendments) = match &self.state {
            State::Signed { first, second } => (first.clone(), second.clone(), Vec::new()),
            State::Amended {
                first,
                second,
                amendments,
            } => (first.clone(), second.clone(), amendments.clone()),
            State::Awaiting(_) => return Err(Refusal::Awaits),
            State::Draft | State::Discarded { .. } => return Err(Refusal::NotSigned),
        };
        self.is_open(at)?;
        let signature = Signature {
            by: by.who,
            at: at.now,
            over: checked.answered()?,
        };
        amendments.push(Amendment { reason, signature });
        self.state = State::Amended {
            first,
            second,
            amendments,
        };
        Ok(())
    }

    /// By who keeps it, or by the supervisor of the group where who kept it is gone.
    fn hand_over(&mut self, to: PersonId, by: By) -> Result<(), Refusal> {
        if self.kind == Kind::Process {
            return Err(if by.who == self.author {
                Refusal::IsPrivate
            } else {
                Refusal::NotYours
            });
        }
        if by.relation != Relation::Supervises {
            self.keeps(by)?;
        }
        if to == self.keeper {
            return Err(Refusal::KeepsAlready);
        }
        self.keeper = to;
        Ok(())
    }

    fn unlock(&mut self, until: DateTime<Utc>, reason: Reason, by: By, at: Moment) -> Result<(), Refusal> {
        if by.relation != Relation::Supervises {
            return Err(Refusal::NotSupervisor);
        }
        if !self.is_locked(at.policy, at.today, at.now) {
            return Err(Refusal::NotLocked);
        }
        if until <= at.now {
            return Err(Refusal::UnlockPast);
        }
        self.unlocked = Some(Unlocked {
            by: by.who,
            until,
            reason,
        });
        Ok(())
    }

    /// Who keeps it and still leads the group; of a process note, its author whatever they are now.
    fn keeps(&self, by: By) -> Result<(), Refusal> {
        let private = self.kind == Kind::Process;
        if by.who == self.keeper && (private || by.relation != Relation::Nothing) {
            Ok(())
        } else {
            Err(Refusal::NotYours)
        }
    }

    fn is_draft(&self) -> Result<(), Refusal> {
        match self.state {
            State::Draft => Ok(()),
            State::Awaiting(_) => Err(Refusal::Awaits),
            State::Signed { .. } | State::Amended { .. } => Err(Refusal::IsSigned),
            State::Discarded { .. } => Err(Refusal::IsDiscarded),
        }
    }

    fn is_open(&self, at: Moment) -> Result<(), Refusal> {
        match self.locks_on(at.policy) {
            Some(since) if self.is_locked(at.policy, at.today, at.now) => Err(Refusal::Locked { since }),
            _ => Ok(()),
        }
    }
}
