//! Reading typed parameters out of a form; what nobody asked for is refused at the end, with its full path.

use std::collections::BTreeMap;

use super::error::ApiError;
use super::form::Node;

/// The parameters below one path. Each is taken out as it is read.
#[derive(Debug)]
pub(crate) struct Fields {
    path: String,
    nodes: BTreeMap<String, Node>,
}

impl Fields {
    pub(crate) fn root(nodes: BTreeMap<String, Node>) -> Fields {
        Fields {
            path: String::new(),
            nodes,
        }
    }

    /// `metadata` below the root, `line_items[0][quantity]` further down.
    pub(crate) fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}[{name}]", self.path)
        }
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.nodes.contains_key(name)
    }

    pub(crate) fn is_text(&self, name: &str) -> bool {
        matches!(self.nodes.get(name), Some(Node::Text(_)))
    }

    /// A text that may be empty, which at Stripe unsets a value.
    pub(crate) fn clearable(&mut self, name: &str) -> Result<Option<String>, ApiError> {
        match self.nodes.remove(name) {
            None => Ok(None),
            Some(Node::Text(text)) => Ok(Some(text)),
            Some(Node::Branch(_)) => Err(ApiError::invalid(format!(
                "Invalid string: {name} is a hash."
            ))
            .about(self.path_of(name))),
        }
    }

    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, ApiError> {
        match self.clearable(name)? {
            Some(text) if text.is_empty() => Err(self.empty(name)),
            other => Ok(other),
        }
    }

    pub(crate) fn text_up_to(
        &mut self,
        name: &str,
        length: usize,
    ) -> Result<Option<String>, ApiError> {
        match self.text(name)? {
            Some(text) if text.chars().count() > length => Err(ApiError::invalid(format!(
                "Invalid string: {name} must be at most {length} characters long."
            ))
            .about(self.path_of(name))),
            other => Ok(other),
        }
    }

    pub(crate) fn needed_text(&mut self, name: &str) -> Result<String, ApiError> {
        self.text(name)?.ok_or_else(|| self.missing(name))
    }

    pub(crate) fn integer(&mut self, name: &str) -> Result<Option<i64>, ApiError> {
        let Some(text) = self.text(name)? else {
            return Ok(None);
        };
        text.parse().map(Some).map_err(|_| {
            ApiError::invalid(format!("Invalid integer: {text}"))
                .coded("parameter_invalid_integer")
                .about(self.path_of(name))
        })
    }

    pub(crate) fn integer_from(&mut self, name: &str, least: i64) -> Result<Option<i64>, ApiError> {
        match self.integer(name)? {
            Some(value) if value < least => Err(ApiError::invalid(format!(
                "This value must be greater than or equal to {least}."
            ))
            .coded("parameter_invalid_integer")
            .about(self.path_of(name))),
            other => Ok(other),
        }
    }

    pub(crate) fn boolean(&mut self, name: &str) -> Result<Option<bool>, ApiError> {
        match self.text(name)?.as_deref() {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(other) => {
                Err(ApiError::invalid(format!("Invalid boolean: {other}"))
                    .about(self.path_of(name)))
            }
        }
    }

    pub(crate) fn choice(
        &mut self,
        name: &str,
        choices: &[&str],
    ) -> Result<Option<String>, ApiError> {
        match self.text(name)? {
            Some(text) if !choices.contains(&text.as_str()) => Err(ApiError::invalid(format!(
                "Invalid {}: must be one of {}",
                self.path_of(name),
                choices.join(", ")
            ))
            .about(self.path_of(name))),
            other => Ok(other),
        }
    }

    /// An absolute http or https address.
    pub(crate) fn web_address(&mut self, name: &str) -> Result<Option<String>, ApiError> {
        match self.text_up_to(name, 5_000)? {
            Some(text) if !is_web_address(&text) => Err(ApiError::invalid("Not a valid URL")
                .coded("url_invalid")
                .about(self.path_of(name))),
            other => Ok(other),
        }
    }

    /// The parameters below a name; none when it isn't given.
    pub(crate) fn branch(&mut self, name: &str) -> Result<Option<Fields>, ApiError> {
        let path = self.path_of(name);
        match self.nodes.remove(name) {
            None => Ok(None),
            Some(Node::Branch(nodes)) => Ok(Some(Fields { path, nodes })),
            Some(Node::Text(text)) if text.is_empty() => Ok(None),
            Some(Node::Text(_)) => Err(ApiError::invalid("Invalid hash").about(path)),
        }
    }

    /// The elements of a list of hashes, in order.
    pub(crate) fn list(&mut self, name: &str) -> Result<Vec<Fields>, ApiError> {
        let Some(elements) = self.branch(name)? else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        for (index, node) in elements.in_order()? {
            let path = elements.path_of(&index);
            match node {
                Node::Branch(nodes) => found.push(Fields { path, nodes }),
                Node::Text(_) => return Err(ApiError::invalid("Invalid hash").about(path)),
            }
        }
        Ok(found)
    }

    /// The elements of a list of texts, in order.
    pub(crate) fn texts(&mut self, name: &str) -> Result<Vec<String>, ApiError> {
        let Some(elements) = self.branch(name)? else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        for (index, node) in elements.in_order()? {
            match node {
                Node::Text(text) => found.push(text),
                Node::Branch(_) => {
                    return Err(ApiError::invalid("Invalid string").about(elements.path_of(&index)));
                }
            }
        }
        Ok(found)
    }

    fn in_order(&self) -> Result<Vec<(String, Node)>, ApiError> {
        let mut found = Vec::new();
        for (name, node) in &self.nodes {
            let index: u32 = name
                .parse()
                .map_err(|_| ApiError::invalid("Invalid array").about(self.path.clone()))?;
            found.push((index, name.clone(), node.clone()));
        }
        found.sort_by_key(|(index, ..)| *index);
        Ok(found
            .into_iter()
            .map(|(_, name, node)| (name, node))
            .collect())
    }

    /// Takes everything that is left, names and texts; for metadata.
    pub(crate) fn all_texts(self) -> Result<BTreeMap<String, String>, ApiError> {
        let mut found = BTreeMap::new();
        for (name, node) in &self.nodes {
            match node {
                Node::Text(text) => found.insert(name.clone(), text.clone()),
                Node::Branch(_) => {
                    return Err(ApiError::invalid("Metadata values must be strings.")
                        .about(self.path_of(name)));
                }
            };
        }
        Ok(found)
    }

    /// Refuses whatever was not read.
    pub(crate) fn finish(self) -> Result<(), ApiError> {
        let unread: Vec<String> = self.nodes.keys().map(|name| self.path_of(name)).collect();
        if unread.is_empty() {
            Ok(())
        } else {
            Err(ApiError::unknown_parameters(&unread))
        }
    }

    pub(crate) fn missing(&self, name: &str) -> ApiError {
        ApiError::missing_parameter(&self.path_of(name))
    }

    pub(crate) fn empty(&self, name: &str) -> ApiError {
        let path = self.path_of(name);
        ApiError::invalid(format!(
            "You passed an empty string for '{path}'. An empty value unsets a parameter, and '{path}' cannot be \
             unset: leave it out or give it a value."
        ))
        .coded("parameter_invalid_empty")
        .about(path)
    }
}

fn is_web_address(text: &str) -> bool {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|rest| {
        !rest.is_empty()
            && !rest.starts_with('/')
            && !text
                .chars()
                .any(|letter| letter.is_whitespace() || letter.is_control())
    })
}
