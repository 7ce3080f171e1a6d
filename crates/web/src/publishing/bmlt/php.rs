//! A query string as PHP reads it, in which BMLT's server is written: lists in brackets, numbers at the start of a text.

use url::form_urlencoded;

/// More parameters are not read, as there.
const MOST: usize = 1_000;

/// The parameters of a request, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parameters(Vec<Parameter>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Parameter {
    name: String,
    /// `name[]` or `name[0]`: one of a list.
    of_list: bool,
    value: String,
}

/// What is given under a name; an empty text is nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Given<'a> {
    Nothing,
    One(&'a str),
    List(Vec<&'a str>),
}

impl Parameters {
    pub(crate) fn read(query: &str) -> Self {
        let pairs = form_urlencoded::parse(query.as_bytes()).take(MOST);
        let parameters = pairs.map(|(name, value)| {
            let (name, of_list) = match name.split_once('[') {
                Some((name, rest)) if rest.contains(']') => (name, true),
                _ => (name.as_ref(), false),
            };
            Parameter {
                name: name.trim_start().replace(['.', ' '], "_"),
                of_list,
                value: value.trim().to_owned(),
            }
        });
        Self(parameters.collect())
    }

    /// The last one wins; a list is what was added since it last was a single text.
    pub(crate) fn get(&self, name: &str) -> Given<'_> {
        let mut given = Given::Nothing;
        for parameter in self.0.iter().filter(|parameter| parameter.name == name) {
            let value = parameter.value.as_str();
            given = match given {
                _ if !parameter.of_list && value.is_empty() => Given::Nothing,
                _ if !parameter.of_list => Given::One(value),
                Given::List(mut list) => {
                    list.push(value);
                    Given::List(list)
                }
                Given::Nothing | Given::One(_) => Given::List(vec![value]),
            };
        }
        given
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|parameter| parameter.name == name)
    }

    /// A list, or one text with its values apart by commas.
    pub(crate) fn texts(&self, name: &str) -> Vec<&str> {
        match self.get(name) {
            Given::Nothing => Vec::new(),
            Given::One(text) => text.split(',').map(str::trim).collect(),
            Given::List(list) => list,
        }
    }

    /// The same as whole numbers; what is none is 0.
    pub(crate) fn integers(&self, name: &str) -> Vec<i64> {
        self.texts(name).into_iter().map(intval).collect()
    }
}

/// The number that a text is as a whole (`is_numeric`).
pub(crate) fn numeric(text: &str) -> Option<f64> {
    let text = text.trim();
    let number = prefix(text);
    if number.is_empty() || number.len() < text.len() {
        return None;
    }
    number.parse().ok().filter(|number: &f64| number.is_finite())
}

/// The whole number that a text begins with, else 0 (`intval`).
pub(crate) fn intval(text: &str) -> i64 {
    let number = prefix(text.trim_start());
    number.parse::<i64>().unwrap_or_else(|_| {
        // A float is cut to a whole number; one beyond all whole numbers is the last of them.
        #[expect(clippy::cast_possible_truncation, reason = "saturates")]
        number.parse::<f64>().map_or(0, |number| number as i64)
    })
}

/// The longest start of a text that is a number: sign, digits, a fraction, an exponent.
fn prefix(text: &str) -> &str {
    let bytes = text.as_bytes();
    let digits = |from: usize| {
        bytes[from..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let signed = |at: usize| usize::from(matches!(bytes.get(at), Some(b'+' | b'-')));
    let start = signed(0);
    let whole = digits(start);
    let mut end = start + whole;
    if bytes.get(end) == Some(&b'.') {
        let fraction = digits(end + 1);
        if whole + fraction == 0 {
            return "";
        }
        end += 1 + fraction;
    } else if whole == 0 {
        return "";
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = signed(end + 1);
        let exponent = digits(end + 1 + sign);
        if exponent > 0 {
            end += 1 + sign + exponent;
        }
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_php_takes_for_numbers() {
        for (text, number) in [
            ("41.5", Some(41.5)),
            ("-3", Some(-3.0)),
            (" 7 ", Some(7.0)),
            (".5", Some(0.5)),
            ("5.", Some(5.0)),
            ("1e3", Some(1_000.0)),
            ("12abc", None),
            ("inf", None),
            ("nan", None),
            ("1e999", None),
            ("0x1A", None),
            ("+", None),
            (".", None),
            ("", None),
        ] {
            assert_eq!(numeric(text), number, "{text}");
        }
        for (text, number) in [
            ("12abc", 12),
            (" -4", -4),
            ("1.9", 1),
            ("1e3", 1_000),
            ("abc", 0),
            ("99999999999999999999", i64::MAX),
            ("-1e99", i64::MIN),
            ("é", 0),
        ] {
            assert_eq!(intval(text), number, "{text}");
        }
    }

    #[test]
    fn lists_are_in_brackets_or_apart_by_commas() {
        let read = Parameters::read("a[]=1&a[]=2&b=1&b=2&c=3,%204&d[0]=x&d=y&e=&f.g=1&h[x=5&i=1&i[]=2");
        assert_eq!(read.integers("a"), [1, 2]);
        assert_eq!(read.get("b"), Given::One("2"));
        assert_eq!(read.integers("c"), [3, 4]);
        assert_eq!(read.get("d"), Given::One("y"));
        assert_eq!(read.get("e"), Given::Nothing);
        assert_eq!(read.get("f_g"), Given::One("1"));
        assert_eq!(read.get("h[x"), Given::One("5"));
        assert_eq!(read.get("i"), Given::List(vec!["2"]));
    }
}
