//! The boat, the rings and the line icons, drawn by us on a grid of 24.

use maud::{Markup, PreEscaped, html};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Icon {
    Phone,
    Leave,
    Search,
    Pin,
    Screen,
    Calendar,
    Clock,
    Ear,
    Camera,
    Lock,
    Bubble,
    People,
    Steps,
    Ramp,
    Money,
    Mail,
    Print,
    Book,
    Check,
    Cross,
    Down,
    Arrow,
    Back,
    Dash,
    Warning,
    Info,
    /// A closed ring with a centre: therapy.
    Closed,
    /// A ring with an opening below: support.
    Open,
    Disc,
    Ring,
    Barred,
}

impl Icon {
    /// Every icon, in the order of the page of parts.
    pub(crate) const ALL: [Self; 31] = [
        Self::Phone,
        Self::Leave,
        Self::Search,
        Self::Pin,
        Self::Screen,
        Self::Calendar,
        Self::Clock,
        Self::Ear,
        Self::Camera,
        Self::Lock,
        Self::Bubble,
        Self::People,
        Self::Steps,
        Self::Ramp,
        Self::Money,
        Self::Mail,
        Self::Print,
        Self::Book,
        Self::Check,
        Self::Cross,
        Self::Down,
        Self::Arrow,
        Self::Back,
        Self::Dash,
        Self::Warning,
        Self::Info,
        Self::Closed,
        Self::Open,
        Self::Disc,
        Self::Ring,
        Self::Barred,
    ];

    /// The icon beside its words: hidden from readers that speak.
    pub(crate) fn draw(self) -> Markup {
        html! {
            svg.icon viewBox="0 0 24 24" aria-hidden="true" focusable="false" { (PreEscaped(self.lines())) }
        }
    }

    const fn lines(self) -> &'static str {
        match self {
            Self::Phone => {
                r#"<path d="M6 3h3l2 5-2.5 1.8a12 12 0 0 0 5.7 5.700L16 13l5 2v3c0 1.7-1.3 3-3 3A15 15 0 0 1 3 6c0-1.7 1.3-3 3-3Z"/>"#
            }
            Self::Leave => r#"<path d="M13 4H5v16h8M10 12h11m-4-4 4 4-4 4"/>"#,
            Self::Search => r#"<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>"#,
            Self::Pin => {
                r#"<path d="M12 21c-4-5-7-8-7-11.500a7 7 0 0 1 14 0C19 13 16 16 12 21Z"/><circle cx="12" cy="9.5" r="2.5"/>"#
            }
            Self::Screen => {
                r#"<rect x="3" y="4" width="18" height="12" rx="1.5"/><path d="M8.5 20h7M12 16v4"/>"#
            }
            Self::Calendar => {
                r#"<rect x="3.5" y="5" width="17" height="15.5" rx="1.5"/><path d="M3.5 10h17M8 2.500V7m8-4.500V7"/>"#
            }
            Self::Clock => r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>"#,
            Self::Ear => {
                r#"<path d="M7 10a5.5 5.5 0 1 1 10 3c-1.5 2-3 2.5-3 5a3 3 0 0 1-5.5 1.600M9.7 10a2.7 2.7 0 1 1 4.5 2"/>"#
            }
            Self::Camera => {
                r#"<rect x="3" y="6.5" width="12" height="11" rx="1.5"/><path d="m15 11 6-3.500v9L15 13"/>"#
            }
            Self::Lock => {
                r#"<rect x="4.5" y="10.5" width="15" height="10" rx="1.5"/><path d="M8 10.500V7.500a4 4 0 0 1 8 0v3"/>"#
            }
            Self::Bubble => r#"<path d="M4 4.500h16v11.500h-9L6.5 20v-4H4Z"/>"#,
            Self::People => {
                r#"<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c0-4 2.5-6.5 6.5-6.500s6.5 2.5 6.5 6.500M16 5a3 3 0 0 1 0 6m2 3c2.3.8 3.5 2.8 3.5 6"/>"#
            }
            Self::Steps => r#"<path d="M3 20h5v-5h5v-5h5V5h3.5"/>"#,
            Self::Ramp => r#"<path d="M3 19h18V7Z"/>"#,
            Self::Money => {
                r#"<circle cx="12" cy="12" r="8.5"/><path d="M14.7 9c-.5-1-1.5-1.4-2.7-1.4-1.5 0-2.7.8-2.7 2.1 0 3 5.6 1.6 5.6 4.6 0 1.3-1.3 2.1-2.9 2.1-1.3 0-2.4-.5-2.9-1.500M12 5.800v12.4"/>"#
            }
            Self::Mail => {
                r#"<rect x="3" y="5" width="18" height="14" rx="1.5"/><path d="m3.5 6.5 8.5 7 8.5-7"/>"#
            }
            Self::Print => r#"<path d="M7 9V3.500h10V9M7 17H3.500V9h17v8H17M7 14h10v6.500H7Z"/>"#,
            Self::Book => {
                r#"<path d="M12 6C9.5 4.3 6.5 4 3 4.500v14c3.5-.5 6.5-.2 9 1.5 2.5-1.7 5.5-2 9-1.500v-14c-3.5-.5-6.5-.2-9 1.500Zm0 0v14"/>"#
            }
            Self::Check => r#"<path d="m4.5 12.5 5 5 10-11"/>"#,
            Self::Cross => r#"<path d="m6 6 12 12M18 6 6 18"/>"#,
            Self::Down => r#"<path d="m5 9 7 7 7-7"/>"#,
            Self::Arrow => r#"<path d="M3.5 12h16m-6-6 6 6-6 6"/>"#,
            Self::Back => r#"<path d="M20.5 12h-16m6-6-6 6 6 6"/>"#,
            Self::Dash => r#"<path d="M6 12h12"/>"#,
            Self::Warning => r#"<path d="M12 3.5 2.5 20.500h19Z"/><path d="M12 10v5m0 2.300v.4"/>"#,
            Self::Info => r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5m0-8.500v.4"/>"#,
            Self::Closed => {
                r#"<circle cx="12" cy="12" r="8.5" stroke-width="2.5"/><circle cx="12" cy="12" r="3" fill="currentColor" stroke="none"/>"#
            }
            Self::Open => r#"<path d="M8.5 20a8.8 8.8 0 1 1 7 0" stroke-width="2.5"/>"#,
            Self::Disc => r#"<circle cx="12" cy="12" r="7" fill="currentColor" stroke="none"/>"#,
            Self::Ring => r#"<circle cx="12" cy="12" r="7" stroke-width="2.5"/>"#,
            Self::Barred => {
                r#"<circle cx="12" cy="12" r="8" stroke-width="2"/><path d="M8 12h8" stroke-width="2"/>"#
            }
        }
    }
}

/// Three heads, three shoulders, one hull.
pub(crate) fn boat(width: u16) -> Markup {
    html! {
        svg.boat viewBox="0 0 50 42" width=(width) height=(width * 42 / 50) aria-hidden="true" focusable="false" {
            (PreEscaped(concat!(
                r#"<circle cx="13" cy="13" r="4.5"/><circle cx="25" cy="9" r="4.5"/><circle cx="37" cy="13" r="4.5"/>"#,
                r#"<path d="M6.5 26c0-4.7 2.6-7.5 6.5-7.500s6.5 2.8 6.5 7.500M18 26c0-6.5 2.7-11.5 7-11.500S32 19.5 32 26M30.5 26c0-4.7 2.6-7.5 6.5-7.500s6.5 2.8 6.5 7.5"/>"#,
                r#"<path d="M2 26h46c-.8 8-6 14-13 14H15C8 40 2.8 34 2 26Z"/>"#,
            )))
        }
    }
}

/// The line of water under the masthead, with four small waves under the boat.
pub(crate) fn waterline() -> Markup {
    html! {
        div.waterline aria-hidden="true" {
            div.wide {
                svg viewBox="0 0 58 8" width="58" height="8" focusable="false" {
                    path d="M1 4q3.5-4 7 0t7 0 7 0 7 0 7 0 7 0 7 0 7 0" {}
                }
            }
        }
    }
}

/// Someone on a jetty takes a hand from the boat; five people sit shoulder to shoulder.
pub(crate) fn jetty() -> Markup {
    let heads = [258, 312, 366, 420, 474];
    html! {
        svg.jetty viewBox="0 0 620 330" aria-hidden="true" focusable="false" {
            g.faint {
                circle cx="480" cy="46" r="25" {}
                path d="M0 116c30-16 66-12 104-22 28 8 46 8 66-6 46-18 92 12 140 4 40-10 66 12 96 12 52-22 100-12 214 2" {}
                path d="M46 312h68M178 320h100M356 310h62M454 322h112" {}
            }
            circle cx="96" cy="118" r="13" {}
            path d="M84 112c4-10 20-12 25-1" {}
            path d="M76 206v-46c0-16 8-26 20-26s20 10 20 26v46M90 206v-40m14 40v-40" {}
            path d="M114 158l44 10M0 206h124v14H0M124 198v28M30 220v74M94 220v74" {}
            path d="M158 168l48 14" {}
            @for (seat, x) in heads.iter().enumerate() {
                @let y = if seat % 2 == 0 { 142 } else { 138 };
                circle cx=(x) cy=(y) r="13" {}
                path d=(format!("M{} 212v-24c0-18 10-30 26-30s26 12 26 30v24", x - 26)) {}
                path d=(format!("M{} {}c3-13 24-13 27 0", x - 13, y - 3)) {}
            }
            path d="M152 206c60 12 290 12 362-2-6 40-24 64-58 64H222c-36 0-58-22-70-62Z" {}
            path d="M162 228c70 12 268 12 342 0" {}
            path d="M0 290q13-12 26 0t26 0 26 0 26 0 26 0 26 0 26 0 26 0 26 0 26 0 26 0 26 0 26 0 26 0 26 0 26 0 26 0 26 0 26 0 26 0 26 0 26 0 26 0 26 0" {}
        }
    }
}
