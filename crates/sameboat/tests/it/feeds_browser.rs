//! A feed by its address, with a real browser, a real program and a real server of this machine.

// The name lets `cargo xtask test --without browser` find them.
mod in_a_browser {
    use std::io::{BufRead, BufReader, Write};
    use std::net::{SocketAddr, TcpListener};

    use testing::browser::{PHONE, drive_with};

    const PROGRAM: &str = env!("CARGO_BIN_EXE_sameboat");

    /// Two meetings; one more names no day's time.
    const FEED: &str = r#"[
        {"slug": "a", "name": "Harbor Lights", "day": 1, "time": "19:00", "formatted_address": "12 Elm St, Costa Mesa, CA 92626, USA"},
        {"slug": "b", "name": "Night Owls", "day": 2, "time": "21:00", "formatted_address": "12 Elm St, Costa Mesa, CA 92626, USA"},
        {"slug": "c", "name": "Early Risers", "day": 3, "formatted_address": "7 Oak St, Costa Mesa, CA 92626, USA"}
    ]"#;

    /// A server that answers every question with the feed.
    fn serve(feed: Vec<u8>) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
                let _ = lines.find(String::is_empty);
                let length = feed.len();
                let _ = write!(&stream, "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n");
                let _ = (&stream).write_all(&feed);
            }
        });
        address
    }

    #[test]
    fn a_feed_is_added_by_keyboard_taken_in_and_its_held_row_becomes_a_group() {
        let server = serve(FEED.into());
        drive_with(
            PROGRAM,
            &["--feed-inside", &server.to_string()],
            async |demo, browser| {
                let window = browser.window(PHONE).await;
                window.sign_in(demo, "admin").await;

                window.open(&demo.url("/staff/feeds")).await;
                window.clean("no feed yet").await;
                window.tab_to("a[href='/staff/feeds/new']").await;
                window.press("Enter").await;
                window.until("location.pathname == '/staff/feeds/new'").await;
                window.clean("the form").await;
                window.tab_to("input[name=address]").await;
                window.type_text("http://10.0.0.1/meetings.json").await;
                window.tab_to("input[name=programme]").await;
                window.type_text("Orange County").await;
                window.press("Enter").await;
                window.until("!!document.querySelector('.error')").await;
                window.clean("the form with an error").await;
                window.fill("input[name=address]", "").await;
                window
                    .write("input[name=address]", &format!("http://{server}/meetings.json"))
                    .await;
                window.tab_to("form.stack button").await;
                window.press("Enter").await;
                window
                    .until("/^.staff.feeds.[0-9a-f]{32}$/.test(location.pathname)")
                    .await;
                let feed = window.url().await;
                let text = window.open_until(&feed, "2 new").await;
                assert!(
                    text.contains("Harbor Lights") && text.contains("1 of 1 to look at"),
                    "{text}"
                );
                window.clean("the feed").await;

                window.tab_to("a[href$='/held']").await;
                window.press("Enter").await;
                window.until("location.pathname.endsWith('/held')").await;
                let text = window.text().await;
                assert!(
                    text.contains("Early Risers") && text.contains("no time"),
                    "{text}"
                );
                window.clean("the held rows").await;
                window.tab_to("form[action$='/dismissal'] button").await;
                window.press("Enter").await;
                window
                    .until("!document.querySelector('form[action$=\"/dismissal\"]')")
                    .await;
                window.tab_to("a[href*='dismissed=yes']").await;
                window.press("Enter").await;
                window
                    .until("!!document.querySelector('form[action$=\"/restoring\"]')")
                    .await;
                window.tab_to("form[action$='/restoring'] button").await;
                window.press("Enter").await;
                window
                    .until("!document.querySelector('form[action$=\"/restoring\"]')")
                    .await;
                window.open(&format!("{feed}/held")).await;
                window.tab_to("form[action$='/group'] button").await;
                window.press("Enter").await;
                window.until("location.pathname.endsWith('/edit')").await;
                let title: String = window
                    .ask("document.querySelector('input[name=title]').value")
                    .await;
                assert_eq!(title, "Early Risers");
                assert_eq!(window.wrongs().await, Vec::<String>::new());
            },
        );
    }

    #[test]
    #[ignore = "needs SAMEBOAT_SAMPLES"]
    fn a_held_row_of_a_real_feed_is_fixed_by_keyboard_and_taken_back() {
        let sample = testing::samples::path("feeds/nwta-2021.json");
        let server = serve(std::fs::read(sample).expect("a sample"));
        drive_with(
            PROGRAM,
            &["--feed-inside", &server.to_string()],
            async |demo, browser| {
                let window = browser.window(PHONE).await;
                window.sign_in(demo, "admin").await;
                window.open(&demo.url("/staff/feeds/new")).await;
                window
                    .write("input[name=address]", &format!("http://{server}/meetings.json"))
                    .await;
                window.write("input[name=programme]", "Northwest").await;
                window.fill("input[name=zone]", "America/Chicago").await;
                window.click("form.stack button").await;
                window
                    .until("/^.staff.feeds.[0-9a-f]{32}$/.test(location.pathname)")
                    .await;
                let feed = window.url().await;
                let text = window.open_until(&feed, "6 of 6 to look at").await;
                assert!(text.contains("607 new"), "{text}");

                window.open(&format!("{feed}/held")).await;
                window.clean("the held rows of a real feed").await;
                window.tab_to("a.button[href*='/held/']").await;
                window.press("Enter").await;
                window.until("/held.[0-9]+$/.test(location.pathname)").await;
                let fixing = window.url().await;
                let text = window.text().await;
                assert!(text.contains("Nobody could find out how to come"), "{text}");
                window.clean("a row to be fixed").await;
                // Nothing, then something wrong: both are told, and what was typed stays.
                window.tab_to("input[name='put-how_to_come']").await;
                window.type_text("https://zoom.us/j/123456789").await;
                window.press("Enter").await;
                window.until("!!document.querySelector('.error')").await;
                window.clean("a row with an error").await;
                let typed: String = window
                    .ask("document.querySelector(\"input[name='put-how_to_come']\").value")
                    .await;
                assert_eq!(typed, "https://zoom.us/j/123456789");
                window.fill("input[name='put-how_to_come']", "").await;
                window.tab_to("input[name='put-how_to_come']").await;
                window.type_text("https://example.org/how-to-come").await;
                window.press("Enter").await;
                window.until("location.pathname.endsWith('/corrections')").await;
                let text = window.text().await;
                assert!(
                    text.contains("https://example.org/how-to-come")
                        && text.contains("It stands in the listing."),
                    "{text}"
                );
                window.clean("the corrections").await;
                let group: String = window.ask("document.querySelector('.held h2 a').href").await;
                let page = window.open_until(&group, "example.org").await;
                assert!(!page.contains("no longer"), "{page}");
                window.open(&feed).await;
                assert!(window.text().await.contains("5 of 5 to look at"));

                // Fetched again, it stays.
                window.click("form[action$='/fetching'] button").await;
                window
                    .open_until(&feed, "1 listed by what was corrected here")
                    .await;
                window.open(&format!("{feed}/corrections")).await;
                window.tab_to("form[action$='/withdrawal'] button").await;
                window.press("Enter").await;
                window.until("location.pathname.endsWith('/held')").await;
                window.open(&fixing).await;
                assert!(window.text().await.contains("Nobody could find out how to come"));
                window.open(&feed).await;
                assert!(window.text().await.contains("6 of 6 to look at"));
                assert_eq!(window.wrongs().await, Vec::<String>::new());
            },
        );
    }
}
