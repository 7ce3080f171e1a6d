//! Times of day as they are written.

use chrono::NaiveTime;

/// The time of "19:00", "7:00 PM", "7pm", "noon", "midnight".
pub fn wall_time(text: &str) -> Option<NaiveTime> {
    let small = text.trim().to_ascii_lowercase().replace('.', "");
    match small.as_str() {
        "noon" => return NaiveTime::from_hms_opt(12, 0, 0),
        "midnight" => return NaiveTime::from_hms_opt(0, 0, 0),
        _ => {}
    }
    let (digits, half) = match (small.strip_suffix("am"), small.strip_suffix("pm")) {
        (Some(digits), _) => (digits, Some(0)),
        (_, Some(digits)) => (digits, Some(12)),
        _ => (small.as_str(), None),
    };
    let mut parts = digits.trim().split(':');
    let hour: u32 = parts.next()?.trim().parse().ok()?;
    let minute = match (parts.next(), half) {
        (Some(minute), _) => minute.trim().parse().ok()?,
        (None, Some(_)) => 0,
        (None, None) => return None,
    };
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_and_feeds_write_them() {
        for (text, hour, minute) in [
            ("19:00", 19, 0),
            ("7:00 PM", 19, 0),
            ("7:30pm", 19, 30),
            ("12:00 AM", 0, 0),
            ("12:15 p.m.", 12, 15),
            ("9 am", 9, 0),
            ("noon", 12, 0),
            ("Midnight", 0, 0),
            ("06:05:00", 6, 5),
        ] {
            assert_eq!(
                wall_time(text),
                NaiveTime::from_hms_opt(hour, minute, 0),
                "{text}"
            );
        }
        for wrong in ["", "25:00", "13:00 pm", "7", "soon", "0:60"] {
            assert_eq!(wall_time(wrong), None, "{wrong}");
        }
    }
}
