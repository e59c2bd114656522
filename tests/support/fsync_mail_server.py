"""An SMTP server whose 250 means something: every Message-ID is on the disk before it answers.

Run as a process: fsync_mail_server.py LOG, prints its port. LOG has one line a message: Message-ID and
recipient. Messages that arrive while one fsync runs share the next. SIGUSR1: from now on messages are logged
but not answered, which `holding` on stdout confirms; SIGUSR2: they are answered again.
"""

import asyncio
import os
import re
import signal
import sys

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(<[^>]+>)", re.I | re.M)


class DurableLog:
    """Appends lines; `append` returns when the line is on the disk."""

    def __init__(self, path):
        self.file = open(path, "ab", buffering=0)
        self.waiting = []
        self.wake = asyncio.Event()
        self.answering = asyncio.Event()
        self.answering.set()

    def hold(self):
        self.answering.clear()
        print("holding", flush=True)

    async def append(self, line):
        durable = asyncio.get_running_loop().create_future()
        self.waiting.append((line, durable))
        self.wake.set()
        await durable
        await self.answering.wait()

    def write(self, lines):
        self.file.write(b"".join(lines))
        os.fsync(self.file.fileno())

    async def run(self):
        while True:
            await self.wake.wait()
            self.wake.clear()
            batch, self.waiting = self.waiting, []
            await asyncio.to_thread(self.write, [line for line, _ in batch])
            for _, durable in batch:
                durable.set_result(None)


async def serve_client(log, reader, writer):
    def say(text):
        writer.write(text + b"\r\n")

    say(b"220 sink.example ESMTP")
    recipient = b""
    while line := await reader.readline():
        verb = line[:4].upper()
        if verb == b"EHLO":
            say(b"250 sink.example")
        elif verb == b"RCPT":
            recipient = line[line.index(b"<") + 1 : line.index(b">")]
            say(b"250 2.1.5 Ok")
        elif verb == b"DATA":
            say(b"354 go ahead")
            content = await reader.readuntil(b"\r\n.\r\n")
            await log.append(MESSAGE_ID.search(content)[1] + b" " + recipient + b"\n")
            say(b"250 2.0.0 Ok: on the disk")
        elif verb == b"QUIT":
            say(b"221 2.0.0 bye")
            break
        else:
            say(b"250 2.0.0 Ok")
        await writer.drain()
    writer.close()


async def quietly(log, reader, writer):
    try:
        await serve_client(log, reader, writer)
    except (ConnectionError, asyncio.IncompleteReadError):
        writer.close()


async def main(path):
    log = DurableLog(path)
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR1, log.hold)
    loop.add_signal_handler(signal.SIGUSR2, log.answering.set)
    server = await asyncio.start_server(lambda r, w: quietly(log, r, w), "127.0.0.1", 0, limit=2**22)
    print(server.sockets[0].getsockname()[1], flush=True)
    await log.run()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
