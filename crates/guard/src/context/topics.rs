//! Whether a feeling or a subject of talk is what acts: "Hope was named", "Hope gave her strength".

use super::Spot;
use crate::lexicon::{BETWEEN, CARRYING, FILLERS, GIFTS, OBJECTS, TANGIBLE, TOPICAL};

impl Spot<'_> {
    /// "Hope was named", "Faith explored as a theme", "Joy was present in the room".
    pub(super) fn is_topic(&self, verb: usize) -> bool {
        let text = self.text;
        let word = |at: usize| {
            text.get(at)
                .filter(|word| !word.opens)
                .map(|word| word.folded.as_str())
        };
        let goes = |at: usize| {
            let ended = word(at).is_none() || text.gap(at).starts_with([',', ';', '.', '(']);
            ended
                || word(at).is_some_and(|next| {
                    matches!(
                        next,
                        "as" | "in"
                            | "by"
                            | "during"
                            | "throughout"
                            | "and"
                            | "with"
                            | "through"
                            | "using"
                            | "among"
                    )
                })
        };
        let first = text.words[verb].folded.as_str();
        if matches!(first, "was" | "is" | "has" | "were") {
            let mut at = verb + 1;
            while word(at)
                .is_some_and(|word| FILLERS.contains(word) || word.ends_with("ly") || BETWEEN.contains(word))
            {
                at += 1;
            }
            let absent =
                word(at).is_some_and(|word| matches!(word, "present" | "absent" | "there" | "here" | "back"));
            let within =
                word(at + 1).is_some_and(|word| matches!(word, "in" | "throughout" | "among" | "for"));
            let led = text.gap(at + 1).contains([',', ';']);
            return word(at).is_some_and(|word| TOPICAL.contains(word)) || (absent && within && !led);
        }
        let topical =
            TOPICAL.contains(first) && !matches!(first, "shared" | "talked" | "wanted" | "returned" | "read");
        if topical
            && first != "felt"
            && goes(verb + 1)
            && (word(verb + 1).is_some_and(|next| next != "and")
                || !matches!(first, "explained" | "described" | "offered"))
        {
            // "Grace reported." tells what somebody did only where it says more.
            return true;
        }
        if matches!(first, "made" | "given" | "found" | "lost" | "kept") && goes(verb + 1) {
            return true;
        }
        first == "felt"
            && word(verb + 1).is_some_and(|next| {
                matches!(
                    next,
                    "long"
                        | "endless"
                        | "strange"
                        | "different"
                        | "empty"
                        | "far"
                        | "impossible"
                        | "distant"
                        | "possible"
                        | "like"
                        | "out"
                        | "short"
                        | "fake"
                )
            })
    }

    /// "Hope gave her strength": a verb right before those whom a feeling carries.
    pub(super) fn works_on(&self, verb: usize) -> bool {
        let word = |at: usize| {
            self.text
                .get(at)
                .filter(|word| !word.opens)
                .map(|word| word.folded.as_str())
        };
        if !CARRYING.contains(self.text.words[verb].folded.as_str()) {
            return false;
        }
        // "Joy showed her diary card": what people have in their hands.
        if (verb + 1..verb + 7)
            .map_while(word)
            .any(|word| TANGIBLE.contains(word))
        {
            return false;
        }
        let object = word(verb + 1);
        let whole = object != Some("her") || word(verb + 2).is_none_or(|word| GIFTS.contains(word));
        object.is_some_and(|word| OBJECTS.contains(word)) && whole
    }
}
