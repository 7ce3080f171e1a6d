//! Published instances of MDGPLIB: optima proven, floors reached.

use composer::mdgp::{Grouping, Mdgp};

fn solved(name: &str, rounds: u64) -> Grouping {
    let folder =
        std::env::var_os("SAMEBOAT_SAMPLES").expect("SAMEBOAT_SAMPLES names the folder of the samples");
    let file = std::path::PathBuf::from(folder)
        .join("composition")
        .join(name)
        .with_extension("txt");
    let problem = Mdgp::read(&std::fs::read_to_string(file).unwrap()).unwrap();
    problem.solve(1, rounds, &|| false)
}

#[test]
#[ignore = "needs SAMEBOAT_SAMPLES"]
fn small_instances_are_proven_optimal() {
    for (name, optimum) in [
        ("RanInt_n010_ds_07", "1221"),
        ("RanReal_n010_ss_10", "1195.92"),
        ("RanInt_n012_ss_03", "993"),
        ("Geo_n010_ss_10", "3752.03"),
        ("RanInt_n010_ss_10", "1112"),
    ] {
        let found = solved(name, 1);
        // Published with so many digits.
        let digits = optimum.split_once('.').map_or(0, |(_, part)| part.len());
        let objective = format!("{:.digits$}", found.objective.parse::<f64>().unwrap());
        assert_eq!((objective.as_str(), found.optimal), (optimum, true), "{name}");
    }
}

#[test]
#[ignore = "needs SAMEBOAT_SAMPLES"]
fn floors_of_large_instances_are_reached() {
    for (name, floor) in [
        ("Geo_n030_ds_08", 13368.862),
        ("RanInt_n030_ss_05", 5500.0),
        ("Geo_n060_ss_04", 46253.33),
        ("RanInt_n060_ds_03", 19841.0),
        ("RanReal_n060_ss_04", 18856.552),
    ] {
        let found = solved(name, 5_000);
        println!("{name}: {} (floor {floor})", found.objective);
        assert!(
            found.objective.parse::<f64>().unwrap() >= floor,
            "{name}: {}",
            found.objective
        );
    }
}
