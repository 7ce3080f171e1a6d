//! What goes out: groups as every writer is given them, and the account of what a format could not say.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, Utc};
use domain::groups::{HowToCome, Listing, Mail, Phone, Seats, Source};

/// A group as a feed tells of it.
#[derive(Debug, Clone, Copy)]
pub struct Group<'a> {
    /// Its public name, the same for good.
    pub slug: &'a str,
    pub listing: &'a Listing,
    /// Its own page on the site that publishes.
    pub page: &'a str,
    /// When it meets, in words: "2nd and 4th Monday, 7 pm".
    pub rule: &'a str,
    /// Sentences on what few formats have a field for: skipped and moved meetings, places.
    pub told: &'a [String],
    /// When the listing last changed.
    pub changed: DateTime<Utc>,
}

/// Who publishes; all of it is public.
#[derive(Debug, Clone, Copy)]
pub struct Publisher<'a> {
    pub name: &'a str,
    /// The address of the site.
    pub site: &'a str,
    pub phone: Option<&'a Phone>,
    pub mail: Option<&'a Mail>,
    /// Two capital letters.
    pub country: &'a str,
    /// "Call or write: we tell you how to join."
    pub how_to_join: &'a str,
}

/// Why a group is not in a feed, or only in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Because {
    Therapy,
    NoWayToJoin,
    Ended,
    /// It is there, but without day and time.
    NotWeekly,
    /// It is there, but some meetings are skipped or moved.
    Exceptions,
    /// The format needs a weekday and a time, and it has none that holds every week.
    NoWeekday,
}

/// What became of the groups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    pub written: usize,
    pub left_out: BTreeMap<Because, usize>,
    pub in_words: BTreeMap<Because, usize>,
}

impl Because {
    /// As a header has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Therapy => "therapy",
            Self::NoWayToJoin => "no-way-to-join",
            Self::Ended => "ended",
            Self::NotWeekly => "not-weekly",
            Self::Exceptions => "exceptions",
            Self::NoWeekday => "no-weekday",
        }
    }
}

/// For whoever exports: what it is and what to do.
impl fmt::Display for Because {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Therapy => {
                "therapy groups: the format knows only meetings that one walks into; they are in hsds, ical and sameboat"
            }
            Self::NoWayToJoin => {
                "online groups with neither a public phone nor a page of their own; give one of them to the group, or --phone to the site"
            }
            Self::Ended => "groups that have ended or pause",
            Self::NotWeekly => "groups that do not meet every week: their rule is in the notes, day and time are left out",
            Self::Exceptions => "groups with skipped or moved meetings: these are in the notes",
            Self::NoWeekday => {
                "groups by appointment or not every week: the format has no row without a weekday and a time; they are in hsds and sameboat"
            }
        })
    }
}

impl Account {
    pub fn leave_out(&mut self, why: Because) {
        *self.left_out.entry(why).or_default() += 1;
    }

    pub fn in_words(&mut self, why: Because) {
        *self.in_words.entry(why).or_default() += 1;
    }

    /// "3; no-way-to-join=2, therapy=1"; "0" when nothing is left out.
    pub fn header(&self) -> String {
        let total: usize = self.left_out.values().sum();
        let parts: Vec<String> = self
            .left_out
            .iter()
            .map(|(why, count)| format!("{}={count}", why.name()))
            .collect();
        if parts.is_empty() {
            total.to_string()
        } else {
            format!("{total}; {}", parts.join(", "))
        }
    }
}

impl Group<'_> {
    /// Whose group it is: the programme it was imported from, or the publisher.
    pub(crate) fn by<'a>(&'a self, publisher: &Publisher<'a>) -> &'a str {
        match &self.listing.source {
            Source::Own => publisher.name,
            Source::Feed { programme } => programme.as_str(),
        }
    }

    /// The public phone by which one comes to an own group: its own, else that of the organisation.
    pub(crate) fn phone<'a>(&'a self, publisher: &Publisher<'a>) -> Option<&'a Phone> {
        match &self.listing.how_to_come {
            HowToCome::Organisation {
                phone: Some(phone), ..
            } => Some(phone),
            _ if self.listing.source == Source::Own => publisher.phone,
            _ => None,
        }
    }

    /// Whether it takes place at all.
    pub(crate) fn is_there(&self) -> bool {
        !matches!(self.listing.seats, Seats::Ended { .. })
    }

    pub(crate) fn pauses(&self) -> bool {
        matches!(self.listing.seats, Seats::Paused { .. })
    }
}
