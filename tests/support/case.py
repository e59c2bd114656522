"""What every integration test begins with, and the runner that CTest calls: case.py MODULE CLASS METHOD."""

import importlib
import sys
import threading
import unittest

from support.gateway import Gateway
from support.mail_server import MailServer
from support.waiting import wait_until

SKIPPED = 77  # CTest's SKIP_RETURN_CODE


class GatewayCase(unittest.TestCase):
    """Makes gateways, mail servers and brokers that are gone when the test ends."""

    maxDiff = None
    wait_until = staticmethod(wait_until)

    def gateway(self, **sections):
        made = Gateway(**sections)
        self.addCleanup(made.close)
        self.addCleanup(lambda: self.report(made))
        return made

    def report(self, gateway):
        """A failed test shows what its gateway had to say."""
        if not self._outcome.result.wasSuccessful():
            print(f"--- log of {gateway.folder}\n{gateway.log()[-6000:]}", file=sys.stderr)

    @staticmethod
    def in_background(work):
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        return thread

    def mail_server(self):
        server = MailServer()
        self.addCleanup(server.stop)
        return server

    def broker(self):
        from support.broker import Broker

        broker = Broker()
        self.addCleanup(broker.close)
        return broker


def main(module, name, method):
    suite = unittest.TestSuite([getattr(importlib.import_module(module), name)(method)])
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    if not result.wasSuccessful():
        return 1
    return SKIPPED if result.skipped else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
