//! Running other programs.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    command
}

/// Runs a step under its heading; when it fails, says how to run only that.
pub(crate) fn step(heading: &str, command: &mut Command) -> Result<(), String> {
    println!("\n== {heading}");
    let begun = Instant::now();
    let status = command
        .status()
        .map_err(|error| format!("{command:?}: {error}"))?;
    println!("== {heading}: {} s", begun.elapsed().as_secs());
    if status.success() {
        Ok(())
    } else {
        Err(format!("“{heading}” failed. Run only that: {}", shown(command)))
    }
}

pub(crate) fn output(command: &mut Command) -> Result<String, String> {
    let output = command
        .output()
        .map_err(|error| format!("{command:?}: {error}"))?;
    if !output.status.success() {
        return Err(format!(
            "{command:?}:\n{}",
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn shown(command: &Command) -> String {
    let arguments = command
        .get_args()
        .map(|argument| argument.to_string_lossy().into_owned());
    std::iter::once("cargo".to_owned())
        .chain(arguments)
        .collect::<Vec<_>>()
        .join(" ")
}
