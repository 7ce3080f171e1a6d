//! What is looked for in the audit, as it stands in the address.

use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::access::Class;
use domain::groups::Slug;
use serde::Deserialize;
use store::audit::{By, EntryKey, Family, Sought, Within};

use super::super::midnight;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    pub by: String,
    pub family: String,
    pub class: String,
    pub group: String,
    pub from: String,
    pub to: String,
    pub before: String,
}

/// The value of `group` for what belongs to none.
pub(super) const NO_GROUP: &str = "none";

impl Asked {
    /// What is looked for, or the names of fields whose value is none that there is.
    /// Days are those of the organisation's zone, as the rows tell them.
    pub(super) fn sought(&self, zone: Tz) -> Result<Sought, Vec<&'static str>> {
        let mut wrong = Vec::new();
        let sought = Sought {
            by: read(&self.by, By::named).unwrap_or_else(|()| slip(&mut wrong, "by")),
            family: read(&self.family, Family::parse).unwrap_or_else(|()| slip(&mut wrong, "family")),
            class: read(&self.class, class).unwrap_or_else(|()| slip(&mut wrong, "class")),
            within: read(&self.group, within).unwrap_or_else(|()| slip(&mut wrong, "group")),
            from: read(&self.from, |text| Some(midnight(zone, day(text)?)))
                .unwrap_or_else(|()| slip(&mut wrong, "from")),
            until: read(&self.to, |text| Some(midnight(zone, day(text)?.succ_opt()?)))
                .unwrap_or_else(|()| slip(&mut wrong, "to")),
            before: read(&self.before, EntryKey::parse).unwrap_or_else(|()| slip(&mut wrong, "before")),
        };
        if wrong.is_empty() { Ok(sought) } else { Err(wrong) }
    }

    /// The same, from this row on.
    pub(super) fn before(&self, page: &str, key: EntryKey) -> String {
        self.address(page, Some(key))
    }

    /// The same of another page, from the newest on.
    pub(super) fn filters(&self, page: &str) -> String {
        self.address(page, None)
    }

    fn address(&self, page: &str, before: Option<EntryKey>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [
            ("by", &self.by),
            ("family", &self.family),
            ("class", &self.class),
            ("group", &self.group),
            ("from", &self.from),
            ("to", &self.to),
        ] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        if let Some(key) = before {
            query.append_pair("before", &key.to_string());
        }
        let query = query.finish();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{page}{mark}{query}")
    }
}

fn slip<T>(wrong: &mut Vec<&'static str>, field: &'static str) -> Option<T> {
    wrong.push(field);
    None
}

/// Nothing was asked, or something that there is.
fn read<T>(text: &str, of: impl Fn(&str) -> Option<T>) -> Result<Option<T>, ()> {
    match text.trim() {
        "" => Ok(None),
        text => of(text).map(Some).ok_or(()),
    }
}

fn class(text: &str) -> Option<Class> {
    Class::ALL.into_iter().find(|class| class.name() == text)
}

fn within(text: &str) -> Option<Within> {
    if text == NO_GROUP {
        return Some(Within::Organisation);
    }
    Slug::parse(text).ok().map(Within::Group)
}

fn day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_there_is_not_is_told_by_field() {
        let asked = Asked {
            by: "owner".into(),
            family: "roles".into(),
            class: "C99".into(),
            from: "yesterday".into(),
            to: "2026-11-24".into(),
            ..Asked::default()
        };
        assert_eq!(
            asked.sought(Tz::America__New_York),
            Err(vec!["by", "class", "from"])
        );
        let asked = Asked {
            by: "break-glass".into(),
            class: "C3".into(),
            from: String::new(),
            ..asked
        };
        let sought = asked.sought(Tz::America__New_York).unwrap();
        assert_eq!(sought.by, Some(By::BreakGlass));
        assert_eq!(sought.class, Some(Class::Contact));
        assert_eq!(sought.from, None);
    }

    #[test]
    fn a_day_is_the_one_that_the_rows_tell() {
        let asked = Asked {
            from: "2026-11-01".into(),
            to: "2026-11-01".into(),
            ..Asked::default()
        };
        let sought = asked.sought(Tz::America__New_York).unwrap();
        let said = |at: Option<chrono::DateTime<chrono::Utc>>| at.unwrap().to_rfc3339();
        // The clocks go back on that day: it has 25 hours.
        assert_eq!(said(sought.from), "2026-11-01T04:00:00+00:00");
        assert_eq!(said(sought.until), "2026-11-02T05:00:00+00:00");
    }
}
