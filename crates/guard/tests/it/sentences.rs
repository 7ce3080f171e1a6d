//! Recall and false marks on sentences as leaders write them, for each set apart (`sentences/README.md`).

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::sets::Sentence;
use guard::{Mark, Why};

/// How a set went.
#[derive(Default)]
struct Account {
    sentences: usize,
    wanted: usize,
    caught: usize,
    marks: usize,
    false_marks: usize,
    clean: usize,
    clean_marked: usize,
    by_why: BTreeMap<Why, usize>,
    wrong: String,
}

impl Account {
    fn of<'s>(sentences: impl IntoIterator<Item = &'s Sentence>) -> Self {
        let mut account = Self::default();
        sentences.into_iter().for_each(|sentence| account.add(sentence));
        account
    }

    fn add(&mut self, sentence: &Sentence) {
        let marks = sentence.marks();
        self.sentences += 1;
        self.marks += marks.len();
        let fits = |mark: &Mark, nth: usize| {
            let wanted = &sentence.wanted[nth];
            let overlaps = mark.range.start < wanted.range.end && wanted.range.start < mark.range.end;
            overlaps && mark.who.iter().any(|who| wanted.who.contains(who))
        };
        for (nth, wanted) in sentence.wanted.iter().enumerate() {
            self.wanted += 1;
            match marks.iter().find(|mark| fits(mark, nth)) {
                Some(mark) => {
                    self.caught += 1;
                    *self.by_why.entry(mark.why).or_default() += 1;
                }
                None => {
                    let missed = &sentence.text[wanted.range.clone()];
                    let _ = writeln!(self.wrong, "  missed “{missed}” in: {}", sentence.text);
                }
            }
        }
        let stray = |mark: &&Mark| !(0..sentence.wanted.len()).any(|nth| fits(mark, nth));
        let strays: Vec<&Mark> = marks.iter().filter(stray).collect();
        self.false_marks += strays.len();
        if sentence.wanted.is_empty() {
            self.clean += 1;
            self.clean_marked += usize::from(!strays.is_empty());
        }
        for mark in strays {
            let marked = &sentence.text[mark.range.clone()];
            let _ = writeln!(
                self.wrong,
                "  wrongly “{marked}” ({}) in: {}",
                mark.why.name(),
                sentence.text
            );
        }
    }

    fn recall(&self) -> f64 {
        share(self.caught, self.wanted)
    }

    /// Of all marks, those that mark nobody.
    fn false_share(&self) -> f64 {
        share(self.false_marks, self.marks)
    }

    /// Of all sentences that tell nobody, those with a mark.
    fn clean_share(&self) -> f64 {
        share(self.clean_marked, self.clean)
    }
}

#[expect(clippy::cast_precision_loss, reason = "hundreds")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

#[test]
fn members_are_found_and_ordinary_words_let_be_in_each_set() {
    let sets = crate::sets::all();
    let mut failed = Vec::new();
    for set in &sets {
        let account = Account::of(&set.sentences);
        println!(
            "{}: {} sentences; recall {:.4} ({} of {}); false marks {:.4} ({} of {}); marked although clean {:.4} ({} of {}); {:?}\n{}",
            set.name,
            account.sentences,
            account.recall(),
            account.caught,
            account.wanted,
            account.false_share(),
            account.false_marks,
            account.marks,
            account.clean_share(),
            account.clean_marked,
            account.clean,
            account.by_why,
            account.wrong,
        );
        assert!(account.sentences >= 260, "{} has {}", set.name, account.sentences);
        assert!(
            account.wanted >= 100 && account.clean >= 80,
            "{} asks for little",
            set.name
        );
        if account.recall() < 0.98 || account.false_share() > 0.05 || account.clean_share() > 0.05 {
            failed.push(set.name.clone());
        }
    }
    assert!(
        failed.is_empty(),
        "recall under 0.98 or false marks over 5 %: {failed:?}"
    );
}

#[test]
fn a_note_all_in_small_or_in_large_letters_still_tells_its_members() {
    let sentences: Vec<Sentence> = crate::sets::all()
        .into_iter()
        .flat_map(|set| set.sentences)
        .collect();
    let small: Vec<Sentence> = sentences
        .iter()
        .map(|one| one.written(str::to_lowercase))
        .collect();
    let large: Vec<Sentence> = sentences
        .iter()
        .map(|one| one.written(str::to_uppercase))
        .collect();
    for (name, sentences) in [("small", &small), ("large", &large)] {
        let account = Account::of(sentences);
        println!(
            "{name}: recall {:.4} ({} of {}); false marks {:.4} ({} of {})\n{}",
            account.recall(),
            account.caught,
            account.wanted,
            account.false_share(),
            account.false_marks,
            account.marks,
            account.wrong,
        );
        assert!(account.recall() >= 0.9, "{name}: {}", account.recall());
        assert!(account.false_share() <= 0.1, "{name}: {}", account.false_share());
    }
}
