//! `cargo xtask docs`: pages that are made from the program and from the content.

use content::{Content, Files};

use crate::run::{cargo, output, root};

pub(crate) fn all() -> Result<(), String> {
    let settings = output(&mut cargo(&[
        "run",
        "--quiet",
        "--package",
        "sameboat",
        "--",
        "settings",
        "--markdown",
    ]))?;
    write("docs/operate/settings.md", &settings)?;
    let files = Files::bundled();
    let content = Content::read(&files).map_err(|slips| slips.to_string())?;
    for (path, page) in content::clinical::pages(&content, &files) {
        write(path, &page)?;
    }
    Ok(())
}

fn write(path: &str, page: &str) -> Result<(), String> {
    let file = root().join(path);
    let failed = |error| format!("{}: {error}", file.display());
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    std::fs::write(&file, page).map_err(failed)?;
    println!("{path}");
    Ok(())
}
