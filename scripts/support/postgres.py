"""A PostgreSQL server of scripts/postgres, for other scripts."""

import glob
import os
import subprocess
from urllib.parse import parse_qs, urlsplit

HERE = os.path.dirname(os.path.abspath(__file__))


def programs():
    """The folder of the newest server's programs."""
    folders = glob.glob("/usr/lib/postgresql/*/bin")
    if not folders:
        raise SystemExit("there is no PostgreSQL server in /usr/lib/postgresql")
    return max(folders, key=lambda folder: float(folder.split("/")[-2]))


class Postgres:
    """A server in a temporary folder; it ends with the script."""

    def __init__(self, *options):
        self.process = subprocess.Popen(
            [os.path.join(HERE, "..", "postgres"), *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            raise SystemExit("scripts/postgres did not start")
        self.folder = parse_qs(urlsplit(self.url).query)["host"][0]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def create_database(self, name):
        """Makes another database and returns its URL."""
        self.run("createdb", "--host", self.folder, "--username", "perennial", name)
        return f"postgres://perennial@/{name}?host={self.folder}"

    def run(self, program, *arguments, **options):
        """Runs one of PostgreSQL's programs and returns what it prints."""
        return subprocess.run(
            [os.path.join(programs(), program), *arguments],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            **options,
        ).stdout

    def sql(self, text, database="perennial"):
        """Runs a statement and returns its rows, each a list of texts."""
        output = self.run(
            "psql", "--host", self.folder, "--username", "perennial", "--no-psqlrc", "--quiet",
            "--tuples-only", "--no-align", "--field-separator", "\t", "--command", text, database,
        )
        return [line.split("\t") for line in output.splitlines()]

    def control(self, *arguments):
        """Runs pg_ctl as the owner of the server's files."""
        command = [os.path.join(programs(), "pg_ctl"), "--pgdata", "data", "--silent", *arguments]
        if os.geteuid() == 0:
            command = [
                "setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--", *command
            ]
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)
