//! The finder's criterion benches, read from what they leave behind.

use super::Figure;
use crate::run::{cargo, root, step};

/// Listings, and the aim for near + two filters + facet counts + the first thirty, in microseconds.
const SIZES: [(&str, &str, f64); 3] = [
    ("10k", "10,000", 50.0),
    ("100k", "100,000", 500.0),
    ("1M", "1,000,000", 8_000.0),
];

pub(super) fn measure() -> Result<Vec<Figure>, String> {
    step(
        "the finder",
        &mut cargo(&["bench", "--package", "finder", "--bench", "near"]),
    )?;
    let mut figures = Vec::new();
    for (name, listings, aim) in SIZES {
        let micros = median(&format!("near_{name}/snapshot"))? / 1_000.0;
        figures.push(Figure {
            what: format!("near + two filters + facet counts + first 30, at {listings} listings"),
            shown: format!("{micros:.0} µs"),
            beside: format!("aim: {aim:.0} µs"),
            ratio: format!("{:.2} of the aim", micros / aim),
        });
    }
    let (finder, reference) = (median("near_10k/snapshot")?, median("near_10k/reference")?);
    figures.push(Figure {
        what: "the same at 10,000 listings".to_owned(),
        shown: format!("{:.0} µs", finder / 1_000.0),
        beside: format!(
            "{:.0} µs: a plain loop over the listings that computes everything anew",
            reference / 1_000.0
        ),
        ratio: format!("{:.1} times as fast", reference / finder),
    });
    Ok(figures)
}

/// Nanoseconds.
fn median(name: &str) -> Result<f64, String> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), Into::into);
    let file = target.join("criterion").join(name).join("new/estimates.json");
    let text = std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let estimates: serde_json::Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    estimates["median"]["point_estimate"]
        .as_f64()
        .ok_or_else(|| format!("{name} has no median"))
}
