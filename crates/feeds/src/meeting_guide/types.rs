//! Type codes: what they say about a group.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::groups::{Access, Activity, Audience, Draft, Format, Language};
use domain::text::Line;

/// The words of every code we know (`content/feeds/meeting-guide-types.json`).
static WORDS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../../content/feeds/meeting-guide-types.json"))
        .unwrap_or_default()
});

/// Codes that say where a meeting is, not what it is.
const WHERE: [&str; 4] = ["ONL", "TC", "HY", "IP"];

/// Writes what a code says into the draft: as a fact where there is one for it, else as a remark in the code's words.
/// A code that nobody told us stays as it came.
pub(super) fn say(code: &str, draft: &mut Draft) {
    let upper = code.to_ascii_uppercase();
    match upper.as_str() {
        code if WHERE.contains(&code) => {}
        "W" => push(&mut draft.audience, Audience::Women),
        "M" => push(&mut draft.audience, Audience::Men),
        "Y" => push(&mut draft.audience, Audience::YoungPeople),
        "SEN" => push(&mut draft.audience, Audience::OlderPeople),
        "LGBTQ" | "LGBTQIA" | "G" | "L" | "BI" => {
            push(&mut draft.audience, Audience::Lgbtq);
            remark(&upper, code, draft);
        }
        "T" => push(&mut draft.audience, Audience::Trans),
        "POC" => push(&mut draft.audience, Audience::PeopleOfColour),
        "N" | "NDG" => push(&mut draft.audience, Audience::NativePeople),
        "POA" => {
            push(&mut draft.audience, Audience::Parents);
            remark(&upper, code, draft);
        }
        "BE" => push(&mut draft.audience, Audience::Newcomers),
        "A" => push(&mut draft.audience, Audience::SecularPeople),
        "X" => push(&mut draft.access, Access::StepFree),
        "XB" => push(&mut draft.access, Access::AccessibleToilet),
        "BA" => push(&mut draft.access, Access::ChildCare),
        "FF" => push(&mut draft.access, Access::FragranceFree),
        "MED" => push(&mut draft.activities, Activity::Meditation),
        "D" => draft.format = Some(Format::Discussion),
        "SP" => draft.format = draft.format.or(Some(Format::Presentation)),
        "S" => language("es", draft),
        "ASL" => {
            push(&mut draft.access, Access::SignLanguage);
            language("ase", draft);
        }
        "AR" | "DA" | "DE" | "EL" | "EN" | "FA" | "FI" | "FR" | "HE" | "HI" | "HR" | "HU" | "ITA" | "JA"
        | "KOR" | "LT" | "ML" | "NO" | "PA" | "POL" | "POR" | "RUS" | "SV" | "TH" | "TUR" | "UK" => {
            language(iso(&upper), draft);
        }
        _ => remark(&upper, code, draft),
    }
}

/// Most language codes of the specification are ISO 639 already.
fn iso(code: &str) -> &str {
    match code {
        "ITA" => "it",
        "KOR" => "ko",
        "POL" => "pl",
        "POR" => "pt",
        "RUS" => "ru",
        "TUR" => "tr",
        code => code,
    }
}

fn language(code: &str, draft: &mut Draft) {
    if let Some(language) = Language::parse(code) {
        push(&mut draft.languages, language);
    }
}

fn remark(upper: &str, code: &str, draft: &mut Draft) {
    let words = match upper {
        "OPEN" => WORDS.get("O"),
        "CLOSED" => WORDS.get("C"),
        _ => WORDS.get(code).or_else(|| WORDS.get(upper)),
    };
    if let Ok(line) = Line::parse(&crate::scrub::scrub(words.map_or(code, String::as_str)).0) {
        push(&mut draft.remarks, line);
    }
}

fn push<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_codes_can_be_read() {
        assert_eq!(WORDS.get("O").map(String::as_str), Some("Open to anyone"));
        assert!(WORDS.len() > 40);
    }
}
