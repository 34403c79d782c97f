"""A TCP line to a real service that can be made to refuse, hang, cut or garble what comes back."""

import contextlib
import socket
import threading
from collections.abc import Iterator

FAULTS = ("refuse", "hang", "cut", "garble")


class FaultyLine:
    def __init__(self, host: str, port: int) -> None:
        self.target = (host, port)
        self.fault = ""
        self._open: set[socket.socket] = set()
        self._door = self._listen(0)
        self.port: int = self._door.getsockname()[1]

    def _listen(self, port: int) -> socket.socket:
        door = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._admit, args=(door,), daemon=True).start()
        return door

    def become(self, fault: str) -> None:
        """One of FAULTS, or nothing at all for a line that works. What is open is cut unless it hangs."""
        before, self.fault = self.fault, fault
        if fault == "refuse":
            self._close(self._door)
        if fault != "hang":
            for end in [*self._open]:
                self._close(end)
        if before == "refuse":
            self._door = self._listen(self.port)

    def close(self) -> None:
        self.become("refuse")

    def _close(self, end: socket.socket) -> None:
        self._open.discard(end)
        # A thread that waits in `recv` or `accept` is woken by this, and not by closing alone.
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()

    def _admit(self, door: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _address = door.accept()
                far = socket.create_connection(self.target)
                self._open |= {near, far}
                for ends in ((near, far, False), (far, near, True)):
                    threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, back: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                match self.fault:
                    case "hang":
                        continue
                    case "cut":
                        sink.sendall(data[: len(data) // 2])
                        break
                    case "garble" if back:
                        data = bytes(byte ^ 0x5A for byte in data)
                sink.sendall(data)
        self._close(source)
        self._close(sink)


@contextlib.contextmanager
def line_to(host: str, port: int) -> Iterator[FaultyLine]:
    line = FaultyLine(host, port)
    try:
        yield line
    finally:
        line.close()
