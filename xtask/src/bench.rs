//! `cargo xtask bench`: runs the benches and writes what they show, as ratios, to `docs/performance.md`.

use std::fmt::Write;

use crate::run::{cargo, output, root, step};

pub(crate) fn all() -> Result<(), String> {
    step(
        "bench",
        &mut cargo(&["bench", "--package", "finder", "--bench", "near"]),
    )?;
    let estimate = |name: &str| -> Result<f64, String> {
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), Into::into);
        let file = target.join("criterion").join(name).join("new/estimates.json");
        let text = std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let estimates: serde_json::Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        estimates["median"]["point_estimate"]
            .as_f64()
            .ok_or_else(|| format!("{name} has no median"))
    };
    let (finder, reference) = (estimate("near_10k/snapshot")?, estimate("near_10k/reference")?);
    let processor = output(
        std::process::Command::new("sh")
            .args(["-c", "grep -m1 'model name' /proc/cpuinfo | cut -d: -f2; nproc"]),
    )
    .unwrap_or_default();
    let processor: Vec<_> = processor.lines().map(str::trim).collect();
    let mut page = String::from(
        "# Performance\n\nMade by `cargo xtask bench`. A figure holds for the machine it was taken on; the ratio is what to compare.\n\n",
    );
    let _ = writeln!(
        page,
        "Machine: {}.\n",
        if processor.is_empty() {
            "unknown".to_owned()
        } else {
            format!("{} cores", processor.join(", "))
        }
    );
    page.push_str("| what | median | reference in the same run | ratio |\n|---|---|---|---|\n");
    let _ = writeln!(
        page,
        "| near + two filters, counts of every value, first 30, at 10,000 listings | {:.0} µs | {:.0} µs: a plain loop over the listings that computes everything anew | {:.1} times as fast |",
        finder / 1_000.0,
        reference / 1_000.0,
        reference / finder
    );
    std::fs::write(root().join("docs/performance.md"), &page).map_err(|error| error.to_string())?;
    println!("\n{page}");
    Ok(())
}
