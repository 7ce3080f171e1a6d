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

#[cfg(test)]
mod tests {
    use domain::retention::Kept;

    use super::root;

    /// Rows without a number of days are no rule that anybody sets.
    #[test]
    fn the_page_of_retention_has_every_rule_with_its_class_and_days_in_the_order_of_the_program() {
        let page = std::fs::read_to_string(root().join("docs/operate/retention.md")).unwrap();
        let number = |cell: &str| cell.trim().replace(',', "").parse::<u16>().ok();
        let of_page: Vec<(String, u16, u16)> = page
            .lines()
            .filter_map(|line| {
                let cells: Vec<&str> = line.strip_prefix('|')?.split('|').collect();
                let &[_, class, days, least, ..] = cells.as_slice() else {
                    return None;
                };
                Some((class.trim().to_owned(), number(days)?, number(least)?))
            })
            .collect();
        let rules = Kept::ALL.map(Kept::rule);
        let of_program = rules.map(|rule| (rule.class.name().to_owned(), rule.days, rule.least));
        assert_eq!(of_page, of_program);
    }
}
