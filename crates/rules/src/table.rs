//! TOML as an input of policies: dates and times become the text that Go's JSON has for them, in UTC where they have no zone of their own.

use trueline_rego::{Number, Value};

/// Reads a document as policies see it.
///
/// # Errors
/// If it is no TOML, or has a number that JSON has not.
pub fn read(text: &str) -> Result<Value, String> {
    let table: toml::Table = text.parse().map_err(|e: toml::de::Error| match e.span() {
        Some(span) => {
            let line = text.get(..span.start).unwrap_or_default().matches('\n').count() + 1;
            format!("line {line}: {}", e.message())
        }
        None => e.message().to_owned(),
    })?;
    of_table(table)
}

fn of_table(table: toml::Table) -> Result<Value, String> {
    let entries: Result<Vec<_>, String> =
        table.into_iter().map(|(key, value)| Ok((Value::from(key), of(value)?))).collect();
    Ok(Value::object(entries?))
}

fn of(value: toml::Value) -> Result<Value, String> {
    Ok(match value {
        toml::Value::String(text) => Value::from(text),
        toml::Value::Integer(whole) => Value::from(whole),
        toml::Value::Float(float) => {
            let number = Some(float).filter(|float| float.is_finite());
            let number = number.and_then(|float| Number::parse(&float.to_string()));
            number.map(Value::from).ok_or_else(|| format!("{float} is no number of JSON"))?
        }
        toml::Value::Boolean(flag) => Value::from(flag),
        toml::Value::Datetime(moment) => Value::from(moment_text(&moment)),
        toml::Value::Array(items) => Value::array(items.into_iter().map(of).collect::<Result<_, _>>()?),
        toml::Value::Table(table) => of_table(table)?,
    })
}

/// RFC 3339, with a day and a time for all.
fn moment_text(moment: &toml::value::Datetime) -> String {
    let date = moment.date.map_or_else(|| "0000-01-01".to_owned(), |date| date.to_string());
    let time = moment.time.map_or_else(|| "00:00:00".to_owned(), |time| time.to_string());
    let zone = moment.offset.map_or_else(|| "Z".to_owned(), |offset| offset.to_string());
    format!("{date}T{time}{zone}")
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn toml_becomes_json() {
        let text = "a = 1\nb = 1.50\nc = [1, \"x\"]\nd = 1979-05-27T07:32:00Z\ne = 1979-05-27\nf = 07:32:00\n\
                    g = 1979-05-27T07:32:00-07:00\nh = 0x1F\ni = true\nj = 2.0\n[t.u]\nk = '''x'''\n[[v]]\nw = {x = 1}\n";
        assert_eq!(
            read(text).unwrap().to_string(),
            r#"{"a": 1, "b": 1.5, "c": [1, "x"], "d": "1979-05-27T07:32:00Z", "e": "1979-05-27T00:00:00Z", "f": "0000-01-01T07:32:00Z", "g": "1979-05-27T07:32:00-07:00", "h": 31, "i": true, "j": 2, "t": {"u": {"k": "x"}}, "v": [{"w": {"x": 1}}]}"#
        );
        assert!(read("a = 1\nb = \n").unwrap_err().starts_with("line 2:"));
        assert!(read("a = nan").unwrap_err().contains("no number"));
    }
}
