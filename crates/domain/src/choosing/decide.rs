//! From answers to advice.

use super::{Advice, Answers, Chooser, Rest, Rule, RuleLine, Set, Stage, Stance, Tension};

/// What is advised, and every reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision<'a> {
    /// Never empty; the first fits best. A crisis always comes first.
    pub advice: Vec<Advice>,
    pub crisis: bool,
    /// In the order of the rules.
    pub reasons: Vec<Reason<'a>>,
    /// Rules that hold and pull apart.
    pub tensions: Vec<&'a Tension>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reason<'a> {
    pub rule: &'a Rule,
    pub line: &'a RuleLine,
}

impl Chooser {
    /// What follows from these answers.
    pub fn decide(&self, answers: &Answers) -> Decision<'_> {
        let answers = answers.set();
        let held = self.held(answers);
        let mut reasons: Vec<Reason> = Vec::new();
        let mut tally = Tally::default();
        for rule in &held {
            for line in &rule.lines {
                reasons.push(Reason { rule, line });
                tally.take(rule.stage, line);
            }
        }
        let holds = |side: &Vec<String>| held.iter().any(|rule| side.contains(&rule.id));
        let tensions = self
            .tensions
            .iter()
            .filter(|tension| tension.sides.iter().all(holds))
            .collect();
        Decision {
            advice: if stops(&held) {
                vec![Advice::Crisis]
            } else {
                tally.advice()
            },
            crisis: self.is_crisis(answers),
            reasons,
            tensions,
        }
    }

    /// Whether any answer raises a crisis.
    pub fn is_crisis(&self, answers: Set) -> bool {
        self.rules
            .iter()
            .take_while(|rule| rule.stage == Stage::Crisis)
            .any(|rule| rule.when.holds(answers))
    }

    /// The rules that hold. One that stops the rest is alone with the other crisis rules.
    fn held(&self, answers: Set) -> Vec<&Rule> {
        let mut held: Vec<&Rule> = Vec::new();
        let mut advised = false;
        for rule in &self.rules {
            let due = match rule.stage {
                Stage::Crisis => true,
                Stage::Limit | Stage::Fit => !stops(&held),
                Stage::Otherwise => !stops(&held) && !advised,
            };
            if due && rule.when.holds(answers) {
                let mut lines = rule.lines.iter();
                advised |= lines.any(|line| line.stance == Stance::For && line.about != Advice::Crisis);
                held.push(rule);
            }
        }
        held
    }
}

fn stops(held: &[&Rule]) -> bool {
    held.iter().any(|rule| rule.rest == Rest::Stops)
}

/// What speaks for each advice.
#[derive(Default)]
struct Tally {
    first: [bool; Advice::ALL.len()],
    barred: [bool; Advice::ALL.len()],
    fors: [i8; Advice::ALL.len()],
    againsts: [i8; Advice::ALL.len()],
}

impl Tally {
    fn take(&mut self, stage: Stage, line: &RuleLine) {
        let about = line.about as usize;
        match (line.stance, stage) {
            (Stance::For, stage) => {
                self.fors[about] = self.fors[about].saturating_add(1);
                self.first[about] |= stage == Stage::Limit;
            }
            (Stance::Against, Stage::Crisis | Stage::Limit) => self.barred[about] = true,
            (Stance::Against, Stage::Fit | Stage::Otherwise) => {
                self.againsts[about] = self.againsts[about].saturating_add(1);
            }
            (Stance::Note, _) => {}
        }
    }

    /// The crisis, then what must come first, then what fits best; ties in the order of [`Advice`].
    fn advice(&self) -> Vec<Advice> {
        let mut advised: Vec<Advice> = Advice::ALL
            .into_iter()
            .filter(|advice| self.fors[*advice as usize] > 0 && !self.barred[*advice as usize])
            .collect();
        advised.sort_by_key(|advice| {
            let at = *advice as usize;
            let rank = match advice {
                Advice::Crisis => 0,
                _ if self.first[at] && *advice != Advice::SupportGroup => 1,
                _ => 2,
            };
            (rank, i16::from(self.againsts[at]) - i16::from(self.fors[at]))
        });
        advised
    }
}
