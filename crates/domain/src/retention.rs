//! How long what is kept is kept: one table of rules, each with the least and the most that an organisation may set.
//!
//! Rows of the audit have no rule: nothing takes them away, and they hold nothing of anybody. What was agreed to and given away
//! has none either: it stays by the number of a person, without their name, for as long as the law asks for the list.

use chrono::{DateTime, TimeDelta, Utc};

use crate::access::Class;

/// What is kept for a while after it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kept {
    /// Browsers that were signed in.
    Sessions,
    /// Letters that went out, or were given up.
    Letters,
    /// Invitations that were accepted or withdrawn, or ran out.
    Invitations,
    /// Links in letters, and ways to sign in that were begun, that were used or ran out.
    Links,
    /// Rows that an import put aside which broke off and was never taken up.
    ImportRows,
    /// Reports that were resolved, and the words beside them.
    Reports,
    /// Ways into a group that ended before it, with what was said on them.
    Applications,
    /// That someone came to a support group, and under which name.
    Guests,
    /// The numbers of forms by which nothing is done twice.
    Forms,
    /// Records of sessions that nobody's chart needs any more, and goals of groups that have ended.
    SessionRecords,
    /// Charts of members: who was there, their parts of records, their goals.
    Charts,
    /// Accounts that were closed, and all that is about their people.
    ClosedAccounts,
    /// People whose last role has ended, and all that is about them.
    ExMembers,
}

/// A rule: how long, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    pub kept: Kept,
    pub class: Class,
    /// Where the organisation has said nothing.
    pub days: u16,
    pub least: u16,
    /// Why it is kept at all, and why no longer.
    pub why: &'static str,
}

/// No rule keeps for longer.
pub const MOST: u16 = 3_660;

/// Why a number of days is none for this rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Write a number of days between {least} and {MOST}.")]
pub struct DaysError {
    least: u16,
}

/// What an account is called when nobody is behind it any more.
pub const NOBODY: &str = "Deleted account";

const RULES: [Rule; 13] = [
    Rule {
        kept: Kept::Sessions,
        class: Class::Account,
        days: 30,
        least: 1,
        why: "A person can see where they were signed in; after that it says only when somebody was here.",
    },
    Rule {
        kept: Kept::Letters,
        class: Class::Account,
        days: 30,
        least: 1,
        why: "An admin sees whether letters go out. What a letter said is gone when it has left.",
    },
    Rule {
        kept: Kept::Invitations,
        class: Class::Account,
        days: 90,
        least: 7,
        why: "Who was invited by whom can be asked for a while. The address of someone who did not come is nobody's to keep.",
    },
    Rule {
        kept: Kept::Links,
        class: Class::Account,
        days: 30,
        least: 1,
        why: "A link that is over opens nothing; for a while it says so in place of “not there”.",
    },
    Rule {
        kept: Kept::ImportRows,
        class: Class::Listing,
        days: 30,
        least: 7,
        why: "An import that is taken up again needs what it has put aside; one that broke off for good does not.",
    },
    Rule {
        kept: Kept::Reports,
        class: Class::Listing,
        days: 365,
        least: 30,
        why: "What is said of a group again and again shows over months. A resolved report can be opened anew before.",
    },
    Rule {
        kept: Kept::Applications,
        class: Class::Screening,
        days: 90,
        least: 30,
        why: "Who was not placed may ask again, and then need not say everything anew. What they said is not kept for longer than that.",
    },
    Rule {
        kept: Kept::Guests,
        class: Class::Coming,
        days: 90,
        least: 7,
        why: "Who comes back after a while need not begin anew. That someone was in a support group is kept for as little as that takes.",
    },
    Rule {
        kept: Kept::Forms,
        class: Class::Account,
        days: 1,
        least: 1,
        why: "A form that is sent twice comes within a day.",
    },
    Rule {
        kept: Kept::SessionRecords,
        class: Class::GroupNote,
        days: 2_557,
        least: 365,
        why: "What a session was about belongs to the chart of each member who was there, so it stays for as long as any of those charts does.",
    },
    Rule {
        kept: Kept::Charts,
        class: Class::IndividualNote,
        days: 2_557,
        least: 365,
        why: "Law asks that the record of a treatment is kept, in many places for seven years after the last session, and longer for who was a minor. Whoever it is about stays named with it, also without an account.",
    },
    Rule {
        kept: Kept::ClosedAccounts,
        class: Class::Account,
        days: 365,
        least: 30,
        why: "An account that was closed by mistake, or is asked about, can be opened again before.",
    },
    Rule {
        kept: Kept::ExMembers,
        class: Class::Contact,
        days: 365,
        least: 30,
        why: "Someone who left may come back, or be asked after by their group, before.",
    },
];

impl Kept {
    pub const ALL: [Self; 13] = [
        Self::Sessions,
        Self::Letters,
        Self::Invitations,
        Self::Links,
        Self::ImportRows,
        Self::Reports,
        Self::Applications,
        Self::Guests,
        Self::Forms,
        Self::SessionRecords,
        Self::Charts,
        Self::ClosedAccounts,
        Self::ExMembers,
    ];

    /// As it stands in the database, in forms and in the audit.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sessions => "sessions",
            Self::Letters => "letters",
            Self::Invitations => "invitations",
            Self::Links => "links",
            Self::ImportRows => "import-rows",
            Self::Reports => "reports",
            Self::Applications => "applications",
            Self::Guests => "guests",
            Self::Forms => "forms",
            Self::SessionRecords => "session-records",
            Self::Charts => "charts",
            Self::ClosedAccounts => "closed-accounts",
            Self::ExMembers => "ex-members",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kept| kept.name() == name)
    }

    pub const fn rule(self) -> Rule {
        RULES[self as usize]
    }

    /// Whether whole people go by it.
    pub const fn is_people(self) -> bool {
        matches!(self, Self::ClosedAccounts | Self::ExMembers)
    }
}

impl Rule {
    /// A number of days that the organisation may set.
    pub fn days(self, text: &str) -> Result<u16, DaysError> {
        let days = text.trim().parse::<u16>().ok();
        days.filter(|days| self.allows(*days))
            .ok_or(DaysError { least: self.least })
    }

    pub const fn allows(self, days: u16) -> bool {
        self.least <= days && days <= MOST
    }
}

/// What was over by then goes now.
pub fn cutoff(now: DateTime<Utc>, days: u16) -> DateTime<Utc> {
    now - TimeDelta::days(days.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_the_rule_of_its_own_name() {
        for kept in Kept::ALL {
            assert_eq!(kept.rule().kept, kept);
            assert_eq!(Kept::named(kept.name()), Some(kept));
        }
        assert_eq!(RULES.len(), Kept::ALL.len());
        assert_eq!(Kept::named("audit"), None);
    }

    #[test]
    fn defaults_are_within_their_limits_and_say_why() {
        for rule in RULES {
            assert!(rule.allows(rule.days) && rule.least >= 1, "{:?}", rule.kept);
            assert!(
                rule.why.ends_with('.') || rule.why.ends_with('”'),
                "{:?}",
                rule.kept
            );
            // No rule is about the audit.
            assert_ne!(rule.class, Class::Audit);
        }
    }

    #[test]
    fn an_organisation_sets_days_within_the_limits_only() {
        let rule = Kept::ExMembers.rule();
        assert_eq!(rule.days(" 30 "), Ok(30));
        assert_eq!(rule.days("3660"), Ok(3660));
        for wrong in ["", "29", "3661", "-1", "1e3", "a year", "99999999"] {
            let why = rule.days(wrong).unwrap_err().to_string();
            assert_eq!(why, "Write a number of days between 30 and 3660.", "{wrong}");
        }
    }
}
