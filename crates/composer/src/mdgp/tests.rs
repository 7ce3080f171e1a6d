//! Small instances against trying every grouping.

use super::Mdgp;
use crate::chance::Chance;

fn instance(chance: &mut Chance, elements: usize) -> Mdgp {
    let groups = 1 + chance.below(3.min(elements));
    let share = elements / groups;
    let mut lines = vec![format!("{elements} {groups} ds")];
    for _ in 0..groups {
        let (least, most) = (
            share - chance.below(share + 1).min(1),
            share + 1 + chance.below(3),
        );
        lines[0].extend([" ", &least.to_string(), " ", &most.to_string()]);
    }
    for one in 0..elements {
        for other in one + 1..elements {
            lines.push(format!(
                "{one} {other} {}.{}",
                chance.below(200),
                chance.below(100)
            ));
        }
    }
    // No limit is above the number of elements.
    Mdgp::read(&lines.join("\n")).unwrap_or_else(|_| instance(chance, elements))
}

fn every(problem: &Mdgp) -> i64 {
    let (elements, count) = (problem.elements, problem.limits.len());
    let mut best = i64::MIN;
    let mut groups = vec![0; elements];
    loop {
        let size = |group: usize| groups.iter().filter(|own| **own == group).count();
        if (0..count).all(|group| (problem.limits[group].0..=problem.limits[group].1).contains(&size(group)))
        {
            best = best.max(problem.sum(&groups));
        }
        let Some(next) = (0..elements).find(|element| groups[*element] + 1 < count) else {
            return best;
        };
        groups[..next].fill(0);
        groups[next] += 1;
    }
}

#[test]
fn few_elements_are_grouped_as_trying_everything_finds() {
    let mut chance = Chance::new(7);
    for _ in 0..200 {
        let elements = 2 + chance.below(6);
        let problem = instance(&mut chance, elements);
        let found = problem.solve(1, 1, &|| false);
        assert!(found.optimal);
        assert_eq!(problem.sum(&found.groups), every(&problem), "{problem:?}");
        let searched = super::search::best(&problem, 1, 3, &|| false);
        assert_eq!(problem.sum(&searched), every(&problem), "{problem:?}");
    }
}

#[test]
fn what_is_wrong_in_an_instance_is_told_with_its_line() {
    for (text, told) in [
        ("", "line 1: the file is empty"),
        ("2 1 ss 2 2\n0 1 x", "line 2: x: must be a number"),
        ("2 1 ss 2 2\n0 2 1", "line 2: 2: must be an element from 0 to 1"),
        (
            "2 1 ss 2 2\n0 1 1\n1 0 1",
            "line 3: the distance of 1 and 0 stands twice",
        ),
        (
            "3 1 ss 3 3\n0 1 1.000000\n1 2 1.00000",
            "the distance of 0 and 2 is missing",
        ),
        ("3 1 ss 3 3\n0 1 1", "line 1: says 3 elements"),
        ("3 1 ss 1 2\n", "no grouping keeps the limits"),
        ("3 1 xx 1 2\n", "line 1: xx: must be ss"),
        ("3 2 ss 1 2\n", "line 1: must have a lower and an upper limit"),
    ] {
        let error = Mdgp::read(text).unwrap_err().to_string();
        assert!(error.starts_with(told), "{error}");
    }
}
