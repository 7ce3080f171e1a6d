//! The rules of the chooser, each with its reason.

use std::fmt::Write;

use domain::choosing::{
    Advice, Answers, Choose, Chooser, From, MOST_CHOICES, MOST_QUESTIONS, Rest, Rule, RuleLine, Set, Stage,
    Stance, Together,
};
use domain::helping::Concern;

use super::Cited;
use crate::Content;

const HEAD: &str = "# The chooser, rule by rule

Made from `content/chooser.toml` by `cargo xtask docs`; change that file instead.

**No clinician has reviewed these rules.** Each line below names the source it is drawn from, as the number of one at the end
of this page, or says that it is our own rule. A source in parentheses is named but was not read, and the line counts as ours.

";

/// What is said where no source was read.
const OURS: &str = "*our rule, not yet reviewed*";

const HOW: &str = "## How advice is decided

1. **Crisis** rules are looked at first, whatever else was answered. Any one risk answer raises the crisis card, and no other
   answer takes it away. A rule that *stops the rest* leaves the crisis as the only advice.
2. **Limit** rules say what must come first. What a crisis or limit rule is *for* stands before what fits, except a support
   group, which takes its place among what fits. What a crisis or limit rule is *against* is not advised at all.
3. **Fit** rules count: each line for a kind of help counts for it, each line against it counts against it. Who has more comes
   first. A line against is told, but does not take a kind out.
4. **Otherwise** rules hold when no rule so far advises anything: someone who skips every question gets these.
5. A tie is told in this order: ";

const AFTER: &str = "
Notes decide nothing. Every line of every rule that holds is shown, for and against, with its source. Questions that no rule
looks at shape only the search for groups.

";

const PROVEN: &str = "## What is proven, and what is not

A test (`crates/content/tests/it/chooser.rs`) tries every combination of the answers that any rule looks at; answers that all rules
treat alike stand for each other. For each combination it checks that

- the crisis card is there exactly when a risk answer is, and is the first advice;
- there is always some advice, and each has a reason;
- every rule that holds is told, and no rule that does not;
- every rule and every advice can be reached;
- wherever two rules of a stage pull apart, one for and one against the same kind, a sentence says so, and no such sentence is
  idle.

When the program starts, it also refuses a chooser (also one of your own) that could hide a crisis, open harshly, or leave
someone without advice.

**Not proven:** that a rule is right. The test shows that the program does what the rules say, not that the rules say what is
good for people. No clinician has reviewed them, no one has compared the advice with what clinicians would advise, and nothing
here is a diagnosis.

## Not there

- **R2** and **R11** come with measures (such as PHQ-9): what a score says about which help fits.
- **R6**, violence toward others, is not asked of visitors. A leader asks it in screening.
";

pub(super) fn page(content: &Content) -> String {
    let chooser = &content.chooser;
    let (mut page, mut cited) = (HEAD.to_owned(), Cited::default());
    page.push_str(HOW);
    let order: Vec<_> = Advice::ALL.into_iter().map(said).collect();
    let _ = writeln!(page, "{}.", order.join(", "));
    page.push_str(AFTER);
    page.push_str(PROVEN);
    questions(&mut page, chooser);
    page.push_str("\n## Always said\n\nWhatever is answered:\n\n");
    for line in chooser.always() {
        told(&mut page, line, &mut cited);
    }
    page.push_str("\n## Rules\n\nIn the order in which they are looked at.\n");
    for rule in chooser.rules() {
        one(&mut page, chooser, rule, &mut cited);
    }
    page.push_str("\n## Rules that pull apart\n\nThe sentence is shown when a rule of each side holds.\n\n");
    for tension in chooser.tensions() {
        let [one, other] = &tension.sides;
        let _ = writeln!(
            page,
            "- {} and {}: “{}”",
            one.join(", "),
            other.join(", "),
            tension.text
        );
    }
    page.push_str(&cited.list());
    page
}

fn questions(page: &mut String, chooser: &Chooser) {
    let _ = writeln!(
        page,
        "\n## Questions\n\n{} of at most {MOST_QUESTIONS}, with {} of at most {MOST_CHOICES} answers. Each may be skipped. ⚠ is a risk answer.\n",
        chooser.asked().len(),
        chooser
            .questions()
            .iter()
            .map(|question| question.choices.len())
            .sum::<usize>(),
    );
    for (number, question) in chooser.questions().iter().enumerate() {
        let many = match (question.from, question.choose) {
            (From::Check, _) => "not asked: a self-check answers it, if the person goes on from there",
            (From::Person, Choose::One) => "one answer",
            (From::Person, Choose::Many) => "several answers",
        };
        let choices: Vec<_> = question
            .choices
            .iter()
            .map(|choice| {
                let risk = if chooser.is_crisis(choice.set()) {
                    "⚠ "
                } else {
                    ""
                };
                let alone = match choice.together {
                    Together::Alone => " (alone)",
                    Together::WithOthers => "",
                };
                format!("{risk}{}{alone}", choice.text)
            })
            .collect();
        let _ = writeln!(
            page,
            "{}. **{}** ({many}) {}.",
            number + 1,
            question.text,
            choices.join(" · ")
        );
    }
}

fn one<'a>(page: &mut String, chooser: &Chooser, rule: &'a Rule, cited: &mut Cited<'a>) {
    let stage = match rule.stage {
        Stage::Crisis => "crisis",
        Stage::Limit => "limit",
        Stage::Fit => "fit",
        Stage::Otherwise => "otherwise",
    };
    let rest = match rule.rest {
        Rest::Stops => ", stops the rest",
        Rest::Goes => "",
    };
    let _ = writeln!(page, "\n### {} ({stage}{rest})\n", rule.id);
    let conditions: Vec<String> = [
        ("any of", rule.when.any),
        ("all of", rule.when.all),
        ("none of", rule.when.none),
    ]
    .into_iter()
    .filter(|(_, set)| !set.is_empty())
    .map(|(how, set)| answered(chooser, how, set))
    .collect();
    match (conditions.as_slice(), rule.stage) {
        ([], Stage::Otherwise) => page.push_str("When nothing else is advised.\n\n"),
        ([], _) => page.push_str("Always.\n\n"),
        (conditions, _) => {
            let _ = writeln!(page, "When {}.\n", conditions.join(", and "));
        }
    }
    for line in &rule.lines {
        told(page, line, cited);
    }
    for concern in &rule.concerns {
        let _ = writeln!(page, "- shows help lines for {}", lines_for(*concern));
    }
}

/// "any of “Are you safe right now?” → “Yes, I am safe”"
fn answered(chooser: &Chooser, how: &str, set: Set) -> String {
    let answers = Answers::from(set);
    let asked = chooser.questions().iter().filter_map(|question| {
        let chosen: Vec<_> = answers
            .of(question)
            .map(|choice| format!("“{}”", choice.text))
            .collect();
        (!chosen.is_empty()).then(|| format!("*{}* → {}", question.text, chosen.join(", ")))
    });
    format!("{how}: {}", asked.collect::<Vec<_>>().join("; "))
}

fn told<'a>(page: &mut String, line: &'a RuleLine, cited: &mut Cited<'a>) {
    let stance = match line.stance {
        Stance::For => "for",
        Stance::Against => "against",
        Stance::Note => "note on",
    };
    let ground = match (cited.mark(&line.backing), line.backing.seen()) {
        (Some(mark), Some(_)) => mark,
        (Some(mark), None) => format!("{OURS}, after {mark}"),
        (None, _) => OURS.to_owned(),
    };
    let _ = writeln!(
        page,
        "- {stance} **{}**: “{}” {ground}",
        said(line.about),
        line.text
    );
}

fn lines_for(concern: Concern) -> &'static str {
    match concern {
        Concern::Crisis => "anyone in a crisis",
        Concern::Violence => "violence",
        Concern::YoungPeople => "young people",
        Concern::Veterans => "veterans",
        Concern::Substances => "alcohol and drugs",
    }
}

fn said(advice: Advice) -> &'static str {
    match advice {
        Advice::Crisis => "crisis help",
        Advice::MedicalFirst => "a doctor first",
        Advice::Individual => "individual therapy",
        Advice::GroupTherapy => "a therapy group",
        Advice::SupportGroup => "a support group",
        Advice::Class => "a class or workshop",
    }
}
