//! The table: what is changed, and what is said of it.

use super::{Case, Change};

const CHOOSER: &str = "chooser.toml";
const HELP: &str = "help.toml";
const GLOSSARY: &str = "glossary.toml";
const FAMILIES: &str = "topics/families.toml";
const MOOD: &str = "topics/mood.toml";
const SUBSTANCES: &str = "topics/substances.toml";
const LOSS: &str = "topics/loss.toml";
const SHARED: &str = "sources/shared.toml";
const ARTICLE: &str = "learn/confidentiality.md";
const CODES: &str = "feeds/meeting-guide-types.json";

fn case(file: &'static str, change: Change) -> Case {
    Case {
        file,
        change,
        said: Vec::new(),
    }
}

fn swap(file: &'static str, old: &'static str, new: impl Into<String>) -> Case {
    case(file, Change::Swap(old, new.into()))
}

fn cut(file: &'static str, last: &'static str) -> Case {
    case(file, Change::Cut(last))
}

fn put(file: &'static str, text: impl Into<String>) -> Case {
    case(file, Change::Put(text.into()))
}

fn gone(file: &'static str) -> Case {
    case(file, Change::Gone)
}

pub fn all() -> Vec<Case> {
    let mut cases = files();
    cases.extend(sources());
    cases.extend(topics());
    cases.extend(questions());
    cases.extend(rules());
    cases.extend(articles());
    cases.extend(glossary());
    cases.extend(help());
    cases.extend(joining());
    cases
}

/// What is signed and asked before joining.
fn joining() -> Vec<Case> {
    vec![
        gone("agreements/assent.md").says_of_it("is not there; put it back"),
        put("agreements/treatment.md", "Sign here.")
            .says("Sign here.", "does not begin with its facts between two lines of +++; see content/README.md"),
        swap("agreements/treatment.md", "updated = 2026-11-28", "updated = 2026-11-28T10:00:00")
            .says("updated =", "2026-11-28T10:00:00 is no day; write it as 2026-11-25"),
        swap("agreements/confidentiality.md", "The other members are not bound by law", "The other members are bound")
            .says_of_it("the text on confidentiality has to say, in these words: “The other members are not bound by law to keep what you say private.”"),
        swap("screening.toml", "id = \"history\"", "id = \"now\"")
            .says("[[question]]\nid = \"now\"\ntext = \"What have", "the question “now” is there twice; give one of them another id"),
        gone("techniques.toml")
            .says_of_it("is not there; put it back"),
        swap("techniques.toml", "id = \"thinking-traps\"", "id = \"thought-record\"")
            .says("id = \"thought-record\"\nfamily = \"thinking\"\nname = \"Thinking traps\"", "the technique “thought-record” is there twice; give one of them another id"),
        swap("techniques.toml", "minutes = [3, 10]", "minutes = [10, 3]")
            .says("minutes = [10, 3]", "minutes from 10 to 3: write the fewest first, from 1 to 240. Correct this place."),
        swap("techniques.toml", "phrases = [\"checked in\", \"passed at the check-in\"]", "phrases = []")
            .says("phrases = []", "check-in: it has no phrase; write what may be said of a member who did it"),
        swap("techniques.toml", "\"checked in\"", "\"She checked in.\"")
            .says("phrases = [\"She checked in.\"", "check-in: the phrase “She checked in.” goes on after a name; begin it with a small letter and end it without a full stop"),
        swap("techniques.toml", "kinds = [\"therapy\"]", "kinds = []")
            .says("kinds = []", "thought-record: “kinds” is therapy, support or both, each once; correct it"),
        put("agreements/fees.md", "Pay.")
            .says_of_it("nothing reads a file of this name; correct the name or take the file out (content/README.md lists all)"),
    ]
}

/// Files that are not there, that nothing reads, that are no TOML.
fn files() -> Vec<Case> {
    vec![
        gone(CHOOSER)
            .says_of_it("is not there; put it back"),
        gone(HELP)
            .says_of_it("is not there; put it back"),
        gone(GLOSSARY)
            .says_of_it("is not there; put it back"),
        gone(FAMILIES)
            .says_of_it("is not there; put it back"),
        gone(CODES)
            .says_of_it("is not there; put it back"),
        gone(MOOD)
            .says_in(FAMILIES, Some("file = \"mood\""), "content/topics/mood.toml is not there; put it back, or correct “file”"),
        gone("sources/chooser.toml")
            .says_in(CHOOSER, Some("{ about = \"crisis\", stance = \"for\", text = \"You may act on t"), "there is no source “columbia-protocol”; add it to content/sources/, or correct the id, or write “ours”")
            .says_in(CHOOSER, Some("{ about = \"medical-first\", stance = \"for\", text = \"Stopping "), "there is no source “uk-alcohol-withdrawal”; add it to content/sources/, or correct the id, or write “ours”")
            .says_in(CHOOSER, Some("{ about = \"individual\", stance = \"for\", text = \"A doctor or "), "there is no source “yalom-leszcz”; add it to content/sources/, or correct the id, or write “ours”")
            .says_in(CHOOSER, Some("{ about = \"group-therapy\", stance = \"against\", text = \"A mix"), "there is no source “yalom-leszcz”; add it to content/sources/, or correct the id, or write “ours”"),
        gone("learn/starting-a-group.md")
            .says_in(GLOSSARY, Some("see = \"starting-a-group\""), "“Facilitator” points to the article “starting-a-group”, which is not there; name another or leave out “see”")
            .says_in(GLOSSARY, Some("see = \"starting-a-group\"\n\n[[term]]\nterm = \"Confidentiality\""), "“Ground rules” points to the article “starting-a-group”, which is not there; name another or leave out “see”")
            .says_in("learn/ways-to-take-part.md", Some("- Think about [starting a group](/learn/starting-a-group)."), "the link /learn/starting-a-group leads nowhere; correct it or take it out")
            .says_in("topics/anxiety.toml", Some("learn = [\"two-kinds\", \"starting-a-group\", \"techniques\"]"), "hoarding: there is no article content/learn/starting-a-group.md; write it, or name another")
            .says_in("topics/illness.toml", Some("learn = [\"two-kinds\", \"starting-a-group\", \"ways-to-take-part"), "rare-illness: there is no article content/learn/starting-a-group.md; write it, or name another")
            .says_in(SUBSTANCES, Some("learn = [\"two-kinds\", \"ways-to-take-part\", \"starting-a-group"), "recovery: there is no article content/learn/starting-a-group.md; write it, or name another"),
        put("topics/pets.toml", "")
            .says_of_it("no family names this file; add one to content/topics/families.toml, or take the file out"),
        put("choser.toml", "")
            .says_of_it("nothing reads a file of this name; correct the name or take the file out (content/README.md lists all)"),
        put("learn/new.markdown", "")
            .says_of_it("nothing reads a file of this name; correct the name or take the file out (content/README.md lists all)"),
        put("topics/more/pets.toml", "")
            .says_of_it("nothing reads a file of this name; correct the name or take the file out (content/README.md lists all)"),
        put("sources/mine.txt", "")
            .says_of_it("nothing reads a file of this name; correct the name or take the file out (content/README.md lists all)"),
        put(CHOOSER, "")
            .says("", "missing field `question`. Correct this place."),
        put(HELP, "")
            .says("", "missing field `directory`. Correct this place."),
        put(GLOSSARY, "term = 7\n")
            .says("term = 7", "invalid type: integer `7`, expected a list. Correct this place."),
        put(MOOD, "[topic]\nid = \"x\"\n")
            .says("[topic]", "invalid type: a table, expected a list. Correct this place."),
        put(CODES, "[\"DD\"]")
            .says("DD", "is not a list of codes and their words: invalid type: sequence, expected a map at line 1 column 0. Correct this place."),
        swap(CODES, "\"A\": \"Secular\"", "\"A\": 7")
            .says("\"A\": 7", "is not a list of codes and their words: invalid type: integer `7`, expected a string at line 4 column 8. Correct this place."),
        cut(CHOOSER, "id = \"about\"\ntext = \"What is")
            .says("text = \"What is", "invalid basic string, expected `\"`. Correct this place."),
        cut(HELP, "emergency_sources = [")
            .says("emergency_sources = [", "unclosed array, expected `]`. Correct this place."),
        cut(MOOD, "plain = \"Depression is more")
            .says("plain = \"Depression is more", "invalid basic string, expected `\"`. Correct this place."),
        swap(MOOD, "[topic.therapy]", "[topic.therapy")
            .says("[topic.therapy", "unclosed table, expected `]`. Correct this place."),
        swap(SHARED, "year = 2007", "year = two")
            .says("year = two", "invalid boolean, expected `true`. Correct this place."),
    ]
}

fn sources() -> Vec<Case> {
    vec![
        swap(
            SHARED,
            "by = \"LifeStance Health\"",
            "author = \"LifeStance Health\"",
        )
            .says("author =", "unknown field `author`, expected one of `id`, `title`, `by`, `year`, `url`, `seen`. Correct this place."),
        swap(
            SHARED,
            "title = \"Practice Guidelines for Group Psychotherapy\"\n",
            "",
        )
            .says("[[source]]\nid = \"agpa-2007\"", "missing field `title`. Correct this place."),
        swap(SHARED, "year = 2007", "year = \"2007\"")
            .says("year = \"2007\"", "invalid type: string \"2007\", expected a whole number. Correct this place."),
        swap(
            SHARED,
            "url = \"https://lifestance.com/",
            "url = \"lifestance.com/",
        )
            .says("url = \"lifestance.com/", "“lifestance.com/blog/group-therapy-vs-support-group-whats-rig” is no web page; write it as https://example.org/page. Correct this place."),
        swap(SHARED, "id = \"agpa-2007\"", "id = \"lifestance-2023\"\n")
            .says("id = \"lifestance-2023\"\n\ntitle = \"Practice Guidelines for Group Psychotherapy\"", "the source id “lifestance-2023” is taken; give this one another"),
        swap(SHARED, "id = \"agpa-2007\"", "id = \"ours\"")
            .says("id = \"ours\"", "the source id “ours” is taken; give this one another"),
        swap(SHARED, "id = \"agpa-2007\"", "id = \"AGPA\"")
            .says("id = \"AGPA\"", "“AGPA” is no name: write small letters, digits and single hyphens, such as loss-of-a-partner. Correct this place."),
        swap(SHARED, "seen = 2026-11-25", "seen = 2026-11-25T10:00:00")
            .says("seen = 2026-11-25T", "2026-11-25T10:00:00 is no day; write it as 2026-11-25"),
        swap(SHARED, "seen = 2026-11-25", "seen = 2026-13-25")
            .says("seen = 2026-13-25", "invalid date, expected month between 01 and 12. Correct this place."),
        swap(SHARED, "seen = 2026-11-25", "seen = \"yesterday\"")
            .says("seen = \"yesterday\"", "invalid type: string \"yesterday\", expected a TOML datetime. Correct this place."),
        swap(
            "sources/topics-a.toml",
            "id = \"nice-depression-2022\"",
            "id = \"nice-depression\"",
        )
            .says_in(MOOD, Some("source = \"nice-depression-2022\""), "depression: there is no source “nice-depression-2022”; add it to content/sources/, or correct the id, or write “ours”"),
    ]
}

fn topics() -> Vec<Case> {
    vec![
        swap(FAMILIES, "file = \"mood\"", "file = \"moods\"")
            .says("file = \"moods\"", "content/topics/moods.toml is not there; put it back, or correct “file”")
            .says_in(MOOD, None, "no family names this file; add one to content/topics/families.toml, or take the file out"),
        swap(FAMILIES, "file = \"mood\"", "file = \"loss\"")
            .says("file = \"loss\"\n\n[[family]]\nid = \"alcohol-and-drugs\"", "content/topics/loss.toml belongs to another family already; name another file")
            .says_in(MOOD, None, "no family names this file; add one to content/topics/families.toml, or take the file out"),
        swap(FAMILIES, "id = \"fear-and-worry\"", "id = \"feeling-low\"")
            .says("id = \"feeling-low\"\nname = \"Worry, fear and compulsion\"", "the family feeling-low is there twice; give one another id"),
        swap(FAMILIES, "id = \"fear-and-worry\"", "id = \"depression\"")
            .says_in(MOOD, Some("id = \"depression\""), "the id depression is taken by another topic or family: see content/topics/families.toml. Give one of them another"),
        swap(MOOD, "crisis = false", "crisis = \"no\"")
            .says("crisis = \"no\"", "invalid type: string \"no\", expected a boolean. Correct this place."),
        swap(MOOD, "crisis = false\n", "")
            .says("[[topic]]", "missing field `crisis`. Correct this place."),
        swap(MOOD, "crisis = false", "crisis = false\nurgent = true")
            .says("urgent = true", "unknown field `urgent`, expected one of `id`, `name`, `plain`, `synonyms`, `crisis`, `measures`, `related`, `learn`, `programmes`, `codes`, `audience`, `therapy`, `support`. Correct this place."),
        swap(MOOD, "id = \"depression\"", "id = \"Depression\"")
            .says("id = \"Depression\"", "“Depression” is no name: write small letters, digits and single hyphens, such as loss-of-a-partner. Correct this place."),
        swap(MOOD, "id = \"seasonal-depression\"", "id = \"grief\"")
            .says_in(LOSS, Some("id = \"grief\""), "the id grief is taken by another topic or family: see content/topics/mood.toml, line 25. Give one of them another"),
        swap(LOSS, "id = \"grief\"", "id = \"depression\"")
            .says("id = \"depression\"", "the id depression is taken by another topic or family: see content/topics/mood.toml, line 4. Give one of them another"),
        swap(MOOD, "\"low mood\"", "\"grieving\"")
            .says_in(LOSS, Some("\"grieving\""), "“grieving” belongs to depression already; a name or synonym leads to one topic only. Leave it at one"),
        swap(MOOD, "\"low mood\"", "\"\"")
            .says("\"\"", "is empty; write something or leave it out. Correct this place."),
        swap(MOOD, "\"low mood\"", "\"…\"")
            .says("\"…\"", "depression: “…” has no letters to look for; write a word or take it out"),
        swap(MOOD, "synonyms = [\"seasonal", "synonyms = \"seasonal")
            .says("synonyms = \"seasonal", "unexpected key or value, expected newline, `#`. Correct this place."),
        swap(MOOD, " It can change your sleep, your energy and how you see yourself, and it can get better with help.", "")
            .says("plain = \"Depression", "depression: the number of sentences in “plain” is 1, by its full stops and question marks; write two"),
        swap(MOOD, "measures = [\"phq-9\"]", "measures = [\"phq-10\"]")
            .says("phq-10", "depression: there is no measure “phq-10”; there are phq-9, phq-2, phq-4, gad-7, pcl-5, pc-ptsd-5, k6, audit-c"),
        swap(MOOD, "related = [\"seasonal-depression\"", "related = [\"winter\"")
            .says("\"winter\"", "depression: the related topic “winter” is not another topic; use the id of one"),
        swap(MOOD, "related = [\"seasonal-depression\"", "related = [\"depression\"")
            .says("related = [\"depression\"", "depression: the related topic “depression” is not another topic; use the id of one"),
        swap(MOOD, "related = [\"depression\", \"insomnia\", \"loneliness\"]", "related = []")
            .says("related = []", "seasonal-depression: leads to no other topic; name at least one"),
        swap(MOOD, "learn = [\"techniques\", \"skills-or-process\"]", "learn = []")
            .says("learn = []", "seasonal-depression: leads to no article; name at least one"),
        swap(MOOD, "learn = [\"two-kinds\"", "learn = [\"three-kinds\"")
            .says("three-kinds", "depression: there is no article content/learn/three-kinds.md; write it, or name another"),
        swap(MOOD, "use = \"often\"", "use = \"always\"")
            .says("use = \"always\"", "unknown variant `always`, expected one of `often`, `sometimes`, `seldom`. Correct this place."),
        swap(MOOD, "source = \"nice-depression-2022\"", "source = \"nice\"")
            .says("source = \"nice\"", "depression: there is no source “nice”; add it to content/sources/, or correct the id, or write “ours”"),
        swap(MOOD, "audience = [\"parents\"]", "audience = [\"mothers\"]")
            .says("audience = [\"mothers\"]", "unknown variant `mothers`, expected one of `women`, `men`, `lgbtq`, `trans`, `black-people`, `native-people`, `people-of-colour`, `young-people`, `older-people`, `parents`, `caregivers`, `family-and-friends`, `veterans`, `first-responders`, `health-workers`, `students`, `newcomers`, `families`, `deaf-people`, `secular-people`. Correct this place."),
        swap(MOOD, "[topic.support]", "[topic.suport]")
            .says("[topic.suport]", "unknown field `suport`, expected one of `id`, `name`, `plain`, `synonyms`, `crisis`, `measures`, `related`, `learn`, `programmes`, `codes`, `audience`, `therapy`, `support`. Correct this place."),
        swap(SUBSTANCES, "codes = { meeting-guide = [\"DD\"] }", "codes = { meeting-guide = [\"QQ\"] }")
            .says("\"QQ\"", "dual-diagnosis: there is no code “QQ”; use one of content/feeds/meeting-guide-types.json"),
        swap(SUBSTANCES, "codes = { meeting-guide = [\"DD\"] }", "codes = { meeting-guide = [\"XT\"] }")
            .says("\"XT\"", "dual-diagnosis: the code “XT” says “Cross talk permitted” in content/feeds/meeting-guide-types.json; make these words the name or a synonym of this topic"),
        swap(SUBSTANCES, "codes = { meeting-guide = [\"DD\"] }", "codes = { tsml = [\"DD\"] }")
            .says("tsml", "dual-diagnosis: codes of “tsml” are not known; write meeting-guide"),
        swap(CODES, "\"DD\": \"Dual diagnosis\"", "\"DD\": \"Double\"")
            .says_in(SUBSTANCES, Some("\"DD\""), "dual-diagnosis: the code “DD” says “Double” in content/feeds/meeting-guide-types.json; make these words the name or a synonym of this topic"),
    ]
}

fn questions() -> Vec<Case> {
    let question = |id: &str| {
        format!(
            "[[question]]\nid = \"{id}\"\ntext = \"What else?\"\nwhy = \"To know.\"\nmany = false\noption = [ {{ id = \"yes\", text = \"Yes\" }} ]\n\n[[always]]"
        )
    };
    let many: Vec<String> = (0..90)
        .map(|n| format!("  {{ id = \"answer-{n}\", text = \"This\" }},\n"))
        .collect();
    let many = many.concat();
    vec![
        swap(CHOOSER, "[[always]]", question("more"))
            .says("id = \"more\"", "9 questions; at most 8, so that the answer is the ninth screen. Take some out"),
        swap(
            CHOOSER,
            "  { id = \"loss\", text",
            format!("{many}  {{ id = \"loss\", text"),
        )
            .says("{ id = \"teen\", text = \"13 to 17\", finder = { age = \"15\" } },", "137 answers over all questions; at most 128. Take some out"),
        swap(CHOOSER, "id = \"about\"", "id = \"hope\"")
            .says("id = \"hope\"\ntext = \"What is it about?\"", "the question hope is there twice; give one another id"),
        swap(CHOOSER, "{ id = \"thoughts\"", "{ id = \"safe\"")
            .says("{ id = \"safe\", text = \"I sometimes think about not being ali", "the question safety has the answer safe twice; give one another id"),
        swap(CHOOSER, "{ id = \"skills\"", "{ id = \"change\"")
            .says("{ id = \"change\", text = \"To learn skills for hard moments\", ", "the question hope has the answer change twice; give one another id"),
        swap(CHOOSER, "id = \"weekly\"", "id = \"every-week\"")
            .says("any = [\"weekly:no\"]", "the rule R7-come-and-go asks for “weekly:no”; write an answer that is there, as question:option")
            .says("any = [\"weekly:waiting\"]", "the rule R7-waiting asks for “weekly:waiting”; write an answer that is there, as question:option")
            .says("all = [\"weekly:yes\"]", "the rule R8-weekly asks for “weekly:yes”; write an answer that is there, as question:option"),
        swap(
            CHOOSER,
            "option = [\n  { id = \"in-person\"",
            "option = []\nx = [\n  { id = \"in-person\"",
        )
            .says("x = [", "unknown field `x`, expected one of `id`, `text`, `hint`, `why`, `many`, `by_check`, `option`. Correct this place."),
        swap(CHOOSER, "many = true", "many = \"yes\"")
            .says("many = \"yes\"", "invalid type: string \"yes\", expected a boolean. Correct this place."),
        swap(CHOOSER, "alone = true", "alone = 1")
            .says("alone = 1", "invalid type: integer `1`, expected a boolean. Correct this place."),
        swap(CHOOSER, "alone = true", "lonely = true")
            .says("lonely = true", "unknown field `lonely`, expected one of `id`, `text`, `hint`, `alone`, `finder`. Correct this place."),
        swap(CHOOSER, "{ topic = \"loss-in-life\" }", "{ topic = \"losses\" }")
            .says("\"losses\"", "“loss” carries topic = “losses” to the finder, which does not know it; write the id of a topic or of a family"),
        swap(CHOOSER, "{ age = \"12\" }", "{ age = \"twelve\" }")
            .says("\"twelve\"", "“under-13” carries age = “twelve” to the finder, which does not know it; write an age in years"),
        swap(CHOOSER, "{ day = \"sat,sun\" }", "{ day = \"weekend\" }")
            .says("\"weekend\" }", "“weekend” carries day = “weekend” to the finder, which does not know it; write days as mon,tue,wed,thu,fri,sat,sun"),
        swap(CHOOSER, "{ where = \"online\" }", "{ where = \"zoom\" }")
            .says("\"zoom\"", "“online” carries where = “zoom” to the finder, which does not know it; write in-person or online"),
        swap(CHOOSER, "{ where = \"online\" }", "{ kind = \"both\" }")
            .says("\"both\"", "“online” carries kind = “both” to the finder, which does not know it; write therapy or support"),
        swap(CHOOSER, "{ where = \"online\" }", "{ place = \"online\" }")
            .says("place = \"online\"", "“online” carries “place” to the finder, which knows topic, where, day, age, kind; write one of these"),
    ]
}

fn rules() -> Vec<Case> {
    let rule = |id: &str, rest: &str| format!("[[rule]]\nid = \"{id}\"\n{rest}\n\n[[tension]]");
    let crisis = "line = [ { about = \"crisis\", stance = \"for\", text = \"Call.\", source = \"ours\" } ]";
    vec![
        swap(CHOOSER, "any = [\"safety:plan\"]", "any = [\"safety:plans\"]")
            .says("safety:plans", "the rule R1 asks for “safety:plans”; write an answer that is there, as question:option"),
        swap(CHOOSER, "any = [\"safety:plan\"]", "any = [\"safety-plan\"]")
            .says("safety-plan", "the rule R1 asks for “safety-plan”; write an answer that is there, as question:option"),
        swap(CHOOSER, "none = [\"now:treated\"]", "none = [\"never:treated\"]")
            .says("never:treated", "the rule R5 asks for “never:treated”; write an answer that is there, as question:option"),
        swap(CHOOSER, "stage = \"crisis\"", "stage = \"danger\"")
            .says("stage = \"danger\"", "unknown variant `danger`, expected one of `crisis`, `limit`, `fit`, `otherwise`. Correct this place."),
        swap(CHOOSER, "source = \"columbia-protocol\"", "source = \"columbia\"")
            .says("source = \"columbia\"", "there is no source “columbia”; add it to content/sources/, or correct the id, or write “ours”"),
        swap(CHOOSER, "source = \"lifestance-2023\"", "source = \"lifestance\"")
            .says("source = \"lifestance\"", "there is no source “lifestance”; add it to content/sources/, or correct the id, or write “ours”"),
        swap(CHOOSER, "stance = \"against\"", "stance = \"but\"")
            .says("stance = \"but\"", "unknown variant `but`, expected one of `for`, `against`, `note`. Correct this place."),
        swap(CHOOSER, "about = \"group-therapy\"", "about = \"therapy\"")
            .says("about = \"therapy\"", "unknown variant `therapy`, expected one of `crisis`, `group-therapy`, `support-group`, `individual`, `class`, `medical-first`. Correct this place."),
        swap(CHOOSER, "[[tension]]", rule("R99", "stage = \"fit\"\nany = [\"weekly:no\"]\nline = []"))
            .says("id = \"R99\"", "the rule R99 says nothing; give it a line"),
        swap(CHOOSER, "id = \"R7-listen\"", "id = \"R7\"")
            .says("id = \"R7\"\nstage = \"fit\"\nany = [\"talking:listen\"]", "the rule R7 is there twice; give one another id")
            .says("between = [[\"R7-listen\"], [\"R8\", \"R8-skills\", \"R8-weekly\", \"", "the tension names the rule R7-listen, which is not there; correct the id"),
        swap(CHOOSER, "[[tension]]", rule("R99", &format!("stage = \"crisis\"\nany = [\"hope:unsure\"]\n{crisis}")))
            .says("id = \"R99\"", "the first question holds an answer that the crisis rule R99 asks for; open with something gentle"),
        swap(CHOOSER, "[[tension]]", rule("R99", &format!("stage = \"crisis\"\nany = [\"safety:harm\"]\nnone = [\"safety:safe\"]\n{crisis}")))
            .says("id = \"R99\"", "the crisis rule R99 must ask with “any” alone; a crisis is raised by any one answer, so that no other answer can hide it"),
        swap(CHOOSER, "[[tension]]", rule("R99", &format!("stage = \"crisis\"\n{crisis}")))
            .says("id = \"R99\"", "the crisis rule R99 must ask with “any” alone; a crisis is raised by any one answer, so that no other answer can hide it"),
        swap(CHOOSER, "[[tension]]", rule("R99", &format!("stage = \"fit\"\nany = [\"weekly:no\"]\n{crisis}")))
            .says("id = \"R99\"", "the rule R99 speaks of “crisis”, but is no crisis rule; change its stage or the line"),
        swap(CHOOSER, "[[tension]]", rule("R99", "stage = \"crisis\"\nany = [\"safety:harm\"]\nline = [ { about = \"individual\", stance = \"for\", text = \"Talk.\", source = \"ours\" } ]"))
            .says("id = \"R99\"", "the crisis rule R99 does not say “crisis” for; add such a line"),
        swap(CHOOSER, "[[tension]]", rule("R99", "stage = \"crisis\"\nany = [\"safety:harm\"]\nline = [ { about = \"crisis\", stance = \"for\", text = \"Call.\", source = \"ours\" }, { about = \"crisis\", stance = \"against\", text = \"Wait.\", source = \"ours\" } ]"))
            .says("id = \"R99\"", "the crisis rule R99 speaks against “crisis”, which would hide it; take that line out"),
        swap(CHOOSER, "[[tension]]", rule("R99", "stage = \"fit\"\nstops = true\nany = [\"weekly:no\"]\nline = [ { about = \"class\", stance = \"for\", text = \"Learn.\", source = \"ours\" } ]"))
            .says("id = \"R99\"", "the rule R99 stops the rest, but is no crisis rule; take “stops” out"),
        swap(CHOOSER, "[[tension]]", rule("R99", "stage = \"fit\"\nhelp = [\"violence\"]\nany = [\"weekly:no\"]\nline = [ { about = \"class\", stance = \"for\", text = \"Learn.\", source = \"ours\" } ]"))
            .says("id = \"R99\"", "the rule R99 asks for help lines, but is no crisis rule; take “help” out"),
        swap(CHOOSER, "help = [\"violence\"]", "help = [\"fights\"]")
            .says("fights", "unknown variant `fights`, expected one of `crisis`, `violence`, `substances`, `young-people`, `veterans`. Correct this place."),
        swap(CHOOSER, "[[tension]]", rule("R99", "stage = \"limit\"\nany = [\"weekly:no\"]\nline = [ { about = \"support-group\", stance = \"against\", text = \"No.\", source = \"ours\" }, { about = \"group-therapy\", stance = \"for\", text = \"Yes.\", source = \"ours\" } ]"))
            .says("id = \"R99\"", "the rule R99 rules something out and is for nothing that remains; say what comes in its place, so that nobody is left without advice"),
        swap(CHOOSER, "stage = \"otherwise\"", "stage = \"fit\"")
            .says_of_it("no rule of the stage “otherwise” is without conditions, and someone who skips everything would get no advice; add one that is for something"),
        swap(CHOOSER, "between = [[\"R8\"]", "between = [[\"R88\"]")
            .says("R88", "the tension names the rule R88, which is not there; correct the id"),
        swap(CHOOSER, "between = [[\"R8\"], [\"R7\", \"R7-waiting\", \"R12\"]]", "between = [[\"R8\"]]")
            .says("between = [[\"R8\"]]", "invalid length 1, expected an array of length 2. Correct this place."),
        cut(CHOOSER, "# ---------------------------------------------------------------- crisis")
            .says("# Which one is right for me, and why: the questions of /choo", "missing field `rule`. Correct this place."),
        put(CHOOSER, "question = []\nrule = []\n")
            .says_of_it("no rule of the stage “otherwise” is without conditions, and someone who skips everything would get no advice; add one that is for something")
            .says_of_it("there is no crisis rule, and a person in danger would not be shown help; add one"),
    ]
}

fn articles() -> Vec<Case> {
    let front = "+++\ntitle = \"T\"\nsummary = \"S\"\ntakeaways = [\"A\"]\nauthor = \"Me\"\nupdated = 2026-11-25\norder = 99\ntopics = []\nsources = [\"lifestance-2023\"]\n+++\n";
    vec![
        put("learn/new.md", "Only words.")
            .says("Only words.", "does not begin with its facts between two lines of +++; see content/README.md"),
        put("learn/new.md", front.replacen("+++\n", "---\n", 1))
            .says("---", "does not begin with its facts between two lines of +++; see content/README.md"),
        put("learn/Some News.md", front)
            .says_of_it("the file’s name is part of its address: “Some News” is no name: write small letters, digits and single hyphens, such as loss-of-a-partner"),
        put("learn/new.md", front.replace("\"lifestance-2023\"", ""))
            .says("+++", "has no sources; add what it is drawn from"),
        put("learn/new.md", front.replace("\"A\"", ""))
            .says("+++", "has no takeaways; add what a reader should keep"),
        put("learn/new.md", format!("{front}See [the kinds](/learn/kinds), and\n[groups](groups).\n"))
            .says("/learn/kinds", "the link /learn/kinds leads nowhere; correct it or take it out")
            .says("(groups)", "the link groups leads nowhere; correct it or take it out"),
        put("learn/new.md", format!("{front}See [it](/for/nothing?x=1), [grief](/for/grief), [loss](/for/loss-in-life) and [more](https://example.org).\n"))
            .says("/for/nothing", "the link /for/nothing?x=1 leads nowhere; correct it or take it out"),
        cut(ARTICLE, "summary = \"What")
            .says("+++", "does not begin with its facts between two lines of +++; see content/README.md"),
        swap(ARTICLE, "updated = 2026-11-25", "updated = 2026-02-30")
            .says("updated = 2026-02-30", "invalid date, expected day between 01 and 28. Correct this place."),
        swap(ARTICLE, "updated = 2026-11-25", "updated = \"November\"")
            .says("updated = \"November\"", "invalid type: string \"November\", expected a TOML datetime. Correct this place."),
        swap(ARTICLE, "updated = 2026-11-25", "updated = 10:00:00")
            .says("updated = 10:00:00", "10:00:00 is no day; write it as 2026-11-25"),
        swap(ARTICLE, "author = ", "writer = ")
            .says("writer = ", "unknown field `writer`, expected one of `title`, `summary`, `takeaways`, `author`, `reviewer`, `updated`, `replaces`, `order`, `topics`, `sources`. Correct this place."),
        swap(ARTICLE, "order = 4", "order = -4")
            .says("order = -4", "invalid value: integer `-4`, expected a whole number. Correct this place."),
        swap(ARTICLE, "order = 4", "order = 4\nreviewer = { name = \"Dr. A\", credentials = \"MD\", on = 10:00:00 }")
            .says("reviewer", "10:00:00 is no day; write it as 2026-11-25"),
        swap(ARTICLE, "topics = []", "topics = [\"gossip\"]")
            .says("gossip", "there is no topic “gossip”; use an id of content/topics/"),
        swap(ARTICLE, "\"learn-alz-online\"", "\"learn-alz\"")
            .says("learn-alz\"", "there is no source “learn-alz”; add it to content/sources/, or correct the id"),
        swap(ARTICLE, ", \"learn-alz-online\"", "")
            .says("[7][8]", "cites [8], and “sources” has 7; correct the number or add the source"),
        swap(ARTICLE, "## Who has to keep it private?", "# Who has to keep it private?")
            .says("# Who has to keep it private?", "is a heading with one #, and the title is the page’s only one; write ##"),
        swap(ARTICLE, "[1]", "[0]")
            .says("[0]", "cites [0], and “sources” has 8; correct the number or add the source"),
        swap(ARTICLE, "(/groups)", "(/group)")
            .says("(/group)", "the link /group leads nowhere; correct it or take it out"),
    ]
}

fn glossary() -> Vec<Case> {
    vec![
        swap(GLOSSARY, "term = \"Support group\"", "term = \"therapy group\"")
            .says("term = \"therapy group\"", "“therapy group” is there twice; leave one"),
        swap(GLOSSARY, "see = \"two-kinds\"", "see = \"three-kinds\"")
            .says("three-kinds", "“Therapy group” points to the article “three-kinds”, which is not there; name another or leave out “see”"),
        swap(GLOSSARY, "also = [\"group therapy\"", "also = [7")
            .says("also = [7", "invalid type: integer `7`, expected a string. Correct this place."),
        swap(GLOSSARY, "also =", "synonyms =")
            .says("synonyms =", "unknown field `synonyms`, expected one of `term`, `plain`, `also`, `see`. Correct this place."),
        swap(GLOSSARY, "term = \"Peer\"\n", "")
            .says("[[term]]\nplain = \"Someone who has lived through something like what you live through.\"", "missing field `term`. Correct this place."),
    ]
}

fn help() -> Vec<Case> {
    vec![
        swap(HELP, "sources = [ { title = \"Find A Helpline: Australia\", url = \"https://findahelpline.com/AU\", seen = 2026-11-25 } ]", "sources = []")
            .says("directory = ", "the directory has no source; cite where you read it, or take it out"),
        swap(HELP, "code = \"CA\"", "code = \"US\"")
            .says("code = \"US\"\nname = \"Canada\"", "“US” is there twice; put all its lines under one [[country]]"),
        swap(HELP, "code = \"US\"", "code = \"usa\"")
            .says("code = \"usa\"", "“usa” is no country code; write two capital letters, such as US"),
        swap(HELP, "emergency = \"911\"", "emergency = \"nine\"")
            .says("emergency = \"nine\"", "“nine” is no number to dial: write 2 to 15 digits, with spaces or hyphens between them"),
        swap(HELP, "emergency = \"911\"", "emergency = 911")
            .says("emergency = 911", "invalid type: integer `911`, expected a string. Correct this place."),
        swap(HELP, "call = \"1-800-799-7233\"", "call = \"1-800-799-SAFE\"")
            .says("799-SAFE", "“1-800-799-SAFE” is no number to dial: write 2 to 15 digits, with spaces or hyphens between them"),
        swap(HELP, "chat = \"https://988lifeline.org/chat/\"", "chat = \"http://988lifeline.org/chat/\"")
            .says("http://988lifeline", "“988 Suicide and Crisis Lifeline” has a chat that is not https, and others could read along; write its https address or leave it out"),
        swap(HELP, "for = \"veterans\"", "for = \"soldiers\"")
            .says("soldiers", "unknown variant `soldiers`, expected one of `crisis`, `violence`, `substances`, `young-people`, `veterans`. Correct this place."),
        swap(HELP, "text = \"741741\"\nkeyword = \"HOME\"\n", "")
            .says("name = \"Crisis Text Line\"", "“Crisis Text Line” has no number and no chat, and nobody could reach it; add “call”, “text” or “chat”"),
        swap(HELP, "text = \"741741\"\n", "call = \"741741\"\n")
            .says("keyword = \"HOME\"", "“Crisis Text Line” has a “keyword” and no “text” to send it to; add the number or leave it out"),
        swap(HELP, "checked = 2026-11-25", "checked = 2026-11-25T09:00:00")
            .says("checked = 2026-11-25T", "2026-11-25T09:00:00 is no day; write it as 2026-11-25"),
        swap(HELP, "checked = 2026-11-25\n", "")
            .says("[[country.line]]", "missing field `checked`. Correct this place."),
        swap(HELP, "  { title = \"Ministry of Health announcement of 2018, printed by Sincofarma MG\", url = \"https://sincofarmamg.org.br/2018/07/09/prevencao-ao-suicidio-conta-com-ligacao-gratuita-em-todo-pais/\", seen = 2026-11-25 },\n  { title = \"Claudia, printing a note of the CVV itself\", url = \"https://claudia.abril.com.br/noticias/suicidio-cvv-ligacao-gratuita/\", seen = 2026-11-25 },\n", "")
            .says("sources = [\n  { title = \"Her Campus Cásper Líbero: How the CVV works\", url = \"https://www.hercampus.com/school/casper-libero/escuta-que-transforma-como-o-cvv-salva-vidas/\", seen = 2026-11-25 },\n]", "“CVV, Centro de Valorização da Vida” has no two sources that do not depend on each other; a line is listed only when such agree on it. Add one or take the line out"),
        swap(HELP, "https://www.city.akiruno.tokyo.jp/0000015267.html", "https://www.hagi-city.site.ktaiwork.jp/other")
            .says("sources = [\n  { title = \"City of Akiruno: Have you talked to anyone about your worries?\", url = \"https://www.hagi-city.site.ktaiwork.jp/other\", seen = 2026-11-25 },", "“Inochi no Denwa” has no two sources that do not depend on each other; a line is listed only when such agree on it. Add one or take the line out"),
        swap(HELP, "sources = [\n  { title = \"State of California", "sources = [ ]\nold = [\n  { title = \"State of California")
            .says("old = [", "unknown field `old`, expected one of `name`, `for`, `call`, `text`, `keyword`, `chat`, `hours`, `more`, `checked`, `sources`. Correct this place."),
        put(HELP, "directory = { name = \"D\", url = \"https://example.org\", sources = [ { title = \"S\", url = \"https://example.com\", seen = 2026-11-25 } ] }\n\n[[country]]\ncode = \"US\"\nname = \"United States\"\nemergency = \"911\"\nemergency_sources = []\n")
            .says("emergency_sources = []", "the emergency number of United States has no source; cite where you read it, or take it out"),
        put(HELP, "directory = { name = \"D\", url = \"https://example.org\", sources = [ { title = \"S\", url = \"https://example.com\", seen = 2026-11-25 } ] }\ncountry = []\n")
            .says_of_it("no country has a crisis line, and a person in danger would not be shown help; add one with for = \"crisis\""),
    ]
}
