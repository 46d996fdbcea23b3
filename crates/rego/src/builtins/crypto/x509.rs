//! Certificates and requests, as OPA shows them.

use data_encoding::BASE64;
use x509_parser::extensions::{GeneralName, ParsedExtension};
use x509_parser::prelude::{FromDer, X509Certificate, X509CertificationRequest, X509Name};

use crate::builtins::encoding::base64;
use crate::builtins::{Failure, Host, Outcome, failed, text};
use crate::{Number, Value};

/// Takes PEM blocks, or the base64 of either PEM or DER, as DER.
pub(super) fn blocks(text: &str, wanted: &[&str]) -> Result<Vec<Vec<u8>>, Failure> {
    let pem = |text: &str| -> Result<Vec<Vec<u8>>, Failure> {
        let blocks =
            pem::parse_many(text).map_err(|_| Failure::Error("x509: malformed certificate".to_string()))?;
        let of_kind = blocks.into_iter().filter(|block| wanted.contains(&block.tag()));
        Ok(of_kind.map(|block| block.into_contents()).collect())
    };
    if text.contains("-----BEGIN") {
        return pem(text);
    }
    let bytes = base64(text).map_err(Failure::Error)?;
    match std::str::from_utf8(&bytes) {
        Ok(inner) if inner.contains("-----BEGIN") => pem(inner),
        _ => Ok(vec![bytes]),
    }
}

pub(super) fn ders(text: &str) -> Result<Vec<Vec<u8>>, Failure> {
    let mut found = Vec::new();
    for block in blocks(text, &["CERTIFICATE"])? {
        // DER certificates may stand one behind the other.
        let mut rest = block.as_slice();
        while !rest.is_empty() {
            let (after, _) = X509Certificate::from_der(rest)
                .map_err(|_| Failure::Error("x509: malformed certificate".to_string()))?;
            found.push(rest.get(..rest.len() - after.len()).unwrap_or_default().to_vec());
            rest = after;
        }
    }
    Ok(found)
}

pub(super) fn certificate(der: &[u8]) -> Result<X509Certificate<'_>, Failure> {
    X509Certificate::from_der(der)
        .map(|(_, certificate)| certificate)
        .map_err(|_| Failure::Error("x509: malformed certificate".to_string()))
}

pub(super) fn parse_certificates(host: &mut Host, args: &[Value]) -> Outcome {
    let text = text(args, 0)?;
    host.grow(text.len() * 8)?;
    let ders = ders(text)?;
    Ok(Value::array(
        ders.iter()
            .map(|der| certificate(der).map(|found| describe(&found, der)))
            .collect::<Result<_, _>>()?,
    ))
}

fn strings(items: Vec<String>) -> Value {
    match items.is_empty() {
        true => Value::Null,
        false => Value::array(items.into_iter().map(Value::from).collect()),
    }
}

/// Describes a name: its well-known parts, and all of them.
fn name(name: &X509Name<'_>) -> Value {
    let by_oid = |oid: &str| -> Vec<String> {
        let all = name.iter_attributes().filter(|part| part.attr_type().to_id_string() == oid);
        all.filter_map(|part| part.as_str().ok().map(str::to_string)).collect()
    };
    let one = |oid: &str| Value::from(by_oid(oid).into_iter().next().unwrap_or_default());
    let names = name.iter_attributes().map(|part| {
        let oid = part.attr_type().to_id_string();
        let oid = oid.split('.').filter_map(|step| step.parse::<i64>().ok()).map(Value::from).collect();
        let value = part.as_str().map_or(Value::Null, Value::from);
        Value::object(vec![("Type".into(), Value::array(oid)), ("Value".into(), value)])
    });
    Value::object(vec![
        ("Country".into(), strings(by_oid("2.5.4.6"))),
        ("Organization".into(), strings(by_oid("2.5.4.10"))),
        ("OrganizationalUnit".into(), strings(by_oid("2.5.4.11"))),
        ("Locality".into(), strings(by_oid("2.5.4.7"))),
        ("Province".into(), strings(by_oid("2.5.4.8"))),
        ("StreetAddress".into(), strings(by_oid("2.5.4.9"))),
        ("PostalCode".into(), strings(by_oid("2.5.4.17"))),
        ("SerialNumber".into(), one("2.5.4.5")),
        ("CommonName".into(), one("2.5.4.3")),
        ("Names".into(), Value::array(names.collect())),
        ("ExtraNames".into(), Value::Null),
    ])
}

/// The names that a certificate or request is also for.
#[derive(Default)]
struct AlsoFor {
    dns: Vec<String>,
    email: Vec<String>,
    ip: Vec<String>,
    uri: Vec<String>,
}

impl AlsoFor {
    fn add(&mut self, names: &[GeneralName<'_>]) {
        for general in names {
            match general {
                GeneralName::DNSName(name) => self.dns.push(name.to_string()),
                GeneralName::RFC822Name(name) => self.email.push(name.to_string()),
                GeneralName::URI(uri) => self.uri.push(uri.to_string()),
                GeneralName::IPAddress(bytes) => {
                    if let Ok(four) = <[u8; 4]>::try_from(*bytes) {
                        self.ip.push(std::net::Ipv4Addr::from(four).to_string());
                    } else if let Ok(sixteen) = <[u8; 16]>::try_from(*bytes) {
                        self.ip.push(std::net::Ipv6Addr::from(sixteen).to_string());
                    }
                }
                _ => {}
            }
        }
    }

    fn entries(self) -> Vec<(Value, Value)> {
        let uris = self.uri.iter().map(|uri| {
            let (scheme, rest) = uri.split_once("://").unwrap_or(("", uri));
            let (host, path) = rest.find('/').and_then(|at| rest.split_at_checked(at)).unwrap_or((rest, ""));
            Value::object(vec![
                ("Scheme".into(), scheme.into()),
                ("Host".into(), host.into()),
                ("Path".into(), path.into()),
            ])
        });
        let uris = uris.collect::<Vec<_>>();
        vec![
            ("URIs".into(), if uris.is_empty() { Value::Null } else { Value::array(uris) }),
            ("URIStrings".into(), strings(self.uri)),
            ("DNSNames".into(), strings(self.dns)),
            ("EmailAddresses".into(), strings(self.email)),
            ("IPAddresses".into(), strings(self.ip)),
        ]
    }
}

/// The number that Go gives an algorithm.
fn algorithms(certificate: &X509Certificate<'_>) -> (i64, i64) {
    let signature = match certificate.signature_algorithm.algorithm.to_id_string().as_str() {
        "1.2.840.113549.1.1.4" => 2,
        "1.2.840.113549.1.1.5" => 3,
        "1.2.840.113549.1.1.11" => 4,
        "1.2.840.113549.1.1.12" => 5,
        "1.2.840.113549.1.1.13" => 6,
        "1.2.840.10045.4.1" => 9,
        "1.2.840.10045.4.3.2" => 10,
        "1.2.840.10045.4.3.3" => 11,
        "1.2.840.10045.4.3.4" => 12,
        "1.3.101.112" => 16,
        _ => 0,
    };
    let key = match certificate.public_key().algorithm.algorithm.to_id_string().as_str() {
        "1.2.840.113549.1.1.1" => 1,
        "1.2.840.10045.2.1" => 3,
        "1.3.101.112" => 4,
        _ => 0,
    };
    (signature, key)
}

pub(super) fn number(bytes: &[u8]) -> Value {
    let digits = dashu_int::UBig::from_be_bytes(bytes);
    Value::Number(Number::from_big(digits.into()))
}

fn time(stamp: i64) -> Value {
    jiff::Timestamp::from_second(stamp).map_or(Value::Null, |stamp| stamp.to_string().into())
}

pub(super) fn describe(found: &X509Certificate<'_>, der: &[u8]) -> Value {
    let mut also = AlsoFor::default();
    let mut usage = 0i64;
    for extension in found.extensions() {
        match extension.parsed_extension() {
            ParsedExtension::SubjectAlternativeName(names) => also.add(&names.general_names),
            ParsedExtension::KeyUsage(key) => usage = i64::from(key.flags),
            _ => {}
        }
    }
    let basic = found.basic_constraints().ok().flatten();
    let (signature, key) = algorithms(found);
    let encoded = |bytes: &[u8]| Value::from(BASE64.encode(bytes));
    let mut entries = also.entries();
    entries.extend([
        ("Raw".into(), encoded(der)),
        ("RawTBSCertificate".into(), encoded(found.tbs_certificate.as_ref())),
        ("RawSubjectPublicKeyInfo".into(), encoded(found.public_key().raw)),
        ("RawSubject".into(), encoded(found.subject().as_raw())),
        ("RawIssuer".into(), encoded(found.issuer().as_raw())),
        ("Signature".into(), encoded(&found.signature_value.data)),
        ("SignatureAlgorithm".into(), signature.into()),
        ("PublicKeyAlgorithm".into(), key.into()),
        ("Version".into(), i64::from(found.version().0 + 1).into()),
        ("SerialNumber".into(), number(found.tbs_certificate.raw_serial())),
        ("Issuer".into(), name(found.issuer())),
        ("Subject".into(), name(found.subject())),
        ("NotBefore".into(), time(found.validity().not_before.timestamp())),
        ("NotAfter".into(), time(found.validity().not_after.timestamp())),
        ("KeyUsage".into(), usage.into()),
        ("BasicConstraintsValid".into(), basic.is_some().into()),
        ("IsCA".into(), found.is_ca().into()),
        (
            "MaxPathLen".into(),
            basic.and_then(|basic| basic.value.path_len_constraint).map_or(-1, i64::from).into(),
        ),
    ]);
    Value::object(entries)
}

pub(super) fn parse_request(host: &mut Host, args: &[Value]) -> Outcome {
    let text = text(args, 0)?;
    host.grow(text.len() * 8)?;
    let blocks = blocks(text, &["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"])?;
    let Some(der) = blocks.first() else { return failed("invalid PEM-encoded certificate signing request") };
    let (_, request) = X509CertificationRequest::from_der(der)
        .map_err(|error| Failure::Error(format!("asn1: structure error: {error}")))?;
    let info = &request.certification_request_info;
    let mut also = AlsoFor::default();
    for extension in request.requested_extensions().into_iter().flatten() {
        if let ParsedExtension::SubjectAlternativeName(names) = extension {
            also.add(&names.general_names);
        }
    }
    let mut entries = also.entries();
    entries.extend([
        ("Raw".into(), BASE64.encode(der).into()),
        ("Version".into(), i64::from(info.version.0).into()),
        ("Subject".into(), name(&info.subject)),
        ("Signature".into(), BASE64.encode(&request.signature_value.data).into()),
    ]);
    Ok(Value::object(entries))
}
