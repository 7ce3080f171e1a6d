//! What a page is judged by, and pictures of it.

use chromiumoxide::cdp::browser_protocol::page::{CaptureScreenshotFormat, PrintToPdfParams};
use chromiumoxide::page::ScreenshotParams;

use super::Window;

const AXE: &str = include_str!("../../../../third_party/axe-core/axe.min.js");

impl Window {
    /// Nothing for axe, nothing against the policy or in the console, nothing too wide or too small to touch. Looked at from its top, where the rail
    /// of a phone covers nothing.
    pub async fn clean(&self, what: &str) {
        let how: String = self
            .ask("scrollTo(0, 0), innerWidth + ' px' + (matchMedia('(prefers-color-scheme: dark)').matches ? ', dark' : '')")
            .await;
        let here = format!("{what} at {how}: {}", self.url().await);
        assert_eq!(self.axe().await, Vec::<String>::new(), "{here}");
        assert_eq!(self.wrongs().await, Vec::<String>::new(), "{here}");
        assert_eq!(self.misfits().await, Vec::<String>::new(), "{here}");
    }

    /// What axe-core finds against WCAG 2.0 to 2.2 A and AA and its best practices; one line each.
    pub async fn axe(&self) -> Vec<String> {
        self.with_scripts(async {
            self.page.evaluate(AXE).await.expect("axe-core");
            self.ask(
                "axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice'] }) \
                 .then(found => found.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.target.join(' ') + ' — ' + \
                 (n.failureSummary || '').replace(/\\s+/g, ' '))))",
            )
            .await
        })
        .await
    }

    /// What the policy forbade, what went wrong, and what was fetched from elsewhere.
    pub async fn wrongs(&self) -> Vec<String> {
        self.ask(
            "(window.violations ?? []).concat(performance.getEntriesByType('resource').map(e => e.name) \
             .filter(name => !name.startsWith(location.origin)))",
        )
        .await
    }

    /// How far the page is wider than its window; links, buttons, fields and boxes smaller than 44 by 44. The button that
    /// Enter presses is not seen.
    pub async fn misfits(&self) -> Vec<String> {
        self.ask(
            "(() => { const out = []; const root = document.documentElement; \
             if (root.scrollWidth > innerWidth) out.push('page is ' + (root.scrollWidth - innerWidth) + ' px too wide'); \
             for (const e of document.querySelectorAll('button:not(.enter), .button, .chip, .choice, .leave, nav a, summary, .textlink, .linklike, select, textarea, \
             input:not([type=hidden], [type=checkbox], [type=radio])')) { \
               const r = e.getBoundingClientRect(); \
               if (r.width && r.height && (r.height < 43.5 || r.width < 43.5)) out.push(e.outerHTML.slice(0, 60) + ' is ' + r.width + ' by ' + r.height); } \
             return out; })()",
        )
        .await
    }

    /// How many sheets the page prints on; width and height of one in inches.
    pub async fn printed_pages(&self, (width, height): (f64, f64)) -> usize {
        let paper = PrintToPdfParams::builder()
            .paper_width(width)
            .paper_height(height);
        let file = self.page.pdf(paper.build()).await.expect("a PDF");
        let text = String::from_utf8_lossy(&file);
        text.split("/Type /Page")
            .skip(1)
            .filter(|rest| !rest.starts_with('s'))
            .count()
    }

    /// A picture of what the window shows.
    pub async fn picture_of_window(&self, file: &std::path::Path) {
        let how = ScreenshotParams::builder()
            .format(CaptureScreenshotFormat::Png)
            .build();
        self.page.save_screenshot(how, file).await.expect("a picture");
    }

    /// A picture of the whole page.
    pub async fn picture(&self, file: &std::path::Path) {
        let how = ScreenshotParams::builder()
            .format(CaptureScreenshotFormat::Png)
            .full_page(true)
            .build();
        self.page.save_screenshot(how, file).await.expect("a picture");
    }
}
