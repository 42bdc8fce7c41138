use countersign_core::digest::Sha256;
use countersign_store::BlobStore;
use std::fs;
use std::io::Read;
use std::path::Path;

/// The same test on disk and in memory.
fn on_each(test: impl Fn(&BlobStore)) {
    let dir = tempfile::tempdir().unwrap();
    test(&BlobStore::open(dir.path()).unwrap());
    test(&BlobStore::memory());
}

fn put(store: &BlobStore, parts: &[&[u8]]) -> Sha256 {
    let mut writer = store.create().unwrap();
    parts.iter().for_each(|part| writer.write(part).unwrap());
    writer.finish().unwrap()
}

fn files_in(directory: &Path) -> usize {
    fs::read_dir(directory).unwrap().count()
}

#[test]
fn a_blob_is_named_by_its_content_however_it_was_written() {
    on_each(|store| {
        let digest = put(store, &[b"evalu", b"", b"ation"]);
        assert_eq!(digest, Sha256::of(b"evaluation"));
        assert_eq!(put(store, &[b"evaluation"]), digest);
        assert_eq!(store.list().unwrap().digests, [digest]);
        let mut content = String::new();
        store.open_blob(&digest).unwrap().unwrap().read_to_string(&mut content).unwrap();
        assert_eq!(content, "evaluation");
        assert_eq!(store.length(&digest).unwrap(), Some(10));
    });
}

#[test]
fn an_empty_file_is_a_blob_too() {
    on_each(|store| {
        let digest = put(store, &[]);
        assert_eq!(store.read(&digest, 0).unwrap(), Some(Vec::new()));
    });
}

#[test]
fn a_blob_longer_than_asked_for_is_not_read_at_once() {
    on_each(|store| {
        let digest = put(store, &[b"evaluation"]);
        assert_eq!(store.read(&digest, 10).unwrap().as_deref(), Some(&b"evaluation"[..]));
        let fault = store.read(&digest, 9).unwrap_err();
        assert!(fault.to_string().contains("longer than 9 bytes"), "{fault}");
    });
}

#[test]
fn an_erased_blob_is_gone() {
    on_each(|store| {
        let digest = put(store, &[b"evaluation"]);
        assert!(store.exists(&digest).unwrap());
        assert!(store.erase(&digest).unwrap());
        assert!(!store.erase(&digest).unwrap());
        assert!(!store.exists(&digest).unwrap());
        assert!(store.open_blob(&digest).unwrap().is_none());
        assert_eq!(store.read(&digest, 10).unwrap(), None);
        assert!(store.list().unwrap().digests.is_empty());
    });
}

#[test]
fn an_upload_that_breaks_off_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    let store = BlobStore::open(dir.path()).unwrap();
    let mut writer = store.create().unwrap();
    writer.write(b"evalu").unwrap();
    assert_eq!(files_in(&dir.path().join("tmp")), 1);
    drop(writer);
    assert_eq!(files_in(&dir.path().join("tmp")), 0);
    assert!(store.list().unwrap().digests.is_empty());
}

#[test]
fn uploads_cut_off_by_a_crash_are_removed_at_the_next_start() {
    let dir = tempfile::tempdir().unwrap();
    BlobStore::open(dir.path()).unwrap();
    fs::write(dir.path().join("tmp/4711-0"), b"half").unwrap();
    BlobStore::at(dir.path());
    assert_eq!(files_in(&dir.path().join("tmp")), 1);
    BlobStore::open(dir.path()).unwrap();
    assert_eq!(files_in(&dir.path().join("tmp")), 0);
}

#[test]
fn storing_content_again_heals_a_blob_that_decayed() {
    let dir = tempfile::tempdir().unwrap();
    let store = BlobStore::open(dir.path()).unwrap();
    let hex = put(&store, &[b"evaluation"]).hex();
    let path = dir.path().join("sha256").join(&hex[..2]).join(&hex[2..]);
    fs::write(&path, b"evaluatioN").unwrap();
    put(&store, &[b"evaluation"]);
    assert_eq!(fs::read(&path).unwrap(), b"evaluation");
}

#[test]
fn files_that_are_no_blobs_are_listed_apart() {
    let dir = tempfile::tempdir().unwrap();
    let store = BlobStore::open(dir.path()).unwrap();
    let digest = put(&store, &[b"evaluation"]);
    let group = dir.path().join("sha256").join(&digest.hex()[..2]);
    fs::write(group.join("notes.txt"), b"").unwrap();
    fs::write(dir.path().join("sha256/README"), b"").unwrap();
    let listing = store.list().unwrap();
    assert_eq!(listing.digests, [digest]);
    assert_eq!(listing.strays.len(), 2);
}

#[test]
fn a_blob_can_be_looked_at_before_it_is_stored() {
    on_each(|store| {
        let mut writer = store.create().unwrap();
        writer.write(b"evaluation").unwrap();
        assert_eq!(writer.content(4).unwrap(), b"eval");
        assert_eq!(writer.content(99).unwrap(), b"evaluation");
        let digest = writer.digest();
        assert_eq!(writer.finish().unwrap(), digest);
        assert_eq!(store.put(b"evaluation").unwrap(), digest);
    });
}
