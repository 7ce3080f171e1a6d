//! Facts of a group as words that [`crate::meaning::say_words`] reads back as the same facts.

use domain::groups::{
    Access, Activity, Audience, Draft, Format, HowToCome, Kind, Language, Listing, Online, Place, Source,
};
use domain::text::Line;

use crate::meaning::{TONGUES, say_words};

/// What a group is, in words: its facts, then its remarks, each once. A fact that a remark says already is not said again.
pub(crate) fn in_words(listing: &Listing) -> Vec<String> {
    let said = of_remarks(listing);
    let new = |already: bool, words: &str| (!already).then(|| words.to_owned());
    let audience = listing.audience.iter();
    let audience = audience.filter_map(|fact| new(said.audience.contains(fact), audience_words(*fact)));
    let access = listing.access.iter();
    let access = access.filter_map(|fact| new(said.access.contains(fact), access_words(*fact)));
    let activities = listing.activities.iter();
    let activities = activities.filter_map(|fact| new(said.activities.contains(fact), activity_words(*fact)));
    let format = listing.format.iter();
    let format = format.filter_map(|fact| new(said.format == Some(*fact), format_words(*fact)));
    let languages = listing.languages.iter();
    let languages = languages.filter(|language| !said.languages.contains(language));
    let languages = languages.filter_map(language_words);
    let remarks = listing.remarks.iter().map(ToString::to_string);
    let mut words: Vec<String> = audience
        .chain(access)
        .chain(activities)
        .chain(format)
        .chain(languages)
        .chain(remarks)
        .collect();
    let mut seen = std::collections::HashSet::new();
    words.retain(|word| seen.insert(word.clone()));
    words
}

/// What the remarks of a group say by themselves.
fn of_remarks(listing: &Listing) -> Draft {
    let mut draft = Draft::new(
        listing.title.clone(),
        Kind::Support,
        Place::Online(Online::default()),
        HowToCome::WalkIn,
        Source::Own,
    );
    for remark in listing.remarks.iter().map(Line::as_str) {
        say_words(remark, &mut draft);
    }
    draft
}

fn audience_words(audience: Audience) -> &'static str {
    match audience {
        Audience::Women => "Women",
        Audience::Men => "Men",
        Audience::Lgbtq => "LGBTQ+",
        Audience::Trans => "Transgender",
        Audience::BlackPeople => "Black people",
        Audience::NativePeople => "Native American",
        Audience::PeopleOfColour => "People of Color",
        Audience::YoungPeople => "Young People",
        Audience::OlderPeople => "Seniors",
        Audience::Parents => "Parents",
        Audience::Caregivers => "Caregivers",
        Audience::FamilyAndFriends => "Family and friends",
        Audience::Veterans => "Veterans",
        Audience::FirstResponders => "First responders",
        Audience::HealthWorkers => "Health workers",
        Audience::Students => "Students",
        Audience::Newcomers => "Beginners",
        Audience::Families => "Families",
        Audience::DeafPeople => "Deaf people",
        Audience::SecularPeople => "Agnostic",
    }
}

fn access_words(access: Access) -> &'static str {
    match access {
        Access::StepFree => "Wheelchair",
        Access::Elevator => "Elevator",
        Access::AccessibleToilet => "Wheelchair-Accessible Bathroom",
        Access::HearingLoop => "Hearing loop",
        Access::Captions => "Captions",
        Access::SignLanguage => "ASL",
        Access::QuietCorner => "Quiet corner",
        Access::FragranceFree => "Fragrance Free",
        Access::CameraMayStayOff => "Camera may stay off",
        Access::ByPhone => "By phone",
        Access::PublicTransport => "Public transport",
        Access::Parking => "Parking",
        Access::ChildCare => "Child care available",
        Access::ServiceAnimals => "Service animals welcome",
    }
}

fn activity_words(activity: Activity) -> &'static str {
    match activity {
        Activity::Talk => "Talk",
        Activity::Art => "Art",
        Activity::Music => "Music",
        Activity::Movement => "Movement",
        Activity::Writing => "Writing",
        Activity::Meditation => "Meditation",
        Activity::Reading => "Reading",
    }
}

fn format_words(format: Format) -> &'static str {
    match format {
        Format::Structured => "Structured",
        Format::Process => "Process-oriented",
        Format::Discussion => "Discussion",
        Format::Presentation => "Speaker Only",
    }
}

/// "Polish"; nothing for a language whose name no reader knows.
fn language_words(language: &Language) -> Option<String> {
    let name = match language.code() {
        "ase" => "ASL",
        "en" => "English speaking",
        "es" => "Español",
        code => TONGUES.iter().find(|(_, known)| *known == code)?.0,
    };
    let mut letters = name.chars();
    let first = letters.next()?;
    Some(first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back_as_the_fact_it_says() {
        let facts: Draft = serde_json::from_value(serde_json::json!({
            "title": "Facts", "kind": "support", "when": "by-appointment", "place": { "online": {} }, "seats": "open",
            "how_to_come": { "page": "https://page.example/" }, "source": { "feed": { "programme": "Facts" } },
            "activities": ["talk", "art", "music", "movement", "writing", "meditation", "reading"],
            "languages": ["en", "es", "fi", "fa", "pl", "ase"],
            "audience": ["women", "men", "lgbtq", "trans", "black-people", "native-people", "people-of-colour", "young-people",
                "older-people", "parents", "caregivers", "family-and-friends", "veterans", "first-responders",
                "health-workers", "students", "newcomers", "families", "deaf-people", "secular-people"],
            "access": ["step-free", "elevator", "accessible-toilet", "hearing-loop", "captions", "sign-language",
                "quiet-corner", "fragrance-free", "camera-may-stay-off", "by-phone", "public-transport", "parking",
                "child-care", "service-animals"],
        }))
        .unwrap();
        for format in [
            Format::Structured,
            Format::Process,
            Format::Discussion,
            Format::Presentation,
        ] {
            let facts = Listing::check(Draft {
                format: Some(format),
                ..facts.clone()
            })
            .unwrap();
            let mut read = Draft {
                remarks: Vec::new(),
                ..of_remarks(&facts)
            };
            for words in in_words(&facts) {
                say_words(&words, &mut read);
            }
            assert_eq!(read.format, facts.format);
            assert_eq!(read.audience, facts.audience);
            assert_eq!(read.access, facts.access);
            assert_eq!(read.activities, facts.activities);
            let mut languages = (read.languages.clone(), facts.languages.clone());
            languages.0.sort();
            languages.1.sort();
            assert_eq!(languages.0, languages.1);
            assert_eq!(
                read.remarks,
                [Line::parse("LGBTQ+").unwrap()],
                "words that stay as well"
            );
        }
    }

    #[test]
    fn what_a_remark_says_is_not_said_twice() {
        let mut draft = of_remarks(&listing(&[]));
        say_words("Gay/Lesbian", &mut draft);
        draft.how_to_come = HowToCome::Page(domain::groups::WebPage::parse("https://page.example/").unwrap());
        draft.source = Source::Feed {
            programme: Line::parse("Facts").unwrap(),
        };
        assert_eq!(in_words(&Listing::check(draft).unwrap()), ["Gay/Lesbian"]);
    }

    fn listing(remarks: &[&str]) -> Listing {
        serde_json::from_value(serde_json::json!({
            "title": "Facts", "kind": "support", "when": "by-appointment", "place": { "online": {} }, "seats": "open",
            "how_to_come": { "page": "https://page.example/" }, "source": { "feed": { "programme": "Facts" } },
            "remarks": remarks,
        }))
        .unwrap()
    }
}
