"""Networks of real programs: `setting_up` makes one, for the demo too; `chaos` is Tools/chaos."""
