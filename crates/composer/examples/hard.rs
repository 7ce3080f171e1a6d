use composer::*;
use serde_json::json;
use std::time::Instant;
fn main() {
    let args: Vec<usize> = std::env::args().skip(1).map(|a| a.parse().unwrap()).collect();
    let [people, groups, min, max] = args[..] else {
        panic!()
    };
    let g: Vec<String> = (0..groups).map(|g| format!("g{g}")).collect();
    let mut x: usize = 12345;
    let mut r = |n: usize| {
        x = x
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (x >> 33) % n
    };
    let ps: Vec<_> = (0..people).map(|p| json!({"id": format!("p{p}"), "slots": g, "groups": g, "prefers": [(g[r(groups)]), (g[r(groups)])], "waiting_days": r(60), "severity": r(28), "traits": {"gender": (["f","m","n"][r(3)]), "style": (["a","b"][r(2)]), "age": (["y","m","o"][r(3)])}})).collect();
    let gs: Vec<_> = g
        .iter()
        .map(|g| json!({"id": g, "slot": g, "min": min, "max": max}))
        .collect();
    for order in [
        vec!["placed", "waiting", "preference", "severity", "spread", "change"],
        vec!["placed", "severity", "spread"],
        vec!["placed", "spread"],
        vec!["placed", "change", "severity", "preference"],
    ] {
        let p = Problem::of(&json!({"people": ps, "groups": gs, "never_alone": ["gender"], "spread": ["style"], "alike": ["age"], "order": order})).unwrap();
        let t = Instant::now();
        let plan = compose(
            &p,
            How {
                effort: 1 as u32,
                ..How::default()
            },
            &Patient,
        )
        .unwrap();
        let l: Vec<_> = plan
            .levels
            .iter()
            .map(|l| format!("{}={}/{:?}", l.name.name(), l.value, l.bound))
            .collect();
        println!(
            "{:?} {:?} {} {}",
            t.elapsed(),
            plan.status,
            l.join(" "),
            plan.clash.join("; ")
        );
    }
}
