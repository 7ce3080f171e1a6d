//! Whether a word that is also a name is meant as one: by its capital, by what is done, and by what stands beside it.

use crate::forms::Forms;
use crate::lexicon::{
    ABSTRACT, ADDRESSING, ATTENDING, BASES, BELONGINGS, BETWEEN, BOUND, CARRYING, COUNTED, DATING, DONE_BY,
    EPONYMS, FELT, FILLERS, FOND, GIFTS, GOING, INSTITUTIONS, JARGON, LABELS, MONTHS, MOOD_VERBS, MOODS,
    OBJECTS, OF_THINGS, OFFICES, OPENERS, OTHERS, Ordinary, PEOPLES, PERSON_SIGNS, PLACES, RECEIVED, ROLES,
    SAID, SAINTS, SEASONS, STATES, TANGIBLE, THING_INGS, THINGS, TITLES, TO_COME, TOPICAL, TRUSTING,
    UNCHANGING, WEEK, is_act, is_personal, is_proper, ordinary,
};
use crate::marking::Confidence;
use crate::words::{Clitic, Shape, Text, Word};

/// Words `at..to` of a text.
#[derive(Clone, Copy)]
pub(crate) struct Spot<'a> {
    pub(crate) text: &'a Text<'a>,
    pub(crate) forms: &'a Forms,
    pub(crate) at: usize,
    pub(crate) to: usize,
}

impl<'a> Spot<'a> {
    fn word(&self) -> &'a Word {
        &self.text.words[self.at]
    }

    fn last(&self) -> &'a Word {
        &self.text.words[self.to - 1]
    }

    fn before(&self) -> Option<&'a Word> {
        self.text.before(self.at)
    }

    /// The next word of the same sentence, over such as "also" and "quietly".
    fn next(&self) -> Option<(usize, &'a Word)> {
        (self.to..self.to + 3)
            .map_while(|at| {
                let word = self.text.get(at).filter(|word| !word.opens)?;
                (!self.text.gap(at).contains([',', ';', '(', ')', '"'])).then_some((at, word))
            })
            .find(|(_, word)| {
                let adverb = word.folded.len() > 4 && word.folded.ends_with("ly");
                !adverb && !BETWEEN.contains(word.folded.as_str())
            })
    }

    /// Whether something only people do, or are, comes next.
    pub(crate) fn acts_as_person(&self) -> bool {
        let Some((at, next)) = self.next() else {
            return false;
        };
        if next.is_capital() && !next.loud {
            return false;
        }
        let alone = self.to == self.at + 1;
        if alone && self.is_of_no_person() && (self.works_on(at) || self.is_topic(at)) {
            return false;
        }
        if self.is_noun(at) || (alone && self.is_still_to_come(next)) {
            return false;
        }
        is_personal(&next.folded)
            || self.is_in_a_mood(at, next)
            || self.does_as_person(at)
            || (is_act(&next.folded)
                && (self.is_about_person(at)
                    || (next.clitic == Clitic::None && !OF_THINGS.contains(next.folded.as_str()))))
    }

    /// A word of which one may speak as of a thing that acts: a feeling, a flower, a season.
    fn is_of_no_person(&self) -> bool {
        let folded = self.word().folded.as_str();
        (ABSTRACT.contains(folded) && !COUNTED.contains(folded))
            || MONTHS.contains(&folded)
            || PEOPLES.contains(&folded)
    }

    /// "Destiny did not want to share": what only people do, after another verb.
    fn does_as_person(&self, verb: usize) -> bool {
        const LEADS: [&str; 16] = [
            "did", "does", "didnt", "doesnt", "could", "couldnt", "would", "wouldnt", "can", "cant", "had",
            "has", "was", "is", "got", "stood",
        ];
        let word = |at: usize| {
            self.text
                .get(at)
                .filter(|word| !word.opens)
                .map(|word| word.folded.as_str())
        };
        let first = self.text.words[verb].folded.as_str();
        if !LEADS.contains(&first) {
            return false;
        }
        if matches!(first, "got" | "stood") {
            return word(verb + 1) == Some("up");
        }
        let mut at = verb + 1;
        while word(at)
            .is_some_and(|word| matches!(word, "not" | "never" | "to" | "been") || word.ends_with("ly"))
        {
            at += 1;
        }
        word(at).is_some_and(|word| BASES.contains(word))
    }

    /// "Pat answers do not help": what looks like a verb is a noun, with its own verb behind it.
    fn is_noun(&self, verb: usize) -> bool {
        verb == self.to
            && self.text.words[verb].folded.ends_with('s')
            && self.text.get(verb + 1).is_some_and(|after| {
                !after.opens
                    && self.text.gap(verb + 1) == " "
                    && (matches!(
                        after.folded.as_str(),
                        "are" | "were" | "do" | "dont" | "don't" | "may" | "have" | "help"
                    ) || (OF_THINGS.contains(after.folded.as_str())
                        && !TOPICAL.contains(after.folded.as_str())))
            })
            && !matches!(
                self.text.words[verb].folded.as_str(),
                "was" | "is" | "has" | "does" | "said" | "says" | "feels"
            )
    }

    /// "Will read the handout before next week": a verb whose past looks the same.
    fn is_still_to_come(&self, verb: &Word) -> bool {
        matches!(self.word().folded.as_str(), "will" | "may" | "can")
            && UNCHANGING.contains(verb.folded.as_str())
            && (self.to + 1..self.to + 14)
                .map_while(|at| self.text.get(at).filter(|word| !word.opens))
                .any(|word| TO_COME.contains(word.folded.as_str()))
    }

    /// "Hope was named", "Faith explored as a theme", "Joy was present in the room".
    fn is_topic(&self, verb: usize) -> bool {
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
    fn works_on(&self, verb: usize) -> bool {
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

    /// "Grace came in late", "Faith kept her coat on".
    fn is_about_person(&self, verb: usize) -> bool {
        // "August is the month of his death", "Dawn was breaking when she came".
        if self.is_of_no_person() && matches!(self.text.words[verb].folded.as_str(), "is" | "was") {
            return false;
        }
        let mut words = (verb + 1..verb + 6).map_while(|at| self.text.get(at).filter(|word| !word.opens));
        words.any(|word| PERSON_SIGNS.contains(word.folded.as_str()))
    }

    fn is_in_a_mood(&self, at: usize, verb: &Word) -> bool {
        if verb.clitic == Clitic::None && !MOOD_VERBS.contains(verb.folded.as_str()) {
            return false;
        }
        let mut words = (at + 1..at + 5)
            .map_while(|at| self.text.get(at).filter(|word| !word.opens))
            .skip_while(|word| FILLERS.contains(word.folded.as_str()) || word.folded.ends_with("ly"));
        words.next().is_some_and(|word| {
            MOODS.contains(word.folded.as_str())
                || (is_personal(&word.folded) && word.folded.ends_with("ed"))
                || person_ing(&word.folded)
        })
    }

    /// Something anything may do.
    fn acts(&self) -> bool {
        self.next()
            .is_some_and(|(_, next)| !next.is_capital() && is_act(&next.folded))
    }

    /// After "Ms.", "member" or the like.
    pub(crate) fn evidence_of_title(&self) -> bool {
        let close = matches!(self.text.gap(self.at), " " | ". " | " \"" | " “" | ": ");
        let titled = |word: &Word| {
            let title = word.folded.as_str();
            TITLES.contains(title) || ROLES.contains(title)
        };
        let before = self.at.checked_sub(1).map(|at| &self.text.words[at]);
        close && self.word().is_capital() && before.is_some_and(titled)
    }

    /// "Rose Street", "St. Mary", "in Austin", "Austin, Texas".
    pub(crate) fn is_place(&self) -> bool {
        let word = self.word();
        if !word.is_capital() || word.loud {
            return false;
        }
        let next = self.text.get(self.to);
        let stands_before = |next: &Word| {
            next.shape == Shape::Capital
                && INSTITUTIONS.contains(next.folded.as_str())
                && self.text.gap(self.to) == " "
        };
        if next.is_some_and(stands_before) {
            return true;
        }
        let before = self.at.checked_sub(1).map(|at| &self.text.words[at]);
        let eponym = EPONYMS.contains(word.folded.as_str())
            && next.is_some_and(|next| THINGS.contains(next.folded.as_str()));
        let office = self.text.gap(self.at) == " "
            && before.is_some_and(|before| OFFICES.contains(before.folded.as_str()));
        if eponym || office {
            return true;
        }
        let holy = |before: &Word| {
            before.is_capital()
                && SAINTS.contains(before.folded.as_str())
                && matches!(self.text.gap(self.at), " " | ". ")
        };
        if before.is_some_and(holy) {
            return true;
        }
        let state = self.text.get(self.to).is_some_and(|next| {
            self.text.gap(self.to) == ", "
                && STATES.contains(next.folded.as_str())
                && self.forms.get(&next.folded).is_none()
        });
        if state {
            return true;
        }
        self.to == self.at + 1 && PLACES.contains(word.folded.as_str()) && self.stands_as_place(before)
    }

    fn stands_as_place(&self, before: Option<&Word>) -> bool {
        let at = |back: usize| {
            self.at
                .checked_sub(back)
                .map_or("", |at| self.text.words[at].folded.as_str())
        };
        let state = self.text.gap(self.to) == ", "
            && self.text.get(self.to).is_some_and(|next| {
                next.shape == Shape::Capitals && next.folded.len() == 2
                    || PLACES.contains(next.folded.as_str())
            });
        let led = before.is_some_and(|before| match before.folded.as_str() {
            "in" => !TRUSTING.contains(at(2)),
            "near" | "outside" | "downtown" | "north" | "south" | "east" | "west" | "en" => true,
            "to" | "from" | "for" | "through" | "of" | "de" => GOING.contains(at(2)),
            _ => false,
        });
        state || (led && !self.acts_as_person())
    }

    /// Part of a title that is made of ordinary words: "Hope Circle", "Project Hope", "Wise Mind".
    fn is_in_a_title(&self) -> bool {
        let plain = |word: &Word| {
            word.shape == Shape::Capital && ordinary(&word.folded) != Ordinary::No && word.folded.len() > 1
        };
        let after = self.text.get(self.to);
        if self.last().clitic == Clitic::None
            && self.text.gap(self.to) == " "
            && after.is_some_and(|word| plain(word) && !word.opens)
        {
            return true;
        }
        let Some(before) = self.before() else { return false };
        let opener = before.opens
            && (OPENERS.contains(before.folded.as_str())
                || is_act(&before.folded)
                || before.folded.ends_with("ing")
                || ordinary(&before.folded) == Ordinary::No);
        plain(before)
            && !opener
            && self.text.gap(self.at) == " "
            && before.clitic == Clitic::None
            && !is_proper(&before.folded)
    }

    /// "Ana and Mark", "Mark, Ana", "Faith, Hope, Ana": in a list with a word that is a name and nothing else.
    fn stands_with_name(&self) -> bool {
        let name = |at: usize, beside: bool| {
            self.text.get(at).is_some_and(|word| {
                let called = self.forms.get(&word.folded).is_some();
                let plain = ordinary(&word.folded) != Ordinary::No;
                let month =
                    MONTHS.contains(&word.folded.as_str()) && MONTHS.contains(&self.word().folded.as_str());
                let large =
                    word.shape == Shape::Capital || (called && !plain && word.shape == Shape::Capitals);
                large
                    && !month
                    && if word.loud || !beside {
                        called && !plain
                    } else {
                        called || (!plain && is_proper(&word.folded))
                    }
            })
        };
        let (from, to) = self.list();
        (from..to).any(|at| {
            let beside = at + 2 >= self.at && at <= self.to + 1;
            (at < self.at || at >= self.to) && name(at, beside)
        })
    }

    /// The list of large words in which it stands: from where, until where.
    fn list(&self) -> (usize, usize) {
        let text = self.text;
        let joins = |at: usize| {
            let gap = text.gap(at);
            matches!(
                gap,
                ", " | " & " | "/" | " / " | "; " | " + " | "+" | "," | " - " | " – "
            )
        };
        let and = |at: usize| {
            text.get(at)
                .is_some_and(|word| matches!(word.folded.as_str(), "and" | "y" | "or"))
        };
        let large = |at: usize| text.get(at).is_some_and(Word::is_capital);
        let tied = |at: usize| at > 0 && text.gap(at) == " ";
        let (mut from, mut to) = (self.at, self.to);
        for _ in 0..12 {
            if from > 1 && and(from - 1) && (tied(from) && text.gap(from - 1).len() < 3) && large(from - 2) {
                from -= 2;
            } else if from > 0 && joins(from) && large(from - 1) {
                from -= 1;
            } else if from > 1
                && joins(from)
                && large(from - 2)
                && tied(from - 1)
                && !text.words[from - 1].opens
            {
                // "Hope, Kate L., May": a name of two words.
                from -= 2;
            } else {
                break;
            }
        }
        for _ in 0..12 {
            if and(to) && tied(to + 1) && text.gap(to).len() < 3 && large(to + 1) {
                to += 2;
            } else if to < text.words.len()
                && (joins(to) && large(to)
                    || tied(to)
                        && large(to)
                        && (joins(to + 1) || and(to + 1))
                        && !text.words[to].opens
                        && to > self.to)
            {
                to += 1;
            } else {
                break;
            }
        }
        (from, to)
    }

    /// "Absent: Faith, Will.": in a list of which it is said that it is one of people.
    fn is_labelled(&self) -> bool {
        let (from, to) = self.list();
        let text = self.text;
        if from == 0 || !text.gap(from).trim_start().starts_with([':', '–']) || text.gap(from).contains('\n')
        {
            return false;
        }
        let called = (from..to).all(|at| {
            let word = &text.words[at];
            self.forms.get(&word.folded).is_some()
                || ordinary(&word.folded) == Ordinary::No
                || matches!(word.folded.as_str(), "and" | "y")
        });
        let labels = (1..=3)
            .filter_map(|back| from.checked_sub(back))
            .map(|at| &text.words[at]);
        let mut first = true;
        let labelled = labels
            .take_while(|word| {
                let on = first || !text.raw[word.end..].starts_with(['.', '\n', ';']);
                first = false;
                on
            })
            .any(|word| LABELS.contains(word.folded.as_str()));
        called && labelled
    }

    /// "Kate Bush", "Ann Arbor", "Denzel Washington": with another name that is nobody's here.
    pub(crate) fn is_of_someone_else(&self, given: bool, family: bool) -> bool {
        let text = self.text;
        let word = self.word();
        if !word.is_capital() || word.loud || word.shape == Shape::Letter {
            return false;
        }
        let other = |word: &Word| {
            let folded = word.folded.as_str();
            word.shape == Shape::Capital
                && !word.loud
                && folded.len() > 2
                && self.forms.get(folded).is_none()
                && !WEEK.contains(folded)
                && !PEOPLES.contains(&folded)
                && !JARGON.contains(folded)
                && !TITLES.contains(folded)
                && !ROLES.contains(folded)
                && !MOODS.contains(folded)
        };
        let after = text.get(self.to).filter(|next| {
            !next.opens && text.gap(self.to) == " " && self.last().clitic == Clitic::None && other(next)
        });
        let verb = |word: &Word| is_act(&word.folded) && !is_proper(&word.folded);
        let member_behind = text.get(self.to + 1).is_some_and(|word| {
            !word.opens
                && word.is_capital()
                && text.gap(self.to + 1) == " "
                && self.forms.get(&word.folded).is_some()
        });
        // "Mac Allister" is written in two.
        let whole = |next: &Word| {
            self.forms
                .get(&format!("{}{}", word.folded, next.folded))
                .is_some()
        };
        if (given || family) && after.is_some_and(|next| !verb(next) && !whole(next)) && !member_behind {
            return true;
        }
        let before = self.at.checked_sub(1).map(|at| &text.words[at]);
        (family || given)
            && text.gap(self.at) == " "
            && before.is_some_and(|before| {
                let folded = before.folded.as_str();
                other(before)
                    && before.clitic == Clitic::None
                    && ordinary(folded) == Ordinary::No
                    && !verb(before)
                    && !PLACES.contains(folded)
                    && (family || is_proper(folded))
            })
    }

    /// Whether an ordinary word is a name here.
    pub(crate) fn evidence(&self) -> Option<Confidence> {
        let word = self.word();
        if self.evidence_of_title() {
            return Some(Confidence::Sure);
        }
        if !word.is_capital() {
            return self.small();
        }
        if word.loud {
            return (self.acts_as_person()
                || self.stands_with_name()
                || self.is_labelled()
                || self.last().clitic == Clitic::Possessive)
                .then_some(Confidence::Possible);
        }
        if self.stands_with_name() || self.is_labelled() {
            return Some(Confidence::Likely);
        }
        if word.opens { self.opening() } else { self.inside() }
    }

    /// Written small: where the grammar needs someone.
    #[expect(clippy::too_many_lines, reason = "one rule after the other")]
    fn small(&self) -> Option<Confidence> {
        let text = self.text;
        let folded = self.word().folded.as_str();
        let possible = |yes: bool| yes.then_some(Confidence::Possible);
        let before = self.before();
        let free = before
            .is_none_or(|before| !BOUND.contains(before.folded.as_str()) && !before.folded.ends_with("ed"));
        let named = self.is_named_alone();
        let auxiliary = matches!(folded, "will" | "may" | "can");
        let thing = ABSTRACT.contains(folded) || MONTHS.contains(&folded) || SEASONS.contains(&folded);
        let called = |at: usize| {
            text.get(at).is_some_and(|word| {
                self.forms.get(&word.folded).is_some()
                    && ordinary(&word.folded) == Ordinary::No
                    && (word.shape == Shape::Small || word.opens)
            })
        };
        let and = |at: usize| text.get(at).is_some_and(|word| word.folded == "and");
        // "kate and bob", "bob/kate".
        let paired = (and(self.to) && called(self.to + 1))
            || (self.at > 1 && and(self.at - 1) && called(self.at - 2))
            || (matches!(text.gap(self.to), " & " | "/") && called(self.to))
            || (self.at > 0 && matches!(text.gap(self.at), " & " | "/") && called(self.at - 1));
        if paired {
            return Some(Confidence::Possible);
        }
        let next = text
            .get(self.to)
            .filter(|next| !next.opens && text.gap(self.to) == " ");
        if self.last().clitic == Clitic::Possessive {
            return possible(
                free && named && !thing && next.is_some_and(|next| BELONGINGS.contains(next.folded.as_str())),
            );
        }
        let ends = next.is_none_or(|next| {
            matches!(
                next.folded.as_str(),
                "to" | "for"
                    | "about"
                    | "that"
                    | "after"
                    | "how"
                    | "why"
                    | "when"
                    | "because"
                    | "before"
                    | "if"
                    | "not"
            )
        });
        let addressed = before.is_some_and(|before| {
            let by = before.folded.as_str();
            matches!(
                by,
                "told"
                    | "thanked"
                    | "asked"
                    | "hugged"
                    | "reminded"
                    | "comforted"
                    | "supported"
                    | "invited"
                    | "encouraged"
                    | "challenged"
                    | "praised"
                    | "beside"
                    | "with"
                    | "interrupted"
                    | "texted"
            ) && !(by == "with" && next.is_some_and(|next| next.folded != "about"))
        });
        if addressed && ends && named && !thing && !auxiliary {
            return Some(Confidence::Possible);
        }
        let next = next?;
        let never_noun = !ABSTRACT.contains(folded) || next.folded != "cried";
        if free && never_noun && SAID.contains(next.folded.as_str()) {
            return Some(Confidence::Possible);
        }
        let subject = match before {
            None => true,
            Some(before) => {
                OPENERS.contains(before.folded.as_str())
                    && free
                    && !thing
                    && !matches!(
                        before.folded.as_str(),
                        "did"
                            | "has"
                            | "had"
                            | "is"
                            | "was"
                            | "does"
                            | "for"
                            | "from"
                            | "by"
                            | "to"
                            | "with"
                            | "like"
                            | "about"
                            | "or"
                            | "and"
                            | "but"
                            | "that"
                    )
                    || text.gap(self.at) == ", "
                        && !thing
                        && !auxiliary
                        && text.words[0].shape == Shape::Small
            }
        };
        // "will was late": no sentence of the ordinary word.
        let odd = (auxiliary || is_act(folded))
            && is_act(&next.folded)
            && !UNCHANGING.contains(next.folded.as_str());
        possible(subject && named && (self.acts_as_person() || odd))
    }

    /// Whether somebody here is called so, and it is what people are called.
    fn is_named_alone(&self) -> bool {
        let folded = self.word().folded.as_str();
        is_proper(folded) || self.forms.get(folded).is_some()
    }

    fn inside(&self) -> Option<Confidence> {
        let folded = self.word().folded.as_str();
        let positive =
            || self.acts_as_person() || self.last().clitic == Clitic::Possessive || self.is_addressed();
        if MONTHS.contains(&folded) {
            return (positive() && !self.is_dated()).then_some(Confidence::Possible);
        }
        if SEASONS.contains(&folded) {
            let bound = self
                .before()
                .is_some_and(|word| BOUND.contains(word.folded.as_str()) || word.folded == "by");
            return (positive() || !(bound || self.is_in_a_title()))
                .then_some(Confidence::Possible)
                .filter(|_| !self.is_dated());
        }
        if PEOPLES.contains(&folded) {
            return positive().then_some(Confidence::Possible);
        }
        (!self.is_in_a_title()).then_some(Confidence::Likely)
    }

    /// What is said or given to someone: "told May", "thanked April", "with June".
    fn is_addressed(&self) -> bool {
        let second = self
            .at
            .checked_sub(2)
            .map_or("", |at| self.text.words[at].folded.as_str());
        self.before().is_some_and(|before| match before.folded.as_str() {
            "for" | "about" | "to" => FELT.contains(second),
            "from" => RECEIVED.contains(second),
            "of" => FOND.contains(second),
            "by" => DONE_BY.contains(second),
            before => ADDRESSING.contains(before),
        })
    }

    fn is_dated(&self) -> bool {
        let dated = self.before().is_some_and(|word| {
            (DATING.contains(word.folded.as_str()) && !self.is_addressed())
                || word.shape == Shape::Digits
                || MONTHS.contains(&word.folded.as_str())
        });
        let day = self
            .text
            .get(self.to)
            .is_some_and(|word| word.shape == Shape::Digits && self.text.gap(self.to).len() < 3);
        (dated && !self.acts_as_person()) || day
    }

    /// At the beginning of a sentence, where every word is large: by grammar.
    #[expect(clippy::too_many_lines, reason = "one rule after the other")]
    fn opening(&self) -> Option<Confidence> {
        let word = self.word();
        let folded = word.folded.as_str();
        let likely = |yes: bool| yes.then_some(Confidence::Likely);
        if self.is_in_a_title() && !self.acts_as_person() {
            return None;
        }
        if self.acts_as_person() {
            return likely(true);
        }
        let follows = self.text.get(self.to);
        let follow = follows
            .filter(|next| !next.opens)
            .map_or("", |next| next.folded.as_str());
        let spaced = self.text.gap(self.to) == " ";
        let owns = self.last().clitic == Clitic::Possessive && BELONGINGS.contains(follow);
        let ends = |at: usize| {
            self.text.get(at).is_none_or(|word| {
                word.opens
                    || self.text.gap(at).starts_with([',', '.', ';', '(', ')'])
                    || matches!(
                        word.folded.as_str(),
                        "and" | "with" | "today" | "again" | "but" | "at" | "throughout"
                    )
            })
        };
        // "Faith absent, Grace late."
        let spaced_in = matches!(self.text.gap(self.to), " " | " (");
        let listed_as = follows.map_or("", |next| next.folded.as_str());
        let attending =
            spaced_in && ATTENDING.contains(listed_as) && ends(self.to + 1) && self.is_named_alone();
        // "Joy: I feel", "Hope, you are": what is said, or to whom.
        let speaks = self.text.gap(self.to).starts_with(':')
            && follows.is_some_and(|next| matches!(next.folded.as_str(), "i" | "im" | "ill" | "ive"));
        let spoken_to = self.text.gap(self.to).starts_with(',')
            && self.text.gap(self.at).ends_with(['"', '“'])
            && matches!(
                follow,
                "you" | "i" | "we" | "please" | "thank" | "your" | "thanks" | "im" | "that"
            );
        let with_others = follow == "and"
            && (self.to + 1..self.to + 3).any(|at| {
                self.text
                    .get(at)
                    .is_some_and(|word| !word.opens && OTHERS.contains(word.folded.as_str()))
            });
        let with_members = self.text.gap(self.to) == ", "
            && matches!(follow, "the" | "our" | "a" | "an")
            && (self.to + 1..self.to + 4).any(|at| {
                self.text.get(at).is_some_and(|word| {
                    !word.opens
                        && matches!(
                            word.folded.as_str(),
                            "member"
                                | "participant"
                                | "newest"
                                | "youngest"
                                | "oldest"
                                | "quietest"
                                | "newcomer"
                                | "timekeeper"
                        )
                })
            });
        if owns || attending || speaks || spoken_to || with_others || with_members {
            return likely(true);
        }
        let calendar = MONTHS.contains(&folded) || PEOPLES.contains(&folded);
        if calendar {
            return None;
        }
        let apposed = self.text.gap(self.to).starts_with(',')
            && follows.is_some_and(|next| matches!(next.folded.as_str(), "who" | "whose" | "quien"));
        if self.last().clitic == Clitic::Possessive || apposed {
            return likely(true);
        }
        // "Rose: quiet, left early."
        let told = self.text.gap(self.to).starts_with(':')
            && follows.is_some_and(|next| {
                !next.is_capital() && (MOODS.contains(next.folded.as_str()) || is_personal(&next.folded))
            });
        if told {
            return Some(Confidence::Possible);
        }
        // "Banks was": no sentence of more than one bank.
        let one = folded.ends_with('s') && spaced && matches!(follow, "was" | "is" | "has" | "does");
        if one && !folded.ends_with("ss") && ABSTRACT.contains(folded) {
            return Some(Confidence::Possible);
        }
        if ABSTRACT.contains(folded) && !COUNTED.contains(folded) {
            return None;
        }
        let listed =
            self.text.gap(self.to).trim_start().starts_with(':') || self.text.gap(self.to).starts_with(" –");
        let known = ordinary(folded) == Ordinary::Known;
        if listed && known || self.text.gap(self.to).starts_with(':') && folded != "will" && is_proper(folded)
        {
            return Some(Confidence::Possible);
        }
        // "Will can" and "Mark was" are no sentences of an ordinary word; "Will they" and "Mark the" are.
        let coordinated = follows.is_some_and(|next| next.folded == "and")
            && self
                .text
                .get(self.to + 1)
                .is_some_and(|next| next.shape == Shape::Capital && next.folded.len() > 1);
        let coming = follows.is_some_and(|next| self.is_still_to_come(next));
        likely(
            (self.acts() && !coming && !self.is_noun(self.to))
                || coordinated
                || (known && self.is_vocative()),
        )
    }

    fn is_vocative(&self) -> bool {
        self.text.gap(self.to).starts_with([',', '.', '!', '?', ';']) && is_proper(&self.word().folded)
    }
}

fn person_ing(folded: &str) -> bool {
    folded.len() > 5 && folded.ends_with("ing") && !THING_INGS.contains(folded)
}
