use composer::*;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let p = Problem::read(&std::fs::read_to_string(&args[0]).unwrap()).unwrap();
    let plan = compose(
        &p,
        How {
            effort: args[1].parse().unwrap(),
            seed: args[2].parse().unwrap(),
            threads: 1,
        },
        &Patient,
    )
    .unwrap();
    for l in &plan.levels {
        print!("{:?} ", l);
    }
    println!();
    for (g, m) in &plan.groups {
        println!("{g} {m:?}");
    }
}
