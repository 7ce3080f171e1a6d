use composer::*;
use std::time::Instant;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let text = std::fs::read_to_string(&args[0]).unwrap();
    let cp: Vec<serde_json::Value> = std::fs::read_to_string(&args[1])
        .unwrap()
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    let effort: u32 = args[2].parse().unwrap();
    let seeds: u64 = args[3].parse().unwrap();
    let loss = |n: &str, v: i64| {
        if ["placed", "waiting", "preference"].contains(&n) {
            -v
        } else {
            v
        }
    };
    let (mut worse, mut better, mut equal) = (0, 0, 0);
    let mut all = 0.0;
    for (n, (line, cp)) in text.lines().zip(&cp).enumerate() {
        let p = Problem::read(line).unwrap();
        for seed in 1..=seeds {
            let t = Instant::now();
            let plan = compose(
                &p,
                How {
                    effort,
                    seed,
                    threads: 1,
                },
                &Patient,
            )
            .unwrap();
            let el = t.elapsed();
            all += el.as_secs_f64();
            if (plan.status == Status::Infeasible) != (cp["status"] == "infeasible") {
                println!("STATUS {n} {cp}");
            }
            let ours: Vec<i64> = plan.levels.iter().map(|l| loss(l.name.name(), l.value)).collect();
            let theirs: Vec<i64> = cp["levels"]
                .as_array()
                .unwrap()
                .iter()
                .map(|l| loss(l["name"].as_str().unwrap(), l["value"].as_i64().unwrap()))
                .collect();
            let ours = ours[..theirs.len()].to_vec();
            match ours.cmp(&theirs) {
                std::cmp::Ordering::Less => {
                    better += 1;
                    println!("better {n} {:?} {ours:?} {theirs:?}", el)
                }
                std::cmp::Ordering::Equal => equal += 1,
                std::cmp::Ordering::Greater => {
                    worse += 1;
                    println!(
                        "WORSE {n} seed {seed} {} {:?} {ours:?} {theirs:?}",
                        p.people().len(),
                        el
                    )
                }
            }
        }
    }
    println!("worse {worse} better {better} equal {equal} in {all:.2}s");
}
