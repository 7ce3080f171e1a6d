//! What the words of coming are called.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::coming::{Part, Refusal};
use domain::schedule::Occurrence;
use store::coming::ComingError;

use crate::saying;
use crate::words::Words;

pub(crate) fn error(why: &ComingError) -> &'static str {
    match why {
        ComingError::Refused(why) => refusal(*why),
        ComingError::HandleMissing => "coming-handle-missing",
        ComingError::HandleTaken => "coming-handle-taken",
        ComingError::RulesFirst => "coming-rules-first",
        ComingError::Store(_) => "our-fault",
    }
}

fn refusal(why: Refusal) -> &'static str {
    match why {
        Refusal::Therapy => "coming-therapy",
        Refusal::NotOurs => "coming-not-ours",
        Refusal::TakesNobody => "coming-takes-nobody",
        Refusal::Ended => "coming-ended",
        Refusal::NoMeeting => "coming-no-meeting",
    }
}

pub(crate) fn part(part: Part) -> &'static str {
    match part {
        Part::Talk => "coming-part-talk",
        Part::Listen => "coming-part-listen",
    }
}

/// "Thursday, December 3, 6:30 pm to 8 pm, Eastern time".
pub(crate) fn meeting(words: &Words, meeting: &Occurrence) -> String {
    let (start, zone) = (meeting.start, meeting.start.timezone());
    let args = [
        ("day", saying::date_long(words, start.date_naive()).into()),
        ("range", saying::range(words, start.time(), meeting.length).into()),
        ("zone", saying::time_zone(words, zone).into()),
    ];
    words.with("coming-meeting", &args)
}

/// A moment in the zone of the group.
pub(crate) fn moment(words: &Words, at: DateTime<Utc>, zone: Tz, now: DateTime<Utc>) -> String {
    saying::moment(words, at, zone, now)
}
