//! Damage of any kind: the content is still in order, or a slip names a file that is there.

use content::{Content, Files};
use domain::choosing::{Advice, Answers};
use proptest::prelude::*;
use proptest::sample::Index;

#[derive(Debug, Clone)]
enum Damage {
    Cut(Index),
    /// Two bytes change places.
    Swap(Index, Index),
    /// A part is there again, elsewhere.
    Copy(Index, Index, u8),
    Take(Index, u8),
    Put(Index, Vec<u8>),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<Index>;
    let words = prop_oneof![
        proptest::collection::vec(any::<u8>(), 1..20),
        "[\\]\\[{}\"'=,:.#\n0-9a-z-]{1,20}".prop_map(String::into_bytes),
        prop_oneof![
            Just("stops = true\n"),
            Just("stage = \"crisis\"\n"),
            Just("\"\"\""),
            Just("\u{feff}"),
            Just("\r\n"),
            Just("[99]"),
            Just("](/"),
            Just("\n+++\n"),
            Just("2026-99-99"),
        ]
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    prop_oneof![
        at().prop_map(Damage::Cut),
        (at(), at()).prop_map(|(a, b)| Damage::Swap(a, b)),
        (at(), at(), any::<u8>()).prop_map(|(from, to, long)| Damage::Copy(from, to, long)),
        (at(), any::<u8>()).prop_map(|(from, long)| Damage::Take(from, long)),
        (at(), words).prop_map(|(at, bytes)| Damage::Put(at, bytes)),
    ]
}

fn damaged(bytes: &mut Vec<u8>, damage: &Damage) {
    let size = bytes.len() + 1;
    let part = |from: &Index, long: u8| {
        let from = from.index(size);
        from..(from + usize::from(long)).min(size - 1)
    };
    match damage {
        Damage::Cut(at) => bytes.truncate(at.index(size)),
        Damage::Swap(a, b) if size > 1 => bytes.swap(a.index(size - 1), b.index(size - 1)),
        Damage::Swap(..) => {}
        Damage::Copy(from, to, long) => {
            let copy = bytes[part(from, *long)].to_vec();
            let to = to.index(size);
            bytes.splice(to..to, copy);
        }
        Damage::Take(from, long) => drop(bytes.drain(part(from, *long))),
        Damage::Put(at, more) => {
            let at = at.index(size);
            bytes.splice(at..at, more.iter().copied());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn damage_is_told_or_does_no_harm(file in any::<Index>(), damages in proptest::collection::vec(damage(), 1..4)) {
        let mut files = Files::bundled();
        let paths: Vec<String> = files.paths().map(str::to_owned).collect();
        let path = file.get(&paths);
        let mut bytes = files.get(path).unwrap_or_default().as_bytes().to_vec();
        for damage in &damages {
            damaged(&mut bytes, damage);
        }
        files.put(path, String::from_utf8_lossy(&bytes));
        match Content::read(&files) {
            Err(slips) => {
                prop_assert!(!slips.0.is_empty());
                for slip in &slips.0 {
                    let text = files.get(&slip.file);
                    prop_assert!(text.is_some(), "{slip}");
                    let lines = text.unwrap_or_default().lines().count();
                    prop_assert!(slip.line.is_none_or(|line| (1..=lines + 1).contains(&line)), "{slip}");
                    prop_assert!(!slip.what.is_empty());
                }
            }
            Ok(content) => {
                let chooser = &content.chooser;
                let choices = chooser.questions().iter().flat_map(|question| &question.choices);
                let answers = choices.map(|choice| Answers::from(choice.set())).chain([Answers::default()]);
                for answers in answers {
                    let decision = chooser.decide(&answers);
                    let crisis = chooser.is_crisis(answers.set());
                    prop_assert!(!decision.advice.is_empty());
                    prop_assert_eq!(decision.advice.first() == Some(&Advice::Crisis), crisis);
                }
            }
        }
    }
}
