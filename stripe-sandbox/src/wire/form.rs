//! Decoding `a[b][0]=c` into a tree; it must never decide what a parameter means.

use std::collections::BTreeMap;

use actix_web::web::Query;
use serde::Serialize;

use super::error::ApiError;

/// More than any real request has; a tree of this size is cheap to refuse.
const MAX_PAIRS: usize = 2_000;
const MAX_DEPTH: usize = 8;

/// A value, or names with values below them. Lists are branches whose names are numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(crate) enum Node {
    Text(String),
    Branch(BTreeMap<String, Node>),
}

/// The tree of a form body or of a query string.
pub(crate) fn decode(encoded: &str) -> Result<BTreeMap<String, Node>, ApiError> {
    let pairs = Query::<Vec<(String, String)>>::from_query(encoded)
        .map_err(|_| ApiError::invalid("Invalid request: the parameters are not form encoded."))?;
    if pairs.len() > MAX_PAIRS {
        return Err(ApiError::invalid(format!(
            "Invalid request: more than {MAX_PAIRS} parameters."
        )));
    }
    let mut root = BTreeMap::new();
    for (key, value) in pairs.into_inner() {
        let path = split(&key)?;
        insert(&mut root, &path, value, &key)?;
    }
    Ok(root)
}

/// `a[b][]` → `a`, `b`, ``.
fn split(key: &str) -> Result<Vec<&str>, ApiError> {
    let malformed = || ApiError::invalid(format!("Invalid parameter name: {key}")).about(key);
    let (head, mut rest) = match key.find('[') {
        Some(at) => key.split_at(at),
        None => (key, ""),
    };
    let mut path = vec![head];
    while let Some(inner) = rest.strip_prefix('[') {
        let (name, after) = inner.split_once(']').ok_or_else(malformed)?;
        path.push(name);
        rest = after;
    }
    if head.is_empty() || !rest.is_empty() || path.len() > MAX_DEPTH {
        return Err(malformed());
    }
    Ok(path)
}

fn insert(
    into: &mut BTreeMap<String, Node>,
    path: &[&str],
    value: String,
    key: &str,
) -> Result<(), ApiError> {
    let Some((name, below)) = path.split_first() else {
        return Ok(());
    };
    let name = place(into, name, below);
    if below.is_empty() {
        return match into.insert(name, Node::Text(value)) {
            Some(Node::Branch(_)) => Err(both(key)),
            _ => Ok(()),
        };
    }
    let branch = into
        .entry(name)
        .or_insert_with(|| Node::Branch(BTreeMap::new()));
    match branch {
        Node::Branch(children) => insert(children, below, value, key),
        // An empty text before a branch is how some clients write "no value yet".
        Node::Text(_) => Err(both(key)),
    }
}

/// `[]` appends; but `[][a]=1&[][b]=2` fills one element until a name comes again.
fn place(siblings: &BTreeMap<String, Node>, name: &str, below: &[&str]) -> String {
    if !name.is_empty() {
        return name.to_owned();
    }
    let last = siblings
        .keys()
        .filter_map(|key| key.parse::<usize>().ok())
        .max();
    match (last, below.first()) {
        (None, _) => "0".to_owned(),
        (Some(last), Some(next)) if has_room(siblings.get(&last.to_string()), next) => {
            last.to_string()
        }
        (Some(last), _) => last.saturating_add(1).to_string(),
    }
}

fn has_room(element: Option<&Node>, name: &str) -> bool {
    matches!(element, Some(Node::Branch(children)) if !children.contains_key(name))
}

fn both(key: &str) -> ApiError {
    ApiError::invalid(format!(
        "Invalid request: {key} is given both as a value and as a hash."
    ))
    .about(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(encoded: &str) -> String {
        serde_json::to_string(&decode(encoded).unwrap()).unwrap()
    }

    #[test]
    fn nested_keys_become_a_tree() {
        assert_eq!(
            json(
                "line_items[0][price_data][currency]=usd&metadata[a%20b]=c%26d&expand[]=x&expand[]=y"
            ),
            r#"{"expand":{"0":"x","1":"y"},"line_items":{"0":{"price_data":{"currency":"usd"}}},"metadata":{"a b":"c&d"}}"#
        );
    }

    #[test]
    fn empty_brackets_fill_one_element_until_a_name_repeats() {
        assert_eq!(
            json("a[][x]=1&a[][y]=2&a[][x]=3"),
            r#"{"a":{"0":{"x":"1","y":"2"},"1":{"x":"3"}}}"#
        );
    }

    #[test]
    fn malformed_names_are_refused() {
        for encoded in [
            "a[b=1",
            "[a]=1",
            "a[b]c=1",
            "a=1&a[b]=2",
            "a[b]=1&a=2",
            "a[1][2][3][4][5][6][7][8]=x",
        ] {
            assert!(decode(encoded).is_err(), "{encoded}");
        }
    }
}
