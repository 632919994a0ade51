"""Loses the primary and a node's network under load, and tries connections that must be refused."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from node_town import Difference, Node, Town, Writers, check_writes
from postgres import programs


class Machine:
    """One PostgreSQL server on TCP and a socket, in a folder of its own."""

    def __init__(self, folder, name, port):
        self.folder = folder
        self.data = os.path.join(folder, name)
        self.port = port
        self.log = os.path.join(folder, f"{name}.log")

    def run(self, program, *arguments):
        command = [os.path.join(programs(), program), *arguments]
        if os.geteuid() == 0:
            command = [
                "setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--", *command
            ]
        return subprocess.run(
            command, cwd=self.folder, check=True, stdout=subprocess.PIPE, text=True
        ).stdout

    def create(self):
        self.run(
            "initdb", "--pgdata", self.data, "--username", "perennial", "--auth", "trust",
            "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync",
        )
        with open(os.path.join(self.data, "pg_hba.conf"), "a") as file:
            file.write("host all perennial 0.0.0.0/0 trust\nlocal replication all trust\n")

    def set(self, **settings):
        with open(os.path.join(self.data, "postgresql.auto.conf"), "a") as file:
            for name, value in settings.items():
                file.write(f"{name} = '{value}'\n")

    def start(self):
        self.run(
            "pg_ctl", "--pgdata", self.data, "--log", self.log, "--silent", "--wait", "--options",
            f"-k {self.folder} -p {self.port} -c listen_addresses=* -c max_connections=200",
            "start",
        )

    def sql(self, text, database="perennial"):
        output = self.run(
            "psql", "--host", self.folder, "--port", str(self.port), "--username", "perennial",
            "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--field-separator", "\t",
            "--command", text, database,
        )
        return [line.split("\t") for line in output.splitlines()]

    def kill(self):
        """Kills the server with all its processes, as a lost machine would be gone."""
        with open(os.path.join(self.data, "postmaster.pid")) as file:
            number = int(file.readline())
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(number)], stdout=subprocess.PIPE, text=True
        ).stdout.split()
        for process in [number, *map(int, children)]:
            os.kill(process, signal.SIGKILL)

    def stop(self):
        try:
            self.run("pg_ctl", "--pgdata", self.data, "--silent", "--mode", "immediate", "stop")
        except subprocess.CalledProcessError:
            # It was killed.
            return


def make_folder():
    folder = tempfile.mkdtemp(prefix="perennial-failover.", dir="/tmp")
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    return folder


def make_primary(folder):
    primary = Machine(folder, "primary", 5541)
    primary.create()
    primary.start()
    primary.run("createdb", "--host", folder, "--port", "5541", "--username", "perennial", "perennial")
    return primary


def fail_over(binary):
    """Kills the primary while clients write, and promotes the standby."""
    folder = make_folder()
    primary, standby = make_primary(folder), Machine(folder, "standby", 5542)
    nodes = []
    try:
        standby.run(
            "pg_basebackup", "--pgdata", standby.data, "--write-recovery-conf", "--checkpoint", "fast",
            "--dbname",
            f"host={folder} port=5541 user=perennial application_name=standby",
        )
        standby.start()
        primary.sql("ALTER SYSTEM SET synchronous_standby_names = 'FIRST 1 (standby)'")
        primary.sql("SELECT pg_reload_conf()")
        limit = time.time() + 20
        while primary.sql("SELECT sync_state FROM pg_stat_replication") != [["sync"]]:
            if time.time() > limit:
                raise Difference("the standby is not synchronous")
            time.sleep(0.1)
        url = "postgres://perennial@127.0.0.1:5541,127.0.0.1:5542/perennial"
        town = Town(primary, binary, folder, url)
        nodes = [Node(town, number) for number in range(3)]
        writers = Writers(town, nodes, 16)
        time.sleep(4)
        lost_at = time.time()
        primary.kill()
        standby.run("pg_ctl", "--pgdata", standby.data, "--silent", "promote")
        standby.sql("ALTER SYSTEM SET synchronous_standby_names = ''")
        standby.sql("SELECT pg_reload_conf()")
        time.sleep(6)
        writers.stop()
        times = sorted(writers.times)
        gaps = [(next - last, next) for last, next in zip(times, times[1:]) if next > lost_at]
        if not gaps or max(gaps)[1] > times[-1] - 1:
            raise Difference("nobody writes after the failover")
        check_writes(standby, writers)
        print(
            f"failover: {len(writers.acknowledged):,} acknowledged writes, none lost; "
            f"{max(gaps)[0]:.2f} s without any, {len(writers.uncertain)} of unknown "
            f"outcome ({dict(writers.statuses)})",
            flush=True,
        )
    finally:
        for node in nodes:
            node.server.kill()
        primary.stop()
        standby.stop()
        shutil.rmtree(folder)


def cut_off(binary):
    """Takes the network of one node away for some seconds."""
    folder = make_folder()
    primary = make_primary(folder)
    space, nodes = "perennial-cut", []
    commands = (
        f"ip netns add {space}", "ip link add cut0 type veth peer name cut1",
        f"ip link set cut1 netns {space}", "ip addr add 10.203.0.1/24 dev cut0",
        "ip link set cut0 up", f"ip -n {space} addr add 10.203.0.2/24 dev cut1",
        f"ip -n {space} link set cut1 up", f"ip -n {space} link set lo up",
    )
    try:
        for command in commands:
            subprocess.run(command.split(), check=True)
        url = "postgres://perennial@10.203.0.1:5541/perennial"
        town = Town(primary, binary, folder, url)
        nodes = [Node(town, number) for number in range(2)]
        cut = subprocess.Popen(
            ["ip", "netns", "exec", space, binary, "serve", "--database", url, "--port", "8099"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

        def status(path, *options):
            done = subprocess.run(
                [
                    "ip", "netns", "exec", space, "curl", "-s", "-o", "/dev/null", "-w",
                    "%{http_code}", "--max-time", "30", *options, f"http://127.0.0.1:8099{path}",
                ],
                stdout=subprocess.PIPE,
                text=True,
            )
            return done.stdout

        limit = time.time() + 30
        while status("/health") != "200":
            if time.time() > limit:
                raise Difference("the node in the namespace does not start")
            time.sleep(0.2)
        writers = Writers(town, nodes, 8)
        time.sleep(2)
        cut_at = time.time()
        subprocess.run(["ip", "link", "set", "cut0", "down"], check=True)
        bearer = ("-H", f"Authorization: Bearer {town.tokens[0]}")
        statuses = [status("/api/v1/scheduled/tasks", *bearer) for _ in range(3)]
        back_at = time.time()
        subprocess.run(["ip", "link", "set", "cut0", "up"], check=True)
        limit = time.time() + 60
        while status("/health") != "200" or status("/api/v1/scheduled/tasks", *bearer) != "200":
            if time.time() > limit:
                raise Difference("the node does not return")
            time.sleep(0.2)
        returned_at = time.time()
        writers.stop()
        cut.terminate()
        cut.wait()
        meanwhile = sum(1 for at in writers.times if cut_at < at < back_at)
        check_writes(primary, writers)
        if set(statuses) != {"503"}:
            raise Difference(f"the node that is cut off answers {statuses}")
        print(
            f"partition: cut off for {back_at - cut_at:.1f} s, the node answered {statuses} and was "
            f"back {returned_at - back_at:.1f} s after; the others acknowledged {meanwhile} writes "
            "meanwhile, none lost",
            flush=True,
        )
    finally:
        for node in nodes:
            node.server.kill()
        primary.stop()
        subprocess.run(["ip", "netns", "del", space], stderr=subprocess.DEVNULL)
        subprocess.run(["ip", "link", "del", "cut0"], stderr=subprocess.DEVNULL)
        shutil.rmtree(folder)


def check_tls(binary):
    """Connects with a certificate that is right, and with others."""
    folder = make_folder()
    primary = Machine(folder, "primary", 5541)
    try:
        primary.create()
        for name in ("root", "other"):
            openssl(
                folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.crt",
            )
        openssl(
            folder, "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout",
            "server.key", "-out", "server.csr",
        )
        openssl(
            folder, "x509", "-req", "-in", "server.csr", "-CA", "root.crt", "-CAkey", "root.key",
            "-CAcreateserial", "-days", "2", "-out", "server.crt",
        )
        for name in ("server.key", "server.crt"):
            path = os.path.join(folder, name)
            os.chmod(path, 0o600)
            if os.geteuid() == 0:
                shutil.chown(path, "postgres", "postgres")
        primary.set(
            ssl="on", ssl_key_file=f"{folder}/server.key", ssl_cert_file=f"{folder}/server.crt",
            password_encryption="scram-sha-256",
        )
        with open(os.path.join(primary.data, "pg_hba.conf"), "w") as file:
            file.write("local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n")
        primary.start()
        primary.run(
            "createdb", "--host", folder, "--port", "5541", "--username", "perennial", "perennial"
        )
        primary.sql("ALTER USER perennial PASSWORD 'secret'")
        base = "postgres://perennial@{host}:5541/perennial?sslmode={mode}&sslrootcert={root}{rest}"
        right, other = f"{folder}/root.crt", f"{folder}/other.crt"
        for what, wanted, password, options in (
            ("the right certificate", True, "secret", ("localhost", "verify-full", right, "")),
            (
                "SCRAM bound to the channel", True, "secret",
                ("localhost", "verify-full", right, "&channel_binding=require"),
            ),
            ("another authority", False, "secret", ("localhost", "verify-full", other, "")),
            ("another name", False, "secret", ("127.0.0.1", "verify-full", right, "")),
            ("no encryption", False, "secret", ("localhost", "disable", right, "")),
            ("another password", False, "wrong", ("localhost", "verify-full", right, "")),
        ):
            host, mode, root, rest = options
            done = subprocess.run(
                [binary, "token", "list", "--database", base.format(host=host, mode=mode, root=root, rest=rest)],
                env=os.environ | {"PGPASSWORD": password},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            if (done.returncode == 0) != wanted or password in done.stderr:
                raise Difference(f"{what}: status {done.returncode}: {done.stderr}")
            print(f"tls: {what}: {'connected' if wanted else 'refused'}", flush=True)
    finally:
        primary.stop()
        shutil.rmtree(folder)


def openssl(folder, *arguments):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, stderr=subprocess.DEVNULL)


def main():
    tests = {"failover": fail_over, "partition": cut_off, "tls": check_tls}
    for name in sys.argv[2:] or tests:
        if name not in tests:
            raise SystemExit(f"use: failover_test.py BINARY [{'|'.join(tests)}]...")
        try:
            tests[name](sys.argv[1])
        except Difference as reason:
            raise SystemExit(f"FAILED: {name}: {reason}") from None


main()
