//! What a log has issued or stored once must be readable for ever, and must come out the same
//! today. The expected texts here are never edited.

use countersign_proof::{
    Checkpoint, Frontier, KeyName, SigningKey, TlogProof, VerifyingKey, leaf_hash, prove_inclusion,
};

const LEAVES: [&[u8]; 3] = [b"release requested", b"release classified", b"release approved"];

const KEY: &str = "countersign.example/log+ecedd111+ARl/ayPhbIUyxqvIOPrNXqeJvgx2spIDNAOb+os9No1h";

const FRONTIER: [&str; 3] = [
    "0000000000000003",
    "e126f17e222185232acfa67e4a3f47109856b8f41905ddc764424eef4f3275f7",
    "385590d232452e4ce9c58c44c67ad35c26bf969cb7039f2db0a6c504917443a1",
];

const PROOF: &str = "\
c2sp.org/tlog-proof@v1
index 1
RFuPE+ry30+k6y8W7QUIQtSURt+Kmuibo7DbP0zmSQ0=
OFWQ0jJFLkzpxYxExnrTXCa/lpy3A58tsKbFBJF0Q6E=

countersign.example/log
3
RKwHXj/QAnRfAwog8Zyx459QcJpdMwYZtbjD/8cjec8=

\u{2014} countersign.example/log 7O3RERTYCc0llfZjtrSkCecyPpvdVU5SobzVI8ppqp+9iUs+COXfwVPgTigcboQHqvPyGyw18Gw9RDDtNXR844k/dQ8=
";

fn key() -> SigningKey {
    SigningKey::from_seed(KeyName::new("countersign.example/log").expect("a name"), &[42; 32])
}

fn frontier() -> Frontier {
    let mut frontier = Frontier::new();
    LEAVES.iter().for_each(|leaf| frontier.push(leaf_hash(leaf)));
    frontier
}

#[test]
fn a_key_made_from_a_seed_stays_the_same() {
    assert_eq!(key().verifying_key().to_string(), KEY);
}

#[test]
fn a_proof_issued_once_still_verifies() {
    let key: VerifyingKey = KEY.parse().expect("a key");
    let proof = TlogProof::parse(PROOF.as_bytes());
    let checkpoint = proof.expect("a proof").verify(LEAVES[1], &key).expect("in the log");
    assert_eq!(checkpoint.head(), frontier().head());
}

#[test]
fn a_proof_issued_today_is_the_one_issued_then() {
    let checkpoint = Checkpoint::new(key().name().clone(), frontier().head());
    let checkpoint = checkpoint.sign(&key()).expect("own log");
    let path = prove_inclusion(&LEAVES.map(leaf_hash), 1).expect("in the log");
    let proof = TlogProof { index: 1, path, checkpoint, extra: Vec::new() };
    assert_eq!(proof.to_string(), PROOF);
}

#[test]
fn a_frontier_stored_once_comes_out_the_same() {
    let stored = frontier().to_bytes();
    let hexadecimal: String = stored.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hexadecimal, FRONTIER.concat());
}
