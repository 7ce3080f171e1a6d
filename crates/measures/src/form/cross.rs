//! The order in which it can be told whether items are asked; rules that wait for each other are refused.

use std::collections::BTreeSet;

use super::At;
use super::read::Reading;

/// Items so that each comes after its group and after the questions its conditions look at.
pub(super) fn order(reading: &mut Reading) -> Vec<At> {
    let items = &reading.items;
    let mut needs: Vec<BTreeSet<At>> = Vec::with_capacity(items.len());
    for item in items {
        let mut need: BTreeSet<At> = item.parent.into_iter().collect();
        need.extend(item.enable.when.iter().map(|when| when.question));
        needs.push(need);
    }
    match sorted(&needs) {
        Ok(order) => order,
        Err(circle) => {
            let names: Vec<&str> = circle.iter().map(|at| items[at.0].link_id.as_str()).collect();
            let path = items[circle[0].0].path.clone();
            let why = format!(
                "whether it is asked depends on itself: {}; take one of these conditions out",
                told(&names)
            );
            reading.problems.add(format!("{path}.enableWhen"), why);
            Vec::new()
        }
    }
}

/// "a needs b, b needs a"; a long circle is cut.
pub(crate) fn told(names: &[&str]) -> String {
    let shown: Vec<String> = names.iter().take(6).map(|name| format!("{name:?}")).collect();
    let rest = names.len().saturating_sub(6);
    let more = if rest > 0 {
        format!(" → {rest} more")
    } else {
        String::new()
    };
    format!("{}{more} → {:?}", shown.join(" → "), names.first().unwrap_or(&""))
}

/// Everything after what it needs, otherwise in its own order; or what needs each other in a circle.
pub(crate) fn sorted(needs: &[BTreeSet<At>]) -> Result<Vec<At>, Vec<At>> {
    let mut needed_by: Vec<Vec<usize>> = vec![Vec::new(); needs.len()];
    let mut open: Vec<usize> = needs.iter().map(BTreeSet::len).collect();
    for (index, need) in needs.iter().enumerate() {
        for at in need {
            needed_by[at.0].push(index);
        }
    }
    let mut ready: BTreeSet<usize> = (0..needs.len()).filter(|index| open[*index] == 0).collect();
    let mut order = Vec::with_capacity(needs.len());
    while let Some(index) = ready.pop_first() {
        order.push(At(index));
        for &next in &needed_by[index] {
            open[next] -= 1;
            if open[next] == 0 {
                ready.insert(next);
            }
        }
    }
    if order.len() == needs.len() {
        return Ok(order);
    }
    Err(circle(needs, &open))
}

/// One circle among what is left: whoever goes on to what is still needed comes back at last.
fn circle(needs: &[BTreeSet<At>], open: &[usize]) -> Vec<At> {
    let mut way: Vec<usize> = Vec::new();
    let mut seen = vec![false; needs.len()];
    let mut here = open.iter().position(|open| *open > 0).unwrap_or(0);
    while !seen[here] {
        seen[here] = true;
        way.push(here);
        let next = needs[here].iter().find(|at| open[at.0] > 0);
        here = next.map_or(here, |at| at.0);
    }
    let from = way.iter().position(|index| *index == here).unwrap_or(0);
    way[from..].iter().copied().map(At).collect()
}
