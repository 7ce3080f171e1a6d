//! Takes secrets and contacts out of free text: join links, meeting ids, passcodes, mail addresses, phone numbers,
//! payment names. In doubt a whole sentence goes.

/// A sentence with one of these goes, in any case.
const SECRET_WORDS: [&str; 26] = [
    "://",
    "www.",
    "http",
    "zoom.us",
    ".com",
    "passcode",
    "pass code",
    "password",
    "passwd",
    "pwd",
    "meeting id",
    "zoom id",
    "mtg id",
    "webinar id",
    "meeting number",
    "access code",
    "pin:",
    "pin code",
    "dial-in",
    "dial in",
    "one tap",
    "venmo",
    "paypal",
    "zelle",
    "[number]",
    "[withheld]",
];
/// So many digits in a row, with only spaces and marks between, are a phone number, an id or a passcode.
const DIGITS: usize = 6;

/// The text without what must not be kept, and whether anything was taken out.
pub(crate) fn scrub(text: &str) -> (String, bool) {
    let (mut kept, mut taken) = (String::new(), false);
    let mut after_secret = false;
    for piece in pieces(text) {
        let secret = is_secret(piece) || (after_secret && is_remnant(piece));
        if secret {
            taken = true;
            if piece.ends_with('\n') && !kept.ends_with('\n') {
                kept.push('\n');
            }
        } else {
            kept.push_str(piece);
        }
        let announces = secret && piece.trim_end().ends_with([':', '=']);
        after_secret = announces || (after_secret && piece.trim().is_empty());
    }
    (kept.trim().to_owned(), taken)
}

/// A link that lets whoever has it into a meeting.
pub(crate) fn is_join_link(url: &str) -> bool {
    let small = url.to_ascii_lowercase();
    [
        "zoom.us",
        "meet.google.",
        "teams.microsoft.",
        "teams.live.",
        "webex.com",
        "jit.si",
        "pwd=",
        "freeconferencecall",
    ]
    .iter()
    .any(|host| small.contains(host))
}

/// Sentences and lines, each with what ends it.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest
            .char_indices()
            .zip(rest.chars().skip(1).map(Some).chain([None]))
            .find(|((_, c), next)| match c {
                '\n' | '|' => true,
                '.' | '!' | '?' | ';' => next.is_none_or(char::is_whitespace),
                _ => false,
            })
            .map_or(rest.len(), |((at, c), _)| at + c.len_utf8());
        let (piece, after) = rest.split_at(end);
        pieces.push(piece);
        rest = after;
    }
    pieces
}

fn is_secret(piece: &str) -> bool {
    names_a_secret(piece) || longest_digits(piece) >= DIGITS
}

/// Whether its words say that it holds one, whatever its digits are.
pub(crate) fn names_a_secret(piece: &str) -> bool {
    let small = piece.to_lowercase();
    SECRET_WORDS.iter().any(|word| small.contains(word)) || has_mail(&small)
}

/// A word such as name@example.org; not the "@" of "Tgif@Garden Grove".
fn has_mail(piece: &str) -> bool {
    let mail = |word: &str| {
        word.split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
    };
    piece.split_whitespace().any(mail)
}

/// What follows an announced secret and has hardly a word of its own is it: "Passcode:", then "tuna fish 4".
fn is_remnant(piece: &str) -> bool {
    let words = piece
        .split_whitespace()
        .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1);
    !piece.trim().is_empty() && words.count() < 4
}

/// The most digits with nothing but marks of a phone number between them.
fn longest_digits(piece: &str) -> usize {
    let (mut longest, mut here) = (0, 0);
    for c in piece.chars() {
        if c.is_numeric() {
            here += 1;
            longest = longest.max(here);
        } else if !" -.()+/#*:,\u{a0}\u{2010}\u{2011}\u{2013}".contains(c) {
            here = 0;
        }
    }
    longest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn secrets_go_and_the_rest_stays() {
        for (text, kept) in [
            (
                "North Door Basement. Open meeting 3rd Friday.",
                "North Door Basement. Open meeting 3rd Friday.",
            ),
            (
                "Zoom ID: 123 456 7890\npasscode: serenity\nAll are welcome.",
                "All are welcome.",
            ),
            (
                "Passcode:\ntuna4\nUse the side door on Elm Street.",
                "Use the side door on Elm Street.",
            ),
            (
                "Masks please. Join at https://us02web.zoom.us/j/1?pwd=x Bring a chair.",
                "Masks please.",
            ),
            ("Call Bob 714-555-0134. Parking behind.", "Parking behind."),
            ("Questions? bob@example.org", "Questions?"),
            (
                "Meets downstairs. Venmo the treasurer! Coffee at the break is shared.",
                "Meets downstairs. Coffee at the break is shared.",
            ),
            ("Tgif@Garden Grove Alano Club", "Tgif@Garden Grove Alano Club"),
            ("Zoom Into Sobriety", "Zoom Into Sobriety"),
            ("12 & 12 study, 7:00 to 8:15", "12 & 12 study, 7:00 to 8:15"),
        ] {
            assert_eq!(scrub(text).0.replace("  ", " "), kept, "{text}");
        }
    }

    proptest! {
        #[test]
        fn an_injected_secret_never_comes_out(
            before in "[a-z .\n]{0,60}",
            after in "[a-z .\n]{0,60}",
            secret in prop_oneof![
                "https://[a-z]{3,9}\\.zoom\\.us/j/[0-9]{9,11}",
                "[a-z]{2,8}@[a-z]{2,8}\\.org",
                "[2-9][0-9]{2}[-. ][0-9]{3}[-. ][0-9]{4}",
                "passcode [a-zA-Z0-9]{4,9}",
                "Meeting ID: [0-9]{3} [0-9]{4} [0-9]{4}",
            ],
        ) {
            let (kept, taken) = scrub(&format!("{before} {secret} {after}"));
            prop_assert!(taken);
            prop_assert!(!kept.contains(&secret), "{}", kept);
        }

        #[test]
        fn any_text_is_scrubbed_without_fail(text in "\\PC{0,300}") {
            let (kept, _) = scrub(&text);
            prop_assert!(longest_digits(&kept) < DIGITS || kept.lines().count() > 1 || kept.contains(['.', '|', '!', '?', ';']));
        }
    }
}
