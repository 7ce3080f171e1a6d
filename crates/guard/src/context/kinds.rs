//! What kind of word a name is besides, and what stands around it.

use super::Spot;
use crate::lexicon::{
    ABSTRACT, BARE, CLOSED, COUNTED, DESCRIBING, DOING, GIVEN, MONTHS, Ordinary, PEOPLES, SEASONS, is_act,
    is_spanish_verb, ordinary,
};
use crate::marking::Why;
use crate::words::Word;

impl Spot<'_> {
    /// Of which one speaks without an article, so that its place alone tells no name: "hope", "may", "art".
    pub(super) fn is_wary(&self) -> bool {
        let folded = self.word().folded.as_str();
        !DESCRIBING.contains(folded)
            && ((ABSTRACT.contains(folded) && !COUNTED.contains(folded))
                || BARE.contains(folded)
                || MONTHS.contains(&folded)
                || SEASONS.contains(&folded)
                || PEOPLES.contains(&folded))
    }

    pub(super) fn is_describing(&self) -> bool {
        DESCRIBING.contains(self.word().folded.as_str())
    }

    pub(super) fn is_doing(&self) -> bool {
        let folded = self.word().folded.as_str();
        DOING.contains(folded) || (is_act(folded) && !GIVEN.contains(folded))
    }

    pub(super) fn is_given(&self) -> bool {
        GIVEN.contains(self.word().folded.as_str())
    }

    /// Of more than one: "miles", "banks".
    pub(super) fn is_plural(&self) -> bool {
        let folded = self.word().folded.as_str();
        let stem = folded.strip_suffix('s').filter(|stem| !stem.ends_with('s'));
        !self.is_given() && stem.is_some_and(|stem| ordinary(stem) != Ordinary::No && stem.len() > 2)
    }

    /// Whether nobody is called so but by a family name, which is rarely written small and alone.
    pub(super) fn is_family_only(&self) -> bool {
        let folded = self.word().folded.as_str();
        let said = self.forms.get(folded).map_or(&[][..], |form| &form.said);
        self.to == self.at + 1
            && !said.is_empty()
            && said
                .iter()
                .all(|said| said.why == Why::Name && !self.forms.pieces[said.who].given.contains(folded))
    }

    /// Whether it is a name and nothing else.
    pub(super) fn is_only_a_name(&self) -> bool {
        ordinary(&self.word().folded) == Ordinary::No
    }

    /// A word so far back in the same sentence.
    pub(super) fn back(&self, by: usize) -> Option<&str> {
        let first = self.at.checked_sub(by)?;
        let opened = (first + 1..=self.at).any(|at| self.text.words[at].opens);
        (!opened).then(|| self.text.words[first].folded.as_str())
    }

    /// Whether an article or the like stands right before it.
    pub(crate) fn is_bound(&self) -> bool {
        self.back(1).is_some_and(is_determiner) && self.text.gap(self.at) == " "
    }

    /// Whether a clause begins with it.
    pub(super) fn starts(&self) -> bool {
        let gap = self.text.gap(self.at);
        self.before().is_none() || gap.contains([',', ';', '–', '—', '(', ')']) || gap == " - "
    }

    /// The word right behind, with nothing but a space between.
    pub(super) fn behind(&self) -> Option<&Word> {
        let next = self.text.get(self.to).filter(|next| !next.opens)?;
        (self.text.gap(self.to) == " ").then_some(next)
    }

    /// Whether what stands right behind cannot be named by it: "told hunter that", but not "a hunter safety course".
    pub(super) fn is_closed(&self) -> bool {
        self.behind().is_none_or(|next| {
            let next = next.folded.as_str();
            CLOSED.contains(next) || next.ends_with("ly") || next.bytes().all(|b| b.is_ascii_digit())
        })
    }

    /// Whether the sentence around is Spanish, where "a" leads to a person.
    pub(super) fn is_spanish(&self) -> bool {
        const TELLING: [&str; 16] = [
            "el", "los", "las", "que", "de", "se", "su", "con", "por", "una", "y", "le", "del", "al", "para",
            "es",
        ];
        let around = self.at.saturating_sub(7)..(self.at + 7).min(self.text.words.len());
        let told = self.text.words[around].iter().map(|word| {
            let preterite = self.text.raw[word.range.clone()].ends_with(['ó', 'Ó']);
            let function = TELLING.contains(&word.folded.as_str());
            2 * usize::from(preterite || is_spanish_verb(&word.folded)) + usize::from(function)
        });
        told.sum::<usize>() > 1
    }
}

pub(super) fn is_determiner(folded: &str) -> bool {
    matches!(
        folded,
        "the"
            | "a"
            | "an"
            | "his"
            | "her"
            | "their"
            | "my"
            | "our"
            | "your"
            | "this"
            | "no"
            | "some"
            | "any"
            | "every"
            | "each"
            | "its"
            | "another"
            | "el"
            | "la"
            | "los"
            | "las"
            | "un"
            | "una"
            | "su"
            | "sus"
            | "more"
            | "much"
    )
}
