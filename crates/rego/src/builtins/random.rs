//! Random numbers and UUIDs, out of the caller's seed; and the caller's time.

use crate::{Number, Value};

use super::{Builtin, Failure, Host, Outcome, builtin, int, text};

pub(super) const BUILTINS: &[Builtin] =
    &[builtin("rand.intn", 2, intn), builtin("uuid.rfc4122", 1, uuid), builtin("uuid.parse", 1, parse)];

/// SplitMix64 over the seed and a key: the same key gives the same bits.
fn bits(seed: u64, key: &str, salt: u64) -> u64 {
    let mut state = seed ^ salt.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for byte in key.bytes() {
        state = mix(state ^ u64::from(byte));
    }
    mix(state)
}

fn mix(state: u64) -> u64 {
    let state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

fn intn(host: &mut Host, args: &[Value]) -> Outcome {
    let key = text(args, 0)?;
    let limit = int(args, 1)?.unsigned_abs();
    if limit == 0 {
        return Ok(Value::from(0));
    }
    let drawn = bits(host.seed, &format!("{key}/{limit}"), 1) % limit;
    Ok(Value::Number(Number::from_big(drawn.into())))
}

fn uuid(host: &mut Host, args: &[Value]) -> Outcome {
    let key = text(args, 0)?;
    let bytes = u128::from(bits(host.seed, key, 2)) << 64 | u128::from(bits(host.seed, key, 3));
    let id = ::uuid::Builder::from_random_bytes(bytes.to_be_bytes()).into_uuid();
    Ok(Value::from(id.to_string()))
}

fn parse(_: &mut Host, args: &[Value]) -> Outcome {
    let id = text(args, 0)?;
    let Ok(id) = ::uuid::Uuid::parse_str(id) else { return Err(Failure::Undefined) };
    let bytes = id.as_bytes();
    let variant = match id.get_variant() {
        ::uuid::Variant::NCS => "Reserved",
        ::uuid::Variant::RFC4122 => "RFC4122",
        ::uuid::Variant::Microsoft => "Microsoft",
        _ => "Future",
    };
    let version = id.get_version_num();
    let mut entries: Vec<(Value, Value)> =
        vec![("version".into(), Value::from(version)), ("variant".into(), variant.into())];
    if matches!(version, 1 | 2) {
        let node: Vec<String> = bytes.iter().skip(10).map(|byte| format!("{byte:02x}")).collect();
        let sequence = i64::from(bytes.get(8).copied().unwrap_or(0) & 0x3f) << 8
            | i64::from(bytes.get(9).copied().unwrap_or(0));
        let (low, middle, high, _) = id.as_fields();
        let ticks = (i128::from(high & 0x0fff) << 48 | i128::from(middle) << 32 | i128::from(low))
            - 0x01b2_1dd2_1381_4000;
        let time = ticks * 100;
        let first = bytes.get(10).copied().unwrap_or(0);
        let scope = if first & 2 != 0 { "local" } else { "global" };
        let cast = if first & 1 != 0 { "multicast" } else { "unicast" };
        let mac = format!("{scope}:{cast}");
        entries.push(("nodeid".into(), node.join("-").into()));
        entries.push(("macvariables".into(), mac.into()));
        entries.push(("clocksequence".into(), Value::from(sequence)));
        entries.push(("time".into(), Value::Number(Number::from_big(time.into()))));
    }
    if version == 2 {
        let (id, ..) = id.as_fields();
        entries.push(("id".into(), Value::from(i64::from(id))));
        let domain = match bytes.get(9) {
            Some(0) => "Person".to_string(),
            Some(1) => "Group".to_string(),
            Some(2) => "Org".to_string(),
            other => format!("Domain{}", other.copied().unwrap_or(0)),
        };
        entries.push(("domain".into(), domain.into()));
    }
    Ok(Value::object(entries))
}
