"""OpenSSF model-signing: twenty random folders signed with a P-256 key made here, and twins of
each that were changed afterwards and must not verify."""

from __future__ import annotations

import base64
import json
import random
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from model_signing import hashing, signing, verifying
from model_signing._signing.signing import Payload

from expected import File, write

FOLDERS = 20
# Names whose order differs by character, by path part and by case, and names that are awkward.
NAMES = ["a", "a-b", "a.b", "a b", "A", "Z", "z", "é", "日本", "config.json", "model.safetensors"]
NAMES += ["model-00001-of-00002", "model-00002-of-00002", "tokenizer.json", ".hidden", "README.md"]
SIZES = [0, 1, 63, 64, 65, 4096, 65_536, 70_001]


def key_pair(out: Path, work: Path) -> tuple[Path, Path]:
    """The public key stays beside the bundles; the private one never leaves the work folder."""
    work.mkdir(exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    plain = serialization.NoEncryption()
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    private, public = work / "key.pem", out / "public-key.pem"
    private.write_bytes(key.private_bytes(pem, pkcs8, plain))
    info = serialization.PublicFormat.SubjectPublicKeyInfo
    public.write_bytes(key.public_key().public_bytes(pem, info))
    return private, public


def fill(folder: Path, chance: random.Random) -> None:
    """One to twelve files in folders up to three deep; folders and files may share a beginning."""
    for _ in range(chance.randint(1, 12)):
        parts = [chance.choice(NAMES) for _ in range(chance.randint(1, 3))]
        path = folder.joinpath(*parts)
        above = [it for it in path.parents if folder in it.parents]
        if path.exists() or any(it.is_file() for it in above):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(chance.randbytes(chance.choice(SIZES)))
    (folder / "always.bin").write_bytes(chance.randbytes(200))
    (folder / "empty folder").mkdir(exist_ok=True)


def flip(folder: Path) -> str:
    path = folder / "always.bin"
    held = path.read_bytes()
    path.write_bytes(bytes([held[0] ^ 1]) + held[1:])
    return "one bit of always.bin changed"


def add(folder: Path) -> str:
    (folder / "added.json").write_text("{}\n")
    return "added.json added"


def remove(folder: Path) -> str:
    (folder / "always.bin").unlink()
    return "always.bin removed"


def rename(folder: Path) -> str:
    (folder / "always.bin").rename(folder / "always.bin2")
    return "always.bin renamed"


def shorten(folder: Path) -> str:
    path = folder / "always.bin"
    path.write_bytes(path.read_bytes()[:-1])
    return "always.bin one byte shorter"


CHANGES: list[Callable[[Path], str]] = [flip, add, remove, rename, shorten]


def digest(folder: Path, config: hashing.Config) -> tuple[str, int]:
    """The digest the tool puts in the statement, and the number of resources it covers."""
    manifest = config.hash(folder)
    [subject] = Payload(manifest).statement.pb.subject
    return subject.digest["sha256"], len(list(manifest.resource_descriptors()))


def verifies(
    folder: Path, bundle: Path, public: Path, config: hashing.Config | None
) -> tuple[bool, str]:
    """Whether the tool takes the bundle for this folder, and why not.

    Without `config` the tool hashes as the bundle says. It cannot do so for shards: the bundle
    holds their size as 1000.0, which it then does not take as a number of bytes.
    """
    verifier = verifying.Config().use_elliptic_key_verifier(public_key=public)
    if config:
        verifier.set_hashing_config(config)
    try:
        verifier.verify(folder, bundle)
    except Exception as error:  # noqa: BLE001  whatever the tool raises is its refusal
        return False, f"{type(error).__name__}: {error}".splitlines()[0][:70].rstrip()
    return True, ""


def changed_bundle(bundle: Path, part: str, into: Path) -> None:
    """The same bundle with one bit of its signature or its statement changed."""
    held: dict[str, Any] = json.loads(bundle.read_text())
    envelope = held["dsseEnvelope"]
    where = envelope["signatures"][0] if part == "sig" else envelope
    raw = bytearray(base64.b64decode(where[part]))
    raw[-5] ^= 1
    where[part] = base64.b64encode(bytes(raw)).decode()
    into.write_text(json.dumps(held))


def main(out: Path, work: Path) -> None:
    chance = random.Random(20)
    private, public = key_pair(out, work)
    _, stranger = key_pair(work, work / "stranger")
    models: list[dict[str, Any]] = []
    files: list[File] = []

    def tell(
        folder: Path,
        bundle: Path,
        change: str,
        key: Path,
        config: hashing.Config | None = None,
    ) -> bool:
        holds, why = verifies(folder, bundle, key, config)
        told, count = digest(folder, config or hashing.Config())
        names = {"folder": str(folder.relative_to(out)), "bundle": str(bundle.relative_to(out))}
        said = {"digest": told, "resources": count, "verifies": holds, "why": why, "change": change}
        models.append(names | said)
        return holds

    shutil.rmtree(out / "models", ignore_errors=True)
    for at in range(FOLDERS):
        folder = out / "models" / f"{at:02}"
        folder.mkdir(parents=True)
        fill(folder, chance)
        bundle = folder.with_name(f"{at:02}.sig.json")
        signing.Config().use_elliptic_key_signer(private_key=private).sign(folder, bundle)
        if not tell(folder, bundle, "none", public):
            raise RuntimeError(f"{bundle} does not verify")
        twin = folder.with_name(f"{at:02}-changed")
        shutil.copytree(folder, twin)
        change = CHANGES[at % len(CHANGES)](twin)
        if tell(twin, bundle, change, public):
            raise RuntimeError(f"{twin} verifies although {change}")
        told = models[-2]
        file = File(str(bundle.relative_to(out)), "model-signing")
        file.facts = {"model_digest": f"sha256:{told['digest']}"}
        files.append(file)
    first = out / "models" / "00"
    for part in ("sig", "payload"):
        bundle = out / "models" / f"00-{part}.sig.json"
        changed_bundle(out / "models" / "00.sig.json", part, bundle)
        if tell(first, bundle, f"one bit of the bundle's {part} changed", public):
            raise RuntimeError(f"{bundle} verifies")
    if tell(first, out / "models" / "00.sig.json", "another key", stranger):
        raise RuntimeError("a bundle verifies under a stranger's key")
    ways = {
        "shards": hashing.Config().use_shard_serialization(shard_size=1000),
        "ignoring": hashing.Config().set_ignored_paths(paths=[first / "always.bin"]),
    }
    for name, config in ways.items():
        bundle = out / "models" / f"00-{name}.sig.json"
        signer = signing.Config().use_elliptic_key_signer(private_key=private)
        signer.set_hashing_config(config).sign(first, bundle)
        if not tell(first, bundle, "none", public, config):
            raise RuntimeError(f"{bundle} does not verify")
        file = File(str(bundle.relative_to(out)), "model-signing")
        file.facts = {"model_digest": f"sha256:{models[-1]['digest']}"}
        files.append(file)
    write(out, "model-signing", "model-signing", files, models=models)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
