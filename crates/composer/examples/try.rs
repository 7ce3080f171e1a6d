#[path = "../tests/common/mod.rs"]
mod common;
use common::{Chance, Shape, problem};
use composer::*;
use std::time::Instant;
fn main() {
    let args: Vec<usize> = std::env::args().skip(1).map(|a| a.parse().unwrap()).collect();
    let [people, groups, count, effort] = args[..] else {
        panic!()
    };
    let mut chance = Chance::new(5);
    for n in 0..count {
        let shape = Shape {
            people,
            groups,
            slots: 1 + groups / 2,
            leaders: groups,
            rooms: groups,
            most: 8,
            seated: [0, 20][n % 2],
            apart: people / 6,
            together: people / 12,
            bans: people / 10,
        };
        let json = problem(&mut chance, shape);
        let p = Problem::of(&json).unwrap();
        let t = Instant::now();
        let plan = compose(
            &p,
            How {
                effort: effort as u32,
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
            "{n} {:?} {:?} {} {}",
            t.elapsed(),
            plan.status,
            l.join(" "),
            plan.clash.join("; ")
        );
    }
}
