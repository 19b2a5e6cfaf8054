"""The image's health check: whether the stack answers at /healthz. Plain library only, since it runs every ten seconds.

Its address is the server's own: TRADEWIND_REST_PORT, https where TRADEWIND_TLS_CERT is set. The certificate is not looked at:
it is for another name than that of this machine.
"""

import http.client
import os
import ssl
import sys

SECONDS = 4


def main() -> int:
    port = int(os.environ.get("TRADEWIND_REST_PORT") or 3000)
    if os.environ.get("TRADEWIND_TLS_CERT"):
        trust = ssl.create_default_context()
        trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
        connection: http.client.HTTPConnection = http.client.HTTPSConnection("127.0.0.1", port, timeout=SECONDS, context=trust)
    else:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request("GET", "/healthz")
        status = connection.getresponse().status
    except OSError as error:
        print(f"Port {port} does not answer: {error}.")
        return 1
    finally:
        connection.close()
    print(f"/healthz answers {status}.")
    return 0 if status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
