//! Functions over IP networks.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use trueline_model::{Kind, Number, Type, Value};

use super::call::whole_number;
use super::error::Fail;
use super::spec::{Call, Param, Spec, Ty};

const PREFIX: Param = Param::new("prefix", Ty::String);

pub(super) static SPECS: &[Spec] = &[
    Spec::new(
        "cidrcontains",
        &[Param::new("containing_prefix", Ty::String), Param::new("contained_ip_or_prefix", Ty::String)],
        Ty::Bool,
        contains,
    ),
    Spec::new("cidrhost", &[PREFIX, Param::new("hostnum", Ty::Number)], Ty::String, host),
    Spec::new("cidrnetmask", &[PREFIX], Ty::String, netmask),
    Spec::new(
        "cidrsubnet",
        &[PREFIX, Param::new("newbits", Ty::Number), Param::new("netnum", Ty::Number)],
        Ty::String,
        subnet,
    ),
    Spec::new("cidrsubnets", &[PREFIX], Ty::Strings, subnets).variadic(Param::new("newbits", Ty::Number)),
];

/// A network: the address as a number, how many bits addresses have, and how many of them are fixed.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Network {
    address: u128,
    bits: u32,
    length: u32,
}

impl Network {
    fn mask(self) -> u128 {
        low_bits(self.bits) & !low_bits(self.bits - self.length)
    }

    fn first(self) -> u128 {
        self.address & self.mask()
    }

    fn last(self) -> u128 {
        self.first() | low_bits(self.bits - self.length)
    }

    fn text(self) -> String {
        format!("{}/{}", address(self.address, self.bits), self.length)
    }
}

const fn low_bits(n: u32) -> u128 {
    match n {
        0 => 0,
        n if n >= 128 => u128::MAX,
        n => (1 << n) - 1,
    }
}

/// The text of an address; IPv6 addresses that stand for IPv4 ones are written as those.
fn address(a: u128, bits: u32) -> String {
    const MAPPED: u128 = 0xffff << 32;
    if bits == 32 || a & !low_bits(32) == MAPPED {
        return Ipv4Addr::from(u32::try_from(a & low_bits(32)).unwrap_or(0)).to_string();
    }
    // Go shortens the longest run of zeros as Rust does, but knows no form with dots.
    let groups = Ipv6Addr::from(a).segments();
    let (mut best, mut run): ((usize, usize), (usize, usize)) = ((0, 0), (0, 0));
    for (i, g) in groups.iter().enumerate() {
        run = if *g != 0 { (i + 1, 0) } else { (run.0, run.1 + 1) };
        if run.1 > best.1 {
            best = run;
        }
    }
    let hex = |gs: &[u16]| gs.iter().map(|g| format!("{g:x}")).collect::<Vec<_>>().join(":");
    if best.1 < 2 {
        return hex(&groups);
    }
    let front = groups.get(..best.0).unwrap_or_default();
    let back = groups.get(best.0 + best.1..).unwrap_or_default();
    format!("{}::{}", hex(front), hex(back))
}

/// Reads an address; numbers with leading zeros are decimal, as Terraform keeps them.
fn parse_address(text: &str) -> Option<(u128, u32)> {
    if text.contains(':') {
        // The part with dots may have leading zeros, which the standard library refuses.
        if let Some((front, v4)) = text.rsplit_once(':').filter(|(_, t)| t.contains('.')) {
            let v4 = parse_v4(v4)?;
            let text = format!("{front}:{:x}:{:x}", v4 >> 16, v4 & 0xffff);
            return text.parse::<Ipv6Addr>().ok().map(|a| (a.into(), 128));
        }
        return text.parse::<Ipv6Addr>().ok().map(|a| (a.into(), 128));
    }
    parse_v4(text).map(|a| (u128::from(a), 32))
}

fn parse_v4(text: &str) -> Option<u32> {
    let parts: Vec<&str> = text.split('.').collect();
    let [_, _, _, _] = parts.as_slice() else { return None };
    let mut out = 0u32;
    for p in parts {
        if p.is_empty() || p.len() > 16 || !p.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let n: u64 = p.parse().ok()?;
        out = out << 8 | u32::from(u8::try_from(n).ok()?);
    }
    Some(out)
}

fn parse(text: &str) -> Option<Network> {
    let (front, length) = text.split_once('/')?;
    let (address, bits) = parse_address(front)?;
    if length.is_empty() || length.len() > 8 || !length.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let length: u32 = length.parse().ok().filter(|l| *l <= bits)?;
    let mut n = Network { address, bits, length };
    n.address = n.first();
    Some(n)
}

fn network(c: &Call<'_>) -> Result<Network, String> {
    let text = c.text(0).map_err(|_| String::new())?;
    parse(text).ok_or_else(|| format!("invalid CIDR expression: invalid CIDR address: {text}"))
}

/// A whole number of any size; beyond 128 bits only its sign and that it is too large are kept.
fn whole(n: &Number) -> Result<(bool, Option<u128>), Fail> {
    if !n.is_integer() {
        return Err("value must be a whole number".into());
    }
    Ok((n.is_negative() && !n.is_zero(), n.abs().to_string().parse().ok()))
}

fn host(c: &Call<'_>) -> Result<Value, Fail> {
    let number = c.number(1)?;
    let (negative, size) = whole(number)?;
    let net = network(c)?;
    let most = low_bits(net.bits - net.length);
    let refuse =
        |n: String| Fail::said(format!("prefix of {} does not accommodate a host numbered {n}", net.length));
    let number = match (negative, size) {
        (false, Some(n)) if n <= most => n,
        (true, Some(n)) if n - 1 <= most => most - (n - 1),
        // Counted from the end, the number that Terraform names has gone through its own arithmetic.
        (true, Some(_)) => return Err(refuse(String::new())),
        _ => return Err(refuse(number.to_string())),
    };
    Ok(Value::string(address(net.first() | number, net.bits)))
}

fn netmask(c: &Call<'_>) -> Result<Value, Fail> {
    let net = network(c)?;
    if net.bits == 128 {
        return Err(format!("IPv6 addresses cannot have a netmask: {}", c.text(0)?).into());
    }
    Ok(Value::string(address(net.mask(), net.bits)))
}

fn subnet(c: &Call<'_>) -> Result<Value, Fail> {
    let new = c.int(1)?;
    let number = c.number(2)?;
    let (negative, size) = whole(number)?;
    let net = network(c)?;
    let length = i64::from(net.length).saturating_add(new);
    if length > i64::from(net.bits) {
        return Err(format!("insufficient address space to extend prefix of {} by {new}", net.length).into());
    }
    let length = u32::try_from(length).map_err(|_| {
        Fail::said(format!("insufficient address space to extend prefix of {} by {new}", net.length))
    })?;
    let most = low_bits(u32::try_from(new).unwrap_or(0));
    let number = size.filter(|n| !negative && *n <= most || new < 0 && *n == 0).ok_or_else(|| {
        Fail::said(format!("prefix extension of {new} does not accommodate a subnet numbered {number}"))
    })?;
    let shifted = if net.bits == length { number } else { number << (net.bits - length) };
    Ok(Value::string(Network { address: net.first() | shifted, bits: net.bits, length }.text()))
}

fn subnets(c: &Call<'_>) -> Result<Value, Fail> {
    let net = network(c).map_err(|e| Fail::arg(0, e))?;
    let mut out: Vec<Value> = Vec::new();
    // The last address that is taken; before the first subnet, none.
    let mut taken: Option<Network> = None;
    for i in 1..c.args.len() {
        let new = c.number(i)?.as_i64().ok_or_else(|| Fail::arg(i, whole_number()))?;
        if new < 1 {
            return Err(Fail::arg(i, "must extend prefix by at least one bit"));
        }
        let extended = u32::try_from(new).ok().filter(|n| *n <= 32);
        let Some(new) = extended else {
            return Err(Fail::arg(i, "may not extend prefix by more than 32 bits"));
        };
        let length = net.length + new;
        if length > net.bits {
            let protocol = if net.bits == 32 { "IPv4" } else { "IPv6" };
            let message =
                format!("would extend prefix to {length} bits, which is too long for an {protocol} address");
            return Err(Fail::arg(i, message));
        }
        let full = |after: Network| {
            Fail::arg(
                i,
                format!(
                    "not enough remaining address space for a subnet with a prefix of {length} bits after {}",
                    after.text()
                ),
            )
        };
        let start = match taken {
            None => net.first(),
            Some(before) => {
                let size = low_bits(net.bits - length);
                let end = before.last() | size;
                match end.checked_add(1).filter(|s| *s <= net.last()) {
                    Some(s) => s,
                    None => return Err(full(before)),
                }
            }
        };
        let next = Network { address: start, bits: net.bits, length };
        out.push(Value::string(next.text()));
        taken = Some(next);
    }
    Ok(Kind::List(Type::String, Arc::new(out)).into())
}

fn contains(c: &Call<'_>) -> Result<Value, Fail> {
    let outer = network(c)?;
    let text = c.text(1)?;
    let inner = match text.contains('/') {
        true => parse(text),
        false => parse_address(text).map(|(address, bits)| Network { address, bits, length: bits }),
    };
    let inner = inner.ok_or_else(|| Fail::said(format!("invalid IP address or prefix: {text}")))?;
    if inner.bits != outer.bits {
        return Err(format!("address family mismatch: {} vs. {text}", c.text(0)?).into());
    }
    Ok(Value::bool(outer.first() <= inner.first() && inner.last() <= outer.last()))
}
