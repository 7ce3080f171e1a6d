//! Phone numbers and mail addresses, however they are spelled.

use crate::letters::fold;
use crate::lexicon::{Ordinary, ordinary};
use crate::marking::{Confidence, Found, Guard, Why};
use crate::roster::{Part, Person};
use crate::words::{Shape, Text};

#[derive(Debug)]
pub(crate) struct Contacts {
    /// Digits, and whose.
    phones: Vec<(String, usize)>,
    mails: Vec<Mail>,
}

#[derive(Debug)]
struct Mail {
    local: String,
    domain: String,
    /// Whether its first part tells someone by itself.
    telling: bool,
    who: usize,
}

/// The fewest digits of a number that tell it.
const LEAST_DIGITS: usize = 7;

impl Contacts {
    pub(crate) fn of(people: &[Person]) -> Self {
        let mut contacts = Self {
            phones: Vec::new(),
            mails: Vec::new(),
        };
        for (who, person) in people.iter().enumerate() {
            let phones = person.phones.iter().map(|phone| {
                let digits: String = fold(phone).chars().filter(char::is_ascii_digit).collect();
                (digits, who)
            });
            contacts
                .phones
                .extend(phones.filter(|(digits, _)| digits.len() >= LEAST_DIGITS));
            contacts.mails.extend(person.mails.iter().filter_map(|mail| {
                let (first, domain) = mail.rsplit_once('@')?;
                let local = fold(first);
                let numbered = local.bytes().any(|b| b.is_ascii_digit());
                let telling = local.len() > 4
                    && (numbered || first.contains(['.', '_', '-']) || ordinary(&local) == Ordinary::No);
                Some(Mail {
                    local,
                    domain: fold(domain),
                    telling,
                    who,
                })
            }));
        }
        contacts
    }

    pub(crate) fn find(&self, guard: &Guard, text: &Text<'_>, part: Part, found: &mut Vec<Found>) {
        let mut put = |from: usize, to: usize, who: Vec<usize>, why, confidence| {
            found.push(Found {
                range: text.words[from].range.start..text.words[to - 1].range.end,
                who: guard.told(who, part),
                why,
                confidence,
            });
        };
        for run in runs(text) {
            let hits = self
                .phones
                .iter()
                .filter_map(|(phone, who)| Some((run.holds(phone, text)?, *who)));
            let hits: Vec<_> = hits.collect();
            let Some(most) = hits.iter().map(|((from, to), _)| to - from).max() else {
                continue;
            };
            let longest: Vec<_> = hits
                .into_iter()
                .filter(|((from, to), _)| to - from == most)
                .collect();
            let (from, to) = longest[0].0;
            put(
                from,
                to,
                longest.iter().map(|hit| hit.1).collect(),
                Why::Phone,
                Confidence::Sure,
            );
        }
        for at in 0..text.words.len() {
            for mail in &self.mails {
                if let Some((to, confidence)) = mail.at(text, at) {
                    put(at, to, vec![mail.who], Why::Mail, confidence);
                }
            }
        }
    }
}

/// Digits that stand together, and the word of each.
struct Run {
    digits: String,
    words: Vec<usize>,
}

fn runs(text: &Text<'_>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut last = None;
    for (at, word) in text.words.iter().enumerate() {
        let Some(digits) = digits(word.shape, &word.folded) else {
            continue;
        };
        let gap = text.gap(at);
        let close = gap.chars().count() <= 3 && gap.chars().all(|c| " ()-./+–—‑·,".contains(c));
        let goes_on = last.is_some_and(|last| last + 1 == at) && close;
        if !goes_on {
            runs.push(Run {
                digits: String::new(),
                words: Vec::new(),
            });
        }
        if let Some(run) = runs.last_mut() {
            run.words.extend(std::iter::repeat_n(at, digits.len()));
            run.digits.push_str(digits);
        }
        last = Some(at);
    }
    runs
}

/// The digits of a word: as figures, or spelled out.
fn digits(shape: Shape, folded: &str) -> Option<&str> {
    if shape == Shape::Digits {
        return folded.bytes().all(|b| b.is_ascii_digit()).then_some(folded);
    }
    Some(match folded {
        "zero" | "oh" | "o" | "cero" => "0",
        "one" | "uno" => "1",
        "two" | "dos" => "2",
        "three" | "tres" => "3",
        "four" | "cuatro" => "4",
        "five" | "cinco" => "5",
        "six" | "seis" => "6",
        "seven" | "siete" => "7",
        "eight" | "ocho" => "8",
        "nine" | "nueve" => "9",
        _ => return None,
    })
}

impl Run {
    /// The words that hold the longest end of a phone number, of at least seven digits; or its last four where that is said.
    fn holds(&self, phone: &str, text: &Text<'_>) -> Option<(usize, usize)> {
        let mut ends = (LEAST_DIGITS..=phone.len()).rev();
        let whole = ends.find_map(|length| {
            let end = &phone[phone.len() - length..];
            Some((self.digits.find(end)?, length))
        });
        let (from, length) = whole.or_else(|| {
            let ending = phone.ends_with(&self.digits) && self.digits.len() == 4;
            let first = *self.words.first()?;
            let said = (first.saturating_sub(4)..first).any(|at| {
                matches!(
                    text.words[at].folded.as_str(),
                    "ending" | "ends" | "last" | "digits"
                )
            });
            (ending && said).then_some((0, 4))
        })?;
        Some((self.words[from], self.words[from + length - 1] + 1))
    }
}

impl Mail {
    /// Where it ends if it begins at this word: all of it, or as much as tells it.
    fn at(&self, text: &Text<'_>, at: usize) -> Option<(usize, Confidence)> {
        let local = spelled(text, at, &self.local)?;
        let alone = || self.telling.then_some((local, Confidence::Likely));
        let gap = text.gap(local);
        let domain = if gap.contains('@') {
            local
        } else {
            let word = text
                .get(local)
                .filter(|word| matches!(word.folded.as_str(), "at" | "arroba"));
            if word.is_none() || gap.contains(['.', '\n']) {
                return alone();
            }
            local + 1
        };
        match spelled(text, domain, &self.domain) {
            Some(to) => Some((to, Confidence::Sure)),
            None => alone(),
        }
    }
}

/// Where letters end that are spelled by the words from here, with points that may be words.
fn spelled(text: &Text<'_>, at: usize, letters: &str) -> Option<usize> {
    let mut rest = letters;
    let mut to = at;
    while !rest.is_empty() {
        let word = text.get(to)?;
        let near = || {
            let gap = text.gap(to);
            gap.chars().count() <= 3 && !gap.contains(['\n', ',', ';'])
        };
        if to > at && !near() {
            return None;
        }
        match rest.strip_prefix(word.folded.as_str()) {
            Some(left) => rest = left,
            None if to > at
                && matches!(
                    word.folded.as_str(),
                    "dot" | "punto" | "underscore" | "dash" | "hyphen"
                ) => {}
            None => return None,
        }
        to += 1;
    }
    Some(to)
}
