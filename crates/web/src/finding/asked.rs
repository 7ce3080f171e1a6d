//! What a person or a program asks of the finder: the parameters of `/groups` and `/api/groups`, read once for both.

use chrono::Weekday;
use domain::groups::{Kind, Point};
use domain::name::Name;
use domain::topics::Catalogue;
use finder::{Query, Where};
use url::form_urlencoded;

use crate::shortlist::Chosen;

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
    pub kind: Option<Kind>,
    /// Monday first, each once.
    pub days: Vec<Weekday>,
    /// Topics of the catalogue or families of topics; a group about any of them.
    pub topics: Vec<Name>,
    /// The age of who comes, in years.
    pub age: Option<u8>,
    pub text: String,
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
            kind: None,
            days: Vec::new(),
            topics: Vec::new(),
            age: None,
            text: String::new(),
            page: 1,
            shortlist: Chosen::default(),
            problems: Vec::new(),
        };
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim();
            if !value.is_empty() {
                asked.take(&name, value);
            }
        }
        asked.days.sort_by_key(Weekday::num_days_from_monday);
        asked.days.dedup();
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

    /// The question for the finder, around `near` if it was found.
    pub fn query(&self, near: Option<Point>) -> Query {
        Query {
            near,
            within_km: near.and(self.within_km()),
            place: self.place,
            kind: self.kind,
            days: self.days.clone(),
            topics: self.topics.clone(),
            age: self.age,
            text: self.text.clone(),
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
        put("kind", self.kind.map_or("", kind_parameter));
        for day in &self.days {
            put("day", day_parameter(*day));
        }
        put("age", &self.age.map_or_else(String::new, |age| age.to_string()));
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
                _ => self.problem("where", value, "asked-where-unknown"),
            },
            "kind" => match value.to_ascii_lowercase().as_str() {
                "any" | "all" => self.kind = None,
                "therapy" => self.kind = Some(Kind::Therapy),
                "support" => self.kind = Some(Kind::Support),
                _ => self.problem("kind", value, "asked-kind-unknown"),
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
            "day" => {
                for part in value.split(',').map(str::trim).filter(|part| !part.is_empty()) {
                    match day(part) {
                        Some(days) => self.days.extend(days),
                        None => self.problem("day", part, "asked-day-unknown"),
                    }
                }
            }
            "of" => self.shortlist.take(value),
            "page" => match value.parse() {
                Ok(page @ 1..=100_000) => self.page = page,
                _ => self.problem("page", value, "asked-page-unknown"),
            },
            _ => {}
        }
    }

    fn problem(&mut self, parameter: &'static str, value: &str, sentence: &'static str) {
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
        Where::Online => "online",
    }
}

/// The value of `day` in a URL.
pub fn day_parameter(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "mon",
        Weekday::Tue => "tue",
        Weekday::Wed => "wed",
        Weekday::Thu => "thu",
        Weekday::Fri => "fri",
        Weekday::Sat => "sat",
        Weekday::Sun => "sun",
    }
}

/// `mon`, `Monday`, or the field's numbers with 0 for Sunday; `any` is every day.
fn day(value: &str) -> Option<Vec<Weekday>> {
    let day = match value {
        "0" | "7" => Weekday::Sun,
        "1" => Weekday::Mon,
        "2" => Weekday::Tue,
        "3" => Weekday::Wed,
        "4" => Weekday::Thu,
        "5" => Weekday::Fri,
        "6" => Weekday::Sat,
        _ if value.eq_ignore_ascii_case("any") => return Some(Vec::new()),
        _ => value.parse().ok()?,
    };
    Some(vec![day])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_is_read() {
        let asked = Asked::read(
            "near=+44113+&distance=10&unit=km&where=online&kind=support&day=thu&day=Monday,4&q=grief&topic=loss-in-life&age=15&page=2",
        );
        assert_eq!(
            asked,
            Asked {
                near: "44113".into(),
                distance: Distance::Within(10.0),
                unit: Unit::Kilometres,
                place: Where::Online,
                kind: Some(Kind::Support),
                days: vec![Weekday::Mon, Weekday::Thu],
                topics: vec![Name::parse("loss-in-life").unwrap()],
                age: Some(15),
                text: "grief".into(),
                page: 2,
                shortlist: Chosen::default(),
                problems: vec![],
            }
        );
        assert_eq!(
            Asked::read(asked.link("/groups").split_once('?').unwrap().1),
            asked
        );
    }

    #[test]
    fn what_means_nothing_is_told_and_left_out() {
        let asked =
            Asked::read("day=funday&kind=&where=moon&distance=-3&page=0&unit=ell&utm_source=x&near=%FF%00");
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
                ("unit", "ell")
            ]
        );
        assert!(asked.days.is_empty());
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
            asked.but(|asked| asked.kind = None).link("/groups"),
            "/groups?q=grief&day=mon"
        );
        assert_eq!(Asked::read("").link("/groups"), "/groups");
    }
}
