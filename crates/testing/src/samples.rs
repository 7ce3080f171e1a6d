//! Real feeds, where the machine has them. Tests that need them are `#[ignore = "needs SAMEBOAT_SAMPLES"]`;
//! `cargo xtask test` runs those when the variable is set and counts them as not run when it is not.

use std::path::PathBuf;

/// The path of a sample, such as `feeds/oc-2023.json`.
pub fn path(name: &str) -> PathBuf {
    let folder =
        std::env::var_os("SAMEBOAT_SAMPLES").expect("SAMEBOAT_SAMPLES names the folder of the samples");
    PathBuf::from(folder).join(name)
}
