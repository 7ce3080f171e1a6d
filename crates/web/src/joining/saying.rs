//! What the words of the way are called.

use domain::agreements::Kind;
use domain::joining::{
    Alternative, AskRefused, End, Instead, Point, Reach, Reason, Refusal, Safety, State, Step,
};
use store::joining::How;

use crate::state::App;
use crate::words::{FluentValue, Words};

/// The heading of where someone stands.
pub(crate) fn state(name: &str) -> &'static str {
    match name {
        "asked" => "state-asked",
        "screening" => "state-screening",
        "waiting" => "state-waiting",
        "options" => "state-options",
        "not-now" => "state-not-now",
        "offered" => "state-offered",
        "accepted" => "state-accepted",
        "signed" => "state-signed",
        "member" => "state-member",
        _ => "state-over",
    }
}

/// The same, told to staff.
pub(crate) fn stands(name: &str) -> &'static str {
    match name {
        "asked" => "column-asked",
        "screening" => "column-screening",
        "waiting" => "column-waiting",
        "options" => "column-options",
        "not-now" => "decide-not-now",
        "offered" => "column-offered",
        "accepted" => "column-to-sign",
        signed => state(signed),
    }
}

/// What comes next, told to the person.
pub(crate) fn mine(state: &State, step: Step) -> &'static str {
    match (state, step) {
        (State::Over(over), _) => match over.how {
            End::Withdrawn => "mine-withdrawn",
            End::Declined => "mine-declined",
            End::Took(_) => "mine-took",
            End::MovedOn(_) => "mine-moved-on",
        },
        (State::Member(_), _) => "mine-member",
        (State::Waiting(waiting), _) if waiting.first => "mine-first",
        (State::NotNow(_), _) => "mine-not-now",
        (_, Step::Answer) => "mine-answer",
        (_, Step::AnswerForms) => "mine-answer-forms",
        (_, Step::PickTime) => "mine-pick-time",
        (_, Step::Talk) => "mine-talk",
        (_, Step::RecordTalk | Step::Decide) => "mine-decide",
        (_, Step::FindPlace) => "mine-find-place",
        (_, Step::Choose) => "mine-choose",
        (_, Step::AnswerOffer) => "mine-answer-offer",
        (_, Step::Sign) => "mine-sign",
        (_, Step::Start | Step::Nothing) => "mine-start",
    }
}

/// Who owes the next step, told to staff.
pub(crate) fn step(step: Step) -> &'static str {
    match step {
        Step::Answer => "step-answer",
        Step::AnswerForms => "step-answer-forms",
        Step::PickTime => "step-pick-time",
        Step::Talk => "step-talk",
        Step::RecordTalk => "step-record-talk",
        Step::Decide => "step-decide",
        Step::FindPlace => "step-find-place",
        Step::Choose => "step-choose",
        Step::AnswerOffer => "step-answer-offer",
        Step::Sign => "step-sign",
        Step::Start => "step-start",
        Step::Nothing => "step-nothing",
    }
}

pub(crate) fn refusal(words: &Words, why: Refusal, app: &App) -> String {
    let on = |id: &str, said: String| words.with(id, &[("when", FluentValue::from(said))]);
    match why {
        Refusal::TalkMissing => words.say("refused-talk-missing"),
        Refusal::PointsOpen { open } => words.with("refused-points-open", &[("open", open.into())]),
        Refusal::ReadFirst => words.say("refused-read-first"),
        Refusal::Full { most } => words.with("refused-full", &[("most", most.into())]),
        Refusal::OfferEnded { at } => on("refused-offer-ended", app.moment(at)),
        Refusal::OfferOut => words.say("refused-offer-out"),
        Refusal::NoOffer => words.say("refused-no-offer"),
        Refusal::OfferTooShort => words.say("refused-offer-too-short"),
        Refusal::OfferHolds { until } => on("refused-offer-holds", app.moment(until)),
        Refusal::NothingBooked => words.say("refused-nothing-booked"),
        Refusal::TimePast => words.say("refused-time-past"),
        Refusal::AcceptedAlready => words.say("refused-accepted-already"),
        Refusal::SignFirst { missing } => words.with("refused-sign-first", &[("missing", missing.into())]),
        Refusal::NotBothYes => words.say("refused-not-both-yes"),
        Refusal::StartsLater { on: day } => on("refused-starts-later", crate::saying::date_long(words, day)),
        Refusal::AdmitsNobody => words.say("refused-admits-nobody"),
        Refusal::NoSuchOption => words.say("refused-no-such-option"),
        Refusal::NotForAny => words.say("refused-not-for-any"),
        Refusal::IsMember => words.say("refused-is-member"),
        Refusal::IsOver => words.say("refused-is-over"),
    }
}

pub(crate) fn instead(instead: Instead) -> &'static str {
    match instead {
        Instead::RecordTalk => "joining-instead-record-talk",
        Instead::ReadRules => "joining-instead-read-rules",
        Instead::PutOnWaitingList => "joining-instead-waiting-list",
        Instead::AskForNewOffer => "joining-instead-new-offer",
        Instead::WaitForAnswer => "joining-instead-wait-for-answer",
        Instead::SeeWhereIStand => "joining-instead-where-i-stand",
        Instead::LaterDay => "joining-instead-later-day",
        Instead::PickTime => "joining-instead-pick-time",
        Instead::Sign => "joining-instead-sign",
        Instead::OfferFirst => "joining-instead-offer-first",
        Instead::WaitForStart => "joining-instead-wait-for-start",
        Instead::PlanStart => "joining-instead-plan-start",
        Instead::SeeOptions => "joining-instead-see-options",
        Instead::AnnounceLeaving => "joining-instead-announce-leaving",
        Instead::AskAgain => "joining-instead-ask-again",
    }
}

pub(crate) fn ask_refused(why: AskRefused) -> &'static str {
    match why {
        AskRefused::WalkIn => "joining-walk-in",
        AskRefused::TakesNobody => "joining-takes-nobody",
        AskRefused::Ended => "joining-ended",
    }
}

pub(crate) fn alternative(alternative: &Alternative) -> &'static str {
    match alternative {
        Alternative::Group(_) => "way-group",
        Alternative::AnyFitting => "way-any-fitting",
        Alternative::IndividualTherapy => "way-individual",
        Alternative::SupportGroup(_) => "way-support",
        Alternative::LookAround => "way-look-around",
        Alternative::AskAgain(_) => "way-ask-again",
    }
}

/// What someone on the waiting list waits for.
pub(crate) fn reach(reach: Reach) -> &'static str {
    match reach {
        Reach::ThisGroup => "waits-this-group",
        Reach::AnyFitting => "waits-any-fitting",
    }
}

pub(crate) fn point(point: Point) -> (&'static str, &'static str) {
    match point {
        Point::Readiness => ("point-readiness", "point-readiness-more"),
        Point::Expectations => ("point-expectations", "point-expectations-more"),
        Point::Attendance => ("point-attendance", "point-attendance-more"),
        Point::Confidentiality => ("point-confidentiality", "point-confidentiality-more"),
    }
}

pub(crate) fn safety(safety: Safety) -> &'static str {
    match safety {
        Safety::None => "safety-none",
        Safety::Thoughts => "safety-thoughts",
        Safety::Danger => "safety-danger",
        Safety::Unsaid => "safety-unsaid",
    }
}

pub(crate) fn how(how: How) -> &'static str {
    match how {
        How::InPerson => "talk-in-person",
        How::Video => "talk-video",
        How::Phone => "talk-phone",
    }
}

pub(crate) fn agreement(kind: Kind) -> &'static str {
    match kind {
        Kind::Treatment => "agreement-treatment",
        Kind::Confidentiality => "agreement-confidentiality",
        Kind::GroundRules => "agreement-ground-rules",
        Kind::PeerRules => "agreement-peer-rules",
        Kind::Telehealth => "agreement-telehealth",
        Kind::SubstanceUse => "agreement-substance-use",
        Kind::Guardian => "agreement-guardian",
        Kind::Assent => "agreement-assent",
    }
}

pub(crate) fn standing(name: &str) -> &'static str {
    match name {
        "joined" => "standing-joined",
        "paused" => "standing-paused",
        "leaving" => "standing-leaving",
        "left" => "standing-left",
        "completed" => "standing-completed",
        _ => "standing-dropped-out",
    }
}

pub(crate) fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::NoFit => "drop-no-fit",
        Reason::OtherTreatment => "drop-other-treatment",
        Reason::Practical => "drop-practical",
        Reason::GotBetter => "drop-got-better",
        Reason::GotWorse => "drop-got-worse",
        Reason::Unknown => "drop-unknown",
    }
}
