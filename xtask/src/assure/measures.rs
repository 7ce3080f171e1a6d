//! HL7's fhirpath.js scores random answers to every bundled form and to samples, and evaluates expressions: ours gives the same.
//!
//! Writes `crates/measures/tests/oracle`, which the tests of the crate compare with each time: always from the same seed, so that it
//! changes only with a form or the oracle. With the run's own seed, more of each is compared and not kept.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::{Line, Ran, Stop, hold, tools};
use crate::run::{cargo, output, root};

const ORACLE: &str = "fhirpath@5.2.2";
/// Sets of answers to each form.
const SETS: usize = 1_000;
const EXPRESSIONS: usize = 20_000;
const EXPRESSIONS_KEPT: usize = 700;
const SEED_KEPT: u32 = 1;
/// Shapes that a form's own expressions do not have are among these.
const SAMPLES: [&str; 3] = [
    "lhc-phq9-weight",
    "lhc-phq9-variables",
    "lhc-calculated-expression",
];

struct Oracle {
    packages: PathBuf,
    /// Where the crate keeps what the oracle says.
    kept: PathBuf,
    /// Where this run does.
    folder: PathBuf,
}

pub(super) fn run(seed: u32) -> Ran {
    let oracle = Oracle {
        packages: tools::node(&[ORACLE])?,
        kept: root().join("crates/measures/tests/oracle"),
        folder: fresh(&tools::folder()?.join("oracle"))?,
    };
    let bundled = forms(&root().join("crates/measures/forms"))?;
    for form in &bundled {
        oracle.keep(form)?;
        oracle.ask(form, seed)?;
    }
    let samples = match std::env::var_os("SAMEBOAT_SAMPLES") {
        Some(samples) => {
            let folder = Path::new(&samples).join("questionnaires");
            for name in SAMPLES {
                oracle.ask(&folder.join(format!("{name}.json")), seed)?;
            }
            SAMPLES.len()
        }
        None => 0,
    };
    let expressions =
        oracle.expressions(&oracle.kept.join("expressions.txt"), EXPRESSIONS_KEPT, SEED_KEPT)?;
    write(&oracle.kept.join("expressions.jsonl"), &expressions)?;
    let none = oracle.folder.join("none");
    write(&none, "")?;
    let more = oracle.expressions(&none, EXPRESSIONS, seed)?;
    write(&oracle.folder.join("expressions.lines"), &more)?;
    let told = oracle.compare()?;
    Ok(vec![
        Line {
            what: format!(
                "scores of {} bundled forms and {samples} samples, answered in whole, in part and not at all",
                bundled.len()
            ),
            against: against(),
            cases: find(&told, "sets of answers")?,
            result: "every score is the same".to_owned(),
        },
        Line {
            what: "expressions with every operator and function, by hand and at random".to_owned(),
            against: against(),
            cases: find(&told, "expressions give the same")?,
            result: "none gives another value".to_owned(),
        },
    ])
}

fn against() -> String {
    format!("HL7 {}, `preciseMath`", ORACLE.replace('@', ".js "))
}

/// The line of the tests that says this.
fn find(told: &str, what: &str) -> Result<String, Stop> {
    let line = told.lines().find(|line| line.contains(what));
    let line = line.ok_or_else(|| Stop::Found(format!("the tests do not tell how many {what}")))?;
    Ok(line.rsplit("... ").next().unwrap_or(line).to_owned())
}

impl Oracle {
    /// Scores random answers to a form.
    fn scored(&self, form: &Path, seed: u32) -> Result<String, Stop> {
        let mut node = Command::new("node");
        node.arg(root().join("xtask/src/assure/fhirpath.mjs"))
            .arg(&self.packages);
        node.arg(form).args([SETS.to_string(), seed.to_string()]);
        Ok(output(&mut node)?)
    }

    /// Puts a form and what the oracle says of it where the tests look.
    fn ask(&self, form: &Path, seed: u32) -> Result<(), Stop> {
        let lines = self.scored(form, seed)?;
        let name = name(form);
        write(&self.folder.join(format!("{name}.jsonl")), &lines)?;
        let text = fs::read_to_string(form).map_err(|error| format!("{}: {error}", form.display()))?;
        write(&self.folder.join(format!("{name}.json")), &text)
    }

    /// Writes a line for each set: the answers in the order of the form, and the scores.
    fn keep(&self, form: &Path) -> Result<(), Stop> {
        let mut kept = String::new();
        let mut heads = BTreeSet::new();
        for line in self.scored(form, SEED_KEPT)?.lines() {
            let line: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
            let scores = line["scores"].as_object();
            let scores = scores.ok_or_else(|| Stop::Found(format!("no scores of {}", form.display())))?;
            let scores: BTreeMap<&String, &Value> = scores.iter().collect();
            heads.insert(
                scores
                    .keys()
                    .map(|name| name.as_str())
                    .collect::<Vec<_>>()
                    .join(" "),
            );
            let answers: Vec<String> = line["answers"]
                .as_array()
                .into_iter()
                .flatten()
                .map(word)
                .collect();
            let scores: Vec<String> = scores.values().map(|values| word(&values[0])).collect();
            kept.extend([
                answers.join(" "),
                "|".to_owned(),
                scores.join(" "),
                "\n".to_owned(),
            ]);
        }
        hold(heads.len() == 1, || {
            format!("{}: {} sorts of scores", form.display(), heads.len())
        })?;
        let head = heads.into_iter().next().unwrap_or_default();
        write(
            &self.kept.join(format!("{}.txt", name(form))),
            &format!("|{head}\n{kept}"),
        )
    }

    /// What the oracle makes of the expressions of a file, and of so many random ones.
    fn expressions(&self, given: &Path, count: usize, seed: u32) -> Result<String, Stop> {
        let mut node = Command::new("node");
        node.arg(root().join("xtask/src/assure/fhirpath_expressions.mjs"))
            .arg(&self.packages);
        node.args(["form.json", "response.json"].map(|name| self.kept.join(name)));
        node.arg(given);
        Ok(output(node.args([count.to_string(), seed.to_string()]))?)
    }

    fn compare(&self) -> Result<String, Stop> {
        let arguments = [
            "test",
            "--locked",
            "--package",
            "measures",
            "--test",
            "it",
            "--",
            "--nocapture",
            "oracle::",
        ];
        Ok(output(cargo(&arguments).env("SAMEBOAT_ORACLE", &self.folder))?)
    }
}

/// One word: a number, a text without spaces, or `-` for nothing.
fn word(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        other => other.to_string(),
    }
}

fn name(form: &Path) -> String {
    form.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn forms(folder: &Path) -> Result<Vec<PathBuf>, Stop> {
    let files = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let files = files.flatten().map(|file| file.path());
    let mut forms: Vec<_> = files
        .filter(|file| file.extension().is_some_and(|extension| extension == "json"))
        .collect();
    forms.sort();
    Ok(forms)
}

fn fresh(folder: &Path) -> Result<PathBuf, Stop> {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder.to_owned())
}

fn write(file: &Path, text: &str) -> Result<(), Stop> {
    fs::write(file, text).map_err(|error| Stop::Found(format!("{}: {error}", file.display())))
}
