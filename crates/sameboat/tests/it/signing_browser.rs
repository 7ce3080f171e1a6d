//! Signing in with a real browser: a passkey of a simulated device, one's own pages, and the keyboard alone.

// The name lets `cargo xtask test --without browser` find them.
mod in_a_browser {
    use testing::browser::{LOOKS, PHONE, drive};

    const PROGRAM: &str = env!("CARGO_BIN_EXE_sameboat");

    #[test]
    fn a_passkey_is_made_signs_in_as_two_factors_and_is_removed() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(PHONE).await;
            window.with_device().await;
            window.sign_in(demo, "admin").await;
            window.open(&demo.url("/me/passkeys")).await;
            window.write("input[name=name]", "My phone").await;
            window.click("form[data-passkey=create] button").await;
            let text = window.text().await;
            assert!(text.contains("My phone"), "{text}");
            window.sign_out().await;

            window.open(&demo.url("/sign-in?to=/staff")).await;
            window.click("form[data-passkey=get] button").await;
            window.until("location.pathname == '/staff'").await;
            window.open(&demo.url("/me")).await;
            let text = window.text().await;
            assert!(text.contains("Passkey · this browser"), "{text}");

            window.open(&demo.url("/me/passkeys")).await;
            let text = window.text().await;
            assert!(text.contains("last used:"), "{text}");
            window.click("form[action$='/removal'] button").await;
            let text = window.text().await;
            assert!(!text.contains("My phone"), "{text}");
            window.sign_out().await;
            window.open(&demo.url("/sign-in")).await;
            window.click("form[data-passkey=get] button").await;
            let text = window.text().await;
            assert!(text.contains("No passkey answered"), "{text}");
            assert_eq!(window.wrongs().await, Vec::<String>::new());
        });
    }

    #[test]
    fn a_link_of_the_demos_letters_signs_in() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(PHONE).await;
            window.open(&demo.url("/sign-in")).await;
            window
                .write("input[name=address]", "joan@lakeshore.example")
                .await;
            window.click("form[action='/sign-in/link'] button").await;
            let text = window.text().await;
            assert!(text.contains("Look at your mail"), "{text}");
            let link = window.letter(demo, "joan@lakeshore.example").await;
            window.open(&link).await;
            window.click("main form button").await;
            window.until("location.pathname == '/me'").await;
            let text = window.text().await;
            assert!(text.contains("Joan P."), "{text}");
        });
    }

    #[test]
    fn own_pages_are_clean_for_axe_in_every_width_and_theme() {
        drive(PROGRAM, async |demo, browser| {
            for look in LOOKS {
                let window = browser.window_in(look).await;
                window
                    .walk(
                        demo,
                        &["/sign-in", "/demo/mail", "/invitation/0000", "/sign-in/link/0000"],
                    )
                    .await;
                window.sign_in(demo, "coordinator").await;
                window
                    .walk(
                        demo,
                        &[
                            "/me",
                            "/me?done=password",
                            "/me/name",
                            "/me/mail",
                            "/me/mail/0000",
                            "/me/password",
                            "/me/passkeys",
                            "/me/second-factor",
                            "/me/looked",
                            "/sign-in/again?to=/me",
                        ],
                    )
                    .await;
                window.open(&demo.url("/me/second-factor")).await;
                window.click("main form button").await;
                window.clean("a second factor, begun").await;
                window.open(&demo.url("/me/password")).await;
                window.write("input[name=password]", "12345678").await;
                window.click("main form button").await;
                window.clean("a wrong password").await;
            }
        });
    }

    #[test]
    fn the_keyboard_alone_signs_in_and_out() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(PHONE).await;
            window.without_scripts().await;
            window.open(&demo.url("/sign-in")).await;
            window.tab_to("button[value=leader]").await;
            window.press("Enter").await;
            window.until("location.pathname == '/me'").await;
            window.tab_to("a[href='/me/name']").await;
            window.press("Enter").await;
            window.until("location.pathname == '/me/name'").await;
            window.tab_to("form[action='/sign-out'] button").await;
            window.press("Enter").await;
            window.until("location.pathname == '/'").await;
        });
    }
}
