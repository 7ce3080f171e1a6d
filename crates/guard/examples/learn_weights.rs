//! Learns the weights in `data/weights.txt`: `cargo run --package guard --example learn_weights`.
//!
//! Logistic regression with a penalty, over the sentences of every set that is not held out, as they are and written all small. What it is worth on
//! sentences that it has not seen is told by leaving out each set in turn.

#![expect(clippy::unwrap_used, reason = "what cannot go on ends")]

#[expect(dead_code, reason = "tests mark, this learns")]
#[path = "../tests/it/sets/mod.rs"]
mod sets;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

type Clue = (&'static str, &'static str, &'static str);
type Weights = HashMap<Clue, f32>;

const PENALTY: f32 = 0.005;
const STEPS: usize = 60;

struct Example {
    clues: Vec<Clue>,
    name: bool,
    /// Whether a rule says so, without any weight.
    ruled: bool,
    /// How much it counts: one that is not as somebody wrote it counts half.
    counts: f32,
    set: usize,
}

/// What is seen around each word that is also a name, and whether it is to be marked.
fn clues(sentence: &sets::Sentence) -> Vec<(Vec<Clue>, bool)> {
    let wanted = |at: &Range<usize>| {
        let overlaps = |one: &sets::Wanted| one.range.start < at.end && at.start < one.range.end;
        sentence.wanted.iter().any(overlaps)
    };
    let seen = sentence.guard.clues(&sentence.text, sentence.part);
    seen.into_iter().map(|(at, clues)| (clues, wanted(&at))).collect()
}

fn examples(sets: &[sets::Set]) -> Vec<Example> {
    let mut examples = Vec::new();
    for (set, of) in sets.iter().enumerate() {
        for sentence in &of.sentences {
            let small = sentence.written(str::to_lowercase);
            for (sentence, counts) in [(sentence, 1.0), (&small, 0.5)] {
                let seen = clues(sentence).into_iter();
                examples.extend(seen.map(|(mut clues, name)| {
                    let all = clues.len();
                    clues.retain(|(slot, ..)| *slot != "ruled");
                    Example {
                        ruled: clues.len() < all,
                        clues,
                        name,
                        counts,
                        set,
                    }
                }));
            }
        }
    }
    examples
}

fn weight(weights: &Weights, clues: &[Clue]) -> f32 {
    clues.iter().filter_map(|clue| weights.get(clue)).sum()
}

/// By steps that grow smaller for each clue the more often it was seen.
fn learnt(examples: &[&Example]) -> Weights {
    let mut weights: HashMap<Clue, (f32, f32)> = HashMap::new();
    for step in 0..STEPS {
        let mut order: Vec<usize> = (0..examples.len()).collect();
        order.sort_by_key(|at| (at * 7919 + step * 104_729) % 10_007);
        for at in order {
            let example = examples[at];
            let seen = example.clues.iter().filter_map(|clue| weights.get(clue));
            let sum: f32 = seen.map(|(weight, _)| weight).sum();
            let likely = 1.0 / (1.0 + (-sum).exp());
            let wrong = (likely - f32::from(u8::from(example.name))) * example.counts;
            for clue in &example.clues {
                let (weight, slopes) = weights.entry(*clue).or_insert((0.0, 0.01));
                let slope = wrong + PENALTY * *weight;
                *slopes += slope * slope;
                *weight -= 0.1 * slope / slopes.sqrt();
            }
        }
    }
    let learnt = weights.into_iter();
    learnt.map(|(clue, (weight, _))| (clue, weight)).collect()
}

fn main() {
    let mut sets = sets::all();
    sets.retain(|set| !set.name.starts_with("held_out"));
    let examples = examples(&sets);
    for (left, set) in sets.iter().enumerate() {
        let others: Vec<&Example> = examples.iter().filter(|one| one.set != left).collect();
        let weights = learnt(&others);
        let own: Vec<&Example> = examples.iter().filter(|one| one.set == left).collect();
        println!("{}: {}", set.name, account(&weights, &own));
    }
    write(&learnt(&examples.iter().collect::<Vec<_>>()));
}

/// Of a set that was left out, as it was written: how many names are missed and how many words marked, with the rules.
fn account(weights: &Weights, own: &[&Example]) -> String {
    let own: Vec<&&Example> = own.iter().filter(|one| one.counts >= 1.0).collect();
    let names = own.iter().filter(|one| one.name).count();
    let mut account = format!("{names} names of {} words", own.len());
    for enough in [-2.0, -1.0, -0.5, 0.0, 1.0] {
        let marked = |one: &Example| one.ruled || weight(weights, &one.clues) > enough;
        let missed = own.iter().filter(|one| one.name && !marked(one)).count();
        let wrong = own.iter().filter(|one| !one.name && marked(one)).count();
        write!(account, "; over {enough} missed {missed}, wrong {wrong}").unwrap();
    }
    account
}

fn write(weights: &Weights) {
    let telling = weights.iter().filter(|(_, weight)| weight.abs() >= 0.04);
    let mut lines: Vec<String> = telling
        .map(|((slot, kind, what), weight)| format!("{slot}|{kind}|{what}|{weight:.2}"))
        .collect();
    lines.sort();
    let head = "# What a clue weighs for a name, or against one: where it is seen, beside which kind of word or how it is written,\n# what is seen. Learnt by examples/learn_weights.rs, not written by hand.\n";
    let path = format!("{}/data/weights.txt", env!("CARGO_MANIFEST_DIR"));
    std::fs::write(path, format!("{head}{}\n", lines.join("\n"))).unwrap();
}
