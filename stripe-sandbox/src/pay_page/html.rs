//! The frame every page stands in; all text from outside goes through [`escape`].

const STYLE: &str = include_str!("style.css");

/// Text made safe to stand in HTML and in quoted attributes.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A whole page around `main`, which is HTML already.
pub(super) fn frame(title: &str, main: &str) -> String {
    format!(
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>{STYLE}</style>
</head>
<body>
<p class="sandbox"><strong>SANDBOX</strong> No real money moves here. Use a test card.</p>
<main>{main}</main>
</body>
</html>
"#,
        title = escape(title),
    )
}

/// A page that says one thing, with a way on where there is one.
pub(super) fn notice(title: &str, text: &str, link: Option<(&str, &str)>) -> String {
    let link = link.map_or_else(String::new, |(address, label)| {
        format!(
            r#"<p><a class="button" href="{}">{}</a></p>"#,
            escape(address),
            escape(label)
        )
    });
    let main = format!(
        r#"<section class="card notice"><h1>{}</h1><p>{}</p>{link}</section>"#,
        escape(title),
        escape(text)
    );
    frame(title, &main)
}

#[cfg(test)]
mod tests {
    #[test]
    fn markup_in_names_stays_text() {
        assert_eq!(
            super::escape(r#"<b a="1">&'"#),
            "&lt;b a=&quot;1&quot;&gt;&amp;&#39;"
        );
    }
}
