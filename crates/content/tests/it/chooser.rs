//! The rules of the chooser, proven over every combination of the answers that any rule looks at.

use std::collections::{BTreeMap, BTreeSet};

use content::{Content, Files};
use domain::choosing::{
    Advice, Answers, Choose, Chooser, Condition, Question, Rest, Set, Stage, Stance, Together,
};

fn chooser() -> Chooser {
    Content::read(&Files::bundled()).unwrap().chooser
}

/// Answers that some rule looks at.
fn bearing(chooser: &Chooser) -> Set {
    chooser
        .rules()
        .iter()
        .fold(Set::default(), |set, rule| set.with(rule.when.set()))
}

/// Every way to answer a question, as far as rules can tell them apart; skipping it is one.
///
/// Answers that every rule names together, in `any` or `none`, are one to all rules: the first stands for them.
fn ways(chooser: &Chooser, question: &Question) -> Vec<Set> {
    let bearing = bearing(chooser);
    let mut choices: Vec<Set> = Vec::new();
    for choice in question
        .choices
        .iter()
        .filter(|choice| choice.set().meets(bearing))
    {
        if !choices.iter().any(|first| are_one(chooser, *first, choice.set())) {
            choices.push(choice.set());
        }
    }
    let alone = question
        .choices
        .iter()
        .filter(|choice| choice.together == Together::Alone)
        .fold(Set::default(), |set, choice| set.with(choice.set()));
    let mut ways = vec![Set::default()];
    for choice in choices {
        if question.choose == Choose::One || choice.meets(alone) {
            ways.push(choice);
        } else {
            let with: Vec<_> = ways.iter().map(|way| way.with(choice)).collect();
            ways.extend(with);
        }
    }
    ways
}

fn are_one(chooser: &Chooser, one: Set, other: Set) -> bool {
    chooser.rules().iter().all(|rule| {
        let Condition { any, all, none } = rule.when;
        let same = |set: Set| set.meets(one) == set.meets(other);
        same(any) && same(none) && !all.meets(one) && !all.meets(other)
    })
}

/// What one part of the enumeration found.
#[derive(Default)]
struct Seen {
    combinations: u64,
    rules: BTreeSet<String>,
    advice: BTreeSet<&'static str>,
    /// Pairs of rules of one stage that held together, one for and one against the same kind of help.
    pulling: BTreeMap<(String, String), String>,
}

impl Seen {
    /// Checks every promise for these answers.
    fn look(&mut self, chooser: &Chooser, answers: Set, risk: Set, question_sets: &[Set]) {
        self.combinations += 1;
        let decision = chooser.decide(&Answers::from(answers));
        // Crisis always wins: the card is there exactly when a risk answer is, and comes first.
        assert_eq!(decision.crisis, answers.meets(risk));
        assert_eq!(decision.advice.first() == Some(&Advice::Crisis), decision.crisis);
        assert!(!decision.advice.is_empty());
        let stops = decision
            .reasons
            .iter()
            .any(|reason| reason.rule.rest == Rest::Stops);
        if stops {
            assert_eq!(decision.advice, [Advice::Crisis]);
        }
        // Every advice has its reason, and every reason of a rule that holds is told.
        for advice in &decision.advice {
            assert!(
                decision
                    .reasons
                    .iter()
                    .any(|reason| reason.line.about == *advice && reason.line.stance == Stance::For)
            );
        }
        for reason in &decision.reasons {
            assert!(reason.rule.when.holds(answers));
            if !self.rules.contains(&reason.rule.id) {
                self.rules.insert(reason.rule.id.clone());
            }
        }
        if !stops {
            for rule in chooser.rules() {
                let told = decision.reasons.iter().any(|reason| reason.rule.id == rule.id);
                assert!(told || !rule.when.holds(answers) || rule.stage == Stage::Otherwise);
            }
        }
        self.advice
            .extend(decision.advice.iter().map(|advice| advice.id()));
        self.pull(&decision);
        // An answer to a question that can still be answered never takes the card away, whatever it is.
        debug_assert!(
            !decision.crisis
                || question_sets
                    .iter()
                    .all(|question| chooser.is_crisis(answers.with(*question)))
        );
    }

    fn pull(&mut self, decision: &domain::choosing::Decision) {
        for one in &decision.reasons {
            for other in &decision.reasons {
                let pulls = one.line.about == other.line.about
                    && one.line.stance == Stance::For
                    && other.line.stance == Stance::Against
                    && one.rule.stage == other.rule.stage;
                if pulls {
                    let pair = (one.rule.id.clone(), other.rule.id.clone());
                    self.pulling
                        .entry(pair)
                        .or_insert_with(|| one.line.about.id().to_owned());
                }
            }
        }
    }
}

#[test]
fn every_combination_of_answers_keeps_the_promises() {
    let chooser = chooser();
    let bearing = bearing(&chooser);
    let ways: Vec<Vec<Set>> = chooser
        .questions()
        .iter()
        .map(|question| ways(&chooser, question))
        .collect();
    let question_sets: Vec<Set> = chooser.questions().iter().map(Question::set).collect();
    let risk = chooser
        .rules()
        .iter()
        .filter(|rule| rule.stage == Stage::Crisis)
        .fold(Set::default(), |set, rule| set.with(rule.when.any));
    let wanted: u64 = ways.iter().map(|ways| ways.len() as u64).product();
    // The ways of the first question, shared out to two threads.
    let halves = ways[0].chunks(ways[0].len().div_ceil(2));
    let seen: Vec<Seen> = std::thread::scope(|scope| {
        let threads: Vec<_> = halves
            .map(|first| {
                let (chooser, ways, question_sets) = (&chooser, &ways, &question_sets);
                scope.spawn(move || {
                    let mut seen = Seen::default();
                    for way in first {
                        walk(*way, &ways[1..], &mut |answers| {
                            seen.look(chooser, answers, risk, question_sets);
                        });
                    }
                    seen
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let combinations: u64 = seen.iter().map(|seen| seen.combinations).sum();
    assert_eq!(combinations, wanted);
    println!("{combinations} combinations of {} answers", bearing.len());
    // Every rule is reachable, and so is every advice.
    let reached: BTreeSet<&String> = seen.iter().flat_map(|seen| &seen.rules).collect();
    let all: BTreeSet<&String> = chooser.rules().iter().map(|rule| &rule.id).collect();
    assert_eq!(reached, all);
    let advised: BTreeSet<&str> = seen.iter().flat_map(|seen| &seen.advice).copied().collect();
    assert_eq!(advised, Advice::ALL.iter().map(|advice| advice.id()).collect());
    // No rule contradicts another unseen: each pair that pulls apart has its sentence, and no sentence is idle.
    let pulling: BTreeSet<(String, String)> = seen
        .iter()
        .flat_map(|seen| seen.pulling.keys())
        .map(|(a, b)| sorted(a, b))
        .collect();
    let told = |(a, b): &&(String, String)| {
        chooser.tensions().iter().any(|tension| {
            let [one, other] = &tension.sides;
            (one.contains(a) && other.contains(b)) || (one.contains(b) && other.contains(a))
        })
    };
    let untold: Vec<_> = pulling.iter().filter(|pair| !told(pair)).collect();
    assert!(
        untold.is_empty(),
        "these pull apart and content/chooser.toml has no [[tension]] for them: {untold:?}"
    );
    for tension in chooser.tensions() {
        let [one, other] = &tension.sides;
        for pair in one.iter().flat_map(|a| other.iter().map(move |b| sorted(a, b))) {
            assert!(pulling.contains(&pair), "{pair:?} never pull apart");
        }
    }
}

fn walk(answers: Set, rest: &[Vec<Set>], look: &mut impl FnMut(Set)) {
    match rest.split_first() {
        None => look(answers),
        Some((ways, rest)) => {
            for way in ways {
                walk(answers.with(*way), rest, look);
            }
        }
    }
}

fn sorted(a: &str, b: &str) -> (String, String) {
    if a < b {
        (a.to_owned(), b.to_owned())
    } else {
        (b.to_owned(), a.to_owned())
    }
}

#[test]
fn adding_any_answer_never_removes_the_card() {
    let chooser = chooser();
    let choices: Vec<_> = chooser
        .questions()
        .iter()
        .flat_map(|question| &question.choices)
        .collect();
    let risks = choices
        .iter()
        .filter(|choice| chooser.is_crisis(choice.set()))
        .count();
    assert_eq!(risks, 4);
    for risk in &choices {
        for other in &choices {
            if chooser.is_crisis(risk.set()) {
                let both = Answers::from(risk.set().with(other.set()));
                assert!(chooser.decide(&both).crisis, "{} and {}", risk.id, other.id);
            }
        }
    }
}

#[test]
fn the_opener_is_gentle_and_the_answer_is_at_most_the_ninth_screen() {
    let chooser = chooser();
    assert!(chooser.asked().len() < 9);
    assert!(!chooser.is_crisis(chooser.questions()[0].set()));
}

#[test]
fn no_question_about_danger_can_be_sent_to_who_leads_a_group() {
    let chooser = chooser();
    let sendable: Vec<_> = chooser.sendable().map(|question| question.id.as_str()).collect();
    assert_eq!(
        sendable,
        ["hope", "about", "now", "weekly", "talking", "who", "practical"]
    );
    assert!(
        chooser
            .sendable()
            .all(|question| !chooser.is_crisis(question.set()))
    );
}
