//! docs/clinical/measures.md names the source of every number, and says which were not read.

use measures::Measures;
use measures::change::goals::Attainment;
use measures::change::group::{Climate, Deviation, Rupture};
use measures::change::{Criteria, Signal, gains::Gain};
use measures::native::Scoring;
use measures::reference::{Backing, Source};

const PAGE: &str = include_str!("../../../../docs/clinical/measures.md");

#[test]
fn the_page_names_the_source_of_every_number() {
    let measures = Measures::bundled().unwrap();
    let mut sources: Vec<Source> = Vec::new();
    for measure in measures.all() {
        for scale in measure.scoring.iter().flat_map(Scoring::scales) {
            sources.extend(scale.missing_source.clone());
            sources.extend(scale.bands_source.clone());
        }
        if let Some(thresholds) = measure.thresholds(None) {
            sources.extend(thresholds.choices.iter().map(|points| points.source.clone()));
            sources.extend(thresholds.caseness.iter().map(|points| points.source.clone()));
            sources.extend(thresholds.early.iter().map(|early| early.source.clone()));
            sources.extend(thresholds.reliabilities.iter().map(|known| known.source.clone()));
            sources.extend(thresholds.norms.iter().map(|norm| norm.source.clone()));
            let review = Signal::Review {
                session: 8,
                points: 0.0,
            };
            sources.push(review.source(thresholds));
        }
    }
    sources.extend([
        Criteria::source(),
        Gain::source(),
        Attainment::source(),
        Rupture::Drop { points: 4.0 }.source(),
        Rupture::Strain.source(),
        Climate::source(),
        Deviation::source(),
    ]);
    assert!(sources.len() > 30);
    for source in sources {
        let line = PAGE
            .lines()
            .find(|line| line.contains(&format!(". {}.", source.cite)));
        let line = line.unwrap_or_else(|| panic!("{} is not on the page", source.cite));
        match &source.backing {
            Backing::Read(day) => {
                assert!(line.contains(&format!("Read {day}")), "{line}");
                assert!(
                    source.url.as_ref().is_some_and(|url| line.contains(url)),
                    "{line}"
                );
            }
            _ => assert!(line.contains("*Not read.*"), "{line}"),
        }
    }
}

#[test]
fn the_page_has_every_band_and_every_threshold() {
    let measures = Measures::bundled().unwrap();
    for measure in measures.all() {
        assert!(
            PAGE.contains(&format!("| {}", measure.short)),
            "{}",
            measure.short
        );
        for scale in measure.scoring.iter().flat_map(Scoring::scales) {
            for band in &scale.bands {
                let there = PAGE.lines().any(|line| {
                    let begins = [
                        format!("| {}–", band.from),
                        format!("· {}–", band.from),
                        format!("· {} ", band.from),
                    ];
                    begins.iter().any(|begin| line.contains(begin)) && line.contains(&measure.short)
                });
                assert!(there, "{} {}", scale.name, band.from);
            }
        }
        if let Some(thresholds) = measure.thresholds(None) {
            let caseness = thresholds.caseness.as_ref().map_or(0.0, |points| points.points);
            let row = PAGE.lines().find(|line| {
                line.starts_with(&format!("| {} | {} ", measure.short, thresholds.reliable.points))
            });
            assert!(
                row.is_some_and(|row| row.contains(&format!("| {caseness} "))),
                "{}",
                measure.short
            );
        }
    }
}
