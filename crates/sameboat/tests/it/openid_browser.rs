//! Signing in by an OpenID provider with a real browser: out by a link, the provider's own page, and back by a button.
#![cfg(feature = "oidc")]

// The name lets `cargo xtask test --without browser` find them.
mod in_a_browser {
    use std::path::Path;
    use std::process::Command;

    use chrono::{DateTime, Utc};
    use testing::browser::{Browser, Window};
    use testing::program::Demo;

    use crate::provider::{Provider, Says};

    /// Someone on the demo's staff.
    const JOAN: &str = "joan@lakeshore.example";

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Runtime::new().expect("a runtime")
    }

    fn demo(provider: &Provider) -> Demo {
        let ours = ["--openid", &provider.address, "--openid-client", "sameboat"];
        let name = ["--openid-name", "Lakeshore ID"];
        Demo::start_with(
            Path::new(env!("CARGO_BIN_EXE_sameboat")),
            &[&ours[..], &name].concat(),
        )
    }

    /// As this machine tells it: the program that is asked has its real clock.
    fn now() -> DateTime<Utc> {
        let date = Command::new("date").args(["-u", "+%Y-%m-%dT%H:%M:%SZ"]).output();
        let said = String::from_utf8(date.expect("the time").stdout).expect("a time");
        said.trim().parse().expect("a time")
    }

    /// From the page of signing in to the provider, and on from there by one of its buttons.
    async fn there(demo: &Demo, provider: &Provider, window: &Window, say: &str) {
        window.open(&demo.url("/sign-in?to=/me/looked")).await;
        window.click("a[href^='/sign-in/openid?']").await;
        window
            .until(&format!("location.origin == '{}'", provider.address))
            .await;
        window.click(&format!("button[value={say}]")).await;
        window.until("location.pathname == '/sign-in/openid/back'").await;
    }

    #[test]
    fn who_the_provider_knows_goes_there_and_comes_back_signed_in_without_scripts() {
        runtime().block_on(async {
            let provider = Provider::start().await;
            provider.says(Says {
                mail: JOAN,
                ..provider.right(now())
            });
            let demo = demo(&provider);
            let browser = Browser::start().await;
            let window = browser.window((390, 844)).await;
            window.without_scripts().await;
            there(&demo, &provider, &window, "yes").await;
            let text = window.text().await;
            assert!(text.contains("Lakeshore ID"), "{text}");
            assert_eq!(window.wrongs().await, Vec::<String>::new());
            let back = window.url().await;

            // To have come back does not sign in by itself.
            window.open(&demo.url("/me")).await;
            window.until("location.pathname == '/sign-in'").await;
            window.open(&back).await;
            window.click("form[action='/sign-in/openid/back'] button").await;
            window.until("location.pathname == '/me/looked'").await;
            window.open(&demo.url("/me")).await;
            let text = window.text().await;
            assert!(
                text.contains("Joan P.") && text.contains("Your organization’s sign-in · this browser"),
                "{text}"
            );

            // The way back was used: after signing out it leads nowhere.
            window.click("form[action='/sign-out'] button").await;
            window.open(&back).await;
            window.click("form[action='/sign-in/openid/back'] button").await;
            let text = window.text().await;
            assert!(text.contains("This did not sign you in"), "{text}");
            window.open(&demo.url("/me")).await;
            window.until("location.pathname == '/sign-in'").await;
            browser.stop().await;
        });
    }

    #[test]
    fn who_says_no_there_or_is_nobody_here_comes_back_to_every_other_way() {
        runtime().block_on(async {
            let provider = Provider::start().await;
            let demo = demo(&provider);
            let browser = Browser::start().await;
            let window = browser.window((1280, 900)).await;
            there(&demo, &provider, &window, "no").await;
            let text = window.text().await;
            assert!(
                text.contains("This did not sign you in") && text.contains("Go to Lakeshore ID"),
                "{text}"
            );

            for says in [
                Says {
                    mail: "stranger@elsewhere.example",
                    ..provider.right(now())
                },
                Says {
                    mail: JOAN,
                    checked: false,
                    ..provider.right(now())
                },
            ] {
                provider.says(says);
                there(&demo, &provider, &window, "yes").await;
                window.click("form[action='/sign-in/openid/back'] button").await;
                let text = window.text().await;
                assert!(text.contains("This did not sign you in"), "{text}");
                assert_eq!(window.axe().await, Vec::<String>::new());
                assert_eq!(window.wrongs().await, Vec::<String>::new());
            }
            browser.stop().await;
        });
    }
}
