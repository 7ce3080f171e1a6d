//! What can be done with an application, by whom, and what becomes of it.

use chrono::{DateTime, Utc};

use super::{
    Accepted, Admission, Alternative, Application, Conversation, End, Holds, Offer, Options, Over, Places,
    Points, Reach, Refusal, State, Waiting,
};
use crate::groups::Slug;
use crate::people::PersonId;

/// Something someone does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Staff ask to answer questions, those of before or more.
    SendForms,
    /// The person answers them, all that there are.
    AnswerForms,
    /// The person answers some of them; the rest stays open.
    AnswerSome,
    /// The person picks a time for the conversation; another time takes the place of the one before.
    Book {
        starts_at: DateTime<Utc>,
    },
    /// The time is given back.
    Unbook,
    /// What was spoken about is recorded; more of it is added to what there was.
    RecordTalk {
        by: PersonId,
        points: Points,
    },
    /// The person has read how the group works, its rules and what it expects.
    Read,
    Wait {
        reach: Reach,
        meanwhile: Options,
    },
    OfferOptions(Options),
    NotNow(Options),
    /// Who waits for any group that fits goes on in this one: here it ends, there [`Application::taken_on`] begins.
    MoveOn(Slug),
    Offer {
        by: PersonId,
        until: DateTime<Utc>,
        holds: Holds,
        places: Places,
    },
    /// The person says yes; with no place left they are first on the waiting list.
    Accept {
        places: Places,
    },
    Decline,
    /// The person takes one of the ways that were offered.
    TakeOption(Alternative),
    /// Something was signed; so many agreements are not.
    Sign {
        missing: u16,
    },
    Admit {
        admission: Admission,
        missing: u16,
    },
    /// The time of an offer is over.
    Lapse,
    Withdraw,
}

/// Whose act it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Person,
    Staff,
    /// Nobody's: it follows from what was done or from the time.
    Rule,
}

impl Act {
    pub const fn name(&self) -> &'static str {
        match self {
            Self::SendForms => "send-forms",
            Self::AnswerForms => "answer-forms",
            Self::AnswerSome => "answer-some",
            Self::Book { .. } => "book",
            Self::Unbook => "unbook",
            Self::RecordTalk { .. } => "record-talk",
            Self::Read => "read",
            Self::Wait { .. } => "wait",
            Self::OfferOptions(_) => "offer-options",
            Self::NotNow(_) => "not-now",
            Self::MoveOn(_) => "move-on",
            Self::Offer { .. } => "offer",
            Self::Accept { .. } => "accept",
            Self::Decline => "decline",
            Self::TakeOption(_) => "take-option",
            Self::Sign { .. } => "sign",
            Self::Admit { .. } => "admit",
            Self::Lapse => "lapse",
            Self::Withdraw => "withdraw",
        }
    }

    pub const fn side(&self) -> Side {
        match self {
            Self::AnswerForms
            | Self::AnswerSome
            | Self::Book { .. }
            | Self::Unbook
            | Self::Read
            | Self::Accept { .. }
            | Self::Decline
            | Self::TakeOption(_)
            | Self::Sign { .. }
            | Self::Withdraw => Side::Person,
            Self::SendForms
            | Self::RecordTalk { .. }
            | Self::Wait { .. }
            | Self::OfferOptions(_)
            | Self::NotNow(_)
            | Self::MoveOn(_)
            | Self::Offer { .. } => Side::Staff,
            Self::Admit { .. } | Self::Lapse => Side::Rule,
        }
    }
}

impl Application {
    /// What becomes of it, or why not.
    pub fn after(mut self, act: Act, now: DateTime<Utc>) -> Result<Self, Refusal> {
        match self.state {
            State::Member(_) => return Err(Refusal::IsMember),
            State::Over(_) => return Err(Refusal::IsOver),
            _ => {}
        }
        match act {
            Act::SendForms => self.send_forms(now)?,
            Act::AnswerForms => self.facts.answered_at = Some(now),
            Act::AnswerSome => self.facts.answered_at = None,
            Act::Book { starts_at } => {
                if starts_at <= now {
                    return Err(Refusal::TimePast);
                }
                self.facts.booked_for = Some(starts_at);
                self.begin();
            }
            Act::Unbook => {
                self.facts.booked_for.take().ok_or(Refusal::NothingBooked)?;
            }
            Act::RecordTalk { by, points } => self.record(by, points, now),
            Act::Read => self.facts.read_at = Some(now),
            Act::Wait { reach, meanwhile } => {
                self.state = State::Waiting(Waiting {
                    reach,
                    first: false,
                    meanwhile,
                });
            }
            Act::OfferOptions(options) => self.state = State::Options(options),
            Act::NotNow(options) => self.state = State::NotNow(options),
            Act::MoveOn(to) => {
                if self.reach() != Some(Reach::AnyFitting) {
                    return Err(Refusal::NotForAny);
                }
                self.end(End::MovedOn(to), Options::own_way());
            }
            Act::Offer {
                by,
                until,
                holds,
                places,
            } => self.offer(by, until, holds, places, now)?,
            Act::Accept { places } => self.accept(places, now)?,
            Act::Decline => {
                if !matches!(self.state, State::Offered(_)) {
                    return Err(Refusal::NoOffer);
                }
                self.end(End::Declined, Options::own_way());
            }
            Act::TakeOption(alternative) => self.take(alternative)?,
            Act::Sign { missing } => self.signed(missing)?,
            Act::Admit { admission, missing } => self.admit(admission, missing)?,
            Act::Lapse => self.lapse(now)?,
            Act::Withdraw => self.end(End::Withdrawn, Options::own_way()),
        }
        self.moved_at = now;
        Ok(self)
    }

    /// Whether more was asked than could be seated, so that they wait before all others.
    pub const fn is_first(&self) -> bool {
        matches!(&self.state, State::Waiting(waiting) if waiting.first)
    }

    /// What they wait for, if they wait.
    pub const fn reach(&self) -> Option<Reach> {
        match &self.state {
            State::Waiting(waiting) => Some(waiting.reach),
            _ => None,
        }
    }

    fn begin(&mut self) {
        if self.state == State::Asked {
            self.state = State::Screening;
        }
    }

    fn send_forms(&mut self, now: DateTime<Utc>) -> Result<(), Refusal> {
        match self.state {
            State::Offered(_) => return Err(Refusal::OfferOut),
            State::Accepted(_) | State::Signed(_) => return Err(Refusal::AcceptedAlready),
            _ => {}
        }
        self.facts.forms_sent_at = now;
        self.facts.answered_at = None;
        self.begin();
        Ok(())
    }

    fn record(&mut self, by: PersonId, points: Points, now: DateTime<Utc>) {
        let before = self.facts.conversation.take();
        let points = match before {
            Some(before) => before.points.and(&points),
            None => points,
        };
        self.facts.conversation = Some(Conversation { by, at: now, points });
        if self.facts.booked_for.is_some_and(|at| at <= now) {
            self.facts.booked_for = None;
        }
        self.begin();
    }

    fn offer(
        &mut self,
        by: PersonId,
        until: DateTime<Utc>,
        holds: Holds,
        places: Places,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        if self.has_place() {
            return Err(Refusal::AcceptedAlready);
        }
        self.facts
            .screened()
            .map_err(|open| open.map_or(Refusal::TalkMissing, |open| Refusal::PointsOpen { open }))?;
        if until <= now {
            return Err(Refusal::OfferTooShort);
        }
        if self.places_for_me(places, now).left() == 0 {
            return Err(Refusal::Full { most: places.most });
        }
        self.state = State::Offered(Offer {
            by,
            at: now,
            until,
            holds,
        });
        Ok(())
    }

    fn accept(&mut self, places: Places, now: DateTime<Utc>) -> Result<(), Refusal> {
        let offer = match &self.state {
            State::Offered(offer) => *offer,
            State::Accepted(_) | State::Signed(_) => return Err(Refusal::AcceptedAlready),
            _ => return Err(Refusal::NoOffer),
        };
        if offer.until <= now {
            return Err(Refusal::OfferEnded { at: offer.until });
        }
        self.facts.read_at.ok_or(Refusal::ReadFirst)?;
        self.state = if self.places_for_me(places, now).left() == 0 {
            State::Waiting(Waiting {
                reach: Reach::ThisGroup,
                first: true,
                meanwhile: Options::own_way(),
            })
        } else {
            State::Accepted(Accepted { offer, at: now })
        };
        Ok(())
    }

    /// A place that is held for me is not taken from me.
    fn places_for_me(&self, places: Places, now: DateTime<Utc>) -> Places {
        if self.holds_place(now) {
            places.without_mine()
        } else {
            places
        }
    }

    fn take(&mut self, alternative: Alternative) -> Result<(), Refusal> {
        let (State::Options(options) | State::NotNow(options)) = &self.state else {
            return Err(Refusal::NoSuchOption);
        };
        if !options.has(&alternative) {
            return Err(Refusal::NoSuchOption);
        }
        if alternative == Alternative::AnyFitting {
            self.state = State::Waiting(Waiting {
                reach: Reach::AnyFitting,
                first: false,
                meanwhile: options.clone(),
            });
            return Ok(());
        }
        self.end(End::Took(alternative), Options::own_way());
        Ok(())
    }

    fn signed(&mut self, missing: u16) -> Result<(), Refusal> {
        let (State::Accepted(accepted) | State::Signed(accepted)) = &self.state else {
            return Err(Refusal::NotBothYes);
        };
        self.state = if missing == 0 {
            State::Signed(*accepted)
        } else {
            State::Accepted(*accepted)
        };
        Ok(())
    }

    fn admit(&mut self, admission: Admission, missing: u16) -> Result<(), Refusal> {
        match &self.state {
            State::Signed(_) if missing == 0 => {}
            // A text may have changed since it was signed.
            State::Accepted(_) | State::Signed(_) => {
                return Err(Refusal::SignFirst {
                    missing: missing.max(1),
                });
            }
            _ => return Err(Refusal::NotBothYes),
        }
        self.state = match admission {
            Admission::From(day) => State::Member(day),
            Admission::Planned(on) => return Err(Refusal::StartsLater { on }),
            Admission::Nobody => return Err(Refusal::AdmitsNobody),
        };
        Ok(())
    }

    fn lapse(&mut self, now: DateTime<Utc>) -> Result<(), Refusal> {
        match &self.state {
            State::Offered(offer) if offer.until <= now => {
                self.state = State::Waiting(Waiting {
                    reach: Reach::ThisGroup,
                    first: false,
                    meanwhile: Options::own_way(),
                });
                Ok(())
            }
            State::Offered(offer) => Err(Refusal::OfferHolds { until: offer.until }),
            _ => Err(Refusal::NoOffer),
        }
    }

    fn end(&mut self, how: End, options: Options) {
        self.facts.booked_for = None;
        self.state = State::Over(Over { how, options });
    }
}
