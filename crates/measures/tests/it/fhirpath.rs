//! The expressions of forms: what they give, and what is refused before any answer is looked at.

use crate::common::{chosen, item};
use measures::Form;
use measures::fhirpath::{Expression, On};
use proptest::prelude::*;
use serde_json::{Value, json};

fn form() -> Form {
    let plain = |link_id: &str, kind: &str| json!({"linkId": link_id, "type": kind});
    crate::common::form(vec![
        item("a"),
        item("b"),
        plain("n", "integer"),
        plain("d", "date"),
        plain("q", "quantity"),
    ])
}

fn resource() -> Value {
    json!({"resourceType": "QuestionnaireResponse", "item": [
        chosen("a", 2),
        chosen("b", 3),
        {"linkId": "n", "answer": [{"valueInteger": 7}]},
        {"linkId": "d", "answer": [{"valueDate": "2026-11-28"}]},
        {"linkId": "q", "answer": [{"valueQuantity": {"value": 5, "unit": "kg"}}]},
    ]})
}

/// What it gives, or why it gives nothing.
fn run(source: &str) -> Result<Vec<Value>, String> {
    let (form, resource) = (form(), resource());
    let on = On {
        form: &form,
        resource: &resource,
        context: &resource,
    };
    let expression = Expression::compile(source, &[]).map_err(|wrong| wrong.to_string())?;
    expression.evaluate(on).map_err(|wrong| wrong.to_string())
}

#[test]
fn what_is_not_understood_is_refused_with_its_column() {
    let cases = [
        ("item.resolve()", "unsupported function resolve at column 6"),
        (
            "item.answer.memberOf('x')",
            "unsupported function memberOf at column 13",
        ),
        ("today()", "unsupported function today at column 1"),
        ("1 + now()", "unsupported function now at column 5"),
        ("item.trace('x')", "unsupported function trace at column 6"),
        ("item.answer.valeu", "unknown element valeu at column 13"),
        ("%patient", "unknown variable %patient at column 1"),
        ("%`us-zip`", "unknown variable %us-zip at column 1"),
        ("$that", "unsupported variable $that at column 1"),
        ("@2026-01-01", "unsupported date or time at column 1"),
        ("4 'mg'", "unsupported quantity: compare numbers at column 1"),
        ("4 days", "unsupported quantity: compare numbers at column 1"),
        ("item is Patient", "unsupported type Patient at column 9"),
        (
            "item.ofType(Questionnaire)",
            "unsupported type Questionnaire at column 13",
        ),
        ("item.first(1)", "first takes 0 arguments, and has 1 at column 6"),
        ("iif(true)", "iif takes 2 to 3 arguments, and has 1 at column 1"),
        (
            "item.",
            "expected a name after \".\", and there is the end at column 6",
        ),
        ("(1 + 2", "expected \")\", and there is the end at column 7"),
        ("1 2", "unexpected the number 2 at column 3"),
        ("'abc", "a text does not end at column 1"),
        ("'\\x'", "unknown escape in a text at column 2"),
        ("1 + #", "unexpected '#' at column 5"),
        ("/* a", "a comment does not end at column 1"),
        ("", "the expression ends too early at column 1"),
        ("1 +\n  2 +\n", "the expression ends too early at column 11"),
        (
            "12345678901234567890123456789",
            "12345678901234567890123456789 has more than 28 digits at column 1",
        ),
    ];
    for (source, told) in cases {
        assert_eq!(run(source).unwrap_err(), told, "{source}");
    }
}

#[test]
fn what_cannot_be_told_is_an_error_and_no_value() {
    let cases = [
        ("item + 1", "one value is computed with one"),
        ("'a' - 1", "numbers are needed"),
        ("item.answer.weight() > 2", "one value is compared with one"),
        ("'a' < 1", "text is not compared with a number"),
        (
            "item.where(linkId = 'd').answer.value > '2026'",
            "a date or a time is not compared",
        ),
        (
            "item.where(linkId = 'd').answer.value = '2026-11-28'",
            "dates and times are not compared",
        ),
        (
            "item.where(linkId = 'q').answer.value = item.where(linkId = 'q').answer.value",
            "quantities are not compared",
        ),
        ("item.where(linkId)", "true or false is needed, and there is text"),
        ("item.single()", "single() found several values"),
        ("item and true", "there are several values"),
        ("item.linkId.toInteger()", "asked of one value, and there are 5"),
        ("-item", "a sign stands before one number"),
        ("79228162514264337593543950335 + 1", "has more than 28 digits"),
        ("9999999999999999999999999999 * 100", "more than 28 digits"),
        (
            "item.linkId.first().ofType(string)",
            "the type is known only of a value[x]",
        ),
        ("item.take({})", "take() needs a number"),
        ("item[0.5]", "a whole number is needed"),
    ];
    for (source, told) in cases {
        let why = run(source).unwrap_err();
        assert!(why.contains(told), "{source}: {why}");
    }
}

#[test]
fn an_expression_that_is_too_large_is_refused() {
    let nested = format!("{}1{}", "(".repeat(5_000), ")".repeat(5_000));
    let chained = format!("1{}", " + 1".repeat(4_000));
    let dotted = format!("item{}", ".first()".repeat(2_000));
    let signed = format!("{}1", "- ".repeat(5_000));
    let long = " ".repeat(20_001);
    for source in [nested, chained, dotted, signed, long] {
        assert!(run(&source).is_err());
    }
    // As many summands as measures have.
    assert_eq!(run(&format!("1{}", " + 1".repeat(59))).unwrap(), [json!(60)]);
}

#[test]
fn only_the_branch_that_is_taken_is_evaluated() {
    assert_eq!(run("iif(true, 1, 'a' - 1)").unwrap(), [json!(1)]);
    assert_eq!(run("iif({}, 'a' - 1, 2)").unwrap(), [json!(2)]);
}

#[test]
fn variables_are_found_by_their_names_the_later_first() {
    let (form, resource) = (form(), resource());
    let on = On {
        form: &form,
        resource: &resource,
        context: &resource,
    };
    assert!(Expression::compile("%score + 1", &["score"]).is_ok());
    let expression = Expression::compile("%`a b`.empty()", &["a b"]).unwrap();
    assert_eq!(expression.evaluate(on).unwrap(), [json!(true)]);
    assert_eq!(
        Expression::compile("item.where(linkId = 'a' or 'b' = linkId)", &[])
            .unwrap()
            .links()
            .collect::<Vec<_>>(),
        ["a", "b"]
    );
}

fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("1".to_owned()),
        Just("0.5".to_owned()),
        Just("'a'".to_owned()),
        Just("{}".to_owned()),
        Just("true".to_owned()),
        Just("$this".to_owned()),
        Just("$total".to_owned()),
        Just("linkId".to_owned()),
        Just("%resource.item".to_owned()),
        Just("item.answer.value".to_owned()),
        Just("%questionnaire.item.answerOption".to_owned()),
    ];
    leaf.prop_recursive(5, 40, 3, |inner| {
        let operators = prop::sample::select(vec![
            "+", "-", "*", "/", "div", "mod", "&", "|", "=", "!=", "~", "<", ">=", "and", "or", "xor",
            "implies", "in", "contains",
        ]);
        let functions = prop::sample::select(vec![
            "count",
            "sum",
            "min",
            "avg",
            "weight",
            "first",
            "exists",
            "empty",
            "not",
            "toInteger",
            "toString",
            "distinct",
            "descendants",
            "length",
        ]);
        let iterating = prop::sample::select(vec![
            "where",
            "select",
            "all",
            "exists",
            "repeat",
            "aggregate",
            "take",
            "skip",
            "combine",
        ]);
        prop_oneof![
            (inner.clone(), operators, inner.clone())
                .prop_map(|(left, operator, right)| format!("({left} {operator} {right})")),
            (inner.clone(), functions).prop_map(|(of, function)| format!("({of}).{function}()")),
            (inner.clone(), iterating, inner.clone())
                .prop_map(|(of, function, with)| format!("({of}).{function}({with})")),
            (inner.clone(), inner.clone(), inner)
                .prop_map(|(one, two, three)| format!("iif({one}, {two}, {three})")),
        ]
    })
}

proptest! {
    #[test]
    fn any_expression_of_the_language_gives_values_or_an_error_in_words(source in expression()) {
        match run(&source) {
            Ok(_) => {}
            Err(why) => prop_assert!(why.contains(" at column "), "{}", why),
        }
    }

    #[test]
    fn any_text_is_an_expression_or_an_error_in_words(source in "\\PC{0,60}") {
        let _ = run(&source);
    }

    #[test]
    fn a_sum_of_weights_is_the_sum(a in 0u8..4, b in 0u8..4) {
        let form = form();
        let resource = json!({"item": [chosen("a", a), chosen("b", b)]});
        let expression = Expression::compile("%resource.item.answer.weight().sum()", &[]).unwrap();
        let found = expression.evaluate(On { form: &form, resource: &resource, context: &resource }).unwrap();
        prop_assert_eq!(found, vec![json!(a + b)]);
    }
}

#[test]
fn items_are_chosen_by_their_link_ids_however_that_is_written() {
    for (one, other) in [
        ("linkId = 'a' or linkId = 'n'", "linkId in ('a' | 'n')"),
        (
            "linkId != 'a' and linkId != 'n'",
            "(linkId = 'a').not() and (linkId in ('n' | 'x')).not()",
        ),
        ("linkId = 'a' and linkId != 'n'", "linkId in 'a'"),
        ("linkId = 'a' or linkId != 'n'", "(linkId ~ 'n').not()"),
    ] {
        let found = |criteria: &str| run(&format!("item.where({criteria}).linkId")).unwrap();
        assert_eq!(found(one), found(other), "{one}");
        // Several items are no item of that name, and none is not known.
        let of = |input: &str| run(&format!("{input}.iif(({one}).exists(), 'known', 'not known')")).unwrap();
        assert_eq!(
            (of("item"), of("item.answer")),
            (vec![json!("known")], vec![json!("not known")])
        );
    }
}

#[test]
fn the_deepest_expressions_that_are_taken_are_evaluated() {
    for depth in 80..120 {
        let nested = format!("{}1{}", "iif(true, ".repeat(depth), ")".repeat(depth));
        let called = format!("item{}", ".where(true)".repeat(depth));
        let added = format!("1{}", " + 1".repeat(depth));
        for source in [nested, called, added] {
            if let Err(why) = run(&source) {
                assert!(why.contains("more than 100 parts"), "{why}");
                assert!(depth > 90, "{depth}: {why}");
            }
        }
    }
}
