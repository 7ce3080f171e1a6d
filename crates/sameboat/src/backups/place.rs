//! Where backups are: their names, which of them are kept, and which is the newest.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, NaiveDateTime, TimeDelta, Utc};
use domain::clock::Clock;

use super::archive::{PART, sum_of};
use crate::clock::SystemClock;

const BEGIN: &str = "sameboat-";
const END: &str = ".age";
const MOMENT: &str = "%Y%m%dT%H%M%S%.3fZ";

/// Everything of a day before the newest is kept.
const ALL_FOR: TimeDelta = TimeDelta::hours(24);
/// Then the last one of each of so many days, and of so many months.
const DAYS: usize = 30;
const MONTHS: usize = 12;

/// A file of this age that is still being written is left of a program that was killed.
const FORGOTTEN: TimeDelta = TimeDelta::days(1);

/// `sameboat-3f9a2c1b-20261124T150000.000Z.age`: of this installation, at this moment. What is in one folder of two
/// installations stays apart.
pub(super) fn name(whose: &str, made_at: DateTime<Utc>) -> String {
    format!("{BEGIN}{whose}-{}{END}", made_at.format(MOMENT))
}

/// Which installation, and when; nothing of a file with another name.
fn parsed(name: &OsStr) -> Option<(&str, DateTime<Utc>)> {
    let (whose, moment) = name
        .to_str()?
        .strip_prefix(BEGIN)?
        .strip_suffix(END)?
        .split_once('-')?;
    let moment = NaiveDateTime::parse_from_str(moment, MOMENT).ok()?;
    Some((whose, moment.and_utc()))
}

/// The backups of an installation, or of all, in a folder.
fn list(folder: &Path, whose: Option<&str>) -> io::Result<Vec<(DateTime<Utc>, PathBuf)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if let Some((of, made_at)) = parsed(&entry.file_name())
            && whose.is_none_or(|whose| whose == of)
        {
            found.push((made_at, entry.path()));
        }
    }
    found.sort();
    Ok(found)
}

/// The newest backup in a folder.
pub(super) fn newest(folder: &Path) -> io::Result<Option<PathBuf>> {
    Ok(list(folder, None)?.pop().map(|(_, file)| file))
}

/// Takes away the backups of this installation that newer ones make needless, and what is left of one that was killed. To be done
/// after a backup that went well: that one is the newest, and stays. Says the names that are gone.
pub(super) fn prune(folder: &Path, whose: &str) -> io::Result<Vec<String>> {
    let there = list(folder, Some(whose))?;
    let moments: Vec<_> = there.iter().map(|(made_at, _)| *made_at).collect();
    let needless = needless(&moments);
    let mut gone = Vec::new();
    for (made_at, file) in there {
        if needless.contains(&made_at) {
            std::fs::remove_file(&file)?;
            // It may never have had one.
            let _ = std::fs::remove_file(sum_of(&file));
            gone.extend(file.file_name().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    let now = SystemClock.now();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let is_part = entry.file_name().to_string_lossy().starts_with(PART);
        if is_part
            && entry
                .metadata()?
                .modified()
                .is_ok_and(|at| now - DateTime::<Utc>::from(at) > FORGOTTEN)
        {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(gone)
}

/// Which of these need not be kept. It does not ask what time it is: a clock that goes wrong by years takes none away.
fn needless(moments: &[DateTime<Utc>]) -> BTreeSet<DateTime<Utc>> {
    let mut newest_first = moments.to_vec();
    newest_first.sort_by(|a, b| b.cmp(a));
    let Some(newest) = newest_first.first().copied() else {
        return BTreeSet::new();
    };
    let (mut days, mut months) = (BTreeSet::new(), BTreeSet::new());
    let mut needless = BTreeSet::new();
    for made_at in newest_first {
        let (day, month) = (made_at.date_naive(), (made_at.year(), made_at.month()));
        let of_day = days.len() < DAYS && days.insert(day);
        let of_month = months.len() < MONTHS && months.insert(month);
        if !of_day && !of_month && newest - made_at > ALL_FOR {
            needless.insert(made_at);
        }
    }
    needless
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_name_tells_whose_backup_it_is_and_of_when() {
        let made_at = at("2026-11-24T15:00:00.123Z");
        let name = name("3f9a2c1b", made_at);
        assert_eq!(name, "sameboat-3f9a2c1b-20261124T150000.123Z.age");
        assert_eq!(parsed(OsStr::new(&name)), Some(("3f9a2c1b", made_at)));
        for other in [
            "sameboat.age",
            "sameboat-x-y.age",
            "notes.txt",
            &format!("{name}.sha256"),
        ] {
            assert_eq!(parsed(OsStr::new(other)), None, "{other}");
        }
    }

    /// A backup every quarter of an hour for two years, pruned after each.
    #[test]
    fn a_day_of_all_thirty_of_days_and_twelve_of_months_are_kept() {
        let begin = at("2025-01-01T00:00:00Z");
        let mut kept: Vec<DateTime<Utc>> = Vec::new();
        for quarter in 0..2 * 365 * 96 {
            kept.push(begin + TimeDelta::minutes(15 * quarter));
            let gone = needless(&kept);
            kept.retain(|made_at| !gone.contains(made_at));
            assert_eq!(kept.last(), Some(&(begin + TimeDelta::minutes(15 * quarter))));
        }
        let newest = at("2026-12-31T23:45:00Z");
        let of_a_day = kept.iter().filter(|made_at| newest - **made_at <= ALL_FOR);
        assert_eq!(of_a_day.count(), 97);
        let days: Vec<_> = kept
            .iter()
            .filter(|made_at| newest - **made_at > ALL_FOR && newest - **made_at < TimeDelta::days(30))
            .collect();
        assert_eq!(days.len(), 28, "{days:?}");
        assert!(days.iter().all(|made_at| made_at.to_string().contains("23:45")));
        let months: Vec<_> = kept
            .iter()
            .filter(|made_at| newest - **made_at >= TimeDelta::days(30))
            .map(ToString::to_string)
            .collect();
        assert_eq!(months.len(), 11, "{months:?}");
        assert_eq!(months[0], "2026-01-31 23:45:00 UTC");
        assert_eq!(months[10], "2026-11-30 23:45:00 UTC");
    }

    #[test]
    fn a_clock_that_jumps_by_years_takes_no_day_and_no_month_away() {
        let days: Vec<_> = (1..=20)
            .map(|day| at(&format!("2026-11-{day:02}T03:00:00Z")))
            .collect();
        let mut jumped = days.clone();
        jumped.push(at("2036-11-20T03:00:00Z"));
        assert_eq!(needless(&jumped), BTreeSet::new());
        // Back again: what says that it is of the future is the newest, and stays.
        jumped.push(at("2026-11-21T03:00:00Z"));
        assert_eq!(needless(&jumped), BTreeSet::new());
    }

    #[test]
    fn only_backups_of_this_installation_are_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| folder.path().join(name);
        let mut mine = Vec::new();
        for hour in 0..3 {
            let made_at = at("2026-11-20T03:00:00Z") + TimeDelta::hours(hour);
            for key in ["mine", "theirs"] {
                std::fs::write(file(&name(key, made_at)), "x").unwrap();
                std::fs::write(sum_of(&file(&name(key, made_at))), "x").unwrap();
            }
            mine.push(name("mine", made_at));
        }
        let newest = name("mine", at("2026-11-24T15:00:00Z"));
        std::fs::write(file(&newest), "x").unwrap();
        std::fs::write(file("notes.txt"), "x").unwrap();
        let gone = prune(folder.path(), "mine").unwrap();
        assert_eq!(gone, mine[..2]);
        let left = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left, 6 + 2 + 1 + 1);
        assert_eq!(super::newest(folder.path()).unwrap(), Some(file(&newest)));
    }
}
