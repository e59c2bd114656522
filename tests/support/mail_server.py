"""A real SMTP server (aiosmtpd) that keeps what it takes, on a loopback port of its own."""

import asyncio
import collections
import email
import socket
import threading

from aiosmtpd.controller import Controller

from support.waiting import wait_until


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class MailServer:
    """Takes mail until `stop`; `start` brings it back on the same port with what it had kept."""

    def __init__(self):
        self.port = free_port()
        self.url = f"smtp://127.0.0.1:{self.port}"
        self.envelopes = []
        self.replies = {}  # recipient → answers to RCPT still to give, the first one first
        self.refusal = None  # the answer to every RCPT while it is set
        self.may_answer = threading.Event()  # the answer to the final dot waits for it
        self.may_answer.set()
        self.controller = None
        self.start()

    def start(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self):
        self.may_answer.set()
        if self.controller is not None:
            self.controller.stop()
            self.controller = None

    def hold_answers(self):
        """From now on messages are taken and kept, and their final dot is not answered."""
        self.may_answer.clear()

    def release_answers(self):
        self.may_answer.set()

    def of(self, address):
        return [envelope for envelope in list(self.envelopes) if envelope.rcpt_tos == [address]]

    def copies(self):
        """How often each message came, by its Message-ID."""
        mails = [email.message_from_bytes(envelope.original_content) for envelope in list(self.envelopes)]
        return collections.Counter(mail["Message-ID"].strip("<> ") for mail in mails)

    def wait_for(self, address, count=1, seconds=30):
        """The first envelope for `address` once there are `count`."""

        def arrived():
            mails = self.of(address)
            return mails if len(mails) >= count else None

        return wait_until(arrived, f"{count} mails for {address}", seconds)[0]

    # ---- aiosmtpd's hooks --------------------------------------------------

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.refusal:
            return self.refusal
        scripted = self.replies.get(address)
        if scripted:
            return scripted.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.envelopes.append(envelope)
        number = len(self.envelopes)
        if not self.may_answer.is_set():
            await asyncio.to_thread(self.may_answer.wait)
        return f"250 2.0.0 Ok: queued as {number}"
