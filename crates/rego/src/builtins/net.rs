//! Networks.

use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use crate::Value;

use super::arguments::collection;
use super::{Builtin, Failure, Host, Outcome, builtin, deprecated, failed, text};

pub(super) const BUILTINS: &[Builtin] = &[
    builtin("net.cidr_contains", 2, contains),
    deprecated("net.cidr_overlap", 2, contains),
    builtin("net.cidr_contains_matches", 2, contains_matches),
    builtin("net.cidr_intersects", 2, |_, args| {
        let (a, b) = (network(text(args, 0)?)?, network(text(args, 1)?)?);
        Ok(Value::Bool(a.contains(&b.network()) || b.contains(&a.network())))
    }),
    builtin("net.cidr_expand", 1, expand),
    builtin("net.cidr_is_valid", 1, |_, args| {
        Ok(Value::Bool(args.first().and_then(Value::as_str).is_some_and(|text| network(text).is_ok())))
    }),
    builtin("net.cidr_merge", 1, merge),
];

fn network(text: &str) -> Result<IpNet, Failure> {
    text.parse().map_err(|_| Failure::Error(format!("invalid CIDR address: {text:.100}")))
}

/// Takes a network, or an address as a network of one.
fn network_or_address(text: &str) -> Result<IpNet, Failure> {
    match text.parse::<IpAddr>() {
        Ok(address) => Ok(IpNet::from(address)),
        Err(_) => text.parse().map_err(|_| {
            let what = "not a valid textual representation of an IP address or CIDR";
            Failure::Error(format!("{what}: {text:.100}"))
        }),
    }
}

fn contains(_: &mut Host, args: &[Value]) -> Outcome {
    let (whole, part) = (network(text(args, 0)?)?, network_or_address(text(args, 1)?)?);
    Ok(Value::Bool(whole.contains(&part)))
}

/// Takes networks with their keys: one string, or a collection of strings or arrays that begin with one.
fn networks(args: &[Value], at: usize) -> Result<Vec<(Value, IpNet)>, Failure> {
    let element = |key: Value, item: &Value| -> Result<(Value, IpNet), Failure> {
        let wrong =
            || Failure::Error(format!("operand {}: element must be string or non-empty array", at + 1));
        let text = match item {
            Value::String(text) => text,
            Value::Array(items) => match items.first() {
                Some(Value::String(text)) => text,
                _ => return Err(wrong()),
            },
            _ => return Err(wrong()),
        };
        Ok((key, network_or_address(text).or_else(|_| network(text))?))
    };
    match args.get(at) {
        Some(Value::String(text)) => Ok(vec![(Value::String(text.clone()), network_or_address(text)?)]),
        Some(Value::Array(items)) => {
            items.iter().enumerate().map(|(key, item)| element(Value::from(key), item)).collect()
        }
        Some(Value::Set(items)) => items.iter().map(|item| element(item.clone(), item)).collect(),
        Some(Value::Object(entries)) => {
            entries.iter().map(|(key, item)| element(key.clone(), item)).collect()
        }
        _ => Ok(Vec::new()),
    }
}

fn contains_matches(host: &mut Host, args: &[Value]) -> Outcome {
    let (wholes, parts) = (networks(args, 0)?, networks(args, 1)?);
    let mut found = Vec::new();
    for (key, whole) in &wholes {
        host.tick(parts.len())?;
        for (inner, part) in &parts {
            if whole.contains(part) {
                host.grow(72)?;
                found.push(Value::array(vec![key.clone(), inner.clone()]));
            }
        }
    }
    Ok(Value::set(found))
}

fn expand(host: &mut Host, args: &[Value]) -> Outcome {
    let network = network(text(args, 0)?)?;
    let addresses: Box<dyn Iterator<Item = IpAddr>> = match network {
        IpNet::V4(net) => {
            let (from, to) = (u32::from(net.network()), u32::from(net.broadcast()));
            Box::new((from..=to).map(|bits| IpAddr::from(bits.to_be_bytes())))
        }
        IpNet::V6(net) => {
            let (from, to) = (u128::from(net.network()), u128::from(net.broadcast()));
            Box::new((from..=to).map(|bits| IpAddr::from(bits.to_be_bytes())))
        }
    };
    let mut found = Vec::new();
    for address in addresses {
        host.grow(64)?;
        found.push(Value::from(address.to_string()));
    }
    Ok(Value::set(found))
}

fn merge(host: &mut Host, args: &[Value]) -> Outcome {
    let wrong = |_| Failure::Error("operand must be an array".to_string());
    let items = collection(args, 0, "array").map_err(wrong)?;
    let (mut fours, mut sixes): (Vec<Ipv4Net>, Vec<Ipv6Net>) = (Vec::new(), Vec::new());
    for item in items {
        let Some(text) = item.as_str() else {
            return failed("element must be string");
        };
        host.tick(16)?;
        match text.parse::<IpNet>() {
            Ok(IpNet::V4(net)) => fours.push(net.trunc()),
            Ok(IpNet::V6(net)) => sixes.push(net.trunc()),
            Err(_) => match text.parse::<IpAddr>() {
                // An old-style address has the length of its class.
                Ok(IpAddr::V4(address)) => {
                    let length = match address.octets().first() {
                        Some(0..=127) => 8,
                        Some(128..=191) => 16,
                        Some(192..=223) => 24,
                        _ => 32,
                    };
                    let net =
                        Ipv4Net::new(address, length).map_err(|error| Failure::Error(error.to_string()))?;
                    fours.push(net.trunc());
                }
                Ok(IpAddr::V6(_)) => return failed("IPv6 invalid: needs prefix length"),
                Err(_) => return failed(format!("invalid CIDR address: {text:.100}")),
            },
        }
    }
    let fours = Ipv4Net::aggregate(&fours).into_iter().map(|net| Value::from(net.to_string()));
    let sixes = Ipv6Net::aggregate(&sixes).into_iter().map(|net| Value::from(net.to_string()));
    Ok(Value::set(fours.chain(sixes).collect()))
}
