"""A network of real programs: begin with chaos.py, which Tools/chaos runs."""
