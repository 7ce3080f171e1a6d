//! Reads the text format of MDGPLIB: a line with sizes and limits, then a line for each pair.

use super::Mdgp;

/// No larger than the largest of the library.
const ELEMENTS: usize = 3000;
const DECIMALS: u32 = 6;
/// No distance is larger, so that no sum is too large.
const DISTANCE: i64 = 1_000_000_000;

/// What is wrong with an instance.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MdgpError {
    #[error("line {line}: {what}")]
    Line { line: usize, what: String },
    #[error("the distance of {0} and {1} is missing; add its line")]
    Missing(usize, usize),
    #[error(
        "no grouping keeps the limits: the groups take {least} to {most} elements, and there are {elements}"
    )]
    Limits {
        elements: usize,
        least: usize,
        most: usize,
    },
}

fn wrong(line: usize, what: impl Into<String>) -> MdgpError {
    MdgpError::Line {
        line,
        what: what.into(),
    }
}

impl Mdgp {
    pub fn read(text: &str) -> Result<Self, MdgpError> {
        let mut lines = text
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line.trim()))
            .filter(|(_, line)| !line.is_empty());
        let (at, first) = lines.next().ok_or_else(|| wrong(1, "the file is empty"))?;
        let (elements, limits) = header(at, first)?;
        // Memory is taken only for what is there: a line for a pair is six bytes at least.
        let pairs = elements * (elements - 1) / 2;
        if text.len() < pairs * 6 {
            return Err(wrong(
                at,
                format!("says {elements} elements; the file has not the {pairs} distances between them"),
            ));
        }
        let mut found: Vec<Option<(i64, u32)>> = vec![None; elements * elements];
        for (at, line) in lines {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [one, other, distance] = words.as_slice() else {
                return Err(wrong(at, "must be two elements and their distance"));
            };
            let element = |text: &str| {
                let number = text.parse::<usize>().ok().filter(|number| *number < elements);
                number.ok_or_else(|| {
                    wrong(
                        at,
                        format!("{text}: must be an element from 0 to {}", elements - 1),
                    )
                })
            };
            let (one, other) = (element(one)?, element(other)?);
            if one == other {
                return Err(wrong(at, "an element has no distance to itself"));
            }
            let distance = decimal(distance).ok_or_else(|| {
                wrong(
                    at,
                    format!("{distance}: must be a number below {DISTANCE} with {DECIMALS} decimals at most"),
                )
            })?;
            for cell in [one * elements + other, other * elements + one] {
                if found[cell].is_some() {
                    return Err(wrong(
                        at,
                        format!("the distance of {one} and {other} stands twice"),
                    ));
                }
                found[cell] = Some(distance);
            }
        }
        let decimals = found
            .iter()
            .flatten()
            .map(|(_, decimals)| *decimals)
            .max()
            .unwrap_or(0);
        let mut distances = vec![0; elements * elements];
        for one in 0..elements {
            for other in (0..elements).filter(|other| *other != one) {
                let cell = one * elements + other;
                let (number, own) = found[cell].ok_or(MdgpError::Missing(one.min(other), one.max(other)))?;
                distances[cell] = number * 10_i64.pow(decimals - own);
            }
        }
        Ok(Self {
            elements,
            limits,
            distances,
            decimals,
        })
    }
}

fn header(at: usize, line: &str) -> Result<(usize, Vec<(usize, usize)>), MdgpError> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let number = |text: &&str, most: usize| {
        let number = text.parse::<usize>().ok().filter(|number| *number <= most);
        number.ok_or_else(|| wrong(at, format!("{text}: must be a whole number, {most} at most")))
    };
    let [elements, groups, kind, limits @ ..] = words.as_slice() else {
        return Err(wrong(
            at,
            "must be: elements, groups, ss or ds, and the limits of each group",
        ));
    };
    let elements = number(elements, ELEMENTS)?;
    let groups = number(groups, elements)?;
    if !["ss", "ds"].contains(kind) {
        return Err(wrong(
            at,
            format!("{kind}: must be ss (groups of one size) or ds (of different sizes)"),
        ));
    }
    if elements == 0 || groups == 0 || limits.len() != 2 * groups {
        return Err(wrong(
            at,
            format!("must have a lower and an upper limit for each of {groups} groups, one at least"),
        ));
    }
    let limits: Vec<usize> = limits
        .iter()
        .map(|text| number(text, elements))
        .collect::<Result<_, _>>()?;
    let limits: Vec<(usize, usize)> = limits.chunks(2).map(|pair| (pair[0], pair[1])).collect();
    if limits.iter().any(|(least, most)| least > most) {
        return Err(wrong(at, "a lower limit is above its upper limit"));
    }
    let (least, most) = limits
        .iter()
        .fold((0, 0), |sum, limit| (sum.0 + limit.0, sum.1 + limit.1));
    if !(least..=most).contains(&elements) {
        return Err(MdgpError::Limits {
            elements,
            least,
            most,
        });
    }
    Ok((elements, limits))
}

/// "130.27" is 13027 with 2 decimals.
fn decimal(text: &str) -> Option<(i64, u32)> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part = part.trim_end_matches('0');
    let decimals = u32::try_from(part.len())
        .ok()
        .filter(|decimals| *decimals <= DECIMALS)?;
    let all = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    if whole.is_empty() || !all(whole) || !all(part) {
        return None;
    }
    let whole: i64 = whole.parse().ok().filter(|whole| *whole < DISTANCE)?;
    let part: i64 = if part.is_empty() { 0 } else { part.parse().ok()? };
    Some((sign * (whole * 10_i64.pow(decimals) + part), decimals))
}
