//! The order of blocks in the provider's sets.
//!
//! The provider keeps blocks such as `principals` in sets that are ordered by the CRC-32 of a
//! written-out form of each element, compared as decimal text. The order shows where two blocks
//! speak of the same principal type or of the same condition.

/// Reversed polynomial of CRC-32 (IEEE 802.3).
const POLYNOMIAL: u32 = 0xedb8_8320;

/// The hash of a text.
pub fn code(text: &str) -> u32 {
    let mut crc = u32::MAX;
    for byte in text.bytes() {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (POLYNOMIAL & (crc & 1).wrapping_neg());
        }
    }
    !crc
}

/// Sort key of a `principals` block; its identifiers are a set of their own.
pub fn principal(kind: &str, identifiers: &[&str]) -> String {
    let mut members: Vec<(String, &str)> =
        identifiers.iter().map(|i| (code(&format!("{i};")).to_string(), *i)).collect();
    members.sort();
    let inner: String = members.iter().map(|(_, i)| format!("{i};")).collect();
    code(&format!("identifiers:{{{inner}}};type:{kind};")).to_string()
}

/// Sort key of a `condition` block; its values are a list.
pub fn condition(test: &str, values: &[&str], variable: &str) -> String {
    let inner: String = values.iter().map(|v| format!("{v};")).collect();
    code(&format!("test:{test};values:({inner});variable:{variable};")).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_the_hash_that_the_provider_gives_as_id() {
        // Asked from the provider: an empty document.
        assert_eq!(code("{\n  \"Version\": \"2012-10-17\"\n}"), 1_132_004_489);
    }

    #[test]
    fn blocks_come_in_the_order_of_the_provider() {
        // Asked from the provider, which put the identifiers of these blocks in this order.
        let mut blocks = [vec!["a", "b"], vec!["c"], vec!["d", "e"], vec!["f"]];
        blocks.sort_by_key(|b| principal("AWS", b));
        assert_eq!(blocks, [vec!["d", "e"], vec!["a", "b"], vec!["f"], vec!["c"]]);
        let mut conditions = [vec!["1"], vec!["2", "3"], vec!["4"], vec!["5", "0"]];
        conditions.sort_by_key(|v| condition("S", v, "v"));
        assert_eq!(conditions, [vec!["1"], vec!["2", "3"], vec!["5", "0"], vec!["4"]]);
    }
}
