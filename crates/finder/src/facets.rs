//! What one narrows a search down by: families of values, each with the number of groups that it would leave.

use chrono::{NaiveTime, Timelike, Weekday};
use domain::groups::{Access, Audience, Fee, Format, Kind, Language, Listing, Seats, When};
use domain::schedule::Rule;

/// Values of one family are alternatives; families add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    Kind,
    Day,
    Time,
    ForWhom,
    Format,
    Access,
    Language,
    Cost,
    Status,
}

/// A value of a family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Facet {
    Kind(Kind),
    /// In the group's own zone, as all that follows from its schedule.
    Day(Weekday),
    Time(TimeOfDay),
    ForWhom(Audience),
    Format(Format),
    Access(Access),
    Language(Language),
    Cost(Paying),
    Status(Room),
}

/// When in the day a group begins, by the hours of tsml-ui: they overlap, as people's words for them do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeOfDay {
    /// From 4:00 to 11:59.
    Morning,
    /// From 11:00 to 16:59.
    Afternoon,
    /// From 16:00 to 20:59.
    Evening,
    /// From 20:00 to 4:59.
    Night,
    Appointment,
}

/// What coming costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paying {
    /// Nothing has to be paid; so where a contribution is welcome, too.
    Free,
    Contribution,
    Sliding,
    PerSession,
    /// Health insurance may pay, whatever the fee.
    Insurance,
}

/// Whether there is room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// One can come; nobody counts the places.
    Open,
    /// Some places are left.
    Places,
    WaitingList,
    Starting,
    Paused,
    /// Takes nobody new now, or is full.
    Closed,
}

impl Family {
    pub const ALL: [Self; 9] = [
        Self::Kind,
        Self::Day,
        Self::Time,
        Self::ForWhom,
        Self::Format,
        Self::Access,
        Self::Language,
        Self::Cost,
        Self::Status,
    ];

    /// As it is called in a URL and in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Day => "day",
            Self::Time => "time",
            Self::ForWhom => "for",
            Self::Format => "format",
            Self::Access => "access",
            Self::Language => "language",
            Self::Cost => "cost",
            Self::Status => "status",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.name() == name)
    }
}

/// Lists every value that is not a language with its name; the compiler sees to it that none is forgotten.
macro_rules! values {
    ($($name:literal => $family:ident($value:path),)*) => {
        /// Every value that is not a language, as it is called in a URL and in the API.
        const VALUES: &[(&str, Facet)] = &[$(($name, Facet::$family($value))),*];

        impl Facet {
            /// As it is called in a URL and in the API; unique in its family.
            pub fn name(&self) -> &str {
                match self {
                    Self::Language(language) => language.code(),
                    $(Self::$family($value) => $name,)*
                }
            }
        }
    };
}

values! {
    "support" => Kind(Kind::Support),
    "therapy" => Kind(Kind::Therapy),
    "mon" => Day(Weekday::Mon),
    "tue" => Day(Weekday::Tue),
    "wed" => Day(Weekday::Wed),
    "thu" => Day(Weekday::Thu),
    "fri" => Day(Weekday::Fri),
    "sat" => Day(Weekday::Sat),
    "sun" => Day(Weekday::Sun),
    "morning" => Time(TimeOfDay::Morning),
    "afternoon" => Time(TimeOfDay::Afternoon),
    "evening" => Time(TimeOfDay::Evening),
    "night" => Time(TimeOfDay::Night),
    "appointment" => Time(TimeOfDay::Appointment),
    "women" => ForWhom(Audience::Women),
    "men" => ForWhom(Audience::Men),
    "lgbtq" => ForWhom(Audience::Lgbtq),
    "trans" => ForWhom(Audience::Trans),
    "black-people" => ForWhom(Audience::BlackPeople),
    "native-people" => ForWhom(Audience::NativePeople),
    "people-of-colour" => ForWhom(Audience::PeopleOfColour),
    "young-people" => ForWhom(Audience::YoungPeople),
    "older-people" => ForWhom(Audience::OlderPeople),
    "parents" => ForWhom(Audience::Parents),
    "caregivers" => ForWhom(Audience::Caregivers),
    "family-and-friends" => ForWhom(Audience::FamilyAndFriends),
    "veterans" => ForWhom(Audience::Veterans),
    "first-responders" => ForWhom(Audience::FirstResponders),
    "health-workers" => ForWhom(Audience::HealthWorkers),
    "students" => ForWhom(Audience::Students),
    "newcomers" => ForWhom(Audience::Newcomers),
    "families" => ForWhom(Audience::Families),
    "deaf-people" => ForWhom(Audience::DeafPeople),
    "secular-people" => ForWhom(Audience::SecularPeople),
    "structured" => Format(Format::Structured),
    "process" => Format(Format::Process),
    "discussion" => Format(Format::Discussion),
    "presentation" => Format(Format::Presentation),
    "step-free" => Access(Access::StepFree),
    "elevator" => Access(Access::Elevator),
    "accessible-toilet" => Access(Access::AccessibleToilet),
    "hearing-loop" => Access(Access::HearingLoop),
    "captions" => Access(Access::Captions),
    "sign-language" => Access(Access::SignLanguage),
    "quiet-corner" => Access(Access::QuietCorner),
    "fragrance-free" => Access(Access::FragranceFree),
    "camera-may-stay-off" => Access(Access::CameraMayStayOff),
    "by-phone" => Access(Access::ByPhone),
    "public-transport" => Access(Access::PublicTransport),
    "parking" => Access(Access::Parking),
    "child-care" => Access(Access::ChildCare),
    "service-animals" => Access(Access::ServiceAnimals),
    "free" => Cost(Paying::Free),
    "contribution" => Cost(Paying::Contribution),
    "sliding" => Cost(Paying::Sliding),
    "per-session" => Cost(Paying::PerSession),
    "insurance" => Cost(Paying::Insurance),
    "open" => Status(Room::Open),
    "places" => Status(Room::Places),
    "waiting-list" => Status(Room::WaitingList),
    "starting" => Status(Room::Starting),
    "paused" => Status(Room::Paused),
    "closed" => Status(Room::Closed),
}

impl Facet {
    pub fn family(&self) -> Family {
        match self {
            Self::Kind(_) => Family::Kind,
            Self::Day(_) => Family::Day,
            Self::Time(_) => Family::Time,
            Self::ForWhom(_) => Family::ForWhom,
            Self::Format(_) => Family::Format,
            Self::Access(_) => Family::Access,
            Self::Language(_) => Family::Language,
            Self::Cost(_) => Family::Cost,
            Self::Status(_) => Family::Status,
        }
    }

    pub fn named(family: Family, name: &str) -> Option<Self> {
        if family == Family::Language {
            return Language::parse(name).map(Self::Language);
        }
        let mut known = VALUES.iter().filter(|(_, value)| value.family() == family);
        known
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.clone())
    }

    /// Every value but the languages, by family.
    pub fn all() -> impl Iterator<Item = Self> {
        VALUES.iter().map(|(_, value)| value.clone())
    }

    /// Where it stands among all values: by family, then in the order of [`Self::all`], languages by their code.
    pub fn order(&self) -> (Family, usize, &str) {
        let known = VALUES.iter().position(|(_, known)| known == self);
        (self.family(), known.unwrap_or(VALUES.len()), self.name())
    }

    /// All values of a listing.
    pub fn of(listing: &Listing) -> Vec<Self> {
        let mut facets = vec![Self::Kind(listing.kind), Self::Status(Room::of(listing.seats))];
        facets.extend(days(listing).into_iter().map(Self::Day));
        facets.extend(TimeOfDay::of(listing).into_iter().map(Self::Time));
        facets.extend(listing.audience.iter().copied().map(Self::ForWhom));
        facets.extend(listing.format.map(Self::Format));
        facets.extend(listing.access.iter().copied().map(Self::Access));
        facets.extend(listing.languages.iter().cloned().map(Self::Language));
        facets.extend(Paying::of(listing).into_iter().map(Self::Cost));
        facets
    }
}

impl TimeOfDay {
    fn of(listing: &Listing) -> Vec<Self> {
        match &listing.when {
            When::ByAppointment => vec![Self::Appointment],
            When::Scheduled(schedule) => [Self::Morning, Self::Afternoon, Self::Evening, Self::Night]
                .into_iter()
                .filter(|time| time.holds(schedule.time))
                .collect(),
        }
    }

    fn holds(self, time: NaiveTime) -> bool {
        match self {
            Self::Morning => (4..12).contains(&time.hour()),
            Self::Afternoon => (11..17).contains(&time.hour()),
            Self::Evening => (16..21).contains(&time.hour()),
            Self::Night => !(5..20).contains(&time.hour()),
            Self::Appointment => false,
        }
    }
}

impl Paying {
    fn of(listing: &Listing) -> Vec<Self> {
        let Some(cost) = &listing.cost else {
            return Vec::new();
        };
        let mut paying = match cost.fee {
            Fee::Free => vec![Self::Free],
            Fee::Contribution => vec![Self::Free, Self::Contribution],
            Fee::Sliding { .. } => vec![Self::Sliding],
            Fee::PerSession(_) => vec![Self::PerSession],
        };
        paying.extend(cost.insurance.then_some(Self::Insurance));
        paying
    }
}

impl Room {
    fn of(seats: Seats) -> Self {
        match seats {
            Seats::Open => Self::Open,
            Seats::Left(1..) => Self::Places,
            Seats::WaitingList { .. } => Self::WaitingList,
            Seats::Starts(_) => Self::Starting,
            Seats::Paused { .. } => Self::Paused,
            Seats::Left(0) | Seats::Closed | Seats::Ended { .. } => Self::Closed,
        }
    }
}

fn days(listing: &Listing) -> Vec<Weekday> {
    use chrono::Datelike;
    match listing.schedule().map(|schedule| &schedule.rule) {
        None => Vec::new(),
        Some(Rule::Weekly { days, .. }) => days.clone(),
        Some(Rule::Monthly { day, .. }) => vec![*day],
        Some(Rule::Dates { dates }) => dates.iter().map(Datelike::weekday).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_a_name_that_leads_back_to_it() {
        for facet in Facet::all() {
            assert_eq!(
                Facet::named(facet.family(), facet.name()),
                Some(facet.clone()),
                "{facet:?}"
            );
            assert_eq!(Family::named(facet.family().name()), Some(facet.family()));
        }
        assert_eq!(Facet::named(Family::Cost, "women"), None);
    }

    #[test]
    fn every_time_of_the_day_has_a_name_and_some_have_two() {
        use TimeOfDay::{Afternoon, Evening, Morning, Night};
        let names = |hour| {
            let time = NaiveTime::from_hms_opt(hour, 59, 0).unwrap();
            [Morning, Afternoon, Evening, Night]
                .into_iter()
                .filter(|name| name.holds(time))
                .collect::<Vec<_>>()
        };
        assert!((0..24).all(|hour| !names(hour).is_empty()));
        assert_eq!(names(4), [Morning, Night]);
        assert_eq!(names(11), [Morning, Afternoon]);
        assert_eq!(names(16), [Afternoon, Evening]);
        assert_eq!(names(18), [Evening]);
        assert_eq!(names(20), [Evening, Night]);
    }
}
