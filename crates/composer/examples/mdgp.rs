use composer::mdgp::Mdgp;
use std::time::Instant;
fn main() {
    let a: Vec<String> = std::env::args().skip(1).collect();
    let p = Mdgp::read(&std::fs::read_to_string(&a[0]).unwrap()).unwrap();
    let secs: f64 = a[1].parse().unwrap();
    for seed in 1..=a[2].parse().unwrap() {
    let t = Instant::now();
    let g = p.solve(seed, u64::MAX, &|| t.elapsed().as_secs_f64() > secs);
    println!("{} {} {}", a[0].rsplit('/').next().unwrap(), g.objective, g.optimal);
    }
}
