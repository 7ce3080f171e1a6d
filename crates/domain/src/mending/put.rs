//! What a person types in place of a fact: as they would say it, or as our own format writes it.

use chrono::{NaiveDate, Weekday};
use serde_json::{Map, Value};

use super::Fact;
use crate::groups::{
    Address, Ages, ContactError, Cost, Draft, Fee, HowToCome, Leader, LeaderRole, Mail, Online, Phone, Place,
    Point, Site, Size, Span, WebPage, When,
};
use crate::schedule::{Minutes, MinutesError, Nth, Rule, Schedule, wall_time};
use crate::text::{Line, TextError};

/// Why something cannot stand there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PutError {
    #[error("a group cannot be listed without it; write what is right")]
    Needed,
    #[error("the text {0}")]
    Text(#[from] TextError),
    #[error("“{0}” is no time; write 19:00 or 7:00 PM")]
    Time(String),
    #[error(
        "“{0}” names no days we understand; write “Monday”, “Monday and Thursday”, “2nd and 4th Tuesday”, “last Friday”, or dates such as 2026-03-01"
    )]
    Days(String),
    #[error("“{0}” is no number of minutes; write 90")]
    Number(String),
    #[error("{0}")]
    Length(#[from] MinutesError),
    #[error("“{0}” is no time zone; write one such as America/Chicago")]
    Zone(String),
    #[error("“{0}” is no date; write 2026-03-01")]
    Date(String),
    #[error("{0}")]
    Contact(#[from] ContactError),
    #[error("“{0}” is no size; write “6 to 9”")]
    Size(String),
    #[error("“{0}” are no ages; write “18 to 65”, “18 and over” or “up to 25”")]
    Ages(String),
    #[error("“{0}” cannot be put there; write it as our own format does, or list the group without it")]
    Unlike(String),
}

/// Puts what was typed in place of a fact; nothing typed leaves it out.
pub(super) fn put(draft: &mut Draft, fact: &Fact, text: Option<&str>) -> Result<(), PutError> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        None if fact.can_be_left_out() => leave_out(draft, fact),
        None => Err(PutError::Needed),
        Some(text) => say(draft, fact, text),
    }
}

/// What a draft says of a fact, short.
pub(super) fn told(draft: &Draft, fact: &Fact) -> Option<String> {
    match (fact, &draft.when) {
        (Fact::Size, _) => draft.size.map(|size| between(Some(size.least), size.most)),
        (Fact::Ages, _) => draft.ages.map(|ages| between(ages.from, ages.to)),
        (Fact::Until, When::Scheduled(schedule)) => schedule.until.map(|until| until.to_string()),
        (Fact::Days, When::Scheduled(schedule)) => serde_json::to_string(&schedule.rule).ok(),
        (Fact::Exceptions, When::Scheduled(schedule)) => {
            serde_json::to_string(&(&schedule.skips, &schedule.moves)).ok()
        }
        _ => match fields(draft).remove(&fact.to_string())? {
            Value::Null => None,
            Value::String(text) => Some(text),
            other => Some(other.to_string()),
        },
    }
}

fn between<T: ToString>(from: Option<T>, to: Option<T>) -> String {
    let text = |end: Option<T>| end.map_or("…".to_owned(), |end| end.to_string());
    format!("{} to {}", text(from), text(to))
}

fn leave_out(draft: &mut Draft, fact: &Fact) -> Result<(), PutError> {
    match (fact, &mut draft.when) {
        (Fact::Days | Fact::Time, when) => *when = When::ByAppointment,
        (Fact::Until, When::Scheduled(schedule)) => schedule.until = None,
        (Fact::Exceptions, When::Scheduled(schedule)) => {
            schedule.skips.clear();
            schedule.moves.clear();
        }
        (Fact::Until | Fact::Exceptions | Fact::Unknown(_), _) => {}
        _ => {
            let mut fields = fields(draft);
            fields.remove(&fact.to_string());
            *draft = read(fields).ok_or(PutError::Needed)?;
        }
    }
    Ok(())
}

fn say(draft: &mut Draft, fact: &Fact, text: &str) -> Result<(), PutError> {
    if fact.is_of_schedule() {
        let When::Scheduled(schedule) = &mut draft.when else {
            // It is by appointment by now.
            return Ok(());
        };
        return say_when(schedule, fact, text);
    }
    match fact {
        Fact::Title => draft.title = Line::parse(text)?,
        Fact::Place => draft.place = place(&draft.place, text)?,
        Fact::HowToCome => draft.how_to_come = how_to_come(text)?,
        Fact::Size => {
            let unlike = || PutError::Size(text.to_owned());
            draft.size = Some(match numbers(text).as_slice() {
                [least] => Size {
                    least: *least,
                    most: Some(*least),
                },
                [least, most] => Size {
                    least: *least,
                    most: Some(*most),
                },
                _ => return Err(unlike()),
            });
        }
        Fact::Ages => draft.ages = Some(ages(text)?),
        Fact::LedBy => draft.led_by = led_by(text)?,
        Fact::Cost if draft.cost.is_some() || fee(text).is_some() => match fee(text) {
            Some(fee) => {
                draft.cost = Some(Cost {
                    fee,
                    insurance: draft.cost.as_ref().is_some_and(|cost| cost.insurance),
                    note: draft.cost.take().and_then(|cost| cost.note),
                });
            }
            None => as_written(draft, fact, text)?,
        },
        Fact::Span if text.parse::<u16>().is_ok() => {
            draft.span = text.parse().ok().map(Span::Sessions);
        }
        Fact::Unknown(_) => return Err(PutError::Unlike(text.to_owned())),
        _ => as_written(draft, fact, text)?,
    }
    Ok(())
}

fn say_when(schedule: &mut Schedule, fact: &Fact, text: &str) -> Result<(), PutError> {
    let said = || text.to_owned();
    let date = || text.parse::<NaiveDate>().map_err(|_| PutError::Date(said()));
    match fact {
        Fact::Days => {
            schedule.rule = rule(text).ok_or_else(|| PutError::Days(said()))?;
            // What was skipped or moved of another rule is none of this one.
            let rule = schedule.clone();
            let is_date = |date: NaiveDate| rule.rule_dates(date).next() == Some(date);
            schedule.skips.retain(|skip| is_date(skip.date));
            schedule.moves.retain(|moved| is_date(moved.date));
        }
        Fact::Time => schedule.time = wall_time(text).ok_or_else(|| PutError::Time(said()))?,
        Fact::Length => {
            let minutes = text.split_whitespace().next().unwrap_or_default().parse();
            schedule.length = Minutes::new(minutes.map_err(|_| PutError::Number(said()))?)?;
        }
        Fact::Zone => schedule.zone = text.parse().map_err(|_| PutError::Zone(said()))?,
        Fact::From => schedule.from = date()?,
        Fact::Until => schedule.until = Some(date()?),
        _ => return Err(PutError::Unlike(said())),
    }
    Ok(())
}

/// Days of the week, nth days of the month, or dates.
fn rule(text: &str) -> Option<Rule> {
    let small = text.to_lowercase();
    let words: Vec<&str> = small
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| !word.is_empty())
        .filter(|word| !["and", "on", "of", "the", "each", "every", "month"].contains(word))
        .collect();
    let dates: Option<Vec<NaiveDate>> = words.iter().map(|word| word.parse().ok()).collect();
    if let Some(mut dates) = dates.filter(|dates| !dates.is_empty()) {
        dates.sort_unstable();
        dates.dedup();
        return Some(Rule::Dates { dates });
    }
    if words == ["day"] || words == ["daily"] {
        use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
        let days = vec![Mon, Tue, Wed, Thu, Fri, Sat, Sun];
        return Some(Rule::Weekly { interval: 1, days });
    }
    let (mut nth, mut days): (Vec<Nth>, Vec<Weekday>) = (Vec::new(), Vec::new());
    for word in words {
        match (ordinal(word), weekday(word)) {
            (Some(one), _) => nth.push(one),
            (None, Some(day)) => days.push(day),
            (None, None) => return None,
        }
    }
    nth.sort_unstable();
    nth.dedup();
    days.sort_by_key(Weekday::num_days_from_monday);
    days.dedup();
    match (nth.is_empty(), days.as_slice()) {
        (_, []) => None,
        (true, _) => Some(Rule::Weekly { interval: 1, days }),
        (false, [day]) => Some(Rule::Monthly {
            interval: 1,
            nth,
            day: *day,
        }),
        (false, _) => None,
    }
}

fn ordinal(word: &str) -> Option<Nth> {
    Some(match word {
        "first" | "1st" => Nth::First,
        "second" | "2nd" => Nth::Second,
        "third" | "3rd" => Nth::Third,
        "fourth" | "4th" => Nth::Fourth,
        "fifth" | "5th" => Nth::Fifth,
        "last" => Nth::Last,
        _ => return None,
    })
}

fn weekday(word: &str) -> Option<Weekday> {
    word.parse().or_else(|_| word.trim_end_matches('s').parse()).ok()
}

/// "online", or an address; what is known of the house stays. An address without a number is an area. Where it is may stand
/// in brackets after it: "12 Elm St, Lakewood, OH 44107 (41.48, -81.79)".
fn place(before: &Place, text: &str) -> Result<Place, PutError> {
    let online = before.online().cloned().unwrap_or_default();
    if text.eq_ignore_ascii_case("online") {
        return Ok(Place::Online(online));
    }
    let (address, point) = located(text);
    let line = Line::parse(address)?;
    let known = before.site();
    let point = point.or_else(|| known.and_then(|site| site.point));
    let site = if address.contains(|c: char| c.is_ascii_digit()) {
        Site {
            name: known.and_then(|site| site.name.clone()),
            address: Address::Exact { line, town: None },
            point,
            directions: known.and_then(|site| site.directions.clone()),
        }
    } else {
        Site {
            name: None,
            address: Address::Withheld { area: line },
            point,
            directions: None,
        }
    };
    Ok(match before {
        Place::Hybrid(..) => Place::Hybrid(site, online),
        Place::Online(told) if *told != Online::default() => Place::Hybrid(site, online),
        Place::InPerson(_) | Place::Online(_) => Place::InPerson(site),
    })
}

fn located(text: &str) -> (&str, Option<Point>) {
    let found = text.trim_end().strip_suffix(')').and_then(|rest| {
        let (address, point) = rest.rsplit_once('(')?;
        let (latitude, longitude) = point.split_once(',')?;
        let point = Point::new(latitude.trim().parse().ok()?, longitude.trim().parse().ok()?);
        Some((address.trim(), Some(point.ok()?)))
    });
    found.unwrap_or((text, None))
}

/// A page, a mail address or a phone number; or "walk in".
fn how_to_come(text: &str) -> Result<HowToCome, PutError> {
    let (mut phone, mut mail) = (None, None);
    if text.eq_ignore_ascii_case("walk in") {
        return Ok(HowToCome::WalkIn);
    }
    if text.contains("://") {
        return Ok(HowToCome::Page(WebPage::parse(text)?));
    }
    if text.contains('@') {
        mail = Some(Mail::parse(text)?);
    } else if text.contains(|c: char| c.is_ascii_digit()) && !text.contains(char::is_alphabetic) {
        phone = Some(Phone::parse(text)?);
    } else {
        return Err(ContactError::Page(text.chars().take(60).collect()).into());
    }
    Ok(HowToCome::Organisation { phone, mail })
}

fn numbers<T: std::str::FromStr>(text: &str) -> Vec<T> {
    let words = text.split(|c: char| !c.is_ascii_digit());
    words.filter_map(|word| word.parse().ok()).collect()
}

fn ages(text: &str) -> Result<Ages, PutError> {
    let small = text.to_lowercase();
    let up_to = small.starts_with("to ") || small.starts_with("up to");
    match numbers(text).as_slice() {
        [to] if up_to => Ok(Ages {
            from: None,
            to: Some(*to),
        }),
        [from] => Ok(Ages {
            from: Some(*from),
            to: None,
        }),
        [from, to] => Ok(Ages {
            from: Some(*from),
            to: Some(*to),
        }),
        _ => Err(PutError::Ages(text.to_owned())),
    }
}

/// "Dana Whitfield, LPCC-S; Ruth": who has credentials is a therapist.
fn led_by(text: &str) -> Result<Vec<Leader>, PutError> {
    let one = |text: &str| {
        let (name, credentials) = text.split_once(',').unwrap_or((text, ""));
        let role = match credentials.trim() {
            "" => LeaderRole::Facilitator,
            credentials => LeaderRole::Therapist {
                credentials: Line::parse(credentials)?,
            },
        };
        let name = Line::parse(name)?;
        Ok(Leader { name, role })
    };
    let said = text.split(';').filter(|one| !one.trim().is_empty());
    said.map(one).collect()
}

fn fee(text: &str) -> Option<Fee> {
    match text.to_lowercase().as_str() {
        "free" => Some(Fee::Free),
        "contribution" | "donation" => Some(Fee::Contribution),
        _ => None,
    }
}

/// As our own format writes it: a word, words between commas, or JSON.
fn as_written(draft: &mut Draft, fact: &Fact, text: &str) -> Result<(), PutError> {
    let list = text.split(',').map(str::trim).filter(|item| !item.is_empty());
    let ways = [
        serde_json::from_str(text).ok(),
        Some(Value::from(text)),
        Some(list.map(Value::from).collect()),
    ];
    let name = fact.to_string();
    for value in ways.into_iter().flatten() {
        let mut fields = fields(draft);
        fields.insert(name.clone(), value);
        if let Some(read) = read(fields) {
            *draft = read;
            return Ok(());
        }
    }
    Err(PutError::Unlike(text.to_owned()))
}

fn fields(draft: &Draft) -> Map<String, Value> {
    match serde_json::to_value(draft) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

fn read(fields: Map<String, Value>) -> Option<Draft> {
    serde_json::from_value(Value::Object(fields)).ok()
}
