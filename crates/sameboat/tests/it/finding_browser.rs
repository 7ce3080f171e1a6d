//! A person with a real browser who narrows a search down.

// The name lets `cargo xtask test --without browser` find them.
mod in_a_browser {
    use testing::browser::{DESKTOP, NARROW, PHONE, Theme, Window, drive};

    const PROGRAM: &str = env!("CARGO_BIN_EXE_sameboat");

    /// The number in the heading: "12 groups".
    async fn count(window: &Window) -> usize {
        window
            .ask("parseInt(document.querySelector('h1').textContent, 10) || 0")
            .await
    }

    /// The number on a chip.
    async fn promised(window: &Window, chip: &str) -> usize {
        window
            .ask(&format!(
                "parseInt(document.querySelector('{chip} .count').textContent, 10)"
            ))
            .await
    }

    async fn until_address_has(window: &Window, part: &str) {
        window
            .until(&format!(
                "location.search.includes('{part}') && !!document.querySelector('#finder h1')"
            ))
            .await;
    }

    #[test]
    fn a_chip_swaps_the_results_without_a_reload_and_back_works() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(DESKTOP).await;
            window.open(&demo.url("/groups?near=44113")).await;
            let all = count(&window).await;
            let _: bool = window.ask("window.stays = true").await;
            let support = promised(&window, "#kind-support").await;
            window.tap("#kind-support").await;
            until_address_has(&window, "kind=support").await;
            window
                .until("!!document.querySelector('#kind-support.chosen')")
                .await;
            assert_eq!(count(&window).await, support, "the chip said how many there are");
            assert_eq!(
                window.ask::<String>("document.activeElement.id").await,
                "kind-support"
            );
            assert_eq!(
                window
                    .ask::<String>("document.querySelector('#said').textContent")
                    .await,
                window
                    .ask::<String>("document.querySelector('h1').textContent")
                    .await,
            );
            let free = promised(&window, "#cost-free").await;
            window.tap("#cost-free").await;
            until_address_has(&window, "cost=free").await;
            window
                .until("!!document.querySelector('#cost-free.chosen')")
                .await;
            assert_eq!(count(&window).await, free);
            assert_eq!(window.axe().await, Vec::<String>::new());
            window.back().await;
            window
                .until(
                    "!location.search.includes('cost=free') && !document.querySelector('#cost-free.chosen')",
                )
                .await;
            assert_eq!(count(&window).await, support);
            // In "Showing" a chip takes itself away.
            window.tap(".showing .chip").await;
            window
                .until(
                    "!location.search.includes('kind=') && !document.querySelector('#kind-support.chosen')",
                )
                .await;
            assert_eq!(count(&window).await, all);
            window.write("input[name=q]", "greif").await;
            window.tap(".search button").await;
            until_address_has(&window, "q=greif").await;
            window.until("!!document.querySelector('.corrected')").await;
            assert!(window.text().await.contains("Showing results for “grief”."));
            assert!(
                window.ask::<bool>("window.stays === true").await,
                "no page was loaded anew"
            );
            assert_eq!(window.wrongs().await, Vec::<String>::new());
            // A group is a page of its own, and back leads to the results as they were.
            window.click(".hit h3 a").await;
            window.until("location.pathname.startsWith('/groups/')").await;
            window.back().await;
            window
                .until("location.search.includes('q=greif') && !!document.querySelector('.corrected')")
                .await;
        });
    }

    #[test]
    fn what_cannot_be_swapped_is_gone_to() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(DESKTOP).await;
            for fails in [
                "Promise.reject(new TypeError('offline'))",
                "Promise.resolve(new Response('<h1>Too many</h1>', { status: 429 }))",
            ] {
                window.open(&demo.url("/groups?near=44113")).await;
                let _: bool = window.ask(&format!("window.fetch = () => {fails}, true")).await;
                window.click("#kind-support").await;
                until_address_has(&window, "kind=support").await;
                window
                    .until("!!document.querySelector('#kind-support.chosen')")
                    .await;
            }
            // A place that nobody knows is told in place.
            let _: bool = window.ask("window.stays = true").await;
            window.write("input[name=near]", "zzz").await;
            window.tap(".search button").await;
            window.until("!!document.querySelector('.field.wrong')").await;
            assert!(
                window
                    .ask::<bool>("window.stays === true && location.search.includes('44113zzz')")
                    .await
            );
        });
    }

    #[test]
    fn chips_are_links_where_no_script_runs() {
        drive(PROGRAM, async |demo, browser| {
            let window = browser.window(PHONE).await;
            window.without_scripts().await;
            window.open(&demo.url("/groups?near=44113")).await;
            let results_first: bool = window
                .ask(
                    "document.querySelector('.results').getBoundingClientRect().top \
                     < document.querySelector('.narrow').getBoundingClientRect().top",
                )
                .await;
            assert!(results_first, "a phone shows results before filters");
            let support = promised(&window, "#kind-support").await;
            window.click("#kind-support").await;
            until_address_has(&window, "kind=support").await;
            assert_eq!(count(&window).await, support);
        });
    }

    #[test]
    fn the_narrowed_finder_is_clean_for_axe() {
        drive(PROGRAM, async |demo, browser| {
            for look in [
                (DESKTOP, Theme::Dark),
                (PHONE, Theme::Light),
                (NARROW, Theme::Dark),
            ] {
                let paths = [
                    "/groups?near=44113&kind=support&cost=free&time=evening&zone=Europe/Berlin",
                    "/groups?q=greif&language=en&for=women&online=no",
                    "/groups?near=44113&status=paused&access=hearing-loop&format=presentation&day=mon",
                ];
                browser.window_in(look).await.walk(demo, &paths).await;
            }
        });
    }
}
