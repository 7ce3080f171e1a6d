//! docs/asvs.csv judges the program against OWASP ASVS 5.0.0, levels 1 and 2: what a row names as its proof is there, and docs/asvs.md
//! counts as the table does.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

const COLUMNS: &str = "id,level,about,judged,shown by,note";

/// Levels, and how many requirements ASVS 5.0.0 has of each.
const LEVELS: [(&str, usize); 2] = [("1", 70), ("2", 183)];

const JUDGEMENTS: [&str; 4] = ["met", "partly", "not", "does not apply"];

/// Long ones would be the text of ASVS, which is under a licence of its own.
const MOST_WORDS: usize = 12;

/// What a row may name as its proof.
struct Repository {
    /// The name of every function.
    functions: BTreeSet<String>,
    /// The text of a file, if it is there.
    text: fn(&str) -> Option<String>,
}

impl Repository {
    fn read() -> Self {
        let mut functions = BTreeSet::new();
        for folder in ["crates", "xtask"] {
            collect(&Path::new(ROOT).join(folder), &mut functions);
        }
        Self {
            functions,
            text: |path| fs::read_to_string(Path::new(ROOT).join(path)).ok(),
        }
    }

    /// Why this proof is none.
    fn lacks(&self, proof: &str) -> Option<String> {
        if let Some(name) = proof.strip_prefix("test:") {
            return (!self.functions.contains(name)).then(|| format!("there is no fn {name}"));
        }
        let Some((path, words)) = proof.strip_prefix("doc:").and_then(|doc| doc.split_once('#')) else {
            return Some(format!("“{proof}” is neither test:NAME nor doc:FILE#WORDS"));
        };
        match (self.text)(path) {
            _ if words.is_empty() => Some(format!("{proof} has no words to look for")),
            None => Some(format!("there is no file {path}")),
            Some(text) => (!text.contains(words)).then(|| format!("“{words}” is not in {path}")),
        }
    }
}

/// The names of all functions in the Rust files of a folder.
fn collect(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "target") {
            collect(&path, names);
        } else if path.extension().is_some_and(|end| end == "rs") {
            names.extend(functions(&fs::read_to_string(&path).unwrap()));
        }
    }
}

fn functions(text: &str) -> impl Iterator<Item = String> {
    let declared = text.lines().filter_map(|line| {
        let line = line.trim_start();
        let (before, rest) = line.split_once("fn ")?;
        (before.is_empty() || before.ends_with(' ')).then_some(rest)
    });
    declared.map(|rest| {
        let name = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_');
        name.collect()
    })
}

/// The cells of a line. One in quotes may hold commas, and `""` in it is a quote.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted, mut rest) = (vec![String::new()], false, line.chars().peekable());
    while let Some(c) = rest.next() {
        let cell = cells.len() - 1;
        match c {
            '"' if quoted && rest.peek() == Some(&'"') => {
                rest.next();
                cells[cell].push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            _ => cells[cell].push(c),
        }
    }
    cells
}

/// How many rows there are of each judgement and level.
type Counts = BTreeMap<(String, String), usize>;

/// What is wrong with the table, line by line; and what it counts.
fn check(table: &str, repository: &Repository) -> (Vec<String>, Counts) {
    let (mut wrongs, mut counts, mut ids) = (Vec::new(), Counts::new(), BTreeSet::new());
    let mut lines = table.lines().enumerate();
    if lines.next().map(|(_, head)| head) != Some(COLUMNS) {
        wrongs.push(format!("line 1: the columns are not “{COLUMNS}”"));
    }
    for (at, line) in lines {
        let cells = cells(line);
        let [id, level, about, judged, shown_by, note] = &cells[..] else {
            wrongs.push(format!("line {}: {} cells, not 6", at + 1, cells.len()));
            continue;
        };
        let mut wrong = |why: String| wrongs.push(format!("line {}, {id}: {why}", at + 1));
        if !ids.insert(id.clone()) {
            wrong("it is there twice".to_owned());
        }
        if !is_id(id) {
            wrong("an id is three numbers, as 1.2.3".to_owned());
        }
        if LEVELS.iter().all(|(known, _)| known != level) {
            wrong(format!("“{level}” is no level of this table"));
        }
        if !(1..=MOST_WORDS).contains(&about.split_whitespace().count()) {
            wrong(format!("say what it is about in 1 to {MOST_WORDS} words"));
        }
        if !JUDGEMENTS.contains(&judged.as_str()) {
            wrong(format!("“{judged}” is none of {JUDGEMENTS:?}"));
        }
        let proofs = shown_by
            .split(';')
            .map(str::trim)
            .filter(|proof| !proof.is_empty());
        if judged == "met" && proofs.clone().next().is_none() {
            wrong("it is met, and nothing shows it".to_owned());
        } else if judged == "met" && !is_about_documents(about) && !proofs.clone().any(is_test) {
            wrong("it is met, and no test shows it; judge it “partly”, or write one".to_owned());
        }
        for lack in proofs.filter_map(|proof| repository.lacks(proof)) {
            wrong(lack);
        }
        if judged != "met" && note.trim().is_empty() {
            wrong(format!("it is judged “{judged}”, and no note says why"));
        }
        *counts.entry((judged.clone(), level.clone())).or_default() += 1;
    }
    (wrongs, counts)
}

/// What asks that something is written down is met where it is: such a row says so in what it is about.
fn is_about_documents(about: &str) -> bool {
    about.ends_with("documented")
}

fn is_test(proof: &str) -> bool {
    proof.starts_with("test:")
}

fn is_id(id: &str) -> bool {
    let numbers: Vec<_> = id.split('.').collect();
    numbers.len() == 3
        && numbers
            .iter()
            .all(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// The lines of the page that count the rows: a judgement, level 1, level 2, both.
fn counted(counts: &Counts) -> Vec<String> {
    let of = |judged: &str, level: &str| {
        let key = (judged.to_owned(), level.to_owned());
        counts.get(&key).copied().unwrap_or_default()
    };
    let line = |judged: &&str| {
        let (one, two) = (of(judged, "1"), of(judged, "2"));
        format!("| {judged} | {one} | {two} | {} |", one + two)
    };
    JUDGEMENTS.iter().map(line).collect()
}

#[test]
fn every_row_against_asvs_has_its_proof_or_says_why_not() {
    let table = fs::read_to_string(Path::new(ROOT).join("docs/asvs.csv")).unwrap();
    let (mut wrongs, counts) = check(&table, &Repository::read());
    for (level, there) in LEVELS {
        let has: usize = counts
            .iter()
            .filter(|((_, of), _)| of == level)
            .map(|(_, count)| count)
            .sum();
        if has != there {
            wrongs.push(format!("level {level} has {has} rows; ASVS has {there}"));
        }
    }
    assert!(wrongs.is_empty(), "docs/asvs.csv:\n{}", wrongs.join("\n"));
}

#[test]
fn the_page_about_asvs_counts_as_the_table_and_names_what_is_not_met() {
    let read = |path: &str| fs::read_to_string(Path::new(ROOT).join(path)).unwrap();
    let (table, page) = (read("docs/asvs.csv"), read("docs/asvs.md"));
    let (_, counts) = check(&table, &Repository::read());
    for line in counted(&counts) {
        assert!(
            page.lines().any(|there| there == line),
            "docs/asvs.md lacks: {line}"
        );
    }
    for row in table.lines().map(cells).filter(|row| row[3] == "not") {
        let name = format!("`{}`", row[0]);
        assert!(
            page.contains(&name),
            "docs/asvs.md does not name {name}, which is not met"
        );
    }
}

#[test]
fn what_is_wrong_with_a_row_is_told() {
    let repository = Repository {
        functions: functions("    async fn it_holds(db: Db) {}\n// a defn of_nothing()").collect(),
        text: |path| (path == "SECURITY.md").then(|| "One rule, with a test.".to_owned()),
    };
    let right = "1.2.3,1,\"a rule, \"\"so\"\"\",met,test:it_holds;doc:SECURITY.md#One rule,";
    for (row, told) in [
        (right, ""),
        ("1.2.3,2,a rule,not,,it is not done", ""),
        ("1.2.3,1,a rule,met,test:it_holds", "5 cells"),
        ("V1.2,1,a rule,met,test:it_holds,", "three numbers"),
        ("1.2.3,3,a rule,met,test:it_holds,", "no level"),
        ("1.2.3,1,,met,test:it_holds,", "in 1 to 12 words"),
        ("1.2.3,1,a rule,fine,test:it_holds,", "is none of"),
        ("1.2.3,1,a rule,met,,", "nothing shows it"),
        ("1.2.3,1,a rule,met,doc:SECURITY.md#One rule,", "no test shows it"),
        ("1.2.3,1,a rule is documented,met,doc:SECURITY.md#One rule,", ""),
        ("1.2.3,1,a rule,met,test:of_nothing,", "no fn of_nothing"),
        ("1.2.3,1,a rule,met,test:it_hold,", "no fn it_hold"),
        ("1.2.3,1,a rule,met,doc:NONE.md#One rule,", "no file NONE.md"),
        (
            "1.2.3,1,a rule,met,doc:SECURITY.md#Two rules,",
            "is not in SECURITY.md",
        ),
        ("1.2.3,1,a rule,met,doc:SECURITY.md#,", "no words"),
        ("1.2.3,1,a rule,met,SECURITY.md,", "is neither"),
        ("1.2.3,1,a rule,partly,, ", "no note says why"),
        ("1.2.3,1,a rule,not,,", "no note says why"),
        ("1.2.3,1,a rule,does not apply,,", "no note says why"),
    ] {
        let (wrongs, _) = check(&format!("{COLUMNS}\n{row}\n"), &repository);
        let wrongs = wrongs.join("\n");
        assert_eq!(wrongs.is_empty(), told.is_empty(), "{row}: {wrongs}");
        assert!(wrongs.contains(told), "{row}: {wrongs}");
    }
    let (wrongs, counts) = check(&format!("{COLUMNS}\n{right}\n{right}\n"), &repository);
    assert_eq!(wrongs, ["line 3, 1.2.3: it is there twice"]);
    assert_eq!(counted(&counts)[0], "| met | 2 | 0 | 2 |");
    let (wrongs, _) = check("id,level\n", &repository);
    assert!(wrongs[0].contains("the columns are not"));
}
