"""Let a chroot trust what this machine trusts.

    trust.py BUNDLE CHROOT

Certificates in BUNDLE that the chroot's own store lacks (a company's CA, say)
are put where update-ca-certificates looks for an administrator's additions.
In the store, they also hold where sudo, su and env -i drop SSL_CERT_FILE.
"""

import base64
import hashlib
import pathlib
import re
import sys

PEM = re.compile(r"-----BEGIN CERTIFICATE-----(.+?)-----END CERTIFICATE-----", re.DOTALL)


def certificates(bundle: pathlib.Path) -> dict[bytes, str]:
    """Each certificate's bytes and how the bundle writes it."""
    if not bundle.exists():
        return {}
    text = bundle.read_text(encoding="utf-8", errors="replace")
    return {base64.b64decode(match[1]): match[0] for match in PEM.finditer(text)}


def main() -> None:
    bundle, chroot = map(pathlib.Path, sys.argv[1:])
    known = certificates(chroot / "etc/ssl/certs/ca-certificates.crt")
    additions = chroot / "usr/local/share/ca-certificates"
    additions.mkdir(parents=True, exist_ok=True)
    for data, pem in certificates(bundle).items():
        if data not in known:
            name = f"host-{hashlib.sha256(data).hexdigest()[:16]}.crt"
            (additions / name).write_text(pem + "\n", encoding="ascii")


main()
