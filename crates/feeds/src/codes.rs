//! Whose type codes a feed uses: the same letter means different things ("Y" is young people, or Alateen).

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

/// What a table of `content/feeds` is called there, after `--codes`, and by the programmes whose names say that it is theirs.
struct Bundled {
    name: &'static str,
    /// Whole words in small letters. A short form that is a place as well (CA, GA, MA, VA) or a common word is none.
    programmes: &'static [&'static str],
    text: &'static str,
}

macro_rules! table {
    ($name:literal, $programmes:expr) => {
        Bundled {
            name: $name,
            programmes: $programmes,
            text: include_str!(concat!("../../../content/feeds/", $name, "-types.json")),
        }
    };
}

/// In the order in which they are tried; the first is for whoever has none of their own.
const BUNDLED: [Bundled; 25] = [
    table!("meeting-guide", &["alcoholics anonymous"]),
    table!("al-anon", &["al anon", "alanon", "alateen", "afg"]),
    table!("na", &["narcotics anonymous", "na"]),
    table!("aca", &["adult children of alcoholics", "aca", "acoa"]),
    table!("ca", &["cocaine anonymous"]),
    table!("cea-how", &["compulsive eaters anonymous", "cea how"]),
    table!("cma", &["crystal meth anonymous", "cma"]),
    table!(
        "coda",
        &["co dependents anonymous", "codependents anonymous", "coda"]
    ),
    table!("da", &["debtors anonymous"]),
    table!("daa", &["drug addicts anonymous", "daa"]),
    table!("eda", &["eating disorders anonymous", "eda"]),
    table!("ga", &["gamblers anonymous"]),
    table!("ha", &["heroin anonymous"]),
    table!("ma", &["marijuana anonymous"]),
    table!("oa", &["overeaters anonymous", "oa"]),
    table!("rca", &["recovering couples anonymous", "rca"]),
    table!("rd", &["recovery dharma"]),
    table!("rr", &["refuge recovery"]),
    table!("sa", &["sexaholics anonymous"]),
    table!("saa", &["sex addicts anonymous", "saa"]),
    table!("sca", &["sexual compulsives anonymous", "sca"]),
    table!("sia", &["survivors of incest anonymous", "sia"]),
    table!("slaa", &["sex and love addicts anonymous", "slaa", "s l a a"]),
    table!("ua", &["underearners anonymous"]),
    table!("va", &["violence anonymous"]),
];

static TABLES: LazyLock<Vec<Codes>> = LazyLock::new(|| {
    let read = |table: &Bundled| Codes::new(table.name, serde_json::from_str(table.text).unwrap_or_default());
    BUNDLED.iter().map(read).collect()
});

/// A table of codes and their words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codes {
    name: Arc<str>,
    words: Arc<HashMap<String, String>>,
}

impl Codes {
    pub fn new(name: &str, words: BTreeMap<String, String>) -> Self {
        Self {
            name: name.into(),
            words: Arc::new(words.into_iter().collect()),
        }
    }

    /// All that are part of the program.
    pub fn bundled() -> &'static [Self] {
        &TABLES
    }

    /// As it is written after `--codes`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name of those that go with the name of a programme.
    pub fn named_by(programme: &str) -> &'static str {
        let words = spaced(programme);
        let says = |table: &&Bundled| {
            let mut programmes = table.programmes.iter();
            programmes.any(|name| words.contains(&format!(" {name} ")))
        };
        BUNDLED.iter().find(says).unwrap_or(&BUNDLED[0]).name
    }

    /// Those that go with the name of a programme, as they are part of the program.
    pub fn of(programme: &str) -> Self {
        let name = Self::named_by(programme);
        let found = TABLES.iter().find(|codes| codes.name() == name);
        found.cloned().unwrap_or_else(|| Self::new(name, BTreeMap::new()))
    }

    pub(crate) fn words(&self, code: &str) -> Option<&str> {
        let found = self
            .words
            .get(code)
            .or_else(|| self.words.get(&code.to_ascii_uppercase()));
        found.map(String::as_str)
    }
}

/// Words in small letters with one space around each.
fn spaced(text: &str) -> String {
    let folded = text.to_lowercase();
    let words = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_codes_can_be_read() {
        for codes in Codes::bundled() {
            assert!(codes.words.len() > 2, "{}", codes.name());
        }
        for (programme, code, words) in [
            ("Orange County", "O", "Open to anyone"),
            ("Al-Anon", "y", "Alateen"),
            ("Greater New York NA", "JFT", "Just for Today"),
            ("Gamblers Anonymous", "20", "Newcomers"),
            ("S.L.A.A. Boston", "12x12", "Framework for Living"),
        ] {
            assert_eq!(Codes::of(programme).words(code), Some(words), "{programme}");
        }
    }

    #[test]
    fn codes_go_with_the_programme() {
        for (programme, codes) in [
            ("Al-Anon Massachusetts", "al-anon"),
            ("Greater New York NA", "na"),
            ("Nashville", "meeting-guide"),
            ("Alcoholics Anonymous, Macon GA", "meeting-guide"),
            ("Fresno, CA", "meeting-guide"),
            ("Cocaine Anonymous of Ohio", "ca"),
            ("CoDA Texas", "coda"),
            ("Co-Dependents Anonymous", "coda"),
            ("Sex Addicts Anonymous", "saa"),
            ("Sex and Love Addicts Anonymous", "slaa"),
            ("Recovery Dharma Online", "rd"),
            ("CEA-HOW", "cea-how"),
        ] {
            assert_eq!(Codes::named_by(programme), codes, "{programme}");
        }
    }

    #[test]
    fn a_programme_s_name_picks_one_table_only() {
        for table in &BUNDLED {
            for name in table.programmes {
                assert_eq!(spaced(name).trim(), *name, "it is written as it is compared");
                assert_eq!(Codes::named_by(name), table.name, "{name}");
            }
        }
    }
}
