//! Just enough HTML to read what our own pages are made of.

/// An element's name and attributes, with their values decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute; empty for one without a value.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(each, _)| each == name).map(|(_, value)| value.as_str())
    }
}

/// The opening tags of a document, in order.
pub fn elements(html: &str) -> Vec<Element> {
    let mut found = Vec::new();
    for part in html.split('<').skip(1) {
        if part.starts_with(|c: char| c.is_ascii_alphabetic()) {
            found.push(element(part));
        }
    }
    found
}

fn element(tag: &str) -> Element {
    let end = tag.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(tag.len());
    let mut element = Element { name: tag[..end].to_lowercase(), attributes: Vec::new() };
    let mut rest = tag[end..].trim_start();
    while !rest.is_empty() && !rest.starts_with(['>', '/']) {
        let end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '>').unwrap_or(rest.len());
        let name = rest[..end].to_owned();
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let end = quoted.find('"').unwrap_or(quoted.len());
            value = decoded(&quoted[..end]);
            rest = quoted.get(end + 1..).unwrap_or_default();
        }
        element.attributes.push((name, value));
        rest = rest.trim_start();
    }
    element
}

fn decoded(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[test]
fn tags_and_attributes_are_read() {
    let found = elements("<p class=\"a b\" hidden>x &lt;</p><input value=\"&lt;&quot;\"/><!--c-->");
    let attributes = |at: usize| found[at].attributes.clone();
    assert_eq!(found.len(), 2);
    assert_eq!(attributes(0), [("class".to_owned(), "a b".to_owned()), ("hidden".to_owned(), String::new())]);
    assert_eq!(found[1].attribute("value"), Some("<\""));
}
