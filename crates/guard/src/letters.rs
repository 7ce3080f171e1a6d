//! Letters as they are compared: without case, accents and look-alikes; and words that sound or look nearly the same.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Adds a letter in the form in which it is compared: small, without accents, Latin where it looks it.
pub(crate) fn fold_into(folded: &mut String, c: char) {
    if c.is_ascii() {
        folded.push(c.to_ascii_lowercase());
        return;
    }
    for c in std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)) {
        for c in c.to_lowercase() {
            match c {
                'ß' => folded.push_str("ss"),
                'æ' => folded.push_str("ae"),
                'œ' => folded.push_str("oe"),
                'ł' => folded.push('l'),
                'đ' | 'ð' => folded.push('d'),
                'þ' => folded.push_str("th"),
                'ı' | 'і' | 'ι' => folded.push('i'),
                'а' | 'α' => folded.push('a'),
                'е' | 'ε' => folded.push('e'),
                'ø' | 'о' | 'ο' => folded.push('o'),
                'р' | 'ρ' => folded.push('p'),
                'с' => folded.push('c'),
                'у' => folded.push('y'),
                'х' => folded.push('x'),
                'ј' => folded.push('j'),
                'ѕ' => folded.push('s'),
                c if is_combining_mark(c) || is_unseen(c) => {}
                c => folded.push(digit(c).unwrap_or(c)),
            }
        }
    }
}

/// A letter or word with nothing but letters and digits left, folded.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let seen = text.chars().filter(|c| c.is_alphanumeric());
    seen.for_each(|c| fold_into(&mut folded, c));
    folded
}

/// Takes no room and belongs to the word in which it stands.
pub(crate) const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// A digit of Arabic script as one of ours; full-width ones are folded before.
const fn digit(c: char) -> Option<char> {
    let zero = match c {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        _ => return None,
    };
    char::from_digit(c as u32 - zero, 10)
}

/// Whether one word may be a slip of the pen for the other. Both are folded.
pub(crate) fn is_slip(word: &str, name: &str) -> bool {
    let (long, of) = (word.chars().count(), name.chars().count());
    if long < 3 || of < 3 || long.abs_diff(of) > 2 {
        return false;
    }
    if sound(word) == sound(name) {
        return true;
    }
    if of < 4 {
        return false;
    }
    let apart = strsim::osa_distance(word, name);
    let begins_the_same = word.chars().next() == name.chars().next();
    match of {
        4 => apart == 1 && begins_the_same && long >= 4,
        5 => apart == 1 && begins_the_same,
        6 | 7 => apart == 1 || (apart == 2 && begins_the_same && sounds_apart(word, name) <= 1),
        _ => apart == 1 || (apart == 2 && begins_the_same),
    }
}

fn sounds_apart(word: &str, name: &str) -> usize {
    strsim::osa_distance(&sound(word), &sound(name))
}

/// Whether two words sound the same: "Sarah" and "Sara", "Bryan" and "Brian", "Jenifer" and "Jennifer".
pub(crate) fn is_same_sound(word: &str, name: &str) -> bool {
    sound(word) == sound(name)
}

/// A word by its sound, coarsely: English and Spanish spellings of one sound become the same letters.
fn sound(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut sound = String::with_capacity(word.len());
    let mut at = 0;
    while let Some(&c) = letters.get(at) {
        let next = letters.get(at + 1).copied();
        let front = matches!(next, Some('e' | 'i' | 'y'));
        let (put, step) = match (c, next) {
            ('p', Some('h')) => ("f", 2),
            ('c', Some('k')) | ('q', Some('u')) => ("k", 2),
            ('c', Some('h')) => ("ch", 2),
            ('s', Some('h')) => ("sh", 2),
            ('t', Some('h')) => ("t", 2),
            ('i' | 'e' | 'a', Some('e' | 'y' | 'i')) => (if c == 'a' { "e" } else { "i" }, 2),
            ('o', Some('u')) => ("u", 2),
            ('c', _) if front => ("s", 1),
            ('g', _) if front => ("j", 1),
            ('c' | 'q', _) => ("k", 1),
            ('h', _) => ("", 1),
            ('y', _) => ("i", 1),
            ('z', _) => ("s", 1),
            ('x', _) if at == 0 => ("s", 1),
            ('x', _) => ("ks", 1),
            ('w', Some('h')) => ("w", 2),
            _ => {
                push(&mut sound, c);
                at += 1;
                continue;
            }
        };
        put.chars().for_each(|c| push(&mut sound, c));
        at += step;
    }
    if sound.len() > 3 && sound.ends_with('e') && !word.ends_with("ee") {
        sound.pop();
    }
    sound
}

/// A doubled letter sounds as one.
fn push(sound: &mut String, c: char) {
    if !sound.ends_with(c) {
        sound.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_compared_without_case_accents_and_look_alikes() {
        assert_eq!(fold("José"), "jose");
        assert_eq!(fold("Jose\u{301}"), "jose");
        assert_eq!(fold("O’Brien"), "obrien");
        assert_eq!(fold("М\u{430}rі\u{430}"), "мaria");
        assert_eq!(fold("Strauß Łukasz ＡＢ"), "strausslukaszab");
    }

    #[test]
    fn a_slip_is_near_in_letters_or_in_sound() {
        for (slip, name) in [
            ("sara", "sarah"),
            ("jenifer", "jennifer"),
            ("bryan", "brian"),
            ("micheal", "michael"),
            ("rebbeca", "rebecca"),
            ("kym", "kim"),
            ("stephany", "stephanie"),
            ("vasques", "vazquez"),
            ("mraia", "maria"),
        ] {
            assert!(is_slip(slip, name), "{slip} {name}");
        }
        for (other, name) in [
            ("dan", "dana"),
            ("mia", "ana"),
            ("carla", "marla"),
            ("kevin", "karen"),
        ] {
            assert!(!is_slip(other, name), "{other} {name}");
        }
    }
}
