//! A text that two changed at once, put together so that no word of either is lost.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Tokens of the base from `start` to `end`, and what stands in their place.
struct Change<'a> {
    start: usize,
    end: usize,
    by: &'a [&'a str],
}

/// The text with both changes, and whether both changed the same place: there theirs stands first, and mine on a line below.
pub(super) fn merge(base: &str, theirs: &str, mine: &str) -> (String, bool) {
    if theirs == mine || mine == base {
        return (theirs.to_owned(), false);
    }
    if theirs == base {
        return (mine.to_owned(), false);
    }
    let (base, theirs, mine) = (tokens(base), tokens(theirs), tokens(mine));
    let (theirs, mine) = (changes(&base, &theirs), changes(&base, &mine));
    let (mut merged, mut both, mut at) = (String::new(), false, 0);
    let (mut left, mut right) = (&theirs[..], &mine[..]);
    while let Some((start, end)) = next(left, right) {
        let (here_left, rest_left) = left.split_at(left.iter().take_while(|one| one.start <= end).count());
        let (here_right, rest_right) =
            right.split_at(right.iter().take_while(|one| one.start <= end).count());
        merged.extend(base[at..start].iter().copied());
        let (one, other) = (
            applied(&base, start, end, here_left),
            applied(&base, start, end, here_right),
        );
        if here_right.is_empty() || one == other {
            merged.push_str(&one);
        } else if here_left.is_empty() {
            merged.push_str(&other);
        } else {
            both = true;
            merged.push_str(one.trim_end());
            merged.push('\n');
            merged.push_str(other.trim_start());
        }
        (left, right, at) = (rest_left, rest_right, end);
    }
    merged.extend(base[at..].iter().copied());
    (merged, both)
}

/// The first place of the base that either changes, as far as changes that touch each other go.
fn next(left: &[Change<'_>], right: &[Change<'_>]) -> Option<(usize, usize)> {
    let all = || left.iter().chain(right);
    let start = all().map(|one| one.start).min()?;
    let mut end = start;
    loop {
        let touched = all().filter(|one| one.start <= end).map(|one| one.end).max()?;
        if touched <= end {
            return Some((start, end));
        }
        end = touched;
    }
}

/// A place of the base with the changes of one of the two.
fn applied(base: &[&str], start: usize, end: usize, changes: &[Change<'_>]) -> String {
    let (mut text, mut at) = (String::new(), start);
    for change in changes {
        text.extend(base[at..change.start].iter().copied());
        text.extend(change.by.iter().copied());
        at = change.end;
    }
    text.extend(base[at..end].iter().copied());
    text
}

fn changes<'a>(base: &[&str], text: &'a [&'a str]) -> Vec<Change<'a>> {
    let ops = capture_diff_slices(Algorithm::Myers, base, text);
    let change = |op: &DiffOp| {
        let (_, old, new) = op.as_tag_tuple();
        Change {
            start: old.start,
            end: old.end,
            by: &text[new],
        }
    };
    ops.iter()
        .filter(|op| !matches!(op, DiffOp::Equal { .. }))
        .map(change)
        .collect()
}

/// Words and what stands between them, in order; together they are the text.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let same = |c: char| c.is_whitespace() != first.is_whitespace();
        let end = rest.find(same).unwrap_or(rest.len());
        tokens.push(&rest[..end]);
        rest = &rest[end..];
    }
    tokens
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<&str> {
        text.split_whitespace().collect()
    }

    #[test]
    fn changes_apart_are_both_made() {
        let merged = merge("a b c d e", "a x c d e", "a b c d e f");
        assert_eq!(merged, ("a x c d e f".to_owned(), false));
        assert_eq!(merge("a b", "a b", "a"), ("a".to_owned(), false));
        assert_eq!(merge("", "one", "two"), ("one\ntwo".to_owned(), true));
        assert_eq!(merge("a b c", "a c", "a c"), ("a c".to_owned(), false));
    }

    proptest! {
        /// Words are drawn so that those each of the two adds are their own.
        #[test]
        fn no_word_that_either_added_is_lost(
            base in "[a-e ]{0,30}",
            theirs in "[a-e ]{0,20}[m-q ]{0,10}[a-e ]{0,10}",
            mine in "[a-e ]{0,20}[v-z ]{0,10}[a-e ]{0,10}",
        ) {
            let (merged, _) = merge(&base, &theirs, &mine);
            let (had, now) = (words(&base), words(&merged));
            for added in words(&theirs).into_iter().chain(words(&mine)) {
                prop_assert!(had.contains(&added) || now.contains(&added), "{added} of {theirs:?} and {mine:?} is not in {merged:?}");
            }
        }

        #[test]
        fn who_writes_alone_has_their_text(base in "[a-c \n]{0,30}", text in "[a-f \n]{0,30}") {
            prop_assert_eq!(merge(&base, &text, &base), (text.clone(), false));
            prop_assert_eq!(merge(&base, &base, &text), (text, false));
        }
    }
}
