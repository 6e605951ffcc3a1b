//! The compiler's wasm → a main module and the parts that the browser loads later, cut at the functions that
//! `#[wasm_split]` marks.
//!
//! The pieces name each other: the main module imports the link script, the script fetches the parts and imports the
//! main script. Since a name carries the hash of the content, nobody could be named first; so all of them carry one
//! hash, that of everything together.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};

use super::OUTPUT_NAME;
use crate::repo;

/// Stands for the hash until all pieces are there. As long as a hash is, since it is replaced within wasm.
pub const HASH_TO_COME: &str = "hash0to0come0xxx";

/// The link script's name, as leptos knows it.
pub const LINK: &str = "__wasm_split";
/// Which files each part needs, for the server: a page names those of its own part in its head.
pub const MANIFEST: &str = "__wasm_split_manifest";

/// What one module became.
pub struct Pieces {
    /// The main module, not yet bound to JavaScript.
    pub main: Vec<u8>,
    /// Loads the parts.
    pub link: String,
    /// The files of the parts by name.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The files that each part needs, without ending, as JSON.
    pub manifest: Vec<u8>,
}

/// Cuts the module in the file `wasm`.
pub fn split(wasm: &Path) -> Result<Pieces> {
    let out = repo::scratch("split")?;
    std::fs::remove_dir_all(&out).with_context(|| format!("cannot empty {}", out.display()))?;
    let input = std::fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let main_path = out.join("main.wasm");
    let link_name = format!("./{LINK}.{HASH_TO_COME}.js");
    let main_name = format!("./{OUTPUT_NAME}.{HASH_TO_COME}.js");
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = &out;
    options.main_out_path = &main_path;
    options.main_module = &main_name;
    options.link_name = &link_name;
    let split =
        wasm_split_cli_support::transform(options).map_err(|error| anyhow!("cannot cut the client: {error:#}"))?;
    let read = |path: &Path| std::fs::read(path).with_context(|| format!("{} was not written", path.display()));
    let mut link = String::from_utf8(read(&out.join(&link_name))?).context("the link script is text")?;
    let (mut files, mut names) = (BTreeMap::new(), BTreeMap::new());
    for path in &split.split_modules {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).context("a part has a name")?;
        let name = format!("{OUTPUT_NAME}-{}", stem.replace('_', "-"));
        link = link.replace(&format!("./{stem}.wasm"), &format!("./{name}.{HASH_TO_COME}.wasm"));
        names.insert(stem.to_owned(), format!("{name}.{HASH_TO_COME}"));
        files.insert(name, without_names(&read(path)?)?);
    }
    let named = |stems: &Vec<String>| stems.iter().filter_map(|stem| names.get(stem)).collect::<Vec<_>>();
    let needs: BTreeMap<_, _> = split.prefetch_map.iter().map(|(part, stems)| (part, named(stems))).collect();
    Ok(Pieces { main: read(&main_path)?, link, files, manifest: serde_json::to_vec(&needs)? })
}

/// The module without the names of its functions, which no browser needs. Other custom sections stay: one of them lists
/// the features in use, without which wasm-opt refuses the module.
fn without_names(wasm: &[u8]) -> Result<Vec<u8>> {
    const HEADER: usize = 8;
    const CUSTOM: u8 = 0;
    const NAME: &[u8] = b"\x04name";
    let mut kept = wasm.get(..HEADER).context("a module begins with its header")?.to_vec();
    let mut rest = &wasm[HEADER..];
    while let Some((&id, after_id)) = rest.split_first() {
        let (len, n_bytes) = leb128(after_id)?;
        let begin = 1 + n_bytes;
        let section = rest.get(..begin + len).context("a section ends before its module does")?;
        if !(id == CUSTOM && section[begin..].starts_with(NAME)) {
            kept.extend_from_slice(section);
        }
        rest = &rest[begin + len..];
    }
    Ok(kept)
}

/// An unsigned number as wasm writes it, and how many bytes it took.
fn leb128(bytes: &[u8]) -> Result<(usize, usize)> {
    let mut value = 0;
    for (n, byte) in bytes.iter().take(5).enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * n);
        if byte & 0x80 == 0 {
            return Ok((value, n + 1));
        }
    }
    bail!("a section's length is not a number")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_and_the_other_sections_stay() {
        let header = b"\0asm\x01\0\0\0";
        let (names, features) = ([&[0, 7, 4][..], b"name", &[1, 0]].concat(), [&[0, 3, 1][..], b"f+"].concat());
        let module = [&header[..], &names, &[1, 2, 9, 9], &features].concat();
        let kept = without_names(&module).expect("it is well formed");
        assert_eq!(kept, [&header[..], &[1, 2, 9, 9], &features].concat());
        assert!(without_names(&module[..module.len() - 1]).is_err());
    }

    #[test]
    fn lengths_over_one_byte_are_read() {
        assert_eq!(leb128(&[0xe5, 0x8e, 0x26]).expect("a number"), (624_485, 3));
        assert!(leb128(&[0x80]).is_err());
    }

    #[test]
    fn the_place_of_a_hash_is_as_long_as_a_hash() {
        assert_eq!(HASH_TO_COME.len(), super::super::site::HASH_LEN);
    }
}
