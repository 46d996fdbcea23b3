//! What a console cannot show: unknowns and their reasons, marks, origins, documents, bounds.

use trueline_model::{Kind, Unknown};
use trueline_text::{FileId, Memory, Span};

use super::*;

const fn at(start: u32) -> Location {
    Location { file: FileId(0), span: Span::new(start, start + 1) }
}

struct NoTemplates;

impl TemplateEval for NoTemplates {
    fn evaluate(
        &self,
        _: TemplateSource<'_>,
        text: &str,
        variables: &BTreeMap<Arc<str>, Value>,
        _: &str,
        depth: usize,
    ) -> Result<Value, String> {
        assert_eq!(depth, 1);
        Ok(variables.get(text).cloned().unwrap_or_else(|| Value::string(text)))
    }
}

fn run(name: &str, args: Vec<Value>) -> Result<Value, FunctionError> {
    let files = Memory::from_iter([("m/a.txt", "text"), ("../secret.txt", "outside")]);
    let ctx = Context {
        files: &files,
        root: "m",
        module: "m",
        templates: &NoTemplates,
        template_depth: 0,
        has_list_and_map: false,
    };
    call(name, args, at(100), &ctx)
}

fn ok(name: &str, args: Vec<Value>) -> Value {
    run(name, args).unwrap()
}

fn s(text: &str) -> Value {
    Value::string(text)
}

fn lit(text: &str, start: u32) -> Value {
    s(text).with_origin(Some(Origin::literal(at(start))))
}

fn secret(v: Value) -> Value {
    Value { sensitive: true, ..v }
}

fn var(ty: Type) -> Value {
    Value::unknown(ty, Reason::Variable("x".into()))
}

fn object(items: &[(&str, Value)]) -> Value {
    Value::object(items.iter().map(|(k, v)| ((*k).into(), v.clone())).collect())
}

fn source(v: &Value) -> Option<u32> {
    v.origin.as_ref().and_then(|o| o.source_literal()).map(|o| o.at.span.start)
}

fn unknown(v: &Value) -> &Unknown {
    let Kind::Unknown(u) = &v.kind else { panic!("{v:?} is known") };
    u
}

#[test]
fn selected_elements_lead_back_to_their_literals() {
    let (a, b) = (lit("a", 1), lit("b", 2));
    let pair = Value::tuple(vec![a.clone(), b.clone()]);
    assert_eq!(source(&ok("element", vec![pair.clone(), Value::number(1)])), Some(2));
    assert_eq!(source(&ok("coalesce", vec![s(""), b.clone()])), Some(2));
    assert_eq!(source(&ok("lookup", vec![object(&[("k", a.clone())]), s("k")])), Some(1));
    let merged =
        ok("merge", vec![object(&[("k", a.clone()), ("j", a.clone())]), object(&[("k", b.clone())])]);
    let entries = merged.as_entries().unwrap();
    assert_eq!((source(&entries["k"]), source(&entries["j"]), source(&merged)), (Some(2), Some(1), None));
    for name in ["reverse", "tolist", "toset", "distinct", "flatten", "compact", "sort"] {
        let v = ok(name, vec![pair.clone()]);
        let mut found: Vec<_> = v.as_items().unwrap().iter().map(source).collect();
        found.sort();
        assert_eq!(found, [Some(1), Some(2)], "{name}");
    }
    let upper = ok("upper", vec![a]);
    assert_eq!(source(&upper), None);
    assert_eq!(upper.origin.unwrap().inputs[0].at, at(1));
}

#[test]
fn marks_go_where_terraform_puts_them() {
    let merged = ok("merge", vec![object(&[("a", secret(s("x")))]), object(&[("b", s("y"))])]);
    assert!(!merged.sensitive && merged.as_entries().unwrap()["a"].sensitive);
    assert!(!merged.as_entries().unwrap()["b"].sensitive);
    assert!(ok("join", vec![s(","), Value::tuple(vec![secret(s("x"))])]).sensitive);
    assert!(ok("toset", vec![Value::tuple(vec![secret(s("x"))])]).sensitive);
    let inner = Value::tuple(vec![secret(s("x"))]);
    assert!(!ok("length", vec![inner.clone()]).sensitive && ok("length", vec![secret(inner)]).sensitive);
    let hidden = Value { ephemeral: true, ..s("x") };
    assert!(ok("upper", vec![hidden.clone()]).ephemeral);
    assert!(ok("ephemeralasnull", vec![hidden]).is_null());
}

#[test]
fn no_error_quotes_a_sensitive_argument() {
    for (name, args) in [
        ("tonumber", vec![secret(s("hunter2"))]),
        ("cidrhost", vec![secret(s("hunter2")), Value::number(1)]),
        ("jsondecode", vec![secret(s("hunter2"))]),
        ("formatdate", vec![s("YYYY"), secret(s("hunter2"))]),
        ("base64decode", vec![secret(s("hunter2!"))]),
        ("regex", vec![secret(s("(hunter2")), s("x")]),
        ("lookup", vec![object(&[]), secret(s("hunter2"))]),
        ("parseint", vec![secret(s("hunter2")), Value::number(10)]),
        ("timeadd", vec![secret(s("hunter2")), s("1h")]),
    ] {
        let e = run(name, args).unwrap_err().to_string();
        assert!(!e.contains("hunter2"), "{name}: {e}");
    }
}

#[test]
fn unknown_arguments_keep_their_reason_and_what_is_known() {
    let v = ok("upper", vec![var(Type::String)]);
    assert_eq!((&unknown(&v).reason, unknown(&v).not_null), (&Reason::Variable("x".into()), true));
    let v = ok("format", vec![s("arn:aws:s3:::%s/*"), var(Type::String)]);
    assert_eq!(
        (unknown(&v).prefix.as_deref(), unknown(&v).suffix.as_deref()),
        (Some("arn:aws:s3:::"), Some("/*"))
    );
    let v = ok("join", vec![s("-"), Value::tuple(vec![s("a"), var(Type::String), s("z")])]);
    assert_eq!((unknown(&v).prefix.as_deref(), unknown(&v).suffix.as_deref()), (Some("a-"), Some("-z")));
    let pair = Type::Tuple([Type::String, Type::String].into());
    assert_eq!(whole(&ok("length", vec![var(pair)])), Some(2));
    assert_eq!(whole(&ok("length", vec![Value::tuple(vec![var(Type::Any)])])), Some(1));
    let list = Type::List(Arc::new(Type::String));
    let three = ok("slice", vec![var(list), Value::number(0), Value::number(3)]);
    assert!(three.as_items().unwrap().iter().all(Value::is_unknown) && three.as_items().unwrap().len() == 3);
    assert_eq!(ok("startswith", vec![v, s("a-")]).as_bool(), Some(true));
    assert_eq!(unknown(&ok("timestamp", vec![])).reason, Reason::Function("timestamp".into()));
    assert_eq!(unknown(&ok("provider::aws::arn_parse", vec![s("x")])).ty, Type::Any);
}

fn whole(v: &Value) -> Option<i64> {
    match &v.kind {
        Kind::Number(n) => n.as_i64(),
        _ => None,
    }
}

#[test]
fn encoded_documents_stay_readable_leaf_by_leaf() {
    let policy = object(&[("Action", lit("*", 7)), ("Resource", var(Type::String))]);
    let text = ok("jsonencode", vec![policy]);
    assert_eq!(unknown(&text).prefix.as_deref(), Some("{"));
    let document = text.document.as_deref().unwrap().as_entries().unwrap();
    assert_eq!(source(&document["Action"]), Some(7));
    let known = ok("jsonencode", vec![object(&[("a", lit("x", 9))])]);
    for name in ["trimspace", "chomp", "coalesce"] {
        assert!(ok(name, vec![known.clone()]).document.is_some(), "{name}");
    }
    let back = ok("jsondecode", vec![ok("format", vec![s("%s"), known])]);
    assert_eq!(source(&back.as_entries().unwrap()["a"]), Some(9));
}

#[test]
fn files_are_read_inside_the_repository_only() {
    assert_eq!(ok("file", vec![s("a.txt")]).as_str(), Some("text"));
    assert_eq!(ok("filemd5", vec![s("./a.txt")]).as_str(), Some("1cb251ec0d568de6a929b520c4aed8d1"));
    for path in ["../../secret.txt", "/etc/passwd", "none.txt", "../m2/a.txt", "~/x"] {
        assert_eq!(unknown(&ok("file", vec![s(path)])).reason, Reason::File(path.into()));
    }
    assert_eq!(unknown(&ok("fileset", vec![s("."), s("../../*")])).reason, Reason::File("../..".into()));
    assert_eq!(ok("templatefile", vec![s("a.txt"), object(&[("text", s("v"))])]).as_str(), Some("v"));
}

#[test]
fn results_are_bounded() {
    let many = Value::tuple((0..1100).map(|i| Value::number(i64::from(i))).collect());
    for (name, args) in [
        ("range", vec![Value::number(0), Value::number(1_000_000_000_000)]),
        ("setproduct", vec![many.clone(), many.clone(), many.clone()]),
        ("format", vec![s("%999999999s"), s("x")]),
        ("indent", vec![Value::number(1 << 40), s("a\nb")]),
        ("join", vec![s(&"x".repeat(100_000)), many]),
        ("replace", vec![s(&"a".repeat(10_000)), s("/a+/"), s(&"$0".repeat(10_000))]),
        ("jsondecode", vec![s(&"[".repeat(100_000))]),
        ("yamldecode", vec![s(&"[".repeat(100_000))]),
        ("regex", vec![s("((((x{1000}){1000}){1000}){1000})"), s("x")]),
        ("tonumber", vec![s("1e999999999")]),
    ] {
        assert!(run(name, args).is_err(), "{name}");
    }
    let laughs = "a: &a [1,1,1,1,1,1,1,1,1,1]\n".to_owned()
        + &('b'..='k')
            .zip('a'..)
            .map(|(x, y)| format!("{x}: &{x} [{}*{y}]\n", format!("*{y},").repeat(9)))
            .collect::<String>();
    assert!(run("yamldecode", vec![s(&laughs)]).is_err());
}

#[test]
fn wrong_calls_are_said_in_terraforms_words() {
    for (name, args, summary, message) in [
        (
            "uper",
            vec![],
            "Call to unknown function",
            "There is no function named \"uper\". Did you mean \"upper\"?",
        ),
        (
            "upper",
            vec![],
            "Not enough function arguments",
            "Function \"upper\" expects 1 argument(s). Missing value for \"str\".",
        ),
        (
            "upper",
            vec![s("a"), s("b")],
            "Too many function arguments",
            "Function \"upper\" expects only 1 argument(s).",
        ),
        (
            "upper",
            vec![Value::null()],
            "Invalid function argument",
            "Invalid value for \"str\" parameter: argument must not be null.",
        ),
        (
            "index",
            vec![Value::tuple(vec![s("a")]), s("b")],
            "Error in function call",
            "Call to function \"index\" failed: item not found.",
        ),
    ] {
        let e = run(name, args).unwrap_err();
        assert_eq!((e.summary(), e.to_string().as_str()), (summary, message));
    }
}

#[test]
fn functions_of_opentofu() {
    assert_eq!(ok("urldecode", vec![s("a+b%2Fc")]).as_str(), Some("a b/c"));
    assert_eq!(ok("cidrcontains", vec![s("10.0.0.0/8"), s("10.1.0.0/16")]).as_bool(), Some(true));
    assert_eq!(ok("cidrcontains", vec![s("10.0.0.0/8"), s("11.0.0.1")]).as_bool(), Some(false));
    let packed = s("H4sIAAAAAAAA/8pIzcnJBwAAAP//AQAA//+GphA2BQAAAA==");
    assert_eq!(ok("base64gunzip", vec![packed]).as_str(), Some("hello"));
}

#[test]
fn the_list_of_names_is_terraforms() {
    for name in ["abs", "can", "templatestring", "ephemeralasnull", "yamlencode", "zipmap"] {
        assert!(names().contains(&name), "{name}");
    }
    assert!(names().len() >= 118 + 3);
    assert!(is_lazy("core::try") && !is_lazy("coalesce"));
}
