use super::*;
use trueline_model::{Reason, Unknown};

fn s(v: &str) -> Value {
    Value::string(v)
}

fn n(v: &str) -> Value {
    Value::number(v.parse::<trueline_model::Number>().unwrap())
}

fn list_of(t: Type) -> Type {
    Type::List(Arc::new(t))
}

fn object(items: &[(&str, Value)]) -> Value {
    Value::object(items.iter().map(|(k, v)| ((*k).into(), v.clone())).collect())
}

fn object_type(items: &[(&str, Type, bool)]) -> Type {
    Type::Object(Arc::new(
        items.iter().map(|(k, t, o)| ((*k).into(), AttributeType { ty: t.clone(), optional: *o })).collect(),
    ))
}

fn shown(v: &Value) -> String {
    match &v.kind {
        Kind::String(s) => format!("{s:?}"),
        Kind::Number(n) => n.to_string(),
        Kind::Bool(b) => b.to_string(),
        Kind::Null(t) => format!("null:{t}"),
        Kind::Unknown(u) => format!("?:{}", u.ty),
        Kind::List(_, i) | Kind::Set(_, i) | Kind::Tuple(i) => {
            format!("[{}]", i.iter().map(shown).collect::<Vec<_>>().join(","))
        }
        Kind::Map(_, i) | Kind::Object(i) => {
            format!(
                "{{{}}}",
                i.iter().map(|(k, v)| format!("{k}={}", shown(v))).collect::<Vec<_>>().join(",")
            )
        }
    }
}

#[test]
fn a_tuple_becomes_a_list_of_the_common_type() {
    let v = convert(&Value::tuple(vec![s("a"), n("1"), Value::bool(true)]), &list_of(Type::Any)).unwrap();
    assert_eq!(type_of(&v), list_of(Type::String));
    assert_eq!(shown(&v), r#"["a","1","true"]"#);
    let err = convert(&Value::tuple(vec![s("a"), Value::tuple(vec![])]), &list_of(Type::Any)).unwrap_err();
    assert_eq!(err.message, "all list elements must have the same type");
}

#[test]
fn elements_keep_marks_and_origins() {
    use trueline_model::Origin;
    use trueline_text::{FileId, Location, Span};
    let at = Location { file: FileId(0), span: Span::new(3, 5) };
    let mut secret = n("1").with_origin(Some(Origin::literal(at)));
    secret.sensitive = true;
    let v = convert(&Value::tuple(vec![secret, n("2")]), &list_of(Type::String)).unwrap();
    let first = &v.as_items().unwrap()[0];
    assert!(first.sensitive && !v.sensitive);
    assert_eq!(first.origin.as_ref().unwrap().at, at);
    let set = convert(&v, &Type::Set(Arc::new(Type::String))).unwrap();
    assert!(set.sensitive && !set.as_items().unwrap()[0].sensitive);
}

#[test]
fn optional_attributes_become_null_of_their_type() {
    let want = object_type(&[("a", Type::String, false), ("b", list_of(Type::Number), true)]);
    let v = convert(&object(&[("a", n("1")), ("extra", n("2"))]), &want).unwrap();
    assert_eq!(shown(&v), r#"{a="1",b=null:list(number)}"#);
    let err = convert(&object(&[]), &want).unwrap_err();
    assert_eq!(err.message, "attribute \"a\" is required");
    let err = convert(&object(&[("a", s("x")), ("b", Value::tuple(vec![s("no")]))]), &want).unwrap_err();
    assert_eq!((err.route.to_string().as_str(), err.message.as_str()), ("b[0]", "a number is required"));
}

#[test]
fn unknown_and_null_take_the_type() {
    let mut u = Unknown::new(Type::Tuple([Type::String, Type::Number].into()), Reason::Plan);
    u.not_null = true;
    let v = convert(&Kind::Unknown(Arc::new(u)).into(), &list_of(Type::Any)).unwrap();
    // How many there are is known, hence a list of unknown elements.
    assert_eq!((type_of(&v), shown(&v).as_str()), (list_of(Type::String), "[?:string,?:string]"));
    let mut u = Unknown::new(list_of(Type::Number), Reason::Plan);
    u.length = (2, Some(4));
    let v = convert(&Kind::Unknown(Arc::new(u)).into(), &Type::Set(Arc::new(Type::String))).unwrap();
    let Kind::Unknown(u) = &v.kind else { panic!() };
    assert_eq!((u.ty.to_string().as_str(), u.length), ("set(string)", (1, Some(4))));
    assert_eq!(shown(&convert(&Value::null(), &Type::Number).unwrap()), "null:number");
}

#[test]
fn sets_drop_duplicates_and_have_terraforms_order() {
    let set_of = Type::Set(Arc::new(Type::Any));
    let v = convert(&Value::tuple(vec![s("b"), s("a"), s("b"), s("Z")]), &set_of).unwrap();
    assert_eq!(shown(&v), r#"["Z","a","b"]"#);
    let v = convert(&Value::tuple(vec![n("10"), n("9"), n("9.0")]), &set_of).unwrap();
    assert_eq!(shown(&v), "[9,10]");
    let o = |a: &str, b: &str| object(&[("a", s(a)), ("b", s(b))]);
    let v =
        convert(&Value::tuple(vec![o("y", "1"), o("x", "2"), o("x", "10"), o("y", "1")]), &set_of).unwrap();
    assert_eq!(shown(&v), r#"[{a="x",b="10"},{a="x",b="2"},{a="y",b="1"}]"#);
}

#[test]
fn common_types() {
    let t = |v: &[Type]| unify(v).map(|t| t.to_string());
    assert_eq!(t(&[Type::String, Type::Number]).unwrap(), "string");
    assert_eq!(t(&[Type::Bool, Type::Number]), None);
    let (a, b) = (object_type(&[("a", Type::String, false)]), object_type(&[("b", Type::Number, false)]));
    assert_eq!(t(&[a.clone(), b]).unwrap(), "map(string)");
    let c = object_type(&[("a", Type::Number, false)]);
    assert_eq!(t(&[a, c]).unwrap(), "object({a = string})");
    let pair = Type::Tuple([Type::String, Type::Number].into());
    assert_eq!(t(&[pair.clone(), list_of(Type::String)]).unwrap(), "list(string)");
    assert_eq!(t(&[pair, Type::Tuple([Type::Bool].into())]).unwrap(), "list(string)");
    assert_eq!(t(&[list_of(Type::String), Type::Set(Arc::new(Type::String))]).unwrap(), "list(string)");
    assert_eq!(t(&[]), None);
}

#[test]
fn equality_is_three_valued() {
    let u = Value::unknown(Type::String, Reason::Plan);
    let eq = |a: &Value, b: &Value| equal(a, b).as_bool();
    assert_eq!(eq(&s("1"), &n("1")), Some(false));
    assert_eq!(eq(&Value::null(), &Kind::Null(Type::String).into()), Some(true));
    assert_eq!(eq(&u, &s("a")), None);
    assert_eq!(eq(&u, &n("1")), Some(false));
    assert_eq!(
        eq(&Value::tuple(vec![s("a"), u.clone()]), &Value::tuple(vec![s("b"), u.clone()])),
        Some(false)
    );
    let mut prefixed = Unknown::new(Type::String, Reason::Plan);
    prefixed.prefix = Some("arn:".into());
    prefixed.not_null = true;
    let prefixed: Value = Kind::Unknown(Arc::new(prefixed)).into();
    assert_eq!(eq(&prefixed, &s("x")), Some(false));
    assert_eq!(eq(&prefixed, &Value::null()), Some(false));
    assert_eq!(eq(&prefixed, &s("arn:x")), None);
    let mut secret = s("a");
    secret.sensitive = true;
    assert!(equal(&Value::tuple(vec![secret]), &Value::tuple(vec![s("a")])).sensitive);
}

#[test]
fn bools_and_strings() {
    assert_eq!(convert(&s("1"), &Type::Bool).unwrap().as_bool(), Some(true));
    assert_eq!(
        convert(&s("True"), &Type::Bool).unwrap_err().message,
        "a bool is required; to convert from string, use lowercase \"true\""
    );
    assert_eq!(convert(&n("1"), &Type::Bool).unwrap_err().message, "bool required");
    assert_eq!(shown(&convert(&n("1.50"), &Type::String).unwrap()), "\"1.5\"");
}
