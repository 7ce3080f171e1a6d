//! Free text of a file without what must not be kept, as for every other feed.

use domain::groups::{
    Address, Draft, FirstVisit, HowToCome, Leader, LeaderRole, Online, Place, Site, WebPage, When,
};
use domain::providers::ProviderDraft;
use domain::text::{Line, Prose};

use super::Held;
use crate::scrub::{is_join_link, scrub};

/// Scrubs text and notes what was taken out.
#[derive(Default)]
pub(super) struct Scrubbing {
    pub notes: Vec<String>,
}

impl Scrubbing {
    /// The text if there is nothing to take out, else what is left of it; none if nothing is.
    fn text<T: AsRef<str>>(&mut self, field: &str, text: T, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let (kept, taken) = scrub(text.as_ref());
        if !taken {
            return Some(text);
        }
        let note = format!("“{field}”: links, ids, passcodes or contacts were taken out");
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
        parse(&kept)
    }

    fn line(&mut self, field: &str, line: Line) -> Option<Line> {
        self.text(field, line, |kept| Line::parse(kept).ok())
    }

    fn prose(&mut self, field: &str, prose: Prose) -> Option<Prose> {
        self.text(field, prose, |kept| Prose::parse(kept).ok())
    }

    fn lines(&mut self, field: &str, lines: Vec<Line>) -> Vec<Line> {
        lines
            .into_iter()
            .filter_map(|line| self.line(field, line))
            .collect()
    }

    /// An address may hold long numbers, but no link and no mail address.
    fn address(&mut self, line: Line) -> Option<Line> {
        if line.as_str().contains("://") || line.as_str().contains('@') {
            return self.line("address", line);
        }
        Some(line)
    }

    fn site(&mut self, site: Site) -> Result<Site, Held> {
        let address = match site.address {
            Address::Exact { line, town } => Address::Exact {
                line: self.address(line).ok_or(Held::OnlySecrets("address"))?,
                town: town.and_then(|town| self.line("town", town)),
            },
            Address::Withheld { area } => Address::Withheld {
                area: self.address(area).ok_or(Held::OnlySecrets("area"))?,
            },
        };
        Ok(Site {
            name: site.name.and_then(|name| self.line("place.name", name)),
            address,
            point: site.point,
            directions: site.directions.and_then(|text| self.line("directions", text)),
        })
    }

    fn online(&mut self, online: Online) -> Online {
        Online {
            by: online.by.and_then(|by| self.line("by", by)),
            only_for: online.only_for.and_then(|only| self.line("only_for", only)),
        }
    }

    fn leader(&mut self, leader: Leader) -> Option<Leader> {
        Some(Leader {
            name: self.line("led_by.name", leader.name)?,
            role: match leader.role {
                LeaderRole::Therapist { credentials } => LeaderRole::Therapist {
                    credentials: self.line("led_by.credentials", credentials)?,
                },
                LeaderRole::Facilitator => LeaderRole::Facilitator,
            },
        })
    }

    fn first_visit(&mut self, first: FirstVisit) -> FirstVisit {
        let mut clean = |prose: Option<Prose>| prose.and_then(|prose| self.prose("first_visit", prose));
        FirstVisit {
            listening: clean(first.listening),
            people: clean(first.people),
            confidentiality: clean(first.confidentiality),
            name: clean(first.name),
            arrival: clean(first.arrival),
            lateness: clean(first.lateness),
            camera: clean(first.camera),
        }
    }

    fn when(&mut self, when: When) -> When {
        let When::Scheduled(mut schedule) = when else {
            return when;
        };
        for skip in &mut schedule.skips {
            skip.reason = skip.reason.take().and_then(|why| self.line("skips.reason", why));
        }
        for moved in &mut schedule.moves {
            moved.reason = moved.reason.take().and_then(|why| self.line("moves.reason", why));
        }
        When::Scheduled(schedule)
    }
}

fn no_join_link(field: &'static str, page: &WebPage) -> Result<(), Held> {
    if is_join_link(page.as_str()) {
        return Err(Held::JoinLink(field));
    }
    Ok(())
}

pub(super) fn draft(draft: Draft, scrubbing: &mut Scrubbing) -> Result<Draft, Held> {
    if let HowToCome::Page(page) = &draft.how_to_come {
        no_join_link("how_to_come", page)?;
    }
    let place = match draft.place {
        Place::InPerson(site) => Place::InPerson(scrubbing.site(site)?),
        Place::Online(online) => Place::Online(scrubbing.online(online)),
        Place::Hybrid(site, online) => Place::Hybrid(scrubbing.site(site)?, scrubbing.online(online)),
    };
    Ok(Draft {
        title: scrubbing
            .line("title", draft.title)
            .ok_or(Held::OnlySecrets("title"))?,
        summary: draft.summary.and_then(|text| scrubbing.prose("summary", text)),
        topics: scrubbing.lines("topics", draft.topics),
        techniques: scrubbing.lines("techniques", draft.techniques),
        led_by: draft
            .led_by
            .into_iter()
            .filter_map(|leader| scrubbing.leader(leader))
            .collect(),
        when: scrubbing.when(draft.when),
        place,
        cost: draft.cost.map(|mut cost| {
            cost.note = cost.note.and_then(|note| scrubbing.line("cost.note", note));
            cost
        }),
        first_visit: scrubbing.first_visit(draft.first_visit),
        remarks: scrubbing.lines("remarks", draft.remarks),
        ..draft
    })
}

pub(super) fn provider_draft(draft: ProviderDraft, scrubbing: &mut Scrubbing) -> Result<ProviderDraft, Held> {
    if let Some(page) = &draft.reach.page {
        no_join_link("reach.page", page)?;
    }
    let places = draft.places.into_iter().map(|site| scrubbing.site(site));
    Ok(ProviderDraft {
        places: places.collect::<Result<_, _>>()?,
        name: scrubbing
            .line("name", draft.name)
            .ok_or(Held::OnlySecrets("name"))?,
        credentials: draft
            .credentials
            .and_then(|text| scrubbing.line("credentials", text)),
        about: draft.about.and_then(|text| scrubbing.prose("about", text)),
        focus: scrubbing.lines("focus", draft.focus),
        online: draft.online.map(|online| scrubbing.online(online)),
        cost: draft.cost.map(|mut cost| {
            cost.note = cost.note.and_then(|note| scrubbing.line("cost.note", note));
            cost
        }),
        ..draft
    })
}
