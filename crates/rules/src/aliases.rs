//! Writes out import aliases of the pack's policies, for a Rego library that does not resolve them in calls.
//!
//! Goes when the engine resolves `import data.a.b` followed by `b.f(x)` by itself.

/// The policy with `plan.resources(…)` written as `data.trueline.lib.plan.resources(…)`; no line moves.
#[doc(hidden)]
pub fn written_out(source: &str) -> String {
    let mut aliases: Vec<(&str, &str)> = Vec::new();
    for line in source.lines() {
        if let Some(path) = line.strip_prefix("import data.") {
            let path = path.trim();
            aliases.push((path.rsplit('.').next().unwrap_or(path), path));
        }
    }
    source
        .split_inclusive('\n')
        .map(|l| if l.starts_with("import ") { l.to_owned() } else { line(l, &aliases) })
        .collect()
}

fn line(text: &str, aliases: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let (mut word, mut quote, mut escaped, mut before) = (String::new(), None, false, ' ');
    for (i, c) in text.char_indices() {
        if quote.is_none() && (c.is_ascii_alphanumeric() || c == '_') {
            if word.is_empty() {
                before = text.get(..i).and_then(|t| t.chars().next_back()).unwrap_or(' ');
            }
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            let path = aliases.iter().find(|(a, _)| *a == word && c == '.' && before != '.').map(|(_, p)| p);
            match path {
                Some(p) => {
                    out.push_str("data.");
                    out.push_str(p);
                }
                None => out.push_str(&word),
            }
            word.clear();
        }
        match (quote, c) {
            (None, '#') => {
                out.push_str(text.get(i..).unwrap_or(""));
                return out;
            }
            (None, '"' | '`') => quote = Some(c),
            (Some('"'), '\\') if !escaped => {
                escaped = true;
                out.push(c);
                continue;
            }
            (Some(q), c) if c == q && !escaped => quote = None,
            _ => {}
        }
        escaped = false;
        out.push(c);
    }
    out.push_str(&word);
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_calls_through_an_alias_change() {
        let text = "package a\nimport data.x.plan\nd if plan.f(\"plan.g \\\" plan.h\", `plan.i`, q.plan.j, plans.k) # plan.l\n";
        let want = "package a\nimport data.x.plan\nd if data.x.plan.f(\"plan.g \\\" plan.h\", `plan.i`, q.plan.j, plans.k) # plan.l\n";
        assert_eq!(super::written_out(text), want);
    }
}
