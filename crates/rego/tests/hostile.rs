//! Policies that want to hurt: each ends in an error, or in a result, within its limits, and never in an abort.

#![allow(clippy::disallowed_methods, clippy::panic, clippy::expect_used)] // tests measure time, and may fail

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use trueline_rego::{Clock, CompileOptions, EvalError, Limits, PolicyFile, TraceLevel, Value, compile};

/// Steps and memory of a run in these tests.
fn limits() -> Limits {
    let start = Instant::now();
    let clock = Clock::new(move || start.elapsed());
    Limits { steps: 5_000_000, memory: 64 << 20, ..Limits::within(Duration::from_secs(20), clock) }
}

fn evaluate(policy: &str, rule: &str, limits: Limits) -> Result<Option<Value>, EvalError> {
    let files = [PolicyFile::new("hostile.rego", format!("package p\n{policy}"))];
    let compiled = compile(&files, &CompileOptions::default()).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    let mut session = compiled.session(Value::empty_object(), limits);
    session.set_input(Value::empty_object());
    session.set_strict_errors(true);
    session.rule(rule)
}

/// Says that the policy is ended by a limit, soon.
fn is_ended(policy: &str) {
    let start = Instant::now();
    let error = evaluate(policy, "data.p.x", limits()).expect_err(policy);
    assert_eq!(error.code, "eval_cancel_error", "{policy}: {error}");
    assert!(start.elapsed() < Duration::from_secs(300), "{policy}: took {:?}", start.elapsed());
}

/// Says that the policy ends soon, whatever with.
fn ends(policy: &str) {
    let start = Instant::now();
    let _ = evaluate(policy, "data.p.x", limits());
    assert!(start.elapsed() < Duration::from_secs(300), "{policy}: took {:?}", start.elapsed());
}

#[test]
fn recursion_is_refused_when_compiling() {
    for policy in ["f(x) := f(x + 1)\nx := f(1)", "x if y\ny if not x", "x := {v | v := data.p[_]}"] {
        let file = PolicyFile::new("hostile.rego", format!("package p\n{policy}"));
        let wrong = compile(&[file], &CompileOptions::default()).map(|_| ()).expect_err(policy);
        assert!(wrong.iter().any(|wrong| wrong.code == "rego_recursion_error"), "{policy}: {wrong:?}");
    }
}

#[test]
fn ranges_hold_the_memory_limit() {
    is_ended("x := numbers.range(1, 1000000000000)");
    is_ended("x := numbers.range_step(1, 1000000000000, 1)");
    is_ended("x := [y | some y in numbers.range(1, 10000000)]");
}

#[test]
fn cross_products_hold_the_step_limit() {
    is_ended(
        "xs := numbers.range(1, 1000)\nx := count([1 | some a in xs; some b in xs; some c in xs; a + b == c + 5000])",
    );
    is_ended(
        "xs := numbers.range(1, 100)\nx if { xs[a]; xs[b]; xs[c]; xs[d]; xs[e]; xs[f]; a + b + c + d + e + f < 0 }",
    );
}

#[test]
fn texts_that_grow_hold_the_memory_limit() {
    let doubling = |step: &str| {
        let mut policy = String::from("s0 := \"0123456789abcdef\"\n");
        for at in 1..40 {
            let before = format!("s{}", at - 1);
            policy.push_str(&format!("s{at} := {}\n", step.replace("PREV", &before)));
        }
        policy + "x := s39"
    };
    is_ended(&doubling("concat(\"\", [PREV, PREV])"));
    is_ended(&doubling("sprintf(\"%s%s\", [PREV, PREV])"));
    is_ended(&doubling("replace(PREV, \"0\", PREV)"));
    is_ended(&doubling("$\"{PREV}{PREV}\""));
    is_ended(&doubling("strings.replace_n({\"0\": PREV}, PREV)"));
    is_ended(&doubling("json.marshal([PREV, PREV])"));
    is_ended(&doubling("yaml.marshal({\"a\": PREV, \"b\": PREV})"));
    is_ended(&doubling("base64.encode(concat(\"\", [PREV, PREV]))"));
    is_ended(&doubling("regex.replace(PREV, \"0\", PREV)"));
    is_ended(&doubling("urlquery.encode(concat(\"&\", [PREV, PREV]))"));
    is_ended("x := concat(\",\", [s | some i in numbers.range(1, 3000000); s := sprintf(\"%099d\", [i])])");
    ends("x := sprintf(\"%1000000000d\", [1])");
    ends("x := sprintf(\"%.1000000000f\", [1.5])");
    ends("x := format_int(bits.lsh(1, 1000000000), 2)");
    ends("x := bits.lsh(1, 1000000000000000)");
}

#[test]
fn values_that_nest_or_grow_without_end_are_ended() {
    let doubling = |first: &str, step: &str| {
        let mut policy = format!("s0 := {first}\n");
        for at in 1..60 {
            policy.push_str(&format!("s{at} := {}\n", step.replace("PREV", &format!("s{}", at - 1))));
        }
        policy + "x := count(json.marshal(s59))"
    };
    is_ended(&doubling("[1]", "array.concat(PREV, PREV)"));
    is_ended(&doubling("[1]", "[PREV, PREV]"));
    is_ended(&doubling("{\"a\": 1}", "{\"a\": PREV, \"b\": PREV}"));
    ends(&doubling("7", "PREV * PREV"));
    let mut deep = String::from("x := json.unmarshal(concat(\"\", [a, b]))\n");
    deep.push_str("a := concat(\"\", [\"[\" | numbers.range(1, 100000)[_]])\n");
    deep.push_str("b := concat(\"\", [\"]\" | numbers.range(1, 100000)[_]])\n");
    ends(&deep);
    ends(&deep.replace("json.unmarshal", "yaml.unmarshal"));
}

#[test]
fn patterns_that_backtrack_elsewhere_are_linear_here() {
    let text = "a".repeat(50_000);
    for pattern in ["(a+)+$", "(a|aa)+$", "(a*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$", "(x+x+)+y", "(.*a){20}"] {
        ends(&format!("x := regex.match(`{pattern}`, \"{text}!\")"));
        ends(&format!("x := regex.find_all_string_submatch_n(`{pattern}`, \"{text}!\", -1)"));
        ends(&format!("x := regex.replace(\"{text}!\", `{pattern}`, \"y\")"));
    }
    ends("x := regex.match(`((a{1,1000}){1,1000}){1,1000}`, \"a\")");
    ends(&format!("x := regex.globs_match(\"{0}\", \"{0}\")", "a*".repeat(500)));
    ends(&format!("x := glob.match(\"{}b\", [], \"{}\")", "*a".repeat(60), "a".repeat(20_000)));
    ends(&format!(
        "x := regex.template_match(\"{}\", \"{}\", \"{{\", \"}}\")",
        "{a+}".repeat(200),
        "a".repeat(5_000)
    ));
}

#[test]
fn brackets_without_end_are_a_parse_error() {
    for (open, close) in
        [("[", "]"), ("{", "}"), ("(", ")"), ("{\"a\":", "}"), ("[x|", "]"), ("f(", ")"), ("not ", "")]
    {
        let text = format!("package p\nx := {}1{}", open.repeat(100_000), close.repeat(100_000));
        let start = Instant::now();
        let wrong = compile(&[PolicyFile::new("deep.rego", text)], &CompileOptions::default()).map(|_| ());
        let wrong = wrong.expect_err(open);
        assert!(wrong.iter().any(|wrong| wrong.code == "rego_parse_error"), "{open}: {:?}", wrong.first());
        assert!(start.elapsed() < Duration::from_secs(120), "{open}: took {:?}", start.elapsed());
    }
    let input = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(Value::parse_json(&input).is_err());
}

/// What begins with a brace or parenthesis may be a body, a group or a term; whichever it is, no text makes that slow.
#[test]
fn braces_that_may_be_bodies_are_tried_once() {
    let nest = |open: &str, inner: &str, close: &str| {
        format!("{}{inner}{}", open.repeat(MANY_LEVELS), close.repeat(MANY_LEVELS))
    };
    let bodies = [
        nest("{", "1, 2", "}"),
        nest("{", "input.a or input.b", "}"),
        nest("{", "input.a or", "}"),
        nest("{x | ", "x := 1 or", "}"),
        nest("{x | y := ", "1", "}"),
        nest("(", "1", ")"),
        nest("(", "input.a or input.b", ")"),
        nest("(", "input.a or", ")"),
        nest("({", "1, 2", "})"),
        nest("({", "input.a or 1", "} or 2)"),
        nest("not {", "input.a", "}"),
        nest("not {", "1, 2", "}"),
        nest("not (", "1, 2", ")"),
        nest("not ({", "1, 2", "})"),
        nest("{some x in [y | ", "1 or", "]}"),
        nest("input.a or {", "1, 2", "}"),
        nest("input.a or {", "input.b", "}"),
        nest("input.a or {", "input.b", "} == {1}"),
        "input.a or ".repeat(100_000),
        format!("{}input.b", "input.a and ".repeat(100_000)),
        format!("{}input.b", "not {".repeat(100_000)),
        "{".repeat(100_000),
        "(".repeat(100_000),
    ];
    for body in bodies {
        let start = Instant::now();
        let policy = format!("package p\nimport future.keywords\nx if {{ {body} }}");
        let _ = compile(&[PolicyFile::new("hostile.rego", policy)], &CompileOptions::default());
        let took = start.elapsed();
        assert!(took < Duration::from_secs(60), "{body:.40}: took {took:?}");
    }
}

/// As deep as half of what the parser takes.
const MANY_LEVELS: usize = 200;

#[test]
fn errors_without_end_are_told_in_time_and_up_to_a_number() {
    let many = |line: &dyn Fn(usize) -> String| (0..50_000).map(line).collect::<String>();
    let policies = [
        many(&|at| format!("x{at} := y{at}\n")),
        many(&|at| format!("x{at} := foo.bar{at}(1); ")),
        many(&|at| format!("x{at} := count({at})\n")),
        many(&|at| format!("import data.a{at}\n")),
        format!("x if {{\n{}}}\n", many(&|at| format!("v{at} := {at}\n"))),
    ];
    for policy in policies {
        let start = Instant::now();
        let options = CompileOptions { strict: true, ..CompileOptions::default() };
        let wrong = compile(&[PolicyFile::new("p.rego", format!("package p\n{policy}"))], &options);
        let wrong = wrong.map(|_| ()).expect_err("nothing but errors");
        assert_eq!(wrong.len(), 1_001, "{policy:.40}");
        assert_eq!(wrong.last().map(|wrong| wrong.message.as_str()), Some("error limit reached"));
        assert!(start.elapsed() < Duration::from_secs(60), "{policy:.40}: took {:?}", start.elapsed());
    }
}

#[test]
fn bodies_that_are_written_backwards_are_put_in_order_in_time() {
    let count = 20_000;
    let mut policy = String::from("x if {\n");
    for at in 0..count {
        policy.push_str(&format!("x{at} = x{}\n", at + 1));
    }
    policy.push_str(&format!("x{count} = 1\n}}"));
    let start = Instant::now();
    let file = PolicyFile::new("backwards.rego", format!("package p\n{policy}"));
    compile(&[file], &CompileOptions::default()).unwrap_or_else(|wrong| panic!("{:?}", wrong.first()));
    assert!(start.elapsed() < Duration::from_secs(120), "took {:?}", start.elapsed());
}

#[test]
fn long_chains_of_rules_do_not_use_up_the_stack() {
    let mut policy = String::from("r0 := 1\n");
    for at in 1..1_500 {
        policy.push_str(&format!("r{at} := r{} + 1\n", at - 1));
    }
    let value = evaluate(&format!("{policy}x := r1499"), "data.p.x", limits()).expect("a value");
    assert_eq!(value, Some(Value::from(1_500)));
    for at in 1_500..4_000 {
        policy.push_str(&format!("r{at} := r{} + 1\n", at - 1));
    }
    ends(&format!("{policy}x := r3999"));
}

#[test]
fn a_caller_can_cancel_a_run() {
    let cancel = Arc::new(AtomicBool::new(false));
    let stop = cancel.clone();
    let waker = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(100));
        stop.store(true, Ordering::Relaxed);
    });
    let limits = Limits { steps: u64::MAX, cancel: Some(cancel), ..Limits::default() };
    let policy = "xs := numbers.range(1, 10000)\nx if { xs[a]; xs[b]; xs[c]; a + b + c < 0 }";
    let error = evaluate(policy, "data.p.x", limits).expect_err("is cancelled");
    waker.join().expect("the thread ends");
    assert_eq!(
        (error.code.as_str(), error.message.as_str()),
        ("eval_cancel_error", "caller cancelled query execution")
    );
}

#[test]
fn time_ends_a_run() {
    let start = Instant::now();
    let clock = Clock::new(move || start.elapsed());
    let limits = Limits { steps: u64::MAX, ..Limits::within(Duration::from_millis(200), clock) };
    let policy = "xs := numbers.range(1, 10000)\nx if { xs[a]; xs[b]; xs[c]; a + b + c < 0 }";
    let error = evaluate(policy, "data.p.x", limits).expect_err("is ended");
    assert!(error.message.contains("took longer than 200ms"), "{error}");
    assert!(start.elapsed() < Duration::from_secs(60));
}

#[test]
fn the_rules_of_a_session_share_its_time() {
    let (start, limit) = (Instant::now(), Duration::from_millis(300));
    let slow = "if { some a in numbers.range(1, 3000); some b in numbers.range(1, 3000); a + b < 0 }";
    let rules: String = (0..40).map(|at| format!("x{at} {slow}\n")).collect();
    let files = [PolicyFile::new("p.rego", format!("package p\n{rules}"))];
    let compiled = compile(&files, &CompileOptions::default()).expect("compiles");
    let limits = || Limits::within(limit, Clock::new(move || start.elapsed()));
    let mut session = compiled.session(Value::empty_object(), limits());
    let began = Instant::now();
    let ended = (0..40).filter(|at| session.rule(&format!("data.p.x{at}")).is_err()).count();
    assert!(ended >= 38, "{ended} of 40 were ended");
    assert!(began.elapsed() < limit * 20, "took {:?}", began.elapsed());
    // Another input has time of its own.
    session.set_input(Value::empty_object());
    assert_eq!(session.query("y := 1 + 1").expect("has time").len(), 1);
}

#[test]
fn other_builtins_hold_their_limits() {
    let graph = "g := {sprintf(\"%d\", [i]): [sprintf(\"%d\", [j]) | some j in numbers.range(1, 14)] | some i in numbers.range(1, 14)}";
    ends(&format!("{graph}\nx := graph.reachable_paths(g, {{\"1\"}})"));
    is_ended("x := net.cidr_expand(\"10.0.0.0/4\")");
    ends("x := net.cidr_expand(\"::/0\")");
    is_ended(
        "xs := numbers.range(1, 3000)\nx := count(json.patch(xs, [{\"op\": \"add\", \"path\": \"/0\", \"value\": i} | some i in numbers.range(1, 40000)]))",
    );
    ends(
        "x := strings.render_template(`{{range .a}}{{range $.a}}{{range $.a}}{{range $.a}}x{{end}}{{end}}{{end}}{{end}}`, {\"a\": numbers.range(1, 400)})",
    );
    ends(
        "many(c) := concat(\"\", [c | numbers.range(1, 100000)[_]])\nx := strings.render_template(concat(\"\", [\"{{\", many(\"(\"), \".a\", many(\")\"), \"}}\"]), {\"a\": 1})",
    );
    ends(
        "x := yaml.unmarshal(\"a: &a [1,1,1,1,1,1,1,1,1]\\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d]\\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e]\\ng: [*f,*f,*f,*f,*f,*f,*f,*f]\")",
    );
    ends("x := units.parse(\"1e999999999\")");
    ends("x := to_number(\"1e999999999\")");
    ends("x := 1e50000 * 1e50000 * 1e50000");
    ends("x := round(1e50000 / 3)");
    ends("x := time.add_date(1, 1000000000, 1000000000, 1000000000)");
    ends("x := numbers.range(-9223372036854775808, 9223372036854775807)");
}

#[test]
fn types_that_hold_each_other_are_no_work() {
    let doubled = |name: &str| {
        let rule = |at: usize| format!("{name}{} := [{name}{at}, {{\"k\": {name}{at}}}]\n", at + 1);
        format!("{name}0 := [1]\n{}", (0..60).map(rule).collect::<String>())
    };
    let nested = |inner: &str| format!("{}{inner}{}", "[{\"k\": ".repeat(60), "}]".repeat(60));
    let start = Instant::now();
    ends(&format!("{}{}x if s60 == t60", doubled("s"), doubled("t")));
    ends(&format!("p := {}\nq := {}\nx if p == q", nested("1"), nested("2")));
    let policy = format!("package p\n{}x if s60 == 1", doubled("s"));
    let wrong = compile(&[PolicyFile::new("p.rego", policy)], &CompileOptions::default());
    let shown: String = wrong.err().expect("is refused").iter().map(ToString::to_string).collect();
    assert!(shown.contains("rego_type_error") && shown.len() < 100_000, "{}", shown.len());
    assert!(start.elapsed() < Duration::from_secs(60));
}

#[test]
fn cases_of_tests_and_traces_hold_their_limits() {
    let session = |policy: &str, limits: Limits| {
        let files = [PolicyFile::new("p.rego", format!("package p\n{policy}"))];
        let compiled =
            compile(&files, &CompileOptions::default()).unwrap_or_else(|wrong| panic!("{wrong:?}"));
        compiled.session(Value::empty_object(), limits)
    };
    let start = Instant::now();
    let all = session("test_x[c] if some c in numbers.range(1, 100000)", Limits::default()).tests();
    assert_eq!(all[0].cases.len(), 100_000);
    assert!(start.elapsed() < Duration::from_secs(60));

    let mut session = session(
        "x if { some a in numbers.range(1, 1000000); a < 0 }",
        Limits { memory: 64 << 20, ..Limits::default() },
    );
    session.watch(TraceLevel::Full);
    let error = session.rule("data.p.x").expect_err("is ended");
    assert_eq!(error.code, "eval_cancel_error", "{error}");
    assert!(session.take_trace().len() < 1_000_000);
}

#[test]
fn errors_that_a_loop_makes_do_not_pile_up() {
    let policy = "package p\nx if { some i in numbers.range(1, 100000); to_number(sprintf(\"x%d\", [i])) }";
    let compiled =
        compile(&[PolicyFile::new("p.rego", policy)], &CompileOptions::default()).expect("compiles");
    let session = compiled.session(Value::empty_object(), limits());
    assert_eq!(session.rule("data.p.x").expect("is undefined"), None);
    let errors = session.take_errors();
    assert_eq!(errors.len(), 1_000);
    assert!(errors[0].message.starts_with("to_number"), "{}", errors[0]);
}
