//! Chains of certificates, from a root to a leaf, verified as Go verifies them.
//!
//! A chain with name constraints is never taken as verified: they are not worked out here.

use x509_parser::extensions::{GeneralName, ParsedExtension};
use x509_parser::prelude::X509Certificate;

use crate::Value;
use crate::builtins::arguments::collection;
use crate::builtins::{Failure, Host, Outcome, failed, object, text};

use super::keys;
use super::x509::{certificate, ders, describe};

/// What a chain is verified for.
struct Wanted {
    /// A name that the leaf must be for.
    name: Option<String>,
    /// Seconds since 1970.
    now: i64,
    /// What the leaf must be good for: one of these identifiers.
    usages: Vec<&'static str>,
}

const ANY_USAGE: &str = "2.5.29.37.0";
const SERVER_AUTH: &str = "1.3.6.1.5.5.7.3.1";

/// OPA's names of extended key usages, and their identifiers.
const USAGES: &[(&str, &str)] = &[
    ("KeyUsageAny", ANY_USAGE),
    ("KeyUsageServerAuth", SERVER_AUTH),
    ("KeyUsageClientAuth", "1.3.6.1.5.5.7.3.2"),
    ("KeyUsageCodeSigning", "1.3.6.1.5.5.7.3.3"),
    ("KeyUsageEmailProtection", "1.3.6.1.5.5.7.3.4"),
    ("KeyUsageIPSECEndSystem", "1.3.6.1.5.5.7.3.5"),
    ("KeyUsageIPSECTunnel", "1.3.6.1.5.5.7.3.6"),
    ("KeyUsageIPSECUser", "1.3.6.1.5.5.7.3.7"),
    ("KeyUsageTimeStamping", "1.3.6.1.5.5.7.3.8"),
    ("KeyUsageOCSPSigning", "1.3.6.1.5.5.7.3.9"),
    ("KeyUsageMicrosoftServerGatedCrypto", "1.3.6.1.4.1.311.10.3.3"),
    ("KeyUsageNetscapeServerGatedCrypto", "2.16.840.1.113730.4.1"),
    ("KeyUsageMicrosoftCommercialCodeSigning", "1.3.6.1.4.1.311.2.1.22"),
    ("KeyUsageMicrosoftKernelCodeSigning", "1.3.6.1.4.1.311.61.1.1"),
];

pub(super) fn parse_and_verify(host: &mut Host, args: &[Value]) -> Outcome {
    let wanted = Wanted { name: None, now: host.now / 1_000_000_000, usages: vec![SERVER_AUTH] };
    verify(host, text(args, 0)?, &wanted)
}

pub(super) fn parse_and_verify_with_options(host: &mut Host, args: &[Value]) -> Outcome {
    let chain = text(args, 0)?;
    let wanted = options(host, args)?;
    verify(host, chain, &wanted)
}

fn options(host: &Host, args: &[Value]) -> Result<Wanted, Failure> {
    let mut wanted = Wanted { name: None, now: host.now / 1_000_000_000, usages: Vec::new() };
    for (key, value) in object(args, 1)?.iter() {
        match key.as_str() {
            Some("DNSName") => {
                let Some(name) = value.as_str() else { return failed("'DNSName' should be a string") };
                wanted.name = (!name.is_empty()).then(|| name.to_string());
            }
            Some("CurrentTime") => {
                let Some(number) = value.as_number() else {
                    return failed("'CurrentTime' should be a number");
                };
                let Some(nanos) = number.as_i64() else {
                    return failed("'CurrentTime' should be a valid int64 number");
                };
                wanted.now = nanos.div_euclid(1_000_000_000);
            }
            // Constraints are not worked out here, so there is nothing to limit.
            Some("MaxConstraintComparisons") if value.as_number().is_some() => {}
            Some("MaxConstraintComparisons") => {
                return failed("'MaxConstraintComparisons' should be a number");
            }
            Some("KeyUsages") => {
                let wrong = |_| Failure::Error("'KeyUsages' should be an Array or Set".to_string());
                for usage in collection(std::slice::from_ref(value), 0, "array").map_err(wrong)? {
                    let Some(name) = usage.as_str() else { continue };
                    match USAGES.iter().find(|(known, _)| *known == name) {
                        Some((_, id)) => wanted.usages.push(id),
                        None => return failed(format!("invalid entries for 'KeyUsages' found: [{name}]")),
                    }
                }
            }
            Some(_) => return failed("invalid key option"),
            None => {}
        }
    }
    if wanted.usages.is_empty() {
        wanted.usages.push(SERVER_AUTH);
    }
    Ok(wanted)
}

/// Returns whether the chain holds, from the first certificate, the root, to the last, the leaf.
fn verify(host: &mut Host, text: &str, wanted: &Wanted) -> Outcome {
    host.grow(text.len() * 8)?;
    let invalid = || Ok(Value::array(vec![false.into(), Value::array(Vec::new())]));
    let Ok(ders) = ders(text) else { return invalid() };
    let chain = ders.iter().map(|der| certificate(der)).collect::<Result<Vec<_>, _>>()?;
    let Some((leaf, issuers)) = chain.split_last().filter(|(_, issuers)| !issuers.is_empty()) else {
        return invalid();
    };
    for pair in chain.windows(2) {
        let [issuer, subject] = pair else { return invalid() };
        host.tick(5_000)?;
        if !issued(issuer, subject, wanted.now) {
            return invalid();
        }
    }
    // Other authorities between an issuer and the leaf.
    let too_long = issuers.iter().rev().enumerate().any(|(between, issuer)| {
        let basic = issuer.basic_constraints().ok().flatten();
        let most = basic.and_then(|basic| basic.value.path_len_constraint);
        most.is_some_and(|most| between > most as usize)
    });
    let constrained = issuers.iter().any(|issuer| !matches!(issuer.name_constraints(), Ok(None)));
    let useful = chain.iter().all(|one| is_for_use(one, &wanted.usages));
    let named = wanted.name.as_ref().is_none_or(|name| is_for_name(leaf, name));
    if too_long || constrained || !useful || !named {
        return invalid();
    }
    // The leaf comes first.
    let described = chain.iter().zip(&ders).rev().map(|(found, der)| describe(found, der));
    Ok(Value::array(vec![true.into(), Value::array(described.collect())]))
}

fn issued(issuer: &X509Certificate<'_>, subject: &X509Certificate<'_>, now: i64) -> bool {
    let valid = |certificate: &X509Certificate<'_>| {
        let validity = certificate.validity();
        validity.not_before.timestamp() <= now && now <= validity.not_after.timestamp()
    };
    let bits = match subject.signature_algorithm.algorithm.to_id_string().as_str() {
        "1.2.840.113549.1.1.11" | "1.2.840.10045.4.3.2" => 256,
        "1.2.840.113549.1.1.12" | "1.2.840.10045.4.3.3" => 384,
        "1.2.840.113549.1.1.13" | "1.2.840.10045.4.3.4" | "1.3.101.112" => 512,
        _ => return false,
    };
    let Some(key) = keys::from_spki(issuer.public_key().raw) else { return false };
    valid(issuer)
        && valid(subject)
        && issuer.is_ca()
        && issuer.subject() == subject.issuer()
        && key.verify_der(bits, subject.tbs_certificate.as_ref(), &subject.signature_value.data)
}

/// Tells whether a certificate may be used for one of these; one that names no uses may be used for all.
fn is_for_use(certificate: &X509Certificate<'_>, wanted: &[&str]) -> bool {
    if wanted.contains(&ANY_USAGE) {
        return true;
    }
    let extended = certificate.extensions().iter().find_map(|extension| match extension.parsed_extension() {
        ParsedExtension::ExtendedKeyUsage(usage) => Some(usage),
        _ => None,
    });
    let Some(usage) = extended else { return true };
    let flags = [
        (usage.any, ANY_USAGE),
        (usage.server_auth, SERVER_AUTH),
        (usage.client_auth, "1.3.6.1.5.5.7.3.2"),
        (usage.code_signing, "1.3.6.1.5.5.7.3.3"),
        (usage.email_protection, "1.3.6.1.5.5.7.3.4"),
        (usage.time_stamping, "1.3.6.1.5.5.7.3.8"),
        (usage.ocsp_signing, "1.3.6.1.5.5.7.3.9"),
    ];
    usage.any
        || flags.iter().any(|(set, id)| *set && wanted.contains(id))
        || usage.other.iter().any(|id| wanted.contains(&id.to_id_string().as_str()))
}

/// Tells whether a certificate is for a host: a name, of which `*` may stand for the first label, or an address.
fn is_for_name(certificate: &X509Certificate<'_>, wanted: &str) -> bool {
    let names: Vec<&GeneralName<'_>> = certificate
        .extensions()
        .iter()
        .filter_map(|extension| match extension.parsed_extension() {
            ParsedExtension::SubjectAlternativeName(names) => Some(&names.general_names),
            _ => None,
        })
        .flatten()
        .collect();
    let bare = wanted.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(wanted);
    if let Ok(address) = bare.parse::<std::net::IpAddr>() {
        let octets = match address {
            std::net::IpAddr::V4(four) => four.octets().to_vec(),
            std::net::IpAddr::V6(six) => six.octets().to_vec(),
        };
        return names.iter().any(|name| matches!(name, GeneralName::IPAddress(bytes) if *bytes == octets));
    }
    let wanted = wanted.trim_end_matches('.').to_lowercase();
    names.iter().any(|name| {
        let GeneralName::DNSName(pattern) = name else { return false };
        let pattern = pattern.trim_end_matches('.').to_lowercase();
        match pattern.strip_prefix("*.") {
            Some(rest) => {
                wanted.split_once('.').is_some_and(|(first, domain)| !first.is_empty() && domain == rest)
            }
            None => pattern == wanted,
        }
    })
}
