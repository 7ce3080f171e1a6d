//! What tests need of the machine: Chromium and PostgreSQL.

use std::path::Path;
use std::process::Command;

use crate::run::{output, step};
use crate::tests::Without;

/// Sees to it that everything is there: installs it on Debian and Ubuntu as root, elsewhere says the one line to run.
pub(crate) fn prepare(without: &[Without]) -> Result<(), String> {
    let mut missing = Vec::new();
    if !without.contains(&Without::Browser) && testing::browser::program().is_none() {
        missing.push("chromium");
    }
    if !without.contains(&Without::Postgres) && testing::postgres::binaries().is_none() {
        missing.push("postgresql");
    }
    if missing.is_empty() {
        return Ok(());
    }
    let packages = missing.join(" ");
    let debian = Path::new("/etc/debian_version").exists();
    let root = output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !(debian && root) {
        let line = if debian {
            format!("sudo apt-get install {packages}")
        } else {
            format!("install {packages} with your system's packages")
        };
        return Err(format!(
            "the tests need {}. Run:\n\n    {line}\n\nor leave it out: cargo xtask test --without {}",
            missing.join(" and "),
            missing
                .iter()
                .map(|p| if *p == "chromium" { "browser" } else { "postgres" })
                .collect::<Vec<_>>()
                .join(",")
        ));
    }
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    step("apt-get update", &mut apt(&["update", "-q"]))?;
    let mut install = apt(&["install", "-q", "-y", "--no-install-recommends"]);
    step(&format!("apt-get install {packages}"), install.args(&missing))
}
