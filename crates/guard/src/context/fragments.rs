//! A name at the beginning of a note that says no more than it must: "Rich in tears", "Earl to bring photos".

use super::Spot;
use crate::lexicon::{
    ATTENDING, BELONGINGS, CLOSED, CONDITIONS, FRAGMENT, MOODS, PERSON_SIGNS, POSSESSIONS, THING_BASES,
    TOPICAL, is_act, is_base, is_personal,
};

impl Spot<'_> {
    pub(crate) fn begins_fragment(&self) -> bool {
        let text = self.text;
        let opens = self.before().is_none() || text.gap(self.at).contains([',', ';']);
        if !opens {
            return false;
        }
        if self.is_rated() || self.is_not_there() {
            return true;
        }
        let follows = text.get(self.to).map_or("", |next| next.folded.as_str());
        let gap = text.gap(self.to);
        let colon = gap.starts_with(':') && !gap.contains('\n');
        let told = ATTENDING.contains(follows) || (!self.is_wary() && MOODS.contains(follows));
        let topical = self.is_of_no_person() && TOPICAL.contains(follows);
        let done = !topical && (is_personal(follows) || is_act(follows));
        let quoted = matches!(gap, " \"" | " “") && !self.is_wary();
        if colon && done || quoted || gap == " (" && ATTENDING.contains(follows) {
            return true;
        }
        if colon && (told || gap.ends_with(['"', '“'])) {
            return true;
        }
        let plain = self.is_wary() || self.is_describing() || self.is_doing() || self.is_plural();
        // "hunter, after a long pause, apologised".
        if gap == ", " && self.before().is_none() && !plain && CLOSED.contains(follows) {
            return !self.is_family_only() && !matches!(follows, "and" | "or" | "but" | "y");
        }
        // "ray - no change".
        let dashed = matches!(gap, " - " | " – " | " — ");
        if dashed && !self.is_family_only() && !self.is_plural() {
            let said = matches!(follows, "no" | "not" | "still") || MOODS.contains(follows);
            return said || ATTENDING.contains(follows) || (!plain && is_act(follows));
        }
        let Some(next) = self.behind().map(|next| next.folded.as_str()) else {
            return false;
        };
        let after = text
            .get(self.to + 1)
            .filter(|word| !word.opens)
            .map_or("", |word| word.folded.as_str());
        if next == "in" && CONDITIONS.contains(after) {
            return !self.is_wary();
        }
        let mut signs = (self.to + 1..self.to + 4).map_while(|at| text.get(at).filter(|word| !word.opens));
        let signed = signs.any(|word| {
            let word = word.folded.as_str();
            PERSON_SIGNS.contains(word) || POSSESSIONS.contains(word) || BELONGINGS.contains(word)
        });
        if FRAGMENT.contains(next) && signed && self.is_wary() {
            return true;
        }
        // "candy to call her sponsor".
        if next == "to"
            && self.is_wary()
            && is_base(after)
            && !THING_BASES.contains(after)
            && !self.is_dated()
        {
            return !matches!(
                after,
                "share" | "eat" | "hang" | "see" | "drink" | "chew" | "use" | "order"
            );
        }
        let mood = ATTENDING.contains(next) || (MOODS.contains(next) && !self.is_wary());
        if mood && self.ends_note(self.to + 1) {
            return true;
        }
        let thing = self.is_wary()
            || self.is_plural()
            || self.is_family_only()
            || ((self.is_describing() || self.is_doing()) && !self.is_given());
        !thing && (FRAGMENT.contains(next) || next == "in" || (next == "to" && is_base(after)))
    }

    /// Whether nothing goes on here but another note.
    fn ends_note(&self, at: usize) -> bool {
        self.text.get(at).is_none_or(|word| {
            word.opens
                || self.text.gap(at).starts_with([',', '.', ';', '(', ')'])
                || matches!(
                    word.folded.as_str(),
                    "and" | "with" | "w" | "today" | "again" | "but" | "at" | "throughout" | "re" | "y"
                )
        })
    }
}
