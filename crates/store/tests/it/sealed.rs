//! What does not compile: permits, people and secrets are made by the store alone (SECURITY 1.2). Each file of `tests/compile_fail` is given
//! to the compiler with the crates that this test itself was built on. What it must say stands beside it: each error and where it is.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// In this order: those below come from what the store was built on.
const CRATES: [&str; 5] = ["store", "domain", "chrono", "serde_json", "tokio"];

#[test]
fn nothing_outside_of_the_store_makes_keeps_or_turns_what_it_seals() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compile_fail");
    let files: BTreeSet<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .collect();
    assert!(files.len() >= 59, "only {} are there", files.len());
    let scratch = tempfile::tempdir().unwrap();
    let (built, store) = built();
    let mut wrongs = Vec::new();
    for file in &files {
        let wanted = std::fs::read_to_string(file.with_extension("stderr")).unwrap_or_default();
        let said = errors(file, scratch.path(), &built, &store);
        if said.is_empty() {
            wrongs.push(format!("{} compiles", file.display()));
        } else if said != wanted {
            wrongs.push(format!(
                "{} is refused with:\n{said}and not with:\n{wanted}",
                file.display()
            ));
        }
    }
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
}

/// The folder of what was built, and in it the store: the newest, if there are several.
fn built() -> (PathBuf, PathBuf) {
    let folder = std::env::current_exe().unwrap().parent().unwrap().to_owned();
    let is_store = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("libstore-") && name.ends_with(".rlib")
    };
    let there = std::fs::read_dir(&folder).unwrap();
    let newest = there
        .map(|file| file.unwrap().path())
        .filter(is_store)
        .max_by_key(|path| path.metadata().unwrap().modified().unwrap());
    (folder, newest.expect("the store was built"))
}

/// What the compiler says of it: each error, and each place of it in this file.
fn errors(file: &Path, scratch: &Path, built: &Path, store: &Path) -> String {
    let text = std::fs::read_to_string(file).unwrap();
    let (first, rest) = text.split_once('\n').unwrap();
    assert!(first.starts_with("//! "), "{} says what it is", file.display());
    // On the first line, so that all others keep their number. The store comes first: what it was built on is taken for the rest.
    let externs = CRATES.map(|name| {
        let named = text.contains(&format!("{name}::"));
        if named || name == "store" {
            format!("extern crate {name}; ")
        } else {
            String::new()
        }
    });
    let name = file.file_name().unwrap();
    let copy = scratch.join(name);
    std::fs::write(&copy, format!("{}\n{rest}", externs.concat())).unwrap();
    let mut compiler = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let output = compiler
        .args([
            "--edition",
            "2024",
            "--crate-type",
            "bin",
            "--emit",
            "metadata",
            "-o",
        ])
        .arg(scratch.join("none"))
        .arg("-L")
        .arg(built)
        .arg("--extern")
        .arg(format!("store={}", store.display()))
        .arg(&copy)
        .output()
        .unwrap();
    if output.status.success() {
        return String::new();
    }
    let here = format!("--> {}", copy.display());
    let there = format!("--> tests/compile_fail/{}", name.display());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    said.lines()
        .map(str::trim)
        .filter(|line| {
            (line.starts_with("error") && !line.starts_with("error: aborting")) || line.starts_with(&here)
        })
        .map(|line| line.replace(&here, &there) + "\n")
        .collect()
}
