//! Every expected text was printed by Terraform 1.11.4.

use super::*;

fn n(text: &str) -> Number {
    text.parse().unwrap()
}

const THIRD: &str = "0.33333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333335";

#[test]
fn quotients_print_as_many_digits_as_their_precision_needs() {
    assert_eq!(n("1").div(&n("3")).unwrap().to_string(), THIRD);
    let length = Number::from;
    assert_eq!(length(1).div(&length(3)).unwrap().to_string(), "0.33333333333333333334");
    assert_eq!(length(1).div(&n("3")).unwrap().to_string(), THIRD);
    assert_eq!(n("7").div(&n("2")).unwrap().to_string(), "3.5");
    assert_eq!(
        Number::from_f64(2f64.powi(200)).unwrap().to_string(),
        "1606938044258990300000000000000000000000000000000000000000000"
    );
    assert_eq!(Number::from_f64(2f64.powi(60)).unwrap().to_string(), "1152921504606847000");
}

#[test]
fn decimal_fractions_add_up() {
    assert_eq!(n("0.1").add(&n("0.2")).unwrap().to_string(), "0.3");
    let two_thirds = n("2").mul(&n("1")).unwrap().div(&n("3")).unwrap();
    assert!(two_thirds.to_string().starts_with("0.6666666"));
    assert!(two_thirds.to_string().ends_with("667"));
}

#[test]
fn products_keep_every_bit_up_to_512() {
    let big = n("12345678901234567890123456789012345678901234567890");
    assert_eq!(
        big.mul(&big).unwrap().to_string(),
        "152415787532388367504953515625666819450083828733757049236500533455762536198787501905199875019052100"
    );
}

#[test]
fn remainders_have_the_sign_of_the_dividend() {
    for (a, b, r) in [("5", "3", "2"), ("-5", "3", "-2"), ("5.5", "2", "1.5"), ("10", "0", "10")] {
        assert_eq!(n(a).rem(&n(b)).unwrap().to_string(), r, "{a} % {b}");
    }
    assert_eq!(n("5").rem(&n("inf")), Err(NumberError::Remainder));
}

#[test]
fn infinities_and_minus_zero_are_numbers() {
    let inf = n("1").div(&n("0")).unwrap();
    assert_eq!(inf.to_string(), "+Inf");
    assert_eq!(inf.neg().to_string(), "-Inf");
    assert_eq!(inf.sub(&inf), Err(NumberError::Sum));
    assert_eq!(n("0").div(&n("0")), Err(NumberError::Quotient));
    assert_eq!(n("0").mul(&n("-1")).unwrap().to_string(), "-0");
    assert_eq!(n("-0"), n("0"));
    assert_eq!(n("-0.5").ceil().to_string(), "0");
    assert_eq!(n("-1.5").floor().to_string(), "-2");
    assert!(inf > n("1e1000") && inf.neg() < n("-1e1000"));
}

#[test]
fn text_is_read_as_terraform_reads_it() {
    for (text, shown) in [
        ("1p5", "32"),
        ("1.", "1"),
        (".5", "0.5"),
        ("+5", "5"),
        ("1e-30", "0.000000000000000000000000000001"),
        ("inf", "+Inf"),
    ] {
        assert_eq!(n(text).to_string(), shown, "{text}");
    }
    assert_eq!(n("1e400").mul(&n("1e400")).unwrap().to_string(), format!("1{}", "0".repeat(800)));
    for bad in ["", ".", "0x1F", "1_000", " 5", "NaN", "1e", "1e+", "--1", "1e999999999999"] {
        assert!(bad.parse::<Number>().is_err(), "{bad}");
    }
}

#[test]
fn digits_of_any_base_up_to_62() {
    for (text, base, shown) in [
        ("ffffffffffffffffffffffffffffffffff", 16, "87112285931760246646623899502532662132735"),
        ("-FF", 16, "-255"),
        ("Z", 62, "61"),
        ("zZ", 62, "2231"),
    ] {
        assert_eq!(Number::from_digits(text, base).unwrap().to_string(), shown, "{text}");
    }
    assert!(Number::from_digits("12", 2).is_none());
    assert!(Number::from_digits("", 10).is_none());
}

#[test]
fn doubles_survive_the_way_there_and_back() {
    for f in [0.1, -1.5, f64::MAX, f64::MIN_POSITIVE, 5e-324, 2.5e-320, 1e22, 123456789.123] {
        assert_eq!(Number::from_f64(f).unwrap().to_f64(), f);
    }
    assert_eq!(n("1e400").to_f64(), f64::INFINITY);
    assert_eq!(n("0.1").to_f64(), 0.1);
    assert_eq!(n("1e-400").to_f64(), 0.0);
}

#[test]
fn formats_of_go() {
    assert_eq!(n("3.14159").to_fixed(Some(2)), "3.14");
    assert_eq!(n("0.5").to_fixed(Some(0)), "0");
    assert_eq!(n("1234567").to_exponential(Some(3), 'e'), "1.235e+06");
    assert_eq!(n("1234567").to_general(None, 'e'), "1.234567e+06");
    assert_eq!(n("100").to_general(Some(10), 'e'), "100");
    assert_eq!(n("12345678901").to_general(Some(10), 'e'), "1.23456789e+10");
    assert_eq!(n("255").to_radix(16, true).unwrap(), "FF");
    assert_eq!(n("-10").to_radix(2, false).unwrap(), "-1010");
}

#[test]
fn order_is_by_value_across_representations() {
    let mut all = [
        n("1e30"),
        n("-1e30"),
        n("0.5"),
        n("0"),
        n("9223372036854775807"),
        n("9223372036854775808"),
        n("-0.1"),
    ];
    all.sort();
    let shown: Vec<_> = all.iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "-1000000000000000000000000000000",
            "-0.1",
            "0",
            "0.5",
            "9223372036854775807",
            "9223372036854775808",
            "1000000000000000000000000000000"
        ]
    );
}
