//! YAML as OPA and conftest read it: version 1.1, through JSON.
//!
//! What enters: a text. What leaves: the values of its documents. Facts are those of the library that both read YAML
//! with (sigs.k8s.io/yaml 1.6 over go.yaml.in/yaml/v2 2.4): [`scalar`] says what a scalar is; here it is said what becomes of
//! keys, merges and aliases. Of equal keys the last one counts, and a merge counts where it stands.

mod scalar;

use std::collections::HashMap;

use granit_parser::{Event, Options, Parser, ScalarStyle, StrInput, Tag};

use crate::Value;
use crate::value::MAX_DEPTH;
use scalar::Scalar;

/// The most entries that merges may bring into mappings, all together.
const MAX_MERGED: usize = 1 << 22;

impl Value {
    /// Reads all documents of a YAML text, as OPA and conftest read each of them.
    ///
    /// ```
    /// use trueline_rego::Value;
    /// let documents = Value::parse_yaml("on: [push]\nmode: 0644\n---\n1.50: no\n").unwrap();
    /// let texts: Vec<String> = documents.iter().map(ToString::to_string).collect();
    /// assert_eq!(texts, [r#"{"mode": 420, "true": ["push"]}"#, r#"{"1.5": false}"#]);
    /// ```
    ///
    /// # Errors
    /// If the text is no YAML, holds what JSON has no place for, or repeats itself beyond measure.
    pub fn parse_yaml(text: &str) -> Result<Vec<Value>, String> {
        Reader::new(text).documents(usize::MAX)
    }
}

/// Reads the first document; null if there is none. What stands behind it is not looked at.
pub(crate) fn first(text: &str) -> Result<Value, String> {
    let documents = Reader::new(text).documents(1)?;
    Ok(documents.into_iter().next().unwrap_or(Value::Null))
}

/// A node as far as keys need it: a mapping or list can't be one, and null is no text.
#[derive(Clone)]
enum Node {
    Scalar(Scalar),
    Whole(Value),
}

impl Node {
    fn value(self) -> Result<Value, String> {
        match self {
            Node::Scalar(scalar) => scalar.value(),
            Node::Whole(value) => Ok(value),
        }
    }

    fn key(self) -> Result<Value, String> {
        match self {
            Node::Scalar(scalar) => scalar.key().map(Value::from),
            Node::Whole(_) => Err("a list or a mapping can't be a key".to_owned()),
        }
    }
}

/// What has been opened and not yet closed.
enum Open {
    Sequence { anchor: usize, items: Vec<Value> },
    Mapping { anchor: usize, entries: Vec<(Value, Value)>, at: Place },
}

/// What a mapping expects.
enum Place {
    Key,
    Value(Value),
    Merge,
}

struct Reader<'t> {
    text: &'t str,
    parser: Parser<'t, StrInput<'t>>,
    anchors: HashMap<usize, Node>,
    open: Vec<Open>,
    merged: usize,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let depth = MAX_DEPTH as usize;
        let mut options = Options::default();
        options.flow_nesting_limit = depth;
        options.block_nesting_limit = depth;
        Reader {
            text,
            parser: Parser::new_from_str_with_options(text, options),
            anchors: HashMap::new(),
            open: Vec::new(),
            merged: 0,
        }
    }

    fn documents(mut self, most: usize) -> Result<Vec<Value>, String> {
        if self.text.contains(is_refused) {
            return Err("control characters are not allowed".to_owned());
        }
        let mut documents = Vec::new();
        let mut document = None;
        while documents.len() < most
            && let Some(event) = self.parser.next_event()
        {
            let (event, span) = match event {
                Ok(event) => event,
                Err(e) => return Err(format!("line {}: {}", e.marker().line(), e.info())),
            };
            let on_line = |reason: String| format!("line {}: {reason}", span.start.line());
            match event {
                Event::DocumentStart(_, Some(version)) if (version.major, version.minor) != (1, 1) => {
                    return Err(on_line("found incompatible YAML document: expected version 1.1".to_owned()));
                }
                Event::DocumentEnd => {
                    documents.push(document.take().unwrap_or(Value::Null));
                    self.anchors.clear();
                }
                event => {
                    if let Some(whole) = self.take(event).map_err(on_line)? {
                        document = Some(whole);
                    }
                }
            }
        }
        Ok(documents)
    }

    /// Takes an event; returns the document that it ends.
    fn take(&mut self, event: Event<'_>) -> Result<Option<Value>, String> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let tag = tag.as_deref().map(name);
                let plain = style == ScalarStyle::Plain;
                if plain
                    && text == "<<"
                    && tag.as_deref().is_none_or(|tag| tag == "!!merge")
                    && self.expects_key()
                {
                    return self.merge_key();
                }
                let scalar = scalar::resolve(&text, plain, tag.as_deref())?;
                self.finish(anchor, Node::Scalar(scalar))
            }
            Event::Alias(anchor) => {
                let open = |open: &Open| match open {
                    Open::Sequence { anchor: own, .. } | Open::Mapping { anchor: own, .. } => *own == anchor,
                };
                if self.open.iter().any(open) {
                    return Err("an anchor's value contains itself".to_owned());
                }
                let node = self.anchors.get(&anchor).cloned().ok_or("unknown anchor referenced")?;
                self.finish(0, node)
            }
            Event::SequenceStart(_, anchor, _) => {
                self.open.push(Open::Sequence { anchor, items: Vec::new() });
                Ok(None)
            }
            Event::MappingStart(_, anchor, _) => {
                self.open.push(Open::Mapping { anchor, entries: Vec::new(), at: Place::Key });
                Ok(None)
            }
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(Open::Sequence { anchor, items }) => {
                    self.finish(anchor, Node::Whole(Value::array(items)))
                }
                Some(Open::Mapping { anchor, entries, .. }) => {
                    self.finish(anchor, Node::Whole(Value::object(entries)))
                }
                None => Ok(None),
            },
            _ => Ok(None),
        }
    }

    fn expects_key(&self) -> bool {
        matches!(self.open.last(), Some(Open::Mapping { at: Place::Key, .. }))
    }

    fn merge_key(&mut self) -> Result<Option<Value>, String> {
        if let Some(Open::Mapping { at, .. }) = self.open.last_mut() {
            *at = Place::Merge;
        }
        Ok(None)
    }

    /// Puts a finished node where it belongs; returns it if it is the document.
    fn finish(&mut self, anchor: usize, node: Node) -> Result<Option<Value>, String> {
        if let Node::Whole(value) = &node
            && value.is_too_big()
        {
            return Err("it nests too deeply, or its aliases unfold to too much".to_owned());
        }
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut() {
            None => return node.value().map(Some),
            Some(Open::Sequence { items, .. }) => items.push(node.value()?),
            Some(Open::Mapping { entries, at, .. }) => match std::mem::replace(at, Place::Key) {
                Place::Key => *at = Place::Value(node.key()?),
                Place::Value(key) => entries.push((key, node.value()?)),
                Place::Merge => {
                    let before = entries.len();
                    merge(entries, &node.value()?)?;
                    self.merged += entries.len() - before;
                    if self.merged > MAX_MERGED {
                        return Err(format!("merges bring in more than {MAX_MERGED} entries"));
                    }
                }
            },
        }
        Ok(None)
    }
}

/// Adds what a mapping has, or each mapping of a list: of these the first one counts.
fn merge(entries: &mut Vec<(Value, Value)>, from: &Value) -> Result<(), String> {
    const EXPECTED: &str = "map merge requires map or sequence of maps as the value";
    match from {
        Value::Object(object) => entries.extend(object.iter().cloned()),
        Value::Array(items) => {
            for item in items.iter().rev() {
                let object = item.as_object().ok_or(EXPECTED)?;
                entries.extend(object.iter().cloned());
            }
        }
        _ => return Err(EXPECTED.to_owned()),
    }
    Ok(())
}

/// A tag with two exclamation marks for those of YAML itself.
fn name(tag: &Tag) -> String {
    match tag.suffix_in_namespace("tag:yaml.org,2002:") {
        Some(suffix) => format!("!!{suffix}"),
        None => tag.original(),
    }
}

/// What may stand in no YAML text.
fn is_refused(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        '\u{fffe}' | '\u{ffff}' => true,
        c => c.is_control(),
    }
}
