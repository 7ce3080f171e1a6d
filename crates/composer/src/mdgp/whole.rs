//! The best grouping of few elements, over all sets of them.

use super::Mdgp;

/// With so few elements that sets of them are bits of a number; the limits can be kept, as reading has checked.
pub(super) fn best(problem: &Mdgp) -> Vec<usize> {
    let count = 1_usize << problem.elements;
    let mut within = vec![0_i64; count];
    for set in 1..count {
        let first = set.trailing_zeros() as usize;
        let rest = set & (set - 1);
        let to_rest = (first + 1..problem.elements).filter(|other| rest >> other & 1 == 1);
        within[set] = within[rest] + to_rest.map(|other| problem.distance(first, other)).sum::<i64>();
    }
    // The best of the first groups with exactly these elements, and who is in the last of them.
    let mut stages: Vec<Vec<Option<(i64, usize)>>> = vec![vec![None; count]];
    stages[0][0] = Some((0, 0));
    for (least, most) in &problem.limits {
        let before = &stages[stages.len() - 1];
        let mut after = vec![None; count];
        for own in (0..count).filter(|own| (*least..=*most).contains(&(own.count_ones() as usize))) {
            let others = (count - 1) & !own;
            let mut rest = others;
            loop {
                if let Some((sum, _)) = before[rest] {
                    let sum = sum + within[own];
                    if after[rest | own].is_none_or(|(known, _)| known < sum) {
                        after[rest | own] = Some((sum, own));
                    }
                }
                if rest == 0 {
                    break;
                }
                rest = (rest - 1) & others;
            }
        }
        stages.push(after);
    }
    let mut groups = vec![0; problem.elements];
    let mut set = count - 1;
    for (group, stage) in stages.iter().enumerate().skip(1).rev() {
        let own = stage[set].map_or(0, |(_, own)| own);
        for element in (0..problem.elements).filter(|element| own >> element & 1 == 1) {
            groups[element] = group - 1;
        }
        set &= !own;
    }
    groups
}
