//! Formats: what meetings are, by number and key.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::write::number;

/// A format as `GetFormats` says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Format {
    /// Its number on this server: `id` and `format_shared_id_list`.
    pub id: u64,
    pub key: String,
    pub name: String,
    /// Its id for the world; empty for what only this server has.
    pub world_id: &'static str,
    /// `format_type_enum`.
    pub kind: &'static str,
}

/// The key of a meeting that is online only.
pub(super) const VIRTUAL: &str = "Virtual Meeting";
pub(super) const HYBRID: &str = "Hybrid Meeting";
pub(super) const CLOSED_HOUSE: &str = "Temporarily Closed Facility";

/// Numbers below are those of [`EVERYWHERE`].
const OWN_FROM: u64 = 1_000;
/// Numbers of our own fit into 32 bits.
const OWN: u64 = 2_000_000_000;
const MOST_OF_KEY: usize = 5;

impl Format {
    /// The formats of these names, by name; the same name has the same number in every export.
    pub(super) fn all<'a>(names: impl Iterator<Item = &'a str>) -> BTreeMap<String, Self> {
        let names: BTreeSet<&str> = names.collect();
        let mut formats: BTreeMap<String, Self> = BTreeMap::new();
        for (id, key, name, world_id, kind) in EVERYWHERE {
            if names.contains(name) {
                let (key, name) = (key.to_owned(), name.to_owned());
                let format = Self {
                    id,
                    key,
                    name: name.clone(),
                    world_id,
                    kind,
                };
                formats.insert(name, format);
            }
        }
        let mut ids = HashSet::new();
        let mut keys: HashSet<String> = EVERYWHERE.iter().map(|known| known.1.to_uppercase()).collect();
        for name in names {
            if formats.contains_key(name) {
                continue;
            }
            let id = number(name, OWN_FROM..OWN, &mut ids);
            let key = key(name, &mut keys);
            let name = name.to_owned();
            let format = Self {
                id,
                key,
                name: name.clone(),
                world_id: "",
                kind: "FC1",
            };
            formats.insert(name, format);
        }
        formats
    }
}

/// A short key: the first letters of its words, with a number where others have them too.
fn key(name: &str, taken: &mut HashSet<String>) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let letters = words.filter_map(|word| word.chars().next());
    let letters: String = letters.take(MOST_OF_KEY).collect::<String>().to_uppercase();
    let stem = if letters.is_empty() { "F" } else { &letters };
    let mut key = stem.to_owned();
    for n in 2.. {
        if taken.insert(key.clone()) {
            break;
        }
        key = format!("{stem}{n}");
    }
    key
}

/// The formats that every server is installed with: number, key, name, id for the world, type.
const EVERYWHERE: [(u64, &str, &str, &str, &str); 54] = [
    (1, "B", "Beginners", "BEG", "FC3"),
    (2, "BL", "Bi-Lingual", "LANG", "LANG"),
    (3, "BT", "Basic Text", "BT", "FC1"),
    (4, "C", "Closed", "CLOSED", "O"),
    (5, "CH", "Closed Holidays", "CH", "FC3"),
    (6, "CL", "Candlelight", "CAN", "FC2"),
    (7, "CS", "Children under Supervision", "", "FC3"),
    (8, "D", "Discussion", "DISC", "FC1"),
    (9, "ES", "Español", "LANG", "LANG"),
    (10, "GL", "Gay/Lesbian/Transgender", "GL", "FC3"),
    (11, "IL", "Illness", "", "FC1"),
    (12, "IP", "Informational Pamphlet", "IP", "FC1"),
    (13, "IW", "It Works -How and Why", "IW", "FC1"),
    (14, "JT", "Just for Today", "JFT", "FC1"),
    (15, "M", "Men", "M", "FC3"),
    (16, "NC", "No Children", "NC", "FC3"),
    (17, "O", "Open", "OPEN", "O"),
    (18, "Pi", "Pitch", "", "FC1"),
    (19, "RF", "Rotating Format", "VAR", "FC1"),
    (20, "Rr", "Round Robin", "", "FC1"),
    (21, "SC", "Security Cameras", "", "FC2"),
    (22, "SD", "Speaker/Discussion", "S-D", "FC1"),
    (23, "SG", "Step Working Guide", "SWG", "FC1"),
    (24, "SL", "ASL", "", "FC2"),
    (26, "So", "Speaker Only", "SPK", "FC1"),
    (27, "St", "Step", "STEP", "FC1"),
    (28, "Ti", "Timer", "", "FC1"),
    (29, "To", "Topic", "TOP", "FC1"),
    (30, "Tr", "Tradition", "TRAD", "FC1"),
    (31, "TW", "Traditions Workshop", "TRAD", "FC1"),
    (32, "W", "Women", "W", "FC3"),
    (33, "WC", "Wheelchair", "WCHR", "FC2"),
    (34, "YP", "Young People", "Y", "FC3"),
    (35, "OE", "Open-Ended", "", "FC1"),
    (36, "BK", "Book Study", "LIT", "FC1"),
    (37, "NS", "No Smoking", "NS", "FC1"),
    (38, "Ag", "Agnostic", "", "FC1"),
    (39, "FD", "Five and Dime", "", "FC1"),
    (40, "AB", "Ask-It-Basket", "QA", "FC1"),
    (41, "ME", "Meditation", "MED", "FC1"),
    (42, "RA", "Restricted Attendance", "RA", "FC3"),
    (43, "QA", "Question and Answer", "QA", "FC1"),
    (44, "CW", "Children Welcome", "CW", "FC3"),
    (45, "CP", "Concepts", "CPT", "FC1"),
    (46, "FIN", "Finnish", "LANG", "LANG"),
    (47, "ENG", "English speaking", "LANG", "LANG"),
    (48, "PER", "Persian", "LANG", "LANG"),
    (49, "L/R", "Lithuanian/Russian", "LANG", "LANG"),
    (51, "LC", "Living Clean", "LC", "FC1"),
    (52, "GP", "Guiding Principles", "GP", "FC1"),
    (54, "VM", VIRTUAL, "VM", "FC2"),
    (55, "TC", CLOSED_HOUSE, "TC", "FC2"),
    (56, "HY", HYBRID, "HYBR", "FC2"),
    (57, "SPAD", "A Spiritual Principle a Day", "SPAD", "FC1"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_its_number_in_every_export_and_no_key_is_there_twice() {
        let few = Format::all(["Candlelight", "Tea and Talk"].into_iter());
        let many =
            Format::all(["Tea and Talk", "Tall and Tiny", "Candlelight", "Open", "Oh", "木"].into_iter());
        assert_eq!(few["Candlelight"].id, 6);
        assert_eq!(few["Tea and Talk"].id, many["Tea and Talk"].id);
        assert!(few["Tea and Talk"].id >= OWN_FROM);
        let keys: HashSet<String> = many.values().map(|format| format.key.to_uppercase()).collect();
        assert_eq!(keys.len(), many.len(), "{keys:?}");
    }

    #[test]
    fn the_formats_of_every_server_are_there_once() {
        let ids: HashSet<u64> = EVERYWHERE.iter().map(|known| known.0).collect();
        let keys: HashSet<String> = EVERYWHERE.iter().map(|known| known.1.to_uppercase()).collect();
        assert_eq!((ids.len(), keys.len()), (EVERYWHERE.len(), EVERYWHERE.len()));
    }
}
