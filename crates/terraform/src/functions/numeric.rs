//! Functions over numbers.

use trueline_model::{Kind, Number, NumberError, Type, Value};

use super::call::whole_number;
use super::error::Fail;
use super::spec::{Call, Param, Spec, Ty};
use trueline_provider::convert::{convert, friendly_name, quote, type_of};

const NUM: Param = Param::new("num", Ty::Number);

pub(super) static SPECS: &[Spec] = &[
    Spec::new("abs", &[NUM.dynamic()], Ty::Number, |c| Ok(Value::number(c.number(0)?.abs()))),
    Spec::new("ceil", &[NUM], Ty::Number, |c| Ok(Value::number(c.number(0)?.ceil()))),
    Spec::new("floor", &[NUM], Ty::Number, |c| Ok(Value::number(c.number(0)?.floor()))),
    Spec::new("log", &[NUM, Param::new("base", Ty::Number)], Ty::Number, |c| {
        float(logarithm(double(c, 0)?) / logarithm(double(c, 1)?))
    }),
    Spec::new("max", &[], Ty::Number, |c| extreme(c, |a, b| a > b))
        .variadic(Param::new("numbers", Ty::Number).dynamic()),
    Spec::new("min", &[], Ty::Number, |c| extreme(c, |a, b| a < b))
        .variadic(Param::new("numbers", Ty::Number).dynamic()),
    Spec::new(
        "parseint",
        &[Param::new("number", Ty::Any), Param::new("base", Ty::Number)],
        Ty::Number,
        parse_int,
    )
    .of(parse_int_type),
    Spec::new("pow", &[NUM, Param::new("power", Ty::Number)], Ty::Number, |c| {
        float(power(double(c, 0)?, double(c, 1)?))
    }),
    Spec::new("signum", &[NUM], Ty::Number, |c| Ok(Value::number(c.int(0)?.signum()))),
    Spec::new("sum", &[Param::new("list", Ty::Any)], Ty::Number, sum),
];

/// The argument as a double; too large a number has none.
fn double(c: &Call<'_>, i: usize) -> Result<f64, Fail> {
    let n = c.number(i)?;
    let f = n.to_f64();
    if f.is_infinite() && !n.is_infinite() {
        return Err(format!("value must be between {:.6} and {:.6} inclusive", f64::MIN, f64::MAX).into());
    }
    Ok(f)
}

fn float(f: f64) -> Result<Value, Fail> {
    Number::from_f64(f).map(Value::number).ok_or_else(|| Fail::from("the result is not a number"))
}

fn extreme(c: &Call<'_>, better: fn(&Number, &Number) -> bool) -> Result<Value, Fail> {
    let mut best: Option<&Number> = None;
    for i in 0..c.args.len() {
        let n = c.number(i)?;
        if best.is_none_or(|b| better(n, b)) {
            best = Some(n);
        }
    }
    best.map(|n| Value::number(n.clone())).ok_or_else(|| Fail::from("must pass at least one number"))
}

fn parse_int_type(args: &[Value]) -> Result<Type, Fail> {
    match args.first().map(type_of) {
        Some(Type::String) => Ok(Type::Number),
        other => Err(Fail::arg(
            0,
            format!("first argument must be a string, not {}", friendly_name(&other.unwrap_or(Type::Any))),
        )),
    }
}

fn parse_int(c: &Call<'_>) -> Result<Value, Fail> {
    let text = c.text(0)?;
    let base = c.number(1)?.as_i64().ok_or_else(|| Fail::arg(1, whole_number()))?;
    let base = u32::try_from(base)
        .ok()
        .filter(|b| (2..=62).contains(b))
        .ok_or_else(|| Fail::arg(1, "base must be a whole number between 2 and 62 inclusive"))?;
    Number::from_digits(text, base)
        .map(Value::number)
        .ok_or_else(|| Fail::arg(0, format!("cannot parse {} as a base {base} integer", quote(text))))
}

fn sum(c: &Call<'_>) -> Result<Value, Fail> {
    let v = c.arg(0);
    let numbers = "argument must be list, set, or tuple of number values";
    let items = match &v.kind {
        Kind::List(_, items) | Kind::Set(_, items) | Kind::Tuple(items) => items,
        Kind::Map(_, m) | Kind::Object(m) => {
            return Err(Fail::arg(
                0,
                match m.is_empty() {
                    true => "cannot sum an empty list".to_owned(),
                    false => {
                        format!(
                            "argument must be list, set, or tuple. Received {}",
                            friendly_name(&type_of(v))
                        )
                    }
                },
            ));
        }
        _ => return Err(Fail::arg(0, "cannot sum noniterable")),
    };
    if items.is_empty() {
        return Err(Fail::arg(0, "cannot sum an empty list"));
    }
    if !v.is_wholly_known() {
        return Ok(c.unknown_value());
    }
    let mut total: Option<Number> = None;
    for item in items.iter() {
        let n = match convert(item, &Type::Number).map(|v| v.kind) {
            Ok(Kind::Number(n)) => n,
            _ => return Err(Fail::arg(0, numbers)),
        };
        total = Some(match total {
            None => n,
            Some(t) => t.add(&n).map_err(|_| Fail::from("can't compute sum of opposing infinities"))?,
        });
    }
    total.map(Value::number).ok_or_else(|| Fail::arg(0, numbers))
}

/// `2^n` for exponents that a double has.
fn power_of_two(n: i64) -> f64 {
    f64::from_bits(u64::try_from(n + 1023).unwrap_or(0) << 52)
}

/// Mantissa in [0.5, 1) and exponent of a finite, nonzero number.
fn split(f: f64) -> (f64, i64) {
    let (f, bias) = if f.abs() < f64::MIN_POSITIVE { (f * power_of_two(54), -54) } else { (f, 0) };
    let bits = f.to_bits();
    let exponent = ((bits >> 52) & 0x7ff) as i64 - 1022 + bias;
    (f64::from_bits(bits & !(0x7ff << 52) | (1022 << 52)), exponent)
}

/// The natural logarithm by the same series as Terraform's, since the last digit is visible.
fn logarithm(x: f64) -> f64 {
    const LN2_HI: f64 = f64::from_bits(0x3fe6_2e42_fee0_0000);
    const LN2_LO: f64 = f64::from_bits(0x3dea_39ef_3579_3c76);
    const L: [f64; 7] = [
        f64::from_bits(0x3fe5_5555_5555_5593),
        f64::from_bits(0x3fd9_9999_9997_fa04),
        f64::from_bits(0x3fd2_4924_9422_9359),
        f64::from_bits(0x3fcc_71c5_1d8e_78af),
        f64::from_bits(0x3fc7_4664_96cb_03de),
        f64::from_bits(0x3fc3_9a09_d078_c69f),
        f64::from_bits(0x3fc2_f112_df3e_5244),
    ];
    if x.is_nan() || x == f64::INFINITY {
        return x;
    }
    if x < 0.0 {
        return f64::NAN;
    }
    if x == 0.0 {
        return f64::NEG_INFINITY;
    }
    let (mut mantissa, mut exponent) = split(x);
    if mantissa < std::f64::consts::FRAC_1_SQRT_2 {
        mantissa *= 2.0;
        exponent -= 1;
    }
    let f = mantissa - 1.0;
    let k = exponent as f64;
    let s = f / (2.0 + f);
    let s2 = s * s;
    let s4 = s2 * s2;
    let [l1, l2, l3, l4, l5, l6, l7] = L;
    let odd = s2 * (l1 + s4 * (l3 + s4 * (l5 + s4 * l7)));
    let even = s4 * (l2 + s4 * (l4 + s4 * l6));
    let half = 0.5 * f * f;
    k * LN2_HI - ((half - (s * (half + (odd + even)) + k * LN2_LO)) - f)
}

/// `e^x` for |x| below 400, rounded correctly: the libraries of machines differ in the last bit.
fn exponential(x: f64) -> f64 {
    const HALVINGS: i64 = 16;
    const TERMS: i64 = 40;
    let Some(x) = Number::from_f64(x) else { return f64::NAN };
    let step = || -> Result<f64, NumberError> {
        // Full precision from here on.
        let one: Number = Number::from(1).with_precision(512);
        let small = x.mul(&one)?.div(&Number::from(1 << HALVINGS))?;
        let (mut term, mut sum) = (one.clone(), one);
        for i in 1..TERMS {
            term = term.mul(&small)?.div(&Number::from(i))?;
            sum = sum.add(&term)?;
        }
        for _ in 0..HALVINGS {
            sum = sum.mul(&sum)?;
        }
        Ok(sum.to_f64())
    };
    step().unwrap_or(f64::NAN)
}

/// A power by repeated squaring of the mantissa, as Terraform computes it.
fn power(x: f64, y: f64) -> f64 {
    if y == 0.0 || x == 1.0 {
        return 1.0;
    }
    if y == 1.0 {
        return x;
    }
    if x == 0.0 || !x.is_finite() || !y.is_finite() {
        return limit(x, y);
    }
    if y == 0.5 {
        return x.sqrt();
    }
    if y == -0.5 {
        return 1.0 / x.sqrt();
    }
    let (mut whole, mut rest) = (y.abs().trunc(), y.abs().fract());
    if rest != 0.0 && x < 0.0 {
        return f64::NAN;
    }
    if whole >= power_of_two(63) {
        return if x == -1.0 {
            1.0
        } else if (x.abs() < 1.0) == (y > 0.0) {
            0.0
        } else {
            f64::INFINITY
        };
    }
    let mut mantissa = 1.0;
    let mut exponent = 0i64;
    if rest != 0.0 {
        if rest > 0.5 {
            rest -= 1.0;
            whole += 1.0;
        }
        mantissa = exponential(rest * logarithm(x));
    }
    let (mut square, mut shift) = split(x);
    let mut n = whole as i64;
    while n != 0 {
        if shift.abs() > 1 << 12 {
            // Beyond all doubles: what is left only says in which direction.
            exponent += shift;
            break;
        }
        if n & 1 == 1 {
            mantissa *= square;
            exponent += shift;
        }
        square *= square;
        shift <<= 1;
        if square < 0.5 {
            square += square;
            shift -= 1;
        }
        n >>= 1;
    }
    if y < 0.0 {
        mantissa = 1.0 / mantissa;
        exponent = -exponent;
    }
    scale(mantissa, exponent)
}

/// Powers of zero and of and to infinities; the sign of zero decides that of odd powers.
fn limit(x: f64, y: f64) -> f64 {
    let odd = y.is_finite() && y.fract() == 0.0 && (y % 2.0).abs() == 1.0;
    let grows = match y.is_infinite() {
        true if x == -1.0 => return 1.0,
        true => (x.abs() > 1.0) == (y > 0.0),
        false => (x == 0.0) == (y < 0.0),
    };
    let size = if grows { f64::INFINITY } else { 0.0 };
    if odd && x.is_sign_negative() { -size } else { size }
}

/// `mantissa × 2^exponent`, rounded once.
fn scale(mantissa: f64, exponent: i64) -> f64 {
    if mantissa == 0.0 || !mantissa.is_finite() {
        return mantissa;
    }
    let (m, e) = split(mantissa);
    let e = e + exponent;
    match e {
        1025.. => m.signum() * f64::INFINITY,
        -1073..=-1021 => m * power_of_two(e + 53) * power_of_two(-53),
        ..=-1074 => m * 0.0,
        _ => m * 2.0 * power_of_two(e - 1),
    }
}
