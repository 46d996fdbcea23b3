//! Base64, URLs and other encodings of texts.

use std::io::{Read, Write};
use std::sync::Arc;

use base64::Engine;
use base64::alphabet;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use trueline_model::{Kind, Value};

use super::call::{Marks, bound_text};
use super::error::Fail;
use super::spec::{Call, Param, Spec, Ty};
use trueline_provider::convert::{quote, string};

const STR: &[Param] = &[Param::new("str", Ty::String)];

pub(super) static SPECS: &[Spec] = &[
    Spec::new("base64decode", &[Param::new("str", Ty::String).unknown().marked()], Ty::String, base64_decode),
    Spec::new("base64encode", STR, Ty::String, |c| Ok(Value::string(STANDARD.encode(c.text(0)?)))),
    Spec::new("base64gzip", STR, Ty::String, base64_gzip),
    Spec::new("base64gunzip", STR, Ty::String, base64_gunzip),
    Spec::new("textdecodebase64", &[Param::new("source", Ty::String), ENCODING], Ty::String, text_decode),
    Spec::new("textencodebase64", &[Param::new("string", Ty::String), ENCODING], Ty::String, text_encode),
    Spec::new("urlencode", STR, Ty::String, |c| Ok(Value::string(url_encode(c.text(0)?)))),
    Spec::new("urldecode", STR, Ty::String, url_decode),
];

const ENCODING: Param = Param::new("encoding", Ty::String);

/// Base64 as Terraform reads it: line breaks are skipped, padding is needed, the last bits may be anything.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

/// The bytes of a base64 text.
///
/// # Errors
/// The offset of the first character that is wrong.
pub(super) fn from_base64(text: &str) -> Result<Vec<u8>, usize> {
    let plain: String = text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
    LENIENT.decode(&plain).map_err(|e| match e {
        base64::DecodeError::InvalidByte(i, _) | base64::DecodeError::InvalidLastSymbol { offset: i, .. } => {
            i
        }
        _ => plain.len() / 4 * 4,
    })
}

fn base64_decode(c: &Call<'_>) -> Result<Value, Fail> {
    let v = c.arg(0);
    let mut marks = Marks::default();
    marks.note(v);
    if v.is_unknown() {
        return Ok(marks.put(c.unknown_value()));
    }
    let text = c.text(0)?;
    let shown = || if v.sensitive { "(sensitive value)".to_owned() } else { quote(text) };
    let bytes =
        from_base64(text).map_err(|_| Fail::said(format!("failed to decode base64 data {}", shown())))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Fail::from("the result of decoding the provided string is not valid UTF-8"))?;
    Ok(marks.put(string(&text)))
}

/// Compression has no one result: levels and libraries differ byte by byte, so only what is compressed is known.
fn base64_gzip(c: &Call<'_>) -> Result<Value, Fail> {
    c.text(0)?;
    let mut u = c.unknown();
    u.prefix = Some("H4sIAAAAAAAA".into());
    Ok(Kind::Unknown(Arc::new(u)).into())
}

fn base64_gunzip(c: &Call<'_>) -> Result<Value, Fail> {
    let text = c.text(0)?;
    let bytes =
        from_base64(text).map_err(|_| Fail::said(format!("failed to decode base64 data {}", quote(text))))?;
    let mut out = Vec::new();
    let most = super::MAX_TEXT as u64 + 1;
    flate2::read::GzDecoder::new(bytes.as_slice())
        .take(most)
        .read_to_end(&mut out)
        .map_err(|e| Fail::said(format!("failed to gunzip bytes: {e}")))?;
    bound_text(out.len())?;
    let text = String::from_utf8(out)
        .map_err(|_| Fail::from("the result of gunzipping the provided string is not valid UTF-8"))?;
    Ok(string(&text))
}

/// Encodings by the names that IANA gives them.
enum Encoding {
    Utf8,
    Utf16 { big: bool },
    Latin1,
    Ascii,
    Other(&'static encoding_rs::Encoding),
}

fn encoding(name: &str) -> Option<(Encoding, String)> {
    let upper = name.trim().to_ascii_uppercase();
    Some(match upper.as_str() {
        "UTF-8" | "UTF8" | "CSUTF8" => (Encoding::Utf8, "UTF-8".to_owned()),
        "UTF-16LE" | "CSUTF16LE" => (Encoding::Utf16 { big: false }, "UTF-16LE".to_owned()),
        "UTF-16BE" | "CSUTF16BE" => (Encoding::Utf16 { big: true }, "UTF-16BE".to_owned()),
        "US-ASCII" | "ASCII" | "US" | "CSASCII" | "ISO646-US" => (Encoding::Ascii, "US-ASCII".to_owned()),
        "ISO-8859-1" | "ISO8859-1" | "ISO_8859-1" | "LATIN1" | "L1" | "CP819" | "IBM819" => {
            (Encoding::Latin1, "ISO_8859-1:1987".to_owned())
        }
        _ => {
            let found = encoding_rs::Encoding::for_label_no_replacement(name.as_bytes())?;
            // Names of the web that mean another encoding to IANA are not taken for it.
            if found == encoding_rs::UTF_16LE || found == encoding_rs::UTF_8 {
                return None;
            }
            (Encoding::Other(found), found.name().to_owned())
        }
    })
}

fn encoding_of(c: &Call<'_>) -> Result<(Encoding, String), Fail> {
    let name = c.text(1)?;
    encoding(name).ok_or_else(|| {
        let name = quote(name);
        Fail::arg(
            1,
            format!("{name} is not a supported IANA encoding name or alias in this Terraform version"),
        )
    })
}

fn text_encode(c: &Call<'_>) -> Result<Value, Fail> {
    let (encoding, name) = encoding_of(c)?;
    let text = c.text(0)?;
    let wrong =
        || Fail::arg(0, format!("the given string contains characters that cannot be represented in {name}"));
    let bytes: Vec<u8> = match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf16 { big: false } => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16 { big: true } => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        Encoding::Ascii => text.is_ascii().then(|| text.as_bytes().to_vec()).ok_or_else(wrong)?,
        Encoding::Latin1 => {
            text.chars().map(|c| u8::try_from(c as u32).map_err(|_| wrong())).collect::<Result<_, _>>()?
        }
        Encoding::Other(e) => match e.encode(text) {
            (bytes, _, false) => bytes.into_owned(),
            _ => return Err(wrong()),
        },
    };
    Ok(Value::string(STANDARD.encode(bytes)))
}

fn text_decode(c: &Call<'_>) -> Result<Value, Fail> {
    let (encoding, name) = encoding_of(c)?;
    let bytes = from_base64(c.text(0)?).map_err(|i| {
        Fail::arg(0, format!("the given value is has an invalid base64 symbol at offset {i}"))
    })?;
    let wrong = || Fail::arg(0, format!("the given string contains symbols that are not defined for {name}"));
    let wide = |read: fn([u8; 2]) -> u16| {
        let units = bytes.chunks(2).map(|pair| <[u8; 2]>::try_from(pair).map(read).unwrap_or(0xfffd));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>()
    };
    let text = match encoding {
        Encoding::Utf8 => String::from_utf8(bytes).map_err(|_| wrong())?,
        Encoding::Utf16 { big: false } => wide(u16::from_le_bytes),
        Encoding::Utf16 { big: true } => wide(u16::from_be_bytes),
        Encoding::Ascii if !bytes.is_ascii() => return Err(wrong()),
        Encoding::Ascii | Encoding::Latin1 => bytes.iter().copied().map(char::from).collect(),
        Encoding::Other(e) => e.decode_without_bom_handling(&bytes).0.into_owned(),
    };
    if text.contains(char::REPLACEMENT_CHARACTER) {
        return Err(wrong());
    }
    Ok(string(&text))
}

fn url_encode(s: &str) -> String {
    let mut out = Vec::with_capacity(s.len());
    for b in s.bytes() {
        match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(b),
            b' ' => out.push(b'+'),
            _ => {
                let _ = write!(out, "%{b:02X}");
            }
        }
    }
    String::from_utf8(out).unwrap_or_default()
}

fn url_decode(c: &Call<'_>) -> Result<Value, Fail> {
    let text = c.text(0)?;
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(b) = bytes.next() {
        match b {
            b'+' => out.push(b' '),
            b'%' => {
                let pair = [bytes.next(), bytes.next()];
                let digit = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16));
                let [Some(high), Some(low)] = pair.map(digit) else {
                    let shown: String =
                        std::iter::once('%').chain(pair.into_iter().flatten().map(char::from)).collect();
                    return Err(format!("failed to decode URL: invalid URL escape {}", quote(&shown)).into());
                };
                out.push(u8::try_from(high << 4 | low).unwrap_or(0));
            }
            b => out.push(b),
        }
    }
    let text = String::from_utf8(out)
        .map_err(|_| Fail::from("the result of decoding the provided string is not valid UTF-8"))?;
    Ok(string(&text))
}
