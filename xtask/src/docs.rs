//! `cargo xtask docs`: pages that are made from the program.

use crate::run::{cargo, output, root};

pub(crate) fn all() -> Result<(), String> {
    let page = output(&mut cargo(&[
        "run",
        "--quiet",
        "--package",
        "sameboat",
        "--",
        "settings",
        "--markdown",
    ]))?;
    let file = root().join("docs/operate/settings.md");
    std::fs::write(&file, page).map_err(|error| format!("{}: {error}", file.display()))?;
    println!("docs/operate/settings.md");
    Ok(())
}
