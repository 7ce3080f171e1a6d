//! Every target of the fuzzers has seeds, and a test that `cargo xtask test` runs reads each of them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// What the table of `fuzz/README.md` says of a target.
struct Told {
    length: String,
    replayed_by: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn names(folder: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(root().join(folder)).unwrap().flatten();
    entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

/// The files among the targets; what they share is in a folder beside them.
fn targets() -> BTreeSet<String> {
    let files = names("fuzz/fuzz_targets").into_iter();
    files
        .filter_map(|name| Some(name.strip_suffix(".rs")?.to_owned()))
        .collect()
}

fn table() -> BTreeMap<String, Told> {
    let readme = std::fs::read_to_string(root().join("fuzz/README.md")).unwrap();
    let mut told = BTreeMap::new();
    for row in readme.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [names, _, length, replayed_by] = cells.as_slice() else {
            panic!("four cells: {row}")
        };
        for name in names.split(", ") {
            let row = Told {
                length: (*length).to_owned(),
                replayed_by: replayed_by.trim_matches('`').to_owned(),
            };
            told.insert(name.trim_matches('`').to_owned(), row);
        }
    }
    told
}

fn settings() -> toml::Table {
    let settings = std::fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
    settings.parse().unwrap()
}

#[test]
fn targets_programs_seeds_and_table_have_the_same_names() {
    let targets = targets();
    let settings = settings();
    let programs = settings["bin"].as_array().unwrap().iter();
    let programs: BTreeSet<String> = programs
        .map(|bin| bin["name"].as_str().unwrap().to_owned())
        .collect();
    assert!(targets.len() >= 8);
    assert_eq!(programs, targets, "fuzz/Cargo.toml");
    assert_eq!(names("fuzz/corpus"), targets, "fuzz/corpus");
    assert_eq!(
        table().into_keys().collect::<BTreeSet<_>>(),
        targets,
        "fuzz/README.md"
    );
}

#[test]
fn those_that_need_the_pages_and_no_others_are_left_out_without_the_feature() {
    for bin in settings()["bin"].as_array().unwrap() {
        let path = root().join("fuzz").join(bin["path"].as_str().unwrap());
        let source = std::fs::read_to_string(path).unwrap();
        let required = bin
            .get("required-features")
            .is_some_and(|features| *features == toml::Value::from(vec!["pages"]));
        assert_eq!(
            required,
            source.lines().any(|line| line.starts_with("use web::")),
            "{}",
            bin["name"]
        );
    }
}

#[test]
fn every_target_has_seeds_that_a_test_reads() {
    for (target, told) in table() {
        let seeds = names(&format!("fuzz/corpus/{target}"));
        assert!(seeds.len() >= 3, "{target} has {} seeds", seeds.len());
        let file = root().join(&told.replayed_by);
        let test = std::fs::read_to_string(&file)
            .unwrap_or_else(|error| panic!("{target} is replayed by {}: {error}", told.replayed_by));
        let is_named = [format!("\"{target}\""), format!("fuzz/corpus/{target}\"")];
        assert!(
            test.contains("fuzz/corpus") && is_named.iter().any(|name| test.contains(name)),
            "{} does not read fuzz/corpus/{target}",
            told.replayed_by
        );
    }
}

#[test]
fn every_target_says_how_long_its_inputs_are() {
    for (target, told) in table() {
        let source = std::fs::read_to_string(root().join(format!("fuzz/fuzz_targets/{target}.rs"))).unwrap();
        let said = format!("run {target} -- -max_len={}`", told.length);
        assert!(source.contains(&said), "{target}: {said}");
    }
}
