//! The forms that are part of the program, each with its sidecar, and the texts of their licences.

use crate::measure::Pair;

/// Form and sidecar by the name of the measure.
pub(crate) const FORMS: [Pair<'static>; 8] = [
    pair(
        "phq-9",
        include_str!("../forms/phq-9.json"),
        include_str!("../forms/phq-9.toml"),
    ),
    pair(
        "gad-7",
        include_str!("../forms/gad-7.json"),
        include_str!("../forms/gad-7.toml"),
    ),
    pair(
        "phq-4",
        include_str!("../forms/phq-4.json"),
        include_str!("../forms/phq-4.toml"),
    ),
    pair(
        "phq-2",
        include_str!("../forms/phq-2.json"),
        include_str!("../forms/phq-2.toml"),
    ),
    pair(
        "pcl-5",
        include_str!("../forms/pcl-5.json"),
        include_str!("../forms/pcl-5.toml"),
    ),
    pair(
        "pc-ptsd-5",
        include_str!("../forms/pc-ptsd-5.json"),
        include_str!("../forms/pc-ptsd-5.toml"),
    ),
    pair(
        "k6",
        include_str!("../forms/k6.json"),
        include_str!("../forms/k6.toml"),
    ),
    pair(
        "check-in",
        include_str!("../forms/check-in.json"),
        include_str!("../forms/check-in.toml"),
    ),
];

/// What `licence_texts` of a sidecar may name.
const TEXTS: [(&str, &str); 5] = [
    ("phq.txt", include_str!("../forms/licences/phq.txt")),
    ("k6.txt", include_str!("../forms/licences/k6.txt")),
    ("va.txt", include_str!("../forms/licences/va.txt")),
    ("loinc.txt", include_str!("../forms/licences/loinc.txt")),
    ("cc0.txt", include_str!("../forms/licences/cc0.txt")),
];

const fn pair(name: &'static str, form: &'static str, sidecar: &'static str) -> Pair<'static> {
    Pair {
        name,
        form,
        sidecar: Some(sidecar),
    }
}

/// The text of a licence that is shipped.
pub(crate) fn licence_text(name: &str) -> Option<&'static str> {
    TEXTS
        .iter()
        .find(|(file, text)| *file == name && !text.trim().is_empty())
        .map(|(_, text)| *text)
}
