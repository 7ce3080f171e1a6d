//! Days and times as FHIR writes them.

pub(crate) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str, count| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    let number = |part: &str| part.parse::<u32>().unwrap_or(0);
    match parts.as_slice() {
        [year] => digits(year, 4),
        [year, month] => digits(year, 4) && digits(month, 2) && (1..=12).contains(&number(month)),
        [year, month, day] => {
            digits(year, 4)
                && digits(month, 2)
                && digits(day, 2)
                && (1..=days_in(number(year), number(month))).contains(&number(day))
        }
        _ => false,
    }
}

fn days_in(year: u32, month: u32) -> u32 {
    let leaps = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leaps => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

/// `14:30:00`, with a fraction or not.
pub(crate) fn is_time(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let parts: Vec<&str> = whole.split(':').collect();
    let within =
        |part: &&str, most: u8| part.len() == 2 && part.parse::<u8>().is_ok_and(|number| number <= most);
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    matches!(parts.as_slice(), [hour, minute, second] if within(hour, 23) && within(minute, 59) && within(second, 60))
        && is_fraction
}

/// A date, or a day and a time with its zone.
pub(crate) fn is_date_time(text: &str) -> bool {
    let Some((day, time)) = text.split_once('T') else {
        return is_date(text);
    };
    let zoneless = time.strip_suffix('Z').or_else(|| {
        let (time, zone) = time.split_at_checked(time.len().checked_sub(6)?)?;
        let offset = zone.strip_prefix(['+', '-'])?;
        is_time(&format!("{offset}:00")).then_some(time)
    });
    day.len() == 10 && is_date(day) && zoneless.is_some_and(is_time)
}
