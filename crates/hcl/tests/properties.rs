//! What holds for every text and every edit.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may panic"
)]

mod show;

use proptest::prelude::*;
use trueline_hcl::layout::{
    insert_block, insert_tuple_element, remove_item, remove_object_entry, remove_tuple_element,
    set_attribute, set_object_entry,
};
use trueline_hcl::{
    Body, Expr, ExprKind, File, Item, format, parse, parse_expression, parse_json, parse_template,
};
use trueline_text::{Edit, apply};

const TEXTS: [&str; 8] = [
    include_str!("texts/03-bastion.tf"),
    include_str!("texts/10-opensearch-logs.tf"),
    include_str!("texts/12-iam-dev-team.tf"),
    include_str!("texts/13-asg-web.tf"),
    include_str!("texts/28-three-tier.tf"),
    include_str!("texts/29-buckets.tf"),
    include_str!("texts/blocks.tf"),
    include_str!("texts/forms.tf"),
];

/// Pieces that make and break syntax.
const PIECES: [&str; 56] = [
    "\"",
    "${",
    "%{",
    "}",
    "{",
    "[",
    "]",
    "(",
    ")",
    "\n",
    " ",
    "\t",
    "=",
    "==",
    ":",
    "::",
    "?",
    "...",
    ".",
    ".*",
    "[*]",
    ",",
    "#c\n",
    "/*c*/",
    "/*",
    "<<EOT\n",
    "\nEOT\n",
    "<<-X\n",
    "\r\n",
    "\r",
    "-",
    "~}",
    "${~",
    "%{~",
    "for ",
    "in ",
    "if ",
    "$${",
    "%%{",
    "\\",
    "\\n",
    "1",
    "1.5",
    "1e5",
    "a",
    "é",
    "true",
    "null",
    "%{ if x }",
    "%{ else }",
    "%{ endif }",
    "=>",
    "'",
    "\u{feff}",
    "😀",
    "x = 1\n",
];

fn text() -> impl Strategy<Value = String> {
    prop::sample::select(TEXTS.to_vec()).prop_map(str::to_owned)
}

/// A text as someone without a formatter left it; still the same configuration.
fn untidy() -> impl Strategy<Value = String> {
    (text(), any::<u64>(), 0..6u8).prop_map(|(text, seed, kind)| {
        let mut random = Random(seed | 1);
        let mut out = String::new();
        let mut marker: Option<String> = None;
        for line in text.lines() {
            if marker.is_none() && kind > 1 {
                match random.next(8) {
                    0 => out.push_str(&" ".repeat(random.next(7))),
                    1 if line.ends_with(" = {") || line.contains(" = \"") => {
                        out.push_str(&line.replacen(" = ", "=", 1));
                        out.push_str(["", " # note", " // é", "  /* x */"][random.next(4)]);
                        out.push('\n');
                        continue;
                    }
                    2 => out.push('\t'),
                    3 if !line.is_empty() => {
                        out.push_str(line);
                        out.push_str(if line.contains("<<") {
                            ""
                        } else {
                            [" # n", " /* m */", "   # o"][random.next(3)]
                        });
                        out.push('\n');
                        if let Some((_, m)) = line.split_once("<<") {
                            marker = Some(m.trim_start_matches('-').to_owned());
                        }
                        continue;
                    }
                    4 => out.push_str("# own line\n"),
                    _ => {}
                }
            }
            out.push_str(line);
            out.push('\n');
            if marker.as_deref() == Some(line.trim()) {
                marker = None;
            } else if let Some((_, m)) = line.split_once("<<") {
                marker = Some(m.trim_start_matches('-').to_owned());
            }
        }
        if kind % 2 == 1 {
            out = out.replace('\n', "\r\n");
        }
        if kind == 4 {
            out.truncate(out.trim_end().len());
        }
        if kind == 5 { format!("\u{feff}{out}") } else { out }
    })
}

/// A small generator, so that one seed makes one text.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % below.max(1)
    }
}

/// Puts pieces into the text and takes bytes out of it.
fn broken(text: &str, seed: u64) -> String {
    let mut random = Random(seed | 1);
    let mut out = text.to_owned();
    for _ in 0..1 + random.next(4) {
        let mut at = random.next(out.len() + 1);
        while !out.is_char_boundary(at) {
            at -= 1;
        }
        if random.next(3) == 0 {
            let mut end = (at + random.next(12)).min(out.len());
            while !out.is_char_boundary(end) {
                end += 1;
            }
            out.replace_range(at..end, "");
        } else {
            out.insert_str(at, PIECES[random.next(PIECES.len())]);
        }
    }
    out
}

fn bodies<'a>(body: &'a Body, out: &mut Vec<&'a Body>) {
    out.push(body);
    body.blocks().for_each(|b| bodies(&b.body, out));
}

fn all_bodies(file: &File) -> Vec<&Body> {
    let mut out = Vec::new();
    bodies(&file.body, &mut out);
    out
}

/// Objects and tuples that are values of attributes, or arguments of their calls.
fn collections(file: &File) -> Vec<&Expr> {
    fn walk<'a>(e: &'a Expr, out: &mut Vec<&'a Expr>) {
        match &e.kind {
            ExprKind::Tuple(v) => {
                out.push(e);
                v.iter().for_each(|x| walk(x, out));
            }
            ExprKind::Object(items) => {
                out.push(e);
                items.iter().for_each(|i| walk(&i.value, out));
            }
            ExprKind::Call(c) => c.args.iter().for_each(|x| walk(x, out)),
            _ => {}
        }
    }
    let mut out = Vec::new();
    for body in all_bodies(file) {
        body.attributes().for_each(|a| walk(&a.expr, &mut out));
    }
    out
}

/// Applies edits; checks what must hold after every one of them.
fn applied(text: &str, edits: &[Edit]) -> String {
    let after = apply(text, edits).unwrap();
    let file = parse(&after);
    assert_eq!(file.errors, [], "{after}");
    assert_eq!(show::comments(&after), show::comments(text), "comments of\n{after}");
    if format(text) == text {
        assert_eq!(format(&after), after, "not canonical any more");
    }
    assert_eq!(after.starts_with('\u{feff}'), text.starts_with('\u{feff}'));
    let breaks =
        |t: &str| (t.matches("\r\n").count() > 0, t.matches('\n').count() > t.matches("\r\n").count());
    if text.contains('\n') {
        assert_eq!(breaks(&after), breaks(text), "line breaks are mixed in\n{after:?}");
    }
    after
}

const VALUES: [&str; 4] = ["true", "\"new\"", "{\n  a   = 1\n  bcd = [\"x\"]\n}", "[\n  1,\n]"];
const NAMES: [&str; 4] = ["n", "new_name", "a_rather_long_name_for_an_attribute", "kms"];

/// Lines of a tree as a sorted list: what is there, wherever.
fn sorted(file: &File) -> Vec<String> {
    let mut lines = show::body(&file.body);
    lines.sort();
    lines
}

fn value(text: &str) -> String {
    show::expr(&parse_expression(text).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 4, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_a_parser_panic(seed in any::<u64>(), text in text()) {
        let text = broken(&text, seed);
        let file = parse(&text);
        show::check_spans(&text, &file.body);
        for e in &file.errors {
            prop_assert!(text.get(e.span.start as usize..e.span.end as usize).is_some());
        }
        let again = format(&text);
        if file.errors.is_empty() {
            prop_assert_eq!(format(&again), again);
        } else {
            prop_assert_eq!(again, text);
        }
    }

    #[test]
    fn no_heap_of_pieces_makes_a_parser_panic(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..60)) {
        let text = pieces.concat();
        let file = parse(&text);
        show::check_spans(&text, &file.body);
        let _ = (parse_expression(&text), parse_template(&text), parse_json(&text));
    }

    #[test]
    fn no_characters_make_a_parser_panic(text in any::<String>()) {
        let _ = (parse(&text), parse_expression(&text), parse_template(&text), parse_json(&text), format(&text));
    }

    #[test]
    fn formatting_changes_no_meaning(text in untidy()) {
        let after = format(&text);
        prop_assert_eq!(format(&after), after.clone());
        prop_assert_eq!(show::comments(&after), show::comments(&text));
        prop_assert_eq!(show::body(&parse(&after).body), show::body(&parse(&format(&text)).body));
    }

    #[test]
    fn an_attribute_is_added_and_nothing_else(text in untidy(), at in any::<prop::sample::Index>(), n in 0..4usize, v in 0..4usize) {
        let file = parse(&text);
        let all = all_bodies(&file);
        let body = at.get(&all);
        prop_assume!(body.attribute(NAMES[n]).is_none());
        let after = applied(&text, &set_attribute(&text, body, NAMES[n], VALUES[v]));
        let mut lines = sorted(&parse(&after));
        let depth = "  ".repeat(all_depth(&file.body, body, 0).unwrap());
        let line = format!("{depth}{} = {}", NAMES[n], value(VALUES[v]));
        let found = lines.iter().position(|l| *l == line);
        prop_assert!(found.is_some(), "{line} is not in {lines:?}");
        lines.remove(found.unwrap());
        prop_assert_eq!(lines, sorted(&file));
    }

    #[test]
    fn an_attribute_is_replaced_and_nothing_else(text in untidy(), at in any::<prop::sample::Index>(), v in 0..4usize) {
        let file = parse(&text);
        let all: Vec<_> = all_bodies(&file).into_iter().flat_map(|b| b.attributes().map(move |a| (b, a))).collect();
        let (body, attribute) = *at.get(&all);
        let after = applied(&text, &set_attribute(&text, body, &attribute.name.text, VALUES[v]));
        let (old, new) = (show::body(&file.body), show::body(&parse(&after).body));
        prop_assert_eq!(old.len(), new.len());
        let changed: Vec<_> = old.iter().zip(&new).filter(|(a, b)| a != b).collect();
        prop_assert!(changed.len() <= 1, "{changed:?}");
        let line = format!("{} = {}", attribute.name.text, value(VALUES[v]));
        prop_assert!(new.iter().any(|l| l.trim_start() == line));
    }

    #[test]
    fn an_item_is_removed_and_nothing_else(text in untidy(), at in any::<prop::sample::Index>()) {
        let file = parse(&text);
        let all: Vec<_> = all_bodies(&file).into_iter().flat_map(|b| b.items.iter().map(move |i| (b, i))).collect();
        let (body, item) = *at.get(&all);
        let after = applied(&text, &remove_item(&text, body, item));
        let depth = "  ".repeat(all_depth(&file.body, body, 0).unwrap());
        let mut expected = sorted(&file);
        for line in show::item(item) {
            let n = expected.iter().position(|l| *l == format!("{depth}{line}")).unwrap();
            expected.remove(n);
        }
        prop_assert_eq!(sorted(&parse(&after)), expected);
        prop_assert!(after.len() <= text.len() + 8 * show::comments(&text).len());
    }

    #[test]
    fn a_block_is_added_and_nothing_else(text in untidy(), at in any::<prop::sample::Index>()) {
        let file = parse(&text);
        let all = all_bodies(&file);
        let body = at.get(&all);
        let after = applied(&text, &insert_block(&text, body, "added {\n  x = 1\n}"));
        let old = show::body(&file.body);
        let new: Vec<_> = show::body(&parse(&after).body);
        let n = new.iter().position(|l| l.trim_start() == "added {").unwrap();
        prop_assert_eq!(new[n + 1].trim_start(), "x = 1");
        let rest: Vec<_> = new.iter().take(n).chain(new.iter().skip(n + 3)).cloned().collect();
        prop_assert_eq!(rest, old);
    }

    #[test]
    fn collections_gain_and_lose_one_element(text in untidy(), at in any::<prop::sample::Index>(), n in any::<prop::sample::Index>(), v in 0..4usize) {
        let file = parse(&text);
        let all = collections(&file);
        let collection = *at.get(&all);
        let before = show::body(&file.body);
        let old = show::expr(collection);
        let shown = |e: &Expr| show::expr(e);
        match &collection.kind {
            ExprKind::Tuple(elements) => {
                let place = n.index(elements.len() + 1);
                let after = applied(&text, &insert_tuple_element(&text, collection, place, VALUES[v]).unwrap());
                let mut list: Vec<String> = elements.iter().map(shown).collect();
                list.insert(place, value(VALUES[v]));
                let new = format!("[{}]", list.join(" "));
                prop_assert!(differs_by(&before, &show::body(&parse(&after).body), &old, &new), "{after}");
                if !elements.is_empty() {
                    let place = n.index(elements.len());
                    let after = applied(&text, &remove_tuple_element(&text, collection, place).unwrap());
                    list = elements.iter().map(shown).collect();
                    list.remove(place);
                    let new = format!("[{}]", list.join(" "));
                    prop_assert!(differs_by(&before, &show::body(&parse(&after).body), &old, &new), "{after}");
                }
            }
            ExprKind::Object(items) => {
                let after = applied(&text, &set_object_entry(&text, collection, "new_key", VALUES[v]).unwrap());
                let joined = show::body(&parse(&after).body).join("\n");
                prop_assert!(joined.contains(&format!("new_key: {}", value(VALUES[v])))
                    || joined.contains(&format!("<\"new_key\">: {}", value(VALUES[v]))), "{after}");
                if !items.is_empty() {
                    let place = n.index(items.len());
                    let after = applied(&text, &remove_object_entry(&text, collection, place).unwrap());
                    let count = |f: &File| collections(f).iter().map(|e| match &e.kind { ExprKind::Object(i) => i.len(), _ => 0 }).sum::<usize>();
                    let inner = collections_in(&items[place].value);
                    prop_assert_eq!(count(&parse(&after)) + 1 + inner, count(&file), "{}", after);
                }
            }
            _ => unreachable!("only collections are gathered"),
        }
    }
}

fn collections_in(e: &Expr) -> usize {
    match &e.kind {
        ExprKind::Tuple(v) => v.iter().map(collections_in).sum(),
        ExprKind::Object(i) => i.len() + i.iter().map(|i| collections_in(&i.value)).sum::<usize>(),
        ExprKind::Call(c) => c.args.iter().map(collections_in).sum(),
        _ => 0,
    }
}

/// The trees are the same but for one place, where `old` became `new`.
fn differs_by(before: &[String], after: &[String], old: &str, new: &str) -> bool {
    let changed: Vec<_> = before.iter().zip(after).filter(|(a, b)| a != b).collect();
    before.len() == after.len()
        && match changed.as_slice() {
            [(a, b)] => {
                a.match_indices(old).any(|(n, _)| format!("{}{new}{}", &a[..n], &a[n + old.len()..]) == **b)
            }
            _ => false,
        }
}

/// How many blocks the body is in.
fn all_depth(outer: &Body, body: &Body, depth: usize) -> Option<usize> {
    if std::ptr::eq(outer, body) {
        return Some(depth);
    }
    outer.items.iter().find_map(|i| match i {
        Item::Block(b) => all_depth(&b.body, body, depth + 1),
        Item::Attribute(_) => None,
    })
}

#[test]
fn the_texts_are_canonical() {
    for text in TEXTS {
        assert_eq!(parse(text).errors, []);
        assert_eq!(format(text), text);
    }
}
