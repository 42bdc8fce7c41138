//! OpenSSF model signing: a Sigstore bundle whose statement lists a model's files with their
//! digests.
//!
//! The manifest is read and has to agree with the digest it is summed up in. The signature is not
//! checked here, because a reader holds no key: the check `model_signing.signature` is skipped and
//! so never passes, and the digests are claims.

mod manifest;

use super::json;
use super::node::{At, Node};
use super::stated::{self, fact, list, text};
use super::text::{cut, quoted};
use super::unreadable::Unreadable;
use super::{Reader, Upload};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use countersign_core::reading::{Outcome, Reading};

pub const READER: Reader = Reader {
    format: "model-signing",
    title: "OpenSSF model signing, Sigstore bundle",
    notes: &[
        "signature not checked: `model_signing.signature` is always a skipped check, and fails when \
         the bundle holds no signature at all; attach the bundle as evidence of what was signed, \
         not of who signed",
        "`model_digest` is the SHA-256 over the files' digests in the order of the statement, and \
         what the bundle claims to be about; `model_signing.manifest`: it is the digest of the \
         statement's subject",
        "each file is a fact with algorithm and digest, and so are how the model was hashed, what \
         was left out, and the hint to the key; files left out beyond git's own, and symbolic links \
         that were allowed, are warned of",
        "a name that is absolute, leaves the folder or stands twice, a digest that is none, an empty \
         list and an older kind of statement are refused",
        "a place below `/dsseEnvelope/payload` goes on inside the decoded statement",
    ],
    recognises,
    read,
};

const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";
const PREDICATE: &str = "https://model_signing/signature/v1.0";
const ANY_PREDICATE: &str = "https://model_signing/";
/// A manifest of more than this is none that anybody wrote.
const MAX_PAYLOAD: usize = 32 * 1024 * 1024;

fn recognises(upload: &Upload) -> bool {
    let Some(root) = upload.json_tree() else { return false };
    let bundle = text(root, "mediaType").is_some_and(|kind| kind.contains("dev.sigstore.bundle"));
    bundle
        && root.get("dsseEnvelope").is_some()
        && match statement(root) {
            Ok(statement) => {
                text(&statement, "predicateType").is_some_and(|it| it.starts_with(ANY_PREDICATE))
            }
            // A broken payload of in-toto's kind is better refused than kept as something else.
            Err(_) => envelope(root, "payloadType").as_deref() == Some(PAYLOAD_TYPE),
        }
}

fn envelope(root: &Node, key: &str) -> Option<String> {
    root.find(&["dsseEnvelope", key]).and_then(Node::scalar)
}

/// The in-toto statement inside the envelope.
fn statement(root: &Node) -> Result<Node, Unreadable> {
    let at = At::root().keys(&["dsseEnvelope", "payload"]);
    let broken = |message: &str| {
        Unreadable::at(at.place(), message).help("attach the bundle as `model_signing` wrote it")
    };
    let payload = root.find(&["dsseEnvelope", "payload"]).and_then(Node::text);
    let payload = payload.ok_or_else(|| broken("the envelope holds no payload"))?;
    if payload.len() > MAX_PAYLOAD {
        return Err(broken("the payload is larger than any manifest"));
    }
    let bytes = STANDARD.decode(payload).map_err(|_| broken("the payload is not valid base64"))?;
    let text = std::str::from_utf8(&bytes).map_err(|_| broken("the payload is not UTF-8 text"))?;
    json::parse(text).map_err(|fault| broken(&format!("inside the payload, {fault}")))
}

fn read(upload: &Upload) -> Result<Reading, Unreadable> {
    let root = upload.json()?;
    let payload = At::root().keys(&["dsseEnvelope", "payload"]);
    let kind = envelope(root, "payloadType").unwrap_or_default();
    if kind != PAYLOAD_TYPE {
        let message = format!("the payload is {}, not a statement of in-toto", quoted(&kind));
        let at = At::root().keys(&["dsseEnvelope", "payloadType"]);
        return Err(Unreadable::at(at.place(), message)
            .help("attach the bundle as `model_signing` wrote it"));
    }
    let statement = statement(root)?;
    let predicate = text(&statement, "predicateType").unwrap_or_default();
    if predicate != PREDICATE {
        let message = format!("statements of the kind {} are not read", quoted(&predicate));
        return Err(Unreadable::at(payload.key("predicateType").place(), message)
            .help("sign the model again with model-signing 1.0 or newer"));
    }
    let mut reading = Reading::new(READER.format);
    fact(&mut reading, "predicate", &predicate, payload.key("predicateType").place());
    fact(
        &mut reading,
        "bundle",
        &text(root, "mediaType").unwrap_or_default(),
        At::root().key("mediaType").place(),
    );
    manifest::read(&mut reading, &statement, &payload)?;
    key(&mut reading, root);
    signature(&mut reading, root);
    Ok(reading)
}

/// What the bundle brings for checking its signature.
fn key(reading: &mut Reading, root: &Node) {
    let at = At::root().key("verificationMaterial");
    let Some(material) = root.get("verificationMaterial") else {
        return super::measured::warn(reading, At::root().place(), "the bundle names no key");
    };
    if let Some(hint) = material.find(&["publicKey", "hint"]).and_then(Node::scalar) {
        fact(reading, "key hint", &hint, at.keys(&["publicKey", "hint"]).place());
    }
    for kind in ["certificate", "x509CertificateChain"] {
        if material.get(kind).is_some() {
            fact(reading, "signed with", kind, at.key(kind).place());
        }
    }
    let entries = list(material, "tlogEntries").len();
    let place = at.key("tlogEntries").place();
    fact(reading, "transparency log entries", &entries.to_string(), place);
}

fn signature(reading: &mut Reading, root: &Node) {
    let at = At::root().keys(&["dsseEnvelope", "signatures"]);
    let signatures = root.get("dsseEnvelope").map(|it| list(it, "signatures")).unwrap_or_default();
    let signed = signatures.iter().any(|one| text(one, "sig").is_some());
    fact(reading, "signatures", &signatures.len().to_string(), at.place());
    let (outcome, why) = match signed {
        true => (Outcome::Skip, "signature not checked: a reader holds no key"),
        false => (Outcome::Fail, "the bundle holds no signature"),
    };
    stated::check(reading, "model_signing.signature", outcome, (why, at.place()));
    super::measured::warn(reading, at.place(), "signature not checked");
    reading.tool = Some(cut("model-signing"));
}
