//! Idempotency keys: the browser's own randomness in the form of a UUID.

/// A fresh random UUID (version 4). `Crypto.randomUUID` needs HTTPS, which a plant's intranet may not have; this does not.
///
/// Without `window.crypto`, which every browser with WebAssembly has, the key is not unique and the server refuses
/// its second use with another content.
pub fn random() -> String {
    let mut bytes = [0_u8; 16];
    if let Some(crypto) = web_sys::window().and_then(|window| window.crypto().ok()) {
        crypto.get_random_values_with_u8_array(&mut bytes).ok();
    }
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    [hex(&bytes[..4]), hex(&bytes[4..6]), hex(&bytes[6..8]), hex(&bytes[8..10]), hex(&bytes[10..])].join("-")
}
