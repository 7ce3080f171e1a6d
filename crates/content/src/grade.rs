//! How hard a text is to read: the grade of Flesch and Kincaid (Kincaid et al. 1975).
//!
//! 0.39 × words a sentence + 11.8 × syllables a word − 15.59. Syllables are counted by groups of vowels, which is right for
//! most English words; the figure is for a report, not for a verdict about one text.

/// The US school grade of a text in Markdown; `None` when it has no words.
#[expect(clippy::cast_precision_loss, reason = "texts are short")]
pub fn grade(text: &str) -> Option<f64> {
    let plain = plain(text);
    let sentences = plain
        .split(['.', '?', '!', '\n'])
        .filter(|sentence| sentence.split_whitespace().any(is_word))
        .count();
    let words: Vec<&str> = plain.split_whitespace().filter(|word| is_word(word)).collect();
    if words.is_empty() || sentences == 0 {
        return None;
    }
    let count = words.len() as f64;
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    Some(0.39 * (count / sentences as f64) + 11.8 * (syllables as f64 / count) - 15.59)
}

/// The words of a text in Markdown.
pub fn words(text: &str) -> usize {
    plain(text)
        .split_whitespace()
        .filter(|word| is_word(word))
        .count()
}

/// Without the addresses of links and without marks.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        plain.push_str(before);
        rest = after.split_once(')').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain.replace(['*', '#', '[', ']', '|', '>', '`'], " ")
}

fn is_word(word: &str) -> bool {
    word.chars().any(char::is_alphabetic)
}

fn syllables(word: &str) -> usize {
    let letters: Vec<char> = word
        .chars()
        .filter(|c| c.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    let vowel = |c: &char| "aeiouyáéíóú".contains(*c);
    let mut count = 0;
    for (at, letter) in letters.iter().enumerate() {
        if vowel(letter) && (at == 0 || !vowel(&letters[at - 1])) {
            count += 1;
        }
    }
    let silent = letters.len() > 2
        && letters.last() == Some(&'e')
        && letters.get(letters.len() - 2) != Some(&'l')
        && !vowel(&letters[letters.len() - 2]);
    let ed =
        letters.ends_with(&['e', 'd']) && letters.len() > 3 && !"td".contains(letters[letters.len() - 3]);
    if (silent || ed) && count > 1 {
        count -= 1;
    }
    count.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted() {
        for (word, count) in [
            ("group", 1),
            ("therapy", 3),
            ("people", 2),
            ("name", 1),
            ("asked", 1),
            ("wanted", 2),
        ] {
            assert_eq!(syllables(word), count, "{word}");
        }
    }

    #[test]
    fn short_words_in_short_sentences_read_easily() {
        let easy = grade("You may just listen. You can go when you like.").unwrap();
        let hard =
            grade("Psychotherapeutic interventions necessitate comprehensive multidisciplinary evaluation.")
                .unwrap();
        assert!(easy < 3.0 && hard > 12.0, "{easy} {hard}");
        assert_eq!(grade("…"), None);
    }
}
