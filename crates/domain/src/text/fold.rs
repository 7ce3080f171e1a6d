//! Text as it is compared: small letters without accents, words apart.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a text, folded: "São  Paulo!" is "sao", "paulo".
pub fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    if text.is_ascii() {
        // Most texts have nothing to take apart, and the tables of Unicode are slow.
        text.chars().for_each(|c| put(&mut words, c));
    } else {
        let letters = text.nfkd().filter(|c| !is_combining_mark(*c));
        letters.for_each(|c| put(&mut words, c));
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Adds a letter to the last word, or begins another one.
fn put(words: &mut Vec<String>, c: char) {
    match c {
        'ß' => push(words, "ss"),
        'ø' | 'Ø' => push(words, "o"),
        'æ' | 'Æ' => push(words, "ae"),
        'ł' | 'Ł' => push(words, "l"),
        'ı' => push(words, "i"),
        '\'' | '’' | '.' => {}
        c if c.is_alphanumeric() => c
            .to_lowercase()
            .for_each(|c| push(words, c.encode_utf8(&mut [0; 4]))),
        _ => words.push(String::new()),
    }
}

fn push(words: &mut [String], letters: &str) {
    if let Some(word) = words.last_mut() {
        word.push_str(letters);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_do_not_matter() {
        assert_eq!(words("  São-Paulo, Zürich!"), ["sao", "paulo", "zurich"]);
        assert_eq!(words("Parents' A.A. Straße"), ["parents", "aa", "strasse"]);
        assert_eq!(words("🙂"), Vec::<String>::new());
    }
}
