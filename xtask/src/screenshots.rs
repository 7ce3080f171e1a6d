//! `cargo xtask screenshots`: pictures of the demo for the README and docs.

use testing::browser::Browser;
use testing::program::Program;

use crate::run::{cargo, root, step};

/// File, path, width, dark.
const PICTURES: [(&str, &str, i64, bool); 9] = [
    ("home-desktop", "/", 1280, false),
    ("home-dark", "/", 1280, true),
    ("home-phone", "/", 390, false),
    (
        "finder-desktop",
        "/groups?near=44113&q=grief&distance=10",
        1280,
        false,
    ),
    (
        "finder-phone-dark",
        "/groups?near=44113&q=grief&distance=10",
        390,
        true,
    ),
    ("help-phone", "/help-now", 390, false),
    ("choose-phone", "/choose", 390, false),
    ("topic-desktop", "/for/grief", 1280, false),
    ("parts", "/parts", 1280, false),
];

pub(crate) fn all() -> Result<(), String> {
    step(
        "build the program",
        &mut cargo(&["build", "--package", "sameboat"]),
    )?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), Into::into);
    let data = root().join("target/screenshots");
    let data = data.display().to_string();
    let program = Program::start(
        &target.join("debug/sameboat"),
        &["demo", "--fresh", "--data", &data, "--listen", "127.0.0.1:4380"],
    );
    let folder = root().join("docs/screenshots");
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let browser = Browser::start().await;
        for (name, path, width, dark) in PICTURES {
            // A list is long; its beginning says how it looks.
            let window = browser.window((width, 1400)).await;
            if dark {
                window.dark().await;
            }
            window.open(&format!("{}{path}", program.address)).await;
            if name.starts_with("finder") {
                window
                    .picture_of_window(&folder.join(format!("{name}.png")))
                    .await;
                window.click(".hit h3 a").await;
                let group = name.replace("finder", "group") + ".png";
                window.picture_of_window(&folder.join(group)).await;
            } else {
                window.picture(&folder.join(format!("{name}.png"))).await;
            }
        }
        browser.stop().await;
    });
    Ok(())
}
