"""Signs the document's example of a webhook by hand, and prints it as assignments for a shell to evaluate.

The clients check it with the libraries of Standard Webhooks; here is what those libraries have to agree with.
"""

import base64
import hashlib
import hmac
import json
import shlex
import sys
import time

with open(sys.argv[1], encoding="utf-8") as file:
    operation = json.load(file)["webhooks"]["balance.low"]["post"]
body = json.dumps(operation["requestBody"]["content"]["application/json"]["example"])
key = hashlib.sha256(b"a secret of this test").digest()
identity, timestamp = "019aaf11-0100-7a07-b1f3-0c1d2e3f4a5b", str(int(time.time()))
signature = hmac.new(key, f"{identity}.{timestamp}.{body}".encode(), hashlib.sha256).digest()
told = {
    "WEBHOOK_SECRET": "whsec_" + base64.b64encode(key).decode(),
    "WEBHOOK_BODY": body,
    "WEBHOOK_ID": identity,
    "WEBHOOK_TIMESTAMP": timestamp,
    "WEBHOOK_SIGNATURE": "v1," + base64.b64encode(signature).decode(),
}
print("\n".join(f"export {name}={shlex.quote(value)}" for name, value in told.items()))
