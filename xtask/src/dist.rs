//! `cargo xtask dist`: what is given to people: one archive with the program and what belongs to it, a Debian package, the list of
//! what the program is made of, and their sums.

mod bom;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use crate::run::{cargo, output, root, step};

/// The version that was tried; installed into `target/tools` if it is not there.
const CARGO_DEB: &str = "3.8.0";
/// With what the program is shipped that is not there by default.
const FEATURES: &str = "oidc";

#[derive(Args)]
pub(crate) struct Options {
    /// How it is built; `release` is quick and larger
    #[arg(long, default_value = "dist")]
    profile: String,
}

pub(crate) fn all(options: &Options) -> Result<(), String> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let features = ["--locked", "--package", "sameboat", "--features", FEATURES];
    step(
        "build the program",
        cargo(&["build", "--profile", &options.profile]).args(features),
    )?;
    let program = target.join(&options.profile).join("sameboat");
    // Where Cargo.toml names it.
    let parts = root().join("target/package");
    papers(&program, &parts)?;
    let to = root().join("target/dist-files");
    let _ = fs::remove_dir_all(&to);
    fs::create_dir_all(&to).map_err(|error| format!("{}: {error}", to.display()))?;
    let name = name(&program)?;
    archive(&program, &parts, &to, &name)?;
    bom::write(&to.join(format!("{name}.cdx.json")))?;
    package(&options.profile, &to)?;
    let sums = output(Command::new("sh").args(["-c", "sha256sum -- *"]).current_dir(&to))?;
    fs::write(to.join("SHA256SUMS"), &sums).map_err(|error| error.to_string())?;
    println!("\n{}:\n{sums}", to.display());
    Ok(())
}

/// The manual page and the completions, as the program itself tells them.
fn papers(program: &Path, to: &Path) -> Result<(), String> {
    fs::create_dir_all(to).map_err(|error| format!("{}: {error}", to.display()))?;
    let files: [(&str, &[&str]); 4] = [
        ("sameboat.1", &["man"]),
        ("sameboat.bash", &["completions", "bash"]),
        ("_sameboat", &["completions", "zsh"]),
        ("sameboat.fish", &["completions", "fish"]),
    ];
    for (file, arguments) in files {
        let told = output(Command::new(program).args(arguments))?;
        fs::write(to.join(file), told).map_err(|error| format!("{file}: {error}"))?;
    }
    Ok(())
}

/// `sameboat-VERSION-MACHINE`.
fn name(program: &Path) -> Result<String, String> {
    let version = output(Command::new(program).arg("--version"))?;
    let version = version.trim().replace(' ', "-");
    Ok(format!(
        "{version}-{}-{}",
        std::env::consts::OS,
        std::env::consts::ARCH
    ))
}

/// One `.tar.gz`, the same bytes from the same program.
fn archive(program: &Path, parts: &Path, to: &Path, name: &str) -> Result<(), String> {
    let inside = to.join(name);
    let copy = |from: PathBuf, under: &str| {
        let file = inside.join(under);
        let folder = file.parent().unwrap_or(&inside);
        fs::create_dir_all(folder)
            .and_then(|()| fs::copy(&from, &file))
            .map(drop)
            .map_err(|error| format!("{}: {error}", from.display()))
    };
    copy(program.to_owned(), "bin/sameboat")?;
    for (part, under) in [
        ("sameboat.1", "share/man/man1/sameboat.1"),
        ("sameboat.bash", "share/bash-completion/completions/sameboat"),
        ("_sameboat", "share/zsh/site-functions/_sameboat"),
        ("sameboat.fish", "share/fish/vendor_completions.d/sameboat.fish"),
    ] {
        copy(parts.join(part), under)?;
    }
    for (file, under) in [
        ("packaging/sameboat.service", "etc/sameboat.service"),
        ("packaging/sameboat.toml", "etc/sameboat.toml"),
        ("packaging/sysusers.conf", "etc/sysusers.conf"),
        ("LICENSE", "LICENSE"),
        ("CHANGELOG.md", "CHANGELOG.md"),
    ] {
        copy(root().join(file), under)?;
    }
    for page in fs::read_dir(root().join("docs/operate")).map_err(|error| error.to_string())? {
        let page = page.map_err(|error| error.to_string())?.path();
        let under = page
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        copy(page, &format!("doc/{under}"))?;
    }
    let mut tar = Command::new("tar");
    tar.args([
        "--sort=name",
        "--owner=0",
        "--group=0",
        "--numeric-owner",
        "--mtime=@0",
        "-czf",
    ]);
    let file = format!("{name}.tar.gz");
    output(tar.arg(&file).arg(name).env("GZIP", "-n").current_dir(to))?;
    fs::remove_dir_all(&inside).map_err(|error| error.to_string())
}

fn package(profile: &str, to: &Path) -> Result<(), String> {
    let mut deb = cargo(&[
        "deb",
        "--no-build",
        "--no-strip",
        "--locked",
        "--package",
        "sameboat",
    ]);
    deb.args(["--profile", profile, "--features", FEATURES, "--output"])
        .arg(to);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let tools = root().join("target/tools");
    let with_tools = std::iter::once(tools.join("bin")).chain(std::env::split_paths(&path));
    let path = std::env::join_paths(with_tools).map_err(|error| error.to_string())?;
    let is_there = output(cargo(&["deb", "--version"]).env("PATH", &path)).is_ok();
    if !is_there {
        let mut install = cargo(&[
            "install",
            "--locked",
            "cargo-deb",
            "--version",
            CARGO_DEB,
            "--root",
        ]);
        step("install cargo-deb", install.arg(&tools))?;
    }
    step("make the Debian package", deb.env("PATH", &path))
}
