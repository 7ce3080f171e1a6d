//! What a client asks of `GetSearchResults`, read as BMLT's server reads it: what it passes over is passed over.

use chrono::NaiveTime;
use feeds::bmlt::KEYS;

use super::circle::{Around, around};
use super::order::Order;
use super::php::{Given, Parameters, intval, numeric};
use super::text::Sought;
use crate::finding::near::Problem;

/// A search.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Asked {
    pub meetings: Choice,
    pub weekdays: Choice,
    pub venues: Choice,
    pub services: Choice,
    /// Whether bodies below a service body count as well.
    pub recursive: bool,
    pub formats: Choice,
    pub joined: Joined,
    pub field: Option<FieldIs>,
    pub times: Times,
    pub around: Around,
    /// A ZIP code or town to look around, and how far; without a distance the nearest few.
    pub address: Option<(String, Option<f64>)>,
    pub text: Option<Sought>,
    pub order: Order,
    /// Which fields are told, in the order of [`KEYS`].
    pub keys: Vec<&'static str>,
    pub page: Option<Page>,
    pub shape: Shape,
    pub lang: Lang,
}

/// Numbers that are wanted, and such that are not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Empty is any.
    pub with: Vec<u64>,
    pub without: Vec<u64>,
}

/// How several formats are joined.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Joined {
    #[default]
    And,
    Or,
}

/// A field that must have one of these values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldIs {
    pub key: String,
    pub values: Vec<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Times {
    pub starts_after: Option<NaiveTime>,
    pub starts_before: Option<NaiveTime>,
    pub ends_before: Option<NaiveTime>,
    pub least: Option<NaiveTime>,
    pub most: Option<NaiveTime>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Page {
    pub size: usize,
    pub skip: usize,
}

/// What the answer holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Shape {
    #[default]
    Meetings,
    /// `{"meetings", "formats"}`
    WithFormats,
    /// `{"formats"}`
    FormatsOnly,
}

/// The language of formats. Ours are told in English.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Lang {
    #[default]
    English,
    Other,
}

impl Asked {
    /// Whatever is asked: a search, or the parameter that is given as a list where it is one text.
    pub(crate) fn read(parameters: &Parameters) -> Result<Self, Problem> {
        let one = |name| one(parameters, name);
        let fields = one("data_field_key")?;
        let search = one("SearchString")?.filter(|text| text.chars().count() > 2 || numeric(text).is_some());
        let is_address = one("StringSearchIsAnAddress")? == Some("1");
        let radius = one("SearchStringRadius")?.and_then(numeric);
        let mut asked = Self {
            meetings: Choice::of(parameters, "meeting_ids"),
            weekdays: Choice::of(parameters, "weekdays"),
            venues: Choice::of(parameters, "venue_types"),
            services: Choice::of(parameters, "services"),
            recursive: one("recursive")? == Some("1"),
            formats: Choice::of(parameters, "formats"),
            joined: match one("formats_comparison_operator")? {
                Some(text) if !text.eq_ignore_ascii_case("and") => Joined::Or,
                _ => Joined::And,
            },
            field: field(parameters, one("meeting_key")?),
            times: Times {
                starts_after: time(one("StartsAfterH")?, one("StartsAfterM")?),
                starts_before: time(one("StartsBeforeH")?, one("StartsBeforeM")?),
                ends_before: time(one("EndsBeforeH")?, one("EndsBeforeM")?),
                least: time(one("MinDurationH")?, one("MinDurationM")?),
                most: time(one("MaxDurationH")?, one("MaxDurationM")?),
            },
            around: around(parameters, fields)?,
            order: Order::read(one("sort_keys")?, one("sort_key")?),
            keys: keys(fields),
            page: page(one("page_size")?, one("page_num")?),
            shape: match () {
                () if parameters.has("get_formats_only") => Shape::FormatsOnly,
                () if parameters.has("get_used_formats") => Shape::WithFormats,
                () => Shape::Meetings,
            },
            lang: Lang::read(one("lang_enum")?),
            ..Self::default()
        };
        match search {
            Some(text) if is_address => asked.address = Some((text.to_owned(), radius)),
            Some(text) => asked.text = Some(Sought::read(text)),
            None => {}
        }
        Ok(asked)
    }
}

impl Choice {
    /// Positive numbers are wanted, negative ones are not; 0 is no number of anything.
    pub(crate) fn of(parameters: &Parameters, name: &str) -> Self {
        let numbers = parameters.integers(name);
        let of = |sign: i64| {
            let numbers = numbers.iter().filter(move |number| number.signum() == sign);
            numbers.map(|number| number.unsigned_abs()).collect()
        };
        Self {
            with: of(1),
            without: of(-1),
        }
    }

    pub(crate) fn takes(&self, number: u64) -> bool {
        (self.with.is_empty() || self.with.contains(&number)) && !self.without.contains(&number)
    }
}

impl Lang {
    pub(crate) fn read(code: Option<&str>) -> Self {
        match code {
            Some(code) if !code.eq_ignore_ascii_case("en") => Self::Other,
            _ => Self::English,
        }
    }
}

/// A parameter that is one text.
pub(crate) fn one<'a>(parameters: &'a Parameters, name: &'static str) -> Result<Option<&'a str>, Problem> {
    match parameters.get(name) {
        Given::Nothing => Ok(None),
        Given::One(text) => Ok(Some(text)),
        Given::List(list) => Err(Problem::new(name, &list.join(","), "bmlt-not-a-list")),
    }
}

/// The hour and minute of two parameters, each drawn to the nearest that a clock has.
fn time(hour: Option<&str>, minute: Option<&str>) -> Option<NaiveTime> {
    let number = |text: Option<&str>, most: u32| {
        let text = text.filter(|text| numeric(text).is_some())?;
        Some(u32::try_from(intval(text).max(0)).unwrap_or(most).min(most))
    };
    let (hour, minute) = (number(hour, 23), number(minute, 59));
    if hour.is_none() && minute.is_none() {
        return None;
    }
    NaiveTime::from_hms_opt(hour.unwrap_or(0), minute.unwrap_or(0), 0)
}

/// The fields that are told: those asked for, or all if none of them is a field.
fn keys(asked: Option<&str>) -> Vec<&'static str> {
    let asked: Vec<&str> = asked.unwrap_or_default().split(',').map(str::trim).collect();
    let told: Vec<_> = KEYS.into_iter().filter(|key| asked.contains(key)).collect();
    if told.is_empty() { KEYS.to_vec() } else { told }
}

fn page(size: Option<&str>, number: Option<&str>) -> Option<Page> {
    let size = usize::try_from(intval(size.filter(|size| numeric(size).is_some())?)).ok()?;
    let number = number
        .filter(|number| numeric(number).is_some())
        .map_or(1, intval);
    let before = usize::try_from(number.saturating_sub(1)).unwrap_or(0);
    Some(Page {
        size,
        skip: before.saturating_mul(size),
    })
}

/// A key without a value is one that no meeting has.
fn field(parameters: &Parameters, key: Option<&str>) -> Option<FieldIs> {
    let key = key?.to_owned();
    let values = match parameters.get("meeting_key_value") {
        Given::Nothing => Vec::new(),
        Given::One(value) => vec![value.to_owned()],
        Given::List(list) => list
            .into_iter()
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
            .collect(),
    };
    Some(FieldIs { key, values })
}

#[cfg(test)]
mod tests {
    use super::super::circle::Width;
    use super::*;

    fn read(query: &str) -> Asked {
        Asked::read(&Parameters::read(query)).unwrap()
    }

    #[test]
    fn what_means_nothing_is_passed_over() {
        let nothing = read("");
        for query in [
            "weekdays=",
            "weekdays=abc",
            "venue_types=0",
            "geo_width=5",
            "SearchString=ab",
            "StartsAfterH=late",
            "page_size=many",
            "page_size=-3",
            "data_field_key=nonsense",
            "programme=x&unknown=1",
        ] {
            assert_eq!(read(query), nothing, "{query}");
        }
    }

    #[test]
    fn a_place_needs_both_numbers_and_a_distance() {
        for query in [
            "lat_val=41",
            "long_val=-81&geo_width=5",
            "lat_val=41&long_val=-81",
            "lat_val=41&long_val=-81&geo_width=far",
        ] {
            assert_eq!(read(query).around, Around::Nothing, "{query}");
        }
        let Around::Here(circle) = read("lat_val=41&long_val=-81&geo_width=5&geo_width_km=3").around else {
            panic!("a circle")
        };
        assert_eq!(circle.width, Some(Width::Miles(5.0)));
        let Around::Here(circle) =
            read("lat_val=41&long_val=-81&data_field_key=id_bigint,distance_in_km").around
        else {
            panic!("a circle")
        };
        assert_eq!(circle.width, None);
    }

    #[test]
    fn times_are_drawn_to_the_clock() {
        let times = read("StartsAfterH=30&StartsBeforeM=15&MinDurationH=1").times;
        assert_eq!(times.starts_after, NaiveTime::from_hms_opt(23, 0, 0));
        assert_eq!(times.starts_before, NaiveTime::from_hms_opt(0, 15, 0));
        assert_eq!(times.least, NaiveTime::from_hms_opt(1, 0, 0));
    }

    #[test]
    fn a_list_where_one_text_belongs_is_named() {
        let wrong = Asked::read(&Parameters::read("SearchString[]=a&SearchString[]=b")).unwrap_err();
        assert_eq!((wrong.parameter, wrong.value.as_str()), ("SearchString", "a,b"));
    }
}
