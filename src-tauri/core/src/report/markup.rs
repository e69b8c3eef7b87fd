//! HTML that cannot be written without escaping.

/// A piece of HTML: every text in it was escaped, every element in it is closed.
pub(super) struct Html(String);

impl Html {
    /// A text, whoever wrote it.
    pub(super) fn text(text: &str) -> Self {
        Self(escaped(text))
    }

    /// A text of somebody else, set apart from the reading direction around it.
    pub(super) fn foreign(text: &str) -> Self {
        element("bdi", &[], [Self::text(text)])
    }

    /// Our own style sheet, the one text that is not escaped.
    pub(super) fn style(sheet: &'static str) -> Self {
        Self(format!("<style>{sheet}</style>"))
    }

    /// The whole page.
    pub(super) fn page(self) -> String {
        format!("<!doctype html>\n{}\n", self.0)
    }
}

/// An element with its attributes and what stands in it.
pub(super) fn element<const N: usize>(
    name: &'static str,
    attributes: &[(&'static str, &str)],
    children: [Html; N],
) -> Html {
    list(name, attributes, children)
}

/// An element with any number of others in it.
pub(super) fn list(
    name: &'static str,
    attributes: &[(&'static str, &str)],
    children: impl IntoIterator<Item = Html>,
) -> Html {
    let mut text = opened(name, attributes);
    for child in children {
        text.push_str(&child.0);
    }
    Html(format!("{text}</{name}>"))
}

/// An element that holds nothing and is not closed: `meta`.
pub(super) fn void(name: &'static str, attributes: &[(&'static str, &str)]) -> Html {
    Html(opened(name, attributes))
}

fn opened(name: &str, attributes: &[(&'static str, &str)]) -> String {
    let attributes = attributes.iter().map(|(name, value)| format!(" {name}=\"{}\"", escaped(value)));
    format!("<{name}{}>", attributes.collect::<String>())
}

/// Good for text and for attributes in quotes (HTML Living Standard, section 13.3, and both kinds of quotes).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\0' => escaped.push('\u{FFFD}'),
            plain => escaped.push(plain),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_written_stays_text() {
        let hostile = "</p><img src=x onerror='a()'>\"&\0";
        let html = element("p", &[("title", hostile)], [Html::foreign(hostile)]).page();
        let inert = "&lt;/p&gt;&lt;img src=x onerror=&#39;a()&#39;&gt;&quot;&amp;\u{FFFD}";
        assert_eq!(html, format!("<!doctype html>\n<p title=\"{inert}\"><bdi>{inert}</bdi></p>\n"));
    }
}
