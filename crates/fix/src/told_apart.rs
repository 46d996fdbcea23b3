//! One text for all instances of a block, where each wants its own: what differs is what arguments of the block say.
//!
//! Enters: the texts `tcp 80 from anywhere` and `tcp 443 from anywhere`, and the block in which `from_port = ingress.value` is 80
//! and 443. Leaves: `"tcp ${ingress.value} from anywhere"`.

use trueline_hcl::{Block, layout, trail};
use trueline_model::{Kind, OpValue, Route, Segment, Value};

use crate::candidates::Candidate;
use crate::change::Change;
use crate::proof::Base;
use crate::ways::resource;

/// First of the characters that stand for arguments while texts are compared.
const MARK: u32 = 0xE000;
/// Most arguments that are tried.
const MOST: usize = 100;

/// The value that is right for all of these, which would set the same target of a block of their own kind.
pub fn template(base: &Base<'_>, all: &[(&Candidate, &Change)]) -> Option<OpValue> {
    let (_, first) = all.first()?;
    let at = first.at();
    let source = base.parsed.sources.get(at.file)?;
    let block = trail::block(base.parsed.trees.get(&at.file)?, at.span).filter(|b| !b.body.json)?;
    let mut texts: Vec<String> = Vec::new();
    let mut instances: Vec<&Value> = Vec::new();
    for (c, change) in all {
        let Change::Put { value: OpValue::Json(serde_json::Value::String(text)), .. } = change else {
            return None;
        };
        let plan = base.plan_of(&c.finding.module, 0).filter(|_| c.with.is_none())?;
        let of = resource(plan, &c.finding)?;
        let mut inside: Route = c.finding.route.clone();
        while !matches!(inside.0.last(), None | Some(Segment::Index(_))) {
            inside.0.pop();
        }
        instances.push(of.values.at(&inside)?);
        texts.push(text.clone());
    }
    let arguments = arguments(block);
    for (n, (name, _)) in arguments.iter().enumerate() {
        if texts.windows(2).all(|w| matches!(w, [a, b] if a == b)) {
            break;
        }
        let mark = char::from_u32(MARK + u32::try_from(n).ok()?)?;
        let said: Option<Vec<String>> = texts
            .iter()
            .zip(&instances)
            .map(|(text, of)| marked(text, &plain(of.at(&Route::name(*name))?)?, mark))
            .collect();
        texts = said.unwrap_or(texts);
    }
    let (text, rest) = texts.split_first()?;
    if !rest.iter().all(|t| t == text) {
        return None;
    }
    let number = |c: char| (c as u32).checked_sub(MARK).and_then(|n| usize::try_from(n).ok());
    let mut out = String::from("\"");
    let mut rest = text.as_str();
    while let Some((at, c)) =
        rest.char_indices().find(|(_, c)| number(*c).is_some_and(|n| n < arguments.len()))
    {
        let before = rest.get(..at)?;
        // `$` before a sequence would make it text.
        if before.ends_with(['$', '%']) {
            return None;
        }
        let (_, expr) = arguments.get(number(c)?)?;
        out.push_str(inside(&layout::quoted(before))?);
        out.push_str(&format!("${{{}}}", expr.text(&source.text)));
        rest = rest.get(at + c.len_utf8()..)?;
    }
    out.push_str(inside(&layout::quoted(rest))?);
    out.push('"');
    Some(OpValue::Hcl(out))
}

/// What stands between quotes.
fn inside(quoted: &str) -> Option<&str> {
    quoted.strip_prefix('"')?.strip_suffix('"')
}

/// The arguments of a block with the places of their values.
fn arguments(block: &Block) -> Vec<(&str, trueline_text::Span)> {
    block.body.attributes().take(MOST).map(|a| (&*a.name.text, a.expr.span)).collect()
}

fn plain(v: &Value) -> Option<String> {
    match &v.kind {
        Kind::Number(n) => Some(n.to_string()),
        Kind::String(s) if !v.sensitive => Some(s.to_string()),
        _ => None,
    }
}

/// The text with a mark for a word; as it is if the word is not in it just once.
fn marked(text: &str, word: &str, mark: char) -> Option<String> {
    let is_whole = |at: usize| {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|t| t.chars().next());
        ![before, after].into_iter().flatten().any(|c| c.is_alphanumeric() || matches!(c, '.' | ':' | '/'))
    };
    let mut found = text.match_indices(word).filter(|(at, w)| !w.is_empty() && is_whole(*at));
    let (at, _) = found.next()?;
    if found.next().is_some() {
        return None;
    }
    Some(format!("{}{mark}{}", text.get(..at)?, text.get(at + word.len()..)?))
}
