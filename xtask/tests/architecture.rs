//! The invariants of ARCHITECTURE.md that the dependencies show.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Direct dependencies of each crate of ours, without those only tests need.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .output();
    let metadata: serde_json::Value = serde_json::from_slice(&output.unwrap().stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages
        .map(|package| {
            let needed = package["dependencies"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|needed| needed["kind"].is_null());
            let names = needed
                .map(|needed| needed["name"].as_str().unwrap().to_owned())
                .collect();
            (package["name"].as_str().unwrap().to_owned(), names)
        })
        .collect()
}

#[test]
fn arrows_only_point_down() {
    let ours = [
        "domain", "content", "finder", "feeds", "guard", "measures", "composer", "store", "web", "sameboat",
        "testing",
    ];
    let allowed: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("domain", &[][..]),
        ("content", &["domain"][..]),
        ("finder", &["domain"][..]),
        ("feeds", &["domain"][..]),
        ("guard", &["domain"][..]),
        ("measures", &[][..]),
        ("composer", &[][..]),
        // What is signed is looked through in the change that signs it (decision 39).
        ("store", &["domain", "guard"][..]),
        (
            "web",
            &[
                "domain", "content", "finder", "feeds", "guard", "measures", "composer", "store",
            ][..],
        ),
        (
            "sameboat",
            &[
                "domain", "content", "finder", "feeds", "guard", "measures", "composer", "store", "web",
            ][..],
        ),
    ]);
    let all = dependencies();
    for (name, allowed) in allowed {
        let arrows: Vec<_> = all[name]
            .iter()
            .filter(|needed| ours.contains(&needed.as_str()))
            .collect();
        let wrong: Vec<_> = arrows
            .into_iter()
            .filter(|needed| !allowed.contains(&needed.as_str()))
            .collect();
        assert!(wrong.is_empty(), "{name} must not use {wrong:?}");
    }
}

#[test]
fn pure_crates_have_nothing_that_does_io() {
    const IO: [&str; 12] = [
        "tokio",
        "axum",
        "hyper",
        "reqwest",
        "sea-orm",
        "sqlx",
        "mio",
        "async-std",
        "rand",
        "tracing-subscriber",
        "tempfile",
        "clap",
    ];
    let all = dependencies();
    for name in [
        "domain", "content", "finder", "feeds", "guard", "measures", "composer",
    ] {
        let wrong: Vec<_> = all[name]
            .iter()
            .filter(|needed| IO.contains(&needed.as_str()))
            .collect();
        assert!(wrong.is_empty(), "{name} must not use {wrong:?}");
    }
}

#[test]
fn only_the_store_knows_the_database() {
    for (name, needed) in dependencies() {
        let wrong: Vec<_> = needed
            .iter()
            .filter(|needed| needed.starts_with("sea-") || needed.starts_with("sqlx"))
            .collect();
        assert!(
            name == "store" || wrong.is_empty(),
            "{name} must not use {wrong:?}"
        );
    }
}

#[test]
fn only_the_store_makes_and_checks_secrets() {
    const SECRETS: [&str; 8] = [
        "argon2",
        "totp-rs",
        "hmac",
        "hkdf",
        "getrandom",
        "rand",
        "zxcvbn",
        "webauthn",
    ];
    let all = dependencies();
    for (name, needed) in all
        .iter()
        .filter(|(name, _)| !["store", "testing"].contains(&name.as_str()))
    {
        let wrong: Vec<_> = needed
            .iter()
            .filter(|needed| SECRETS.iter().any(|secret| needed.starts_with(secret)))
            .collect();
        assert!(wrong.is_empty(), "{name} must not use {wrong:?}");
    }
    // The names are right: the store has the most of them.
    assert!(SECRETS[..5].iter().all(|secret| all["store"].contains(*secret)));
}

#[test]
fn pure_crates_never_ask_for_time_or_files() {
    for name in [
        "domain", "content", "finder", "feeds", "guard", "measures", "composer",
    ] {
        let folder = format!("{}/../crates/{name}/src", env!("CARGO_MANIFEST_DIR"));
        let mut folders = vec![std::path::PathBuf::from(folder)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let text = std::fs::read_to_string(&path).unwrap();
                for word in [
                    "std::fs",
                    "std::net",
                    "std::process",
                    "std::env",
                    "SystemTime",
                    "Instant::now",
                    "Utc::now",
                ] {
                    assert!(!text.contains(word), "{} uses {word}", path.display());
                }
            }
        }
    }
}

#[test]
fn no_crate_of_ours_may_have_unsafe_code() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let workspace = std::fs::read_to_string(format!("{root}/Cargo.toml")).unwrap();
    assert!(workspace.contains("unsafe_code = \"forbid\""));
    let mut folders: Vec<String> = std::fs::read_dir(format!("{root}/crates"))
        .unwrap()
        .map(|entry| entry.unwrap().path().display().to_string())
        .collect();
    folders.push(format!("{root}/xtask"));
    folders.push(format!("{root}/crates/testing/attribute"));
    assert!(folders.len() > 10, "{folders:?}");
    for folder in folders {
        let manifest = std::fs::read_to_string(format!("{folder}/Cargo.toml")).unwrap();
        assert!(
            manifest.contains("[lints]\nworkspace = true"),
            "{folder} does not take the lints of the workspace"
        );
    }
}
