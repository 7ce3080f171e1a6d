//! What the program is made of, as a list for machines (CycloneDX 1.5): every crate below it with the features it is shipped with, by what
//! cargo says. No day and no random number is in it, so that one source gives one list.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::FEATURES;
use crate::run::{cargo, output, root};

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Name and version.
type Crate = (String, String);

pub(super) fn write(file: &Path) -> Result<(), String> {
    let list = serde_json::to_string_pretty(&made()?).map_err(|error| error.to_string())?;
    fs::write(file, list + "\n").map_err(|error| format!("{}: {error}", file.display()))
}

fn made() -> Result<Value, String> {
    let host = host()?;
    let metadata = output(
        cargo(&[
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--features",
            FEATURES,
            "--filter-platform",
        ])
        .arg(&host),
    )?;
    let metadata: Value = serde_json::from_str(&metadata).map_err(|error| error.to_string())?;
    // cargo metadata counts what other crates of the workspace switch on, too; the tree does not.
    let tree = output(
        cargo(&[
            "tree",
            "--locked",
            "--package",
            "sameboat",
            "--features",
            FEATURES,
            "--edges",
            "normal",
            "--prefix",
            "depth",
            "--format",
            "{p}",
            "--target",
        ])
        .arg(&host),
    )?;
    let lock =
        fs::read_to_string(root().join("Cargo.lock")).map_err(|error| format!("Cargo.lock: {error}"))?;
    list(&metadata, &graph(&tree)?, &sums(&lock), &host)
}

/// The machine that the program is built for, as cargo names it.
fn host() -> Result<String, String> {
    let told = output(Command::new("rustc").arg("-vV"))?;
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .ok_or_else(|| format!("rustc -vV names no host:\n{told}"))
}

/// What each crate needs, from lines that begin with how deep they are.
fn graph(tree: &str) -> Result<BTreeMap<Crate, BTreeSet<Crate>>, String> {
    let mut graph: BTreeMap<Crate, BTreeSet<Crate>> = BTreeMap::new();
    let mut above: Vec<Crate> = Vec::new();
    for line in tree.lines().filter(|line| !line.is_empty()) {
        let (depth, found) =
            crate_of(line).ok_or_else(|| format!("cargo tree says “{line}”, which is no crate"))?;
        above.truncate(depth);
        if let Some(parent) = above.last() {
            graph.entry(parent.clone()).or_default().insert(found.clone());
        }
        graph.entry(found.clone()).or_default();
        above.push(found);
    }
    Ok(graph)
}

/// "12syn v2.0.1 (proc-macro) (*)"
fn crate_of(line: &str) -> Option<(usize, Crate)> {
    let name = line.find(|letter: char| !letter.is_ascii_digit())?;
    let (depth, rest) = line.split_at(name);
    let mut words = rest.split(' ');
    let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
    Some((depth.parse().ok()?, (name.to_owned(), version.to_owned())))
}

/// The SHA-256 of each crate that was fetched.
fn sums(lock: &str) -> BTreeMap<Crate, String> {
    let field = |package: &str, name: &str| {
        let line = package.lines().find_map(|line| line.strip_prefix(name))?;
        Some(line.strip_prefix(" = \"")?.strip_suffix('"')?.to_owned())
    };
    lock.split("[[package]]")
        .filter_map(|package| {
            let found = (field(package, "name")?, field(package, "version")?);
            Some((found, field(package, "checksum")?))
        })
        .collect()
}

fn list(
    metadata: &Value,
    graph: &BTreeMap<Crate, BTreeSet<Crate>>,
    sums: &BTreeMap<Crate, String>,
    host: &str,
) -> Result<Value, String> {
    let folder = text(metadata, "workspace_root");
    let packages = metadata["packages"].as_array().map_or(&[][..], Vec::as_slice);
    let packages: BTreeMap<Crate, &Value> = packages
        .iter()
        .map(|package| {
            let found = (
                text(package, "name").to_owned(),
                text(package, "version").to_owned(),
            );
            (found, package)
        })
        .collect();
    let mut refs = BTreeMap::new();
    for found in graph.keys() {
        let package = packages
            .get(found)
            .ok_or_else(|| format!("cargo metadata does not know {} {}", found.0, found.1))?;
        refs.insert(found, purl(package, folder)?);
    }
    let (mut program, mut components) = (Value::Null, Vec::new());
    for (found, purl) in &refs {
        let mut component = component(packages[*found], purl, sums.get(*found).map(String::as_str));
        if found.0 == "sameboat" {
            component["type"] = json!("application");
            component["properties"] = json!([
                { "name": "cargo:features", "value": FEATURES },
                { "name": "cargo:target", "value": host },
            ]);
            program = component;
        } else {
            components.push(component);
        }
    }
    let dependencies: Vec<Value> = graph
        .iter()
        .map(|(found, needs)| {
            let needs: Vec<&String> = needs.iter().filter_map(|needed| refs.get(needed)).collect();
            json!({ "ref": refs.get(found), "dependsOn": needs })
        })
        .collect();
    Ok(json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": program },
        "components": components,
        "dependencies": dependencies,
    }))
}

fn component(package: &Value, purl: &str, sum: Option<&str>) -> Value {
    let (name, version) = (text(package, "name"), text(package, "version"));
    // Before SPDX's words people wrote a slash.
    let licences = match package["license"].as_str() {
        Some(licence) => {
            let either: Vec<&str> = licence.split('/').map(str::trim).collect();
            json!([{ "expression": either.join(" OR ") }])
        }
        None => json!([{ "license": { "name": "in a file of the crate" } }]),
    };
    let mut from = Vec::new();
    if package["source"].is_string() {
        let url = format!("https://crates.io/api/v1/crates/{name}/{version}/download");
        from.push(json!({ "type": "distribution", "url": url }));
    }
    if let Some(repository) = package["repository"].as_str() {
        from.push(json!({ "type": "vcs", "url": repository }));
    }
    let mut component = json!({
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "licenses": licences,
        "purl": purl,
        "externalReferences": from,
    });
    if let Some(sum) = sum {
        component["hashes"] = json!([{ "alg": "SHA-256", "content": sum }]);
    }
    component
}

/// How others name it. Ours are not on crates.io, where crates of others may have their names.
fn purl(package: &Value, folder: &str) -> Result<String, String> {
    let (name, version) = (
        text(package, "name"),
        text(package, "version").replace('+', "%2B"),
    );
    match package["source"].as_str() {
        Some(CRATES_IO) => Ok(format!("pkg:cargo/{name}@{version}")),
        Some(other) => Err(format!(
            "{name} comes from {other}; say in xtask/src/dist/bom.rs how that is named"
        )),
        None => {
            let place = text(package, "manifest_path").strip_prefix(folder);
            let place = place.and_then(|place| place.trim_start_matches('/').strip_suffix("/Cargo.toml"));
            let place = place.ok_or_else(|| format!("{name} is not in {folder}"))?;
            let owner = text(package, "repository").strip_prefix("https://github.com/");
            let owner = owner.ok_or_else(|| format!("{name} names no repository on GitHub"))?;
            Ok(format!("pkg:github/{owner}@{version}#{place}"))
        }
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the manifest of the program names, for every machine and not for tests alone.
    fn direct() -> BTreeSet<String> {
        let told = output(&mut cargo(&[
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--locked",
        ]));
        let metadata: Value = serde_json::from_str(&told.unwrap()).unwrap();
        let packages = metadata["packages"].as_array().unwrap();
        let ours = packages
            .iter()
            .find(|package| package["name"] == "sameboat")
            .unwrap();
        let needs = ours["dependencies"].as_array().unwrap().iter();
        needs
            .filter(|needed| needed["kind"].is_null() && needed["target"].is_null())
            .map(|needed| text(needed, "name").to_owned())
            .collect()
    }

    #[test]
    fn the_list_names_what_the_program_needs_and_neither_the_day_nor_the_folder() {
        let file = std::env::temp_dir().join(format!("sameboat-bom-{}.json", std::process::id()));
        write(&file).unwrap();
        let written = fs::read_to_string(&file).unwrap();
        fs::remove_file(&file).unwrap();
        let list: Value = serde_json::from_str(&written).unwrap();
        assert_eq!(
            (&list["bomFormat"], &list["specVersion"]),
            (&json!("CycloneDX"), &json!("1.5"))
        );
        let components = list["components"].as_array().unwrap();
        let mut names = BTreeMap::new();
        for component in components.iter().chain([&list["metadata"]["component"]]) {
            assert!(component["licenses"][0].is_object(), "{component}");
            let purl = text(component, "purl");
            assert!(
                names.insert(purl, text(component, "name")).is_none(),
                "{purl} is there twice"
            );
        }
        let graph = list["dependencies"].as_array().unwrap();
        assert_eq!(graph.len(), names.len());
        let needs = |purl: &str| -> BTreeSet<String> {
            let node = graph.iter().find(|node| node["ref"] == purl).unwrap();
            let needs = node["dependsOn"].as_array().unwrap().iter();
            needs
                .map(|needed| names[needed.as_str().unwrap()].to_owned())
                .collect()
        };
        // Each that is named is there: else this would not find it.
        for purl in names.keys() {
            needs(purl);
        }
        let program = text(&list["metadata"]["component"], "purl");
        assert!(program.starts_with("pkg:github/sameboat/sameboat@"), "{program}");
        assert_eq!(needs(program), direct());
        let here = env!("CARGO_MANIFEST_DIR").trim_end_matches("xtask");
        for word in ["timestamp", "serialNumber", here] {
            assert!(!written.contains(word), "{word}");
        }
        assert_eq!(made().unwrap(), list);
    }

    #[test]
    fn a_tree_that_tells_a_crate_once_gives_the_whole_graph() {
        let tree = "0a v1.0.0 (/here)\n1b v2.0.0+spec\n2c v3.0.0 (proc-macro)\n1c v3.0.0 (proc-macro) (*)\n";
        let graph = graph(tree).unwrap();
        let needs = |name: &str| {
            let (_, needs) = graph.iter().find(|(found, _)| found.0 == name).unwrap();
            needs.iter().map(|needed| needed.0.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(
            (needs("a"), needs("b"), needs("c")),
            (vec!["b", "c"], vec!["c"], vec![])
        );
        assert!(
            super::graph("0nothing")
                .unwrap_err()
                .contains("“0nothing”, which is no crate")
        );
    }
}
