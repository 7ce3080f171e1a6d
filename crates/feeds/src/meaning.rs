//! What type codes and the words of formats say about a group, whichever feed they come from.

use domain::groups::{Access, Activity, Audience, Draft, Format, Language};
use domain::text::Line;

use crate::codes::Codes;
use crate::scrub::scrub;

/// Codes that say where a meeting is, not what it is.
const WHERE: [&str; 3] = ["ONL", "TC", "HY"];
/// The same in words.
const WHERE_IN_WORDS: [&str; 6] = [
    "online",
    "online meeting",
    "virtual meeting",
    "location temporarily closed",
    "temporarily closed facility",
    "hybrid",
];

/// Writes what a code says into the draft. A code that nobody told us stays as it came.
pub(crate) fn say(code: &str, codes: &Codes, draft: &mut Draft) {
    let upper = code.to_ascii_uppercase();
    let words = match upper.as_str() {
        code if WHERE.contains(&code) => return,
        "IP" if codes.words(code).is_none() => return,
        "OPEN" => codes.words("O"),
        "CLOSED" => codes.words("C"),
        _ => codes.words(code),
    };
    say_words(words.unwrap_or(code), draft);
}

/// Writes what words say into the draft: as a fact where there is one for it, else as a remark.
pub(crate) fn say_words(words: &str, draft: &mut Draft) {
    let small = words.trim().to_lowercase();
    match small.as_str() {
        place if WHERE_IN_WORDS.contains(&place) => {}
        "women" | "women only" => push(&mut draft.audience, Audience::Women),
        "men" | "men only" => push(&mut draft.audience, Audience::Men),
        "young people" | "young adults" | "youth" | "teens" => {
            push(&mut draft.audience, Audience::YoungPeople)
        }
        "alateen" => {
            push(&mut draft.audience, Audience::YoungPeople);
            remark(words, draft);
        }
        "seniors" => push(&mut draft.audience, Audience::OlderPeople),
        "lgbtq"
        | "lgbtq+"
        | "lgbtqi+"
        | "lgbtqia+"
        | "lgbt"
        | "gay"
        | "lesbian"
        | "bisexual"
        | "gay/lesbian"
        | "gay/lesbian/transgender" => {
            push(&mut draft.audience, Audience::Lgbtq);
            remark(words, draft);
        }
        "transgender" => push(&mut draft.audience, Audience::Trans),
        "people of color" | "bipoc" => push(&mut draft.audience, Audience::PeopleOfColour),
        "native american" | "indigenous" => push(&mut draft.audience, Audience::NativePeople),
        "parents of alcoholics" => {
            push(&mut draft.audience, Audience::Parents);
            remark(words, draft);
        }
        "for families and friends only" | "families, friends and observers welcome" => {
            push(&mut draft.audience, Audience::FamilyAndFriends);
            remark(words, draft);
        }
        "newcomers" | "newcomer" | "beginners" | "beginner" | "beginner/newcomer" => {
            push(&mut draft.audience, Audience::Newcomers);
        }
        "black people" => push(&mut draft.audience, Audience::BlackPeople),
        "parents" => push(&mut draft.audience, Audience::Parents),
        "caregivers" => push(&mut draft.audience, Audience::Caregivers),
        "family and friends" => push(&mut draft.audience, Audience::FamilyAndFriends),
        "veterans" => push(&mut draft.audience, Audience::Veterans),
        "first responders" => push(&mut draft.audience, Audience::FirstResponders),
        "health workers" => push(&mut draft.audience, Audience::HealthWorkers),
        "students" => push(&mut draft.audience, Audience::Students),
        "families" => push(&mut draft.audience, Audience::Families),
        "deaf people" => push(&mut draft.audience, Audience::DeafPeople),
        "secular" | "agnostic" | "atheist / agnostic" => push(&mut draft.audience, Audience::SecularPeople),
        "wheelchair access" | "wheelchair accessible" | "wheelchair" | "wheelchair-accessible" => {
            push(&mut draft.access, Access::StepFree);
        }
        "wheelchair-accessible bathroom" => push(&mut draft.access, Access::AccessibleToilet),
        "babysitting available" | "child care available" | "childcare" => {
            push(&mut draft.access, Access::ChildCare);
        }
        "elevator" => push(&mut draft.access, Access::Elevator),
        "hearing loop" => push(&mut draft.access, Access::HearingLoop),
        "captions" | "closed captions" => push(&mut draft.access, Access::Captions),
        "quiet corner" => push(&mut draft.access, Access::QuietCorner),
        "camera may stay off" => push(&mut draft.access, Access::CameraMayStayOff),
        "by phone" => push(&mut draft.access, Access::ByPhone),
        "public transport" => push(&mut draft.access, Access::PublicTransport),
        "parking" => push(&mut draft.access, Access::Parking),
        "service animals welcome" => push(&mut draft.access, Access::ServiceAnimals),
        "fragrance free" => push(&mut draft.access, Access::FragranceFree),
        "meditation" | "mindfulness practice" => push(&mut draft.activities, Activity::Meditation),
        "talk" => push(&mut draft.activities, Activity::Talk),
        "art" => push(&mut draft.activities, Activity::Art),
        "music" => push(&mut draft.activities, Activity::Music),
        "movement" => push(&mut draft.activities, Activity::Movement),
        "writing" => push(&mut draft.activities, Activity::Writing),
        "reading" => push(&mut draft.activities, Activity::Reading),
        "structured" => draft.format = Some(Format::Structured),
        "process-oriented" => draft.format = Some(Format::Process),
        "discussion" | "discussion/participation" => draft.format = Some(Format::Discussion),
        "speaker" | "speaker only" | "speaker/discussion" => {
            draft.format = draft.format.or(Some(Format::Presentation));
        }
        "american sign language" | "sign language" | "asl" => {
            push(&mut draft.access, Access::SignLanguage);
            language("ase", draft);
        }
        _ => match tongue(&small) {
            Some(code) => language(code, draft),
            None => remark(words, draft),
        },
    }
}

/// Languages by name, each with its ISO 639 code. The first name of a language is the one that is written.
pub(crate) const TONGUES: [(&str, &str); 43] = [
    ("afrikaans", "af"),
    ("amharic", "am"),
    ("arabic", "ar"),
    ("bulgarian", "bg"),
    ("croatian", "hr"),
    ("danish", "da"),
    ("dutch", "nl"),
    ("english", "en"),
    ("farsi", "fa"),
    ("persian", "fa"),
    ("finnish", "fi"),
    ("french", "fr"),
    ("français", "fr"),
    ("georgian", "ka"),
    ("german", "de"),
    ("deutsch", "de"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("hindi", "hi"),
    ("hungarian", "hu"),
    ("icelandic", "is"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("lithuanian", "lt"),
    ("malayalam", "ml"),
    ("maltese", "mt"),
    ("nepali", "ne"),
    ("norwegian", "no"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("punjabi", "pa"),
    ("russian", "ru"),
    ("slovak", "sk"),
    ("slovenian", "sl"),
    ("spanish", "es"),
    ("espanol", "es"),
    ("español", "es"),
    ("swedish", "sv"),
    ("tagalog", "tl"),
    ("thai", "th"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
];

/// The ISO 639 code of a language by its name.
pub(crate) fn tongue(small: &str) -> Option<&'static str> {
    let small = small.trim_end_matches(" speaking").trim_end_matches(" language");
    let found = TONGUES.iter().find(|(name, _)| *name == small);
    found.map(|(_, code)| *code)
}

pub(crate) fn language(code: &str, draft: &mut Draft) {
    if let Some(language) = Language::parse(code) {
        push(&mut draft.languages, language);
    }
}

pub(crate) fn remark(words: &str, draft: &mut Draft) {
    if let Some(line) = crate::kept::line(&scrub(words).0) {
        push::<Line>(&mut draft.remarks, line);
    }
}

pub(crate) fn push<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}
