//! Scores: the example `responses` of the crate `measures`.

use std::path::Path;
use std::process::Command;

use super::Figure;
use crate::run::output;

/// In seconds, for a million responses.
const AIM: f64 = 1.0;

pub(super) fn measure(program: &Path) -> Result<[Figure; 2], String> {
    figures(&output(&mut Command::new(program))?)
}

fn figures(told: &str) -> Result<[Figure; 2], String> {
    let seconds: Vec<f64> = told
        .split_whitespace()
        .filter_map(|number| number.parse().ok())
        .collect();
    let [native, fhirpath] = seconds[..] else {
        return Err(format!("two numbers were awaited: {told}"));
    };
    Ok([
        Figure {
            what: "1,000,000 responses to the PHQ-9 scored natively, with band and risk, on one core"
                .to_owned(),
            shown: format!("{native:.2} s"),
            beside: format!("aim: {AIM:.0} s"),
            ratio: format!("{:.2} of the aim", native / AIM),
        },
        Figure {
            what: "the same by the form's own FHIRPath expression, from one in fifty".to_owned(),
            shown: format!("{fhirpath:.1} s"),
            beside: format!("{native:.2} s: natively"),
            ratio: format!(
                "FHIRPath: {:.0} times as long (aim: at most 50 times)",
                fhirpath / native
            ),
        },
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_numbers_make_two_rows_and_anything_else_is_an_error() {
        let [native, fhirpath] = figures("0.500 20.000\n").unwrap();
        assert_eq!(
            (native.beside.as_str(), native.ratio.as_str()),
            ("aim: 1 s", "0.50 of the aim")
        );
        assert_eq!(
            fhirpath.ratio,
            "FHIRPath: 40 times as long (aim: at most 50 times)"
        );
        for told in ["", "0.5", "0.5 1 2", "a panic"] {
            assert!(figures(told).is_err(), "{told}");
        }
    }
}
