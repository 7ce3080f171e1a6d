//! Sets of sentences with what is to be marked (`../sentences/README.md`).

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use domain::people::PersonId;
use guard::{Guard, Mark, Part, Person, Place};
use serde::Deserialize;
use uuid::Uuid;

pub struct Set {
    pub name: String,
    pub sentences: Vec<Sentence>,
}

pub struct Sentence {
    pub text: String,
    pub wanted: Vec<Wanted>,
    pub part: Part,
    pub guard: Rc<Guard>,
}

pub struct Wanted {
    pub range: Range<usize>,
    pub who: Vec<PersonId>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    roster: Vec<Roster>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Roster {
    name: String,
    #[serde(default)]
    allowed: Vec<String>,
    person: Vec<Listed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    key: String,
    #[serde(default = "member")]
    place: String,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    nicknames: Vec<String>,
    #[serde(default)]
    initials: Vec<String>,
    #[serde(default)]
    handles: Vec<String>,
    #[serde(default)]
    phones: Vec<String>,
    #[serde(default)]
    mails: Vec<String>,
    #[serde(default)]
    facts: Vec<String>,
}

fn member() -> String {
    "member".to_owned()
}

struct Group {
    guard: Rc<Guard>,
    ids: BTreeMap<String, PersonId>,
}

impl Sentence {
    /// The same, written otherwise: all small, or all large.
    pub fn written(&self, write: impl Fn(&str) -> String) -> Self {
        let mut text = String::new();
        let mut from = 0;
        let mut wanted = Vec::new();
        for one in &self.wanted {
            text.push_str(&write(&self.text[from..one.range.start]));
            let start = text.len();
            text.push_str(&write(&self.text[one.range.clone()]));
            from = one.range.end;
            wanted.push(Wanted {
                range: start..text.len(),
                who: one.who.clone(),
            });
        }
        text.push_str(&write(&self.text[from..]));
        Self {
            text,
            wanted,
            part: self.part,
            guard: self.guard.clone(),
        }
    }

    pub fn marks(&self) -> Vec<Mark> {
        self.guard.marks(&self.text, self.part)
    }
}

/// Every pair of files in `tests/sentences`.
pub fn all() -> Vec<Set> {
    let folder = format!("{}/tests/sentences", env!("CARGO_MANIFEST_DIR"));
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .filter_map(|entry| {
            Some(
                entry
                    .unwrap()
                    .file_name()
                    .to_str()?
                    .strip_suffix(".txt")?
                    .to_owned(),
            )
        })
        .collect();
    names.sort();
    assert!(!names.is_empty());
    let read =
        |path: String| std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    names
        .into_iter()
        .map(|name| {
            let rosters = read(format!("{folder}/{name}.toml"));
            let sentences = read(format!("{folder}/{name}.txt"));
            set(name, &rosters, &sentences)
        })
        .collect()
}

fn set(name: String, rosters: &str, sentences: &str) -> Set {
    let file: File = toml::from_str(rosters).unwrap_or_else(|error| panic!("{name}.toml: {error}"));
    let groups: BTreeMap<String, Group> = file.roster.into_iter().map(group).collect();
    let mut at: Option<(&Group, Part)> = None;
    let mut read = Vec::new();
    for (line, text) in sentences.lines().enumerate() {
        let place = format!("{name}.txt, line {}", line + 1);
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
        } else if let Some(roster) = text.strip_prefix("@roster ") {
            let group = groups
                .get(roster.trim())
                .unwrap_or_else(|| panic!("{place}: no such roster"));
            at = Some((group, Part::Record));
        } else if let Some(part) = text.strip_prefix("@part ") {
            let (group, _) = at.unwrap_or_else(|| panic!("{place}: no roster yet"));
            let part = match part.trim() {
                "record" => Part::Record,
                key => Part::Of(group.id(key, &place)),
            };
            at = Some((group, part));
        } else {
            let (group, part) = at.unwrap_or_else(|| panic!("{place}: no roster yet"));
            read.push(sentence(text, group, part, &place));
        }
    }
    Set {
        name,
        sentences: read,
    }
}

impl Group {
    fn id(&self, key: &str, place: &str) -> PersonId {
        let id = self.ids.get(key.trim()).copied();
        id.unwrap_or_else(|| panic!("{place}: nobody has the key “{key}”"))
    }
}

fn group(roster: Roster) -> (String, Group) {
    let mut ids = BTreeMap::new();
    let mut people = Vec::new();
    for (nth, listed) in roster.person.into_iter().enumerate() {
        let id = PersonId(Uuid::from_u128(nth as u128 + 1));
        assert!(
            ids.insert(listed.key.clone(), id).is_none(),
            "two have the key {}",
            listed.key
        );
        people.push(Person {
            id,
            place: match listed.place.as_str() {
                "member" => Place::Member,
                "leader" => Place::Leader,
                other => panic!("“{other}” is no place: member or leader"),
            },
            names: listed.names,
            nicknames: listed.nicknames,
            initials: listed.initials,
            handles: listed.handles,
            phones: listed.phones,
            mails: listed.mails,
            facts: listed.facts,
        });
    }
    let guard = Rc::new(Guard::new(&people, &roster.allowed));
    (roster.name, Group { guard, ids })
}

/// "[maria:Maria] cried." without its brackets, and what was in them.
fn sentence(line: &str, group: &Group, part: Part, place: &str) -> Sentence {
    let mut text = String::new();
    let mut wanted = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(&before.replace("\\n", "\n"));
        let (inside, after) = after
            .split_once(']')
            .unwrap_or_else(|| panic!("{place}: no closing bracket"));
        let (keys, marked) = inside
            .split_once(':')
            .unwrap_or_else(|| panic!("{place}: no colon in [{inside}]"));
        let start = text.len();
        text.push_str(&marked.replace("\\n", "\n"));
        wanted.push(Wanted {
            range: start..text.len(),
            who: keys.split(',').map(|key| group.id(key, place)).collect(),
        });
        rest = after;
    }
    text.push_str(&rest.replace("\\n", "\n"));
    Sentence {
        text,
        wanted,
        part,
        guard: group.guard.clone(),
    }
}
