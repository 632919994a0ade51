"""Makes a server's system calls fail on demand, by the library fault_shim.c."""

import errno
import mmap
import os
import struct
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
TEXT_SIZE = 120

SHORT = 0  # transfers of half the bytes
HANG = -1  # calls that wait until the fault is over


def build(folder):
    """Compiles the library and returns its path."""
    library = os.path.join(folder, "fault_shim.so")
    source = os.path.join(HERE, "fault_shim.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return library


class Shim:
    """The library in one server, and the memory by which it is told what to do."""

    def __init__(self, library, folder):
        control = os.path.join(folder, "fault_control")
        with open(control, "wb") as file:
            file.write(bytes(TEXT_SIZE + 8))
        self.environment = {"LD_PRELOAD": library, "FAULT_CONTROL": control}
        with open(control, "r+b") as file:
            self.memory = mmap.mmap(file.fileno(), TEXT_SIZE + 8)

    def begin(self, call, suffix, effect):
        """Has a call on files whose path ends in `suffix` fail with an errno, or SHORT or HANG."""
        text = f"{call} {suffix} {effect}".encode().ljust(TEXT_SIZE, b"\0")
        self.memory[0] = 0
        self.memory[1:TEXT_SIZE] = text[1:]
        self.memory[0] = text[0]

    def end(self):
        self.memory[0] = 0

    @property
    def count(self):
        """How many calls were affected."""
        return struct.unpack("<Q", self.memory[TEXT_SIZE:])[0]


def name(effect):
    return {SHORT: "half of it", HANG: "no return"}.get(effect) or errno.errorcode[effect]
