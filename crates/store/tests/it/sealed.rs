//! What does not compile: permits, people and secrets are made by the store alone (SECURITY 1.2). Each file of `tests/compile_fail` is given
//! to the compiler with the crates that this test itself was built on. What it must say stands beside it: each error and where it is.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the files name besides the store.
const BELOW: [&str; 4] = ["domain", "chrono", "serde_json", "tokio"];

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
    let built = Built::here();
    let mut wrongs = Vec::new();
    for file in &files {
        let wanted = std::fs::read_to_string(file.with_extension("stderr")).unwrap_or_default();
        let said = errors(file, scratch.path(), &built);
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

/// What this test was built on.
struct Built {
    folder: PathBuf,
    /// The store, and each crate of ours and others' that it names; there may be several builds of one.
    crates: Vec<(&'static str, PathBuf)>,
}

impl Built {
    fn here() -> Self {
        let folder = std::env::current_exe().unwrap().parent().unwrap().to_owned();
        let builds = |name: &str| -> Vec<(String, PathBuf)> {
            let there = std::fs::read_dir(&folder).unwrap();
            let build = |path: PathBuf| {
                let file = path.file_name()?.to_str()?;
                let rest = file.strip_prefix(&format!("lib{name}-"))?;
                Some((rest.strip_suffix(".rlib")?.to_owned(), path.clone()))
            };
            there.filter_map(|file| build(file.unwrap().path())).collect()
        };
        let (_, store) = builds("store")
            .into_iter()
            .max_by_key(|(_, path)| path.metadata().unwrap().modified().unwrap())
            .expect("the store was built");
        // It names the builds that it was made with.
        let bytes = std::fs::read(&store).unwrap();
        let named = |build: &str| bytes.windows(build.len()).any(|bytes| bytes == build.as_bytes());
        let below = BELOW.map(|name| {
            let build = builds(name).into_iter().find(|(build, _)| named(build));
            let (_, path) = build.unwrap_or_else(|| panic!("the build of {name} that the store has"));
            (name, path)
        });
        let mut crates = vec![("store", store)];
        crates.extend(below);
        Self { folder, crates }
    }
}

/// What the compiler says of it: each error, and each place of it in this file.
fn errors(file: &Path, scratch: &Path, built: &Built) -> String {
    let name = file.file_name().unwrap();
    let copy = scratch.join(name);
    std::fs::copy(file, &copy).unwrap();
    let mut compiler = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    compiler
        .args([
            "--cap-lints",
            "allow",
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
        .arg(format!("dependency={}", built.folder.display()));
    for (name, path) in &built.crates {
        compiler.arg("--extern").arg(format!("{name}={}", path.display()));
    }
    let output = compiler.arg(&copy).output().unwrap();
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
