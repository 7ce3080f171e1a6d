//! How the weights in `data/weights.txt` are learnt: `cargo test -p guard -- --ignored weights_are_learnt`.
//!
//! Logistic regression with a penalty, over the sentences of every set as they are and written all small. What it is worth on
//! sentences that it has not seen is told by leaving out each set in turn.

use std::collections::HashMap;
use std::fmt::Write as _;

type Clue = (&'static str, &'static str, &'static str);
type Weights = HashMap<Clue, f32>;

struct Example {
    clues: Vec<Clue>,
    name: bool,
    ruled: bool,
    text: String,
    /// How much it counts: one that is not as somebody wrote it counts less.
    counts: f32,
    set: usize,
}

fn setting(name: &str, otherwise: f32) -> f32 {
    std::env::var(name)
        .ok()
        .map_or(otherwise, |value| value.parse().unwrap())
}

fn examples(sets: &[crate::sets::Set]) -> Vec<Example> {
    let mut examples = Vec::new();
    for (set, of) in sets.iter().enumerate() {
        for sentence in &of.sentences {
            let text = &sentence.text;
            let small = sentence.written(str::to_lowercase);
            let _ = text;
            for (sentence, counts) in [(sentence, 1.0), (&small, setting("SMALL", 0.5))] {
                let seen = sentence.clues().into_iter();
                examples.extend(seen.map(|((at, mut clues), name)| Example {
                    text: format!(
                        "{}[{}]{}",
                        &sentence.text[..at.start],
                        &sentence.text[at.clone()],
                        &sentence.text[at.end..]
                    ),
                    ruled: clues.iter().any(|c| c.0 == "ruled"),
                    clues: {
                        clues.retain(|c| c.0 != "ruled");
                        clues
                    },
                    name,
                    counts,
                    set,
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
    let penalty = setting("PENALTY", 0.005);
    let mut weights: HashMap<Clue, (f32, f32)> = HashMap::new();
    let steps = 60;
    for step in 0..steps {
        let mut order: Vec<usize> = (0..examples.len()).collect();
        order.sort_by_key(|at| (at * 7919 + step * 104_729) % 10_007);
        for at in order {
            let example = examples[at];
            let sum: f32 = example
                .clues
                .iter()
                .filter_map(|clue| weights.get(clue))
                .map(|(weight, _)| weight)
                .sum();
            let likely = 1.0 / (1.0 + (-sum).exp());
            let wrong = (likely - f32::from(u8::from(example.name))) * example.counts;
            for clue in &example.clues {
                let (weight, seen) = weights.entry(*clue).or_insert((0.0, 0.01));
                let slope = wrong + penalty * *weight;
                *seen += slope * slope;
                *weight -= 0.1 * slope / seen.sqrt();
            }
        }
    }
    weights
        .into_iter()
        .map(|(clue, (weight, _))| (clue, weight))
        .collect()
}

#[test]
#[ignore = "learns and writes data/weights.txt"]
fn weights_are_learnt() {
    let sets = crate::sets::all();
    let examples = examples(&sets);
    let skipped = std::env::var("SKIP").unwrap_or_default();
    let skipped = |set: usize| !skipped.is_empty() && skipped.split(',').any(|name| name == sets[set].name);
    println!("{} examples", examples.len());
    let mut tested: Vec<(f32, bool, f32, bool)> = Vec::new();
    for (left, set) in sets.iter().enumerate() {
        let others: Vec<&Example> = examples
            .iter()
            .filter(|one| one.set != left && !skipped(one.set))
            .collect();
        let weights = learnt(&others);
        let mut own: Vec<(f32, bool, f32, bool)> = Vec::new();
        for one in examples.iter().filter(|one| one.set == left) {
            let score = weight(&weights, &one.clues);
            if one.name != (score > -0.3 || one.ruled) {
                println!(
                    "ERR {} {} {score:.1} {} {}",
                    set.name, one.counts, one.name, one.text
                );
            }
            own.push((weight(&weights, &one.clues), one.name, one.counts, one.ruled));
        }
        account(&set.name, &own);
        tested.extend(own);
    }
    account("all", &tested);
    let all: Vec<&Example> = examples.iter().filter(|one| !skipped(one.set)).collect();
    write(&learnt(&all));
}

fn account(name: &str, tested: &[(f32, bool, f32, bool)]) {
    let mut line = format!("{name}:");
    for written in [true, false] {
        let of: Vec<_> = tested.iter().filter(|one| (one.2 >= 1.0) == written).collect();
        let names = of.iter().filter(|one| one.1).count();
        write!(line, " | {names} of {}:", of.len()).unwrap();
        for enough in [-2.0, -1.0, -0.5, 0.0, 0.5, 1.0] {
            let found = of.iter().filter(|one| one.1 && one.0 > enough).count();
            let wrong = of.iter().filter(|one| !one.1 && one.0 > enough).count();
            let both = |lo: f32, name: bool| {
                of.iter()
                    .filter(|one| one.1 == name && (one.0 > enough || one.3 && one.0 > lo))
                    .count()
            };
            for lo in [-99.0, -4.0] {
                write!(
                    line,
                    "\n      {enough}/{lo}: missed {} false {}",
                    names - both(lo, true),
                    both(lo, false)
                )
                .unwrap();
            }
            let found = of.iter().filter(|one| one.1 && one.0 > enough).count();
            let wrong = of.iter().filter(|one| !one.1 && one.0 > enough).count();
            let f2 = |lo: f32| {
                of.iter()
                    .filter(|one| one.1 && (one.0 > enough || one.3 && one.0 > lo))
                    .count()
            };
            let w2 = |lo: f32| {
                of.iter()
                    .filter(|one| !one.1 && (one.0 > enough || one.3 && one.0 > lo))
                    .count()
            };
            write!(line, "\n   {enough}: missed {} false {wrong};", names - found).unwrap();
        }
    }
    println!("{line}");
}

fn write(weights: &Weights) {
    let mut lines: Vec<String> = weights
        .iter()
        .filter(|(_, weight)| weight.abs() >= 0.04)
        .map(|((slot, kind, what), weight)| format!("{slot}|{kind}|{what}|{weight:.2}"))
        .collect();
    lines.sort();
    let head = "# What a clue weighs for a name (+) or against one (-): where it is seen, beside which kind of word, what is seen. Learnt by\n# tests/it/learning.rs; not written by hand.\n";
    let path = format!("{}/data/weights.txt", env!("CARGO_MANIFEST_DIR"));
    std::fs::write(path, format!("{head}{}\n", lines.join("\n"))).unwrap();
}
