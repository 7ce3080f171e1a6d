//! What a person or a program asks of the finder: the parameters of `/groups` and `/api/groups`, read once for both.

use chrono::{DateTime, Datelike, Utc};
use chrono_tz::Tz;
use domain::groups::{Kind, Point};
use domain::name::Name;
use domain::topics::Catalogue;
use finder::{Facet, Family, Query, Spelling, Where};
use url::form_urlencoded;

use crate::shortlist::Chosen;

use super::aliases;
use super::near::shortened;
pub use super::near::{Distance, Near, Problem, Unit};

/// Groups shown of each of the two lists on one page.
pub const PAGE_SIZE: usize = 20;
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// As typed; kept in the form whatever comes of it.
    pub near: String,
    pub distance: Distance,
    pub unit: Unit,
    pub place: Where,
    /// What is chosen, in the order of [`Facet::order`], each once.
    pub facets: Vec<Facet>,
    /// Whether the day is to be today's, which [`Asked::on`] fills in.
    pub today: bool,
    /// Topics of the catalogue or families of topics; a group about any of them.
    pub topics: Vec<Name>,
    /// The age of who comes, in years.
    pub age: Option<u8>,
    pub text: String,
    pub spelling: Spelling,
    /// The zone that times of online groups are told in; without one each group's own.
    pub zone: Option<Tz>,
    /// Counted from 1.
    pub page: usize,
    /// The groups on a referrer's list, carried along.
    pub shortlist: Chosen,
    /// Parameters that were not understood and are left out of the question.
    pub problems: Vec<Problem>,
}

impl Asked {
    /// Reads a query string; never fails, but tells what it could not read.
    pub fn read(query: &str) -> Self {
        let mut asked = Self {
            near: String::new(),
            distance: Distance::Usual,
            unit: Unit::Miles,
            place: Where::Anywhere,
            facets: Vec::new(),
            today: false,
            topics: Vec::new(),
            age: None,
            text: String::new(),
            spelling: Spelling::Forgiving,
            zone: None,
            page: 1,
            shortlist: Chosen::default(),
            problems: Vec::new(),
        };
        let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
        let pairs = pairs.iter().map(|(name, value)| (name.as_ref(), value.trim()));
        let pairs = pairs.filter(|(_, value)| !value.is_empty());
        let mode = aliases::mode(pairs.clone());
        // What we call by names of our own comes last, so that it wins over an alias of it.
        for (name, value) in pairs.clone() {
            aliases::take(&mut asked, mode, name, value);
        }
        for (name, value) in pairs.clone() {
            asked.take(name, value);
        }
        for value in pairs
            .filter(|(name, _)| *name == "online")
            .map(|(_, value)| value)
        {
            asked.take_online(value);
        }
        asked
    }

    /// The same, with a topic that the catalogue does not have left out and told as a problem.
    pub fn knowing(mut self, catalogue: &Catalogue) -> Self {
        let known = |topic: &Name| {
            catalogue.get(topic.as_str()).is_some() || catalogue.family(topic.as_str()).is_some()
        };
        for topic in self
            .topics
            .extract_if(.., |topic| !known(topic))
            .collect::<Vec<_>>()
        {
            self.problem("topic", topic.as_str(), "asked-topic-unknown");
        }
        self
    }

    /// The same, with today's day where today was asked for: in the zone asked for, else that of `place`, else UTC.
    pub fn on(mut self, now: DateTime<Utc>, place: Option<Point>) -> Self {
        if std::mem::take(&mut self.today) {
            let zone = self
                .zone
                .or_else(|| place.map(|place| finder::places().zone_near(place)))
                .unwrap_or(Tz::UTC);
            self.choose(Facet::Day(now.with_timezone(&zone).weekday()));
        }
        self
    }

    /// The question for the finder, around `near` if it was found.
    pub fn query(&self, near: Option<Point>) -> Query {
        Query {
            near,
            within_km: near.and(self.within_km()),
            place: self.place,
            facets: self.facets.clone(),
            topics: self.topics.clone(),
            age: self.age,
            text: self.text.clone(),
            spelling: self.spelling,
            page: self.page,
            page_size: PAGE_SIZE,
        }
    }

    pub fn within_km(&self) -> Option<f64> {
        self.distance.km(self.unit)
    }

    /// Where `near` is, looked up on this machine.
    pub fn resolve(&self) -> Near {
        Near::resolve(&self.near)
    }

    /// The same question at another page or with something changed, as a link.
    pub fn link(&self, path: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let mut put = |name: &str, value: &str| {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        };
        put("q", &self.text);
        for topic in &self.topics {
            put("topic", topic.as_str());
        }
        put("near", &self.near);
        put("distance", &self.distance.parameter());
        put("unit", self.unit.parameter());
        put("where", where_parameter(self.place));
        for facet in &self.facets {
            put(facet.family().name(), facet.name());
        }
        if self.today {
            put("day", "today");
        }
        put("age", &self.age.map_or_else(String::new, |age| age.to_string()));
        put("zone", self.zone.map_or("", |zone| zone.name()));
        if self.spelling == Spelling::AsTyped {
            put("exact", "1");
        }
        if self.page > 1 {
            put("page", &self.page.to_string());
        }
        put("of", &self.shortlist.parameter());
        let query = query.finish();
        if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{query}")
        }
    }

    /// The same question from its first page on, with one thing changed.
    pub fn but(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut asked = Self {
            page: 1,
            problems: Vec::new(),
            ..self.clone()
        };
        change(&mut asked);
        asked
    }

    /// Chosen of one family.
    pub fn of(&self, family: Family) -> impl Iterator<Item = &Facet> {
        self.facets.iter().filter(move |facet| facet.family() == family)
    }

    /// Adds a value, or takes it away if it is there.
    pub fn toggle(&mut self, facet: &Facet) {
        let before = self.facets.len();
        self.facets.retain(|other| other != facet);
        if self.facets.len() == before {
            self.choose(facet.clone());
        }
    }

    pub(super) fn choose(&mut self, facet: Facet) {
        if !self.facets.contains(&facet) {
            self.facets.push(facet);
            self.facets.sort_by(|a, b| a.order().cmp(&b.order()));
        }
    }

    /// Instead of whatever was chosen in its family.
    pub fn only(&mut self, facet: Facet) {
        self.facets.retain(|other| other.family() != facet.family());
        self.choose(facet);
    }

    fn take(&mut self, name: &str, value: &str) {
        match name {
            "near" => self.near = shortened(value),
            "q" => self.text = shortened(value),
            "distance" => match Distance::parse(value) {
                Some(distance) => self.distance = distance,
                None => self.problem("distance", value, "asked-distance-unknown"),
            },
            "unit" => match Unit::parse(value) {
                Some(unit) => self.unit = unit,
                None => self.problem("unit", value, "asked-unit-unknown"),
            },
            "where" => match value.to_ascii_lowercase().as_str() {
                "any" | "all" => self.place = Where::Anywhere,
                "in-person" | "in_person" => self.place = Where::InPerson,
                "online" => self.place = Where::Online,
                "not-online" => self.place = Where::NotOnline,
                _ => self.problem("where", value, "asked-where-unknown"),
            },
            "topic" => match Name::parse(value) {
                Ok(topic) if self.topics.contains(&topic) => {}
                Ok(topic) => self.topics.push(topic),
                Err(_) => self.problem("topic", value, "asked-topic-unknown"),
            },
            "age" => match value.parse() {
                Ok(age @ 0..=120) => self.age = Some(age),
                _ => self.problem("age", value, "asked-age-unknown"),
            },
            "of" => self.shortlist.take(value),
            "zone" => match value.parse() {
                Ok(zone) => self.zone = Some(zone),
                Err(_) => self.problem("zone", value, "asked-zone-unknown"),
            },
            "exact" => match value {
                "1" => self.spelling = Spelling::AsTyped,
                "0" => self.spelling = Spelling::Forgiving,
                _ => self.problem("exact", value, "asked-exact-unknown"),
            },
            "page" => match value.parse() {
                Ok(page @ 1..=100_000) => self.page = page,
                _ => self.problem("page", value, "asked-page-unknown"),
            },
            name => {
                if let Some(family) = Family::named(name) {
                    self.take_facets(family, value);
                }
            }
        }
    }

    /// One value or several, apart by commas or slashes.
    pub(super) fn take_facets(&mut self, family: Family, value: &str) {
        for part in value
            .split([',', '/'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            if part.eq_ignore_ascii_case("any") || part.eq_ignore_ascii_case("all") {
                continue;
            }
            if family == Family::Day && part.eq_ignore_ascii_case("today") {
                self.today = true;
                continue;
            }
            match aliases::facet(family, &part.to_lowercase()) {
                Some(facet) => self.choose(facet),
                None => self.problem(family.name(), part, unknown(family)),
            }
        }
    }

    /// Whether groups that meet online are wanted at all.
    fn take_online(&mut self, value: &str) {
        match value.to_ascii_lowercase().as_str() {
            "no" | "0" | "false" => self.place = Where::NotOnline,
            "any" | "all" => {}
            _ => self.problem("online", value, "asked-online-unknown"),
        }
    }

    pub(super) fn problem(&mut self, parameter: &'static str, value: &str, sentence: &'static str) {
        self.problems.push(Problem::new(parameter, value, sentence));
    }
}

/// The value of `kind` in a URL and in the API.
pub fn kind_parameter(kind: Kind) -> &'static str {
    match kind {
        Kind::Therapy => "therapy",
        Kind::Support => "support",
    }
}

/// The value of `where` in a URL; empty when it filters nothing.
pub fn where_parameter(place: Where) -> &'static str {
    match place {
        Where::Anywhere => "",
        Where::InPerson => "in-person",
        Where::NotOnline => "not-online",
        Where::Online => "online",
    }
}

/// The sentence for a value that a family does not have.
fn unknown(family: Family) -> &'static str {
    match family {
        Family::Kind => "asked-kind-unknown",
        Family::Day => "asked-day-unknown",
        Family::Time => "asked-time-unknown",
        Family::ForWhom => "asked-for-unknown",
        Family::Format => "asked-format-unknown",
        Family::Access => "asked-access-unknown",
        Family::Language => "asked-language-unknown",
        Family::Cost => "asked-cost-unknown",
        Family::Status => "asked-status-unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(asked: &Asked) -> Asked {
        Asked::read(asked.link("/groups").split_once('?').unwrap().1)
    }

    #[test]
    fn every_parameter_is_read() {
        let asked = Asked::read(
            "near=+44113+&distance=10&unit=km&where=online&kind=support&day=thu&day=Monday,4&q=grief&topic=loss-in-life\
             &age=15&page=2&zone=Europe/Berlin&exact=1&cost=sliding&cost=free&for=women&language=ASE&status=open\
             &access=step-free&format=structured&time=evening",
        );
        let facet = |family, name| Facet::named(family, name).unwrap();
        assert_eq!(
            asked,
            Asked {
                near: "44113".into(),
                distance: Distance::Within(10.0),
                unit: Unit::Kilometres,
                place: Where::Online,
                facets: vec![
                    facet(Family::Kind, "support"),
                    facet(Family::Day, "mon"),
                    facet(Family::Day, "thu"),
                    facet(Family::Time, "evening"),
                    facet(Family::ForWhom, "women"),
                    facet(Family::Format, "structured"),
                    facet(Family::Access, "step-free"),
                    facet(Family::Language, "ase"),
                    facet(Family::Cost, "free"),
                    facet(Family::Cost, "sliding"),
                    facet(Family::Status, "open"),
                ],
                today: false,
                topics: vec![Name::parse("loss-in-life").unwrap()],
                age: Some(15),
                text: "grief".into(),
                spelling: Spelling::AsTyped,
                zone: Some(Tz::Europe__Berlin),
                page: 2,
                shortlist: Chosen::default(),
                problems: vec![],
            }
        );
        assert_eq!(again(&asked), asked);
    }

    #[test]
    fn every_value_of_every_family_comes_back_from_its_link() {
        for facet in Facet::all() {
            let asked = Asked::read("").but(|asked| asked.toggle(&facet));
            assert_eq!(again(&asked).facets, [facet]);
        }
    }

    #[test]
    fn never_online_can_be_asked_for_beside_where() {
        for query in [
            "online=no",
            "where=in-person&online=no",
            "online=no&where=in-person",
            "where=not-online",
        ] {
            let asked = Asked::read(query);
            assert_eq!(
                (asked.place, asked.problems.len()),
                (Where::NotOnline, 0),
                "{query}"
            );
            assert_eq!(again(&asked), asked);
        }
    }

    #[test]
    fn what_means_nothing_is_told_and_left_out() {
        let asked = Asked::read(
            "day=funday&kind=&where=moon&distance=-3&page=0&unit=ell&utm_source=x&near=%FF%00&zone=Mars/Olympus&cost=cheap&online=maybe",
        );
        let told: Vec<_> = asked
            .problems
            .iter()
            .map(|p| (p.parameter, p.value.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("day", "funday"),
                ("where", "moon"),
                ("distance", "-3"),
                ("page", "0"),
                ("unit", "ell"),
                ("zone", "Mars/Olympus"),
                ("cost", "cheap"),
                ("online", "maybe"),
            ]
        );
        assert!(asked.facets.is_empty());
    }

    #[test]
    fn nobody_says_how_far_means_25_miles() {
        assert!((Asked::read("near=44113").within_km().unwrap() - 40.2336).abs() < 1e-9);
        assert_eq!(Asked::read("distance=any").within_km(), None);
        assert_eq!(Asked::read("near=44113").query(None).within_km, None);
    }

    #[test]
    fn a_changed_question_begins_at_its_first_page() {
        let asked = Asked::read("q=grief&kind=therapy&page=3&day=mon");
        assert_eq!(
            asked
                .but(|asked| asked.facets.retain(|facet| facet.family() != Family::Kind))
                .link("/groups"),
            "/groups?q=grief&day=mon"
        );
        assert_eq!(Asked::read("").link("/groups"), "/groups");
    }
}
