//! A person with a real browser, from the home page to the calendar.

// The name lets `cargo xtask test --without browser` find them.
mod in_a_browser {
    use std::io::{Read, Write};
    use testing::browser::{DESKTOP, NARROW, PHONE, Size, Theme, Window, drive};
    use testing::program::Demo;

    const PROGRAM: &str = env!("CARGO_BIN_EXE_sameboat");

    /// Home, near 44113, a group, its calendar.
    async fn journey(demo: &Demo, window: &Window) {
        window.open(&demo.url("/")).await;
        window.write("input[name=near]", "44113").await;
        window.click(".door button").await;
        let text = window.text().await;
        assert!(
            text.contains("Near 44113") && text.contains("nearest first"),
            "{text}"
        );
        window.click(".hit h3 a").await;
        let text = window.text().await;
        for told in ["Your first time", "miles from 44113", "Next", "The facts"] {
            assert!(text.contains(told), "“{told}” in {text}");
        }
    }

    /// The last part of a group's address.
    fn slug(path: &str) -> &str {
        path.rsplit('/').next().unwrap_or_default()
    }

    #[test]
    fn a_person_finds_a_group_and_puts_it_into_the_calendar() {
        drive(PROGRAM, async |demo, browser| {
            for size in [DESKTOP, PHONE] {
                let window = browser.window(size).await;
                journey(demo, &window).await;
                let calendar: String = window
                .ask("fetch(document.querySelector('a[href$=\".ics\"]').href).then(answer => answer.text())")
                .await;
                assert!(
                    calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.contains("CLASS:PRIVATE"),
                    "{calendar}"
                );
                assert_eq!(window.wrongs().await, Vec::<String>::new());
            }
        });
    }

    #[test]
    fn every_page_is_clean_for_axe_on_a_desktop_in_both_themes() {
        every_page_is_clean(&[(DESKTOP, Theme::Light), (DESKTOP, Theme::Dark)]);
    }

    #[test]
    fn every_page_is_clean_for_axe_on_a_phone_and_at_320_px() {
        every_page_is_clean(&[(PHONE, Theme::Light), (NARROW, Theme::Dark)]);
    }

    fn every_page_is_clean(looks: &[(Size, Theme)]) {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(DESKTOP).await;
            window.open(&demo.url("/groups?near=44113")).await;
            let group: String = window
                .ask("new URL(document.querySelector('.hit h3 a').href).pathname")
                .await;
            let therapy: String = window
                .ask("new URL(document.querySelector('.hit.therapy h3 a').href).pathname")
                .await;
            window
                .open(&demo.url("/providers?near=44113&kind=therapist"))
                .await;
            let therapist: String = window
                .ask("new URL(document.querySelector('.hit h3 a').href).pathname")
                .await;
            let shortlist = format!("/shortlist?of={},{}", slug(&group), slug(&therapy));
            let paths = [
                "/",
                "/groups",
                "/groups?near=44113&q=grief&day=thu&kind=support",
                "/groups?near=Springfield",
                "/groups?near=99999",
                "/groups?near=44113&q=zzzz&kind=therapy",
                &group,
                &therapy,
                "/providers",
                "/providers?near=44113",
                "/providers?near=44113&q=zzzz&kind=site",
                &therapist,
                &shortlist,
                "/shortlist",
                "/embed",
                "/embed/groups?near=44113",
                "/kinds",
                "/choose",
                "/choose/rules",
                "/for",
                "/for?q=zzzz",
                "/for/grief",
                "/for/domestic-violence",
                "/learn",
                "/learn/two-kinds",
                "/glossary",
                "/help-now",
                "/help-now?country=IN",
                "/about",
                "/privacy",
                "/accessibility",
                "/parts",
                "/nothing-here",
            ];
            for look in looks {
                browser.window_in(*look).await.walk(demo, &paths).await;
            }
        });
    }

    /// The same with the keyboard alone.
    async fn keyboard_journey(demo: &Demo, window: &Window) {
        window.open(&demo.url("/")).await;
        window.tab_to("input[name=near]").await;
        window.type_text("44113").await;
        window.press("Enter").await;
        window
            .until("location.pathname == '/groups' && !!document.querySelector('.hit')")
            .await;
        window.tab_to(".hit h3 a").await;
        window.press("Enter").await;
        window
            .until("location.pathname.startsWith('/groups/') && !!document.querySelector('#facts')")
            .await;
        window.tab_to("a[href$='.ics']").await;
    }

    #[test]
    fn the_keyboard_alone_is_enough() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(DESKTOP).await;
            keyboard_journey(demo, &window).await;
        });
    }

    #[test]
    fn nothing_needs_scripts() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(PHONE).await;
            window.without_scripts().await;
            keyboard_journey(demo, &window).await;
            // The script of the page would have taken the link over; without it the link itself leads out.
            let leave: String = window
                .ask("document.querySelector('a.leave').getAttribute('href')")
                .await;
            assert_eq!(leave, "/leave");
        });
    }

    #[test]
    fn escape_twice_leaves() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(DESKTOP).await;
            window.open(&demo.url("/groups?near=44113")).await;
            window.press("Escape").await;
            assert!(window.url().await.contains("/groups"), "once is not enough");
            window.press("Escape").await;
            // The neutral page is elsewhere and cannot be reached here; that ours is hidden and left is enough.
            window
                .until("document.documentElement.hidden || !location.pathname.startsWith('/groups')")
                .await;
        });
    }

    #[test]
    fn a_page_prints_without_what_only_a_screen_needs() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(DESKTOP).await;
            window.print().await;
            for path in ["/parts", "/groups?near=44113", "/kinds"] {
                window.open(&demo.url(path)).await;
                let shown: Vec<String> = window
                .ask("['.rail','.masthead nav','footer','.search'].filter(s => [...document.querySelectorAll(s)].some(e => e.getClientRects().length))")
                .await;
                assert_eq!(shown, Vec::<String>::new(), "{path}");
                let ink: String = window
                    .ask("getComputedStyle(document.querySelector('h1')).color")
                    .await;
                assert_eq!(ink, "rgb(0, 0, 0)", "{path}");
            }
        });
    }

    /// The shortlist of the first so many groups near 44113.
    async fn shortlist_of(demo: &Demo, window: &Window, count: usize) -> String {
        window.open(&demo.url("/groups?near=44113")).await;
        let paths: Vec<String> = window
            .ask("[...document.querySelectorAll('.hit h3 a')].map(link => new URL(link.href).pathname)")
            .await;
        let slugs: Vec<_> = paths.iter().take(count).map(|path| slug(path)).collect();
        assert_eq!(slugs.len(), count);
        demo.url(&format!("/shortlist?of={}", slugs.join(",")))
    }

    #[test]
    fn a_shortlist_prints_on_one_page_of_letter_and_of_a4() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(DESKTOP).await;
            for count in [1, 5, 12] {
                let list = shortlist_of(demo, &window, count).await;
                window.open(&list).await;
                for (paper, size) in [("Letter", (8.5, 11.0)), ("A4", (8.27, 11.69))] {
                    assert_eq!(window.printed_pages(size).await, 1, "{count} groups on {paper}");
                }
            }
        });
    }

    #[test]
    fn a_dot_of_the_map_leads_to_its_row() {
        drive(PROGRAM, async |demo, browser| {
            for size in [DESKTOP, PHONE] {
                let window = browser.window(size).await;
                window.open(&demo.url("/groups?near=44113")).await;
                // Dots that would cover each other are one; each other dot bears the number of the row it leads to.
                let strayed: Vec<String> = window
                    .ask(
                        "[...document.querySelectorAll('.map .dot')].filter(dot => { \
                         const row = document.querySelector(dot.getAttribute('href')); const said = dot.querySelector('text').textContent; \
                         return !row || (/^\\d+$/.test(said) && row.querySelector('.number').textContent != said) }).map(dot => dot.outerHTML)",
                    )
                    .await;
                assert_eq!(strayed, Vec::<String>::new());
                let under: bool = window
                    .ask("document.querySelector('.map').getBoundingClientRect().top > document.querySelector('.hits').getBoundingClientRect().bottom")
                    .await;
                assert_eq!(under, size == PHONE, "beside the list, on a phone under it");
                let _: bool = window
                    .ask("document.querySelector('.map .dot').dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))")
                    .await;
                window.until("location.hash.startsWith('#group-')").await;
            }
        });
    }

    /// Another site: one page of this HTML, under an address of its own. It ends with the test.
    fn host(html: String) -> String {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut request = [0; 4096];
                let _ = stream.read(&mut request);
                let length = html.len();
                let _ = write!(
                    stream,
                    "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{html}"
                );
            }
        });
        format!("http://localhost:{port}/")
    }

    #[test]
    fn another_site_may_frame_the_embedded_finder_and_nothing_else() {
        drive(PROGRAM, async |demo, browser| {
            let (inside, whole) = (
                demo.url("/embed/groups?near=44113"),
                demo.url("/groups?near=44113"),
            );
            let page = host(format!(
                "<!doctype html><iframe src=\"{inside}\"></iframe><iframe src=\"{whole}\"></iframe>"
            ));
            let window = browser.window(DESKTOP).await;
            window.open(&page).await;
            assert_eq!(window.framed().await, [inside]);
        });
    }
}
