//! Just enough of HTML to check pages and fill in forms: the portal closes what it opens and
//! quotes every attribute.

/// An element as its opening tag says it.
#[derive(Debug, Clone)]
pub struct Element {
    /// Its name.
    pub name: String,
    /// Its attributes in order; an attribute without a value has an empty one.
    pub attributes: Vec<(String, String)>,
    /// The text right after the opening tag.
    pub text: String,
}

/// A page.
pub struct Html {
    /// Its elements in document order; a closing tag is an element named `/name`.
    pub elements: Vec<Element>,
    /// What is not well-formed.
    pub faults: Vec<String>,
}

/// A form with the values a browser would send.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// Where it goes.
    pub action: String,
    /// How.
    pub method: String,
    /// The values it has now.
    pub values: Vec<(String, String)>,
    /// Every name it has a box for.
    pub names: Vec<String>,
    /// Its boxes.
    pub boxes: Vec<Box_>,
    /// What its buttons say.
    pub buttons: Vec<String>,
}

/// A box of a form.
#[derive(Debug, Clone)]
pub struct Box_ {
    /// Its name.
    pub name: String,
    /// What it takes.
    pub kind: String,
    /// The values it can have.
    pub values: Vec<String>,
}

const VOID: [&str; 5] = ["input", "meta", "link", "br", "hr"];

impl Element {
    /// An attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(given, _)| given == name);
        found.map(|(_, value)| value.as_str())
    }
}

impl Html {
    /// Reads a page.
    pub fn read(text: &str) -> Self {
        let mut html = Self { elements: Vec::new(), faults: Vec::new() };
        let mut open: Vec<String> = Vec::new();
        for part in text.split('<').skip(1) {
            let (tag, after) = part.split_once('>').unwrap_or((part, ""));
            let element = element(tag, after);
            if let Some(name) = element.name.strip_prefix('/') {
                match open.pop() {
                    Some(expected) if expected == name => {}
                    other => html.faults.push(format!("</{name}> closes {other:?}")),
                }
            } else if !element.name.starts_with('!') && !VOID.contains(&element.name.as_str()) {
                open.push(element.name.clone());
            }
            html.elements.push(element);
        }
        html.faults.extend(open.iter().map(|name| format!("<{name}> is never closed")));
        html
    }

    /// The elements with one of these names.
    pub fn all<'a>(&'a self, names: &'a [&'a str]) -> impl Iterator<Item = &'a Element> {
        self.elements.iter().filter(move |element| names.contains(&element.name.as_str()))
    }

    /// Every id.
    pub fn ids(&self) -> Vec<String> {
        self.elements.iter().filter_map(|one| one.get("id")).map(str::to_owned).collect()
    }

    /// The ranks of the headings after the error summary, which stands before the first.
    pub fn headings(&self) -> Vec<u8> {
        let summary = |one: &&Element| one.get("id") != Some("error-summary");
        let ranks = self.all(&["h1", "h2", "h3", "h4"]).filter(summary);
        ranks.map(|one| one.name.as_bytes()[1] - b'0').collect()
    }

    /// The forms.
    pub fn forms(&self) -> impl Iterator<Item = Form> {
        let mut forms: Vec<Form> = Vec::new();
        let mut inside = false;
        let mut select: Option<(String, Option<String>)> = None;
        for one in &self.elements {
            let value = || one.get("value").unwrap_or_default().to_owned();
            let name = one.get("name").map(str::to_owned);
            match one.name.as_str() {
                "form" => {
                    inside = true;
                    let get = |name| one.get(name).unwrap_or_default().to_owned();
                    let (action, method) = (get("action"), get("method"));
                    forms.push(Form { action, method, ..Form::default() });
                }
                "/form" => inside = false,
                _ if !inside => {}
                "button" => forms.last_mut().unwrap().buttons.push(one.text.clone()),
                "select" => select = Some((name.unwrap(), None)),
                "option" => {
                    let (_, chosen) = select.as_mut().unwrap();
                    if one.get("selected").is_some() || chosen.is_none() {
                        *chosen = Some(value());
                    }
                }
                "/select" => {
                    let (name, chosen) = select.take().unwrap();
                    let form = forms.last_mut().unwrap();
                    form.names.push(name.clone());
                    form.values.push((name, chosen.unwrap_or_default()));
                }
                "textarea" => {
                    let form = forms.last_mut().unwrap();
                    let name = name.unwrap();
                    form.names.push(name.clone());
                    form.boxes.push(Box_ {
                        name: name.clone(),
                        kind: "textarea".into(),
                        values: vec![],
                    });
                    form.values.push((name, unescape(&one.text)));
                }
                "input" => forms.last_mut().unwrap().add(one),
                _ => {}
            }
        }
        forms.into_iter()
    }

    /// The text of the page without tags.
    pub fn text(&self) -> String {
        let texts: Vec<&str> = self.elements.iter().map(|one| one.text.as_str()).collect();
        unescape(&texts.join(""))
    }
}

impl Form {
    fn add(&mut self, input: &Element) {
        let name = input.get("name").unwrap().to_owned();
        let value = input.get("value").unwrap_or_default().to_owned();
        self.names.push(name.clone());
        match self.boxes.iter_mut().find(|one| one.name == name) {
            Some(known) => known.values.push(value.clone()),
            None => {
                let kind = input.get("inputmode").or(input.get("type")).unwrap_or("text");
                let (kind, values) = (kind.to_owned(), vec![value.clone()]);
                self.boxes.push(Box_ { name: name.clone(), kind, values });
            }
        }
        let choice = matches!(input.get("type"), Some("radio" | "checkbox"));
        if !choice || input.get("checked").is_some() {
            self.values.push((name, value));
        }
    }

    /// Whether it carries this name.
    pub fn has(&self, name: &str) -> bool {
        self.names.iter().any(|given| given == name)
    }

    /// The same with a box filled in; every value of the name is replaced.
    pub fn fill(mut self, name: &str, value: &str) -> Self {
        assert!(self.has(name), "no box `{name}` in the form to {}: {:?}", self.action, self.names);
        self.values.retain(|(given, _)| given != name);
        self.values.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same sent with a button that has a name.
    pub fn press(mut self, name: &str, value: &str) -> Self {
        self.values.push((name.to_owned(), value.to_owned()));
        self
    }
}

fn element(tag: &str, after: &str) -> Element {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut attributes = Vec::new();
    while !rest.trim().is_empty() {
        rest = rest.trim_start();
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let name = rest[..end].to_owned();
        rest = &rest[end..];
        match rest.strip_prefix("=\"") {
            Some(quoted) => {
                let (value, left) = quoted.split_once('"').unwrap_or((quoted, ""));
                attributes.push((name, unescape(value)));
                rest = left;
            }
            None => attributes.push((name, String::new())),
        }
    }
    Element { name: name.to_owned(), attributes, text: after.to_owned() }
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
