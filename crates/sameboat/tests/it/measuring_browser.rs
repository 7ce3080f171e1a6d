//! A person with a real browser who asks themselves how they are.

// The name lets `cargo xtask test --without browser` find them.
mod in_a_browser {
    use testing::browser::{DESKTOP, NARROW, PHONE, Theme, drive};

    const PROGRAM: &str = env!("CARGO_BIN_EXE_sameboat");

    #[test]
    fn from_a_check_to_the_chooser_without_a_script() {
        drive(PROGRAM, async |demo, browser| {
            for size in [DESKTOP, PHONE] {
                let window = browser.window(size).await;
                window.without_scripts().await;
                window.open(&demo.url("/check")).await;
                window.click("a[href='/check/phq-9']").await;
                for question in 1..=9 {
                    window
                        .tap(&format!("#q-q{question} label:nth-of-type(4) input"))
                        .await;
                }
                window.click(".measure .acts .button").await;
                let text = window.text().await;
                assert!(text.contains("One question is still open."), "{text}");
                assert!(text.contains("Please talk to someone now."), "{text}");
                window.click(".measure .acts button[value=result]").await;
                let text = window.text().await;
                assert!(
                    text.contains("PHQ-9 total: 27 of 27") && text.contains("This is not a diagnosis."),
                    "{text}"
                );
                let url = window.url().await;
                assert!(
                    url.ends_with("/check/phq-9"),
                    "no answer stands in the address: {url}"
                );
                window.click("form[action='/choose'] .button").await;
                window.heading("What do you hope for?").await;
            }
        });
    }

    #[test]
    fn a_result_is_clean_for_axe_in_every_width_and_theme() {
        drive(PROGRAM, async |demo, browser| {
            for look in [
                (DESKTOP, Theme::Light),
                (PHONE, Theme::Dark),
                (NARROW, Theme::Light),
            ] {
                let window = browser.window_in(look).await;
                window.open(&demo.url("/check/gad-7")).await;
                for question in 1..=6 {
                    window
                        .tap(&format!("#q-q{question} label:nth-of-type(2) input"))
                        .await;
                }
                window.click(".measure .acts .button").await;
                window.clean("a check half answered").await;
                window.tap("#q-q7 label:nth-of-type(3) input").await;
                window.click(".measure .acts .button").await;
                window
                    .until("document.body.innerText.includes('GAD-7 total: 8 of 21')")
                    .await;
                window.clean("a result").await;
            }
        });
    }
}
