"""Ruby's Faraday, in a script of its own."""

import os
import subprocess

from check_clients.harness import server_of
from check_highlevel.office import CONTACTS, LOCATION, TOKEN, USER_TOKEN

if __name__ == "__main__":
    with server_of("faraday") as server:
        subprocess.run(
            ["ruby", os.path.join(os.path.dirname(__file__), "faraday_client.rb")],
            env=os.environ
            | {
                "SERVER_URL": server.url,
                "USER_TOKEN": USER_TOKEN,
                "LOCATION_TOKEN": TOKEN,
                "LOCATION": LOCATION,
                "CONTACT": CONTACTS[0],
            },
            check=True,
        )
    print("Faraday: both dialects answered as they should")
