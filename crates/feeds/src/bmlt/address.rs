//! An address on one line, and the same in the fields of a meeting.

/// What the fields say; empty is nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub street: String,
    pub town: String,
    pub province: String,
    pub postal: String,
    pub nation: String,
}

impl Parts {
    /// On one line. A street that names its town already is not followed by it again.
    pub(super) fn line(&self) -> String {
        let region = [self.province.as_str(), &self.postal];
        let region = region.into_iter().filter(|part| !part.is_empty());
        let region = region.collect::<Vec<_>>().join(" ");
        let mut named = self.street.split(", ").skip(1);
        let town = if named.any(|part| part.trim() == self.town) {
            ""
        } else {
            &self.town
        };
        let parts = [self.street.as_str(), town, &region, &self.nation];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(", ")
    }

    /// The parts of a line that is read back as it is: by its town, a region such as "OH 44113" and a nation; what is
    /// written otherwise is a street as a whole.
    pub(super) fn of(line: &str, town: Option<&str>) -> Self {
        let whole = Self {
            street: line.to_owned(),
            town: town.unwrap_or_default().to_owned(),
            ..Self::default()
        };
        let split = apart(line, town.unwrap_or_default());
        split.filter(|parts| parts.line() == line).unwrap_or(whole)
    }
}

fn apart(line: &str, town: &str) -> Option<Parts> {
    let mut pieces: Vec<&str> = line.split(", ").collect();
    let mut parts = Parts {
        town: town.to_owned(),
        ..Parts::default()
    };
    if let [_, .., before, last] = pieces.as_slice()
        && is_words(last)
        && region(last).is_none()
        && (region(before).is_some() || (*before == town && *last != town))
    {
        (*last).clone_into(&mut parts.nation);
        pieces.pop();
    }
    let last = *pieces.last()?;
    if pieces.len() > 1
        && last != town
        && let Some((province, postal)) = region(last)
    {
        (parts.province, parts.postal) = (province, postal);
        pieces.pop();
    }
    if !town.is_empty() {
        if pieces.len() < 2 || *pieces.last()? != town {
            return None;
        }
        pieces.pop();
    }
    parts.street = pieces.join(", ");
    Some(parts)
}

/// "OH 44113", "OH", "44113", "AB T5J 0N3".
fn region(piece: &str) -> Option<(String, String)> {
    let words: Vec<&str> = piece.split(' ').collect();
    let digits = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    let at = words.iter().position(|word| digits(word)).unwrap_or(words.len());
    let (province, postal) = words.split_at(at);
    let letters = |word: &str, most: usize| {
        (2..=most).contains(&word.len()) && word.chars().all(|c| c.is_ascii_uppercase())
    };
    let code = postal.len() <= 2 && postal.iter().all(|word| word.len() >= 3 && digits(word));
    let fits = match (province, postal) {
        ([one], []) => letters(one, 2),
        ([], [_, ..]) => code,
        ([one], [_, ..]) => code && letters(one, 3),
        _ => false,
    };
    fits.then(|| (province.join(" "), postal.join(" ")))
}

fn is_words(piece: &str) -> bool {
    !piece.contains(|c: char| c.is_ascii_digit()) && piece.split(' ').count() <= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_back_as_it_was() {
        for (line, town, parts) in [
            (
                "12 Elm St, Akron, OH 44301, USA",
                Some("Akron"),
                ["12 Elm St", "Akron", "OH", "44301", "USA"],
            ),
            (
                "1 Main, Rear, Troy, NY",
                Some("Troy"),
                ["1 Main, Rear", "Troy", "NY", "", ""],
            ),
            (
                "9 Jasper Ave, Edmonton, AB T5J 0N3, Canada",
                Some("Edmonton"),
                ["9 Jasper Ave", "Edmonton", "AB", "T5J 0N3", "Canada"],
            ),
            ("3 Elm St, OH 44301", None, ["3 Elm St", "", "OH", "44301", ""]),
            (
                "Bahnhofstr. 1, 8001 Zürich, Switzerland",
                None,
                ["Bahnhofstr. 1, 8001 Zürich, Switzerland", "", "", "", ""],
            ),
        ] {
            let read = Parts::of(line, town);
            assert_eq!(
                [
                    &read.street,
                    &read.town,
                    &read.province,
                    &read.postal,
                    &read.nation
                ],
                parts.each_ref()
            );
            assert_eq!(read.line(), line);
        }
    }

    #[test]
    fn a_town_that_the_street_names_is_not_written_twice() {
        let whole = Parts::of("12 Elm St, Akron, near the lake 5", Some("Akron"));
        assert_eq!(
            (whole.street.as_str(), whole.line().as_str()),
            (
                "12 Elm St, Akron, near the lake 5",
                "12 Elm St, Akron, near the lake 5"
            )
        );
        let street = Parts {
            street: "9 New York Ave".into(),
            town: "New York".into(),
            ..Parts::default()
        };
        assert_eq!(street.line(), "9 New York Ave, New York");
    }
}
