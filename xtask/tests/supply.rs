//! What `cargo deny check bans licenses sources` checks, for machines without it: the same `deny.toml`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

use std::process::Command;

fn settings() -> toml::Table {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../deny.toml"))
        .unwrap()
        .parse()
        .unwrap()
}

fn packages() -> Vec<serde_json::Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .output();
    let metadata: serde_json::Value = serde_json::from_slice(&output.unwrap().stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

fn texts(value: &toml::Value) -> Vec<String> {
    let of = |item: &toml::Value| {
        item.as_str()
            .or_else(|| item.get("crate")?.as_str())
            .unwrap_or_default()
            .to_owned()
    };
    value.as_array().unwrap().iter().map(of).collect()
}

#[test]
fn every_dependency_has_a_licence_we_allow() {
    let settings = settings();
    let allowed = texts(&settings["licenses"]["allow"]);
    for package in packages() {
        let (name, licence) = (&package["name"], package["license"].as_str().unwrap_or_default());
        let expression = spdx::Expression::parse_mode(licence, spdx::ParseMode::LAX)
            .unwrap_or_else(|why| panic!("{name}: {why}"));
        let fits = expression.evaluate(|required| allowed.contains(&required.license.to_string()));
        assert!(fits, "{name} is under {licence}, which deny.toml does not allow");
    }
}

#[test]
fn no_banned_crate_is_used() {
    let banned = texts(&settings()["bans"]["deny"]);
    assert!(!banned.is_empty());
    let used: Vec<_> = packages()
        .iter()
        .map(|package| package["name"].as_str().unwrap().to_owned())
        .filter(|name| banned.contains(name))
        .collect();
    assert_eq!(used, Vec::<String>::new());
}

#[test]
fn every_dependency_comes_from_the_registry() {
    for package in packages() {
        let source = package["source"].as_str();
        assert!(
            source.is_none_or(|source| source.starts_with("registry+")),
            "{} comes from {source:?}",
            package["name"]
        );
    }
}
