"""What an administrator does once: authority, certificates, registers, operators.

A network is a folder, and a number of divisions with the address at which each one's node listens.
Everything goes through the three programs.
"""
import os
import pathlib
import secrets
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARIES = ROOT / ".build" / "debug"
ROLES = {6: "countyOperator", 9: "townshipOperator"}
PROVINCE = "440000"
COUNTIES = {"440306": ["440306018", "440306022"], "441702": ["441702102", "441702105"]}
NAMES = {
    "440000": "广东省", "440306": "宝安区", "440306018": "西乡街道", "440306022": "沙井街道",
    "441702": "江城区", "441702102": "埠场镇", "441702105": "闸坡镇",
}
ABOVE = {
    **{county: PROVINCE for county in COUNTIES},
    **{town: county for county, towns in COUNTIES.items() for town in towns},
}


def program(home, name, *arguments, check=True, **environment):
    """Runs one of the programs; gives what it printed."""
    run = subprocess.run(
        [str(BINARIES / name), *arguments], cwd=home, text=True, capture_output=True,
        env={**os.environ, "XDG_CONFIG_HOME": str(home / "config"), **environment})
    if check and run.returncode != 0:
        sys.exit(f"{name} {' '.join(arguments)}: exit {run.returncode}\n{run.stdout}{run.stderr}")
    return run


def set_up(home, addresses, store="{}.sqlite"):
    """`store` says where a division's ledger lies, in the folder of the network."""
    def admin(*arguments, **environment):
        return program(home, "xiecha-admin", *arguments, **environment)

    admin("authority", "create", "Certificates")
    for division in addresses:
        admin("certificate", "issue", "--authority", "Certificates", "--division", division,
              "--out", "Certificates")
    for division, address in addresses.items():
        arguments = ["config", "write", "--division", division, "--listen", address,
                     "--certificates", "Certificates", "--store", store.format(division),
                     "--out", f"{division}.json", "--name", NAMES[division]]
        above = ABOVE.get(division)
        if above:
            admin("password", "generate", "--out", f"{division}.password")
            admin("node", "register", "--store", store.format(above), "--division", division,
                  "--certificate", f"Certificates/{division}.pem", "--password-file",
                  f"{division}.password", "--name", NAMES[division])
            arguments += ["--uplink", f"{above}={addresses[above]}"]
        admin(*arguments)
    for division in addresses:
        role = "provinceSupervisor" if division == PROVINCE else ROLES[len(division)]
        password = f"Aa1-{secrets.token_urlsafe(12)}"
        file = home / f"{division}.operator"
        file.write_text(password + "\n")
        file.chmod(0o600)
        admin("operator", "add", "--store", store.format(division), "--name", "operator", "--role",
              role, "--division", division, "--display", f"{NAMES[division]}专办员",
              XIECHA_PASSWORD=password)
