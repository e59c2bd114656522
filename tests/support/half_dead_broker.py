"""Brokers that only half live: the port takes connections, and then something is missing."""

import socket
import threading
import urllib.parse

from support.waiting import wait_until


class Listener:
    """Takes connections on a loopback port of its own and gives each to `serve`, on a thread of its own."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.sockets = []
        self.accepted = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client = self.listener.accept()[0]
            except OSError:
                return
            self.sockets.append(client)
            self.accepted += 1
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def close(self):
        for each in (self.listener, *self.sockets):
            try:
                each.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits for it
            except OSError:
                pass
            each.close()


class SilentBroker(Listener):
    """Accepts every connection and never says a word."""

    def url(self, scheme="amqp"):
        return f"{scheme}://guest:guest@localhost:{self.port}/%2f"

    def serve(self, client):
        pass

    def wait_for_connections(self, count, seconds=90):
        wait_until(
            lambda: self.accepted >= count, lambda: f"{count} connections, not {self.accepted}", seconds
        )


class SwallowingBroker(Listener):
    """Stands before a real broker and passes everything on; but on a connection over which `mark` has gone to
    the broker, nothing that the broker says comes back any more."""

    def __init__(self, url, mark):
        self.upstream = urllib.parse.urlsplit(url)
        self.mark = mark
        super().__init__()

    def url(self):
        return self.upstream._replace(netloc=f"guest:guest@127.0.0.1:{self.port}").geturl()

    def serve(self, client):
        broker = socket.create_connection((self.upstream.hostname, self.upstream.port))
        self.sockets.append(broker)
        marked = threading.Event()
        threading.Thread(target=self._answer, args=(broker, client, marked), daemon=True).start()
        try:
            while block := client.recv(65_536):
                if self.mark in block:
                    marked.set()
                broker.sendall(block)
        except OSError:
            pass

    @staticmethod
    def _answer(broker, client, marked):
        try:
            while block := broker.recv(65_536):
                if not marked.is_set():
                    client.sendall(block)
        except OSError:
            pass


class ChokingBroker(Listener):
    """Stands before a real broker and passes everything on, until one connection has sent it `most` bytes:
    from then on it reads nothing from anybody, and new connections get no answer."""

    def __init__(self, url, most):
        self.upstream = urllib.parse.urlsplit(url)
        self.most = most
        self.choked = threading.Event()
        super().__init__()

    def url(self):
        return self.upstream._replace(netloc=f"guest:guest@127.0.0.1:{self.port}").geturl()

    def serve(self, client):
        if self.choked.is_set():
            return
        broker = socket.create_connection((self.upstream.hostname, self.upstream.port))
        self.sockets.append(broker)
        threading.Thread(target=self._pass_on, args=(broker, client, None), daemon=True).start()
        self._pass_on(client, broker, self.most)

    def _pass_on(self, source, target, most):
        passed = 0
        try:
            while not self.choked.is_set() and (block := source.recv(65_536)):
                target.sendall(block)
                passed += len(block)
                if most is not None and passed > most:
                    self.choked.set()
        except OSError:
            pass
